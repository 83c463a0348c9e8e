/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shell-fixture.h"

#include "app/ent-new-workspace.h"
#include "app/ent-recovery-key.h"
#include "app/ent-workspace-maker.h"

/* Finds the @nth widget of a type below @root, in the order of the tree. */
static GtkWidget *
find_nth (GtkWidget *root,
          GType      type,
          guint     *nth)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (*nth)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_nth (child, type, nth);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find (GtkWidget *root,
      GType      type,
      guint      nth)
{
  return find_nth (root, type, &nth);
}

static GtkWidget *
find_button (GtkWidget  *root,
             const char *label)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *button = find (root, GTK_TYPE_BUTTON, i);

      if (button == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
        return button;
    }
}

static AdwDialog *
open_dialog (Shell      *shell,
             const char *name,
             gboolean    encrypt)
{
  AdwDialog *dialog;

  ent_window_show_welcome (shell->window);
  gtk_window_present (GTK_WINDOW (shell->window));
  g_assert_true (ent_window_activate (shell->window, "win.new-workspace"));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (shell->window));
  g_assert_true (ENT_IS_NEW_WORKSPACE (dialog));
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "C_reate")));
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, 0)), name);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (GTK_WIDGET (dialog), ADW_TYPE_SWITCH_ROW, 0)), encrypt);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find (GTK_WIDGET (dialog), ADW_TYPE_SWITCH_ROW, 1)), FALSE);
  return dialog;
}

static void
remove_made (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);

  g_unlink (path);
  g_unlink (wal);
  g_unlink (shm);
}

static void
test_plain (Shell        *shell,
            gconstpointer data)
{
  AdwDialog *dialog = open_dialog (shell, "Alpha/Beta", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "C_reate"), "clicked");
  wait_until (ent_context_get_store (shell->context) != NULL);
  g_assert_cmpstr (ent_window_get_workspace_title (shell->window), ==, "Alpha/Beta");
  g_assert_null (ent_window_get_key (shell->window));
  path = g_strdup (ent_window_get_path (shell->window));
  name = g_path_get_basename (path);
  g_assert_cmpstr (name, ==, "Alpha-Beta.entente");
  ent_window_close_workspace (shell->window);
  run_for (200);

  /* The same name again is refused before anything is made. */
  dialog = open_dialog (shell, "Alpha/Beta", FALSE);
  g_assert_false (gtk_widget_get_sensitive (find_button (GTK_WIDGET (dialog), "C_reate")));
  adw_dialog_force_close (dialog);
  remove_made (path);
}

static void
test_encrypted (Shell        *shell,
                gconstpointer data)
{
  AdwDialog *dialog = open_dialog (shell, "Gamma", TRUE);
  GtkWidget *page, *kept, *done;
  g_autofree char *printed = NULL;
  g_autofree char *path = NULL;

  g_signal_emit_by_name (find_button (GTK_WIDGET (dialog), "C_reate"), "clicked");
  wait_until (ent_context_get_store (shell->context) != NULL);
  wait_until (find (GTK_WIDGET (dialog), ENT_TYPE_RECOVERY_KEY, 0) != NULL);
  g_assert_true (ent_store_is_encrypted (ent_context_get_store (shell->context)));
  path = g_strdup (ent_window_get_path (shell->window));

  /* The key on show is the key of the file, and one cannot leave before saying that it is kept. */
  page = find (GTK_WIDGET (dialog), ENT_TYPE_RECOVERY_KEY, 0);
  printed = ent_store_key_print (ent_window_get_key (shell->window));
  g_assert_false (adw_dialog_get_can_close (dialog));
  done = find_button (page, "_Done");
  g_assert_false (gtk_widget_get_sensitive (done));
  for (guint i = 0;; i++)
    {
      GtkWidget *label = find (page, GTK_TYPE_LABEL, i);
      g_auto (GStrv) lines = NULL;
      g_autofree char *shown = NULL;

      g_assert_nonnull (label);
      lines = g_strsplit (gtk_label_get_label (GTK_LABEL (label)), "\n", -1);
      shown = g_strjoinv ("", lines);
      if (g_str_equal (shown, printed))
        break;
    }
  kept = find (page, ADW_TYPE_SWITCH_ROW, 0);
  adw_switch_row_set_active (ADW_SWITCH_ROW (kept), TRUE);
  g_assert_true (gtk_widget_get_sensitive (done));
  g_signal_emit_by_name (done, "clicked");
  wait_until (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (shell->window)) == NULL);
  ent_window_close_workspace (shell->window);
  run_for (200);
  remove_made (path);
}

static void
test_maker_cleans_up (void)
{
  g_autofree char *folder = g_dir_make_tmp ("entente-maker-XXXXXX", NULL);
  EntWorkspaceMaker *maker = g_new0 (EntWorkspaceMaker, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  maker->path = g_build_filename (folder, "x.entente", NULL);
  maker->with_program = TRUE;
  g_assert_false (ent_workspace_maker_run (maker, cancellable, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (maker->path, G_FILE_TEST_EXISTS));
  ent_workspace_maker_free (maker);
  remove_all (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Shell, NULL, shell_set_up, func, shell_tear_down)
  g_test_add_func ("/app/new-workspace/cleans-up", test_maker_cleans_up);
  ADD ("/app/new-workspace/plain", test_plain);
  ADD ("/app/new-workspace/encrypted", test_encrypted);

  return g_test_run ();
}
