/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-history.h"
#include "store/ent-sync-state-private.h"

#include <string.h>

/* The journal as sync reads it. */

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const EntOutboxLine *x = a, *y = b;

  return x->key < y->key ? -1 : x->key > y->key;
}

/* Lines come by key, those of runs among them; the latest of equal keys stays. */
static void
merge_equal (GArray *lines)
{
  guint n = 0;

  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    {
      EntOutboxLine *line = &g_array_index (lines, EntOutboxLine, i);
      EntOutboxLine *last = n > 0 ? &g_array_index (lines, EntOutboxLine, n - 1) : NULL;

      if (last != NULL && last->key == line->key)
        last->seq = MAX (last->seq, line->seq);
      else
        g_array_index (lines, EntOutboxLine, n++) = *line;
    }
  g_array_set_size (lines, n);
}

GArray *
ent_transaction_get_outbox (EntTransaction *self,
                            gint64          after,
                            GError        **error)
{
  static const char sql[] =
    "SELECT key, upto, max(txn) FROM change WHERE seq >= (SELECT min(first) FROM txn WHERE seq > ?1) AND key <> 0"
    " GROUP BY key, upto";
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (EntOutboxLine));
  sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, sql, "i", after);
  int code = SQLITE_ERROR;

  while (statement != NULL && (code = ent_connection_step (self->connection, statement, error)) == SQLITE_ROW)
    {
      EntOutboxLine line = { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 2) };
      EntKey last = MAX (sqlite3_column_int64 (statement, 1), line.key);

      for (; line.key <= last; line.key += ENT_KEY_MAX_TYPES)
        g_array_append_val (lines, line);
    }
  if (code != SQLITE_DONE)
    return NULL;
  merge_equal (lines);
  return g_steal_pointer (&lines);
}

gint64
ent_transaction_get_sync_mark (EntTransaction *self,
                               GError        **error)
{
  gint64 seq;

  return ent_read_int (self->connection, "SELECT CAST (value AS INTEGER) FROM setting WHERE name = 'sync_mark'", 0, &seq, error)
             ? seq
             : -1;
}

gboolean
ent_transaction_set_sync_mark (EntTransaction *self,
                               gint64          seq,
                               GError        **error)
{
  return ent_sync_sql_run (self, error, "INSERT OR REPLACE INTO setting VALUES ('sync_mark', CAST (?1 AS TEXT))", "i", seq);
}

gint64
ent_transaction_get_seq (EntTransaction *self)
{
  return self->seq;
}

void
ent_transaction_keep (EntTransaction *self)
{
  self->is_kept = TRUE;
}

EntRecord *
ent_transaction_get_as_of (EntTransaction *self,
                           EntKey          key,
                           gint64          seq,
                           GError        **error)
{
  g_autoptr (EntRecord) record = ent_read_record (self->connection, self->schema, key, error);
  gboolean existed;

  if (record == NULL || !ent_history_rewind (self->connection, record, seq, &existed, error) || !existed)
    return NULL;
  return g_steal_pointer (&record);
}

gboolean
ent_transaction_get_last_change (EntTransaction *self,
                                 EntKey          key,
                                 gint64          after,
                                 char          **author,
                                 gint64         *at,
                                 GError        **error)
{
  static const char sql[] = "SELECT author, at FROM txn WHERE seq = ?1 AND origin <> ?2";
  g_autoptr (GArray) lines = ent_journal_read_record (self->connection, key, after, error);

  *author = NULL;
  *at = 0;
  for (guint i = 0; lines != NULL && i < lines->len && *at == 0; i++)
    {
      sqlite3_stmt *statement = ent_sync_sql_bind (self->connection, error, sql, "ii",
                                               g_array_index (lines, EntJournalChange, i).txn, (gint64) ENT_ORIGIN_SYNC);
      int code = statement != NULL ? ent_connection_step (self->connection, statement, error) : SQLITE_ERROR;

      if (code != SQLITE_ROW && code != SQLITE_DONE)
        return FALSE;
      if (code == SQLITE_ROW)
        {
          *author = ent_sync_sql_dup_text (statement, 0);
          *at = sqlite3_column_int64 (statement, 1);
        }
      sqlite3_reset (statement);
    }
  return lines != NULL;
}

gboolean
ent_transaction_get_id (EntTransaction *self,
                        EntKey          key,
                        EntId          *id)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, key);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gboolean found = FALSE;

  if (type == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT \"id\" FROM %s WHERE \"row\" = ?1", ent_sql_table (type));
  statement = ent_sync_sql_bind (self->connection, NULL, sql, "i", ent_key_row (key));
  if (statement != NULL && ent_connection_step (self->connection, statement, NULL) == SQLITE_ROW &&
      sqlite3_column_bytes (statement, 0) == sizeof id->bytes)
    {
      memcpy (id->bytes, sqlite3_column_blob (statement, 0), sizeof id->bytes);
      found = TRUE;
    }
  if (statement != NULL)
    sqlite3_reset (statement);
  return found;
}
