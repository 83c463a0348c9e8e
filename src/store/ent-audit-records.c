/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-check.h"
#include "store/ent-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Compares records with the journal, for one type in one pass over three sorted streams: the rows, the
 * lines that created them, and the lines that changed them. What a record was created with is what it
 * holds now, except in changed fields: there it is the old value of the first change. */

typedef struct
{
  EntCheck            *check;
  const EntRecordType *type;
  EntRowDigester      *digester;

  sqlite3_stmt *rows;
  gboolean      has_row;
  gint64        row;      /* that `rows` stands on */
  sqlite3_stmt *changes;
  gboolean      has_change;
  EntKey        changed;  /* whose line `changes` stands on */

  EntPacked    *created;  /* per field of the digester: old value of its first change */
  EntPacked    *latest;   /* new value of its last change */
  gboolean     *is_changed;
  EntPacked     deleted;  /* deleted_at by the journal */

  EVP_MD_CTX   *context;
  GByteArray   *buffer;
  gint64        n_unknown; /* rows that nothing created */
} Audit;

static gboolean
next_row (Audit   *self,
          GError **error)
{
  int code = ent_connection_step (self->check->connection, self->rows, error);

  self->has_row = code == SQLITE_ROW;
  self->row = self->has_row ? sqlite3_column_int64 (self->rows, 0) : 0;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
next_change (Audit   *self,
             GError **error)
{
  int code = ent_connection_step (self->check->connection, self->changes, error);

  self->has_change = code == SQLITE_ROW;
  self->changed = self->has_change ? sqlite3_column_int64 (self->changes, 0) : 0;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

/* --- One record ------------------------------------------------------------------------------------ */

static void
take_change (Audit *self)
{
  const char *column = (const char *) sqlite3_column_text (self->changes, 2);
  g_auto (EntPacked) old_value = ENT_PACKED_INIT;
  g_auto (EntPacked) new_value = ENT_PACKED_INIT;

  ent_packed_read (&old_value, self->changes, 3);
  ent_packed_read (&new_value, self->changes, 4);
  if (sqlite3_column_int (self->changes, 1) != ENT_CHANGE_SET)
    {
      ent_packed_copy (&new_value, &self->deleted);
      return;
    }
  for (guint i = 0; i < self->digester->n_fields; i++)
    {
      if (g_strcmp0 (self->digester->fields[i]->column, column) != 0)
        continue;
      if (!self->is_changed[i])
        ent_packed_copy (&old_value, &self->created[i]);
      ent_packed_copy (&new_value, &self->latest[i]);
      self->is_changed[i] = TRUE;
      return;
    }
}

/* Lines of runs (their deletion or return) stand beside those of single records; the later one says
 * whether the record is live. */
static gboolean
read_run_state (Audit   *self,
                EntKey   key,
                EntKey   upto,
                gint64  *seq,
                GError **error)
{
  static const char sql[] = "SELECT seq, new FROM change WHERE key = ?1 AND upto IS ?2 AND op IN (2, 3)"
                            " ORDER BY seq DESC LIMIT 1";
  sqlite3_stmt *statement = ent_connection_prepare (self->check->connection, sql, error);
  g_auto (EntPacked) packed = ENT_PACKED_INIT;
  int code;

  ent_packed_clear (&self->deleted);
  *seq = 0;
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, key);
  sqlite3_bind_int64 (statement, 2, upto);
  code = upto != 0 ? ent_connection_step (self->check->connection, statement, error) : SQLITE_DONE;
  if (code == SQLITE_ROW)
    {
      *seq = sqlite3_column_int64 (statement, 0);
      ent_packed_read (&packed, statement, 1);
      ent_packed_copy (&packed, &self->deleted);
    }
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
take_changes (Audit     *self,
              EntKey     key,
              EntPacked *run_state,
              gint64     run_seq,
              GError   **error)
{
  memset (self->is_changed, 0, self->digester->n_fields * sizeof *self->is_changed);
  ent_packed_copy (run_state, &self->deleted);
  while (self->has_change && self->changed <= key)
    {
      gboolean is_state = sqlite3_column_int (self->changes, 1) != ENT_CHANGE_SET;

      if (self->changed == key && (!is_state || sqlite3_column_int64 (self->changes, 5) > run_seq))
        take_change (self);
      if (!next_change (self, error))
        return FALSE;
    }
  return TRUE;
}

static void
report_field (Audit      *self,
              const char *label)
{
  EntKey key = ent_key_make (self->type->info->number, self->row);
  g_autofree char *record = ent_read_label (self->check->connection, self->check->schema, key);

  ent_check_add (self->check, TRUE, g_strdup_printf (_("%s: “%s” is not what the history says."),
                                                     record, label));
}

static void
digest_record (Audit *self)
{
  EntKey key = ent_key_make (self->type->info->number, self->row);
  EntPacked stored = ENT_PACKED_INIT;
  EntId id = { { 0 } };
  int column = 3;

  if (sqlite3_column_bytes (self->rows, 1) == sizeof id)
    memcpy (&id, sqlite3_column_blob (self->rows, 1), sizeof id);
  ent_packed_read (&stored, self->rows, 2);
  if (!ent_packed_equal (&stored, &self->deleted))
    report_field (self, ent_field_get_label (ent_record_type_get_nth (self->type, ENT_COMMON_DELETED_AT)));
  ent_row_digester_begin (self->buffer, key, &id);
  for (guint i = 0; i < self->digester->n_fields; i++)
    {
      const EntField *field = self->digester->fields[i];
      g_auto (EntPacked) packed = ENT_PACKED_INIT;

      ent_packed_read_field (&packed, self->rows, &column, field);
      if (self->is_changed[i] && !ent_packed_equal (&packed, &self->latest[i]))
        report_field (self, ent_field_get_label (field));
      ent_row_digester_packed (self->buffer, self->digester->tags[i],
                               self->is_changed[i] ? &self->created[i] : &packed);
    }
  EVP_DigestUpdate (self->context, self->buffer->data, self->buffer->len);
  g_byte_array_set_size (self->buffer, 0);
}

/* --- One creation ---------------------------------------------------------------------------------- */

static void
report_creation (Audit  *self,
                 EntKey  key,
                 EntKey  upto)
{
  g_autofree char *first = ent_read_label (self->check->connection, self->check->schema, key);
  g_autofree char *last = NULL;

  if (upto == 0)
    {
      ent_check_add (self->check, TRUE,
                     g_strdup_printf (_("%s does not hold what it was created with."), first));
      return;
    }
  last = ent_read_label (self->check->connection, self->check->schema, upto);
  ent_check_add (self->check, TRUE,
                 g_strdup_printf (_("Records from %s to %s do not hold what they were created with."),
                                  first, last));
}

static gboolean
check_creation (Audit        *self,
                sqlite3_stmt *creations,
                GError      **error)
{
  EntKey key = sqlite3_column_int64 (creations, 0);
  EntKey upto = sqlite3_column_int64 (creations, 1);
  gint64 last = ent_key_row (upto != 0 ? upto : key);
  g_auto (EntPacked) run_state = ENT_PACKED_INIT;
  guint8 digest[ENT_DIGEST_SIZE];
  gint64 run_seq;

  if (!read_run_state (self, key, upto, &run_seq, error))
    return FALSE;
  ent_packed_copy (&self->deleted, &run_state);
  EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL);
  while (self->has_row && self->row <= last)
    {
      if (self->row < ent_key_row (key))
        self->n_unknown++;
      else
        {
          if (!take_changes (self, ent_key_make (self->type->info->number, self->row), &run_state,
                             run_seq, error))
            return FALSE;
          digest_record (self);
        }
      if (!next_row (self, error))
        return FALSE;
    }
  EVP_DigestFinal_ex (self->context, digest, NULL);
  if (sqlite3_column_bytes (creations, 2) != sizeof digest ||
      memcmp (sqlite3_column_blob (creations, 2), digest, sizeof digest) != 0)
    report_creation (self, key, upto);
  return !g_cancellable_set_error_if_cancelled (self->check->cancellable, error);
}

static gboolean
check_creations (Audit   *self,
                 GError **error)
{
  static const char sql[] = "SELECT key, upto, new FROM change WHERE key & 63 = ?1 AND op = 0 ORDER BY key";
  EntConnection *connection = self->check->connection;
  sqlite3_stmt *creations = ent_connection_prepare (connection, sql, error);
  int code;

  if (creations == NULL)
    return FALSE;
  sqlite3_bind_int64 (creations, 1, self->type->info->number);
  while ((code = ent_connection_step (connection, creations, error)) == SQLITE_ROW)
    if (!check_creation (self, creations, error))
      return FALSE;
  while (self->has_row)
    {
      self->n_unknown++;
      if (!next_row (self, error))
        return FALSE;
    }
  if (self->n_unknown > 0)
    ent_check_add (self->check, TRUE, g_strdup_printf (ngettext (
      "%" G_GINT64_FORMAT " record of type “%s” was created outside of the history.",
      "%" G_GINT64_FORMAT " records of type “%s” were created outside of the history.",
      (gulong) self->n_unknown), self->n_unknown, self->type->info->name));
  return code == SQLITE_DONE;
}

/* --- A type ---------------------------------------------------------------------------------------- */

static gboolean
open_streams (Audit   *self,
              GError **error)
{
  static const char changes_sql[] = "SELECT key, op, field, old, new, seq FROM change"
                                    " WHERE key & 63 = ?1 AND upto IS NULL AND op IN (1, 2, 3)"
                                    " ORDER BY key, seq";
  g_autoptr (GString) sql = g_string_new ("SELECT \"row\",\"id\",deleted_at");

  for (guint i = 0; i < self->digester->n_fields; i++)
    {
      g_string_append_c (sql, ',');
      ent_sql_append_columns (sql, self->type, &self->digester->fields[i]->index, 1);
    }
  g_string_append_printf (sql, " FROM %s ORDER BY \"row\"", ent_sql_table (self->type));
  self->rows = ent_connection_prepare (self->check->connection, sql->str, error);
  self->changes = ent_connection_prepare (self->check->connection, changes_sql, error);
  if (self->rows == NULL || self->changes == NULL)
    return FALSE;
  sqlite3_bind_int64 (self->changes, 1, self->type->info->number);
  return next_row (self, error) && (!self->has_row || next_change (self, error));
}

static void
audit_clear (Audit *self)
{
  for (guint i = 0; i < self->digester->n_fields; i++)
    {
      ent_packed_clear (&self->created[i]);
      ent_packed_clear (&self->latest[i]);
    }
  ent_packed_clear (&self->deleted);
  g_free (self->created);
  g_free (self->latest);
  g_free (self->is_changed);
  sqlite3_reset (self->rows);
  sqlite3_reset (self->changes);
  ent_row_digester_free (self->digester);
  g_byte_array_unref (self->buffer);
  EVP_MD_CTX_free (self->context);
}

gboolean
ent_check_creations (EntCheck            *check,
                     const EntRecordType *type,
                     GError             **error)
{
  Audit self = { .check = check, .type = type };
  gboolean done;

  self.digester = ent_row_digester_new (type, NULL, 0);
  self.created = g_new0 (EntPacked, self.digester->n_fields);
  self.latest = g_new0 (EntPacked, self.digester->n_fields);
  self.is_changed = g_new0 (gboolean, self.digester->n_fields);
  self.buffer = g_byte_array_new ();
  self.context = EVP_MD_CTX_new ();
  /* A type without rows costs nothing, and most workspaces use few types. */
  done = open_streams (&self, error) && (!self.has_row || check_creations (&self, error));
  audit_clear (&self);
  return done;
}
