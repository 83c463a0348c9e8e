/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking, backing up, recovering. */
#include "store/ent-connection.h"
#include "store/store-fixture.h"

#include <sqlcipher/sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

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

static gboolean
add_some (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (type, "arr")->index };
  gsize n = GPOINTER_TO_SIZE (data);
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 2, n, error);

  for (gsize i = 1; i <= n; i++)
    {
      EntValue values[2] = { ENT_VALUE_INIT, ENT_VALUE_INIT };
      gboolean ok;

      ent_value_take_text (&values[0], g_strdup_printf ("Company %zu", i));
      ent_value_set_money (&values[1], (gint64) i, "USD");
      ok = ent_inserter_add (inserter, values, NULL, error);
      ent_value_clear (&values[0]);
      if (!ok)
        return FALSE;
    }
  return ent_inserter_end (inserter, error);
}

static void
add_companies (EntStore *store,
               gsize     n)
{
  g_autoptr (GError) error = NULL;

  ent_store_write (store, "Import", ENT_ORIGIN_IMPORT, add_some, GSIZE_TO_POINTER (n), NULL, NULL, &error);
  g_assert_no_error (error);
}

/* --- Tampering ------------------------------------------------------------------------------------ */

/* What somebody with the key and some SQL could do, and whether the check names it. */
static const struct { const char *what; const char *sql; const char *finding; } forgeries[] = {
  { "author", "UPDATE txn SET author = 'Somebody else' WHERE seq = 2", "The record of change 2 was altered" },
  { "time", "UPDATE txn SET at = at - 86400000000 WHERE seq = 3", "The record of change 3 was altered" },
  { "line", "UPDATE change SET new = 'Forged' WHERE op = 1 AND field = 'title'", "The lines of change 4" },
  { "line-removed", "DELETE FROM change WHERE op = 1 AND field = 'title'", "The lines of change 4" },
  { "transaction-removed", "DELETE FROM txn WHERE seq = 3", "lacks what came before change 4" },
  { "undone", "UPDATE txn SET undone = 1 WHERE seq = 2", "Whether change 2 was undone" },
  { "created-value", "UPDATE organization SET founded_year = 1999 WHERE \"row\" = 1", "does not hold what it was created" },
  { "run", "UPDATE organization SET arr = 99 WHERE \"row\" = 50", "Records from “Company 1” (P-0003)" },
  { "edited-value", "UPDATE organization SET title = 'Forged', title_key = 'forged' WHERE \"row\" = 2",
    "is not what the history says" },
  { "hidden", "UPDATE organization SET deleted_at = 5 WHERE \"row\" = 2", "is not what the history says" },
  { "smuggled-in", "INSERT INTO organization (\"row\", id, title, title_key) VALUES"
    " (500, randomblob (16), 'Ghost', 'ghost'); UPDATE counter SET next = 600;"
    "INSERT INTO search_pending VALUES (1, 500, 500)", "created outside of the history" },
  { "removed", "DELETE FROM organization WHERE \"row\" = 60", "Records from “Company 1” (P-0003)" },
  { "filed-wrong", "UPDATE organization SET title_key = 'zzz' WHERE \"row\" = 1", "under a wrong name" },
  { "dangling", "UPDATE link SET \"to\" = 64000001", "a record that is not there" },
  { "index", "DROP INDEX organization__title", "“organization__title” is missing" },
  { "counter", "UPDATE counter SET next = 3 WHERE type = 'organization'", "might be given twice" },
  { "search", "DELETE FROM search WHERE rowid = 65", "cannot be found by searching" },
};

static void
assert_finding (EntStore   *store,
                const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = ent_store_check (store, NULL, NULL, NULL, &error);
  gboolean found = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const EntFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s", finding->what);
      found = found || strstr (finding->what, text) != NULL;
    }
  g_assert_true (found);
}

static void
make_story (EntStore *store)
{
  EntKey a = add_record (store, "organization", "Bolt");
  EntKey b = add_record (store, "organization", "Acme");

  set_field (store, a, "arr", "10 USD");
  set_field (store, b, "title", "Acme Ltd");
  add_companies (store, 100);
  add_link (store, a, b);
}

/* The story before anybody touched it; told once. */
static void
copy_story (Fixture *f)
{
  static char *content;
  static gsize length;

  if (content == NULL)
    {
      make_story (f->store);
      assert_no_findings (f->store);
      fixture_close (f);
      g_assert_true (g_file_get_contents (f->path, &content, &length, NULL));
    }
  fixture_close (f);
  g_assert_true (g_file_set_contents_full (f->path, content, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                           0600, NULL));
}

static void
test_forgery (Fixture       *f,
              gconstpointer  data)
{
  gsize i = GPOINTER_TO_SIZE (data) - 1;

  copy_story (f);
  run_sql (f, forgeries[i].sql);
  fixture_open (f);
  assert_finding (f->store, forgeries[i].finding);
}

static void
set_up_plain (Fixture       *f,
              gconstpointer  data)
{
  fixture_set_up (f, NULL);
}

/* --- Damage --------------------------------------------------------------------------------------- */

/* Overwrites the pages in which @text is found (plain files), or one near the end, with @byte. Returns how many. */
static guint
damage (const char *path,
        const char *text,
        int         byte)
{
  g_autofree char *content = NULL;
  guint n = 0;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  for (gsize page = 4096; page + 4096 <= length; page += 4096)
    {
      gboolean hit = text != NULL ? memmem (content + page, 4096, text, strlen (text)) != NULL
                                  : page / 4096 == length / 4096 - 20;

      if (!hit)
        continue;
      memset (content + page, byte, 4096);
      n++;
    }
  g_assert_true (g_file_set_contents_full (path, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600,
                                           NULL));
  return n;
}

static void
assert_found (Fixture *f,
              int      byte)
{
  add_companies (f->store, 3000);
  fixture_close (f);
  g_assert_cmpuint (damage (f->path, f->has_key ? NULL : "Company 1500", byte), >, 0);
  fixture_open (f);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) findings = ent_store_check (f->store, NULL, NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (findings->len, >, 0);
    g_test_message ("%s", ((EntFinding *) findings->pdata[0])->what);
  }
}

static void
test_damage_is_found (Fixture       *f,
                      gconstpointer  data)
{
  assert_found (f, 0xa5);
}

static void
test_zeros_are_found (Fixture       *f,
                      gconstpointer  data)
{
  assert_found (f, 0);
}

/* A page that nobody uses may never have been written, or stand in the log only: then the file has a hole there. */
static void
test_holes_are_no_damage (Fixture       *f,
                          gconstpointer  data)
{
  static const char sql[] =
    "CREATE TABLE hole (x);"
    "WITH c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 50) INSERT INTO hole SELECT randomblob (3000) FROM c;"
    "DROP TABLE hole";
  EntConnection *connection;
  g_autoptr (GError) error = NULL;

  add_companies (f->store, 10);
  fixture_close (f);
  connection = ent_connection_open_as (f->path, f->has_key ? &f->key : NULL, ENT_CONNECTION_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (ent_connection_exec (connection, sql, &error));
  g_assert_no_error (error);
  ent_connection_free (connection);
  g_assert_cmpuint (damage (f->path, NULL, 0), ==, 1);
  fixture_open (f);
  assert_no_findings (f->store);
}

static void
test_recovering (Fixture       *f,
                 gconstpointer  data)
{
  g_autofree char *fresh = g_build_filename (f->folder, "fresh.entente", NULL);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  guint n_there = 0;

  make_story (f->store);
  add_companies (f->store, 3000);
  fixture_close (f);
  g_assert_cmpuint (damage (f->path, f->has_key ? NULL : "Company 1500", 0xa5), >, 0);
  ent_store_recover (f->path, f->has_key ? &f->key : NULL, fresh, &report, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", report);
  g_set_str (&f->path, fresh);
  fixture_open (f);
  for (int row = 1; row <= 3102; row++)
    n_there += is_live (f->store, ent_key_make (1, row));
  g_assert_cmpuint (n_there, >=, 2900);
  if (!f->has_key)
    g_assert_cmpuint (n_there, <, 3102);
  /* The new workspace can be worked with, and no number is given twice. */
  g_assert_cmpint (ent_key_row (add_record (f->store, "organization", "New")), ==, 3103);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "Acme Ltd", NULL), !=, 0);
}

static void
test_recovering_a_good_file (Fixture       *f,
                             gconstpointer  data)
{
  g_autofree char *fresh = g_build_filename (f->folder, "fresh.entente", NULL);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;

  make_story (f->store);
  fixture_close (f);
  ent_store_recover (f->path, f->has_key ? &f->key : NULL, fresh, &report, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (report, "Everything could be read."));
  g_set_str (&f->path, fresh);
  fixture_open (f);
  assert_no_findings (f->store);
}

static void
test_recovering_a_short_file (Fixture       *f,
                              gconstpointer  data)
{
  g_autofree char *fresh = g_build_filename (f->folder, "fresh.entente", NULL);
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  make_story (f->store);
  add_companies (f->store, 2500);
  fixture_close (f);
  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmpint (truncate (f->path, info.st_size / 10 * 9), ==, 0);
  ent_store_recover (f->path, f->has_key ? &f->key : NULL, fresh, &report, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", report);
  g_set_str (&f->path, fresh);
  fixture_open (f);
  g_assert_cmpint (ent_store_resolve (f->store, NULL, "Acme Ltd", NULL), !=, 0);
}

/* --- Backups -------------------------------------------------------------------------------------- */

static void
count_progress (double      fraction,
                const char *what,
                gpointer    data)
{
  g_assert_cmpfloat (fraction, <=, 1.0);
  ++*(int *) data;
}

static void
test_backup (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (f->folder, "copies", "copy.entente", NULL);
  g_autoptr (GError) error = NULL;
  struct stat info;
  int n_calls = 0;
  EntKey key;

  make_story (f->store);
  key = ent_store_resolve (f->store, NULL, "Bolt", NULL);
  g_assert_true (ent_store_backup (f->store, copy, count_progress, &n_calls, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_calls, >, 0);
  g_assert_cmpint (stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_false (ent_store_backup (f->store, copy, NULL, NULL, NULL, &error));
  g_assert_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_EXISTS);
  set_field (f->store, key, "title", "Later");
  fixture_close (f);
  g_set_str (&f->path, copy);
  fixture_open (f);
  assert_field (f->store, key, "title", "Bolt");
  assert_no_findings (f->store);
}

#define HOUR 3600
#define DAY (24 * HOUR)

static void
test_which_copies_stay (void)
{
  const gint64 now = 20000 * (gint64) DAY + 12 * HOUR;
  gint64 times[4000];
  gboolean drop[4000];
  gsize n = 0;
  guint n_kept = 0;

  /* Every 15 minutes for 40 days. */
  for (gint64 t = now - 40 * DAY; t <= now; t += 15 * 60)
    times[n++] = t;
  ent_rolling_choose (times, n, now, drop);
  for (gsize i = 0; i < n; i++)
    {
      n_kept += !drop[i];
      if (now - times[i] <= DAY)
        g_assert_false (drop[i]);
      if (now - times[i] > 30 * DAY)
        g_assert_true (drop[i]);
    }
  g_assert_cmpuint (n_kept, ==, 97 + 29);
  /* The only one stays, whatever its age. */
  times[0] = now - 400 * DAY;
  ent_rolling_choose (times, 1, now, drop);
  g_assert_false (drop[0]);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_rolling_backup (Fixture       *f,
                     gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (f->folder, "rolling", NULL);
  g_autofree char *other = g_build_filename (folder, "mine.entente", NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  add_record (f->store, "organization", "Acme");
  g_assert_true (ent_store_rolling_backup (f->store, folder, now, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  /* Too early, then nothing new, then due. */
  g_assert_true (ent_store_rolling_backup (f->store, folder, now + 60, &error));
  g_assert_cmpuint (count_files (folder), ==, 2);
  {
    struct utimbuf past = { now - 100, now - 100 };
    g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

    utime (f->path, &past);
    utime (log, &past);
  }
  g_assert_true (ent_store_rolling_backup (f->store, folder, now + HOUR, &error));
  g_assert_cmpuint (count_files (folder), ==, 2);
  add_record (f->store, "organization", "Bolt");
  g_assert_true (ent_store_rolling_backup (f->store, folder, now + HOUR, &error));
  g_assert_cmpuint (count_files (folder), ==, 3);
  /* Much later both old ones go; files of others stay. */
  {
    struct utimbuf later = { now + 100 * DAY, now + 100 * DAY };

    utime (f->path, &later);
  }
  g_assert_true (ent_store_rolling_backup (f->store, folder, now + 100 * DAY, &error));
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

#define ADD(name, func)                                                                              \
  g_test_add ("/store/care/plain/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down);    \
  g_test_add ("/store/care/encrypted/" name, Fixture, "key", fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *name = g_strconcat ("/store/care/forged/", forgeries[i].what, NULL);

      g_test_add (name, Fixture, GSIZE_TO_POINTER (i + 1), set_up_plain, test_forgery, fixture_tear_down);
    }
  ADD ("damage-is-found", test_damage_is_found);
  ADD ("zeros-are-found", test_zeros_are_found);
  ADD ("holes-are-no-damage", test_holes_are_no_damage);
  ADD ("recovering", test_recovering);
  ADD ("recovering-a-good-file", test_recovering_a_good_file);
  ADD ("recovering-a-short-file", test_recovering_a_short_file);
  ADD ("backup", test_backup);
  ADD ("rolling-backup", test_rolling_backup);
  g_test_add_func ("/store/care/which-copies-stay", test_which_copies_stay);

  return g_test_run ();
}
