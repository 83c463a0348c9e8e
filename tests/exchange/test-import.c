/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "exchange/ent-import.h"
#include "store/ent-query.h"
#include "support/workspace.h"

/* --- Help ------------------------------------------------------------------------------------- */

static EntImportPlan *
plan_for (EntStore   *store,
          const char *type,
          const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = ent_table_source_new_for_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return ent_import_plan_new (ent_store_get_record_type (store, type), source);
}

static EntImportReport *
run (EntStore               *store,
     EntImportPlan          *plan,
     const EntImportOptions *options,
     EntImportFlags          flags)
{
  g_autoptr (GError) error = NULL;
  EntImportReport *report;

  if (options != NULL)
    g_assert_true (ent_import_plan_set_options (plan, options, &error));
  report = ent_import_run (store, plan, flags, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return report;
}

/* "read created updated unchanged refused" and the problems, one a line. */
static char *
describe (EntImportReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u %u %u %u %u", (guint) ent_import_report_get_n_read (report),
                          (guint) ent_import_report_get_n_created (report),
                          (guint) ent_import_report_get_n_updated (report),
                          (guint) ent_import_report_get_n_unchanged (report),
                          (guint) ent_import_report_get_n_refused (report));
  for (guint64 i = 0; i < ent_import_report_get_n_problems (report); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      g_test_message ("%s", problem.reason);
      g_assert_nonnull (problem.reason);
      g_string_append_printf (text, "\n%u%s %s %s", (guint) problem.line,
                              problem.level == ENT_PROBLEM_REFUSED ? "!" : "",
                              problem.column != NULL ? problem.column : "-",
                              problem.value != NULL ? problem.value : "-");
    }
  return g_string_free_and_steal (text);
}

static void
import (EntStore               *store,
        const char             *type,
        const char             *text,
        const EntImportOptions *options,
        const char             *expected)
{
  g_autoptr (EntImportPlan) plan = plan_for (store, type, text);
  g_autoptr (EntImportReport) report = run (store, plan, options, 0);
  g_autofree char *described = describe (report);

  g_assert_cmpstr (described, ==, expected);
}

static gint64
count (EntStore   *store,
       const char *type,
       const char *where)
{
  const EntRecordType *record_type = ent_store_get_record_type (store, type);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFilter) filter = ent_filter_parse (record_type, where, NULL, &error);
  EntQuery query = { .type = record_type, .filter = filter };
  gint64 n;

  g_assert_no_error (error);
  n = ent_store_count (store, &query, NULL, &error);
  g_assert_no_error (error);
  return n;
}

static EntRecord *
get (EntStore   *store,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, text, &error);

  g_assert_no_error (error);
  return ent_store_get (store, key, NULL);
}

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

/* --- Keys ------------------------------------------------------------------------------------- */

static void
test_update (void)
{
  EntStore *store = test_workspace_new ();
  EntImportOptions clear = { .clear_empty = TRUE };
  g_autoptr (EntRecord) acme = NULL;

  import (store, "organization", "ref,name,country,region\na,Acme,DE,emea\nb,Beta,FR,\n", NULL,
          "2 2 0 0 0");
  /* An empty cell leaves the value, what is not mapped is not touched. */
  import (store, "organization", "ref,name,country\na,Acme Inc.,\nb,Beta,FR\nc,Gamma,IT\n", NULL,
          "3 1 1 1 0");
  acme = get (store, "ref:a");
  g_assert_cmpstr (ent_record_get_title (acme), ==, "Acme Inc.");
  g_assert_cmpstr (ent_record_get_text (acme, "country"), ==, "DE");
  g_assert_cmpstr (ent_record_get_text (acme, "region"), ==, "emea");
  import (store, "organization", "ref,name,country\na,,\n", &clear, "1 0 1 0 0");
  g_clear_object (&acme);
  acme = get (store, "ref:a");
  g_assert_cmpstr (ent_record_get_title (acme), ==, "Acme Inc.");
  g_assert_null (ent_record_get_text (acme, "country"));
  g_assert_cmpint (count (store, "organization", ""), ==, 3);
  test_workspace_free (store);
}

static void
test_same_key_twice (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntRecord) acme = NULL;

  import (store, "organization", "ref,name,country\na,Acme,DE\nb,Beta,FR\na,Acme 2,\na,Acme 3,IT\n",
          NULL,
          "4 2 2 0 0\n4 - -\n5 - -");
  acme = get (store, "ref:a");
  g_assert_cmpstr (ent_record_get_title (acme), ==, "Acme 3");
  g_assert_cmpstr (ent_record_get_text (acme, "country"), ==, "IT");
  /* And when the record was there before. */
  import (store, "organization", "ref,name\na,Acme 4\na,Acme 5\n", NULL, "2 0 2 0 0\n3 - -");
  g_clear_object (&acme);
  acme = get (store, "ref:a");
  g_assert_cmpstr (ent_record_get_title (acme), ==, "Acme 5");
  test_workspace_free (store);
}

static void
set_value (EntImportPlan *plan,
           const char    *name,
           const char    *text)
{
  const EntField *field = ent_record_type_lookup (ent_import_plan_get_record_type (plan), name);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  ent_value_read (field, text, &(EntReadContext) { 0 }, &value, &error);
  g_assert_no_error (error);
  ent_import_plan_set_value (plan, field, &value);
}

/* A list imported as partners is one of partners, whatever its columns. */
static void
test_values_of_new_records (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) bare = plan_for (store, "organization", "ref,name\na,Acme\nb,Beta\n");
  g_autoptr (EntImportPlan) full = plan_for (store, "organization",
                                             "ref,name,roles,country\na,Acme,,DE\nc,Gamma,customer,\nd,Delta,partner,FR\n");
  g_autoptr (EntImportReport) first = NULL;
  g_autoptr (EntImportReport) second = NULL;

  set_value (bare, "roles", "partner");
  set_value (bare, "roles", "competitor");
  first = run (store, bare, NULL, 0);
  g_assert_cmpint (ent_import_report_get_n_created (first), ==, 2);
  g_assert_cmpint (count (store, "organization", "roles has competitor"), ==, 2);
  g_assert_cmpint (count (store, "organization", "roles has partner"), ==, 0);

  set_value (full, "roles", "partner");
  set_value (full, "country", "US");
  second = run (store, full, &(EntImportOptions) { .clear_empty = TRUE }, 0);
  g_assert_cmpint (ent_import_report_get_n_created (second), ==, 2);
  g_assert_cmpint (count (store, "organization", "roles has partner"), ==, 2);
  g_assert_cmpint (count (store, "organization", "roles has customer and roles has partner"), ==, 1);
  g_assert_cmpint (count (store, "organization", "country = US"), ==, 1);
  g_assert_cmpint (count (store, "organization", "country = FR"), ==, 1);
  test_workspace_free (store);
}

/* A record that is there keeps what it has, and a required field may be given. */
static void
test_values_and_records_there (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportPlan) nameless = plan_for (store, "organization", "country\nDE\n");
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (EntImportReport) report = NULL;

  import (store, "organization", "ref,name,roles\na,Acme,customer\n", NULL, "1 1 0 0 0");
  plan = plan_for (store, "organization", "ref,country\na,DE\n");
  set_value (plan, "roles", "partner");
  report = run (store, plan, &(EntImportOptions) { .clear_empty = TRUE }, 0);
  g_assert_cmpint (ent_import_report_get_n_updated (report), ==, 1);
  g_assert_cmpint (count (store, "organization", "roles has customer and country = DE"), ==, 1);
  g_assert_cmpint (count (store, "organization", "roles has partner"), ==, 0);

  ent_import_plan_set_target (nameless, 0, "country", NULL);
  set_value (nameless, "title", "Somebody");
  missing = ent_import_plan_get_missing (nameless);
  g_assert_cmpint (missing->len, ==, 0);
  g_clear_pointer (&report, ent_import_report_unref);
  report = run (store, nameless, NULL, 0);
  g_assert_cmpint (ent_import_report_get_n_created (report), ==, 1);
  g_assert_cmpint (count (store, "organization", "title = Somebody"), ==, 1);
  test_workspace_free (store);
}

static void
test_other_keys (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntImportPlan) by_title = NULL;
  g_autoptr (EntImportPlan) by_domain = NULL;
  g_autoptr (EntImportPlan) by_both = NULL;
  g_autoptr (EntImportReport) report = NULL;
  g_autofree char *text = NULL;

  /* Without a key every row is new. */
  import (store, "organization", "name,country\nAcme,DE\nAcme,FR\n", NULL, "2 2 0 0 0");
  import (store, "organization", "name,domains\nBeta,beta.example; beta.test\n", NULL, "1 1 0 0 0");

  by_title = plan_for (store, "organization", "name,country\nBETA,IT\nAcme,IT\n");
  g_assert_true (ent_import_plan_set_keys (by_title, (const char *[]) { "title", NULL }, NULL));
  report = run (store, by_title, NULL, 0);
  text = describe (report);
  g_assert_cmpstr (text, ==, "2 0 1 0 1\n3! - -"); /* two are called Acme */

  by_domain = plan_for (store, "organization", "name,domains,country\nBeta,beta.test,ES\n");
  g_assert_true (ent_import_plan_set_keys (by_domain, (const char *[]) { "domains", NULL }, NULL));
  g_clear_pointer (&report, ent_import_report_unref);
  report = run (store, by_domain, NULL, 0);
  g_assert_cmpuint (ent_import_report_get_n_updated (report), ==, 1);

  by_both = plan_for (store, "organization", "name,country,region\nAcme,FR,emea\nAcme,GB,emea\n");
  g_assert_true (ent_import_plan_set_keys (by_both, (const char *[]) { "title", "country", NULL },
                                           NULL));
  g_clear_pointer (&report, ent_import_report_unref);
  report = run (store, by_both, NULL, 0);
  g_assert_cmpuint (ent_import_report_get_n_updated (report), ==, 1);
  g_assert_cmpuint (ent_import_report_get_n_created (report), ==, 1);
  test_workspace_free (store);
}

/* Exports of people have two columns for a name. */
static void
test_people (void)
{
  EntStore *store = test_workspace_new ();
  EntImportOptions options = { .create_missing = "organization" };
  g_autoptr (EntRecord) ann = NULL;

  import (store, "person",
          "Contact ID,First Name,Last Name,Email,Company\n1,Ann,O’Hara,ann@acme.example,Acme\n"
          "2,,Solo,,\n3,,,nobody@acme.example,Nowhere\n", &options, "3 2 0 0 1\n4! - -");
  ann = get (store, "ref:1");
  g_assert_cmpstr (ent_record_get_title (ann), ==, "Ann O’Hara");
  /* What is refused makes nothing. */
  g_assert_cmpint (count (store, "organization", ""), ==, 1);
  /* A better name stays. */
  test_workspace_set (store, ent_record_get_key (ann), "title=Dr. Ann O’Hara", NULL);
  import (store, "person", "Contact ID,First Name,Last Name\n1,Anna,O’Hara\n", NULL, "1 0 1 0 0");
  g_clear_object (&ann);
  ann = get (store, "ref:1");
  g_assert_cmpstr (ent_record_get_title (ann), ==, "Dr. Ann O’Hara");
  g_assert_cmpstr (ent_record_get_text (ann, "given"), ==, "Anna");
  test_workspace_free (store);
}

/* --- References, choices ---------------------------------------------------------------------- */

static void
test_references (void)
{
  EntStore *store = test_workspace_new ();
  EntImportOptions make = { .create_missing = "organization" };
  EntImportOptions skip = { .skip_missing = TRUE };
  g_autoptr (EntRecord) offering = NULL;
  g_autoptr (EntRecord) made = NULL;

  import (store, "organization", "ref,name\na,Acme\nb,Beta\nc,Twin\nd,Twin\n", NULL, "4 4 0 0 0");
  import (store, "offering",
          "name,provider\nOne,a\nTwo,ref:b\nThree,acme\nFour,P-0002\nFive,Twin\nSix,Nobody\n", NULL,
          "6 4 0 0 2\n6! provider Twin\n7! provider Nobody");
  import (store, "offering", "ref,name,provider\no7,Seven,Newcomer\no8,Eight,newcomer\n", &make,
          "2 2 0 0 0");
  import (store, "offering", "ref,name,provider\no9,Nine,Nobody\n", &skip,
          "1 1 0 0 0\n2 provider Nobody");
  made = get (store, "ref:Newcomer");
  offering = get (store, "ref:o8");
  g_assert_cmpstr (ent_record_get_title (made), ==, "Newcomer");
  g_assert_cmpint (ent_record_get_ref (offering, "provider"), ==, ent_record_get_key (made));
  test_workspace_free (store);
}

/* Rows may name rows that come later, and each other. */
static void
test_forward_references (void)
{
  EntStore *store = test_workspace_new ();
  g_autoptr (EntRecord) child = NULL;
  g_autoptr (EntRecord) parent = NULL;

  import (store, "organization",
          "ref,name,parent\nx,Child,y\ny,Parent,Grand\nz,Grand,\nw,Lost,v\nv,,\nu,Odd,nobody\n",
          NULL,
          "6 4 0 0 2\n5 parent v\n6! name -\n7! parent nobody");
  child = get (store, "ref:x");
  parent = get (store, "ref:y");
  g_assert_cmpint (ent_record_get_ref (child, "parent"), ==, ent_record_get_key (parent));
  test_workspace_free (store);
}

static void
test_links (void)
{
  EntStore *store = test_workspace_new ();
  EntImportOptions options = { .create_missing = "organization", .add_choices = TRUE };
  g_autoptr (EntImportPlan) plan = NULL;
  g_autoptr (EntImportReport) report = NULL;
  g_autoptr (EntSchema) schema = NULL;
  const EntField *type;

  import (store, "organization", "ref,name\na,Acme\n", NULL, "1 1 0 0 0");
  import (store, "offering", "ref,name\np,Product\n", NULL, "1 1 0 0 0");
  import (store, "link", "src,dst,kind\na,p,knows\na,q,knows\na,p,made_up kind\n", NULL,
          "3 1 0 0 2\n3! dst q\n4! kind made_up kind");
  plan = plan_for (store, "link", "src,dst,kind\na,p,in_category\na,q,In Category\nq,p,knows\n");
  report = run (store, plan, &options, 0);
  g_assert_cmpuint (ent_import_report_get_n_created (report), ==, 3);
  g_assert_cmpuint (ent_import_report_get_n_created_ends (report), ==, 1);
  g_assert_cmpuint (ent_import_report_get_n_choices (report), ==, 1);
  g_assert_cmpint (count (store, "link", "type = in_category"), ==, 2);
  schema = ent_store_dup_schema (store);
  type = ent_record_type_lookup (ent_schema_lookup (schema, "link"), "type");
  g_assert_cmpstr (ent_field_lookup_choice (type, "in_category")->label, ==, "In category");
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
  g_test_add_func ("/exchange/import/update", test_update);
  g_test_add_func ("/exchange/import/same-key-twice", test_same_key_twice);
  g_test_add_func ("/exchange/import/values-of-new-records", test_values_of_new_records);
  g_test_add_func ("/exchange/import/values-and-records-there", test_values_and_records_there);
  g_test_add_func ("/exchange/import/other-keys", test_other_keys);
  g_test_add_func ("/exchange/import/people", test_people);
  g_test_add_func ("/exchange/import/references", test_references);
  g_test_add_func ("/exchange/import/forward-references", test_forward_references);
  g_test_add_func ("/exchange/import/links", test_links);
  g_test_add_func ("/exchange/import/ten-thousand-problems", test_ten_thousand_problems);
  g_test_add_func ("/exchange/import/dry-run", test_dry_run);
  g_test_add_func ("/exchange/import/cancel", test_cancel);
  g_test_add_func ("/exchange/import/undo", test_undo);
  g_test_add_func ("/exchange/import/many-batches", test_many_batches);
  g_test_add_func ("/exchange/import/mistakes", test_mistakes);
  g_test_add_func ("/exchange/import/remember", test_remember);
  return g_test_run ();
}
