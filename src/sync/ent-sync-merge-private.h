/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync-merge.h"

G_BEGIN_DECLS

/* --- Groups: the members of a body that are one value ----------------------------------------- */

typedef struct
{
  char      *name;
  GPtrArray *fields;  /* of EntField (unowned), one for each member; none: a member of a newer version */
  GPtrArray *members; /* of char * */
} EntSyncGroup;

/** The groups of the two bodies, in the order of the fields, then the members of a newer version by name. (transfer full) */
GPtrArray     *ent_sync_groups_new         (const EntRecordType *type,
                                            JsonObject          *a,
                                            JsonObject          *b);
/** (nullable) (transfer none) */
JsonNode      *ent_sync_group_get_value    (const EntSyncGroup *self,
                                            guint               member,
                                            JsonObject         *body); /* (nullable) */
gboolean       ent_sync_group_member_equal (const EntSyncGroup *self,
                                            guint               member,
                                            JsonObject         *a,  /* (nullable) */
                                            JsonObject         *b); /* (nullable) */
gboolean       ent_sync_group_equal        (const EntSyncGroup *self,
                                            JsonObject         *a,  /* (nullable) */
                                            JsonObject         *b); /* (nullable) */
/** Adds the values of @body to @target. */
void           ent_sync_group_copy         (const EntSyncGroup *self,
                                            JsonObject         *body, /* (nullable) */
                                            JsonObject         *target);
/** How the two sides are merged: the strictest policy of the fields that differ. */
EntMergePolicy ent_sync_group_get_policy   (const EntSyncGroup *self,
                                            JsonObject         *a,
                                            JsonObject         *b);

/* --- Values that are merged part by part; one that is not there is NULL ----------------------- */

/** What two changed values have become. */
typedef enum
{
  ENT_SYNC_PARTS_NONE,  /* they cannot be merged by their parts */
  ENT_SYNC_PARTS_A,     /* A's value as it is */
  ENT_SYNC_PARTS_B,     /* B's value as it is */
  ENT_SYNC_PARTS_BOTH,  /* something new, in *merged */
  ENT_SYNC_PARTS_MOVED, /* of lists: both have the elements of the merged one, in another order */
} EntSyncParts;

/** Merges lists by their elements: those that either side added are in, those that either removed are out. @a_first: A's
 * order comes first. *merged (transfer full) is only set with ENT_SYNC_PARTS_BOTH; NULL then means that nothing is left. */
EntSyncParts   ent_sync_merge_lists        (JsonNode  *base,
                                            JsonNode  *a,
                                            JsonNode  *b,
                                            gboolean   a_first,
                                            JsonNode **merged);
/** Merges texts to which both sides did nothing but append lines. @has_base: whether a base is known; without one, only a
 * side that has all lines of the other in one piece can be taken. *merged (transfer full) is only set with
 * ENT_SYNC_PARTS_BOTH. */
EntSyncParts   ent_sync_merge_texts        (JsonNode  *base,
                                            JsonNode  *a,
                                            JsonNode  *b,
                                            gboolean   has_base,
                                            char     **merged);

G_END_DECLS
