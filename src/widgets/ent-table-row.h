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

GtkWidget *ent_table_row_new         (EntContext      *context,
                                      EntTableColumns *columns);
void       ent_table_row_set_row     (EntTableRow *self,
                                      EntRow      *row);
EntRow    *ent_table_row_get_row     (EntTableRow *self);
/** Two lines instead of columns, for narrow windows. */
void       ent_table_row_set_compact (EntTableRow *self,
                                      gboolean     compact);
/** What a screen reader says of the row. (transfer full) */
char      *ent_table_row_describe    (EntTableRow *self);
/** A field of a row as the table shows it. (transfer full) */
char      *ent_table_row_dup_text    (EntRow         *row,
                                      const EntField *field,
                                      gint64          today);

G_END_DECLS
