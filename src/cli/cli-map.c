/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "ecosystem/ent-graph-measures.h"
#include "ecosystem/ent-layout.h"
#include "ecosystem/ent-map-painter.h"

#define MAP_WIDTH  1600
#define MAP_HEIGHT 1000
#define MAP_LEAST  64
#define MAP_MOST   20000

typedef struct
{
  EntGraphOptions graph;
  EntMapColor     color;
  int             width;
  int             height;
} MapOptions;

static gboolean
read_size (const char  *text,
           MapOptions  *options,
           GError     **error)
{
  char rest;

  options->width = MAP_WIDTH;
  options->height = MAP_HEIGHT;
  if (text == NULL)
    return TRUE;
  if (sscanf (text, "%6dx%6d%c", &options->width, &options->height, &rest) == 2 &&
      options->width >= MAP_LEAST && options->height >= MAP_LEAST &&
      options->width <= MAP_MOST && options->height <= MAP_MOST)
    return TRUE;
  return cli_usage (error, _("“%s” is no size; write it as 1600x1000, from %d to %d"), text, MAP_LEAST, MAP_MOST);
}

static gboolean
read_color (const char  *text,
            MapOptions  *options,
            GError     **error)
{
  static const struct { const char *name; EntMapColor color; } names[] = {
    { "level", ENT_MAP_COLOR_LEVEL }, { "partner_type", ENT_MAP_COLOR_PARTNER_TYPE },
    { "lifecycle", ENT_MAP_COLOR_LIFECYCLE }, { "region", ENT_MAP_COLOR_REGION },
    { "type", ENT_MAP_COLOR_RECORD_TYPE }, { "community", ENT_MAP_COLOR_COMMUNITY },
  };

  options->color = ENT_MAP_COLOR_LEVEL;
  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, text))
      {
        options->color = names[i].color;
        return TRUE;
      }
  return text == NULL ||
         cli_usage (error, _("the map is colored by level, partner_type, lifecycle, region, type or community, "
                             "not by “%s”"), text);
}

static gboolean
check_ending (const char  *path,
              GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".png") || g_str_has_suffix (lower, ".svg") || g_str_has_suffix (lower, ".pdf") ||
         cli_usage (error, _("the name of “%s” must end in .png, .svg or .pdf"), path);
}

static gboolean
paint (Cli               *cli,
       EntGraph          *graph,
       const char        *path,
       const MapOptions  *options,
       GError           **error)
{
  g_autoptr (EntGraphMeasures) measures = NULL;
  g_autoptr (EntLayout) layout = ent_layout_restore (graph, cli->store, cli->cancellable, error);
  g_autoptr (EntMapPainter) painter = NULL;

  if (layout == NULL)
    return FALSE;
  measures = ent_graph_measure (graph, ENT_MEASURE_DEGREE | ENT_MEASURE_INFLUENCE | ENT_MEASURE_COMMUNITY,
                                cli->cancellable, error);
  if (measures == NULL)
    return FALSE;
  painter = ent_map_painter_new (layout, measures);
  ent_map_painter_set_color_by (painter, options->color);
  return ent_map_export (painter, path, options->width, options->height, error);
}

static gboolean
write_map (Cli               *cli,
           const char        *path,
           const MapOptions  *options,
           GError           **error)
{
  g_autoptr (EntGraph) graph = ent_graph_new_from_store (cli->store, &options->graph, cli->cancellable, error);
  guint n_nodes, n_pairs;

  if (graph == NULL || !paint (cli, graph, path, options, error))
    return FALSE;
  n_nodes = ent_graph_get_n_nodes (graph);
  n_pairs = ent_graph_get_n_pairs (graph);
  if (cli->json)
    cli_print ("{\"nodes\": %u, \"edges\": %u}", n_nodes, n_pairs);
  else
    cli_print (_("Map of %'u records and %'u connections written to %s"), n_nodes, n_pairs, path);
  return TRUE;
}

static gboolean
run_map (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  g_autofree char *where = NULL, *size = NULL, *color = NULL, *at = NULL;
  const GOptionEntry entries[] = {
    CLI_TEXT ("where", &where, "EXPR", N_("Only organizations that fit, and what is linked to them")),
    CLI_TEXT ("size", &size, "WxH", N_("Size in pixels, or points of SVG and PDF (default 1600x1000)")),
    CLI_TEXT ("color", &color, "F", N_("Color by level, partner_type, lifecycle, region, type or community")),
    CLI_TEXT ("at", &at, "DATE", N_("The ecosystem as it was at the end of that day, or at that moment")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 1, error);
  MapOptions options = { { 0 } };

  if (words == NULL || !check_ending (words[0], error) || !read_size (size, &options, error) ||
      !read_color (color, &options, error) || (at != NULL && !cli_read_moment (at, &options.graph.at, error)) ||
      !cli_open_to_read (cli, error))
    return FALSE;
  options.graph.filter = where;
  return write_map (cli, words[0], &options, error);
}

const CliCommand cli_graph_commands[] = {
  { "map", "FILE.png|svg|pdf [--where EXPR] [--size WxH] [--color F] [--at DATE]", N_("Draw the ecosystem"), run_map,
    0 },
  { "graph", "stats | influence | path REF REF [--k N] [--goal GOAL] | communities | bridges | "
             "coverage ROWS COLUMNS  [--where EXPR] [--at DATE] [--limit N]",
    N_("Analyze how the ecosystem is linked"), cli_run_graph, 0 },
  { NULL },
};
