/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-table-source.h"

#include <glib/gi18n.h>
#include <string.h>

#include "exchange/ent-csv-scanner.h"
#include "exchange/ent-json-table.h"
#include "exchange/ent-text-stream.h"

#define WINDOW (256 * 1024)
/* A record longer than this is an opening quote that was never closed. */
#define MAX_RECORD (8 * 1024 * 1024)

struct _EntTableSource
{
  int            ref_count;
  char          *name;
  GBytes        *bytes; /* of a pasted table */
  GFile         *file;
  guint64        size;
  EntTableFormat format;
  EntCsvDialect  dialect;

  GInputStream  *input;
  EntTextStream *stream;
  EntCsvScanner  scanner;
  GArray        *cells;
  guint64        line; /* of the next record */
  GStrv          columns;
  guint          n_columns;

  EntJsonTable  *json;
};

G_DEFINE_QUARK (ent-exchange-error-quark, ent_exchange_error)

EntTableSource *
ent_table_source_ref (EntTableSource *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_table_source_unref (EntTableSource *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->name);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->input);
  g_clear_pointer (&self->stream, ent_text_stream_free);
  g_clear_pointer (&self->json, ent_json_table_free);
  ent_csv_scanner_clear (&self->scanner);
  g_clear_pointer (&self->cells, g_array_unref);
  g_strfreev (self->columns);
  g_free (self);
}

static gboolean
fail_empty (EntTableSource *self,
            GError        **error)
{
  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_EMPTY,
               _("“%s” is empty. Choose a file with a line of column names and the rows below."),
               self->name);
  return FALSE;
}

static gboolean
fail_read (EntTableSource *self,
           const GError   *cause,
           GError        **error)
{
  g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_READ, _("Cannot read “%s”: %s"),
               self->name, cause->message);
  return FALSE;
}

/* Other kinds of files are told by how they begin; most have a way to become a table. */
static gboolean
check_kind (EntTableSource *self,
            const guint8   *bytes,
            gsize           length,
            GError        **error)
{
  static const struct
  {
    const char *magic;
    const char *what;
  } kinds[] =
  {
    { "PK\003\004",
      N_("“%s” is a workbook, not a table of text. Open it in a spreadsheet program, save the "
         "sheet as CSV, and choose that file.") },
    { "\320\317\021\340",
      N_("“%s” is an old Excel workbook. Open it in a spreadsheet program, save the sheet as CSV, "
         "and choose that file.") },
    { "%PDF", N_("“%s” is a PDF document. Ask whoever sent it for the table as CSV.") },
    { "SQLite format 3", N_("“%s” is a database. Export the table you need as CSV and choose that "
                            "file.") },
    { "<!DOCTYPE",
      N_("“%s” is a web page. Open it in a spreadsheet program, save it as CSV, and choose that "
         "file.") },
    { "<html",
      N_("“%s” is a web page. Open it in a spreadsheet program, save it as CSV, and choose that "
         "file.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize n = strlen (kinds[i].magic);

      if (length >= n && g_ascii_strncasecmp ((const char *) bytes, kinds[i].magic, n) == 0)
        {
          g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_FORMAT, _(kinds[i].what),
                       self->name);
          return FALSE;
        }
    }
  return TRUE;
}

static EntCell *
get_cells (EntTableSource *self)
{
  if (self->cells->len < self->scanner.n_spans)
    g_array_set_size (self->cells, self->scanner.n_spans);
  return (EntCell *) (void *) self->cells->data;
}

/* Scans the record at the front of the window, reading on as long as it is not all there. */
static EntCsvScan
scan_record (EntTableSource   *self,
             guint             expected,
             EntTableRowFlags *flags,
             GError          **error)
{
  for (;;)
    {
      gsize length;
      char *data = ent_text_stream_get (self->stream, &length);
      gboolean at_end = ent_text_stream_is_at_end (self->stream) || length > MAX_RECORD;
      EntCsvScan scan = ent_csv_scanner_read (&self->scanner, data, length, at_end, expected,
                                              flags);

      if (scan != ENT_CSV_SCAN_NEED_MORE)
        return scan;
      if (!ent_text_stream_fill (self->stream, error))
        return ENT_CSV_SCAN_END;
    }
}

static gboolean
has_replacement (const EntTableRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    if (memmem (row->cells[i].text, row->cells[i].length, "\357\277\275", 3) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
next_csv (EntTableSource *self,
          guint           expected,
          EntTableRow    *row,
          GError        **error)
{
  g_autoptr (GError) cause = NULL;
  EntTableRowFlags flags = 0;

  for (;;)
    {
      EntCsvScan scan = scan_record (self, expected, &flags, &cause);
      guint64 line = self->line;
      gsize length;
      char *data;

      if (cause != NULL)
        return fail_read (self, cause, error);
      if (scan == ENT_CSV_SCAN_END)
        return FALSE;
      data = ent_text_stream_get (self->stream, &length);
      ent_text_stream_consume (self->stream, self->scanner.next);
      self->line += self->scanner.n_lines;
      if (scan == ENT_CSV_SCAN_BLANK)
        continue;

      *row = (EntTableRow) { line, self->scanner.n_spans, flags, get_cells (self) };
      ent_csv_scanner_finish (&self->scanner, data, row->cells);
      if (G_UNLIKELY (ent_text_stream_has_replaced (self->stream)) && has_replacement (row))
        row->flags |= ENT_TABLE_ROW_BAD_BYTES;
      return TRUE;
    }
}

/* Passes over @n physical lines. */
static gboolean
skip_lines (EntTableSource *self,
            guint           n,
            GError        **error)
{
  while (n > 0)
    {
      gsize length, i = 0;
      const char *data = ent_text_stream_get (self->stream, &length);
      gboolean at_end = ent_text_stream_is_at_end (self->stream);

      while (i < length && data[i] != '\n' && data[i] != '\r')
        i++;
      if (i + 1 >= length && !at_end)
        {
          if (!ent_text_stream_fill (self->stream, error))
            return FALSE;
          continue;
        }
      if (i == length)
        return TRUE;
      i += data[i] == '\r' && i + 1 < length && data[i + 1] == '\n' ? 2 : 1;
      ent_text_stream_consume (self->stream, i);
      self->line++;
      n--;
    }
  return TRUE;
}

static GInputStream *
open_input (EntTableSource *self,
            GError        **error)
{
  g_autoptr (GError) cause = NULL;
  GInputStream *input;

  if (self->bytes != NULL)
    return g_memory_input_stream_new_from_bytes (self->bytes);
  input = G_INPUT_STREAM (g_file_read (self->file, NULL, &cause));
  if (input == NULL)
    fail_read (self, cause, error);
  return input;
}

/* Names are unique and never empty, so that a mapping can be written down by them. */
static void
name_columns (EntTableSource    *self,
              const EntTableRow *header,
              guint              n_columns)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *base = NULL;
      g_autofree char *unnamed = g_strdup_printf (_("Column %u"), i + 1);

      base = header != NULL ? g_strstrip (g_strdup (header->cells[i].text)) : g_strdup ("");
      if (base[0] == '\0')
        g_set_str (&base, unnamed);
      name = g_strdup (base);
      for (guint n = 2; g_hash_table_contains (seen, name); n++)
        {
          g_free (name);
          name = g_strdup_printf ("%s (%u)", base, n);
        }
      g_strv_builder_add (builder, name);
      g_hash_table_add (seen, g_steal_pointer (&name));
    }
  self->columns = g_strv_builder_end (builder);
}

/* Rows without a header may be ragged from the first: the widest of the first ones counts. */
static gboolean
read_columns (EntTableSource *self,
              GError        **error)
{
  g_autoptr (GError) cause = NULL;
  EntTableRow row;
  guint n_columns;

  if (!skip_lines (self, self->dialect.skip_lines, &cause))
    return fail_read (self, cause, error);
  if (!next_csv (self, 0, &row, &cause))
    {
      if (cause != NULL)
        g_propagate_error (error, g_steal_pointer (&cause));
      else
        fail_empty (self, error);
      return FALSE;
    }
  if (self->dialect.has_header)
    {
      name_columns (self, &row, row.n_cells);
      return TRUE;
    }
  n_columns = row.n_cells;
  for (guint i = 0; i < 50 && next_csv (self, n_columns, &row, NULL); i++)
    n_columns = MAX (n_columns, row.n_cells);
  name_columns (self, NULL, n_columns);
  return ent_table_source_rewind (self, error);
}

static gboolean
open_csv (EntTableSource *self,
          GError        **error)
{
  g_autoptr (GError) cause = NULL;

  self->format = ENT_TABLE_CSV;
  self->cells = g_array_new (FALSE, TRUE, sizeof (EntCell));
  ent_csv_scanner_init (&self->scanner, &self->dialect);
  self->line = 1;
  self->stream = ent_text_stream_new (self->input, self->dialect.encoding, WINDOW, &cause);
  if (self->stream == NULL)
    return fail_read (self, cause, error);
  return read_columns (self, error);
}

static gboolean
open_json (EntTableSource *self,
           GError        **error)
{
  self->format = ENT_TABLE_JSON;
  self->dialect.encoding = "UTF-8";
  self->json = self->bytes != NULL
               ? ent_json_table_new (g_bytes_ref (self->bytes), self->name, error)
               : ent_json_table_open (self->file, self->name, error);
  if (self->json == NULL)
    return FALSE;
  self->columns = ent_json_table_dup_columns (self->json);
  self->n_columns = g_strv_length (self->columns);
  return TRUE;
}

static EntTableSource *
open_source (EntTableSource      *self,
             const EntCsvDialect *dialect,
             const EntCsvHints   *hints,
             GError             **error)
{
  g_autoptr (EntTableSource) source = self;
  g_autofree guint8 *head = g_malloc (ENT_CSV_SNIFF_BYTES);
  g_autoptr (GError) cause = NULL;
  gsize n_head;

  source->ref_count = 1;
  source->input = open_input (source, error);
  if (source->input == NULL)
    return NULL;
  if (!g_input_stream_read_all (source->input, head, ENT_CSV_SNIFF_BYTES, &n_head, NULL, &cause) ||
      !g_seekable_seek (G_SEEKABLE (source->input), 0, G_SEEK_SET, NULL, &cause))
    {
      fail_read (source, cause, error);
      return NULL;
    }
  if (n_head == 0)
    {
      fail_empty (source, error);
      return NULL;
    }
  if (!check_kind (source, head, n_head, error))
    return NULL;

  if (dialect != NULL)
    source->dialect = *dialect;
  else if (ent_json_table_sniff (head, n_head))
    return open_json (source, error) ? g_steal_pointer (&source) : NULL;
  else
    ent_csv_sniff (head, n_head, hints, &source->dialect);
  return open_csv (source, error) ? g_steal_pointer (&source) : NULL;
}

EntTableSource *
ent_table_source_open (const char          *path,
                       const EntCsvDialect *dialect,
                       const EntCsvHints   *hints,
                       GError             **error)
{
  EntTableSource *self = g_new0 (EntTableSource, 1);
  g_autoptr (GFileInfo) info = NULL;

  self->file = g_file_new_for_path (path);
  self->name = g_filename_display_basename (path);
  info = g_file_query_info (self->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            NULL,
                            NULL);
  self->size = info != NULL ? (guint64) g_file_info_get_size (info) : 0;
  return open_source (self, dialect, hints, error);
}

EntTableSource *
ent_table_source_new_for_bytes (GBytes              *bytes,
                                const EntCsvDialect *dialect,
                                const EntCsvHints   *hints,
                                GError             **error)
{
  EntTableSource *self = g_new0 (EntTableSource, 1);

  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (_("Pasted table"));
  self->size = g_bytes_get_size (bytes);
  return open_source (self, dialect, hints, error);
}

EntTableFormat
ent_table_source_get_format (EntTableSource *self)
{
  return self->format;
}

const EntCsvDialect *
ent_table_source_get_dialect (EntTableSource *self)
{
  return &self->dialect;
}

const char *
ent_table_source_get_name (EntTableSource *self)
{
  return self->name;
}

const char * const *
ent_table_source_get_columns (EntTableSource *self,
                              guint          *n_columns)
{
  if (n_columns != NULL)
    *n_columns = self->n_columns;
  return (const char * const *) self->columns;
}

guint64
ent_table_source_get_size (EntTableSource *self)
{
  return self->size;
}

guint64
ent_table_source_get_position (EntTableSource *self)
{
  return self->json != NULL ? ent_json_table_get_position (self->json)
                            : ent_text_stream_get_position (self->stream);
}

gboolean
ent_table_source_next (EntTableSource *self,
                       EntTableRow    *row,
                       GError        **error)
{
  if (self->json != NULL)
    return ent_json_table_next (self->json, row, error);
  return next_csv (self, self->n_columns, row, error);
}

gboolean
ent_table_source_rewind (EntTableSource *self,
                         GError        **error)
{
  g_autoptr (GError) cause = NULL;
  EntTableRow row;

  if (self->json != NULL)
    {
      ent_json_table_rewind (self->json);
      return TRUE;
    }
  self->line = 1;
  if (!ent_text_stream_rewind (self->stream, &cause) ||
      !skip_lines (self, self->dialect.skip_lines, &cause))
    return fail_read (self, cause, error);
  if (self->dialect.has_header && !next_csv (self, 0, &row, &cause) && cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return TRUE;
}
