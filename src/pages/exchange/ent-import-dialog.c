/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "exchange/ent-import.h"
#include "pages/exchange/ent-import-columns.h"
#include "pages/exchange/ent-import-preview-table.h"
#include "pages/exchange/ent-import-result.h"

#define ENT_TYPE_IMPORT_DIALOG (ent_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntImportDialog, ent_import_dialog, ENT, IMPORT_DIALOG, AdwDialog)

struct _EntImportDialog
{
  AdwDialog            parent;
  EntContext          *context;
  const EntRecordType *type;
  GPtrArray           *types;     /* of EntRecordType (unowned): as in the type row */
  GPtrArray           *key_names; /* of char *: as in the key row; "" makes new records */
  GFile               *file;
  GBytes              *pasted;
  EntCsvDialect        dialect;
  EntImportPlan       *plan;
  EntJob              *job;
  char                *file_title;
  char                *progress_title;
  gboolean             filling;

  AdwToastOverlay     *toasts;
  AdwNavigationView   *view;
  AdwBanner           *banner;
  AdwComboRow         *type_row;
  AdwExpanderRow      *format_row;
  AdwComboRow         *encoding_row;
  AdwComboRow         *delimiter_row;
  AdwSwitchRow        *header_row;
  AdwPreferencesGroup *columns_group;
  AdwComboRow         *key_row;
  AdwComboRow         *missing_row;
  AdwSwitchRow        *choices_row;
  AdwSwitchRow        *empty_row;
  AdwPreferencesGroup *preview_group;
  GtkWidget           *preview_table;
  GtkProgressBar      *progress_bar;
  GtkWidget           *done_button;
  GtkWidget           *run_after_dry_button;
  AdwBin              *result_bin;
};

typedef enum
{
  PROP_FILE_TITLE = 1,
  PROP_PROGRESS_TITLE,
} EntImportDialogProperty;

static GParamSpec *props[PROP_PROGRESS_TITLE + 1];
G_DEFINE_FINAL_TYPE (EntImportDialog, ent_import_dialog, ADW_TYPE_DIALOG)

static const char delimiters[] = { ',', ';', '\t', '|', ' ' };

typedef enum
{
  MISSING_REFUSE,
  MISSING_CREATE,
  MISSING_SKIP,
} MissingChoice;

/* --- Reading the file ------------------------------------------------------------------------------------- */

static void
set_title (EntImportDialog *self,
           EntTableSource  *source)
{
  g_autofree char *title = g_strdup_printf (_("Import %s"), ent_table_source_get_name (source));

  if (g_set_str (&self->file_title, title))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FILE_TITLE]);
}

static void
tell (EntImportDialog *self,
      const char      *message)
{
  AdwToast *toast = adw_toast_new (message);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static EntTableSource *
open_source (EntImportDialog      *self,
             const EntCsvDialect  *dialect,
             GError              **error)
{
  if (self->pasted != NULL)
    return ent_table_source_new_for_bytes (self->pasted, dialect, NULL, error);
  return ent_table_source_open (g_file_peek_path (self->file), dialect, NULL, error);
}

static void
update_preview (EntImportDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntImportPreview) preview = ent_import_preview (self->plan, 0, &error);
  g_autofree char *text = NULL;

  if (self->preview_table != NULL)
    adw_preferences_group_remove (self->preview_group, self->preview_table);
  self->preview_table = NULL;
  if (preview == NULL)
    {
      tell (self, error->message);
      return;
    }
  if (preview->n_problems > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u problem in the first %u lines: point at ▲ to see why.",
                                         "%u problems in the first %u lines: point at ▲ to see why.",
                                         preview->n_problems), preview->n_problems, preview->rows->len);
  adw_preferences_group_set_description (self->preview_group,
                                         text != NULL ? text : _("The first lines, as they were understood."));
  self->preview_table = ent_import_preview_table_new (self->plan, preview);
  adw_preferences_group_add (self->preview_group, self->preview_table);
}

static void
update_banner (EntImportDialog *self)
{
  g_autoptr (GPtrArray) missing = ent_import_plan_get_missing (self->plan);
  g_autofree char *text = NULL;

  if (missing->len > 0)
    text = g_strdup_printf (_("New records need “%s”: choose the column that holds it."),
                            ent_field_get_label (g_ptr_array_index (missing, 0)));
  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->banner, text != NULL);
}

static void
columns_changed_cb (gpointer user_data)
{
  EntImportDialog *self = user_data;

  update_banner (self);
  update_preview (self);
}

/* --- Options ------------------------------------------------------------------------------------------------ */

static void
add_key (EntImportDialog *self,
         GtkStringList   *labels,
         const char      *name,
         const char      *label)
{
  g_ptr_array_add (self->key_names, g_strdup (name));
  gtk_string_list_append (labels, label);
}

static void
fill_keys (EntImportDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_auto (GStrv) keys = ent_import_plan_dup_keys (self->plan);
  guint selected = 0;

  g_ptr_array_set_size (self->key_names, 0);
  add_key (self, labels, "", _("None: Make New Records"));
  for (guint i = 0; i < ent_import_plan_get_n_columns (self->plan); i++)
    {
      const EntImportColumn *column = ent_import_plan_get_column (self->plan, i);

      if (column->role == ENT_IMPORT_FIELD && !ent_field_is_many (column->field))
        add_key (self, labels, column->field->info.name, ent_field_get_label (column->field));
      else if (column->role == ENT_IMPORT_ID)
        add_key (self, labels, "id", _("Id"));
      else if (column->role == ENT_IMPORT_CODE)
        add_key (self, labels, "code", _("Short Code"));
    }
  for (guint i = 1; keys[0] != NULL && i < self->key_names->len; i++)
    if (g_str_equal (g_ptr_array_index (self->key_names, i), keys[0]))
      selected = i;
  adw_combo_row_set_model (self->key_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->key_row, selected);
}

static void
options_changed_cb (EntImportDialog *self)
{
  EntImportOptions options = { 0 };
  guint key = adw_combo_row_get_selected (self->key_row);
  const char *keys[2] = { NULL, NULL };
  MissingChoice missing = (MissingChoice) adw_combo_row_get_selected (self->missing_row);

  if (self->filling || self->plan == NULL || key >= self->key_names->len)
    return;
  if (key > 0)
    keys[0] = g_ptr_array_index (self->key_names, key);
  ent_import_plan_set_keys (self->plan, keys, NULL);
  options.create_missing = missing == MISSING_CREATE ? "organization" : NULL;
  options.skip_missing = missing == MISSING_SKIP;
  options.add_choices = adw_switch_row_get_active (self->choices_row);
  options.clear_empty = adw_switch_row_get_active (self->empty_row);
  ent_import_plan_set_options (self->plan, &options, NULL);
  update_preview (self);
}

static void
fill_format (EntImportDialog *self,
             EntTableSource  *source)
{
  const EntCsvDialect *dialect = ent_table_source_get_dialect (source);
  const char * const *encodings = ent_csv_get_encodings ();

  self->dialect = *dialect;
  gtk_widget_set_visible (GTK_WIDGET (self->format_row), ent_table_source_get_format (source) == ENT_TABLE_CSV);
  for (guint i = 0; encodings[i] != NULL; i++)
    if (g_strcmp0 (encodings[i], dialect->encoding) == 0)
      adw_combo_row_set_selected (self->encoding_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (delimiters[i] == dialect->delimiter)
      adw_combo_row_set_selected (self->delimiter_row, i);
  adw_switch_row_set_active (self->header_row, dialect->has_header);
  adw_expander_row_set_subtitle (self->format_row, ent_csv_delimiter_get_label (dialect->delimiter));
}

/* A new plan for the file as it is read now. FALSE and a toast when it cannot be read. */
static gboolean
read_file (EntImportDialog     *self,
           const EntCsvDialect *dialect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = open_source (self, dialect, &error);

  if (source == NULL)
    {
      tell (self, error->message);
      return FALSE;
    }
  self->filling = TRUE;
  set_title (self, source);
  fill_format (self, source);
  g_clear_pointer (&self->plan, ent_import_plan_free);
  self->plan = ent_import_plan_new (self->type, source);
  ent_import_columns_fill (self->columns_group, self->plan, columns_changed_cb, self);
  fill_keys (self);
  self->filling = FALSE;
  columns_changed_cb (self);
  return TRUE;
}

static void
show_columns (EntImportDialog *self)
{
  if (read_file (self, NULL) &&
      g_strcmp0 (adw_navigation_page_get_tag (adw_navigation_view_get_visible_page (self->view)), "columns") != 0)
    adw_navigation_view_push_by_tag (self->view, "columns");
}

static void
format_changed_cb (EntImportDialog *self)
{
  guint encoding = adw_combo_row_get_selected (self->encoding_row);
  guint delimiter = adw_combo_row_get_selected (self->delimiter_row);

  if (self->filling || self->plan == NULL)
    return;
  if (encoding != GTK_INVALID_LIST_POSITION)
    self->dialect.encoding = ent_csv_get_encodings ()[encoding];
  if (delimiter < G_N_ELEMENTS (delimiters))
    self->dialect.delimiter = delimiters[delimiter];
  self->dialect.has_header = adw_switch_row_get_active (self->header_row);
  read_file (self, &(EntCsvDialect) { self->dialect.encoding, self->dialect.delimiter, self->dialect.quote,
                                      self->dialect.escape, self->dialect.line_end, self->dialect.has_bom,
                                      self->dialect.has_header, self->dialect.skip_lines });
}

static void
type_changed_cb (EntImportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->type_row);

  if (self->filling || self->plan == NULL || selected >= self->types->len)
    return;
  self->type = g_ptr_array_index (self->types, selected);
  read_file (self, NULL);
}

/* --- Choosing the file ----------------------------------------------------------------------------------------- */

static void
take_file (EntImportDialog *self,
           GFile           *file)
{
  if (g_file_peek_path (file) == NULL)
    {
      tell (self, _("That file is not on this computer; download it first."));
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
      tell (self, _("There are no rows to paste: copy some in a spreadsheet first."));
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
  if (!read_file (self, &self->dialect))
    return;
  ent_import_plan_apply_json (self->plan, json, NULL);
  self->filling = TRUE;
  ent_import_columns_fill (self->columns_group, self->plan, columns_changed_cb, self);
  fill_keys (self);
  self->filling = FALSE;
  columns_changed_cb (self);
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
        tell (self, error->message);
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
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, preview_group);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, done_button);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, run_after_dry_button);
  gtk_widget_class_bind_template_child (widget_class, EntImportDialog, result_bin);
  gtk_widget_class_bind_template_callback (widget_class, type_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, options_changed_cb);
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

static void
fill_types (EntImportDialog *self)
{
  EntSchema *schema = self->type->schema;
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      if (ent_record_type_is_child (type))
        continue;
      if (type->info->number == self->type->info->number)
        selected = self->types->len;
      g_ptr_array_add (self->types, (gpointer) type);
      gtk_string_list_append (labels, ent_record_type_get_label (type, TRUE));
    }
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->type_row, selected);
}

static void
fill_fixed_rows (EntImportDialog *self)
{
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (ent_csv_get_encodings ());
  g_autoptr (GtkStringList) separators = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) missing = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    gtk_string_list_append (separators, ent_csv_delimiter_get_label (delimiters[i]));
  gtk_string_list_append (missing, _("Refuse the Line"));
  gtk_string_list_append (missing, _("Make an Organization"));
  gtk_string_list_append (missing, _("Leave the Field Empty"));
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (encodings));
  adw_combo_row_set_model (self->delimiter_row, G_LIST_MODEL (separators));
  adw_combo_row_set_model (self->missing_row, G_LIST_MODEL (missing));
}

void
ent_import_dialog_present (GtkWidget           *parent,
                           EntContext          *context,
                           const EntRecordType *type,
                           GFile               *file)
{
  EntImportDialog *self = g_object_new (ENT_TYPE_IMPORT_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->type = type != NULL ? type : ent_store_get_record_type (ent_context_get_store (context), "organization");
  self->filling = TRUE;
  fill_types (self);
  fill_fixed_rows (self);
  self->filling = FALSE;
  adw_dialog_present (ADW_DIALOG (self), parent);
  if (file != NULL)
    take_file (self, file);
}
