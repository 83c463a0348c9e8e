/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-preferences.h"

#include "app/ent-home-path.h"
#include "app/ent-backups.h"
#include "app/ent-notifier.h"
#include "app/ent-recovery-key.h"
#include "model/ent-value.h"

#include <glib/gi18n.h>

struct _EntPreferences
{
  AdwPreferencesDialog parent_instance;

  EntWindow  *window; /* (unowned): the dialog lives inside it */
  EntContext *context;
  GSettings  *settings;
  gboolean    filling; /* rows change without the user */

  AdwPreferencesPage *workspace_page;
  AdwComboRow        *scheme_row;
  AdwComboRow        *density_row;
  AdwSwitchRow       *notifications_row;
  AdwExpanderRow     *quiet_row;
  AdwSpinRow         *quiet_from_row;
  AdwSpinRow         *quiet_to_row;
  AdwSwitchRow       *quiet_weekend_row;
  AdwActionRow       *backups_row;
  AdwEntryRow        *title_row;
  AdwActionRow       *file_row;
  AdwComboRow        *currency_row;
  AdwEntryRow        *author_row;
  GtkWidget          *key_group;
  GtkWidget          *plain_group;
};

G_DEFINE_FINAL_TYPE (EntPreferences, ent_preferences, ADW_TYPE_PREFERENCES_DIALOG)

static const char * const schemes[] = { "system", "light", "dark" };
static const char * const densities[] = { "compact", "comfortable" };

/* --- General --------------------------------------------------------------------------------------------------- */

static guint
find_choice (const char * const *choices,
             guint               n,
             const char         *choice)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (choices[i], choice) == 0)
      return i;
  return 0;
}

static void
scheme_cb (EntPreferences *self)
{
  if (!self->filling)
    g_settings_set_string (self->settings, "color-scheme",
                           schemes[adw_combo_row_get_selected (self->scheme_row)]);
}

static void
density_cb (EntPreferences *self)
{
  if (!self->filling)
    g_settings_set_string (self->settings, "density",
                           densities[adw_combo_row_get_selected (self->density_row)]);
}

/* --- Notifications ---------------------------------------------------------------------------------------------- */

static int
time_input_cb (AdwSpinRow *row,
               double     *value)
{
  int minutes;

  if (!ent_time_of_day_read (gtk_editable_get_text (GTK_EDITABLE (row)), &minutes))
    return GTK_INPUT_ERROR;
  *value = minutes;
  return TRUE;
}

static gboolean
time_output_cb (AdwSpinRow *row)
{
  g_autofree char *text = ent_time_display ((int) adw_spin_row_get_value (row));

  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (row))))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  return TRUE;
}

static void
show_quiet (EntPreferences *self)
{
  EntReminderTimes times;
  g_autofree char *from = NULL, *to = NULL, *text = NULL;

  ent_notifier_read_times (self->settings, &times);
  from = ent_time_display (times.from);
  to = ent_time_display (times.to);
  /* Translators: from a time of day to another. */
  text = g_strdup_printf (times.quiet_weekend ? _("%s – %s, and weekends") : _("%s – %s"), from, to);
  adw_expander_row_set_subtitle (self->quiet_row, times.quiet_hours ? text : _("Off"));
}

static void
fill_notifications (EntPreferences *self)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT;

  g_settings_bind (self->settings, "notifications", self->notifications_row, "active", flags);
  g_settings_bind (self->settings, "notifications", self->quiet_row, "sensitive", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "quiet-hours", self->quiet_row, "enable-expansion", flags);
  g_settings_bind (self->settings, "quiet-from", self->quiet_from_row, "value", flags);
  g_settings_bind (self->settings, "quiet-to", self->quiet_to_row, "value", flags);
  g_settings_bind (self->settings, "quiet-weekend", self->quiet_weekend_row, "active", flags);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (show_quiet), self, G_CONNECT_SWAPPED);
  show_quiet (self);
}

/* --- Backups ---------------------------------------------------------------------------------------------------- */

static void
show_folder (EntPreferences *self)
{
  g_autofree char *folder = ent_backups_dup_folder (self->settings);
  g_autofree char *text = ent_home_path_display (folder);

  adw_action_row_set_subtitle (self->backups_row, text);
}

static void
fill_general (EntPreferences *self)
{
  g_autofree char *scheme = NULL;
  g_autofree char *density = NULL;
  show_folder (self);
  if (self->settings == NULL)
    return;
  fill_notifications (self);
  scheme = g_settings_get_string (self->settings, "color-scheme");
  density = g_settings_get_string (self->settings, "density");
  adw_combo_row_set_selected (self->scheme_row, find_choice (schemes, G_N_ELEMENTS (schemes), scheme));
  adw_combo_row_set_selected (self->density_row,
                              find_choice (densities, G_N_ELEMENTS (densities), density));
}

static void
show_backups_cb (EntPreferences *self)
{
  g_autofree char *folder = ent_backups_dup_folder (self->settings);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  g_mkdir_with_parents (folder, 0700);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (self->window), NULL, NULL, NULL);
}

static void
backups_chosen_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (EntPreferences) self = user_data;
  g_autoptr (GFile) file =
    gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || g_file_peek_path (file) == NULL || self->settings == NULL)
    return;
  g_settings_set_string (self->settings, "backups-folder", g_file_peek_path (file));
  if (self->backups_row != NULL)
    show_folder (self);
}

static void
choose_backups_cb (EntPreferences *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Folder for Backups"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (self->window), NULL, backups_chosen_cb,
                                 g_object_ref (self));
}

/* --- Workspace -------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name; /* static */
  char       *value;
} Setting;

static void
setting_free (gpointer data)
{
  g_free (((Setting *) data)->value);
  g_free (data);
}

static gpointer
save_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Setting *setting = data;

  ent_store_set_setting (store, setting->name, setting->value, error);
  return NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (EntContext) context = user_data;
  g_autoptr (GError) error = NULL;

  ent_store_run_finish (ENT_STORE (source), result, &error);
  if (error != NULL)
    ent_context_error (context, _("The setting was not saved"), error);
}

static void
save (EntPreferences *self,
      const char     *name,
      const char     *value)
{
  EntStore *store = ent_context_get_store (self->context);
  Setting *setting = g_new0 (Setting, 1);

  setting->name = name;
  setting->value = g_strdup (value);
  ent_store_run_async (store, save_job, setting, setting_free, NULL, NULL, saved_cb,
                       g_object_ref (self->context));
}

static void
title_apply_cb (EntPreferences *self)
{
  const char *title = gtk_editable_get_text (GTK_EDITABLE (self->title_row));

  if (*title == '\0')
    return;
  save (self, ENT_SETTING_TITLE, title);
  ent_window_set_workspace_title (self->window, title);
}

static void
author_apply_cb (EntPreferences *self)
{
  save (self, ENT_SETTING_AUTHOR, gtk_editable_get_text (GTK_EDITABLE (self->author_row)));
}

static void
currency_cb (EntPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->currency_row);
  const char *code;

  if (self->filling || selected == GTK_INVALID_LIST_POSITION)
    return;
  code = ent_currency_get_codes ()[selected];
  save (self, ENT_SETTING_CURRENCY, code);
  ent_context_set_currency (self->context, code);
}

static void
key_done_cb (EntPreferences *self)
{
  adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self));
}

static void
show_key_cb (EntPreferences *self)
{
  AdwNavigationPage *page = ent_recovery_key_new (ent_window_get_workspace_title (self->window),
                                                  ent_window_get_key (self->window));

  adw_navigation_page_set_can_pop (page, TRUE);
  g_signal_connect_object (page, "done", G_CALLBACK (key_done_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), page);
}

static gpointer
read_author_job (EntStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return ent_store_dup_author (store);
}

static void
author_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (EntPreferences) self = user_data;
  g_autofree char *author = ent_store_run_finish (ENT_STORE (source), result, NULL);

  if (self->author_row == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->author_row), author != NULL ? author : "");
}

static void
fill_workspace (EntPreferences *self)
{
  EntStore *store = ent_context_get_store (self->context);
  const EntStoreKey *key = ent_window_get_key (self->window);
  const char * const *codes = ent_currency_get_codes ();
  g_autoptr (GtkStringList) currencies = NULL;
  g_autoptr (GtkExpression) expression = NULL;
  guint selected;

  if (store == NULL)
    {
      adw_preferences_dialog_remove (ADW_PREFERENCES_DIALOG (self), self->workspace_page);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->title_row), ent_window_get_workspace_title (self->window));
  adw_action_row_set_subtitle (self->file_row, ent_window_get_path (self->window));
  gtk_widget_set_visible (self->key_group, key != NULL);
  gtk_widget_set_visible (self->plain_group, key == NULL);

  currencies = gtk_string_list_new (codes);
  expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  adw_combo_row_set_expression (self->currency_row, expression);
  selected = find_choice (codes, g_strv_length ((char **) codes),
                          ent_context_get_currency (self->context));
  adw_combo_row_set_model (self->currency_row, G_LIST_MODEL (currencies));
  adw_combo_row_set_selected (self->currency_row, selected);
  gtk_widget_set_sensitive (GTK_WIDGET (self->workspace_page), !ent_store_is_read_only (store));
  ent_store_run_async (store, read_author_job, NULL, NULL, g_free, NULL, author_read_cb,
                       g_object_ref (self));
}

/* --- Class ------------------------------------------------------------------------------------------------------- */

static void
ent_preferences_dispose (GObject *object)
{
  EntPreferences *self = ENT_PREFERENCES (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_PREFERENCES);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ent_preferences_parent_class)->dispose (object);
}

static void
ent_preferences_class_init (EntPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/app/ent-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, workspace_page);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, density_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, notifications_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, quiet_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, quiet_from_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, quiet_to_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, quiet_weekend_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, backups_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, title_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, file_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, currency_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, author_row);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, key_group);
  gtk_widget_class_bind_template_child (widget_class, EntPreferences, plain_group);
  gtk_widget_class_bind_template_callback (widget_class, time_input_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_output_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_backups_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_backups_cb);
  gtk_widget_class_bind_template_callback (widget_class, title_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, author_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_key_cb);
}

static void
ent_preferences_init (EntPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
ent_preferences_new (EntWindow *window,
                     gboolean   workspace)
{
  EntPreferences *self = g_object_new (ENT_TYPE_PREFERENCES, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_object (&self->context, ent_window_get_context (window));
  g_set_object (&self->settings, ent_context_get_settings (self->context));
  self->filling = TRUE;
  fill_general (self);
  fill_workspace (self);
  self->filling = FALSE;
  g_signal_connect_swapped (self->scheme_row, "notify::selected", G_CALLBACK (scheme_cb), self);
  g_signal_connect_swapped (self->density_row, "notify::selected", G_CALLBACK (density_cb), self);
  g_signal_connect_swapped (self->currency_row, "notify::selected", G_CALLBACK (currency_cb), self);
  if (workspace && ent_context_get_store (self->context) != NULL)
    adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), self->workspace_page);
  return ADW_DIALOG (self);
}
