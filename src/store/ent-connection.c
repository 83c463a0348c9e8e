/* SPDX-License-Identifier: GPL-3.0-or-later */
#define SQLITE_HAS_CODEC 1
#include "config.h"

#include "store/ent-connection.h"
#include "store/ent-wal-file.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000
#define MAX_STATEMENTS 512
#define RECENT_STATEMENTS 256 /* as many others may be asked for while a statement is in use */
#define PROGRESS_STEPS 4000 /* virtual machine steps between looks at the cancellable */

typedef struct
{
  sqlite3_stmt *statement;
  guint64       used; /* count of statements made when it was last asked for */
} Entry;

struct _EntConnection
{
  sqlite3      *db;
  char         *path;
  gboolean      has_key;
  GHashTable   *statements; /* SQL → Entry */
  guint64       n_made;
  GCancellable *cancellable;
};

/* --- Errors --------------------------------------------------------------------------------------- */

static gboolean
fail_io (EntConnection *self,
         GError       **error)
{
  int reason = sqlite3_system_errno (self->db);

  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FULL,
                 _("The disk that holds “%s” is full; free some space and try again."), self->path);
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
                 _("“%s” cannot be read or written (%s); check the disk, then restore a backup."),
                 self->path, reason != 0 ? g_strerror (reason) : sqlite3_errmsg (self->db));
  return FALSE;
}

static gboolean
fail_not_a_database (EntConnection *self,
                     GError       **error)
{
  if (self->has_key)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_WRONG_KEY,
                 _("“%s” cannot be read with this key; check the key, or restore a backup if the file"
                   " is damaged."), self->path);
  else
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FOREIGN,
                 _("“%s” is not a workspace of Entente; choose another file."), self->path);
  return FALSE;
}

static gboolean
fail_damaged (EntConnection *self,
              GError       **error)
{
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
               _("“%s” is damaged; restore a backup or recover what can be read."), self->path);
  return FALSE;
}

gboolean
ent_connection_fail (EntConnection *self,
                     int            code,
                     GError       **error)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_BUSY,
                   _("Another program is writing to “%s”; wait for it to finish and try again."),
                   self->path);
      return FALSE;
    case SQLITE_FULL:
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FULL,
                   _("The disk that holds “%s” is full; free some space and try again."), self->path);
      return FALSE;
    case SQLITE_IOERR:
      return fail_io (self, error);
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
                   _("“%s” cannot be written; check the permissions of the file and its folder."),
                   self->path);
      return FALSE;
    case SQLITE_CORRUPT:
      return fail_damaged (self, error);
    case SQLITE_NOTADB:
      return fail_not_a_database (self, error);
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The work was canceled."));
      return FALSE;
    default:
      /* SQLCipher reports a page whose checksum is wrong as a plain error. */
      if (self->has_key && code == SQLITE_ERROR && strcmp (sqlite3_errmsg (self->db), "SQL logic error") == 0)
        return fail_damaged (self, error);
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                   _("“%s” could not be used (%s); check the workspace for errors."),
                   self->path, sqlite3_errmsg (self->db));
      return FALSE;
    }
}

/* --- Opening -------------------------------------------------------------------------------------- */

static gboolean
apply_key (EntConnection     *self,
           const EntStoreKey *key,
           GError           **error)
{
  static const char digits[] = "0123456789abcdef";
  char text[2 + 64 + 1]; /* x'…': a raw key, used without derivation */
  int code;

  /* What it would write to the standard error output is said by our own errors. */
  sqlite3_exec (self->db, "PRAGMA cipher_log_level = NONE", NULL, NULL, NULL);
  text[0] = 'x';
  text[1] = '\'';
  for (gsize i = 0; i < sizeof key->bytes; i++)
    {
      text[2 + 2 * i] = digits[key->bytes[i] >> 4];
      text[3 + 2 * i] = digits[key->bytes[i] & 15];
    }
  text[66] = '\'';
  code = sqlite3_key (self->db, text, sizeof text);
  OPENSSL_cleanse (text, sizeof text);
  /* What is wrong is told by our own sentence; SQLCipher would add lines on standard error. */
  sqlite3_exec (self->db, "PRAGMA cipher_log_level=NONE", NULL, NULL, NULL);
  return code == SQLITE_OK || ent_connection_fail (self, code, error);
}

/* A folder that cannot be written has no place for the files that SQLite keeps beside a workspace;
 * such a one is read as it is, which is right only when nothing waits in a write-ahead log. */
static gboolean
must_be_immutable (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return access (folder, W_OK) != 0 && !g_file_test (log, G_FILE_TEST_EXISTS);
}

static int
open_file (EntConnection *self,
           int            flags)
{
  g_autofree char *full = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;

  flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if ((flags & SQLITE_OPEN_READONLY) == 0 || !must_be_immutable (self->path))
    return sqlite3_open_v2 (self->path, &self->db, flags,
                            (flags & SQLITE_OPEN_READONLY) == 0 ? ent_wal_file_get_vfs () : NULL);
  full = g_canonicalize_filename (self->path, NULL);
  uri = g_filename_to_uri (full, NULL, NULL);
  name = g_strconcat (uri, "?immutable=1", NULL);
  return sqlite3_open_v2 (name, &self->db, flags | SQLITE_OPEN_URI, NULL);
}

/* WAL is a property of the file and may be refused (some network disks): then a committed edit would
 * not be safe beside readers, so the answer is checked. */
static gboolean
verify_wal (EntConnection *self,
            gboolean       read_only,
            GError       **error)
{
  const char *sql = read_only ? "PRAGMA journal_mode" : "PRAGMA journal_mode=WAL";
  sqlite3_stmt *statement = ent_connection_prepare (self, sql, error);
  int code;

  if (statement == NULL)
    return FALSE;
  code = ent_connection_step (self, statement, error);
  if (code != SQLITE_ROW)
    return FALSE;
  if (read_only || g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "wal") == 0)
    {
      sqlite3_reset (statement);
      return TRUE;
    }
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
               _("The disk that holds “%s” cannot keep a workspace safe; copy it to a local disk."),
               self->path);
  return FALSE;
}

static gboolean
set_up (EntConnection     *self,
        const EntStoreKey *key,
        EntConnectionMode  mode,
        GError           **error)
{
  static const char pragmas[] = "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL;"
                                "PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;"
                                "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST;";
  /* With this on, SQLite reads a file that is shorter than it should be as far as it goes. */
  static const char salvage_pragmas[] = "PRAGMA writable_schema=ON; PRAGMA trusted_schema=OFF;"
                                        "PRAGMA temp_store=MEMORY;";

  sqlite3_busy_timeout (self->db, BUSY_TIMEOUT_MS);
  if (key != NULL && !apply_key (self, key, error))
    return FALSE;
  /* SQLite opens what it may not write for reading, and would say so at the first change. */
  if (mode == ENT_CONNECTION_WRITE && sqlite3_db_readonly (self->db, "main") == 1)
    return ent_connection_fail (self, SQLITE_READONLY, error);
  if (mode == ENT_CONNECTION_SALVAGE)
    return ent_connection_exec (self, salvage_pragmas, error) &&
           ent_connection_exec (self, "PRAGMA schema_version", error);
  /* A copy is written once, under a name that nobody knows yet: there is nothing to roll back. */
  if (mode == ENT_CONNECTION_COPY)
    return ent_connection_exec (self, "PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL", error);
  /* The first read shows whether the key is right. */
  return ent_connection_exec (self, "SELECT count(*) FROM sqlite_schema", error) &&
         ent_connection_exec (self, pragmas, error) &&
         ent_connection_exec (self, mode == ENT_CONNECTION_READ
                                    ? "PRAGMA query_only=ON; PRAGMA cache_size=-16384"
                                    : ENT_SQL_LARGE_CACHE, error) &&
         verify_wal (self, mode == ENT_CONNECTION_READ, error);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  sqlite3_finalize (entry->statement);
  g_free (entry);
}

/* OpenSSL would free all that it has when the process ends, also under a thread that decrypts at that moment: who quits
 * while a list is read, or a workspace opens, would see a crash. The first call decides; a constructor comes before all
 * others. */
static void __attribute__ ((constructor))
keep_openssl (void)
{
  OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
}

/* SQLite's own tally of memory, of which nobody asks, takes a lock at each allocation. */
static void
set_up_library (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&done, 1);
}

EntConnection *
ent_connection_open_as (const char        *path,
                        const EntStoreKey *key,
                        EntConnectionMode  mode,
                        GError           **error)
{
  static const int flags[] = {
    [ENT_CONNECTION_READ] = SQLITE_OPEN_READONLY,
    [ENT_CONNECTION_WRITE] = SQLITE_OPEN_READWRITE,
    [ENT_CONNECTION_COPY] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
    [ENT_CONNECTION_SALVAGE] = SQLITE_OPEN_READONLY,
  };
  EntConnection *self = g_new0 (EntConnection, 1);
  int code;

  set_up_library ();
  self->path = g_strdup (path);
  self->has_key = key != NULL;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  code = open_file (self, flags[mode]);
  if (code != SQLITE_OK)
    ent_connection_fail (self, code, error);
  else if (set_up (self, key, mode, error))
    return self;
  ent_connection_free (self);
  return NULL;
}

EntConnection *
ent_connection_open (const char        *path,
                     const EntStoreKey *key,
                     gboolean           read_only,
                     GError           **error)
{
  return ent_connection_open_as (path, key, read_only ? ENT_CONNECTION_READ : ENT_CONNECTION_WRITE, error);
}

void
ent_connection_free (EntConnection *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->db);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

/* --- Statements ----------------------------------------------------------------------------------- */

sqlite3 *
ent_connection_get_db (EntConnection *self)
{
  return self->db;
}

static gboolean
is_old (gpointer key,
        gpointer value,
        gpointer data)
{
  const Entry *entry = value;
  const EntConnection *self = data;

  return entry->used + RECENT_STATEMENTS < self->n_made && !sqlite3_stmt_busy (entry->statement);
}

sqlite3_stmt *
ent_connection_prepare (EntConnection *self,
                        const char    *sql,
                        GError       **error)
{
  Entry *entry = g_hash_table_lookup (self->statements, sql);
  sqlite3_stmt *statement;
  int code;

  if (entry != NULL)
    {
      entry->used = self->n_made;
      sqlite3_reset (entry->statement);
      sqlite3_clear_bindings (entry->statement);
      return entry->statement;
    }
  code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    {
      ent_connection_fail (self, code, error);
      return NULL;
    }
  /* Texts come from the schema and from filters; the latter have no end. */
  if (g_hash_table_size (self->statements) >= MAX_STATEMENTS)
    g_hash_table_foreach_remove (self->statements, is_old, self);
  entry = g_new (Entry, 1);
  *entry = (Entry) { statement, ++self->n_made };
  g_hash_table_insert (self->statements, g_strdup (sql), entry);
  return statement;
}

gboolean
ent_connection_exec (EntConnection *self,
                     const char    *sql,
                     GError       **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  return code == SQLITE_OK || ent_connection_fail (self, code, error);
}

gboolean
ent_connection_run (EntConnection *self,
                    const char    *sql,
                    GError       **error)
{
  sqlite3_stmt *statement = ent_connection_prepare (self, sql, error);

  return statement != NULL && ent_connection_step (self, statement, error) == SQLITE_DONE;
}

int
ent_connection_step (EntConnection *self,
                     sqlite3_stmt  *statement,
                     GError       **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return code;
  if (code != SQLITE_DONE)
    ent_connection_fail (self, code, error);
  /* A finished statement must not hold a read transaction open. */
  sqlite3_reset (statement);
  return code;
}

void
ent_connection_bind_text (sqlite3_stmt *statement,
                          int           index,
                          const char   *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_STATIC);
}

static int
progress_cb (gpointer user_data)
{
  EntConnection *self = user_data;

  return g_cancellable_is_cancelled (self->cancellable);
}

void
ent_connection_set_cancellable (EntConnection *self,
                                GCancellable  *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->db, PROGRESS_STEPS, cancellable != NULL ? progress_cb : NULL, self);
}
