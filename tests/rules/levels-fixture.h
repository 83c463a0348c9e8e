/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "rules/ent-level.h"
#include "store/ent-query.h"
#include "support/workspace.h"

/* A workspace with the standard program and one partner, on a fixed day. */

#define TODAY ent_date_from_ymd (2026, 11, 20)

static inline EntStore *
new_program (void)
{
  return test_workspace_new_program ();
}

static inline EntKey
find (EntStore   *store,
      const char *ref)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, ref, &error);

  g_assert_no_error (error);
  return key;
}

static inline EntLevels *
load (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  EntLevels *levels = ent_levels_load (store, TODAY, NULL, &error);

  g_assert_no_error (error);
  return levels;
}

static inline guint
number (EntLevels *levels,
        EntKey     partner)
{
  int found = ent_metrics_find_partner (ent_levels_get_metrics (levels), partner);

  g_assert_cmpint (found, >=, 0);
  return (guint) found;
}

/* "met annual_commitment 25000 USD" of each rule, in order. */
static inline char *
tell_results (EntLevels  *levels,
              guint       partner,
              EntKey      level)
{
  g_autoptr (GArray) results = ent_levels_get_results (levels, partner, level);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *value = ent_rule_result_describe (result);

      g_string_append_printf (text, "%s%s: %s (%s)", i > 0 ? "\n" : "", result->rule->metric, value,
                              ent_met_label (result->met));
    }
  return g_string_free (text, FALSE);
}

#define assert_text(expression, expected) \
  G_STMT_START { g_autofree char *text_ = (expression); g_assert_cmpstr (text_, ==, expected); } G_STMT_END

static inline EntKey
add_partner (EntStore   *store,
             const char *level)
{
  g_autofree char *text = level != NULL ? g_strconcat ("level=ref:level:", level, NULL) : NULL;

  test_workspace_add (store, "organization", "title=Customer", "roles=customer", "ref=customer", NULL);
  return test_workspace_add (store, "organization", "title=Brightwater", "ref=bright", "roles=partner",
                             "partner_type=solution", "lifecycle=active", text, NULL);
}

static inline void
add_leads (EntStore   *store,
           guint       n,
           const char *day)
{
  g_autofree char *opened = g_strconcat ("opened_on=", day, NULL);

  for (guint i = 0; i < n; i++)
    test_workspace_add (store, "deal", "title=Lead", "account=ref:customer", "kind=lead", "stage=qualified",
                        "registered_by=ref:bright", opened, NULL);
}

static inline void
make_premier (EntStore *store)
{
  test_workspace_add (store, "agreement", "title=Program agreement", "counterparty=ref:bright", "status=active",
                      "starts_on=2026-01-01", "ends_on=2026-12-31", "annual_commitment=25000 USD", NULL);
  add_leads (store, 15, "2026-10-05");
  test_workspace_add (store, "document", "title=How Brightwater won", "kind=case_study", "status=approved",
                      "about=ref:bright", "approved_at=2026-09-01T00:00:00Z", NULL);
  test_workspace_add (store, "plan", "title=Q3 review", "kind=qbr", "status=signed", "for=ref:bright",
                      "meeting_at=2026-10-12T09:00:00Z", NULL);
}
