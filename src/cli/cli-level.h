/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-level.h"

G_BEGIN_DECLS

/** Options of "level", given to each of its commands. */
typedef struct
{
  char    *on;       /* DATE */
  char    *to;
  char    *reason;
  char    *program;
  char    *date, *subject, *title;
  char    *kind;
  char   **metrics;
  gboolean all;
  int      year;
  gint64   today;
} CliLevelOptions;

gboolean cli_level_list (Cli              *cli,
                          CliLevelOptions  *options,
                          char            **words,
                          GError          **error);
gboolean cli_level_check (Cli              *cli,
                          CliLevelOptions  *options,
                          char            **words,
                          GError          **error);
gboolean cli_level_use (Cli              *cli,
                          CliLevelOptions  *options,
                          char            **words,
                          GError          **error);
gboolean cli_level_replay   (Cli              *cli,
                             CliLevelOptions  *options,
                             char            **words,
                             GError          **error);
gboolean cli_level_benefits (Cli              *cli,
                             CliLevelOptions  *options,
                             char            **words,
                             GError          **error);
gboolean cli_level_approve  (Cli              *cli,
                             CliLevelOptions  *options,
                             char            **words,
                             GError          **error);

/** The partner of a REF word. */
gboolean cli_level_find     (Cli         *cli,
                             EntLevels   *levels,
                             const char  *ref,
                             guint       *partner,
                             GError     **error);
/** The ladder of --program, or the usual one. (nullable) with @error */
const EntLadder *cli_level_find_ladder (Cli              *cli,
                                        EntProgram       *program,
                                        const char       *ref,
                                        GError          **error);
/** Adds the member @name with ref:KEY or the short code; null of 0. */
void     cli_level_json_key (CliJson    *json,
                             Cli        *cli,
                             const char *name,
                             EntKey      key);
/** "upgrade", … */
const char *cli_level_proposal_name (EntProposalKind kind);

G_END_DECLS
