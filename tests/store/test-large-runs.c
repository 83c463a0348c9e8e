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

/* Texts last until a flush, as those of an import's batch do. */
static const char *
keep (GPtrArray *batch,
      char      *text)
{
  g_ptr_array_add (batch, text);
  return text;
}

/* Most rows come as an import gives them: with texts that another thread has made, and may wait for others. */
static gboolean
add_row (EntInserter *inserter,
         GPtrArray   *batch,
         guint        i,
         EntKey      *key,
         GError     **error)
{
  const char *title = keep (batch, g_strdup_printf ("Company %05u", i));
  const char *note = keep (batch, g_strnfill (400, (char) ('a' + i % 26)));
  const char *title_key = keep (batch, ent_text_key (title));
  EntValue values[] = {
    { .kind = ENT_VALUE_TEXT, .text = (char *) title },
    { .kind = i % 5 == 0 ? ENT_VALUE_NULL : ENT_VALUE_TEXT, .text = (char *) note },
    { .kind = ENT_VALUE_MONEY, .integer = 100 * i, .currency = "EUR" },
  };
  EntStoredText texts[] = {
    { title, strlen (title) },
    { i % 5 == 0 ? NULL : note, 400 },
    { NULL, 0 },
    { title_key, strlen (title_key) },
  };

  memcpy (values[2].currency, i % 2 == 0 ? "EUR" : "USD", 4);
  return ent_inserter_add_prepared (inserter, values, i % 7 == 6 ? NULL : texts, key, error);
}

static void
assert_row (EntStore *store,
            EntKey    first,
            guint     i)
{
  g_autofree char *title = g_strdup_printf ("Company %05u", i);
  g_autofree char *note = g_strnfill (400, (char) ('a' + i % 26));
  EntKey key = ent_key_make (ent_key_type_number (first), ent_key_row (first) + i);
  g_autoptr (EntRecord) record = ent_store_get (store, key, NULL);
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntValue *arr = ent_record_get (record, ent_record_type_lookup (type, "arr")->index);

  g_assert_cmpstr (ent_record_get_text (record, "title"), ==, title);
  g_assert_cmpstr (ent_record_get_text (record, "note"), ==, i % 5 == 0 ? NULL : note);
  g_assert_cmpint (arr->integer, ==, 100 * i);
  g_assert_cmpstr (arr->currency, ==, i % 2 == 0 ? "EUR" : "USD");
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
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (type, "note")->index,
                     ent_record_type_lookup (type, "arr")->index };
  EntInserter *inserter = ent_transaction_begin_insert (transaction, type, fields, 3, N_ROWS, error);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = inserter != NULL;

  for (guint i = 0; ok && i < run->n_rows; i++)
    {
      ok = add_row (inserter, batch, i, i == 0 ? &run->first : NULL, error);
      if (!ok || i % 1000 != 999)
        continue;
      ok = ent_inserter_flush (inserter, error);
      g_ptr_array_set_size (batch, 0);
    }
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
  for (guint i = 1; i < N_ROWS; i += i < 200 ? 1 : 997)
    assert_row (other, run.first, i);
  assert_row (other, run.first, N_ROWS - 1);
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

/* Who opens the workspace while its indexes are still being built reads what is there. */
static void
test_is_read_without_indexes (Fixture       *f,
                              gconstpointer  data)
{
  const EntStoreKey *key = f->has_key ? &f->key : NULL;
  g_autoptr (GError) error = NULL;
  EntConnection *connection;
  EntStore *store;

  add_record (f->store, "organization", "Acme");
  fixture_close (f);
  connection = ent_connection_open_as (f->path, key, ENT_CONNECTION_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (ent_migrate_mark (connection, &error));
  ent_connection_free (connection);
  store = ent_store_open (f->path, key, ENT_STORE_OPEN_READ_ONLY, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (store), ==, 1);
  g_object_unref (store);
  fixture_open (f);
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
    { "is-read-without-indexes", test_is_read_without_indexes },
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
