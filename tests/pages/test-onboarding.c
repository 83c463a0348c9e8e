/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The onboarding page, driven as from the keyboard: each action here is what a key does. A partner is onboarded, fails a
 * gate first, becomes active. */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "pages/onboarding/ent-onboard-dialogs.h"
#include "pages/onboarding/ent-onboarding-page-private.h"
#include "pages/onboarding/ent-plan-page-private.h"
#include "pages/onboarding/ent-plan-print.h"
#include "pages/onboarding/ent-plan-row.h"
#include "pages/onboarding/ent-timeline-painter.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"
#include "widgets/real-input.h"

/* GDK for X11 loses its GdkDrop when a drag of its own leaves a window. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

#define TITLE "onboarding-test"

#define TODAY 20100

typedef struct
{
  EntStore          *store;
  EntContext        *context;
  GtkWindow         *window;
  EntOnboardingPage *page;
  EntKey             partner;
  EntKey             started;
  GError            *refused;
} Fixture;

static void
refused_cb (EntContext   *context,
            const char   *what,
            const GError *error,
            Fixture      *self)
{
  g_clear_error (&self->refused);
  self->refused = g_error_copy (error);
}

static void
make_page (Fixture *self,
           int      width,
           int      height)
{
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  ent_context_set_today (self->context, TODAY);
  g_signal_connect (self->context, "refused", G_CALLBACK (refused_cb), self);
  self->window = GTK_WINDOW (adw_window_new ());
  self->page = g_object_new (ENT_TYPE_ONBOARDING_PAGE, "context", self->context, "page-id", "onboarding", "title",
                             "Onboarding", NULL);
  gtk_window_set_title (self->window, TITLE);
  gtk_window_set_default_size (self->window, width, height);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (self->window);
  test_wait_for (ent_page_is_ready (ENT_PAGE (self->page)));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
  ent_rules_attach (self->store);
  test_workspace_add (self->store, "person", "title=Ana Ruiz", "is_team=yes", NULL);
  self->partner = test_workspace_add (self->store, "organization", "title=Acme", "roles=partner", "partner_type=channel",
                                      "lifecycle=identified", "partner_manager=Ana Ruiz", NULL);
  make_page (self, data != NULL ? GPOINTER_TO_INT (data) : 1100, 700);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_error (&self->refused);
  gtk_window_destroy (self->window);
  test_wait_for (G_OBJECT (self->context)->ref_count == 1);
  g_assert_finalize_object (self->context);
  test_workspace_free (self->store);
}

/* --- What a person does ------------------------------------------------------------------------------------------ */

static EntPlanPage *
get_plan (Fixture *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->page->navigation);

  return ENT_IS_PLAN_PAGE (page) ? ENT_PLAN_PAGE (page) : NULL;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
started_cb (gpointer user_data,
            EntKey   plan)
{
  ((Fixture *) user_data)->started = plan;
}

/* Starts a run by the dialog, and opens it from the board. */
static void
start (Fixture *self)
{
  GtkWidget *button = NULL;

  ent_start_dialog_present (GTK_WIDGET (self->page), self->context, "onboarding", self->partner, started_cb, self, NULL);
  test_wait_for ((button = find_button (GTK_WIDGET (self->window), "_Start")) != NULL &&
                 gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  test_wait_for (self->started != 0 || self->refused != NULL);
  g_assert_no_error (self->refused);
  test_wait_for (self->started != 0 && find_button (GTK_WIDGET (self->window), "_Start") == NULL);
  test_wait_for (self->page->cards != NULL && self->page->cards->cards->len == 1);
  g_signal_emit_by_name (self->page->board, "card-activated", self->started);
  test_wait_for (get_plan (self) != NULL && ent_plan_page_get_data (get_plan (self)) != NULL);
}

static const EntOnboardItem *
item (Fixture    *self,
      const char *title)
{
  EntPlanData *data = ent_plan_page_get_data (get_plan (self));

  for (guint i = 0; i < data->run->items->len; i++)
    if (g_str_has_prefix (ent_onboard_run_get (data->run, i)->title, title))
      return ent_onboard_run_get (data->run, i);
  g_error ("no item “%s”", title);
}

static void
press (Fixture    *self,
       const char *title,
       const char *action,
       const char *format,
       ...)
{
  g_autoptr (GVariant) parameter = NULL;
  va_list args;

  ent_plan_page_select (get_plan (self), item (self, title)->key);
  if (format != NULL)
    {
      va_start (args, format);
      parameter = g_variant_ref_sink (g_variant_new_va (format, NULL, &args));
      va_end (args);
    }
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (get_plan (self)->list), action, parameter));
}

static void
tick (Fixture    *self,
      const char *title)
{
  press (self, title, "list.toggle-done", NULL);
  test_wait_for (item (self, title)->is_done);
}

static void
fail_to_tick (Fixture    *self,
              const char *title,
              int         code)
{
  g_clear_error (&self->refused);
  press (self, title, "list.toggle-done", NULL);
  test_wait_for (self->refused != NULL);
  g_assert_error (self->refused, ENT_RULE_ERROR, code);
  g_assert_false (item (self, title)->is_done);
}

/* --- Tests --------------------------------------------------------------------------------------------------------- */

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

static GtkListBox *
find_list (GtkWidget *widget)
{
  GtkListBox *found = NULL;

  if (GTK_IS_LIST_BOX (widget))
    return GTK_LIST_BOX (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static const char *
title_at (Fixture *self,
          guint    index)
{
  return g_intern_string (ent_onboard_run_get (ent_plan_page_get_data (get_plan (self))->run, index)->title);
}

/* The pointer of the X server takes the first item and lets it go below the third. */
static void
test_drag_reorders (Fixture       *self,
                    gconstpointer  data)
{
  GtkListBox *list;
  GtkWidget *from, *to;
  const char *first, *second;

  start (self);
  first = title_at (self, 0);
  second = title_at (self, 1);
  list = find_list (GTK_WIDGET (get_plan (self)->list));
  from = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0));
  to = GTK_WIDGET (gtk_list_box_get_row_at_index (list, 2));
  test_wait_for (gtk_widget_get_height (to) > 0);
  __lsan_disable ();
  input_move (TITLE, from, 120, 20);
  input_run ("mousedown 1");
  for (int i = 0; i < 8; i++)
    input_move (TITLE, from, 120 + 5 * i, 20 + 4 * i);
  for (int i = 0; i < 8; i++)
    input_move (TITLE, to, 120 + i, gtk_widget_get_height (to) - 6);
  input_run ("mouseup 1");
  test_wait_for (title_at (self, 2) == first);
  __lsan_enable ();
  g_assert_true (title_at (self, 0) == second);
  ent_context_undo (self->context, 0);
  test_wait_for (title_at (self, 0) == first);
}

/* Where day @day of the run is on the timeline. */
static double
day_x (Fixture *self,
       double   day)
{
  GtkWidget *timeline = GTK_WIDGET (get_plan (self)->timeline);
  EntTimelineStyle style = { .rtl = gtk_widget_get_direction (timeline) == GTK_TEXT_DIR_RTL };

  return ent_timeline_get_x (ent_plan_page_get_data (get_plan (self))->run, &style, gtk_widget_get_width (timeline), day);
}

static gboolean
is_in_sight (GtkWidget *widget,
             GtkWidget *scrolled,
             double     y)
{
  graphene_point_t at;

  return gtk_widget_compute_point (widget, scrolled, &GRAPHENE_POINT_INIT (0, (float) y), &at) && at.y > 0 &&
         at.y < (float) gtk_widget_get_height (scrolled);
}

/* The pointer takes an item of the timeline, carries it @days on, and lets it go. */
static void
drag_on_timeline (Fixture    *self,
                  const char *title,
                  int         days,
                  const char *modifier)
{
  GtkWidget *timeline = GTK_WIDGET (get_plan (self)->timeline);
  EntPlanData *data = ent_plan_page_get_data (get_plan (self));
  double y, from, way;

  test_wait_for (gtk_widget_get_height (timeline) > 0);
  y = gtk_widget_get_height (timeline) / (data->run->items->len + 1.0) *
      (ent_onboard_run_find (data->run, item (self, title)->key) + 1.5);
  from = gtk_widget_get_width (timeline) / 2.0;
  way = day_x (self, days) - day_x (self, 0);
  ent_plan_page_select (get_plan (self), item (self, title)->key);
  test_wait_for (is_in_sight (timeline, get_plan (self)->timeline_scroll, y));
  input_move (TITLE, timeline, from, y);
  input_run ("mousedown 1");
  for (int i = 1; i <= 10; i++)
    input_move (TITLE, timeline, from + way * i / 10, y);
  input_picture (GTK_WIDGET (self->window), title);
  if (modifier != NULL)
    input_run ("keydown %s", modifier);
  input_run ("mouseup 1");
  if (modifier != NULL)
    input_run ("keyup %s", modifier);
}

static void
test_drag_moves_days (Fixture       *self,
                      gconstpointer  data)
{
  gint64 due, other;

  start (self);
  due = item (self, "Ideal customer profile")->due;
  other = item (self, "Joint planning session")->due;
  drag_on_timeline (self, "Ideal customer profile", 5, NULL);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 5);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 5);
  drag_on_timeline (self, "Ideal customer profile", -3, "shift");
  test_wait_for (item (self, "Ideal customer profile")->due == due + 2);
  g_assert_cmpint (item (self, "Joint planning session")->due, ==, other + 5);
}

/* Where only the list or the timeline has room. */
static void
test_drag_when_narrow (Fixture       *self,
                       gconstpointer  data)
{
  gint64 due;

  start (self);
  test_wait_for (gtk_widget_get_mapped (GTK_WIDGET (get_plan (self)->views)));
  adw_toggle_group_set_active_name (get_plan (self)->views, "timeline");
  due = item (self, "Ideal customer profile")->due;
  drag_on_timeline (self, "Ideal customer profile", 7, NULL);
  test_wait_for (item (self, "Ideal customer profile")->due == due + 7);
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
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); int width; } tests[] = {
    { "/onboarding/empty", test_empty },
    { "/onboarding/from-identified-to-active", test_from_identified_to_active },
    { "/onboarding/order-and-days", test_order_and_days },
    { "/onboarding/drag-reorders", test_drag_reorders },
    { "/onboarding/drag-moves-days", test_drag_moves_days },
    { "/onboarding/drag-when-narrow", test_drag_when_narrow, 360 },
    { "/onboarding/a-reader-hears-the-item", test_a_reader_hears_the_item },
    { "/onboarding/the-template-changes", test_the_template_changes },
    { "/onboarding/state-is-kept", test_state_is_kept },
    { "/onboarding/filter", test_filter },
    { "/onboarding/print", test_print },
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].width), set_up, tests[i].func, tear_down);
  return g_test_run ();
}
