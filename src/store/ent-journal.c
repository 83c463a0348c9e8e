/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

#include <string.h>

/* The digest of a transaction covers its lines of `change`; a line that creates records holds, as its
 * new value, a digest of what they were created with; the hash of a transaction covers its own line,
 * that digest, and the hash before. So whatever is altered afterwards, something no longer fits. */

static void
append_number (GByteArray *bytes,
               gint64      number)
{
  guint64 little = GUINT64_TO_LE ((guint64) number);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
append_text (GByteArray *bytes,
             const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  append_number (bytes, text != NULL ? (gint64) length : -1);
  if (length > 0)
    g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

void
ent_journal_append_change (GByteArray      *bytes,
                           EntChangeOp      op,
                           EntKey           key,
                           EntKey           upto,
                           const char      *field,
                           const EntPacked *old_value,
                           const EntPacked *new_value)
{
  append_number (bytes, op);
  append_number (bytes, key);
  append_number (bytes, upto);
  append_text (bytes, field);
  ent_packed_append (old_value, bytes);
  ent_packed_append (new_value, bytes);
}

gboolean
ent_journal_add (EntTransaction  *self,
                 EntChangeOp      op,
                 EntKey           key,
                 EntKey           upto,
                 const char      *field,
                 const EntPacked *old_value,
                 const EntPacked *new_value,
                 GError         **error)
{
  static const char sql[] = "INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  g_byte_array_set_size (self->scratch, 0);
  ent_journal_append_change (self->scratch, op, key, upto, field, old_value, new_value);
  EVP_DigestUpdate (self->digest, self->scratch->data, self->scratch->len);

  sqlite3_bind_int64 (statement, 1, self->next_change++);
  sqlite3_bind_int64 (statement, 2, self->seq);
  sqlite3_bind_int64 (statement, 3, key);
  if (upto != 0)
    sqlite3_bind_int64 (statement, 4, upto);
  sqlite3_bind_int (statement, 5, op);
  ent_connection_bind_text (statement, 6, field);
  ent_packed_bind (old_value, statement, 7);
  ent_packed_bind (new_value, statement, 8);
  self->n_changes += upto != 0 ? ent_key_row (upto) - ent_key_row (key) + 1 : 1;
  return ent_transaction_step (self, statement, error);
}

/* --- The chain ------------------------------------------------------------------------------------ */

void
ent_journal_hash (const EntId          *workspace,
                  const guint8         *previous,
                  const EntJournalLine *line,
                  guint8                hash[ENT_DIGEST_SIZE])
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  /* The first link of the chain is the workspace itself. */
  if (previous != NULL)
    g_byte_array_append (bytes, previous, ENT_DIGEST_SIZE);
  else
    g_byte_array_append (bytes, workspace->bytes, sizeof workspace->bytes);
  append_number (bytes, line->seq);
  append_number (bytes, line->at);
  append_text (bytes, line->label);
  append_text (bytes, line->author);
  append_number (bytes, line->origin);
  append_number (bytes, line->kind);
  append_number (bytes, line->target);
  append_number (bytes, line->n_changes);
  append_number (bytes, line->first);
  g_byte_array_append (bytes, line->digest, ENT_DIGEST_SIZE);
  EVP_Digest (bytes->data, bytes->len, hash, NULL, EVP_sha256 (), NULL);
}

static gboolean
read_previous (EntTransaction *self,
               guint8          hash[ENT_DIGEST_SIZE],
               gboolean       *found,
               GError        **error)
{
  static const char sql[] = "SELECT hash FROM txn ORDER BY seq DESC LIMIT 1";
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = ent_connection_step (self->connection, statement, error);
  *found = code == SQLITE_ROW && sqlite3_column_bytes (statement, 0) == ENT_DIGEST_SIZE;
  if (*found)
    memcpy (hash, sqlite3_column_blob (statement, 0), ENT_DIGEST_SIZE);
  sqlite3_reset (statement);
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gboolean
write_line (EntTransaction *self,
            const guint8   *digest,
            const guint8   *hash,
            GError        **error)
{
  static const char sql[] =
    "INSERT INTO txn (seq, at, label, author, origin, kind, target, n_changes, first, digest, hash)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
  sqlite3_stmt *statement = ent_connection_prepare (self->connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, self->seq);
  sqlite3_bind_int64 (statement, 2, self->at);
  ent_connection_bind_text (statement, 3, self->label);
  ent_connection_bind_text (statement, 4, self->author);
  sqlite3_bind_int (statement, 5, self->origin);
  sqlite3_bind_int (statement, 6, self->kind);
  sqlite3_bind_int64 (statement, 7, self->target);
  sqlite3_bind_int64 (statement, 8, self->n_changes);
  sqlite3_bind_int64 (statement, 9, self->first_change);
  sqlite3_bind_blob (statement, 10, digest, ENT_DIGEST_SIZE, SQLITE_STATIC);
  sqlite3_bind_blob (statement, 11, hash, ENT_DIGEST_SIZE, SQLITE_STATIC);
  return ent_transaction_step (self, statement, error);
}

gboolean
ent_journal_finish (EntTransaction *self,
                    GError        **error)
{
  guint8 previous[ENT_DIGEST_SIZE];
  guint8 digest[ENT_DIGEST_SIZE];
  guint8 hash[ENT_DIGEST_SIZE];
  EntJournalLine line;
  gboolean found;

  if (!read_previous (self, previous, &found, error))
    return FALSE;
  EVP_DigestFinal_ex (self->digest, digest, NULL);
  line = (EntJournalLine) {
    self->seq, self->at, self->label, self->author, self->origin, self->kind, self->target,
    self->n_changes, self->first_change, digest,
  };
  ent_journal_hash (ent_store_get_id (self->store), found ? previous : NULL, &line, hash);
  return write_line (self, digest, hash, error);
}

/* --- Created rows --------------------------------------------------------------------------------- */

static int
compare_columns (gconstpointer a,
                 gconstpointer b)
{
  return strcmp ((*(const EntField * const *) a)->column, (*(const EntField * const *) b)->column);
}

/* FNV-1a, as part of the file's format. */
guint32
ent_row_digester_tag (const EntField *field)
{
  guint32 hash = 2166136261u;

  for (const char *p = field->column; *p != '\0'; p++)
    hash = (hash ^ (guint8) *p) * 16777619u;
  return hash;
}

EntRowDigester *
ent_row_digester_new (const EntRecordType *type,
                      const guint         *fields,
                      gsize                n_fields)
{
  EntRowDigester *self = g_new0 (EntRowDigester, 1);

  if (fields == NULL)
    n_fields = ent_record_type_get_n_fields (type);
  self->type = type;
  self->fields = g_new (const EntField *, n_fields);
  self->tags = g_new (guint32, n_fields);
  for (gsize i = 0; i < n_fields; i++)
    {
      const EntField *field = ent_record_type_get_nth (type, fields != NULL ? fields[i] : (guint) i);

      if ((field->info.flags & ENT_FIELD_SYSTEM) == 0)
        self->fields[self->n_fields++] = field;
    }
  qsort (self->fields, self->n_fields, sizeof *self->fields, compare_columns);
  for (guint i = 0; i < self->n_fields; i++)
    self->tags[i] = ent_row_digester_tag (self->fields[i]);
  return self;
}

void
ent_row_digester_free (EntRowDigester *self)
{
  g_free (self->fields);
  g_free (self->tags);
  g_free (self);
}

void
ent_row_digester_begin (GByteArray  *bytes,
                        EntKey       key,
                        const EntId *id)
{
  append_number (bytes, key);
  g_byte_array_append (bytes, id->bytes, sizeof id->bytes);
}

void
ent_row_digester_packed (GByteArray      *bytes,
                         guint32          tag,
                         const EntPacked *packed)
{
  guint32 little = GUINT32_TO_LE (tag);

  if (packed->kind == ENT_PACKED_NULL)
    return;
  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
  ent_packed_append (packed, bytes);
}

void
ent_row_digester_value (GByteArray     *bytes,
                        guint32         tag,
                        const EntField *field,
                        const EntValue *value)
{
  g_auto (EntPacked) packed = ENT_PACKED_INIT;

  ent_packed_set_value (&packed, field, value);
  ent_row_digester_packed (bytes, tag, &packed);
}
