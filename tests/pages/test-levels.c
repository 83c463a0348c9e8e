/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Program tab of a partner's profile, and Level Review. */
#include "config.h"

#include <adwaita.h>

#include "pages/partners/ent-level-review.h"
#include "pages/partners/ent-profile-level.h"
#include "rules/ent-program-defaults.h"
#include "support/workspace.h"
#include "widgets/ent-why-label.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntKey      partner;
  char       *toast;
} Fixture;

static void
toast_cb (Fixture  *self,
          AdwToast *toast)
{
  g_set_str (&self->toast, adw_toast_get_title (toast));
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new_program ();
  test_workspace_add (self->store, "organization", "title=Customer", "ref=customer", "roles=customer", NULL);
  self->partner = test_workspace_add (self->store, "organization", "title=Brightwater", "ref=bright", "roles=partner",
                                      "partner_type=solution", "lifecycle=active", "level=ref:level:registered", NULL);
  test_workspace_add (self->store, "agreement", "title=Agreement", "counterparty=ref:bright", "status=active",
                      "annual_commitment=20000 USD", NULL);
  test_workspace_add (self->store, "plan", "title=Review", "kind=qbr", "status=signed", "for=ref:bright",
                      "meeting_at=2026-10-12T09:00:00Z", NULL);
  for (guint i = 0; i < 6; i++)
    test_workspace_add (self->store, "deal", "title=Lead", "account=ref:customer", "kind=lead", "stage=qualified",
                        "registered_by=ref:bright", "opened_on=2026-10-05", NULL);
  self->context = ent_context_new (NULL);
  ent_context_set_today (self->context, ent_date_from_ymd (2026, 11, 20));
  ent_context_set_store (self->context, self->store);
  g_signal_connect_swapped (self->context, "toast", G_CALLBACK (toast_cb), self);
  self->window = g_object_ref (adw_window_new ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 900);
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
  g_free (self->toast);
}

/* Whether a label below @widget says @text. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if ((GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0) ||
      (ENT_IS_WHY_LABEL (widget) && g_strcmp0 (ent_why_label_get_label (ENT_WHY_LABEL (widget)), text) == 0))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
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

static EntKey
get_level (Fixture *self)
{
  g_autoptr (EntRecord) record = ent_store_get (self->store, self->partner, NULL);

  return ent_record_get_ref (record, "level");
}

static GtkWidget *
show_tab (Fixture *self)
{
  GtkWidget *tab = ent_profile_level_new (self->context, self->partner);

  adw_window_set_content (ADW_WINDOW (self->window), tab);
  test_wait_for (says (tab, "Level"));
  return tab;
}

static void
test_the_tab_tells_and_approves (Fixture       *self,
                                 gconstpointer  data)
{
  GtkWidget *tab = show_tab (self);
  EntKey select = ent_store_resolve (self->store, NULL, "ref:level:select", NULL);
  g_autoptr (EntTransactionInfo) undone = NULL;

  g_assert_true (says (tab, "Upgrade to Select"));
  g_assert_true (says (tab, "Registered asks for nothing"));
  g_assert_true (says (tab, "2 of at least 2"));
  g_assert_true (says (tab, "$20,000 of at least $15,000"));
  g_assert_true (says (tab, "Met"));
  g_assert_true (says (tab, "Unknown"));
  g_assert_true (says (tab, "25 hours of 25 hours left"));
  g_assert_true (says (tab, "Success of Partners of Type Solution"));
  g_assert_true (says (tab, "More than 15 new use cases"));

  g_signal_emit_by_name (find_button (tab, "_Approve"), "clicked");
  test_wait_for (get_level (self) == select);
  test_wait_for (self->toast != NULL);
  g_assert_cmpstr (self->toast, ==, "Upgrade Brightwater to Select");
  test_wait_for (says (tab, "Keep Select"));
  g_assert_null (find_button (tab, "_Approve"));
  g_assert_true (says (tab, "3 more qualified leads a month to reach Premier"));

  undone = ent_store_undo (self->store, 0, NULL, NULL);
  test_wait_for (says (tab, "Upgrade to Select"));
}

static void
test_another_level_is_approved (Fixture       *self,
                                gconstpointer  data)
{
  GtkWidget *tab = show_tab (self), *dialog;
  EntKey premier = ent_store_resolve (self->store, NULL, "ref:level:premier", NULL);

  g_signal_emit_by_name (find_button (tab, "Another _Level…"), "clicked");
  test_wait_for ((dialog = GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window)))) != NULL);
  g_assert_true (says (dialog, "Another Level"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (dialog, ADW_TYPE_COMBO_ROW)), 1); /* strategic, premier, select */
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW)), "A promise of last year");
  g_signal_emit_by_name (find_button (dialog, "_Approve"), "clicked");
  test_wait_for (get_level (self) == premier);
  test_wait_for (self->toast != NULL);
  g_assert_cmpstr (self->toast, ==, "Upgrade Brightwater to Premier");
}

static void
test_a_changed_threshold_shows (Fixture       *self,
                                gconstpointer  data)
{
  GtkWidget *tab = show_tab (self);
  EntKey leads = ent_store_resolve (self->store, NULL, "ref:requirement:qualified_leads", NULL);
  g_autoptr (GPtrArray) lines = ent_store_get_children (self->store, leads,
                                                        ent_store_get_record_type (self->store, "program_rule"), NULL);

  test_workspace_set (self->store, ent_record_get_key (g_ptr_array_index (lines, 2)), "threshold=4", NULL);
  test_wait_for (says (tab, "2 of at least 4"));
  g_assert_true (says (tab, "2 more qualified leads a month to reach Select"));
  g_assert_true (says (tab, "Keep Registered"));
}

static void
test_review_approves_all (Fixture       *self,
                          gconstpointer  data)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  EntKey select = ent_store_resolve (self->store, NULL, "ref:level:select", NULL);
  EntKey registered = ent_store_resolve (self->store, NULL, "ref:level:registered", NULL);
  EntKey other = test_workspace_add (self->store, "organization", "title=Newcomer", "roles=partner",
                                     "lifecycle=onboarding", NULL);
  g_autoptr (EntRecord) record = NULL;
  g_autoptr (EntTransactionInfo) undone = NULL;

  adw_window_set_content (ADW_WINDOW (self->window), content);
  ent_level_review_present (content, self->context);
  test_wait_for (says (self->window, "Upgrades"));
  g_assert_true (says (self->window, "First Levels"));
  test_wait_for (find_button (self->window, "Approve _All 2") != NULL);
  g_signal_emit_by_name (find_button (self->window, "Approve _All 2"), "clicked");
  test_wait_for (get_level (self) == select);
  record = ent_store_get (self->store, other, NULL);
  g_assert_cmpint (ent_record_get_ref (record, "level"), ==, registered);
  test_wait_for (says (self->window, "All Levels Are Right"));
  test_wait_for (self->toast != NULL);
  g_assert_cmpstr (self->toast, ==, "Change 2 levels");

  /* One change, one undo. */
  undone = ent_store_undo (self->store, 0, NULL, NULL);
  g_assert_cmpint (get_level (self), ==, registered);
  test_wait_for (says (self->window, "Upgrades"));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  g_test_add ("/levels/the-tab-tells-and-approves", Fixture, NULL, set_up, test_the_tab_tells_and_approves, tear_down);
  g_test_add ("/levels/another-level-is-approved", Fixture, NULL, set_up, test_another_level_is_approved, tear_down);
  g_test_add ("/levels/a-changed-threshold-shows", Fixture, NULL, set_up, test_a_changed_threshold_shows, tear_down);
  g_test_add ("/levels/review-approves-all", Fixture, NULL, set_up, test_review_approves_all, tear_down);
  return g_test_run ();
}
