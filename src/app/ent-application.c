/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-application.h"

#include "app/ent-due-actions.h"
#include "app/ent-notifier.h"
#include "app/ent-pictures.h"
#include "app/ent-preferences.h"
#include "widgets/ent-drafts.h"

#include <glib/gi18n.h>
#include <pango/pangocairo.h>

/* On X11, GTK loads and scales a window's icon before its first frame; it may come that long after it. */
#define ICON_MILLISECONDS 500

struct _EntApplication
{
  AdwApplication parent_instance;

  EntOpening *early;
  GSettings  *settings;
  EntNotifier *notifier; /* NULL while pictures are taken */
  guint       icon_id;

  /* --pictures */
  char   *pictures_folder;
  GStrv   pictures_pages;
  char   *pictures_size;
  gboolean rtl;
  int     status;
};

G_DEFINE_FINAL_TYPE (EntApplication, ent_application, ADW_TYPE_APPLICATION)

/* --- Settings ---------------------------------------------------------------------------------------------------- */

static void
color_scheme_cb (EntApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme value = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (scheme, "light"))
    value = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (scheme, "dark"))
    value = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), value);
}

static EntWindow *
find_window (EntApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return window != NULL && ENT_IS_WINDOW (window) ? ENT_WINDOW (window) : NULL;
}

/* --- Actions ------------------------------------------------------------------------------------------------------ */

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  EntApplication *self = user_data;
  EntWindow *active = find_window (self);
  EntWindow *window = ent_application_create_window (self);

  if (active != NULL)
    ent_window_share (window, active);
  else
    ent_window_show_welcome (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  EntWindow *window = find_window (user_data);

  if (window != NULL && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL)
    adw_dialog_present (ent_preferences_new (window, FALSE), GTK_WIDGET (window));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  EntWindow *window = find_window (user_data);
  AdwDialog *dialog = adw_about_dialog_new ();

  adw_about_dialog_set_application_name (ADW_ABOUT_DIALOG (dialog), _("Entente"));
  adw_about_dialog_set_application_icon (ADW_ABOUT_DIALOG (dialog), APP_ID);
  adw_about_dialog_set_version (ADW_ABOUT_DIALOG (dialog), PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (ADW_ABOUT_DIALOG (dialog), _("The Entente Authors"));
  adw_about_dialog_set_license_type (ADW_ABOUT_DIALOG (dialog), GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (ADW_ABOUT_DIALOG (dialog),
                                 _("Run a partner program: who partners are, how they connect, what "
                                   "they earn"));
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  /* Closing each saves what it shows; the application ends with the last one. A dialog that must not close, because
   * it shows what is never shown again, keeps its window. */
  for (GList *l = windows; l != NULL; l = l->next)
    {
      AdwDialog *dialog;

      while (ENT_IS_WINDOW (l->data) &&
             (dialog = adw_application_window_get_visible_dialog (l->data)) != NULL &&
             adw_dialog_get_can_close (dialog))
        adw_dialog_force_close (dialog);
      gtk_window_close (l->data);
    }
}

/* --- Starting ------------------------------------------------------------------------------------------------------ */

/* Where no default is set, GTK looks for an icon by the name of the application, and so reads the icon theme before
 * libadwaita has said which one it is. */
static void
avoid_icon (void)
{
  g_autoptr (GTypeClass) klass = NULL;

  gtk_init ();
  klass = g_type_class_ref (GTK_TYPE_WINDOW);
  gtk_window_set_default_icon_name ("none");
}

static gboolean
icon_cb (gpointer user_data)
{
  EntApplication *self = user_data;

  self->icon_id = 0;
  gtk_window_set_default_icon_name (APP_ID);
  /* Windows that had none when they were realized do not follow the default. */
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    gtk_window_set_icon_name (l->data, APP_ID);
  return G_SOURCE_REMOVE;
}

static gboolean
first_frame_cb (GtkWidget     *window,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  EntApplication *self = user_data;

  if (self->icon_id == 0)
    self->icon_id = g_timeout_add_full (G_PRIORITY_LOW, ICON_MILLISECONDS, icon_cb, self, NULL);
  return G_SOURCE_REMOVE;
}

static void
told_cb (GApplication  *self,
         const char    *id,
         GNotification *notification)
{
  g_application_send_notification (self, id, notification);
}

static void
withdrawn_cb (GApplication *self,
              const char   *id)
{
  g_application_withdraw_notification (self, id);
}

static void
start_notifying (EntApplication *self)
{
  if (self->pictures_folder != NULL)
    return;
  self->notifier = ent_notifier_new (self->settings);
  g_signal_connect_object (self->notifier, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "withdrawn", G_CALLBACK (withdrawn_cb), self, G_CONNECT_SWAPPED);
  ent_due_actions_add (self);
}

static void
ent_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "new-window", .activate = new_window_action },
    { .name = "preferences", .activate = preferences_action },
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
  };
  EntApplication *self = ENT_APPLICATION (application);

  avoid_icon ();
  G_APPLICATION_CLASS (ent_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (NULL);
  /* A profile's name can be copied, but is no choice of whoever opens the profile. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);

  if (self->rtl || g_strcmp0 (g_getenv ("ENTENTE_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  self->settings = g_settings_new (APP_ID);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb), self,
                           G_CONNECT_SWAPPED);
  color_scheme_cb (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  start_notifying (self);
}

static void
pictures_done_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  EntApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ent_pictures_finish (result, &error))
    {
      g_printerr ("entente: %s\n", error->message);
      self->status = 1;
    }
  quit_action (NULL, NULL, self);
  g_application_release (G_APPLICATION (self));
}

static void
take_pictures (EntApplication *self,
               const char     *workspace)
{
  EntWindow *window = ent_application_create_window (self);

  g_application_hold (G_APPLICATION (self));
  ent_pictures_take_async (window, workspace, self->pictures_folder,
                           (const char * const *) self->pictures_pages, self->pictures_size,
                           pictures_done_cb, self);
}

static void
ent_application_activate (GApplication *application)
{
  EntApplication *self = ENT_APPLICATION (application);
  EntWindow *window = find_window (self);

  if (self->pictures_folder != NULL)
    {
      take_pictures (self, NULL);
      return;
    }
  if (window == NULL)
    {
      window = ent_application_create_window (self);
      /* Started by the session's bus, it did not know yet that a window is wanted. */
      if (self->early == NULL && (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
        self->early = ent_opening_start (NULL, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
      if (self->early != NULL)
        ent_window_take_opening (window, self->early);
      else
        ent_window_show_welcome (window);
      g_clear_object (&self->early);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
ent_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  EntApplication *self = ENT_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      const char *path = g_file_peek_path (files[i]);
      EntWindow *window = find_window (self);

      if (path == NULL)
        continue;
      if (self->pictures_folder != NULL)
        {
          take_pictures (self, path);
          return;
        }
      /* A window on another workspace stays as it is. */
      if (window == NULL || ent_window_get_path (window) != NULL)
        window = ent_application_create_window (self);
      ent_window_open (window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
      if (ent_window_get_path (window) == NULL &&
          ent_context_get_store (ent_window_get_context (window)) == NULL)
        gtk_window_present (GTK_WINDOW (window));
    }
}

static gboolean
request_new_window (GApplication *application)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("entente: %s\n", error->message);
      return FALSE;
    }
  if (!g_application_get_is_remote (application))
    return FALSE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-window", NULL);
  return TRUE;
}

static int
ent_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  EntApplication *self = ENT_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("entente %s\n", PACKAGE_VERSION);
      return 0;
    }
  g_variant_dict_lookup (options, "page", "^as", &self->pictures_pages);
  g_variant_dict_lookup (options, "size", "s", &self->pictures_size);
  self->rtl = g_variant_dict_contains (options, "rtl");
  if (g_variant_dict_lookup (options, "pictures", "^ay", &self->pictures_folder))
    {
      g_application_set_flags (application, g_application_get_flags (application) |
                                              G_APPLICATION_NON_UNIQUE);
      ent_pictures_watch_warnings ();
    }
  /* Where nothing runs yet, the window that opens anyway is the new one. */
  if (g_variant_dict_contains (options, "new-window") && request_new_window (application))
    return 0;
  return -1;
}

static void
ent_application_shutdown (GApplication *application)
{
  EntApplication *self = ENT_APPLICATION (application);

  g_clear_handle_id (&self->icon_id, g_source_remove);
  ent_drafts_flush (ent_drafts_get_default ());

  G_APPLICATION_CLASS (ent_application_parent_class)->shutdown (application);
}

/* --- Class --------------------------------------------------------------------------------------------------------- */

static void
ent_application_dispose (GObject *object)
{
  EntApplication *self = ENT_APPLICATION (object);

  g_clear_object (&self->early);
  g_clear_object (&self->notifier);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (ent_application_parent_class)->dispose (object);
}

static void
ent_application_finalize (GObject *object)
{
  EntApplication *self = ENT_APPLICATION (object);

  g_free (self->pictures_folder);
  g_strfreev (self->pictures_pages);
  g_free (self->pictures_size);

  G_OBJECT_CLASS (ent_application_parent_class)->finalize (object);
}

static void
ent_application_class_init (EntApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = ent_application_dispose;
  object_class->finalize = ent_application_finalize;
  application_class->startup = ent_application_startup;
  application_class->activate = ent_application_activate;
  application_class->open = ent_application_open;
  application_class->handle_local_options = ent_application_handle_local_options;
  application_class->shutdown = ent_application_shutdown;
}

static void
ent_application_init (EntApplication *self)
{
  static const GOptionEntry options[] = {
    { "new-window", 'n', 0, G_OPTION_ARG_NONE, NULL, N_("Open a new window"), NULL },
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
    { "pictures", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL, "Picture each page", "DIR" },
    { "page", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING_ARRAY, NULL, "Only this page", "NAME" },
    { "size", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, "Size of the pictures", "WxH" },
    { "rtl", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, "From right to left", NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[WORKSPACE…]"));
}

EntApplication *
ent_application_new (EntOpening *early)
{
  EntApplication *self = g_object_new (ENT_TYPE_APPLICATION,
                                       "application-id", APP_ID,
                                       "resource-base-path", RESOURCE_PATH,
                                       "flags", G_APPLICATION_HANDLES_OPEN,
                                       NULL);

  g_set_object (&self->early, early);
  /* Pango begins to read the list of fonts, on a thread, for which GTK would wait. */
  pango_cairo_font_map_get_default ();
  return self;
}

EntWindow *
ent_application_create_window (EntApplication *self)
{
  EntWindow *window;

  g_return_val_if_fail (ENT_IS_APPLICATION (self), NULL);

  window = ent_window_new (GTK_APPLICATION (self), self->settings);
  if (gtk_window_get_default_icon_name () == NULL)
    gtk_widget_add_tick_callback (GTK_WIDGET (window), first_frame_cb, self, NULL);
  if (self->notifier != NULL)
    ent_notifier_watch (self->notifier, ent_window_get_context (window));
  return window;
}

int
ent_application_get_status (EntApplication *self)
{
  g_return_val_if_fail (ENT_IS_APPLICATION (self), 1);
  return self->status;
}
