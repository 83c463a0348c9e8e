/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start: the first frame with the first page of an encrypted workspace of a million organizations, against a minimal
 * libadwaita window, started by turns. Each start is a process of its own that measures itself until its frame is
 * painted. Then the memory with the list open, and the longest stall of the main loop while jumping about in it.
 *
 * bench-start [RUNS]      goals: start <= 1.5x, memory <= 250 MB, stall <= 16 ms
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/ent-application.h"
#include "pages/partners/ent-records-page.h"
#include "store/ent-query.h"
#include "support/big-workspace.h"
#include "widgets/ent-record-table.h"

#define N_RECORDS 1000000
#define N_JUMPS   60

static gint64 started;

/* --- In the child ----------------------------------------------------------------------------------------- */

static double
cpu_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static double
resident_mb (void)
{
  g_autofree char *text = NULL;
  long pages = 0;

  g_file_get_contents ("/proc/self/statm", &text, NULL, NULL);
  sscanf (text, "%*d %ld", &pages);
  return (double) pages * 4096 / 1e6;
}

static void
report_start (void)
{
  g_print ("START %.1f %.1f %.1f\n", (double) (g_get_monotonic_time () - started) / 1000, cpu_ms (), resident_mb ());
}

static void
minimal_painted_cb (GdkFrameClock *clock,
                    GApplication  *application)
{
  report_start ();
  g_application_quit (application);
  exit (0);
}

static void
minimal_activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), "Minimal");
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (minimal_painted_cb), application);
}

static int
run_minimal (void)
{
  g_autoptr (AdwApplication) application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (minimal_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

/* The longest time that the main loop did nothing else: between two looks of an always-ready source. */
static gint64 last_look, longest_stall;

static gboolean
watch_cb (gpointer data)
{
  gint64 now = g_get_monotonic_time ();

  if (last_look != 0)
    longest_stall = MAX (longest_stall, now - last_look);
  last_look = now;
  return G_SOURCE_CONTINUE;
}

static void
settle (double seconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * 1e6);

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
jump_about (EntRecordTable *table)
{
  GtkWidget *view = find (GTK_WIDGET (table), GTK_TYPE_LIST_VIEW);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (ent_record_table_get_list (table)));
  guint place = 12345;
  guint source;

  settle (1);
  source = g_timeout_add_full (G_PRIORITY_HIGH, 1, watch_cb, NULL, NULL);
  for (guint i = 0; i < N_JUMPS; i++)
    {
      place = place * 1103515245 + 12345;
      gtk_list_view_scroll_to (GTK_LIST_VIEW (view), place % n, GTK_LIST_SCROLL_NONE, NULL);
      settle (0.05);
    }
  g_source_remove (source);
  g_print ("JUMP %.1f\n", (double) longest_stall / 1000);
  settle (2);
  g_print ("MEMORY %.1f\n", resident_mb ());
  exit (0);
}

static gboolean measured;

static gboolean
jump_cb (gpointer table)
{
  jump_about (table);
  return G_SOURCE_REMOVE;
}

static void
painted_cb (GdkFrameClock *clock,
            GtkWidget     *window)
{
  GtkWidget *table = find (window, ENT_TYPE_RECORD_TABLE);
  EntRecordList *list = table != NULL ? ent_record_table_get_list (ENT_RECORD_TABLE (table)) : NULL;
  g_autoptr (EntRow) row = list != NULL ? g_list_model_get_item (G_LIST_MODEL (list), 0) : NULL;

  if (measured || row == NULL || ent_row_get_record (row) == NULL || !gtk_widget_get_mapped (table))
    return;
  measured = TRUE;
  report_start ();
  if (g_getenv ("BENCH_JUMP") == NULL)
    exit (0);
  g_timeout_add (3000, jump_cb, table);
}

static void
window_added_cb (GtkApplication *application,
                 GtkWindow      *window)
{
  gtk_widget_realize (GTK_WIDGET (window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (painted_cb), window);
}

static int
run_ours (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (EntOpening) early = NULL;
  g_autoptr (EntApplication) application = NULL;
  EntStoreKey key;

  big_workspace_key (&key);
  text = ent_store_key_print (&key);
  early = ent_opening_start (path, text, FALSE, ENT_STORE_OPEN_DEFAULT);
  application = ent_application_new (early);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* --- In the parent ---------------------------------------------------------------------------------------- */

typedef struct
{
  double wall, cpu, memory, jump, open_memory;
} Figures;

static Figures
start (const char *program,
       const char *what,
       const char *path)
{
  Figures figures = { 0 };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  const char * const argv[] = { program, what, path, NULL };
  const char *line;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());

  g_setenv ("BENCH_SPAWNED", now, TRUE);
  if (!g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &out, NULL, NULL, &error))
    g_error ("%s", error->message);
  line = strstr (out, "START ");
  if (line == NULL || sscanf (line, "START %lf %lf %lf", &figures.wall, &figures.cpu, &figures.memory) != 3)
    g_error ("No frame of %s: %s", what, out);
  if ((line = strstr (out, "JUMP ")) != NULL)
    sscanf (line, "JUMP %lf", &figures.jump);
  if ((line = strstr (out, "MEMORY ")) != NULL)
    sscanf (line, "MEMORY %lf", &figures.open_memory);
  return figures;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

static double
median (GArray *values)
{
  g_array_sort (values, compare);
  return g_array_index (values, double, values->len / 2);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (GArray) minimal = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  int runs = argc > 1 ? atoi (argv[1]) : 7;
  Figures open;

  started = g_getenv ("BENCH_SPAWNED") != NULL ? g_ascii_strtoll (g_getenv ("BENCH_SPAWNED"), NULL, 10)
                                                : g_get_monotonic_time ();
  if (argc > 1 && g_str_equal (argv[1], "minimal"))
    return run_minimal ();
  if (argc > 2 && g_str_equal (argv[1], "ours"))
    return run_ours (argv[2]);
  path = big_workspace_make (N_RECORDS, TRUE);
  for (int i = 0; i < MAX (runs, 1); i++)
    {
      Figures a = start (argv[0], "minimal", path), b = start (argv[0], "ours", path);

      g_array_append_val (minimal, a.wall);
      g_array_append_val (ours, b.wall);
    }
  g_setenv ("BENCH_JUMP", "1", TRUE);
  open = start (argv[0], "ours", path);
  g_print ("first frame: minimal window %.0f ms, with the first page of %d records %.0f ms: %.2fx (goal 1.5x)\n",
           median (minimal), N_RECORDS, median (ours), median (ours) / median (minimal));
  g_print ("memory with the list open: %.0f MB (goal 250 MB)\n", open.open_memory);
  g_print ("longest stall in %d jumps: %.1f ms (goal 16 ms)\n", N_JUMPS, open.jump);
  return 0;
}
