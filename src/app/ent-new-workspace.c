/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-new-workspace.h"

#include "app/ent-home-path.h"
#include "app/ent-recovery-key.h"
#include "app/ent-workspace-maker.h"
#include "store/ent-keyring.h"
#include "widgets/ent-announce.h"

#include <glib/gi18n.h>

struct _EntNewWorkspace
{
  AdwDialog parent_instance;

  EntWindow    *window; /* (unowned): the dialog lives inside it */
  char         *folder;
  GCancellable *cancellable;

  AdwNavigationView *view;
  GtkWidget         *create_button;
  AdwEntryRow       *name_row;
  AdwActionRow      *location_row;
  GtkWidget         *location_button;
  AdwSwitchRow      *encrypt_row;
  AdwSwitchRow      *program_row;
  GtkWidget         *error_group;
  GtkLabel          *error_label;
};

G_DEFINE_FINAL_TYPE (EntNewWorkspace, ent_new_workspace, ADW_TYPE_DIALOG)

static void
show_error (EntNewWorkspace *self,
            const char      *message)
{
  gtk_label_set_label (self->error_label, message != NULL ? message : "");
  gtk_widget_set_visible (self->error_group, message != NULL);
  if (message != NULL)
    ent_announce (GTK_WIDGET (self->error_label), message, TRUE);
}

static void
show_location (EntNewWorkspace *self)
{
  g_autofree char *text = ent_home_path_display (self->folder);

  adw_action_row_set_subtitle (self->location_row, text);
}

/* A name may hold anything, a file name may not. */
static char *
dup_path (EntNewWorkspace *self,
          const char      *name)
{
  g_autofree char *safe = g_strdup (name);
  g_autofree char *file = NULL;

  g_strdelimit (safe, "/\\:*?\"<>|", '-');
  file = g_strconcat (safe, ".entente", NULL);
  return g_build_filename (self->folder, file, NULL);
}

static void
set_busy (EntNewWorkspace *self,
          gboolean         busy)
{
  gtk_widget_set_sensitive (self->create_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->location_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->encrypt_row), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->program_row), !busy);
  gtk_button_set_label (GTK_BUTTON (self->create_button), busy ? _("Creating…") : _("C_reate"));
}

/* --- Making --------------------------------------------------------------------------------------------------- */

static void
make_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;

  if (ent_workspace_maker_run (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
make_async (GObject             *source,
            EntWorkspaceMaker   *maker,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, NULL);

  g_task_set_source_tag (task, make_async);
  g_task_set_task_data (task, maker, (GDestroyNotify) ent_workspace_maker_free);
  g_task_run_in_thread (task, make_thread);
}

static void
kept_cb (EntNewWorkspace *self)
{
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* The desktop may ask the user to unlock or make a keyring, which takes as long as it takes. */
static void
keep_key_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  EntWorkspaceMaker *maker = data;

  g_task_return_boolean (task, ent_keyring_store (maker->path, &maker->key, cancellable, NULL));
}

static void
key_kept_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    ent_recovery_key_say_no_keyring (ENT_RECOVERY_KEY (source));
}

static void
keep_key (AdwNavigationPage *page,
          EntWorkspaceMaker *maker)
{
  g_autoptr (GTask) task = g_task_new (page, NULL, key_kept_cb, NULL);
  EntWorkspaceMaker *copy = g_new0 (EntWorkspaceMaker, 1);

  copy->path = g_strdup (maker->path);
  copy->key = maker->key;
  g_task_set_source_tag (task, keep_key);
  g_task_set_task_data (task, copy, (GDestroyNotify) ent_workspace_maker_free);
  g_task_run_in_thread (task, keep_key_thread);
}

static void
show_key (EntNewWorkspace   *self,
          EntWorkspaceMaker *maker)
{
  AdwNavigationPage *page = ent_recovery_key_new (maker->title, &maker->key);

  g_signal_connect_object (page, "done", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  /* From here on the key must be seen; Escape would lose it. */
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_navigation_view_push (self->view, page);
  keep_key (page, maker);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EntNewWorkspace *self = ENT_NEW_WORKSPACE (source);
  EntWorkspaceMaker *maker = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->view != NULL)
        {
          set_busy (self, FALSE);
          show_error (self, error->message);
        }
      return;
    }
  if (self->window == NULL)
    return;
  if (maker->encrypt)
    secret = ent_store_key_print (&maker->key);
  ent_window_open (self->window, maker->path, secret, FALSE, ENT_STORE_OPEN_DEFAULT);
  if (maker->encrypt)
    show_key (self, maker);
  else
    adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- Callbacks -------------------------------------------------------------------------------------------------- */

static void
cancel_cb (EntNewWorkspace *self)
{
  g_cancellable_cancel (self->cancellable);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
create_cb (EntNewWorkspace *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  EntWorkspaceMaker *maker;

  if (*name == '\0' || !gtk_widget_get_sensitive (self->create_button))
    return;
  show_error (self, NULL);
  set_busy (self, TRUE);
  maker = g_new0 (EntWorkspaceMaker, 1);
  maker->path = dup_path (self, name);
  maker->title = g_strdup (name);
  maker->encrypt = adw_switch_row_get_active (self->encrypt_row);
  maker->with_program = adw_switch_row_get_active (self->program_row);
  make_async (G_OBJECT (self), maker, self->cancellable, made_cb);
}

static void
name_changed_cb (EntNewWorkspace *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autofree char *path = dup_path (self, name);
  gboolean exists = *name != '\0' && g_file_test (path, G_FILE_TEST_EXISTS);

  gtk_widget_set_sensitive (self->create_button, *name != '\0' && !exists);
  show_error (self, exists ? _("There is a workspace with this name in the folder already.") : NULL);
}

static void
location_chosen_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (EntNewWorkspace) self = user_data;
  g_autoptr (GFile) file =
    gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file == NULL || g_file_peek_path (file) == NULL || self->view == NULL)
    return;
  g_set_str (&self->folder, g_file_peek_path (file));
  show_location (self);
  name_changed_cb (self);
}

static void
choose_location_cb (EntNewWorkspace *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_file_dialog_set_title (dialog, _("Location of the Workspace"));
  gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (root), NULL, location_chosen_cb,
                                 g_object_ref (self));
}

/* --- Class ------------------------------------------------------------------------------------------------------ */

static void
ent_new_workspace_dispose (GObject *object)
{
  EntNewWorkspace *self = ENT_NEW_WORKSPACE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_NEW_WORKSPACE);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (ent_new_workspace_parent_class)->dispose (object);
}

static void
ent_new_workspace_finalize (GObject *object)
{
  g_free (ENT_NEW_WORKSPACE (object)->folder);

  G_OBJECT_CLASS (ent_new_workspace_parent_class)->finalize (object);
}

static void
ent_new_workspace_class_init (EntNewWorkspaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_new_workspace_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_new_workspace_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "/ui/app/ent-new-workspace.ui");
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, view);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, create_button);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, name_row);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, location_row);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, location_button);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, encrypt_row);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, program_row);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, error_group);
  gtk_widget_class_bind_template_child (widget_class, EntNewWorkspace, error_label);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_location_cb);
}

static void
ent_new_workspace_init (EntNewWorkspace *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  self->cancellable = g_cancellable_new ();
  if (documents != NULL)
    self->folder = g_strdup (documents);
  else
    self->folder = g_build_filename (g_get_user_data_dir (), "entente", NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  show_location (self);
}

AdwDialog *
ent_new_workspace_new (EntWindow *window)
{
  EntNewWorkspace *self = g_object_new (ENT_TYPE_NEW_WORKSPACE, NULL);

  g_set_weak_pointer (&self->window, window);
  return ADW_DIALOG (self);
}

/* --- Sample workspace ---------------------------------------------------------------------------------------------- */

static void
sample_made_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  EntWindow *window = ENT_WINDOW (source);
  EntWorkspaceMaker *maker = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    ent_window_open (window, maker->path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  else
    ent_context_error (ent_window_get_context (window), _("The sample workspace was not made"), error);
}

void
ent_new_workspace_open_sample (EntWindow *window)
{
  EntWorkspaceMaker *maker;
  g_autofree char *path = NULL;

  g_return_if_fail (ENT_IS_WINDOW (window));

  path = g_build_filename (g_get_user_data_dir (), "entente", _("Sample.entente"), NULL);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      ent_window_open (window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
      return;
    }
  ent_context_toast (ent_window_get_context (window), _("Making the sample workspace"));
  maker = g_new0 (EntWorkspaceMaker, 1);
  maker->path = g_steal_pointer (&path);
  maker->title = g_strdup (_("Sample"));
  maker->with_program = TRUE;
  maker->with_sample = TRUE;
  make_async (G_OBJECT (window), maker, NULL, sample_made_cb);
}
