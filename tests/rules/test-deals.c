/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipeline's rules: sums to the cent, registrations and who may what, conflicts, what is amiss with a deal. */
#include "config.h"

#include <string.h>

#include "rules/ent-deal-change.h"
#include "rules/ent-deal-checks.h"
#include "rules/ent-forecast.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

/* Guards ask the real clock, so that days count from it. */
static gint64 today;
/* The standard program, made once and copied for each test. */
static EntStore *program;

typedef struct
{
  EntStore *store;
  EntKey    account;
  EntKey    premier; /* a partner */
  EntKey    select;  /* another */
  EntKey    product;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("entente-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "test.entente", NULL);

  today = ent_date_today ();
  ent_store_backup (program, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  f->store = ent_store_open (path, NULL, ENT_STORE_OPEN_DEFAULT, NULL, &error);
  g_assert_no_error (error);
  ent_rules_attach (f->store);
  f->account = test_workspace_add (f->store, "organization", "title=Great Plains", "roles=customer", NULL);
  f->premier = test_workspace_add (f->store, "organization", "title=Brightwater", "roles=partner",
                                   "level=ref:level:premier", "partner_type=channel", NULL);
  f->select = test_workspace_add (f->store, "organization", "title=Tidewater", "roles=partner",
                                  "level=ref:level:select", "partner_type=technology", NULL);
  f->product = test_workspace_add (f->store, "offering", "title=Flow", "kind=product", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  test_workspace_free (f->store);
}

static EntDeals *
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  EntDeals *deals = ent_deals_load (f->store, today, NULL, &error);

  g_assert_no_error (error);
  return deals;
}

static char *
day (const char *name,
     gint64      offset)
{
  g_autofree char *text = ent_date_write (today + offset);

  return g_strconcat (name, "=", text, NULL);
}

static EntKey
add_deal (Fixture    *f,
          const char *title,
          const char *stage,
          const char *amount,
          gint64      close)
{
  g_autofree char *name = g_strconcat ("title=", title, NULL);
  g_autofree char *at = g_strconcat ("stage=", stage, NULL);
  g_autofree char *money = g_strconcat ("amount=", amount, NULL);
  g_autofree char *opened = day ("opened_on", -60);
  g_autofree char *expected = day ("expected_close", close);

  return test_workspace_add (f->store, "deal", name, "account=Great Plains", at, money, opened, expected, NULL);
}

/* What a change does, in a transaction of its own. */
typedef struct
{
  EntKey      deal;
  EntKey      other;
  const char *text;
  const char *reason;
  gint64      day;
} Change;

static gboolean
submit_cb (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Change *change = data;
  EntRegistration what = { .deal = change->deal, .partner = change->other, .now = g_get_real_time (),
                           .today = change->day };

  return ent_registration_submit (transaction, &what, error) != 0;
}

static gboolean
renew_cb (EntTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Change *change = data;

  return ent_registration_renew (transaction, change->deal, change->other, change->day, error);
}

static gboolean
reopen_cb (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Change *change = data;

  return ent_registration_reopen (transaction, change->deal, change->other, change->day, error);
}

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         data,
         GError         **error)
{
  Change *change = data;

  return ent_deal_move (transaction, change->deal, change->text, change->reason, change->day, error);
}

static gboolean
set_cb (EntTransaction  *transaction,
        gpointer         data,
        GError         **error)
{
  Change *change = data;
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, change->deal, error);

  return ent_record_set_text (record, change->text, change->reason, error) &&
         ent_transaction_update (transaction, record, error);
}

static void
does (Fixture            *f,
      EntTransactionFunc  func,
      Change              change)
{
  g_autoptr (GError) error = NULL;

  if (change.day == 0)
    change.day = today;
  ent_store_write (f->store, "Change", ENT_ORIGIN_USER, func, &change, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
refuses (Fixture            *f,
         EntTransactionFunc  func,
         Change              change,
         int                 code,
         const char         *says)
{
  g_autoptr (GError) error = NULL;

  if (change.day == 0)
    change.day = today;
  g_assert_false (ent_store_write (f->store, "Change", ENT_ORIGIN_USER, func, &change, NULL, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, code);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
assert_text (Fixture    *f,
             EntKey      key,
             const char *field,
             const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  g_assert_cmpstr (ent_record_get_text (record, field), ==, text);
}

static gint64
get_int (Fixture    *f,
         EntKey      key,
         const char *field)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);

  return ent_record_get_int (record, field, G_MININT64);
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

/* --- Registrations ------------------------------------------------------------------------------------------------ */

static void
test_a_registration_holds_for_90_days (Fixture       *f,
                                       gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  g_autoptr (EntDeals) deals = NULL;

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  assert_text (f, deal, "registration_state", "submitted");
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 90);
  deals = load (f);
  g_assert_cmpuint (ent_deals_lookup (deals, deal)->n_parties, ==, 1);
  g_assert_cmpint (ent_deals_lookup (deals, deal)->parties[0].share, ==, 1000000);
  refuses (f, submit_cb, (Change) { .deal = deal, .other = f->select }, ENT_RULE_ERROR_REFUSED, "Brightwater");
}

static void
test_states_follow_each_other (Fixture       *f,
                               gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);

  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "renewed" },
           ENT_RULE_ERROR_REFUSED, "cannot become Renewed");
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_PARTNER, "partner");
  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  does (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" });
  g_assert_cmpint (get_int (f, deal, "valid_at"), >, 0);
  g_assert_cmpint (get_int (f, deal, "approved_at"), >, 0);
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "rejected" },
           ENT_RULE_ERROR_REFUSED, "it can become Renewed, Withdrawn, Expired, Converted");
}

static void
test_renewal_needs_proof (Fixture       *f,
                          gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  EntKey proof = test_workspace_add (f->store, "document", "title=Minutes", "kind=evidence", NULL);

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  refuses (f, renew_cb, (Change) { .deal = deal, .other = proof }, ENT_RULE_ERROR_REFUSED, "not active");
  does (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" });
  refuses (f, renew_cb, (Change) { .deal = deal }, ENT_RULE_ERROR_NEEDS_PROOF, "proof");
  does (f, renew_cb, (Change) { .deal = deal, .other = proof });
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 180);
  g_assert_cmpint (get_int (f, deal, "renewals"), ==, 1);
  refuses (f, renew_cb, (Change) { .deal = deal, .other = proof }, ENT_RULE_ERROR_NEEDS_PROOF, "before");
}

static void
test_expiry_and_reopening (Fixture       *f,
                           gconstpointer  data)
{
  EntKey deal = add_deal (f, "Claims", "prospect", "1000 USD", 100);
  EntKey manager = test_workspace_add (f->store, "person", "title=Max", "seniority=manager", NULL);
  EntKey president = test_workspace_add (f->store, "person", "title=Ana", "seniority=vp", NULL);
  g_autoptr (GError) error = NULL;
  int n;

  does (f, submit_cb, (Change) { .deal = deal, .other = f->premier });
  ent_registration_expire (f->store, today + 90, NULL, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 0);
  ent_registration_expire (f->store, today + 91, NULL, &n, &error);
  g_assert_cmpint (n, ==, 1);
  assert_text (f, deal, "registration_state", "expired");
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_APPROVAL, "name who approved it");
  refuses (f, reopen_cb, (Change) { .deal = deal, .other = manager }, ENT_RULE_ERROR_NEEDS_APPROVAL, "Max");
  does (f, reopen_cb, (Change) { .deal = deal, .other = president });
  assert_text (f, deal, "registration_state", "active");
  g_assert_cmpint (get_int (f, deal, "expires_on"), ==, today + 90);
  /* Step by step back. */
  ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
  assert_text (f, deal, "registration_state", "expired");
  ent_transaction_info_free (ent_store_undo (f->store, 0, NULL, &error));
  assert_text (f, deal, "registration_state", "submitted");
  g_assert_no_error (error);
  /* An approval counts once. */
  g_assert_true (ent_registration_expire (f->store, today + 91, NULL, NULL, &error));
  does (f, reopen_cb, (Change) { .deal = deal, .other = president });
  g_assert_true (ent_registration_expire (f->store, today + 200, NULL, NULL, &error));
  refuses (f, set_cb, (Change) { .deal = deal, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_NEEDS_APPROVAL, "approved");
}

static void
test_conflicts_are_decided_by_level_then_time (Fixture       *f,
                                               gconstpointer  data)
{
  EntKey first = add_deal (f, "First", "prospect", "1000 USD", 100);
  EntKey second = add_deal (f, "Second", "prospect", "1000 USD", 100);
  EntKey third = add_deal (f, "Third", "prospect", "1000 USD", 100);
  EntKey other = test_workspace_add (f->store, "offering", "title=Vault", "kind=product", NULL);
  g_autofree char *product = g_strdup_printf ("offering=Flow");
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const EntDealConflict *conflict;

  test_workspace_set (f->store, first, product, NULL);
  test_workspace_set (f->store, third, "offering=Vault", NULL);
  g_assert_cmpint (other, !=, 0);
  does (f, submit_cb, (Change) { .deal = first, .other = f->select });
  does (f, set_cb, (Change) { .deal = first, .text = "registration_state", .reason = "active" });
  /* The second names no product, so that it is about all; the third is about another one. */
  does (f, submit_cb, (Change) { .deal = second, .other = f->premier });
  does (f, submit_cb, (Change) { .deal = third, .other = f->select });
  deals = load (f);
  conflicts = ent_deals_find_conflicts (deals, ent_deals_lookup (deals, first));
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpint (conflict->winner, ==, second);
  g_assert_nonnull (strstr (conflict->reason, "Premier"));
  refuses (f, set_cb, (Change) { .deal = second, .text = "registration_state", .reason = "active" },
           ENT_RULE_ERROR_CONFLICT, "End that registration first");
  g_assert_cmpuint (ent_deals_get_n (deals), ==, 3);
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

#define ADD(path, func) g_test_add ("/deals/" path, Fixture, NULL, set_up, func, tear_down)

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
  ADD ("a-registration-holds-for-90-days", test_a_registration_holds_for_90_days);
  ADD ("states-follow-each-other", test_states_follow_each_other);
  ADD ("renewal-needs-proof", test_renewal_needs_proof);
  ADD ("expiry-and-reopening", test_expiry_and_reopening);
  ADD ("conflicts-are-decided-by-level-then-time", test_conflicts_are_decided_by_level_then_time);
  ADD ("closing", test_closing);
  ADD ("an-end-before-the-start-is-refused", test_an_end_before_the_start_is_refused);
  ADD ("what-is-amiss-is-told", test_what_is_amiss_is_told);
  ADD ("partner-deals-are-counted", test_partner_deals_are_counted);
  status = g_test_run ();
  test_workspace_free (program);
  return status;
}
