/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-list.h"
#include "widgets/ent-table-columns.h"

G_BEGIN_DECLS

/**
 * EntRecordTable:
 *
 * A table of records of one type, made from the schema: columns to choose, size and sort by, several rows
 * to select, a million rows without waiting. Signals: `open` (gint64 key) on Enter or double click;
 * `selection-changed`. Property `compact`: two lines a row, no headings, for narrow windows.
 */
#define ENT_TYPE_RECORD_TABLE (ent_record_table_get_type ())
G_DECLARE_FINAL_TYPE (EntRecordTable, ent_record_table, ENT, RECORD_TABLE, GtkWidget)

GtkWidget         *ent_record_table_new           (EntContext          *context,
                                                   const EntRecordType *type);
EntRecordList     *ent_record_table_get_list      (EntRecordTable *self);
EntTableColumns   *ent_record_table_get_columns   (EntRecordTable *self);
GtkSelectionModel *ent_record_table_get_selection (EntRecordTable *self);
guint64            ent_record_table_get_n_selected (EntRecordTable *self);
/** Keys of the selected rows, in the order of the list; @limit 0: all. Element-type EntKey. (transfer full) */
GArray            *ent_record_table_dup_selected  (EntRecordTable *self,
                                                   guint           limit);
void               ent_record_table_select_all    (EntRecordTable *self);
void               ent_record_table_unselect_all  (EntRecordTable *self);
/** Scrolls to a record, selects and focuses it. */
void               ent_record_table_show          (EntRecordTable *self,
                                                   EntKey          key);
void               ent_record_table_set_compact   (EntRecordTable *self,
                                                   gboolean        compact);
/** The menu that opens on a row; its actions see the row selected. */
void               ent_record_table_set_menu      (EntRecordTable *self,
                                                   GMenuModel     *menu);
/** The selected rows' shown columns as tab-separated text, for the clipboard; at most @limit rows. (transfer full) */
char              *ent_record_table_dup_text      (EntRecordTable *self,
                                                   guint           limit);

G_END_DECLS
