/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several lines of text: grows with what is written, up to a limit. */

#include "config.h"

#include <string.h>

#include "widgets/ent-field-row-editor.h"

#define MAX_HEIGHT 360

struct _EntFieldRowText
{
  EntFieldRowEditor parent_instance;

  GtkWidget     *view;
  GtkTextBuffer *buffer; /* (unowned): of the view */
  char          *shown;
  gboolean       is_showing;
};

G_DEFINE_FINAL_TYPE (EntFieldRowText, ent_field_row_text, ENT_TYPE_FIELD_ROW_EDITOR)

static char *
dup_text (EntFieldRowText *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static gboolean
is_changed (EntFieldRowText *self)
{
  g_autofree char *text = dup_text (self);

  return g_strcmp0 (text, self->shown) != 0;
}

static void
ent_field_row_text_show (EntFieldRowEditor *editor,
                         const EntValue    *value)
{
  EntFieldRowText *self = ENT_FIELD_ROW_TEXT (editor);
  g_autofree char *text = ent_field_row_edit_text (ent_field_row_editor_get_field (editor), value);
  g_autofree char *now = dup_text (self);

  self->is_showing = TRUE;
  if (strcmp (text, now) != 0)
    gtk_text_buffer_set_text (self->buffer, text, -1);
  self->is_showing = FALSE;
  g_set_str (&self->shown, text);
}

static gboolean
ent_field_row_text_read (EntFieldRowEditor *editor,
                         EntValue          *value,
                         GError           **error)
{
  g_autofree char *text = dup_text (ENT_FIELD_ROW_TEXT (editor));

  return ent_value_read (ent_field_row_editor_get_field (editor), text, NULL, value, error);
}

static char *
ent_field_row_text_dup_typed (EntFieldRowEditor *editor)
{
  EntFieldRowText *self = ENT_FIELD_ROW_TEXT (editor);

  return is_changed (self) ? dup_text (self) : NULL;
}

static void
ent_field_row_text_set_typed (EntFieldRowEditor *editor,
                              const char        *text)
{
  gtk_text_buffer_set_text (ENT_FIELD_ROW_TEXT (editor)->buffer, text, -1);
}

static void
ent_field_row_text_set_editable (EntFieldRowEditor *editor,
                                 gboolean           editable)
{
  gtk_text_view_set_editable (GTK_TEXT_VIEW (ENT_FIELD_ROW_TEXT (editor)->view), editable);
}

static void
changed_cb (EntFieldRowText *self)
{
  if (!self->is_showing)
    ent_field_row_editor_typing (ENT_FIELD_ROW_EDITOR (self));
}

static void
focus_left_cb (EntFieldRowText *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) != self->view && is_changed (self))
    ent_field_row_editor_commit (ENT_FIELD_ROW_EDITOR (self));
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  EntFieldRowText *self = user_data;

  if (!is_changed (self))
    return GDK_EVENT_PROPAGATE;
  ent_field_row_editor_restore (ENT_FIELD_ROW_EDITOR (self));
  return GDK_EVENT_STOP;
}

static gboolean
commit_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  ent_field_row_editor_commit (user_data);
  return GDK_EVENT_STOP;
}

static void
ent_field_row_text_setup (EntFieldRowEditor *editor)
{
  if (ent_field_row_editor_get_field (editor)->info.type == ENT_FIELD_JSON)
    gtk_text_view_set_monospace (GTK_TEXT_VIEW (ENT_FIELD_ROW_TEXT (editor)->view), TRUE);
}

static void
ent_field_row_text_finalize (GObject *object)
{
  g_free (ENT_FIELD_ROW_TEXT (object)->shown);
  G_OBJECT_CLASS (ent_field_row_text_parent_class)->finalize (object);
}

static void
ent_field_row_text_class_init (EntFieldRowTextClass *klass)
{
  EntFieldRowEditorClass *editor_class = ENT_FIELD_ROW_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_field_row_text_finalize;
  editor_class->setup = ent_field_row_text_setup;
  editor_class->show = ent_field_row_text_show;
  editor_class->read = ent_field_row_text_read;
  editor_class->dup_typed = ent_field_row_text_dup_typed;
  editor_class->set_typed = ent_field_row_text_set_typed;
  editor_class->set_editable = ent_field_row_text_set_editable;
}

static void
add_keys (EntFieldRowText *self)
{
  GtkShortcutController *keys = GTK_SHORTCUT_CONTROLLER (gtk_shortcut_controller_new ());

  gtk_shortcut_controller_add_shortcut (keys, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                                gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (keys,
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (commit_cb, self, NULL)));
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (keys));
}

static void
ent_field_row_text_init (EntFieldRowText *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->view = gtk_text_view_new ();
  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
  gtk_text_buffer_set_enable_undo (self->buffer, TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  /* Tab goes on to the next field. */
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_add_css_class (self->view, "inline");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->view, focus);
  add_keys (self);
  ent_field_row_editor_set_focus_widget (ENT_FIELD_ROW_EDITOR (self), self->view);
}
