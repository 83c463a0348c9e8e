/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-schema.h"

G_BEGIN_DECLS

/**
 * EntTableColumns:
 *
 * Which fields a table shows, how wide, and how it is sorted: shared by its header and its rows. Signal
 * `layout` when widths changed, `fields` when other fields are shown, `sorted` when the order changed.
 */
#define ENT_TYPE_TABLE_COLUMNS (ent_table_columns_get_type ())
G_DECLARE_FINAL_TYPE (EntTableColumns, ent_table_columns, ENT, TABLE_COLUMNS, GObject)

EntTableColumns *ent_table_columns_new       (const EntRecordType *type);
const EntRecordType *ent_table_columns_get_record_type (EntTableColumns *self);
guint            ent_table_columns_get_n     (EntTableColumns *self);
const EntField  *ent_table_columns_get_field (EntTableColumns *self,
                                              guint            column);
/** Width in pixels at the standard text size, before what is left over is shared out. */
int              ent_table_columns_get_width (EntTableColumns *self,
                                              guint            column);
void             ent_table_columns_set_width (EntTableColumns *self,
                                              guint            column,
                                              int              width);
/** The widths' sum at @scale. */
int              ent_table_columns_get_total (EntTableColumns *self,
                                              double           scale);
/** Place and width of a column in @available pixels, from the leading edge. */
void             ent_table_columns_get_place (EntTableColumns *self,
                                              guint            column,
                                              int              available,
                                              double           scale,
                                              int             *x,
                                              int             *width);
/** The column whose trailing edge is within reach of @x, or -1. */
int              ent_table_columns_find_edge (EntTableColumns *self,
                                              int              x,
                                              int              available,
                                              double           scale);
gboolean         ent_table_columns_has_field (EntTableColumns *self,
                                              const EntField  *field);
/** Shows or hides a field; the title always stays. */
void             ent_table_columns_show      (EntTableColumns *self,
                                              const EntField  *field,
                                              gboolean         shown);
void             ent_table_columns_move      (EntTableColumns *self,
                                              guint            from,
                                              guint            to);
/** Leaves a field out of the standard columns: in this list it is always the same. */
void             ent_table_columns_imply     (EntTableColumns *self,
                                              const EntField  *field);
void             ent_table_columns_reset     (EntTableColumns *self);
/** "title:260,level,arr:90". (transfer full) */
char            *ent_table_columns_to_text   (EntTableColumns *self);
/** Unknown fields are left out; NULL or nothing known gives the default columns. */
void             ent_table_columns_from_text (EntTableColumns *self,
                                              const char      *text);
/** As ent_sort_parse() reads it: "-arr"; NULL is by title. (nullable) */
const char      *ent_table_columns_get_sort  (EntTableColumns *self);
void             ent_table_columns_set_sort  (EntTableColumns *self,
                                              const char      *sort);
/** 1 ascending, -1 descending, 0 not by this field. */
int              ent_table_columns_get_direction (EntTableColumns *self,
                                                  const EntField  *field);
/** Ascending, then descending, then by title again. */
void             ent_table_columns_toggle_sort (EntTableColumns *self,
                                                const EntField  *field);
/** How much larger than 96 dpi text is: 1.0 normally. */
double           ent_table_columns_scale_of  (GtkWidget *widget);
/** Height of a line of text in @table, which is always the same one. */
int              ent_table_columns_line_of   (EntTableColumns *self,
                                              GtkWidget       *table);
/** Numbers, money, percent: aligned at the trailing edge. */
gboolean         ent_field_is_numeric        (const EntField *field);
/** Where a field stands among those to choose from, 0 first: the name, those that lists show, the others of the type,
 * what all types have, what the program keeps. */
#define ENT_FIELD_N_RANKS 5
int              ent_field_get_rank          (const EntField *field);

G_END_DECLS
