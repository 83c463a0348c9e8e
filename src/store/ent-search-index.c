/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-search-private.h"
#include "store/ent-transaction-private.h"

/* The search index is written in the transaction that changes a record, unless it changes so many that
 * one would wait: then only the row ranges are noted, and ent_store_index() catches up. Entries stay
 * when a record goes to the bin: whoever searches looks at deleted_at. */

#define MAX_ENTRIES 5000

/* Words are folded before they are indexed: see ent-search-private.h. */
static void
append_text (GString        *words,
             const EntValue *value)
{
  if (value->kind == ENT_VALUE_TEXT)
    ent_search_fold (words, value->text, -1);
  else if (value->kind == ENT_VALUE_LIST)
    for (char **item = value->list; *item != NULL; item++)
      ent_search_fold (words, *item, -1);
}

gboolean
ent_search_has_field (const EntField *field)
{
  return (field->info.flags & ENT_FIELD_SEARCHED) != 0 && !ent_field_is_integer (field) &&
         field->info.type != ENT_FIELD_MONEY && field->info.type != ENT_FIELD_REF;
}

GArray *
ent_search_list_fields (const EntRecordType *type)
{
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));
  guint title = ENT_COMMON_TITLE;

  g_array_append_val (fields, title);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (i != title && ent_search_has_field (ent_record_type_get_nth (type, i)))
      g_array_append_val (fields, i);
  return fields;
}

static gboolean
write_entry (EntConnection *connection,
             EntKey         key,
             const char    *title,
             const char    *body,
             GError       **error)
{
  static const char sql[] = "INSERT OR REPLACE INTO search (rowid, title, body) VALUES (?1, ?2, ?3)";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  ent_connection_bind_text (statement, 2, title);
  ent_connection_bind_text (statement, 3, body);
  return ent_connection_step (connection, statement, error) == SQLITE_DONE;
}

/* @rows: a statement over row and @fields. */
static gboolean
write_entries (EntConnection       *connection,
               const EntRecordType *type,
               GArray              *fields,
               sqlite3_stmt        *rows,
               GError             **error)
{
  g_autoptr (GString) title = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new (NULL);
  int code;

  while ((code = ent_connection_step (connection, rows, error)) == SQLITE_ROW)
    {
      EntKey key = ent_key_make (type->info->number, sqlite3_column_int64 (rows, 0));
      int column = 1;

      g_string_truncate (title, 0);
      g_string_truncate (body, 0);
      for (guint i = 0; i < fields->len; i++)
        {
          const EntField *field = ent_record_type_get_nth (type, g_array_index (fields, guint, i));
          g_auto (EntValue) value = ENT_VALUE_INIT;

          ent_sql_read_value (rows, &column, field, &value);
          append_text (i == 0 ? title : body, &value);
        }
      if (!write_entry (connection, key, title->str, body->str, error))
        return FALSE;
    }
  return code == SQLITE_DONE;
}

gboolean
ent_search_write (EntConnection       *connection,
                  const EntRecordType *type,
                  gint64               first,
                  gint64               last,
                  GError             **error)
{
  g_autoptr (GArray) fields = ent_search_list_fields (type);
  g_autoptr (GString) sql = g_string_new ("SELECT \"row\",");
  sqlite3_stmt *statement;

  ent_sql_append_columns (sql, type, (guint *) (gpointer) fields->data, fields->len);
  g_string_append_printf (sql, " FROM %s WHERE \"row\" BETWEEN ?1 AND ?2", ent_sql_table (type));
  statement = ent_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, last);
  return write_entries (connection, type, fields, statement, error);
}

/* --- At the end of a transaction ------------------------------------------------------------------ */

static gboolean
note_run (EntTransaction *self,
          const EntRun   *run,
          GError        **error)
{
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (self->connection,
                                      "INSERT INTO search_pending VALUES (?1, ?2, ?3)", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, run->type);
  sqlite3_bind_int64 (statement, 2, run->first);
  sqlite3_bind_int64 (statement, 3, run->last);
  return ent_transaction_step (self, statement, error);
}

static gboolean
flush_run (EntTransaction *self,
           const EntRun   *run,
           gboolean        later,
           GError        **error)
{
  if (later)
    return note_run (self, run, error);
  return ent_search_write (self->connection, ent_schema_lookup_number (self->schema, run->type),
                           run->first, run->last, error);
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  EntKey x = *(const EntKey *) a;
  EntKey y = *(const EntKey *) b;
  int by_type = (int) ent_key_type_number (x) - (int) ent_key_type_number (y);

  return by_type != 0 ? by_type : (x > y) - (x < y);
}

/* Sorted by type and row, so that neighbors are read together and noted as one range. */
static void
add_keys_as_runs (EntTransaction *self)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->search_keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_array_append_val (keys, *(EntKey *) key);
  g_array_sort (keys, compare_keys);
  for (guint i = 0; i < keys->len; i++)
    {
      EntKey next = g_array_index (keys, EntKey, i);
      EntRun run = { ent_key_type_number (next), ent_key_row (next), ent_key_row (next) };
      EntRun *previous = self->search_runs->len > 0
                       ? &g_array_index (self->search_runs, EntRun, self->search_runs->len - 1) : NULL;

      if (previous != NULL && previous->type == run.type && previous->last + 1 == run.first)
        previous->last = run.last;
      else
        g_array_append_val (self->search_runs, run);
    }
}

gboolean
ent_search_flush (EntTransaction *self,
                  GError        **error)
{
  gint64 n_entries = 0;

  add_keys_as_runs (self);
  for (guint i = 0; i < self->search_runs->len; i++)
    {
      const EntRun *run = &g_array_index (self->search_runs, EntRun, i);

      n_entries += run->last - run->first + 1;
    }
  for (guint i = 0; i < self->search_runs->len; i++)
    if (!flush_run (self, &g_array_index (self->search_runs, EntRun, i), n_entries > MAX_ENTRIES, error))
      return FALSE;
  return TRUE;
}
