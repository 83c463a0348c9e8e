/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several texts: tags, addresses, numbers; an entry at the end takes more. */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/ent-field-row-editor.h"

struct _EntFieldRowChips
{
  EntFieldRowEditor parent_instance;

  GtkWidget *wrap;
  GtkWidget *text;
  EntValue   value;
  gboolean   is_showing;
};

G_DEFINE_FINAL_TYPE (EntFieldRowChips, ent_field_row_chips, ENT_TYPE_FIELD_ROW_EDITOR)

static const char *
get_text (EntFieldRowChips *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

static void
set_text (EntFieldRowChips *self,
          const char       *text)
{
  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->text), text);
  self->is_showing = FALSE;
}

/* --- Chips -------------------------------------------------------------------------------------------------------- */

static void rebuild (EntFieldRowChips *self);

static void
remove_item (EntFieldRowChips *self,
             const char       *item)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **other = self->value.kind == ENT_VALUE_LIST ? self->value.list : NULL; other != NULL && *other != NULL;
       other++)
    if (strcmp (*other, item) != 0)
      g_strv_builder_add (builder, *other);
  ent_value_take_list (&self->value, g_strv_builder_end (builder));
  if (self->value.kind == ENT_VALUE_LIST && self->value.list[0] == NULL)
    ent_value_clear (&self->value);
  rebuild (self);
  gtk_widget_grab_focus (self->text);
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static void
remove_clicked_cb (EntFieldRowChips *self,
                   GtkWidget        *button)
{
  g_autofree char *item = g_strdup (g_object_get_data (G_OBJECT (button), "item"));

  remove_item (self, item);
}

static void
open_clicked_cb (EntFieldRowChips *self,
                 GtkWidget        *button)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  g_autofree char *address = ent_field_row_address (field, g_object_get_data (G_OBJECT (button), "item"));

  ent_field_row_open_address (GTK_WIDGET (self), address);
}

static GtkWidget *
chip_label (EntFieldRowChips *self,
            const EntField   *field,
            const char       *item)
{
  GtkWidget *label = gtk_label_new (item);
  GtkWidget *button;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (ent_field_row_address_label (field) == NULL)
    {
      gtk_widget_set_margin_start (label, 10);
      return label;
    }
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, ent_field_row_address_label (field));
  g_object_set_data_full (G_OBJECT (button), "item", g_strdup (item), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_chip (EntFieldRowChips *self,
           const char       *item)
{
  const EntField *field = ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self));
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is an item of a list, such as a tag. */
  g_autofree char *label = g_strdup_printf (_("Remove %s"), item);

  gtk_widget_add_css_class (chip, "chip");
  gtk_box_append (GTK_BOX (chip), chip_label (self, field, item));
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_add_css_class (close, "circular");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (close, label);
  g_object_set_data_full (G_OBJECT (close), "item", g_strdup (item), g_free);
  g_signal_connect_object (close, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  if (ent_field_row_editor_get_editable (ENT_FIELD_ROW_EDITOR (self)))
    gtk_box_append (GTK_BOX (chip), close);
  return chip;
}

static void
rebuild (EntFieldRowChips *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->wrap);

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (child != self->text)
        adw_wrap_box_remove (ADW_WRAP_BOX (self->wrap), child);
      child = next;
    }
  child = NULL;
  for (char **item = self->value.kind == ENT_VALUE_LIST ? self->value.list : NULL; item != NULL && *item != NULL; item++)
    {
      GtkWidget *chip = make_chip (self, *item);

      adw_wrap_box_insert_child_after (ADW_WRAP_BOX (self->wrap), chip, child);
      child = chip;
    }
  gtk_text_set_placeholder_text (GTK_TEXT (self->text), child != NULL ? _("Add…")
                                   : ent_field_get_label (ent_field_row_editor_get_field (ENT_FIELD_ROW_EDITOR (self))));
}

static void
ent_field_row_chips_show (EntFieldRowEditor *editor,
                          const EntValue    *value)
{
  EntFieldRowChips *self = ENT_FIELD_ROW_CHIPS (editor);

  if (!ent_value_equal (&self->value, value) || gtk_widget_get_first_child (self->wrap) == self->text)
    {
      ent_value_clear (&self->value);
      ent_value_copy (value, &self->value);
      rebuild (self);
    }
  set_text (self, "");
  ent_field_row_editor_occupied (editor);
}

/* --- Reading -------------------------------------------------------------------------------------------------------- */

/* The list with what stands in the entry; its parts may be pasted, separated by commas or lines. */
static gboolean
ent_field_row_chips_read (EntFieldRowEditor *editor,
                          EntValue          *value,
                          GError           **error)
{
  EntFieldRowChips *self = ENT_FIELD_ROW_CHIPS (editor);
  g_auto (EntValue) more = ENT_VALUE_INIT;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  ent_value_clear (value);
  if (!ent_value_read (ent_field_row_editor_get_field (editor), get_text (self), NULL, &more, error))
    return FALSE;
  if (self->value.kind == ENT_VALUE_LIST)
    g_strv_builder_addv (builder, (const char **) self->value.list);
  for (char **item = more.kind == ENT_VALUE_LIST ? more.list : NULL; item != NULL && *item != NULL; item++)
    if (self->value.kind != ENT_VALUE_LIST || !g_strv_contains ((const char *const *) self->value.list, *item))
      g_strv_builder_add (builder, *item);
  if (self->value.kind == ENT_VALUE_LIST || more.kind == ENT_VALUE_LIST)
    ent_value_take_list (value, g_strv_builder_end (builder));
  return TRUE;
}

/* Takes what stands in the entry as chips. */
static void
take_text (EntFieldRowChips *self)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (ent_field_row_chips_read (ENT_FIELD_ROW_EDITOR (self), &value, NULL))
    {
      ent_value_clear (&self->value);
      ent_value_copy (&value, &self->value);
      set_text (self, "");
      rebuild (self);
    }
  ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static char *
ent_field_row_chips_dup_typed (EntFieldRowEditor *editor)
{
  const char *text = get_text (ENT_FIELD_ROW_CHIPS (editor));

  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
ent_field_row_chips_set_typed (EntFieldRowEditor *editor,
                               const char        *text)
{
  gtk_editable_set_text (GTK_EDITABLE (ENT_FIELD_ROW_CHIPS (editor)->text), text);
}

static void
ent_field_row_chips_set_editable (EntFieldRowEditor *editor,
                                  gboolean           editable)
{
  EntFieldRowChips *self = ENT_FIELD_ROW_CHIPS (editor);

  gtk_widget_set_visible (self->text, editable);
  rebuild (self);
}

static gboolean
ent_field_row_chips_is_occupied (EntFieldRowEditor *editor)
{
  EntFieldRowChips *self = ENT_FIELD_ROW_CHIPS (editor);

  return !ent_value_is_null (&self->value) || *get_text (self) != '\0' || gtk_widget_has_focus (self->text);
}

/* --- Typing ----------------------------------------------------------------------------------------------------------- */

static void
changed_cb (EntFieldRowChips *self)
{
  if (!self->is_showing)
    ent_field_row_editor_typing (ENT_FIELD_ROW_EDITOR (self));
}

static void
activate_cb (EntFieldRowChips *self)
{
  if (*get_text (self) != '\0')
    take_text (self);
}

static void
focus_left_cb (EntFieldRowChips *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (*get_text (self) != '\0' && root != NULL && gtk_root_get_focus (root) != self->text)
    take_text (self);
}

static gboolean
key_cb (EntFieldRowChips *self,
        guint             keyval,
        guint             keycode,
        GdkModifierType   state)
{
  gboolean empty = *get_text (self) == '\0';

  if (keyval == GDK_KEY_Escape && !empty)
    {
      ent_field_row_editor_restore (ENT_FIELD_ROW_EDITOR (self));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_BackSpace && empty && self->value.kind == ENT_VALUE_LIST)
    {
      g_autofree char *last = g_strdup (self->value.list[g_strv_length (self->value.list) - 1]);

      remove_item (self, last);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
ent_field_row_chips_setup (EntFieldRowEditor *editor)
{
}

static void
ent_field_row_chips_finalize (GObject *object)
{
  ent_value_clear (&ENT_FIELD_ROW_CHIPS (object)->value);
  G_OBJECT_CLASS (ent_field_row_chips_parent_class)->finalize (object);
}

static void
ent_field_row_chips_class_init (EntFieldRowChipsClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_field_row_chips_finalize;
  editor_class->setup = ent_field_row_chips_setup;
  editor_class->show = ent_field_row_chips_show;
  editor_class->read = ent_field_row_chips_read;
  editor_class->dup_typed = ent_field_row_chips_dup_typed;
  editor_class->set_typed = ent_field_row_chips_set_typed;
  editor_class->set_editable = ent_field_row_chips_set_editable;
  editor_class->is_occupied = ent_field_row_chips_is_occupied;
}

static void
ent_field_row_chips_init (EntFieldRowChips *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->wrap = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->wrap), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->wrap), 3);
  gtk_widget_set_hexpand (self->wrap, TRUE);
  self->text = g_object_new (GTK_TYPE_TEXT, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->text), 12);
  gtk_widget_set_hexpand (self->text, TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (self->wrap), self->text);
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  g_signal_connect_object (self->text, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->text, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->text, focus);
  gtk_widget_add_controller (self->text, keys);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->text);
}
