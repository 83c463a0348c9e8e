/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-history.h"

/* The journal read across records: how a field moved in all of them. The changes of a transaction are consecutive, so
 * that those since a moment are the end of the table. */

static const char sql[] =
  "SELECT change.key, txn.at, change.old, change.new FROM change JOIN txn ON txn.seq = change.txn"
  " WHERE change.seq >= (SELECT first FROM txn WHERE at >= ?1 ORDER BY at LIMIT 1)"
  " AND change.op = ?2 AND change.field = ?3 AND change.key & 63 = ?4 AND txn.kind = 0 AND txn.undone = 0"
  " ORDER BY change.seq";

static void
field_change_clear (gpointer data)
{
  EntFieldChange *self = data;

  ent_value_clear (&self->old_value);
  ent_value_clear (&self->new_value);
}

static void
add_change (GArray         *changes,
            const EntField *field,
            sqlite3_stmt   *statement)
{
  EntFieldChange change = { .field = field };
  g_auto (EntPacked) old_value = ENT_PACKED_INIT;
  g_auto (EntPacked) new_value = ENT_PACKED_INIT;

  change.key = sqlite3_column_int64 (statement, 0);
  change.at = sqlite3_column_int64 (statement, 1);
  ent_packed_read (&old_value, statement, 2);
  ent_packed_read (&new_value, statement, 3);
  ent_packed_get_value (&old_value, field, &change.old_value);
  ent_packed_get_value (&new_value, field, &change.new_value);
  g_array_append_val (changes, change);
}

static gboolean
read_field (EntConnection  *connection,
            const EntField *field,
            gint64          since,
            GArray         *changes,
            GError        **error)
{
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, since);
  sqlite3_bind_int (statement, 2, ENT_CHANGE_SET);
  ent_connection_bind_text (statement, 3, field->column);
  sqlite3_bind_int64 (statement, 4, field->type->info->number);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    add_change (changes, field, statement);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

GArray *
ent_store_get_field_changes (EntStore               *store,
                             const EntField * const *fields,
                             gsize                   n_fields,
                             gint64                  since,
                             GCancellable           *cancellable,
                             GError                **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (EntFieldChange));
  EntConnection *connection = ent_store_acquire_reader (store, error);
  gboolean done = connection != NULL;

  g_array_set_clear_func (changes, field_change_clear);
  if (connection == NULL)
    return NULL;
  ent_connection_set_cancellable (connection, cancellable);
  for (gsize i = 0; i < n_fields && done; i++)
    done = read_field (connection, fields[i], since, changes, error);
  ent_connection_set_cancellable (connection, NULL);
  ent_store_release_reader (store, connection);
  return done ? g_steal_pointer (&changes) : NULL;
}
