/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-details.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rules/ent-rules.h"
#include "widgets/ent-field-row.h"
#include "widgets/ent-why-label.h"

static const char * const field_names[] = { "status", "due", "owner", "evidence", "note" };

struct _EntPlanDetails
{
  GtkWidget parent_instance;

  EntContext  *context;
  EntPlanData *data;
  guint        index;

  GtkWidget   *box;
  GtkLabel    *title;
  GtkLabel    *facts;
  GtkWidget   *gate_box;
  GtkLabel    *reason;
  EntWhyLabel *why;
  GtkWidget   *step;
  GtkWidget   *fields;
  EntFieldRow *rows[G_N_ELEMENTS (field_names)];
};

G_DEFINE_FINAL_TYPE (EntPlanDetails, ent_plan_details, GTK_TYPE_WIDGET)

/* --- Editing ------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey          key;
  const EntField *field;
  EntValue        value;
} Edit;

static void
edit_free (gpointer data)
{
  ent_value_clear (&((Edit *) data)->value);
  g_free (data);
}

static gboolean
edit_func (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  const Edit *edit = user_data;

  return ent_transaction_set (transaction, edit->key, edit->field, &edit->value, error);
}

static void
show_values (EntPlanDetails *self)
{
  EntRecord *record = ent_onboard_run_get (self->data->run, self->index)->record;

  for (gsize i = 0; i < G_N_ELEMENTS (field_names); i++)
    {
      ent_field_row_set_value (self->rows[i], ent_record_get_named (record, field_names[i]), FALSE);
      ent_field_row_set_message (self->rows[i], NULL);
    }
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntPlanDetails) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) >= 0 || self->data == NULL)
    return;
  ent_context_error (ENT_CONTEXT (source), _("The change was not made"), error);
  if (self->index != G_MAXUINT)
    show_values (self);
}

static void
edited_cb (EntPlanDetails *self,
           EntFieldRow    *row)
{
  const EntOnboardItem *item = self->index != G_MAXUINT ? ent_onboard_run_get (self->data->run, self->index) : NULL;
  g_autofree char *label = NULL;
  Edit *edit;

  if (item == NULL)
    return;
  edit = g_new0 (Edit, 1);
  edit->key = item->key;
  edit->field = ent_field_row_get_field (row);
  if (!ent_field_row_get_value (row, &edit->value, NULL) ||
      ent_value_equal (&edit->value, ent_record_get (item->record, edit->field->index)))
    {
      edit_free (edit);
      return;
    }
  label = g_strdup_printf (_("Edit %1$s of %2$s"), ent_field_get_label (edit->field), item->title);
  ent_context_write_async (self->context, label, FALSE, edit_func, edit, edit_free, NULL, written_cb, g_object_ref (self));
}

/* --- The gate --------------------------------------------------------------------------------------------------- */

/* As if the gate had been ticked: the window says what is missing and offers the step. */
static void
step_cb (EntPlanDetails *self)
{
  const EntGate *gate = ent_plan_data_get_gate (self->data, self->index);
  g_autoptr (GError) error = NULL;

  if (gate == NULL || gate->reason == NULL)
    return;
  ent_rule_error_set (&error, gate->code, self->data->partner, "%s", gate->reason);
  ent_context_error (self->context, ent_onboard_run_get (self->data->run, self->index)->title, error);
}

static void
show_gate (EntPlanDetails *self)
{
  const EntGate *gate = ent_plan_data_get_gate (self->data, self->index);

  gtk_widget_set_visible (self->gate_box, gate != NULL);
  if (gate == NULL)
    return;
  ent_why_label_set_label (self->why, ent_gate_state_get_label (gate->state));
  ent_why_label_set_why (self->why, gate->why);
  gtk_label_set_label (self->reason, gate->reason != NULL ? gate->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), gate->reason != NULL);
  gtk_widget_set_visible (self->step, gate->state == ENT_GATE_NOT_MET && self->data->partner != 0);
}

/* "Target day 7 · Evidence: signed NDA · After: Compliance needs understood" */
static char *
write_facts (EntPlanDetails *self)
{
  const EntOnboardItem *item = ent_onboard_run_get (self->data->run, self->index);
  const char *evidence = ent_record_get_text (item->record, "evidence_wanted");
  gint64 day = ent_record_get_int (item->record, "target_day", ENT_ONBOARD_NO_DATE);
  GString *text = g_string_new (item->phase);

  if (day != ENT_ONBOARD_NO_DATE)
    {
      g_string_append_printf (text, "%s", text->len > 0 ? " · " : "");
      g_string_append_printf (text, _("Target day %d"), (int) day);
    }
  if (evidence != NULL)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("Evidence: %s"), evidence);
    }
  for (guint d = 0; d < item->depends->len; d++)
    g_string_append_printf (text, "%s%s", d == 0 ? _(" · After: ") : ", ",
                            ent_onboard_run_get (self->data->run, g_array_index (item->depends, guint, d))->title);
  return g_string_free (text, FALSE);
}

void
ent_plan_details_set_item (EntPlanDetails *self,
                           EntPlanData    *data,
                           guint           index)
{
  g_autofree char *facts = NULL;
  EntPlanData *old = self->data;

  g_return_if_fail (ENT_IS_PLAN_DETAILS (self));

  self->data = ent_plan_data_ref (data);
  g_clear_pointer (&old, ent_plan_data_unref);
  self->index = index;
  gtk_widget_set_visible (self->box, index != G_MAXUINT);
  if (index == G_MAXUINT)
    return;
  facts = write_facts (self);
  gtk_label_set_label (self->title, ent_onboard_run_get (data->run, index)->title);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), *facts != '\0');
  show_gate (self);
  show_values (self);
}

/* --- Object -------------------------------------------------------------------------------------------------------- */

static void
ent_plan_details_dispose (GObject *object)
{
  EntPlanDetails *self = ENT_PLAN_DETAILS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->data, ent_plan_data_unref);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_plan_details_parent_class)->dispose (object);
}

static void
ent_plan_details_class_init (EntPlanDetailsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_plan_details_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
ent_plan_details_init (EntPlanDetails *self)
{
  self->index = G_MAXUINT;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->box, "plan-details");
  self->title = add_label (self->box, "title-4");
  self->facts = add_label (self->box, "dimmed");
}

static void
add_gate_box (EntPlanDetails *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->gate_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->why = ENT_WHY_LABEL (ent_why_label_new (self->context));
  self->step = gtk_button_new_with_mnemonic (_("_Next Step…"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->why), TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->why), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->why));
  gtk_box_append (GTK_BOX (line), self->step);
  gtk_box_append (GTK_BOX (self->gate_box), line);
  self->reason = add_label (self->gate_box, NULL);
  gtk_widget_set_margin_start (self->gate_box, 12);
  gtk_widget_set_margin_end (self->gate_box, 12);
  gtk_widget_set_margin_top (self->gate_box, 6);
  gtk_widget_set_margin_bottom (self->gate_box, 6);
  g_signal_connect_swapped (self->step, "clicked", G_CALLBACK (step_cb), self);
}

void
ent_plan_details_set_context (EntPlanDetails *self,
                              EntContext     *context)
{
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (context), "plan_item");
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  add_gate_box (self);
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), self->gate_box);
  gtk_box_append (GTK_BOX (self->box), card);
  self->fields = gtk_list_box_new ();
  gtk_widget_add_css_class (self->fields, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->fields), GTK_SELECTION_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (field_names); i++)
    {
      self->rows[i] = ENT_FIELD_ROW (ent_field_row_new (context, ent_record_type_lookup (type, field_names[i])));
      g_signal_connect_object (self->rows[i], "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (GTK_LIST_BOX (self->fields), GTK_WIDGET (self->rows[i]));
    }
  gtk_box_append (GTK_BOX (self->box), self->fields);
  gtk_widget_set_visible (self->box, FALSE);
}
