/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-field-row.h"

#include <glib/gi18n.h>

#include "widgets/ent-announce.h"
#include "widgets/ent-field-row-editor.h"

struct _EntFieldRow
{
  AdwPreferencesRow parent_instance;

  const EntField    *field;
  EntFieldRowEditor *editor;  /* (unowned): a child */
  GtkWidget         *title;
  GtkWidget         *message;
  EntValue           value;    /* as it was set, what Escape goes back to */
  EntValue           reported; /* what `edited` was last emitted for */
  gboolean           has_reported;
};

enum { SIGNAL_EDITED, SIGNAL_TYPING, N_SIGNALS };
static guint signals[N_SIGNALS];
G_DEFINE_FINAL_TYPE (EntFieldRow, ent_field_row, ADW_TYPE_PREFERENCES_ROW)

static EntFieldRowEditorClass *
class_of (EntFieldRow *self)
{
  return ENT_FIELD_ROW_EDITOR_GET_CLASS (self->editor);
}

static void
show (EntFieldRow *self)
{
  ent_value_clear (&self->reported);
  self->has_reported = FALSE;
  class_of (self)->show (self->editor, &self->value);
}

/* --- The message ---------------------------------------------------------------------------------------------- */

static void
describe (EntFieldRow *self,
          const char  *message,
          gboolean     invalid)
{
  GtkWidget *focus = ent_field_row_editor_get_focus_widget (self->editor);
  const char *help = ent_field_get_help (self->field);

  if (focus == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  message != NULL ? message : help != NULL ? help : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
set_message (EntFieldRow *self,
             const char  *message,
             gboolean     is_error)
{
  gboolean is_new = message != NULL && g_strcmp0 (message, gtk_label_get_label (GTK_LABEL (self->message))) != 0;

  gtk_label_set_label (GTK_LABEL (self->message), message != NULL ? message : "");
  gtk_widget_set_visible (self->message, message != NULL);
  if (is_error)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_widget_remove_css_class (self->message, "dimmed");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_widget_add_css_class (self->message, "dimmed");
    }
  describe (self, message, is_error);
  if (is_new && gtk_widget_get_mapped (GTK_WIDGET (self)))
    ent_announce (GTK_WIDGET (self), message, FALSE);
}

/* --- What the editor says --------------------------------------------------------------------------------------- */

static gboolean
check_required (EntFieldRow    *self,
                const EntValue *value,
                GError        **error)
{
  if (!ent_value_is_null (value) || !(self->field->info.flags & ENT_FIELD_REQUIRED))
    return TRUE;
  /* Translators: %s is the label of a field. */
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REQUIRED, _("“%s” cannot be empty"),
               ent_field_get_label (self->field));
  return FALSE;
}

static void
commit_cb (EntFieldRow *self)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!class_of (self)->read (self->editor, &value, &error))
    {
      set_message (self, error->message, TRUE);
      return;
    }
  /* Going back to the old value is an edit when another one was sent on its way. */
  if (ent_value_equal (&value, &self->value) && !self->has_reported)
    {
      set_message (self, NULL, FALSE);
      show (self);
      g_signal_emit (self, signals[SIGNAL_TYPING], 0);
      return;
    }
  if (!check_required (self, &value, &error))
    {
      set_message (self, error->message, TRUE);
      return;
    }
  if (self->has_reported && ent_value_equal (&value, &self->reported))
    return;
  set_message (self, NULL, FALSE);
  ent_value_clear (&self->reported);
  ent_value_copy (&value, &self->reported);
  self->has_reported = TRUE;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
typing_cb (EntFieldRow *self)
{
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "error"))
    set_message (self, NULL, FALSE);
  /* The same text may be sent again after something else was typed. */
  self->has_reported = FALSE;
  g_signal_emit (self, signals[SIGNAL_TYPING], 0);
}

static void
restore_cb (EntFieldRow *self)
{
  set_message (self, NULL, FALSE);
  show (self);
  g_signal_emit (self, signals[SIGNAL_TYPING], 0);
}

/* An empty text field shows its title in the place of the text, as AdwEntryRow does. */
static void
occupied_cb (EntFieldRow *self)
{
  EntFieldRowEditorClass *klass = class_of (self);

  gtk_widget_set_visible (self->title, klass->is_occupied == NULL || klass->is_occupied (self->editor));
}

static void
focus_within_cb (EntFieldRow             *self,
                 GParamSpec              *pspec,
                 GtkEventControllerFocus *focus)
{
  if (gtk_event_controller_focus_contains_focus (focus))
    gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
  occupied_cb (self);
}

/* --- The widget --------------------------------------------------------------------------------------------------- */

/* Not by a grab_focus() of the editor: GTK would go back into it when Shift+Tab leads out. */
static gboolean
ent_field_row_grab_focus (GtkWidget *widget)
{
  GtkWidget *focus = ent_field_row_editor_get_focus_widget (ENT_FIELD_ROW (widget)->editor);

  return focus != NULL && gtk_widget_grab_focus (focus);
}

static void
ent_field_row_activate (GtkListBoxRow *row)
{
  EntFieldRow *self = ENT_FIELD_ROW (row);

  if (!ent_field_row_editor_get_editable (self->editor))
    return;
  if (class_of (self)->activate != NULL)
    class_of (self)->activate (self->editor);
  else
    ent_field_row_grab_focus (GTK_WIDGET (self));
}

static void
row_activated_cb (EntFieldRow *self,
                  GtkListBoxRow *row)
{
  if (row == GTK_LIST_BOX_ROW (self))
    ent_field_row_activate (row);
}

/* A click comes as a signal of the list, not of the row. */
static void
parent_cb (EntFieldRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (GTK_IS_LIST_BOX (parent))
    g_signal_connect_object (parent, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
ent_field_row_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget));

  return child != NULL && gtk_widget_child_focus (child, direction);
}

static void
ent_field_row_finalize (GObject *object)
{
  EntFieldRow *self = ENT_FIELD_ROW (object);

  ent_value_clear (&self->value);
  ent_value_clear (&self->reported);
  G_OBJECT_CLASS (ent_field_row_parent_class)->finalize (object);
}

static void
ent_field_row_class_init (EntFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_field_row_finalize;
  widget_class->focus = ent_field_row_focus;
  widget_class->grab_focus = ent_field_row_grab_focus;
  GTK_LIST_BOX_ROW_CLASS (klass)->activate = ent_field_row_activate;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TYPING] = g_signal_new ("typing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
ent_field_row_init (EntFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect (self, "notify::parent", G_CALLBACK (parent_cb), NULL);
  g_signal_connect_swapped (focus, "notify::contains-focus", G_CALLBACK (focus_within_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_css_class (GTK_WIDGET (self), "entry");
}

static void
build (EntFieldRow *self)
{
  GtkWidget *header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->title = gtk_label_new (ent_field_get_label (self->field));
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "caption");
  gtk_widget_add_css_class (self->title, "dimmed");
  self->message = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->message), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->message, "caption");
  gtk_widget_set_visible (self->message, FALSE);

  gtk_widget_set_hexpand (body, TRUE);
  gtk_widget_set_valign (body, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (body, 6);
  gtk_widget_set_margin_top (body, 7);
  gtk_widget_set_margin_bottom (body, 7);
  gtk_box_append (GTK_BOX (body), self->title);
  gtk_box_append (GTK_BOX (body), GTK_WIDGET (self->editor));
  gtk_box_append (GTK_BOX (body), self->message);
  gtk_widget_add_css_class (header, "header");
  gtk_box_append (GTK_BOX (header), body);
  gtk_box_append (GTK_BOX (header), ent_field_row_editor_get_suffixes (self->editor));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), header);
}

GtkWidget *
ent_field_row_new (EntContext     *context,
                   const EntField *field)
{
  EntFieldRow *self = g_object_new (ENT_TYPE_FIELD_ROW, "title", ent_field_get_label (field), "focusable", FALSE,
                                    "tooltip-text", ent_field_get_help (field), NULL);
  GtkWidget *focus;

  self->field = field;
  self->editor = ent_field_row_editor_new (context, field);
  build (self);
  focus = ent_field_row_editor_get_focus_widget (self->editor);
  if (focus != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL,
                                    -1);
  describe (self, NULL, FALSE);
  g_signal_connect_object (self->editor, "commit", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "typing", G_CALLBACK (typing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "occupied", G_CALLBACK (occupied_cb), self, G_CONNECT_SWAPPED);
  occupied_cb (self);
  if (field->info.flags & ENT_FIELD_SYSTEM || field->info.type == ENT_FIELD_HASH ||
      field->info.type == ENT_FIELD_JSON)
    ent_field_row_set_editable (self, FALSE);
  return GTK_WIDGET (self);
}

const EntField *
ent_field_row_get_field (EntFieldRow *self)
{
  g_return_val_if_fail (ENT_IS_FIELD_ROW (self), NULL);
  return self->field;
}

void
ent_field_row_set_value (EntFieldRow    *self,
                         const EntValue *value,
                         gboolean        force)
{
  g_autofree char *typed = NULL;
  gboolean arrived;

  g_return_if_fail (ENT_IS_FIELD_ROW (self));
  g_return_if_fail (value != NULL);

  typed = ent_field_row_dup_typed (self);
  arrived = self->has_reported && ent_value_equal (value, &self->reported);
  if (!ent_value_equal (&self->value, value))
    {
      ent_value_clear (&self->value);
      ent_value_copy (value, &self->value);
    }
  else if (!force && !arrived && typed == NULL && !self->has_reported)
    return;
  if (typed != NULL && !force && !arrived)
    return;
  if (force)
    set_message (self, NULL, FALSE);
  show (self);
}

gboolean
ent_field_row_get_value (EntFieldRow  *self,
                         EntValue     *value,
                         GError      **error)
{
  g_return_val_if_fail (ENT_IS_FIELD_ROW (self), FALSE);

  return class_of (self)->read (self->editor, value, error) && check_required (self, value, error);
}

char *
ent_field_row_dup_typed (EntFieldRow *self)
{
  g_return_val_if_fail (ENT_IS_FIELD_ROW (self), NULL);
  return class_of (self)->dup_typed (self->editor);
}

void
ent_field_row_set_typed (EntFieldRow *self,
                         const char  *text)
{
  g_return_if_fail (ENT_IS_FIELD_ROW (self));

  class_of (self)->set_typed (self->editor, text != NULL ? text : "");
}

void
ent_field_row_set_message (EntFieldRow *self,
                           const char  *message)
{
  g_return_if_fail (ENT_IS_FIELD_ROW (self));
  set_message (self, message, FALSE);
}

void
ent_field_row_set_error (EntFieldRow *self,
                         const char  *message)
{
  g_return_if_fail (ENT_IS_FIELD_ROW (self));
  set_message (self, message, message != NULL);
  /* The same text may be sent again. */
  self->has_reported = FALSE;
}

void
ent_field_row_set_editable (EntFieldRow *self,
                            gboolean     editable)
{
  g_return_if_fail (ENT_IS_FIELD_ROW (self));

  ent_field_row_editor_set_editable (self->editor, editable);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), editable);
}
