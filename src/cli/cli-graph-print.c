/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-graph.h"

#include <glib/gi18n.h>

#define LINES_SHOWN 20
#define INFLUENCE   (ENT_MEASURE_DEGREE | ENT_MEASURE_BETWEENNESS | ENT_MEASURE_PAGERANK | ENT_MEASURE_CLOSENESS | \
                     ENT_MEASURE_CORE | ENT_MEASURE_CUT | ENT_MEASURE_COMPONENT | ENT_MEASURE_INFLUENCE)

/* The members of "graph influence" in JSON. */
static const struct { EntMeasure measure; const char *name; gboolean is_whole; } measures_shown[] = {
  { ENT_MEASURE_INFLUENCE, "influence", FALSE },
  { ENT_MEASURE_DEGREE, "degree", TRUE },
  { ENT_MEASURE_BETWEENNESS, "betweenness", FALSE },
  { ENT_MEASURE_PAGERANK, "pagerank", FALSE },
  { ENT_MEASURE_CLOSENESS, "closeness", FALSE },
  { ENT_MEASURE_CORE, "core", TRUE },
  { ENT_MEASURE_CUT, "cut_vertex", TRUE },
  { ENT_MEASURE_COMPONENT, "component", TRUE },
};

/* --- Nodes -------------------------------------------------------------------------------------------- */

static void
load_refs_of_type (GHashTable          *refs,
                   Cli                 *cli,
                   EntGraph            *graph,
                   const EntRecordType *type)
{
  static const guint fields[] = { ENT_COMMON_REF };
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) records = NULL;

  for (guint i = 0; i < ent_graph_get_n_nodes (graph); i++)
    {
      EntKey key = ent_graph_get_key (graph, (gint32) i);
      guint32 row = (guint32) ent_key_row (key);

      if (ent_key_type_number (key) == type->info->number)
        g_array_append_val (rows, row);
    }
  if (rows->len > 0)
    records = ent_store_load (cli->store, type, (const guint32 *) (gpointer) rows->data, rows->len, fields,
                              G_N_ELEMENTS (fields), cli->cancellable, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntKey key = ent_key_make (type->info->number, g_array_index (rows, guint32, i));
      EntRecord *record = g_ptr_array_index (records, i);

      if (record != NULL)
        g_hash_table_insert (refs, g_memdup2 (&key, sizeof key), g_strdup (ent_record_get_text (record, "ref")));
    }
}

/* The refs of all nodes, by key: a few reads instead of one a node. */
static GHashTable *
load_refs (Cli      *cli,
           EntGraph *graph)
{
  GHashTable *refs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (EntSchema) schema = ent_store_dup_schema (cli->store);

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    load_refs_of_type (refs, cli, graph, ent_schema_get_nth (schema, i));
  return refs;
}

/* Adds "code", "title" and "ref" of a node to the object that is open. */
static void
json_node (CliJson    *json,
           Cli        *cli,
           EntGraph   *graph,
           GHashTable *refs,
           gint32      node)
{
  EntKey key = ent_graph_get_key (graph, node);
  g_autofree char *code = ent_store_dup_code (cli->store, key);

  cli_json_text (json, "code", code);
  cli_json_text (json, "title", ent_graph_get_title (graph, node));
  cli_json_text (json, "ref", g_hash_table_lookup (refs, &key));
}

/* --- stats -------------------------------------------------------------------------------------------- */

gboolean
cli_graph_stats (Cli                    *cli,
                 EntGraph               *graph,
                 const CliGraphOptions  *options,
                 char                  **words,
                 GError                **error)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *text = NULL;
  EntGraphStats stats;

  if (!ent_graph_get_stats (graph, &stats, cli->cancellable, error))
    return FALSE;
  if (!cli->json)
    {
      text = ent_graph_stats_explain (&stats);
      cli_print ("%s", text);
      return TRUE;
    }
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "nodes", stats.nodes);
  cli_json_int (json, "links", stats.links);
  cli_json_int (json, "edges", stats.edges);
  cli_json_int (json, "components", stats.components);
  cli_json_int (json, "largest_component", stats.largest_component);
  cli_json_int (json, "cut_vertices", stats.cut_vertices);
  cli_json_int (json, "bridges", stats.bridges);
  cli_json_int (json, "isolated", stats.isolated);
  cli_json_double (json, "density", stats.density);
  cli_json_double (json, "mean_degree", stats.mean_degree);
  cli_json_double (json, "transitivity", stats.transitivity);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

/* --- influence ---------------------------------------------------------------------------------------- */

static void
print_influence_json (Cli              *cli,
                      EntGraph         *graph,
                      EntGraphMeasures *measures,
                      const gint32     *order,
                      guint             n)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (GHashTable) refs = load_refs (cli, graph);

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < n; i++)
    {
      cli_json_begin_object (json, NULL);
      json_node (json, cli, graph, refs, order[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (measures_shown); j++)
        {
          double value = ent_graph_measures_get (measures, measures_shown[j].measure)[order[i]];

          if (measures_shown[j].is_whole)
            cli_json_int (json, measures_shown[j].name, (gint64) value);
          else
            cli_json_double (json, measures_shown[j].name, value);
        }
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_print (json);
}

gboolean
cli_graph_influence (Cli                    *cli,
                     EntGraph               *graph,
                     const CliGraphOptions  *options,
                     char                  **words,
                     GError                **error)
{
  g_autoptr (EntGraphMeasures) measures = ent_graph_measure (graph, INFLUENCE, cli->cancellable, error);
  guint limit = options->limit > 0 ? (guint) options->limit : cli->json ? G_MAXUINT : LINES_SHOWN;
  g_autofree gint32 *order = NULL;
  guint n;

  if (measures == NULL)
    return FALSE;
  order = ent_graph_measures_rank (measures, ENT_MEASURE_INFLUENCE, limit, &n);
  if (cli->json)
    {
      print_influence_json (cli, graph, measures, order, n);
      return TRUE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *why = ent_graph_measures_explain (measures, order[i]);

      cli_print ("%5.1f  %s\n       %s", ent_graph_measures_get (measures, ENT_MEASURE_INFLUENCE)[order[i]],
                 ent_graph_get_title (graph, order[i]), why);
    }
  return TRUE;
}

/* --- path --------------------------------------------------------------------------------------------- */

static void
json_path (CliJson       *json,
           Cli           *cli,
           EntGraph      *graph,
           GHashTable    *refs,
           const EntPath *path)
{
  g_autofree char *text = ent_path_explain (path, graph);

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "hops", path->pairs->len);
  cli_json_double (json, "strength", path->strength);
  cli_json_int (json, "assumed", path->n_assumed);
  cli_json_text (json, "explanation", text);
  cli_json_begin_array (json, "nodes");
  for (guint i = 0; i < path->nodes->len; i++)
    {
      cli_json_begin_object (json, NULL);
      json_node (json, cli, graph, refs, g_array_index (path->nodes, gint32, i));
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
}

static gint32
find_node (Cli         *cli,
           EntGraph    *graph,
           const char  *ref,
           GError     **error)
{
  EntKey key = cli_resolve (cli, ref, error);
  gint32 node = key != 0 ? ent_graph_find (graph, key) : -1;

  if (key != 0 && node < 0)
    g_set_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NOT_LINKED,
                 _("“%s” has no links, so no path leads there; link it first."), ref);
  return node;
}

gboolean
cli_graph_path (Cli                    *cli,
                EntGraph               *graph,
                const CliGraphOptions  *options,
                char                  **words,
                GError                **error)
{
  gint32 from = find_node (cli, graph, words[1], error);
  gint32 to = from >= 0 ? find_node (cli, graph, words[2], error) : -1;
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (GHashTable) refs = NULL;

  if (to >= 0)
    paths = ent_graph_find_paths (graph, from, to, options->goal, (guint) options->k, cli->cancellable, error);
  if (paths == NULL)
    return FALSE;
  refs = load_refs (cli, graph);
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *text = ent_path_explain (g_ptr_array_index (paths, i), graph);

      json_path (json, cli, graph, refs, g_ptr_array_index (paths, i));
      if (!cli->json)
        cli_print ("%s", text);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

/* --- communities -------------------------------------------------------------------------------------- */

static void
json_community (CliJson            *json,
                Cli                *cli,
                EntGraph           *graph,
                const EntCommunity *community)
{
  g_autofree char *name = ent_community_dup_name (community, graph);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "name", name);
  cli_json_int (json, "nodes", community->n_nodes);
  cli_json_int (json, "inside", community->n_inside);
  cli_json_int (json, "outside", community->n_outside);
  cli_json_begin_array (json, "members");
  for (guint i = 0; i < community->nodes->len; i++)
    {
      gint32 node = g_array_index (community->nodes, gint32, i);
      g_autofree char *code = ent_store_dup_code (cli->store, ent_graph_get_key (graph, node));

      cli_json_text (json, NULL, code);
    }
  cli_json_end (json);
  cli_json_end (json);
}

static void
print_communities (EntGraph             *graph,
                   const EntCommunities *found)
{
  for (guint i = 0; i < found->communities->len; i++)
    {
      const EntCommunity *one = g_ptr_array_index (found->communities, i);
      g_autofree char *name = ent_community_dup_name (one, graph);

      cli_print (_("%5u  %s (%'u links inside, %'u leave)"), one->n_nodes, name, one->n_inside, one->n_outside);
    }
}

gboolean
cli_graph_communities (Cli                    *cli,
                       EntGraph               *graph,
                       const CliGraphOptions  *options,
                       char                  **words,
                       GError                **error)
{
  g_autoptr (EntCommunities) found = ent_graph_find_communities (graph, cli->cancellable, error);
  g_autoptr (CliJson) json = cli_json_new ();

  if (found == NULL)
    return FALSE;
  if (!cli->json)
    {
      print_communities (graph, found);
      return TRUE;
    }
  cli_json_begin_object (json, NULL);
  cli_json_double (json, "modularity", found->modularity);
  cli_json_begin_array (json, "communities");
  for (guint i = 0; i < found->communities->len; i++)
    json_community (json, cli, graph, g_ptr_array_index (found->communities, i));
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

/* --- bridges ------------------------------------------------------------------------------------------ */

static void
json_cut_vertices (CliJson    *json,
                   Cli        *cli,
                   EntGraph   *graph,
                   GHashTable *refs,
                   GArray     *cuts,
                   guint       limit)
{
  cli_json_begin_array (json, "cut_vertices");
  for (guint i = 0; i < MIN (cuts->len, limit); i++)
    {
      const EntCutVertex *cut = &g_array_index (cuts, EntCutVertex, i);

      cli_json_begin_object (json, NULL);
      json_node (json, cli, graph, refs, cut->node);
      cli_json_int (json, "parts", cut->parts);
      cli_json_int (json, "cut_off", cut->cut_off);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
json_bridges (CliJson    *json,
              Cli        *cli,
              EntGraph   *graph,
              GHashTable *refs,
              GArray     *bridges,
              guint       limit)
{
  cli_json_begin_array (json, "bridges");
  for (guint i = 0; i < MIN (bridges->len, limit); i++)
    {
      const EntBridge *bridge = &g_array_index (bridges, EntBridge, i);
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[bridge->pair];

      cli_json_begin_object (json, NULL);
      cli_json_begin_object (json, "a");
      json_node (json, cli, graph, refs, pair->a);
      cli_json_end (json);
      cli_json_begin_object (json, "b");
      json_node (json, cli, graph, refs, pair->b);
      cli_json_end (json);
      cli_json_int (json, "cut_off", bridge->cut_off);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
print_bridges (EntGraph *graph,
               GArray   *cuts,
               GArray   *bridges,
               guint     limit)
{
  cli_print (_("%'u records hold parts of the ecosystem together alone:"), cuts->len);
  for (guint i = 0; i < MIN (cuts->len, limit); i++)
    {
      const EntCutVertex *cut = &g_array_index (cuts, EntCutVertex, i);

      cli_print (_("  %s: without it %'u records are cut off"), ent_graph_get_title (graph, cut->node), cut->cut_off);
    }
  cli_print (_("%'u links are the only way between two parts:"), bridges->len);
  for (guint i = 0; i < MIN (bridges->len, limit); i++)
    {
      const EntBridge *bridge = &g_array_index (bridges, EntBridge, i);
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[bridge->pair];

      cli_print (_("  %s – %s: %'u records on the smaller side"), ent_graph_get_title (graph, pair->a),
                 ent_graph_get_title (graph, pair->b), bridge->cut_off);
    }
}

gboolean
cli_graph_bridges (Cli                    *cli,
                   EntGraph               *graph,
                   const CliGraphOptions  *options,
                   char                  **words,
                   GError                **error)
{
  g_autoptr (GArray) cuts = ent_graph_get_cut_vertices (graph, cli->cancellable, error);
  g_autoptr (GArray) bridges = cuts != NULL ? ent_graph_get_bridges (graph, cli->cancellable, error) : NULL;
  guint limit = options->limit > 0 ? (guint) options->limit : cli->json ? G_MAXUINT : LINES_SHOWN;
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (GHashTable) refs = NULL;

  if (bridges == NULL)
    return FALSE;
  if (!cli->json)
    {
      print_bridges (graph, cuts, bridges, limit);
      return TRUE;
    }
  refs = load_refs (cli, graph);
  cli_json_begin_object (json, NULL);
  json_cut_vertices (json, cli, graph, refs, cuts, limit);
  json_bridges (json, cli, graph, refs, bridges, limit);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}
