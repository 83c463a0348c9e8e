/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The typed links of a record, in both directions, and the dialog that adds one. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/partners/ent-profile-rows.h"
#include "widgets/ent-field-row.h"
#include "widgets/ent-record-form.h"

/* --- The list ------------------------------------------------------------------------------------------------------------ */

static gboolean
delete_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  return ent_transaction_delete (transaction, *(EntKey *) user_data, error);
}

static void
delete_cb (GtkWidget *button,
           gpointer   user_data)
{
  EntContext *context = user_data;
  const EntKey *link = g_object_get_data (G_OBJECT (button), "link");
  const char *title = g_object_get_data (G_OBJECT (button), "title");
  /* Translators: %s is the record at the other end of a link. */
  g_autofree char *label = g_strdup_printf (_("Remove Link to %s"), title);

  ent_context_write (context, label, delete_func, g_memdup2 (link, sizeof *link), g_free);
}

static void
edit_cb (GtkWidget *button,
         gpointer   user_data)
{
  ent_profile_line_dialog_present (button, user_data, *(EntKey *) g_object_get_data (G_OBJECT (button), "link"));
}

static GtkWidget *
new_button (EntContext           *context,
            const EntProfileLink *link,
            const char           *icon,
            const char           *tooltip,
            GCallback             callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), "link", g_memdup2 (&link->link, sizeof link->link), g_free);
  g_object_set_data_full (G_OBJECT (button), "title", g_strdup (link->other->title), g_free);
  g_signal_connect_object (button, "clicked", callback, context, 0);
  return button;
}

GtkWidget *
ent_profile_links_new (EntContext           *context,
                       const EntProfileData *data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = NULL;
  const char *kind = NULL;

  for (guint i = 0; i < data->links->len; i++)
    {
      const EntProfileLink *link = g_ptr_array_index (data->links, i);
      GtkWidget *row = ent_profile_row_new (context, link->other);

      if (g_strcmp0 (kind, link->kind) != 0)
        {
          g_autofree char *title = g_markup_escape_text (link->kind, -1);

          kind = link->kind;
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
          gtk_box_append (GTK_BOX (box), group);
        }
      ent_profile_row_add_button (ENT_PROFILE_ROW (row), new_button (context, link, "document-edit-symbolic",
                                                                     _("Edit Link"), G_CALLBACK (edit_cb)));
      ent_profile_row_add_button (ENT_PROFILE_ROW (row), new_button (context, link, "user-trash-symbolic",
                                                                     _("Remove Link"), G_CALLBACK (delete_cb)));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return box;
}

/* --- The dialog ------------------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntContext *context;
  AdwDialog  *dialog; /* (unowned): it owns this */
  GtkWidget  *add;
  GPtrArray  *rows;   /* of EntFieldRow (unowned) */
  EntKey      from;
  char       *title;
} LinkDialog;

static void
link_dialog_free (gpointer data)
{
  LinkDialog *self = data;

  g_object_unref (self->context);
  g_ptr_array_unref (self->rows);
  g_free (self->title);
  g_free (self);
}

static gboolean
insert_func (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  EntRecord *record = user_data;
  const EntField *type = ent_record_type_lookup (ent_record_get_record_type (record), "type");

  return ent_record_form_add_choices (transaction, type, ent_record_get_named (record, "type"), error) &&
         ent_transaction_insert (transaction, record, error);
}

static void
add_link_cb (LinkDialog *self)
{
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (self->context), "link");
  g_autoptr (EntRecord) record = ent_record_new (type);
  g_auto (EntValue) from = ENT_VALUE_INIT;
  g_autofree char *label = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      EntFieldRow *row = g_ptr_array_index (self->rows, i);
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (!ent_field_row_get_value (row, &value, &error))
        {
          ent_field_row_set_error (row, error->message);
          gtk_widget_grab_focus (GTK_WIDGET (row));
          return;
        }
      ent_record_take (record, ent_field_row_get_field (row)->index, &value);
    }
  ent_value_set_int (&from, self->from);
  ent_record_take (record, ent_record_type_lookup (type, "from")->index, &from);
  /* Translators: %s is the record a link starts from. */
  label = g_strdup_printf (_("Link %s"), self->title);
  ent_context_write (self->context, label, insert_func, g_steal_pointer (&record), g_object_unref);
  adw_dialog_close (self->dialog);
}

static GtkWidget *
build_rows (LinkDialog *self)
{
  static const char *const names[] = { "type", "to", "strength", "since", "source" };
  const EntRecordType *type = ent_store_get_record_type (ent_context_get_store (self->context), "link");
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (self->title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const EntField *field = ent_record_type_lookup (type, names[i]);
      GtkWidget *row = ent_field_row_new (self->context, field);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      ent_field_get_default (field, NULL, &value);
      ent_field_row_set_value (ENT_FIELD_ROW (row), &value, TRUE);
      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return page;
}

void
ent_link_dialog_present (GtkWidget  *parent,
                         EntContext *context,
                         EntKey      from,
                         const char *title)
{
  LinkDialog *self = g_new0 (LinkDialog, 1);
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add"));

  self->context = g_object_ref (context);
  self->rows = g_ptr_array_new ();
  self->from = from;
  self->title = g_strdup (title);
  self->dialog = adw_dialog_new ();
  g_object_set_data_full (G_OBJECT (self->dialog), "link", self, link_dialog_free);
  gtk_button_set_can_shrink (GTK_BUTTON (cancel), TRUE);
  gtk_button_set_can_shrink (GTK_BUTTON (add), TRUE);
  gtk_widget_add_css_class (add, "suggested-action");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_link_cb), self);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (adw_dialog_close), self->dialog, G_CONNECT_SWAPPED);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (bar), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), add);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), bar);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), build_rows (self));
  adw_dialog_set_title (self->dialog, _("Add Link"));
  adw_dialog_set_content_width (self->dialog, 440);
  adw_dialog_set_content_height (self->dialog, 460);
  adw_dialog_set_child (self->dialog, view);
  adw_dialog_set_default_widget (self->dialog, add);
  if (self->rows->len > 0)
    adw_dialog_set_focus (self->dialog, g_ptr_array_index (self->rows, 0));
  adw_dialog_present (self->dialog, parent);
}
