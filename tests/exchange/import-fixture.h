/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tables as text, imported and told in a line. */

#include <glib/gstdio.h>
#include <string.h>

#include "exchange/ent-import.h"
#include "store/ent-query.h"
#include "support/workspace.h"

static inline EntImportPlan *
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

static inline EntImportReport *
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
static inline char *
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

static inline void
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

static inline gint64
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

static inline EntRecord *
get (EntStore   *store,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, text, &error);

  g_assert_no_error (error);
  return ent_store_get (store, key, NULL);
}
