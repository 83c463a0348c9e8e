/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and opening workspace files, and what is said when that fails. */
#include "store/store-fixture.h"

#include <signal.h>
#include <sqlcipher/sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static void
assert_open_fails (Fixture           *f,
                   const EntStoreKey *key,
                   EntStoreOpenFlags  flags,
                   int                code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_store_open (f->path, key, flags, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, code);
  /* One sentence that names the file. */
  g_assert_nonnull (strstr (error->message, f->path));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_test_message ("%s", error->message);
}

static void
run_sql (Fixture    *f,
         const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (f->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
test_modes (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (f->folder, "new", "deep", NULL);
  g_autofree char *path = g_build_filename (folder, "x.entente", NULL);
  g_autoptr (GError) error = NULL;
  EntStore *store = ent_store_create (path, NULL, NULL, &error);
  struct stat info;

  g_assert_no_error (error);
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  add_record (store, "organization", "Acme");
  {
    g_autofree char *log = g_strconcat (path, "-wal", NULL);

    g_assert_cmpint (stat (log, &info), ==, 0);
    g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  }
  g_assert_finalize_object (store);
  g_assert_null (ent_store_create (path, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS);
}

static void
test_reopening (Fixture       *f,
                gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");
  EntId id = *ent_store_get_id (f->store);
  gboolean is_encrypted;

  ent_store_set_setting (f->store, ENT_SETTING_TITLE, "Our partners", NULL);
  fixture_reopen (f);
  assert_field (f->store, key, "title", "Acme");
  g_assert_cmpmem (&id, sizeof id, ent_store_get_id (f->store), sizeof id);
  {
    g_autofree char *title = ent_store_dup_setting (f->store, ENT_SETTING_TITLE);

    g_assert_cmpstr (title, ==, "Our partners");
  }
  g_assert_true (ent_store_probe (f->path, &is_encrypted, NULL));
  g_assert_cmpint (is_encrypted, ==, f->has_key);
  g_assert_cmpint (ent_store_is_encrypted (f->store), ==, f->has_key);
}

static void
test_wrong_keys (Fixture       *f,
                 gconstpointer  data)
{
  EntStoreKey other;
  g_autofree char *content = NULL;
  gsize length;

  add_record (f->store, "organization", "A name that must not be readable");
  fixture_close (f);
  ent_store_key_init_new (&other);
  assert_open_fails (f, &other, 0, ENT_STORE_ERROR_WRONG_KEY);
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_NEEDS_KEY);
  g_assert_true (g_file_get_contents (f->path, &content, &length, NULL));
  g_assert_null (memmem (content, length, "must not be readable", 20));
}

static void
test_key_for_a_plain_file (Fixture       *f,
                           gconstpointer  data)
{
  EntStoreKey key;

  fixture_close (f);
  ent_store_key_init_new (&key);
  assert_open_fails (f, &key, 0, ENT_STORE_ERROR_WRONG_KEY);
}

static void
test_other_files (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  gboolean is_encrypted;

  fixture_close (f);
  g_unlink (f->path);
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_NOT_FOUND);
  g_assert_true (g_file_set_contents (f->path, text, 20000, NULL));
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_FOREIGN);
  assert_open_fails (f, &f->key, 0, ENT_STORE_ERROR_FOREIGN);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_FOREIGN);
  g_unlink (f->path);
  run_sql (f, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_FOREIGN);
  g_assert_false (ent_store_probe (f->path, &is_encrypted, NULL));
}

static void
test_newer_file (Fixture       *f,
                 gconstpointer  data)
{
  fixture_close (f);
  run_sql (f, "PRAGMA user_version = 999");
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_NEWER);
}

static void
test_truncated_file (Fixture       *f,
                     gconstpointer  data)
{
  struct stat info;

  fixture_close (f);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpint (truncate (f->path, info.st_size / 2), ==, 0);
  assert_open_fails (f, f->has_key ? &f->key : NULL, 0, ENT_STORE_ERROR_DAMAGED);
}

static void
test_reading_only (Fixture       *f,
                   gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");
  Edit edit = { .key = key, .field = "title", .text = "Bolt" };
  g_autoptr (GError) error = NULL;

  fixture_close (f);
  f->store = ent_store_open (f->path, f->has_key ? &f->key : NULL, ENT_STORE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  assert_field (f->store, key, "title", "Acme");
  g_assert_false (ent_store_write (f->store, "No", ENT_ORIGIN_USER, edit_set, &edit, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY);
  g_test_message ("%s", error->message);
}

static void
test_folder_that_cannot_be_written (void)
{
  g_autoptr (GError) error = NULL;

  /* Not even the administrator can write there. */
  g_assert_null (ent_store_create ("/proc/entente/x.entente", NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY);
  g_test_message ("%s", error->message);
}

static void
test_file_without_permissions (Fixture       *f,
                               gconstpointer  data)
{
  if (getuid () == 0)
    {
      g_test_skip ("the administrator may read and write every file");
      return;
    }
  fixture_close (f);
  g_chmod (f->path, 0400);
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_READ_ONLY);
  g_chmod (f->path, 0);
  assert_open_fails (f, NULL, 0, ENT_STORE_ERROR_FAILED);
}

/* --- While writing -------------------------------------------------------------------------------- */

static gboolean
add_much (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *title = g_strdup_printf ("%d %0200d", i, i);
      Edit edit = { .type = "organization", .text = title };

      if (!edit_add (transaction, &edit, error))
        return FALSE;
    }
  return TRUE;
}

static void
test_full_disk (Fixture       *f,
                gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit small;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 2 * 1024 * 1024;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (ent_store_write (f->store, "Too much", ENT_ORIGIN_USER, add_much, NULL, NULL, NULL,
                                   &error));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FULL);
  g_test_message ("%s", error->message);
  /* Nothing happened, and the work goes on. */
  assert_field (f->store, key, "title", "Acme");
  set_field (f->store, key, "title", "Bolt");
  fixture_reopen (f);
  assert_field (f->store, key, "title", "Bolt");
  assert_no_findings (f->store);
}

static void
test_another_writer (Fixture       *f,
                     gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");
  Edit edit = { .key = key, .field = "title", .text = "Bolt" };
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  sqlite3_open (f->path, &db);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (ent_store_write (f->store, "Set", ENT_ORIGIN_USER, edit_set, &edit, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_BUSY);
  g_test_message ("%s", error->message);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (db);
  set_field (f->store, key, "title", "Bolt");
}

/* --- Telling what changed ------------------------------------------------------------------------- */

typedef struct
{
  GMainLoop  *loop;
  EntChanges *changes;
} Listener;

static void
changed_cb (EntStore   *store,
            EntChanges *changes,
            Listener   *listener)
{
  g_clear_pointer (&listener->changes, ent_changes_unref);
  listener->changes = ent_changes_ref (changes);
  g_main_loop_quit (listener->loop);
}

static gboolean
commit_elsewhere_cb (gpointer data)
{
  run_sql (data, "INSERT OR REPLACE INTO setting VALUES ('title', 'Elsewhere')");
  return G_SOURCE_REMOVE;
}

static void
test_changes_are_told (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Listener listener = { loop, NULL };
  EntKey key;

  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), &listener);
  key = add_record (f->store, "organization", "Acme");
  g_main_loop_run (loop);
  g_assert_cmpint (listener.changes->seq, ==, 1);
  g_assert_true (ent_changes_has_key (listener.changes, key));
  g_assert_false (ent_changes_has_key (listener.changes, key + 64));
  g_assert_true (ent_changes_has_type (listener.changes, ent_store_get_record_type (f->store, "organization")));
  g_assert_false (ent_changes_has_type (listener.changes, ent_store_get_record_type (f->store, "person")));
  g_assert_cmpstr (listener.changes->label, ==, "Add");

  /* Another program; seen only while the main loop runs. */
  g_timeout_add (100, commit_elsewhere_cb, f);
  g_main_loop_run (loop);
  g_assert_cmpint (listener.changes->seq, ==, 0);
  g_assert_true (listener.changes->many);
  ent_changes_unref (listener.changes);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Listener *listener = data;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ent_store_write_finish (ENT_STORE (source), result, &error), ==, 1);
  g_assert_no_error (error);
  g_main_loop_quit (listener->loop);
}

static void
test_writing_without_waiting (Fixture       *f,
                              gconstpointer  data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Listener listener = { loop, NULL };
  Edit *edit = g_new0 (Edit, 1);

  edit->type = "organization";
  edit->text = "Acme";
  ent_store_write_async (f->store, "Add", ENT_ORIGIN_USER, edit_add, edit, g_free, NULL, written_cb,
                         &listener);
  g_main_loop_run (loop);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "Acme", NULL), !=, 0);
}

/* --- Older files ---------------------------------------------------------------------------------- */

/* A type and a field that the file lacks, as after an update of the program. */
static void
test_missing_tables_are_added (Fixture       *f,
                               gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Acme");

  fixture_close (f);
  run_sql (f, "DROP TABLE task;"
              "ALTER TABLE organization DROP COLUMN region;"
              "ALTER TABLE organization DROP COLUMN arr_currency;"
              "UPDATE setting SET value = '' WHERE name = 'tables'");
  assert_open_fails (f, NULL, ENT_STORE_OPEN_READ_ONLY, ENT_STORE_ERROR_READ_ONLY);
  fixture_open (f);
  set_field (f->store, key, "region", "europe");
  set_field (f->store, key, "arr", "1 USD");
  add_record (f->store, "task", "Call");
  assert_no_findings (f->store);
}

static void
test_file_of_version_1 (Fixture       *f,
                        gconstpointer  data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "data", "version-1.entente", NULL);
  g_autofree char *content = NULL;
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  EntKey key;

  fixture_close (f);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (f->path, content, (gssize) length, &error);
  g_assert_no_error (error);
  fixture_open (f);
  assert_no_findings (f->store);
  key = ent_store_resolve (f->store, NULL, "Nordlicht Systemhaus", &error);
  g_assert_no_error (error);
  assert_field (f->store, key, "arr", "125000.00 EUR");
  assert_field (f->store, key, "roles", "partner; customer");
  info = ent_store_undo (f->store, 0, NULL, &error);
  g_assert_no_error (error);
  assert_field (f->store, key, "arr", "90000.00 EUR");
  assert_no_findings (f->store);
}

/* --- Keys ----------------------------------------------------------------------------------------- */

/* The derived key is the one that SQLCipher itself derives from a passphrase. */
static void
test_passphrase (Fixture       *f,
                 gconstpointer  data)
{
  guint8 salt[16];
  g_autofree char *content = NULL;
  EntStoreKey key;
  sqlite3 *db;

  fixture_close (f);
  g_unlink (f->path);
  sqlite3_open (f->path, &db);
  sqlite3_exec (db, "PRAGMA key = 'correct horse'; PRAGMA application_id = 1164866670;"
                    "PRAGMA user_version = 999; CREATE TABLE t (x)", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (f->path, &content, NULL, NULL));
  memcpy (salt, content, sizeof salt);
  ent_store_key_derive (&key, "correct horse", salt);
  assert_open_fails (f, &key, 0, ENT_STORE_ERROR_NEWER);
}

#define ADD(name, func) \
  g_test_add ("/store/file/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
#define ADD_ENCRYPTED(name, func) \
  g_test_add ("/store/file/encrypted/" name, Fixture, "key", fixture_set_up, func, fixture_tear_down)

/* Makes the file of a released version: test-store-file --freeze tests/store/data/version-N.entente. Small
 * pages, as most of the many tables are empty. */
static int
freeze (const char *path)
{
  Fixture f = { .path = g_strdup (path) };
  EntKey key;

  f.store = ent_store_create (path, NULL, NULL, NULL);
  key = insert_record (f.store, ({
    EntRecord *record = make_record (f.store, "organization", "Nordlicht Systemhaus");
    ent_record_set_text (record, "roles", "partner; customer", NULL);
    ent_record_set_text (record, "arr", "90000 EUR", NULL);
    record;
  }));
  add_link (f.store, key, add_record (f.store, "organization", "Atlantic Cloud"));
  delete_record (f.store, add_record (f.store, "person", "Jo Doe"));
  set_field (f.store, key, "arr", "125000 EUR");
  fixture_close (&f);
  run_sql (&f, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM");
  g_free (f.path);
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--freeze"))
    return freeze (argv[2]);
  g_test_init (&argc, &argv, NULL);

  ADD ("modes", test_modes);
  ADD ("reopening", test_reopening);
  ADD_ENCRYPTED ("reopening", test_reopening);
  ADD_ENCRYPTED ("wrong-keys", test_wrong_keys);
  ADD ("key-for-a-plain-file", test_key_for_a_plain_file);
  ADD ("other-files", test_other_files);
  ADD ("newer-file", test_newer_file);
  ADD ("truncated-file", test_truncated_file);
  ADD_ENCRYPTED ("truncated-file", test_truncated_file);
  ADD ("reading-only", test_reading_only);
  ADD_ENCRYPTED ("reading-only", test_reading_only);
  g_test_add_func ("/store/file/folder-that-cannot-be-written", test_folder_that_cannot_be_written);
  ADD ("file-without-permissions", test_file_without_permissions);
  ADD ("full-disk", test_full_disk);
  ADD ("another-writer", test_another_writer);
  ADD ("changes-are-told", test_changes_are_told);
  ADD ("writing-without-waiting", test_writing_without_waiting);
  ADD ("missing-tables-are-added", test_missing_tables_are_added);
  ADD ("file-of-version-1", test_file_of_version_1);
  ADD ("passphrase", test_passphrase);

  return g_test_run ();
}
