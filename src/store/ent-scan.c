/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Many rows passing by, for rules that look at whole tables: one record for all of them. */
#include "config.h"

#include "store/ent-query-private.h"

typedef struct
{
  const EntRecordType *type;
  const guint         *fields;
  gsize                n_fields;
  EntScanFunc          func;
  gpointer             data;
} Scan;

/* The statement's first column is the row. */
static gboolean
read_rows (const Scan    *self,
           EntConnection *connection,
           sqlite3_stmt  *statement,
           EntRecord     *record,
           GError       **error)
{
  int code;

  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      int column = 1;

      ent_record_set_key (record, ent_key_make (self->type->info->number, sqlite3_column_int64 (statement, 0)));
      for (gsize i = 0; i < self->n_fields; i++)
        {
          g_auto (EntValue) value = ENT_VALUE_INIT;

          ent_sql_read_value (statement, &column, ent_record_type_get_nth (self->type, self->fields[i]), &value);
          ent_record_load (record, self->fields[i], &value);
        }
      self->func (record, self->data);
    }
  return code == SQLITE_DONE;
}

static char *
make_columns (const Scan *self)
{
  g_autoptr (GString) columns = g_string_new ("\"row\"");

  if (self->n_fields > 0)
    {
      g_string_append_c (columns, ',');
      ent_sql_append_columns (columns, self->type, self->fields, self->n_fields);
    }
  return g_string_free (g_steal_pointer (&columns), FALSE);
}

gboolean
ent_store_scan (EntStore       *self,
                const EntQuery *query,
                const guint    *fields,
                gsize           n_fields,
                EntScanFunc     func,
                gpointer        user_data,
                GCancellable   *cancellable,
                GError        **error)
{
  Scan scan = { query->type, fields, n_fields, func, user_data };
  g_autoptr (EntRecord) record = ent_record_new (query->type);
  g_autofree char *columns = make_columns (&scan);
  g_auto (EntAsk) ask = { 0 };
  g_auto (EntSql) sql = { 0 };
  sqlite3_stmt *statement;
  gboolean done;

  if (!ent_ask_begin (&ask, self, query, cancellable, error))
    return FALSE;
  ent_sql_init (&sql, &ask.run);
  if (!ent_ask_append_select (&ask, &sql, columns, FALSE, error))
    return FALSE;
  g_string_append (sql.sql, " ORDER BY t0.\"row\"");
  statement = ent_sql_prepare (&sql, ask.connection, error);
  if (statement == NULL)
    return FALSE;
  done = read_rows (&scan, ask.connection, statement, record, error);
  sqlite3_reset (statement);
  return done;
}

static gboolean
scan_each (const Scan    *self,
           EntConnection *connection,
           const char    *where,
           const EntKey  *keys,
           gsize          n_keys,
           GError       **error)
{
  g_autoptr (EntRecord) record = ent_record_new (self->type);
  g_autofree char *columns = make_columns (self);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s %s", columns, ent_sql_table (self->type), where);
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  for (gsize i = 0; i < n_keys && statement != NULL; i++)
    {
      sqlite3_bind_int64 (statement, 1, keys[i]);
      if (!read_rows (self, connection, statement, record, error))
        return FALSE;
      sqlite3_reset (statement);
    }
  return statement != NULL;
}

gboolean
ent_store_scan_referrers (EntStore       *self,
                          const EntField *field,
                          const EntKey   *keys,
                          gsize           n_keys,
                          const guint    *fields,
                          gsize           n_fields,
                          EntScanFunc     func,
                          gpointer        user_data,
                          GCancellable   *cancellable,
                          GError        **error)
{
  Scan scan = { field->type, fields, n_fields, func, user_data };
  g_autofree char *where = NULL;
  EntConnection *connection;
  gboolean done;

  g_return_val_if_fail (field->info.type == ENT_FIELD_REF && !ent_field_is_many (field), FALSE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      (connection = ent_store_acquire_reader (self, error)) == NULL)
    return FALSE;
  where = g_strdup_printf ("WHERE \"%s\" = ?1 AND deleted_at IS NULL ORDER BY \"row\"", field->column);
  ent_connection_set_cancellable (connection, cancellable);
  /* Not in one read transaction: right after a large import the index is still being built, and a snapshot from before
   * would never see it. */
  done = scan_each (&scan, connection, where, keys, n_keys, error);
  ent_connection_set_cancellable (connection, NULL);
  ent_store_release_reader (self, connection);
  return done;
}
