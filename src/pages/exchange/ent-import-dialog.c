/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "pages/exchange/ent-import-result.h"

typedef enum
{
  PROP_FILE_TITLE = 1,
  PROP_PROGRESS_TITLE,
} EntImportDialogProperty;

static GParamSpec *props[PROP_PROGRESS_TITLE + 1];
G_DEFINE_FINAL_TYPE (EntImportDialog, ent_import_dialog, ADW_TYPE_DIALOG)

void
ent_import_dialog_set_title (EntImportDialog *self,
                             const char      *title)
{
  if (g_set_str (&self->file_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILE_TITLE]);
}

void
ent_import_dialog_tell (EntImportDialog *self,
      const char      *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* --- Choosing the file ----------------------------------------------------------------------------------------- */

static void
show_columns (EntImportDialog *self)
{
  if (ent_import_dialog_read (self, NULL) &&
      g_strcmp0 (adw_navigation_page_get_tag (adw_navigation_view_get_visible_page (self->view)), "columns") != 0)
    adw_navigation_view_push_by_tag (self->view, "columns");
}

static void
take_file (EntImportDialog *self,
           GFile           *file)
{
  if (g_file_peek_path (file) == NULL)
    {
      ent_import_dialog_tell (self, _("That file is not on this computer; download it first."));
      return;
    }
  g_set_object (&self->file, file);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  show_columns (self);
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntImportDialog) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    take_file (self, file);
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _("Tables (CSV, TSV, JSON)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_add_suffix (tables, "json");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_set_title (dialog, _("Import"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, g_object_ref (widget));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntImportDialog) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL || *text == '\0')
    {
      ent_import_dialog_tell (self, _("There are no rows to paste: copy some in a spreadsheet first."));
      return;
    }
  g_clear_object (&self->file);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  self->pasted = g_bytes_new (text, strlen (text));
  show_columns (self);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb, g_object_ref (widget));
}

static gboolean
drop_cb (GtkDropTarget   *target,
         const GValue    *value,
         double           x,
         double           y,
         EntImportDialog *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  take_file (self, files->data);
  return TRUE;
}

/* --- Running ------------------------------------------------------------------------------------------------------ */

/* The plan goes to the job; the dialog makes a new one when the user comes back. */
typedef struct
{
  EntImportPlan *plan;
  EntImportFlags flags;
} RunWish;

static void
run_wish_free (gpointer data)
{
  RunWish *self = data;

  ent_import_plan_free (self->plan);
  g_free (self);
}

static gpointer
run_job (EntStore      *store,
         EntJob        *job,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  RunWish *wish = data;
  EntImportReport *report = ent_import_run (store, wish->plan, wish->flags, ent_job_progress, job, cancellable, error);

  if (report != NULL && (wish->flags & ENT_IMPORT_DRY_RUN) == 0)
    ent_import_plan_remember (wish->plan, store, NULL);
  return report;
}

static void
progress_cb (EntImportDialog *self,
             GParamSpec      *pspec,
             EntJob          *job)
{
  double fraction = ent_job_get_fraction (job);

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  else
    gtk_progress_bar_pulse (self->progress_bar);
  gtk_progress_bar_set_text (self->progress_bar, ent_job_get_detail (job));
}

/* The plan that ran is gone; a fresh one with the same choices serves the next try. */
static void
renew_plan (EntImportDialog *self,
            const char      *json)
{
  if (!ent_import_dialog_read (self, &self->dialect))
    return;
  ent_import_plan_apply_json (self->plan, json, NULL);
  ent_import_dialog_show_plan (self);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (EntImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntImportReport) report = ent_context_finish_job (ENT_CONTEXT (source), result, &error);
  gboolean dry;

  g_clear_object (&self->job);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
  if (report == NULL)
    {
      adw_navigation_view_pop_to_tag (self->view, "columns");
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        ent_import_dialog_tell (self, error->message);
      return;
    }
  dry = ent_import_report_is_dry_run (report);
  gtk_widget_set_visible (self->done_button, !dry);
  gtk_widget_set_visible (self->run_after_dry_button, dry);
  adw_bin_set_child (self->result_bin, ent_import_result_new (self->context, report));
  if (dry)
    {
      adw_navigation_view_pop_to_tag (self->view, "columns");
      adw_navigation_view_push_by_tag (self->view, "result");
    }
  else
    adw_navigation_view_replace_with_tags (self->view, (const char * const[]) { "result" }, 1);
}

static void
start (EntImportDialog *self,
       EntImportFlags   flags)
{
  RunWish *wish;
  g_autofree char *json = NULL;

  if (self->plan == NULL || self->job != NULL)
    return;
  json = ent_import_plan_to_json (self->plan);
  wish = g_new0 (RunWish, 1);
  wish->plan = g_steal_pointer (&self->plan);
  wish->flags = flags;
  renew_plan (self, json);
  g_set_str (&self->progress_title, flags & ENT_IMPORT_DRY_RUN ? _("Trying") : _("Importing"));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS_TITLE]);
  adw_navigation_view_push_by_tag (self->view, "working");
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  self->job = g_object_ref (ent_context_start_job (self->context, self->file_title, run_job, wish, run_wish_free,
                                                   (GDestroyNotify) ent_import_report_unref, ran_cb,
                                                   g_object_ref (self)));
  g_signal_connect_object (self->job, "notify", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
}

static void
run_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  start (ENT_IMPORT_DIALOG (widget), 0);
}

static void
dry_run_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  start (ENT_IMPORT_DIALOG (widget), ENT_IMPORT_DRY_RUN);
}

static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  EntImportDialog *self = ENT_IMPORT_DIALOG (widget);

  if (self->job != NULL)
    ent_job_cancel (self->job);
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* --- The dialog ------------------------------------------------------------------------------------------------------ */

static void
ent_import_dialog_dispose (GObject *object)
{
  EntImportDialog *self = ENT_IMPORT_DIALOG (object);

  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENT_TYPE_IMPORT_DIALOG);
  g_clear_object (&self->context);
  g_clear_object (&self->file);
  g_clear_object (&self->given);
  G_OBJECT_CLASS (ent_import_dialog_parent_class)->dispose (object);
}

static void
ent_import_dialog_finalize (GObject *object)
{
  EntImportDialog *self = ENT_IMPORT_DIALOG (object);

  g_clear_pointer (&self->plan, ent_import_plan_free);
  g_clear_pointer (&self->pasted, g_bytes_unref);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->key_names);
  g_free (self->file_title);
  g_free (self->progress_title);
  G_OBJECT_CLASS (ent_import_dialog_parent_class)->finalize (object);
}

static void
ent_import_dialog_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EntImportDialog *self = ENT_IMPORT_DIALOG (object);

  switch ((EntImportDialogProperty) prop_id)
    {
    case PROP_FILE_TITLE:
      g_value_set_string (value, self->file_title);
      break;
    case PROP_PROGRESS_TITLE:
      g_value_set_string (value, self->progress_title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/entente/Entente/ui/pages/exchange/ent-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, view);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, type_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, format_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, columns_group);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, key_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, missing_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, choices_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, empty_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, given_row);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, run_after_dry_button);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, result_bin);
  gtk_widget_class_bind_template_callback (widget_class, ent_import_dialog_type_cb);
  gtk_widget_class_bind_template_callback (widget_class, ent_import_dialog_format_cb);
  gtk_widget_class_bind_template_callback (widget_class, ent_import_dialog_options_cb);
}

static void
ent_import_dialog_class_init (EntImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char * const names[] = { NULL, "file-title", "progress-title" };

  object_class->dispose = ent_import_dialog_dispose;
  object_class->finalize = ent_import_dialog_finalize;
  object_class->get_property = ent_import_dialog_get_property;
  for (guint i = PROP_FILE_TITLE; i <= PROP_PROGRESS_TITLE; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "import.dry-run", NULL, dry_run_action);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "import.close", NULL, close_action);
}

static void
ent_import_dialog_init (EntImportDialog *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->types = g_ptr_array_new ();
  self->key_names = g_ptr_array_new_with_free_func (g_free);
  self->file_title = g_strdup (_("Import"));
  self->progress_title = g_strdup (_("Importing"));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

void
ent_import_dialog_present_for (GtkWidget           *parent,
                               EntContext          *context,
                               const EntRecordType *type,
                               const char * const  *assignments,
                               GFile               *file)
{
  EntImportDialog *self = g_object_new (ENT_TYPE_IMPORT_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->type = type != NULL ? type : ent_store_get_record_type (ent_context_get_store (context), "organization");
  ent_import_dialog_take_assignments (self, assignments);
  ent_import_dialog_fill_rows (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  if (file != NULL)
    take_file (self, file);
}

void
ent_import_dialog_present (GtkWidget           *parent,
                           EntContext          *context,
                           const EntRecordType *type,
                           GFile               *file)
{
  ent_import_dialog_present_for (parent, context, type, NULL, file);
}
