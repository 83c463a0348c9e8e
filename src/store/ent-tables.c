/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <string.h>

/* STRICT everywhere: a column holds what the schema says, or the statement fails.
 *
 * change.upto ends a run of created records (or of their deletion and restoring): the records `key` to
 * `upto` of one type, one line for all of them. Runs of a type never overlap, so the creation of a
 * record is found by one step in change__run. The changes of a transaction are consecutive, from
 * txn.first on. */
static const char core_sql[] =
  "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT) STRICT, WITHOUT ROWID;"
  "CREATE TABLE counter (type TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE choice (type TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, label TEXT,"
  "  tone INTEGER NOT NULL DEFAULT 0, removed INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (type, field, value)) STRICT;"
  "CREATE TABLE custom_field (type TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL,"
  "  flags INTEGER NOT NULL, label TEXT NOT NULL, help TEXT, target TEXT, unit TEXT,"
  "  default_value TEXT, min INTEGER NOT NULL, max INTEGER NOT NULL, form_group TEXT, kinds TEXT,"
  "  aliases TEXT, merge INTEGER NOT NULL, width INTEGER NOT NULL,"
  "  removed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (type, name)) STRICT;"
  "CREATE TABLE \"view\" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, filter TEXT,"
  "  search TEXT, sort TEXT, columns TEXT) STRICT;"
  "CREATE TABLE map_position (key INTEGER PRIMARY KEY, x INTEGER NOT NULL, y INTEGER NOT NULL) STRICT;"
  "CREATE TABLE txn (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, label TEXT NOT NULL,"
  "  author TEXT NOT NULL, origin INTEGER NOT NULL, kind INTEGER NOT NULL, target INTEGER NOT NULL,"
  "  undone INTEGER NOT NULL DEFAULT 0, n_changes INTEGER NOT NULL, first INTEGER NOT NULL,"
  "  digest BLOB NOT NULL, hash BLOB NOT NULL) STRICT;"
  "CREATE INDEX txn__at ON txn (at);"
  "CREATE INDEX txn__undone ON txn (seq) WHERE undone = 1;"
  "CREATE TABLE change (seq INTEGER PRIMARY KEY, txn INTEGER NOT NULL, key INTEGER NOT NULL,"
  "  upto INTEGER, op INTEGER NOT NULL, field TEXT, old ANY, new ANY) STRICT;"
  "CREATE INDEX change__key ON change (key);"
  "CREATE INDEX change__run ON change (key & 63, upto) WHERE upto IS NOT NULL AND op = 0;"
  "CREATE VIRTUAL TABLE search USING fts5 (title, body, content='', contentless_delete=1,"
  "  prefix='1 2 3 4', tokenize='unicode61 remove_diacritics 2');"
  "CREATE TABLE search_pending (type INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL)"
  "  STRICT;";

gboolean
ent_tables_create_core (EntConnection *connection,
                        GError       **error)
{
  return ent_connection_exec (connection, core_sql, error);
}

gboolean
ent_field_has_index (const EntField *field)
{
  const EntFieldFlags wanted = ENT_FIELD_INDEXED | ENT_FIELD_UNIQUE;

  /* The title is found through title_key; a list is no key; and of a field with a few different values an
   * index leads to a large part of the table, row by row, which is slower than reading it as it lies. */
  if (field->index == ENT_COMMON_TITLE || ent_field_is_many (field) ||
      field->info.type == ENT_FIELD_ENUM || field->info.type == ENT_FIELD_BOOL)
    return FALSE;
  return field->index == ENT_COMMON_REF || field->info.type == ENT_FIELD_REF ||
         (field->info.flags & wanted) != 0;
}

char *
ent_tables_index_name (const EntRecordType *type,
                       const EntField      *field)
{
  return g_strdup_printf ("%s__%s", type->info->name, field != NULL ? field->column : "title");
}

char *
ent_tables_index_sql (const EntRecordType *type,
                      const EntField      *field)
{
  g_autofree char *name = ent_tables_index_name (type, field);

  if (field == NULL)
    return g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s\" ON %s (title_key)"
                            " WHERE deleted_at IS NULL", name, ent_sql_table (type));
  return g_strdup_printf ("CREATE INDEX IF NOT EXISTS \"%s\" ON %s (\"%s\") WHERE \"%s\" IS NOT NULL",
                          name, ent_sql_table (type), field->column, field->column);
}

static const char *
column_type (const EntField *field)
{
  return field->info.type == ENT_FIELD_MONEY || ent_field_is_integer (field) ? "INTEGER" : "TEXT";
}

static char *
make_table_sql (const EntRecordType *type)
{
  GString *sql = g_string_new (NULL);
  guint n_fields = ent_record_type_get_n_fields (type);

  g_string_append_printf (sql, "CREATE TABLE %s (\"row\" INTEGER PRIMARY KEY, \"id\" BLOB NOT NULL,"
                          " \"title_key\" TEXT", ent_sql_table (type));
  for (guint i = 0; i < n_fields; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      g_string_append_printf (sql, ", \"%s\" %s", field->column, column_type (field));
      if (field->currency_column != NULL)
        g_string_append_printf (sql, ", \"%s\" TEXT", field->currency_column);
    }
  g_string_append (sql, ") STRICT;");
  return g_string_free (sql, FALSE);
}

/* --- Adding what a file lacks --------------------------------------------------------------------- */

/* Names of the columns the table has; empty when there is no table. */
static GHashTable *
read_columns (EntConnection       *connection,
              const EntRecordType *type,
              GError             **error)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement;
  int code;

  statement = ent_connection_prepare (connection, "SELECT name FROM pragma_table_info (?1)", error);
  if (statement == NULL)
    return NULL;
  ent_connection_bind_text (statement, 1, type->info->name);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    g_hash_table_add (columns, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return code == SQLITE_DONE ? g_steal_pointer (&columns) : NULL;
}

static void
append_missing (GString        *sql,
                GHashTable     *columns,
                const EntField *field)
{
  const char *table = ent_sql_table (field->type);

  if (!g_hash_table_contains (columns, field->column))
    g_string_append_printf (sql, "ALTER TABLE %s ADD COLUMN \"%s\" %s;", table, field->column,
                            column_type (field));
  if (field->currency_column != NULL && !g_hash_table_contains (columns, field->currency_column))
    g_string_append_printf (sql, "ALTER TABLE %s ADD COLUMN \"%s\" TEXT;", table,
                            field->currency_column);
}

static void
append_indexes (GString             *sql,
                const EntRecordType *type)
{
  g_autofree char *titles = ent_tables_index_sql (type, NULL);

  g_string_append_printf (sql, "CREATE UNIQUE INDEX IF NOT EXISTS \"%s__id\" ON %s (id); %s;", type->info->name,
                          ent_sql_table (type), titles);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_autofree char *index = NULL;

      if (!ent_field_has_index (field))
        continue;
      index = ent_tables_index_sql (type, field);
      g_string_append_printf (sql, "%s;", index);
    }
}

static gboolean
add_type (EntConnection       *connection,
          const EntRecordType *type,
          GError             **error)
{
  g_autoptr (GHashTable) columns = read_columns (connection, type, error);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (columns == NULL)
    return FALSE;
  if (g_hash_table_size (columns) == 0)
    {
      g_autofree char *table = make_table_sql (type);

      g_string_append (sql, table);
    }
  else
    for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
      append_missing (sql, columns, ent_record_type_get_nth (type, i));
  append_indexes (sql, type);
  return ent_connection_exec (connection, sql->str, error);
}

gboolean
ent_tables_add_types (EntConnection *connection,
                      EntSchema     *schema,
                      GError       **error)
{
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    if (!add_type (connection, ent_schema_get_nth (schema, i), error))
      return FALSE;
  return TRUE;
}

char *
ent_tables_fingerprint (EntSchema *schema)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);
      g_autofree char *table = make_table_sql (type);
      g_autoptr (GString) indexes = g_string_new (NULL);

      append_indexes (indexes, type);
      g_checksum_update (checksum, (const guchar *) table, -1);
      g_checksum_update (checksum, (const guchar *) indexes->str, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}
