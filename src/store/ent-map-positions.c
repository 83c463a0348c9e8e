/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-map-positions.h"

#include "store/ent-store-private.h"

GArray *
ent_store_load_map_positions (EntStore      *store,
                              GCancellable  *cancellable,
                              GError       **error)
{
  EntConnection *connection = ent_store_acquire_reader (store, error);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (EntMapPosition));
  sqlite3_stmt *statement;
  int code = SQLITE_ERROR;

  if (connection == NULL)
    return NULL;
  ent_connection_set_cancellable (connection, cancellable);
  statement = ent_connection_prepare (connection, "SELECT key, x, y FROM map_position ORDER BY key", error);
  while (statement != NULL && (code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntMapPosition position = { sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1),
                                  sqlite3_column_int (statement, 2) };

      g_array_append_val (positions, position);
    }
  ent_connection_set_cancellable (connection, NULL);
  ent_store_release_reader (store, connection);
  return code == SQLITE_DONE ? g_steal_pointer (&positions) : NULL;
}

typedef struct
{
  const EntMapPosition *positions;
  gsize                 n_positions;
  gboolean              replace;
} Job;

static gboolean
write_positions (EntStore      *store,
                 EntConnection *connection,
                 gpointer       data,
                 GError       **error)
{
  const Job *job = data;
  sqlite3_stmt *statement;

  if (job->replace && !ent_connection_exec (connection, "DELETE FROM map_position", error))
    return FALSE;
  statement = ent_connection_prepare (connection, "INSERT OR REPLACE INTO map_position VALUES (?1, ?2, ?3)", error);
  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; i < job->n_positions; i++)
    {
      sqlite3_bind_int64 (statement, 1, job->positions[i].key);
      sqlite3_bind_int (statement, 2, job->positions[i].x);
      sqlite3_bind_int (statement, 3, job->positions[i].y);
      if (ent_connection_step (connection, statement, error) != SQLITE_DONE)
        return FALSE;
      sqlite3_reset (statement);
    }
  return TRUE;
}

gboolean
ent_store_save_map_positions (EntStore              *store,
                              const EntMapPosition  *positions,
                              gsize                  n_positions,
                              gboolean               replace,
                              GError               **error)
{
  Job job = { positions, n_positions, replace };

  return ent_store_write_aside (store, write_positions, &job, error);
}
