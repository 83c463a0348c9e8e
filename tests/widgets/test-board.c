/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board, moved with keys and pointer of a real X server. */
#include "config.h"

#include "widgets/board-fixture.h"

/* --- Keys --------------------------------------------------------------------------------------------------- */

static void
test_walk (Fixture       *self,
           gconstpointer  data)
{
  input_picture (self->window, "board-wide");
  ent_board_select (self->board, 1, TRUE);
  input_key ("Down");
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 2);
  input_key ("Right");
  assert_place (self, ent_board_get_selected (self->board), "qualified", 1);
  /* Over the empty column to the next that has cards. */
  input_key ("Right");
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 1001);
  input_key ("Right");
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 1001);
  input_key ("Return");
  g_assert_cmpint (self->activated, ==, 1001);
  g_assert_cmpuint (self->n_moves, ==, 0);
}

/* One stop a column; the card that has the keyboard is the selected one. */
static void
test_tab (Fixture       *self,
          gconstpointer  data)
{
  EntKey first;

  ent_board_select (self->board, 1, TRUE);
  input_key ("Down");
  first = ent_board_get_selected (self->board);
  assert_place (self, first, "open", 1);
  for (int i = 0; i < 3 && ent_board_get_selected (self->board) == first; i++)
    input_key ("Tab");
  assert_place (self, ent_board_get_selected (self->board), "qualified", 0);
  input_key ("Down");
  assert_place (self, ent_board_get_selected (self->board), "qualified", 1);
  for (int i = 0; i < 3 && ent_board_get_selected (self->board) != first; i++)
    input_key ("shift+Tab");
  g_assert_cmpint (ent_board_get_selected (self->board), ==, first);
  input_key ("Return");
  g_assert_cmpint (self->activated, ==, first);
}

static void
test_carry (Fixture       *self,
            gconstpointer  data)
{
  ent_board_select (self->board, 2, TRUE);
  input_key ("ctrl+shift+Right");
  g_assert_cmpint (self->moved, ==, 2);
  g_assert_cmpstr (self->from, ==, "open");
  g_assert_cmpstr (self->to, ==, "qualified");
  g_assert_cmpuint (self->position, ==, 1);
  assert_place (self, 2, "qualified", 1);
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 2);
  g_assert_cmpstr (ent_announce_get_last (), ==, "Northwind Traders moved to Qualified, 2 of 6");
  /* The keyboard is still on the card: on, into the empty column, and back. */
  input_key ("ctrl+shift+Right");
  assert_place (self, 2, "proposal", 0);
  input_key ("ctrl+shift+Left");
  assert_place (self, 2, "qualified", 0);
  input_key ("ctrl+shift+Down");
  assert_place (self, 2, "qualified", 1);
  input_key ("ctrl+shift+Up");
  assert_place (self, 2, "qualified", 0);
  g_assert_cmpuint (self->n_moves, ==, 5);
  input_key ("ctrl+shift+Up");
  g_assert_cmpuint (self->n_moves, ==, 5);
  ent_board_revert (self->board, 2);
  assert_place (self, 2, "qualified", 1);
}

static gboolean
may_drop_cb (EntBoard   *board,
             EntKey      key,
             const char *from,
             const char *to,
             gpointer    data)
{
  return !g_str_equal (to, "qualified");
}

static void
test_refuse (Fixture       *self,
             gconstpointer  data)
{
  ent_board_set_drop_func (self->board, may_drop_cb, NULL, NULL);
  ent_board_select (self->board, 2, TRUE);
  input_key ("ctrl+shift+Right");
  g_assert_cmpuint (self->n_moves, ==, 0);
  assert_place (self, 2, "open", 1);
  g_assert_cmpstr (ent_announce_get_last (), ==, "Cannot be moved to Qualified");
  ent_board_set_drop_func (self->board, NULL, NULL, NULL);
  g_object_set (self->board, "movable", FALSE, NULL);
  input_key ("ctrl+shift+Right");
  g_assert_cmpuint (self->n_moves, ==, 0);
  /* Where the order is the program's, cards only change columns. */
  g_object_set (self->board, "movable", TRUE, "reorderable", FALSE, NULL);
  input_key ("ctrl+shift+Down");
  g_assert_cmpuint (self->n_moves, ==, 0);
  input_key ("ctrl+shift+Right");
  g_assert_cmpuint (self->n_moves, ==, 1);
}

static void
test_mirrored (Fixture       *self,
               gconstpointer  data)
{
  gtk_widget_set_direction (GTK_WIDGET (self->board), GTK_TEXT_DIR_RTL);
  ent_board_select (self->board, 2, TRUE);
  input_key ("Left");
  assert_place (self, ent_board_get_selected (self->board), "qualified", 1);
  input_key ("ctrl+shift+Right");
  g_assert_cmpstr (self->to, ==, "open");
}

static void
menu_activated_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       count)
{
  (*(int *) count)++;
}

static void
test_menu (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("open", NULL);
  int count = 0;

  g_menu_append (menu, "Open", "card.open");
  g_signal_connect (action, "activate", G_CALLBACK (menu_activated_cb), &count);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (self->window, "card", G_ACTION_GROUP (group));
  ent_board_set_menu_model (self->board, G_MENU_MODEL (menu));
  ent_board_select (self->board, 3, TRUE);
  input_key ("Menu");
  test_wait_for (self->board->popover != NULL && gtk_widget_get_mapped (self->board->popover));
  input_key ("Return");
  test_wait_for (count == 1 && !gtk_widget_get_mapped (self->board->popover));
  input_click (TITLE, tile (self, 104), 20, 20, 3);
  test_wait_for (gtk_widget_get_mapped (self->board->popover));
  g_assert_cmpint (ent_board_get_selected (self->board), ==, 104);
  gtk_popover_popdown (GTK_POPOVER (self->board->popover));
}

/* --- Pointer ------------------------------------------------------------------------------------------------- */

static void
drop (Fixture *self)
{
  input_run ("mouseup 1");
  test_wait_for (self->n_moves == 1 && self->board->dragged == 0);
  __lsan_enable ();
}

static void
test_drag (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *target = tile (self, 103), *card = tile (self, 1);
  EntBoardLane *lane = ent_board_lookup (self->board, "qualified");

  drag (self, card, target, lane, 42, 2);
  g_assert_cmpfloat (lane->line, >, 0);
  input_picture (self->window, "board-drag");
  drop (self);
  g_assert_cmpint (self->moved, ==, 1);
  g_assert_cmpstr (self->to, ==, "qualified");
  g_assert_cmpuint (self->position, ==, 2);
  assert_place (self, 1, "qualified", 2);
  g_assert_cmpfloat (lane->line, <, 0);
}

static void
test_drag_to_empty (Fixture       *self,
                    gconstpointer  data)
{
  EntBoardLane *lane = ent_board_lookup (self->board, "proposal");

  drag (self, tile (self, 102), GTK_WIDGET (lane), lane, 50, 200);
  drop (self);
  assert_place (self, 102, "proposal", 0);
}

/* --- Content -------------------------------------------------------------------------------------------------- */

static void
test_words (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *text = ent_board_describe (self->board, 3), *progress = ent_board_describe (self->board, 105);
  EntBoardLane *lane = ent_board_lookup (self->board, "qualified");
  GtkWidget *row = gtk_widget_get_parent (tile (self, 3));

  g_assert_cmpstr (text, ==, "Adventure Works, $30K, Closes in 3 days, Stalled 18 days; column Open, 3 of 5");
  g_assert_cmpstr (progress, ==, "Contoso, $1050K, Closes in 15 days, 40 % done, Stalled 18 days; column Qualified, 5 of 5");
  test_wait_for (lane->describing == 0 && ent_board_lookup (self->board, "open")->describing == 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (lane), GTK_ACCESSIBLE_PROPERTY_LABEL, "Qualified, 5 cards");
  /* A card that goes leaves the others with their new places. */
  ent_board_set_keys (self->board, "open", (const EntKey[]) { 2, 3 }, 2);
  test_wait_for (ent_board_lookup (self->board, "open")->describing == 0);
  row = gtk_widget_get_parent (tile (self, 3));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Adventure Works, $30K, Closes in 3 days, Stalled 18 days; column Open, 2 of 2");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (ent_board_lookup (self->board, "proposal")->empty)));
}

/* --- Narrow ---------------------------------------------------------------------------------------------------- */

static void
test_narrow (Fixture       *self,
             gconstpointer  data)
{
  gboolean narrow = FALSE;

  test_wait_for (self->board->narrow);
  g_object_get (self->board, "narrow", &narrow, NULL);
  g_assert_true (narrow);
  input_picture (self->window, "board-narrow");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ent_board_lookup (self->board, "open"))));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (ent_board_lookup (self->board, "qualified"))));
  input_click (TITLE, self->board->next, 8, 8, 1);
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (ent_board_lookup (self->board, "qualified"))));
  ent_board_select (self->board, 102, TRUE);
  input_key ("Left");
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (ent_board_lookup (self->board, "open"))));
  input_key ("ctrl+shift+Right");
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (ent_board_lookup (self->board, "qualified"))));
  g_assert_cmpuint (self->n_moves, ==, 1);
  g_assert_cmpuint (gtk_drop_down_get_selected (self->board->place), ==, 1);
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
  ADD ("/board/arrows-walk-cards-and-columns", test_walk);
  ADD ("/board/tab-stops-once-a-column", test_tab);
  ADD ("/board/ctrl-shift-arrows-carry-the-card", test_carry);
  ADD ("/board/refused-moves-are-said", test_refuse);
  ADD ("/board/mirrored", test_mirrored);
  ADD ("/board/menu-by-key-and-pointer", test_menu);
  ADD ("/board/drag-shows-where-it-goes", test_drag);
  ADD ("/board/drag-to-an-empty-column", test_drag_to_empty);
  ADD ("/board/screen-reader-hears-the-place", test_words);
  g_test_add ("/board/narrow-shows-one-column", Fixture, GINT_TO_POINTER (1), set_up, test_narrow, tear_down);
  return g_test_run ();
}
