/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "support/workspace.h"
#include "widgets/ent-drafts.h"
#include "widgets/ent-history-list.h"
#include "widgets/ent-record-form.h"
#include "widgets/ent-record-picker.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  EntKey      key;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  /* Before the rules of the program look: an active partner needs an agreement. */
  self->key = test_workspace_add (self->store, "organization", "title=Contoso", "roles=partner", "lifecycle=active", NULL);
  ent_context_set_store (self->context, self->store);
  self->window = g_object_ref (gtk_window_new ());
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

static EntRecordForm *
make_form (Fixture *self)
{
  GtkWidget *form = ent_record_form_new (self->context);

  gtk_window_set_child (GTK_WINDOW (self->window), form);
  ent_record_form_set_key (ENT_RECORD_FORM (form), self->key);
  test_wait_for (ent_record_form_get_record (ENT_RECORD_FORM (form)) != NULL);
  return ENT_RECORD_FORM (form);
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

static void
type_text (EntFieldRow *row,
           const char  *text)
{
  ent_field_row_set_typed (row, text);
  g_signal_emit_by_name (find (GTK_WIDGET (row), GTK_TYPE_TEXT), "activate");
}

static gboolean
stored_is (Fixture    *self,
           const char *field,
           const char *text)
{
  g_autoptr (EntRecord) record = ent_store_get (self->store, self->key, NULL);

  return g_strcmp0 (ent_record_get_text (record, field), text) == 0;
}

static void
test_groups (Fixture       *self,
             gconstpointer  data)
{
  EntRecordForm *form = make_form (self);

  /* Empty fields are folded; those of other kinds are not even unfolded. */
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "lifecycle"))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "website"))));
  ent_record_form_set_show_empty (form, TRUE);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "website"))));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "rank_1_10"))));
  g_assert_null (ent_record_form_get_row (form, "created_at"));
  test_workspace_set (self->store, self->key, "roles=competitor", NULL);
  test_wait_for (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "rank_1_10"))));
}

static gboolean
has_typed (EntFieldRow *row)
{
  g_autofree char *typed = ent_field_row_dup_typed (row);

  return typed != NULL;
}

static void
test_writes (Fixture       *self,
             gconstpointer  data)
{
  EntRecordForm *form = make_form (self);
  g_autoptr (GPtrArray) history = NULL;

  type_text (ent_record_form_get_row (form, "legal_name"), "Contoso Integrators GmbH");
  test_wait_for (stored_is (self, "legal_name", "Contoso Integrators GmbH"));
  test_wait_for (!has_typed (ent_record_form_get_row (form, "legal_name")));
  history = ent_store_get_history (self->store, self->key, 0, 1, NULL);
  g_assert_cmpstr (((EntTransactionInfo *) g_ptr_array_index (history, 0))->label, ==, "Edit Legal name of Contoso");
}

static void
test_keeps_typed (Fixture       *self,
                  gconstpointer  data)
{
  EntRecordForm *form = make_form (self);
  EntFieldRow *row = ent_record_form_get_row (form, "legal_name");
  g_autofree char *typed = NULL;

  ent_field_row_set_typed (row, "Contoso Aktieng");
  test_workspace_set (self->store, self->key, "legal_name=Contoso AG", "arr=5000 USD", NULL);
  test_wait_for (!ent_value_is_null (ent_record_get_named (ent_record_form_get_record (form), "arr")));
  typed = ent_field_row_dup_typed (row);
  g_assert_cmpstr (typed, ==, "Contoso Aktieng");
  /* Having been told, one may still insist. */
  type_text (row, "Contoso Aktiengesellschaft");
  test_wait_for (stored_is (self, "legal_name", "Contoso Aktiengesellschaft"));
}

static void
test_drafts (Fixture       *self,
             gconstpointer  data)
{
  EntRecordForm *form = make_form (self);
  g_autofree char *typed = NULL;

  ent_field_row_set_typed (ent_record_form_get_row (form, "legal_name"), "Half a na");
  gtk_window_set_child (GTK_WINDOW (self->window), NULL);
  form = make_form (self);
  typed = ent_field_row_dup_typed (ent_record_form_get_row (form, "legal_name"));
  g_assert_cmpstr (typed, ==, "Half a na");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (ent_record_form_get_row (form, "legal_name"))));
  type_text (ent_record_form_get_row (form, "legal_name"), "A whole name");
  test_wait_for (stored_is (self, "legal_name", "A whole name"));
}

static void
test_past (Fixture       *self,
           gconstpointer  data)
{
  EntRecordForm *form = make_form (self);
  g_autoptr (EntRecord) past = ent_store_get (self->store, self->key, NULL);
  EntFieldRow *row = ent_record_form_get_row (form, "lifecycle");

  test_workspace_set (self->store, self->key, "lifecycle=at_risk", NULL);
  test_wait_for (g_strcmp0 (ent_record_get_text (ent_record_form_get_record (form), "lifecycle"), "at_risk") == 0);
  ent_record_form_set_past (form, past);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "changed-since"));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  ent_record_form_set_past (form, NULL);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "changed-since"));
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}

static void
loaded_cb (guint *n)
{
  ++*n;
}

static void
test_history (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *list = ent_history_list_new (self->context, self->key);
  guint n_loaded = 0;

  g_signal_connect_swapped (list, "loaded", G_CALLBACK (loaded_cb), &n_loaded);
  gtk_window_set_child (GTK_WINDOW (self->window), list);
  test_workspace_set (self->store, self->key, "lifecycle=at_risk", NULL);
  test_wait_for (ent_history_list_get_n (ENT_HISTORY_LIST (list)) == 2);
  ent_history_list_undo (ENT_HISTORY_LIST (list), 0);
  test_wait_for (ent_history_list_get_n (ENT_HISTORY_LIST (list)) == 3);
  g_assert_true (stored_is (self, "lifecycle", "active"));
}

static void
picked_cb (EntKey *picked,
           EntKey  key)
{
  *picked = key;
}

static void
test_picker (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *picker = ent_record_picker_new (self->context, "organization");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = find (picker, GTK_TYPE_LIST_BOX);
  EntKey picked = 0;

  gtk_window_set_child (GTK_WINDOW (self->window), box);
  gtk_widget_set_parent (picker, box);
  g_signal_connect_swapped (picker, "picked", G_CALLBACK (picked_cb), &picked);
  ent_record_picker_set_text (ENT_RECORD_PICKER (picker), "conto");
  test_wait_for (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_cmpint (picked, ==, self->key);
  gtk_widget_unparent (picker);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/record-form/groups", test_groups);
  ADD ("/record-form/writes", test_writes);
  ADD ("/record-form/keeps-typed", test_keeps_typed);
  ADD ("/record-form/drafts", test_drafts);
  ADD ("/record-form/past", test_past);
  ADD ("/history-list/undo", test_history);
  ADD ("/record-picker/picks", test_picker);
  return g_test_run ();
}
