/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of a million encrypted organizations, in the whole application: how long the main loop is kept busy in one
 * turn while jumping about, paging, scrolling, sorting and searching. Processor time of the
 * thread; "own" is wall time without that in which other processes had the processor (see measure.h).
 *
 *   build-aux/bench list [PART…]      goal: no turn over 16 ms; parts: jumps pages scrolling sorts searches
 */
#include "config.h"

#include "bench/big-window.h"

#define LIMIT_MS 16
#define STEPS    60

typedef struct
{
  GtkWidget *table, *view;
  guint      n, place;
  char     **parts; /* that are asked for; all if there are none */
} List;

typedef void (*ListFunc) (List *self,
                          guint step);

static void
jump (List *self,
      guint step)
{
  self->place = self->place * 1103515245 + 12345;
  gtk_list_view_scroll_to (GTK_LIST_VIEW (self->view), self->place % self->n, GTK_LIST_SCROLL_NONE, NULL);
}

static void
scroll_by (List   *self,
           double  pages)
{
  GtkAdjustment *at = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  gtk_adjustment_set_value (at, gtk_adjustment_get_value (at) + pages * gtk_adjustment_get_page_size (at));
}

static void
page_down (List *self,
           guint step)
{
  scroll_by (self, 1);
}

static void
scroll (List *self,
        guint step)
{
  scroll_by (self, 0.13);
}

static void
sort (List *self,
      guint step)
{
  static const char * const orders[] = { "-arr", "country", "-size_employees", "title", "lifecycle", "-title" };

  ent_record_list_set_query (ent_record_table_get_list (ENT_RECORD_TABLE (self->table)), NULL,
                             orders[step % G_N_ELEMENTS (orders)], NULL);
}

static void
search (List *self,
        guint step)
{
  static const char * const texts[] = { "c", "cl", "clo", "cloud", "cloud s", "cloud sys", "", "000042", "" };

  ent_record_list_set_query (ent_record_table_get_list (ENT_RECORD_TABLE (self->table)), NULL, NULL,
                             texts[step % G_N_ELEMENTS (texts)]);
}

static void
measure_steps (List       *self,
               const char *what,
               ListFunc    func,
               guint       steps,
               double      seconds)
{
  MeasureWatch *watch;

  if (self->parts[0] != NULL && !g_strv_contains ((const char * const *) self->parts, what))
    return;
  measure_settle (0.5);
  watch = measure_watch_new ();
  for (guint i = 0; i < steps; i++)
    {
      func (self, i);
      measure_settle (seconds);
    }
  measure_watch_print (watch, what, LIMIT_MS);
  measure_watch_free (watch);
}

static void
measure_list (AppWindow *window)
{
  List self = { window->widget, app_window_find (window->widget, GTK_TYPE_LIST_VIEW), 0, 12345, window->data };
  MeasureWatch *watch = measure_watch_new ();

  big_window_settle (window);
  self.n = g_list_model_get_n_items (G_LIST_MODEL (big_window_get_list (window)));
  g_print ("%u rows\n", self.n);
  measure_watch_print (watch, "after the first frame, loading", LIMIT_MS);
  measure_watch_free (watch);
  measure_machine ();
  measure_steps (&self, "jumps", jump, STEPS, 0.1);
  measure_steps (&self, "pages", page_down, STEPS, 0.1);
  measure_steps (&self, "scrolling", scroll, 2 * STEPS, 0.016);
  measure_steps (&self, "sorts", sort, 12, 0.5);
  measure_steps (&self, "searches", search, 9, 0.5);
  exit (0);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = big_window_prepare ();

  return big_window_run (path, measure_list, argv + 1);
}
