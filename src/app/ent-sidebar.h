/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntSidebar:
 *
 * The list of pages with live counts, the saved views below them, the workspace menu on top, running jobs at the
 * foot. It only says where to go, by ent_context_navigate(). Property `context`.
 */
#define ENT_TYPE_SIDEBAR (ent_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (EntSidebar, ent_sidebar, ENT, SIDEBAR, AdwNavigationPage)

void ent_sidebar_set_context   (EntSidebar *self,
                                EntContext *context);
/** Name of the workspace. */
void ent_sidebar_set_workspace (EntSidebar *self,
                                const char *title);
/** Counts what the rows count, now, and from now on after every change: not before the columns are in memory. */
void ent_sidebar_count         (EntSidebar *self);
/** Counts (and lists) again, soon. @views: the saved views too. */
void ent_sidebar_queue_refresh (EntSidebar *self,
                                gboolean    views);
/** Which page is shown. */
void ent_sidebar_select        (EntSidebar *self,
                                const char *page_id);
/** Gives it the keyboard, on the row of the page that is shown. */
void ent_sidebar_focus         (EntSidebar *self);
/** Makes the page of row @nth (from 0) the one to go to; FALSE when there is none. */
gboolean ent_sidebar_activate_nth (EntSidebar *self,
                                   guint       nth);
/** The workspaces opened before. */
void ent_sidebar_set_recent    (EntSidebar         *self,
                                const char * const *uris);
void ent_sidebar_open_menu     (EntSidebar *self);

G_END_DECLS
