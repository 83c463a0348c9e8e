/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-list.h"
#include "widgets/ent-table-columns.h"

G_BEGIN_DECLS

/**
 * EntTableRow:
 *
 * One row of a record table, painted by a single widget: a jump in a list of a million records binds some
 * two hundred rows, and eight labels in each would take longer than a frame. Text is shaped only for rows
 * that are really painted.
 */
#define ENT_TYPE_TABLE_ROW (ent_table_row_get_type ())
G_DECLARE_FINAL_TYPE (EntTableRow, ent_table_row, ENT, TABLE_ROW, GtkWidget)

/** What a row of @table shows has changed. */
typedef void (*EntTableRowFunc)      (GtkWidget *table);

/** @item: the place in the list that the row is made for, unowned. @changed is called often and should do next to nothing. */
GtkWidget *ent_table_row_new         (EntContext      *context,
                                      EntTableColumns *columns,
                                      GtkListItem     *item,
                                      GtkWidget       *table,
                                      EntTableRowFunc  changed);
void       ent_table_row_set_row     (EntTableRow *self,
                                      EntRow      *row);
EntRow    *ent_table_row_get_row     (EntTableRow *self);
/** Two lines instead of columns, for narrow windows. */
void       ent_table_row_set_compact (EntTableRow *self,
                                      gboolean     compact);
/** Columns, or the height of rows, are others. */
void       ent_table_row_relayout    (EntTableRow *self);
/** Tells the screen reader what the row says. FALSE: it knew, or there is nothing to tell. */
gboolean   ent_table_row_tell        (EntTableRow *self);
/** A field of a row as the table shows it. (transfer full) */
char      *ent_table_row_dup_text    (EntRow         *row,
                                      const EntField *field,
                                      gint64          today);

G_END_DECLS
