/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-sync-state-private.h"

#include <stdarg.h>

/* sync_doc.stamp: 0 when the remote has all of the document; otherwise a number that grows, the order of the outbox. sync_need: document `id` waits for `target`. */
static const char tables_sql[] =
  "CREATE TABLE sync_doc (id TEXT PRIMARY KEY, key INTEGER NOT NULL, stamp INTEGER NOT NULL, seq INTEGER NOT NULL,"
  "  state INTEGER NOT NULL, tree BLOB NOT NULL, extra TEXT, message TEXT) STRICT, WITHOUT ROWID;"
  "CREATE INDEX sync_doc__key ON sync_doc (key) WHERE key <> 0;"
  "CREATE INDEX sync_doc__stamp ON sync_doc (stamp) WHERE stamp <> 0;"
  "CREATE INDEX sync_doc__state ON sync_doc (state) WHERE state <> 0;"
  "CREATE TABLE sync_leaf (id TEXT NOT NULL, rev TEXT NOT NULL, body TEXT NOT NULL,"
  "  PRIMARY KEY (id, rev)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE sync_need (target TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (target, id)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE sync_clash (number INTEGER PRIMARY KEY, id TEXT NOT NULL, key INTEGER NOT NULL, rev TEXT NOT NULL,"
  "  \"group\" TEXT NOT NULL, base TEXT, shown TEXT NOT NULL, other TEXT NOT NULL, shown_by TEXT, other_by TEXT,"
  "  at INTEGER NOT NULL, settled_at INTEGER NOT NULL DEFAULT 0, settled TEXT) STRICT;"
  "CREATE UNIQUE INDEX sync_clash__open ON sync_clash (id, rev, \"group\") WHERE settled_at = 0;"
  "CREATE TABLE sync_remote (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE, url TEXT NOT NULL,"
  "  user TEXT, state TEXT NOT NULL) STRICT;"
  "CREATE TABLE sync_event (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, id TEXT, key INTEGER NOT NULL,"
  "  what TEXT NOT NULL, detail TEXT) STRICT;";

gboolean
ent_sync_create_tables (EntConnection *connection,
                        GError       **error)
{
  return ent_connection_exec (connection, tables_sql, error);
}

/* --- Statements ------------------------------------------------------------------------------------------------------- */

static sqlite3_stmt *
bind (EntConnection *connection,
      GError       **error,
      const char    *sql,
      const char    *types,
      va_list        arguments)
{
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  for (int i = 0; statement != NULL && types[i] != '\0'; i++)
    if (types[i] == 's')
      ent_connection_bind_text (statement, i + 1, va_arg (arguments, const char *));
    else
      sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
  return statement;
}

sqlite3_stmt *
ent_sync_sql_bind (EntConnection *connection,
               GError       **error,
               const char    *sql,
               const char    *types,
               ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = bind (connection, error, sql, types, arguments);
  va_end (arguments);
  return statement;
}

gboolean
ent_sync_sql_run (EntTransaction *self,
              GError        **error,
              const char     *sql,
              const char     *types,
              ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = bind (self->connection, error, sql, types, arguments);
  va_end (arguments);
  self->is_kept = TRUE;
  return statement != NULL && ent_transaction_step (self, statement, error);
}

char *
ent_sync_sql_dup_text (sqlite3_stmt *statement,
                   int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

GPtrArray *
ent_sync_sql_collect (EntConnection *connection,
                  sqlite3_stmt  *statement,
                  gpointer     (*read) (sqlite3_stmt *statement),
                  GDestroyNotify free,
                  GError       **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free);
  int code = SQLITE_ERROR;

  while (statement != NULL && (code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (items, read (statement));
  return code == SQLITE_DONE ? g_steal_pointer (&items) : NULL;
}

GPtrArray *
ent_sync_sql_collect_all (EntStore      *store,
                      const char    *sql,
                      gint64         argument,
                      gpointer     (*read) (sqlite3_stmt *statement),
                      GDestroyNotify free,
                      GError       **error)
{
  EntConnection *connection = ent_store_acquire_reader (store, error);
  GPtrArray *items;

  if (connection == NULL)
    return NULL;
  items = ent_sync_sql_collect (connection, ent_sync_sql_bind (connection, error, sql, "i", argument), read, free, error);
  ent_store_release_reader (store, connection);
  return items;
}

/* --- Documents -------------------------------------------------------------------------------------------------------- */

#define DOC_COLUMNS "id, key, stamp, seq, state, tree, extra, message"
#define UNTOLD_SQL  "SELECT " DOC_COLUMNS " FROM sync_doc WHERE stamp <> 0 ORDER BY stamp LIMIT ?1"

EntSyncDoc *
ent_sync_doc_new (const char *id)
{
  EntSyncDoc *self = g_new0 (EntSyncDoc, 1);

  self->id = g_strdup (id);
  return self;
}

void
ent_sync_doc_free (EntSyncDoc *self)
{
  g_clear_pointer (&self->tree, g_bytes_unref);
  g_free (self->id);
  g_free (self->extra);
  g_free (self->message);
  g_free (self);
}

static gpointer
read_doc (sqlite3_stmt *statement)
{
  EntSyncDoc *doc = g_new0 (EntSyncDoc, 1);

  doc->id = ent_sync_sql_dup_text (statement, 0);
  doc->key = sqlite3_column_int64 (statement, 1);
  doc->is_told = sqlite3_column_int64 (statement, 2) == 0;
  doc->seq = sqlite3_column_int64 (statement, 3);
  doc->state = (EntSyncDocState) sqlite3_column_int (statement, 4);
  doc->tree = g_bytes_new (sqlite3_column_blob (statement, 5), (gsize) sqlite3_column_bytes (statement, 5));
  doc->extra = ent_sync_sql_dup_text (statement, 6);
  doc->message = ent_sync_sql_dup_text (statement, 7);
  return doc;
}

static EntSyncDoc *
read_one (EntTransaction *self,
          sqlite3_stmt   *statement,
          GError        **error)
{
  EntSyncDoc *doc = NULL;

  if (statement != NULL && ent_connection_step (self->connection, statement, error) == SQLITE_ROW)
    doc = read_doc (statement);
  if (statement != NULL)
    sqlite3_reset (statement);
  return doc;
}

EntSyncDoc *
ent_transaction_get_sync_doc (EntTransaction *self,
                              const char     *id,
                              GError        **error)
{
  static const char sql[] = "SELECT " DOC_COLUMNS " FROM sync_doc WHERE id = ?1";

  return read_one (self, ent_sync_sql_bind (self->connection, error, sql, "s", id), error);
}

EntSyncDoc *
ent_transaction_get_sync_doc_of (EntTransaction *self,
                                 EntKey          key,
                                 GError        **error)
{
  static const char sql[] = "SELECT " DOC_COLUMNS " FROM sync_doc WHERE key = ?1 AND key <> 0";

  return read_one (self, ent_sync_sql_bind (self->connection, error, sql, "i", key), error);
}

gboolean
ent_transaction_put_sync_doc (EntTransaction *self,
                              EntSyncDoc     *doc,
                              GError        **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO sync_doc VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
  sqlite3_stmt *statement;
  gconstpointer bytes;
  gsize size;
  gint64 stamp = -1;

  if (!doc->is_told &&
      !ent_read_int (self->connection, "SELECT ifnull(max(stamp), 0) FROM sync_doc WHERE stamp <> 0", 0, &stamp, error))
    return FALSE;
  statement = ent_sync_sql_bind (self->connection, error, sql, "siiii", doc->id, doc->key, stamp + 1, doc->seq,
                             (gint64) doc->state);
  if (statement == NULL)
    return FALSE;
  bytes = g_bytes_get_data (doc->tree, &size);
  sqlite3_bind_blob64 (statement, 6, bytes, size, SQLITE_STATIC);
  ent_connection_bind_text (statement, 7, doc->extra);
  ent_connection_bind_text (statement, 8, doc->message);
  self->is_kept = TRUE;
  return ent_transaction_step (self, statement, error);
}

GPtrArray *
ent_transaction_get_untold_sync_docs (EntTransaction *self,
                                      guint           limit,
                                      GError        **error)
{
  sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, UNTOLD_SQL, "i", (gint64) limit);

  return ent_sync_sql_collect (self->connection, statement, read_doc, (GDestroyNotify) ent_sync_doc_free, error);
}

GPtrArray *
ent_store_get_untold_sync_docs (EntStore *store,
                                GError  **error)
{
  return ent_sync_sql_collect_all (store, UNTOLD_SQL, -1, read_doc, (GDestroyNotify) ent_sync_doc_free, error);
}

gboolean
ent_transaction_untell_sync_docs (EntTransaction *self,
                                  GError        **error)
{
  return ent_sync_sql_run (self, error, "UPDATE sync_doc SET stamp = 1 WHERE stamp = 0", "");
}

GPtrArray *
ent_store_get_sync_docs (EntStore        *store,
                         EntSyncDocState  state,
                         GError         **error)
{
  return ent_sync_sql_collect_all (store, "SELECT " DOC_COLUMNS " FROM sync_doc WHERE state = ?1 AND state <> 0 ORDER BY id",
                               state, read_doc, (GDestroyNotify) ent_sync_doc_free, error);
}

/* --- Leaves that are not shown, and what waits -------------------------------------------------------------------------- */

gboolean
ent_transaction_put_sync_leaf (EntTransaction *self,
                               const char     *id,
                               const char     *rev,
                               const char     *body,
                               GError        **error)
{
  if (body == NULL)
    return ent_sync_sql_run (self, error, "DELETE FROM sync_leaf WHERE id = ?1 AND rev = ?2", "ss", id, rev);
  return ent_sync_sql_run (self, error, "INSERT OR REPLACE INTO sync_leaf VALUES (?1, ?2, ?3)", "sss", id, rev, body);
}

/* The first column of the first row. (transfer full) (nullable) */
static char *
read_text (EntTransaction *self,
           sqlite3_stmt   *statement,
           GError        **error)
{
  char *text = NULL;

  if (statement != NULL && ent_connection_step (self->connection, statement, error) == SQLITE_ROW)
    text = ent_sync_sql_dup_text (statement, 0);
  if (statement != NULL)
    sqlite3_reset (statement);
  return text;
}

char *
ent_transaction_get_sync_leaf (EntTransaction *self,
                               const char     *id,
                               const char     *rev,
                               GError        **error)
{
  static const char sql[] = "SELECT body FROM sync_leaf WHERE id = ?1 AND rev = ?2";

  return read_text (self, ent_sync_sql_bind (self->connection, error, sql, "ss", id, rev), error);
}

gboolean
ent_transaction_add_sync_need (EntTransaction *self,
                               const char     *id,
                               const char     *target,
                               GError        **error)
{
  return ent_sync_sql_run (self, error, "INSERT OR IGNORE INTO sync_need VALUES (?1, ?2)", "ss", target, id);
}

static gpointer
read_id (sqlite3_stmt *statement)
{
  return ent_sync_sql_dup_text (statement, 0);
}

char **
ent_transaction_take_sync_needs (EntTransaction *self,
                                 const char     *target,
                                 GError        **error)
{
  static const char sql[] = "SELECT id FROM sync_need WHERE target = ?1";
  sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, sql, "s", target);
  GPtrArray *ids = ent_sync_sql_collect (self->connection, statement, read_id, g_free, error);

  if (ids == NULL)
    return NULL;
  if (ids->len > 0 && !ent_sync_sql_run (self, error, "DELETE FROM sync_need WHERE target = ?1", "s", target))
    {
      g_ptr_array_unref (ids);
      return NULL;
    }
  g_ptr_array_set_free_func (ids, NULL);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}
