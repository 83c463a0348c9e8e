/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "exchange/ent-import.h"

static EntImportPlan *
make_plan (const char *type,
           const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = ent_table_source_new_for_bytes (bytes, NULL, NULL, &error);

  g_assert_no_error (error);
  return ent_import_plan_new (ent_schema_lookup (ent_schema_get_default (), type), source);
}

/* "ref title - arr.currency": where each column goes. */
static char *
list_targets (const EntImportPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ent_import_plan_get_n_columns (plan); i++)
    {
      g_autofree char *target = ent_import_plan_dup_target (plan, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", target[0] != '\0' ? target : "-");
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
assert_targets (const char *type,
                const char *text,
                const char *expected)
{
  g_autoptr (EntImportPlan) plan = make_plan (type, text);
  g_autofree char *targets = list_targets (plan);

  g_assert_cmpstr (targets, ==, expected);
}

static void
test_match (void)
{
  assert_targets ("organization", "Company Name,HQ Country,ARR (EUR),What\nAcme,DE,5,x\n",
                  "title country arr -");
  assert_targets ("organization", "Account name;Title;E-mail\nx;Acme;y\n", "- title -");
  assert_targets ("organization", "Name,ARR,ARR currency\nAcme,5,EUR\n", "title arr arr.currency");
  assert_targets ("organization", "Name,Annual Revenue,Currency\nAcme,5,EUR\n",
                  "title annual_revenue annual_revenue.currency");
  /* By content: an address of the web, and a name that must be somewhere. */
  assert_targets ("organization",
                  "Firma,Seite\nAcme,https://acme.example\nBeta,https://b.example\n",
                  "title website");
  /* Ours, and those of other programs. */
  assert_targets ("organization",
                  "id,code,title\n0191f3a0-7c1b-7abc-8def-0123456789ab,P-0001,Acme\n",
                  "id code title");
  assert_targets ("organization", "id,name\n17,Acme\n", "ref title");
  /* A name that is known, over cells that cannot be meant. */
  assert_targets ("organization", "Rank,Name\n1,Acme\n11,Beta\n12,Gamma\n", "- title");
  assert_targets ("link", "src,dst,kind,detail\na,b,knows,x\n", "from to type evidence");
}

static void
test_overrides (void)
{
  g_autoptr (EntImportPlan) plan = make_plan ("organization", "org_id,name,tier\ncb:x,Acme,Gold\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *targets = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) keys = NULL;
  g_autoptr (GPtrArray) missing = NULL;

  g_assert_true (ent_import_plan_map (plan, "org_id=ref", &error));
  g_assert_true (ent_import_plan_map (plan, "NAME=title", &error));
  g_assert_true (ent_import_plan_map (plan, "3=note", &error));
  targets = list_targets (plan);
  g_assert_cmpstr (targets, ==, "ref title note");
  keys = ent_import_plan_dup_keys (plan);
  g_assert_cmpstr (keys[0], ==, "ref");
  g_assert_null (keys[1]);

  /* A field has one column. */
  g_assert_true (ent_import_plan_map (plan, "tier=title", &error));
  again = list_targets (plan);
  g_assert_cmpstr (again, ==, "ref - title");
  g_assert_true (ent_import_plan_map (plan, "tier=", &error));
  missing = ent_import_plan_get_missing (plan);
  g_assert_cmpuint (missing->len, ==, 1);

  g_assert_false (ent_import_plan_map (plan, "nothing=title", &error));
  g_assert_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING);
  g_assert_nonnull (strstr (error->message, "org_id"));
  g_clear_error (&error);
  g_assert_false (ent_import_plan_map (plan, "name=nothing", &error));
  g_clear_error (&error);
  g_assert_false (ent_import_plan_map (plan, "name=rev", &error));
  g_clear_error (&error);
  g_assert_false (ent_import_plan_map (plan, "name", &error));
  g_clear_error (&error);
  g_assert_false (ent_import_plan_set_keys (plan, (const char *[]) { "country", NULL }, &error));
  g_clear_error (&error);
  g_assert_true (ent_import_plan_set_keys (plan, (const char *[]) { NULL }, &error));
}

static void
test_conventions (void)
{
  g_autoptr (EntImportPlan) plan =
    make_plan ("deal", "Name;Close date;Amount;Registered at\n"
                       "One;05/06/2025;1.234,50;01/02/2025\nTwo;25/04/2025;7,5;03/04/2025\n");
  const EntImportColumn *date = ent_import_plan_get_column (plan, 1);
  g_autoptr (EntImportPlan) american = make_plan ("deal",
                                                  "Name,Close date,Amount\nOne,04/25/2025,1\n");
  g_autoptr (EntImportPlan) unclear = make_plan ("deal",
                                                 "Name,Close date,Amount\nOne,04/05/2025,1\n");

  g_assert_cmpint (date->date_order, ==, ENT_DATE_ORDER_DMY);
  g_assert_cmpint (ent_import_plan_get_column (plan, 2)->decimal_point, ==, ',');
  /* The other dates of the file are written alike. */
  g_assert_cmpint (ent_import_plan_get_column (plan, 3)->date_order, ==, ENT_DATE_ORDER_DMY);
  g_assert_cmpint (ent_import_plan_get_column (american, 1)->date_order, ==, ENT_DATE_ORDER_MDY);
  g_assert_cmpint (ent_import_plan_get_column (unclear, 1)->date_order, ==, ENT_DATE_ORDER_UNKNOWN);
}

static void
test_remarks (void)
{
  g_autoptr (EntImportPlan) plan = make_plan ("organization",
                                              "Name,Revenue (€M),ARR in thousands USD,Employees "
                                              "(k)\nAcme,12.5,7,3\n");
  g_autoptr (EntImportPreview) preview = ent_import_preview (plan, 0, NULL);
  const EntPreviewRow *row = preview->rows->pdata[0];
  g_autofree char *targets = list_targets (plan);

  g_assert_cmpstr (targets, ==, "title annual_revenue arr size_employees");
  g_assert_cmpstr (ent_import_plan_get_column (plan, 1)->currency, ==, "EUR");
  g_assert_cmpstr (ent_import_plan_get_column (plan, 2)->currency, ==, "USD");
  g_assert_cmpstr (row->cells[1].display, ==, "€12.5M");
  g_assert_cmpstr (row->cells[2].display, ==, "$7K");
  g_assert_nonnull (strstr (row->cells[3].display, "3"));
  g_assert_cmpuint (preview->n_problems, ==, 0);
}

static void
test_preview (void)
{
  g_autoptr (EntImportPlan) plan =
    make_plan ("organization", "Name,Employees,Partner since,Region,Level\n"
                               "Acme,1200,04/05/2025,emea,Gold\n,12x,2025-04-05,nowhere,\n"
                               "Beta,1,,,,extra\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntImportPreview) preview = ent_import_preview (plan, 0, &error);
  const EntPreviewRow *first, *second, *third;

  g_assert_no_error (error);
  g_assert_cmpuint (preview->rows->len, ==, 3);
  first = preview->rows->pdata[0];
  second = preview->rows->pdata[1];
  third = preview->rows->pdata[2];
  g_assert_cmpuint (first->line, ==, 2);
  g_assert_cmpstr (first->cells[0].display, ==, "Acme");
  g_assert_cmpstr (first->cells[1].text, ==, "1200");
  g_assert_null (first->cells[1].reason);
  g_assert_nonnull (first->cells[2].reason); /* 4 May or 5 April */
  g_assert_cmpstr (first->cells[4].display, ==, "Gold");
  g_assert_nonnull (second->cells[0].reason);
  g_assert_nonnull (strstr (second->cells[1].reason, "12x"));
  g_assert_nonnull (second->cells[3].reason);
  g_assert_nonnull (third->reason);
  g_assert_cmpuint (preview->n_problems, ==, 5);

  ent_import_plan_set_date_order (plan, 2, ENT_DATE_ORDER_DMY);
  ent_import_preview_free (g_steal_pointer (&preview));
  preview = ent_import_preview (plan, 1, &error);
  g_assert_cmpuint (preview->rows->len, ==, 1);
  g_assert_cmpuint (preview->n_problems, ==, 0);
}

static void
test_json (void)
{
  static const char header[] = "org_id,name,joined,arr\na,Acme,04/05/2025,5\n";
  g_autoptr (EntImportPlan) plan = make_plan ("organization", header);
  g_autoptr (EntImportPlan) other = make_plan ("organization", header);
  g_autoptr (EntImportPlan) wrong = make_plan ("person", header);
  EntImportOptions options = { .create_missing = "organization", .add_choices = TRUE,
                               .default_currency = "EUR" };
  g_autofree char *json = NULL;
  g_autofree char *targets = NULL;
  g_autofree char *again = NULL;

  g_assert_true (ent_import_plan_map (plan, "org_id=ref", NULL));
  g_assert_true (ent_import_plan_map (plan, "arr=", NULL));
  ent_import_plan_set_date_order (plan, 2, ENT_DATE_ORDER_MDY);
  g_assert_true (ent_import_plan_set_keys (plan, (const char *[]) { "title", NULL }, NULL));
  g_assert_true (ent_import_plan_set_options (plan, &options, NULL));
  json = ent_import_plan_to_json (plan);

  g_assert_true (ent_import_plan_apply_json (other, json, NULL));
  targets = list_targets (other);
  g_assert_cmpstr (targets, ==, "ref title partner_since -");
  g_assert_cmpint (ent_import_plan_get_column (other, 2)->date_order, ==, ENT_DATE_ORDER_MDY);
  g_assert_cmpstr (ent_import_plan_get_options (other)->default_currency, ==, "EUR");
  again = ent_import_plan_to_json (other);
  g_assert_cmpstr (again, ==, json);
  g_assert_false (ent_import_plan_apply_json (wrong, json, NULL));
  g_assert_false (ent_import_plan_apply_json (other, "[1", NULL));

  options.default_currency = "???";
  g_assert_false (ent_import_plan_set_options (plan, &options, NULL));
  options = (EntImportOptions) { .create_missing = "link" };
  g_assert_false (ent_import_plan_set_options (plan, &options, NULL));
}

/* Whatever the bytes, a plan and a preview come of them or an error does. */
static void
test_random_tables (void)
{
  static const char * const pieces[] =
  { "Name", "id", "ARR", "Country", ",", ",", ",", "\n", "\n", ";", "\"", "DE", "12.5", "$",
    "04/05/2025", "'=x", "(M)",
    "https://x.example", "\303\251", "\377", "{", "[", "P-0001", " ", "USD", "-", "yes" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (EntTableSource) source = NULL;
      g_autoptr (EntImportPlan) plan = NULL;
      g_autoptr (EntImportPreview) preview = NULL;
      g_autofree char *json = NULL;

      for (guint i = 0; i < 60; i++)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      bytes = g_bytes_new (text->str, text->len);
      source = ent_table_source_new_for_bytes (bytes, NULL, NULL, NULL);
      if (source == NULL)
        continue;
      plan = ent_import_plan_new (ent_schema_lookup (ent_schema_get_default (), round % 2 ? "deal"
                                                     : "organization"),
                                  source);
      preview = ent_import_preview (plan, 0, NULL);
      json = ent_import_plan_to_json (plan);
      g_assert_nonnull (json);
    }
}

/* However large the file, the first rows are there at once. */
static void
test_preview_speed (void)
{
  g_autoptr (GString) text = g_string_new ("ref,name,country,employees,arr,joined,website\n");
  g_autoptr (EntImportPlan) plan = NULL;
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text,
                            "r%u,Company %u,DE,%u,%u.50 EUR,2024-03-%02u,https://c%u.example\n", i,
                            i, i,
                            i, i % 28 + 1, i);
  plan = make_plan ("organization", text->str);
  for (guint i = 0; i < 5; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (EntImportPreview) preview = ent_import_preview (plan, 0, NULL);

      best = MIN (best, g_get_monotonic_time () - start);
      g_assert_cmpuint (preview->rows->len, ==, 100);
      g_assert_cmpuint (preview->n_problems, ==, 0);
    }
  g_test_message ("preview of 100 rows: %.1f ms", (double) best / 1000.0);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (best, <, 5000);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/import-plan/match", test_match);
  g_test_add_func ("/exchange/import-plan/overrides", test_overrides);
  g_test_add_func ("/exchange/import-plan/conventions", test_conventions);
  g_test_add_func ("/exchange/import-plan/remarks", test_remarks);
  g_test_add_func ("/exchange/import-plan/preview", test_preview);
  g_test_add_func ("/exchange/import-plan/json", test_json);
  g_test_add_func ("/exchange/import-plan/random-tables", test_random_tables);
  g_test_add_func ("/exchange/import-plan/preview-speed", test_preview_speed);
  return g_test_run ();
}
