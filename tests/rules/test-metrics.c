/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Metrics, known and unknown, and the rules that compare them: operators, windows, currencies, definitions that change,
 * hold for a time, or contradict each other. */
#include "config.h"

#include "rules/levels-fixture.h"

/* --- Metrics ---------------------------------------------------------------------------------------------------------- */

static gint64
get_number (EntStore   *store,
            EntKey      partner,
            const char *metric,
            int         months)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntProgram) program = ent_program_load (store, NULL, &error);
  const char *also[] = { metric, NULL };
  g_autoptr (EntMetrics) metrics = ent_metrics_load (store, program, also, TODAY, NULL, &error);
  EntMetricValue value;

  g_assert_no_error (error);
  ent_metrics_get (metrics, (guint) ent_metrics_find_partner (metrics, partner), metric, months, &value);
  return value.is_known ? value.number : -1;
}

static void
test_windows (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, NULL);

  g_assert_cmpint (ent_metric_window_start (TODAY, 3), ==, ent_date_from_ymd (2026, 8, 21));
  g_assert_cmpint (ent_metric_window_start (ent_date_from_ymd (2026, 5, 31), 3), ==, ent_date_from_ymd (2026, 3, 1));
  g_assert_cmpint (ent_metric_window_start (ent_date_from_ymd (2026, 1, 15), 12), ==, ent_date_from_ymd (2025, 1, 16));
  add_leads (store, 1, "2026-08-20");
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, -1);
  add_leads (store, 1, "2026-08-21");
  add_leads (store, 1, "2026-11-20");
  add_leads (store, 1, "2026-11-21"); /* tomorrow */
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 200);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 4), ==, 300);
  g_assert_cmpint (get_number (store, partner, "qualified_leads_per_month", 3), ==, 67);
  test_workspace_free (store);
}

static void
test_who_brought_a_lead (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, NULL);
  EntKey deal = test_workspace_add (store, "deal", "title=Deal", "account=ref:customer", "kind=opportunity",
                                    "stage=committed", "source=us", "opened_on=2026-11-01", "ref=deal", NULL);
  EntKey party = test_workspace_add (store, "deal_party", "parent=ref:deal", "org=ref:bright", "role=resell", NULL);

  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, -1);
  test_workspace_set (store, deal, "source=partner", NULL);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 100);
  test_workspace_set (store, party, "role=technical", NULL);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, -1);
  test_workspace_set (store, party, "role=source", NULL);
  test_workspace_set (store, deal, "registered_by=ref:bright", NULL); /* once, not twice */
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 100);
  test_workspace_set (store, deal, "stage=lost", "loss_reason=duplicate", NULL);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 0);

  /* Five qualified leads of a campaign of two partners. */
  test_workspace_add (store, "organization", "title=Other", "ref=other", "roles=partner", NULL);
  test_workspace_add (store, "campaign", "title=Webinar", "ref=webinar", "partners=ref:bright; ref:other", NULL);
  test_workspace_add (store, "campaign_line", "parent=ref:webinar", "week=2026-11-02", "qualified=5", "channel=email",
                      NULL);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 250);
  test_workspace_free (store);
}

static void
add_touched_deals (EntStore *store,
                   guint     n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *ref = g_strdup_printf ("ref=touched-%u", g_random_int ());
      g_autofree char *about = g_strdup_printf ("about=ref:%s", ref + strlen ("ref="));

      test_workspace_add (store, "deal", "title=Came from it", "account=ref:customer", "kind=lead", "stage=qualified",
                          "registered_by=ref:bright", "opened_on=2026-11-03", ref, NULL);
      test_workspace_add (store, "activity", "title=Came to the webinar", "kind=touch", "campaign=ref:webinar", about,
                          "at=2026-11-03T10:00:00Z", NULL);
    }
}

/* Deals that came from a campaign are among the leads that its weeks tell of. */
static void
test_leads_of_a_campaign_count_once (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, NULL);
  EntKey line;

  test_workspace_add (store, "organization", "title=Other", "ref=other", "roles=partner", NULL);
  test_workspace_add (store, "campaign", "title=Webinar", "ref=webinar", "partners=ref:bright; ref:other", NULL);
  line = test_workspace_add (store, "campaign_line", "parent=ref:webinar", "week=2026-11-02", "qualified=5",
                             "channel=email", NULL);
  add_leads (store, 1, "2026-11-04"); /* of another kind */
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 350);
  add_touched_deals (store, 2);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 350);
  add_touched_deals (store, 1);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 400);
  test_workspace_delete (store, line);
  g_assert_cmpint (get_number (store, partner, "qualified_leads", 3), ==, 400);
  test_workspace_free (store);
}

static void
test_other_metrics (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, NULL);

  g_assert_cmpint (get_number (store, partner, "certified_people", 0), ==, -1);
  test_workspace_add (store, "person", "title=Ada Jones", "ref=ada", "org=ref:bright", NULL);
  test_workspace_add (store, "assessment", "title=Sales", "kind=certification", "subject=ref:ada", "at=2026-01-05",
                      "result=pass", "expires_on=2027-01-05", NULL);
  test_workspace_add (store, "assessment", "title=Technical", "kind=certification", "subject=ref:ada",
                      "at=2026-02-05", "result=pass", NULL);
  g_assert_cmpint (get_number (store, partner, "certified_people", 0), ==, 100);

  test_workspace_add (store, "ledger", "kind=revenue", "date=2026-03-01", "amount=1000 USD", "partner=ref:bright", NULL);
  test_workspace_add (store, "ledger", "kind=refund", "date=2026-03-02", "amount=200 USD", "partner=ref:bright", NULL);
  g_assert_cmpint (get_number (store, partner, "revenue_impact", 12), ==, 80000);

  test_workspace_add (store, "assessment", "title=Survey", "kind=survey", "subject=ref:bright", "at=2026-06-01",
                      "responses={\"psat\":9,\"nps\":10}", NULL);
  test_workspace_add (store, "assessment", "title=Survey", "kind=survey", "subject=ref:bright", "at=2026-07-01",
                      "responses={\"psat\":8,\"nps\":5}", NULL);
  g_assert_cmpint (get_number (store, partner, "psat", 12), ==, 850);
  g_assert_cmpint (get_number (store, partner, "nps", 12), ==, 0);

  test_workspace_set (store, partner, "partner_since=2025-12-21", "size_employees=1200", NULL);
  g_assert_cmpint (get_number (store, partner, "partner_months", 0), ==, 1000);
  g_assert_cmpint (get_number (store, partner, "size_employees", 0), ==, 120000);

  /* Written down in a review: the newest figure. */
  g_assert_cmpint (get_number (store, partner, "integration_adoption", 0), ==, -1);
  test_workspace_add (store, "plan", "title=Q2", "ref=q2", "kind=qbr", "for=ref:bright", "period_end=2026-06-30", NULL);
  test_workspace_add (store, "plan_item", "parent=ref:q2", "title=Adoption", "type=metric", "metric=integration_adoption",
                      "actual=43.5", NULL);
  g_assert_cmpint (get_number (store, partner, "integration_adoption", 0), ==, 4350);
  test_workspace_free (store);
}

/* 40/25/20/15: revenue influence counts most. */
static void
test_ranks (void)
{
  static const int scores[][4] = { { 500, 100, 100, 100 }, { 100, 500, 100, 100 }, { 100, 500, 100, 100 },
                                   { 100, 100, 100, 100 } };
  static const int weights[] = { 40, 25, 20, 15 };
  static const gint64 expected[] = { 250000, 500000, 500000, 1000000 }; /* 1st, 2nd twice, 4th of four */
  EntStore *store = new_program ();
  EntKey partners[4];

  for (guint p = 0; p < 4; p++)
    {
      g_autofree char *ref = g_strdup_printf ("ref=p%u", p);
      g_autofree char *subject = g_strdup_printf ("subject=ref:p%u", p);
      g_autofree char *own = g_strdup_printf ("ref=a%u", p);
      g_autofree char *parent = g_strdup_printf ("parent=ref:a%u", p);

      partners[p] = test_workspace_add (store, "organization", "title=Partner", "roles=partner", ref, NULL);
      test_workspace_add (store, "assessment", "title=Rubric", "kind=tier_rubric", subject, "at=2026-10-01", own, NULL);
      for (guint c = 0; c < 4; c++)
        {
          g_autofree char *value = g_strdup_printf ("value=%d", scores[p][c] / 100);
          g_autofree char *weight = g_strdup_printf ("weight=%d", weights[c]);

          test_workspace_add (store, "assessment_score", parent, "criterion=Criterion", value, weight, NULL);
        }
    }
  g_assert_cmpint (get_number (store, partners[0], "rubric_score", 0), ==, 260);
  g_assert_cmpint (get_number (store, partners[1], "rubric_score", 0), ==, 200);
  for (guint p = 0; p < 4; p++)
    g_assert_cmpint (get_number (store, partners[p], "rank_percentile", 0), ==, expected[p]);
  test_workspace_free (store);
}

/* --- Operators -------------------------------------------------------------------------------------------------------- */

static void
test_operators (void)
{
  static const struct { EntOperator operator; EntMet below, equal, above; } expected[] =
  {
    { ENT_OPERATOR_AT_LEAST, ENT_MET_NOT, ENT_MET_YES, ENT_MET_YES },
    { ENT_OPERATOR_MORE_THAN, ENT_MET_NOT, ENT_MET_NOT, ENT_MET_YES },
    { ENT_OPERATOR_AT_MOST, ENT_MET_YES, ENT_MET_YES, ENT_MET_NOT },
    { ENT_OPERATOR_LESS_THAN, ENT_MET_YES, ENT_MET_NOT, ENT_MET_NOT },
    { ENT_OPERATOR_EQUALS, ENT_MET_NOT, ENT_MET_YES, ENT_MET_NOT },
    { ENT_OPERATOR_NOT_EQUALS, ENT_MET_YES, ENT_MET_NOT, ENT_MET_YES },
    { ENT_OPERATOR_IS_SET, ENT_MET_YES, ENT_MET_YES, ENT_MET_YES },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      EntProgramRule rule = { .operator = expected[i].operator, .unit = ENT_UNIT_COUNT, .has_number = TRUE,
                              .number = 500 };
      EntMetricValue value = { .is_known = TRUE, .unit = ENT_UNIT_COUNT, .number = 499 };

      g_assert_cmpint (ent_rule_test (&rule, &value, 500), ==, expected[i].below);
      value.number = 500;
      g_assert_cmpint (ent_rule_test (&rule, &value, 500), ==, expected[i].equal);
      value.number = 501;
      g_assert_cmpint (ent_rule_test (&rule, &value, 500), ==, expected[i].above);
      value.is_known = FALSE;
      g_assert_cmpint (ent_rule_test (&rule, &value, 500), ==, ENT_MET_UNKNOWN);
    }
}

static void
test_words_and_flags (void)
{
  EntProgramRule rule = { .operator = ENT_OPERATOR_EQUALS, .unit = ENT_UNIT_TEXT, .words = (char *) "platinum" };
  EntMetricValue value = { .is_known = TRUE, .unit = ENT_UNIT_TEXT, .words = "Platinum" };
  EntMetricValue flag = { .is_known = TRUE, .is_flag = TRUE, .number = 1 };

  g_assert_cmpint (ent_rule_test (&rule, &value, 0), ==, ENT_MET_YES);
  rule.operator = ENT_OPERATOR_NOT_EQUALS;
  g_assert_cmpint (ent_rule_test (&rule, &value, 0), ==, ENT_MET_NOT);
  rule.operator = ENT_OPERATOR_ONE_OF;
  rule.words = (char *) "Gold; Platinum";
  g_assert_cmpint (ent_rule_test (&rule, &value, 0), ==, ENT_MET_YES);
  value.words = "Silver";
  g_assert_cmpint (ent_rule_test (&rule, &value, 0), ==, ENT_MET_NOT);
  rule.operator = ENT_OPERATOR_IS_SET;
  g_assert_cmpint (ent_rule_test (&rule, &flag, 0), ==, ENT_MET_YES);
  flag.number = 0;
  g_assert_cmpint (ent_rule_test (&rule, &flag, 0), ==, ENT_MET_NOT);
}

/* Currencies are never added up: what is reached without them is reached, the rest is unknown. */
static void
test_a_currency_without_a_rate (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "premier");
  g_autoptr (EntLevels) levels = NULL;
  g_autoptr (EntLevels) later = NULL;
  g_autoptr (GArray) results = NULL;

  test_workspace_add (store, "agreement", "title=A", "counterparty=ref:bright", "status=active",
                      "annual_commitment=90000 EUR", NULL);
  levels = load (store);
  results = ent_levels_get_results (levels, number (levels, partner), find (store, "ref:level:premier"));
  g_assert_cmpint (g_array_index (results, EntRuleResult, 0).met, ==, ENT_MET_UNKNOWN);
  g_clear_pointer (&results, g_array_unref);
  test_workspace_add (store, "agreement", "title=B", "counterparty=ref:bright", "status=active",
                      "annual_commitment=25000 USD", NULL);
  later = load (store);
  results = ent_levels_get_results (later, number (later, partner), find (store, "ref:level:premier"));
  g_assert_cmpint (g_array_index (results, EntRuleResult, 0).met, ==, ENT_MET_YES);
  assert_text (ent_metric_value_display (&g_array_index (results, EntRuleResult, 0).value), "€90,000 + $25,000");
  test_workspace_free (store);
}

/* --- Definitions --------------------------------------------------------------------------------------------------------- */

static EntKey
find_rule (EntStore   *store,
           const char *definition,
           guint       nth)
{
  g_autoptr (GPtrArray) lines = ent_store_get_children (store, find (store, definition),
                                                        ent_store_get_record_type (store, "program_rule"), NULL);

  return ent_record_get_key (g_ptr_array_index (lines, nth));
}

static void
test_a_changed_threshold_changes_the_result (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "select");
  g_autoptr (EntLevels) before = NULL;
  g_autoptr (EntLevels) after = NULL;

  make_premier (store);
  before = load (store);
  g_assert_cmpint (ent_levels_get_standing (before, number (before, partner))->kind, ==, ENT_PROPOSAL_UPGRADE);
  test_workspace_set (store, find_rule (store, "ref:requirement:qualified_leads", 1), "threshold=6", NULL);
  after = load (store);
  g_assert_cmpint (ent_levels_get_standing (after, number (after, partner))->kind, ==, ENT_PROPOSAL_KEEP);
  test_workspace_free (store);
}

static void
test_definitions_hold_for_their_time (void)
{
  EntStore *store = new_program ();
  EntKey leads = find (store, "ref:requirement:qualified_leads");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntProgram) program = NULL;
  g_autoptr (GPtrArray) before = NULL, on = NULL, after = NULL;

  test_workspace_set (store, leads, "effective_from=2026-11-20", "effective_to=2026-11-20", NULL);
  program = ent_program_load (store, NULL, &error);
  before = ent_program_get_level_rules (program, find (store, "ref:level:select"), -1, TODAY - 1);
  on = ent_program_get_level_rules (program, find (store, "ref:level:select"), -1, TODAY);
  after = ent_program_get_level_rules (program, find (store, "ref:level:select"), -1, TODAY + 1);
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpuint (on->len, ==, 4);
  g_assert_cmpuint (after->len, ==, 3);
  test_workspace_free (store);
}

static GPtrArray *
check (EntStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntProgram) program = ent_program_load (store, NULL, &error);

  g_assert_no_error (error);
  return ent_program_check (program);
}

static void
test_contradictions_are_told (void)
{
  EntStore *store = new_program ();
  g_autoptr (GPtrArray) none = check (store);
  g_autoptr (GPtrArray) found = NULL;
  EntKey line;

  g_assert_cmpuint (none->len, ==, 0);
  line = test_workspace_add (store, "program_rule", "parent=ref:requirement:qualified_leads",
                             "position=9", "metric=qualified_leads_per_month", "operator=at_most", "unit=count", "threshold=3",
                             "window_months=3", "applies_to_level=ref:level:premier", NULL);
  found = check (store);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((EntContradiction *) found->pdata[0])->what, ==,
                   "No partner can reach Premier: “Qualified leads a month: at least 5” and “Qualified leads a month: "
                   "at most 3” exclude each other.");
  g_assert_cmpstr (((EntContradiction *) found->pdata[0])->next_step, ==,
                   "Change one of the thresholds, or end one of the rules.");
  g_clear_pointer (&found, g_ptr_array_unref);

  /* A range in two lines is none; the same bound twice is. */
  test_workspace_set (store, line, "threshold=30", NULL);
  found = check (store);
  g_assert_cmpuint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  test_workspace_set (store, line, "operator=at_least", NULL);
  found = check (store);
  g_assert_cmpuint (found->len, ==, 2); /* twice, and Strategic asks for less */
  g_clear_pointer (&found, g_ptr_array_unref);

  /* Not at the same time: no contradiction. */
  test_workspace_set (store, line, "applies_to_level=ref:level:select", "threshold=1", NULL);
  test_workspace_set (store, line, "applies_to_type=channel", NULL);
  found = check (store);
  g_assert_cmpuint (found->len, ==, 1);
  g_clear_pointer (&found, g_ptr_array_unref);
  test_workspace_set (store, line, "threshold=", NULL);
  found = check (store);
  g_assert_cmpuint (found->len, >=, 1);
  test_workspace_free (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/windows", test_windows);
  g_test_add_func ("/metrics/who-brought-a-lead", test_who_brought_a_lead);
  g_test_add_func ("/metrics/leads-of-a-campaign-count-once", test_leads_of_a_campaign_count_once);
  g_test_add_func ("/metrics/others", test_other_metrics);
  g_test_add_func ("/metrics/ranks", test_ranks);
  g_test_add_func ("/rules/operators", test_operators);
  g_test_add_func ("/rules/words-and-flags", test_words_and_flags);
  g_test_add_func ("/rules/a-currency-without-a-rate", test_a_currency_without_a_rate);
  g_test_add_func ("/rules/a-changed-threshold-changes-the-result", test_a_changed_threshold_changes_the_result);
  g_test_add_func ("/rules/definitions-hold-for-their-time", test_definitions_hold_for_their_time);
  g_test_add_func ("/rules/contradictions-are-told", test_contradictions_are_told);
  return g_test_run ();
}
