/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames of the ecosystem map: CPU per frame of the whole process while panning and zooming, everything visible,
 * against the plain Cairo way (arc and stroke each) on the same pixels.
 *
 *   build-aux/bench map [NODES]     default 10000; window 1600x1000 */

#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "bench/graph-made.h"
#include "widgets/ent-map-canvas.h"

#define FRAMES 40

static double
cpu_now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec * 1e-6;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static void
print (const char *what,
       double     *times)
{
  qsort (times, FRAMES, sizeof (double), compare_doubles);
  g_print ("%-34s median %7.2f ms   95 %% %7.2f ms\n", what, times[FRAMES / 2], times[FRAMES * 95 / 100]);
}

/* --- Painter only --------------------------------------------------------------------------------------- */

static void
run_painter (EntMapPainter *painter)
{
  EntMapView view = { 0, 0, 1, 1600, 1000, 1 };
  double times[FRAMES];

  ent_map_painter_fit (painter, &view, 20);
  ent_map_painter_render (painter, &view);
  for (guint i = 0; i < FRAMES; i++)
    {
      double before = cpu_now ();

      ent_map_view_pan (&view, 3, 1);
      ent_map_painter_render (painter, &view);
      times[i] = cpu_now () - before;
    }
  print ("painter, all visible", times);
  ent_map_view_zoom (&view, 5, 800, 500);
  ent_map_painter_render (painter, &view);
  for (guint i = 0; i < FRAMES; i++)
    {
      double before = cpu_now ();

      ent_map_view_pan (&view, 3, 1);
      ent_map_painter_render (painter, &view);
      times[i] = cpu_now () - before;
    }
  print ("painter, zoomed in 5 times", times);
}

static void
run_plain (EntMapPainter *painter)
{
  EntMapView view = { 0, 0, 1, 1600, 1000, 1 };
  EntGraph *graph = ent_map_painter_get_graph (painter);
  EntLayout *layout = ent_map_painter_get_layout (painter);
  const float *x = ent_layout_get_x (layout), *y = ent_layout_get_y (layout);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 1600, 1000);
  double before = cpu_now ();

  ent_map_painter_fit (painter, &view, 20);
  for (guint round = 0; round < 3; round++)
    {
      cairo_t *cr = cairo_create (surface);

      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_paint (cr);
      cairo_set_source_rgba (cr, 0.3, 0.4, 0.5, 0.25);
      cairo_set_line_width (cr, 1);
      for (guint i = 0; i < ent_graph_get_n_pairs (graph); i++)
        {
          const EntGraphPair *pair = &ent_graph_get_pairs (graph)[i];
          double px, py;

          ent_map_view_from_layout (&view, x[pair->a], y[pair->a], &px, &py);
          cairo_move_to (cr, px, py);
          ent_map_view_from_layout (&view, x[pair->b], y[pair->b], &px, &py);
          cairo_line_to (cr, px, py);
          cairo_stroke (cr);
        }
      cairo_set_source_rgb (cr, 0.2, 0.4, 0.6);
      for (guint i = 0; i < ent_graph_get_n_nodes (graph); i++)
        {
          double px, py;

          ent_map_view_from_layout (&view, x[i], y[i], &px, &py);
          cairo_arc (cr, px, py, ent_map_painter_get_radius (painter, &view, i), 0, 2 * G_PI);
          cairo_fill (cr);
        }
      cairo_destroy (cr);
    }
  cairo_surface_destroy (surface);
  g_print ("%-34s mean   %7.2f ms   (no labels)\n", "plain Cairo, all visible", (cpu_now () - before) / 3);
}

/* --- On the screen -------------------------------------------------------------------------------------- */

typedef struct
{
  EntMapCanvas *canvas;
  double        times[FRAMES], paint[FRAMES], last;
  guint         n;
  gboolean      is_zooming;
} Run;

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  Run *self = data;
  double now = cpu_now ();
  EntMapView view;

  if (self->n > 0 && self->n <= FRAMES)
    {
      self->times[self->n - 1] = now - self->last;
      ent_map_canvas_get_n_frames (self->canvas, &self->paint[self->n - 1]);
    }
  self->last = now;
  self->n++;
  ent_map_canvas_get_view (self->canvas, &view);
  if (self->is_zooming)
    ent_map_view_zoom (&view, self->n <= FRAMES / 2 ? 1.05 : 1 / 1.05, 700, 400);
  else
    ent_map_view_pan (&view, 3, 1);
  ent_map_canvas_set_view (self->canvas, &view);
  return self->n <= FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
run_canvas (EntMapPainter *painter,
            gboolean       is_zooming)
{
  GtkWidget *window = gtk_window_new ();
  Run self = { ENT_MAP_CANVAS (ent_map_canvas_new ()), .is_zooming = is_zooming };

  ent_map_canvas_set_painter (self.canvas, painter, FALSE);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (self.canvas));
  gtk_window_present (GTK_WINDOW (window));
  while (ent_map_canvas_get_n_frames (self.canvas, NULL) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_add_tick_callback (GTK_WIDGET (self.canvas), tick_cb, &self, NULL);
  while (self.n <= FRAMES)
    g_main_context_iteration (NULL, TRUE);
  print (is_zooming ? "on screen, zooming, whole process" : "on screen, panning, whole process", self.times);
  print ("  of it the painter", self.paint);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What GTK takes for any frame of this size: an image that is there already, shown again. */
static void
draw_image (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        image)
{
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_paint (cr);
}

static gboolean
floor_tick_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  Run *self = data;
  double now = cpu_now ();

  if (self->n > 0 && self->n <= FRAMES)
    self->times[self->n - 1] = now - self->last;
  self->last = now;
  self->n++;
  gtk_widget_queue_draw (widget);
  return self->n <= FRAMES ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
run_floor (EntMapPainter *painter)
{
  GtkWidget *window = gtk_window_new (), *area = gtk_drawing_area_new ();
  EntMapView view = { 0, 0, 1, 1600, 1000, 1 };
  cairo_surface_t *image = ent_map_painter_render (painter, &view);
  Run self = { NULL };

  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_image, image, NULL);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  gtk_window_set_child (GTK_WINDOW (window), area);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_add_tick_callback (area, floor_tick_cb, &self, NULL);
  while (self.n <= FRAMES)
    g_main_context_iteration (NULL, TRUE);
  print ("on screen, a finished image (floor)", self.times);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
run_hits (EntMapPainter *painter)
{
  EntMapView view = { 0, 0, 1, 1600, 1000, 1 };
  double before;
  gint sum = 0;

  ent_map_painter_fit (painter, &view, 20);
  ent_map_painter_hit (painter, &view, 1, 1);
  before = cpu_now ();
  for (int i = 0; i < 10000; i++)
    sum += ent_map_painter_hit (painter, &view, i % 1600, i * 7 % 1000);
  g_print ("%-34s mean   %7.2f us   (%d)\n", "hit test", (cpu_now () - before) / 10, sum & 1);
}

int
main (int   argc,
      char *argv[])
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 10000;
  g_autoptr(EntGraph) graph = make_clustered_graph (n);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  g_autoptr(EntMapPainter) painter = ent_map_painter_new (layout, NULL);

  g_print ("%u nodes, %u edges, 1600x1000\n", ent_graph_get_n_nodes (graph), ent_graph_get_n_pairs (graph));
  run_painter (painter);
  run_plain (painter);
  run_hits (painter);
  gtk_init ();
  adw_init ();
  run_floor (painter);
  run_canvas (painter, FALSE);
  run_canvas (painter, TRUE);
  return 0;
}
