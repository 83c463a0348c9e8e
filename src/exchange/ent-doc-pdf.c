/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-pdf-private.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>
#include <langinfo.h>
#include <math.h>

/* A document as PDF, by Pango and Cairo. It is laid out twice: the first time nothing is drawn and the pages are
 * counted, for the contents and for “3 of 12”. */

const DocColor doc_ink = { 0.11, 0.12, 0.16 };
const DocColor doc_soft = { 0.22, 0.23, 0.28 };
const DocColor doc_muted = { 0.40, 0.42, 0.47 };
const DocColor doc_rule = { 0.85, 0.86, 0.89 };
const DocColor doc_accent = { 0.05, 0.29, 0.49 };
const DocColor doc_good = { 0.04, 0.42, 0.27 };
const DocColor doc_bad = { 0.66, 0.16, 0.10 };
const DocColor doc_paper = { 1, 1, 1 };

#define FONT     "Inter, Cantarell, Noto Sans, Sans"
#define MM       (72 / 25.4)
#define MARGIN   54.0
#define FOOT     30.0 /* below the last line, for the page number */
#define COVER    0.40 /* of the page is the band */

void
doc_set_color (cairo_t        *cr,
               const DocColor *color)
{
  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
}

PangoContext *
doc_context_new (cairo_t *cr)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72); /* a point is a unit */
  pango_context_set_round_glyph_positions (context, FALSE);
  g_object_set_data_full (G_OBJECT (context), "doc-font", pango_font_description_from_string (FONT),
                          (GDestroyNotify) pango_font_description_free);
  cairo_font_options_destroy (options);
  return context;
}

PangoLayout *
doc_layout_new (PangoContext *context,
                const char   *text,
                double        size,
                PangoWeight   weight)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = g_object_get_data (G_OBJECT (context), "doc-font"); /* parsed once, changed each time */

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

double
pdf_layout_height (PangoLayout *layout)
{
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.height / PANGO_SCALE;
}

double
pdf_x (const Pdf *self,
       double     x,
       double     width)
{
  return self->doc->rtl ? self->width - x - width : x;
}

double
pdf_show (Pdf            *self,
          PangoLayout    *layout,
          double          x,
          double          y,
          const DocColor *color)
{
  if (self->draws)
    {
      doc_set_color (self->cr, color);
      cairo_move_to (self->cr, pdf_x (self, x, (double) pango_layout_get_width (layout) / PANGO_SCALE), y);
      pango_cairo_show_layout (self->cr, layout);
      cairo_new_path (self->cr); /* the point where the text was */
    }
  return pdf_layout_height (layout);
}

PangoLayout *
pdf_layout_new (Pdf        *self,
                const char *text,
                double      size,
                PangoWeight weight,
                double      width)
{
  PangoLayout *layout = doc_layout_new (self->context, text, size, weight);

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_alignment (layout, self->doc->rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  return layout;
}

void
pdf_align_end (Pdf         *self,
               PangoLayout *layout)
{
  pango_layout_set_alignment (layout, self->doc->rtl ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
}

/* --- Pages ------------------------------------------------------------------------------------------------------------ */

static void
draw_foot (Pdf *self)
{
  g_autofree char *number = g_strdup_printf (_("%1$d of %2$d"), self->page, self->n_pages);
  g_autoptr (PangoLayout) left = pdf_layout_new (self, self->doc->footer != NULL ? self->doc->footer : self->doc->title, 8,
                                                 PANGO_WEIGHT_NORMAL, self->width - 2 * MARGIN - 80);
  g_autoptr (PangoLayout) right = pdf_layout_new (self, number, 8, PANGO_WEIGHT_NORMAL, 70);
  double y = self->height - MARGIN + 14;

  pango_layout_set_ellipsize (left, PANGO_ELLIPSIZE_END);
  pango_layout_set_height (left, -1);
  pdf_align_end (self, right);
  doc_set_color (self->cr, &doc_rule);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, MARGIN, y - 6);
  cairo_line_to (self->cr, self->width - MARGIN, y - 6);
  cairo_stroke (self->cr);
  pdf_show (self, left, MARGIN, y, &doc_muted);
  pdf_show (self, right, self->width - MARGIN - 70, y, &doc_muted);
}

void
pdf_end_page (Pdf *self)
{
  if (!self->draws)
    return;
  if (self->page > 1)
    draw_foot (self);
  if (self->pages == NULL)
    cairo_show_page (self->cr);
  else
    g_clear_pointer (&self->cr, cairo_destroy);
}

void
pdf_begin_page (Pdf *self)
{
  self->page++;
  self->y = self->top;
  if (self->draws && self->pages != NULL)
    {
      const cairo_rectangle_t extents = { 0, 0, self->width, self->height };
      cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);

      self->cr = cairo_create (surface);
      g_ptr_array_add (self->pages, surface);
    }
}

void
pdf_break_page (Pdf *self)
{
  pdf_end_page (self);
  pdf_begin_page (self);
}

gboolean
pdf_is_at_top (const Pdf *self)
{
  return self->y <= self->top + 0.5;
}

void
pdf_need (Pdf   *self,
          double height)
{
  if (self->y + height > self->bottom && !pdf_is_at_top (self))
    pdf_break_page (self);
}

/* --- Cover ------------------------------------------------------------------------------------------------------------- */

static void
draw_band (Pdf *self)
{
  double height = self->height * COVER;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, 0, self->width, height);

  cairo_pattern_add_color_stop_rgb (pattern, 0, 0.03, 0.20, 0.36);
  cairo_pattern_add_color_stop_rgb (pattern, 1, 0.05, 0.36, 0.55);
  cairo_rectangle (self->cr, 0, 0, self->width, height);
  cairo_set_source (self->cr, pattern);
  cairo_fill (self->cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_title (Pdf *self)
{
  double width = self->width - 2 * MARGIN, y = self->height * COVER - 28;
  g_autoptr (PangoLayout) title = pdf_layout_new (self, self->doc->title, 30, PANGO_WEIGHT_BOLD, width);
  g_autoptr (PangoLayout) subtitle = pdf_layout_new (self, self->doc->subtitle != NULL ? self->doc->subtitle : "", 14,
                                                     PANGO_WEIGHT_NORMAL, width);
  const DocColor pale = { 0.80, 0.88, 0.95 };

  pango_layout_set_height (title, -3);
  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  if (self->doc->subtitle != NULL)
    {
      y -= pdf_layout_height (subtitle);
      pdf_show (self, subtitle, MARGIN, y, &pale);
      y -= 6;
    }
  y -= pdf_layout_height (title);
  pdf_show (self, title, MARGIN, y, &doc_paper);
  if (self->doc->kind != NULL)
    {
      g_autoptr (PangoLayout) kind = pdf_layout_new (self, self->doc->kind, 11, PANGO_WEIGHT_SEMIBOLD, width);

      pdf_show (self, kind, MARGIN, y - 20, &pale);
    }
  if (self->doc->author != NULL)
    {
      g_autoptr (PangoLayout) author = pdf_layout_new (self, self->doc->author, 11, PANGO_WEIGHT_SEMIBOLD, width);

      pdf_show (self, author, MARGIN, MARGIN, &doc_paper);
    }
}

/* Two columns of facts below the band. */
static double
draw_facts (Pdf *self)
{
  double column = (self->width - 2 * MARGIN) / 2, y = self->height * COVER + 30, row = 0;

  for (guint i = 0; i < self->doc->facts->len; i++)
    {
      const DocFact *fact = g_ptr_array_index (self->doc->facts, i);
      double x = MARGIN + (i % 2) * column;
      g_autoptr (PangoLayout) label = pdf_layout_new (self, fact->label, 8.5, PANGO_WEIGHT_NORMAL, column - 16);
      g_autoptr (PangoLayout) value = pdf_layout_new (self, fact->value, 11, PANGO_WEIGHT_MEDIUM, column - 16);
      double height = pdf_show (self, label, x, y, &doc_muted) + 2;

      height += pdf_show (self, value, x, y + height, &doc_ink);
      row = MAX (row, height);
      if (i % 2 == 1 || i + 1 == self->doc->facts->len)
        {
          y += row + 12;
          row = 0;
        }
    }
  return y;
}

static void
draw_entry (Pdf           *self,
            const PdfMark *mark,
            double         y)
{
  g_autofree char *number = g_strdup_printf ("%d", mark->page);
  g_autofree char *link = g_strdup_printf ("page=%d pos=[%d %d]", mark->page, (int) MARGIN, (int) MAX (mark->y - 12, 0));
  g_autoptr (PangoLayout) text = pdf_layout_new (self, mark->text, 10.5, PANGO_WEIGHT_NORMAL, self->width - 2 * MARGIN - 40);
  g_autoptr (PangoLayout) page = pdf_layout_new (self, number, 10.5, PANGO_WEIGHT_NORMAL, 40);

  pdf_align_end (self, page);
  if (self->pages == NULL)
    cairo_tag_begin (self->cr, CAIRO_TAG_LINK, link);
  pdf_show (self, text, MARGIN, y, &doc_ink);
  pdf_show (self, page, self->width - MARGIN - 40, y, &doc_muted);
  if (self->pages == NULL)
    cairo_tag_end (self->cr, CAIRO_TAG_LINK);
}

/* The sections with their pages, known from the first time. As many as fit; the outline has all. */
static void
draw_contents (Pdf   *self,
               double y)
{
  g_autoptr (PangoLayout) heading = pdf_layout_new (self, _("Contents"), 12, PANGO_WEIGHT_BOLD, self->width - 2 * MARGIN);

  y += 14;
  y += pdf_show (self, heading, MARGIN, y, &doc_accent) + 8;
  for (guint i = 0; i < self->marks->len && y < self->height - MARGIN - 16; i++)
    {
      const PdfMark *mark = &g_array_index (self->marks, PdfMark, i);

      doc_set_color (self->cr, &doc_rule);
      cairo_set_line_width (self->cr, 0.5);
      cairo_move_to (self->cr, MARGIN, y - 3);
      cairo_line_to (self->cr, self->width - MARGIN, y - 3);
      cairo_stroke (self->cr);
      draw_entry (self, mark, y);
      y += 19;
    }
}

static void
draw_cover (Pdf *self)
{
  pdf_begin_page (self);
  if (self->draws)
    {
      draw_band (self);
      draw_title (self);
      draw_contents (self, draw_facts (self));
    }
  pdf_end_page (self);
}

/* --- The whole ------------------------------------------------------------------------------------------------------------ */

static void
lay_out (Pdf *self)
{
  self->page = 0;
  draw_cover (self);
  pdf_begin_page (self);
  pdf_draw_blocks (self);
  pdf_end_page (self);
}

static void
add_outline (Pdf *self)
{
  for (guint i = 0; i < self->marks->len; i++)
    {
      const PdfMark *mark = &g_array_index (self->marks, PdfMark, i);
      g_autofree char *link = g_strdup_printf ("page=%d pos=[%d %d]", mark->page, (int) MARGIN, (int) MAX (mark->y - 12, 0));

      cairo_pdf_surface_add_outline (cairo_get_target (self->cr), CAIRO_PDF_OUTLINE_ROOT, mark->text, link, 0);
    }
}

static void
set_metadata (Pdf *self)
{
  cairo_surface_t *surface = cairo_get_target (self->cr);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc_usec (self->doc->time);
  g_autofree char *when = g_date_time_format (at, "%Y-%m-%dT%H:%M:%SZ");

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->doc->title);
  if (self->doc->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, self->doc->author);
  if (self->doc->kind != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, self->doc->kind);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Entente " PACKAGE_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, when);
}

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
mark_clear (gpointer data)
{
  g_free (((PdfMark *) data)->text);
}

/* The paper people have in their printers: that of the locale, in millimeters. */
static void
find_paper (Pdf *self)
{
  int width = (int) (gintptr) nl_langinfo (_NL_PAPER_WIDTH);
  int height = (int) (gintptr) nl_langinfo (_NL_PAPER_HEIGHT);
  gboolean is_sane = width > 100 && width < 500 && height > 100 && height < 700;

  self->width = (is_sane ? width : 210) * MM;
  self->height = (is_sane ? height : 297) * MM;
  self->left = MARGIN;
  self->right = self->width - MARGIN;
  self->top = MARGIN;
  self->bottom = self->height - MARGIN - FOOT + 16;
}

/* What both ways of laying out begin with; @surface only gives the typeface its measures. */
static void
start (Pdf             *self,
       EntDoc          *doc,
       cairo_surface_t *surface)
{
  self->doc = doc;
  self->cr = cairo_create (surface);
  self->context = doc_context_new (self->cr);
  pango_context_set_base_dir (self->context, doc->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  self->marks = g_array_new (FALSE, FALSE, sizeof (PdfMark));
  g_array_set_clear_func (self->marks, mark_clear);
  self->heights = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  lay_out (self);
  self->n_pages = self->page;
}

static void
finish (Pdf *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  g_object_unref (self->context);
  g_array_unref (self->marks);
  g_hash_table_unref (self->heights);
}

GBytes *
doc_write_pdf (EntDoc        *doc,
               GCancellable  *cancellable,
               GError       **error)
{
  Pdf pdf = { NULL };
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t status;

  find_paper (&pdf);
  surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, pdf.width, pdf.height);
  start (&pdf, doc, surface);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      pdf.draws = TRUE;
      set_metadata (&pdf);
      lay_out (&pdf);
      add_outline (&pdf);
    }
  finish (&pdf);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (pdf.draws && status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  if (pdf.draws)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The PDF could not be made: %s."), cairo_status_to_string (status));
  return NULL;
}

GPtrArray *
ent_doc_paginate (EntDoc *doc,
                  double *width,
                  double *height)
{
  Pdf pdf = { NULL };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);

  find_paper (&pdf);
  start (&pdf, doc, surface);
  g_clear_pointer (&pdf.cr, cairo_destroy);
  pdf.pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  pdf.draws = TRUE;
  lay_out (&pdf);
  finish (&pdf);
  cairo_surface_destroy (surface);
  *width = pdf.width;
  *height = pdf.height;
  return pdf.pages;
}
