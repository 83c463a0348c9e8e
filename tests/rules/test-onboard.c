/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Onboarding runs: started from a template, gated, moved, checked, compared with their template. */
#include "config.h"

#include "rules/onboard-fixture.h"

/* --- Starting ----------------------------------------------------------------------------------------------- */

static void
test_start (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autofree char *lifecycle = NULL;
  g_autofree char *day = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;

  start (f);
  loaded = load (f, START + 23);
  lifecycle = dup_text (f, f->partner, "lifecycle");
  day = ent_onboard_run_dup_day (loaded);
  g_assert_cmpstr (lifecycle, ==, "onboarding");
  g_assert_cmpuint (loaded->items->len, ==, 4);
  g_assert_cmpint (loaded->end, ==, START + 40);
  g_assert_cmpstr (day, ==, "Day 23 of 40");
  g_assert_cmpint (ent_onboard_run_get (loaded, 1)->due, ==, START + 10);
  g_assert_cmpint (ent_record_get_ref (ent_onboard_run_get (loaded, 1)->record, "owner"), ==,
                   ent_record_get_ref (loaded->plan, "owner"));
  g_assert_cmpuint (g_array_index (ent_onboard_run_get (loaded, 1)->depends, guint, 0), ==, 0);

  /* One change: one undo takes the plan, the items and the lifecycle back. */
  undone = ent_store_undo (f->store, 0, NULL, &error);
  g_assert_no_error (error);
  g_clear_pointer (&lifecycle, g_free);
  lifecycle = dup_text (f, f->partner, "lifecycle");
  g_assert_cmpstr (lifecycle, ==, "identified");
}

static void
test_a_second_run_is_refused (Fixture       *f,
                              gconstpointer  data)
{
  EntOnboardStart request = { .partner = f->partner, .start = START };
  g_autoptr (GError) error = NULL;

  start (f);
  g_assert_false (run (f, ent_onboard_start, &request, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_RUNNING);
  g_assert_cmpint (ent_rule_error_get_subject (error), ==, f->plan);
}

static void
test_only_partners (Fixture       *f,
                    gconstpointer  data)
{
  EntOnboardStart request = { .start = START };
  g_autoptr (GError) error = NULL;

  request.partner = test_workspace_add (f->store, "organization", "title=Globex", "roles=customer", NULL);
  g_assert_false (run (f, ent_onboard_start, &request, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED);
}

static void
test_lines_by_type_and_level (Fixture       *f,
                              gconstpointer  data)
{
  EntKey high = test_workspace_add (f->store, "program", "title=High", "kind=level", "rank=1", "ref=high", NULL);
  EntKey low = test_workspace_add (f->store, "program", "title=Low", "kind=level", "rank=2", "ref=low", NULL);
  const EntRecordType *type = ent_store_get_record_type (f->store, "program_rule");
  EntKey lines[2] = { add_line (f, "E", "1", "task", ""), add_line (f, "F", "1", "task", "") };
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  test_workspace_set (f->store, lines[0], "applies_to_type=technology", NULL);
  test_workspace_set (f->store, lines[1], "applies_to_level=ref:low", NULL);
  all = ent_store_get_children (f->store, f->template, type, NULL);
  chosen = ent_onboard_select_lines (all, "technology", high);
  g_assert_cmpuint (chosen->len, ==, 5);
  g_clear_pointer (&chosen, g_ptr_array_unref);
  chosen = ent_onboard_select_lines (all, "channel", low);
  g_assert_cmpuint (chosen->len, ==, 5);
  g_clear_pointer (&chosen, g_ptr_array_unref);
  chosen = ent_onboard_select_lines (all, NULL, 0);
  g_assert_cmpuint (chosen->len, ==, 4);

  /* Without a level, a partner is treated as one of the lowest. */
  start (f);
  {
    g_autoptr (EntOnboardRun) loaded = load (f, START);

    g_assert_cmpuint (loaded->items->len, ==, 5);
    g_assert_cmpstr (ent_onboard_run_get (loaded, 4)->title, ==, "F");
  }
}

/* --- Circles ------------------------------------------------------------------------------------------------- */

static gboolean
set_key_cb (EntTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  SetKey *set = data;
  const EntRecordType *type = ent_schema_lookup_key (ent_transaction_get_schema (transaction), set->key);
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_keys (&value, &set->value, 1);
  return ent_transaction_set (transaction, set->key, ent_record_type_lookup (type, set->field), &value, error);
}

static void
test_circles_are_named (Fixture       *f,
                        gconstpointer  data)
{
  SetKey set = { .field = "depends_on" };
  EntOnboardStart request = { .partner = f->partner, .start = START };
  g_autoptr (GError) error = NULL;

  /* In a run. */
  start (f);
  set.key = item (f, 0);
  set.value = item (f, 2);
  g_assert_false (run (f, set_key_cb, &set, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_CIRCLE);
  g_assert_nonnull (strstr (error->message, "“A” → “C” → “B” → “A”"));
  g_clear_error (&error);

  /* In a template that came from elsewhere, where nobody was asked. */
  set.key = ent_store_resolve (f->store, NULL, "ref:a", NULL);
  set.value = ent_store_resolve (f->store, NULL, "ref:c", NULL);
  g_assert_false (run (f, set_key_cb, &set, &error));
  g_clear_error (&error);
  ent_store_write (f->store, "Import", ENT_ORIGIN_IMPORT, set_key_cb, &set, NULL, NULL, &error);
  g_assert_no_error (error);
  request.partner = test_workspace_add (f->store, "organization", "title=Globex", "roles=partner", NULL);
  g_assert_false (run (f, ent_onboard_start, &request, &error));
  g_assert_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_CIRCLE);
  g_assert_nonnull (strstr (error->message, "“A” → “C” → “B” → “A”"));
}

/* --- Doing -------------------------------------------------------------------------------------------------- */

static void
test_progress_and_slip (Fixture       *f,
                        gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autofree char *slip = NULL;
  g_autofree char *status = NULL;

  start (f);
  set_status (f, 1, "done", START + 5, ENT_RULE_ERROR_WAITS, "“B” waits for “A”");
  set_status (f, 0, "done", START + 7, 0, NULL);
  loaded = load (f, START + 14);
  g_assert_cmpint (loaded->progress, ==, 25);
  g_assert_cmpint (loaded->slip, ==, 4);
  g_assert_cmpstr (ent_onboard_run_get (loaded, loaded->slip_item)->title, ==, "B");
  slip = ent_onboard_run_dup_slip (loaded);
  g_assert_cmpstr (slip, ==, "+4 d");
  g_assert_cmpint (ent_onboard_run_get (loaded, 0)->slip, ==, 2);
  g_assert_cmpuint (loaded->phase, ==, 0);
  g_assert_cmpuint (loaded->blocked_gate, ==, G_MAXUINT);

  /* The last item ends the plan; reopening one opens it again. */
  set_status (f, 1, "done", START + 15, 0, NULL);
  set_status (f, 2, "done", START + 16, 0, NULL);
  set_status (f, 3, "done", START + 50, 0, NULL);
  g_clear_pointer (&loaded, ent_onboard_run_free);
  loaded = load (f, START + 60);
  g_assert_cmpint (loaded->progress, ==, 100);
  g_assert_true (loaded->is_over);
  g_assert_cmpuint (loaded->phase, ==, loaded->phases->len);
  g_assert_cmpint (loaded->slip, ==, 10);
  set_status (f, 3, "open", START + 60, 0, NULL);
  status = dup_text (f, f->plan, "status");
  g_assert_cmpstr (status, ==, "active");
}

static void
test_weights (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autoptr (EntWhy) why = NULL;

  start (f);
  test_workspace_set (f->store, item (f, 0), "weight=5", NULL);
  test_workspace_set (f->store, item (f, 3), "status=dropped", NULL);
  set_status (f, 0, "done", START + 1, 0, NULL);
  loaded = load (f, START + 1);
  g_assert_cmpint (loaded->progress, ==, 5 * 100 / 7);
  g_assert_cmpuint (loaded->n_total, ==, 3);
  why = ent_onboard_run_explain_progress (loaded);
  g_assert_cmpstr (ent_why_get_value (why), ==, "71 %");
  g_assert_cmpuint (ent_why_get_n_lines (why), ==, 1);
}

static void
test_a_late_gate_blocks (Fixture       *f,
                         gconstpointer  data)
{
  g_autoptr (EntOnboardRun) loaded = NULL;

  start (f);
  loaded = load (f, START + 40);
  g_assert_cmpuint (loaded->blocked_gate, ==, G_MAXUINT);
  ent_onboard_run_free (loaded);
  loaded = load (f, START + 41);
  g_assert_cmpuint (loaded->blocked_gate, ==, 3);
}

/* --- Gates -------------------------------------------------------------------------------------------------- */

static void
set_condition (Fixture    *f,
               const char *metric,
               const char *words)
{
  g_autofree char *a = g_strconcat ("metric=", metric, NULL);
  g_autofree char *b = g_strconcat ("threshold_text=", words, NULL);

  test_workspace_set (f->store, ent_store_resolve (f->store, NULL, "ref:d", NULL), a, b, NULL);
}

static void
test_gate_of_the_agreement (Fixture       *f,
                            gconstpointer  data)
{
  start (f);
  set_condition (f, "agreement_in_force", "program_agreement; reseller");
  test_workspace_add (f->store, "agreement", "title=NDA", "kind=nda", "counterparty=Acme", "status=active", NULL);
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_AGREEMENT, "Acme has no agreement in force");
  test_workspace_add (f->store, "agreement", "title=Terms", "kind=reseller", "counterparty=Acme", "status=active", NULL);
  set_status (f, 3, "done", START, 0, NULL);
}

static void
test_gate_of_the_questionnaire (Fixture       *f,
                                gconstpointer  data)
{
  EntKey line;

  start (f);
  set_condition (f, "security_questionnaire", "pass; conditional");
  line = ent_store_resolve (f->store, NULL, "ref:d", NULL);
  test_workspace_set (f->store, line, "window_months=12", NULL);
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, "has not answered");
  test_workspace_add (f->store, "assessment", "title=Q1", "kind=security_questionnaire", "subject=Acme", "result=fail",
                      "at=2024-10-01", NULL);
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, "came out as “Fail”; remediate");
  test_workspace_add (f->store, "assessment", "title=Q2", "kind=security_questionnaire", "subject=Acme",
                      "result=conditional", "at=2024-10-02", NULL);
  set_status (f, 3, "done", START + 400, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, "has run out");
  set_status (f, 3, "done", START, 0, NULL);
  set_status (f, 3, "open", START, 0, NULL);

  /* The program asks for more: that counts at once, with no code changed. */
  set_condition (f, "security_questionnaire", "pass");
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_QUESTIONNAIRE, "Pass with conditions");
}

static void
test_gate_of_the_intake (Fixture       *f,
                         gconstpointer  data)
{
  EntKey line;

  start (f);
  set_condition (f, "intake", "legal_name; tax_id");
  line = ent_store_resolve (f->store, NULL, "ref:d", NULL);
  test_workspace_set (f->store, line, "threshold=1", NULL);
  test_workspace_set (f->store, f->partner, "legal_name=Acme Ltd", NULL);
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_INTAKE, "add: Tax ID, Contacts (0/1)");
  test_workspace_set (f->store, f->partner, "tax_id=DE1", NULL);
  test_workspace_add (f->store, "person", "title=Bob", "org=Acme", NULL);
  set_status (f, 3, "done", START, 0, NULL);
}

static void
test_gates_of_people (Fixture       *f,
                      gconstpointer  data)
{
  const EntOnboardSource source = { .store = f->store };
  g_autoptr (EntOnboardRun) loaded = NULL;
  g_autoptr (GPtrArray) gates = NULL;
  const EntGate *gate;

  start (f);
  set_condition (f, "technical_contact", "");
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_CONTACT, "no technical contact");
  test_workspace_add (f->store, "person", "title=Bob", "org=Acme", NULL);
  test_workspace_set (f->store, f->partner, "named_technical_contact=Bob", NULL);
  loaded = load (f, START);
  gates = ent_onboard_check_gates (&source, loaded, NULL);
  g_assert_cmpuint (gates->len, ==, 1);
  gate = g_ptr_array_index (gates, 0);
  g_assert_cmpint (gate->state, ==, ENT_GATE_MET);
  g_assert_null (gate->reason);

  set_condition (f, "certified_people", "Certified Sales Professional");
  set_status (f, 3, "done", START, ENT_RULE_ERROR_NEEDS_CERTIFICATE, "0 of 1 people");
  test_workspace_add (f->store, "assessment", "title=Certified Sales Professional, Bob", "kind=certification",
                      "subject=Bob", "result=pass", "at=2024-10-01", NULL);
  set_status (f, 3, "done", START, 0, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/onboard/start-is-one-change", test_start },
    { "/onboard/a-second-run-is-refused", test_a_second_run_is_refused },
    { "/onboard/only-partners", test_only_partners },
    { "/onboard/lines-by-type-and-level", test_lines_by_type_and_level },
    { "/onboard/circles-are-named", test_circles_are_named },
    { "/onboard/progress-and-slip", test_progress_and_slip },
    { "/onboard/weights", test_weights },
    { "/onboard/a-late-gate-blocks", test_a_late_gate_blocks },
    { "/onboard/gate/agreement", test_gate_of_the_agreement },
    { "/onboard/gate/questionnaire", test_gate_of_the_questionnaire },
    { "/onboard/gate/intake", test_gate_of_the_intake },
    { "/onboard/gate/people", test_gates_of_people },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
