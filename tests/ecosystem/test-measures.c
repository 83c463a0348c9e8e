/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "ecosystem/ent-graph-measures.h"
#include "ecosystem/ent-igraph.h"
#include "ecosystem/graph-files.h"

#define N_COLUMNS 8

static GHashTable *
index_titles (EntGraph *graph)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < ent_graph_get_n_nodes (graph); i++)
    g_hash_table_insert (index, (gpointer) ent_graph_get_title (graph, i), GINT_TO_POINTER (i));
  return index;
}

static void
assert_close (const char *what,
              const char *node,
              double      value,
              const char *expected)
{
  double wanted = g_ascii_strtod (expected, NULL);

  if (fabs (value - wanted) > 1e-6 * MAX (1, fabs (wanted)))
    g_error ("%s of %s is %.12g, expected %s", what, node, value, expected);
}

static EntGraph *
open_network (const char *name)
{
  g_autofree char *file = g_str_equal (name, "cncf_relations")
    ? g_strdup ("ecosystem/relations.csv") : g_strdup_printf ("graph/%s_edges.csv", name);
  EntGraph *graph = read_graph (file);

  if (graph == NULL)
    g_test_skip ("the shared networks are not here");
  return graph;
}

/* Degree, betweenness, closeness, PageRank and core as networkx and igraph computed them elsewhere. */
static void
test_nodes (gconstpointer name)
{
  g_autofree char *file = g_strdup_printf ("graph/%s_node_expected.csv", (const char *) name);
  g_autoptr(EntGraph) graph = open_network (name);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(EntGraphMeasures) measures = NULL;
  g_autoptr(GHashTable) index = NULL;
  g_autoptr(GError) error = NULL;

  if (graph == NULL)
    return;
  rows = read_csv (file);
  index = index_titles (graph);
  measures = ent_graph_measure (graph, ENT_MEASURE_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, ent_graph_get_n_nodes (graph));
  for (guint i = 0; i < rows->len; i++)
    {
      const char *node = cell (rows, i, 0);
      gint32 at = GPOINTER_TO_INT (g_hash_table_lookup (index, node));
      gboolean is_cut = ent_graph_measures_get (measures, ENT_MEASURE_CUT)[at] > 0;

      assert_close ("degree", node, ent_graph_measures_get (measures, ENT_MEASURE_DEGREE)[at], cell (rows, i, 1));
      assert_close ("betweenness", node, ent_graph_measures_get (measures, ENT_MEASURE_BETWEENNESS)[at],
                    cell (rows, i, 3));
      assert_close ("closeness", node, ent_graph_measures_get (measures, ENT_MEASURE_CLOSENESS)[at],
                    cell (rows, i, 4));
      assert_close ("PageRank", node, ent_graph_measures_get (measures, ENT_MEASURE_PAGERANK)[at],
                    cell (rows, i, 5));
      assert_close ("core", node, ent_graph_measures_get (measures, ENT_MEASURE_CORE)[at], cell (rows, i, 7));
      g_assert_cmpstr (is_cut ? "yes" : "no", ==, cell (rows, i, 9));
      g_assert_cmpint ((int) ent_graph_measures_get (measures, ENT_MEASURE_COMPONENT)[at] == 0, ==,
                       atoi (cell (rows, i, 10)) == 0);
    }
}

static void
test_shortest (gconstpointer name)
{
  g_autofree char *file = g_strdup_printf ("graph/%s_paths_expected.csv", (const char *) name);
  g_autoptr(EntGraph) graph = open_network (name);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GHashTable) index = NULL;

  if (graph == NULL)
    return;
  rows = read_csv (file);
  index = index_titles (graph);
  for (guint i = 0; i < rows->len; i++)
    {
      gint32 from = GPOINTER_TO_INT (g_hash_table_lookup (index, cell (rows, i, 0)));
      gint32 to = GPOINTER_TO_INT (g_hash_table_lookup (index, cell (rows, i, 1)));
      guint64 n_paths = 0;

      /* An empty cell: the two are in different components, or (CNCF) the paths were not counted. */
      if (*cell (rows, i, 2) == '\0')
        g_assert_cmpint (ent_graph_count_shortest (graph, from, to, NULL), ==, -1);
      else
        g_assert_cmpint (ent_graph_count_shortest (graph, from, to, &n_paths), ==, atoi (cell (rows, i, 2)));
      if (*cell (rows, i, 3) != '\0')
        g_assert_cmpuint (n_paths, ==, g_ascii_strtoull (cell (rows, i, 3), NULL, 10));
    }
}

typedef struct
{
  const char *name;
  guint       nodes, edges, components, largest, cut_vertices, bridges;
  double      density, transitivity, modularity;
} Expected;

static const Expected networks[] = {
  { "karate", 34, 78, 1, 34, 1, 1, 0.13903743315508021, 0.2556818181818182, 0.4188 },
  { "flo_marriage", 15, 20, 1, 15, 4, 5, 0.19047619047619047, 0.19148936170212766, 0.3975 },
  { "southern_women", 32, 89, 1, 32, 0, 0, 0.17943548387096775, 0, 0.336 },
  { "cncf_relations", 2691, 4185, 14, 2592, 465, 1319, 0.0011562705921846054, 2.052130966998314e-05, 0.6612 },
};

static void
test_stats (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr(EntGraph) graph = open_network (expected->name);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  EntGraphStats stats;

  if (graph == NULL)
    return;
  g_assert_true (ent_graph_get_stats (graph, &stats, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (stats.nodes, ==, expected->nodes);
  g_assert_cmpuint (stats.edges, ==, expected->edges);
  g_assert_cmpuint (stats.components, ==, expected->components);
  g_assert_cmpuint (stats.largest_component, ==, expected->largest);
  g_assert_cmpuint (stats.cut_vertices, ==, expected->cut_vertices);
  g_assert_cmpuint (stats.bridges, ==, expected->bridges);
  g_assert_cmpfloat_with_epsilon (stats.density, expected->density, 1e-9);
  g_assert_cmpfloat_with_epsilon (stats.transitivity, expected->transitivity, 1e-9);
  text = ent_graph_stats_explain (&stats);
  g_assert_nonnull (strstr (text, "records are joined by"));
}

/* Leiden must find communities at least as good as the Louvain figures of the file, and the same each time. */
static void
test_communities (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr(EntGraph) graph = open_network (expected->name);
  g_autoptr(EntCommunities) first = NULL;
  g_autoptr(EntCommunities) second = NULL;
  g_autofree char *name = NULL;
  guint inside = 0, outside = 0;

  if (graph == NULL)
    return;
  first = ent_graph_find_communities (graph, NULL, NULL);
  second = ent_graph_find_communities (graph, NULL, NULL);
  g_assert_cmpfloat (first->modularity, >, expected->modularity - 0.005);
  g_assert_cmpmem (first->membership->data, first->membership->len * sizeof (gint32),
                   second->membership->data, second->membership->len * sizeof (gint32));
  for (guint i = 0; i < first->communities->len; i++)
    {
      inside += ((EntCommunity *) first->communities->pdata[i])->n_inside;
      outside += ((EntCommunity *) first->communities->pdata[i])->n_outside;
    }
  g_assert_cmpuint (inside + outside / 2, ==, expected->edges);
  name = ent_community_dup_name (first->communities->pdata[0], graph);
  g_assert_nonnull (strstr (name, "more"));
}

/* The search that knows what is cut off finds the same nodes and pairs as igraph. */
static void
test_cuts (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr(EntGraph) graph = open_network (expected->name);
  g_autoptr(EntIgraph) igraph = NULL;
  g_autoptr(GArray) cuts = NULL;
  g_autoptr(GArray) bridges = NULL;
  g_autoptr(GArray) same_bridges = NULL;

  if (graph == NULL)
    return;
  igraph = ent_igraph_new (graph, NULL, NULL);
  cuts = ent_graph_get_cut_vertices (graph, NULL, NULL);
  bridges = ent_graph_get_bridges (graph, NULL, NULL);
  same_bridges = ent_igraph_bridges (igraph, NULL);
  g_assert_cmpuint (cuts->len, ==, expected->cut_vertices);
  g_assert_cmpuint (bridges->len, ==, expected->bridges);
  for (guint i = 0; i < bridges->len; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < same_bridges->len && !found; j++)
        found = g_array_index (same_bridges, gint32, j) == g_array_index (bridges, EntBridge, i).pair;
      g_assert_true (found);
    }
}

/*  0 - 1 - 2 - 3 with a triangle 3 4 5 on the end; 6 apart. */
static void
test_cut_sizes (void)
{
  const gint32 ends[] = { 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 3 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (7, NULL, ends, 6, NULL);
  g_autoptr(GArray) cuts = ent_graph_get_cut_vertices (graph, NULL, NULL);
  g_autoptr(GArray) bridges = ent_graph_get_bridges (graph, NULL, NULL);
  const EntCutVertex *cut = &g_array_index (cuts, EntCutVertex, 0);

  g_assert_cmpuint (cuts->len, ==, 3);
  g_assert_cmpint (cut->node, ==, 2);
  g_assert_cmpuint (cut->cut_off, ==, 2);
  g_assert_cmpuint (cut->parts, ==, 2);
  g_assert_cmpuint (bridges->len, ==, 3);
  g_assert_cmpuint (g_array_index (bridges, EntBridge, 0).cut_off, ==, 3);
}

#define N_RING 200

static gpointer
measure_thread (gpointer graph)
{
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(EntGraphMeasures) measures = NULL;

      measures = ent_graph_measure (graph, ENT_MEASURE_PAGERANK | ENT_MEASURE_COMMUNITY | ENT_MEASURE_CUT, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (fabs (ent_graph_measures_get (measures, ENT_MEASURE_PAGERANK)[0] * N_RING - 1), <, 1e-6);
    }
  return NULL;
}

/* The map, its layout and a search for paths ask at once. */
static void
test_several_threads (void)
{
  gint32 ends[2 * N_RING];
  g_autoptr(EntGraph) graph = NULL;
  GThread *threads[4];

  for (gint32 i = 0; i < N_RING; i++)
    {
      ends[2 * i] = i;
      ends[2 * i + 1] = (i + 1) % N_RING;
    }
  graph = ent_graph_new_from_edges (N_RING, NULL, ends, N_RING, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("measure", measure_thread, graph);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* Two ways from 0 to 3: 0-1-3 is weak, 0-2-4-3 longer and strong; 0-5 has strength 0. */
static void
test_paths (void)
{
  const gint32 ends[] = { 0, 1, 1, 3, 0, 2, 2, 4, 4, 3, 0, 5, 0, 1 };
  const gint16 strengths[] = { 20, 30, 90, 80, -1, 0, 10 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (7, NULL, ends, 7, strengths);
  g_autoptr(GPtrArray) shortest = ent_graph_find_paths (graph, 0, 3, ENT_PATH_SHORTEST, 1, NULL, NULL);
  g_autoptr(GPtrArray) strongest = ent_graph_find_paths (graph, 0, 3, ENT_PATH_STRONGEST, 5, NULL, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  EntPath *path;

  g_assert_cmpuint (shortest->len, ==, 1);
  path = shortest->pdata[0];
  g_assert_cmpuint (path->pairs->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (path->strength, 0.06, 1e-12);
  g_assert_cmpuint (strongest->len, ==, 2);
  path = strongest->pdata[0];
  g_assert_cmpuint (path->pairs->len, ==, 3);
  g_assert_cmpfloat_with_epsilon (path->strength, 0.36, 1e-12);
  g_assert_cmpuint (path->n_assumed, ==, 1);
  text = ent_path_explain (path, graph);
  g_assert_nonnull (strstr (text, "90 % × 80 % × 50 % = 36 %"));
  g_assert_null (ent_graph_find_paths (graph, 0, 5, ENT_PATH_STRONGEST, 1, NULL, &error));
  g_assert_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_PATH);
  g_clear_error (&error);
  g_assert_null (ent_graph_find_paths (graph, 0, 6, ENT_PATH_SHORTEST, 1, NULL, &error));
  g_assert_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_PATH);
}

static void
test_simple_view (void)
{
  const gint32 ends[] = { 0, 1, 1, 0, 2, 2, 1, 2, 0, 1 };
  const gint16 strengths[] = { 10, 70, 5, -1, 40 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (3, NULL, ends, 5, strengths);
  guint n;
  const gint32 *neighbors, *pairs;

  g_assert_cmpuint (ent_graph_get_n_links (graph), ==, 5);
  g_assert_cmpuint (ent_graph_get_n_pairs (graph), ==, 2);
  g_assert_cmpint (ent_graph_get_links (graph)[2].pair, ==, -1);
  g_assert_cmpint (ent_graph_get_pairs (graph)[0].strength, ==, 70);
  g_assert_cmpint (ent_graph_get_pairs (graph)[1].strength, ==, -1);
  neighbors = ent_graph_get_neighbors (graph, 1, &n, &pairs);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (neighbors[0], ==, 0);
  g_assert_cmpint (neighbors[1], ==, 2);
  g_assert_cmpint (pairs[1], ==, 1);
  g_assert_cmpint (ent_graph_find_pair (graph, 2, 1), ==, 1);
  g_assert_cmpint (ent_graph_find_pair (graph, 2, 0), ==, -1);
  g_assert_cmpint (ent_graph_find (graph, 3), ==, 2);
  g_assert_cmpint (ent_graph_find (graph, 4), ==, -1);
  ent_graph_get_pair_links (graph, 0, &n);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_empty (void)
{
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (0, NULL, NULL, 0, NULL);
  g_autoptr(EntGraphMeasures) measures = ent_graph_measure (graph, ENT_MEASURE_ALL, NULL, NULL);
  g_autoptr(EntGraph) lone = ent_graph_new_from_edges (2, NULL, NULL, 0, NULL);
  g_autoptr(EntGraphMeasures) lone_measures = ent_graph_measure (lone, ENT_MEASURE_ALL, NULL, NULL);
  EntGraphStats stats;

  g_assert_nonnull (measures);
  g_assert_true (ent_graph_get_stats (graph, &stats, NULL, NULL));
  g_assert_cmpuint (stats.components, ==, 0);
  g_assert_nonnull (lone_measures);
  g_assert_cmpuint (ent_graph_measures_get_n_communities (lone_measures), ==, 2);
  g_assert_cmpfloat (ent_graph_measures_get (lone_measures, ENT_MEASURE_CLOSENESS)[0], ==, 0);
}

static void
test_cancel (void)
{
  const gint32 ends[] = { 0, 1, 1, 2 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (3, NULL, ends, 2, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ent_graph_get_bridges (graph, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_explain (void)
{
  const gint32 ends[] = { 0, 1, 0, 2, 0, 3 };
  g_autoptr(EntGraph) graph = ent_graph_new_from_edges (4, NULL, ends, 3, NULL);
  g_autoptr(EntGraphMeasures) measures = ent_graph_measure (graph, ENT_MEASURE_ALL, NULL, NULL);
  g_autofree char *text = ent_graph_measures_explain (measures, 0);

  g_assert_cmpstr (text, ==, "Linked with 3 others: number 1 of 4. Influence 100.0 of 100: number 1. "
                   "3 shortest paths between others lead through it. "
                   "It is the only connection of some others with the rest.");
  g_assert_cmpuint (ent_graph_measures_get_rank (measures, ENT_MEASURE_DEGREE, 2), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      static const struct { const char *name; GTestDataFunc func; } tests[] = {
        { "stats", test_stats }, { "communities", test_communities }, { "cuts", test_cuts },
      };
      g_autofree char *nodes = g_strdup_printf ("/ecosystem/measures/%s/nodes", networks[i].name);
      g_autofree char *paths = g_strdup_printf ("/ecosystem/measures/%s/shortest", networks[i].name);

      g_test_add_data_func (nodes, networks[i].name, test_nodes);
      g_test_add_data_func (paths, networks[i].name, test_shortest);
      for (gsize j = 0; j < G_N_ELEMENTS (tests); j++)
        {
          g_autofree char *path = g_strdup_printf ("/ecosystem/measures/%s/%s", networks[i].name, tests[j].name);

          g_test_add_data_func (path, &networks[i], tests[j].func);
        }
    }
  g_test_add_func ("/ecosystem/measures/cut-sizes", test_cut_sizes);
  g_test_add_func ("/ecosystem/measures/several-threads", test_several_threads);
  g_test_add_func ("/ecosystem/measures/paths", test_paths);
  g_test_add_func ("/ecosystem/measures/simple-view", test_simple_view);
  g_test_add_func ("/ecosystem/measures/empty", test_empty);
  g_test_add_func ("/ecosystem/measures/cancel", test_cancel);
  g_test_add_func ("/ecosystem/measures/explain", test_explain);
  return g_test_run ();
}
