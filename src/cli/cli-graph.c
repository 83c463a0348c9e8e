/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "ecosystem/ent-graph-measures.h"
#include "ecosystem/ent-layout.h"
#include "ecosystem/ent-map-painter.h"

#define LINES_SHOWN  20
#define MAP_WIDTH    1600
#define MAP_HEIGHT   1000
#define INFLUENCE    (ENT_MEASURE_DEGREE | ENT_MEASURE_BETWEENNESS | ENT_MEASURE_PAGERANK | ENT_MEASURE_CLOSENESS | \
                      ENT_MEASURE_CORE | ENT_MEASURE_CUT | ENT_MEASURE_COMPONENT | ENT_MEASURE_INFLUENCE)

/* The members of "graph influence" in JSON. */
static const struct { EntMeasure measure; const char *name; gboolean whole; } measures_shown[] = {
  { ENT_MEASURE_INFLUENCE, "influence", FALSE },
  { ENT_MEASURE_DEGREE, "degree", TRUE },
  { ENT_MEASURE_BETWEENNESS, "betweenness", FALSE },
  { ENT_MEASURE_PAGERANK, "pagerank", FALSE },
  { ENT_MEASURE_CLOSENESS, "closeness", FALSE },
  { ENT_MEASURE_CORE, "core", TRUE },
  { ENT_MEASURE_CUT, "cut_vertex", TRUE },
  { ENT_MEASURE_COMPONENT, "component", TRUE },
};

typedef struct
{
  char *where;
  char *goal;
  int   limit;
  int   k;
} GraphOptions;

static void
graph_options_clear (GraphOptions *self)
{
  g_free (self->where);
  g_free (self->goal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GraphOptions, graph_options_clear)

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder,
            const char  *name,
            double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

/* Code, title and ref of a node. */
static void
add_node (Cli         *cli,
          JsonBuilder *builder,
          EntGraph    *graph,
          gint32       node)
{
  g_autoptr (EntRecord) record = ent_store_get (cli->store, ent_graph_get_key (graph, node), NULL);
  g_autofree char *code = ent_store_dup_code (cli->store, ent_graph_get_key (graph, node));

  add_text (builder, "code", code);
  add_text (builder, "title", ent_graph_get_title (graph, node));
  add_text (builder, "ref", record != NULL ? ent_record_get_text (record, "ref") : NULL);
}

/* --- stats -------------------------------------------------------------------------------------------- */

static gboolean
graph_stats (Cli                 *cli,
             EntGraph            *graph,
             const GraphOptions  *options,
             char               **words,
             GError             **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;
  EntGraphStats stats;

  if (!ent_graph_get_stats (graph, &stats, NULL, error))
    return FALSE;
  if (!cli->json)
    {
      text = ent_graph_stats_explain (&stats);
      cli_print ("%s", text);
      return TRUE;
    }
  json_builder_begin_object (builder);
  add_int (builder, "nodes", stats.nodes);
  add_int (builder, "links", stats.links);
  add_int (builder, "edges", stats.edges);
  add_int (builder, "components", stats.components);
  add_int (builder, "largest_component", stats.largest_component);
  add_int (builder, "cut_vertices", stats.cut_vertices);
  add_int (builder, "bridges", stats.bridges);
  add_double (builder, "density", stats.density);
  add_double (builder, "mean_degree", stats.mean_degree);
  add_double (builder, "transitivity", stats.transitivity);
  json_builder_end_object (builder);
  cli_print_builder (builder);
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
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      add_node (cli, builder, graph, order[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (measures_shown); j++)
        {
          double value = ent_graph_measures_get (measures, measures_shown[j].measure)[order[i]];

          if (measures_shown[j].whole)
            add_int (builder, measures_shown[j].name, (gint64) value);
          else
            add_double (builder, measures_shown[j].name, value);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  cli_print_builder (builder);
}

static gboolean
graph_influence (Cli                 *cli,
                 EntGraph            *graph,
                 const GraphOptions  *options,
                 char               **words,
                 GError             **error)
{
  g_autoptr (EntGraphMeasures) measures = ent_graph_measure (graph, INFLUENCE, NULL, error);
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
build_path (Cli           *cli,
            JsonBuilder   *builder,
            EntGraph      *graph,
            const EntPath *path)
{
  json_builder_begin_object (builder);
  add_int (builder, "hops", path->pairs->len);
  add_double (builder, "strength", path->strength);
  add_int (builder, "assumed", path->n_assumed);
  json_builder_set_member_name (builder, "nodes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < path->nodes->len; i++)
    {
      json_builder_begin_object (builder);
      add_node (cli, builder, graph, g_array_index (path->nodes, gint32, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
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

static gboolean
graph_path (Cli                 *cli,
            EntGraph            *graph,
            const GraphOptions  *options,
            char               **words,
            GError             **error)
{
  gint32 from = find_node (cli, graph, words[1], error);
  gint32 to = from >= 0 ? find_node (cli, graph, words[2], error) : -1;
  EntPathGoal goal = g_strcmp0 (options->goal, "strongest") == 0 ? ENT_PATH_STRONGEST : ENT_PATH_SHORTEST;
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (to < 0)
    return FALSE;
  paths = ent_graph_find_paths (graph, from, to, goal, (guint) MAX (options->k, 1), NULL, error);
  if (paths == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *text = ent_path_explain (g_ptr_array_index (paths, i), graph);

      build_path (cli, builder, graph, g_ptr_array_index (paths, i));
      if (!cli->json)
        cli_print ("%s", text);
    }
  json_builder_end_array (builder);
  if (cli->json)
    cli_print_builder (builder);
  return TRUE;
}

/* --- communities -------------------------------------------------------------------------------------- */

static void
build_communities (Cli                  *cli,
                   JsonBuilder          *builder,
                   EntGraph             *graph,
                   const EntCommunities *found)
{
  json_builder_begin_object (builder);
  add_double (builder, "modularity", found->modularity);
  json_builder_set_member_name (builder, "communities");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->communities->len; i++)
    {
      const EntCommunity *one = g_ptr_array_index (found->communities, i);
      g_autofree char *name = ent_community_dup_name (one, graph);

      json_builder_begin_object (builder);
      add_text (builder, "name", name);
      add_int (builder, "nodes", one->n_nodes);
      add_int (builder, "inside", one->n_inside);
      add_int (builder, "outside", one->n_outside);
      json_builder_set_member_name (builder, "members");
      json_builder_begin_array (builder);
      for (guint j = 0; j < one->nodes->len; j++)
        {
          g_autofree char *code =
            ent_store_dup_code (cli->store, ent_graph_get_key (graph, g_array_index (one->nodes, gint32, j)));

          json_builder_add_string_value (builder, code);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
graph_communities (Cli                 *cli,
                   EntGraph            *graph,
                   const GraphOptions  *options,
                   char               **words,
                   GError             **error)
{
  g_autoptr (EntCommunities) found = ent_graph_find_communities (graph, NULL, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (found == NULL)
    return FALSE;
  if (cli->json)
    {
      build_communities (cli, builder, graph, found);
      cli_print_builder (builder);
      return TRUE;
    }
  for (guint i = 0; i < found->communities->len; i++)
    {
      const EntCommunity *one = g_ptr_array_index (found->communities, i);
      g_autofree char *name = ent_community_dup_name (one, graph);

      cli_print (_("%5u  %s (%u links inside, %u leave)"), one->n_nodes, name, one->n_inside, one->n_outside);
    }
  return TRUE;
}

/* --- bridges ------------------------------------------------------------------------------------------ */

static void
build_cut_vertices (Cli         *cli,
                    JsonBuilder *builder,
                    EntGraph    *graph,
                    GArray      *cuts)
{
  json_builder_set_member_name (builder, "cut_vertices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cuts->len; i++)
    {
      const EntCutVertex *cut = &g_array_index (cuts, EntCutVertex, i);

      json_builder_begin_object (builder);
      add_node (cli, builder, graph, cut->node);
      add_int (builder, "parts", cut->parts);
      add_int (builder, "cut_off", cut->cut_off);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
build_bridges (JsonBuilder *builder,
               EntGraph    *graph,
               GArray      *bridges)
{
  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < bridges->len; i++)
    {
      const EntBridge *bridge = &g_array_index (bridges, EntBridge, i);
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[bridge->pair];

      json_builder_begin_object (builder);
      add_text (builder, "a", ent_graph_get_title (graph, pair->a));
      add_text (builder, "b", ent_graph_get_title (graph, pair->b));
      add_int (builder, "cut_off", bridge->cut_off);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_bridges (EntGraph *graph,
               GArray   *cuts,
               GArray   *bridges,
               guint     limit)
{
  cli_print (_("%u records hold parts of the ecosystem together alone:"), cuts->len);
  for (guint i = 0; i < MIN (cuts->len, limit); i++)
    {
      const EntCutVertex *cut = &g_array_index (cuts, EntCutVertex, i);

      cli_print (_("  %s: without it %u records are cut off"), ent_graph_get_title (graph, cut->node), cut->cut_off);
    }
  cli_print (_("%u links are the only way between two parts:"), bridges->len);
  for (guint i = 0; i < MIN (bridges->len, limit); i++)
    {
      const EntBridge *bridge = &g_array_index (bridges, EntBridge, i);
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[bridge->pair];

      cli_print (_("  %s – %s: %u records on the smaller side"), ent_graph_get_title (graph, pair->a),
                 ent_graph_get_title (graph, pair->b), bridge->cut_off);
    }
}

static gboolean
graph_bridges (Cli                 *cli,
               EntGraph            *graph,
               const GraphOptions  *options,
               char               **words,
               GError             **error)
{
  g_autoptr (GArray) cuts = ent_graph_get_cut_vertices (graph, NULL, error);
  g_autoptr (GArray) bridges = cuts != NULL ? ent_graph_get_bridges (graph, NULL, error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (bridges == NULL)
    return FALSE;
  if (!cli->json)
    {
      print_bridges (graph, cuts, bridges, options->limit > 0 ? (guint) options->limit : LINES_SHOWN);
      return TRUE;
    }
  json_builder_begin_object (builder);
  build_cut_vertices (cli, builder, graph, cuts);
  build_bridges (builder, graph, bridges);
  json_builder_end_object (builder);
  cli_print_builder (builder);
  return TRUE;
}

/* --- coverage ----------------------------------------------------------------------------------------- */

static void
print_coverage (const EntCoverage *coverage)
{
  g_autoptr (GString) line = g_string_new (ent_field_get_label (coverage->row_field));

  for (guint j = 0; j < coverage->column_labels->len; j++)
    g_string_append_printf (line, "\t%s", (char *) g_ptr_array_index (coverage->column_labels, j));
  cli_print ("%s", line->str);
  for (guint i = 0; i < coverage->row_labels->len; i++)
    {
      g_string_assign (line, g_ptr_array_index (coverage->row_labels, i));
      for (guint j = 0; j < coverage->column_labels->len; j++)
        {
          const EntCoverageCell *cell = ent_coverage_get (coverage, i, j);

          g_string_append_printf (line, "\t%u%s", cell->partners,
                                  cell->is_gap ? _(" gap") : cell->is_thin ? _(" thin") : "");
        }
      cli_print ("%s", line->str);
    }
}

static void
build_labels (JsonBuilder *builder,
              const char  *name,
              GPtrArray   *labels)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < labels->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (labels, i));
  json_builder_end_array (builder);
}

static void
build_coverage (JsonBuilder       *builder,
                const EntCoverage *coverage)
{
  json_builder_begin_object (builder);
  add_int (builder, "partners", coverage->n_partners);
  build_labels (builder, "rows", coverage->row_values);
  build_labels (builder, "columns", coverage->column_values);
  json_builder_set_member_name (builder, "cells");
  json_builder_begin_array (builder);
  for (guint i = 0; i < coverage->row_labels->len; i++)
    {
      json_builder_begin_array (builder);
      for (guint j = 0; j < coverage->column_labels->len; j++)
        {
          const EntCoverageCell *cell = ent_coverage_get (coverage, i, j);

          json_builder_begin_object (builder);
          add_int (builder, "partners", cell->partners);
          add_int (builder, "links", cell->links);
          add_int (builder, "strong", cell->strong);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
graph_coverage (Cli                 *cli,
                EntGraph            *graph,
                const GraphOptions  *options,
                char               **words,
                GError             **error)
{
  g_autoptr (EntCoverage) coverage =
    ent_coverage_new (cli->store, words[1], words[2], options->where, NULL, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (coverage == NULL)
    return FALSE;
  if (!cli->json)
    {
      print_coverage (coverage);
      return TRUE;
    }
  build_coverage (builder, coverage);
  cli_print_builder (builder);
  return TRUE;
}

/* --- The family --------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       n_words;
  gboolean  (*run) (Cli *cli, EntGraph *graph, const GraphOptions *options, char **words, GError **error);
} graph_commands[] = {
  { "stats", 1, graph_stats },
  { "influence", 1, graph_influence },
  { "path", 3, graph_path },
  { "communities", 1, graph_communities },
  { "bridges", 1, graph_bridges },
  { "coverage", 3, graph_coverage },
};

static gboolean
run_graph (Cli     *cli,
           int      argc,
           char   **argv,
           GError **error)
{
  g_auto (GraphOptions) options = { .k = 1 };
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING, &options.where, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options.limit, NULL, NULL },
    { "k", 0, 0, G_OPTION_ARG_INT, &options.k, NULL, NULL },
    { "goal", 0, 0, G_OPTION_ARG_STRING, &options.goal, NULL, NULL },
    { NULL },
  };
  const CliCommand *command = cli_find (cli_graph_commands, "graph");
  g_auto (GStrv) words = cli_parse (command, argc, argv, entries, 1, 3, error);
  g_autoptr (EntGraph) graph = NULL;

  if (words == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (graph_commands); i++)
    if (g_str_equal (words[0], graph_commands[i].name) && g_strv_length (words) == graph_commands[i].n_words)
      {
        EntGraphOptions graph_options = { .filter = options.where };

        if (!cli_open (cli, error) ||
            (graph = ent_graph_new_from_store (cli->store, &graph_options, NULL, error)) == NULL)
          return FALSE;
        return graph_commands[i].run (cli, graph, &options, words, error);
      }
  return cli_usage (error, _("usage: entente-cli %s %s"), command->name, command->arguments);
}

/* --- map ---------------------------------------------------------------------------------------------- */

static gboolean
read_size (const char  *text,
           int         *width,
           int         *height,
           GError     **error)
{
  if (text == NULL)
    return TRUE;
  if (sscanf (text, "%dx%d", width, height) == 2 && *width >= 64 && *height >= 64 &&
      *width <= 20000 && *height <= 20000)
    return TRUE;
  return cli_usage (error, _("“%s” is no size; write it as 1600x1000, from 64 to 20000"), text);
}

static gboolean
read_color (const char   *text,
            EntMapColor  *color,
            GError      **error)
{
  static const struct { const char *name; EntMapColor color; } names[] = {
    { "level", ENT_MAP_COLOR_LEVEL }, { "partner_type", ENT_MAP_COLOR_PARTNER_TYPE },
    { "lifecycle", ENT_MAP_COLOR_LIFECYCLE }, { "region", ENT_MAP_COLOR_REGION },
    { "type", ENT_MAP_COLOR_RECORD_TYPE }, { "community", ENT_MAP_COLOR_COMMUNITY },
  };

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, text))
      {
        *color = names[i].color;
        return TRUE;
      }
  return text == NULL ||
         cli_usage (error, _("the map is colored by level, partner_type, lifecycle, region, type or community, "
                             "not by “%s”"), text);
}

static gboolean
write_map (Cli              *cli,
           const char       *path,
           EntGraphOptions  *options,
           EntMapColor       color,
           int               width,
           int               height,
           GError          **error)
{
  g_autoptr (EntGraph) graph = ent_graph_new_from_store (cli->store, options, NULL, error);
  g_autoptr (EntGraphMeasures) measures = NULL;
  g_autoptr (EntLayout) layout = NULL;
  g_autoptr (EntMapPainter) painter = NULL;

  if (graph == NULL || (layout = ent_layout_restore (graph, cli->store, NULL, error)) == NULL)
    return FALSE;
  measures = ent_graph_measure (graph, ENT_MEASURE_DEGREE | ENT_MEASURE_INFLUENCE | ENT_MEASURE_COMMUNITY, NULL, error);
  if (measures == NULL)
    return FALSE;
  painter = ent_map_painter_new (layout, measures);
  ent_map_painter_set_color_by (painter, color);
  if (!ent_map_export (painter, path, width, height, error))
    return FALSE;
  if (cli->json)
    cli_print ("{\"nodes\": %u, \"edges\": %u}", ent_graph_get_n_nodes (graph), ent_graph_get_n_pairs (graph));
  else
    cli_print (_("Map of %u records and %u connections written to %s"), ent_graph_get_n_nodes (graph),
               ent_graph_get_n_pairs (graph), path);
  return TRUE;
}

static gboolean
run_map (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  g_autofree char *where = NULL, *size = NULL, *color_name = NULL, *at = NULL;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_STRING, &where, NULL, NULL },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, NULL, NULL },
    { "color", 0, 0, G_OPTION_ARG_STRING, &color_name, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_graph_commands, "map"), argc, argv, entries, 1, 1, error);
  EntGraphOptions options = { 0 };
  EntMapColor color = ENT_MAP_COLOR_LEVEL;
  int width = MAP_WIDTH, height = MAP_HEIGHT;

  if (words == NULL || !read_size (size, &width, &height, error) || !read_color (color_name, &color, error) ||
      (at != NULL && !cli_read_moment (at, &options.at, error)) || !cli_open (cli, error))
    return FALSE;
  options.filter = where;
  return write_map (cli, words[0], &options, color, width, height, error);
}

const CliCommand cli_graph_commands[] = {
  { "map", "FILE.png|svg|pdf [--where EXPR] [--size WxH] [--color F] [--at DATE]",
    N_("Draw the ecosystem"), run_map },
  { "graph", "stats | influence [--limit N] | path REF REF [--k N] [--goal shortest|strongest] | communities | "
             "bridges | coverage ROWS COLUMNS [--where EXPR]",
    N_("Analyse how the ecosystem is linked"), run_graph },
  { NULL },
};
