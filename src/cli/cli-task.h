/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/* Inside cli-task*.c. */

typedef struct
{
  char *until, *reason, *due, *about, *today;
  int   hours;
} TaskOptions;

/** The day of --today, else today. */
gboolean cli_task_get_today (const TaskOptions  *options,
                             gint64             *today,
                             GError            **error);
void     cli_task_json_key  (CliJson    *json,
                             Cli        *cli,
                             const char *name,
                             EntKey      key);
gboolean cli_task_attention (Cli         *cli,
                             char       **words,
                             TaskOptions *options,
                             GError     **error);

G_END_DECLS
