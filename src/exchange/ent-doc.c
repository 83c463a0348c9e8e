/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/ent-value.h"

/* --- Parts ------------------------------------------------------------------------------------------------------- */

static void
figure_free (gpointer data)
{
  DocFigure *figure = data;

  g_free (figure->label);
  g_free (figure->value);
  g_free (figure->detail);
  g_free (figure->change);
  g_free (figure);
}

static void
column_free (gpointer data)
{
  g_free (((DocColumn *) data)->title);
  g_free (data);
}

static void
item_free (gpointer data)
{
  DocItem *item = data;

  g_free (item->text);
  g_free (item->detail);
  g_free (item);
}

static void
series_free (gpointer data)
{
  DocSeries *series = data;

  g_free (series->name);
  g_free (series->values);
  g_free (series);
}

static void
fact_free (gpointer data)
{
  DocFact *fact = data;

  g_free (fact->label);
  g_free (fact->value);
  g_free (fact);
}

static void
block_free (gpointer data)
{
  DocBlock *block = data;

  g_free (block->text);
  g_ptr_array_unref (block->figures);
  g_ptr_array_unref (block->columns);
  g_ptr_array_unref (block->rows);
  g_ptr_array_unref (block->items);
  g_ptr_array_unref (block->series);
  g_strfreev (block->labels);
  g_free (block);
}

static DocBlock *
add_block (EntDoc     *self,
           DocKind     kind,
           const char *text)
{
  DocBlock *block = g_new0 (DocBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text != NULL ? text : "");
  block->figures = g_ptr_array_new_with_free_func (figure_free);
  block->columns = g_ptr_array_new_with_free_func (column_free);
  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  block->items = g_ptr_array_new_with_free_func (item_free);
  block->series = g_ptr_array_new_with_free_func (series_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

/* The last block, if it is of that kind. */
static DocBlock *
last_of (EntDoc  *self,
         DocKind  kind)
{
  DocBlock *block = self->blocks->len > 0 ? g_ptr_array_index (self->blocks, self->blocks->len - 1) : NULL;

  return block != NULL && block->kind == kind ? block : NULL;
}

/* --- The document -------------------------------------------------------------------------------------------------- */

/* As its first letter does. */
static gboolean
runs_rtl (const char *text)
{
  switch (g_unichar_get_script (g_utf8_get_char (text)))
    {
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_NKO:
    case G_UNICODE_SCRIPT_SYRIAC:
    case G_UNICODE_SCRIPT_THAANA:
      return TRUE;
    default:
      return FALSE;
    }
}

EntDoc *
ent_doc_new (const char *title)
{
  EntDoc *self = g_new0 (EntDoc, 1);

  self->ref_count = 1;
  self->title = g_strdup (title);
  self->rtl = runs_rtl (_("Contents"));
  self->facts = g_ptr_array_new_with_free_func (fact_free);
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

void
ent_doc_set_rtl (EntDoc   *self,
                 gboolean  rtl)
{
  self->rtl = rtl;
}

EntDoc *
ent_doc_ref (EntDoc *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
ent_doc_unref (EntDoc *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->title);
  g_free (self->kind);
  g_free (self->subtitle);
  g_free (self->author);
  g_free (self->footer);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

void
ent_doc_set_kind (EntDoc     *self,
                  const char *kind)
{
  g_set_str (&self->kind, kind);
}

void
ent_doc_set_subtitle (EntDoc     *self,
                      const char *subtitle)
{
  g_set_str (&self->subtitle, subtitle);
}

void
ent_doc_set_author (EntDoc     *self,
                    const char *author)
{
  g_set_str (&self->author, author);
}

void
ent_doc_set_footer (EntDoc     *self,
                    const char *footer)
{
  g_set_str (&self->footer, footer);
}

void
ent_doc_set_time (EntDoc *self,
                  gint64  micros)
{
  self->time = micros;
}

void
ent_doc_add_fact (EntDoc     *self,
                  const char *label,
                  const char *value)
{
  DocFact *fact = g_new0 (DocFact, 1);

  fact->label = g_strdup (label);
  fact->value = g_strdup (value);
  g_ptr_array_add (self->facts, fact);
}

void
ent_doc_add_heading (EntDoc     *self,
                     int         level,
                     const char *text)
{
  add_block (self, DOC_HEADING, text)->level = level;
}

void
ent_doc_add_text (EntDoc     *self,
                  const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GString) paragraph = g_string_new (NULL);

  for (char **line = lines;; line++)
    {
      gboolean is_item = *line != NULL && (g_str_has_prefix (*line, "- ") || g_str_has_prefix (*line, "* "));

      if (paragraph->len > 0 && (*line == NULL || **line == '\0' || is_item))
        {
          add_block (self, DOC_PARAGRAPH, paragraph->str);
          g_string_truncate (paragraph, 0);
        }
      if (*line == NULL)
        break;
      if (is_item)
        ent_doc_add_item (self, ENT_DOC_MARK_BULLET, *line + 2, NULL);
      else if (**line != '\0')
        g_string_append_printf (paragraph, "%s%s", paragraph->len > 0 ? " " : "", g_strstrip (*line));
    }
}

void
ent_doc_add_note (EntDoc     *self,
                  const char *text)
{
  add_block (self, DOC_NOTE, text);
}

void
ent_doc_add_figure (EntDoc     *self,
                    const char *label,
                    const char *value,
                    const char *detail,
                    const char *change,
                    int         tone)
{
  DocBlock *block = last_of (self, DOC_FIGURES);
  DocFigure *figure = g_new0 (DocFigure, 1);

  if (block == NULL)
    block = add_block (self, DOC_FIGURES, NULL);
  figure->label = g_strdup (label);
  figure->value = g_strdup (value);
  figure->detail = g_strdup (detail != NULL ? detail : "");
  figure->change = g_strdup (change != NULL ? change : "");
  figure->tone = tone;
  g_ptr_array_add (block->figures, figure);
}

void
ent_doc_add_table (EntDoc *self)
{
  add_block (self, DOC_TABLE, NULL);
}

void
ent_doc_add_column (EntDoc     *self,
                    const char *title,
                    gboolean    is_number,
                    int         width)
{
  DocBlock *block = last_of (self, DOC_TABLE);
  DocColumn *column = g_new0 (DocColumn, 1);

  g_return_if_fail (block != NULL);
  column->title = g_strdup (title);
  column->is_number = is_number;
  column->width = MAX (width, 1);
  g_ptr_array_add (block->columns, column);
}

void
ent_doc_add_row (EntDoc             *self,
                 const char * const *cells)
{
  DocBlock *block = last_of (self, DOC_TABLE);

  g_return_if_fail (block != NULL && g_strv_length ((char **) cells) == block->columns->len);
  g_ptr_array_add (block->rows, g_strdupv ((char **) cells));
}

void
ent_doc_add_item (EntDoc     *self,
                  EntDocMark  mark,
                  const char *text,
                  const char *detail)
{
  DocBlock *block = last_of (self, DOC_LIST);
  DocItem *item = g_new0 (DocItem, 1);

  if (block == NULL)
    block = add_block (self, DOC_LIST, NULL);
  item->mark = mark;
  item->text = g_strdup (text);
  item->detail = g_strdup (detail != NULL ? detail : "");
  g_ptr_array_add (block->items, item);
}

void
ent_doc_add_chart (EntDoc             *self,
                   const char         *title,
                   const char * const *labels,
                   gboolean            is_line,
                   EntDocUnit          unit,
                   const char         *currency)
{
  DocBlock *block = add_block (self, DOC_CHART, title);

  block->labels = g_strdupv ((char **) labels);
  block->is_line = is_line;
  block->unit = unit;
  g_strlcpy (block->currency, currency != NULL ? currency : "", sizeof block->currency);
}

void
ent_doc_add_series (EntDoc       *self,
                    const char   *name,
                    const gint64 *values)
{
  DocBlock *block = last_of (self, DOC_CHART);
  DocSeries *series;

  g_return_if_fail (block != NULL);
  series = g_new0 (DocSeries, 1);
  series->name = g_strdup (name);
  series->values = g_memdup2 (values, g_strv_length (block->labels) * sizeof *values);
  g_ptr_array_add (block->series, series);
}

/* --- Writing ---------------------------------------------------------------------------------------------------------- */

char *
doc_amount (EntDocUnit  unit,
            gint64      value,
            const char *currency)
{
  switch (unit)
    {
    case ENT_DOC_UNIT_MONEY:
      return ent_money_display (value, currency, ENT_DISPLAY_SHORT);
    case ENT_DOC_UNIT_PERCENT:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %%", value / 10000);
    case ENT_DOC_UNIT_POINTS:
      return g_strdup_printf ("%s%" G_GINT64_FORMAT, value > 0 ? "+" : "", value);
    case ENT_DOC_UNIT_COUNT:
    default:
      return g_strdup_printf ("%'" G_GINT64_FORMAT, value);
    }
}

gboolean
doc_chart_has_values (const DocBlock *chart)
{
  for (guint i = 0; i < chart->series->len; i++)
    for (guint k = 0; chart->labels[k] != NULL; k++)
      if (((DocSeries *) g_ptr_array_index (chart->series, i))->values[k] != ENT_DOC_UNKNOWN)
        return TRUE;
  return FALSE;
}

char *
doc_chart_describe (const DocBlock *chart)
{
  g_autoptr (GString) text = g_string_new (chart->text);

  for (guint i = 0; i < chart->series->len; i++)
    {
      const DocSeries *series = g_ptr_array_index (chart->series, i);

      g_string_append_printf (text, "%s%s", i == 0 ? ": " : "; ", chart->series->len > 1 ? series->name : "");
      for (guint k = 0; chart->labels[k] != NULL; k++)
        {
          g_autofree char *value = series->values[k] != ENT_DOC_UNKNOWN
                                     ? doc_amount (chart->unit, series->values[k], chart->currency) : g_strdup (_("unknown"));

          g_string_append_printf (text, "%s%s %s", k > 0 ? ", " : chart->series->len > 1 ? " " : "", chart->labels[k], value);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
ent_doc_format_for (const char    *file_name,
                    EntDocFormat  *format,
                    GError       **error)
{
  static const struct { const char *ending; EntDocFormat format; } endings[] = {
    { ".pdf", ENT_DOC_PDF }, { ".md", ENT_DOC_MARKDOWN }, { ".markdown", ENT_DOC_MARKDOWN },
    { ".html", ENT_DOC_HTML }, { ".htm", ENT_DOC_HTML },
  };
  g_autofree char *lower = g_ascii_strdown (file_name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      {
        *format = endings[i].format;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME,
               _("“%s” does not say what to write; end the name in .pdf, .md, or .html."), file_name);
  return FALSE;
}

GBytes *
ent_doc_write (EntDoc        *self,
               EntDocFormat   format,
               GCancellable  *cancellable,
               GError       **error)
{
  char *text;

  if (format == ENT_DOC_PDF)
    return doc_write_pdf (self, cancellable, error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  text = format == ENT_DOC_HTML ? doc_write_html (self) : doc_write_markdown (self);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
ent_doc_save (EntDoc        *self,
              EntDocFormat   format,
              GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GBytes) bytes = ent_doc_write (self, format, cancellable, error);

  return bytes != NULL &&
         g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, FALSE,
                                  G_FILE_CREATE_PRIVATE, NULL, cancellable, error);
}
