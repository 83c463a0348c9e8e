/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-funding-page-private.h"

#include <glib/gi18n.h>

#include "pages/funding/ent-funding-dialog.h"

/* The rows behind a number of a chart or bar: a list in a dialog. */

/* --- Editing a line of a campaign ------------------------------------------------------------------------------------ */

typedef struct
{
  EntContext *context;
} Editing;

static void
editing_free (gpointer data)
{
  g_object_unref (((Editing *) data)->context);
  g_free (data);
}

static gboolean
save_cb (EntTransaction  *transaction,
         gpointer         record,
         GError         **error)
{
  return ent_transaction_update (transaction, record, error);
}

static void
confirmed_cb (EntFundingDialog *dialog,
              EntRecord        *record,
              gpointer          user_data)
{
  const Editing *editing = user_data;
  g_autofree char *label = g_strdup_printf (_("Edit %s"), ent_record_get_title (record));

  /* The dialog waits, insensitive, until it is written. */
  ent_context_write_async (editing->context, label, FALSE, save_cb, g_object_ref (record), g_object_unref, NULL, ent_funding_dialog_written_cb,
                           g_object_ref (dialog));
}

static void
edit_line (EntFundingPage *self,
           EntRecord      *line)
{
  static const char * const fields[] = { "channel", "week", "paid_by", "planned", "spent", "impressions", "clicks", "leads",
                                         "qualified", "won", "pipeline", "revenue", NULL };
  EntContext *context = ent_page_get_context (ENT_PAGE (self));
  EntRecord *copy = ent_record_copy (line);
  Editing *editing = g_new0 (Editing, 1);

  ent_record_mark_clean (copy);
  editing->context = g_object_ref (context);
  ent_funding_dialog_present (GTK_WIDGET (self), context, _("Edit Week"), _("Save"), NULL, copy, fields, confirmed_cb, editing,
                              editing_free);
}

/* --- The list --------------------------------------------------------------------------------------------------------- */

static void
activated_cb (GtkWidget      *row,
              EntFundingPage *self)
{
  EntRecord *record = g_object_get_data (G_OBJECT (row), "record");
  EntKey key = *(EntKey *) g_object_get_data (G_OBJECT (row), "key");
  GtkWidget *dialog = gtk_widget_get_ancestor (row, ADW_TYPE_DIALOG);

  g_object_ref (row);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  if (record != NULL && g_str_equal (ent_record_get_record_type (record)->info->name, "campaign_line"))
    edit_line (self, record);
  else
    ent_context_open_record (ent_page_get_context (ENT_PAGE (self)), key);
  g_object_unref (row);
}

AdwDialog *
ent_funding_rows_new (EntFundingPage *self,
                      const char     *title)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new (), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, 520);
  gtk_widget_set_margin_top (group, 12);
  gtk_widget_set_margin_bottom (group, 24);
  gtk_widget_set_margin_start (group, 12);
  gtk_widget_set_margin_end (group, 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), group);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), scrolled);
  adw_dialog_set_child (dialog, toolbar);
  g_object_set_data (G_OBJECT (dialog), "group", group);
  g_object_set_data (G_OBJECT (dialog), "page", self);
  return dialog;
}

void
ent_funding_rows_add (AdwDialog  *dialog,
                      const char *title,
                      const char *detail,
                      const char *value,
                      EntRecord  *record,
                      EntKey      key)
{
  GtkWidget *label = gtk_label_new (value), *row = ent_funding_row (title, detail, label);

  gtk_widget_add_css_class (label, "numeric");
  if (record != NULL)
    {
      key = ent_record_get_key (record);
      g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (record), g_object_unref);
    }
  g_object_set_data_full (G_OBJECT (row), "key", g_memdup2 (&key, sizeof key), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), g_object_get_data (G_OBJECT (dialog), "page"), 0);
  adw_preferences_group_add (g_object_get_data (G_OBJECT (dialog), "group"), row);
  g_object_set_data (G_OBJECT (dialog), "filled", row);
}

void
ent_funding_rows_present (EntFundingPage *self,
                          AdwDialog      *dialog)
{
  if (g_object_get_data (G_OBJECT (dialog), "filled") == NULL)
    adw_preferences_group_add (g_object_get_data (G_OBJECT (dialog), "group"), ent_funding_row (_("No rows"), NULL, NULL));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
