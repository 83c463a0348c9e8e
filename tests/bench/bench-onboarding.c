/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The onboarding board of 2,000 plans: starting and reading them, and frames while it is filtered and dragged in.
 *
 *   build-aux/bench onboarding [PLANS]     default 2000; no frame over 16 ms, but for painting: see frames.h */
#include "config.h"

#include <adwaita.h>
#include <stdlib.h>

#include "bench/frames.h"
#include "pages/onboarding/ent-onboarding-page-private.h"
#include "rules/ent-program-defaults.h"
#include "support/workspace.h"
#include "widgets/ent-board-private.h"

#define TODAY  20100

typedef struct
{
  guint  n;
} Fill;

static gboolean
fill_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  const Fill *fill = data;
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");

  for (guint i = 0; i < fill->n; i++)
    {
      g_autoptr (EntRecord) partner = ent_record_new (type);
      g_autofree char *title = g_strdup_printf ("Partner %06u", i);
      EntOnboardStart start = { .start = TODAY - i % 100 };

      if (!ent_record_set_text (partner, "title", title, error) ||
          !ent_record_set_text (partner, "roles", "partner", error) ||
          !ent_transaction_insert (transaction, partner, error))
        return FALSE;
      start.partner = ent_record_get_key (partner);
      if (!ent_onboard_start (transaction, &start, error))
        return FALSE;
    }
  return TRUE;
}

static void
filter_step (guint    n,
             gpointer data)
{
  static const char * const words[] = { "", "1", "12", "123", "12", "1" };
  EntOnboardingPage *page = data;

  ent_plan_cards_show (page->cards, page->board, words[n % G_N_ELEMENTS (words)], n % 7 == 3, n % 11 == 5);
  ent_board_refresh (page->board, 0);
}

/* What a drag does with each motion of the pointer, and every tenth time a drop. */
static void
drag_step (guint    n,
           gpointer data)
{
  EntOnboardingPage *page = data;
  EntBoardLane *lane = ent_board_lane_at (page->board, n % 2), *other = ent_board_lane_at (page->board, (n + 1) % 2);
  guint position = ent_board_lane_point (lane, 40, 100 + n * 7 % 600);

  ent_board_lane_unpoint (other);
  if (n % 10 == 9)
    ent_board_put (page->board, ent_board_keys_get (other->keys, n), lane->id, position);
}

static void
measure (EntOnboardingPage *page)
{
  GtkWidget *board = GTK_WIDGET (page->board);

  frames_paint (board);
  frames_run (board, "filter", filter_step, page);
  ent_plan_cards_show (page->cards, page->board, "", FALSE, FALSE);
  measure_settle (0.3);
  frames_run (board, "drag, drop each tenth", drag_step, page);
}

int
main (int   argc,
      char *argv[])
{
  Fill fill = { argc > 1 ? (guint) atoi (argv[1]) : 2000 };
  EntStore *store = test_workspace_new ();
  g_autoptr (EntContext) context = NULL;
  g_autoptr (GError) error = NULL;
  EntOnboardingPage *page;
  GtkWindow *window;
  gint64 before;

  gtk_init ();
  adw_init ();
  if (!ent_program_defaults_install (store, NULL, &error))
    g_error ("%s", error->message);
  before = g_get_monotonic_time ();
  if (!ent_store_write (store, "Fill", ENT_ORIGIN_SETUP, fill_cb, &fill, NULL, NULL, &error))
    g_error ("%s", error->message);
  g_print ("%u runs started in %.0f ms\n", fill.n, (double) (g_get_monotonic_time () - before) / 1000);
  before = g_get_monotonic_time ();
  ent_plan_cards_free (ent_plan_cards_load (store, "onboarding", TODAY, NULL, NULL));
  g_print ("read on a worker thread in %.0f ms\n", (double) (g_get_monotonic_time () - before) / 1000);
  context = ent_context_new (NULL);
  ent_context_set_store (context, store);
  ent_context_set_today (context, TODAY);
  window = GTK_WINDOW (adw_window_new ());
  page = g_object_new (ENT_TYPE_ONBOARDING_PAGE, "context", context, "page-id", "onboarding", "title", "Onboarding", NULL);
  gtk_window_set_default_size (window, 1600, 1000);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (page));
  gtk_window_present (window);
  test_wait_for (ent_page_is_ready (ENT_PAGE (page)));
  measure (page);
  gtk_window_destroy (window);
  test_wait_for (G_OBJECT (context)->ref_count == 1);
  g_clear_object (&context);
  test_workspace_free (store);
  return 0;
}
