/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-check.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Every look at a workspace that a careful person would take, in the order of what the next one relies
 * on: the file, the tables, what records name, the indexes beside them, the journal. */

#define MAX_FINDINGS 100          /* a ruined file is ruined after this many as well */
#define LARGE_FILE (G_GINT64_CONSTANT (256) << 20)

void
ent_finding_free (EntFinding *self)
{
  g_free (self->what);
  g_free (self);
}

void
ent_check_add (EntCheck *self,
               gboolean  is_error,
               char     *what)
{
  EntFinding *finding;

  if (self->findings->len >= MAX_FINDINGS)
    {
      g_free (what);
      return;
    }
  finding = g_new (EntFinding, 1);
  finding->what = what;
  finding->is_error = is_error;
  g_ptr_array_add (self->findings, finding);
}

gboolean
ent_check_step (EntCheck   *self,
                double      fraction,
                const char *what,
                GError    **error)
{
  if (self->progress != NULL)
    self->progress (fraction, what, self->user_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

gboolean
ent_check_count (EntCheck   *self,
                 const char *sql,
                 gint64     *count,
                 GError    **error)
{
  sqlite3_stmt *statement;
  int code;

  /* Hundreds of statements that are run once would only crowd the cache. */
  *count = 0;
  code = sqlite3_prepare_v2 (ent_connection_get_db (self->connection), sql, -1, &statement, NULL);
  if (code != SQLITE_OK)
    return ent_connection_fail (self->connection, code, error);
  code = ent_connection_step (self->connection, statement, error);
  if (code == SQLITE_ROW)
    *count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* --- The file ------------------------------------------------------------------------------------- */

/* Whether SQLCipher finds fault with a page that the file has nothing of: one that nobody uses, or that stands in the log
 * only. Were it used, SQLite would find it empty, which is said too. */
static gboolean
is_hole (EntCheck   *self,
         const char *fault)
{
  gint64 page, size;
  g_autofree char *bytes = NULL;
  gboolean is_empty;
  int file;

  if (sscanf (fault, "HMAC verification failed for page %" G_GINT64_FORMAT, &page) != 1 ||
      !ent_read_int (self->connection, "PRAGMA page_size", 0, &size, NULL))
    return FALSE;
  file = g_open (ent_store_get_path (self->store), O_RDONLY | O_CLOEXEC, 0);
  if (file < 0)
    return FALSE;
  bytes = g_malloc0 ((gsize) size);
  is_empty = pread (file, bytes, (gsize) size, (page - 1) * size) == size && bytes[0] == 0 &&
             memcmp (bytes, bytes + 1, (gsize) size - 1) == 0;
  close (file);
  return is_empty;
}

/* A damaged page makes statements fail; that is a finding here, not an error. */
static gboolean
check_pragma (EntCheck   *self,
              const char *sql,
              GError    **error)
{
  g_autoptr (GError) local = NULL;
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, &local);
  int code = SQLITE_ERROR;

  while (statement != NULL &&
         (code = ent_connection_step (self->connection, statement, &local)) == SQLITE_ROW)
    {
      const char *text = (const char *) sqlite3_column_text (statement, 0);
      const char *line = text != NULL ? strrchr (text, '\n') : NULL; /* the first says “in main” */

      if (g_strcmp0 (text, "ok") != 0 && (text == NULL || !is_hole (self, text)))
        ent_check_add (self, TRUE, g_strdup_printf (_("The file is damaged (%s)."),
                                                    line != NULL ? line + 1 : text));
    }
  if (code == SQLITE_DONE)
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  ent_check_add (self, TRUE, g_strdup (local->message));
  return TRUE;
}

static gboolean
check_file (EntCheck *self,
            GError  **error)
{
  gint64 n_pages;
  gint64 page_size;
  gboolean is_large;

  if (!ent_read_int (self->connection, "PRAGMA page_count", 0, &n_pages, error) ||
      !ent_read_int (self->connection, "PRAGMA page_size", 0, &page_size, error))
    return FALSE;
  is_large = n_pages * page_size > LARGE_FILE;
  /* Each page of an encrypted file has its own seal; looking at those finds what the hardware did. */
  if (ent_store_is_encrypted (self->store) &&
      !check_pragma (self, "PRAGMA cipher_integrity_check", error))
    return FALSE;
  return check_pragma (self, is_large ? "PRAGMA quick_check" : "PRAGMA integrity_check", error);
}

/* --- References ----------------------------------------------------------------------------------- */

static gboolean
check_reference (EntCheck            *self,
                 const EntField      *field,
                 const EntRecordType *target,
                 GError             **error)
{
  g_autofree char *sql = NULL;
  gint64 count;

  sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE \"%s\" IS NOT NULL AND \"%s\" & 63 = %u AND"
                         " NOT EXISTS (SELECT 1 FROM %s AS t WHERE t.\"row\" = %s.\"%s\" >> 6)",
                         ent_sql_table (field->type), field->column, field->column,
                         target->info->number, ent_sql_table (target), ent_sql_table (field->type),
                         field->column);
  if (!ent_check_count (self, sql, &count, error))
    return FALSE;
  if (count > 0)
    ent_check_add (self, TRUE, g_strdup_printf (ngettext (
      "%" G_GINT64_FORMAT " record of type “%s” names in “%s” a record that is not there.",
      "%" G_GINT64_FORMAT " records of type “%s” name in “%s” a record that is not there.",
      (gulong) count), count, field->type->info->name, ent_field_get_label (field)));
  return TRUE;
}

/* Keys of a type that the field may not name, or that no type has. */
static gboolean
check_kind (EntCheck       *self,
            const EntField *field,
            GError        **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  gboolean is_any = g_strcmp0 (field->info.target, "*") == 0;
  gint64 count;

  g_string_append_printf (sql, "SELECT count(*) FROM %s WHERE \"%s\" IS NOT NULL AND \"%s\" & 63"
                          " NOT IN (", ent_sql_table (field->type), field->column, field->column);
  for (guint i = 0; i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (self->schema, i);

      if (is_any || g_str_equal (field->info.target, type->info->name))
        g_string_append_printf (sql, "%u,", type->info->number);
    }
  g_string_append (sql, "-1)");
  if (!ent_check_count (self, sql->str, &count, error))
    return FALSE;
  if (count > 0)
    ent_check_add (self, TRUE, g_strdup_printf (_("“%s” of type “%s” names records of the wrong kind."),
                                                ent_field_get_label (field), field->type->info->name));
  return TRUE;
}

static gboolean
check_references (EntCheck            *self,
                  const EntRecordType *type,
                  GError             **error)
{
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (field->info.type != ENT_FIELD_REF || ent_field_is_many (field))
        continue;
      if (!check_kind (self, field, error))
        return FALSE;
      for (guint j = 0; j < ent_schema_get_n_types (self->schema); j++)
        {
          const EntRecordType *target = ent_schema_get_nth (self->schema, j);
          gboolean fits = g_strcmp0 (field->info.target, "*") == 0 ||
                          g_str_equal (field->info.target, target->info->name);

          if (fits && !check_reference (self, field, target, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* --- What is kept beside the records -------------------------------------------------------------- */

static gboolean
check_titles (EntCheck            *self,
              const EntRecordType *type,
              GError             **error)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gint64 n_wrong = 0;
  int code;

  sql = g_strdup_printf ("SELECT title, title_key FROM %s", ent_sql_table (type));
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  while ((code = ent_connection_step (self->connection, statement, error)) == SQLITE_ROW)
    {
      const char *title = (const char *) sqlite3_column_text (statement, 0);
      const char *its = (const char *) sqlite3_column_text (statement, 1);
      const char *right = title != NULL ? ent_text_key_into (key, title, -1) : NULL;

      n_wrong += g_strcmp0 (its, right) != 0;
    }
  if (n_wrong > 0)
    ent_check_add (self, TRUE, g_strdup_printf (ngettext (
      "%" G_GINT64_FORMAT " record of type “%s” is filed under a wrong name.",
      "%" G_GINT64_FORMAT " records of type “%s” are filed under a wrong name.",
      (gulong) n_wrong), n_wrong, type->info->name));
  return code == SQLITE_DONE;
}

/* An index has as many entries as the table has rows that belong there. */
static gboolean
check_index (EntCheck            *self,
             const EntRecordType *type,
             const EntField      *field,
             GError             **error)
{
  g_autofree char *name = ent_tables_index_name (type, field);
  g_autofree char *where = NULL;
  g_autofree char *by_table = NULL;
  g_autofree char *by_index = NULL;
  gint64 n_rows;
  gint64 n_entries;

  where = field != NULL ? g_strdup_printf ("\"%s\" IS NOT NULL", field->column)
                        : g_strdup ("deleted_at IS NULL");
  by_table = g_strdup_printf ("SELECT count(*) FROM %s NOT INDEXED WHERE %s", ent_sql_table (type), where);
  by_index = g_strdup_printf ("SELECT count(*) FROM %s INDEXED BY \"%s\" WHERE %s", ent_sql_table (type),
                              name, where);
  if (!ent_check_count (self, by_table, &n_rows, error))
    return FALSE;
  if (!ent_check_count (self, by_index, &n_entries, NULL))
    ent_check_add (self, TRUE, g_strdup_printf (_("The index “%s” is missing."), name));
  else if (n_rows != n_entries)
    ent_check_add (self, TRUE, g_strdup_printf (_("The index “%s” does not fit its records."), name));
  return TRUE;
}

static gboolean
check_indexes (EntCheck            *self,
               const EntRecordType *type,
               GError             **error)
{
  if (!check_index (self, type, NULL, error))
    return FALSE;
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (ent_field_has_index (field) && !check_index (self, type, field, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_counter (EntCheck            *self,
               const EntRecordType *type,
               GError             **error)
{
  g_autofree char *sql = NULL;
  gint64 is_wrong;

  sql = g_strdup_printf ("SELECT ifnull (max(\"row\"), 0) >= ifnull ((SELECT next FROM counter"
                         " WHERE type = '%s'), 1) FROM %s", type->info->name, ent_sql_table (type));
  if (!ent_check_count (self, sql, &is_wrong, error))
    return FALSE;
  if (is_wrong)
    ent_check_add (self, TRUE, g_strdup_printf (_("Numbers of type “%s” might be given twice."),
                                                type->info->name));
  return TRUE;
}

/* Rows that neither have an entry in the full-text index nor are noted for one. */
static gboolean
check_search (EntCheck            *self,
              const EntRecordType *type,
              GError             **error)
{
  g_autofree char *sql = NULL;
  gint64 count;

  sql = g_strdup_printf (
    "SELECT count(*) FROM %s AS t WHERE NOT EXISTS (SELECT 1 FROM search_docsize"
    " WHERE id = (t.\"row\" << 6) + %u) AND NOT EXISTS (SELECT 1 FROM search_pending AS p"
    " WHERE p.type = %u AND t.\"row\" BETWEEN p.first AND p.last)",
    ent_sql_table (type), type->info->number, type->info->number);
  if (!ent_check_count (self, sql, &count, error))
    return FALSE;
  if (count > 0)
    ent_check_add (self, TRUE, g_strdup_printf (ngettext (
      "%" G_GINT64_FORMAT " record of type “%s” cannot be found by searching.",
      "%" G_GINT64_FORMAT " records of type “%s” cannot be found by searching.",
      (gulong) count), count, type->info->name));
  return TRUE;
}

static gboolean
check_type (EntCheck            *self,
            const EntRecordType *type,
            GError             **error)
{
  return check_references (self, type, error) && check_titles (self, type, error) &&
         check_indexes (self, type, error) && check_counter (self, type, error) &&
         check_search (self, type, error) && ent_check_creations (self, type, error);
}

/* --- All of it ------------------------------------------------------------------------------------ */

static gboolean
check_all (EntCheck *self,
           GError  **error)
{
  guint n_types = ent_schema_get_n_types (self->schema);

  if (!ent_check_step (self, 0, _("Reading the file"), error) || !check_file (self, error))
    return FALSE;
  /* What follows would only repeat that the file is damaged. */
  if (self->findings->len > 0)
    return TRUE;
  for (guint i = 0; i < n_types; i++)
    {
      const EntRecordType *type = ent_schema_get_nth (self->schema, i);

      if (!ent_check_step (self, 0.3 + 0.5 * i / n_types, ent_record_type_get_label (type, TRUE), error) ||
          !check_type (self, type, error))
        return FALSE;
    }
  return ent_check_step (self, 0.8, _("Reading the history"), error) && ent_check_journal (self, error);
}

GPtrArray *
ent_store_check (EntStore        *store,
                 EntProgressFunc  progress,
                 gpointer         user_data,
                 GCancellable    *cancellable,
                 GError         **error)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  EntCheck check = { store, NULL, schema, NULL, progress, user_data, cancellable };
  EntConnection *connection;
  gboolean done;

  ent_store_wait_settled (store);
  connection = check.connection = ent_store_acquire_reader (store, error);
  if (connection == NULL)
    return NULL;
  findings = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_finding_free);
  check.findings = findings;
  ent_connection_set_cancellable (connection, cancellable);
  /* One moment of the workspace, whatever is written meanwhile. */
  done = ent_connection_exec (connection, "BEGIN", error) && check_all (&check, error);
  ent_connection_set_cancellable (connection, NULL);
  ent_connection_exec (connection, "ROLLBACK", NULL);
  ent_store_release_reader (store, connection);
  return done ? g_steal_pointer (&findings) : NULL;
}
