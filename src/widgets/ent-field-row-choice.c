/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One or several of a list: choices, countries, currencies, time zones. */

#include "config.h"

#include <glib/gi18n.h>
#include <adwaita.h>

#include "widgets/ent-field-row-editor.h"
#include "widgets/ent-field-row-options.h"
#include "widgets/ent-pill.h"

struct _EntFieldRowChoice
{
  EntFieldRowEditor parent_instance;

  GtkWidget *button;
  GtkWidget *wrap;    /* in the button: what is chosen */
  GtkWidget *arrow;
  GtkWidget *popover; /* (nullable): made anew when opened, because choices may have been added */
  EntValue   value;
};

G_DEFINE_FINAL_TYPE (EntFieldRowChoice, ent_field_row_choice, ENT_TYPE_FIELD_ROW_EDITOR)

/* --- What is chosen ---------------------------------------------------------------------------------------------- */

static void
add_chosen (EntFieldRowChoice *self,
            const EntField    *field,
            const char        *value,
            gboolean           many)
{
  const EntChoice *choice = ent_field_lookup_choice (field, value);
  g_auto (EntValue) one = ENT_VALUE_INIT;
  g_autofree char *text = NULL;
  GtkWidget *child;

  ent_value_set_text (&one, value);
  text = ent_value_display (field, &one, ENT_DISPLAY_FULL, NULL, NULL);
  if (many || (choice != NULL && choice->tone != ENT_TONE_NEUTRAL))
    child = ent_pill_new (text, choice != NULL ? choice->tone : ENT_TONE_NEUTRAL);
  else
    {
      child = gtk_label_new (text);
      gtk_label_set_xalign (GTK_LABEL (child), 0);
      gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
    }
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), child);
}

/* A screen reader hears the value with the name of the button. */
static void
update_accessible (EntFieldRowChoice *self,
                   const EntField    *field)
{
  g_autofree char *text = ent_value_display (field, &self->value, ENT_DISPLAY_FULL, NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  *text != '\0' ? text : _("None"), -1);
}

static void
ent_field_row_choice_show (EntFieldRowEditor *editor,
                           const EntValue    *value)
{
  EntFieldRowChoice *self = ENT_FIELD_ROW_CHOICE (editor);
  const EntField *field = ent_field_row_editor_get_field (editor);
  GtkWidget *child;

  ent_value_clear (&self->value);
  ent_value_copy (value, &self->value);
  while ((child = gtk_widget_get_first_child (self->wrap)) != NULL)
    adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), child);
  if (value->kind == ENT_VALUE_TEXT)
    add_chosen (self, field, value->text, FALSE);
  for (char **item = value->kind == ENT_VALUE_LIST ? value->list : NULL; item != NULL && *item != NULL; item++)
    add_chosen (self, field, *item, TRUE);
  if (ent_value_is_null (value))
    {
      GtkWidget *label = gtk_label_new (ent_field_get_label (field));

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dimmed");
      adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), label);
    }
  update_accessible (self, field);
  ent_field_row_editor_occupied (editor);
}

static gboolean
ent_field_row_choice_read (EntFieldRowEditor *editor,
                           EntValue          *value,
                           GError           **error)
{
  ent_value_clear (value);
  ent_value_copy (&ENT_FIELD_ROW_CHOICE (editor)->value, value);
  return TRUE;
}

static gboolean
ent_field_row_choice_is_occupied (EntFieldRowEditor *editor)
{
  return !ent_value_is_null (&ENT_FIELD_ROW_CHOICE (editor)->value);
}

/* --- Choosing ------------------------------------------------------------------------------------------------------ */

static void
take (EntFieldRowChoice *self,
      EntValue          *value)
{
  if (ent_value_equal (value, &self->value))
    return;
  ent_field_row_choice_show (ENT_FIELD_ROW_EDITOR (self), value);
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
chosen_cb (EntFieldRowChoice *self,
           const char        *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (*text != '\0')
    ent_value_set_text (&value, text);
  take (self, &value);
}

static void
closed_cb (EntFieldRowChoice *self)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  g_auto (EntValue) value = ENT_VALUE_INIT;
  char **chosen;

  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);
  if (!ent_field_is_many (field))
    return;
  chosen = ent_field_row_options_dup_chosen (ENT_FIELD_ROW_OPTIONS (self->popover));
  if (*chosen != NULL)
    ent_value_take_list (&value, chosen);
  else
    g_strfreev (chosen);
  take (self, &value);
}

static void
open_popover (EntFieldRowChoice *self)
{
  EntFieldRowEditor *editor = ENT_FIELD_ROW_EDITOR (self);
  const EntField *field = ent_field_row_editor_get_field (editor);
  const char *one[] = { self->value.kind == ENT_VALUE_TEXT ? self->value.text : NULL, NULL };

  if (!ent_field_row_editor_get_editable (editor))
    return;
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = ent_field_row_options_new (field->info.type, field);
  ent_field_row_options_set_many (ENT_FIELD_ROW_OPTIONS (self->popover), ent_field_is_many (field));
  ent_field_row_options_set_clearable (ENT_FIELD_ROW_OPTIONS (self->popover),
                                       !(field->info.flags & ENT_FIELD_REQUIRED) && !ent_field_is_many (field));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED, TRUE, -1);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  ent_field_row_options_start (ENT_FIELD_ROW_OPTIONS (self->popover),
                               self->value.kind == ENT_VALUE_LIST ? (const char *const *) self->value.list : one);
}

static void
ent_field_row_choice_activate (EntFieldRowEditor *editor)
{
  open_popover (ENT_FIELD_ROW_CHOICE (editor));
}

static void
ent_field_row_choice_set_editable (EntFieldRowEditor *editor,
                                   gboolean           editable)
{
  EntFieldRowChoice *self = ENT_FIELD_ROW_CHOICE (editor);

  gtk_widget_set_visible (self->arrow, editable);
  gtk_widget_set_can_focus (self->button, editable);
}

/* --- The widget ------------------------------------------------------------------------------------------------------ */

static void
ent_field_row_choice_setup (EntFieldRowEditor *editor)
{
}

static void
ent_field_row_choice_dispose (GObject *object)
{
  g_clear_pointer (&ENT_FIELD_ROW_CHOICE (object)->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (ent_field_row_choice_parent_class)->dispose (object);
}

static void
ent_field_row_choice_finalize (GObject *object)
{
  ent_value_clear (&ENT_FIELD_ROW_CHOICE (object)->value);
  G_OBJECT_CLASS (ent_field_row_choice_parent_class)->finalize (object);
}

static void
ent_field_row_choice_class_init (EntFieldRowChoiceClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_field_row_choice_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_field_row_choice_finalize;
  editor_class->setup = ent_field_row_choice_setup;
  editor_class->show = ent_field_row_choice_show;
  editor_class->read = ent_field_row_choice_read;
  editor_class->activate = ent_field_row_choice_activate;
  editor_class->set_editable = ent_field_row_choice_set_editable;
  editor_class->is_occupied = ent_field_row_choice_is_occupied;
}

static void
ent_field_row_choice_init (EntFieldRowChoice *self)
{
  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 6);
  self->button = g_object_new (GTK_TYPE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_COMBO_BOX, "child", self->wrap,
                               "hexpand", TRUE, NULL);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "field-value");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (open_popover), self, G_CONNECT_SWAPPED);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  ent_field_row_editor_add_suffix (ENT_FIELD_ROW_EDITOR (self), self->arrow);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->button);
}
