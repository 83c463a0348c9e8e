/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Today knows: due, attention, snoozing, changes, figures. The day is always 2026-11-30, a Monday. */

#include "config.h"

#include <string.h>

#include "rules/ent-attention.h"
#include "rules/ent-changed.h"
#include "rules/ent-due.h"
#include "rules/ent-lookup.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-pulse.h"
#include "rules/ent-rules.h"
#include "rules/ent-snooze.h"
#include "support/workspace.h"

static gint64
today (void)
{
  return ent_date_from_ymd (2026, 11, 30);
}

typedef struct
{
  EntStore *store;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  test_workspace_free (self->store);
}

static GPtrArray *
list_due (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *list = ent_due_list (self->store, today (), NULL, &error);

  g_assert_no_error (error);
  return list;
}

static EntDue *
find_due (GPtrArray *list,
          EntKey     key)
{
  for (guint i = 0; i < list->len; i++)
    if (((EntDue *) g_ptr_array_index (list, i))->key == key)
      return g_ptr_array_index (list, i);
  return NULL;
}

static void
assert_due (GPtrArray   *list,
            EntKey       key,
            EntDueKind   kind,
            EntDueGroup  group,
            int          in_days)
{
  EntDue *due = find_due (list, key);

  g_assert_nonnull (due);
  g_assert_cmpint (due->kind, ==, kind);
  g_assert_cmpint (due->group, ==, group);
  g_assert_cmpint (due->due, ==, today () + in_days);
}

static void
test_due_kinds (Fixture       *self,
                gconstpointer  data)
{
  EntKey org = test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "lifecycle=onboarding", NULL);
  EntKey late = test_workspace_add (self->store, "task", "title=Late", "due=2026-11-28", "about=Contoso", NULL);
  EntKey now = test_workspace_add (self->store, "task", "title=Now", "due=2026-11-30", NULL);
  EntKey done = test_workspace_add (self->store, "task", "title=Done", "due=2026-11-28", "status=done", NULL);
  EntKey far = test_workspace_add (self->store, "task", "title=Far", "due=2026-12-08", NULL);
  EntKey review = test_workspace_add (self->store, "plan", "title=Q4 review", "kind=qbr", "status=draft", "for=Contoso",
                                      "meeting_at=2026-12-04T10:00:00Z", NULL);
  EntKey sent = test_workspace_add (self->store, "plan", "title=Sent", "kind=qbr", "status=draft",
                                    "meeting_at=2026-12-04T10:00:00Z", "sent_at=2026-11-29T10:00:00Z", NULL);
  EntKey plan = test_workspace_add (self->store, "plan", "title=Onboarding", "kind=onboarding", "status=active", "for=Contoso", NULL);
  EntKey gate = test_workspace_add (self->store, "plan_item", "title=Security", "parent=Onboarding", "type=gate",
                                    "due=2026-12-02", NULL);
  EntKey claim = test_workspace_add (self->store, "funding", "title=Roadshow", "kind=mdf", "program=ref:fund:mdf", "partner=Contoso", "state=running",
                                     "claim_by=2026-12-10", NULL);
  EntKey deal = test_workspace_add (self->store, "deal", "title=Big one", "account=Contoso", "stage=qualified",
                                    "registration_state=active", "registered_by=Contoso", "expires_on=2026-12-05", NULL);
  EntKey ending = test_workspace_add (self->store, "agreement", "title=Reseller", "kind=reseller", "counterparty=Contoso",
                                      "status=active", "ends_on=2026-12-20", NULL);
  EntKey renewing = test_workspace_add (self->store, "agreement", "title=NDA", "kind=nda", "counterparty=Contoso", "status=active",
                                        "ends_on=2027-01-09", "auto_renew=yes", "notice_days=30", NULL);
  g_autoptr (GPtrArray) list = list_due (self);

  assert_due (list, late, ENT_DUE_TASK, ENT_DUE_OVERDUE, -2);
  g_assert_cmpint (find_due (list, late)->partner, ==, org);
  assert_due (list, now, ENT_DUE_TASK, ENT_DUE_TODAY, 0);
  g_assert_null (find_due (list, done));
  g_assert_null (find_due (list, far));
  /* 72 hours before Friday, ten o'clock. */
  assert_due (list, review, ENT_DUE_PRE_READ, ENT_DUE_WEEK, 1);
  g_assert_null (find_due (list, sent));
  assert_due (list, gate, ENT_DUE_GATE, ENT_DUE_WEEK, 2);
  g_assert_cmpint (find_due (list, gate)->open, ==, plan);
  g_assert_cmpint (find_due (list, gate)->partner, ==, org);
  assert_due (list, claim, ENT_DUE_CLAIM, ENT_DUE_SOON, 10);
  assert_due (list, deal, ENT_DUE_REGISTRATION, ENT_DUE_WEEK, 5);
  assert_due (list, ending, ENT_DUE_AGREEMENT_END, ENT_DUE_SOON, 20);
  assert_due (list, renewing, ENT_DUE_AGREEMENT_NOTICE, ENT_DUE_SOON, 10);
  g_assert_cmpuint (ent_due_count_now (list), ==, 2);
  g_assert_cmpuint (list->len, ==, 8);
}

/* A lead time is data: a line changed in the workspace changes what is shown. */
static void
test_due_lead_is_data (Fixture       *self,
                       gconstpointer  data)
{
  EntKey far = test_workspace_add (self->store, "task", "title=Far", "due=2026-12-08", NULL);
  g_autoptr (GPtrArray) rules = ent_lookup_rules (self->store, "rule:due", NULL), before = list_due (self), after = NULL;

  g_assert_null (find_due (before, far));
  test_workspace_set (self->store, ent_record_get_key (ent_lookup_rule (rules, NULL, "task")), "threshold=10", NULL);
  after = list_due (self);
  assert_due (after, far, ENT_DUE_TASK, ENT_DUE_SOON, 8);
}

static void
test_snooze (Fixture       *self,
             gconstpointer  data)
{
  EntKey task = test_workspace_add (self->store, "task", "title=Late", "due=2026-11-28", NULL);
  g_autoptr (EntSnooze) snooze = ent_snooze_new (task, today () + 7, today (), "Waiting for legal");
  g_autoptr (EntSnooze) past = ent_snooze_new (task, today (), today (), "No"), mute = ent_snooze_new (task, today () + 1, today (), " ");
  g_autoptr (GPtrArray) hidden = NULL, shown = NULL, again = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = ent_snooze_label (self->store, snooze);

  g_assert_false (ent_store_write (self->store, "x", ENT_ORIGIN_USER, ent_snooze_write, past, NULL, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (ent_store_write (self->store, "x", ENT_ORIGIN_USER, ent_snooze_write, mute, NULL, NULL, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpstr (label, ==, "Snooze Late until 7 Dec 2026");
  g_assert_true (ent_store_write (self->store, label, ENT_ORIGIN_USER, ent_snooze_write, snooze, NULL, NULL, &error));
  g_assert_no_error (error);
  hidden = list_due (self);
  g_assert_null (find_due (hidden, task));
  shown = ent_due_list (self->store, today () + 7, NULL, NULL);
  g_assert_nonnull (find_due (shown, task));
  undone = ent_store_undo (self->store, 0, NULL, &error);
  g_assert_no_error (error);
  again = list_due (self);
  g_assert_nonnull (find_due (again, task));
}

/* --- Attention -------------------------------------------------------------------------------------------------------------- */

static EntAttentionPlan *
make_plan (Fixture *self,
           guint    hours)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = list_due (self);
  EntAttentionPlan *plan = ent_attention_plan_new (self->store, today (), hours, due, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static EntAttention *
find_item (EntAttentionPlan *plan,
           EntKey            partner)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (((EntAttention *) g_ptr_array_index (plan->items, i))->partner == partner)
      return g_ptr_array_index (plan->items, i);
  return NULL;
}

static void
test_attention (Fixture       *self,
                gconstpointer  data)
{
  EntKey renewal = test_workspace_add (self->store, "organization", "title=Renewal", "roles=partner", "lifecycle=onboarding",
                                       "arr=180000 USD", NULL);
  EntKey silent = test_workspace_add (self->store, "organization", "title=Silent", "roles=partner", "lifecycle=onboarding", NULL);
  EntKey calm = test_workspace_add (self->store, "organization", "title=Calm", "roles=partner", "lifecycle=onboarding", NULL);
  EntKey late = test_workspace_add (self->store, "organization", "title=Late", "roles=partner", "lifecycle=onboarding", NULL);
  g_autoptr (EntAttentionPlan) plan = NULL, short_week = NULL, skipped = NULL;
  g_autoptr (EntSnooze) snooze = NULL;
  EntAttention *item;

  test_workspace_add (self->store, "agreement", "title=Terms", "kind=reseller", "counterparty=Renewal", "status=active",
                      "ends_on=2026-12-21", NULL);
  test_workspace_add (self->store, "activity", "title=Call", "kind=call", "at=2026-11-29T09:00:00Z", "orgs=Renewal", NULL);
  test_workspace_add (self->store, "activity", "title=Call", "kind=call", "at=2026-11-29T09:00:00Z", "orgs=Calm", NULL);
  test_workspace_add (self->store, "activity", "title=Call", "kind=call", "at=2026-10-27T09:00:00Z", "orgs=Silent", NULL);
  test_workspace_add (self->store, "deal", "title=Open", "account=Silent", "stage=qualified", "amount=100000 USD",
                      "registered_by=Silent", NULL);
  test_workspace_add (self->store, "task", "title=Answer", "due=2026-11-20", "about=Late", NULL);
  plan = make_plan (self, 0);
  g_assert_cmpuint (plan->hours, ==, 20);
  g_assert_null (find_item (plan, calm));

  /* 40 points × (90 - 21 + 1) / 90, worth the partner's revenue. */
  item = find_item (plan, renewal);
  g_assert_cmpint (item->urgency, ==, 311111);
  g_assert_cmpint (item->stake, ==, 18000000);
  g_assert_cmpint (item->cost, ==, 5599998);
  g_assert_cmpuint (item->hours, ==, 4);
  g_assert_cmpstr (item->reason, ==, "Agreement ends in 21 days, $180K at stake");
  g_assert_cmpstr (item->step, ==, "Prepare the renewal");

  /* 25 points × (34 - 30 + 1) / 60; 25 % of $100,000. */
  item = find_item (plan, silent);
  g_assert_cmpint (item->stake, ==, 2500000);
  g_assert_cmpint (item->urgency, ==, 20833);
  g_assert_cmpstr (item->reason, ==, "No contact for 34 days, $25K at stake");

  /* What is overdue must be done, though nothing is at stake. */
  item = g_ptr_array_index (plan->items, 0);
  g_assert_cmpint (item->partner, ==, late);
  g_assert_true (item->must);
  g_assert_nonnull (item->why);

  /* Four hours: the overdue one (2 h with its silence) and the silent one fit, the renewal does not. */
  short_week = make_plan (self, 4);
  g_assert_true (find_item (short_week, late)->planned);
  g_assert_false (find_item (short_week, renewal)->planned);
  g_assert_true (find_item (short_week, silent)->planned);
  g_assert_cmpuint (short_week->n_left, ==, 1);
  g_assert_cmpint (short_week->cost_left, ==, 5599998);

  snooze = ent_snooze_new (renewal, today () + 7, today (), "Not this week");
  g_assert_true (ent_store_write (self->store, "x", ENT_ORIGIN_USER, ent_snooze_write, snooze, NULL, NULL, NULL));
  skipped = make_plan (self, 0);
  g_assert_null (find_item (skipped, renewal));
}

/* Another currency without a rate counts for nothing and is said. */
static void
test_attention_without_rate (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (EntAttentionPlan) plan = NULL;

  test_workspace_add (self->store, "organization", "title=Nordic", "roles=partner", "lifecycle=onboarding", NULL);
  test_workspace_add (self->store, "deal", "title=Open", "account=Nordic", "stage=qualified", "amount=100000 SEK",
                      "registered_by=Nordic", NULL);
  plan = make_plan (self, 0);
  g_assert_cmpuint (plan->items->len, ==, 0);
  g_assert_cmpuint (plan->n_unrated, ==, 1);
}

static void
test_attention_weight_is_data (Fixture       *self,
                               gconstpointer  data)
{
  g_autoptr (GPtrArray) rules = ent_lookup_rules (self->store, "formula:attention", NULL);
  g_autoptr (EntAttentionPlan) plan = NULL;
  EntKey key = test_workspace_add (self->store, "organization", "title=A", "roles=partner", "lifecycle=onboarding", "arr=1000 USD", NULL);

  test_workspace_add (self->store, "agreement", "title=T", "kind=reseller", "counterparty=A", "status=active", "ends_on=2026-11-30",
                      NULL);
  test_workspace_add (self->store, "activity", "title=Call", "kind=call", "at=2026-11-29T09:00:00Z", "orgs=A", NULL);
  test_workspace_set (self->store, ent_record_get_key (ent_lookup_rule (rules, "Urgency", "renewal")), "weight=70", NULL);
  plan = make_plan (self, 0);
  g_assert_cmpint (find_item (plan, key)->urgency, ==, 700000);
}

/* --- Changes and figures ------------------------------------------------------------------------------------------------------- */

static gboolean
insert_cb (EntTransaction  *transaction,
           gpointer         record,
           GError         **error)
{
  return ent_transaction_insert (transaction, record, error);
}

static void
test_changed (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (EntRecord) record = ent_record_new (ent_store_get_record_type (self->store, "organization"));
  g_autofree char *author = ent_store_dup_author (self->store);
  g_autoptr (GPtrArray) list = NULL, old = NULL;
  gint64 now = ent_date_today ();

  test_workspace_add (self->store, "organization", "title=Mine", NULL);
  ent_record_set_text (record, "title", "Imported", NULL);
  g_assert_true (ent_store_write (self->store, "Import 1 organization", ENT_ORIGIN_IMPORT, insert_cb, record, NULL, NULL, NULL));
  list = ent_changed_list (self->store, now, author, 10, NULL);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((EntChanged *) g_ptr_array_index (list, 0))->label, ==, "Import 1 organization");
  old = ent_changed_list (self->store, now + 3, author, 10, NULL);
  g_assert_cmpuint (old->len, ==, 0);
}

static void
test_pulse (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  EntPulse *pulse;
  gint64 value = -1;

  test_workspace_add (self->store, "organization", "title=A", "roles=partner", "lifecycle=at_risk", "partner_since=2026-10-02", NULL);
  test_workspace_add (self->store, "deal", "title=Open", "account=A", "stage=qualified", "amount=100000 USD",
                      "opened_on=2026-11-02", NULL);
  test_workspace_add (self->store, "deal", "title=Euro", "account=A", "stage=qualified", "amount=100000 SEK", NULL);
  test_workspace_add (self->store, "deal", "title=Won", "account=A", "stage=won", "amount=30000 USD", "closed_on=2026-10-05", NULL);
  test_workspace_add (self->store, "deal", "title=Earlier", "account=A", "stage=won", "amount=9000 USD", "closed_on=2026-09-05", NULL);
  test_workspace_add (self->store, "activity", "title=Call", "kind=call", "at=2026-11-29T09:00:00Z", "orgs=A", NULL);
  list = ent_pulse_list (self->store, today (), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 4);
  pulse = g_ptr_array_index (list, 0);
  g_assert_cmpstr (pulse->value, ==, "$100K");
  g_assert_cmpstr (pulse->goal, ==, "Goal $5M");
  g_assert_true (ent_chart_data_get (pulse->spark, 0, 11, &value));
  g_assert_cmpint (value, ==, 10000000);
  pulse = g_ptr_array_index (list, 1);
  g_assert_cmpstr (pulse->value, ==, "$30K");
  g_assert_true (ent_chart_data_get (pulse->spark, 0, 9, &value));
  g_assert_cmpint (value, ==, 900000);
  pulse = g_ptr_array_index (list, 2);
  g_assert_cmpstr (pulse->value, ==, "1");
  g_assert_true (ent_chart_data_get (pulse->spark, 0, 9, &value));
  g_assert_cmpint (value, ==, 0);
  pulse = g_ptr_array_index (list, 3);
  g_assert_cmpstr (pulse->value, ==, "1");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/due/each-kind-in-its-group", test_due_kinds);
  ADD ("/due/lead-time-is-data", test_due_lead_is_data);
  ADD ("/snooze/hides-until-the-day-and-undoes", test_snooze);
  ADD ("/attention/stake-urgency-hours", test_attention);
  ADD ("/attention/currency-without-rate-is-said", test_attention_without_rate);
  ADD ("/attention/weight-is-data", test_attention_weight_is_data);
  ADD ("/changed/by-others-and-imports", test_changed);
  ADD ("/pulse/values-goals-months", test_pulse);
  return g_test_run ();
}
