/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record a row is, and what it refers to. */
#include "config.h"

#include "exchange/import-fixture.h"

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import/update", test_update);
  g_test_add_func ("/exchange/import/same-key-twice", test_same_key_twice);
  g_test_add_func ("/exchange/import/values-of-new-records", test_values_of_new_records);
  g_test_add_func ("/exchange/import/values-and-records-there", test_values_and_records_there);
  g_test_add_func ("/exchange/import/other-keys", test_other_keys);
  g_test_add_func ("/exchange/import/people", test_people);
  g_test_add_func ("/exchange/import/references", test_references);
  g_test_add_func ("/exchange/import/forward-references", test_forward_references);
  g_test_add_func ("/exchange/import/links", test_links);
  return g_test_run ();
}
