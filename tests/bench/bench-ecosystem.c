/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map of a real ecosystem (shared/data/ecosystem: 2,691 records, 4,185 links), in the whole application: from the
 * start of the process until the map is painted, by turns with a minimal libadwaita window; when it is laid out for the
 * first time, and when positions are known. Then how long the main loop is kept busy in one turn while panning,
 * zooming and hovering. Processor time of the thread; "own" is wall time without that of other
 * processes (see measure.h).
 *
 *   build-aux/bench ecosystem [RUNS]      goals: import in 3 s, on screen in 1 s, no turn over 16 ms
 */
#include "config.h"

#include <glib/gstdio.h>

#include "bench/app-window.h"
#include "exchange/ent-import.h"
#include "widgets/ent-map-canvas.h"

#define RUNS     5
#define LIMIT_MS 16
#define STEPS    120

/* --- In the child ----------------------------------------------------------------------------------------------- */

static gboolean
is_map_there (AppWindow *self)
{
  self->widget = app_window_find (self->window, ENT_TYPE_MAP_CANVAS);
  return self->widget != NULL && gtk_widget_get_mapped (self->widget) &&
         ent_map_canvas_get_n_frames (ENT_MAP_CANVAS (self->widget), NULL) > 0;
}

typedef struct
{
  EntMapCanvas *canvas;
  double        pan, zoom; /* each frame */
  guint         n;
  GMainLoop    *loop;
} Motion;

static gboolean
move_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Motion *self = data;
  gboolean back = self->n >= STEPS / 2;
  EntMapView view;

  ent_map_canvas_get_view (self->canvas, &view);
  ent_map_view_pan (&view, back ? -self->pan : self->pan, back ? -self->pan / 3 : self->pan / 3);
  ent_map_view_zoom (&view, back ? 1 / self->zoom : self->zoom, view.width * 0.4, view.height * 0.4);
  ent_map_canvas_set_view (self->canvas, &view);
  if (++self->n < STEPS)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static void
measure_motion (EntMapCanvas *canvas,
                const char   *what,
                double        pan,
                double        zoom)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Motion self = { canvas, pan, zoom, 0, loop };
  guint before = ent_map_canvas_get_n_frames (canvas, NULL);
  MeasureWatch *watch = measure_watch_new ();

  gtk_widget_add_tick_callback (GTK_WIDGET (canvas), move_cb, &self, NULL);
  g_main_loop_run (loop);
  measure_watch_print (watch, what, LIMIT_MS);
  g_print ("  %u frames shown, %u painted\n", STEPS, ent_map_canvas_get_n_frames (canvas, NULL) - before);
  measure_watch_free (watch);
  measure_settle (0.5);
}

static void
use_map (AppWindow *self)
{
  EntMapCanvas *canvas = ENT_MAP_CANVAS (self->widget);
  MeasureWatch *watch;

  if (self->data == NULL)
    exit (0);
  watch = measure_watch_new ();
  measure_settle (4);
  measure_watch_print (watch, "after the first frame, measuring", LIMIT_MS);
  measure_watch_free (watch);
  measure_machine ();
  measure_motion (canvas, "panning, everything visible", 4, 1);
  measure_motion (canvas, "zooming in and out", 0, 1.03);
  ent_map_canvas_zoom (canvas, 4);
  measure_settle (0.5);
  measure_motion (canvas, "panning, zoomed in 4 times", 6, 1);
  exit (0);
}

static int
run_ours (const char *path,
          gpointer    data)
{
  AppWindow self = { .path = path, .is_ready = is_map_there, .func = use_map, .data = data };

  return app_window_run (&self);
}

/* --- In the parent ------------------------------------------------------------------------------------------------ */

static void
import (EntStore   *store,
        const char *type,
        const char *name,
        const char *maps)
{
  static const EntImportOptions options = { .create_missing = "organization", .add_choices = TRUE };
  g_autofree char *path = g_build_filename (g_getenv ("ENTENTE_SHARED"), "data", "ecosystem", name, NULL);
  g_auto (GStrv) map = g_strsplit (maps, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = ent_table_source_open (path, NULL, NULL, &error);
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;
  gboolean ok = source != NULL;

  plan = ok ? ent_import_plan_new (ent_store_get_record_type (store, type), source) : NULL;
  for (guint i = 0; ok && map[i] != NULL; i++)
    ok = ent_import_plan_map (plan, map[i], &error);
  if (ok && g_str_equal (type, "link"))
    ok = ent_import_plan_set_options (plan, &options, &error);
  if (ok)
    report = ent_import_run (store, plan, 0, NULL, NULL, NULL, &error);
  if (report == NULL)
    g_error ("%s", error->message);
}

static void
make_workspace (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = ent_store_create (path, NULL, NULL, &error);
  double wall = measure_ms (CLOCK_MONOTONIC), cpu = measure_ms (CLOCK_PROCESS_CPUTIME_ID);

  if (store == NULL)
    g_error ("%s", error->message);
  import (store, "organization", "partners.csv", "org_id=ref name=title");
  import (store, "offering", "products.csv", "item_id=ref name=title");
  import (store, "link", "relations.csv", "src=from dst=to kind=type detail=note");
  g_print ("three imports: %.2f s processor time, %.2f s wall (goal 3 s)\n",
           (measure_ms (CLOCK_PROCESS_CPUTIME_ID) - cpu) / 1e3, (measure_ms (CLOCK_MONOTONIC) - wall) / 1e3);
  app_window_set_page (store, NULL, "map");
  ent_store_close (store);
}

/* A workspace of which no map was ever made. */
static void
copy_workspace (const char *from,
                const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_error ("%s", error->message);
}

static void
remove_workspace (const char *path)
{
  static const char * const endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_remove (name);
    }
}

static void
compare_starts (const char *program,
                const char *pristine,
                const char *path,
                int         runs)
{
  AppStarts minimal = app_starts_new (), first = app_starts_new (), again = app_starts_new ();

  for (int i = 0; i < runs; i++)
    {
      remove_workspace (path);
      copy_workspace (pristine, path);
      g_free (app_starts_add (&minimal, program, "minimal", path));
      g_free (app_starts_add (&first, program, "ours", path));
      g_free (app_starts_add (&again, program, "ours", path));
    }
  app_starts_print (&minimal, &first, "map on screen, first time", " (goal 1 s)");
  app_starts_print (&minimal, &again, "map on screen, again", " (goal 1 s)");
  app_starts_clear (&minimal);
  app_starts_clear (&first);
  app_starts_clear (&again);
}

static void
show_use (const char *program,
          const char *path)
{
  AppStarts starts = app_starts_new ();
  g_autofree char *out = app_starts_add (&starts, program, "use", path);

  g_print ("%s", strchr (out, '\n') + 1);
  app_starts_clear (&starts);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL, *pristine = NULL, *path = NULL;

  if (argc > 1 && g_str_equal (argv[1], "minimal"))
    return app_window_run_minimal ();
  if (argc > 2)
    return run_ours (argv[2], g_str_equal (argv[1], "use") ? argv : NULL);
  if (g_getenv ("ENTENTE_SHARED") == NULL)
    g_error ("The data is in the folder shared, beside the checkout, which is not there.");
  folder = g_dir_make_tmp ("entente-bench-XXXXXX", NULL);
  pristine = g_build_filename (folder, "pristine.entente", NULL);
  path = g_build_filename (folder, "cncf.entente", NULL);
  make_workspace (pristine);
  compare_starts (argv[0], pristine, path, argc > 1 ? MAX (atoi (argv[1]), 1) : RUNS);
  show_use (argv[0], path);
  remove_workspace (pristine);
  remove_workspace (path);
  g_rmdir (folder);
  return 0;
}
