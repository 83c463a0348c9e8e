/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "bench/graph-made.h"
#include "ecosystem/ent-graph-private.h"
#include "ecosystem/ent-map-painter.h"

typedef struct
{
  EntGraph      *graph;
  EntLayout     *layout;
  EntMapPainter *painter;
  EntMapView     view;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  n)
{
  self->graph = make_clustered_graph (GPOINTER_TO_UINT (n));
  self->layout = ent_layout_new (self->graph, NULL, NULL);
  self->painter = ent_map_painter_new (self->layout, NULL);
  self->view = (EntMapView) { 0, 0, 1, 800, 600, 1 };
  ent_map_painter_fit (self->painter, &self->view, 20);
}

static void
tear_down (Fixture       *self,
           gconstpointer  n)
{
  ent_map_painter_unref (self->painter);
  ent_layout_unref (self->layout);
  ent_graph_unref (self->graph);
}

static guint
count_ink (Fixture *self)
{
  cairo_surface_t *surface = ent_map_painter_render (self->painter, &self->view);
  const guint32 *pixels = (const guint32 *) cairo_image_surface_get_data (surface);
  gsize n = (gsize) cairo_image_surface_get_width (surface) * cairo_image_surface_get_height (surface);
  guint count = 0;

  for (gsize i = 1; i < n; i++)
    count += pixels[i] != pixels[0];
  return count;
}

static void
test_hit (Fixture       *self,
          gconstpointer  data)
{
  for (gint32 i = 0; i < 200; i++)
    {
      double px, py;

      ent_map_view_from_layout (&self->view, ent_layout_get_x (self->layout)[i], ent_layout_get_y (self->layout)[i],
                                &px, &py);
      g_assert_cmpint (ent_map_painter_hit (self->painter, &self->view, px, py), ==, i);
    }
  g_assert_cmpint (ent_map_painter_hit (self->painter, &self->view, 1, 1), ==, -1);
}

static void
test_view (Fixture       *self,
           gconstpointer  data)
{
  EntMapView view = self->view;
  double x, y, x2, y2;

  ent_map_view_to_layout (&view, 100, 50, &x, &y);
  ent_map_view_zoom (&view, 2.5, 100, 50);
  ent_map_view_to_layout (&view, 100, 50, &x2, &y2);
  g_assert_cmpfloat_with_epsilon (x, x2, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, y2, 1e-9);
  ent_map_view_pan (&view, 30, -10);
  ent_map_view_to_layout (&view, 130, 40, &x2, &y2);
  g_assert_cmpfloat_with_epsilon (x, x2, 1e-9);
}

static void
test_render (Fixture       *self,
             gconstpointer  data)
{
  guint plain = count_ink (self), steps[2];

  g_assert_cmpuint (plain, >, 2000);
  ent_map_painter_set_selected (self->painter, 3);
  ent_map_painter_set_hovered (self->painter, 8);
  g_assert_cmpuint (count_ink (self), >, 1000);
  ent_map_painter_set_hovered (self->painter, -1);
  ent_map_painter_set_selected (self->painter, -1);
  for (guint i = 0; i < 2; i++)
    {
      ent_map_painter_set_focus (self->painter, 0, i);
      steps[i] = count_ink (self);
    }
  g_assert_cmpuint (steps[0], <, steps[1]);
  g_assert_cmpuint (steps[1], <, plain);
  ent_map_painter_set_focus (self->painter, -1, 0);
  ent_map_painter_set_palette (self->painter, ent_map_palette_get (TRUE, TRUE));
  self->view.scale = 2;
  g_assert_cmpuint (count_ink (self), >, 2 * plain);
  g_assert_cmpint (cairo_image_surface_get_width (ent_map_painter_render (self->painter, &self->view)), ==, 1600);
}

/* Extreme views neither crash nor draw outside of the image (AddressSanitizer watches). */
static void
test_extremes (Fixture       *self,
               gconstpointer  data)
{
  static const double zooms[] = { 0.01, 0.5, 300, 40000 };
  static const int sizes[] = { 1, 3, 40, 777 };

  for (gsize i = 0; i < G_N_ELEMENTS (zooms); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (int k = -1; k <= 1; k++)
        {
          EntMapView view = { k * 7.3, k * 3.1, zooms[i], sizes[j], sizes[G_N_ELEMENTS (sizes) - 1 - j],
                              j == 2 ? 2.5 : 1 };

          ent_map_painter_set_selected (self->painter, (gint32) j - 1);
          ent_map_painter_render (self->painter, &view);
          ent_map_painter_hit (self->painter, &view, 0, 0);
        }
}

static void
test_step (Fixture       *self,
           gconstpointer  data)
{
  const float *x = ent_layout_get_x (self->layout);
  gint32 first = ent_map_painter_step (self->painter, &self->view, -1, 1, 0), node = first;

  g_assert_cmpint (first, >=, 0);
  for (guint i = 0; i < 300; i++)
    {
      gint32 next = ent_map_painter_step (self->painter, &self->view, node, 1, 0);

      g_assert_true (next == node || x[next] > x[node]);
      node = next;
    }
}

static void
test_communities (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(EntGraphMeasures) measures = ent_graph_measure (self->graph, ENT_MEASURE_INFLUENCE | ENT_MEASURE_COMMUNITY,
                                                            NULL, NULL);
  g_autoptr(GPtrArray) legend = NULL;
  guint total = 0;

  ent_map_painter_set_measures (self->painter, measures);
  ent_map_painter_set_color_by (self->painter, ENT_MAP_COLOR_COMMUNITY);
  ent_map_painter_set_size_by (self->painter, ENT_MAP_SIZE_INFLUENCE);
  ent_map_painter_set_show_communities (self->painter, TRUE);
  g_assert_cmpuint (count_ink (self), >, 10000);
  legend = ent_map_painter_get_legend (self->painter);
  for (guint i = 0; i < legend->len; i++)
    total += ((EntMapLegendItem *) legend->pdata[i])->n_nodes;
  g_assert_cmpuint (total, ==, 200);
}

static void
test_export (Fixture       *self,
             gconstpointer  data)
{
  static const struct { const char *name, *start; } files[] = {
    { "map.png", "\x89PNG" }, { "map.svg", "<?xml" }, { "map.PDF", "%PDF" },
  };
  g_autofree char *folder = g_dir_make_tmp ("entente-map-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *text = NULL;

      g_assert_true (ent_map_export (self->painter, path, 400, 300, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_true (g_str_has_prefix (text, files[i].start));
      if (i == 1)
        g_assert_nonnull (strstr (text, ">Ecosystem: 200 records"));
      g_unlink (path);
    }
  g_assert_false (ent_map_export (self->painter, "map.gif", 400, 300, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_rmdir (folder);
}

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
contrast (const EntColor *a,
          const EntColor *b)
{
  double one = 0.2126 * linear (a->red) + 0.7152 * linear (a->green) + 0.0722 * linear (a->blue);
  double two = 0.2126 * linear (b->red) + 0.7152 * linear (b->green) + 0.0722 * linear (b->blue);

  return (MAX (one, two) + 0.05) / (MIN (one, two) + 0.05);
}

/* Text reads (4.5:1) and levels can be told from the background (3:1, WCAG 1.4.11) in every palette. */
static void
test_palettes (void)
{
  for (int i = 0; i < 4; i++)
    {
      const EntMapPalette *palette = ent_map_palette_get (i & 1, i & 2);

      g_assert_cmpfloat (contrast (&palette->text, &palette->background), >, 4.5);
      g_assert_cmpfloat (contrast (&palette->muted_text, &palette->background), >, 4.5);
      for (guint j = 0; j < G_N_ELEMENTS (palette->levels); j++)
        g_assert_cmpfloat (contrast (&palette->levels[j], &palette->background), >, i & 2 ? 4.5 : 3.0);
    }
}

/* A workspace has dozens of programs that are no levels; they must not use up the colors. */
static void
test_many_levels (void)
{
  EntGraphBuilder *builder = ent_graph_builder_new ();
  EntGraphNode node = { 1, "Contoso" };
  g_autoptr(EntGraph) graph = NULL;
  g_autoptr(EntLayout) layout = NULL;
  g_autoptr(EntMapPainter) painter = NULL;
  g_autoptr(GPtrArray) legend = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("Select %u", i);

      node.categories[ENT_FACET_LEVEL] = ent_graph_builder_category (builder, ENT_FACET_LEVEL, name, name, 0,
                                                                     ENT_TONE_NEUTRAL);
    }
  ent_graph_builder_add_node (builder, &node);
  graph = ent_graph_builder_finish (builder);
  layout = ent_layout_new (graph, NULL, NULL);
  painter = ent_map_painter_new (layout, NULL);
  legend = ent_map_painter_get_legend (painter);
  g_assert_cmpuint (legend->len, ==, 1);
  g_assert_cmpstr (((EntMapLegendItem *) legend->pdata[0])->label, ==, "Select 59");
}

static void
test_empty (void)
{
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (0, NULL, NULL, 0, NULL);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  g_autoptr(EntMapPainter) painter = ent_map_painter_new (layout, NULL);
  EntMapView view = { 0, 0, 1, 100, 100, 1 };

  ent_map_painter_fit (painter, &view, 10);
  ent_map_painter_render (painter, &view);
  g_assert_cmpint (ent_map_painter_hit (painter, &view, 50, 50), ==, -1);
  g_assert_cmpint (ent_map_painter_step (painter, &view, -1, 1, 0), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/ecosystem/painter/hit", test_hit }, { "/ecosystem/painter/view", test_view },
    { "/ecosystem/painter/render", test_render }, { "/ecosystem/painter/extremes", test_extremes },
    { "/ecosystem/painter/step", test_step }, { "/ecosystem/painter/communities", test_communities },
    { "/ecosystem/painter/export", test_export },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GUINT_TO_POINTER (200), set_up, tests[i].func, tear_down);
  g_test_add_func ("/ecosystem/painter/palettes", test_palettes);
  g_test_add_func ("/ecosystem/painter/many-levels", test_many_levels);
  g_test_add_func ("/ecosystem/painter/empty", test_empty);
  return g_test_run ();
}
