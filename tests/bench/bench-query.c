/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queries over a million encrypted organizations against the bare SQL that answers the same, by turns in one
 * run. Figures are CPU time of the process, medians; the gates are the ratios.
 *
 *   build-aux/bench query [N [PART…]]     parts: first search list columns counts sorts groups; all of them if none is named
 */
#include <time.h>

#include "bench/workspace-made.h"
#include "store/ent-columns-private.h"
#include "store/ent-connection.h"

#define ROUNDS 9

static double
now_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

typedef struct
{
  EntStore            *store;
  const EntRecordType *type;
  EntQuery             query;
  EntFilter           *filter;
  GArray              *sort;
  const char          *sql;
  const char          *text;
  gint64               answer;
  gsize                n_bytes; /* that the bare SQL looked at */
  gsize                n;       /* organizations */
} Bench;

typedef void (*BenchFunc) (Bench *bench);

static double
measure (Bench     *bench,
         BenchFunc  func,
         guint      rounds)
{
  double times[ROUNDS];

  for (guint i = 0; i < rounds; i++)
    {
      double start = now_ms ();

      func (bench);
      times[i] = now_ms () - start;
    }
  qsort (times, rounds, sizeof *times, compare_doubles);
  return times[rounds / 2];
}

/* Steps through the answer and looks at each value, as whoever shows it would. */
static void
run_sql (Bench *bench)
{
  EntConnection *connection = ent_store_acquire_reader (bench->store, NULL);
  sqlite3_stmt *statement = ent_connection_prepare (connection, bench->sql, NULL);

  bench->answer = 0;
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      bench->answer += sqlite3_column_int64 (statement, 0);
      for (int i = 1; i < sqlite3_column_count (statement); i++)
        if (sqlite3_column_text (statement, i) != NULL)
          bench->n_bytes += (gsize) sqlite3_column_bytes (statement, i);
    }
  sqlite3_reset (statement);
  ent_store_release_reader (bench->store, connection);
}

static void
set_query (Bench      *bench,
           const char *filter,
           const char *sort)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&bench->filter, ent_filter_unref);
  g_clear_pointer (&bench->sort, g_array_unref);
  bench->filter = ent_filter_parse (bench->type, filter, NULL, &error);
  if (bench->filter == NULL)
    g_error ("%s", error->message);
  bench->sort = ent_sort_parse (bench->type, sort, &error);
  if (bench->sort == NULL)
    g_error ("%s", error->message);
  bench->query = (EntQuery) { bench->type, bench->filter, (const EntSort *) (gpointer) bench->sort->data,
                              bench->sort->len, NULL, ENT_SCOPE_LIVE };
}

static void
run_first (Bench *bench)
{
  g_autoptr (EntResult) result = ent_store_query_first (bench->store, &bench->query, 100, NULL, NULL);

  bench->answer = (gint64) ent_result_get_n (result);
}

static void
run_page (Bench *bench)
{
  guint fields[] = { ENT_COMMON_TITLE, ent_record_type_lookup (bench->type, "country")->index,
                     ent_record_type_lookup (bench->type, "arr")->index,
                     ent_record_type_lookup (bench->type, "lifecycle")->index,
                     ent_record_type_lookup (bench->type, "owner")->index };
  g_autoptr (EntResult) result = ent_store_query_first (bench->store, &bench->query, 100, NULL, NULL);
  g_autoptr (GPtrArray) records = ent_store_load (bench->store, bench->type, ent_result_get_rows (result),
                                                  ent_result_get_n (result), fields, G_N_ELEMENTS (fields), NULL,
                                                  NULL);

  bench->answer = records->len;
}

static void
run_count (Bench *bench)
{
  bench->answer = ent_store_count (bench->store, &bench->query, NULL, NULL);
}

static void
run_query (Bench *bench)
{
  g_autoptr (EntResult) result = ent_store_query (bench->store, &bench->query, NULL, NULL);

  bench->answer = (gint64) ent_result_get_n (result);
}

/* As if something had changed. */
static void
run_query_anew (Bench *bench)
{
  ent_table_forget_orders (ent_columns_get_table (ent_columns_get (bench->store, FALSE), bench->type));
  run_query (bench);
}

static void
run_search (Bench *bench)
{
  g_autoptr (GPtrArray) hits = ent_store_search (bench->store, bench->text, NULL, 50, NULL, NULL);

  bench->answer = hits->len;
}

static void
run_group (Bench *bench)
{
  g_autoptr (GArray) groups = ent_store_group (bench->store, &bench->query,
                                               ent_record_type_lookup (bench->type, bench->text), NULL, NULL);

  bench->answer = groups->len;
}

/* --- Reports ---------------------------------------------------------------------------------------- */

static void
report_first (Bench *bench)
{
  double sql, ours, sql_page, page;

  set_query (bench, "", "");
  bench->sql = "SELECT \"row\" FROM organization WHERE deleted_at IS NULL ORDER BY title_key LIMIT 100";
  run_sql (bench);
  sql = measure (bench, run_sql, ROUNDS);
  ours = measure (bench, run_first, ROUNDS);
  g_print ("first 100 by name, rows       SQL %8.3f ms   ours %8.3f ms   ratio %.2f (gate 2)\n", sql, ours,
           ours / sql);
  bench->sql = "SELECT title, country, arr, arr_currency, lifecycle, owner FROM organization"
               " WHERE deleted_at IS NULL ORDER BY title_key LIMIT 100";
  run_sql (bench);
  sql_page = measure (bench, run_sql, ROUNDS);
  page = measure (bench, run_page, ROUNDS);
  g_print ("first 100 by name, records    SQL %8.3f ms   ours %8.3f ms   ratio %.2f (gate 2)\n", sql_page, page,
           page / sql_page);
}

static void
report_counts (Bench *bench)
{
  static const struct
  {
    const char *filter;
    const char *sql;
  } cases[] = {
    { "lifecycle = active", "lifecycle = 'active'" },
    { "country in (DE, FR) and lifecycle = active", "country IN ('DE','FR') AND lifecycle = 'active'" },
    { "country in (DE, FR) and size_employees > 5000 and founded_year >= 2000",
      "country IN ('DE','FR') AND size_employees > 5000 AND founded_year >= 2000" },
    { "arr > 1000000 USD", "arr > 100000000 AND arr_currency = 'USD'" },
    { "arr > 1000000", "arr > CASE arr_currency WHEN 'JPY' THEN 1000000 ELSE 100000000 END" },
    { "roles has partner and not industry has Retail",
      "roles LIKE '%\"partner\"%' AND NOT industry LIKE '%\"Retail\"%'" },
    { "owner.region = emea and segment = strategic",
      "owner IN (SELECT \"row\" << 6 | 2 FROM person WHERE region = 'emea') AND segment = 'strategic'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM organization WHERE deleted_at IS NULL AND %s",
                                              cases[i].sql);
      double theirs, ours;
      gint64 expected;

      set_query (bench, cases[i].filter, "");
      bench->sql = sql;
      theirs = measure (bench, run_sql, 3);
      expected = bench->answer;
      run_count (bench);
      ours = measure (bench, run_count, ROUNDS);
      g_print ("count %-62s SQL %8.1f ms   ours %6.3f ms   ratio %5.0fx%s\n", cases[i].filter, theirs, ours,
               theirs / ours, expected == bench->answer ? "" : "  DIFFERENT");
    }
}

static void
report_sorts (Bench *bench)
{
  static const struct
  {
    const char *filter;
    const char *sort;
  } cases[] = {
    { "", "title" }, { "", "-title" }, { "", "lifecycle" }, { "", "size_employees" }, { "", "-arr" },
    { "", "-annual_revenue" }, { "", "owner" }, { "", "country,-arr" }, { "", "partner_since" },
    { "lifecycle = active and country in (US, DE)", "-arr" }, { "arr > 1000000 USD", "owner,-arr" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double anew, ours, first;

      set_query (bench, cases[i].filter, cases[i].sort);
      anew = measure (bench, run_query_anew, ROUNDS);
      ours = measure (bench, run_query, ROUNDS);
      first = measure (bench, run_first, ROUNDS);
      g_print ("sort %-16s %-45s %8.2f ms (gate 48)   again %7.2f ms (gate 16)   first 100 %7.2f ms\n", cases[i].sort,
               cases[i].filter, anew, ours, first);
    }
}

static void
report_groups (Bench *bench)
{
  static const char * const fields[] = { "lifecycle", "country", "owner", "roles", "founded_year" };

  set_query (bench, "", "");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      bench->text = fields[i];
      g_print ("group by %-20s %8.2f ms\n", fields[i], measure (bench, run_group, ROUNDS));
    }
}

static void
report_search (Bench *bench)
{
  static const char * const texts[] = {
    "holdings", "cloudbridge", "northstone gr", "müller", "group", "softw", "zenithzone", "bridge9", "xyzzy", "renewal",
    "bridge77.example",
  };
  double worst = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_print ("search %-18s", texts[i]);
      for (glong n = 1; n <= g_utf8_strlen (texts[i], -1); n++)
        {
          g_autofree char *prefix = g_utf8_substring (texts[i], 0, n);
          double ms;

          bench->text = prefix;
          run_search (bench);
          ms = measure (bench, run_search, 5);
          worst = MAX (worst, ms);
          g_print (" %.2f", ms);
        }
      g_print (" ms (%" G_GINT64_FORMAT " hits)\n", bench->answer);
    }
  g_print ("search, worst prefix          %8.2f ms (gate 5)\n", worst);
}

static void
report_list_search (Bench *bench)
{
  static const char * const texts[] = { "n", "no", "north", "group", "bridge7", "renewal 1999" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      double count;

      set_query (bench, "", "");
      bench->query.search = texts[i];
      count = measure (bench, run_count, 3);
      g_print ("list search %-16s count %8.2f ms (%" G_GINT64_FORMAT ")   first 100 %8.2f ms\n", texts[i], count,
               bench->answer, measure (bench, run_first, 3));
    }
}

/* --- Parts ------------------------------------------------------------------------------------------ */

static void
report_columns (Bench *bench)
{
  double start = now_ms ();

  g_assert_true (ent_store_load_columns (bench->store, bench->type, NULL, NULL));
  g_print ("columns loaded in             %8.0f ms, %.1f bytes a record (gate 60)\n", now_ms () - start,
           (double) ent_columns_get_size (bench->store) / (double) bench->n);
}

/* In this order: from "columns" on, memory columns answer. */
static const struct
{
  const char *name;
  BenchFunc   func;
} parts[] = {
  { "first", report_first }, { "search", report_search }, { "list", report_list_search }, { "columns", report_columns },
  { "first", report_first }, { "counts", report_counts }, { "sorts", report_sorts }, { "groups", report_groups },
  { "list", report_list_search },
};

int
main (int argc, char *argv[])
{
  gsize n = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
  Bench bench = { .store = made_workspace (n), .n = n };

  bench.type = ent_store_get_record_type (bench.store, "organization");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (argc <= 2 || parts[i].func == report_columns ||
        g_strv_contains ((const char * const *) argv + 2, parts[i].name))
      parts[i].func (&bench);
  g_clear_pointer (&bench.filter, ent_filter_unref);
  g_clear_pointer (&bench.sort, g_array_unref);
  g_object_unref (bench.store);
  return 0;
}
