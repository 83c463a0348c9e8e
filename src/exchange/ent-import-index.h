/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntIndex:
 *
 * From the hash of a key to the row of the record that has it: 16 bytes a record, so that a file of
 * a million rows fits beside everything else. 64 bits of hash are taken for the key itself: in a
 * million keys the chance of two alike is less than one in thirty million.
 */
typedef struct _EntIndex EntIndex;

typedef struct
{
  guint64 hash; /* 0: free */
  guint32 row;  /* ENT_INDEX_SEVERAL: see ent_index_get_rows() */
  guint32 line; /* of the file that is being imported; 0: was there before */
} EntIndexSlot;

#define ENT_INDEX_SEVERAL G_MAXUINT32

EntIndex     *ent_index_new      (guint64 expected);
void          ent_index_free     (EntIndex *self);
/** (nullable); valid until the next add. */
EntIndexSlot *ent_index_lookup   (const EntIndex *self,
                                  guint64         hash);
/** Has the processor fetch the place of @hash, which will be asked for soon. */
void          ent_index_prefetch (const EntIndex *self,
                                  guint64         hash);
/** Several rows may be added for a hash. */
void          ent_index_add      (EntIndex *self,
                                  guint64   hash,
                                  guint32   row,
                                  guint32   line);
/** The rows of a hash that has several. Element-type guint32. (transfer none) */
GArray       *ent_index_get_rows (const EntIndex *self,
                                  guint64         hash);
/** Never 0. @seed: the hash of what comes before, or a number of its own. */
guint64       ent_index_hash     (const void *bytes,
                                  gsize       length,
                                  guint64     seed);

/**
 * EntResolver:
 *
 * Finds the record that the text of a cell names, by tables in memory of the refs and titles of the
 * types that may be meant; in types that are much larger than the import, by asking the store. Used
 * inside one transaction.
 */
typedef struct _EntResolver EntResolver;

/** @expected: how many lookups may come. */
EntResolver *ent_resolver_new  (EntTransaction *transaction,
                                guint64         expected);
void         ent_resolver_free (EntResolver *self);
/** Readies a type for lookups; with all, every type that has a page. */
gboolean     ent_resolver_load (EntResolver         *self,
                                const EntRecordType *type,
                                GError             **error);
gboolean     ent_resolver_load_all (EntResolver *self,
                                    GError     **error);
/** 0 when nothing (@reason NULL) or several (@reason says which) fit. @field: a reference. */
EntKey       ent_resolver_find (EntResolver    *self,
                                const EntField *field,
                                const char     *text,
                                char          **reason);
/** A record that the transaction made. */
void         ent_resolver_add  (EntResolver *self,
                                EntKey       key,
                                const char  *ref,
                                const char  *title);

G_END_DECLS
