/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-history.h"
#include "store/ent-transaction-private.h"

#include <glib/gi18n-lib.h>

/* Undo writes the inverse of a transaction as a transaction of its own, so the journal only ever grows,
 * and whoever walks it back needs to know nothing about undo. Which transactions count follows from the
 * flag `undone`; it survives a restart like everything else.
 *
 *   undo takes the newest transaction that counts; redo the oldest undone one that is newer than every
 *   one that counts, unless something new was done after it was undone: a new edit ends what can be
 *   redone, as everywhere. */

#define LAST(condition) "ifnull ((SELECT seq FROM txn WHERE " condition " ORDER BY seq DESC LIMIT 1), 0)"
#define NEXT_UNDO "WHERE kind = 0 AND undone = 0 AND origin NOT IN (3, 4) ORDER BY seq DESC LIMIT 1"
#define NEXT_REDO "WHERE seq = (SELECT min (target) FROM txn WHERE kind = 1 AND seq > " LAST ("kind = 0") \
                  " AND target > " LAST ("kind = 0 AND undone = 0") ")"
#define CHUNK 2000

G_STATIC_ASSERT (ENT_ORIGIN_SYNC == 3 && ENT_ORIGIN_SETUP == 4 && ENT_TRANSACTION_DO == 0 && ENT_CHANGE_CREATE == 0);

typedef struct
{
  gint64              seq;  /* wanted; 0: the next one */
  gboolean            redo;
  gboolean            checked; /* something newer counts: look for conflicts */
  EntTransactionInfo *info;
} Undo;

/* --- Conflicts ------------------------------------------------------------------------------------ */

static gboolean
fail_conflict (EntTransaction *self,
               const Undo     *undo,
               EntKey          key,
               GError        **error)
{
  g_autofree char *record = ent_read_label (self->connection, self->schema, key);

  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_CONFLICT,
               _("“%s” cannot be undone: %s was changed later; undo that first."), undo->info->label,
               record);
  return FALSE;
}

/* What a column holds now, in the form of the journal. (the statement owns the text until reset) */
static gboolean
is_current (EntTransaction  *self,
            EntKey           key,
            const EntField  *field,
            const EntPacked *expected,
            gboolean        *is_same,
            GError         **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (self, key, error);
  g_auto (EntPacked) packed = ENT_PACKED_INIT;

  if (record == NULL)
    return FALSE;
  ent_packed_set_value (&packed, field, ent_record_get (record, field->index));
  *is_same = ent_packed_equal (&packed, expected);
  return TRUE;
}

/* Whether a transaction that counts and is newer than the one to undo touched one of the records. */
static gboolean
is_touched_later (EntTransaction         *self,
                  const EntJournalChange *line,
                  EntKey                 *key,
                  gboolean               *is_touched,
                  GError                **error)
{
  static const char sql[] =
    "SELECT change.key FROM change JOIN txn ON txn.seq = change.txn WHERE change.key BETWEEN ?1 AND ?2"
    " AND change.key & 63 = ?3 AND change.txn > ?4 AND txn.kind = 0 AND txn.undone = 0 LIMIT 1";
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, line->key);
  sqlite3_bind_int64 (statement, 2, line->upto != 0 ? line->upto : line->key);
  sqlite3_bind_int64 (statement, 3, ent_key_type_number (line->key));
  sqlite3_bind_int64 (statement, 4, line->txn);
  code = ent_connection_step (self->connection, statement, error);
  *is_touched = code == SQLITE_ROW;
  *key = *is_touched ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
check_line (EntTransaction         *self,
            const Undo             *undo,
            const EntJournalChange *line,
            const EntField         *field,
            GError                **error)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, line->key);
  gboolean is_same = TRUE;
  gboolean is_touched = FALSE;
  EntKey key = line->key;

  if (!undo->checked || line->op == ENT_CHANGE_SCHEMA || type == NULL)
    return TRUE;
  if (line->op == ENT_CHANGE_SET)
    {
      if (field != NULL && !is_current (self, key, field, &line->new_value, &is_same, error))
        return FALSE;
      is_touched = field == NULL;
    }
  else if (line->op == ENT_CHANGE_CREATE || line->upto != 0)
    {
      if (!is_touched_later (self, line, &key, &is_touched, error))
        return FALSE;
    }
  else if (!is_current (self, key, ent_record_type_get_nth (type, ENT_COMMON_DELETED_AT),
                        &line->new_value, &is_same, error))
    return FALSE;
  return (is_same && !is_touched) || fail_conflict (self, undo, key, error);
}

/* After records were taken away: does a live one still name them? */
static gboolean
check_not_named (EntTransaction         *self,
                 const Undo             *undo,
                 const EntJournalChange *line,
                 const EntField         *field,
                 GError                **error)
{
  g_autofree char *sql = NULL;
  sqlite3_stmt *statement;
  EntKey named;
  int code;

  sql = g_strdup_printf ("SELECT \"%s\" FROM %s WHERE \"%s\" BETWEEN ?1 AND ?2 AND \"%s\" & 63 = ?3"
                         " AND deleted_at IS NULL LIMIT 1", field->column,
                         ent_sql_table (field->type), field->column, field->column);
  statement = ent_connection_prepare (self->connection, sql, error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, line->key);
  sqlite3_bind_int64 (statement, 2, line->upto != 0 ? line->upto : line->key);
  sqlite3_bind_int64 (statement, 3, ent_key_type_number (line->key));
  code = ent_connection_step (self->connection, statement, error);
  named = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 0;
  sqlite3_reset (statement);
  if (code == SQLITE_ROW)
    return fail_conflict (self, undo, named, error);
  return code == SQLITE_DONE;
}

static gboolean
check_nothing_names (EntTransaction         *self,
                     const Undo             *undo,
                     const EntJournalChange *line,
                     GError                **error)
{
  const EntRecordType *gone = ent_schema_lookup_key (self->schema, line->key);

  for (guint i = 0; gone != NULL && i < ent_schema_get_n_types (self->schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (self->schema, i);

      for (guint j = 0; j < ent_record_type_get_n_fields (type); j++)
        {
          const EntField *field = ent_record_type_get_nth (type, j);

          if (field->info.type == ENT_FIELD_REF && !ent_field_is_many (field) &&
              (g_strcmp0 (field->info.target, "*") == 0 ||
               g_strcmp0 (field->info.target, gone->info->name) == 0) &&
              !check_not_named (self, undo, line, field, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* --- Applying ------------------------------------------------------------------------------------- */

static gboolean
apply_set (EntTransaction         *self,
           const Undo             *undo,
           const EntJournalChange *line,
           const EntField         *field,
           GError                **error)
{
  const EntPacked *before = undo->redo ? &line->old_value : &line->new_value;
  const EntPacked *after = undo->redo ? &line->new_value : &line->old_value;
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (field == NULL)
    return fail_conflict (self, undo, line->key, error);
  if (undo->checked)
    {
      ent_packed_get_value (after, field, &value);
      if (!ent_validate_references (self, field, &value, error) ||
          !ent_validate_unique (self, field, &value, line->key, error))
        return FALSE;
    }
  return ent_record_write_field (self, line->key, field, before, after, error);
}

/* Creation is taken back by deleted_at 0, which no deletion ever writes. */
static gboolean
apply_creation (EntTransaction         *self,
                const Undo             *undo,
                const EntJournalChange *line,
                GError                **error)
{
  EntPacked live = ENT_PACKED_INIT;
  EntPacked gone = ENT_PACKED_INIT;

  ent_packed_set_int (&gone, 0);
  return ent_record_write_deleted (self, line->key, line->upto, undo->redo ? &gone : &live,
                                   undo->redo ? &live : &gone, error);
}

static gboolean
apply_line (EntTransaction         *self,
            const Undo             *undo,
            const EntJournalChange *line,
            GError                **error)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, line->key);
  const EntField *field = type != NULL ? ent_journal_lookup_field (type, line->field) : NULL;

  if (!check_line (self, undo, line, field, error))
    return FALSE;
  switch (line->op)
    {
    case ENT_CHANGE_CREATE:
      return apply_creation (self, undo, line, error);
    case ENT_CHANGE_SET:
      return apply_set (self, undo, line, field, error);
    case ENT_CHANGE_DELETE:
    case ENT_CHANGE_RESTORE:
      return ent_record_write_deleted (self, line->key, line->upto,
                                       undo->redo ? &line->old_value : &line->new_value,
                                       undo->redo ? &line->new_value : &line->old_value, error);
    case ENT_CHANGE_SCHEMA:
    default:
      {
        gboolean was_removed = line->new_value.kind == ENT_PACKED_NULL;
        const EntPacked *what = was_removed ? &line->old_value : &line->new_value;

        return ent_customize_set_removed (self, line->field, what->data,
                                          undo->redo ? was_removed : !was_removed, error);
      }
    }
}

/* Reads the next lines in the order they are applied: backwards for undo. Read before any is applied,
 * as a statement that still runs would keep indexes from being rebuilt. */
static GArray *
read_chunk (EntTransaction *self,
            const Undo     *undo,
            gint64          first,
            gint64          last,
            GError        **error)
{
  g_autoptr (GArray) lines = ent_journal_lines_new ();
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (self->connection, undo->redo
    ? "SELECT " ENT_JOURNAL_COLUMNS " FROM change WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq LIMIT ?3"
    : "SELECT " ENT_JOURNAL_COLUMNS " FROM change WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq DESC LIMIT ?3",
    error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, last);
  sqlite3_bind_int64 (statement, 3, CHUNK);
  if (!ent_journal_read_lines (self->connection, statement, lines, error))
    return NULL;
  return g_steal_pointer (&lines);
}

typedef gboolean (*LineFunc) (EntTransaction         *self,
                              const Undo             *undo,
                              const EntJournalChange *line,
                              GError                **error);

static gboolean
for_each_line (EntTransaction *self,
               const Undo     *undo,
               LineFunc        func,
               GError        **error)
{
  gint64 first;
  gint64 last;

  if (!ent_journal_get_range (self->connection, undo->info->seq, &first, &last, error))
    return FALSE;
  last = MIN (last, self->first_change - 1);
  for (;;)
    {
      g_autoptr (GArray) lines = read_chunk (self, undo, first, last, error);

      if (lines == NULL)
        return FALSE;
      if (lines->len == 0)
        return TRUE;
      for (guint i = 0; i < lines->len; i++)
        if (!func (self, undo, &g_array_index (lines, EntJournalChange, i), error))
          return FALSE;
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (undo->redo)
        first = g_array_index (lines, EntJournalChange, lines->len - 1).seq + 1;
      else
        last = g_array_index (lines, EntJournalChange, lines->len - 1).seq - 1;
    }
}

static gboolean
check_after (EntTransaction         *self,
             const Undo             *undo,
             const EntJournalChange *line,
             GError                **error)
{
  return line->op != ENT_CHANGE_CREATE || check_nothing_names (self, undo, line, error);
}

/* --- Choosing ------------------------------------------------------------------------------------- */

static gboolean
find_target (EntTransaction *self,
             Undo           *undo,
             GError        **error)
{
  g_autoptr (GPtrArray) infos = NULL;

  if (undo->seq > 0)
    infos = ent_journal_read_infos (self->connection, "WHERE seq = ?1 AND kind = 0 AND undone = 0",
                                    undo->seq, 0, error);
  else
    infos = ent_journal_read_infos (self->connection, undo->redo ? NEXT_REDO : NEXT_UNDO, 0, 0, error);
  if (infos == NULL)
    return FALSE;
  if (infos->len > 0)
    {
      undo->info = g_ptr_array_steal_index (infos, 0);
      return TRUE;
    }
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND,
                       undo->seq > 0 ? _("This change was undone already, or there is no such change.")
                       : undo->redo ? _("There is nothing to redo.") : _("There is nothing to undo."));
  return FALSE;
}

static gboolean
find_whether_checked (EntTransaction *self,
                      Undo           *undo,
                      GError        **error)
{
  static const char sql[] = "SELECT 1 FROM txn WHERE seq > ?1 AND kind = 0 AND undone = 0 LIMIT 1";
  gint64 found;

  if (!ent_read_int (self->connection, sql, undo->info->seq, &found, error))
    return FALSE;
  undo->checked = !undo->redo && found != 0;
  return TRUE;
}

static gboolean
mark (EntTransaction *self,
      const Undo     *undo,
      GError        **error)
{
  sqlite3_stmt *statement;

  statement = ent_connection_prepare (self->connection, "UPDATE txn SET undone = ?1 WHERE seq = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int (statement, 1, !undo->redo);
  sqlite3_bind_int64 (statement, 2, undo->info->seq);
  return ent_transaction_step (self, statement, error);
}

static gboolean
undo_func (EntTransaction *self,
           gpointer        data,
           GError        **error)
{
  Undo *undo = data;
  g_autofree char *label = NULL;

  if (!find_target (self, undo, error) || !find_whether_checked (self, undo, error))
    return FALSE;
  self->target = undo->info->seq;
  label = g_strdup_printf (undo->redo ? _("Redo: %s") : _("Undo: %s"), undo->info->label);
  ent_transaction_set_label (self, label);
  if (!for_each_line (self, undo, apply_line, error))
    return FALSE;
  if (undo->checked && !for_each_line (self, undo, check_after, error))
    return FALSE;
  undo->info->undone = !undo->redo;
  return mark (self, undo, error);
}

/* --- Interface ------------------------------------------------------------------------------------ */

typedef struct
{
  Undo          undo;
  GCancellable *cancellable;
} Request;

static gboolean
run_undo (EntStore      *store,
          EntConnection *connection,
          gpointer       data,
          GError       **error)
{
  Request *request = data;
  gint64 seq;

  return ent_transaction_run (store, connection, "", ENT_ORIGIN_USER,
                              request->undo.redo ? ENT_TRANSACTION_REDO : ENT_TRANSACTION_UNDO, 0,
                              undo_func, &request->undo, request->cancellable, &seq, error);
}

static EntTransactionInfo *
undo_or_redo (EntStore     *store,
              gint64        seq,
              gboolean      redo,
              GCancellable *cancellable,
              GError      **error)
{
  Request request = { { .seq = seq, .redo = redo }, cancellable };

  if (ent_store_require_writer (store, error) &&
      ent_writer_run (store->writer, run_undo, &request, error))
    return request.undo.info;
  g_clear_pointer (&request.undo.info, ent_transaction_info_free);
  return NULL;
}

EntTransactionInfo *
ent_store_undo (EntStore     *store,
                gint64        seq,
                GCancellable *cancellable,
                GError      **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store), NULL);

  return undo_or_redo (store, seq, FALSE, cancellable, error);
}

EntTransactionInfo *
ent_store_redo (EntStore     *store,
                GCancellable *cancellable,
                GError      **error)
{
  g_return_val_if_fail (ENT_IS_STORE (store), NULL);

  return undo_or_redo (store, 0, TRUE, cancellable, error);
}

static EntTransactionInfo *
peek (EntStore    *store,
      const char  *where,
      GError     **error)
{
  EntConnection *connection = ent_store_acquire_reader (store, error);
  g_autoptr (GPtrArray) infos = NULL;

  if (connection == NULL)
    return NULL;
  infos = ent_journal_read_infos (connection, where, 0, 0, error);
  ent_store_release_reader (store, connection);
  return infos != NULL && infos->len > 0 ? g_ptr_array_steal_index (infos, 0) : NULL;
}

EntTransactionInfo *
ent_store_peek_undo (EntStore *store,
                     GError  **error)
{
  return peek (store, NEXT_UNDO, error);
}

EntTransactionInfo *
ent_store_peek_redo (EntStore *store,
                     GError  **error)
{
  return peek (store, NEXT_REDO, error);
}
