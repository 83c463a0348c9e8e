/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntWindow that owns the win. actions, and finds the others for shortcuts and palette. */

#include "config.h"

#include "app/ent-window-private.h"

#include "app/ent-actions.h"
#include "app/ent-new-workspace.h"
#include "app/ent-palette.h"
#include "app/ent-preferences.h"
#include "app/ent-shortcuts.h"
#include "pages/partners/ent-level-review.h"

#include <glib/gi18n.h>

/* --- Actions ----------------------------------------------------------------------------------------- */

static void
palette_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  EntWindow *self = ENT_WINDOW (widget);
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  if (dialog == NULL)
    adw_dialog_present (ent_palette_new (self), widget);
  else if (ENT_IS_PALETTE (dialog))
    adw_dialog_close (dialog);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ent_context_undo (ENT_WINDOW (widget)->context, 0);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ent_context_redo (ENT_WINDOW (widget)->context);
}

static void
shortcuts_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  adw_dialog_present (ent_shortcuts_new (), widget);
}

static void
main_menu_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  EntWindow *self = ENT_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  ent_sidebar_open_menu (self->sidebar);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntWindow *self = ENT_WINDOW (widget);

  if (!adw_navigation_view_pop (self->pages))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
}

static void
show_sidebar_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  EntWindow *self = ENT_WINDOW (widget);

  adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  ent_sidebar_focus (self->sidebar);
}

static void
page_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ent_window_show_page (ENT_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL);
}

static void
new_workspace_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  adw_dialog_present (ent_new_workspace_new (ENT_WINDOW (widget)), widget);
}

static void
open_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (EntWindow) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    ent_window_open (self, g_file_peek_path (file), NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
}

static void
open_workspace_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _("Workspaces"));
  gtk_file_filter_add_suffix (filter, "entente");
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, _("Open Workspace"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (widget), NULL, open_chosen_cb, g_object_ref (widget));
}

static void
open_recent_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  if (g_file_peek_path (file) != NULL)
    ent_window_open (ENT_WINDOW (widget), g_file_peek_path (file), NULL, FALSE,
                     ENT_STORE_OPEN_DEFAULT);
}

static void
sample_workspace_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *parameter)
{
  ent_new_workspace_open_sample (ENT_WINDOW (widget));
}

static void
back_up_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  _ent_window_back_up (ENT_WINDOW (widget));
}

static void
workspace_settings_action (GtkWidget  *widget,
                           const char *name,
                           GVariant   *parameter)
{
  adw_dialog_present (ent_preferences_new (ENT_WINDOW (widget), TRUE), widget);
}

static void
level_review_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  ent_level_review_present (widget, ENT_WINDOW (widget)->context);
}

static void
close_workspace_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  ent_window_close_workspace (ENT_WINDOW (widget));
}

/* --- Finding actions ------------------------------------------------------------------------------------ */

static gboolean
is_page_action (const char *action)
{
  return g_str_has_prefix (action, "page.") || g_str_has_prefix (action, "record.");
}

gboolean
ent_window_can_activate (EntWindow  *self,
                         const char *action)
{
  g_return_val_if_fail (ENT_IS_WINDOW (self), FALSE);

  if (is_page_action (action))
    {
      EntPage *page = ent_window_get_visible_page (self);

      if (page == NULL)
        return FALSE;
      if (g_str_equal (action, "page.find"))
        return ent_page_can_search (page);
      if (g_str_equal (action, "page.refresh"))
        return ENT_PAGE_GET_CLASS (page)->refresh != NULL;
      return ent_page_action_is_enabled (page, action);
    }
  if (g_str_has_prefix (action, "app."))
    {
      GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

      return application != NULL &&
             g_action_group_get_action_enabled (G_ACTION_GROUP (application), action + 4);
    }
  return !g_hash_table_contains (self->disabled, action);
}

static gboolean
activate_on_page (EntWindow  *self,
                  const char *action,
                  GVariant   *target)
{
  EntPage *page = ent_window_get_visible_page (self);

  /* Every page with a search has these two, without having to say so. */
  if (g_str_equal (action, "page.find"))
    ent_page_focus_search (page);
  else if (g_str_equal (action, "page.refresh"))
    ent_page_refresh (page);
  else
    return gtk_widget_activate_action_variant (GTK_WIDGET (page), action, target);
  return TRUE;
}

gboolean
ent_window_activate (EntWindow  *self,
                     const char *detailed)
{
  g_autofree char *action = NULL;
  g_autoptr (GVariant) target = NULL;

  g_return_val_if_fail (ENT_IS_WINDOW (self), FALSE);

  if (!g_action_parse_detailed_name (detailed, &action, &target, NULL))
    return FALSE;
  if (!ent_window_can_activate (self, action))
    return FALSE;
  if (is_page_action (action))
    return activate_on_page (self, action, target);
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), action, target);
}

/* --- Shortcuts ------------------------------------------------------------------------------------------- */

/* What Return does on the page with Ctrl, it does in every dialog: go on. */
static gboolean
confirm_cb (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  GtkWidget *button = adw_dialog_get_default_widget (ADW_DIALOG (widget));

  return button != NULL && gtk_widget_is_sensitive (button) && gtk_widget_activate (button) ? GDK_EVENT_STOP
                                                                                           : GDK_EVENT_PROPAGATE;
}

static gboolean
shortcut_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  EntWindow *self = ENT_WINDOW (gtk_widget_get_root (widget));
  const EntActionInfo *info = user_data;
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));

  /* A dialog covers the page; what concerns the whole application still works. */
  if (dialog != NULL && !g_str_has_prefix (info->name, "app.") &&
      !(ENT_IS_PALETTE (dialog) && g_str_equal (info->name, "win.palette")))
    return GDK_EVENT_PROPAGATE;
  return ent_window_activate (self, info->name);
}

static gboolean
nth_page_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  EntWindow *self = ENT_WINDOW (widget);

  if (ent_context_get_store (self->context) == NULL ||
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return GDK_EVENT_PROPAGATE;
  if (!ent_sidebar_activate_nth (self->sidebar, GPOINTER_TO_UINT (user_data)))
    return GDK_EVENT_PROPAGATE;
  ent_window_focus_content (self);
  return GDK_EVENT_STOP;
}

static void
add_shortcut (GtkEventController *controller,
              const char         *trigger,
              GtkShortcutFunc     func,
              gpointer            data)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (func, data, NULL)));
}

/* In the bubble phase, so that whatever has the focus comes first: while one types, Ctrl+Z, Ctrl+A and Delete belong
 * to the entry. Application accelerators would be taken before. */
static GtkEventController *
add_controller (GtkWidget *widget)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  guint n;
  const EntActionInfo *actions = ent_actions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) triggers = NULL;

      if (actions[i].shortcut == NULL)
        continue;
      triggers = g_strsplit (actions[i].shortcut, " ", -1);
      for (guint j = 0; triggers[j] != NULL; j++)
        add_shortcut (controller, triggers[j], shortcut_cb, (gpointer) &actions[i]);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_BUBBLE);
  gtk_widget_add_controller (widget, controller);
  return controller;
}

static void
add_shortcuts (EntWindow *self)
{
  GtkEventController *controller = add_controller (GTK_WIDGET (self));

  for (guint i = 0; i < 9; i++)
    {
      char trigger[16];

      g_snprintf (trigger, sizeof trigger, "<Alt>%u", i + 1);
      add_shortcut (controller, trigger, nth_page_cb, GUINT_TO_POINTER (i));
    }
}

/* Keys that are pressed in a dialog do not come to the window. */
static void
visible_dialog_cb (EntWindow *self)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  GtkEventController *controller;

  if (dialog == NULL || g_object_get_data (G_OBJECT (dialog), "ent-shortcuts") != NULL)
    return;
  g_object_set_data (G_OBJECT (dialog), "ent-shortcuts", add_controller (GTK_WIDGET (dialog)));
  /* Before a text of several lines takes it for a new line. */
  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_shortcut (controller, "<Control>Return", confirm_cb, NULL);
  add_shortcut (controller, "<Control>KP_Enter", confirm_cb, NULL);
  gtk_widget_add_controller (GTK_WIDGET (dialog), controller);
}

/* --- Set-up ------------------------------------------------------------------------------------------- */

static void
set_enabled (EntWindow  *self,
             const char *action, /* static */
             gboolean    enabled)
{
  if (enabled)
    g_hash_table_remove (self->disabled, action);
  else
    g_hash_table_add (self->disabled, (gpointer) action);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

void
_ent_window_update_actions (EntWindow *self)
{
  EntStore *store = ent_context_get_store (self->context);
  gboolean writable = store != NULL && !ent_store_is_read_only (store);

  set_enabled (self, "win.undo", writable);
  set_enabled (self, "win.redo", writable);
  set_enabled (self, "win.back", store != NULL);
  set_enabled (self, "win.page", store != NULL);
  set_enabled (self, "win.show-sidebar", store != NULL);
  set_enabled (self, "win.main-menu", store != NULL);
  set_enabled (self, "win.back-up", store != NULL);
  set_enabled (self, "win.workspace-settings", store != NULL);
  set_enabled (self, "win.level-review", store != NULL);
  set_enabled (self, "win.close-workspace", store != NULL);
}

void
_ent_window_class_init_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.palette", NULL, palette_action },
    { "win.undo", NULL, undo_action },
    { "win.redo", NULL, redo_action },
    { "win.shortcuts", NULL, shortcuts_action },
    { "win.main-menu", NULL, main_menu_action },
    { "win.close", NULL, close_action },
    { "win.back", NULL, back_action },
    { "win.show-sidebar", NULL, show_sidebar_action },
    { "win.page", "s", page_action },
    { "win.new-workspace", NULL, new_workspace_action },
    { "win.open-workspace", NULL, open_workspace_action },
    { "win.open-recent", "s", open_recent_action },
    { "win.sample-workspace", NULL, sample_workspace_action },
    { "win.back-up", NULL, back_up_action },
    { "win.workspace-settings", NULL, workspace_settings_action },
    { "win.level-review", NULL, level_review_action },
    { "win.close-workspace", NULL, close_workspace_action },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}

void
_ent_window_init_actions (EntWindow *self)
{
  add_shortcuts (self);
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (visible_dialog_cb), NULL);
}
