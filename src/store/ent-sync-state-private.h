/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-sync-state.h"
#include "store/ent-transaction-private.h"

G_BEGIN_DECLS

/** The tables, for a migration. */
gboolean      ent_sync_create_tables (EntConnection *connection,
                                      GError       **error);
/** A statement with its parameters bound: of @types each letter is one argument, 's' a text (nullable, borrowed until the
 * step), 'i' a gint64. NULL on error. */
sqlite3_stmt *ent_sync_sql_bind          (EntConnection *connection,
                                      GError       **error,
                                      const char    *sql,
                                      const char    *types,
                                      ...);
/** The same, run. The transaction is kept. */
gboolean      ent_sync_sql_run           (EntTransaction *self,
                                      GError        **error,
                                      const char     *sql,
                                      const char     *types,
                                      ...);
char         *ent_sync_sql_dup_text      (sqlite3_stmt *statement,
                                      int           column);
/** Adds what @read makes of each row to an array that @free clears. (transfer full) */
GPtrArray    *ent_sync_sql_collect       (EntConnection *connection,
                                      sqlite3_stmt  *statement,
                                      gpointer     (*read) (sqlite3_stmt *statement),
                                      GDestroyNotify free,
                                      GError       **error);
/** The same with a reader of @store. */
GPtrArray    *ent_sync_sql_collect_all   (EntStore      *store,
                                      const char    *sql,
                                      gint64         argument,
                                      gpointer     (*read) (sqlite3_stmt *statement),
                                      GDestroyNotify free,
                                      GError       **error);

G_END_DECLS
