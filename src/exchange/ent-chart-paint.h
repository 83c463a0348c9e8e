/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "exchange/ent-chart-data.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_CHART_LIGHT,
  ENT_CHART_DARK,
  ENT_CHART_LIGHT_CONTRAST,
  ENT_CHART_DARK_CONTRAST,
  ENT_CHART_PRINT,          /* readable without color */
} EntChartPalette;

/** How a chart looks. Zeroed: light, left to right, 10 px text, nothing picked. */
typedef struct
{
  EntChartPalette             palette;
  const PangoFontDescription *font;     /* (nullable); sizes in units of the surface */
  gboolean                    rtl;
  gboolean                    has_pick; /* one point is marked */
  guint                       series, category;
} EntChartStyle;

/** Where a point was painted; width 0: it has no place (unknown). */
typedef struct
{
  double x, y, width, height;
} EntChartPlace;

/**
 * ent_chart_paint:
 * @places: (nullable): n_series × n_categories places to fill in, by series, then category
 *
 * Paints the chart into 0, 0, @width, @height of @cr (vectors where the surface has them). Series are told apart by color
 * and by marker, dash or hatching; unknown values are gaps, and a chart without any says so.
 */
void ent_chart_paint (EntChartData        *data,
                      cairo_t             *cr,
                      double               width,
                      double               height,
                      const EntChartStyle *style,
                      EntChartPlace       *places);
/** Height that suits @width, with legend: for whoever lays out a page. */
double ent_chart_get_height (EntChartData *data,
                             double        width,
                             double        text_height);

G_END_DECLS
