/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-doc-private.h"

#include <glib/gi18n-lib.h>

#include "exchange/ent-chart-paint.h"

/* A chart of a document is painted by what paints those on screen. */

#define TEXT 7.5 /* points */

static char *
format_cb (gint64   value,
           gboolean brief,
           gpointer user_data)
{
  const DocBlock *chart = user_data;

  return doc_amount (chart->unit, value, chart->currency);
}

static EntChartData *
dup_data (const DocBlock *chart)
{
  EntChartData *data = ent_chart_data_new (chart->is_line           ? ENT_CHART_LINE
                                           : chart->series->len > 1 ? ENT_CHART_STACKED
                                                                    : ENT_CHART_BAR);

  for (guint k = 0; chart->labels[k] != NULL; k++)
    ent_chart_data_add_category (data, chart->labels[k]);
  for (guint i = 0; i < chart->series->len; i++)
    {
      const DocSeries *series = g_ptr_array_index (chart->series, i);

      ent_chart_data_add_series (data, series->name);
      for (guint k = 0; chart->labels[k] != NULL; k++)
        if (series->values[k] != ENT_DOC_UNKNOWN)
          ent_chart_data_set (data, i, k, series->values[k]);
    }
  ent_chart_data_set_format (data, format_cb, (gpointer) chart, NULL);
  return data;
}

void
doc_chart_paint (const DocBlock *chart,
                 gboolean        rtl,
                 cairo_t        *cr,
                 PangoContext   *context,
                 double          width,
                 double          height)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (pango_context_get_font_description (context));
  g_autoptr (EntChartData) data = NULL;
  EntChartStyle style = { .palette = ENT_CHART_PRINT, .font = font, .rtl = rtl };

  if (chart->labels[0] == NULL || !doc_chart_has_values (chart))
    return;
  if (g_object_get_data (G_OBJECT (context), "doc-font") != NULL)
    pango_font_description_merge (font, g_object_get_data (G_OBJECT (context), "doc-font"), TRUE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, TEXT * PANGO_SCALE);
  data = dup_data (chart);
  ent_chart_paint (data, cr, width, height, &style, NULL);
}
