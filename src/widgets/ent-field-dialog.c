/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-field-dialog.h"

#include <glib/gi18n.h>

#include "widgets/ent-field-row.h"

typedef struct
{
  EntContext     *context;
  GtkWidget      *parent; /* (owned) */
  EntKey          key;
  char           *field_name;
  const EntField *field;
  EntRecord      *record;
  EntFieldRow    *row;
} Ask;

static void
ask_free (Ask *ask)
{
  g_clear_object (&ask->context);
  g_clear_object (&ask->parent);
  g_clear_object (&ask->record);
  g_clear_object (&ask->row);
  g_free (ask->field_name);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

typedef struct
{
  EntKey          key;
  const EntField *field;
  EntValue        value;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  ent_value_clear (&write->value);
  g_free (write);
}

static gboolean
write_func (EntTransaction  *transaction,
            gpointer         user_data,
            GError         **error)
{
  const Write *write = user_data;

  return ent_transaction_set (transaction, write->key, write->field, &write->value, error);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  Write *write;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "save") ||
      ent_context_get_store (ask->context) == NULL)
    return;
  write = g_new0 (Write, 1);
  write->key = ask->key;
  write->field = ask->field;
  if (!ent_field_row_get_value (ask->row, &write->value, &error))
    {
      ent_context_error (ask->context, ent_field_get_label (ask->field), error);
      write_free (write);
      return;
    }
  label = g_strdup_printf (_("Edit %1$s of %2$s"), ent_field_get_label (ask->field), ent_record_get_title (ask->record));
  ent_context_write (ask->context, label, write_func, write, write_free);
}

/* Nothing to save while there is no value. */
static void
edited_cb (EntFieldRow    *row,
           AdwAlertDialog *dialog)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  adw_alert_dialog_set_response_enabled (dialog, "save",
                                         ent_field_row_get_value (row, &value, NULL) && !ent_value_is_null (&value));
}

static void
show (Ask *ask)
{
  AdwAlertDialog *dialog =
    ADW_ALERT_DIALOG (adw_alert_dialog_new (ent_field_get_label (ask->field), ent_record_get_title (ask->record)));
  GtkWidget *list = gtk_list_box_new ();

  ask->row = g_object_ref_sink (ENT_FIELD_ROW (ent_field_row_new (ask->context, ask->field)));
  ent_field_row_set_value (ask->row, ent_record_get (ask->record, ask->field->index), TRUE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (ask->row));
  adw_alert_dialog_set_extra_child (dialog, list);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "save", _("_Save"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_response_enabled (dialog, "save", FALSE);
  adw_dialog_set_focus (ADW_DIALOG (dialog), GTK_WIDGET (ask->row));
  g_signal_connect_object (ask->row, "edited", G_CALLBACK (edited_cb), dialog, 0);
  adw_alert_dialog_choose (dialog, ask->parent, NULL, chosen_cb, ask);
}

static gpointer
load_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_store_get (store, *(EntKey *) data, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Ask) ask = user_data;
  g_autoptr (GError) error = NULL;

  ask->record = ent_store_run_finish (ENT_STORE (source), result, &error);
  if (ask->record == NULL)
    {
      ent_context_error (ask->context, NULL, error);
      return;
    }
  ask->field = ent_record_type_lookup (ent_record_get_record_type (ask->record), ask->field_name);
  if (ask->field != NULL && gtk_widget_get_root (ask->parent) != NULL)
    show (g_steal_pointer (&ask));
}

void
ent_field_dialog_present (GtkWidget  *parent,
                          EntContext *context,
                          EntKey      key,
                          const char *field)
{
  Ask *ask;

  g_return_if_fail (ENT_IS_CONTEXT (context));
  g_return_if_fail (field != NULL);

  ask = g_new0 (Ask, 1);
  ask->context = g_object_ref (context);
  ask->parent = g_object_ref (parent);
  ask->key = key;
  ask->field_name = g_strdup (field);
  ent_store_run_async (ent_context_get_store (context), load_job, g_memdup2 (&key, sizeof key), g_free, g_object_unref,
                       NULL, loaded_cb, ask);
}
