/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-history.h"

#include <glib/gi18n-lib.h>

/* --- Which records belong to one ------------------------------------------------------------------- */

/* The record and its child lines, and theirs; those in the bin as well. (transfer full) */
static GArray *
collect_family (EntConnection *connection,
                EntSchema     *schema,
                EntKey         key,
                GError       **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  g_array_append_val (keys, key);
  for (guint i = 0; i < keys->len; i++)
    {
      EntKey parent = g_array_index (keys, EntKey, i);
      const EntRecordType *type = ent_read_type (schema, parent, error);

      if (type == NULL)
        return NULL;
      for (guint j = 0; j < type->children->len; j++)
        {
          const EntRecordType *child = g_ptr_array_index (type->children, j);
          g_autofree char *sql = NULL;
          g_autoptr (GArray) rows = NULL;

          sql = g_strdup_printf ("SELECT \"row\" FROM %s WHERE parent = ?1", ent_sql_table (child));
          rows = ent_read_rows (connection, sql, parent, 0, error);
          if (rows == NULL)
            return NULL;
          for (guint k = 0; k < rows->len; k++)
            {
              EntKey found = ent_key_make (child->info->number, g_array_index (rows, gint64, k));

              g_array_append_val (keys, found);
            }
        }
    }
  return g_steal_pointer (&keys);
}

static int
compare_numbers_down (gconstpointer a,
                      gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x < y) - (x > y);
}

/* Numbers of the transactions that touched one of @keys, newest first, each once. (transfer full) */
static GArray *
collect_transactions (EntConnection *connection,
                      GArray        *keys,
                      GError       **error)
{
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autoptr (GArray) lines = NULL;

      lines = ent_journal_read_record (connection, g_array_index (keys, EntKey, i), 0, error);
      if (lines == NULL)
        return NULL;
      for (guint j = 0; j < lines->len; j++)
        g_array_append_val (seqs, g_array_index (lines, EntJournalChange, j).txn);
    }
  g_array_sort (seqs, compare_numbers_down);
  for (guint i = 0; i < seqs->len; i++)
    if (i == 0 || g_array_index (seqs, gint64, i) != g_array_index (seqs, gint64, n - 1))
      g_array_index (seqs, gint64, n++) = g_array_index (seqs, gint64, i);
  g_array_set_size (seqs, n);
  return g_steal_pointer (&seqs);
}

/* --- History -------------------------------------------------------------------------------------- */

static GPtrArray *
read_record_history (EntConnection *connection,
                     EntSchema     *schema,
                     EntKey         key,
                     gint64         before,
                     guint          limit,
                     GError       **error)
{
  g_autoptr (GPtrArray) infos = NULL;
  g_autoptr (GArray) keys = collect_family (connection, schema, key, error);
  g_autoptr (GArray) seqs = keys != NULL ? collect_transactions (connection, keys, error) : NULL;

  if (seqs == NULL)
    return NULL;
  infos = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_transaction_info_free);
  for (guint i = 0; i < seqs->len && infos->len < limit; i++)
    {
      gint64 seq = g_array_index (seqs, gint64, i);
      g_autoptr (GPtrArray) found = NULL;

      if (before > 0 && seq >= before)
        continue;
      found = ent_journal_read_infos (connection, "WHERE seq = ?1", seq, 0, error);
      if (found == NULL)
        return NULL;
      if (found->len > 0)
        g_ptr_array_add (infos, g_ptr_array_steal_index (found, 0));
    }
  return g_steal_pointer (&infos);
}

GPtrArray *
ent_store_get_history (EntStore *store,
                       EntKey    key,
                       gint64    before,
                       guint     limit,
                       GError  **error)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  EntConnection *connection = ent_store_acquire_reader (store, error);
  GPtrArray *infos;

  if (connection == NULL)
    return NULL;
  if (key != 0)
    infos = read_record_history (connection, schema, key, before, limit, error);
  else
    infos = ent_journal_read_infos (connection, "WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
                                    before > 0 ? before : G_MAXINT64, limit, error);
  ent_store_release_reader (store, connection);
  return infos;
}

/* --- Changes -------------------------------------------------------------------------------------- */

void
ent_change_free (EntChange *self)
{
  ent_value_clear (&self->old_value);
  ent_value_clear (&self->new_value);
  g_free (self);
}

static void
take_schema_text (const EntPacked *packed,
                  EntValue        *value)
{
  if (packed->kind == ENT_PACKED_TEXT)
    ent_value_set_text (value, packed->data);
}

static EntChange *
make_change (EntSchema              *schema,
             const EntJournalChange *line,
             EntKey                  key)
{
  const EntRecordType *type = ent_schema_lookup_key (schema, key);
  EntChange *change = g_new0 (EntChange, 1);

  change->transaction = line->txn;
  change->op = line->op;
  change->key = key;
  if (line->op == ENT_CHANGE_SET && type != NULL)
    change->field = ent_journal_lookup_field (type, line->field);
  if (change->field != NULL)
    {
      ent_packed_get_value (&line->old_value, change->field, &change->old_value);
      ent_packed_get_value (&line->new_value, change->field, &change->new_value);
    }
  else if (line->op == ENT_CHANGE_SCHEMA)
    {
      take_schema_text (&line->old_value, &change->old_value);
      take_schema_text (&line->new_value, &change->new_value);
    }
  return change;
}

/* One change a record, up to @limit of them in all. */
static void
expand (EntSchema              *schema,
        const EntJournalChange *line,
        guint                   limit,
        GPtrArray              *changes)
{
  guint number = ent_key_type_number (line->key);
  gint64 last = line->upto != 0 ? ent_key_row (line->upto) : ent_key_row (line->key);

  for (gint64 row = ent_key_row (line->key); row <= last && changes->len < limit; row++)
    g_ptr_array_add (changes, make_change (schema, line, ent_key_make (number, row)));
}

static gboolean
read_all_changes (EntConnection *connection,
                  EntSchema     *schema,
                  gint64         seq,
                  guint          limit,
                  GPtrArray     *changes,
                  GError       **error)
{
  static const char sql[] = "SELECT " ENT_JOURNAL_COLUMNS " FROM change WHERE seq BETWEEN ?1 AND ?2"
                            " ORDER BY seq LIMIT ?3";
  g_autoptr (GArray) lines = ent_journal_lines_new ();
  sqlite3_stmt *statement;
  gint64 first;
  gint64 last;

  if (!ent_journal_get_range (connection, seq, &first, &last, error))
    return FALSE;
  statement = ent_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, last);
  sqlite3_bind_int64 (statement, 3, limit);
  if (!ent_journal_read_lines (connection, statement, lines, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    expand (schema, &g_array_index (lines, EntJournalChange, i), limit, changes);
  return TRUE;
}

static gboolean
read_record_changes (EntConnection *connection,
                     EntSchema     *schema,
                     gint64         seq,
                     EntKey         key,
                     guint          limit,
                     GPtrArray     *changes,
                     GError       **error)
{
  g_autoptr (GArray) keys = collect_family (connection, schema, key, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      EntKey member = g_array_index (keys, EntKey, i);
      g_autoptr (GArray) lines = ent_journal_read_record (connection, member, seq - 1, error);

      if (lines == NULL)
        return FALSE;
      for (guint j = lines->len; j-- > 0 && changes->len < limit;)
        {
          const EntJournalChange *line = &g_array_index (lines, EntJournalChange, j);

          if (line->txn == seq)
            g_ptr_array_add (changes, make_change (schema, line, member));
        }
    }
  return keys != NULL;
}

GPtrArray *
ent_store_get_changes (EntStore *store,
                       gint64    seq,
                       EntKey    key,
                       guint     limit,
                       GError  **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_change_free);
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  EntConnection *connection = ent_store_acquire_reader (store, error);
  gboolean done;

  if (connection == NULL)
    return NULL;
  if (key != 0)
    done = read_record_changes (connection, schema, seq, key, limit, changes, error);
  else
    done = read_all_changes (connection, schema, seq, limit, changes, error);
  ent_store_release_reader (store, connection);
  return done ? g_steal_pointer (&changes) : NULL;
}

/* --- Time travel ---------------------------------------------------------------------------------- */

static void
take_back (EntRecord              *record,
           const EntJournalChange *line)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntField *field = NULL;
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (line->op == ENT_CHANGE_SET)
    field = ent_journal_lookup_field (type, line->field);
  else if (line->op == ENT_CHANGE_DELETE || line->op == ENT_CHANGE_RESTORE)
    field = ent_record_type_get_nth (type, ENT_COMMON_DELETED_AT);
  if (field == NULL)
    return;
  ent_packed_get_value (&line->old_value, field, &value);
  ent_record_load (record, field->index, &value);
}

gboolean
ent_history_rewind (EntConnection *connection,
                    EntRecord     *record,
                    gint64         last,
                    gboolean      *existed,
                    GError       **error)
{
  g_autoptr (GArray) lines = NULL;

  *existed = TRUE;
  lines = ent_journal_read_record (connection, ent_record_get_key (record), last, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const EntJournalChange *line = &g_array_index (lines, EntJournalChange, i);

      if (line->op == ENT_CHANGE_CREATE)
        *existed = FALSE;
      else
        take_back (record, line);
    }
  if (lines != NULL && lines->len > 0)
    {
      g_auto (EntValue) unknown = ENT_VALUE_INIT;

      ent_record_load (record, ENT_COMMON_REV, &unknown);
      ent_record_load (record, ENT_COMMON_UPDATED_AT, &unknown);
    }
  return lines != NULL;
}

static EntRecord *
get_at (EntConnection *connection,
        EntSchema     *schema,
        EntKey         key,
        gint64         at,
        GError       **error)
{
  static const char sql[] = "SELECT seq FROM txn WHERE at <= ?1 ORDER BY at DESC LIMIT 1";
  g_autoptr (EntRecord) record = ent_read_record (connection, schema, key, error);
  g_autofree char *label = NULL;
  gboolean existed;
  gint64 last;

  if (record == NULL || !ent_read_int (connection, sql, at, &last, error) ||
      !ent_history_rewind (connection, record, last, &existed, error))
    return NULL;
  if (existed && ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT)))
    return g_steal_pointer (&record);
  label = ent_read_label (connection, schema, key);
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
               existed ? _("%s was in the bin at that time.") : _("%s did not exist at that time."),
               label);
  return NULL;
}

EntRecord *
ent_store_get_at (EntStore *store,
                  EntKey    key,
                  gint64    at,
                  GError  **error)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (store);
  EntConnection *connection = ent_store_acquire_reader (store, error);
  EntRecord *record = NULL;

  if (connection == NULL)
    return NULL;
  /* The record and its journal must be of one moment. */
  if (ent_connection_exec (connection, "BEGIN", error))
    record = get_at (connection, schema, key, at, error);
  ent_connection_exec (connection, "ROLLBACK", NULL);
  ent_store_release_reader (store, connection);
  return record;
}
