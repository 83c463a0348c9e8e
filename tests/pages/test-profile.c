/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "pages/partners/ent-bulk-edit-dialog.h"
#include "pages/partners/ent-bulk-edit.h"
#include "pages/partners/ent-new-record-dialog.h"
#include "pages/partners/ent-profile-data.h"
#include "pages/partners/ent-profile-history.h"
#include "pages/partners/ent-profile-page.h"
#include "support/workspace.h"
#include "widgets/ent-field-row.h"
#include "widgets/ent-record-form.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntKey      org;
  EntKey      person;
  EntKey      deal;
  EntKey      opened; /* the record somebody wanted to see */
} Fixture;

static void
open_record_cb (Fixture *self,
                EntKey   key)
{
  self->opened = key;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  g_signal_connect_swapped (self->context, "open-record", G_CALLBACK (open_record_cb), self);
  self->org = test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "lifecycle=active",
                                  "arr=500000 USD", "partner_since=2021-03-04", "country=DE", NULL);
  self->person = test_workspace_add (self->store, "person", "title=Ana Díaz", "org=Contoso", NULL);
  self->deal = test_workspace_add (self->store, "deal", "title=Fabrikam rollout", "account=Contoso", "amount=120000 USD",
                                   "stage=qualified", NULL);
  /* After that: the rules of the program want an agreement of an active partner. */
  ent_context_set_store (self->context, self->store);
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
  /* Whatever still answers a question of a widget that is gone lets go of it. */
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

/* The row of a list with this title. */
static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static EntPage *
make_page (Fixture *self,
           EntKey   key)
{
  GtkWidget *view = adw_navigation_view_new ();
  EntPage *page = ent_profile_page_new (self->context, key);

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  test_wait_for (ent_page_is_ready (page));
  return page;
}

static EntProfileData *
load_data (Fixture *self,
           EntKey   key)
{
  EntProfileWish wish = { .key = key, .today = ent_context_get_today (self->context), .currency = "USD" };
  g_autoptr (GError) error = NULL;
  EntProfileData *data = ent_profile_load_job (self->store, &wish, NULL, &error);

  g_assert_no_error (error);
  return data;
}

static const EntProfileSection *
section (EntProfileData *data,
         const char     *type,
         const char     *field)
{
  for (guint i = 0; i < data->sections->len; i++)
    {
      const EntProfileSection *found = g_ptr_array_index (data->sections, i);

      if (strcmp (found->type->info->name, type) == 0 && strcmp (found->field->info.name, field) == 0)
        return found;
    }
  return NULL;
}

static const char *
figure (EntProfileData *data,
        const char     *label)
{
  for (guint i = 0; i < data->figures->len; i++)
    if (strcmp (((EntProfileFigure *) g_ptr_array_index (data->figures, i))->label, label) == 0)
      return ((EntProfileFigure *) g_ptr_array_index (data->figures, i))->value;
  return NULL;
}

static void
test_data (Fixture       *self,
           gconstpointer  data)
{
  EntKey other = test_workspace_add (self->store, "organization", "title=Fabrikam", NULL);
  EntProfileData *profile;

  test_workspace_add (self->store, "deal", "title=Won already", "account=Fabrikam", "amount=80000 USD", "stage=won", NULL);
  test_workspace_add (self->store, "deal_party", "title=x", "parent=Won already", "org=Contoso", "role=influence", NULL);
  test_workspace_add (self->store, "link", "from=Fabrikam", "to=Contoso", "type=resells", NULL);
  test_workspace_add (self->store, "activity", "title=Kick-off", "kind=meeting", "at=2026-01-05T10:00:00Z", "orgs=Contoso",
                      NULL);
  test_workspace_add (self->store, "task", "title=Call Ana", "about=Contoso", "due=2026-01-01", NULL);
  profile = load_data (self, self->org);
  g_assert_cmpstr (profile->line, ==, "Germany · partner since 2021");
  g_assert_cmpstr (figure (profile, "Pipeline"), ==, "$120K");
  g_assert_cmpstr (figure (profile, "Won"), ==, "$80K");
  g_assert_cmpstr (figure (profile, "ARR"), ==, "$500K");
  g_assert_cmpstr (figure (profile, "People"), ==, "1");
  g_assert_cmpint (section (profile, "person", "org")->count, ==, 1);
  g_assert_cmpint (section (profile, "deal", "account")->count, ==, 1);
  /* A line is told as the record it belongs to. */
  g_assert_cmpint (section (profile, "deal_party", "org")->count, ==, 1);
  g_assert_cmpstr (((EntProfileItem *) g_ptr_array_index (section (profile, "deal_party", "org")->items, 0))->title, ==,
                   "Won already");
  /* Empty lists that make sense are there, others not. */
  g_assert_nonnull (section (profile, "agreement", "counterparty"));
  g_assert_null (section (profile, "offering", "provider"));
  g_assert_cmpuint (profile->timeline->len, ==, 1);
  g_assert_cmpuint (profile->due->len, ==, 1);
  g_assert_true (((EntProfileItem *) g_ptr_array_index (profile->due, 0))->is_late);
  g_assert_cmpuint (profile->links->len, ==, 1);
  g_assert_cmpint (((EntProfileLink *) g_ptr_array_index (profile->links, 0))->other->key, ==, other);
  g_assert_false (((EntProfileLink *) g_ptr_array_index (profile->links, 0))->outgoing);
  ent_profile_data_free (profile);
}

static void
test_page (Fixture       *self,
           gconstpointer  data)
{
  EntPage *page = make_page (self, self->org);
  GtkWidget *row;

  g_assert_cmpstr (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)), ==, "Contoso");
  row = find_row (GTK_WIDGET (page), "Ana Díaz");
  g_assert_nonnull (row);
  gtk_widget_activate (row);
  g_assert_cmpint (self->opened, ==, self->person);
  /* What comes later appears, and is not there twice. */
  test_workspace_add (self->store, "person", "title=Ben Ito", "org=Contoso", NULL);
  test_wait_for (find_row (GTK_WIDGET (page), "Ben Ito") != NULL);
  test_workspace_set (self->store, self->org, "title=Contoso Ltd", NULL);
  test_wait_for (g_strcmp0 (adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)), "Contoso Ltd") == 0);
}

static void
test_every_type (Fixture       *self,
                 gconstpointer  data)
{
  make_page (self, self->person);
  make_page (self, self->deal);
  make_page (self, test_workspace_add (self->store, "plan", "title=Onboard", "kind=onboarding", "for=Contoso", NULL));
  make_page (self, test_workspace_add (self->store, "document", "title=Contract", NULL));
  make_page (self, test_workspace_add (self->store, "program", "title=Premier", "kind=level", "rank=2", NULL));
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  EntPage *page = make_page (self, ent_key_make (1, 4711));

  g_assert_false (ent_page_action_is_enabled (page, "record.delete"));
}

static void
test_delete_and_restore (Fixture       *self,
                         gconstpointer  data)
{
  EntPage *page = make_page (self, self->org);
  AdwBanner *banner = ADW_BANNER (find (GTK_WIDGET (page), ADW_TYPE_BANNER));

  test_workspace_delete (self->store, self->org);
  test_wait_for (adw_banner_get_revealed (banner));
  g_assert_false (ent_page_action_is_enabled (page, "record.delete"));
  g_signal_emit_by_name (banner, "button-clicked");
  test_wait_for (!adw_banner_get_revealed (banner));
  g_assert_true (ent_page_action_is_enabled (page, "record.delete"));
}

static void
test_state (Fixture       *self,
            gconstpointer  data)
{
  EntPage *page = make_page (self, self->org);
  g_autoptr (GVariant) state = NULL;
  AdwViewStack *views = ADW_VIEW_STACK (find (GTK_WIDGET (page), ADW_TYPE_VIEW_STACK));

  adw_view_stack_set_visible_child_name (views, "history");
  state = ent_page_save_state (page);
  page = make_page (self, self->org);
  views = ADW_VIEW_STACK (find (GTK_WIDGET (page), ADW_TYPE_VIEW_STACK));
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (views), ==, "overview");
  ent_page_restore_state (page, state);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (views), ==, "history");
}

static void
test_past (Fixture       *self,
           gconstpointer  data)
{
  gint64 today = ent_context_get_today (self->context);
  EntPage *page;
  AdwBanner *banner;
  GtkWidget *history;

  ent_context_set_today (self->context, today + 5);
  page = make_page (self, self->org);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (find (GTK_WIDGET (page), ADW_TYPE_VIEW_STACK)), "history");
  history = find (GTK_WIDGET (page), ENT_TYPE_PROFILE_HISTORY);
  banner = ADW_BANNER (find (GTK_WIDGET (page), ADW_TYPE_BANNER));
  ent_profile_history_set_day (ENT_PROFILE_HISTORY (history), today + 1);
  test_wait_for (adw_banner_get_revealed (banner));
  g_assert_true (g_str_has_prefix (adw_banner_get_title (banner), "Showing "));
  g_signal_emit_by_name (banner, "button-clicked");
  test_wait_for (!adw_banner_get_revealed (banner));
}

/* --- Dialogs --------------------------------------------------------------------------------------------------------------- */

static AdwDialog *
get_dialog (Fixture *self)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (self->window));
}

/* What a dialog is put on. The window is off the screen: where it was on it before the dialog closed, as where the machine is
 * slow, something keeps the sheet that libadwaita has the dialog's content in, and with it the context, for which tear_down ()
 * waits. */
static GtkWidget *
hide_window (Fixture *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  adw_window_set_content (ADW_WINDOW (self->window), gtk_label_new ("x"));
  return adw_window_get_content (ADW_WINDOW (self->window));
}

static EntFieldRow *
dialog_row (Fixture    *self,
            const char *label)
{
  return ENT_FIELD_ROW (find_row (GTK_WIDGET (get_dialog (self)), label));
}

static gboolean
click (GtkWidget  *widget,
       const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    {
      g_signal_emit_by_name (widget, "clicked");
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (click (child, label))
      return TRUE;
  return FALSE;
}

static void
test_new_dialog (Fixture       *self,
                 gconstpointer  data)
{
  const char *const assignments[] = { "roles=partner", NULL };
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *roles = NULL;

  ent_new_record_dialog_present (hide_window (self), self->context,
                                 ent_store_get_record_type (self->store, "organization"), assignments);
  /* Without a name nothing is made, and the row says why. */
  click (GTK_WIDGET (get_dialog (self)), "Cr_eate");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dialog_row (self, "Name")), "error"));
  ent_field_row_set_typed (dialog_row (self, "Name"), "Contos");
  test_wait_for (find_row (GTK_WIDGET (get_dialog (self)), "Contoso") != NULL);
  ent_field_row_set_typed (dialog_row (self, "Name"), "Fabrikam");
  click (GTK_WIDGET (get_dialog (self)), "Cr_eate");
  test_wait_for (self->opened != 0);
  record = ent_store_get (self->store, self->opened, NULL);
  g_assert_cmpstr (ent_record_get_title (record), ==, "Fabrikam");
  roles = ent_value_write (ent_record_type_lookup (ent_record_get_record_type (record), "roles"),
                           ent_record_get_named (record, "roles"));
  g_assert_cmpstr (roles, ==, "partner");
  test_wait_for (get_dialog (self) == NULL);
}

static void
test_bulk_plan (Fixture       *self,
                gconstpointer  data)
{
  const EntRecordType *type = ent_store_get_record_type (self->store, "organization");
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (EntRecord) record = NULL;
  g_autofree char *label = NULL;
  g_autofree char *tags = NULL;
  g_auto (EntValue) lifecycle = ENT_VALUE_INIT;
  g_auto (EntValue) list = ENT_VALUE_INIT;
  const char *const items[] = { "emea", NULL };
  EntKey other = test_workspace_add (self->store, "organization", "title=Fabrikam", "lifecycle=at_risk", "tags=old", NULL);
  EntBulkPlan *plan;
  gint64 seq;

  g_array_append_val (keys, self->org);
  g_array_append_val (keys, other);
  plan = ent_bulk_plan_new (type, keys);
  ent_value_set_text (&lifecycle, "at_risk");
  ent_bulk_plan_add (plan, ent_record_type_lookup (type, "lifecycle"), ENT_BULK_SET, &lifecycle);
  changes = ent_bulk_preview_job (self->store, plan, NULL, NULL);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpstr (((EntBulkChange *) g_ptr_array_index (changes, 0))->text, ==, "Lifecycle: Active → At risk");
  g_assert_cmpuint (((EntBulkChange *) g_ptr_array_index (changes, 0))->count, ==, 1);
  label = ent_bulk_plan_label (plan);
  g_assert_cmpstr (label, ==, "Edit Lifecycle of 2 organizations");
  ent_value_set_list (&list, items);
  ent_bulk_plan_add (plan, ent_record_type_lookup (type, "tags"), ENT_BULK_ADD, &list);
  g_assert_true (ent_store_write (self->store, label, ENT_ORIGIN_USER, ent_bulk_write, plan, NULL, &seq, NULL));
  record = ent_store_get (self->store, other, NULL);
  tags = ent_value_write (ent_record_type_lookup (type, "tags"), ent_record_get_named (record, "tags"));
  g_assert_cmpstr (tags, ==, "old; emea");
  ent_bulk_plan_unref (plan);
}

static void
test_bulk_dialog (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_auto (EntValue) value = ENT_VALUE_INIT;
  EntFieldRow *row;
  AdwComboRow *field;
  g_autoptr (EntRecord) record = NULL;

  g_array_append_val (keys, self->org);
  ent_bulk_edit_dialog_present (hide_window (self), self->context,
                                ent_store_get_record_type (self->store, "organization"), keys);
  field = ADW_COMBO_ROW (find_row (GTK_WIDGET (get_dialog (self)), "Field"));
  for (guint i = 0; i < g_list_model_get_n_items (adw_combo_row_get_model (field)); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (adw_combo_row_get_model (field), i);

      if (strcmp (gtk_string_object_get_string (item), "Lifecycle") == 0)
        adw_combo_row_set_selected (field, i);
    }
  row = dialog_row (self, "Lifecycle");
  g_assert_nonnull (row);
  ent_value_set_text (&value, "at_risk");
  ent_field_row_set_value (row, &value, TRUE);
  g_signal_emit_by_name (row, "edited");
  test_wait_for (find_row (GTK_WIDGET (get_dialog (self)), "Lifecycle: Active → At risk") != NULL);
  click (GTK_WIDGET (get_dialog (self)), "_Apply");
  do
    {
      g_clear_object (&record);
      record = ent_store_get (self->store, self->org, NULL);
      g_main_context_iteration (NULL, FALSE);
    }
  while (g_strcmp0 (ent_record_get_text (record, "lifecycle"), "at_risk") != 0);
  test_wait_for (get_dialog (self) == NULL);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/profile/data", test_data);
  ADD ("/profile/page", test_page);
  ADD ("/profile/every-type", test_every_type);
  ADD ("/profile/missing", test_missing);
  ADD ("/profile/delete-and-restore", test_delete_and_restore);
  ADD ("/profile/state", test_state);
  ADD ("/profile/past", test_past);
  ADD ("/new-record/creates", test_new_dialog);
  ADD ("/bulk-edit/plan", test_bulk_plan);
  ADD ("/bulk-edit/dialog", test_bulk_dialog);
  return g_test_run ();
}
