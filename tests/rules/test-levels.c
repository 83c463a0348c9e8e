/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels: the numbers of the data sheets D1 and D2 as the engine sees them; what is reached, missing and proposed;
 * decisions and their undo; balances; a snapshot kept current. */
#include "config.h"

#include "rules/ent-benefit.h"
#include "rules/ent-sample.h"
#include "rules/levels-fixture.h"

/* --- D1 and D2 ---------------------------------------------------------------------------------------------- */

static char *
tell_rules (EntProgram *program,
            EntKey      level,
            int         type)
{
  g_autoptr (GPtrArray) rules = ent_program_get_level_rules (program, level, type, TODAY);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *asked = ent_program_rule_describe (rule, rule->number);

      g_string_append_printf (text, "%s%s %s%s", i > 0 ? ", " : "", rule->metric, asked,
                              rule->mandatory ? "" : " (optional)");
    }
  return g_string_free (text, FALSE);
}

static void
test_requirements (void)
{
  static const struct { const char *level, *rules; } expected[] =
  {
    { "ref:level:strategic",
      "annual_commitment at least $100,000, qualified_leads_per_month at least 10, success_stories at least 3, "
      "partner_council required, rank_percentile at most 5 % (optional)" },
    { "ref:level:premier",
      "annual_commitment at least $25,000, qualified_leads_per_month at least 5, success_stories at least 1, "
      "business_reviews at least 1, rank_percentile at most 20 % (optional)" },
    { "ref:level:select",
      "annual_commitment at least $10,000, qualified_leads_per_month at least 2, business_reviews at least 1, "
      "rank_percentile at most 50 % (optional)" },
    { "ref:level:registered", "" },
  };
  g_autoptr (GError) error = NULL;
  EntStore *store = new_program ();
  g_autoptr (EntProgram) program = ent_program_load (store, NULL, &error);
  const EntLadder *ladder;

  g_assert_no_error (error);
  ladder = ent_program_get_usual_ladder (program);
  g_assert_cmpuint (ladder->levels->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const EntDefinition *level = g_ptr_array_index (ladder->levels, i);

      g_assert_cmpint (level->key, ==, find (store, expected[i].level));
      assert_text (tell_rules (program, level->key, -1), expected[i].rules);
    }
  test_workspace_free (store);
}

static void
test_benefits_of_levels (void)
{
  static const struct { const char *level, *benefits; } expected[] =
  {
    { "ref:level:strategic", "Up to 50 %|$50,000 a year|Up to $50,000 a year|Exclusive territory|Dedicated partner "
      "success manager|Early access to beta features|Unlimited training" },
    { "ref:level:premier", "Up to 35 %|$15,000 a year|Up to $15,000 a year|Regional territory|Shared partner success "
      "manager|Access to beta features|100 hours a year" },
    { "ref:level:select", "Up to 25 %|$5,000 a year|Up to $5,000 a year|Local territory|Shared partner success "
      "manager|Standard features|50 hours a year" },
    { "ref:level:registered", "Up to 15 %|$2,000 a year|25 hours a year" },
  };
  g_autoptr (GError) error = NULL;
  EntStore *store = new_program ();
  g_autoptr (EntProgram) program = ent_program_load (store, NULL, &error);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) benefits = ent_program_get_benefits (program, find (store, expected[i].level), 0, TODAY);
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint b = 0; b < benefits->len; b++)
        g_string_append_printf (text, "%s%s", b > 0 ? "|" : "", ((EntProgramRule *) benefits->pdata[b])->text);
      g_assert_cmpstr (text->str, ==, expected[i].benefits);
    }
  test_workspace_free (store);
}

/* The greater of the level's and the type's minimum counts: technology $50K, channel $25K, solution $15K. */
static void
test_the_type_raises_the_commitment (void)
{
  static const struct { const char *type; gint64 strategic, premier, select; } expected[] =
  {
    { "technology", 100000, 50000, 50000 },
    { "channel", 100000, 25000, 25000 },
    { "solution", 100000, 25000, 15000 },
  };
  static const char * const names[] = { "ref:level:strategic", "ref:level:premier", "ref:level:select" };
  EntStore *store = new_program ();

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *type = g_strconcat ("partner_type=", expected[i].type, NULL);
      EntKey key = test_workspace_add (store, "organization", "title=Acme", "roles=partner", type, NULL);
      g_autoptr (EntLevels) levels = load (store);
      const gint64 *wanted = &expected[i].strategic;

      for (guint l = 0; l < 3; l++)
        {
          g_autoptr (GArray) results = ent_levels_get_results (levels, number (levels, key), find (store, names[l]));
          const EntRuleResult *result = &g_array_index (results, EntRuleResult, 0);

          g_assert_cmpint (result->threshold, ==, wanted[l] * 100);
          g_assert_cmpint (result->raised_by != NULL, ==, result->threshold != result->rule->number);
        }
      test_workspace_delete (store, key);
    }
  test_workspace_free (store);
}

/* --- A partner's way ----------------------------------------------------------------------------------------------- */

static void
test_a_partner_reaches_premier (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "select");
  g_autoptr (EntLevels) levels = NULL;
  g_auto (GStrv) gaps = NULL;
  const EntStanding *standing;
  guint n;

  make_premier (store);
  levels = load (store);
  n = number (levels, partner);
  standing = ent_levels_get_standing (levels, n);
  assert_text (tell_results (levels, n, find (store, "ref:level:premier")),
               "annual_commitment: $25,000 of at least $25,000 (Met)\n"
               "qualified_leads_per_month: 5 of at least 5 (Met)\n"
               "success_stories: 1 of at least 1 (Met)\n"
               "business_reviews: 1 of at least 1 (Met)\n"
               "rank_percentile: No data; at most 20 % asked (Unknown)");
  g_assert_cmpint (standing->reached, ==, find (store, "ref:level:premier"));
  g_assert_cmpint (standing->kind, ==, ENT_PROPOSAL_UPGRADE);
  g_assert_cmpint (standing->next, ==, find (store, "ref:level:premier"));
  assert_text (ent_levels_dup_proposal (levels, n), "Upgrade to Premier");
  gaps = ent_levels_dup_gaps (levels, n, find (store, "ref:level:strategic"));
  g_assert_cmpuint (g_strv_length (gaps), ==, 4);
  g_assert_cmpstr (gaps[0], ==, "Annual commitment: $75,000 more to reach Strategic");
  g_assert_cmpstr (gaps[1], ==, "5 more qualified leads a month to reach Strategic");
  g_assert_cmpstr (gaps[2], ==, "2 more customer success stories to reach Strategic");
  g_assert_cmpstr (gaps[3], ==, "To be known to reach Strategic: Partner council (required; No data)");
  test_workspace_free (store);
}

static void
test_gaps_are_whole (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "select");
  g_autoptr (EntLevels) levels = NULL;
  g_auto (GStrv) gaps = NULL;

  add_leads (store, 10, "2026-10-05"); /* 3.33 a month */
  levels = load (store);
  gaps = ent_levels_dup_gaps (levels, number (levels, partner), find (store, "ref:level:premier"));
  g_assert_cmpstr (gaps[1], ==, "2 more qualified leads a month to reach Premier");
  test_workspace_free (store);
}

static void
test_nothing_on_record_is_not_zero (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "premier");
  g_autoptr (EntLevels) levels = NULL;
  g_autoptr (EntLevels) later = NULL;

  add_leads (store, 40, "2025-03-03");
  levels = load (store);
  assert_text (tell_results (levels, number (levels, partner), find (store, "ref:level:select")),
               "annual_commitment: No data; at least $15,000 asked (Unknown)\n"
               "qualified_leads_per_month: No data since 3 Mar 2025; at least 2 asked (Unknown)\n"
               "business_reviews: No data; at least 1 asked (Unknown)\n"
               "rank_percentile: No data; at most 50 % asked (Unknown)");
  g_assert_cmpint (ent_levels_get_standing (levels, number (levels, partner))->kind, ==, ENT_PROPOSAL_KEEP);
  g_assert_cmpint (ent_levels_get_standing (levels, number (levels, partner))->reached, ==,
                   find (store, "ref:level:registered"));

  /* A lead that is not qualified says that leads are recorded: then none is none. */
  test_workspace_add (store, "deal", "title=Lead", "account=ref:customer", "kind=lead", "stage=prospect",
                      "registered_by=ref:bright", "opened_on=2026-11-01", NULL);
  later = load (store);
  g_assert_cmpint (ent_levels_get_standing (later, number (later, partner))->kind, ==, ENT_PROPOSAL_DOWNGRADE);
  assert_text (ent_levels_dup_reason (later, number (later, partner)),
               "Premier is no longer met (Qualified leads a month: 0 of at least 5).");
  assert_text (ent_levels_dup_proposal (later, number (later, partner)), "Downgrade to Registered");
  test_workspace_free (store);
}

/* --- Decisions -------------------------------------------------------------------------------------------------------------- */

static void
test_a_person_approves_and_undo_takes_it_back (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "select");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntLevels) levels = NULL;
  g_autoptr (EntLevelApproval) approval = NULL;
  g_autoptr (EntRecord) after = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;
  const EntRecordType *activity = ent_store_get_record_type (store, "activity");
  g_autoptr (GPtrArray) decisions = NULL, gone = NULL;

  make_premier (store);
  levels = load (store);
  approval = ent_levels_approve (levels, number (levels, partner), 0, "They earned it", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (ent_level_approval_get_label (approval), ==, "Upgrade Brightwater to Premier");
  ent_store_write (store, ent_level_approval_get_label (approval), ENT_ORIGIN_USER, ent_level_approval_write, approval,
                   NULL, NULL, &error);
  g_assert_no_error (error);
  after = ent_store_get (store, partner, &error);
  g_assert_cmpint (ent_record_get_ref (after, "level"), ==, find (store, "ref:level:premier"));
  decisions = ent_store_get_referrers (store, partner, ent_record_type_lookup (activity, "orgs"), 0, &error);
  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpstr (ent_record_get_title (decisions->pdata[0]), ==, "Level: Select → Premier");
  g_assert_cmpstr (ent_record_get_text (decisions->pdata[0], "kind"), ==, "decision");
  g_assert_nonnull (strstr (ent_record_get_text (decisions->pdata[0], "body"), "They earned it"));
  g_assert_nonnull (strstr (ent_record_get_text (decisions->pdata[0], "body"), "Approved by "));

  undone = ent_store_undo (store, 0, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&after);
  after = ent_store_get (store, partner, &error);
  g_assert_cmpint (ent_record_get_ref (after, "level"), ==, find (store, "ref:level:select"));
  gone = ent_store_get_referrers (store, partner, ent_record_type_lookup (activity, "orgs"), 0, &error);
  g_assert_cmpuint (gone->len, ==, 0);
  test_workspace_free (store);
}

static void
test_nothing_to_approve_is_refused (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "registered");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntLevels) levels = load (store);

  g_assert_null (ent_levels_approve (levels, number (levels, partner), 0, NULL, &error));
  g_assert_cmpstr (error->message, ==,
                   "No change of level is proposed for Brightwater; name the level it should have.");
  test_workspace_free (store);
}

/* --- Benefits --------------------------------------------------------------------------------------------------------------- */

static void
test_balances (void)
{
  EntStore *store = new_program ();
  EntKey partner = add_partner (store, "premier");
  g_autoptr (GError) error = NULL;
  g_autoptr (EntProgram) program = NULL;
  g_autoptr (GPtrArray) benefits = NULL;

  test_workspace_add (store, "funding", "title=Webinar", "kind=mdf", "program=ref:fund:mdf", "partner=ref:bright",
                      "state=approved", "approved=5500 USD", "decided_at=2026-05-01T00:00:00Z", NULL);
  test_workspace_add (store, "funding", "title=Fair", "kind=mdf", "program=ref:fund:mdf", "partner=ref:bright",
                      "state=paid", "approved=3000 USD", "paid=2500 USD", "decided_at=2026-06-01T00:00:00Z", "ref=fair",
                      NULL);
  test_workspace_add (store, "ledger", "kind=mdf_spend", "date=2026-07-01", "amount=2500 USD", "partner=ref:bright",
                      "funding=ref:fair", NULL);
  test_workspace_add (store, "funding", "title=Last year", "kind=mdf", "program=ref:fund:mdf", "partner=ref:bright",
                      "state=paid", "paid=900 USD", "decided_at=2025-12-31T00:00:00Z", NULL);
  test_workspace_add (store, "funding", "title=Draft", "kind=mdf", "program=ref:fund:mdf", "partner=ref:bright",
                      "state=draft", "requested=900 USD", NULL);
  test_workspace_add (store, "person", "title=Ada Jones", "ref=ada", "org=ref:bright", NULL);
  test_workspace_add (store, "assessment", "title=Sales", "kind=certification", "subject=ref:ada", "at=2026-01-05",
                      "result=pass", "hours=24", NULL);
  program = ent_program_load (store, NULL, &error);
  benefits = ent_benefits_load (store, program, partner, find (store, "ref:level:premier"), 2, 2026, TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (benefits->len, ==, 7);
  assert_text (ent_benefit_describe (benefits->pdata[1]), "$7,000 of $15,000 left");
  assert_text (ent_benefit_describe (benefits->pdata[2]), "$15,000 of $15,000 left");
  assert_text (ent_benefit_describe (benefits->pdata[3]), "Regional territory");
  assert_text (ent_benefit_describe (benefits->pdata[6]), "76 hours of 100 hours left");
  g_assert_cmpuint (ent_why_get_n_lines (((EntBenefit *) benefits->pdata[1])->why), ==, 3);
  test_workspace_free (store);
}

/* --- Keeping current ----------------------------------------------------------------------------------------------------------- */

static EntChanges *last_changes;

static void
changed_cb (EntStore   *store,
            EntChanges *changes,
            gpointer    data)
{
  g_clear_pointer (&last_changes, ent_changes_unref);
  last_changes = ent_changes_ref (changes);
}

static void
assert_same (EntStore  *store,
             EntLevels *levels,
             EntLevels *fresh)
{
  guint n = ent_metrics_get_n_partners (ent_levels_get_metrics (fresh));

  g_assert_cmpuint (n, ==, ent_metrics_get_n_partners (ent_levels_get_metrics (levels)));
  for (guint i = 0; i < n; i++)
    {
      const EntStanding *a = ent_levels_get_standing (levels, i), *b = ent_levels_get_standing (fresh, i);
      static const char * const names[] = { "ref:level:strategic", "ref:level:premier", "ref:level:select" };

      g_assert_cmpint (a->reached, ==, b->reached);
      g_assert_cmpint (a->proposed, ==, b->proposed);
      g_assert_cmpint (a->kind, ==, b->kind);
      for (guint l = 0; l < 3; l++)
        {
          EntKey level = find (store, names[l]);
          g_autofree char *one = tell_results (levels, i, level);

          assert_text (tell_results (fresh, i, level), one);
        }
    }
}

static void
test_an_update_equals_a_new_look (void)
{
  static const struct { const char *type, *filter; const char *change; } edits[] =
  {
    { "agreement", "kind = program_agreement", "annual_commitment=60000 USD" },
    { "deal", "stage = prospect", "stage=qualified" },
    { "deal", "stage = won", "registered_by=ref:org:brightwater" },
    { "deal_party", "role = source", "role=delivery" },
    { "document", "kind = case_study", "status=retired" },
    { "plan", "kind = qbr and status = signed", "status=canceled" },
    { "campaign", "status = running", "partners=ref:org:brightwater" },
    { "campaign_line", "qualified > 2", "qualified=90" },
    { "assessment", "kind = tier_rubric", "at=2026-11-19" },
    { "assessment_score", "value > 3", "value=0.5" },
    { "organization", "roles has partner and lifecycle = active", "council_member=true" },
    { "organization", "roles has partner and level = Select", "partner_type=technology" },
  };
  g_autoptr (GError) error = NULL;
  EntStore *store = test_workspace_new ();
  g_autoptr (EntLevels) levels = NULL;

  ent_sample_fill (store, TODAY, NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), NULL);
  levels = load (store);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      EntQuery query = { .type = ent_store_get_record_type (store, edits[i].type) };
      g_autoptr (EntFilter) filter = ent_filter_parse (query.type, edits[i].filter, NULL, &error);
      g_autoptr (EntResult) found = NULL;
      g_autoptr (EntLevels) fresh = NULL;
      EntKey key;

      g_assert_no_error (error);
      query.filter = filter;
      found = ent_store_query (store, &query, NULL, &error);
      g_assert_cmpuint (ent_result_get_n (found), >, 0);
      key = ent_key_make (query.type->info->number, ent_result_get_rows (found)[0]);
      g_clear_pointer (&last_changes, ent_changes_unref);
      test_workspace_set (store, key, edits[i].change, NULL);
      test_wait_for (last_changes != NULL);
      if (!ent_levels_update (levels, store, last_changes, &error))
        g_error ("%s %s needs a new snapshot", edits[i].type, edits[i].change);
      fresh = load (store);
      assert_same (store, levels, fresh);

      g_clear_pointer (&last_changes, ent_changes_unref);
      /* What the ledger names stays. */
      if (g_str_equal (edits[i].type, "organization") || strstr (edits[i].filter, "stage = won") != NULL)
        continue;
      test_workspace_delete (store, key);
      test_wait_for (last_changes != NULL);
      g_assert_true (ent_levels_update (levels, store, last_changes, &error));
      g_clear_pointer (&fresh, ent_levels_unref);
      fresh = load (store);
      assert_same (store, levels, fresh);
    }
  g_clear_pointer (&last_changes, ent_changes_unref);
  test_workspace_free (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/levels/d1/requirements", test_requirements);
  g_test_add_func ("/levels/d1/benefits", test_benefits_of_levels);
  g_test_add_func ("/levels/d2/the-type-raises-the-commitment", test_the_type_raises_the_commitment);
  g_test_add_func ("/levels/a-partner-reaches-premier", test_a_partner_reaches_premier);
  g_test_add_func ("/levels/gaps-are-whole", test_gaps_are_whole);
  g_test_add_func ("/levels/nothing-on-record-is-not-zero", test_nothing_on_record_is_not_zero);
  g_test_add_func ("/approval/undo-takes-it-back", test_a_person_approves_and_undo_takes_it_back);
  g_test_add_func ("/approval/nothing-to-approve", test_nothing_to_approve_is_refused);
  g_test_add_func ("/benefits/balances", test_balances);
  g_test_add_func ("/levels/an-update-equals-a-new-look", test_an_update_equals_a_new_look);
  return g_test_run ();
}
