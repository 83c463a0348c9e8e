/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries: from memory columns when they can, else by SQL. */
#include "config.h"

#include "store/ent-columns-private.h"
#include "store/ent-query-private.h"

#define FEW_ROWS 1000

/* --- Asking --------------------------------------------------------------------------------------- */

gboolean
ent_ask_begin (EntAsk         *self,
               EntStore       *store,
               const EntQuery *query,
               GCancellable   *cancellable,
               GError        **error)
{
  memset (self, 0, sizeof *self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  self->store = store;
  self->query = query;
  self->connection = ent_store_acquire_reader (store, error);
  if (self->connection == NULL)
    return FALSE;
  ent_connection_set_cancellable (self->connection, cancellable);
  ent_filter_run_init (&self->run, store, self->connection);
  ent_words_init (&self->words, query->search != NULL ? query->search : "");
  self->has_words = !ent_words_is_empty (&self->words);
  return TRUE;
}

void
ent_ask_end (EntAsk *self)
{
  if (self->connection == NULL)
    return;
  ent_connection_set_cancellable (self->connection, NULL);
  ent_store_release_reader (self->store, g_steal_pointer (&self->connection));
  ent_filter_run_clear (&self->run);
  ent_words_clear (&self->words);
}

/* SQLite takes the index of titles for any question about live records, and then reads each record where it happens to
 * be: ten times as slow as all of them in order. The plus sign keeps it from that. */
gboolean
ent_ask_append_select (EntAsk     *self,
                       EntSql     *sql,
                       const char *columns,
                       gboolean    by_title,
                       GError    **error)
{
  const EntQuery *query = self->query;

  g_string_append_printf (sql->sql, "SELECT %s FROM %s AS t0 WHERE %st0.deleted_at %s", columns,
                          ent_sql_table (query->type), by_title ? "" : "+",
                          query->scope == ENT_SCOPE_BIN ? "> 0" : "IS NULL");
  if (query->filter != NULL && query->filter->root != NULL)
    {
      g_string_append (sql->sql, " AND (");
      ent_sql_append_node (sql, query->filter->root);
      g_string_append_c (sql->sql, ')');
    }
  if (!self->has_words)
    return TRUE;
  g_string_append (sql->sql, " AND ");
  return ent_search_append_sql (sql, self->connection, query->type, &self->words, error);
}

static gboolean
asks_for_all (const EntAsk *self)
{
  return (self->query->filter == NULL || self->query->filter->root == NULL) && !self->has_words;
}

/* --- Rows ----------------------------------------------------------------------------------------- */

static EntResult *
read_rows (EntAsk  *ask,
           EntSql  *sql,
           GError **error)
{
  sqlite3_stmt *statement = ent_sql_prepare (sql, ask->connection, error);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n_rows;
  int code;

  if (statement == NULL)
    return NULL;
  while ((code = ent_connection_step (ask->connection, statement, error)) == SQLITE_ROW)
    {
      guint32 row = (guint32) sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (code != SQLITE_DONE)
    return NULL;
  n_rows = rows->len;
  return ent_result_new (ask->query->type, (guint32 *) (gpointer) g_array_free (g_steal_pointer (&rows), FALSE),
                         n_rows);
}

static EntResult *
query_sql (EntAsk  *ask,
           gsize    limit,
           GError **error)
{
  g_auto (EntSql) sql = { 0 };
  gboolean descending;
  gboolean by_title = ent_query_is_by_title (ask->query, &descending) &&
                      (limit < G_MAXUINT32 || asks_for_all (ask));

  ent_sql_init (&sql, &ask->run);
  if (!ent_ask_append_select (ask, &sql, "t0.\"row\"", by_title, error))
    return NULL;
  ent_ask_append_order (ask, &sql);
  if (limit < G_MAXUINT32)
    {
      g_string_append (sql.sql, " LIMIT ");
      ent_sql_append_int (&sql, (gint64) limit);
    }
  return read_rows (ask, &sql, error);
}

static EntResult *
query (EntStore       *store,
       const EntQuery *query,
       gsize           limit,
       GCancellable   *cancellable,
       GError        **error)
{
  g_auto (EntAsk) ask = { 0 };
  EntSelection *selection;
  EntResult *result;
  gboolean descending;
  GError *local = NULL;

  if (!ent_ask_begin (&ask, store, query, cancellable, error))
    return NULL;
  /* The index of titles has the first rows sooner than a set of all of them is made. */
  if (limit <= FEW_ROWS && asks_for_all (&ask) && ent_query_is_by_title (query, &descending))
    return query_sql (&ask, limit, error);
  selection = ent_columns_select (&ask, TRUE, &local);
  if (selection == NULL && local == NULL)
    return query_sql (&ask, limit, error);
  if (selection == NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  result = ent_selection_get_rows (selection, limit);
  ent_selection_free (selection);
  return result;
}

EntResult *
ent_store_query (EntStore       *store,
                 const EntQuery *asked,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store) && asked != NULL && asked->type != NULL, NULL);

  return query (store, asked, G_MAXSIZE, cancellable, error);
}

EntResult *
ent_store_query_first (EntStore       *store,
                       const EntQuery *asked,
                       gsize           limit,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store) && asked != NULL && asked->type != NULL, NULL);

  return query (store, asked, limit, cancellable, error);
}

gint64
ent_store_count (EntStore       *store,
                 const EntQuery *asked,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_auto (EntAsk) ask = { 0 };
  g_auto (EntSql) sql = { 0 };
  EntSelection *selection;
  sqlite3_stmt *statement;
  GError *local = NULL;
  gint64 count = -1;

  g_return_val_if_fail (ENT_IS_STORE (store) && asked != NULL && asked->type != NULL, -1);

  if (!ent_ask_begin (&ask, store, asked, cancellable, error))
    return -1;
  selection = ent_columns_select (&ask, FALSE, &local);
  if (selection != NULL)
    {
      count = (gint64) ent_bits_count (&selection->bits);
      ent_selection_free (selection);
      return count;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return -1;
    }
  ent_sql_init (&sql, &ask.run);
  if (!ent_ask_append_select (&ask, &sql, "count(*)", asks_for_all (&ask), error))
    return -1;
  statement = ent_sql_prepare (&sql, ask.connection, error);
  if (statement != NULL && ent_connection_step (ask.connection, statement, error) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return count;
}
