/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ecosystem/cncf-workspace.h"
#include "ecosystem/ent-graph-measures.h"
#include "ecosystem/ent-layout.h"
#include "store/ent-map-positions.h"
#include "support/workspace.h"

typedef struct
{
  EntStore *store;
  EntKey    own, contoso, fabrikam, rival, ana;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  test_workspace_add (self->store, "program", "title=Strategic", "kind=level", "rank=1", NULL);
  test_workspace_add (self->store, "program", "title=Select", "kind=level", "rank=3", NULL);
  self->own = test_workspace_add (self->store, "organization", "title=Northwind", "roles=own", NULL);
  self->contoso = test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner",
                                      "level=Strategic", "region=EMEA", NULL);
  self->fabrikam = test_workspace_add (self->store, "organization", "title=Fabrikam", "roles=partner",
                                       "level=Select", "region=APAC", NULL);
  self->rival = test_workspace_add (self->store, "organization", "title=Rival", "roles=competitor", NULL);
  self->ana = test_workspace_add (self->store, "person", "title=Ana", "given=Ana", "org=Contoso", NULL);
  test_workspace_add (self->store, "link", "from=Northwind", "to=Contoso", "type=partner_of", "strength=80", NULL);
  test_workspace_add (self->store, "link", "from=Contoso", "to=Fabrikam", "type=works_with", NULL);
  test_workspace_add (self->store, "link", "from=Fabrikam", "to=Contoso", "type=resells", "strength=20", NULL);
  test_workspace_add (self->store, "link", "from=Rival", "to=Contoso", "type=competes", "since=2020-01-01",
                      "until=2021-01-01", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  test_workspace_free (self->store);
}

static EntGraph *
read_with (Fixture               *self,
           const EntGraphOptions *options)
{
  g_autoptr(GError) error = NULL;
  EntGraph *graph = ent_graph_new_from_store (self->store, options, NULL, &error);

  g_assert_no_error (error);
  return graph;
}

static void
test_read (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(EntGraph) graph = read_with (self, NULL);
  gint32 contoso = ent_graph_find (graph, self->contoso), own = ent_graph_find (graph, self->own);
  const EntCategory *levels = ent_graph_get_categories (graph, ENT_FACET_LEVEL, NULL);

  /* The link with the rival has ended, and Ana has no link. */
  g_assert_cmpuint (ent_graph_get_n_nodes (graph), ==, 3);
  g_assert_cmpuint (ent_graph_get_n_links (graph), ==, 3);
  g_assert_cmpuint (ent_graph_get_n_pairs (graph), ==, 2);
  g_assert_cmpstr (ent_graph_get_title (graph, contoso), ==, "Contoso");
  g_assert_cmpstr (levels[ent_graph_get_category (graph, ENT_FACET_LEVEL, contoso)].label, ==, "Strategic");
  g_assert_cmpint (levels[ent_graph_get_category (graph, ENT_FACET_LEVEL, contoso)].rank, ==, 1);
  g_assert_true (ent_graph_is_own (graph, own));
  g_assert_cmpint (ent_graph_get_pairs (graph)[ent_graph_find_pair (graph, own, contoso)].strength, ==, 80);
}

static void
test_options (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(EntGraph) isolated = read_with (self, &(EntGraphOptions) { .include_isolated = TRUE });
  g_autoptr(EntGraph) references = read_with (self, &(EntGraphOptions) { .include_references = TRUE });
  g_autoptr(EntGraph) filtered = read_with (self, &(EntGraphOptions) { .filter = "region = EMEA" });
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (ent_graph_get_n_nodes (isolated), ==, 5);
  g_assert_true (ent_graph_is_competitor (isolated, ent_graph_find (isolated, self->rival)));
  g_assert_cmpint (ent_graph_find (references, self->ana), >=, 0);
  g_assert_cmpuint (ent_graph_get_n_nodes (filtered), ==, 1);
  g_assert_null (ent_graph_new_from_store (self->store, &(EntGraphOptions) { .filter = "nonsense >" }, NULL, &error));
  g_assert_nonnull (error);
}

static gint64
now_later (void)
{
  g_usleep (2000);
  return g_get_real_time ();
}

/* Renamed, linked anew and deleted since: the map of then knows none of it. */
static void
test_past (Fixture       *self,
           gconstpointer  data)
{
  gint64 then = now_later ();
  gint64 in_2020 = ent_date_from_ymd (2020, 6, 1) * G_TIME_SPAN_DAY;
  g_autoptr(EntGraph) past = NULL;
  g_autoptr(EntGraph) present = NULL;
  g_autoptr(EntGraph) old = NULL;

  g_usleep (2000);
  test_workspace_set (self->store, self->contoso, "title=Contoso Group", NULL);
  test_workspace_add (self->store, "organization", "title=Newcomer", "roles=partner", NULL);
  test_workspace_add (self->store, "link", "from=Newcomer", "to=Northwind", NULL);
  test_workspace_delete (self->store, self->fabrikam);
  present = read_with (self, NULL);
  past = read_with (self, &(EntGraphOptions) { .at = then });
  old = read_with (self, &(EntGraphOptions) { .at = in_2020 });
  g_assert_cmpuint (ent_graph_get_n_nodes (present), ==, 3);
  g_assert_cmpint (ent_graph_find (present, self->fabrikam), ==, -1);
  g_assert_cmpuint (ent_graph_get_n_nodes (past), ==, 3);
  g_assert_cmpstr (ent_graph_get_title (past, ent_graph_find (past, self->contoso)), ==, "Contoso");
  g_assert_cmpint (ent_graph_find (past, self->fabrikam), >=, 0);
  /* The link of 2020 was entered today, but says since when it is true. */
  g_assert_cmpuint (ent_graph_get_n_links (old), ==, 1);
  g_assert_cmpint (ent_graph_find (old, self->rival), >=, 0);
}

static void
test_positions (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(EntGraph) graph = read_with (self, NULL);
  g_autoptr(EntLayout) layout = ent_layout_restore (graph, self->store, NULL, NULL);
  g_autoptr(EntLayout) again = NULL;
  g_autoptr(EntGraph) grown = NULL;
  g_autoptr(EntLayout) next = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (ent_layout_get_n_moved (layout), ==, 3);
  g_assert_true (ent_layout_save (layout, self->store, NULL, &error));
  again = ent_layout_restore (graph, self->store, NULL, NULL);
  g_assert_cmpuint (ent_layout_get_n_moved (again), ==, 0);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (ent_layout_get_x (again)[i], ent_layout_get_x (layout)[i], 1.0 / 128);
  test_workspace_add (self->store, "link", "from=Rival", "to=Contoso", "type=competes", NULL);
  grown = read_with (self, NULL);
  next = ent_layout_restore (grown, self->store, NULL, NULL);
  g_assert_cmpuint (ent_layout_get_n_moved (next), <=, 4);
  g_assert_cmpuint (ent_graph_get_n_nodes (grown), ==, 4);
}

static void
test_coverage (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(EntCoverage) coverage = ent_coverage_new (self->store, "region", "level", NULL, NULL, &error);
  guint total = 0, gaps = 0, links = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (coverage->n_partners, ==, 2);
  g_assert_cmpuint (coverage->row_labels->len, ==, 2);
  g_assert_cmpuint (coverage->column_labels->len, ==, 2);
  for (guint i = 0; i < 4; i++)
    {
      total += coverage->cells[i].partners;
      gaps += coverage->cells[i].is_gap;
      links += coverage->cells[i].links;
      g_assert_cmpint (coverage->cells[i].is_thin, ==, coverage->cells[i].partners == 1);
    }
  g_assert_cmpuint (total, ==, 2);
  g_assert_cmpuint (gaps, ==, 2);
  g_assert_cmpuint (links, ==, 3 + 2);
  g_assert_null (ent_coverage_new (self->store, "region", "no_such", NULL, NULL, &error));
  g_assert_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_FIELD);
}

static void
test_cncf (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr(EntGraph) graph = NULL;
  g_autoptr(GError) error = NULL;
  EntGraphStats stats;

  if (cncf_load (store))
    {
      graph = ent_graph_new_from_store (store, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (ent_graph_get_stats (graph, &stats, NULL, NULL));
      g_assert_cmpuint (stats.nodes, ==, 2691);
      g_assert_cmpuint (stats.links, ==, 4186);
      g_assert_cmpuint (stats.edges, ==, 4185);
      g_assert_cmpuint (stats.components, ==, 14);
      g_assert_cmpuint (stats.cut_vertices, ==, 465);
      g_assert_cmpuint (stats.bridges, ==, 1319);
    }
  else
    g_test_skip ("the shared ecosystem is not here");
  test_workspace_free (store);
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
    { "/ecosystem/graph-store/read", test_read }, { "/ecosystem/graph-store/options", test_options },
    { "/ecosystem/graph-store/past", test_past }, { "/ecosystem/graph-store/positions", test_positions },
    { "/ecosystem/graph-store/coverage", test_coverage },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  g_test_add_func ("/ecosystem/graph-store/cncf", test_cncf);
  return g_test_run ();
}
