/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-check.h"
#include "store/ent-history.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Walks the journal from its first line and takes every digest and hash anew. Each link is compared
 * with the stored one before it, so that a forged line is named once, not every line after it too. */

typedef struct
{
  EntCheck     *check;
  sqlite3_stmt *changes;    /* all lines of `change` in order */
  gboolean      has_change; /* the statement stands on one */
  guint8        previous[ENT_DIGEST_SIZE];
  gboolean      has_previous;
  gint64        last_seq;
  gint64        n_strays;   /* lines of no transaction */
  GHashTable   *states;     /* seq → whether the last undo or redo of it left it undone */
} Audit;

static gboolean
next_change (Audit   *self,
             GError **error)
{
  int code = ent_connection_step (self->check->connection, self->changes, error);

  self->has_change = code == SQLITE_ROW;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gint64
digest_change (Audit      *self,
               EVP_MD_CTX *context,
               GByteArray *bytes)
{
  g_auto (EntPacked) old_value = ENT_PACKED_INIT;
  g_auto (EntPacked) new_value = ENT_PACKED_INIT;
  EntKey key = sqlite3_column_int64 (self->changes, 2);
  EntKey upto = sqlite3_column_int64 (self->changes, 3);

  ent_packed_read (&old_value, self->changes, 6);
  ent_packed_read (&new_value, self->changes, 7);
  g_byte_array_set_size (bytes, 0);
  ent_journal_append_change (bytes, (EntChangeOp) sqlite3_column_int (self->changes, 4), key, upto,
                             (const char *) sqlite3_column_text (self->changes, 5), &old_value,
                             &new_value);
  EVP_DigestUpdate (context, bytes->data, bytes->len);
  return upto != 0 ? ent_key_row (upto) - ent_key_row (key) + 1 : 1;
}

/* Digests the lines of transaction @seq. The statement is on the first line not looked at. */
static gboolean
digest_changes (Audit   *self,
                gint64   seq,
                guint8   digest[ENT_DIGEST_SIZE],
                gint64  *n_changes,
                GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  gboolean ok = TRUE;

  *n_changes = 0;
  EVP_DigestInit_ex (context, EVP_sha256 (), NULL);
  while (ok && self->has_change && sqlite3_column_int64 (self->changes, 1) <= seq)
    {
      if (sqlite3_column_int64 (self->changes, 1) == seq)
        *n_changes += digest_change (self, context, bytes);
      else
        self->n_strays++;
      ok = next_change (self, error);
    }
  EVP_DigestFinal_ex (context, digest, NULL);
  EVP_MD_CTX_free (context);
  return ok;
}

static void
read_line (sqlite3_stmt   *txn,
           EntJournalLine *line)
{
  *line = (EntJournalLine) {
    .seq = sqlite3_column_int64 (txn, 0),
    .at = sqlite3_column_int64 (txn, 1),
    .label = (const char *) sqlite3_column_text (txn, 2),
    .author = (const char *) sqlite3_column_text (txn, 3),
    .origin = sqlite3_column_int64 (txn, 4),
    .kind = sqlite3_column_int64 (txn, 5),
    .target = sqlite3_column_int64 (txn, 6),
    .n_changes = sqlite3_column_int64 (txn, 7),
    .first = sqlite3_column_int64 (txn, 8),
    .digest = sqlite3_column_blob (txn, 9),
  };
}

static void
report (Audit      *self,
        gint64      seq,
        const char *format)
{
  ent_check_add (self->check, TRUE, g_strdup_printf (format, seq));
}

static gboolean
check_transaction (Audit        *self,
                   sqlite3_stmt *txn,
                   GError      **error)
{
  const guint8 *stored = sqlite3_column_blob (txn, 10);
  guint8 digest[ENT_DIGEST_SIZE];
  guint8 hash[ENT_DIGEST_SIZE];
  EntJournalLine line;
  gint64 n_changes;

  read_line (txn, &line);
  if (!digest_changes (self, line.seq, digest, &n_changes, error))
    return FALSE;
  if (line.seq != self->last_seq + 1)
    report (self, line.seq, _("The history lacks what came before change %" G_GINT64_FORMAT "."));
  if (sqlite3_column_bytes (txn, 9) != ENT_DIGEST_SIZE ||
      sqlite3_column_bytes (txn, 10) != ENT_DIGEST_SIZE)
    {
      report (self, line.seq, _("The history of change %" G_GINT64_FORMAT " is damaged."));
      self->last_seq = line.seq;
      self->has_previous = FALSE;
      return TRUE;
    }
  if (memcmp (digest, line.digest, sizeof digest) != 0 || n_changes != line.n_changes)
    report (self, line.seq, _("The lines of change %" G_GINT64_FORMAT " were altered afterwards."));
  ent_journal_hash (ent_store_get_id (self->check->store), self->has_previous ? self->previous : NULL,
                    &line, hash);
  if (memcmp (hash, stored, sizeof hash) != 0 && line.seq == self->last_seq + 1)
    report (self, line.seq, _("The record of change %" G_GINT64_FORMAT " was altered afterwards."));
  memcpy (self->previous, stored, sizeof hash);
  self->has_previous = TRUE;
  self->last_seq = line.seq;
  if (line.kind != ENT_TRANSACTION_DO)
    g_hash_table_replace (self->states, g_memdup2 (&line.target, sizeof line.target),
                          GINT_TO_POINTER (line.kind == ENT_TRANSACTION_UNDO));
  return TRUE;
}

static gboolean
check_transactions (Audit   *self,
                    GError **error)
{
  static const char sql[] = "SELECT seq, at, label, author, origin, kind, target, n_changes, first,"
                            " digest, hash FROM txn ORDER BY seq";
  EntConnection *connection = self->check->connection;
  sqlite3_stmt *txn = ent_connection_prepare (connection, sql, error);
  int code;

  if (txn == NULL)
    return FALSE;
  while ((code = ent_connection_step (connection, txn, error)) == SQLITE_ROW)
    if (!check_transaction (self, txn, error))
      return FALSE;
  while (self->has_change)
    {
      self->n_strays++;
      if (!next_change (self, error))
        return FALSE;
    }
  return code == SQLITE_DONE;
}

/* `undone` is not part of the hash, as it changes; it follows from the undos and redos, which are. */
static gboolean
check_undone (Audit   *self,
              GError **error)
{
  EntConnection *connection = self->check->connection;
  sqlite3_stmt *txn;
  int code;

  txn = ent_connection_prepare (connection, "SELECT seq, kind = 0 AND undone <> 0 FROM txn", error);
  if (txn == NULL)
    return FALSE;
  while ((code = ent_connection_step (connection, txn, error)) == SQLITE_ROW)
    {
      gint64 seq = sqlite3_column_int64 (txn, 0);
      gboolean is_undone = sqlite3_column_int (txn, 1) != 0;

      if (is_undone != (g_hash_table_lookup (self->states, &seq) != NULL))
        report (self, seq, _("Whether change %" G_GINT64_FORMAT " was undone does not fit the history."));
    }
  return code == SQLITE_DONE;
}

gboolean
ent_check_journal (EntCheck *check,
                   GError  **error)
{
  static const char sql[] = "SELECT " ENT_JOURNAL_COLUMNS " FROM change ORDER BY seq";
  g_autoptr (GHashTable) states = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Audit self = { .check = check, .states = states };
  gboolean done;

  self.changes = ent_connection_prepare (check->connection, sql, error);
  if (self.changes == NULL)
    return FALSE;
  done = next_change (&self, error) && check_transactions (&self, error) && check_undone (&self, error);
  sqlite3_reset (self.changes);
  if (self.n_strays > 0)
    report (&self, self.n_strays, _("The history has %" G_GINT64_FORMAT " lines that belong to no change."));
  return done;
}
