/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-plan-page-private.h"

#include <glib/gi18n.h>

#include "exchange/ent-plan-export.h"
#include "pages/onboarding/ent-onboard-dialogs.h"
#include "pages/onboarding/ent-plan-print.h"

/* --- Writing ------------------------------------------------------------------------------------------------------ */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (EntPlanPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (ENT_CONTEXT (source), result, &error) >= 0)
    return;
  ent_context_error (ENT_CONTEXT (source), _("The change was not made"), error);
  /* What was ticked or moved by hand goes back to what is. */
  if (self->data != NULL && self->context != NULL)
    {
      ent_plan_list_set_data (self->list, self->data);
      ent_timeline_set_data (self->timeline, self->data);
    }
}

static void
write_change (EntPlanPage        *self,
              const char         *label,
              EntTransactionFunc  func,
              gpointer            data)
{
  ent_context_write_async (self->context, label, FALSE, func, data, g_free, NULL, written_cb, g_object_ref (self));
}

static const EntOnboardItem *
get_item (EntPlanPage *self,
          EntKey       key)
{
  guint index = self->data != NULL ? ent_onboard_run_find (self->data->run, key) : G_MAXUINT;

  return index != G_MAXUINT ? ent_onboard_run_get (self->data->run, index) : NULL;
}

static EntOnboardEdit *
new_edit (EntPlanPage *self,
          EntKey       item)
{
  EntOnboardEdit *edit = g_new0 (EntOnboardEdit, 1);

  edit->item = item;
  edit->today = ent_context_get_today (self->context);
  return edit;
}

void
ent_plan_page_set_done (EntPlanPage *self,
                        EntKey       key,
                        gboolean     done)
{
  const EntOnboardItem *item = get_item (self, key);
  EntOnboardEdit *edit;
  g_autofree char *label = NULL;

  if (item == NULL)
    return;
  edit = new_edit (self, key);
  edit->status = done ? "done" : "open";
  if (!done)
    label = g_strdup_printf (_("Reopen %s"), item->title);
  else if (ent_record_get_int (item->record, "celebrate", 0) != 0)
    label = g_strdup_printf (_("Milestone reached: %s"), item->title);
  else
    label = g_strdup_printf (_("Done: %s"), item->title);
  write_change (self, label, ent_onboard_set_status, edit);
}

void
ent_plan_page_reorder (EntPlanPage *self,
                       EntKey       key,
                       EntKey       before)
{
  const EntOnboardItem *item = get_item (self, key);
  EntOnboardEdit *edit;
  g_autofree char *label = NULL;

  if (item == NULL)
    return;
  edit = new_edit (self, key);
  edit->before = before;
  label = g_strdup_printf (_("Reorder %s"), item->title);
  write_change (self, label, ent_onboard_reorder, edit);
}

static void
move_to (EntPlanPage *self,
         EntKey       key,
         gint64       due,
         gboolean     alone)
{
  const EntOnboardItem *item = get_item (self, key);
  EntOnboardEdit *edit;
  g_autofree char *label = NULL;
  g_autofree char *day = NULL;

  if (item == NULL)
    return;
  edit = new_edit (self, key);
  edit->due = due;
  edit->with_dependents = !alone;
  day = ent_date_display (due, ENT_DISPLAY_SHORT);
  label = g_strdup_printf (_("Move %1$s to %2$s"), item->title, day);
  write_change (self, label, ent_onboard_move, edit);
}

void
ent_plan_page_shift (EntPlanPage *self,
                     EntKey       key,
                     int          days,
                     gboolean     alone)
{
  const EntOnboardItem *item = get_item (self, key);

  if (item != NULL && item->due != ENT_ONBOARD_NO_DATE && !self->data->run->is_over)
    move_to (self, key, item->due + days, alone);
}

/* --- Dialogs --------------------------------------------------------------------------------------------------------- */

static void
moved_cb (gpointer user_data,
          gint64   due,
          gboolean alone)
{
  EntPlanPage *self = user_data;

  move_to (self, self->selected, due, alone);
}

static void
reviewed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (EntPlanPage) self = user_data;
  g_autofree char *label = NULL;

  if (!g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result), "take") || self->data == NULL ||
      ent_context_get_store (self->context) == NULL)
    return;
  label = g_strdup_printf (_("Take the template over: %s"), ent_record_get_title (self->data->run->plan));
  write_change (self, label, ent_onboard_take_over, g_memdup2 (&self->plan, sizeof self->plan));
}

void
ent_plan_page_review (EntPlanPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  AdwAlertDialog *dialog;

  if (self->data == NULL || self->data->differences->len == 0)
    return;
  for (guint i = 0; i < self->data->differences->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((EntOnboardDifference *) g_ptr_array_index (self->data->differences, i))->text);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_("Take the Template Over?"), text->str));
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Not Now"), "take", _("_Take Over"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "take", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "take");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_choose (dialog, GTK_WIDGET (self), NULL, reviewed_cb, g_object_ref (self));
}

static gboolean
cancel_func (EntTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  g_autoptr (EntRecord) plan = ent_transaction_get (transaction, *(EntKey *) data, error);

  return plan != NULL && ent_record_set_text (plan, "status", "canceled", error) &&
         ent_transaction_update (transaction, plan, error);
}

/* --- Elsewhere --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntContext *context; /* (owned): main thread only */
  EntKey      plan;
  gint64      today;
  char       *path;
} Export;

static void
export_clear (gpointer data)
{
  g_free (((Export *) data)->path);
}

static void
export_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, export_clear);
}

static gpointer
export_job (EntStore      *store,
            EntJob        *job,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Export *export = data;
  const EntOnboardSource source = { .store = store };
  g_autoptr (EntOnboardRun) run = ent_onboard_run_load (&source, export->plan, export->today, error);

  return run != NULL && ent_plan_export (store, run, export->path, error) ? GINT_TO_POINTER (1) : NULL;
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (ent_context_finish_job (ENT_CONTEXT (source), result, &error) == NULL)
    ent_context_error (ENT_CONTEXT (source), _("The export failed"), error);
  else
    ent_context_toast (ENT_CONTEXT (source), _("Plan exported"));
}

static void
export_chosen_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr (EntContext) context = export->context;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  export->path = file != NULL ? g_file_get_path (file) : NULL;
  if (export->path != NULL && ent_context_get_store (context) != NULL)
    ent_context_start_job (context, _("Export Plan"), export_job, g_atomic_rc_box_acquire (export), export_release, NULL,
                           exported_cb, NULL);
  else if (error != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    ent_context_error (context, _("No file was chosen"), error);
  export_release (export);
}

static void
export_plan (EntPlanPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strdup_printf ("%s.md", ent_record_get_title (self->data->run->plan));
  Export *export = g_atomic_rc_box_new0 (Export);

  export->context = g_object_ref (self->context);
  export->plan = self->plan;
  export->today = ent_context_get_today (self->context);
  gtk_file_dialog_set_title (dialog, _("Export Plan as .md, .csv, or .ics"));
  gtk_file_dialog_set_initial_name (dialog, g_strdelimit (name, "/", '-'));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, export_chosen_cb, export);
}

static void
print_plan (EntPlanPage *self)
{
  g_autoptr (GtkPrintOperation) operation = ent_plan_print_new (self->data);
  g_autoptr (GError) error = NULL;

  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &error) ==
      GTK_PRINT_OPERATION_RESULT_ERROR)
    ent_context_error (self->context, _("The plan could not be printed"), error);
}

/* --- Actions ----------------------------------------------------------------------------------------------------------- */

static gboolean
is_before_active (const char *lifecycle)
{
  static const char * const before[] =
    { "identified", "contacted", "discovery", "evaluated", "agreement", "onboarding", NULL };

  return lifecycle == NULL || g_strv_contains (before, lifecycle);
}

gboolean
ent_plan_page_can (EntPlanPage *self,
                   const char  *action)
{
  const EntOnboardItem *item = get_item (self, self->selected);

  if (self->data == NULL)
    return FALSE;
  if (g_str_equal (action, "page.move-item"))
    return item != NULL && item->is_open && !self->data->run->is_over && self->data->run->start != ENT_ONBOARD_NO_DATE;
  if (g_str_equal (action, "page.take-over"))
    return self->data->differences->len > 0;
  if (g_str_equal (action, "page.activate"))
    return self->data->partner != 0 && is_before_active (self->data->lifecycle);
  if (g_str_equal (action, "page.open"))
    return self->data->partner != 0;
  if (g_str_equal (action, "page.cancel-plan"))
    return !self->data->run->is_over;
  return TRUE;
}

static void
activate_partner (EntPlanPage *self)
{
  g_autofree char *label = g_strdup_printf (_("Make %s active"), self->data->partner_title);

  write_change (self, label, ent_onboard_activate, g_memdup2 (&self->data->partner, sizeof self->data->partner));
}

void
ent_plan_page_act (EntPlanPage *self,
                   const char  *action)
{
  if (!ent_plan_page_can (self, action))
    return;
  if (g_str_equal (action, "page.move-item"))
    ent_move_dialog_present (GTK_WIDGET (self), self->data->run, ent_onboard_run_find (self->data->run, self->selected),
                             moved_cb, g_object_ref (self), g_object_unref);
  else if (g_str_equal (action, "page.take-over"))
    ent_plan_page_review (self);
  else if (g_str_equal (action, "page.activate"))
    activate_partner (self);
  else if (g_str_equal (action, "page.open"))
    ent_context_open_record (self->context, self->data->partner);
  else if (g_str_equal (action, "page.open-plan"))
    ent_context_open_record (self->context, self->plan);
  else if (g_str_equal (action, "page.export"))
    export_plan (self);
  else if (g_str_equal (action, "page.print"))
    print_plan (self);
  else if (g_str_equal (action, "page.cancel-plan"))
    write_change (self, _("Cancel plan"), cancel_func, g_memdup2 (&self->plan, sizeof self->plan));
}
