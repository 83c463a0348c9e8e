/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-table-row.h"

G_BEGIN_DECLS

/* ent-table-row-text.c */
/** An EntNameFunc: @row is an EntRow. (transfer full) */
char            *_ent_table_row_name_of     (EntKey          key,
                                             gpointer        row);
/** The choice that a row has in a field of one choice. (nullable) */
const EntChoice *_ent_table_row_choice_of   (EntRow         *row,
                                             const EntField *field);
/** Choices of which none is good or bad are kinds, not states: they stay without color. */
gboolean         _ent_table_row_tells_state (const EntField *field);
gboolean         _ent_table_row_is_level    (const EntField *field);
/** What stands below the name in narrow windows. The row is loaded. (transfer full) */
char            *_ent_table_row_dup_detail  (EntRow          *row,
                                             EntTableColumns *columns,
                                             gint64           today);
/** What a screen reader says of a loaded row. (transfer full) */
char            *_ent_table_row_dup_description (EntRow          *row,
                                                 EntTableColumns *columns,
                                                 gint64           today);

G_END_DECLS
