/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inserting many organizations, against the least that SQLite can do: one prepared statement, one plain
 * table, no index, no history, same columns, same process. Arguments: number of rows (1,000,000), and
 * "plain" or "encrypted" for one of the two alone. */
#include "store/store-fixture.h"

#include <sqlcipher/sqlite3.h>
#include <sys/resource.h>

#define N_FIELDS 20

static const char *names[N_FIELDS] = {
  "title", "ref", "legal_name", "country", "region", "city", "website", "industries", "segments",
  "employees", "founded_year", "arr", "annual_revenue", "tax_id", "registration_no", "description",
  "lifecycle", "partner_type", "linkedin", "payout_ref",
};

typedef struct
{
  gsize           n_rows;
  guint           fields[N_FIELDS];
  const EntField *field[N_FIELDS];
  gsize           n_fields;
  char            text[N_FIELDS][64];
} Source;

static void
prepare_source (Source   *source,
                EntStore *store)
{
  const EntRecordType *type = ent_store_get_record_type (store, "organization");

  source->n_fields = 0;
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const EntField *field = ent_record_type_lookup (type, names[i]);

      if (field == NULL || ent_field_is_many (field))
        continue;
      source->field[source->n_fields] = field;
      source->fields[source->n_fields++] = field->index;
    }
}

/* Row @i as values that borrow the texts of @source: about 200 bytes of text a row. */
static void
make_row (Source   *source,
          gsize     i,
          EntValue *values)
{
  guint random = (guint) i * 2654435761u;

  for (gsize f = 0; f < source->n_fields; f++)
    {
      const EntField *field = source->field[f];

      values[f] = (EntValue) ENT_VALUE_INIT;
      if (field->info.type == ENT_FIELD_MONEY)
        ent_value_set_money (&values[f], random % 100000000, "USD");
      else if (ent_field_is_integer (field))
        ent_value_set_int (&values[f], 1900 + random % 120);
      else
        {
          values[f].kind = ENT_VALUE_TEXT;
          values[f].text = source->text[f];
          if (field->info.type == ENT_FIELD_COUNTRY)
            g_strlcpy (source->text[f], "DE", 64);
          else if (field->choices != NULL)
            g_strlcpy (source->text[f],
                       ((EntChoice *) field->choices->pdata[random % field->choices->len])->value, 64);
          else
            g_snprintf (source->text[f], 64, "%s %08x %zu", field->info.name, random, i);
        }
    }
}

static gboolean
insert_all (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  Source *source = data;
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "organization");
  EntInserter *inserter;
  EntValue values[N_FIELDS];
  gboolean ok = TRUE;

  inserter = ent_transaction_begin_insert (transaction, type, source->fields, source->n_fields,
                                           source->n_rows, error);
  for (gsize i = 0; ok && i < source->n_rows; i++)
    {
      make_row (source, i, values);
      ok = ent_inserter_add (inserter, values, NULL, error);
    }
  return ent_inserter_end (inserter, ok ? error : NULL) && ok;
}

/* --- The bare statement --------------------------------------------------------------------------- */

static void
insert_bare (const char *path,
             Source     *source)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE t (");
  EntValue values[N_FIELDS];
  sqlite3_stmt *statement;
  sqlite3 *db;

  sqlite3_open (path, &db);
  for (gsize f = 0; f < source->n_fields; f++)
    g_string_append_printf (sql, "%sc%zu", f > 0 ? "," : "", f);
  sqlite3_exec (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN", NULL, NULL, NULL);
  g_string_append (sql, ")");
  sqlite3_exec (db, sql->str, NULL, NULL, NULL);
  g_string_assign (sql, "INSERT INTO t VALUES (?");
  for (gsize f = 1; f < source->n_fields; f++)
    g_string_append (sql, ",?");
  g_string_append (sql, ")");
  sqlite3_prepare_v2 (db, sql->str, -1, &statement, NULL);
  for (gsize i = 0; i < source->n_rows; i++)
    {
      make_row (source, i, values);
      for (gsize f = 0; f < source->n_fields; f++)
        if (values[f].kind == ENT_VALUE_TEXT)
          sqlite3_bind_text (statement, (int) f + 1, values[f].text, -1, SQLITE_STATIC);
        else
          sqlite3_bind_int64 (statement, (int) f + 1, values[f].integer);
      sqlite3_step (statement);
      sqlite3_reset (statement);
    }
  sqlite3_finalize (statement);
  sqlite3_exec (db, "COMMIT", NULL, NULL, NULL);
  sqlite3_close (db);
}

/* --- Measuring ------------------------------------------------------------------------------------ */

typedef struct
{
  double wall;
  double cpu;
} Time;

static double
cpu_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static Time
now (void)
{
  return (Time) { (double) g_get_monotonic_time () / 1e6, cpu_seconds () };
}

static Time
since (Time start)
{
  Time end = now ();

  return (Time) { end.wall - start.wall, end.cpu - start.cpu };
}

static void
report (const char *what,
        Time        time,
        Time        base,
        gsize       n_rows)
{
  g_print ("%-34s %6.2f s wall %6.2f s CPU %8.0f rows/s  x%.2f wall  x%.2f CPU\n", what, time.wall,
           time.cpu, (double) n_rows / time.wall, time.wall / base.wall, time.cpu / base.cpu);
}

static long
peak_mb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static Time
measure_store (gsize    n_rows,
               gboolean encrypted,
               Time    *undo,
               Time    *redo)
{
  Fixture f = { NULL };
  Source source = { .n_rows = n_rows };
  g_autoptr (GError) error = NULL;
  Time start;
  Time time;

  fixture_set_up (&f, encrypted ? "key" : NULL);
  prepare_source (&source, f.store);
  start = now ();
  ent_store_write (f.store, "Import", ENT_ORIGIN_IMPORT, insert_all, &source, NULL, NULL, &error);
  g_assert_no_error (error);
  time = since (start);
  start = now ();
  ent_transaction_info_free (ent_store_undo (f.store, 0, NULL, &error));
  g_assert_no_error (error);
  *undo = since (start);
  start = now ();
  ent_transaction_info_free (ent_store_redo (f.store, NULL, &error));
  g_assert_no_error (error);
  *redo = since (start);
  fixture_tear_down (&f, NULL);
  return time;
}

int
main (int   argc,
      char *argv[])
{
  gsize n_rows = argc > 1 ? (gsize) g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  Fixture f = { NULL };
  Source source = { .n_rows = n_rows };
  g_autofree char *bare_path = NULL;
  Time bare;
  Time undo;
  Time redo;
  Time start;
  Time time;
  long before;

  fixture_set_up (&f, NULL);
  prepare_source (&source, f.store);
  bare_path = g_build_filename (f.folder, "bare.db", NULL);
  start = now ();
  insert_bare (bare_path, &source);
  bare = since (start);
  fixture_tear_down (&f, NULL);
  g_print ("%zu rows of %zu fields\n", n_rows, source.n_fields);
  report ("bare statement, plain, no index", bare, bare, n_rows);
  before = peak_mb ();
  for (int encrypted = 0; encrypted < 2; encrypted++)
    {
      if (argc > 2 && !g_str_equal (argv[2], encrypted ? "encrypted" : "plain"))
        continue;
      time = measure_store (n_rows, encrypted, &undo, &redo);
      report (encrypted ? "inserter, encrypted" : "inserter, plain", time, bare, n_rows);
      report ("  undo", undo, bare, n_rows);
      report ("  redo", redo, bare, n_rows);
    }
  g_print ("peak memory: %ld MB after the bare one, %ld MB in the end\n", before, peak_mb ());
  return 0;
}
