/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <sys/resource.h>

#include "store/ent-store-private.h"
#include "store-fixture.h"

/* A run of many rows goes its own way to the disk (ent-wal-file): larger than the page cache, so that it is written
 * before its end, and read from there. */

#define N_ROWS 25000
#define MEGABYTE (1024 * 1024)

typedef enum
{
  COMMIT,
  GIVE_UP,
} Ending;

typedef struct
{
  Ending ending;
  guint  n_rows;
  EntKey first;
} Run;

static gboolean
add_row (EntInserter *inserter,
         guint        i,
         EntKey      *key,
         GError     **error)
{
  g_auto (EntValue) title = ENT_VALUE_INIT;
  g_auto (EntValue) note = ENT_VALUE_INIT;
  EntValue values[2];

  ent_value_take_text (&title, g_strdup_printf ("Company %05u", i));
  ent_value_take_text (&note, g_strnfill (400, (char) ('a' + i % 26)));
  values[0] = title;
  values[1] = note;
  return ent_inserter_add (inserter, values, key, error);
}

/* Rows that were written long ago are changed in the same transaction: their pages are read from the log, and written
 * there again. */
static gboolean
change_first (EntTransaction *transaction,
              EntKey          first,
              GError        **error)
{
  Edit edit = { .key = first, .field = "title", .text = "The First" };
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, first, error);

  if (record == NULL)
    return FALSE;
  g_assert_cmpstr (ent_record_get_text (record, "title"), ==, "Company 00000");
  return edit_set (transaction, &edit, error);
}

static gboolean
run_cb (EntTransaction *transaction,
        gpointer        data,
        GError        **error)
{
  Run *run = data;
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (type, "note")->index };
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 2, N_ROWS, error);
  gboolean ok = inserter != NULL;

  for (guint i = 0; ok && i < run->n_rows; i++)
    ok = add_row (inserter, i, i == 0 ? &run->first : NULL, error);
  if (inserter != NULL)
    ok = ent_inserter_end (inserter, ok ? error : NULL) && ok;
  return ok && run->ending == COMMIT && change_first (transaction, run->first, error);
}

static gint64
count (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  EntQuery query = { .type = ent_store_get_record_type (store, "organization") };
  gint64 n = ent_store_count (store, &query, NULL, &error);

  g_assert_no_error (error);
  return n;
}

static void
test_is_read_while_written (Fixture       *f,
                            gconstpointer  data)
{
  Run run = { COMMIT, N_ROWS, 0 };
  g_autoptr (GError) error = NULL;
  EntStore *other = ent_store_open (f->path, f->has_key ? &f->key : NULL, ENT_STORE_OPEN_READ_ONLY, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ent_store_write (f->store, "Run", ENT_ORIGIN_IMPORT, run_cb, &run, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f->store), ==, N_ROWS);
  g_assert_cmpint (count (other), ==, N_ROWS);
  assert_field (other, run.first, "title", "The First");
  g_object_unref (other);
  assert_no_findings (f->store);
  fixture_reopen (f);
  g_assert_cmpint (count (f->store), ==, N_ROWS);
  assert_no_findings (f->store);
}

/* What a run that was given up had not yet written is written by nobody: another program's run stands there. */
static void
test_given_up (Fixture       *f,
               gconstpointer  data)
{
  Run run = { GIVE_UP, N_ROWS / 2, 0 };
  Run another = { COMMIT, N_ROWS, 0 };
  g_autoptr (GError) error = NULL;
  EntStore *other = ent_store_open (f->path, f->has_key ? &f->key : NULL, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  EntConnection *reader;

  g_assert_no_error (error);
  /* Who reads meanwhile keeps what is in the log from being moved to the workspace. */
  reader = ent_store_acquire_reader (other, &error);
  g_assert_true (ent_connection_exec (reader, "BEGIN; SELECT count(*) FROM txn", &error));
  g_assert_false (ent_store_write (f->store, "Run", ENT_ORIGIN_IMPORT, run_cb, &run, NULL, NULL, &error));
  g_clear_error (&error);
  g_assert_true (ent_store_write (other, "Run", ENT_ORIGIN_IMPORT, run_cb, &another, NULL, NULL, &error));
  ent_store_wait_settled (other);
  add_record (f->store, "organization", "Bolt");
  g_assert_true (ent_connection_exec (reader, "COMMIT", &error));
  ent_store_release_reader (other, reader);
  g_object_unref (other);
  g_assert_cmpint (count (f->store), ==, N_ROWS + 1);
  assert_no_findings (f->store);
  fixture_reopen (f);
  g_assert_cmpint (count (f->store), ==, N_ROWS + 1);
  assert_no_findings (f->store);
}

/* No room after some megabytes: the run is undone and the workspace goes on. */
static void
test_no_room (Fixture       *f,
              gconstpointer  data)
{
  Run run = { COMMIT, N_ROWS, 0 };
  struct rlimit before, small;
  g_autoptr (GError) error = NULL;
  EntKey key = add_record (f->store, "organization", "Acme");

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 6 * MEGABYTE;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (ent_store_write (f->store, "Run", ENT_ORIGIN_IMPORT, run_cb, &run, NULL, NULL, &error));
  g_test_message ("%s", error->message);
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_cmpint (count (f->store), ==, 1);
  set_field (f->store, key, "title", "Acme Ltd");
  g_clear_error (&error);
  g_assert_true (ent_store_write (f->store, "Run", ENT_ORIGIN_IMPORT, run_cb, &run, NULL, NULL, &error));
  g_assert_cmpint (count (f->store), ==, N_ROWS + 1);
  assert_no_findings (f->store);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void      (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "is-read-while-written", test_is_read_while_written },
    { "given-up", test_given_up },
    { "no-room", test_no_room },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *plain = g_strdup_printf ("/store/large-run/%s/plain", tests[i].name);
      g_autofree char *encrypted = g_strdup_printf ("/store/large-run/%s/encrypted", tests[i].name);

      g_test_add (plain, Fixture, NULL, fixture_set_up, tests[i].test, fixture_tear_down);
      g_test_add (encrypted, Fixture, "key", fixture_set_up, tests[i].test, fixture_tear_down);
    }
  return g_test_run ();
}
