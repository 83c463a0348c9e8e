/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-batch.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntImportKeys:
 *
 * Tells whether a row is a record that is there: in the workspace before, or made by an earlier
 * row.
 */
typedef struct _EntImportKeys EntImportKeys;

EntImportKeys *ent_import_keys_new  (EntTransaction      *transaction,
                                     const EntImportPlan *plan,
                                     EntRowReader        *reader,
                                     guint64              expected,
                                     GError             **error);
void           ent_import_keys_free (EntImportKeys *self);
/** Readies the look-up of a row that comes soon: each is a miss of the cache, and they overlap so. */
void           ent_import_keys_prefetch (EntImportKeys     *self,
                                         const EntBatchRow *row,
                                         const guint64     *hashes);
/** FALSE: the row cannot be told apart, for @reason. Else @key, 0 for a new record; with a
 * @reason that is a warning when an earlier row of the file had the same key. */
gboolean       ent_import_keys_find (EntImportKeys     *self,
                                     const EntBatchRow *row,
                                     const guint64     *hashes,
                                     const EntValue    *values,
                                     EntKey            *key,
                                     guint64           *earlier,
                                     gboolean          *is_made_now,
                                     char             **reason);
/** The row was written as the record @key; @is_made: this import made it. */
void           ent_import_keys_add  (EntImportKeys     *self,
                                     const EntBatchRow *row,
                                     const guint64     *hashes,
                                     EntKey             key,
                                     gboolean           is_made);

G_END_DECLS
