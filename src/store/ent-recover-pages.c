/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-recover-private.h"

#include <string.h>

/* Rows under an inner page that cannot be read are out of their tree's reach, though the pages that hold them may be
 * sound. So each page of the file is read as if it were the root of a table: SQLite calls such a table an imposter
 * (SQLITE_TESTCTRL_IMPOSTER, "sqlite3.h"). Pages that are no table's are refused by SQLite itself.
 *
 * All record tables begin alike (row, id). A page belongs to the type whose gap holds its first row and that has as
 * many columns; when that is not one type, or the record is saved already, the page is left alone. */

#define ABSENT "entente:absent" /* default of imposter columns: tells a short row from an empty value */
#define BATCH 256               /* imposters before the schema is read anew */

/* A type with gaps, as its table is in the damaged file. */
typedef struct
{
  EntLostRows *lost;
  GPtrArray   *names;  /* of its columns, in their order */
  char        *select; /* the columns at hand, as the imposter calls them */
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_ptr_array_unref (candidate->names);
  g_free (candidate->select);
  g_free (candidate);
}

static GPtrArray *
list_names (EntSalvage *self,
            const char *table)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  EntConnection *connection = self->is_missing ? self->fresh : self->damaged;
  sqlite3_stmt *statement = ent_connection_prepare (connection, "SELECT name FROM pragma_table_info (?1)", NULL);

  if (statement == NULL)
    return names;
  ent_connection_bind_text (statement, 1, table);
  while (ent_connection_step (connection, statement, NULL) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return names;
}

/* The columns at hand ("a","b") as c1, c2, … of the imposter; its column 0 is the row number. */
static char *
make_select (EntSalvage *self,
             GPtrArray  *names)
{
  g_auto (GStrv) wanted = g_strsplit (self->columns->str, ",", -1);
  GString *select = g_string_new (NULL);

  for (guint i = 0; wanted[i] != NULL; i++)
    for (guint j = 0; j < names->len; j++)
      {
        g_autofree char *quoted = g_strdup_printf ("\"%s\"", (char *) g_ptr_array_index (names, j));

        if (g_str_equal (quoted, wanted[i]))
          g_string_append_printf (select, ",c%u", j);
      }
  return g_string_free (select, FALSE);
}

static GPtrArray *
list_candidates (EntSalvage *self,
                 guint      *n_columns,
                 GError    **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (candidate_free);

  *n_columns = 0;
  for (guint i = 0; i < self->lost->len; i++)
    {
      EntLostRows *lost = g_ptr_array_index (self->lost, i);
      Candidate *candidate;

      if (lost->gaps->len == 0)
        continue;
      if (!ent_salvage_begin_table (self, lost->type->info->name, error))
        return NULL;
      candidate = g_new0 (Candidate, 1);
      candidate->lost = lost;
      candidate->names = list_names (self, lost->type->info->name);
      candidate->select = make_select (self, candidate->names);
      g_ptr_array_add (candidates, candidate);
      *n_columns = MAX (*n_columns, candidate->names->len);
    }
  return g_steal_pointer (&candidates);
}

static char *
make_imposter_sql (guint n_columns)
{
  GString *sql = g_string_new ("(c0 INTEGER PRIMARY KEY");

  for (guint i = 1; i < n_columns; i++)
    g_string_append_printf (sql, ",c%u DEFAULT '" ABSENT "'", i);
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

static gboolean
is_in_gaps (EntLostRows *lost,
            gint64       row)
{
  for (guint i = 0; i < lost->gaps->len; i++)
    {
      const EntRange *gap = &g_array_index (lost->gaps, EntRange, i);

      if (row >= gap->first && row <= gap->last)
        return TRUE;
    }
  return FALSE;
}

/* Whether a record of that id is in the new file. */
static gboolean
is_saved (EntSalvage          *self,
          const EntRecordType *type,
          sqlite3_stmt        *row,
          int                  id_column)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE \"id\" = ?1", ent_sql_table (type));
  sqlite3_stmt *statement = ent_connection_prepare (self->fresh, sql, NULL);
  gboolean found;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_value (statement, 1, sqlite3_column_value (row, id_column));
  found = ent_connection_step (self->fresh, statement, NULL) == SQLITE_ROW;
  sqlite3_reset (statement);
  return found;
}

static guint
count_present (sqlite3_stmt *row,
               guint         n_columns)
{
  guint n = 1;

  while (n < n_columns &&
         (sqlite3_column_type (row, (int) n) != SQLITE_TEXT ||
          !g_str_equal ((const char *) sqlite3_column_text (row, (int) n), ABSENT)))
    n++;
  return n;
}

/* The only type that the first row of a page can be of. (nullable) */
static Candidate *
find_candidate (EntSalvage   *self,
                GPtrArray    *candidates,
                sqlite3_stmt *row,
                guint         n_columns)
{
  Candidate *found = NULL;
  guint n_present = count_present (row, n_columns);

  if (sqlite3_column_type (row, 1) != SQLITE_BLOB || sqlite3_column_bytes (row, 1) != sizeof (EntId))
    return NULL;
  for (guint i = 0; i < candidates->len; i++)
    {
      Candidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->names->len != n_present || !is_in_gaps (candidate->lost, sqlite3_column_int64 (row, 0)))
        continue;
      if (found != NULL)
        return NULL;
      found = candidate;
    }
  for (guint i = 0; found != NULL && i < self->lost->len; i++)
    if (is_saved (self, ((EntLostRows *) g_ptr_array_index (self->lost, i))->type, row, 1))
      return NULL;
  return found;
}

/* Sets @ended when all of the page could be read. */
static gboolean
copy_page_from (EntSalvage *self,
                Candidate  *candidate,
                const char *imposter,
                const char *direction,
                gboolean   *ended,
                GError    **error)
{
  g_autofree char *sql = NULL;
  EntLostRows *lost = candidate->lost;
  sqlite3_stmt *statement;
  gboolean ok = TRUE;
  int code = SQLITE_ERROR;

  *ended = FALSE;
  sql = g_strdup_printf ("SELECT c0%s FROM %s ORDER BY c0 %s", candidate->select, imposter, direction);
  if (sqlite3_prepare_v2 (ent_connection_get_db (self->damaged), sql, -1, &statement, NULL) != SQLITE_OK)
    return TRUE;
  while (ok && (code = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 row = sqlite3_column_int64 (statement, 0);

      if (!is_in_gaps (lost, row))
        continue;
      ok = ent_salvage_copy_row (self, statement, 1, error);
      g_array_append_vals (lost->found, &row, (guint) self->n_copied);
      lost->n_copied += self->n_copied;
      self->n_copied = self->n_refused = 0;
    }
  sqlite3_finalize (statement);
  *ended = code == SQLITE_DONE;
  return ok;
}

static gboolean
copy_page (EntSalvage *self,
           Candidate  *candidate,
           const char *imposter,
           GError    **error)
{
  gboolean ended;

  return ent_salvage_begin_table (self, candidate->lost->type->info->name, error) &&
         copy_page_from (self, candidate, imposter, "ASC", &ended, error) &&
         (ended || copy_page_from (self, candidate, imposter, "DESC", &ended, error));
}

static gboolean
look_at_page (EntSalvage *self,
              guint       page,
              GPtrArray  *candidates,
              guint       n_columns,
              const char *columns,
              GError    **error)
{
  sqlite3 *db = ent_connection_get_db (self->damaged);
  g_autofree char *imposter = g_strdup_printf ("imposter_%u", page);
  g_autofree char *create = g_strdup_printf ("CREATE TABLE %s %s", imposter, columns);
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s LIMIT 1", imposter);
  Candidate *candidate = NULL;
  sqlite3_stmt *statement;
  int code;

  sqlite3_test_control (SQLITE_TESTCTRL_IMPOSTER, db, "main", 1, (int) page);
  code = sqlite3_exec (db, create, NULL, NULL, NULL);
  sqlite3_test_control (SQLITE_TESTCTRL_IMPOSTER, db, "main", 0, 0);
  if (code != SQLITE_OK || sqlite3_prepare_v2 (db, select, -1, &statement, NULL) != SQLITE_OK)
    return ent_salvage_ensure_damaged (self, error);
  code = sqlite3_step (statement);
  if (code == SQLITE_ROW)
    candidate = find_candidate (self, candidates, statement, n_columns);
  sqlite3_finalize (statement);
  if (candidate != NULL)
    return copy_page (self, candidate, imposter, error);
  return code == SQLITE_ROW || code == SQLITE_DONE || ent_salvage_ensure_damaged (self, error);
}

gboolean
ent_salvage_pages (EntSalvage *self,
                   GError    **error)
{
  g_autoptr (GPtrArray) candidates = NULL;
  g_autofree char *columns = NULL;
  gint64 n_pages = 0;
  guint n_columns;

  candidates = list_candidates (self, &n_columns, error);
  if (candidates == NULL)
    return FALSE;
  if (candidates->len == 0 || !ent_read_int (self->damaged, "PRAGMA page_count", 0, &n_pages, NULL))
    return TRUE;
  columns = make_imposter_sql (n_columns);
  for (guint page = 2; page <= n_pages; page++)
    {
      if (!look_at_page (self, page, candidates, n_columns, columns, error) ||
          g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (page % BATCH == 0)
        sqlite3_test_control (SQLITE_TESTCTRL_IMPOSTER, ent_connection_get_db (self->damaged), "main", 0, 1);
    }
  return TRUE;
}
