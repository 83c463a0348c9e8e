/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A board of a few cards in a window. */

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

static inline void
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

static inline void
activated_cb (EntBoard *board,
              gint64    key,
              Fixture  *self)
{
  self->activated = key;
}

static inline void
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

static inline void
selected_cb (Fixture *self)
{
  self->n_selections++;
}

static inline void
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
static inline void
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

static inline void
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

static inline void
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

static inline GtkWidget *
tile (Fixture *self,
      EntKey   key)
{
  EntBoardLane *lane = ent_board_lane_of (self->board, key, NULL);
  EntBoardTile *found = lane != NULL ? ent_board_lane_get_tile (lane, key) : NULL;

  g_assert_nonnull (found);
  return GTK_WIDGET (found);
}

static inline void
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

/* Drags the card, in steps as a hand does, until the column shows that it would take it. */
static inline void
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
  /* GTK compares motions that it is told of frame by frame: two that come in one frame are one. */
  for (guint i = 0; i < 50 && self->board->dragged == 0; i++)
    input_move (TITLE, card, 60 + 5 * (i % 3), 40);
  test_wait_for (self->board->dragged != 0);
  for (int i = 0; i < 50 && !gtk_widget_has_css_class (GTK_WIDGET (lane), "target"); i++)
    input_move (TITLE, over, x + i % 3, y);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (lane), "target"));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
