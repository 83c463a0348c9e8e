/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-export-private.h"

static gpointer
begin (EntExport  *export,
       const char *path,
       gsize       n_records,
       GError    **error)
{
  EntCsvWriter *writer = ent_csv_writer_new (path, (export->flags & ENT_EXPORT_BOM) != 0, error);

  if (writer == NULL)
    return NULL;
  for (guint i = 0; i < export->columns->len; i++)
    {
      const EntExportColumn *column = &g_array_index (export->columns, EntExportColumn, i);

      ent_csv_writer_add (writer, column->kind == ENT_COLUMN_ID ? "id"
                                  : column->kind == ENT_COLUMN_CODE ? "code"
                                  : column->field->info.name, -1);
    }
  ent_csv_writer_end_row (writer);
  return writer;
}

/* Numbers and dates begin with a sign or a digit and are no formulas. */
static gboolean
is_text (const EntField *field)
{
  return !ent_field_is_integer (field) && field->info.type != ENT_FIELD_MONEY;
}

static gboolean
write_record (EntExport *export,
              gpointer   sink,
              EntRecord *record,
              GError   **error)
{
  for (guint i = 0; i < export->columns->len; i++)
    {
      const EntExportColumn *column = &g_array_index (export->columns, EntExportColumn, i);
      g_autofree char *text = NULL;
      char id[ENT_ID_TEXT_LENGTH + 1];

      if (column->kind == ENT_COLUMN_ID)
        {
          ent_id_to_text (ent_record_get_id (record), id);
          ent_csv_writer_add (sink, id, -1);
        }
      else if (column->kind == ENT_COLUMN_CODE)
        {
          ent_csv_writer_add (sink, ent_record_get_code (record), -1);
        }
      else
        {
          text = ent_export_write_value (export, column->field,
                                         ent_record_get (record, column->field->index));
          if (is_text (column->field))
            ent_csv_writer_add_text (sink, text);
          else
            ent_csv_writer_add (sink, text, -1);
        }
    }
  ent_csv_writer_end_row (sink);
  return TRUE;
}

static gboolean
end (EntExport *export,
     gpointer   sink,
     gboolean   ok,
     GError   **error)
{
  g_autoptr (EntCsvWriter) writer = sink;

  return ok && ent_csv_writer_close (writer, error);
}

const EntExportSink ent_export_csv = { begin, write_record, end };
