/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "exchange/ent-export.h"
#include "exchange/ent-import.h"
#include "store/ent-query.h"
#include "support/workspace.h"

/* A real partner program: companies, their products, how they are related. */

static EntImportReport *
import (EntStore               *store,
        const char             *type,
        const char             *name,
        const char * const     *maps,
        const EntImportOptions *options)
{
  g_autofree char *path = g_build_filename (g_getenv ("ENTENTE_SHARED"), "data", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = ent_table_source_open (path, NULL, NULL, &error);
  g_autoptr (EntImportPlan) plan = NULL;
  EntImportReport *report;
  g_autofree char *summary = NULL;

  g_assert_no_error (error);
  plan = ent_import_plan_new (ent_store_get_record_type (store, type), source);
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    g_assert_true (ent_import_plan_map (plan, maps[i], NULL));
  if (options != NULL)
    g_assert_true (ent_import_plan_set_options (plan, options, NULL));
  report = ent_import_run (store, plan, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  summary = ent_import_report_dup_summary (report);
  g_test_message ("%s: %s", name, summary);
  for (guint64 i = 0; i < MIN (ent_import_report_get_n_problems (report), 3); i++)
    {
      g_auto (EntImportProblem) problem = { 0 };

      ent_import_report_get_problem (report, i, &problem);
      g_test_message ("line %" G_GUINT64_FORMAT ", %s: %s", problem.line, problem.column,
                      problem.reason);
    }
  return report;
}

static gboolean
skip_without (void)
{
  const char *shared = g_getenv ("ENTENTE_SHARED");
  g_autofree char *path = shared != NULL
                          ? g_build_filename (shared, "data", "ecosystem", "relations.csv", NULL)
                            : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  g_test_skip ("needs data/ecosystem of the shared folder ($ENTENTE_SHARED)");
  return TRUE;
}

static void
count_links (EntStore *store,
             guint    *n_nodes,
             guint    *n_pairs)
{
  const EntRecordType *type = ent_store_get_record_type (store, "link");
  EntQuery query = { .type = type };
  g_autoptr (EntResult) result = ent_store_query (store, &query, NULL, NULL);
  g_autoptr (GPtrArray) links = ent_store_load (store, type, ent_result_get_rows (result),
                                                ent_result_get_n (result), NULL, 0, NULL, NULL);
  g_autoptr (GHashTable) nodes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < links->len; i++)
    {
      EntKey from = ent_record_get_ref (links->pdata[i], "from");
      EntKey to = ent_record_get_ref (links->pdata[i], "to");

      g_hash_table_add (nodes, g_memdup2 (&from, sizeof from));
      g_hash_table_add (nodes, g_memdup2 (&to, sizeof to));
      g_hash_table_add (pairs,
                        g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                         MIN (from, to), MAX (from, to)));
    }
  *n_nodes = g_hash_table_size (nodes);
  *n_pairs = g_hash_table_size (pairs);
}

static void
test_ecosystem (void)
{
  static const char * const organizations[] = { "org_id=ref", "name=title", NULL };
  static const char * const offerings[] = { "item_id=ref", "name=title", NULL };
  static const char * const links[] = { "src=from", "dst=to", "kind=type", "detail=note", NULL };
  const EntImportOptions options = { .create_missing = "organization", .add_choices = TRUE };
  EntStore *store;
  g_autoptr (EntImportReport) first = NULL;
  g_autoptr (EntImportReport) second = NULL;
  g_autoptr (EntImportReport) third = NULL;
  gint64 start = g_get_monotonic_time ();
  guint n_nodes, n_pairs;

  if (skip_without ())
    return;
  store = test_workspace_new ();
  first = import (store, "organization", "ecosystem/partners.csv", organizations, NULL);
  g_assert_cmpuint (ent_import_report_get_n_created (first), ==, 1165);
  g_assert_cmpuint (ent_import_report_get_n_refused (first), ==, 0);
  second = import (store, "offering", "ecosystem/products.csv", offerings, NULL);
  g_assert_cmpuint (ent_import_report_get_n_created (second), ==, 1444);
  g_assert_cmpuint (ent_import_report_get_n_refused (second), ==, 0);
  g_assert_cmpuint (ent_import_report_get_n_updated (second) +
                    ent_import_report_get_n_unchanged (second), ==, 2);
  third = import (store, "link", "ecosystem/relations.csv", links, &options);
  g_assert_cmpuint (ent_import_report_get_n_created (third), ==, 4186);
  g_test_message ("all three in %.2f s", (double) (g_get_monotonic_time () - start) / 1e6);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_TIME_SPAN_SECOND);
#endif

  count_links (store, &n_nodes, &n_pairs);
  g_assert_cmpuint (n_nodes, ==, 2691);
  g_assert_cmpuint (n_pairs, ==, 4185);
  test_workspace_free (store);
}

/* Account lists of other origin, with nothing said about their columns. */
static void
test_account_lists (void)
{
  static const struct
  {
    const char *type;
    const char *name;
    guint       n_rows;
    guint       n_refused;
  } files[] =
  {
    { "organization", "companies/sp500_constituents.csv", 503, 100 },
    { "organization", "companies/fortune1000_2018.csv", 1000, 5 },
    { "organization", "crm/maven/accounts.csv", 85, 1 },
    { "offering", "crm/maven/products.csv", 7, 0 },
  };

  if (skip_without ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      EntStore *store = test_workspace_new ();
      g_autoptr (EntImportReport) report = import (store, files[i].type, files[i].name, NULL, NULL);

      g_assert_cmpuint (ent_import_report_get_n_read (report), ==, files[i].n_rows);
      g_assert_cmpuint (ent_import_report_get_n_refused (report), <=, files[i].n_refused);
      test_workspace_free (store);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/ecosystem/import", test_ecosystem);
  g_test_add_func ("/exchange/ecosystem/account-lists", test_account_lists);
  return g_test_run ();
}
