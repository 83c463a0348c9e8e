/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The board, moved with keys and pointer of a real X server. */

#include "config.h"

#include <adwaita.h>

#include "widgets/ent-announce.h"
#include "widgets/ent-board-private.h"
#include "widgets/real-input.h"

/* GDK for X11 loses its GdkDrop when a drag of its own leaves a window. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

#define TITLE "board-test"

typedef struct
{
  EntContext *context;
  EntBoard   *board;
  GtkWidget  *window;
  EntKey      activated, moved;
  char       *from, *to;
  guint       position, n_moves, n_selections, n_filled;
  gboolean    refuses_won;
} Fixture;

static void
fill_cb (EntBoard     *board,
         EntKey        key,
         EntBoardCard *card,
         gpointer      data)
{
  static const char * const names[] = { "Contoso", "Fabrikam", "Northwind Traders", "Adventure Works", "Tailspin Toys" };
  Fixture *self = data;

  self->n_filled++;
  card->title = g_strdup (names[key % G_N_ELEMENTS (names)]);
  card->figure = g_strdup_printf ("$%dK", (int) (key * 10));
  card->subtitle = g_strdup_printf ("Closes in %d days", (int) key % 30);
  if (key % 2 == 0)
    ent_board_card_add_chip (card, "Reseller", ENT_TONE_NEUTRAL);
  if (key % 4 == 0)
    ent_board_card_add_chip (card, "Registered", ENT_TONE_GOOD);
  if (key % 3 == 0)
    {
      card->warning = g_strdup ("Stalled 18 days");
      card->warning_tone = ENT_TONE_WARNING;
    }
  if (key % 5 == 0)
    card->progress = 0.4;
}

static void
activated_cb (EntBoard *board,
              gint64    key,
              Fixture  *self)
{
  self->activated = key;
}

static void
moved_cb (EntBoard   *board,
          gint64      key,
          const char *from,
          const char *to,
          guint       position,
          Fixture    *self)
{
  self->moved = key;
  g_set_str (&self->from, from);
  g_set_str (&self->to, to);
  self->position = position;
  self->n_moves++;
}

static void
selected_cb (Fixture *self)
{
  self->n_selections++;
}

static void
set_columns (Fixture *self)
{
  const EntBoardColumn columns[] = {
    { .id = "open", .title = "Open", .total = "$1.2M", .weighted = "$480K weighted" },
    { .id = "qualified", .title = "Qualified", .total = "$900K", .weighted = "$500K weighted" },
    { .id = "proposal", .title = "Proposal", .empty = "Drag a deal here" },
    { .id = "won", .title = "Won", .total = "$20K", .tone = ENT_TONE_GOOD },
  };

  ent_board_set_columns (self->board, columns, G_N_ELEMENTS (columns));
}

/* Keys 1… in "open", 101… in "qualified", none in "proposal", one in "won". */
static void
set_cards (Fixture *self,
           guint    n)
{
  g_autofree EntKey *keys = g_new (EntKey, n);
  const EntKey won = 1001;

  for (guint i = 0; i < n; i++)
    keys[i] = 1 + i;
  ent_board_set_keys (self->board, "open", keys, n);
  for (guint i = 0; i < n; i++)
    keys[i] = 101 + i;
  ent_board_set_keys (self->board, "qualified", keys, n);
  ent_board_set_keys (self->board, "won", &won, 1);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->context = ent_context_new (NULL);
  self->board = ENT_BOARD (ent_board_new (self->context));
  ent_board_set_card_func (self->board, fill_cb, self, NULL);
  set_columns (self);
  set_cards (self, 5);
  g_signal_connect (self->board, "card-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self->board, "card-moved", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (self->board, "notify::selected", G_CALLBACK (selected_cb), self);
  self->window = input_show (GTK_WIDGET (self->board), TITLE, data != NULL ? 360 : 1200, 700);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  EntBoard *board = g_object_ref (self->board);

  gtk_window_destroy (GTK_WINDOW (self->window));
  test_wait_for (G_OBJECT (board)->ref_count == 1);
  g_assert_finalize_object (board);
  g_assert_finalize_object (self->context);
  g_free (self->from);
  g_free (self->to);
}

static GtkWidget *
tile (Fixture *self,
      EntKey   key)
{
  EntBoardLane *lane = ent_board_lane_of (self->board, key, NULL);
  EntBoardTile *found = lane != NULL ? ent_board_lane_get_tile (lane, key) : NULL;

  g_assert_nonnull (found);
  return GTK_WIDGET (found);
}

static void
assert_place (Fixture    *self,
              EntKey      key,
              const char *column,
              guint       position)
{
  const char *found = NULL;
  guint at = 0;

  g_assert_true (ent_board_find (self->board, key, &found, &at));
  g_assert_cmpstr (found, ==, column);
  g_assert_cmpuint (at, ==, position);
}

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

/* Drags the card, in steps as a hand does, until the column shows that it would take it. */
static void
drag (Fixture      *self,
      GtkWidget    *card,
      GtkWidget    *over,
      EntBoardLane *lane,
      double        x,
      double        y)
{
  __lsan_disable ();
  input_move (TITLE, card, 30, 20);
  input_run ("mousedown 1");
  input_move (TITLE, card, 60, 40);
  input_move (TITLE, card, 70, 45);
  test_wait_for (self->board->dragged != 0);
  for (int i = 0; i < 50 && !gtk_widget_has_css_class (GTK_WIDGET (lane), "target"); i++)
    input_move (TITLE, over, x + i % 3, y);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (lane), "target"));
}

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

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

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
  ADD ("/board/ctrl-shift-arrows-carry-the-card", test_carry);
  ADD ("/board/refused-moves-are-said", test_refuse);
  ADD ("/board/mirrored", test_mirrored);
  ADD ("/board/menu-by-key-and-pointer", test_menu);
  ADD ("/board/drag-shows-where-it-goes", test_drag);
  ADD ("/board/drag-to-an-empty-column", test_drag_to_empty);
  ADD ("/board/screen-reader-hears-the-place", test_words);
  ADD ("/board/selection-follows-the-card", test_selection_follows);
  ADD ("/board/columns-stay", test_columns_stay);
  ADD ("/board/totals-explain-themselves", test_why);
  ADD ("/board/cards-are-filled-when-seen", test_lazy);
  ADD ("/board/selection-stays-when-many-cards-are-others", test_replaced);
  g_test_add ("/board/narrow-shows-one-column", Fixture, GINT_TO_POINTER (1), set_up, test_narrow, tear_down);
  return g_test_run ();
}
