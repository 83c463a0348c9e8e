/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "bench/graph-made.h"
#include "ecosystem/ent-layout.h"
#include "ecosystem/graph-files.h"

static double
nearest (EntLayout *layout,
         gint32     node)
{
  const float *x = ent_layout_get_x (layout), *y = ent_layout_get_y (layout);
  double best = INFINITY;

  for (guint i = 0; i < ent_graph_get_n_nodes (ent_layout_get_graph (layout)); i++)
    if ((gint32) i != node)
      best = MIN (best, hypot (x[i] - x[node], y[i] - y[node]));
  return best;
}

static void
assert_readable (EntLayout *layout)
{
  guint n = ent_graph_get_n_nodes (ent_layout_get_graph (layout));

  for (guint i = 0; i < n; i++)
    {
      g_assert_true (isfinite (ent_layout_get_x (layout)[i]) && isfinite (ent_layout_get_y (layout)[i]));
      g_assert_cmpfloat (nearest (layout, i), >, 0.1);
    }
}

static void
test_small (void)
{
  for (guint n = 0; n <= 6; n++)
    {
      gint32 ends[12];
      g_autoptr(EntGraph) graph = NULL;
      g_autoptr(EntLayout) layout = NULL;
      EntLayoutQuality quality;

      for (guint i = 0; i + 1 < n; i++)
        {
          ends[2 * i] = i;
          ends[2 * i + 1] = i + 1;
        }
      graph = ent_graph_new_from_edges (n, NULL, ends, n > 0 ? n - 1 : 0, NULL);
      layout = ent_layout_new (graph, NULL, NULL);
      assert_readable (layout);
      ent_layout_get_quality (layout, &quality);
    }
}

static void
test_quality (void)
{
  g_autoptr(EntGraph) graph = make_clustered_graph (1000);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  EntLayoutQuality quality;

  assert_readable (layout);
  ent_layout_get_quality (layout, &quality);
  g_assert_cmpfloat (quality.stress, <, 0.16);
  g_assert_cmpfloat (quality.neighborhood, >, 0.10);
  g_assert_cmpfloat (quality.nearest_5, >, 0.3);
}

static void
test_same_again (void)
{
  g_autoptr(EntGraph) graph = make_clustered_graph (500);
  g_autoptr(EntLayout) one = ent_layout_new (graph, NULL, NULL);
  g_autoptr(EntLayout) two = ent_layout_new (graph, NULL, NULL);

  g_assert_cmpmem (ent_layout_get_x (one), 500 * sizeof (float), ent_layout_get_x (two), 500 * sizeof (float));
  g_assert_cmpmem (ent_layout_get_y (one), 500 * sizeof (float), ent_layout_get_y (two), 500 * sizeof (float));
}

/* A hub with a hundred leaves stands in the middle of them. */
static void
test_hub (void)
{
  gint32 ends[200];
  g_autoptr(EntGraph) graph = NULL;
  g_autoptr(EntLayout) layout = NULL;
  double x, y, width, height;

  for (gint32 i = 0; i < 100; i++)
    {
      ends[2 * i] = 0;
      ends[2 * i + 1] = i + 1;
    }
  graph = ent_graph_new_from_edges (101, NULL, ends, 100, NULL);
  layout = ent_layout_new (graph, NULL, NULL);
  assert_readable (layout);
  ent_layout_get_bounds (layout, &x, &y, &width, &height);
  g_assert_cmpfloat (fabs (ent_layout_get_x (layout)[0] - x - width / 2), <, width / 8);
  g_assert_cmpfloat (width, <, 25);
}

static void
test_components (void)
{
  const gint32 ends[] = { 0, 1, 1, 2, 2, 0, 3, 4, 5, 6 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (40, NULL, ends, 5, NULL);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  double x, y, width, height;

  assert_readable (layout);
  ent_layout_get_bounds (layout, &x, &y, &width, &height);
  g_assert_cmpfloat (MAX (width, height), <, 40);
}

/* One new node among 1,000: nothing moves that is not near it. */
static void
test_kept (void)
{
  g_autoptr(EntGraph) graph = make_clustered_graph (1000);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  g_autofree gboolean *known = g_new0 (gboolean, 1000);
  EntLayoutHints hints = { ent_layout_get_x (layout), ent_layout_get_y (layout), known };
  g_autoptr(EntLayout) next = NULL;
  guint moved = 0;

  for (guint i = 0; i < 1000; i++)
    known[i] = i != 500;
  next = ent_layout_new_from (graph, &hints, NULL, NULL);
  for (guint i = 0; i < 1000; i++)
    moved += ent_layout_get_x (next)[i] != hints.x[i] || ent_layout_get_y (next)[i] != hints.y[i];
  g_assert_cmpuint (moved, <, 100);
  g_assert_cmpuint (moved, >=, 1);
  g_assert_cmpuint (ent_layout_get_n_moved (next), <, 100);
  g_assert_cmpfloat (nearest (next, 500), >, 0.1);
  memset (known, 0, 1000 * sizeof (gboolean));
  g_clear_pointer (&next, ent_layout_unref);
  next = ent_layout_new_from (graph, &hints, NULL, NULL);
  g_assert_cmpmem (ent_layout_get_x (next), 4000, ent_layout_get_x (layout), 4000);
}

static void
test_move (void)
{
  g_autoptr(EntGraph) graph = make_clustered_graph (300);
  g_autoptr(EntLayout) layout = ent_layout_new (graph, NULL, NULL);
  float x = ent_layout_get_x (layout)[7], y = ent_layout_get_y (layout)[7];
  g_autoptr(EntLayout) moved = ent_layout_move (layout, 200, x, y);

  g_assert_cmpfloat (ent_layout_get_x (moved)[200], ==, x);
  g_assert_cmpfloat (ent_layout_get_y (moved)[200], ==, y);
  g_assert_cmpfloat (nearest (moved, 200), >, 0.3);
  g_assert_cmpuint (ent_layout_get_n_moved (moved), <, 150);
}

static void
test_strangers (void)
{
  const gint32 ends[] = { 0, 1, 1, 2, 3, 4 };
  const float x[] = { 0, 2, 4, 0, 0 }, y[] = { 0, 0, 0, 0, 0 };
  const gboolean known[] = { TRUE, TRUE, TRUE, FALSE, FALSE };
  EntLayoutHints hints = { x, y, known };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (5, NULL, ends, 3, NULL);
  g_autoptr(EntLayout) layout = ent_layout_new_from (graph, &hints, NULL, NULL);

  assert_readable (layout);
  g_assert_cmpfloat (ent_layout_get_x (layout)[1], ==, 2);
}

static void
test_cancel (void)
{
  g_autoptr(EntGraph) graph = make_clustered_graph (300);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ent_layout_new (graph, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ecosystem/layout/small", test_small);
  g_test_add_func ("/ecosystem/layout/quality", test_quality);
  g_test_add_func ("/ecosystem/layout/same-again", test_same_again);
  g_test_add_func ("/ecosystem/layout/hub", test_hub);
  g_test_add_func ("/ecosystem/layout/components", test_components);
  g_test_add_func ("/ecosystem/layout/kept", test_kept);
  g_test_add_func ("/ecosystem/layout/move", test_move);
  g_test_add_func ("/ecosystem/layout/strangers", test_strangers);
  g_test_add_func ("/ecosystem/layout/cancel", test_cancel);
  return g_test_run ();
}
