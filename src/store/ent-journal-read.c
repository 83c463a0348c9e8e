/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-history.h"

void
ent_journal_change_clear (EntJournalChange *self)
{
  g_clear_pointer (&self->field, g_free);
  ent_packed_clear (&self->old_value);
  ent_packed_clear (&self->new_value);
}

static void
clear_line (gpointer line)
{
  ent_journal_change_clear (line);
}

GArray *
ent_journal_lines_new (void)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (EntJournalChange));

  g_array_set_clear_func (lines, clear_line);
  return lines;
}

/* Reads a value that outlives the statement's step. */
static void
read_owned (EntPacked    *packed,
            sqlite3_stmt *statement,
            int           column)
{
  EntPacked borrowed = ENT_PACKED_INIT;

  ent_packed_read (&borrowed, statement, column);
  ent_packed_copy (&borrowed, packed);
}

gboolean
ent_journal_read_lines (EntConnection *connection,
                        sqlite3_stmt  *statement,
                        GArray        *lines,
                        GError       **error)
{
  int code;

  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    {
      EntJournalChange line = {
        .seq = sqlite3_column_int64 (statement, 0),
        .txn = sqlite3_column_int64 (statement, 1),
        .key = sqlite3_column_int64 (statement, 2),
        .upto = sqlite3_column_int64 (statement, 3),
        .op = (EntChangeOp) sqlite3_column_int (statement, 4),
        .field = g_strdup ((const char *) sqlite3_column_text (statement, 5)),
      };

      read_owned (&line.old_value, statement, 6);
      read_owned (&line.new_value, statement, 7);
      g_array_append_val (lines, line);
    }
  return code == SQLITE_DONE;
}

gboolean
ent_journal_get_range (EntConnection *connection,
                       gint64         txn,
                       gint64        *first,
                       gint64        *last,
                       GError       **error)
{
  static const char next_sql[] = "SELECT first FROM txn WHERE seq > ?1 ORDER BY seq LIMIT 1";
  gint64 next;

  *last = -1;
  if (!ent_read_int (connection, "SELECT first FROM txn WHERE seq = ?1", txn, first, error) ||
      !ent_read_int (connection, next_sql, txn, &next, error))
    return FALSE;
  *last = next != 0 ? next - 1 : G_MAXINT64;
  return TRUE;
}

/* --- The lines of one record ---------------------------------------------------------------------- */

/* The run that created the record; FALSE in @found when it was created alone. */
static gboolean
find_run (EntConnection *connection,
          EntKey         key,
          EntKey        *first,
          EntKey        *last,
          gboolean      *found,
          GError       **error)
{
  static const char sql[] = "SELECT key, upto FROM change WHERE key & 63 = ?1 AND upto >= ?2"
                            " AND upto IS NOT NULL AND op = 0 ORDER BY upto LIMIT 1";
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);
  int code;

  *found = FALSE;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, ent_key_type_number (key));
  sqlite3_bind_int64 (statement, 2, key);
  code = ent_connection_step (connection, statement, error);
  if (code == SQLITE_ROW)
    {
      *first = sqlite3_column_int64 (statement, 0);
      *last = sqlite3_column_int64 (statement, 1);
      *found = *first <= key;
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
read_lines_where (EntConnection *connection,
                  const char    *sql,
                  EntKey         key,
                  EntKey         upto,
                  gint64         after,
                  GArray        *lines,
                  GError       **error)
{
  sqlite3_stmt *statement = ent_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  sqlite3_bind_int64 (statement, 2, after);
  if (upto != 0)
    sqlite3_bind_int64 (statement, 3, upto);
  return ent_journal_read_lines (connection, statement, lines, error);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 x = ((const EntJournalChange *) a)->seq;
  gint64 y = ((const EntJournalChange *) b)->seq;

  return (x < y) - (x > y);
}

GArray *
ent_journal_read_record (EntConnection *connection,
                         EntKey         key,
                         gint64         after,
                         GError       **error)
{
  static const char own_sql[] = "SELECT " ENT_JOURNAL_COLUMNS " FROM change WHERE key = ?1"
                                " AND upto IS NULL AND txn > ?2";
  static const char run_sql[] = "SELECT " ENT_JOURNAL_COLUMNS " FROM change WHERE key = ?1"
                                " AND upto = ?3 AND txn > ?2";
  g_autoptr (GArray) lines = ent_journal_lines_new ();
  gboolean found;
  EntKey first;
  EntKey last;

  if (!read_lines_where (connection, own_sql, key, 0, after, lines, error) ||
      !find_run (connection, key, &first, &last, &found, error))
    return NULL;
  if (found && !read_lines_where (connection, run_sql, first, last, after, lines, error))
    return NULL;
  g_array_sort (lines, compare_newest_first);
  return g_steal_pointer (&lines);
}

/* --- Transactions --------------------------------------------------------------------------------- */

void
ent_transaction_info_free (EntTransactionInfo *self)
{
  g_free (self->label);
  g_free (self->author);
  g_free (self);
}

static EntTransactionInfo *
read_info (sqlite3_stmt *statement)
{
  EntTransactionInfo *info = g_new0 (EntTransactionInfo, 1);

  info->seq = sqlite3_column_int64 (statement, 0);
  info->at = sqlite3_column_int64 (statement, 1);
  info->label = g_strdup ((const char *) sqlite3_column_text (statement, 2));
  info->author = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  info->origin = (EntOrigin) sqlite3_column_int (statement, 4);
  info->kind = (EntTransactionKind) sqlite3_column_int (statement, 5);
  info->target = sqlite3_column_int64 (statement, 6);
  info->undone = sqlite3_column_int (statement, 7) != 0;
  info->n_changes = sqlite3_column_int64 (statement, 8);
  return info;
}

GPtrArray *
ent_journal_read_infos (EntConnection *connection,
                        const char    *where,
                        gint64         first,
                        gint64         second,
                        GError       **error)
{
  g_autoptr (GPtrArray) infos = NULL;
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  int code;

  infos = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_transaction_info_free);
  sql = g_strconcat ("SELECT seq, at, label, author, origin, kind, target, undone, n_changes FROM txn ",
                     where, NULL);
  statement = ent_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  if (sqlite3_bind_parameter_count (statement) > 0)
    sqlite3_bind_int64 (statement, 1, first);
  if (sqlite3_bind_parameter_count (statement) > 1)
    sqlite3_bind_int64 (statement, 2, second);
  while ((code = ent_connection_step (connection, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (infos, read_info (statement));
  return code == SQLITE_DONE ? g_steal_pointer (&infos) : NULL;
}

const EntField *
ent_journal_lookup_field (const EntRecordType *type,
                          const char          *column)
{
  for (guint i = 0; column != NULL && i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if (g_str_equal (field->column, column))
        return field;
    }
  return NULL;
}
