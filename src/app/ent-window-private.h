/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-backups.h"
#include "app/ent-sidebar.h"
#include "app/ent-window.h"

G_BEGIN_DECLS

struct _EntWindow
{
  AdwApplicationWindow parent_instance;

  EntContext *context;
  GSettings  *settings;

  /* The workspace. */
  EntOpening *opening; /* on its way */
  char       *path;
  char       *title;
  EntStoreKey key;
  gboolean    has_key;
  guint       spinner_id;
  guint       care_id;   /* a moment after the first page */
  guint       care_delays;
  GCancellable *care;    /* of what is done then */
  EntBackups *backups;

  /* Where one was. */
  GHashTable *page_states; /* page id → a{sv} */
  GArray     *recent;      /* of EntKey */
  char       *page_id;

  GHashTable *disabled; /* names of win. actions */

  AdwToastOverlay        *toasts;
  GtkStack               *stack;
  AdwNavigationSplitView *split_view;
  AdwNavigationView      *pages;
  AdwNavigationPage      *content_page;
  AdwNavigationPage      *blank_page;
  GtkWidget              *spinner; /* NULL until an opening takes its time */
  EntSidebar             *sidebar;
  AdwBin                 *welcome_bin;
};

void      _ent_window_class_init_actions   (GtkWidgetClass *widget_class);
void      _ent_window_init_actions         (EntWindow *self);
void      _ent_window_update_actions       (EntWindow *self);

void      _ent_window_init_navigation      (EntWindow *self);
void      _ent_window_restore_pages        (EntWindow *self,
                                            GVariant  *state);
GVariant *_ent_window_save_pages           (EntWindow *self);
/** Throws the pages away. */
void      _ent_window_clear_pages          (EntWindow *self);
void      _ent_window_visible_page_changed (EntWindow *self);

void      _ent_window_save                 (EntWindow *self);
/** No care is taken of the workspace any more. */
void      _ent_window_stop_care            (EntWindow *self);
/** The window closes for good. */
void      _ent_window_close                (EntWindow *self);
/** A copy into the backups folder, as a job. */
void      _ent_window_back_up              (EntWindow *self);
void      _ent_window_recent_changed       (EntWindow *self);
/** A rule refused what the user did: says what is missing, and offers the next step (ent-window-steps.c). */
void      _ent_window_refused              (EntWindow    *self,
                                            const char   *what,
                                            const GError *error);
/** Says why a workspace could not be opened and what can be done (ent-window-errors.c). */
void      _ent_window_explain_opening      (EntWindow  *self,
                                            EntOpening *opening);

G_END_DECLS
