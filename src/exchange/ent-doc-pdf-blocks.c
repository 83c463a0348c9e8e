/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-pdf-private.h"

#include <math.h>

/* Headings, texts, numbers, lists and charts on a page. A heading is never the last thing on one. */

#define TEXT_SIZE     10.0
#define NOTE_SIZE     7.5
#define SECTION_SIZE  17.0
#define HEADING_SIZE  11.0
#define FIGURE_HEIGHT 62.0
#define FIGURE_GAP    8.0
#define CHART_HEIGHT  132.0
#define CHART_GAP     18.0
#define MAX_FIGURES   4

static double
text_width (const Pdf *self)
{
  return self->right - self->left;
}

static const DocBlock *
block_at (const Pdf *self,
          guint      nth)
{
  return nth < self->doc->blocks->len ? g_ptr_array_index (self->doc->blocks, nth) : NULL;
}

/* --- Headings and texts ------------------------------------------------------------------------------------------------ */

static double
heading_height (const DocBlock *block)
{
  return block->level == 1 ? SECTION_SIZE * 1.3 + 30 : HEADING_SIZE * 1.3 + 14;
}

/* A note belongs to what is above it: room for its first two lines, 0 when there is none. */
static double
note_height (const Pdf *self,
             guint      nth)
{
  const DocBlock *block = block_at (self, nth);

  return block != NULL && block->kind == DOC_NOTE ? NOTE_SIZE * 1.35 * 2 : 0;
}

/* What has to stand on the page together with the heading above it. */
static double
lead_of (Pdf  *self,
         guint nth)
{
  const DocBlock *block = block_at (self, nth);

  if (block == NULL)
    return 0;
  switch (block->kind)
    {
    case DOC_HEADING:
      return heading_height (block) + lead_of (self, nth + 1);
    case DOC_FIGURES:
      return FIGURE_HEIGHT + FIGURE_GAP + note_height (self, nth + 1);
    case DOC_TABLE:
      return pdf_table_lead (self, block);
    case DOC_CHART:
      return CHART_HEIGHT + 28 + note_height (self, nth + 1);
    case DOC_PARAGRAPH:
    case DOC_NOTE:
    case DOC_LIST:
    default:
      return TEXT_SIZE * 1.5 * 2;
    }
}

static void
mark_section (Pdf            *self,
              const DocBlock *block)
{
  PdfMark mark = { g_strdup (block->text), self->page, self->y };

  g_array_append_val (self->marks, mark);
}

static void
draw_heading (Pdf            *self,
              const DocBlock *block,
              guint           nth)
{
  gboolean is_section = block->level == 1;
  g_autoptr (PangoLayout) layout = pdf_layout_new (self, block->text, is_section ? SECTION_SIZE : HEADING_SIZE,
                                                   is_section ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_SEMIBOLD, text_width (self));

  pdf_need (self, heading_height (block) + lead_of (self, nth + 1));
  if (!pdf_is_at_top (self))
    self->y += is_section ? 20 : 8;
  if (is_section && !self->draws)
    mark_section (self, block);
  self->y += pdf_show (self, layout, self->left, self->y, is_section ? &doc_accent : &doc_ink);
  if (is_section && self->draws)
    {
      doc_set_color (self->cr, &doc_accent);
      cairo_set_line_width (self->cr, 1.2);
      cairo_move_to (self->cr, pdf_x (self, self->left, 36), self->y + 3);
      cairo_rel_line_to (self->cr, 36, 0);
      cairo_stroke (self->cr);
    }
  self->y += is_section ? 13 : 5;
}

/* Where a line begins: what people typed has the direction of its letters. */
static double
line_x (Pdf             *self,
        PangoLayoutLine *line,
        double           x,
        gboolean         is_typed)
{
  double room = self->right - x;
  gboolean rtl = is_typed ? pango_layout_line_get_resolved_direction (line) == PANGO_DIRECTION_RTL : self->doc->rtl;
  PangoRectangle extents;

  pango_layout_line_get_extents (line, NULL, &extents);
  return pdf_x (self, x, room) + (rtl ? room - (double) extents.width / PANGO_SCALE : 0);
}

/* Line by line, so that a long text breaks over pages; two lines stay together at either end. */
static void
draw_text (Pdf            *self,
           const char     *text,
           double          x,
           double          size,
           gboolean        is_typed,
           const DocColor *color)
{
  g_autoptr (PangoLayout) layout = pdf_layout_new (self, text, size, PANGO_WEIGHT_NORMAL, self->right - x);
  int n;

  pango_layout_set_line_spacing (layout, 1.35f);
  pango_layout_set_auto_dir (layout, is_typed);
  n = pango_layout_get_line_count (layout);
  for (int i = 0; i < n; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);
      double height = size * 1.35;
      gboolean keeps = n > 2 && (i == 0 || i == n - 2);

      pdf_need (self, keeps ? 2 * height : height);
      if (self->draws)
        {
          doc_set_color (self->cr, color);
          cairo_move_to (self->cr, line_x (self, line, x, is_typed), self->y + size);
          pango_cairo_show_layout_line (self->cr, line);
          cairo_new_path (self->cr);
        }
      self->y += height;
    }
}

/* --- Numbers ------------------------------------------------------------------------------------------------------------- */

static void
draw_figure (Pdf             *self,
             const DocFigure *figure,
             double           x,
             double           width)
{
  g_autofree char *below = g_strconcat (figure->change, *figure->change != '\0' && *figure->detail != '\0' ? " · " : "",
                                        figure->detail, NULL);
  g_autoptr (PangoLayout) label = pdf_layout_new (self, figure->label, 8, PANGO_WEIGHT_NORMAL, width - 16);
  g_autoptr (PangoLayout) value = pdf_layout_new (self, figure->value, 16, PANGO_WEIGHT_BOLD, width - 16);
  g_autoptr (PangoLayout) detail = pdf_layout_new (self, below, 7.5, PANGO_WEIGHT_NORMAL, width - 16);
  PangoLayout *all[] = { label, value, detail };
  double size = 16;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      pango_layout_set_height (all[i], -1);
      pango_layout_set_ellipsize (all[i], PANGO_ELLIPSIZE_END);
    }
  /* “No data since May 2026” is longer than a number. */
  while (pango_layout_is_ellipsized (value) && size > 8)
    {
      PangoFontDescription *font = pango_font_description_copy (pango_layout_get_font_description (value));

      size -= 1;
      pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
      pango_layout_set_font_description (value, font);
      pango_font_description_free (font);
    }
  pdf_show (self, label, x + 10, self->y + 8, &doc_muted);
  pdf_show (self, value, x + 10, self->y + 20 + (16 - size) * 0.7, &doc_ink);
  pdf_show (self, detail, x + 10, self->y + 44,
            *figure->change == '\0' || figure->tone == 0 ? &doc_muted : figure->tone > 0 ? &doc_good : &doc_bad);
}

static void
draw_card (Pdf   *self,
           double x,
           double width)
{
  if (!self->draws)
    return;
  cairo_rectangle (self->cr, pdf_x (self, x, width), self->y, width, FIGURE_HEIGHT);
  cairo_set_source_rgb (self->cr, 0.955, 0.965, 0.975);
  cairo_fill (self->cr);
  cairo_rectangle (self->cr, pdf_x (self, x, 2.5), self->y, 2.5, FIGURE_HEIGHT);
  doc_set_color (self->cr, &doc_accent);
  cairo_fill (self->cr);
}

static void
draw_figures (Pdf            *self,
              const DocBlock *block,
              guint           nth)
{
  guint n = block->figures->len;
  guint n_rows = (n + MAX_FIGURES - 1) / MAX_FIGURES;
  guint n_columns = (n + n_rows - 1) / n_rows;
  double width = (text_width (self) - FIGURE_GAP * (MAX (n_columns, 2) - 1)) / MAX (n_columns, 2);

  for (guint i = 0; i < n; i++)
    {
      double x = self->left + (i % n_columns) * (width + FIGURE_GAP);

      if (i % n_columns == 0)
        pdf_need (self, FIGURE_HEIGHT + FIGURE_GAP + (i + n_columns >= n ? note_height (self, nth + 1) : 0));
      draw_card (self, x, width);
      draw_figure (self, g_ptr_array_index (block->figures, i), x, width);
      if (i % n_columns == n_columns - 1 || i + 1 == n)
        self->y += FIGURE_HEIGHT + FIGURE_GAP;
    }
}

/* --- Lists ----------------------------------------------------------------------------------------------------------------- */

static void
draw_mark (Pdf       *self,
           EntDocMark mark,
           double     y)
{
  double size = 8, x = pdf_x (self, self->left + 1, size);

  if (!self->draws)
    return;
  cairo_set_line_width (self->cr, 1);
  if (mark == ENT_DOC_MARK_BULLET)
    {
      doc_set_color (self->cr, &doc_accent);
      cairo_new_path (self->cr);
      cairo_arc (self->cr, x + 4, y + size / 2 + 1, 1.8, 0, 2 * G_PI);
      cairo_fill (self->cr);
      return;
    }
  doc_set_color (self->cr, mark == ENT_DOC_MARK_LATE ? &doc_bad : mark == ENT_DOC_MARK_DONE ? &doc_good : &doc_muted);
  cairo_rectangle (self->cr, x, y + 1, size, size);
  cairo_stroke (self->cr);
  if (mark == ENT_DOC_MARK_DONE)
    {
      cairo_move_to (self->cr, x + 1.8, y + 5);
      cairo_line_to (self->cr, x + 3.6, y + 7);
      cairo_line_to (self->cr, x + 6.6, y + 3);
      cairo_stroke (self->cr);
    }
  else if (mark == ENT_DOC_MARK_LATE)
    {
      cairo_rectangle (self->cr, x + 3.4, y + 2.6, 1.2, 3);
      cairo_rectangle (self->cr, x + 3.4, y + 6.4, 1.2, 1.2);
      cairo_fill (self->cr);
    }
}

static void
draw_list (Pdf            *self,
           const DocBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    {
      const DocItem *item = g_ptr_array_index (block->items, i);

      /* An item keeps its second line, and the last two items stay together. */
      pdf_need (self, TEXT_SIZE * 1.35 * (*item->detail != '\0' ? 2 : 1) * (i > 0 && i + 2 == block->items->len ? 2 : 1));
      draw_mark (self, item->mark, self->y + 1.5);
      draw_text (self, item->text, self->left + 16, TEXT_SIZE, FALSE, &doc_ink);
      if (*item->detail != '\0')
        draw_text (self, item->detail, self->left + 16, 8.5, FALSE, &doc_muted);
      self->y += 4;
    }
}

/* --- Charts ------------------------------------------------------------------------------------------------------------------ */

static void
draw_chart (Pdf            *self,
            const DocBlock *block,
            double          x,
            double          width)
{
  g_autoptr (PangoLayout) title = pdf_layout_new (self, block->text, 9, PANGO_WEIGHT_SEMIBOLD, width);

  pango_layout_set_height (title, -1);
  pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
  pdf_show (self, title, x, self->y, &doc_ink);
  if (!self->draws)
    return;
  cairo_save (self->cr);
  cairo_translate (self->cr, pdf_x (self, x, width), self->y + 16);
  doc_chart_paint (block, self->doc->rtl, self->cr, self->context, width, CHART_HEIGHT);
  cairo_restore (self->cr);
}

/* Two charts in a row stand side by side. Gives how many were drawn. */
static guint
draw_charts (Pdf  *self,
             guint nth)
{
  const DocBlock *first = block_at (self, nth), *second = block_at (self, nth + 1);
  gboolean is_pair = second != NULL && second->kind == DOC_CHART && second->series->len <= 2 && first->series->len <= 2;
  double width = is_pair ? (text_width (self) - CHART_GAP) / 2 : text_width (self);

  pdf_need (self, CHART_HEIGHT + 28 + note_height (self, nth + (is_pair ? 2 : 1)));
  self->y += 4;
  draw_chart (self, first, self->left, width);
  if (is_pair)
    draw_chart (self, second, self->left + width + CHART_GAP, width);
  self->y += CHART_HEIGHT + 24;
  return is_pair ? 2 : 1;
}

void
pdf_draw_blocks (Pdf *self)
{
  for (guint i = 0; i < self->doc->blocks->len;)
    {
      const DocBlock *block = block_at (self, i);
      guint n = 1;

      switch (block->kind)
        {
        case DOC_HEADING:
          draw_heading (self, block, i);
          break;
        case DOC_PARAGRAPH:
          draw_text (self, block->text, self->left, TEXT_SIZE, TRUE, &doc_ink);
          self->y += 5;
          break;
        case DOC_NOTE:
          draw_text (self, block->text, self->left, NOTE_SIZE, FALSE, &doc_muted);
          self->y += 4;
          break;
        case DOC_FIGURES:
          draw_figures (self, block, i);
          break;
        case DOC_LIST:
          draw_list (self, block);
          break;
        case DOC_CHART:
          n = draw_charts (self, i);
          break;
        case DOC_TABLE:
        default:
          pdf_draw_table (self, block);
          self->y += 8;
          break;
        }
      i += n;
    }
}
