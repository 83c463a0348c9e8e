/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "ecosystem/ent-graph-measures.h"

G_BEGIN_DECLS

/* The family "graph": cli-graph.c reads the words, these print. */

typedef struct
{
  char       *where;
  char       *at;
  char       *goal_name;
  EntPathGoal goal;
  int         limit; /* 0: not given */
  int         k;
} CliGraphOptions;

/** @words: the sub-command and what follows it. */
typedef gboolean (*CliGraphFunc) (Cli                    *cli,
                                  EntGraph               *graph,
                                  const CliGraphOptions  *options,
                                  char                  **words,
                                  GError                **error);

gboolean cli_graph_stats       (Cli *cli, EntGraph *graph, const CliGraphOptions *options, char **words, GError **error);
gboolean cli_graph_influence   (Cli *cli, EntGraph *graph, const CliGraphOptions *options, char **words, GError **error);
gboolean cli_graph_path        (Cli *cli, EntGraph *graph, const CliGraphOptions *options, char **words, GError **error);
gboolean cli_graph_communities (Cli *cli, EntGraph *graph, const CliGraphOptions *options, char **words, GError **error);
gboolean cli_graph_bridges     (Cli *cli, EntGraph *graph, const CliGraphOptions *options, char **words, GError **error);

G_END_DECLS
