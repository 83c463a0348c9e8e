/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-private.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>

/* A document as one HTML file: nothing is loaded from elsewhere, charts are pictures inside it, all text is escaped. */

static const char style[] =
  "body{font:16px/1.5 system-ui,Inter,Cantarell,sans-serif;color:#1c1f29;background:#fff;max-width:60rem;margin:0 auto;"
  "padding:0 1.5rem 4rem}"
  "header{background:linear-gradient(#083356,#0d5c8c);color:#fff;margin:0 -1.5rem 2rem;padding:3rem 1.5rem 2rem}"
  "header h1{margin:.2em 0;font-size:2.2rem;line-height:1.15}header p{margin:.2em 0;opacity:.85}"
  "dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.8rem 2rem}"
  "dt{font-size:.8rem;color:#666a75}dd{margin:0;font-weight:500}"
  "h2{color:#0d4a7d;margin:2.5rem 0 .8rem;border-bottom:2px solid #0d4a7d33;padding-bottom:.2rem}h3{margin:1.4rem 0 .4rem}"
  ".figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(12rem,1fr));gap:.7rem;margin:1rem 0}"
  ".figure{background:#f3f6f9;border-inline-start:4px solid #0d4a7d;padding:.6rem .9rem}"
  ".figure b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}.figure span{font-size:.8rem;color:#666a75}"
  ".better{color:#0a6b45!important}.worse{color:#a82a1a!important}"
  "table{border-collapse:collapse;width:100%;font-size:.9rem;margin:1rem 0}"
  "th{text-align:start;color:#666a75;font-weight:600;border-bottom:2px solid #666a75}"
  "td{border-bottom:1px solid #d9dbe3}th,td{padding:.35rem .6rem .35rem 0;vertical-align:top}"
  ".number{text-align:end;font-variant-numeric:tabular-nums}"
  ".table{overflow-x:auto}"
  "ul{padding-inline-start:1.3rem}li small{display:block;color:#666a75}li.done,li.open,li.late{list-style:none}"
  "li.done::before{content:'☑ '}li.open::before{content:'☐ '}li.late::before{content:'⚠ ';color:#a82a1a}"
  "figure{margin:1rem 0}figcaption{font-weight:600}img{max-width:100%}.note{font-size:.8rem;color:#666a75}"
  "@media print{h2{break-after:avoid}tr,figure,.figure{break-inside:avoid}thead{display:table-header-group}}";

static void
append_escaped (GString    *out,
                const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static void
append_element (GString    *out,
                const char *name,
                const char *attributes,
                const char *text)
{
  g_string_append_printf (out, "<%s%s>", name, attributes);
  append_escaped (out, text);
  g_string_append_printf (out, "</%s>\n", name);
}

/* --- Charts ---------------------------------------------------------------------------------------------------------- */

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
append_chart (GString        *out,
              const DocBlock *block,
              gboolean        rtl)
{
  const double width = 640, height = 200;
  g_autoptr (GByteArray) svg = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (write_cb, svg, width, height);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = doc_context_new (cr);
  g_autofree char *description = doc_chart_describe (block);
  g_autofree char *data = NULL;

  doc_chart_paint (block, rtl, cr, context, width, height);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  g_object_unref (context);
  data = g_base64_encode (svg->data, svg->len);
  g_string_append (out, "<figure>");
  append_element (out, "figcaption", "", block->text);
  g_string_append_printf (out, "<img src=\"data:image/svg+xml;base64,%s\" alt=\"", data);
  append_escaped (out, description);
  g_string_append (out, "\"></figure>\n");
}

/* --- The others --------------------------------------------------------------------------------------------------------- */

static void
append_figures (GString        *out,
                const DocBlock *block)
{
  g_string_append (out, "<div class=\"figures\">\n");
  for (guint i = 0; i < block->figures->len; i++)
    {
      const DocFigure *figure = g_ptr_array_index (block->figures, i);

      g_string_append (out, "<div class=\"figure\">");
      append_element (out, "span", "", figure->label);
      append_element (out, "b", "", figure->value);
      append_element (out, "span", figure->tone > 0 ? " class=\"better\"" : figure->tone < 0 ? " class=\"worse\"" : "",
                      figure->change);
      append_element (out, "span", "", figure->detail);
      g_string_append (out, "</div>\n");
    }
  g_string_append (out, "</div>\n");
}

static void
append_table (GString        *out,
              const DocBlock *block)
{
  g_string_append (out, "<div class=\"table\"><table><thead><tr>");
  for (guint i = 0; i < block->columns->len; i++)
    {
      const DocColumn *column = g_ptr_array_index (block->columns, i);

      append_element (out, "th", column->is_number ? " scope=\"col\" class=\"number\"" : " scope=\"col\"", column->title);
    }
  g_string_append (out, "</tr></thead><tbody>\n");
  for (guint r = 0; r < block->rows->len; r++)
    {
      char **cells = g_ptr_array_index (block->rows, r);

      g_string_append (out, "<tr>");
      for (guint i = 0; cells[i] != NULL; i++)
        append_element (out, "td", ((DocColumn *) g_ptr_array_index (block->columns, i))->is_number ? " class=\"number\"" : "",
                        cells[i]);
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody></table></div>\n");
}

static void
append_list (GString        *out,
             const DocBlock *block)
{
  static const char * const marks[] = { "", " class=\"open\"", " class=\"done\"", " class=\"late\"" };

  g_string_append (out, "<ul>\n");
  for (guint i = 0; i < block->items->len; i++)
    {
      const DocItem *item = g_ptr_array_index (block->items, i);

      g_string_append_printf (out, "<li%s>", marks[item->mark]);
      append_escaped (out, item->text);
      if (*item->detail != '\0')
        append_element (out, "small", "", item->detail);
      g_string_append (out, "</li>\n");
    }
  g_string_append (out, "</ul>\n");
}

static void
append_block (GString        *out,
              const DocBlock *block,
              gboolean        rtl)
{
  switch (block->kind)
    {
    case DOC_HEADING:
      append_element (out, block->level == 1 ? "h2" : "h3", "", block->text);
      break;
    case DOC_NOTE:
      append_element (out, "p", " class=\"note\"", block->text);
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
      append_chart (out, block, rtl);
      break;
    case DOC_PARAGRAPH:
    default:
      append_element (out, "p", " dir=\"auto\"", block->text);
      break;
    }
}

char *
doc_write_html (EntDoc *self)
{
  g_autoptr (GString) out = g_string_new ("<!doctype html>\n");

  g_string_append_printf (out, "<html dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width\">\n", self->rtl ? "rtl" : "ltr");

  append_element (out, "title", "", self->title);
  g_string_append_printf (out, "<style>%s</style>\n</head>\n<body>\n<header>\n", style);
  if (self->kind != NULL)
    append_element (out, "p", "", self->kind);
  append_element (out, "h1", "", self->title);
  if (self->subtitle != NULL)
    append_element (out, "p", "", self->subtitle);
  if (self->author != NULL)
    append_element (out, "p", "", self->author);
  g_string_append (out, "</header>\n<dl>\n");
  for (guint i = 0; i < self->facts->len; i++)
    {
      const DocFact *fact = g_ptr_array_index (self->facts, i);

      g_string_append (out, "<div>");
      append_element (out, "dt", "", fact->label);
      append_element (out, "dd", "", fact->value);
      g_string_append (out, "</div>\n");
    }
  g_string_append (out, "</dl>\n");
  for (guint i = 0; i < self->blocks->len; i++)
    append_block (out, g_ptr_array_index (self->blocks, i), self->rtl);
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}
