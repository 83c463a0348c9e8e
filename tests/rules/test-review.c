/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Business reviews: what blocks say of given records, what the guards refuse, what a freeze keeps. */
#include "config.h"

#include "rules/ent-program-defaults.h"
#include "rules/ent-review.h"
#include "rules/ent-rules.h"
#include "store/ent-connection.h"
#include "support/workspace.h"

#define TODAY   ent_date_from_ymd (2026, 10, 20)
#define NOW     (TODAY * (gint64) G_TIME_SPAN_DAY)
#define MEETING ((TODAY + 10) * (gint64) G_TIME_SPAN_DAY + 9 * (gint64) G_TIME_SPAN_HOUR)

typedef struct
{
  EntStore *store;
  EntKey    partner;
  EntKey    manager;
  EntKey    deal;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->store = test_workspace_new_program ();
  ent_rules_attach (f->store);
  f->manager = test_workspace_add (f->store, "person", "title=Ana Díaz", "ref=ana", NULL);
  f->partner = test_workspace_add (f->store, "organization", "title=Acme", "roles=partner", "ref=acme",
                                   "partner_manager=ref:ana", NULL);
  test_workspace_add (f->store, "organization", "title=Globex", "roles=customer", "ref=globex", NULL);
  f->deal = test_workspace_add (f->store, "deal", "title=Claims", "account=ref:globex", "registered_by=ref:acme",
                                "stage=qualified", "amount=100000 USD", "opened_on=2026-08-01",
                                "registered_at=2026-08-02T10:00:00Z", "ref=claims", NULL);
  test_workspace_add (f->store, "deal", "title=Fraud", "account=ref:globex", "registered_by=ref:acme", "stage=won",
                      "amount=50000 USD", "opened_on=2026-05-01", "closed_on=2026-09-10", NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  test_workspace_free (f->store);
}

/* A step; @code of the error it must be refused with, -1: it must be done. */
static EntKey
step (Fixture         *f,
      EntReviewChange *change,
      int              code)
{
  g_autoptr (EntReviewChange) owned = change;
  g_autoptr (GError) error = NULL;
  gboolean done = ent_store_write (f->store, "Step", ENT_ORIGIN_USER, ent_review_change_apply, change, NULL, NULL, &error);

  if (code >= 0)
    {
      g_assert_false (done);
      g_assert_error (error, ENT_RULE_ERROR, code);
      return 0;
    }
  g_assert_no_error (error);
  return change->made != 0 ? change->made : change->review;
}

static EntKey
plan (Fixture *f,
      gint64   meeting,
      int      code)
{
  EntReviewChange *change = ent_review_change_new (ENT_REVIEW_PLAN, 0, NOW);

  change->partner = f->partner;
  change->template = ent_store_resolve (f->store, NULL, "ref:review:qbr", NULL);
  change->meeting = meeting;
  change->zone = g_strdup ("Europe/Berlin");
  return step (f, change, code);
}

static EntReview *
load (Fixture *f,
      EntKey   key)
{
  g_autoptr (GError) error = NULL;
  EntReview *review = ent_review_load (f->store, key, TODAY, NULL, &error);

  g_assert_no_error (error);
  return review;
}

static const EntReviewBlock *
find (const EntReview *review,
      const char      *metric)
{
  for (guint i = 0; i < review->blocks->len; i++)
    if (g_str_equal (((EntReviewBlock *) g_ptr_array_index (review->blocks, i))->metric, metric))
      return g_ptr_array_index (review->blocks, i);
  g_error ("no block %s", metric);
}

static void
freeze (Fixture *f,
        EntKey   key)
{
  g_autoptr (EntReview) review = load (f, key);
  EntReviewChange *change = ent_review_change_new (ENT_REVIEW_FREEZE, key, NOW);

  change->snapshot = ent_review_to_snapshot (review, f->store);
  step (f, change, -1);
}

static void
simple (Fixture       *f,
        EntReviewStep  what,
        EntKey         key,
        int            code)
{
  EntReviewChange *change = ent_review_change_new (what, key, NOW);

  change->person = f->manager;
  change->text = g_strdup ("Send the list");
  step (f, change, code);
}

/* --- Planning ---------------------------------------------------------------------------------------------------- */

static void
test_plan (Fixture       *f,
           gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);
  g_autoptr (EntReview) review = load (f, key);
  g_autofree char *readiness = ent_review_dup_readiness (record, NOW + 2 * (gint64) G_TIME_SPAN_DAY);

  g_assert_cmpstr (ent_record_get_title (record), ==, "Q3 2026 review, Acme");
  g_assert_cmpint (ent_record_get_int (record, "period_start", 0), ==, ent_date_from_ymd (2026, 7, 1));
  g_assert_cmpint (ent_record_get_int (record, "period_end", 0), ==, ent_date_from_ymd (2026, 9, 30));
  g_assert_cmpint (review->preread_due, ==, MEETING - 72 * (gint64) G_TIME_SPAN_HOUR);
  g_assert_cmpstr (readiness, ==, "Pre-read due in 5 days");
  g_assert_cmpstr (review->signers[0], ==, "Ana Díaz");
  plan (f, MEETING, ENT_RULE_ERROR_REFUSED);      /* twice the same quarter */
  plan (f, NOW - 1, ENT_RULE_ERROR_REFUSED);      /* in the past */
}

static void
test_preread_task (Fixture       *f,
                   gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  EntKey task = ent_store_resolve (f->store, ent_store_get_record_type (f->store, "task"),
                                   "Send the pre-read: Q3 2026 review, Acme", NULL);
  g_autoptr (EntRecord) open = ent_store_get (f->store, task, NULL);
  g_autoptr (EntRecord) moved = NULL;
  g_autoptr (EntRecord) done = NULL;
  EntReviewChange *change = ent_review_change_new (ENT_REVIEW_RESCHEDULE, key, NOW);

  g_assert_cmpint (ent_record_get_int (open, "due", 0), ==, TODAY + 7);
  g_assert_cmpint (ent_record_get_ref (open, "assignee"), ==, f->manager);
  change->meeting = MEETING + 2 * (gint64) G_TIME_SPAN_DAY;
  step (f, change, -1);
  moved = ent_store_get (f->store, task, NULL);
  g_assert_cmpint (ent_record_get_int (moved, "due", 0), ==, TODAY + 9);
  freeze (f, key);
  simple (f, ENT_REVIEW_SEND, key, -1);
  done = ent_store_get (f->store, task, NULL);
  g_assert_cmpstr (ent_record_get_text (done, "status"), ==, "done");
}

/* --- Filling ------------------------------------------------------------------------------------------------------- */

static void
test_numbers (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (EntReview) review = load (f, plan (f, MEETING, -1));
  const EntReviewBlock *pipeline = find (review, "pipeline_value");

  g_assert_cmpint (pipeline->amount, ==, 10000000);
  g_assert_cmpstr (pipeline->currency, ==, "USD");
  g_assert_cmpuint (ent_why_get_n_lines (pipeline->why), ==, 1);
  g_assert_cmpint (ent_why_get_line (pipeline->why, 0)->key, ==, f->deal);
  g_assert_cmpint (find (review, "pipeline_weighted")->amount, ==, 2500000); /* 25 % of the rate card */
  g_assert_cmpint (find (review, "closed_revenue")->amount, ==, 5000000);
  g_assert_cmpint (find (review, "deals_registered")->amount, ==, 1);
  g_assert_cmpuint (find (review, "open_deals")->rows->len, ==, 1);
}

/* What the journal has is said to have been done long before the day of the review. */
static void
backdate (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  EntConnection *connection = ent_connection_open (ent_store_get_path (f->store), NULL, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (ent_connection_exec (connection, "UPDATE txn SET at = 1700000000000000 + seq", &error));
  ent_connection_free (connection);
}

/* A review as of a past day shows deals as they were on it: with the stage and amount of then, or without a stage when the
 * journal does not reach back. */
static void
test_deals_as_of_then (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (EntReview) review = NULL;
  EntKey key = plan (f, MEETING, -1), young;
  const EntReviewBlock *open;

  backdate (f);
  young = test_workspace_add (f->store, "deal", "title=Young", "account=ref:globex", "registered_by=ref:acme",
                              "stage=won", "amount=5000 USD", "opened_on=2026-08-01", "closed_on=2026-11-20", NULL);
  test_workspace_set (f->store, f->deal, "stage=won", "amount=120000 USD", "closed_on=2026-11-05", NULL);
  review = load (f, key);
  g_assert_cmpint (find (review, "pipeline_value")->amount, ==, 10000000 + 500000);
  g_assert_cmpint (find (review, "pipeline_weighted")->amount, ==, 2500000);
  open = find (review, "open_deals");
  g_assert_cmpuint (open->rows->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const EntReviewRow *row = g_ptr_array_index (open->rows, i);

      g_assert_cmpstr (row->cells[2], ==, row->key == young ? "" : "Qualified");
    }
}

static void
test_currencies_are_not_summed (Fixture       *f,
                                gconstpointer  data)
{
  g_autoptr (EntReview) review = NULL;
  const EntReviewBlock *pipeline;

  test_workspace_add (f->store, "deal", "title=Loans", "account=ref:globex", "registered_by=ref:acme",
                      "stage=qualified", "amount=40000 EUR", "opened_on=2026-08-01", NULL);
  review = load (f, plan (f, MEETING, -1));
  pipeline = find (review, "pipeline_value");
  g_assert_true (pipeline->is_known);
  g_assert_cmpint (pipeline->amount, ==, ENT_REVIEW_UNKNOWN);
  g_assert_cmpstr (pipeline->value, ==, "$100K + €40K");
}

/* With a rate there is one sum, the same as the forecast's; a rate that the program gets later changes it with no code. */
static void
test_currencies_with_rates (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (EntReview) review = NULL;
  const EntReviewBlock *pipeline, *weighted;

  test_workspace_add (f->store, "deal", "title=Loans", "account=ref:globex", "registered_by=ref:acme",
                      "stage=qualified", "amount=40000 EUR", "opened_on=2026-08-01", NULL);
  test_workspace_add (f->store, "program_rule", "parent=ref:rates:exchange", "metric=exchange_rate", "threshold_text=EUR",
                      "threshold_pct=110", NULL);
  review = load (f, plan (f, MEETING, -1));
  pipeline = find (review, "pipeline_value");
  g_assert_cmpint (pipeline->amount, ==, 10000000 + 4400000);
  g_assert_cmpstr (pipeline->currency, ==, "USD");
  g_assert_cmpstr (pipeline->detail, ==, "2 deals, $100K + €40K");
  weighted = find (review, "pipeline_weighted");
  g_assert_cmpint (weighted->amount, ==, 2500000 + 1100000);
}

static void
test_unknown_is_not_zero (Fixture       *f,
                          gconstpointer  data)
{
  g_autoptr (EntReview) review = NULL;

  test_workspace_add (f->store, "assessment", "title=Survey", "kind=survey", "subject=ref:acme", "at=2026-05-12",
                      "responses={\"nps\":9}", NULL);
  review = load (f, plan (f, MEETING, -1));
  g_assert_cmpstr (find (review, "nps")->value, ==, "No data since May 2026");
  g_assert_cmpstr (find (review, "installs")->value, ==, "No data yet");
  g_assert_cmpstr (find (review, "incidents")->value, ==, "No data yet");
  g_assert_false (find (review, "nps")->is_known);
  g_assert_cmpint (find (review, "nps")->amount, ==, ENT_REVIEW_UNKNOWN);
}

static void
test_nps (Fixture       *f,
          gconstpointer  data)
{
  static const char * const answers[] = { "10", "9", "8", "3" };
  g_autoptr (EntReview) review = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *responses = g_strdup_printf ("responses={\"nps\":%s}", answers[i]);

      test_workspace_add (f->store, "assessment", "title=Survey", "kind=survey", "subject=ref:acme", "at=2026-08-12",
                          responses, NULL);
    }
  review = load (f, plan (f, MEETING, -1));
  g_assert_cmpint (find (review, "nps")->amount, ==, 25); /* 50 % promoters less 25 % detractors */
  g_assert_cmpstr (find (review, "nps")->value, ==, "+25");
}

/* --- Freezing ------------------------------------------------------------------------------------------------------- */

static void
test_frozen_numbers_stay (Fixture       *f,
                          gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  g_autoptr (EntReview) before = load (f, key);
  g_autoptr (EntReview) after = NULL;
  g_autofree char *one = ent_review_to_snapshot (before, f->store);
  g_autofree char *two = NULL;

  freeze (f, key);
  test_workspace_set (f->store, f->deal, "amount=999999 USD", NULL);
  after = load (f, key);
  two = ent_review_to_snapshot (after, f->store);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpint (find (after, "pipeline_value")->amount, ==, 10000000);
  g_assert_cmpint (ent_why_get_line (find (after, "pipeline_value")->why, 0)->key, ==, f->deal);
  test_workspace_delete (f->store, f->partner);
  ent_review_unref (g_steal_pointer (&after));
  after = load (f, key);
  g_assert_cmpstr (after->partner_name, ==, "Acme");
}

static void
test_a_deleted_partner_is_told (Fixture       *f,
                                gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  g_autoptr (GError) error = NULL;

  test_workspace_delete (f->store, f->partner);
  g_assert_null (ent_review_load (f->store, key, TODAY, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_PARTNER_BINNED);
}

static gboolean
set_cb (EntTransaction  *transaction,
        gpointer         record,
        GError         **error)
{
  return ent_transaction_update (transaction, record, error);
}

static void
refuse_set (Fixture    *f,
            EntKey      key,
            const char *field,
            const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (f->store, key, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (ent_record_set_text (record, field, text, NULL));
  g_assert_false (ent_store_write (f->store, "Set", ENT_ORIGIN_USER, set_cb, record, NULL, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
}

static void
test_the_guards (Fixture       *f,
                 gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);

  simple (f, ENT_REVIEW_SEND, key, ENT_RULE_ERROR_NOT_FROZEN);
  simple (f, ENT_REVIEW_HOLD, key, ENT_RULE_ERROR_REFUSED);
  simple (f, ENT_REVIEW_DECIDE, key, ENT_RULE_ERROR_REFUSED);
  simple (f, ENT_REVIEW_SIGN, key, ENT_RULE_ERROR_REFUSED);
  refuse_set (f, key, "status", "signed");
  freeze (f, key);
  refuse_set (f, key, "snapshot", "{}");
  refuse_set (f, key, "period_start", "2026-01-01");
  simple (f, ENT_REVIEW_ASK, key, ENT_RULE_ERROR_REFUSED);
  simple (f, ENT_REVIEW_SEND, key, -1);
  simple (f, ENT_REVIEW_SIGN, key, ENT_RULE_ERROR_REFUSED);
  simple (f, ENT_REVIEW_HOLD, key, -1);
  refuse_set (f, key, "status", "draft");
}

/* --- The meeting and after ---------------------------------------------------------------------------------------------- */

static void
test_actions_are_carried (Fixture       *f,
                          gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  EntReviewChange *change;
  g_autoptr (EntReview) next = NULL;
  g_autoptr (EntRecord) plan_record = NULL;
  const EntReviewBlock *last;
  EntKey task;

  freeze (f, key);
  simple (f, ENT_REVIEW_SEND, key, -1);
  simple (f, ENT_REVIEW_HOLD, key, -1);
  simple (f, ENT_REVIEW_DECIDE, key, -1);
  change = ent_review_change_new (ENT_REVIEW_ACT, key, NOW);
  change->text = g_strdup ("Name a sponsor");
  change->due = TODAY + 20;
  task = step (f, change, -1);
  simple (f, ENT_REVIEW_SIGN, key, -1);
  plan_record = ent_store_get (f->store, key, NULL);
  g_assert_cmpstr (ent_record_get_text (plan_record, "status"), ==, "signed");
  simple (f, ENT_REVIEW_DECIDE, key, ENT_RULE_ERROR_REFUSED); /* signed */

  next = load (f, plan (f, MEETING + 92 * (gint64) G_TIME_SPAN_DAY, -1));
  last = find (next, "last_actions");
  g_assert_cmpint (next->previous, ==, key);
  g_assert_cmpuint (last->rows->len, ==, 1);
  g_assert_cmpint (((EntReviewRow *) g_ptr_array_index (last->rows, 0))->key, ==, task);
  g_assert_cmpstr (((EntReviewRow *) g_ptr_array_index (last->rows, 0))->cells[0], ==, "Name a sponsor");
  g_assert_cmpstr (((EntReviewRow *) g_ptr_array_index (last->rows, 0))->cells[2], ==, "open");
  g_assert_cmpstr (find (next, "pipeline_value")->change, ==, "as before");
}

static void
test_changes_since (Fixture       *f,
                    gconstpointer  data)
{
  EntKey key = plan (f, MEETING, -1);
  g_autoptr (EntReview) next = NULL;
  g_autoptr (GPtrArray) deltas = NULL;
  g_autoptr (GError) error = NULL;
  gboolean found = FALSE;

  freeze (f, key);
  simple (f, ENT_REVIEW_SEND, key, -1);
  simple (f, ENT_REVIEW_HOLD, key, -1);
  test_workspace_set (f->store, f->deal, "stage=committed", NULL);
  next = load (f, plan (f, MEETING + 92 * (gint64) G_TIME_SPAN_DAY, -1));
  deltas = ent_review_load_changes (f->store, next, 100, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < deltas->len; i++)
    found |= g_str_equal (((EntReviewDelta *) g_ptr_array_index (deltas, i))->text, "Stage: Qualified → Committed");
  g_assert_true (found);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/review/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("plan", test_plan);
  ADD ("preread-task-follows-the-meeting", test_preread_task);
  ADD ("numbers-come-from-records", test_numbers);
  ADD ("deals-as-of-then", test_deals_as_of_then);
  ADD ("currencies-are-not-summed", test_currencies_are_not_summed);
  ADD ("currencies-with-rates-are-one-sum", test_currencies_with_rates);
  ADD ("unknown-is-not-zero", test_unknown_is_not_zero);
  ADD ("net-promoter-score", test_nps);
  ADD ("frozen-numbers-stay", test_frozen_numbers_stay);
  ADD ("a-deleted-partner-is-told", test_a_deleted_partner_is_told);
  ADD ("illegal-moves-are-refused", test_the_guards);
  ADD ("actions-are-carried-to-the-next", test_actions_are_carried);
  ADD ("changes-since-the-last-come-from-the-journal", test_changes_since);
  return g_test_run ();
}
