/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-table-columns.h"

G_BEGIN_DECLS

/**
 * EntTableHeader:
 *
 * The headings above a record table: press to sort, drag an edge to resize, menu for the rest. Scrolls
 * sideways with the rows.
 */
#define ENT_TYPE_TABLE_HEADER (ent_table_header_get_type ())
G_DECLARE_FINAL_TYPE (EntTableHeader, ent_table_header, ENT, TABLE_HEADER, GtkWidget)

GtkWidget *ent_table_header_new (EntTableColumns *columns,
                                 GtkAdjustment   *hadjustment);

G_END_DECLS
