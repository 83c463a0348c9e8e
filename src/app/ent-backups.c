/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-backups.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

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

/* Of the rolling copies of a workspace, the latest ones are kept, and the last one of each of so many days. */
#define KEEP_LATEST 4
#define KEEP_DAYS 7

struct _EntBackups
{
  EntStore *store;
  char     *folder; /* of the copies of this workspace */
  guint     timer_id;
  gboolean  changed;
};

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char **) b, *(const char **) a);
}

/* Names begin with the time, so the order of names is that of time. */
static GPtrArray *
list_copies (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".entente"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
remove_old_copies (const char *folder)
{
  g_autoptr (GPtrArray) names = list_copies (folder);
  const char *last_day = "";
  guint n_days = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      gboolean new_day = strncmp (name, last_day, strlen ("2026-01-01")) != 0;
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (new_day)
        n_days++;
      last_day = name;
      if (i >= KEEP_LATEST && !(new_day && n_days <= KEEP_DAYS))
        g_unlink (path);
    }
}

static gboolean
make_copy (EntStore      *store,
           const char    *folder,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "%Y-%m-%d %H.%M.%S.entente");
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_mkdir_with_parents (folder, 0700);
  if (!ent_store_backup (store, path, NULL, NULL, cancellable, error))
    return FALSE;
  remove_old_copies (folder);
  return TRUE;
}

static gpointer
rolling_job (EntStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  make_copy (store, data, cancellable, error);
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

static void
store_changed_cb (EntStore   *store,
                  EntChanges *changes,
                  EntBackups *self)
{
  self->changed = TRUE;
}

static gboolean
timer_cb (gpointer user_data)
{
  EntBackups *self = user_data;

  if (!self->changed)
    return G_SOURCE_CONTINUE;
  self->changed = FALSE;
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
  g_signal_connect (store, "changed", G_CALLBACK (store_changed_cb), self);
  self->timer_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, ROLLING_SECONDS, timer_cb, self, NULL);
  return self;
}

void
ent_backups_free (EntBackups *self)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
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

  if (data != NULL && !make_copy (ENT_STORE (source), data, NULL, &error))
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
  if (self != NULL && self->changed)
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
