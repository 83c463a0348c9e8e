/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-dialog.h"

#include <glib/gi18n.h>

#include "widgets/ent-announce.h"
#include "widgets/ent-field-row.h"

struct _EntFundingDialog
{
  AdwDialog parent_instance;

  EntRecord            *record;
  GPtrArray            *rows; /* of EntFieldRow (unowned) */
  GtkWidget            *message, *confirm;
  EntFundingDialogFunc  func;
  gpointer              user_data;
  GDestroyNotify        destroy;
};

G_DEFINE_FINAL_TYPE (EntFundingDialog, ent_funding_dialog, ADW_TYPE_DIALOG)

static void
show_message (EntFundingDialog *self,
              const char       *text,
              gboolean          is_error)
{
  gtk_label_set_label (GTK_LABEL (self->message), text != NULL ? text : "");
  gtk_widget_set_visible (self->message, text != NULL);
  if (is_error)
    {
      gtk_widget_add_css_class (self->message, "error");
      ent_announce (self->message, text, TRUE);
    }
}

static gboolean
read_rows (EntFundingDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (!ent_field_row_get_value (row, &value, &error))
        {
          show_message (self, error->message, TRUE);
          gtk_widget_grab_focus (GTK_WIDGET (row));
          return FALSE;
        }
      ent_record_take (self->record, ent_field_row_get_field (row)->index, &value);
    }
  return TRUE;
}

static void
confirm_cb (EntFundingDialog *self)
{
  if (!gtk_widget_get_sensitive (self->confirm) || !read_rows (self))
    return;
  gtk_widget_set_sensitive (self->confirm, FALSE);
  self->func (self, self->record, self->user_data);
}

static void
confirm_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  confirm_cb (ENT_FUNDING_DIALOG (widget));
}

void
ent_funding_dialog_done (EntFundingDialog *self,
                         const GError     *error)
{
  gtk_widget_set_sensitive (self->confirm, TRUE);
  if (error != NULL)
    show_message (self, error->message, TRUE);
  else
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
ent_funding_dialog_finalize (GObject *object)
{
  EntFundingDialog *self = ENT_FUNDING_DIALOG (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_clear_object (&self->record);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (ent_funding_dialog_parent_class)->finalize (object);
}

static void
ent_funding_dialog_class_init (EntFundingDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ent_funding_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "dialog.confirm", NULL, confirm_action);
}

static void
ent_funding_dialog_init (EntFundingDialog *self)
{
  self->rows = g_ptr_array_new ();
}

static GtkWidget *
make_header (EntFundingDialog *self,
             const char       *confirm)
{
  GtkWidget *header = adw_header_bar_new (), *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  self->confirm = gtk_button_new_with_label (confirm);
  gtk_widget_add_css_class (self->confirm, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->confirm), "dialog.confirm");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->confirm);
  return header;
}

static GtkWidget *
make_rows (EntFundingDialog   *self,
           EntContext         *context,
           const char * const *fields)
{
  const EntRecordType *type = ent_record_get_record_type (self->record);
  GtkWidget *group = adw_preferences_group_new ();

  for (; *fields != NULL; fields++)
    {
      const EntField *field = ent_record_type_lookup (type, *fields);
      GtkWidget *row = ent_field_row_new (context, field);

      ent_field_row_set_value (ENT_FIELD_ROW (row), ent_record_get (self->record, field->index), TRUE);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

EntFundingDialog *
ent_funding_dialog_present (GtkWidget            *parent,
                            EntContext           *context,
                            const char           *title,
                            const char           *confirm,
                            const char           *message,
                            EntRecord            *record,
                            const char * const   *fields,
                            EntFundingDialogFunc  func,
                            gpointer              user_data,
                            GDestroyNotify        destroy)
{
  EntFundingDialog *self = g_object_new (ENT_TYPE_FUNDING_DIALOG, "title", title, "content-width", 480, NULL);
  GtkWidget *toolbar = adw_toolbar_view_new (), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  self->record = record;
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
  self->message = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->message), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->message), 0);
  gtk_box_append (GTK_BOX (box), self->message);
  gtk_box_append (GTK_BOX (box), make_rows (self, context, fields));
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), make_header (self, confirm));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scrolled);
  adw_dialog_set_child (ADW_DIALOG (self), toolbar);
  adw_dialog_set_default_widget (ADW_DIALOG (self), self->confirm);
  if (self->rows->len > 0)
    adw_dialog_set_focus (ADW_DIALOG (self), g_ptr_array_index (self->rows, 0));
  show_message (self, message, FALSE);
  adw_dialog_present (ADW_DIALOG (self), parent);
  return self;
}

void
ent_funding_dialog_written_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (EntFundingDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;

  ent_context_write_finish (ENT_CONTEXT (source), result, &error);
  ent_funding_dialog_done (dialog, error);
}
