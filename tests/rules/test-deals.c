/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline's rules: sums to the cent, registrations and who may what, conflicts, what is amiss with a deal. */
#include "config.h"

#include "rules/deals-fixture.h"

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Change *change = data;

  return ent_deal_move (transaction, change->deal, change->text, change->reason, change->day, error);
}

static char *
issues_of (Fixture *f,
           EntKey   key)
{
  g_autoptr (EntDeals) deals = load (f);
  g_autoptr (GPtrArray) issues = ent_deals_check (deals, ent_deals_lookup (deals, key));
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < issues->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            ent_deal_issue_get_name (((EntDealIssue *) g_ptr_array_index (issues, i))->kind));
  return g_string_free (names, FALSE);
}

static void
assert_issues (Fixture    *f,
               EntKey      key,
               const char *expected)
{
  g_autofree char *names = issues_of (f, key);

  g_assert_cmpstr (names, ==, expected);
}

/* --- Sums ---------------------------------------------------------------------------------------------------- */

static void
test_amounts_are_exact (void)
{
  g_autoptr (EntAmounts) amounts = ent_amounts_new ();
  g_autofree char *text = NULL;

  ent_amounts_set_first (amounts, "USD");
  /* Three times a third of a cent is a cent, not zero. */
  for (int i = 0; i < 3; i++)
    ent_amounts_add (amounts, 1, "USD", 333333);
  g_assert_cmpint (ent_amounts_get (amounts, "USD"), ==, 1);
  ent_amounts_add (amounts, 100, "EUR", 1000000);
  ent_amounts_add (amounts, 500, "USD", 100000);
  g_assert_cmpuint (ent_amounts_get_n (amounts), ==, 2);
  text = ent_amounts_display (amounts, ENT_DISPLAY_FULL, NULL);
  g_assert_cmpstr (text, ==, "$0.51 + €1.00");
  /* Half a cent goes to the even neighbor; what exceeds 64 bits stays at the end of them. */
  ent_amounts_add (amounts, 1, "CHF", 500000);
  g_assert_cmpint (ent_amounts_get (amounts, "CHF"), ==, 0);
  ent_amounts_add (amounts, G_MAXINT64, "GBP", 1000000);
  ent_amounts_add (amounts, G_MAXINT64, "GBP", 1000000);
  g_assert_cmpint (ent_amounts_get (amounts, "GBP"), ==, G_MAXINT64);
  g_assert_cmpint (ent_amounts_get (amounts, "SEK"), ==, 0);
}

static void
test_quarters (void)
{
  EntQuarter quarter;

  g_assert_true (ent_quarter_read ("2026-Q4", 0, &quarter));
  g_assert_cmpint (ent_quarter_get_first (quarter), ==, ent_date_from_ymd (2026, 10, 1));
  g_assert_cmpint (ent_quarter_get_last (quarter), ==, ent_date_from_ymd (2026, 12, 31));
  g_assert_cmpint (ent_quarter_of_day (ent_date_from_ymd (2027, 1, 1)), ==, quarter + 1);
  g_assert_true (ent_quarter_read ("next", ent_date_from_ymd (2026, 7, 1), &quarter));
  g_assert_cmpint (quarter, ==, ent_quarter_of_day (ent_date_from_ymd (2026, 10, 5)));
  g_assert_false (ent_quarter_read ("2026-Q5", 0, &quarter));
  g_assert_false (ent_quarter_read ("2026-Q4x", 0, &quarter));
  g_assert_false (ent_quarter_read ("", 0, &quarter));
}

/* The quarter after the present one, so that no day of it has passed. */
static void
test_forecast_weighs_by_stage_and_own_estimate (Fixture       *f,
                                                gconstpointer  data)
{
  EntQuarter quarter = ent_quarter_of_day (today) + 1;
  gint64 close = ent_quarter_get_first (quarter) - today;
  EntKey own = add_deal (f, "Own", "qualified", "1000.01 USD", close);
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntForecast) forecast = NULL;

  test_workspace_set (f->store, own, "probability_pct=33.3333", NULL);
  add_deal (f, "Stage", "committed", "200000 USD", close + 1);
  add_deal (f, "Euro", "qualified", "100 EUR", close);
  add_deal (f, "Later", "committed", "9999 USD", close + 120);
  deals = load (f);
  forecast = ent_deals_forecast (deals, quarter, NULL);
  /* 1000.01 × 33.3333 % = 333.336…; 200,000 × 90 % */
  g_assert_cmpint (ent_amounts_get (forecast->weighted, "USD"), ==, 33334 + 18000000);
  g_assert_cmpint (ent_amounts_get (forecast->weighted, "EUR"), ==, 2500);
  g_assert_cmpuint (forecast->n_open, ==, 3);
  /* The source's target: $250,000 a quarter; euros have no rate, so they stay out and are told. */
  g_assert_cmpint (forecast->target, ==, 25000000);
  g_assert_cmpint (forecast->weighted_counted, ==, 18033334);
  g_assert_cmpint (ent_amounts_get (forecast->left_out, "EUR"), ==, 2500);
  g_assert_cmpint (forecast->coverage_pct, ==, 721333);
  g_assert_nonnull (strstr (ent_why_get_note (forecast->why), "no exchange rate"));
}

static void
test_a_rate_or_a_threshold_changed_in_the_workspace_counts (Fixture       *f,
                                                            gconstpointer  data)
{
  EntQuarter quarter = ent_quarter_of_day (today) + 1;
  g_autofree char *from = day ("effective_from", ent_quarter_get_first (quarter) - today);
  g_autofree char *to = day ("effective_to", ent_quarter_get_last (quarter) - today);
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntForecast) forecast = NULL;
  EntKey goal;
  g_autofree char *parent = NULL;

  add_deal (f, "Yen", "committed", "1500000 JPY", ent_quarter_get_first (quarter) - today);
  test_workspace_add (f->store, "program_rule", "parent=ref:rates:exchange", "metric=exchange_rate",
                      "threshold_text=JPY", "threshold_pct=0.65", NULL);
  goal = test_workspace_add (f->store, "program", "title=Spring", "kind=goal", from, to, NULL);
  parent = g_strdup_printf ("parent=PRG-%04d", (int) ent_key_row (goal));
  test_workspace_add (f->store, "program_rule", parent, "metric=quarter_target", "threshold_amount=100000 USD", NULL);
  deals = load (f);
  forecast = ent_deals_forecast (deals, quarter, NULL);
  /* ¥1,350,000 at $0.0065 */
  g_assert_cmpint (forecast->weighted_counted, ==, 877500);
  g_assert_cmpuint (ent_amounts_get_n (forecast->left_out), ==, 0);
  g_assert_cmpint (forecast->goal, ==, goal);
  g_assert_cmpint (forecast->target, ==, 10000000);
}

static void
test_board_columns (Fixture       *f,
                    gconstpointer  data)
{
  EntKey late = add_deal (f, "Late", "qualified", "10 USD", 30);
  EntKey soon = add_deal (f, "Soon", "qualified", "20 USD", 3);
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  const EntDealColumn *column;

  deals = load (f);
  columns = ent_deals_group (deals, ENT_DEALS_BY_STAGE, ent_quarter_of_day (today), NULL);
  g_assert_cmpuint (columns->len, ==, 7);
  column = g_ptr_array_index (columns, 1);
  g_assert_cmpstr (column->id, ==, "qualified");
  g_assert_cmpint (column->chance, ==, 250000);
  g_assert_cmpuint (column->keys->len, ==, 2);
  g_assert_cmpint (g_array_index (column->keys, EntKey, 0), ==, soon);
  g_assert_cmpint (g_array_index (column->keys, EntKey, 1), ==, late);
  g_assert_cmpint (ent_amounts_get (column->weighted, "USD"), ==, 750);
  g_assert_cmpstr (((EntDealColumn *) g_ptr_array_index (columns, 6))->id, ==, "lost");
}

/* --- Stages and dates --------------------------------------------------------------------------------------------- */

static void
test_closing (Fixture       *f,
              gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "committed", "1000 USD", 100);

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  refuses (f, move_cb, (Change) { .deal = deal, .text = "lost" }, ENT_RULE_ERROR_NEEDS_LOSS_REASON, "reason");
  does (f, move_cb, (Change) { .deal = deal, .text = "lost", .reason = "price" });
  g_assert_cmpint (get_int (f, deal, "closed_on"), ==, today);
  assert_text (f, deal, "registration_state", "withdrawn");
  does (f, set_cb, (Change) { .deal = deal, .text = "stage", .reason = "committed" });
  assert_text (f, deal, "loss_reason", NULL);
  g_assert_cmpint (get_int (f, deal, "closed_on"), ==, G_MININT64);
  does (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "submitted" });
  does (f, set_cb, (Change) { .deal = deal, .text = "stage", .reason = "won" });
  assert_text (f, deal, "registration_state", "converted");
}

static void
test_an_end_before_the_start_is_refused (Fixture       *f,
                                         gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "committed", "1000 USD", 100);
  g_autofree char *early = ent_date_write (today - 61);

  refuses (f, set_cb, (Change) { .deal = deal, .text = "expected_close", .reason = early }, ENT_RULE_ERROR_REFUSED,
           "before it was opened");
}

static void
test_what_is_amiss_is_told (Fixture       *f,
                            gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "qualified", "1000 EUR", 10);
  g_autofree char *parent = g_strdup_printf ("parent=D-%04d", (int) ent_key_row (deal));
  g_autofree char *passed = day ("expected_close", -12);
  g_autofree char *later = day ("expected_close", 40);

  assert_issues (f, deal, "stalled rate");
  test_workspace_add (f->store, "deal_party", parent, "org=Brightwater", "role=source", "share_pct=60", NULL);
  assert_issues (f, deal, "stalled shares rate incomplete");
  test_workspace_add (f->store, "deal_party", parent, "org=Tidewater", "role=technical", "share_pct=40", NULL);
  assert_issues (f, deal, "stalled rate incomplete");
  test_workspace_set (f->store, deal, passed, NULL);
  assert_issues (f, deal, "overdue stalled rate incomplete");
  /* From the journal: the close was moved later; a change of stage is a sign of life. */
  test_workspace_set (f->store, deal, later, "stage=committed", NULL);
  assert_issues (f, deal, "slipped rate incomplete");
}

static void
test_partner_deals_are_counted (Fixture       *f,
                                gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "qualified", "1000 USD", 10);
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntInfluence) influence = NULL;

  add_deal (f, "Direct", "qualified", "1000 USD", 10);
  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  deals = load (f);
  influence = ent_deals_influence (deals, ent_quarter_of_day (today));
  g_assert_cmpint (influence->captured_pct, ==, 500000);
  g_assert_cmpint (influence->complete_pct, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  program = test_workspace_new ();
  ent_program_defaults_install (program, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/deals/amounts-are-exact", test_amounts_are_exact);
  g_test_add_func ("/deals/quarters", test_quarters);
  ADD ("forecast-weighs-by-stage-and-own-estimate", test_forecast_weighs_by_stage_and_own_estimate);
  ADD ("a-rate-or-a-target-of-the-workspace-counts", test_a_rate_or_a_threshold_changed_in_the_workspace_counts);
  ADD ("board-columns", test_board_columns);
  ADD ("closing", test_closing);
  ADD ("an-end-before-the-start-is-refused", test_an_end_before_the_start_is_refused);
  ADD ("what-is-amiss-is-told", test_what_is_amiss_is_told);
  ADD ("partner-deals-are-counted", test_partner_deals_are_counted);
  status = g_test_run ();
  test_workspace_free (program);
  return status;
}
