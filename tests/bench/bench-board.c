/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A board of 20,000 cards while it is filtered, scrolled and dragged in: see frames.h for what is measured.
 *
 *   build-aux/bench board [CARDS]     default 20000; six columns, window 1600x1000; no frame over 16 ms, but for painting */

#include <adwaita.h>
#include <stdlib.h>

#include "bench/frames.h"
#include "widgets/ent-board-private.h"

#define COLUMNS 6

static const char * const ids[COLUMNS] = { "a", "b", "c", "d", "e", "f" };

typedef struct
{
  EntBoard  *board;
  GtkWidget *window;
  guint      n_cards;
} Run;

static void
fill_cb (EntBoard     *board,
         EntKey        key,
         EntBoardCard *card,
         gpointer      data)
{
  card->title = g_strdup_printf ("Partner %d", (int) key);
  card->figure = g_strdup_printf ("$%dK", (int) (key % 900));
  card->subtitle = g_strdup_printf ("Closes in %d days", (int) (key % 90));
  ent_board_card_add_chip (card, "Reseller", ENT_TONE_NEUTRAL);
  if (key % 3 == 0)
    ent_board_card_add_chip (card, "Registered", ENT_TONE_GOOD);
  if (key % 4 == 0)
    {
      card->warning = g_strdup ("Stalled 18 days");
      card->warning_tone = ENT_TONE_WARNING;
    }
}

/* Every card whose key is no multiple of @without. */
static void
set_cards (Run   *self,
           guint  without)
{
  guint each = self->n_cards / COLUMNS;
  g_autofree EntKey *keys = g_new (EntKey, each);

  for (guint c = 0; c < COLUMNS; c++)
    {
      gsize n = 0;

      for (guint i = 0; i < each; i++)
        if (without == 0 || (c * each + i) % without != 0)
          keys[n++] = 1 + c * each + i;
      ent_board_set_keys (self->board, ids[c], keys, n);
    }
}

static void
step_filter (guint    n,
             gpointer run)
{
  Run *self = run;

  set_cards (self, n % 2 == 0 ? 0 : 2 + n % 5);
}

static void
step_scroll (guint    n,
             gpointer run)
{
  Run *self = run;

  for (guint c = 0; c < COLUMNS; c++)
    {
      EntBoardLane *lane = ent_board_lookup (self->board, ids[c]);
      GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (lane->scrolled));

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + 120);
    }
}

/* What a drag does with each motion of the pointer, and every tenth time a drop. */
static void
step_drag (guint    n,
           gpointer run)
{
  Run *self = run;
  EntBoardLane *lane = ent_board_lookup (self->board, ids[1 + n % 2]);
  guint position = ent_board_lane_point (lane, 40, 100 + n * 7 % 600);

  ent_board_lane_unpoint (ent_board_lookup (self->board, ids[1 + (n + 1) % 2]));
  if (n % 10 == 9)
    ent_board_move (self->board, 20 + n, lane, position);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (EntContext) context = NULL;
  EntBoardColumn columns[COLUMNS];
  Run self = { .n_cards = argc > 1 ? (guint) atoi (argv[1]) : 20000 };
  double before;

  gtk_init ();
  adw_init ();
  context = ent_context_new (NULL);
  for (guint c = 0; c < COLUMNS; c++)
    columns[c] = (EntBoardColumn) { .id = ids[c], .title = ids[c], .total = "$1.2M", .weighted = "$480K" };
  self.board = ENT_BOARD (ent_board_new (context));
  ent_board_set_card_func (self.board, fill_cb, NULL, NULL);
  ent_board_set_columns (self.board, columns, COLUMNS);
  self.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1600, 1000);
  gtk_window_set_child (GTK_WINDOW (self.window), GTK_WIDGET (self.board));
  before = measure_ms (CLOCK_PROCESS_CPUTIME_ID);
  set_cards (&self, 0);
  g_print ("%u cards set in %.2f ms\n", self.n_cards, measure_ms (CLOCK_PROCESS_CPUTIME_ID) - before);
  gtk_window_present (GTK_WINDOW (self.window));
  while (gtk_widget_get_width (self.window) == 0)
    g_main_context_iteration (NULL, TRUE);
  frames_paint (GTK_WIDGET (self.board));
  frames_run (GTK_WIDGET (self.board), "filter all columns", step_filter, &self);
  frames_run (GTK_WIDGET (self.board), "scroll all columns", step_scroll, &self);
  frames_run (GTK_WIDGET (self.board), "drag, drop each tenth", step_drag, &self);
  gtk_window_destroy (GTK_WINDOW (self.window));
  return 0;
}
