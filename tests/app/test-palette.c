/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shell-fixture.h"

#include "app/ent-actions.h"
#include "app/ent-palette-item.h"
#include "app/ent-palette.h"
#include "widgets/ent-announce.h"

static EntPalette *
open_palette (Shell      *shell,
              const char *text)
{
  AdwDialog *dialog;

  g_assert_true (ent_window_activate (shell->window, "win.palette"));
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (shell->window));
  g_assert_true (ENT_IS_PALETTE (dialog));
  ent_palette_set_text (ENT_PALETTE (dialog), text);
  run_for (50);
  wait_until (ent_palette_is_settled (ENT_PALETTE (dialog)));
  return ENT_PALETTE (dialog);
}

static EntPaletteItem *
get_first (EntPalette *palette)
{
  g_autoptr (EntPaletteItem) item = g_list_model_get_item (ent_palette_get_results (palette), 0);

  return item;
}

static GtkWidget *
find_entry (GtkWidget *root)
{
  if (GTK_IS_SEARCH_ENTRY (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_entry (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press_enter (EntPalette *palette)
{
  g_signal_emit_by_name (find_entry (GTK_WIDGET (palette)), "activate");
  run_for (50);
}

static void
test_record (Shell        *shell,
             gconstpointer data)
{
  EntPalette *palette;
  EntPage *page;

  open_workspace (shell);
  palette = open_palette (shell, "conto");
  g_assert_cmpstr (ent_palette_item_get_title (get_first (palette)), ==, "Contoso");
  g_assert_cmpint (ent_palette_item_get_key (get_first (palette)), !=, 0);
  press_enter (palette);
  page = ent_window_get_visible_page (shell->window);
  g_assert_cmpstr (ent_page_get_id (page), ==, "profile");

  /* Next time it is offered before anything is typed. */
  palette = open_palette (shell, "");
  g_assert_cmpstr (ent_palette_item_get_title (get_first (palette)), ==, "Contoso");
}

static void
test_code (Shell        *shell,
           gconstpointer data)
{
  EntPalette *palette;
  g_autofree char *code = NULL;
  EntStore *store;

  open_workspace (shell);
  store = ent_context_get_store (shell->context);
  code = ent_store_dup_code (store, ent_store_resolve (store, NULL, "Contoso", NULL));
  palette = open_palette (shell, code);
  g_assert_cmpstr (ent_palette_item_get_title (get_first (palette)), ==, "Contoso");
}

static void
test_action (Shell        *shell,
             gconstpointer data)
{
  EntPalette *palette;

  open_workspace (shell);
  palette = open_palette (shell, "new rec");
  g_assert_cmpstr (ent_palette_item_get_action (get_first (palette)), ==, "page.new");
  g_assert_nonnull (ent_palette_item_get_shortcut (get_first (palette)));
  press_enter (palette);
  g_assert_cmpint (TEST_PAGE (ent_window_get_visible_page (shell->window))->n_new, ==, 1);

  /* A page is found by another word for it. */
  palette = open_palette (shell, "humans");
  press_enter (palette);
  g_assert_cmpstr (ent_page_get_id (ent_window_get_visible_page (shell->window)), ==, "second");
}

static void
test_disabled (Shell        *shell,
               gconstpointer data)
{
  EntPalette *palette;

  open_workspace (shell);
  ent_page_action_set_enabled (ent_window_get_visible_page (shell->window), "page.new", FALSE);
  palette = open_palette (shell, "new record");
  g_assert_cmpuint (g_list_model_get_n_items (ent_palette_get_results (palette)), ==, 0);
}

static void
test_announces (Shell        *shell,
                gconstpointer data)
{
  open_workspace (shell);
  open_palette (shell, "zzzz");
  wait_until (g_strcmp0 (ent_announce_get_last (), "No results") == 0);
}

static void
test_closed (Shell        *shell,
             gconstpointer data)
{
  EntPalette *palette;

  ent_window_show_welcome (shell->window);
  gtk_window_present (GTK_WINDOW (shell->window));
  palette = open_palette (shell, "open works");
  g_assert_cmpstr (ent_palette_item_get_action (get_first (palette)), ==, "win.open-workspace");
}

static void
test_fuzzy (void)
{
  g_assert_cmpint (ent_fuzzy_score ("prefs", "Preferences"), ==, 0);
  g_assert_cmpint (ent_fuzzy_score ("pref", "Preferences"), >, 0);
  g_assert_cmpint (ent_fuzzy_score ("bun", "Back Up Now"), >, 0);
  g_assert_cmpint (ent_fuzzy_score ("back now", "Back Up Now"), >, 0);
  g_assert_cmpint (ent_fuzzy_score ("nwo", "New Workspace…"), >, 0);
  g_assert_cmpint (ent_fuzzy_score ("xyz", "New Workspace…"), ==, 0);
  g_assert_cmpint (ent_fuzzy_score ("new", "New Workspace…"), >, ent_fuzzy_score ("new", "Open a New Window"));
  g_assert_cmpint (ent_fuzzy_score ("reseau", "Réseau"), >, 0);
}

static void
test_actions_are_sound (void)
{
  guint n;
  const EntActionInfo *actions = ent_actions_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;

      g_assert_true (g_action_parse_detailed_name (actions[i].name, &name, &target, &error));
      g_assert_no_error (error);
      g_assert_true (ent_actions_lookup (actions[i].name) == &actions[i]);
      for (guint j = 0; j < i; j++)
        g_assert_true (actions[j].shortcut == NULL ||
                       g_strcmp0 (actions[i].shortcut, actions[j].shortcut) != 0);
      if (actions[i].shortcut != NULL)
        {
          g_auto (GStrv) shortcuts = g_strsplit (actions[i].shortcut, " ", -1);

          for (guint j = 0; shortcuts[j] != NULL; j++)
            {
              guint key;
              GdkModifierType modifiers;

              g_assert_true (gtk_accelerator_parse (shortcuts[j], &key, &modifiers));
            }
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Shell, NULL, shell_set_up, func, shell_tear_down)
  g_test_add_func ("/app/actions/fuzzy", test_fuzzy);
  g_test_add_func ("/app/actions/sound", test_actions_are_sound);
  ADD ("/app/palette/record", test_record);
  ADD ("/app/palette/code", test_code);
  ADD ("/app/palette/action", test_action);
  ADD ("/app/palette/disabled", test_disabled);
  ADD ("/app/palette/announces", test_announces);
  ADD ("/app/palette/closed", test_closed);

  return g_test_run ();
}
