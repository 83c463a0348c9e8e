/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The full-text index as a filter. Rows that wait to be indexed are looked at themselves: the index knows
 * nothing of new ones and the past of changed ones. */
#include "config.h"

#include "store/ent-search-private.h"

/* Fewer waiting rows than this are searched in all their fields, more in their titles only. */
#define MAX_READ_WHOLE 20000
#define MAX_RANGES 32

/* --- What waits ----------------------------------------------------------------------------------- */

static int
compare_ranges (gconstpointer a,
                gconstpointer b)
{
  gint64 x = ((const EntRange *) a)->from, y = ((const EntRange *) b)->from;

  return (x > y) - (x < y);
}

/* Joins ranges that touch or, when @gap is larger, nearly do: what is between them is then looked at too. */
static void
join_ranges (GArray *ranges,
             gint64  gap)
{
  guint n = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      EntRange range = g_array_index (ranges, EntRange, i);
      EntRange *last = n > 0 ? &g_array_index (ranges, EntRange, n - 1) : NULL;

      if (last != NULL && range.from - last->to <= gap)
        last->to = MAX (last->to, range.to);
      else
        g_array_index (ranges, EntRange, n++) = range;
    }
  g_array_set_size (ranges, n);
}

GArray *
ent_search_get_pending (EntConnection       *connection,
                        const EntRecordType *type,
                        GError             **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (EntRange));
  sqlite3_stmt *statement;
  int code;

  statement = ent_connection_prepare (connection, "SELECT first, last FROM search_pending WHERE type = ?",
                                      error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, type->info->number);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntRange range = { sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1) };

      g_array_append_val (ranges, range);
    }
  if (code != SQLITE_DONE)
    return NULL;
  g_array_sort (ranges, compare_ranges);
  for (gint64 gap = 1; gap == 1 || ranges->len > MAX_RANGES; gap *= 4)
    join_ranges (ranges, gap);
  return g_steal_pointer (&ranges);
}

static gint64
count_pending (const GArray *ranges)
{
  gint64 n = 0;

  for (guint i = 0; i < ranges->len; i++)
    n += g_array_index (ranges, EntRange, i).to - g_array_index (ranges, EntRange, i).from + 1;
  return n;
}

/* --- SQL ------------------------------------------------------------------------------------------ */

static void
append_in_ranges (EntSql       *sql,
                  const GArray *ranges)
{
  g_string_append_c (sql->sql, '(');
  for (guint i = 0; i < ranges->len; i++)
    {
      EntRange range = g_array_index (ranges, EntRange, i);

      g_string_append (sql->sql, i > 0 ? " OR t0.\"row\" BETWEEN " : "t0.\"row\" BETWEEN ");
      ent_sql_append_int (sql, range.from);
      g_string_append (sql->sql, " AND ");
      ent_sql_append_int (sql, range.to);
    }
  g_string_append_c (sql->sql, ')');
}

/* "ent_words(words, text of the row)". */
static void
append_words (EntSql              *sql,
              const EntRecordType *type,
              EntWords            *words,
              gboolean             whole)
{
  g_string_append (sql->sql, "ent_words(");
  ent_sql_append_pointer (sql, words, ENT_SQL_WORDS);
  g_string_append (sql->sql, ", concat_ws(' ', t0.title");
  for (guint i = 0; whole && i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (i != ENT_COMMON_TITLE && ent_search_has_field (field))
        g_string_append_printf (sql->sql, ", t0.\"%s\"", field->column);
    }
  g_string_append (sql->sql, "))");
}

static void
append_indexed (EntSql              *sql,
                const EntRecordType *type,
                const EntWords      *words)
{
  g_autofree char *query = ent_words_to_fts (words, NULL);

  g_string_append_printf (sql->sql, "t0.\"row\" IN (SELECT rowid >> %d FROM search WHERE search MATCH ",
                          ENT_KEY_TYPE_BITS);
  ent_sql_append_text (sql, query);
  g_string_append_printf (sql->sql, " AND (rowid & %d) = %u)", ENT_KEY_MAX_TYPES - 1, type->info->number);
}

gboolean
ent_search_append_sql (EntSql              *sql,
                       EntConnection       *connection,
                       const EntRecordType *type,
                       EntWords            *words,
                       GError             **error)
{
  g_autoptr (GArray) pending = ent_search_get_pending (connection, type, error);

  if (pending == NULL)
    return FALSE;
  if (pending->len == 0)
    {
      append_indexed (sql, type, words);
      return TRUE;
    }
  g_string_append (sql->sql, "CASE WHEN ");
  append_in_ranges (sql, pending);
  g_string_append (sql->sql, " THEN ");
  append_words (sql, type, words, count_pending (pending) <= MAX_READ_WHOLE);
  g_string_append (sql->sql, " ELSE ");
  append_indexed (sql, type, words);
  g_string_append (sql->sql, " END");
  return TRUE;
}

/* --- Rows ----------------------------------------------------------------------------------------- */

static gboolean
is_in_ranges (const GArray *ranges,
              gint64        row)
{
  for (guint i = 0; i < ranges->len; i++)
    if (row >= g_array_index (ranges, EntRange, i).from && row <= g_array_index (ranges, EntRange, i).to)
      return TRUE;
  return FALSE;
}

static gboolean
find_indexed (EntConnection       *connection,
              const EntRecordType *type,
              const EntWords      *words,
              const GArray        *pending,
              EntBits             *rows,
              GError             **error)
{
  g_autofree char *query = ent_words_to_fts (words, NULL);
  sqlite3_stmt *statement;
  int code;

  statement = ent_connection_prepare (connection, "SELECT rowid FROM search WHERE search MATCH ?", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, query, -1, SQLITE_STATIC);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntKey key = sqlite3_column_int64 (statement, 0);

      if (ent_key_type_number (key) == type->info->number && !is_in_ranges (pending, ent_key_row (key)))
        ent_bits_set (rows, (gsize) ent_key_row (key));
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

gboolean
ent_search_find_pending (EntConnection       *connection,
                         const EntRecordType *type,
                         EntWords            *words,
                         const GArray        *pending,
                         EntBits             *rows,
                         GError             **error)
{
  g_auto (EntSql) sql = { 0 };
  sqlite3_stmt *statement;
  int code;

  if (pending->len == 0)
    return TRUE;
  ent_sql_init (&sql, NULL);
  g_string_append_printf (sql.sql, "SELECT t0.\"row\" FROM %s AS t0 WHERE t0.deleted_at IS NULL AND ",
                          ent_sql_table (type));
  append_in_ranges (&sql, pending);
  g_string_append (sql.sql, " AND ");
  append_words (&sql, type, words, count_pending (pending) <= MAX_READ_WHOLE);
  statement = ent_sql_prepare (&sql, connection, error);
  if (statement == NULL)
    return FALSE;
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    ent_bits_set (rows, (gsize) sqlite3_column_int64 (statement, 0));
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

gboolean
ent_search_find_rows (EntConnection       *connection,
                      const EntRecordType *type,
                      EntWords            *words,
                      EntBits             *rows,
                      GError             **error)
{
  g_autoptr (GArray) pending = ent_search_get_pending (connection, type, error);

  return pending != NULL && find_indexed (connection, type, words, pending, rows, error) &&
         ent_search_find_pending (connection, type, words, pending, rows, error);
}
