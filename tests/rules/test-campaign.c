/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Campaigns: milestones, costs, exchange rates. */
#include "config.h"

#include "rules/fund-fixture.h"

/* --- Deadlines ------------------------------------------------------------------------------------------------------------ */

static gboolean
milestone_cb (EntTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  return ent_campaign_add_milestone (transaction, &((Milestone *) data)->milestone, &((Milestone *) data)->made, error);
}

/* The first makes the campaign's plan, the second joins it; both stand in the calendar. */
static void
test_milestones (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL, refused = NULL;
  EntKey campaign = test_workspace_add (store, "campaign", "title=Roadshow", "ref=roadshow", NULL);
  Milestone first = { { campaign, "Venue booked", TODAY + 5 }, 0 }, second = { { campaign, "Doors open", TODAY + 9 }, 0 };
  Milestone nameless = { { campaign, "", TODAY }, 0 };
  g_autoptr (EntRecord) one = NULL, two = NULL;
  g_autoptr (GPtrArray) dates = NULL;
  guint n = 0;

  g_assert_true (ent_store_write (store, "x", ENT_ORIGIN_USER, milestone_cb, &first, NULL, NULL, &error));
  g_assert_true (ent_store_write (store, "x", ENT_ORIGIN_USER, milestone_cb, &second, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (ent_store_write (store, "x", ENT_ORIGIN_USER, milestone_cb, &nameless, NULL, NULL, &refused));
  g_assert_error (refused, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
  one = ent_store_get (store, first.made, NULL);
  two = ent_store_get (store, second.made, NULL);
  g_assert_cmpint (ent_record_get_ref (one, "parent"), ==, ent_record_get_ref (two, "parent"));
  dates = ent_campaign_dates (store, TODAY, TODAY + 30, &error);
  for (guint i = 0; i < dates->len; i++)
    {
      const EntCampaignDate *date = g_ptr_array_index (dates, i);

      n += date->is_milestone && date->key == campaign && date->plan == ent_record_get_ref (one, "parent");
    }
  g_assert_cmpuint (n, ==, 2);
}

/* --- Campaigns --------------------------------------------------------------------------------------------------------------- */

static void
test_a_campaign_costs_all_of_it (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL;
  EntKey key = test_workspace_add (store, "campaign", "title=Push", "ref=push", "hours=10", "partner_cost=100 USD",
                                   "budget_total=2000 USD", NULL);
  g_autoptr (EntCampaignReport) empty = ent_campaign_report_load (store, key, TODAY, &error);
  g_autoptr (EntCampaignReport) report = NULL;
  EntFunnelStep steps[ENT_CAMPAIGN_N_FUNNEL];
  gint64 sum = 0;

  g_assert_no_error (error);
  g_assert_cmpint (empty->cost, ==, 85000 + 10000);
  g_assert_false (empty->has_roi);
  test_workspace_add (store, "campaign_line", "parent=ref:push", "channel=email", "week=2026-11-02", "spent=100.01 USD",
                      "impressions=1000", "clicks=50", "leads=10", "qualified=4", "revenue=3000 USD", NULL);
  test_workspace_add (store, "campaign_line", "parent=ref:push", "channel=event", "week=2026-11-09", "spent=200 USD",
                      "paid_by=mdf", "leads=5", NULL);
  report = ent_campaign_report_load (store, key, TODAY, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report->media, ==, 10001);
  g_assert_cmpint (report->funds, ==, 20000);
  g_assert_cmpint (report->cost, ==, 10001 + 20000 + 85000 + 10000);
  g_assert_true (report->has_roi);
  g_assert_cmpint (report->roi_pct, ==, 1399981); /* (3000 − 1250.01) / 1250.01 = 139.9981 % */
  for (guint i = 0; i < report->channels->len; i++)
    sum += ((EntCampaignPart *) g_ptr_array_index (report->channels, i))->cost;
  g_assert_cmpint (sum, ==, report->cost);
  ent_campaign_get_funnel (report, steps);
  g_assert_cmpint (steps[2].count, ==, 15);
  g_assert_false (steps[0].has_rate);
}

static void
test_rates_are_looked_up (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EntExchangeRates) rates = NULL;
  gint64 result;

  test_workspace_add (store, "program_rule", "parent=ref:rates:exchange", "metric=exchange_rate", "threshold_text=EUR",
                      "threshold_pct=110", NULL);
  test_workspace_add (store, "program_rule", "parent=ref:rates:exchange", "metric=exchange_rate", "threshold_text=JPY",
                      "threshold_pct=0.6600", NULL);
  rates = ent_exchange_rates_load (store, &error);
  g_assert_no_error (error);
  g_assert_true (ent_exchange_rates_convert (rates, 1000, "EUR", "USD", &result));
  g_assert_cmpint (result, ==, 1100);
  g_assert_true (ent_exchange_rates_convert (rates, 1000, "JPY", "USD", &result)); /* ¥1,000 */
  g_assert_cmpint (result, ==, 660);
  g_assert_true (ent_exchange_rates_convert (rates, 660, "USD", "JPY", &result));
  g_assert_cmpint (result, ==, 1000);
  g_assert_false (ent_exchange_rates_convert (rates, 1000, "CHF", "USD", &result));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/campaign/milestones", test_milestones);
  g_test_add_func ("/campaign/costs-all-of-it", test_a_campaign_costs_all_of_it);
  g_test_add_func ("/campaign/rates-are-looked-up", test_rates_are_looked_up);
  status = g_test_run ();
  g_clear_pointer (&shared, test_workspace_free);
  return status;
}
