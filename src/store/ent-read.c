/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- On a connection ------------------------------------------------------------------------------ */

gboolean
ent_read_int (EntConnection *connection,
              const char    *sql,
              gint64         argument,
              gint64        *value,
              GError       **error)
{
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, argument);
  code = ent_connection_step (connection, statement, error);
  *value = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

GArray *
ent_read_rows (EntConnection *connection,
               const char    *sql,
               gint64         first,
               gint64         second,
               GError       **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int n_parameters;
  int code;

  if (statement == NULL)
    return NULL;
  n_parameters = sqlite3_bind_parameter_count (statement);
  if (n_parameters > 0)
    sqlite3_bind_int64 (statement, 1, first);
  if (n_parameters > 1)
    sqlite3_bind_int64 (statement, 2, second);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      g_array_append_val (rows, row);
    }
  return code == SQLITE_DONE ? g_steal_pointer (&rows) : NULL;
}

char *
ent_read_setting (EntConnection *connection,
                  const char    *name)
{
  sqlite3_stmt *statement;
  char *value = NULL;

  statement = ent_connection_prepare (connection, "SELECT value FROM setting WHERE name = ?1", NULL);
  if (statement == NULL)
    return NULL;
  ent_connection_bind_text (statement, 1, name);
  if (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);
  return value;
}

/* A user without a name of their own is "Unknown" to GLib. */
char *
ent_read_author (EntConnection *connection)
{
  char *author = ent_read_setting (connection, ENT_SETTING_AUTHOR);
  const char *name = g_get_real_name ();

  if (author != NULL && *author != '\0')
    return author;
  g_free (author);
  return g_strdup (g_strcmp0 (name, "Unknown") != 0 ? name : g_get_user_name ());
}

const EntRecordType *
ent_read_type (EntSchema *schema,
               EntKey     key,
               GError   **error)
{
  const EntRecordType *type = key > 0 ? ent_schema_lookup_key (schema, key) : NULL;

  if (type == NULL)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                 _("There is no record #%" G_GINT64_FORMAT "; it may belong to another workspace."), key);
  return type;
}

static void
fail_no_record (const EntRecordType *type,
                EntKey               key,
                GError             **error)
{
  g_autofree char *code = ent_record_type_make_code (type, ent_key_row (key));

  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
               _("There is no record %s in this workspace."), code);
}

/* The statement's first columns are row and id, then come @fields. */
static EntRecord *
read_record (const EntRecordType *type,
             sqlite3_stmt        *statement,
             const guint         *fields,
             gsize                n_fields)
{
  EntRecord *record = ent_record_new (type);
  int column = 2;

  ent_record_set_key (record, ent_key_make (type->info->number, sqlite3_column_int64 (statement, 0)));
  if (sqlite3_column_bytes (statement, 1) == sizeof (EntId))
    ent_record_set_id (record, sqlite3_column_blob (statement, 1));
  for (gsize i = 0; i < n_fields; i++)
    {
      guint index = fields != NULL ? fields[i] : (guint) i;
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_sql_read_value (statement, &column, ent_record_type_get_nth (type, index), &value);
      ent_record_load (record, index, &value);
    }
  return record;
}

static sqlite3_stmt *
prepare_select (EntConnection       *connection,
                const EntRecordType *type,
                const guint         *fields,
                gsize                n_fields,
                const char          *where,
                GError             **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT \"row\",\"id\"");

  if (fields == NULL || n_fields > 0)
    g_string_append_c (sql, ',');
  ent_sql_append_columns (sql, type, fields, n_fields);
  g_string_append_printf (sql, " FROM %s %s", ent_sql_table (type), where);
  return ent_connection_prepare (connection, sql->str, error);
}

EntRecord *
ent_read_record (EntConnection *connection,
                 EntSchema     *schema,
                 EntKey         key,
                 GError       **error)
{
  const EntRecordType *type = ent_read_type (schema, key, error);
  EntRecord *record = NULL;
  sqlite3_stmt *statement;
  int code;

  if (type == NULL)
    return NULL;
  statement = prepare_select (connection, type, NULL, 0, "WHERE \"row\" = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, ent_key_row (key));
  code = ent_connection_step (connection, statement, error);
  if (code == SQLITE_ROW)
    record = read_record (type, statement, NULL, ent_record_type_get_n_fields (type));
  else if (code == SQLITE_DONE)
    fail_no_record (type, key, error);
  sqlite3_reset (statement);
  return record;
}

char *
ent_read_title (EntConnection *connection,
                EntSchema     *schema,
                EntKey         key)
{
  const EntRecordType *type = ent_read_type (schema, key, NULL);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  char *title = NULL;

  if (type == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT title FROM %s WHERE \"row\" = ?1", ent_sql_table (type));
  statement = ent_connection_prepare (connection, sql, NULL);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, ent_key_row (key));
  if (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    {
      title = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      if (title == NULL)
        title = g_strdup_printf (_("Untitled %s"), ent_record_type_get_label (type, FALSE));
    }
  sqlite3_reset (statement);
  return title;
}

char *
ent_read_label (EntConnection *connection,
                EntSchema     *schema,
                EntKey         key)
{
  const EntRecordType *type = ent_read_type (schema, key, NULL);
  g_autofree char *title = ent_read_title (connection, schema, key);
  g_autofree char *code = NULL;

  if (type == NULL)
    return g_strdup_printf ("#%" G_GINT64_FORMAT, key);
  code = ent_record_type_make_code (type, ent_key_row (key));
  return title != NULL ? g_strdup_printf (_("“%s” (%s)"), title, code) : g_steal_pointer (&code);
}

/* --- On a store ----------------------------------------------------------------------------------- */

EntRecord *
ent_store_get (EntStore *self,
               EntKey    key,
               GError  **error)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (self);
  EntConnection *connection = ent_store_acquire_reader (self, error);
  EntRecord *record;

  if (connection == NULL)
    return NULL;
  record = ent_read_record (connection, schema, key, error);
  ent_store_release_reader (self, connection);
  return record;
}

static gboolean
load_rows (EntConnection       *connection,
           const EntRecordType *type,
           const guint32       *rows,
           gsize                n_rows,
           const guint         *fields,
           gsize                n_fields,
           GPtrArray           *records,
           GError             **error)
{
  gsize n = fields != NULL ? n_fields : ent_record_type_get_n_fields (type);
  sqlite3_stmt *statement;

  statement = prepare_select (connection, type, fields, n_fields, "WHERE \"row\" = ?1", error);
  if (statement == NULL)
    return FALSE;
  for (gsize i = 0; i < n_rows; i++)
    {
      int code;

      sqlite3_bind_int64 (statement, 1, rows[i]);
      code = ent_connection_step (connection, statement, error);
      if (code != SQLITE_ROW && code != SQLITE_DONE)
        return FALSE;
      g_ptr_array_add (records, code == SQLITE_ROW ? read_record (type, statement, fields, n) : NULL);
      sqlite3_reset (statement);
    }
  return TRUE;
}

/* g_object_unref() of what may be missing. */
static void
unref_record (gpointer record)
{
  g_clear_object (&record);
}

GPtrArray *
ent_store_load (EntStore            *self,
                const EntRecordType *type,
                const guint32       *rows,
                gsize                n_rows,
                const guint         *fields,
                gsize                n_fields,
                GCancellable        *cancellable,
                GError             **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_full ((guint) n_rows, unref_record);
  EntConnection *connection = ent_store_acquire_reader (self, error);
  gboolean done;

  if (connection == NULL)
    return NULL;
  ent_connection_set_cancellable (connection, cancellable);
  /* One read transaction: all rows as of one moment, and no lock taken per row. */
  done = ent_connection_run (connection, "BEGIN", error) &&
         load_rows (connection, type, rows, n_rows, fields, n_fields, records, error);
  ent_connection_set_cancellable (connection, NULL);
  ent_connection_run (connection, "ROLLBACK", NULL);
  ent_store_release_reader (self, connection);
  return done ? g_steal_pointer (&records) : NULL;
}

static GPtrArray *
load_where (EntConnection       *connection,
            const EntRecordType *type,
            const char          *where,
            gint64               first,
            gint64               second,
            GError             **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (unref_record);
  guint n_fields = ent_record_type_get_n_fields (type);
  sqlite3_stmt *statement = prepare_select (connection, type, NULL, 0, where, error);
  int code;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, second);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (records, read_record (type, statement, NULL, n_fields));
  return code == SQLITE_DONE ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
ent_read_children (EntConnection       *connection,
                   EntKey               parent,
                   const EntRecordType *child_type,
                   GError             **error)
{
  gboolean ordered = ent_record_type_lookup (child_type, "position") != NULL;

  g_return_val_if_fail (ent_record_type_lookup (child_type, "parent") != NULL, NULL);
  return load_where (connection, child_type,
                     ordered ? "WHERE parent = ?1 AND deleted_at IS NULL ORDER BY position, \"row\""
                             : "WHERE parent = ?1 AND deleted_at IS NULL ORDER BY \"row\"",
                     parent, 0, error);
}

GPtrArray *
ent_read_referrers (EntConnection  *connection,
                    EntKey          key,
                    const EntField *field,
                    guint           limit,
                    GError        **error)
{
  g_autofree char *where = NULL;

  g_return_val_if_fail (field->info.type == ENT_FIELD_REF, NULL);
  if (ent_field_is_many (field))
    where = g_strdup_printf ("WHERE \"%s\" IS NOT NULL AND deleted_at IS NULL AND EXISTS"
                             " (SELECT 1 FROM json_each (\"%s\") WHERE value = ?1)"
                             " ORDER BY \"row\" LIMIT ?2", field->column, field->column);
  else
    where = g_strdup_printf ("WHERE \"%s\" = ?1 AND deleted_at IS NULL ORDER BY \"row\" LIMIT ?2",
                             field->column);
  return load_where (connection, field->type, where, key, limit > 0 ? limit : -1, error);
}

GPtrArray *
ent_store_get_children (EntStore            *self,
                        EntKey               parent,
                        const EntRecordType *child_type,
                        GError             **error)
{
  EntConnection *connection = ent_store_acquire_reader (self, error);
  GPtrArray *records;

  if (connection == NULL)
    return NULL;
  records = ent_read_children (connection, parent, child_type, error);
  ent_store_release_reader (self, connection);
  return records;
}

GPtrArray *
ent_store_get_referrers (EntStore       *self,
                         EntKey          key,
                         const EntField *field,
                         guint           limit,
                         GError        **error)
{
  EntConnection *connection = ent_store_acquire_reader (self, error);
  GPtrArray *records;

  if (connection == NULL)
    return NULL;
  records = ent_read_referrers (connection, key, field, limit, error);
  ent_store_release_reader (self, connection);
  return records;
}
