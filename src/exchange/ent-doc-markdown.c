/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-private.h"

#include <string.h>

/* A document as Markdown (CommonMark with tables): what a text editor, a wiki, or a review tool reads. */

/* Characters that would mean something are escaped; a line break would end a table's row. */
static void
append_escaped (GString    *out,
                const char *text)
{
  const char *start = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' || *p == '\r')
        g_string_append_c (out, ' ');
      else if (strchr ("\\`*_[]<>|#&~", *p) != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
      else if (p == start && strchr ("-+=", *p) != NULL && (p[1] == ' ' || p[1] == '\0'))
        g_string_append_printf (out, "\\%c", *p);
      else
        g_string_append_c (out, *p);
    }
}

static void
append_rule (GString         *out,
             const GPtrArray *columns)
{
  g_string_append_c (out, '|');
  for (guint i = 0; i < columns->len; i++)
    g_string_append (out, ((DocColumn *) g_ptr_array_index (columns, i))->is_number ? " ---: |" : " --- |");
  g_string_append_c (out, '\n');
}

static void
append_cell (GString    *out,
             const char *text)
{
  g_string_append_c (out, ' ');
  append_escaped (out, text);
  g_string_append (out, " |");
}

static void
append_table (GString        *out,
              const DocBlock *block)
{
  g_string_append_c (out, '|');
  for (guint i = 0; i < block->columns->len; i++)
    append_cell (out, ((DocColumn *) g_ptr_array_index (block->columns, i))->title);
  g_string_append_c (out, '\n');
  append_rule (out, block->columns);
  for (guint r = 0; r < block->rows->len; r++)
    {
      char **cells = g_ptr_array_index (block->rows, r);

      g_string_append_c (out, '|');
      for (char **cell = cells; *cell != NULL; cell++)
        append_cell (out, *cell);
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

/* A chart is the table of its values. */
static void
append_chart (GString        *out,
              const DocBlock *block)
{
  g_string_append (out, "**");
  append_escaped (out, block->text);
  g_string_append (out, "**\n\n| |");
  for (guint i = 0; i < block->series->len; i++)
    append_cell (out, ((DocSeries *) g_ptr_array_index (block->series, i))->name);
  g_string_append (out, "\n| --- |");
  for (guint i = 0; i < block->series->len; i++)
    g_string_append (out, " ---: |");
  g_string_append_c (out, '\n');
  for (guint k = 0; block->labels[k] != NULL; k++)
    {
      g_string_append_c (out, '|');
      append_cell (out, block->labels[k]);
      for (guint i = 0; i < block->series->len; i++)
        {
          gint64 value = ((DocSeries *) g_ptr_array_index (block->series, i))->values[k];
          g_autofree char *text = value != ENT_DOC_UNKNOWN ? doc_amount (block->unit, value, block->currency)
                                                           : g_strdup ("–");

          append_cell (out, text);
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
append_figures (GString        *out,
                const DocBlock *block)
{
  for (guint i = 0; i < block->figures->len; i++)
    {
      const DocFigure *figure = g_ptr_array_index (block->figures, i);

      g_string_append (out, "- ");
      append_escaped (out, figure->label);
      g_string_append (out, ": **");
      append_escaped (out, figure->value);
      g_string_append (out, "**");
      if (*figure->change != '\0')
        {
          g_string_append (out, " (");
          append_escaped (out, figure->change);
          g_string_append_c (out, ')');
        }
      if (*figure->detail != '\0')
        {
          g_string_append (out, ", ");
          append_escaped (out, figure->detail);
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
append_list (GString        *out,
             const DocBlock *block)
{
  static const char * const marks[] = { "- ", "- [ ] ", "- [x] ", "- [ ] ⚠ " };

  for (guint i = 0; i < block->items->len; i++)
    {
      const DocItem *item = g_ptr_array_index (block->items, i);

      g_string_append (out, marks[item->mark]);
      append_escaped (out, item->text);
      if (*item->detail != '\0')
        {
          g_string_append (out, "  \n  ");
          append_escaped (out, item->detail);
        }
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
append_block (GString        *out,
              const DocBlock *block)
{
  switch (block->kind)
    {
    case DOC_HEADING:
      g_string_append (out, block->level == 1 ? "## " : "### ");
      append_escaped (out, block->text);
      g_string_append (out, "\n\n");
      break;
    case DOC_NOTE:
      g_string_append (out, "*");
      append_escaped (out, block->text);
      g_string_append (out, "*\n\n");
      break;
    case DOC_FIGURES:
      append_figures (out, block);
      break;
    case DOC_TABLE:
      append_table (out, block);
      break;
    case DOC_LIST:
      append_list (out, block);
      break;
    case DOC_CHART:
      append_chart (out, block);
      break;
    case DOC_PARAGRAPH:
    default:
      append_escaped (out, block->text);
      g_string_append (out, "\n\n");
      break;
    }
}

char *
doc_write_markdown (EntDoc *self)
{
  g_autoptr (GString) out = g_string_new ("# ");

  append_escaped (out, self->title);
  g_string_append (out, "\n\n");
  if (self->kind != NULL || self->subtitle != NULL)
    {
      append_escaped (out, self->kind != NULL ? self->kind : self->subtitle);
      if (self->kind != NULL && self->subtitle != NULL)
        {
          g_string_append (out, " · ");
          append_escaped (out, self->subtitle);
        }
      g_string_append (out, "\n\n");
    }
  for (guint i = 0; i < self->facts->len; i++)
    {
      const DocFact *fact = g_ptr_array_index (self->facts, i);

      g_string_append (out, "- ");
      append_escaped (out, fact->label);
      g_string_append (out, ": ");
      append_escaped (out, fact->value);
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
  for (guint i = 0; i < self->blocks->len; i++)
    append_block (out, g_ptr_array_index (self->blocks, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
