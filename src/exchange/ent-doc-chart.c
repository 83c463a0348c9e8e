/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-private.h"

#include <math.h>

/* Charts on paper: bars (stacked when there are several series) or lines, values told in figures. */

#define LABEL_SIZE  7.5
#define MAX_TICKS   4
#define LEGEND_STEP 12.0
#define DOT         2.4

/* Told apart by eyes that do not see red or green, and in gray. */
static const DocColor series_colors[] = {
  { 0.00, 0.40, 0.65 }, { 0.85, 0.55, 0.10 }, { 0.00, 0.56, 0.42 },
  { 0.66, 0.31, 0.54 }, { 0.45, 0.55, 0.68 }, { 0.55, 0.45, 0.15 },
};

typedef struct
{
  const DocBlock *chart;
  cairo_t        *cr;
  PangoContext   *context;
  double          left, top, right, bottom; /* of the plot */
  double          low, high, step;          /* of the axis */
  guint           n;                        /* labels */
} Plot;

static const DocColor *
color_of (guint series)
{
  return &series_colors[series % G_N_ELEMENTS (series_colors)];
}

/* The smallest of 1, 2, 5 × 10^k of which MAX_TICKS reach over the span. */
static double
nice_step (double span)
{
  double power = pow (10, floor (log10 (span / MAX_TICKS)));

  for (int i = 0; i < 4; i++)
    {
      static const double factors[] = { 1, 2, 5, 10 };

      if (span / (factors[i] * power) <= MAX_TICKS)
        return factors[i] * power;
    }
  return 10 * power;
}

static void
find_span (Plot *self)
{
  double low = 0, high = 0;

  for (guint k = 0; k < self->n; k++)
    {
      double sum = 0;

      for (guint i = 0; i < self->chart->series->len; i++)
        {
          gint64 value = ((DocSeries *) g_ptr_array_index (self->chart->series, i))->values[k];

          if (value == ENT_DOC_UNKNOWN)
            continue;
          sum = self->chart->is_line ? (double) value : sum + (double) value;
          low = MIN (low, sum);
          high = MAX (high, sum);
        }
    }
  if (high == low)
    high = low + 1;
  self->step = MAX (nice_step (high - low), 1);
  self->low = floor (low / self->step) * self->step;
  self->high = ceil (high / self->step) * self->step;
}

static double
y_of (const Plot *self,
      double      value)
{
  return self->bottom - (value - self->low) / (self->high - self->low) * (self->bottom - self->top);
}

static double
x_of (const Plot *self,
      guint       label)
{
  return self->left + (label + 0.5) * (self->right - self->left) / self->n;
}

/* @align: 0 from x on, 0.5 around it, 1 up to it; @y: the middle of the line. */
static void
write_at (const Plot     *self,
          const char     *text,
          double          x,
          double          y,
          double          align,
          double          width,
          const DocColor *color,
          PangoWeight     weight)
{
  g_autoptr (PangoLayout) layout = doc_layout_new (self->context, text, LABEL_SIZE, weight);
  PangoRectangle extents;

  if (width > 0)
    {
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -2);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_alignment (layout, align > 0.7 ? PANGO_ALIGN_RIGHT : align > 0.2 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
    }
  pango_layout_get_extents (layout, NULL, &extents);
  doc_set_color (self->cr, color);
  cairo_move_to (self->cr, x - align * (width > 0 ? width : (double) extents.width / PANGO_SCALE),
                 y - (double) extents.height / PANGO_SCALE / 2);
  pango_cairo_show_layout (self->cr, layout);
  cairo_new_path (self->cr);
}

static double
width_of (const Plot *self,
          const char *text)
{
  g_autoptr (PangoLayout) layout = doc_layout_new (self->context, text, LABEL_SIZE, PANGO_WEIGHT_NORMAL);
  PangoRectangle extents;

  pango_layout_get_extents (layout, NULL, &extents);
  return (double) extents.width / PANGO_SCALE;
}

/* --- Axis ---------------------------------------------------------------------------------------------------------- */

static double
axis_width (const Plot *self)
{
  double width = 0;

  for (double value = self->low; value <= self->high + self->step / 2; value += self->step)
    {
      g_autofree char *text = doc_amount (self->chart->unit, (gint64) llround (value), self->chart->currency);

      width = MAX (width, width_of (self, text));
    }
  return width;
}

static void
draw_axis (const Plot *self)
{
  cairo_set_line_width (self->cr, 0.5);
  for (double value = self->low; value <= self->high + self->step / 2; value += self->step)
    {
      g_autofree char *text = doc_amount (self->chart->unit, (gint64) llround (value), self->chart->currency);
      double y = y_of (self, value);

      doc_set_color (self->cr, fabs (value) < self->step / 2 ? &doc_muted : &doc_rule);
      cairo_move_to (self->cr, self->left, y);
      cairo_line_to (self->cr, self->right, y);
      cairo_stroke (self->cr);
      write_at (self, text, self->left - 5, y, 1, 0, &doc_muted, PANGO_WEIGHT_NORMAL);
    }
  for (guint k = 0; k < self->n; k++)
    write_at (self, self->chart->labels[k], x_of (self, k), self->bottom + 11, 0.5, (self->right - self->left) / self->n - 2,
              &doc_muted, PANGO_WEIGHT_NORMAL);
}

static void
draw_legend (const Plot *self,
             double      y)
{
  double x = self->left;

  for (guint i = 0; i < self->chart->series->len; i++)
    {
      const DocSeries *series = g_ptr_array_index (self->chart->series, i);
      double width = MIN (width_of (self, series->name), 160);

      if (x > self->left && x + 12 + width > self->right)
        break; /* one line: the others are told by the table of the same numbers */
      doc_set_color (self->cr, color_of (i));
      cairo_rectangle (self->cr, x, y - 3, 6, 6);
      cairo_fill (self->cr);
      write_at (self, series->name, x + 10, y, 0, width + 1, &doc_ink, PANGO_WEIGHT_NORMAL);
      x += 10 + width + 14;
    }
}

/* --- Bars and lines ------------------------------------------------------------------------------------------------- */

static void
draw_bars (const Plot *self)
{
  double width = MIN ((self->right - self->left) / self->n * 0.56, 34);

  for (guint k = 0; k < self->n; k++)
    {
      double sum = 0;
      gboolean known = FALSE;
      g_autofree char *text = NULL;

      for (guint i = 0; i < self->chart->series->len; i++)
        {
          gint64 value = ((DocSeries *) g_ptr_array_index (self->chart->series, i))->values[k];
          double from = y_of (self, sum);

          if (value == ENT_DOC_UNKNOWN)
            continue;
          known = TRUE;
          sum += (double) value;
          doc_set_color (self->cr, color_of (i));
          cairo_rectangle (self->cr, x_of (self, k) - width / 2, MIN (from, y_of (self, sum)), width,
                           fabs (from - y_of (self, sum)));
          cairo_fill (self->cr);
        }
      text = known ? doc_amount (self->chart->unit, (gint64) llround (sum), self->chart->currency) : g_strdup ("–");
      write_at (self, text, x_of (self, k), (sum < 0 ? y_of (self, sum) + 7 : y_of (self, sum) - 6), 0.5, 0,
                known ? &doc_ink : &doc_muted, PANGO_WEIGHT_NORMAL);
    }
}

static void
draw_line (const Plot      *self,
           const DocSeries *series,
           const DocColor  *color)
{
  gboolean is_down = FALSE;

  cairo_set_line_width (self->cr, 1.6);
  cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
  doc_set_color (self->cr, color);
  for (guint k = 0; k < self->n; k++)
    {
      if (series->values[k] == ENT_DOC_UNKNOWN)
        is_down = FALSE; /* a gap: nobody knows */
      else if (is_down)
        cairo_line_to (self->cr, x_of (self, k), y_of (self, (double) series->values[k]));
      else
        {
          cairo_move_to (self->cr, x_of (self, k), y_of (self, (double) series->values[k]));
          is_down = TRUE;
        }
    }
  cairo_stroke (self->cr);
  for (guint k = 0; k < self->n; k++)
    {
      g_autofree char *text = NULL;
      double y;

      if (series->values[k] == ENT_DOC_UNKNOWN)
        continue;
      y = y_of (self, (double) series->values[k]);
      cairo_rectangle (self->cr, x_of (self, k) - 9, y - 12.5, 18, 9); /* the line does not cross the figure */
      cairo_set_source_rgba (self->cr, 1, 1, 1, 0.8);
      cairo_fill (self->cr);
      doc_set_color (self->cr, color);
      cairo_new_path (self->cr);
      cairo_arc (self->cr, x_of (self, k), y, DOT, 0, 2 * G_PI);
      cairo_fill (self->cr);
      text = doc_amount (self->chart->unit, series->values[k], self->chart->currency);
      write_at (self, text, x_of (self, k), y - 8, 0.5, 0, &doc_ink, PANGO_WEIGHT_NORMAL);
    }
}

void
doc_chart_paint (const DocBlock *chart,
                 cairo_t        *cr,
                 PangoContext   *context,
                 double          width,
                 double          height)
{
  Plot plot = { chart, cr, context, 0, 12, width, height - 23, 0, 0, 0, g_strv_length (chart->labels) };
  gboolean has_legend = chart->series->len > 1;

  if (plot.n == 0 || !doc_chart_has_values (chart))
    return;
  if (has_legend)
    plot.top += LEGEND_STEP;
  find_span (&plot);
  plot.left = axis_width (&plot) + 8;
  draw_axis (&plot);
  if (has_legend)
    draw_legend (&plot, 5);
  for (guint i = 0; chart->is_line && i < chart->series->len; i++)
    draw_line (&plot, g_ptr_array_index (chart->series, i), color_of (i));
  if (!chart->is_line)
    draw_bars (&plot);
}
