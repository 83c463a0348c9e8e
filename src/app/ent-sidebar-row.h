/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-page-registry.h"
#include "store/ent-query.h"

G_BEGIN_DECLS

/** EntSidebarRow: a page or a saved view in the sidebar. */
#define ENT_TYPE_SIDEBAR_ROW (ent_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (EntSidebarRow, ent_sidebar_row, ENT, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget   *ent_sidebar_row_new_for_page  (const EntPageInfo *page);
GtkWidget   *ent_sidebar_row_new_for_view  (const EntPageInfo *page,
                                            const EntView     *view);
const char  *ent_sidebar_row_get_page_id   (EntSidebarRow *self);
/** Heading of the rows it belongs to; "" for the first ones. */
const char  *ent_sidebar_row_get_section   (EntSidebarRow *self);
gboolean     ent_sidebar_row_is_view       (EntSidebarRow *self);
/** What a view wants the page to show. (transfer full) (nullable) */
GVariant    *ent_sidebar_row_dup_state     (EntSidebarRow *self);
/** What is counted: record type (NULL: nothing), filter and search (nullable). */
const char  *ent_sidebar_row_get_count_of  (EntSidebarRow *self,
                                            const char   **filter,
                                            const char   **search);
/** The page that counts for the row by itself; NULL: records are counted. */
const EntPageInfo *ent_sidebar_row_get_counting_page (EntSidebarRow *self);
/** -1: unknown. */
void         ent_sidebar_row_set_count     (EntSidebarRow *self,
                                            gint64         count);

G_END_DECLS
