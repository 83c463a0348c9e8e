/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <xlsxwriter.h>

/* A workbook is for people to read and calculate with: labels, names, real numbers and dates. */

#define MAX_CELL 32767 /* characters, of the file format */

typedef struct
{
  EntSafeFile   *file;
  lxw_workbook  *workbook;
  lxw_worksheet *sheet;
  lxw_format    *header;
  lxw_format    *date;
  lxw_format    *instant;
  lxw_format    *percent;
  lxw_format    *money;
  lxw_format    *text;
  guint32        row;
} Sink;

static lxw_format *
make_format (Sink       *sink,
             const char *pattern)
{
  lxw_format *format = workbook_add_format (sink->workbook);

  format_set_num_format (format, pattern);
  return format;
}

static void
make_formats (Sink *sink)
{
  sink->header = workbook_add_format (sink->workbook);
  format_set_bold (sink->header);
  format_set_bottom (sink->header, LXW_BORDER_THIN);
  sink->date = make_format (sink, "yyyy-mm-dd");
  sink->instant = make_format (sink, "yyyy-mm-dd hh:mm");
  sink->percent = make_format (sink, "0.00%");
  sink->money = make_format (sink, "#,##0.00");
  sink->text = make_format (sink, "@");
}

static double
get_width (const EntExportColumn *column)
{
  if (column->kind == ENT_COLUMN_ID)
    return 38;
  if (column->kind == ENT_COLUMN_CODE)
    return 10;
  if (column->field->info.width > 0)
    return column->field->info.width + 2;
  switch ((int) column->field->info.type)
    {
    case ENT_FIELD_LONGTEXT:
    case ENT_FIELD_MARKDOWN:
      return 48;
    case ENT_FIELD_BOOL:
    case ENT_FIELD_INT:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_DATE:
      return 12;
    default:
      return 20;
    }
}

static gboolean
is_money (const EntExportColumn *column)
{
  return column->kind == ENT_COLUMN_FIELD && column->field->info.type == ENT_FIELD_MONEY;
}

/* An amount takes two columns, so that it can be added up. */
static void
write_header (EntExport *export,
              Sink      *sink)
{
  guint16 at = 0;

  for (guint i = 0; i < export->columns->len; i++)
    {
      const EntExportColumn *column = &g_array_index (export->columns, EntExportColumn, i);
      const char *label = column->kind == ENT_COLUMN_ID ? _("ID")
                          : column->kind == ENT_COLUMN_CODE ? _("Code")
                          : ent_field_get_label (column->field);

      worksheet_set_column (sink->sheet, at, at, get_width (column), NULL);
      worksheet_write_string (sink->sheet, 0, at++, label, sink->header);
      if (is_money (column))
        {
          worksheet_set_column (sink->sheet, at, at, 9, NULL);
          worksheet_write_string (sink->sheet, 0, at++, _("Currency"), sink->header);
        }
    }
  worksheet_freeze_panes (sink->sheet, 1, 0);
}

static gpointer
begin (EntExport  *export,
       const char *path,
       gsize       n_records,
       GError    **error)
{
  g_autoptr (EntSafeFile) file = NULL;
  lxw_workbook_options options = { .constant_memory = LXW_TRUE,
                                   .tmpdir = (char *) g_get_tmp_dir () };
  Sink *sink;

  if (n_records >= LXW_ROW_MAX)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_WRITE,
                   _("A workbook holds 1,048,575 records at most; export fewer, or as CSV"));
      return NULL;
    }
  file = ent_safe_file_new (path, error);
  if (file == NULL)
    return NULL;
  sink = g_new0 (Sink, 1);
  sink->workbook = workbook_new_opt (ent_safe_file_get_path (file), &options);
  sink->file = g_steal_pointer (&file);
  sink->sheet = workbook_add_worksheet (sink->workbook, NULL);
  make_formats (sink);
  write_header (export, sink);
  sink->row = 1;
  return sink;
}

static void
write_text (Sink       *sink,
            guint16     at,
            const char *text)
{
  g_autofree char *start = NULL;

  if (text == NULL || *text == '\0')
    return;
  if (g_utf8_strlen (text, -1) > MAX_CELL)
    text = start = g_utf8_substring (text, 0, MAX_CELL);
  worksheet_write_string (sink->sheet, sink->row, at, text, NULL);
}

static void
write_date (Sink       *sink,
            guint16     at,
            gint64      micros,
            lxw_format *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (micros / G_USEC_PER_SEC);
  lxw_datetime moment;

  /* The calendar of the file format begins in 1900. */
  if (time == NULL || g_date_time_get_year (time) < 1900 || g_date_time_get_year (time) > 9999)
    {
      g_autofree char *text = ent_datetime_write (micros);

      write_text (sink, at, text);
      return;
    }
  moment = (lxw_datetime) {
    g_date_time_get_year (time), g_date_time_get_month (time), g_date_time_get_day_of_month (time),
    g_date_time_get_hour (time), g_date_time_get_minute (time), g_date_time_get_second (time)
  };
  worksheet_write_datetime (sink->sheet, sink->row, at, &moment, format);
}

static void
write_amount (Sink           *sink,
              guint16         at,
              const EntValue *value)
{
  double amount = (double) value->integer;

  for (int i = ent_currency_get_digits (value->currency); i > 0; i--)
    amount /= 10;
  worksheet_write_number (sink->sheet, sink->row, at, amount, sink->money);
  worksheet_write_string (sink->sheet, sink->row, at + 1, value->currency, NULL);
}

static void
write_value (EntExport      *export,
             Sink           *sink,
             guint16         at,
             const EntField *field,
             const EntValue *value)
{
  g_autofree char *text = NULL;
  EntFieldType type = value->kind == ENT_VALUE_INT || value->kind == ENT_VALUE_MONEY
                      ? field->info.type : ENT_FIELD_TEXT;

  switch ((int) type)
    {
    case ENT_FIELD_INT:
    case ENT_FIELD_DURATION:
      worksheet_write_number (sink->sheet, sink->row, at, (double) value->integer, NULL);
      break;
    case ENT_FIELD_SCORE:
      worksheet_write_number (sink->sheet, sink->row, at, (double) value->integer / 100.0, NULL);
      break;
    case ENT_FIELD_PERCENT:
      worksheet_write_number (sink->sheet, sink->row, at, (double) value->integer / 1000000.0,
                              sink->percent);
      break;
    case ENT_FIELD_BOOL:
      worksheet_write_boolean (sink->sheet, sink->row, at, value->integer != 0, NULL);
      break;
    case ENT_FIELD_DATE:
      write_date (sink, at, value->integer * 86400 * G_USEC_PER_SEC, sink->date);
      break;
    case ENT_FIELD_DATETIME:
      write_date (sink, at, value->integer, sink->instant);
      break;
    case ENT_FIELD_MONEY:
      write_amount (sink, at, value);
      break;
    default:
      text = ent_value_display (field, value, ENT_DISPLAY_FULL, ent_store_name, export->store);
      write_text (sink, at, text);
    }
}

static gboolean
write_record (EntExport *export,
              gpointer   data,
              EntRecord *record,
              GError   **error)
{
  Sink *sink = data;
  guint16 at = 0;

  for (guint i = 0; i < export->columns->len; i++)
    {
      const EntExportColumn *column = &g_array_index (export->columns, EntExportColumn, i);
      char id[ENT_ID_TEXT_LENGTH + 1];

      if (column->kind == ENT_COLUMN_ID)
        {
          ent_id_to_text (ent_record_get_id (record), id);
          write_text (sink, at, id);
        }
      else if (column->kind == ENT_COLUMN_CODE)
        write_text (sink, at, ent_record_get_code (record));
      else
        write_value (export, sink, at, column->field,
                     ent_record_get (record, column->field->index));
      at += is_money (column) ? 2 : 1;
    }
  sink->row++;
  return TRUE;
}

static gboolean
end (EntExport *export,
     gpointer   data,
     gboolean   ok,
     GError   **error)
{
  g_autofree Sink *sink = data;
  g_autoptr (EntSafeFile) file = sink->file;
  lxw_error problem = workbook_close (sink->workbook);

  if (ok && problem != LXW_NO_ERROR)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_WRITE,
                   _("The workbook cannot be written: %s"), lxw_strerror (problem));
      return FALSE;
    }
  return ok && ent_safe_file_close (file, error);
}

const EntExportSink ent_export_xlsx = { begin, write_record, end };
