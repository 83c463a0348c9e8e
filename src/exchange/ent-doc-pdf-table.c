/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-pdf-private.h"

/* Tables: the header is repeated on each page, a row is never split, and no row stands alone: neither below the header
 * at the foot of a page nor on the last one. */

#define SIZE       8.5
#define HEAD_SIZE  8.0
#define PADDING    4.5
#define GAP        10.0
#define MAX_LINES  4

static void
add_tabular_figures (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
}

static double
column_width (Pdf            *self,
              const DocBlock *block,
              guint           column)
{
  double sum = 0, room = self->right - self->left - GAP * (block->columns->len - 1);

  for (guint i = 0; i < block->columns->len; i++)
    sum += ((DocColumn *) g_ptr_array_index (block->columns, i))->width;
  return room * ((DocColumn *) g_ptr_array_index (block->columns, column))->width / sum;
}

static PangoLayout *
cell_new (Pdf            *self,
          const DocBlock *block,
          guint           column,
          const char     *text,
          gboolean        is_head)
{
  const DocColumn *info = g_ptr_array_index (block->columns, column);
  PangoLayout *layout = pdf_layout_new (self, text, is_head ? HEAD_SIZE : SIZE,
                                        is_head ? PANGO_WEIGHT_SEMIBOLD : column == 0 ? PANGO_WEIGHT_MEDIUM
                                                                                      : PANGO_WEIGHT_NORMAL,
                                        column_width (self, block, column));

  if (info->is_number)
    {
      pdf_align_end (self, layout);
      add_tabular_figures (layout);
    }
  pango_layout_set_height (layout, is_head ? -2 : -MAX_LINES);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* Draws a row at y, or only measures it. */
static double
draw_row (Pdf                *self,
          const DocBlock     *block,
          const char * const *cells,
          gboolean            is_head,
          double              y,
          gboolean            measures)
{
  gboolean draws = self->draws;
  double x = self->left, height = 0;

  if (measures)
    self->draws = FALSE;
  for (guint i = 0; i < block->columns->len; i++)
    {
      g_autoptr (PangoLayout) cell = cell_new (self, block, i, cells[i], is_head);

      /* Another color also keeps Cairo from writing cells of two weights as one run of text. */
      height = MAX (height, pdf_show (self, cell, x, y + PADDING, is_head ? &doc_muted : i == 0 ? &doc_ink : &doc_soft));
      x += column_width (self, block, i) + GAP;
    }
  height += 2 * PADDING;
  if (self->draws)
    {
      doc_set_color (self->cr, is_head ? &doc_muted : &doc_rule);
      cairo_set_line_width (self->cr, is_head ? 0.8 : 0.5);
      cairo_move_to (self->cr, self->left, y + height);
      cairo_line_to (self->cr, self->right, y + height);
      cairo_stroke (self->cr);
    }
  self->draws = draws;
  return height;
}

static void
head_cells (const DocBlock  *block,
            const char     **cells)
{
  for (guint i = 0; i < block->columns->len; i++)
    cells[i] = ((DocColumn *) g_ptr_array_index (block->columns, i))->title;
  cells[block->columns->len] = NULL;
}

/* Heights of all rows, then that of the header. */
static const double *
get_heights (Pdf            *self,
             const DocBlock *block)
{
  double *heights = g_hash_table_lookup (self->heights, block);
  g_autofree const char **head = NULL;

  if (heights != NULL)
    return heights;
  heights = g_new (double, block->rows->len + 1);
  head = g_new0 (const char *, block->columns->len + 1);
  head_cells (block, head);
  for (guint i = 0; i < block->rows->len; i++)
    heights[i] = draw_row (self, block, g_ptr_array_index (block->rows, i), FALSE, 0, TRUE);
  heights[block->rows->len] = draw_row (self, block, head, TRUE, 0, TRUE);
  g_hash_table_insert (self->heights, (gpointer) block, heights);
  return heights;
}

double
pdf_table_lead (Pdf            *self,
                const DocBlock *block)
{
  const double *heights = get_heights (self, block);
  double height = heights[block->rows->len];

  for (guint i = 0; i < MIN (block->rows->len, 2); i++)
    height += heights[i];
  return height;
}

static void
put_row (Pdf                *self,
         const DocBlock     *block,
         const char * const *cells,
         gboolean            is_head,
         double              height)
{
  if (self->draws)
    draw_row (self, block, cells, is_head, self->y, FALSE);
  self->y += height;
}

void
pdf_draw_table (Pdf            *self,
                const DocBlock *block)
{
  g_autofree const char **head = g_new0 (const char *, block->columns->len + 1);
  const double *heights = get_heights (self, block);
  guint n = block->rows->len;

  head_cells (block, head);
  pdf_need (self, pdf_table_lead (self, block));
  put_row (self, block, head, TRUE, heights[n]);
  for (guint i = 0; i < n; i++)
    {
      /* The last two go together. */
      double wanted = heights[i] + (i + 2 == n && i > 0 ? heights[i + 1] : 0);

      if (self->y + wanted > self->bottom)
        {
          pdf_break_page (self);
          put_row (self, block, head, TRUE, heights[n]);
        }
      put_row (self, block, g_ptr_array_index (block->rows, i), FALSE, heights[i]);
    }
}
