/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Yes or no. */

#include "config.h"

#include "widgets/ent-field-row-editor.h"

struct _EntFieldRowSwitch
{
  EntFieldRowEditor parent_instance;

  GtkWidget *label;
  GtkWidget *toggle;
  gboolean   is_null;
  gboolean   is_showing;
};

G_DEFINE_FINAL_TYPE (EntFieldRowSwitch, ent_field_row_switch, ENT_TYPE_FIELD_ROW_EDITOR)

static void
ent_field_row_switch_show (EntFieldRowEditor *editor,
                           const EntValue    *value)
{
  EntFieldRowSwitch *self = ENT_FIELD_ROW_SWITCH (editor);

  self->is_showing = TRUE;
  self->is_null = ent_value_is_null (value);
  gtk_switch_set_active (GTK_SWITCH (self->toggle), value->kind == ENT_VALUE_INT && value->integer != 0);
  self->is_showing = FALSE;
}

/* What was never set stays unset until the switch is moved. */
static gboolean
ent_field_row_switch_read (EntFieldRowEditor *editor,
                           EntValue          *value,
                           GError           **error)
{
  EntFieldRowSwitch *self = ENT_FIELD_ROW_SWITCH (editor);
  gboolean active = gtk_switch_get_active (GTK_SWITCH (self->toggle));

  ent_value_clear (value);
  if (active || !self->is_null)
    ent_value_set_int (value, active);
  return TRUE;
}

static void
ent_field_row_switch_activate (EntFieldRowEditor *editor)
{
  GtkSwitch *toggle = GTK_SWITCH (ENT_FIELD_ROW_SWITCH (editor)->toggle);

  gtk_switch_set_active (toggle, !gtk_switch_get_active (toggle));
}

static void
ent_field_row_switch_set_editable (EntFieldRowEditor *editor,
                                   gboolean           editable)
{
  gtk_widget_set_sensitive (ENT_FIELD_ROW_SWITCH (editor)->toggle, editable);
}

static gboolean
ent_field_row_switch_is_occupied (EntFieldRowEditor *editor)
{
  return FALSE;
}

static void
active_cb (EntFieldRowSwitch *self)
{
  if (self->is_showing)
    return;
  self->is_null = FALSE;
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
ent_field_row_switch_setup (EntFieldRowEditor *editor)
{
  EntFieldRowSwitch *self = ENT_FIELD_ROW_SWITCH (editor);

  gtk_label_set_label (GTK_LABEL (self->label), ent_field_get_label (ent_field_row_editor_get_field (editor)));
  ent_field_row_editor_add_suffix (editor, self->toggle);
}

static void
ent_field_row_switch_class_init (EntFieldRowSwitchClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  editor_class->setup = ent_field_row_switch_setup;
  editor_class->show = ent_field_row_switch_show;
  editor_class->read = ent_field_row_switch_read;
  editor_class->activate = ent_field_row_switch_activate;
  editor_class->set_editable = ent_field_row_switch_set_editable;
  editor_class->is_occupied = ent_field_row_switch_is_occupied;
}

static void
ent_field_row_switch_init (EntFieldRowSwitch *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->toggle = gtk_switch_new ();
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (active_cb), self, G_CONNECT_SWAPPED);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->toggle);
}
