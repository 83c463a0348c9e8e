/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The onboarding page, driven as from the keyboard: each action here is what a key does. A partner is onboarded, fails a
 * gate first, becomes active. */
#include "config.h"

#include <glib/gstdio.h>

#include "onboarding-fixture.h"
#include "pages/onboarding/ent-plan-print.h"
#include "pages/onboarding/ent-plan-row.h"

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->page->stack), ==, "empty");
  g_assert_false (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.print"));
  g_assert_true (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.new"));
}

static void
test_from_identified_to_active (Fixture       *self,
                                gconstpointer  data)
{
  g_autofree char *lifecycle = NULL;
  g_autoptr (EntRecord) record = NULL;

  start (self);
  g_assert_true (ent_page_action_is_enabled (ENT_PAGE (self->page), "page.activate"));

  /* The gate is closed, then opened: a person is named. */
  fail_to_tick (self, "Technical contact named", ENT_RULE_ERROR_NEEDS_CONTACT);
  g_assert_cmpint (ent_rule_error_get_subject (self->refused), ==, self->partner);
  test_workspace_add (self->store, "person", "title=Tess Tech", "org=Acme", NULL);
  test_workspace_set (self->store, self->partner, "named_technical_contact=Tess Tech", NULL);
  test_wait_for (g_strcmp0 (ent_gate_state_get_name (ent_plan_data_get_gate (ent_plan_page_get_data (get_plan (self)),
                 ent_onboard_run_find (ent_plan_page_get_data (get_plan (self))->run,
                                       item (self, "Technical contact named")->key))->state), "met") == 0);
  tick (self, "Technical contact named");
  fail_to_tick (self, "Portal login", ENT_RULE_ERROR_WAITS);

  /* Active: refused with what is missing first. */
  g_clear_error (&self->refused);
  gtk_widget_activate_action (GTK_WIDGET (get_plan (self)), "page.activate", NULL);
  test_wait_for (self->refused != NULL);
  g_assert_error (self->refused, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_AGREEMENT);
  test_workspace_add (self->store, "agreement", "title=Terms", "kind=reseller", "counterparty=Acme", "status=active", NULL);
  g_clear_error (&self->refused);
  gtk_widget_activate_action (GTK_WIDGET (get_plan (self)), "page.activate", NULL);
  test_wait_for (self->refused != NULL);
  g_assert_error (self->refused, ENT_RULE_ERROR, ENT_RULE_ERROR_NEEDS_LEVEL);
  test_workspace_set (self->store, self->partner, "level=ref:level:registered", NULL);
  gtk_widget_activate_action (GTK_WIDGET (get_plan (self)), "page.activate", NULL);
  test_wait_for (g_strcmp0 (ent_plan_page_get_data (get_plan (self))->lifecycle, "active") == 0);
  record = ent_store_get (self->store, self->partner, NULL);
  lifecycle = g_strdup (ent_record_get_text (record, "lifecycle"));
  g_assert_cmpstr (lifecycle, ==, "active");
}

static void
test_order_and_days (Fixture       *self,
                     gconstpointer  data)
{
  const char *first, *second;
  gint64 due, other;

  start (self);
  first = g_intern_string (ent_onboard_run_get (ent_plan_page_get_data (get_plan (self))->run, 0)->title);
  second = g_intern_string (ent_onboard_run_get (ent_plan_page_get_data (get_plan (self))->run, 1)->title);
  press (self, first, "list.reorder-item", "i", 1);
  test_wait_for (g_str_equal (ent_onboard_run_get (ent_plan_page_get_data (get_plan (self))->run, 0)->title, second));

  /* A day later, with what depends on it; then alone. */
  due = item (self, "Ideal customer profile")->due;
  other = item (self, "Joint planning session")->due;
  press (self, "Ideal customer profile", "list.shift-item", "(ib)", 1, FALSE);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 1);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 1);
  press (self, "Ideal customer profile", "list.shift-item", "(ib)", 1, TRUE);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 2);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 1);
  g_assert_true (adw_banner_get_revealed (get_plan (self)->banner));
  ent_context_undo (self->context, 0);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 1);
}

static void
test_a_reader_hears_the_item (Fixture       *self,
                              gconstpointer  data)
{
  g_autofree char *text = NULL;

  start (self);
  ent_plan_page_select (get_plan (self), item (self, "Mutual NDA")->key);
  text = ent_plan_item_describe (item (self, "Mutual NDA"));
  g_assert_true (g_str_has_prefix (text, "Mutual NDA executed, Gate, Open, due "));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_plan (self)->timeline), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

static void
test_the_template_changes (Fixture       *self,
                           gconstpointer  data)
{
  start (self);
  g_assert_false (adw_banner_get_revealed (get_plan (self)->banner));
  test_workspace_add (self->store, "program_rule", "parent=ref:checklist:onboarding", "text=Meet the founders",
                      "item_type=task", "day_to=12", "position=99", "phase=Foundation", NULL);
  test_wait_for (adw_banner_get_revealed (get_plan (self)->banner));
  g_assert_true (ent_plan_page_can (get_plan (self), "page.take-over"));
}

static void
test_state_is_kept (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr (GVariant) state = NULL;
  gint64 plan = 0;

  start (self);
  state = ent_page_save_state (ENT_PAGE (self->page));
  g_assert_true (g_variant_lookup (state, "plan", "x", &plan));
  g_assert_cmpint (plan, ==, self->started);
  adw_navigation_view_pop (self->page->navigation);
  test_wait_for (get_plan (self) == NULL);
  ent_page_restore_state (ENT_PAGE (self->page), state);
  test_wait_for (get_plan (self) != NULL && ent_plan_page_get_data (get_plan (self)) != NULL);
}

static void
test_filter (Fixture       *self,
             gconstpointer  data)
{
  start (self);
  adw_navigation_view_pop (self->page->navigation);
  g_assert_cmpuint (ent_plan_cards_show (self->page->cards, self->page->board, "acm", FALSE, FALSE), ==, 1);
  g_assert_cmpuint (ent_plan_cards_show (self->page->cards, self->page->board, "ruiz", FALSE, FALSE), ==, 1);
  g_assert_cmpuint (ent_plan_cards_show (self->page->cards, self->page->board, "globex", FALSE, FALSE), ==, 0);
  g_assert_cmpuint (ent_plan_cards_show (self->page->cards, self->page->board, "", TRUE, FALSE), ==, 0);
}

static void
test_print (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (ent_store_get_path (self->store));
  g_autofree char *path = g_build_filename (folder, "plan.pdf", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GtkPrintOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  int n_pages;

  start (self);
  operation = ent_plan_print_new (ent_plan_page_get_data (get_plan (self)));
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, self->window, &error), ==,
                   GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, &error));
  g_assert_true (g_str_has_prefix (content, "%PDF-"));
  g_object_get (operation, "n-pages", &n_pages, NULL);
  g_assert_cmpint (n_pages, >=, 2);
  g_unlink (path);
}

int
main (int   argc,
      char *argv[])
{
  static const OnboardingTest tests[] = {
    { "/onboarding/empty", test_empty },
    { "/onboarding/from-identified-to-active", test_from_identified_to_active },
    { "/onboarding/order-and-days", test_order_and_days },
    { "/onboarding/a-reader-hears-the-item", test_a_reader_hears_the_item },
    { "/onboarding/the-template-changes", test_the_template_changes },
    { "/onboarding/state-is-kept", test_state_is_kept },
    { "/onboarding/filter", test_filter },
    { "/onboarding/print", test_print },
  };

  return run_tests (argc, argv, tests, G_N_ELEMENTS (tests));
}
