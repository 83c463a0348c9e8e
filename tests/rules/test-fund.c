/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Funds: who may ask, what is left, which moves are refused and why; exact shares; what a campaign costs. */
#include "config.h"

#include "rules/fund-fixture.h"

static EntKey
find (EntStore   *store,
      const char *ref)
{
  g_autoptr (GError) error = NULL;
  EntKey key = ent_store_resolve (store, NULL, ref, &error);

  g_assert_no_error (error);
  return key;
}

/* --- Shares -------------------------------------------------------------------------------------------------------- */

static void
test_shares_add_up (void)
{
  const gint64 thirds[] = { 1, 1, 1 }, uneven[] = { 50, 30, 20 }, none[] = { 0, 0 };
  const gint64 huge[] = { G_MAXINT64, G_MAXINT64, 1 };
  gint64 parts[3], fund, others;

  g_assert_true (ent_fund_split (100, thirds, 3, parts));
  g_assert_cmpint (parts[0], ==, 34);
  g_assert_cmpint (parts[1], ==, 33);
  g_assert_cmpint (parts[2], ==, 33);
  g_assert_true (ent_fund_split (7, uneven, 3, parts)); /* 3.5, 2.1, 1.4 */
  g_assert_cmpint (parts[0], ==, 4);
  g_assert_cmpint (parts[1], ==, 2);
  g_assert_cmpint (parts[2], ==, 1);
  g_assert_true (ent_fund_split (-100, thirds, 3, parts));
  g_assert_cmpint (parts[0] + parts[1] + parts[2], ==, -100);
  g_assert_true (ent_fund_split (G_MAXINT64, huge, 3, parts));
  g_assert_cmpint (parts[0] + parts[1] + parts[2], ==, G_MAXINT64);
  g_assert_false (ent_fund_split (100, none, 2, parts));

  ent_fund_match (333, 500000, &fund, &others); /* 50 % of 3.33 */
  g_assert_cmpint (fund + others, ==, 333);
  g_assert_cmpint (fund, ==, 167);
  ent_fund_match (1000, 1000000, &fund, &others);
  g_assert_cmpint (others, ==, 0);
}

/* --- Allocation and balance ----------------------------------------------------------------------------------------- */

static gint64
get_left (EntStore          *store,
          EntKey             partner,
          EntFundAllocation *source)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFundBook) book = ent_fund_book_load (store, NULL, &error);
  g_autoptr (GPtrArray) balances = NULL;
  const EntFundBalance *balance;

  g_assert_no_error (error);
  balances = ent_fund_book_balances (book, find (store, "ref:fund:mdf"), partner, 2026);
  g_assert_cmpuint (balances->len, <=, 1);
  if (balances->len == 0)
    return -1;
  balance = g_ptr_array_index (balances, 0);
  g_assert_cmpint (balance->available, ==, balance->allocated - balance->approved - balance->spent);
  g_assert_nonnull (balance->why);
  *source = balance->source;
  return balance->available;
}

/* Data sheet D1: $50K, $15K, $5K, $2K. */
static void
test_the_level_allocates (void)
{
  static const struct { const char *level; gint64 amount; } levels[] = {
    { "ref:level:strategic", 5000000 }, { "ref:level:premier", 1500000 },
    { "ref:level:select", 500000 },     { "ref:level:registered", 200000 },
  };
  EntStore *store = get_workspace ();
  EntKey none = test_workspace_add (store, "organization", "title=Nobody", NULL);
  EntFundAllocation source = ENT_FUND_ALLOCATED_NOT;

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *level = g_strdup_printf ("level=%s", levels[i].level);
      g_autofree char *title = g_strdup_printf ("title=Partner %zu", i);
      EntKey partner = test_workspace_add (store, "organization", title, "roles=partner", level, NULL);

      g_assert_cmpint (get_left (store, partner, &source), ==, levels[i].amount);
      g_assert_cmpint (source, ==, ENT_FUND_ALLOCATED_LEVEL);
    }
  g_assert_cmpint (get_left (store, none, &source), ==, -1);
}

/* --- Eligibility ------------------------------------------------------------------------------------------------------ */

static const EntFundCheck *
find_check (GPtrArray  *checks,
            const char *text)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->text, text))
        return check;
    }
  g_error ("no rule “%s”", text);
}

static GPtrArray *
check_partner (EntStore   *store,
               const char *program,
               EntKey      partner)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFundFacts) facts = ent_fund_facts_load (store, find (store, program), partner, 0, &error);

  g_assert_no_error (error);
  return ent_fund_check (facts, TODAY);
}

static void
test_eligibility_says_why (void)
{
  EntStore *store = get_workspace ();
  EntKey partner = test_workspace_add (store, "organization", "title=Newcomer", "roles=partner", "lifecycle=onboarding", NULL);
  g_autoptr (GPtrArray) own = check_partner (store, "ref:fund:mdf", partner);
  g_autoptr (GPtrArray) cloud = check_partner (store, "ref:fund:map", partner);
  g_autoptr (GPtrArray) after = NULL;
  const EntFundCheck *check = find_check (own, "The partner is active");

  g_assert_cmpint (check->verdict, ==, ENT_FUND_NOT_MET);
  g_assert_cmpstr (check->reason, ==, "Onboarding");
  g_assert_cmpstr (ent_why_get_value (check->why), ==, "Not met");
  g_assert_cmpint (find_check (own, "No claim of the partner is overdue")->verdict, ==, ENT_FUND_MET);
  g_assert_cmpint (ent_fund_get_verdict (own), ==, ENT_FUND_NOT_MET);

  /* Not recorded is unknown, not no. */
  g_assert_cmpint (find_check (cloud, "The partner builds on AWS")->verdict, ==, ENT_FUND_UNKNOWN);
  g_assert_cmpint (find_check (cloud, "The request names the deal it is for")->verdict, ==, ENT_FUND_UNKNOWN);
  test_workspace_set (store, partner, "cloud_platforms=gcp; aws", NULL);
  after = check_partner (store, "ref:fund:map", partner);
  g_assert_cmpint (find_check (after, "The partner builds on AWS")->verdict, ==, ENT_FUND_MET);
}

/* --- Moves -------------------------------------------------------------------------------------------------------------- */

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  return ent_fund_move (transaction, user_data, error);
}

static gboolean
ask_cb (EntTransaction  *transaction,
        gpointer         user_data,
        GError         **error)
{
  gpointer *both = user_data;

  return (*(EntKey *) both[1] = ent_fund_ask (transaction, both[0], error)) != 0;
}

static EntKey
ask (EntStore *store,
     EntKey    partner,
     EntKey    by,
     gint64    amount)
{
  EntFundAsk question = { .program = find (store, "ref:fund:mdf"), .partner = partner, .amount = amount,
                          .currency = "USD", .by = by, .outcome = "Leads", .start = TODAY + 30, .end = TODAY + 31 };
  g_autoptr (GError) error = NULL;
  EntKey key = 0;
  gpointer both[] = { &question, &key };

  g_assert_true (ent_store_write (store, "Ask", ENT_ORIGIN_USER, ask_cb, both, NULL, NULL, &error));
  g_assert_no_error (error);
  return key;
}

/* NULL @refusal: must be done; else refused with these words. */
static void
move_to (EntStore    *store,
         EntFundMove  move,
         const char  *state,
         int          code,
         const char  *refusal)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  move.state = state;
  if (move.now == 0)
    move.now = NOW;
  done = ent_store_write (store, "Move", ENT_ORIGIN_USER, move_cb, &move, NULL, NULL, &error);
  if (refusal == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (done);
      return;
    }
  g_assert_error (error, ENT_RULE_ERROR, code);
  if (strstr (error->message, refusal) == NULL)
    g_error ("“%s” does not say “%s”", error->message, refusal);
}

static EntKey
add_partner (EntStore   *store,
             const char *title,
             const char *level)
{
  g_autofree char *name = g_strdup_printf ("title=%s", title), *at = g_strdup_printf ("level=%s", level);
  g_autofree char *with = g_strdup_printf ("counterparty=%s", title);
  EntKey key = test_workspace_add (store, "organization", name, "roles=partner", at, NULL);

  test_workspace_add (store, "agreement", "title=Agreement", with, "status=active", NULL);
  test_workspace_set (store, key, "lifecycle=active", NULL);
  return key;
}

static void
test_a_request_is_paid (void)
{
  EntStore *store = get_workspace ();
  EntKey partner = add_partner (store, "Acme", "ref:level:select");
  EntKey ana = test_workspace_add (store, "person", "title=Ana", NULL);
  EntKey proof = test_workspace_add (store, "document", "title=Invoice", "kind=evidence", NULL);
  EntKey rest = test_workspace_add (store, "document", "title=Lead list, proof of performance", "kind=evidence", NULL);
  EntFundMove move = { .request = ask (store, partner, ana, 300000) };
  EntFundMove approval = { .request = move.request, .by = ana };
  EntFundMove claim = { .request = move.request, .proofs = &proof, .n_proofs = 1 };
  EntFundMove late = claim, accept = { .request = move.request, .proofs = &rest, .n_proofs = 1 };
  EntFundAllocation source = ENT_FUND_ALLOCATED_NOT;
  g_autoptr (EntRecord) request = NULL;
  g_autofree char *flag = NULL;

  move_to (store, approval, "approved", ENT_RULE_ERROR_REFUSED, "is Draft and cannot become Approved; next can be: Ready");
  move_to (store, move, "ready", 0, NULL);
  move_to (store, move, "submitted", 0, NULL);
  move_to (store, move, "approved", ENT_RULE_ERROR_REFUSED, "Nobody is named");
  move_to (store, approval, "approved", 0, NULL);
  g_assert_cmpint (get_left (store, partner, &source), ==, 500000 - 300000);
  g_assert_cmpint (source, ==, ENT_FUND_ALLOCATED_LEDGER);
  move_to (store, move, "running", 0, NULL);
  move_to (store, move, "claimed", ENT_RULE_ERROR_NEEDS_PROOF, "Proof comes before the claim");
  late.now = (TODAY + 31 + 61) * G_TIME_SPAN_DAY;
  move_to (store, late, "claimed", ENT_RULE_ERROR_NEEDS_EXTENSION, "Extended until");
  late.extended_to = TODAY + 31 + 90;
  late.has_amount = TRUE;
  late.amount = 299999;
  move_to (store, late, "claimed", 0, NULL);
  move_to (store, move, "proof_ok", ENT_RULE_ERROR_NEEDS_PROOF, "Proof of performance, Lead list");
  move_to (store, accept, "proof_ok", 0, NULL);
  move_to (store, move, "paid", 0, NULL);
  g_assert_cmpint (get_left (store, partner, &source), ==, 500000 - 299999);

  request = ent_store_get (store, move.request, NULL);
  g_assert_cmpint (ent_record_get_named (request, "paid")->integer, ==, 299999);
  flag = ent_fund_dup_self_approval (request);
  g_assert_nonnull (flag);
  move_to (store, move, "draft", ENT_RULE_ERROR_REFUSED, "is Paid, which is final");
}

static void
test_no_more_than_there_is (void)
{
  EntStore *store = get_workspace ();
  EntKey partner = add_partner (store, "Smaller", "ref:level:registered");
  EntKey ana = test_workspace_add (store, "person", "title=Ben", NULL);
  EntFundMove first = { .request = ask (store, partner, 0, 150000), .by = ana };
  EntFundMove second = { .request = ask (store, partner, 0, 100000), .by = ana };
  EntFundMove less = second;
  EntFundMove all[] = { first, second };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      move_to (store, all[i], "ready", 0, NULL);
      move_to (store, all[i], "submitted", 0, NULL);
    }
  move_to (store, first, "approved", 0, NULL);
  move_to (store, second, "approved", ENT_RULE_ERROR_OVER_BALANCE, "$500.00 more than is left");
  less.has_amount = TRUE;
  less.amount = 50000;
  move_to (store, less, "approved", 0, NULL);
}

/* --- Deadlines ------------------------------------------------------------------------------------------------------------ */

static gboolean
expire_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  return ent_fund_expire (transaction, TODAY, user_data, error);
}

static const EntFundDeadline *
find_deadline (GPtrArray  *deadlines,
               const char *title)
{
  for (guint i = 0; i < deadlines->len; i++)
    {
      const EntFundDeadline *deadline = g_ptr_array_index (deadlines, i);

      if (g_str_equal (deadline->title, title))
        return deadline;
    }
  g_error ("no deadline of “%s”", title);
}

static void
test_deadlines_alert_and_pass (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) deadlines = NULL;
  const EntFundDeadline *one;
  guint n = 0;

  test_workspace_add (store, "funding", "title=Past", "program=ref:fund:mdf", "submit_by=2026-11-19", NULL);
  test_workspace_add (store, "funding", "title=Today", "program=ref:fund:mdf", "submit_by=2026-11-20", NULL);
  test_workspace_add (store, "funding", "title=Far", "program=ref:fund:mdf", "submit_by=2026-12-05", NULL);
  book = ent_fund_book_load (store, NULL, &error);
  g_assert_no_error (error);
  deadlines = ent_fund_book_deadlines (book, TODAY);
  one = find_deadline (deadlines, "Past");
  g_assert_cmpint (one->days, ==, -1);
  g_assert_true (one->is_alert);
  g_assert_true (one == g_ptr_array_index (deadlines, 0));
  one = find_deadline (deadlines, "Far");
  g_assert_cmpint (one->days, ==, 15);
  g_assert_false (one->is_alert); /* told 14 days before */

  g_assert_true (ent_store_write (store, "Expire", ENT_ORIGIN_RULE, expire_cb, &n, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
}

/* What opening a workspace does: one change that can be undone, none when nothing is due. */
static void
test_expires_at_opening (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;
  g_autoptr (EntRecord) after = NULL, before = NULL, granted = NULL;
  EntKey late = test_workspace_add (store, "funding", "title=Late", "program=ref:fund:mdf", "submit_by=2026-11-19", NULL);
  EntKey other = test_workspace_add (store, "funding", "title=Granted", "program=ref:fund:mdf", "submit_by=2026-11-19",
                                     "exception=Agreed by mail", NULL);
  guint n = 9;

  g_assert_true (ent_fund_expire_due (store, TODAY, NULL, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 1);
  after = ent_store_get (store, late, NULL);
  granted = ent_store_get (store, other, NULL);
  g_assert_cmpstr (ent_record_get_text (after, "state"), ==, "expired");
  g_assert_cmpstr (ent_record_get_text (granted, "state"), ==, "draft");
  g_assert_true (ent_fund_expire_due (store, TODAY, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 0);
  undone = ent_store_undo (store, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (undone->label, ==, "Expire 1 funding request");
  before = ent_store_get (store, late, NULL);
  g_assert_cmpstr (ent_record_get_text (before, "state"), ==, "draft");
  test_workspace_delete (store, late);
}

/* The review's figure is that of the balances. */
static void
test_balances_of_a_partner (void)
{
  EntStore *store = get_workspace ();
  g_autoptr (GError) error = NULL;
  EntKey partner = add_partner (store, "Balanced", "ref:level:registered");
  g_autoptr (GPtrArray) balances = NULL, earlier = NULL;
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) same = NULL;
  gint64 allocated = 0, before = 0, of_book = 0;

  test_workspace_add (store, "ledger", "title=Allocation", "kind=mdf_allocation", "partner=Balanced", "program=ref:fund:mdf",
                      "date=2026-06-01", "amount=4000 USD", NULL);
  balances = ent_fund_load_balances (store, partner, 2026, TODAY, &error);
  g_assert_no_error (error);
  earlier = ent_fund_load_balances (store, partner, 2026, ent_date_from_ymd (2026, 5, 31), &error);
  book = ent_fund_book_load (store, NULL, &error);
  same = ent_fund_book_balances (book, 0, partner, 2026);
  for (guint i = 0; i < balances->len; i++)
    allocated += ((EntFundBalance *) g_ptr_array_index (balances, i))->source == ENT_FUND_ALLOCATED_LEDGER
                   ? ((EntFundBalance *) g_ptr_array_index (balances, i))->allocated : 0;
  for (guint i = 0; i < earlier->len; i++)
    before += ((EntFundBalance *) g_ptr_array_index (earlier, i))->source == ENT_FUND_ALLOCATED_LEDGER;
  for (guint i = 0; i < same->len; i++)
    of_book += ((EntFundBalance *) g_ptr_array_index (same, i))->source == ENT_FUND_ALLOCATED_LEDGER
                 ? ((EntFundBalance *) g_ptr_array_index (same, i))->allocated : 0;
  g_assert_cmpint (allocated, ==, 400000);
  g_assert_cmpint (of_book, ==, allocated);
  g_assert_cmpint (before, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fund/shares-add-up", test_shares_add_up);
  g_test_add_func ("/fund/the-level-allocates", test_the_level_allocates);
  g_test_add_func ("/fund/eligibility-says-why", test_eligibility_says_why);
  g_test_add_func ("/fund/a-request-is-paid", test_a_request_is_paid);
  g_test_add_func ("/fund/no-more-than-there-is", test_no_more_than_there_is);
  g_test_add_func ("/fund/deadlines-alert-and-pass", test_deadlines_alert_and_pass);
  g_test_add_func ("/fund/expires-at-opening", test_expires_at_opening);
  g_test_add_func ("/fund/balances-of-a-partner", test_balances_of_a_partner);
  status = g_test_run ();
  g_clear_pointer (&shared, test_workspace_free);
  return status;
}
