/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-chart-paint.h"

G_BEGIN_DECLS

/* The parts of ent_chart_paint (): plot and axes, marks of series, funnel. */

typedef struct
{
  double red, green, blue;
} EntChartColor;

typedef struct
{
  EntChartData        *data;
  cairo_t             *cr;
  const EntChartStyle *style;
  EntChartPlace       *places;
  EntChartColor        text, muted, grid, background;
  double               width, height;
  double               line;        /* height of a line of text */
  double               x, y, w, h;  /* the plot */
  gint64               low, high, step;
  guint                n_series, n_categories;
} EntChartPainting;

void            ent_chart_set_color      (const EntChartPainting *p,
                                          const EntChartColor    *color,
                                          double                  alpha);
EntChartColor   ent_chart_series_color   (const EntChartPainting *p,
                                          guint                   series);
/** A line of text no wider than @room (less than 0: any). (transfer full) */
PangoLayout    *ent_chart_make_text      (const EntChartPainting *p,
                                          const char             *text,
                                          double                  room);
/** Paints and frees @layout at @x (from the left), its top at @y. */
void            ent_chart_take_text      (const EntChartPainting *p,
                                          PangoLayout            *layout,
                                          double                  x,
                                          double                  y,
                                          const EntChartColor    *color);
double          ent_chart_text_width     (PangoLayout *layout);
/** From the leading edge to where a thing of @width really is. */
double          ent_chart_place_x        (const EntChartPainting *p,
                                          double                  x,
                                          double                  width);
double          ent_chart_value_y        (const EntChartPainting *p,
                                          gint64                  value);
/** Middle of a category. */
double          ent_chart_category_x     (const EntChartPainting *p,
                                          guint                   category);
void            ent_chart_note_place     (const EntChartPainting *p,
                                          guint                   series,
                                          guint                   category,
                                          double                  x,
                                          double                  y,
                                          double                  width,
                                          double                  height);
void            ent_chart_paint_marker   (const EntChartPainting *p,
                                          guint                   series,
                                          double                  x,
                                          double                  y,
                                          double                  size);
void            ent_chart_paint_bar      (const EntChartPainting *p,
                                          guint                   series,
                                          double                  x,
                                          double                  y,
                                          double                  width,
                                          double                  height);
void            ent_chart_paint_lines    (const EntChartPainting *p);
void            ent_chart_paint_bars     (const EntChartPainting *p);
/** Values over the bars of a single series, where there is room. */
void            ent_chart_paint_bar_labels (const EntChartPainting *p);
void            ent_chart_paint_stacks   (const EntChartPainting *p);
void            ent_chart_paint_funnel   (const EntChartPainting *p);

G_END_DECLS
