/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-records-page-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/exchange/ent-import-dialog.h"
#include "pages/partners/ent-bulk-edit-dialog.h"
#include "pages/partners/ent-level-review.h"
#include "pages/partners/ent-new-record-dialog.h"

#define ASK_ABOVE     20   /* deleting more records than this shows first what will go */
#define COPY_ROWS     10000

static EntContext *
context_of (EntRecordsPage *self)
{
  return ent_page_get_context (ENT_PAGE (self));
}

/* --- New, open, import --------------------------------------------------------------------------------- */

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_auto (GStrv) assignments = ent_records_page_dup_assignments (self);

  ent_new_record_dialog_present (widget, context_of (self), self->type, (const char * const *) assignments);
}

static void
open_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_autoptr (GArray) keys = ent_record_table_dup_selected (self->table, 1);

  if (keys->len > 0)
    ent_context_open_record (context_of (self), g_array_index (keys, EntKey, 0));
}

static void
import_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_auto (GStrv) assignments = ent_records_page_dup_assignments (self);

  ent_import_dialog_present_for (widget, context_of (self), self->type, (const char * const *) assignments, NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_autoptr (GArray) keys = ent_record_table_dup_selected (self->table, 0);

  if (keys->len > 0)
    ent_bulk_edit_dialog_present (widget, context_of (self), self->type, keys);
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_autofree char *text = ent_record_table_dup_text (self->table, COPY_ROWS);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  ent_context_toast (context_of (self), _("Copied"));
}

/* --- Delete ---------------------------------------------------------------------------------------------- */

static gboolean
delete_func (EntTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  GArray *keys = data;

  for (guint i = 0; i < keys->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (ent_transaction_get_cancellable (transaction), error))
        return FALSE;
      if (ent_transaction_exists (transaction, g_array_index (keys, EntKey, i)) &&
          !ent_transaction_delete (transaction, g_array_index (keys, EntKey, i), error))
        return FALSE;
    }
  return TRUE;
}

static void
delete_keys (EntRecordsPage *self,
             GArray         *keys)
{
  g_autofree char *label = ent_records_page_count (self, keys->len, _("Delete %s"), _("Delete %s %s"));

  ent_context_write (context_of (self), label, delete_func, g_array_ref (keys), (GDestroyNotify) g_array_unref);
  ent_record_table_unselect_all (self->table);
}

typedef struct
{
  EntRecordsPage *page;
  GArray         *keys;
} DeleteQuestion;

static void
delete_answered_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  DeleteQuestion *question = user_data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (answer, "delete"))
    delete_keys (question->page, question->keys);
  g_object_unref (question->page);
  g_array_unref (question->keys);
  g_free (question);
}

static void
ask_to_delete (EntRecordsPage *self,
               GArray         *keys)
{
  g_autofree char *heading = ent_records_page_count (self, keys->len, _("Delete %s?"), _("Delete %s %s?"));
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);
  DeleteQuestion *question = g_new (DeleteQuestion, 1);

  question->page = g_object_ref (self);
  question->keys = g_array_ref (keys);
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog),
                             _("They go to the bin together with their lines and links. You can undo this."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (self), NULL, delete_answered_cb, question);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);
  g_autoptr (GArray) keys = ent_record_table_dup_selected (self->table, 0);

  if (keys->len > ASK_ABOVE)
    ask_to_delete (self, keys);
  else if (keys->len > 0)
    delete_keys (self, keys);
}

/* --- Filters, columns, selection ------------------------------------------------------------------------------- */

static void
clear_filters_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  EntRecordsPage *self = ENT_RECORDS_PAGE (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  ent_filter_bar_clear (self->filters);
}

static void
filter_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ent_filter_bar_add (ENT_RECORDS_PAGE (widget)->filters);
}

static void
reset_columns_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  ent_table_columns_reset (ent_record_table_get_columns (ENT_RECORDS_PAGE (widget)->table));
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  ent_record_table_select_all (ENT_RECORDS_PAGE (widget)->table);
}

static void
unselect_all_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  ent_record_table_unselect_all (ENT_RECORDS_PAGE (widget)->table);
}

static void
level_review_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  ent_level_review_present (widget, ent_page_get_context (ENT_PAGE (widget)));
}

/* --- Installing ------------------------------------------------------------------------------------------------ */

void
ent_records_page_update_actions (EntRecordsPage *self)
{
  static const char * const of_selection[] = { "page.edit", "page.delete", "page.copy", "page.unselect-all" };
  guint64 n = ent_record_table_get_n_selected (self->table);
  gboolean filtered = !ent_filter_bar_is_empty (self->filters) ||
                      *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';

  for (gsize i = 0; i < G_N_ELEMENTS (of_selection); i++)
    ent_page_action_set_enabled (ENT_PAGE (self), of_selection[i], n > 0);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.open", n == 1);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.clear-filters", filtered);
  ent_page_action_set_enabled (ENT_PAGE (self), "page.level-review",
                               self->base_filter != NULL && strstr (self->base_filter, "partner") != NULL);
}

void
ent_records_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "page.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, ent_records_page_export_action);
  gtk_widget_class_install_action (widget_class, "page.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "page.level-review", NULL, level_review_action);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "page.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "page.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "page.clear-filters", NULL, clear_filters_action);
  gtk_widget_class_install_action (widget_class, "page.save-view", NULL, ent_records_page_save_view_action);
  gtk_widget_class_install_action (widget_class, "page.reset-columns", NULL, reset_columns_action);
  gtk_widget_class_install_action (widget_class, "page.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "page.unselect-all", NULL, unselect_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.unselect-all", NULL);
}
