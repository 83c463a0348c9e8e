/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE_ROWS 1000

/** Called for each page of records. */
typedef gboolean (*PageFunc) (EntExport *export,
                              GPtrArray *records,
                              gpointer   data,
                              GError   **error);

typedef struct
{
  const EntExportSink *sink;
  gpointer             data;
  EntProgressFunc      progress;
  gpointer             progress_data;
  gsize                n_done;
  gsize                n_all;
} Writing;

EntExportFormat
ent_export_format_for_path (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".json") ? ENT_EXPORT_JSON
         : g_str_has_suffix (lower, ".xlsx") ? ENT_EXPORT_XLSX : ENT_EXPORT_CSV;
}

static void
clear_export (EntExport *export)
{
  g_clear_pointer (&export->columns, g_array_unref);
  g_clear_pointer (&export->names, g_hash_table_unref);
  g_clear_pointer (&export->schema, ent_schema_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntExport, clear_export)

static gboolean
for_each_page (EntExport *export,
               EntResult *result,
               PageFunc   func,
               gpointer   data,
               GError   **error)
{
  const guint32 *rows = ent_result_get_rows (result);
  gsize n = ent_result_get_n (result);

  for (gsize done = 0; done < n; done += PAGE_ROWS)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (g_cancellable_set_error_if_cancelled (export->cancellable, error))
        return FALSE;
      records = ent_store_load (export->store, export->type, rows + done, MIN (PAGE_ROWS, n - done),
                                NULL, 0,
                                export->cancellable, error);
      if (records == NULL || !func (export, records, data, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Columns ---------------------------------------------------------------------------------- */

static void
add_column (EntExport          *export,
            EntExportColumnKind kind,
            const EntField     *field)
{
  EntExportColumn column = { kind, field };

  g_array_append_val (export->columns, column);
}

static gboolean
add_named (EntExport  *export,
           const char *name,
           GError    **error)
{
  const EntField *field = ent_record_type_lookup (export->type, name);

  if (field == NULL && strcmp (name, "name") == 0)
    field = ent_record_type_get_nth (export->type, ENT_COMMON_TITLE);
  if (field != NULL)
    add_column (export, ENT_COLUMN_FIELD, field);
  else if (strcmp (name, "id") == 0)
    add_column (export, ENT_COLUMN_ID, NULL);
  else if (strcmp (name, "code") == 0)
    add_column (export, ENT_COLUMN_CODE, NULL);
  else
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("“%s” is no field of %s; “schema %s” lists them"), name,
                   ent_record_type_get_label (export->type, TRUE), export->type->info->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
note_used (EntExport *export,
           GPtrArray *records,
           gpointer   data,
           GError   **error)
{
  gboolean *used = data;

  for (guint i = 0; i < records->len; i++)
    for (guint j = 0; records->pdata[i] != NULL && j < export->type->fields->len; j++)
      used[j] = used[j] || !ent_value_is_null (ent_record_get (records->pdata[i], j));
  return TRUE;
}

/* All fields that any of the records fills; the title in any case. */
static gboolean
add_used (EntExport *export,
          EntResult *result,
          GError   **error)
{
  g_autofree gboolean *used = g_new0 (gboolean, export->type->fields->len);

  if (!for_each_page (export, result, note_used, used, error))
    return FALSE;
  if (!(export->flags & ENT_EXPORT_BARE))
    {
      add_column (export, ENT_COLUMN_ID, NULL);
      add_column (export, ENT_COLUMN_CODE, NULL);
    }
  used[ENT_COMMON_TITLE] |= !(export->type->info->flags & ENT_RECORD_TYPE_LINK);
  for (guint i = 0; i < export->type->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (export->type, i);

      if (used[i] && !(field->info.flags & ENT_FIELD_SYSTEM) &&
          !((export->flags & ENT_EXPORT_DISCREET) && (field->info.flags & ENT_FIELD_SENSITIVE)))
        add_column (export, ENT_COLUMN_FIELD, field);
    }
  return TRUE;
}

static gboolean
choose_columns (EntExport          *export,
                const char * const *fields,
                EntResult          *result,
                GError            **error)
{
  if (fields == NULL)
    return add_used (export, result, error);
  for (guint i = 0; fields[i] != NULL; i++)
    if (!add_named (export, fields[i], error))
      return FALSE;
  return TRUE;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static gboolean
write_page (EntExport *export,
            GPtrArray *records,
            gpointer   data,
            GError   **error)
{
  Writing *writing = data;
  g_autofree char *what = NULL;

  if (!ent_export_learn_names (export, records, error))
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      if (records->pdata[i] == NULL)
        continue;
      if (!writing->sink->record (export, writing->data, records->pdata[i], error))
        return FALSE;
      writing->n_done++;
    }
  if (writing->progress != NULL)
    {
      what = g_strdup_printf (_("%'" G_GSIZE_FORMAT " records"), writing->n_done);
      writing->progress ((double) writing->n_done / (double) MAX (writing->n_all, 1), what,
                         writing->progress_data);
    }
  return TRUE;
}

gint64
ent_export (EntStore               *store,
            const char             *path,
            EntExportFormat         format,
            const EntExportOptions *options,
            EntProgressFunc         progress,
            gpointer                user_data,
            GCancellable           *cancellable,
            GError                **error)
{
  static const EntExportSink * const sinks[] = { &ent_export_csv, &ent_export_json,
                                                 &ent_export_xlsx };
  g_auto (EntExport) export = { .store = store, .flags = options->flags,
                                .cancellable = cancellable };
  Writing writing = { sinks[format], NULL, progress, user_data, 0, 0 };
  g_autoptr (EntResult) result = NULL;
  gboolean ok;

  export.schema = ent_store_dup_schema (store);
  export.type = ent_schema_lookup_number (export.schema, options->query.type->info->number);
  export.columns = g_array_new (FALSE, FALSE, sizeof (EntExportColumn));
  export.names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  result = ent_store_query (store, &options->query, cancellable, error);
  if (result == NULL || !choose_columns (&export, options->fields, result, error))
    return -1;

  writing.n_all = ent_result_get_n (result);
  writing.data = writing.sink->begin (&export, path, writing.n_all, error);
  if (writing.data == NULL)
    return -1;
  ok = for_each_page (&export, result, write_page, &writing, error);
  ok = writing.sink->end (&export, writing.data, ok, ok ? error : NULL);
  return ok ? (gint64) writing.n_done : -1;
}
