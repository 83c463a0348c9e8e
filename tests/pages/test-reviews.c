/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reviews in the window: the list, and one review from the freeze to the signature by its own buttons. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "pages/reviews/ent-review-page.h"
#include "pages/reviews/ent-reviews-page.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-review.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntKey      review;
  EntKey      opened;
} Fixture;

static void
open_record_cb (Fixture *self,
                EntKey   key)
{
  self->opened = key;
}

static void
plan (Fixture *self)
{
  g_autoptr (EntReviewChange) change = ent_review_change_new (ENT_REVIEW_PLAN, 0, g_get_real_time ());
  g_autoptr (GError) error = NULL;

  change->partner = ent_store_resolve (self->store, NULL, "ref:acme", NULL);
  change->template = ent_store_resolve (self->store, NULL, "ref:review:qbr", NULL);
  change->meeting = g_get_real_time () + 5 * (gint64) G_TIME_SPAN_DAY;
  ent_store_write (self->store, "Plan", ENT_ORIGIN_USER, ent_review_change_apply, change, NULL, NULL, &error);
  g_assert_no_error (error);
  self->review = change->review;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
  ent_rules_attach (self->store);
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  g_signal_connect_swapped (self->context, "open-record", G_CALLBACK (open_record_cb), self);
  test_workspace_add (self->store, "person", "title=Ana Díaz", "ref=ana", "is_team=yes", NULL);
  test_workspace_add (self->store, "organization", "title=Acme", "roles=partner", "ref=acme", "partner_manager=ref:ana", NULL);
  self->window = g_object_ref (adw_window_new ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 700);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->window);
  ent_context_set_store (self->context, NULL);
  g_object_add_weak_pointer (G_OBJECT (self->context), (gpointer *) &self->context);
  g_object_unref (self->context);
  test_wait_for (self->context == NULL);
  test_workspace_free (self->store);
}

static EntPage *
show (Fixture *self,
      EntPage *page)
{
  GtkWidget *view = adw_navigation_view_new ();

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  test_wait_for (ent_page_is_ready (page));
  return page;
}

/* A widget of @type (a row with that title; or a label, button, with that text). */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      const char *own = ADW_IS_PREFERENCES_ROW (widget) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget))
                        : GTK_IS_LABEL (widget)  ? gtk_label_get_text (GTK_LABEL (widget))
                        : GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

      if (text == NULL || g_strcmp0 (own, text) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_status (Fixture    *self,
            const char *status)
{
  g_autoptr (EntRecord) plan_record = ent_store_get (self->store, self->review, NULL);

  return g_strcmp0 (ent_record_get_text (plan_record, "status"), status) == 0;
}

static gboolean
is_frozen (Fixture *self)
{
  g_autoptr (EntRecord) plan_record = ent_store_get (self->store, self->review, NULL);

  return !ent_value_is_null (ent_record_get_named (plan_record, "snapshot"));
}

static void
test_list (Fixture       *self,
           gconstpointer  data)
{
  EntPage *page;
  GtkWidget *list;

  plan (self);
  page = show (self, g_object_new (ENT_TYPE_REVIEWS_PAGE, "context", self->context, "page-id", "reviews", NULL));
  test_wait_for (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "Pre-read due in 1 day") != NULL ||
                 find (GTK_WIDGET (page), GTK_TYPE_LABEL, "Pre-read due in 2 days") != NULL);
  list = find (GTK_WIDGET (page), GTK_TYPE_LIST_VIEW, NULL);
  g_signal_emit_by_name (list, "activate", 0);
  g_assert_cmpint (self->opened, ==, self->review);
}

static void
test_empty (Fixture       *self,
            gconstpointer  data)
{
  EntPage *page = show (self, g_object_new (ENT_TYPE_REVIEWS_PAGE, "context", self->context, "page-id", "reviews", NULL));

  g_assert_nonnull (find (GTK_WIDGET (page), GTK_TYPE_LABEL, "No Open Reviews"));
}

static void
wait_for_button (EntPage    *page,
                 const char *label)
{
  test_wait_for (find (GTK_WIDGET (page), GTK_TYPE_BUTTON, label) != NULL);
}

static void
test_from_freeze_to_signature (Fixture       *self,
                               gconstpointer  data)
{
  EntPage *page;
  GtkWidget *row;

  plan (self);
  page = show (self, g_object_new (ENT_TYPE_REVIEW_PAGE, "context", self->context, "page-id", "profile", "key",
                                   (gint64) self->review, NULL));
  row = find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Add an ask");
  gtk_editable_set_text (GTK_EDITABLE (row), "A joint webinar");
  g_signal_emit_by_name (row, "apply");
  gtk_widget_activate_action (GTK_WIDGET (page), "page.next-step", NULL);
  test_wait_for (is_frozen (self));
  wait_for_button (page, "Mark as Sent");
  g_assert_null (find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Add an ask"));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.next-step", NULL);
  test_wait_for (has_status (self, "sent"));
  wait_for_button (page, "Begin Meeting");
  gtk_widget_activate_action (GTK_WIDGET (page), "page.next-step", NULL);
  test_wait_for (has_status (self, "held"));
  test_wait_for ((row = find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Action")) != NULL);
  gtk_editable_set_text (GTK_EDITABLE (row), "Book the room");
  g_signal_emit_by_name (row, "apply");
  test_wait_for (find (GTK_WIDGET (page), ADW_TYPE_ACTION_ROW, "Book the room") != NULL);
  g_assert_cmpint (ent_store_resolve (self->store, ent_store_get_record_type (self->store, "task"), "Book the room", NULL), !=, 0);
  wait_for_button (page, "Sign");
  g_signal_emit_by_name (find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Sign"), "clicked");
  test_wait_for (has_status (self, "signed"));
}

static void
test_a_deleted_partner_can_be_restored (Fixture       *self,
                                        gconstpointer  data)
{
  EntKey partner = ent_store_resolve (self->store, NULL, "ref:acme", NULL);
  EntPage *page;

  plan (self);
  test_workspace_delete (self->store, partner);
  page = show (self, g_object_new (ENT_TYPE_REVIEW_PAGE, "context", self->context, "page-id", "profile", "key",
                                   (gint64) self->review, NULL));
  gtk_widget_activate_action (GTK_WIDGET (page), "page.restore-partner", NULL);
  test_wait_for (find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, "Add an ask") != NULL);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, func) g_test_add ("/reviews/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("list-tells-what-is-due-and-opens-it", test_list);
  ADD ("an-empty-list-says-what-to-do", test_empty);
  ADD ("from-freeze-to-signature", test_from_freeze_to_signature);
  ADD ("a-deleted-partner-can-be-restored", test_a_deleted_partner_can_be_restored);
  return g_test_run ();
}
