/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cards and columns show, and what stays when it changes. */
#include "config.h"

#include "widgets/board-fixture.h"

/* --- Content -------------------------------------------------------------------------------------------------- */

static void
test_selection_follows (Fixture       *self,
                        gconstpointer  data)
{
  guint before;

  ent_board_select (self->board, 3, FALSE);
  before = self->n_selections;
  /* Another order, and still selected. */
  ent_board_set_keys (self->board, "open", (const EntKey[]) { 5, 4, 3 }, 3);
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 3);
  g_assert_cmpuint (self->n_selections, ==, before);
  /* To another column, by way of none. */
  ent_board_set_keys (self->board, "open", (const EntKey[]) { 5, 4 }, 2);
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 0);
  ent_board_set_keys (self->board, "proposal", (const EntKey[]) { 3 }, 1);
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 3);
  /* One card on the whole board. */
  ent_board_select (self->board, 1001, FALSE);
  g_assert_null (gtk_single_selection_get_selected_item (ent_board_lookup (self->board, "proposal")->selection));
}

static void
test_columns_stay (Fixture       *self,
                   gconstpointer  data)
{
  const EntBoardColumn columns[] = {
    { .id = "won", .title = "Won" }, { .id = "open", .title = "Open", .total = "$2M" }, { .id = "lost", .title = "Lost" },
  };
  EntBoardLane *open = ent_board_lookup (self->board, "open");

  ent_board_set_columns (self->board, columns, G_N_ELEMENTS (columns));
  g_assert_true (ent_board_lookup (self->board, "open") == open);
  g_assert_cmpuint (ent_board_get_n_cards (self->board, "open"), ==, 5);
  g_assert_cmpstr (ent_why_label_get_label (open->total), ==, "$2M");
  g_assert_null (ent_board_lookup (self->board, "qualified"));
  g_assert_true (gtk_widget_get_first_child (self->board->box) == GTK_WIDGET (ent_board_lookup (self->board, "won")));
}

static EntWhy *
why_cb (EntBoard      *board,
        const char    *column,
        EntBoardTotal  which,
        EntWhyLabel   *label,
        gpointer       asked)
{
  g_set_str ((char **) asked, column);
  return ent_why_new ("Total", which == ENT_BOARD_TOTAL ? "$1.2M" : "$480K");
}

static void
test_why (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *asked = NULL;
  EntBoardLane *lane = ent_board_lookup (self->board, "open");

  ent_board_set_why_func (self->board, why_cb, &asked, NULL);
  g_signal_emit_by_name (gtk_widget_get_first_child (GTK_WIDGET (lane->weighted)), "clicked");
  g_assert_cmpstr (asked, ==, "open");
  ent_board_set_why_func (self->board, NULL, NULL, NULL);
}

/* Many cards in place of many others: told in several steps, in which the selection must not get lost. */
static void
test_replaced (Fixture       *self,
               gconstpointer  data)
{
  EntBoardLane *lane = ent_board_lookup (self->board, "open");
  g_autofree EntKey *keys = g_new (EntKey, 3000);
  guint before;
  gsize n = 0;

  for (guint i = 0; i < 3000; i++)
    keys[i] = 5000 + i;
  ent_board_set_keys (self->board, "open", keys, 3000);
  test_wait_for (ent_board_keys_is_flushed (lane->keys));
  ent_board_select (self->board, 5400, FALSE);
  before = self->n_selections;
  for (guint i = 1; i < 3000; i += 2)
    keys[n++] = 5000 + i;
  keys[n++] = 5400;
  ent_board_set_keys (self->board, "open", keys, n);
  test_wait_for (ent_board_keys_is_flushed (lane->keys));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (lane->keys)), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (ent_board_keys_get (lane->keys, i), ==, keys[i]);
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 5400);
  g_assert_cmpuint (gtk_single_selection_get_selected (lane->selection), ==, n - 1);
  g_assert_cmpuint (self->n_selections, ==, before);
}

static void
test_lazy (Fixture       *self,
           gconstpointer  data)
{
  g_autofree EntKey *keys = g_new (EntKey, 20000);

  for (guint i = 0; i < 20000; i++)
    keys[i] = 5000 + i;
  self->n_filled = 0;
  ent_board_set_keys (self->board, "open", keys, 20000);
  test_wait_for (!gtk_widget_get_visible (GTK_WIDGET (ent_board_lookup (self->board, "open")->empty)));
  g_assert_cmpuint (ent_board_get_n_cards (self->board, "open"), ==, 20000);
  g_assert_cmpuint (self->n_filled, <, 2000);
  ent_board_select (self->board, 5000 + 19999, TRUE);
  assert_place (self, 24999, "open", 19999);
  tile (self, 24999);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

    gtk_css_provider_load_from_resource (provider, RESOURCE_PATH "/style.css");
    gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  }
  ADD ("/board/selection-follows-the-card", test_selection_follows);
  ADD ("/board/columns-stay", test_columns_stay);
  ADD ("/board/totals-explain-themselves", test_why);
  ADD ("/board/cards-are-filled-when-seen", test_lazy);
  ADD ("/board/selection-stays-when-many-cards-are-others", test_replaced);
  return g_test_run ();
}
