/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "sync/ent-sync-remote.h"

G_BEGIN_DECLS

typedef struct
{
  char    *user;
  char    *password_file;
  char    *take;
  gboolean create;
  gboolean all;
} SyncOptions;

/** The password of --password-file, NULL without it. FALSE with @error when it cannot be read. */
gboolean cli_sync_read_password (const SyncOptions  *options,
                                 char              **password,
                                 GError            **error);
/** "Acme (P-0042)" of a record, or the document's id when there is none. (transfer full) */
char    *cli_sync_dup_name      (Cli        *cli,
                                 EntKey      key,
                                 const char *id);

G_END_DECLS
