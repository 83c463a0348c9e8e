/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days and order of a plan, its checks, a template that changes, and what a partner needs to be active. */
#include "config.h"

#include "rules/onboard-fixture.h"

/* --- Dates --------------------------------------------------------------------------------------------------- */

static void
move (Fixture    *f,
      guint       nth,
      int         day,
      gboolean    with_dependents,
      const char *says)
{
  EntOnboardEdit edit = { .item = item (f, nth), .due = START + day, .with_dependents = with_dependents,
                          .today = START };
  g_autoptr (GError) error = NULL;

  run (f, ent_onboard_move, &edit, &error);
  if (says == NULL)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, says));
    }
}

static void
assert_days (Fixture *f,
             int      a,
             int      b,
             int      c,
             int      d)
{
  const int days[] = { a, b, c, d };
  g_autoptr (EntOnboardRun) loaded = load (f, START);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpint (ent_onboard_run_get (loaded, i)->due, ==, START + days[i]);
}

static void
test_moving (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  start (f);
  move (f, 0, 8, TRUE, NULL);
  assert_days (f, 8, 13, 23, 40);
  move (f, 0, 15, FALSE, NULL);
  assert_days (f, 15, 13, 23, 40);
  loaded = load (f, START);
  conflicts = ent_onboard_run_find_conflicts (loaded);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (conflicts, 0), ==, "“B” is due before “A”, which it depends on.");
  /* The target stays: moving hides no slip. */
  g_assert_cmpint (ent_onboard_run_get (loaded, 0)->slip, ==, 10);
  move (f, 0, -1, FALSE, "cannot be due before the plan starts");
  move (f, 0, 0, TRUE, "cannot be due before the plan starts");
  assert_days (f, 15, 13, 23, 40);
  move (f, 0, 0, FALSE, NULL);
}

static void
test_the_start_moves_no_item_out (Fixture       *f,
                                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  EntOnboardEdit edit = { .status = "done", .today = START - 1 };

  start (f);
  edit.item = item (f, 0);
  g_assert_false (run (f, ent_onboard_set_status, &edit, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "cannot be done before the plan starts"));
}

static void
test_order (Fixture       *f,
            gconstpointer  data)
{
  EntOnboardEdit edit = { .today = START };
  g_autoptr (GError) error = NULL;
  g_autoptr (EntOnboardRun) loaded = NULL;

  start (f);
  test_workspace_set (f->store, item (f, 3), "section=Second", NULL);
  edit.item = item (f, 0);
  edit.before = item (f, 3);
  run (f, ent_onboard_reorder, &edit, &error);
  g_assert_no_error (error);
  loaded = load (f, START);
  g_assert_cmpstr (ent_onboard_run_get (loaded, 0)->title, ==, "B");
  g_assert_cmpstr (ent_onboard_run_get (loaded, 2)->title, ==, "A");
  g_assert_cmpstr (ent_onboard_run_get (loaded, 2)->section, ==, "Second");
  edit.before = 0;
  run (f, ent_onboard_reorder, &edit, &error);
  g_assert_no_error (error);
  g_clear_pointer (&loaded, ent_onboard_run_free);
  loaded = load (f, START);
  g_assert_cmpstr (ent_onboard_run_get (loaded, 3)->title, ==, "A");
}

/* --- Checks ---------------------------------------------------------------------------------------------------- */

static void
test_checks (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  const EntOnboardCheck *check;

  test_workspace_set (f->store, ent_store_resolve (f->store, NULL, "ref:check", NULL), "threshold_pct=60", NULL);
  start (f);
  set_status (f, 0, "done", START + 5, 0, NULL);
  set_status (f, 1, "done", START + 29, 0, NULL);
  loaded = load (f, START + 20);
  checks = ent_onboard_run_check (loaded);
  g_assert_cmpuint (checks->len, ==, 1);
  check = g_ptr_array_index (checks, 0);
  g_assert_cmpint (check->state, ==, ENT_CHECK_AHEAD);

  /* Two of three by day 30: 66.66 %. What is done later does not mend it. */
  set_status (f, 2, "done", START + 35, 0, NULL);
  g_clear_pointer (&loaded, ent_onboard_run_free);
  g_clear_pointer (&checks, g_ptr_array_unref);
  loaded = load (f, START + 36);
  checks = ent_onboard_run_check (loaded);
  check = g_ptr_array_index (checks, 0);
  g_assert_cmpint (check->share, ==, 666667);
  g_assert_cmpuint (check->n_due, ==, 3);
  g_assert_cmpuint (check->n_done, ==, 2);
  g_assert_cmpuint (check->n_open, ==, 0);
  g_assert_cmpint (check->state, ==, ENT_CHECK_ON_TRACK);
  test_workspace_set (f->store, ent_store_resolve (f->store, NULL, "ref:check", NULL), "threshold_pct=90", NULL);
  g_clear_pointer (&loaded, ent_onboard_run_free);
  g_clear_pointer (&checks, g_ptr_array_unref);
  loaded = load (f, START + 36);
  checks = ent_onboard_run_check (loaded);
  g_assert_cmpint (((const EntOnboardCheck *) g_ptr_array_index (checks, 0))->state, ==, ENT_CHECK_BEHIND);
}

static EntFirstSuccess *
first_success (Fixture *f)
{
  const EntOnboardSource source = { .store = f->store };
  g_autoptr (GError) error = NULL;
  EntFirstSuccess *success = ent_onboard_first_success (&source, f->partner, START, &error);

  g_assert_no_error (error);
  return success;
}

static void
test_time_to_first_success (Fixture       *f,
                            gconstpointer  data)
{
  g_autoptr (EntFirstSuccess) success = first_success (f);
  EntKey deal;

  g_assert_cmpint (success->days, ==, -1);
  g_clear_pointer (&success, ent_first_success_free);

  /* 2024-10-04 is START. */
  test_workspace_add (f->store, "agreement", "title=NDA", "kind=nda", "counterparty=Acme", "status=active",
                      "signed_on=2024-01-01", NULL);
  test_workspace_add (f->store, "agreement", "title=Terms", "kind=reseller", "counterparty=Acme", "status=active",
                      "signed_on=2024-08-05", NULL);
  success = first_success (f);
  g_assert_cmpint (success->days, ==, 60);
  g_assert_cmpint (success->first_on, ==, ENT_ONBOARD_NO_DATE);
  g_clear_pointer (&success, ent_first_success_free);

  test_workspace_add (f->store, "deal", "title=Lost", "account=Acme", "stage=lost", "loss_reason=price", "closed_on=2024-08-06",
                      "registered_by=Acme", NULL);
  deal = test_workspace_add (f->store, "deal", "title=Won", "account=Acme", "stage=won", "closed_on=2024-09-14", NULL);
  {
    g_autofree char *code = ent_store_dup_code (f->store, deal);
    g_autofree char *parent = g_strconcat ("parent=", code, NULL);

    test_workspace_add (f->store, "deal_party", parent, "org=Acme", NULL);
  }
  success = first_success (f);
  g_assert_cmpint (success->days, ==, 40);
  g_assert_cmpint (success->deal, ==, deal);
  g_clear_pointer (&success, ent_first_success_free);

  test_workspace_add (f->store, "deal", "title=Approved", "account=Acme", "registered_by=Acme",
                      "approved_at=2024-08-15T10:00:00Z", NULL);
  success = first_success (f);
  g_assert_cmpint (success->days, ==, 10);
}

/* --- The template changes -------------------------------------------------------------------------------------- */

static guint
count_differences (Fixture    *f,
                   const char *says)
{
  const EntOnboardSource source = { .store = f->store };
  g_autoptr (EntOnboardRun) loaded = load (f, START);
  g_autoptr (GPtrArray) differences = ent_onboard_compare (&source, loaded, NULL);
  gboolean found = says == NULL;

  for (guint i = 0; i < differences->len; i++)
    found |= strstr (((EntOnboardDifference *) g_ptr_array_index (differences, i))->text, says != NULL ? says : "") != NULL;
  if (!found)
    g_error ("no difference says “%s”", says);
  return differences->len;
}

static void
test_a_template_edited_mid_run (Fixture       *f,
                                gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *status = NULL;

  start (f);
  g_assert_cmpuint (count_differences (f, NULL), ==, 0);
  test_workspace_set (f->store, item (f, 0), "title=Mine", NULL);
  g_assert_cmpuint (count_differences (f, NULL), ==, 0);

  test_workspace_set (f->store, ent_store_resolve (f->store, NULL, "ref:c", NULL), "day_to=25", NULL);
  test_workspace_delete (f->store, ent_store_resolve (f->store, NULL, "ref:d", NULL));
  add_line (f, "E", "33", "task", "ref:c");
  g_assert_cmpuint (count_differences (f, "“C”: Target day 20 → 25"), ==, 3);
  count_differences (f, "“D” is no longer in the template");
  count_differences (f, "“E” is new, due on day 33");

  run (f, ent_onboard_take_over, &f->plan, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_differences (f, NULL), ==, 0);
  loaded = load (f, START);
  g_assert_cmpuint (loaded->items->len, ==, 5);
  g_assert_cmpstr (ent_onboard_run_get (loaded, 0)->title, ==, "Mine");
  g_assert_cmpint (ent_onboard_run_get (loaded, 2)->due, ==, START + 25);
  g_assert_cmpint (ent_onboard_run_get (loaded, 4)->due, ==, START + 33);
  g_assert_cmpuint (g_array_index (ent_onboard_run_get (loaded, 4)->depends, guint, 0), ==, 2);
  status = dup_text (f, ent_onboard_run_get (loaded, 3)->key, "status");
  g_assert_cmpstr (status, ==, "dropped");
}

/* --- Active ------------------------------------------------------------------------------------------------------ */

static void
test_active_needs_agreement_and_level (Fixture       *f,
                                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *lifecycle = NULL;

  g_assert_false (run (f, ent_onboard_activate, &f->partner, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_AGREEMENT);
  g_assert_cmpint (ent_rule_error_get_subject (error), ==, f->partner);
  g_clear_error (&error);
  test_workspace_add (f->store, "agreement", "title=Terms", "kind=reseller", "counterparty=Acme", "status=active", NULL);
  g_assert_false (run (f, ent_onboard_activate, &f->partner, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_LEVEL);
  g_clear_error (&error);
  test_workspace_add (f->store, "program", "title=Low", "kind=level", "ref=low", NULL);
  test_workspace_set (f->store, f->partner, "level=ref:low", NULL);
  run (f, ent_onboard_activate, &f->partner, &error);
  g_assert_no_error (error);
  lifecycle = dup_text (f, f->partner, "lifecycle");
  g_assert_cmpstr (lifecycle, ==, "active");
}

/* --- All of them -------------------------------------------------------------------------------------------------- */

static void
test_list (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) runs = NULL;

  start (f);
  runs = ent_onboard_load_all (f->store, "onboarding", START, 90, NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  g_clear_pointer (&runs, g_ptr_array_unref);
  runs = ent_onboard_load_all (f->store, "enablement", START, 90, NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 0);
  g_clear_pointer (&runs, g_ptr_array_unref);
  test_workspace_set (f->store, f->plan, "status=done", "done_on=2024-10-10", NULL);
  runs = ent_onboard_load_all (f->store, "onboarding", START + 96, 90, NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 1);
  g_clear_pointer (&runs, g_ptr_array_unref);
  runs = ent_onboard_load_all (f->store, "onboarding", START + 97, 90, NULL, NULL);
  g_assert_cmpuint (runs->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/onboard/moving", test_moving },
    { "/onboard/nothing-is-done-before-the-start", test_the_start_moves_no_item_out },
    { "/onboard/order", test_order },
    { "/onboard/checks", test_checks },
    { "/onboard/time-to-first-success", test_time_to_first_success },
    { "/onboard/a-template-edited-mid-run", test_a_template_edited_mid_run },
    { "/onboard/active-needs-agreement-and-level", test_active_needs_agreement_and_level },
    { "/onboard/list", test_list },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
