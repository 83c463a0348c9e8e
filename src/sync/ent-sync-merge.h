/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "model/ent-schema.h"

G_BEGIN_DECLS

/* Three-way merge of two bodies (ent-sync-body.h) that descend from a common one. Fields are merged by groups: fields with one
 * `merge_group` are one value, every other field is a group of its own, and so are lists and texts that grow line by line,
 * and every member that only a newer version knows. What became of each group in which the two sides differ is told, so
 * that nothing is overwritten in silence. */

/** One side of a merge. */
typedef struct
{
  JsonObject *body;   /* (nullable): NULL is a tombstone */
  const char *author; /* (nullable): who made it, for those who show the result; the merge does not look at it */
  gint64      time;   /* when it was made, microseconds since 1970 UTC; 0: not known */
} EntSyncSide;

/** Why the sides were merged as they were. */
typedef enum
{
  ENT_SYNC_MERGE_ONE_SIDE,  /* only one side changed it */
  ENT_SYNC_MERGE_ELEMENTS,  /* a list: what either added is in, what either removed is out */
  ENT_SYNC_MERGE_LINES,     /* a text: the lines that both appended are in */
  ENT_SYNC_MERGE_LARGER,    /* the larger number */
  ENT_SYNC_MERGE_LATER,     /* the later edit; of edits at one time the one with the higher canonical text */
  ENT_SYNC_MERGE_EDIT_KEPT, /* one side deleted the record while the other edited it: the edit stays */
  ENT_SYNC_MERGE_CLASH,     /* to be decided by people; the merged body has A's value meanwhile */
} EntSyncMergeReason;

typedef enum
{
  ENT_SYNC_TAKEN_A,
  ENT_SYNC_TAKEN_B,
  ENT_SYNC_TAKEN_BOTH, /* parts of each */
} EntSyncTaken;

/**
 * EntSyncMergeEntry:
 *
 * A group in which the two sides differ. Its values are objects with the members of the group that are there, so that
 * an empty object is a group without a value. Of an entry about the whole record, they are the bodies.
 */
typedef struct
{
  char               *group;   /* merge_group, or name of the field, or member; "" is the whole record */
  char              **members; /* the members of a body that it is about, NULL-terminated; none: the whole record */
  EntSyncMergeReason  reason;
  EntSyncTaken        taken;
  JsonObject         *base;    /* (nullable): NULL when there is no base */
  JsonObject         *a;       /* (nullable): NULL: the record is deleted */
  JsonObject         *b;       /* (nullable): NULL: the record is deleted */
  JsonObject         *merged;  /* (nullable): what the merged body has; NULL: the record is deleted */
} EntSyncMergeEntry;

typedef struct
{
  JsonObject *body;    /* (nullable): a new object without the database's own members; NULL: the record is deleted */
  GPtrArray  *merges;  /* of EntSyncMergeEntry: what merged by itself */
  GPtrArray  *clashes; /* of EntSyncMergeEntry with ENT_SYNC_MERGE_CLASH */
} EntSyncMerge;

void          ent_sync_merge_free (EntSyncMerge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncMerge, ent_sync_merge_free)

/**
 * ent_sync_merge:
 * @type: of the record, with the fields that users added
 * @base: (nullable): the body that both sides come from; NULL when nobody has it any more
 * @a: the side that every database shows as the winner
 * @b: the other one
 *
 * Merges by these rules, the first that fits:
 *
 * - The group is equal on both sides: so it stays, and no entry tells of it.
 * - Only one side changed it: that side's value.
 * - A list, unless it is ENT_MERGE_ASK: by element. Where both sides only moved elements: the later order.
 * - ENT_MERGE_APPEND: the base's lines, then those that A appended, then B's; a clash when a side did more than append.
 * - ENT_MERGE_MAX: the larger number; any number is larger than none.
 * - ENT_MERGE_LAST_WRITE and members of a newer version: the later side.
 * - ENT_MERGE_ASK: a clash.
 *
 * Of a group with several policies those of the fields that differ count, ENT_MERGE_ASK before ENT_MERGE_MAX before
 * ENT_MERGE_LAST_WRITE. Without a base, both sides count as having changed all that differs. A side that deleted the
 * record while the other left it as it was wins; an edit wins over a deletion, and without a base any live side does.
 *
 * The result depends on nothing but the arguments, so that all devices make the same one. Everything but clashes and appended
 * lines is the same with A and B exchanged. Merging the result with B again, on the same base and with A's time, changes
 * nothing and finds the same clashes. Nothing is checked against the schema: ent_sync_body_read() does that with what
 * comes out. Any thread.
 *
 * Returns: (transfer full)
 */
EntSyncMerge *ent_sync_merge      (const EntRecordType *type,
                                   JsonObject          *base,
                                   const EntSyncSide   *a,
                                   const EntSyncSide   *b);

G_END_DECLS
