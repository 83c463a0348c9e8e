/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-recover-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads a damaged file row by row into a new workspace. A page that cannot be read hides a range of rows;
 * its edges are found from both sides, and what lies between by halving, so that what other pages hold
 * is saved. As row numbers are given in order and never again, a gap tells exactly what is missing. */

#define MAX_FAILURES 20000 /* looks into unreadable places, for one table */
#define FAR_ROWS 10000      /* how far beyond a bad page is looked when the last row is not known */

static void
lost_free (gpointer data)
{
  EntLostRows *lost = data;

  g_array_unref (lost->gaps);
  g_array_unref (lost->found);
  g_free (lost);
}

/* --- Tables --------------------------------------------------------------------------------------- */

static GHashTable *
list_columns (EntConnection *connection,
              const char    *table)
{
  g_autoptr (GHashTable) columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (connection, "SELECT name FROM pragma_table_info (?1)", NULL);
  if (statement == NULL)
    return g_steal_pointer (&columns);
  ent_connection_bind_text (statement, 1, table);
  while (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    g_hash_table_add (columns, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return g_steal_pointer (&columns);
}

gboolean
ent_salvage_begin_table (EntSalvage *self,
                         const char *table,
                         GError    **error)
{
  g_autoptr (GHashTable) here = list_columns (self->damaged, table);
  g_autoptr (GHashTable) there = list_columns (self->fresh, table);
  g_autoptr (GString) sql = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name;

  self->table = table;
  self->is_missing = g_hash_table_size (here) == 0;
  self->n_columns = 0;
  self->n_copied = self->n_refused = 0;
  self->n_failures = 0;
  g_string_truncate (self->columns, 0);
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (self->is_missing || g_hash_table_contains (here, name))
      g_string_append_printf (self->columns, "%s\"%s\"", self->n_columns++ > 0 ? "," : "", (char *) name);
  if (self->n_columns == 0)
    return TRUE;
  g_string_append_printf (sql, "INSERT OR REPLACE INTO \"%s\" (%s) VALUES (?", table, self->columns->str);
  for (guint i = 1; i < self->n_columns; i++)
    g_string_append (sql, ",?");
  g_string_append_c (sql, ')');
  self->insert = ent_connection_prepare (self->fresh, sql->str, error);
  return self->insert != NULL;
}

gboolean
ent_salvage_copy_row (EntSalvage   *self,
                      sqlite3_stmt *row,
                      int           first_column,
                      GError      **error)
{
  int code;

  sqlite3_reset (self->insert);
  for (guint i = 0; i < self->n_columns; i++)
    sqlite3_bind_value (self->insert, (int) i + 1, sqlite3_column_value (row, first_column + (int) i));
  code = sqlite3_step (self->insert);
  sqlite3_reset (self->insert);
  if (code == SQLITE_DONE)
    self->n_copied++;
  else if ((code & 0xff) == SQLITE_CONSTRAINT || (code & 0xff) == SQLITE_MISMATCH)
    self->n_refused++;
  else
    return ent_connection_fail (self->fresh, code, error);
  return TRUE;
}

/* --- Ranges of rows ------------------------------------------------------------------------------- */

gboolean
ent_salvage_ensure_damaged (EntSalvage *self,
                            GError    **error)
{
  self->n_failures++;
  if (sqlite3_exec (ent_connection_get_db (self->damaged), "PRAGMA schema_version", NULL,
                    NULL, NULL) == SQLITE_OK)
    return TRUE;
  g_clear_pointer (&self->damaged, ent_connection_free);
  self->damaged = ent_connection_open_as (self->path, self->key, ENT_CONNECTION_SALVAGE, error);
  return self->damaged != NULL;
}

/* Copies rows of *first..*last from one side until the end or until one cannot be read, and moves that
 * side of the range to where it stopped. FALSE only when the new file cannot be written. */
static gboolean
copy_from_side (EntSalvage  *self,
                gint64   *first,
                gint64   *last,
                gboolean  backwards,
                GError  **error)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  int code = SQLITE_ERROR;
  gboolean ok = TRUE;

  sql = g_strdup_printf ("SELECT rowid,%s FROM \"%s\" WHERE rowid BETWEEN %" G_GINT64_FORMAT " AND %"
                         G_GINT64_FORMAT " ORDER BY rowid %s", self->columns->str, self->table, *first,
                         *last, backwards ? "DESC" : "");
  if (sqlite3_prepare_v2 (ent_connection_get_db (self->damaged), sql, -1, &statement, NULL) != SQLITE_OK)
    return ent_salvage_ensure_damaged (self, error);
  while (ok && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      /* In a damaged tree rows may be anywhere: only what narrows the range leads on. */
      if (row < *first || row > *last)
        {
          code = SQLITE_CORRUPT;
          break;
        }
      ok = ent_salvage_copy_row (self, statement, 1, error) &&
           !g_cancellable_set_error_if_cancelled (self->cancellable, error);
      if (backwards)
        *last = row - 1;
      else
        *first = row + 1;
    }
  sqlite3_finalize (statement);
  if (!ok)
    return FALSE;
  if (code == SQLITE_DONE)
    *last = *first - 1; /* nothing is left, and the end may be the largest number */
  return code == SQLITE_DONE || ent_salvage_ensure_damaged (self, error);
}

static void
note_gap (EntSalvage *self,
          GArray  *gaps,
          gint64   first,
          gint64   last)
{
  EntRange *previous = gaps->len > 0 ? &g_array_index (gaps, EntRange, gaps->len - 1) : NULL;
  EntRange gap = { first, last };

  if (previous != NULL && previous->last + 1 == first)
    previous->last = last;
  else
    g_array_append_val (gaps, gap);
}

static gboolean
copy_range (EntSalvage *self,
            gint64   first,
            gint64   last,
            GArray  *gaps,
            GError **error)
{
  gint64 middle;

  if (!copy_from_side (self, &first, &last, FALSE, error) ||
      (first <= last && !copy_from_side (self, &first, &last, TRUE, error)))
    return FALSE;
  if (first > last)
    return TRUE;
  if (first == last || self->leaves_gaps || self->n_failures > MAX_FAILURES)
    {
      note_gap (self, gaps, first, last);
      return TRUE;
    }
  middle = first + (last - first) / 2;
  return copy_range (self, first, middle, gaps, error) &&
         copy_range (self, middle + 1, last, gaps, error);
}

/* --- What is copied ------------------------------------------------------------------------------- */

static gint64
find_last_row (EntSalvage    *self,
               const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT max(rowid) FROM \"%s\"", table);
  g_autofree char *counter = g_strdup_printf ("SELECT next - 1 FROM counter WHERE type = '%s'", table);
  gint64 by_table = 0;
  gint64 by_counter = 0;

  /* Either may be in the damaged part. */
  if (ent_read_int (self->damaged, sql, 0, &by_table, NULL))
    return by_table;
  ent_read_int (self->damaged, counter, 0, &by_counter, NULL);
  return by_counter;
}

static gboolean
copy_rows (EntSalvage *self,
           GArray  *gaps,
           GError **error)
{
  gint64 last = find_last_row (self, self->table);
  gint64 first = 1;

  if (last == 0)
    {
      last = G_MAXINT64;
      if (!copy_from_side (self, &first, &last, FALSE, error))
        return FALSE;
      if (first > last)
        return TRUE;
      last = first + FAR_ROWS;
    }
  return copy_range (self, first, last, gaps, error);
}

static gboolean
copy_table (EntSalvage *self,
            const char *table,
            const char *label,
            GError    **error)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (EntRange));

  if (!ent_salvage_begin_table (self, table, error))
    return FALSE;
  if (self->is_missing)
    {
      self->n_lost_rows++;
      g_string_append_printf (self->report, _("%s could not be read.\n"), label);
      return TRUE;
    }
  if (!copy_rows (self, gaps, error))
    return FALSE;
  ent_salvage_report_other (self, label, gaps);
  return TRUE;
}

/* The page that lists the table is damaged, or the file is older than the type. */
static void
note_missing (EntSalvage  *self,
              EntLostRows *lost)
{
  EntRange all = { 1, find_last_row (self, self->table) };

  lost->is_unlisted = all.last == 0;
  if (lost->is_unlisted)
    all.last = G_MAXUINT32;
  g_array_append_val (lost->gaps, all);
}

static gboolean
copy_type (EntSalvage          *self,
           const EntRecordType *type,
           GError             **error)
{
  EntLostRows *lost;

  if (!ent_salvage_begin_table (self, type->info->name, error))
    return FALSE;
  lost = g_new0 (EntLostRows, 1);
  lost->type = type;
  lost->gaps = g_array_new (FALSE, FALSE, sizeof (EntRange));
  lost->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_ptr_array_add (self->lost, lost);
  if (self->is_missing)
    {
      note_missing (self, lost);
      return TRUE;
    }
  /* What lies between the two ends is found page by page, see ent_salvage_pages(). */
  self->leaves_gaps = TRUE;
  if (!copy_rows (self, lost->gaps, error))
    return FALSE;
  lost->n_copied = self->n_copied;
  lost->n_refused = self->n_refused;
  return TRUE;
}

/* Small tables without row numbers: read until the first bad page. */
static gboolean
copy_settings (EntSalvage    *self,
               const char *table,
               const char *where,
               GError    **error)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  gboolean ok = TRUE;

  if (!ent_salvage_begin_table (self, table, error) || self->is_missing)
    return self->is_missing;
  sql = g_strdup_printf ("SELECT %s FROM \"%s\" %s", self->columns->str, table, where);
  if (sqlite3_prepare_v2 (ent_connection_get_db (self->damaged), sql, -1, &statement, NULL) != SQLITE_OK)
    return ent_salvage_ensure_damaged (self, error);
  while (ok && sqlite3_step (statement) == SQLITE_ROW)
    ok = ent_salvage_copy_row (self, statement, 0, error);
  sqlite3_finalize (statement);
  return ok && ent_salvage_ensure_damaged (self, error);
}

static gboolean
copy_around (EntSalvage *self,
             GError **error)
{
  return copy_settings (self, "setting", "WHERE name <> 'tables'", error) &&
         copy_settings (self, "counter", "", error) &&
         copy_table (self, "choice", _("Choices"), error) &&
         copy_table (self, "custom_field", _("Fields"), error) &&
         copy_table (self, "view", _("Views"), error) &&
         copy_table (self, "map_position", _("Positions on the map"), error) &&
         copy_table (self, "txn", _("History"), error) &&
         copy_table (self, "change", _("Lines of the history"), error);
}

/* Numbers must not be given twice, and what was read must be found by searching. */
static gboolean
finish_type (EntSalvage             *self,
             const EntRecordType *type,
             GError             **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf (
    "INSERT INTO counter SELECT '%s', max(\"row\") + 1 FROM %s WHERE true HAVING max(\"row\") > 0"
    " ON CONFLICT DO UPDATE SET next = max(next, excluded.next);"
    "INSERT INTO search_pending SELECT %u, 1, max(\"row\") FROM %s HAVING max(\"row\") > 0;",
    type->info->name, ent_sql_table (type), type->info->number, ent_sql_table (type));
  return ent_connection_exec (self->fresh, sql, error);
}

static gboolean
copy_all (EntSalvage *self,
          GError **error)
{
  g_autoptr (EntSchema) schema = NULL;
  gint64 n_saved = 0;

  if (!ent_connection_exec (self->fresh, "BEGIN IMMEDIATE", error) || !copy_around (self, error))
    return FALSE;
  schema = ent_tables_load_schema (self->fresh, error);
  if (schema == NULL || !ent_tables_add_types (self->fresh, schema, error))
    return FALSE;
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    if (!copy_type (self, ent_schema_get_nth (schema, i), error))
      return FALSE;
  if (!ent_salvage_pages (self, error))
    return FALSE;
  for (guint i = 0; i < self->lost->len; i++)
    {
      EntLostRows *lost = g_ptr_array_index (self->lost, i);

      n_saved += lost->n_copied;
      ent_salvage_report_type (self, lost);
      if (!finish_type (self, lost->type, error))
        return FALSE;
    }
  if (n_saved == 0 && self->n_lost_rows > 0)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
                   _("“%s” is damaged so badly that nothing can be read of it; restore a backup."), self->path);
      return FALSE;
    }
  return ent_connection_exec (self->fresh, "COMMIT", error);
}

static gboolean
fill (EntSalvage    *self,
      const char *draft,
      GError    **error)
{
  gboolean done;

  self->fresh = ent_connection_open (draft, self->key, FALSE, error);
  if (self->fresh == NULL)
    return FALSE;
  done = ent_migrate (self->fresh, error) && copy_all (self, error);
  ent_connection_free (self->fresh);
  return done;
}

gboolean
ent_store_recover (const char        *damaged_path,
                   const EntStoreKey *key,
                   const char        *new_path,
                   char             **report,
                   GCancellable      *cancellable,
                   GError           **error)
{
  EntSalvage self = { .path = damaged_path, .key = key, .cancellable = cancellable };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) columns = g_string_new (NULL);
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (lost_free);
  g_autofree char *draft = NULL;
  gboolean done;

  self.report = text;
  self.columns = columns;
  self.lost = lost;
  self.damaged = ent_connection_open_as (damaged_path, key, ENT_CONNECTION_SALVAGE, error);
  if (self.damaged == NULL)
    return FALSE;
  done = ent_draft_begin (new_path, &draft, error) &&
         ent_draft_end (draft, new_path, fill (&self, draft, error), error);
  ent_connection_free (self.damaged);
  g_string_prepend (text, self.n_lost_rows == 0 ? _("Everything could be read.\n")
                                                : _("Not everything could be read.\n"));
  if (done && report != NULL)
    *report = g_strdup (text->str);
  return done;
}
