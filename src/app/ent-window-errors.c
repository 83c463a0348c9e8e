/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntWindow that says why a workspace could not be opened, and offers what helps. */

#include "config.h"

#include "app/ent-window-private.h"

#include "app/ent-unlock.h"

#include <glib/gi18n.h>

typedef struct
{
  EntWindow  *window;
  EntOpening *opening;
} Trouble;

static void
trouble_free (Trouble *trouble)
{
  g_object_unref (trouble->window);
  g_object_unref (trouble->opening);
  g_free (trouble);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trouble, trouble_free)

/* --- Recovering ------------------------------------------------------------------------------------------- */

typedef struct
{
  char       *from;
  char       *to;
  EntStoreKey key;
  gboolean    has_key;
} Recovery;

static void
recovery_free (gpointer data)
{
  Recovery *recovery = data;

  g_free (recovery->from);
  g_free (recovery->to);
  memset (&recovery->key, 0, sizeof recovery->key);
  g_free (recovery);
}

static void
recover_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Recovery *recovery = data;
  char *report = NULL;
  GError *error = NULL;

  if (ent_store_recover (recovery->from, recovery->has_key ? &recovery->key : NULL, recovery->to,
                         &report, cancellable, &error))
    g_task_return_pointer (task, report, g_free);
  else
    g_task_return_error (task, error);
}

static void
recovered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  EntWindow *self = ENT_WINDOW (source);
  Recovery *recovery = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *report = g_task_propagate_pointer (G_TASK (result), &error);
  AdwDialog *dialog;

  if (error != NULL)
    {
      ent_context_error (self->context, _("The workspace could not be recovered"), error);
      return;
    }
  ent_window_open (self, recovery->to, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  dialog = adw_alert_dialog_new (_("Workspace Recovered"), report);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
recover_to_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Trouble) trouble = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  const EntStoreKey *key = ent_opening_get_key (trouble->opening);
  g_autoptr (GTask) task = NULL;
  Recovery *recovery;

  if (file == NULL || g_file_peek_path (file) == NULL)
    return;
  recovery = g_new0 (Recovery, 1);
  recovery->from = g_strdup (ent_opening_get_path (trouble->opening));
  recovery->to = g_strdup (g_file_peek_path (file));
  recovery->has_key = key != NULL;
  if (key != NULL)
    recovery->key = *key;
  task = g_task_new (trouble->window, NULL, recovered_cb, NULL);
  g_task_set_source_tag (task, recover_to_cb);
  g_task_set_task_data (task, recovery, recovery_free);
  g_task_run_in_thread (task, recover_thread);
  ent_context_toast (trouble->window->context, _("Recovering the workspace"));
}

static void
choose_recovery_file (Trouble *trouble)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *folder_path = g_path_get_dirname (ent_opening_get_path (trouble->opening));
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  g_autofree char *name = NULL;

  /* Translators: name of the file a damaged workspace is recovered into; %s is the name of the workspace */
  name = g_strdup_printf (_("%s Recovered.entente"), ent_opening_get_title (trouble->opening));
  gtk_file_dialog_set_title (dialog, _("Recover Into"));
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (trouble->window), NULL, recover_to_cb, trouble);
}

/* --- Saying what is wrong ---------------------------------------------------------------------------------- */

static void
forget (EntWindow  *self,
        const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  g_auto (GStrv) recent = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  if (self->settings == NULL)
    return;
  recent = g_settings_get_strv (self->settings, "recent-workspaces");
  for (guint i = 0; recent[i] != NULL; i++)
    if (!g_str_equal (recent[i], uri))
      g_strv_builder_add (builder, recent[i]);
  kept = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "recent-workspaces", (const char * const *) kept);
}

static void
response_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Trouble) trouble = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);
  const char *path = ent_opening_get_path (trouble->opening);

  if (g_str_equal (response, "recover"))
    choose_recovery_file (g_steal_pointer (&trouble));
  else if (g_str_equal (response, "read-only"))
    ent_window_open (trouble->window, path, NULL, FALSE, ENT_STORE_OPEN_READ_ONLY);
  else if (g_str_equal (response, "again"))
    ent_window_open (trouble->window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  else if (g_str_equal (response, "forget"))
    forget (trouble->window, path);
}

static void
add_responses (AdwAlertDialog *dialog,
               const GError   *error)
{
  static const struct
  {
    EntStoreErrorCode code;
    const char       *response;
    const char       *label;
  } fixes[] = {
    { ENT_STORE_ERROR_DAMAGED, "recover", N_("_Recover a Copy…") },
    { ENT_STORE_ERROR_READ_ONLY, "read-only", N_("_Open Read-Only") },
    { ENT_STORE_ERROR_BUSY, "again", N_("_Try Again") },
    { ENT_STORE_ERROR_NOT_FOUND, "forget", N_("_Remove From List") },
  };

  adw_alert_dialog_add_response (dialog, "close", _("_Close"));
  adw_alert_dialog_set_close_response (dialog, "close");
  for (guint i = 0; i < G_N_ELEMENTS (fixes); i++)
    if (g_error_matches (error, ENT_STORE_ERROR, (int) fixes[i].code))
      {
        adw_alert_dialog_add_response (dialog, fixes[i].response, _(fixes[i].label));
        adw_alert_dialog_set_default_response (dialog, fixes[i].response);
      }
}

static const char *
get_heading (const GError *error)
{
  if (error->domain != ENT_STORE_ERROR)
    return _("Workspace Not Opened");
  switch ((EntStoreErrorCode) error->code)
    {
    case ENT_STORE_ERROR_DAMAGED:
      return _("Workspace Damaged");
    case ENT_STORE_ERROR_NEWER:
      return _("Made by a Newer Version");
    case ENT_STORE_ERROR_FOREIGN:
      return _("Not a Workspace");
    case ENT_STORE_ERROR_NOT_FOUND:
      return _("Workspace Not Found");
    case ENT_STORE_ERROR_READ_ONLY:
      return _("Workspace Cannot Be Written");
    case ENT_STORE_ERROR_BUSY:
      return _("Workspace in Use");
    case ENT_STORE_ERROR_FULL:
      return _("Disk Full");
    default:
      return _("Workspace Not Opened");
    }
}

void
_ent_window_explain_opening (EntWindow  *self,
                             EntOpening *opening)
{
  const GError *error = ent_opening_get_error (opening);
  const char *path = ent_opening_get_path (opening);
  Trouble *trouble;
  AdwDialog *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NEEDS_KEY) ||
      g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_WRONG_KEY))
    {
      gboolean is_wrong = error->code == ENT_STORE_ERROR_WRONG_KEY;

      adw_dialog_present (ent_unlock_new (self, path, is_wrong), GTK_WIDGET (self));
      return;
    }
  trouble = g_new0 (Trouble, 1);
  trouble->window = g_object_ref (self);
  trouble->opening = g_object_ref (opening);
  dialog = adw_alert_dialog_new (get_heading (error), error->message);
  add_responses (ADW_ALERT_DIALOG (dialog), error);
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), NULL, response_cb, trouble);
}
