/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-graph.h"

#include <glib/gi18n.h>

static void
graph_options_clear (CliGraphOptions *self)
{
  g_free (self->where);
  g_free (self->at);
  g_free (self->goal_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliGraphOptions, graph_options_clear)

/* --- coverage: counted from organizations, without the graph ------------------------------------------- */

static void
print_coverage (const EntCoverage *coverage)
{
  g_autoptr (CliTable) table = cli_table_new ();

  cli_table_add (table, ent_field_get_label (coverage->row_field));
  for (guint j = 0; j < coverage->column_labels->len; j++)
    cli_table_add_number (table, g_ptr_array_index (coverage->column_labels, j));
  cli_table_end_row (table);
  for (guint i = 0; i < coverage->row_labels->len; i++)
    {
      cli_table_add (table, g_ptr_array_index (coverage->row_labels, i));
      for (guint j = 0; j < coverage->column_labels->len; j++)
        {
          const EntCoverageCell *cell = ent_coverage_get (coverage, i, j);
          g_autofree char *text = g_strdup_printf ("%u%s", cell->partners,
                                                   cell->is_gap ? _(" gap") : cell->is_thin ? _(" thin") : "");

          cli_table_add_number (table, text);
        }
      cli_table_end_row (table);
    }
}

static void
json_labels (CliJson    *json,
             const char *name,
             GPtrArray  *labels)
{
  cli_json_begin_array (json, name);
  for (guint i = 0; i < labels->len; i++)
    cli_json_text (json, NULL, g_ptr_array_index (labels, i));
  cli_json_end (json);
}

static void
json_cell (CliJson               *json,
           const EntCoverageCell *cell)
{
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "partners", cell->partners);
  cli_json_int (json, "links", cell->links);
  cli_json_int (json, "strong", cell->strong);
  cli_json_bool (json, "gap", cell->is_gap);
  cli_json_bool (json, "thin", cell->is_thin);
  cli_json_end (json);
}

static void
print_coverage_json (const EntCoverage *coverage)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "partners", coverage->n_partners);
  json_labels (json, "rows", coverage->row_values);
  json_labels (json, "columns", coverage->column_values);
  cli_json_begin_array (json, "cells");
  for (guint i = 0; i < coverage->row_labels->len; i++)
    {
      cli_json_begin_array (json, NULL);
      for (guint j = 0; j < coverage->column_labels->len; j++)
        json_cell (json, ent_coverage_get (coverage, i, j));
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
}

static gboolean
graph_coverage (Cli                    *cli,
                EntGraph               *graph,
                const CliGraphOptions  *options,
                char                  **words,
                GError                **error)
{
  g_autoptr (EntCoverage) coverage =
    ent_coverage_new (cli->store, words[1], words[2], options->where, cli->cancellable, error);

  if (coverage == NULL)
    return FALSE;
  if (cli->json)
    print_coverage_json (coverage);
  else
    print_coverage (coverage);
  return TRUE;
}

/* --- The family --------------------------------------------------------------------------------------- */

static const struct
{
  const char  *name;
  guint        n_words;
  gboolean     needs_graph;
  CliGraphFunc run;
} graph_commands[] = {
  { "stats", 1, TRUE, cli_graph_stats },
  { "influence", 1, TRUE, cli_graph_influence },
  { "path", 3, TRUE, cli_graph_path },
  { "communities", 1, TRUE, cli_graph_communities },
  { "bridges", 1, TRUE, cli_graph_bridges },
  { "coverage", 3, FALSE, graph_coverage },
};

static gboolean
check_options (CliGraphOptions  *options,
               gint64           *at,
               GError          **error)
{
  if (g_strcmp0 (options->goal_name, "strongest") == 0)
    options->goal = ENT_PATH_STRONGEST;
  else if (options->goal_name != NULL && !g_str_equal (options->goal_name, "shortest"))
    return cli_usage (error, _("“%s” is no goal; write shortest or strongest"), options->goal_name);
  return cli_check_int ("k", options->k, 1, error) && cli_check_int ("limit", options->limit, 0, error) &&
         (options->at == NULL || cli_read_moment (options->at, at, error));
}

static gboolean
run_one (Cli                    *cli,
         gsize                   index,
         const CliGraphOptions  *options,
         gint64                  at,
         char                  **words,
         GError                **error)
{
  const EntGraphOptions graph_options = { .filter = options->where, .at = at };
  g_autoptr (EntGraph) graph = NULL;

  if (!cli_open_to_read (cli, error))
    return FALSE;
  if (graph_commands[index].needs_graph &&
      (graph = ent_graph_new_from_store (cli->store, &graph_options, cli->cancellable, error)) == NULL)
    return FALSE;
  return graph_commands[index].run (cli, graph, options, words, error);
}

gboolean
cli_run_graph (Cli     *cli,
               int      argc,
               char   **argv,
               GError **error)
{
  g_auto (CliGraphOptions) options = { .k = 1 };
  const GOptionEntry entries[] = {
    CLI_TEXT ("where", &options.where, "EXPR", N_("Only organizations that fit, and what is linked to them")),
    CLI_TEXT ("at", &options.at, "DATE", N_("As it was at the end of that day, or at that moment")),
    CLI_INT ("limit", &options.limit, "N", N_("influence, bridges: at most so many")),
    CLI_INT ("k", &options.k, "N", N_("path: the best N ways (default 1)")),
    CLI_TEXT ("goal", &options.goal_name, "shortest|strongest", N_("path: what is best (default shortest)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);
  gint64 at = 0;

  if (words == NULL || !check_options (&options, &at, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (graph_commands); i++)
    if (g_str_equal (words[0], graph_commands[i].name) && g_strv_length (words) == graph_commands[i].n_words)
      return run_one (cli, i, &options, at, words, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}
