/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "exchange/ent-import.h"

/* bench-import [ROWS] [ROUNDS]: our import of organizations (20 columns: mapping, checks, keys,
 * journal, undo) beside `sqlite3 .import` of the same file into one plain table of text, turn by
 * turn, each in a process of its own. Wall time. The parser alone, beside libcsv, is told as well. */

#include <csv.h>

static char *folder;

/* --- The file --------------------------------------------------------------------------------- */

static guint32 state = 12345;

static guint32
roll (guint32 n)
{
  state = state * 1664525u + 1013904223u;
  return (state >> 8) % n;
}

static const char * const words[] =
{ "cloud", "partner", "integration", "data", "platform", "services", "global", "secure", "digital",
  "network",
  "solutions for retail", "managed", "analytics", "consulting", "commerce", "logistics", "Zürich",
  "São Paulo" };
static const char * const countries[] = { "DE", "US", "FR", "GB", "IN", "JP", "BR", "PL", "IT",
                                          "KR" };
static const char * const regions[] = { "emea", "", "emea", "" };
static const char * const kinds[] = { "technology", "channel", "solution" };
static const char * const stages[] = { "identified", "contacted", "active", "onboarding",
                                       "at_risk" };

static void
append_row (GString *text,
            guint    i)
{
  const char *word = words[roll (G_N_ELEMENTS (words))];

  g_string_append_printf (text, "org:%07u,\"%s Company %u, Inc.\",%s Company %u Incorporated,", i,
                          word, i, word, i);
  g_string_append_printf (text, "partner,%s,%s,%s,", stages[roll (5)], kinds[roll (3)],
                          regions[roll (4)]);
  g_string_append_printf (text, "%u.%02u EUR,\"Sells %s and %s, and says \"\"yes\"\" to %s\",",
                          roll (10000000), roll (100), words[roll (18)], words[roll (18)],
                          words[roll (18)]);
  g_string_append_printf (text, "https://www.company%u.example/about,company%u.example,", i, i);
  g_string_append_printf (text, "%s,State of %s,City %u,%05u,+49 30 %07u,", countries[roll (10)],
                          words[roll (18)], roll (9999), roll (99999), roll (9999999));
  g_string_append_printf (text, "%s,%u,%u000 EUR,20%02u-%02u-%02u\n", words[roll (18)],
                          roll (100000), roll (9999999), 10 + roll (15), 1 + roll (12),
                          1 + roll (28));
}

static char *
make_file (guint n_rows)
{
  char *path = g_build_filename (folder, "organizations.csv", NULL);
  FILE *file = fopen (path, "w");
  g_autoptr (GString) text = g_string_new ("ref,name,legal name,roles,lifecycle,partner type,"
                                           "region,arr,description,website,domain,country,state,"
                                           "city,postal code,phone,industry,employees,"
                                           "annual revenue,partner since\n");

  for (guint i = 0; i < n_rows; i++)
    {
      append_row (text, i);
      if (text->len > 1024 * 1024 || i + 1 == n_rows)
        {
          fwrite (text->str, 1, text->len, file);
          g_string_truncate (text, 0);
        }
    }
  fclose (file);
  return path;
}

/* --- Measuring -------------------------------------------------------------------------------- */

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* Processor time of this process, or of the children that ended. */
static double
processor_seconds (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gint64
read_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) ||
      (at = strstr (text, name)) == NULL)
    return 0;
  return g_ascii_strtoll (at + strlen (name) + 1, NULL, 10);
}

static void
remove_file (const char *name)
{
  static const char * const endings[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (name, endings[i], NULL);

      g_remove (path);
    }
}

/* What was written and removed before is not for the next one to wait for. */
static void
let_disk_rest (void)
{
  sync ();
}

typedef struct
{
  gint64 start;
  double cpu_start;
  double seconds, rows_seconds; /* in all, and until the last row was written */
  double cpu, rows_cpu;
  gint64 rows_peak;          /* KiB */
  gint64 growth, rows_growth; /* KiB */
  guint64 n_created;
} Times;

static void
run_sqlite (const char *file,
            Times      *times)
{
  g_autofree char *db = g_build_filename (folder, "plain.db", NULL);
  g_autofree char *import = g_strdup_printf (".import --csv \"%s\" organization", file);
  const char *argv[] = { "sqlite3", db, import, NULL };
  g_autoptr (GError) error = NULL;
  int status;

  remove_file (db);
  let_disk_rest ();
  times->cpu_start = processor_seconds (RUSAGE_CHILDREN);
  times->start = g_get_monotonic_time ();
  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                     &status, &error))
    g_error ("%s", error->message);
  if (status != 0)
    g_error ("sqlite3 failed");
  times->seconds = seconds_since (times->start);
  times->cpu = processor_seconds (RUSAGE_CHILDREN) - times->cpu_start;
}

/* When the last row was written: what comes then is building indexes and committing. */
static void
note_time_cb (double      fraction,
              const char *what,
              gpointer    data)
{
  Times *times = data;

  times->rows_seconds = seconds_since (times->start);
  times->rows_cpu = processor_seconds (RUSAGE_SELF) - times->cpu_start;
  if (fraction >= 1.0)
    times->rows_peak = read_status ("VmHWM:");
}

static void
import_file (const char *file,
             const char *path,
             Times      *times)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = NULL;
  g_autoptr (EntTableSource) source = NULL;
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;
  gint64 before;

  remove_file (path);
  store = ent_store_create (path, NULL, NULL, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  let_disk_rest ();
  g_file_set_contents ("/proc/self/clear_refs", "5", 1, NULL);
  before = read_status ("VmRSS:");
  times->cpu_start = processor_seconds (RUSAGE_SELF);
  times->start = g_get_monotonic_time ();
  source = ent_table_source_open (file, NULL, NULL, &error);
  plan = ent_import_plan_new (ent_store_get_record_type (store, "organization"), source);
  report = ent_import_run (store, plan, 0, note_time_cb, times, NULL, &error);
  times->seconds = seconds_since (times->start);
  times->cpu = processor_seconds (RUSAGE_SELF) - times->cpu_start;
  if (report == NULL)
    g_error ("%s", error->message);
  times->n_created = ent_import_report_get_n_created (report);
  times->growth = read_status ("VmHWM:") - before;
  times->rows_growth = times->rows_peak - before;
  for (guint64 i = 0; i < MIN (ent_import_report_get_n_problems (report), 3); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      g_printerr ("  line %" G_GUINT64_FORMAT ": %s\n", problem.line, problem.reason);
    }
  ent_store_close (store);
}

/* The process that run_ours() starts: its one import, and the times of it for its parent. */
static int
run_one (const char *file,
         const char *path)
{
  Times times = { 0 };

  import_file (file, path, &times);
  fwrite (&times, sizeof times, 1, stdout);
  return 0;
}

static void
run_ours (const char *program,
          const char *file,
          Times      *times)
{
  g_autofree char *path = g_build_filename (folder, "bench.entente", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--one", file,
                                                      path, NULL);
  gsize n_read;

  if (process == NULL ||
      !g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), times, sizeof *times, &n_read, NULL, &error) ||
      !g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s", error->message);
  g_assert_cmpuint (n_read, ==, sizeof *times);
}

/* --- Parsers ---------------------------------------------------------------------------------- */

static void
count_cell_cb (void  *cell,
               size_t length,
               void  *data)
{
  *(guint64 *) data += length;
}

static double
run_libcsv (const char *file,
            guint64    *sum)
{
  struct csv_parser parser;
  FILE *input = fopen (file, "r");
  g_autofree char *buffer = g_malloc (256 * 1024);
  gint64 start = g_get_monotonic_time ();
  gsize n;

  csv_init (&parser, CSV_APPEND_NULL);
  while ((n = fread (buffer, 1, 256 * 1024, input)) > 0)
    csv_parse (&parser, buffer, n, count_cell_cb, NULL, sum);
  csv_fini (&parser, count_cell_cb, NULL, sum);
  csv_free (&parser);
  fclose (input);
  return seconds_since (start);
}

static double
run_source (const char *file,
            guint64    *sum)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (EntTableSource) source = ent_table_source_open (file, NULL, NULL, NULL);
  EntTableRow row;

  while (ent_table_source_next (source, &row, NULL))
    for (guint i = 0; i < row.n_cells; i++)
      *sum += row.cells[i].length;
  return seconds_since (start);
}

int
main (int   argc,
      char *argv[])
{
  guint n_rows = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  guint n_rounds = argc > 2 ? (guint) atoi (argv[2]) : 2;
  g_autofree char *file = NULL;
  GStatBuf info;
  double ours = 0, theirs = 0;

  if (argc == 4 && g_str_equal (argv[1], "--one"))
    return run_one (argv[2], argv[3]);
  folder = g_dir_make_tmp ("entente-bench-XXXXXX", NULL);
  file = make_file (n_rows);
  g_stat (file, &info);
  g_print ("%u organizations, 20 columns, %.0f MB\n", n_rows, (double) info.st_size / 1e6);

  for (guint i = 0; i < 3; i++)
    {
      guint64 a = 0, b = 0;
      double libcsv = run_libcsv (file, &a), source = run_source (file, &b);

      g_print ("parsing: libcsv %.2f s, ours %.2f s (%.0f MB/s), ratio %.1f\n", libcsv, source,
               (double) info.st_size / 1e6 / source, libcsv / source);
    }
  for (guint i = 0; i < n_rounds; i++)
    {
      Times a = { 0 }, b = { 0 };

      run_sqlite (file, &a);
      run_ours (argv[0], file, &b);
      g_print ("importing: sqlite3 .import %.2f s (processor %.2f s), ours %.2f s (%.2f s), ratio "
               "%.2f (%.2f); %" G_GUINT64_FORMAT " created, memory +%.1f MB\n",
               a.seconds, a.cpu, b.seconds, b.cpu, a.seconds / b.seconds, a.cpu / b.cpu, b.n_created,
               (double) b.growth / 1024);
      g_print ("  until the last row: %.2f s (%.2f s), ratio %.2f, memory +%.1f MB; then indexes "
               "and the commit\n",
               b.rows_seconds, b.rows_cpu, a.seconds / b.rows_seconds, (double) b.rows_growth / 1024);
      theirs += a.seconds;
      ours += b.seconds;
    }
  g_print ("import: %.2f times as fast as sqlite3 .import\n", theirs / ours);
  remove_file (file);
  {
    g_autofree char *db = g_build_filename (folder, "plain.db", NULL);
    g_autofree char *workspace = g_build_filename (folder, "bench.entente", NULL);

    remove_file (db);
    remove_file (workspace);
  }
  g_rmdir (folder);
  return 0;
}
