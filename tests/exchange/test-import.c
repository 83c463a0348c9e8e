/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/import-fixture.h"

/* --- Rows and cells --------------------------------------------------------------------------- */

static void
test_types (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntRecord) acme = NULL;
  const EntValue *value;

  import (store, "organization",
          "ref,name,roles,employees,annual revenue,partner "
          "since,country,website,domains,industry,tags\na,Acme,partner; "
          "Customer,\"1,200\",$1.5M,2024-02-29,Germany,acme.example,www.ACME.example,Software; "
          "Cloud,\"x, y\"\n", NULL, "1 1 0 0 0");
  acme = get (store, "ref:a");
  g_assert_cmpstr (ent_record_get_title (acme), ==, "Acme");
  g_assert_cmpint (ent_record_get_int (acme, "size_employees", 0), ==, 1200);
  value = ent_record_get_named (acme, "annual_revenue");
  g_assert_cmpint (value->integer, ==, 150000000);
  g_assert_cmpstr (value->currency, ==, "USD");
  g_assert_cmpstr (ent_record_get_text (acme, "country"), ==, "DE");
  value = ent_record_get_named (acme, "roles");
  g_assert_cmpstr (value->list[1], ==, "customer");
  value = ent_record_get_named (acme, "domains");
  g_assert_cmpstr (value->list[0], ==, "acme.example");
  value = ent_record_get_named (acme, "tags");
  g_assert_cmpstr (value->list[1], ==, "y");
  test_workspace_free (store);
}

static void
test_problems (void)
{
  EntStore *store = test_workspace_new ();

  import (store, "organization",
          "ref,name,employees,partner since,region\n"
          "a,Acme,12x,2024-01-01,\n"            /* no number */
          "b,Beta,1,03/04/2025,\n"              /* which is the month? */
          "c,,1,,\n"                            /* no name */
          "d,Delta\n"                           /* short, and fine */
          "e,Echo,1,,emea,more\n"               /* a cell too many */
          "f,Foxtrot,1,,Atlantis\n"             /* an open choice */
          "\n,,,,\n"                            /* nothing at all */
          "g,Golf,1,,emea,\n", NULL,
          "7 3 0 0 4\n2! employees 12x\n3! partner since 03/04/2025\n4! name -\n5 - -\n6! - -\n"
          "7 region Atlantis");
  g_assert_cmpint (count (store, "organization", ""), ==, 3);
  test_workspace_free (store);
}

static void
test_dates (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntRecord) beta = NULL;
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;

  /* One unambiguous date decides for its column. */
  import (store, "organization", "ref,name,partner since\na,Acme,25/04/2025\nb,Beta,03/04/2025\n",
          NULL,
          "2 2 0 0 0");
  beta = get (store, "ref:b");
  g_assert_cmpint (ent_record_get_int (beta, "partner_since", 0), ==,
                    ent_date_from_ymd (2025, 4, 3));

  plan = plan_for (store, "organization", "ref,name,partner since\nb,Beta,03/04/2025\n");
  ent_import_plan_set_date_order (plan, 2, ENT_DATE_ORDER_MDY);
  report = run (store, plan, NULL, 0);
  g_clear_object (&beta);
  beta = get (store, "ref:b");
  g_assert_cmpint (ent_record_get_int (beta, "partner_since", 0), ==,
                    ent_date_from_ymd (2025, 3, 4));
  test_workspace_free (store);
}

static void
test_money (void)
{
  EntStore *store = test_workspace_new ();
  EntImportOptions options = { .default_currency = "CHF" };
  g_autoptr (EntRecord) a = NULL;
  g_autoptr (EntRecord) b = NULL;
  g_autoptr (EntRecord) c = NULL;
  g_autoptr (EntRecord) d = NULL;

  import (store, "organization", "ref;name;ARR;ARR currency\na;Acme;1.234,50;EUR\nb;Beta;7,25;\n"
                                 "x;Bad;1,5;zloty\n", &options, "3 2 0 0 1\n4! ARR currency zloty");
  import (store, "organization", "ref,name,Revenue (GBP)\nc,Gamma,100\n", &options, "1 1 0 0 0");
  import (store, "organization", "ref,name,arr\nd,Delta,5 JPY\n", NULL, "1 1 0 0 0");
  a = get (store, "ref:a");
  b = get (store, "ref:b");
  c = get (store, "ref:c");
  d = get (store, "ref:d");
  g_assert_cmpstr (ent_record_get_named (a, "arr")->currency, ==, "EUR");
  g_assert_cmpint (ent_record_get_named (a, "arr")->integer, ==, 123450);
  g_assert_cmpstr (ent_record_get_named (b, "arr")->currency, ==, "CHF");
  g_assert_cmpint (ent_record_get_named (b, "arr")->integer, ==, 725);
  g_assert_cmpstr (ent_record_get_named (c, "annual_revenue")->currency, ==, "GBP");
  g_assert_cmpint (ent_record_get_named (d, "arr")->integer, ==, 5);
  test_workspace_free (store);
}

/* --- The whole -------------------------------------------------------------------------------- */

static char *
make_rows (guint n,
           guint bad_every)
{
  GString *text = g_string_new ("ref,name,employees\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "r%u,Organization %u,%s\n", i, i,
                            bad_every > 0 && i % bad_every == 0 ? "many" : "5");
  return g_string_free_and_steal (text);
}

/* Seen by a connection that was not there when it was written. */
static void
assert_sound (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) other = ent_store_open (ent_store_get_path (store), NULL,
                                               ENT_STORE_OPEN_READ_ONLY, NULL,
                                               &error);
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_no_error (error);
  findings = ent_store_check (other, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", ((EntFinding *) findings->pdata[i])->what);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
test_ten_thousand_problems (void)
{
  EntStore *store = test_workspace_new ();
  g_autofree char *text = make_rows (20000, 2);
  g_autoptr (EntImportPlan) plan = plan_for (store, "organization", text);
  g_autoptr (EntImportReport) report = run (store, plan, NULL, 0);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "entente-test-report.csv", NULL);
  g_autoptr (EntTableSource) saved = NULL;
  EntTableRow row;
  guint n_rows = 0;

  g_assert_cmpuint (ent_import_report_get_n_read (report), ==, 20000);
  g_assert_cmpuint (ent_import_report_get_n_created (report), ==, 10000);
  g_assert_cmpuint (ent_import_report_get_n_refused (report), ==, 10000);
  g_assert_cmpuint (ent_import_report_get_n_problems (report), ==, 10000);
  for (guint64 i = 0; i < 10000; i += 999)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      g_assert_cmpuint (problem.line, ==, 2 + 2 * i);
      g_assert_cmpstr (problem.column, ==, "employees");
      g_assert_cmpstr (problem.value, ==, "many");
      g_assert_nonnull (strstr (problem.reason, "many"));
    }
  g_assert_true (ent_import_report_save (report, path, NULL));
  saved = ent_table_source_open (path, NULL, NULL, NULL);
  while (ent_table_source_next (saved, &row, NULL))
    n_rows += row.n_cells == 5;
  g_assert_cmpuint (n_rows, ==, 10000);
  g_remove (path);
  assert_sound (store);
  test_workspace_free (store);
}

static void
test_dry_run (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) plan = plan_for (store, "organization",
                                             "ref,name,parent\na,Acme,Mother\nb,Beta,\n");
  EntImportOptions options = { .create_missing = "organization" };
  g_autoptr (EntImportReport) dry = run (store, plan, &options, ENT_IMPORT_DRY_RUN);
  g_autoptr (EntImportReport) wet = NULL;
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autofree char *before = describe (dry);
  g_autofree char *after = NULL;

  g_assert_true (ent_import_report_is_dry_run (dry));
  g_assert_cmpint (ent_import_report_get_seq (dry), ==, 0);
  g_assert_cmpint (count (store, "organization", ""), ==, 0);
  info = ent_store_peek_undo (store, NULL);
  g_assert_null (info);
  wet = run (store, plan, &options, 0);
  after = describe (wet);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (ent_import_report_get_seq (wet), >, 0);
  test_workspace_free (store);
}

static void
cancel_at_half (double      fraction,
                const char *what,
                gpointer    cancellable)
{
  if (fraction > 0.5)
    g_cancellable_cancel (cancellable);
}

static void
test_cancel (void)
{
  EntStore *store = test_workspace_new ();
  g_autofree char *text = make_rows (30000, 0);
  g_autoptr (EntImportPlan) plan = plan_for (store, "organization", text);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_import_run (store, plan, 0, cancel_at_half, cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (store, "organization", ""), ==, 0);
  assert_sound (store);
  test_workspace_free (store);
}

static void
test_undo (void)
{
  EntStore *store = test_workspace_new ();
  g_autofree char *text = make_rows (25000, 0);
  EntImportOptions options = { .create_missing = "organization", .add_choices = TRUE };
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;
  g_autoptr (GError) error = NULL;

  import (store, "organization", text, NULL, "25000 25000 0 0 0");
  info = ent_store_peek_undo (store, NULL);
  g_assert_cmpstr (info->label, ==, "Import 25000 organizations from Pasted table");
  undone = ent_store_undo (store, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (store, "organization", ""), ==, 0);
  assert_sound (store);

  /* With everything an import can do in it. */
  import (store, "organization", "ref,name,region\na,Acme,emea\n", NULL, "1 1 0 0 0");
  import (store, "organization", "ref,name,region,parent\na,Acme 2,Moon,b\nb,Beta,,New\nb,Beta "
                                 "2,,\n", &options,
          "3 1 2 0 0\n4 - -");
  g_clear_pointer (&undone, ent_transaction_info_free);
  undone = ent_store_undo (store, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (store, "organization", ""), ==, 1);
  assert_sound (store);
  test_workspace_free (store);
}

/* Several batches, names of later rows, doubled keys, refusals: nothing may depend on where a
 * batch ends. */
static void
test_many_batches (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (GString) text = g_string_new ("ref,name,parent,country\n");
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "r%u,Org %u,%s%u,%s\n", i % 4990, i, i % 3 == 0 ? "r" : "Org ",
                            (i * 7919) % 4990, i % 11 == 0 ? "Nowhere" : "DE");
  plan = plan_for (store, "organization", text->str);
  report = run (store, plan, NULL, 0);
  g_assert_cmpuint (ent_import_report_get_n_read (report), ==, 5000);
  g_assert_cmpuint (ent_import_report_get_n_refused (report), ==, 455);
  g_assert_cmpuint (ent_import_report_get_n_created (report) +
                    ent_import_report_get_n_updated (report), ==, 5000 - 455);
  assert_sound (store);
  test_workspace_free (store);
}

static void
test_mistakes (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) nothing = plan_for (store, "organization", "x,y\n1,2\n");
  g_autoptr (EntImportPlan) nameless = plan_for (store, "organization",
                                                 "country,region\nDE,emea\n");
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_import_run (store, nothing, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING);
  g_clear_error (&error);
  for (guint i = 0; i < ent_import_plan_get_n_columns (nameless); i++)
    ent_import_plan_set_target (nameless, i, i == 0 ? "country" : "", NULL);
  g_assert_null (ent_import_run (store, nameless, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING);
  test_workspace_free (store);
}

static void
test_remember (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) plan = plan_for (store, "organization", "org_id,Bezeichnung\na,Acme\n");
  g_autoptr (EntImportPlan) next = plan_for (store, "organization", "org_id,Bezeichnung\nb,Beta\n");
  g_autoptr (EntImportPlan) other = plan_for (store, "organization", "org_id,Name\nb,Beta\n");
  g_autofree char *target = NULL;

  g_assert_true (ent_import_plan_map (plan, "org_id=ref", NULL));
  g_assert_true (ent_import_plan_remember (plan, store, NULL));
  g_assert_true (ent_import_plan_recall (next, store));
  target = ent_import_plan_dup_target (next, 0);
  g_assert_cmpstr (target, ==, "ref");
  g_assert_cmpint (ent_import_plan_get_column (next, 0)->match, ==, ENT_MATCH_REMEMBERED);
  g_assert_false (ent_import_plan_recall (other, store));
  test_workspace_free (store);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import/types", test_types);
  g_test_add_func ("/exchange/import/problems", test_problems);
  g_test_add_func ("/exchange/import/dates", test_dates);
  g_test_add_func ("/exchange/import/money", test_money);
  g_test_add_func ("/exchange/import/ten-thousand-problems", test_ten_thousand_problems);
  g_test_add_func ("/exchange/import/dry-run", test_dry_run);
  g_test_add_func ("/exchange/import/cancel", test_cancel);
  g_test_add_func ("/exchange/import/undo", test_undo);
  g_test_add_func ("/exchange/import/many-batches", test_many_batches);
  g_test_add_func ("/exchange/import/mistakes", test_mistakes);
  g_test_add_func ("/exchange/import/remember", test_remember);
  return g_test_run ();
}
