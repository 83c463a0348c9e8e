/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"
#include "store/ent-wal-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* From BEGIN to COMMIT, and what is told afterwards. What a transaction may do to records is in
 * ent-record-write.c and ent-record-delete.c. */

#define AUTOCHECKPOINT_PAGES 1000 /* SQLite's own */
#define MAX_KEYS 10000 /* more changed records than this are not listed one by one */

/* --- Row numbers ---------------------------------------------------------------------------------- */

gint64
ent_transaction_next_row (EntTransaction      *self,
                          const EntRecordType *type,
                          GError             **error)
{
  gint64 *next = &self->next_row[type->info->number];
  sqlite3_stmt *statement;
  int code;

  if (*next != 0)
    return *next;
  statement = ent_connection_prepare (self->connection, "SELECT next FROM counter WHERE type = ?1", error);
  if (statement == NULL)
    return 0;
  ent_connection_bind_text (statement, 1, type->info->name);
  code = ent_connection_step (self->connection, statement, error);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return 0;
  *next = code == SQLITE_ROW ? sqlite3_column_int64 (statement, 0) : 1;
  sqlite3_reset (statement);
  return *next;
}

void
ent_transaction_take_rows (EntTransaction      *self,
                           const EntRecordType *type,
                           gint64               n)
{
  self->next_row[type->info->number] += n;
  self->counters_to_write |= G_GUINT64_CONSTANT (1) << type->info->number;
}

static gboolean
write_counters (EntTransaction *self,
                GError        **error)
{
  for (guint number = 1; number < ENT_KEY_MAX_TYPES; number++)
    {
      const EntRecordType *type = ent_schema_lookup_number (self->schema, number);
      sqlite3_stmt *statement;

      if ((self->counters_to_write >> number & 1) == 0 || type == NULL)
        continue;
      statement = ent_connection_prepare (self->connection,
                                          "INSERT OR REPLACE INTO counter VALUES (?1, ?2)", error);
      if (statement == NULL)
        return FALSE;
      ent_connection_bind_text (statement, 1, type->info->name);
      sqlite3_bind_int64 (statement, 2, self->next_row[number]);
      if (!ent_transaction_step (self, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Notes ---------------------------------------------------------------------------------------- */

static void
add_key (GHashTable *set,
         EntKey      key)
{
  if (!g_hash_table_contains (set, &key))
    g_hash_table_add (set, g_memdup2 (&key, sizeof key));
}

void
ent_transaction_touch (EntTransaction *self,
                       EntKey          key,
                       gboolean        search)
{
  self->types |= G_GUINT64_CONSTANT (1) << ent_key_type_number (key);
  if (self->keys != NULL)
    {
      add_key (self->keys, key);
      if (g_hash_table_size (self->keys) > MAX_KEYS)
        g_clear_pointer (&self->keys, g_hash_table_unref);
    }
  if (search)
    add_key (self->search_keys, key);
}

void
ent_transaction_touch_run (EntTransaction      *self,
                           const EntRecordType *type,
                           gint64               first,
                           gint64               last,
                           gboolean             search)
{
  EntRun run = { type->info->number, first, last };

  self->types |= G_GUINT64_CONSTANT (1) << run.type;
  if (last - first >= MAX_KEYS)
    g_clear_pointer (&self->keys, g_hash_table_unref);
  for (gint64 row = first; row <= last && self->keys != NULL; row++)
    ent_transaction_touch (self, ent_key_make (run.type, row), FALSE);
  if (search)
    g_array_append_val (self->search_runs, run);
}

gboolean
ent_transaction_step (EntTransaction *self,
                      sqlite3_stmt   *statement,
                      GError        **error)
{
  int code = ent_connection_step (self->connection, statement, error);

  /* On a full disk and the like SQLite takes the whole transaction back by itself. */
  if (sqlite3_get_autocommit (ent_connection_get_db (self->connection)))
    self->is_broken = TRUE;
  return code == SQLITE_DONE;
}

gboolean
ent_transaction_drop_index (EntTransaction      *self,
                            const EntRecordType *type,
                            const char          *column,
                            GError             **error)
{
  g_autofree char *sql = g_strdup_printf ("DROP INDEX IF EXISTS \"%s__%s\"", type->info->name, column);

  /* The mark in the file has them built on the next opening if this program does not live to do it. */
  if (!self->lacks_indexes && !ent_migrate_mark (self->connection, error))
    return FALSE;
  self->lacks_indexes = TRUE;
  return ent_connection_exec (self->connection, sql, error);
}

/* --- Life ----------------------------------------------------------------------------------------- */

static void
transaction_init (EntTransaction *self,
                  EntStore       *store,
                  EntConnection  *connection,
                  GCancellable   *cancellable)
{
  self->store = store;
  self->connection = connection;
  self->schema = ent_store_dup_schema (store);
  self->cancellable = cancellable;
  self->digest = EVP_MD_CTX_new ();
  EVP_DigestInit_ex (self->digest, EVP_sha256 (), NULL);
  self->scratch = g_byte_array_new ();
  self->keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->search_keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->search_runs = g_array_new (FALSE, FALSE, sizeof (EntRun));
  self->author = ent_read_author (connection);
}

static void
transaction_clear (EntTransaction *self)
{
  EVP_MD_CTX_free (self->digest);
  g_byte_array_unref (self->scratch);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_hash_table_unref (self->search_keys);
  g_clear_pointer (&self->touched, g_array_unref);
  g_array_unref (self->search_runs);
  ent_schema_unref (self->schema);
  g_free (self->author);
  g_free (self->label);
}

/* The clock may go back; the journal's never does, so that "as of" has one answer. */
static gboolean
take_numbers (EntTransaction *self,
              GError        **error)
{
  gint64 last_at;
  gint64 last_change;

  if (!ent_read_int (self->connection, "SELECT max(seq) FROM txn", 0, &self->seq, error) ||
      !ent_read_int (self->connection, "SELECT at FROM txn WHERE seq = ?1", self->seq, &last_at, error) ||
      !ent_read_int (self->connection, "SELECT max(seq) FROM change", 0, &last_change, error))
    return FALSE;
  self->seq++;
  self->at = MAX (g_get_real_time (), last_at + 1);
  self->first_change = self->next_change = last_change + 1;
  return TRUE;
}

static gboolean
run_function (EntTransaction    *self,
              EntTransactionFunc func,
              gpointer           user_data,
              GError           **error)
{
  if (!func (self, user_data, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                             _("The change was given up."));
      return FALSE;
    }
  if (self->is_broken)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FULL,
                 _("“%s” could not take the change; free some space on its disk and try again."),
                 ent_store_get_path (self->store));
  return !self->is_broken && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
finish (EntTransaction *self,
        GError        **error)
{
  g_assert (self->n_inserters == 0);

  /* What the log holds is folded into the file afterwards too, with the indexes. */
  if (self->lacks_indexes)
    {
      sqlite3_wal_autocheckpoint (ent_connection_get_db (self->connection), 0);
      g_atomic_int_set (&self->store->is_settling, TRUE);
    }
  return write_counters (self, error) && ent_search_flush (self, error) &&
         ent_journal_finish (self, error) &&
         ent_connection_exec (self->connection, "COMMIT", error);
}

static void
notify (EntTransaction *self)
{
  g_autoptr (EntChanges) changes = NULL;
  GArray *keys = NULL;

  if (self->keys != NULL)
    {
      GHashTableIter iter;
      gpointer key;

      keys = g_array_sized_new (FALSE, FALSE, sizeof (EntKey), g_hash_table_size (self->keys));
      g_hash_table_iter_init (&iter, self->keys);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_array_append_val (keys, *(EntKey *) key);
    }
  if (self->schema_changed)
    ent_store_reload_schema (self->store, self->connection, NULL);
  changes = ent_changes_new (self->seq, self->types, keys, self->label);
  ent_store_notify (self->store, changes);
}

gboolean
ent_transaction_settle (EntStore      *store,
                        EntConnection *connection,
                        GError       **error)
{
  gboolean ok = ent_migrate (connection, error);

  g_atomic_int_set (&store->is_settling, FALSE);
  sqlite3_wal_autocheckpoint (ent_connection_get_db (connection), AUTOCHECKPOINT_PAGES);
  return ok && ent_connection_exec (connection, "PRAGMA wal_checkpoint(PASSIVE)", error);
}

gboolean
ent_transaction_run (EntStore           *store,
                     EntConnection      *connection,
                     const char         *label,
                     EntOrigin           origin,
                     EntTransactionKind  kind,
                     gint64              target,
                     EntTransactionFunc  func,
                     gpointer            user_data,
                     GCancellable       *cancellable,
                     gint64             *seq,
                     GError            **error)
{
  EntTransaction self = { .label = g_strdup (label), .origin = origin, .kind = kind, .target = target };
  gboolean ok;

  *seq = 0;
  transaction_init (&self, store, connection, cancellable);
  ent_connection_set_cancellable (connection, cancellable);
  ok = ent_connection_exec (connection, "BEGIN IMMEDIATE", error) && take_numbers (&self, error) &&
       run_function (&self, func, user_data, error) && ent_guard_check (&self, error);
  /* From here on it is too late to cancel. */
  ent_connection_set_cancellable (connection, NULL);
  if (ok && self.n_changes > 0)
    {
      ok = finish (&self, error);
      if (ok)
        *seq = self.seq;
    }
  else if (ok && self.is_kept)
    ok = ent_connection_exec (connection, "COMMIT", error);
  if (*seq == 0 && !sqlite3_get_autocommit (ent_connection_get_db (connection)))
    ent_connection_exec (connection, "ROLLBACK", NULL);
  if (self.lacks_indexes)
    {
      ent_wal_file_end (ent_connection_get_db (connection));
      ent_connection_exec (connection, ENT_SQL_LARGE_CACHE, NULL);
    }
  if (*seq != 0)
    notify (&self);
  transaction_clear (&self);
  return ok;
}

/* --- Accessors ------------------------------------------------------------------------------------ */

EntStore *
ent_transaction_get_store (EntTransaction *self)
{
  return self->store;
}

EntSchema *
ent_transaction_get_schema (EntTransaction *self)
{
  return self->schema;
}

GCancellable *
ent_transaction_get_cancellable (EntTransaction *self)
{
  return self->cancellable;
}

const char *
ent_transaction_get_author (EntTransaction *self)
{
  return self->author;
}

void
ent_transaction_set_label (EntTransaction *self,
                           const char     *label)
{
  g_set_str (&self->label, label);
}

EntRecord *
ent_transaction_get (EntTransaction *self,
                     EntKey          key,
                     GError        **error)
{
  return ent_read_record (self->connection, self->schema, key, error);
}

GPtrArray *
ent_transaction_get_children (EntTransaction      *self,
                              EntKey               parent,
                              const EntRecordType *child_type,
                              GError             **error)
{
  return ent_read_children (self->connection, parent, child_type, error);
}

GPtrArray *
ent_transaction_get_referrers (EntTransaction *self,
                               EntKey          key,
                               const EntField *field,
                               guint           limit,
                               GError        **error)
{
  return ent_read_referrers (self->connection, key, field, limit, error);
}

gboolean
ent_transaction_exists (EntTransaction *self,
                        EntKey          key)
{
  const EntRecordType *type = ent_read_type (self->schema, key, NULL);
  g_autofree char *sql = NULL;
  gint64 is_live = 0;

  if (type == NULL)
    return FALSE;
  sql = g_strdup_printf ("SELECT deleted_at IS NULL FROM %s WHERE \"row\" = ?1", ent_sql_table (type));
  return ent_read_int (self->connection, sql, ent_key_row (key), &is_live, NULL) && is_live;
}

EntKey
ent_transaction_resolve (EntTransaction      *self,
                         const EntRecordType *type,
                         const char          *text,
                         GError             **error)
{
  return ent_resolve (self->connection, self->schema, type, text, error);
}
