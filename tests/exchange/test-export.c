/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "exchange/ent-export.h"
#include "exchange/ent-import.h"
#include "support/workspace.h"

static char *
make_path (const char *name)
{
  static char *folder = NULL;

  if (folder == NULL)
    folder = g_dir_make_tmp ("entente-export-XXXXXX", NULL);
  return g_build_filename (folder, name, NULL);
}

static void
export (EntStore           *store,
        const char         *type,
        const char         *where,
        const char * const *fields,
        EntExportFlags      flags,
        const char         *path,
        gint64              expected)
{
  const EntRecordType *record_type = ent_store_get_record_type (store, type);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFilter) filter = where != NULL ? ent_filter_parse (record_type, where, NULL, &error)
    : NULL;
  EntExportOptions options = { .query = { .type = record_type, .filter = filter }, .fields = fields,
                               .flags = flags };
  gint64 n;

  g_assert_no_error (error);
  n = ent_export (store, path, ent_export_format_for_path (path), &options, NULL, NULL, NULL,
                  &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, expected);
}

static char *
read_file (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
import (EntStore   *store,
        const char *type,
        const char *path,
        gboolean    skip_missing)
{
  EntImportOptions options = { .skip_missing = skip_missing };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = ent_table_source_open (path, NULL, NULL, &error);
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;

  g_assert_no_error (error);
  plan = ent_import_plan_new (ent_store_get_record_type (store, type), source);
  g_assert_true (ent_import_plan_set_options (plan, &options, NULL));
  report = ent_import_run (store, plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint64 i = 0; i < ent_import_report_get_n_problems (report); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      g_test_message ("%s %s: %s", type, problem.column, problem.reason);
      g_assert_true (skip_missing && problem.level == ENT_PROBLEM_WARNING);
    }
}

static GPtrArray *
load_all (EntStore   *store,
          const char *type)
{
  const EntRecordType *record_type = ent_store_get_record_type (store, type);
  EntQuery query = { .type = record_type };
  g_autoptr (EntResult) result = ent_store_query (store, &query, NULL, NULL);

  return ent_store_load (store, record_type, ent_result_get_rows (result),
                         ent_result_get_n (result), NULL, 0,
                         NULL, NULL);
}

static void
assert_same_reference (EntStore *a,
                       EntKey    key_a,
                       EntStore *b,
                       EntKey    key_b)
{
  g_autoptr (EntRecord) first = ent_store_get (a, key_a, NULL);
  g_autoptr (EntRecord) second = ent_store_get (b, key_b, NULL);

  g_assert_cmpmem (ent_record_get_id (first), sizeof (EntId), ent_record_get_id (second),
                   sizeof (EntId));
}

/* The same records with the same values, whatever their numbers are. */
static void
assert_same (EntStore   *a,
             EntStore   *b,
             const char *type)
{
  g_autoptr (GPtrArray) records = load_all (a, type);
  g_autoptr (GPtrArray) others = load_all (b, type);

  g_assert_cmpuint (records->len, ==, others->len);
  for (guint i = 0; i < records->len; i++)
    {
      char id[ENT_ID_TEXT_LENGTH + 1];
      g_autoptr (EntRecord) other = NULL;
      const EntRecordType *record_type = ent_record_get_record_type (records->pdata[i]);

      ent_id_to_text (ent_record_get_id (records->pdata[i]), id);
      other = ent_store_get (b, ent_store_resolve (b, NULL, id, NULL), NULL);
      for (guint j = 0; j < record_type->fields->len; j++)
        {
          const EntField *field = ent_record_type_get_nth (record_type, j);
          const EntValue *value = ent_record_get (records->pdata[i], j);
          const EntValue *same = ent_record_get (other, j);
          g_autofree char *text = ent_value_write (field, value);
          g_autofree char *text2 = ent_value_write (field, same);

          if (field->info.flags & ENT_FIELD_SYSTEM)
            continue;
          g_assert_cmpint (value->kind, ==, same->kind);
          if (field->info.type != ENT_FIELD_REF)
            g_assert_cmpstr (text, ==, text2);
          else if (value->kind == ENT_VALUE_INT)
            assert_same_reference (a, value->integer, b, same->integer);
          else
            for (gint64 k = 0; value->kind == ENT_VALUE_KEYS && k < value->integer; k++)
              assert_same_reference (a, value->keys[k], b, same->keys[k]);
        }
    }
}

/* Records that try the pen: separators, quotes, line ends, formulas, lists, references in
 * circles. */
static EntStore *
make_workspace (void)
{
  EntStore *store = test_workspace_new ();
  EntKey acme, beta, ann;

  acme = test_workspace_add (store, "organization", "title=Acme; \"Inc\", 漢字", "ref=cb:acme",
                             "roles=partner; customer",
                             "arr=1234.50 USD", "annual_revenue=7 JPY", "country=DE",
                             "partner_since=2024-02-29",
                             "description=first\nsecond, \"third\"", "tags=a\\;b; c,d; =e",
                             "size_employees=1200",
                             "note='=quoted", "phone=+49 30 123456",
                             "website=https://acme.example/a?b=c,d",
                             "domains=acme.example; acme.test", NULL);
  beta = test_workspace_add (store, "organization", "title==SUM(A1:A9)", "legal_name=-Beta-",
                             "tags=@one", NULL);
  ann = test_workspace_add (store, "person", "title=Ann O’Hara",
                            "emails=ann@acme.example; a@beta.example",
                            "org=cb:acme", "hourly_cost=99.99 EUR", NULL);
  test_workspace_add (store, "person", "title=Bob", NULL);
  test_workspace_set (store, acme, "parent=P-0002", "partner_manager=Ann O’Hara", NULL);
  test_workspace_set (store, beta, "owner=Bob", NULL);
  test_workspace_add (store, "deal", "title=Deal", "account=cb:acme", "amount=-5.00 EUR",
                      "expected_close=2026-01-31",
                      NULL);
  test_workspace_add (store, "link", "from=cb:acme", "to=P-0002", "type=competes", "strength=50",
                      "confidence_pct=12.5", "evidence=one; two", NULL);
  g_assert_cmpint (ann, !=, 0);
  return store;
}

static void
round_trip (const char *ending)
{
  static const char * const types[] = { "organization", "person", "deal", "link" };
  EntStore *store = make_workspace ();
  EntStore *copy = test_workspace_new ();

  /* Organizations and people name each other: the second time all are there. */
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (types); i++)
      {
        g_autofree char *name = g_strconcat (types[i], ending, NULL);
        g_autofree char *path = make_path (name);
        g_autoptr (GPtrArray) records = load_all (store, types[i]);

        if (round == 0)
          export (store, types[i], NULL, NULL, 0, path, records->len);
        import (copy, types[i], path, round == 0);
      }
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    assert_same (store, copy, types[i]);
  test_workspace_free (store);
  test_workspace_free (copy);
}

static void
test_round_trip_csv (void)
{
  round_trip (".csv");
}

static void
test_round_trip_json (void)
{
  round_trip (".json");
}

/* Into the workspace it came from: nothing changes. */
static void
test_again (void)
{
  EntStore *store = make_workspace ();
  g_autofree char *path = make_path ("again.csv");
  g_autoptr (EntTransactionInfo) before = ent_store_peek_undo (store, NULL);
  g_autoptr (EntTransactionInfo) after = NULL;

  export (store, "organization", NULL, NULL, 0, path, 2);
  import (store, "organization", path, FALSE);
  after = ent_store_peek_undo (store, NULL);
  g_assert_cmpint (before->seq, ==, after->seq);
  test_workspace_free (store);
}

static void
test_columns (void)
{
  EntStore *store = make_workspace ();
  g_autofree char *path = make_path ("columns.csv");
  g_autofree char *text = NULL;
  g_autofree char *links = NULL;
  g_autoptr (GError) error = NULL;
  EntExportOptions wrong = { .query = { .type = ent_store_get_record_type (store, "organization") },
                             .fields = (const char *[]) { "nonsense", NULL } };

  export (store, "organization", "country = DE", (const char *[]) { "code", "name", "arr",
                                                                    "partner_since", NULL },
          ENT_EXPORT_BOM, path, 1);
  text = read_file (path);
  g_assert_cmpstr (text, ==, "\357\273\277code,title,arr,partner_since\r\n"
                             "P-0001,\"Acme; \"\"Inc\"\", 漢字\",1234.50 USD,2024-02-29\r\n");
  export (store, "link", NULL, (const char *[]) { "from", "type", "strength", "confidence_pct",
                                                  NULL }, 0, path, 1);
  links = read_file (path);
  g_assert_cmpstr (links, ==,
                   "from,type,strength,confidence_pct\r\nref:cb:acme,competes,50,12.5\r\n");

  g_assert_cmpint (ent_export (store, path, ENT_EXPORT_CSV, &wrong, NULL, NULL, NULL, &error), ==,
                   -1);
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING);
  g_clear_error (&error);
  wrong.fields = NULL;
  g_assert_cmpint (ent_export (store, "/nowhere/at/all.csv", ENT_EXPORT_CSV, &wrong, NULL, NULL,
                               NULL, &error), ==,
                   -1);
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_WRITE);
  test_workspace_free (store);
}

static void
test_injection (void)
{
  static const char * const formulas[] = { "=1+1", "+1", "-1", "@SUM(A1)", "'=already",
                                           "=\"a\",b" };
  EntStore *store = test_workspace_new ();
  EntStore *copy = test_workspace_new ();
  g_autofree char *path = make_path ("formulas.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *title = g_strconcat ("title=", formulas[i], NULL);

      test_workspace_add (store, "organization", title, "arr=-5.00 EUR", NULL);
    }
  export (store, "organization", NULL, (const char *[]) { "id", "title", "arr", NULL }, 0, path,
          G_N_ELEMENTS (formulas));
  text = read_file (path);
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 1; i <= G_N_ELEMENTS (formulas); i++)
    {
      const char *cell = strchr (lines[i], ',') + 1;

      cell += *cell == '"';
      g_assert_cmpint (*cell, ==, '\'');
      g_assert_nonnull (strstr (lines[i], ",-5.00 EUR"));
    }
  import (copy, "organization", path, FALSE);
  assert_same (store, copy, "organization");
  test_workspace_free (store);
  test_workspace_free (copy);
}

static void
test_json_forms (void)
{
  EntStore *store = make_workspace ();
  g_autofree char *path = make_path ("forms.json");
  g_autofree char *text = NULL;
  g_autofree char *nested = NULL;

  export (store, "organization", "country = DE",
          (const char *[]) { "title", "arr", "size_employees", "roles", "parent", NULL }, 0, path,
          1);
  text = read_file (path);
  g_assert_nonnull (strstr (text, "\"arr\":\"1234.50 USD\""));
  g_assert_nonnull (strstr (text, "\"size_employees\":1200"));
  g_assert_nonnull (strstr (text, "\"roles\":[\"partner\",\"customer\"]"));
  export (store, "organization", NULL, NULL, ENT_EXPORT_NESTED, path, 2);
  nested = read_file (path);
  g_assert_nonnull (strstr (nested, "\"links\":[{"));
  /* What is nested does not get in the way of reading the file again. */
  import (store, "organization", path, FALSE);
  test_workspace_free (store);
}

static void
test_workbook (void)
{
  EntStore *store = make_workspace ();
  g_autofree char *path = make_path ("book.xlsx");
  g_autofree char *text = NULL;
  gsize length;
  GStatBuf info;

  export (store, "organization", NULL, NULL, 0, path, 2);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_cmpuint (length, >, 2000);
  g_assert_cmpmem (text, 4, "PK\003\004", 4);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  test_workspace_free (store);
}

static void
cancel_now (double      fraction,
            const char *what,
            gpointer    cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  EntStore *store = test_workspace_new ();
  g_autofree char *path = make_path ("cancelled.csv");
  EntExportOptions options = { .query = { .type = ent_store_get_record_type (store,
                                                                             "organization") } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  test_workspace_fill (store, 3000);
  g_assert_cmpint (ent_export (store, path, ENT_EXPORT_CSV, &options, cancel_now, cancellable,
                               cancellable, &error),
                   ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  test_workspace_free (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/export/round-trip-csv", test_round_trip_csv);
  g_test_add_func ("/exchange/export/round-trip-json", test_round_trip_json);
  g_test_add_func ("/exchange/export/again", test_again);
  g_test_add_func ("/exchange/export/columns", test_columns);
  g_test_add_func ("/exchange/export/injection", test_injection);
  g_test_add_func ("/exchange/export/json-forms", test_json_forms);
  g_test_add_func ("/exchange/export/workbook", test_workbook);
  g_test_add_func ("/exchange/export/cancel", test_cancel);
  return g_test_run ();
}
