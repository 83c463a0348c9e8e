/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "exchange/ent-chart-data.h"

G_BEGIN_DECLS

/**
 * EntChart:
 *
 * Shows an EntChartData. Arrows walk the points (Left, Right along the categories, Up, Down through the series), each
 * is told to the screen reader and marked; hovering tells the value; Enter or a click emits `activated` with the
 * point, for a page to open its rows; the context menu copies the values as a table. Sparklines are pictures only:
 * they don't take the focus.
 *
 * Properties: `label` (what the chart is about), `data`. Signal: activated (guint series, guint category).
 */
#define ENT_TYPE_CHART (ent_chart_get_type ())
G_DECLARE_FINAL_TYPE (EntChart, ent_chart, ENT, CHART, GtkWidget)

GtkWidget    *ent_chart_new       (const char *label);
/** (nullable): says that there is no data yet. */
void          ent_chart_set_data  (EntChart     *self,
                                   EntChartData *data);
EntChartData *ent_chart_get_data  (EntChart *self);
void          ent_chart_set_label (EntChart   *self,
                                   const char *label);
/** The point that is marked; FALSE: none. */
gboolean      ent_chart_get_pick  (EntChart *self,
                                   guint    *series,
                                   guint    *category);

G_END_DECLS
