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
