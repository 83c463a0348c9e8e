/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntRow:
 *
 * One place of an [class@EntRecordList]: what a list widget binds. Its record arrives a moment later
 * (signal `loaded`), so that asking for an item never touches the disk.
 */
#define ENT_TYPE_ROW (ent_row_get_type ())
G_DECLARE_FINAL_TYPE (EntRow, ent_row, ENT, ROW, GObject)

EntKey     ent_row_get_key    (EntRow *self);
/** NULL until it is loaded. (transfer none) (nullable) */
EntRecord *ent_row_get_record (EntRow *self);
/** Title of a record that the row refers to, as loaded with it; "" when unknown. (transfer none) */
const char *ent_row_get_name  (EntRow *self,
                               EntKey  key);

/**
 * EntRecordList:
 *
 * The answer of a query as a GListModel of EntRow: a million records cost four bytes each, pages of
 * records are loaded around what is looked at, and the list follows every commit. A new query keeps the
 * old rows on screen until the answer is there. Main thread only.
 *
 * Properties `loading`, `total` (rows of the full answer; n-items is smaller while only the first page is
 * known), signals `error` (GError *) and `replaced`: many rows take the place of others, which are still in
 * the list, behind them; whoever shows it goes to the first row now.
 */
#define ENT_TYPE_RECORD_LIST (ent_record_list_get_type ())
G_DECLARE_FINAL_TYPE (EntRecordList, ent_record_list, ENT, RECORD_LIST, GObject)

EntRecordList *ent_record_list_new        (EntContext          *context,
                                           const EntRecordType *type);
const EntRecordType *ent_record_list_get_record_type (EntRecordList *self);
/** Asks anew. Texts are copied; @filter and @search may be NULL; @sort as in ent_sort_parse(), NULL by title. */
void           ent_record_list_set_query  (EntRecordList *self,
                                           EntFilter     *filter,
                                           const char    *sort,
                                           const char    *search);
/** Which fields the rows need; loaded rows are loaded again. */
void           ent_record_list_set_fields (EntRecordList *self,
                                           const guint   *fields,
                                           gsize          n_fields);
void           ent_record_list_refresh    (EntRecordList *self);
gboolean       ent_record_list_is_loading (EntRecordList *self);
/** The newest full answer; NULL before the first. (transfer none) (nullable) */
EntResult     *ent_record_list_get_result (EntRecordList *self);
/** Position of a record, or -1. */
gint64         ent_record_list_find       (EntRecordList *self,
                                           EntKey         key);
/** The key at a position, without loading anything. */
EntKey         ent_record_list_get_key    (EntRecordList *self,
                                           guint          position);

G_END_DECLS
