/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/exchange/ent-import-dialog-private.h"

#include <glib/gi18n.h>

#include "pages/exchange/ent-import-columns.h"
#include "pages/exchange/ent-import-preview-table.h"
#include "widgets/ent-record-preset.h"

static const char delimiters[] = { ',', ';', '\t', '|', ' ' };

typedef enum
{
  MISSING_REFUSE,
  MISSING_CREATE,
  MISSING_SKIP,
} MissingChoice;

/* --- Reading the file ------------------------------------------------------------------------------------- */

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
      ent_import_dialog_tell (self, error->message);
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

void
ent_import_dialog_update (gpointer user_data)
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
  add_key (self, labels, "", _("Nothing"));
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

/* --- What new records get ----------------------------------------------------------------------------------- */

void
ent_import_dialog_take_assignments (EntImportDialog    *self,
                                    const char * const *assignments)
{
  if (assignments == NULL || *assignments == NULL)
    return;
  self->given = ent_record_new (self->type);
  ent_record_preset (self->given, self->context, assignments);
}

/* "Roles: Partner" */
static char *
describe_given (EntImportDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ent_record_type_get_n_fields (self->type); i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, i);
      g_autofree char *value = NULL;

      if (!ent_record_is_dirty (self->given, i))
        continue;
      value = ent_value_display (field, ent_record_get (self->given, i), ENT_DISPLAY_FULL, NULL, NULL);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", ent_field_get_label (field), value);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Another type of record knows nothing of them. */
static void
show_given (EntImportDialog *self)
{
  gboolean fits = self->given != NULL && ent_record_get_record_type (self->given) == self->type;
  g_autofree char *text = fits ? describe_given (self) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->given_row), fits);
  if (fits)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->given_row), text);
}

static void
apply_given (EntImportDialog *self)
{
  gboolean wanted = gtk_widget_get_visible (GTK_WIDGET (self->given_row)) &&
                    adw_switch_row_get_active (self->given_row);

  for (guint i = 0; self->given != NULL && ent_record_get_record_type (self->given) == self->type &&
                    i < ent_record_type_get_n_fields (self->type); i++)
    if (ent_record_is_dirty (self->given, i))
      ent_import_plan_set_value (self->plan, ent_record_type_get_nth (self->type, i),
                                 wanted ? ent_record_get (self->given, i) : NULL);
}

/* The rows of the options as the plan has them. */
static void
show_options (EntImportDialog *self)
{
  const EntImportOptions *options = ent_import_plan_get_options (self->plan);

  adw_combo_row_set_selected (self->missing_row, options->create_missing != NULL ? MISSING_CREATE
                                                 : options->skip_missing ? MISSING_SKIP : MISSING_REFUSE);
  adw_switch_row_set_active (self->choices_row, options->add_choices);
  adw_switch_row_set_active (self->empty_row, options->clear_empty);
}

void
ent_import_dialog_show_plan (EntImportDialog *self)
{
  self->filling = TRUE;
  ent_import_columns_fill (self->columns_group, self->plan, ent_import_dialog_update, self);
  fill_keys (self);
  show_options (self);
  show_given (self);
  apply_given (self);
  self->filling = FALSE;
  ent_import_dialog_update (self);
}

void
ent_import_dialog_options_cb (EntImportDialog *self)
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
  apply_given (self);
  update_preview (self);
}

static void
fill_format (EntImportDialog *self,
             EntTableSource  *source)
{
  const EntCsvDialect *dialect = ent_table_source_get_dialect (source);
  const char * const *encodings = ent_csv_get_encodings ();
  g_autofree char *subtitle = NULL;

  self->dialect = *dialect;
  gtk_widget_set_visible (GTK_WIDGET (self->format_row), ent_table_source_get_format (source) == ENT_TABLE_CSV);
  for (guint i = 0; encodings[i] != NULL; i++)
    if (g_strcmp0 (encodings[i], dialect->encoding) == 0)
      adw_combo_row_set_selected (self->encoding_row, i);
  for (guint i = 0; i < G_N_ELEMENTS (delimiters); i++)
    if (delimiters[i] == dialect->delimiter)
      adw_combo_row_set_selected (self->delimiter_row, i);
  adw_switch_row_set_active (self->header_row, dialect->has_header);
  /* Translators: what stands between cells, and the encoding: "Comma, UTF-8". */
  subtitle = g_strdup_printf (_("%1$s, %2$s"), ent_csv_delimiter_get_label (dialect->delimiter), dialect->encoding);
  adw_expander_row_set_subtitle (self->format_row, subtitle);
}

/* A new plan for the file as it is read now. FALSE and a toast when it cannot be read. */
gboolean
ent_import_dialog_read (EntImportDialog     *self,
           const EntCsvDialect *dialect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTableSource) source = open_source (self, dialect, &error);
  g_autofree char *title = NULL;

  if (source == NULL)
    {
      ent_import_dialog_tell (self, error->message);
      return FALSE;
    }
  self->filling = TRUE;
  title = g_strdup_printf (_("Import %s"), ent_table_source_get_name (source));
  ent_import_dialog_set_title (self, title);
  fill_format (self, source);
  g_clear_pointer (&self->plan, ent_import_plan_free);
  self->plan = ent_import_plan_new (self->type, source);
  ent_import_plan_recall (self->plan, ent_context_get_store (self->context));
  ent_import_dialog_show_plan (self);
  return TRUE;
}

void
ent_import_dialog_format_cb (EntImportDialog *self)
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
  ent_import_dialog_read (self, &(EntCsvDialect) { self->dialect.encoding, self->dialect.delimiter, self->dialect.quote,
                                      self->dialect.escape, self->dialect.line_end, self->dialect.has_bom,
                                      self->dialect.has_header, self->dialect.skip_lines });
}

void
ent_import_dialog_type_cb (EntImportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->type_row);

  if (self->filling || self->plan == NULL || selected >= self->types->len)
    return;
  self->type = g_ptr_array_index (self->types, selected);
  ent_import_dialog_read (self, NULL);
}

/* --- What the rows offer --------------------------------------------------------------------------------------- */

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
  gtk_string_list_append (missing, _("Refuse Line"));
  gtk_string_list_append (missing, _("Make Organization"));
  gtk_string_list_append (missing, _("Leave Empty"));
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (encodings));
  adw_combo_row_set_model (self->delimiter_row, G_LIST_MODEL (separators));
  adw_combo_row_set_model (self->missing_row, G_LIST_MODEL (missing));
}

void
ent_import_dialog_fill_rows (EntImportDialog *self)
{
  self->filling = TRUE;
  fill_types (self);
  fill_fixed_rows (self);
  self->filling = FALSE;
}
