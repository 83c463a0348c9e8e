/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-backups.h"

#include <errno.h>
#include <glib/gi18n.h>

char *
ent_backups_dup_folder (GSettings *settings)
{
  g_autofree char *folder = NULL;

  if (settings != NULL)
    folder = g_settings_get_string (settings, "backups-folder");
  if (folder != NULL && *folder != '\0')
    return g_steal_pointer (&folder);
  return g_build_filename (g_get_user_data_dir (), "entente", "backups", NULL);
}

/* --- Rolling ---------------------------------------------------------------------------------------------- */

/* A crash, a mistake or a damaged disk costs at most this much work. */
#define ROLLING_SECONDS (15 * 60)

struct _EntBackups
{
  EntStore *store;
  char     *folder; /* of the copies of this workspace */
  guint     timer_id;
};

static gboolean
make_copy (EntStore   *store,
           const char *folder,
           GError    **error)
{
  return ent_store_rolling_backup (store, folder, g_get_real_time () / G_USEC_PER_SEC, error);
}

static gpointer
rolling_job (EntStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  make_copy (store, data, error);
  return NULL;
}

static void
rolled_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  ent_store_run_finish (ENT_STORE (source), result, &error);
  if (error != NULL)
    g_info ("No rolling backup was made: %s", error->message);
}

static gboolean
timer_cb (gpointer user_data)
{
  EntBackups *self = user_data;

  ent_store_run_async (self->store, rolling_job, g_strdup (self->folder), g_free, NULL, NULL,
                       rolled_cb, NULL);
  return G_SOURCE_CONTINUE;
}

EntBackups *
ent_backups_new (GSettings *settings,
                 EntStore  *store)
{
  EntBackups *self = g_new0 (EntBackups, 1);
  g_autofree char *folder = ent_backups_dup_folder (settings);
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_store_get_id (store), id);
  self->store = g_object_ref (store);
  self->folder = g_build_filename (folder, id, NULL);
  self->timer_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, ROLLING_SECONDS, timer_cb, self, NULL);
  return self;
}

void
ent_backups_free (EntBackups *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_object_unref (self->store);
  g_free (self->folder);
  g_free (self);
}

/* --- Closing ---------------------------------------------------------------------------------------------- */

static void
close_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (data != NULL && !make_copy (ENT_STORE (source), data, &error))
    g_info ("No rolling backup was made: %s", error->message);
  ent_store_close (ENT_STORE (source));
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GApplication *application = user_data;

  if (application != NULL)
    g_application_release (application);
}

void
ent_backups_close_store (EntBackups   *self,
                         EntStore     *store,
                         GApplication *application)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, closed_cb, application);

  if (application != NULL)
    g_application_hold (application);
  g_task_set_source_tag (task, ent_backups_close_store);
  if (self != NULL)
    g_task_set_task_data (task, g_strdup (self->folder), g_free);
  g_task_run_in_thread (task, close_thread);
}

/* --- Now ------------------------------------------------------------------------------------------------ */

typedef struct
{
  char *folder;
  char *path;
} Backup;

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  g_free (backup->folder);
  g_free (backup->path);
  g_free (backup);
}

static gpointer
back_up_job (EntStore      *store,
             EntJob        *job,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Backup *backup = data;

  if (g_mkdir_with_parents (backup->folder, 0700) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   _("The backups folder “%s” cannot be made"), backup->folder);
      return NULL;
    }
  if (!ent_store_backup (store, backup->path, ent_job_progress, job, cancellable, error))
    return NULL;
  return g_strdup (backup->path);
}

static void
show_clicked_cb (AdwToast   *toast,
                 const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, NULL, NULL, NULL, NULL);
}

static void
free_path (gpointer  data,
           GClosure *closure)
{
  g_free (data);
}

static void
backed_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  EntContext *context = ENT_CONTEXT (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = ent_context_finish_job (context, result, &error);
  AdwToast *toast;

  if (path == NULL)
    {
      ent_context_error (context, _("No backup was made"), error);
      return;
    }
  toast = adw_toast_new (_("Backup made and checked"));
  adw_toast_set_button_label (toast, _("_Show"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (show_clicked_cb), g_strdup (path),
                         free_path, 0);
  ent_context_add_toast (context, toast);
}

/* The name of the workspace as a file name: separators would lead out of the folder. */
static char *
make_name (const char *name)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%d %H.%M.%S");
  g_autofree char *safe = g_strdup (name);

  g_strdelimit (safe, "/\\", '-');
  return g_strdup_printf ("%s %s.entente", safe, time);
}

void
ent_backups_back_up_now (EntContext *context,
                         const char *name)
{
  Backup *backup = g_new0 (Backup, 1);
  g_autofree char *file = make_name (name);

  backup->folder = ent_backups_dup_folder (ent_context_get_settings (context));
  backup->path = g_build_filename (backup->folder, file, NULL);
  ent_context_start_job (context, _("Back Up"), back_up_job, backup, backup_free, g_free, backed_up_cb,
                         NULL);
}
