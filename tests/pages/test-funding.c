/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request is made, asked about, refused, claimed and paid on the funding page, by its actions and keys. */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "pages/funding/ent-funding-dialog.h"
#include "pages/funding/ent-funding-page.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "store/ent-query.h"
#include "support/workspace.h"
#include "widgets/ent-board.h"
#include "widgets/ent-chart.h"
#include "widgets/ent-field-row.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntPage    *page;
  EntKey      request, ana, proof;
} Fixture;

static void
show_page (Fixture *self)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->page = g_object_new (ENT_TYPE_FUNDING_PAGE, "context", self->context, "page-id", "funds", NULL);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  test_wait_for (ent_page_is_ready (self->page));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
  ent_rules_attach (self->store);
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "level=ref:level:select", NULL);
  test_workspace_add (self->store, "agreement", "title=Terms", "counterparty=Contoso", "status=active", NULL);
  test_workspace_set (self->store, ent_store_resolve (self->store, NULL, "Contoso", NULL), "lifecycle=active", NULL);
  self->ana = test_workspace_add (self->store, "person", "title=Ana", NULL);
  self->proof = test_workspace_add (self->store, "document", "title=Invoice, proof of performance, lead list",
                                    "kind=evidence", NULL);
  self->request = test_workspace_add (self->store, "funding", "title=Roadshow", "program=ref:fund:mdf", "partner=Contoso",
                                      "requested=1000 USD", "total_cost=2000 USD", NULL);
  self->window = g_object_ref (adw_window_new ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1100, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  show_page (self);
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

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static EntFieldRow *
find_field (GtkWidget  *widget,
            const char *name)
{
  if (ENT_IS_FIELD_ROW (widget) && g_str_equal (ent_field_row_get_field (ENT_FIELD_ROW (widget))->info.name, name))
    return ENT_FIELD_ROW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      EntFieldRow *found = find_field (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_state (Fixture    *self,
          const char *state)
{
  g_autoptr (EntRecord) record = ent_store_get (self->store, self->request, NULL);

  return g_strcmp0 (ent_record_get_text (record, "state"), state) == 0;
}

/* The page shows the state that is written when the board does. */
static gboolean
is_shown_in (Fixture    *self,
             const char *state)
{
  GtkWidget *board = find (GTK_WIDGET (self->page), ENT_TYPE_BOARD);
  const char *column = NULL;

  return board != NULL && ent_board_find (ENT_BOARD (board), self->request, &column, NULL) &&
         g_strcmp0 (column, state) == 0 && ent_page_is_ready (self->page);
}

static void
step (Fixture    *self,
      const char *state)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.next-step", NULL);
  test_wait_for (is_state (self, state));
  test_wait_for (is_shown_in (self, state));
}

static GtkWidget *
get_dialog (Fixture *self)
{
  return GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}

static void
fill (Fixture    *self,
      const char *name,
      EntKey      key,
      gboolean    many)
{
  EntFieldRow *row = find_field (get_dialog (self), name);
  g_auto (EntValue) value = ENT_VALUE_INIT;

  g_assert_nonnull (row);
  if (many)
    ent_value_set_keys (&value, &key, 1);
  else
    ent_value_set_int (&value, key);
  ent_field_row_set_value (row, &value, TRUE);
}

static void
confirm (Fixture    *self,
         const char *state)
{
  gtk_widget_activate_action (get_dialog (self), "dialog.confirm", NULL);
  test_wait_for (is_state (self, state));
  test_wait_for (get_dialog (self) == NULL);
  test_wait_for (is_shown_in (self, state));
}

static void
open_request (Fixture *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "open", "x", self->request);
  ent_page_restore_state (self->page, g_variant_dict_end (&dict));
  test_wait_for (ent_page_is_ready (self->page));
}

static void
test_from_draft_to_paid (Fixture       *self,
                         gconstpointer  data)
{
  open_request (self);
  step (self, "ready");

  /* Refused: no outcome is named. The dialog says so and asks for it. */
  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.next-step", NULL);
  test_wait_for (get_dialog (self) != NULL);
  g_assert_true (is_state (self, "ready"));
  ent_field_row_set_typed (find_field (get_dialog (self), "desired_outcome"), "Twenty leads");
  confirm (self, "submitted");

  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.next-step", NULL);
  test_wait_for (get_dialog (self) != NULL);
  fill (self, "approved_by", self->ana, FALSE);
  confirm (self, "approved");
  step (self, "running");

  gtk_widget_activate_action (GTK_WIDGET (self->page), "page.next-step", NULL);
  test_wait_for (get_dialog (self) != NULL);
  fill (self, "proofs", self->proof, TRUE);
  confirm (self, "claimed");
  step (self, "proof_ok");
  step (self, "paid");

  /* Each step is one change. */
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GError) error = NULL;

      ent_transaction_info_free (ent_store_undo (self->store, 0, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_true (is_state (self, "draft"));
  test_wait_for (is_shown_in (self, "draft"));
}

static void
test_the_board_takes_no_shortcut (Fixture       *self,
                                  gconstpointer  data)
{
  GtkWidget *board = find (GTK_WIDGET (self->page), ENT_TYPE_BOARD);

  g_signal_emit_by_name (board, "card-moved", self->request, "draft", "ready", 0);
  test_wait_for (is_shown_in (self, "ready"));
  g_assert_true (is_state (self, "ready"));
}

/* --- Campaigns ---------------------------------------------------------------------------------------------------------- */

static GtkWidget *
find_titled (GtkWidget  *widget,
             const char *title)
{
  if ((ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0) ||
      (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), title) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_titled (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
open_campaign (Fixture *self)
{
  EntKey key = test_workspace_add (self->store, "campaign", "title=Push", "ref=push", "start=2026-10-01", NULL);
  g_auto (GVariantDict) state = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) open = NULL;

  test_workspace_add (self->store, "campaign_line", "parent=ref:push", "channel=email", "week=2026-11-02", "spent=100 USD",
                      "leads=10", NULL);
  test_workspace_add (self->store, "campaign_line", "parent=ref:push", "channel=event", "week=2026-11-09", "spent=200 USD", NULL);
  g_variant_dict_insert (&state, "open", "x", key);
  open = g_variant_ref_sink (g_variant_dict_end (&state));
  ent_page_restore_state (self->page, open);
  test_wait_for (ent_page_is_ready (self->page) && find (GTK_WIDGET (self->page), ENT_TYPE_CHART) != NULL);
}

static gint64
get_spent (Fixture *self)
{
  g_autoptr (EntFilter) filter = ent_filter_parse (ent_store_get_record_type (self->store, "campaign_line"),
                                                   "week = 2026-11-09", NULL, NULL);
  EntQuery query = { .type = ent_store_get_record_type (self->store, "campaign_line"), .filter = filter };
  g_autoptr (EntResult) result = ent_store_query (self->store, &query, NULL, NULL);
  g_autoptr (EntRecord) line = ent_store_get (self->store, ent_key_make (query.type->info->number,
                                                                         ent_result_get_rows (result)[0]), NULL);

  return ent_record_get_named (line, "spent")->integer;
}

static void
test_milestone (Fixture       *self,
                gconstpointer  data)
{
  open_campaign (self);
  g_assert_nonnull (find_titled (GTK_WIDGET (self->page), "No milestones yet"));
  g_signal_emit_by_name (find_titled (GTK_WIDGET (self->page), "Add Milestone…"), "clicked");
  test_wait_for (get_dialog (self) != NULL && ENT_IS_FUNDING_DIALOG (get_dialog (self)));
  ent_field_row_set_typed (find_field (get_dialog (self), "title"), "Venue booked");
  ent_field_row_set_typed (find_field (get_dialog (self), "due"), "2026-12-04");
  gtk_widget_activate_action (get_dialog (self), "dialog.confirm", NULL);
  test_wait_for (ent_page_is_ready (self->page) && find_titled (GTK_WIDGET (self->page), "Venue booked") != NULL);
  g_assert_null (find_titled (GTK_WIDGET (self->page), "No milestones yet"));
}

/* A bar opens the lines of its week, a line opens to be edited. */
static void
test_chart_opens_rows (Fixture       *self,
                       gconstpointer  data)
{
  open_campaign (self);
  g_signal_emit_by_name (find (GTK_WIDGET (self->page), ENT_TYPE_CHART), "activated", 1, 1);
  test_wait_for (get_dialog (self) != NULL);
  g_assert_nonnull (find_titled (get_dialog (self), "Events"));
  g_assert_null (find_titled (get_dialog (self), "Email"));
  g_signal_emit_by_name (find_titled (get_dialog (self), "Events"), "activated");
  test_wait_for (get_dialog (self) != NULL && ENT_IS_FUNDING_DIALOG (get_dialog (self)));
  ent_field_row_set_typed (find_field (get_dialog (self), "spent"), "250 USD");
  gtk_widget_activate_action (get_dialog (self), "dialog.confirm", NULL);
  test_wait_for (get_spent (self) == 25000);
  test_wait_for (ent_page_is_ready (self->page) && get_dialog (self) == NULL);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/funding/from-draft-to-paid", Fixture, NULL, set_up, test_from_draft_to_paid, tear_down);
  g_test_add ("/funding/the-board-takes-no-shortcut", Fixture, NULL, set_up, test_the_board_takes_no_shortcut,
              tear_down);
  g_test_add ("/campaign/milestone-is-added", Fixture, NULL, set_up, test_milestone, tear_down);
  g_test_add ("/campaign/chart-opens-its-rows", Fixture, NULL, set_up, test_chart_opens_rows, tear_down);
  return g_test_run ();
}
