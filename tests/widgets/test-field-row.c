/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "support/workspace.h"
#include "widgets/ent-field-row-editor.h"
#include "widgets/ent-field-row.h"

typedef struct
{
  EntStore   *store;
  EntContext *context;
  GtkWidget  *window;
  GtkWidget  *list;
  guint       n_edited;
  guint       n_typing;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->store = test_workspace_new ();
  self->context = ent_context_new (NULL);
  ent_context_set_store (self->context, self->store);
  ent_context_set_today (self->context, ent_date_from_ymd (2026, 11, 20));
  self->window = g_object_ref (gtk_window_new ());
  self->list = gtk_list_box_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), self->list);
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

static void
edited_cb (Fixture *self)
{
  self->n_edited++;
}

static void
typing_cb (Fixture *self)
{
  self->n_typing++;
}

static EntFieldRow *
make_row (Fixture    *self,
          const char *type,
          const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_store_get_record_type (self->store, type), name);
  GtkWidget *row = ent_field_row_new (self->context, field);

  g_signal_connect_swapped (row, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect_swapped (row, "typing", G_CALLBACK (typing_cb), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  self->n_edited = self->n_typing = 0;
  return ENT_FIELD_ROW (row);
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

static EntFieldRowEditor *
editor_of (EntFieldRow *row)
{
  return ENT_FIELD_ROW_EDITOR (find (GTK_WIDGET (row), ENT_TYPE_FIELD_ROW_EDITOR));
}

/* As a person does: types and presses Enter. */
static void
type_text (EntFieldRow *row,
           const char  *text)
{
  ent_field_row_set_typed (row, text);
  g_signal_emit_by_name (find (GTK_WIDGET (row), GTK_TYPE_TEXT), "activate");
}

static void
assert_value (EntFieldRow *row,
              const char  *expected)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  ent_field_row_get_value (row, &value, &error);
  g_assert_no_error (error);
  text = ent_value_write (ent_field_row_get_field (row), &value);
  g_assert_cmpstr (text, ==, expected);
}

static void
set_value (EntFieldRow *row,
           const char  *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  ent_value_read (ent_field_row_get_field (row), text, NULL, &value, &error);
  g_assert_no_error (error);
  ent_field_row_set_value (row, &value, TRUE);
}

/* Every form field of every type shows a value and reads the same value back. */
static void
test_reads_back (Fixture       *self,
                 gconstpointer  data)
{
  static const struct
  {
    const char *type, *field, *value;
  } cases[] = {
    { "organization", "title", "Contoso Integrators" },
    { "organization", "arr", "1234567.89 USD" },
    { "organization", "arr", "-500.00 EUR" },
    { "organization", "annual_revenue", "5000 JPY" },
    { "organization", "founded_year", "1985" },
    { "organization", "size_employees", "125000" },
    { "organization", "partner_since", "2021-03-04" },
    { "organization", "lifecycle", "active" },
    { "organization", "region", "emea" },
    { "organization", "roles", "partner; customer" },
    { "organization", "country", "DE" },
    { "organization", "website", "https://contoso.example" },
    { "organization", "domains", "contoso.example; fabrikam.example" },
    { "organization", "description", "One line.\nAnother line." },
    { "organization", "tax_id", "DE 123/456" },
    { "person", "emails", "ana@contoso.example" },
    { "person", "phones", "+49 30 123456" },
    { "person", "timezone", "Europe/Berlin" },
    { "person", "is_team", "true" },
    { "deal", "probability_pct", "12.5" },
    { "activity", "at", "2026-11-20T09:30:00Z" },
    { "agreement", "notice_days", "90" },
    { "plan_item", "baseline", "3.75" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EntFieldRow *row = make_row (self, cases[i].type, cases[i].field);

      set_value (row, cases[i].value);
      assert_value (row, cases[i].value);
      g_assert_null (ent_field_row_dup_typed (row));
      g_assert_cmpuint (self->n_edited, ==, 0);
    }
}

static void
test_every_field (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (EntSchema) schema = ent_store_dup_schema (self->store);

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    for (guint j = 0; j < ent_record_type_get_n_fields (ent_schema_get_nth (schema, i)); j++)
      {
        const EntField *field = ent_record_type_get_nth (ent_schema_get_nth (schema, i), j);
        GtkWidget *row = g_object_ref_sink (ent_field_row_new (self->context, field));
        g_auto (EntValue) value = ENT_VALUE_INIT;
        g_autoptr (GError) error = NULL;

        g_assert_true (ent_field_row_get_field (ENT_FIELD_ROW (row)) == field);
        g_assert_true (ent_field_row_get_value (ENT_FIELD_ROW (row), &value, &error) ||
                       g_error_matches (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REQUIRED));
        g_assert_true (ent_value_is_null (&value));
        g_assert_finalize_object (row);
      }
}

static void
test_commit (Fixture       *self,
             gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "organization", "arr");

  type_text (row, "1.2M");
  g_assert_cmpuint (self->n_edited, ==, 1);
  assert_value (row, "1200000.00 USD");
  type_text (row, "$5,000");
  g_assert_cmpuint (self->n_edited, ==, 2);
  assert_value (row, "5000.00 USD");
  /* The same again is no edit. */
  type_text (row, "$5,000");
  g_assert_cmpuint (self->n_edited, ==, 3);

  row = make_row (self, "organization", "partner_since");
  type_text (row, "20 nov 2026");
  assert_value (row, "2026-11-20");
  type_text (row, "today");
  assert_value (row, "2026-11-20");
  type_text (row, "");
  assert_value (row, NULL);
}

static void
test_wrong_text_stays (Fixture       *self,
                       gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "organization", "founded_year");
  g_autofree char *typed = NULL;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  set_value (row, "1985");
  type_text (row, "long ago");
  g_assert_cmpuint (self->n_edited, ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  typed = ent_field_row_dup_typed (row);
  g_assert_cmpstr (typed, ==, "long ago");
  g_assert_false (ent_field_row_get_value (row, &value, &error));
  g_assert_nonnull (error);
  /* A new value from elsewhere does not take it away, Escape does. */
  ent_value_set_int (&value, 1990);
  ent_field_row_set_value (row, &value, FALSE);
  g_clear_pointer (&typed, g_free);
  typed = ent_field_row_dup_typed (row);
  g_assert_cmpstr (typed, ==, "long ago");
  ent_field_row_editor_restore (editor_of (row));
  g_assert_null (ent_field_row_dup_typed (row));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  assert_value (row, "1990");
}

static void
test_required (Fixture       *self,
               gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "organization", "title");

  set_value (row, "Contoso");
  type_text (row, "  ");
  g_assert_cmpuint (self->n_edited, ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
}

static void
test_chips (Fixture       *self,
            gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "person", "emails");

  type_text (row, "ana@contoso.example");
  assert_value (row, "ana@contoso.example");
  type_text (row, "ben@contoso.example, ana@contoso.example");
  assert_value (row, "ana@contoso.example; ben@contoso.example");
  g_assert_cmpuint (self->n_edited, ==, 2);
  /* What is no address stays in the entry. */
  type_text (row, "not an address");
  g_assert_cmpuint (self->n_edited, ==, 2);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
}

static void
test_switch (Fixture       *self,
             gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "person", "is_team");

  assert_value (row, NULL);
  g_signal_emit_by_name (self->list, "row-activated", row);
  g_assert_cmpuint (self->n_edited, ==, 1);
  assert_value (row, "true");
  g_signal_emit_by_name (self->list, "row-activated", row);
  assert_value (row, "false");
}

static void
test_ref (Fixture       *self,
          gconstpointer  data)
{
  EntKey key = test_workspace_add (self->store, "organization", "title=Contoso", NULL);
  EntFieldRow *row = make_row (self, "person", "org");
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_auto (EntValue) read = ENT_VALUE_INIT;

  ent_value_set_int (&value, key);
  ent_field_row_set_value (row, &value, TRUE);
  g_assert_true (ent_field_row_get_value (row, &read, NULL));
  g_assert_true (ent_value_equal (&value, &read));
  test_wait_for (g_main_context_iteration (NULL, FALSE) == FALSE);
}

static void
test_read_only (Fixture       *self,
                gconstpointer  data)
{
  EntFieldRow *row = make_row (self, "organization", "created_at");

  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (find (GTK_WIDGET (row), GTK_TYPE_TEXT))));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/field-row/reads-back", test_reads_back);
  ADD ("/field-row/every-field", test_every_field);
  ADD ("/field-row/commit", test_commit);
  ADD ("/field-row/wrong-text-stays", test_wrong_text_stays);
  ADD ("/field-row/required", test_required);
  ADD ("/field-row/chips", test_chips);
  ADD ("/field-row/switch", test_switch);
  ADD ("/field-row/ref", test_ref);
  ADD ("/field-row/read-only", test_read_only);
  return g_test_run ();
}
