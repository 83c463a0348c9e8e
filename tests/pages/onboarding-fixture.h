/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <string.h>

#include "pages/onboarding/ent-onboard-dialogs.h"
#include "pages/onboarding/ent-onboarding-page-private.h"
#include "pages/onboarding/ent-plan-page-private.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

/* The onboarding page in a window, with a partner to onboard. */

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

static inline void
refused_cb (EntContext   *context,
            const char   *what,
            const GError *error,
            Fixture      *self)
{
  g_clear_error (&self->refused);
  self->refused = g_error_copy (error);
}

static inline void
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

static inline void
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

static inline void
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

static inline EntPlanPage *
get_plan (Fixture *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->page->navigation);

  return ENT_IS_PLAN_PAGE (page) ? ENT_PLAN_PAGE (page) : NULL;
}

static inline GtkWidget *
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

static inline void
started_cb (gpointer user_data,
            EntKey   plan)
{
  ((Fixture *) user_data)->started = plan;
}

/* Starts a run by the dialog, and opens it from the board. */
static inline void
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

static inline const EntOnboardItem *
item (Fixture    *self,
      const char *title)
{
  EntPlanData *data = ent_plan_page_get_data (get_plan (self));

  for (guint i = 0; i < data->run->items->len; i++)
    if (g_str_has_prefix (ent_onboard_run_get (data->run, i)->title, title))
      return ent_onboard_run_get (data->run, i);
  g_error ("no item “%s”", title);
}

static inline void
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

static inline void
tick (Fixture    *self,
      const char *title)
{
  press (self, title, "list.toggle-done", NULL);
  test_wait_for (item (self, title)->is_done);
}

static inline void
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

typedef struct
{
  const char *path;
  void      (*func) (Fixture *, gconstpointer);
  int         width; /* of the window; 0: as usual */
} OnboardingTest;

static inline int
run_tests (int                   argc,
           char                **argv,
           const OnboardingTest *tests,
           gsize                 n_tests)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < n_tests; i++)
    g_test_add (tests[i].path, Fixture, GINT_TO_POINTER (tests[i].width), set_up, tests[i].func, tear_down);
  return g_test_run ();
}
