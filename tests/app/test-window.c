/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shell-fixture.h"

#include "app/ent-sidebar.h"
#include "app/ent-unlock.h"

static const char *
visible_id (Shell *shell)
{
  EntPage *page = ent_window_get_visible_page (shell->window);

  return page != NULL ? ent_page_get_id (page) : NULL;
}

static GtkWidget *
find_widget (GtkWidget *root,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static EntKey
find_contoso (Shell *shell)
{
  EntStore *store = ent_context_get_store (shell->context);

  return ent_store_resolve (store, ent_store_get_record_type (store, "organization"), "Contoso", NULL);
}

static void
test_opens (Shell        *shell,
            gconstpointer data)
{
  g_autofree char *last = NULL;

  open_workspace (shell);
  g_assert_cmpstr (visible_id (shell), ==, "first");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (shell->window)), ==, "Northwind Labs");
  g_assert_true (ent_window_can_activate (shell->window, "win.undo"));
  last = ent_state_load_last ();
  g_assert_cmpstr (last, ==, shell->path);
}

static void
test_navigates (Shell        *shell,
                gconstpointer data)
{
  GtkWidget *sidebar = find_widget (GTK_WIDGET (shell->window), ENT_TYPE_SIDEBAR);
  EntPage *first;
  EntKey key;

  open_workspace (shell);
  first = ent_window_get_visible_page (shell->window);
  g_assert_true (ent_sidebar_activate_nth (ENT_SIDEBAR (sidebar), 1));
  g_assert_cmpstr (visible_id (shell), ==, "second");
  g_assert_false (ent_sidebar_activate_nth (ENT_SIDEBAR (sidebar), 2));

  /* A page that one comes back to is the same page, where it was left. */
  ent_context_navigate (shell->context, "first", NULL);
  g_assert_true (ent_window_get_visible_page (shell->window) == first);

  key = find_contoso (shell);
  ent_context_open_record (shell->context, key);
  g_assert_cmpstr (visible_id (shell), ==, "profile");
  g_assert_cmpint (TEST_PAGE (ent_window_get_visible_page (shell->window))->key, ==, key);
  g_assert_cmpuint (ent_window_get_recent (shell->window)->len, ==, 1);

  /* The same record again does not pile up. */
  ent_context_open_record (shell->context, key);
  g_assert_true (ent_window_activate (shell->window, "win.back"));
  g_assert_true (ent_window_get_visible_page (shell->window) == first);
}

static void
test_page_actions (Shell        *shell,
                   gconstpointer data)
{
  EntPage *page;

  g_assert_false (ent_window_can_activate (shell->window, "page.new"));
  open_workspace (shell);
  page = ent_window_get_visible_page (shell->window);
  g_assert_true (ent_window_activate (shell->window, "page.new"));
  g_assert_cmpint (TEST_PAGE (page)->n_new, ==, 1);

  ent_page_action_set_enabled (page, "page.new", FALSE);
  g_assert_false (ent_window_can_activate (shell->window, "page.new"));
  g_assert_false (ent_window_activate (shell->window, "page.new"));
  g_assert_cmpint (TEST_PAGE (page)->n_new, ==, 1);

  g_assert_false (ent_window_can_activate (shell->window, "page.delete"));
  g_assert_true (ent_window_activate (shell->window, "page.find"));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (shell->window)),
                                         TEST_PAGE (page)->search));
}

static void
test_restores (Shell        *shell,
               gconstpointer data)
{
  g_autofree char *place = NULL;
  EntKey key;

  open_workspace (shell);
  key = find_contoso (shell);
  ent_context_navigate (shell->context, "second", g_variant_new_parsed ("{'place': <'row 7'>}"));
  ent_context_open_record (shell->context, key);
  ent_window_close_workspace (shell->window);
  g_assert_null (ent_context_get_store (shell->context));
  g_assert_cmpint (ent_window_get_recent (shell->window)->len, ==, 0);

  open_workspace (shell);
  g_assert_cmpstr (visible_id (shell), ==, "profile");
  g_assert_cmpint (g_array_index (ent_window_get_recent (shell->window), EntKey, 0), ==, key);
  ent_window_activate (shell->window, "win.back");
  g_assert_cmpstr (visible_id (shell), ==, "second");
  g_assert_cmpstr (TEST_PAGE (ent_window_get_visible_page (shell->window))->place, ==, "row 7");
}

static void
test_shares (Shell        *shell,
             gconstpointer data)
{
  EntWindow *other;
  gpointer weak;

  open_workspace (shell);
  other = new_window (shell);
  weak = other;
  g_object_add_weak_pointer (G_OBJECT (other), &weak);
  ent_window_share (other, shell->window);
  gtk_window_present (GTK_WINDOW (other));
  g_assert_true (ent_context_get_store (ent_window_get_context (other)) ==
                 ent_context_get_store (shell->context));

  /* The other window's end does not close the workspace of this one. */
  gtk_window_close (GTK_WINDOW (other));
  wait_until (weak == NULL);
  run_for (200);
  g_assert_cmpint (find_contoso (shell), !=, 0);
}

static void
test_narrow (Shell        *shell,
             gconstpointer data)
{
  GtkWidget *split = find_widget (GTK_WIDGET (shell->window), ADW_TYPE_NAVIGATION_SPLIT_VIEW);

  gtk_window_set_default_size (GTK_WINDOW (shell->window), 360, 640);
  open_workspace (shell);
  wait_until (adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (split)));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (split)), <=, 360);

  /* The list of pages comes first; a page leads back to it. */
  g_assert_false (adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (split)));
  ent_context_navigate (shell->context, "second", NULL);
  g_assert_true (adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (split)));
  ent_window_activate (shell->window, "win.back");
  g_assert_false (adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (split)));
}

static void
test_welcome (Shell        *shell,
              gconstpointer data)
{
  ent_window_show_welcome (shell->window);
  gtk_window_present (GTK_WINDOW (shell->window));
  g_assert_false (ent_window_can_activate (shell->window, "win.undo"));
  g_assert_false (ent_window_can_activate (shell->window, "win.close-workspace"));
  g_assert_true (ent_window_can_activate (shell->window, "win.new-workspace"));
}

static AdwDialog *
visible_dialog (Shell *shell)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (shell->window));
}

static void
test_missing (Shell        *shell,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (shell->folder, "none.entente", NULL);

  gtk_window_present (GTK_WINDOW (shell->window));
  ent_window_open (shell->window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  wait_until (visible_dialog (shell) != NULL);
  g_assert_true (ADW_IS_ALERT_DIALOG (visible_dialog (shell)));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (visible_dialog (shell)), "forget"));
  adw_dialog_force_close (visible_dialog (shell));
}

static void
test_locked (Shell        *shell,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (shell->folder, "locked.entente", NULL);
  g_autofree char *secret = NULL;
  EntStoreKey key, other;

  ent_store_key_init_new (&key);
  ent_store_key_init_new (&other);
  make_workspace (path, &key);
  gtk_window_present (GTK_WINDOW (shell->window));

  /* There is no keyring in the test's session, so the key is asked for. */
  ent_window_open (shell->window, path, NULL, FALSE, ENT_STORE_OPEN_DEFAULT);
  wait_until (visible_dialog (shell) != NULL);
  g_assert_true (ENT_IS_UNLOCK (visible_dialog (shell)));
  adw_dialog_force_close (visible_dialog (shell));

  secret = ent_store_key_print (&other);
  ent_window_open (shell->window, path, secret, FALSE, ENT_STORE_OPEN_DEFAULT);
  wait_until (visible_dialog (shell) != NULL);
  g_assert_true (ENT_IS_UNLOCK (visible_dialog (shell)));
  adw_dialog_force_close (visible_dialog (shell));
  g_assert_null (ent_context_get_store (shell->context));

  g_free (secret);
  secret = ent_store_key_print (&key);
  ent_window_open (shell->window, path, secret, FALSE, ENT_STORE_OPEN_DEFAULT);
  wait_until (ent_context_get_store (shell->context) != NULL);
  g_assert_nonnull (ent_window_get_key (shell->window));
  ent_window_close_workspace (shell->window);
  g_assert_null (ent_window_get_key (shell->window));
}

static void
test_dialogs (Shell        *shell,
              gconstpointer data)
{
  static const char * const actions[] = {
    "app.preferences", "win.workspace-settings", "win.shortcuts", "app.about", "win.new-workspace",
    "win.palette",
  };

  open_workspace (shell);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gpointer dialog;

      g_assert_true (ent_window_activate (shell->window, actions[i]));
      dialog = visible_dialog (shell);
      g_assert_nonnull (dialog);
      run_for (100);
      g_object_add_weak_pointer (dialog, &dialog);
      adw_dialog_force_close (dialog);
      wait_until (dialog == NULL);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Shell, NULL, shell_set_up, func, shell_tear_down)
  ADD ("/app/window/opens", test_opens);
  ADD ("/app/window/navigates", test_navigates);
  ADD ("/app/window/page-actions", test_page_actions);
  ADD ("/app/window/restores", test_restores);
  ADD ("/app/window/shares", test_shares);
  ADD ("/app/window/narrow", test_narrow);
  ADD ("/app/window/welcome", test_welcome);
  ADD ("/app/window/missing", test_missing);
  ADD ("/app/window/locked", test_locked);
  ADD ("/app/window/dialogs", test_dialogs);

  return g_test_run ();
}
