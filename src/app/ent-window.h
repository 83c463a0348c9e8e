/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-opening.h"
#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntWindow:
 *
 * One window on one workspace (or the welcome page): wires sidebar, pages, toasts, dialogs and actions together and
 * holds no knowledge of records. Its parts: ent-window-actions.c, -navigation.c, -workspace.c.
 */
#define ENT_TYPE_WINDOW (ent_window_get_type ())
G_DECLARE_FINAL_TYPE (EntWindow, ent_window, ENT, WINDOW, AdwApplicationWindow)

EntWindow  *ent_window_new               (GtkApplication *application,
                                          GSettings      *settings);
EntContext *ent_window_get_context       (EntWindow *self);

/* --- Workspace --- */

/** Shows the workspace that @opening brings, or why it could not be opened. */
void        ent_window_take_opening      (EntWindow  *self,
                                          EntOpening *opening);
void        ent_window_open              (EntWindow  *self,
                                          const char *path,
                                          const char *secret,
                                          gboolean    remember,
                                          EntStoreOpenFlags flags);
/** Shows the same workspace as another window. */
void        ent_window_share             (EntWindow *self,
                                          EntWindow *other);
/** Closes the workspace; the welcome page is shown. */
void        ent_window_close_workspace   (EntWindow *self);
void        ent_window_show_welcome      (EntWindow *self);
/** Path of the open workspace. (nullable) */
const char *ent_window_get_path          (EntWindow *self);
const char *ent_window_get_workspace_title (EntWindow *self);
/** (nullable) */
const EntStoreKey *ent_window_get_key    (EntWindow *self);
/** After the workspace settings changed it. */
void        ent_window_set_workspace_title (EntWindow  *self,
                                            const char *title);

/* --- Pages --- */

void        ent_window_show_page         (EntWindow  *self,
                                          const char *page_id,
                                          GVariant   *state);
void        ent_window_open_record       (EntWindow *self,
                                          EntKey     key);
/** Puts the keyboard where work begins on the page that is shown. */
void        ent_window_focus_content     (EntWindow *self);
/** (nullable) */
EntPage    *ent_window_get_visible_page  (EntWindow *self);
/** Keys of the records opened before, the latest first; element-type EntKey. (transfer none) */
GArray     *ent_window_get_recent        (EntWindow *self);

/* --- Actions --- */

/** Whether the action (`app.`, `win.`, `page.`, `record.`) exists now and is enabled. */
gboolean    ent_window_can_activate      (EntWindow  *self,
                                          const char *action);
/** @detailed: as in g_action_parse_detailed_name(). FALSE when it could not be done. */
gboolean    ent_window_activate          (EntWindow  *self,
                                          const char *detailed);

G_END_DECLS
