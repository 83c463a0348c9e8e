/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * EntChartData:
 *
 * What a chart shows: categories along the axis, series of exact integers, and how a value is written. A value that
 * was not set is unknown: a gap, never 0. Painted by ent_chart_paint () into pages, pictures and PDF, shown by the
 * widget EntChart. To be filled by one thread; read by any.
 *
 *   g_autoptr (EntChartData) data = ent_chart_data_new (ENT_CHART_BAR);
 *   ent_chart_data_set_money (data, "USD");
 *   ent_chart_data_add_series (data, _("Pipeline"));
 *   ent_chart_data_add_category (data, "Q1");
 *   ent_chart_data_set (data, 0, 0, 120000000);       // $1,200,000.00
 */
typedef struct _EntChartData EntChartData;

typedef enum
{
  ENT_CHART_LINE,
  ENT_CHART_BAR,
  ENT_CHART_STACKED,
  ENT_CHART_FUNNEL,    /* the first series; each category a step */
  ENT_CHART_SPARKLINE, /* the first series; no axis, no text */
} EntChartKind;

/** A value in words (transfer full). @brief: there is little room ("$1.2M" rather than "$1,200,000.00"). */
typedef char *(*EntChartFormat) (gint64   value,
                                 gboolean brief,
                                 gpointer user_data);

EntChartData *ent_chart_data_new          (EntChartKind kind);
EntChartData *ent_chart_data_ref          (EntChartData *self);
void          ent_chart_data_unref        (EntChartData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntChartData, ent_chart_data_unref)

#define ENT_TYPE_CHART_DATA (ent_chart_data_get_type ())
GType         ent_chart_data_get_type     (void);

/** Both return the new one's number, from 0. */
guint         ent_chart_data_add_series   (EntChartData *self,
                                           const char   *label);
guint         ent_chart_data_add_category (EntChartData *self,
                                           const char   *label);
/** @value is within ±2^60. */
void          ent_chart_data_set          (EntChartData *self,
                                           guint         series,
                                           guint         category,
                                           gint64        value);
/** Whole numbers unless one of these is called. Money: minor units. Percent: 1/10,000 point, as stored. */
void          ent_chart_data_set_money    (EntChartData *self,
                                           const char   *currency);
void          ent_chart_data_set_percent  (EntChartData *self);
void          ent_chart_data_set_format   (EntChartData   *self,
                                           EntChartFormat  format,
                                           gpointer        user_data,
                                           GDestroyNotify  destroy);
/** A line across the plot: "Goal". */
void          ent_chart_data_set_goal     (EntChartData *self,
                                           gint64        value,
                                           const char   *label);

EntChartKind  ent_chart_data_get_kind     (EntChartData *self);
guint         ent_chart_data_get_n_series (EntChartData *self);
guint         ent_chart_data_get_n_categories (EntChartData *self);
const char   *ent_chart_data_get_series   (EntChartData *self,
                                           guint         series);
const char   *ent_chart_data_get_category (EntChartData *self,
                                           guint         category);
/** FALSE: unknown. */
gboolean      ent_chart_data_get          (EntChartData *self,
                                           guint         series,
                                           guint         category,
                                           gint64       *value);
/** FALSE: there is none. @label (out) (nullable) */
gboolean      ent_chart_data_get_goal     (EntChartData  *self,
                                           gint64        *value,
                                           const char   **label);
/** (transfer full) */
char         *ent_chart_data_format       (EntChartData *self,
                                           gint64        value,
                                           gboolean      brief);
/** Least and greatest of what is drawn (sums where stacked), goal and zero where the kind needs them; FALSE: nothing known. */
gboolean      ent_chart_data_get_range    (EntChartData *self,
                                           gint64       *least,
                                           gint64       *greatest);
/** "Q1, Pipeline: $1,200,000.00" or "Q1, Pipeline: no data" (transfer full) */
char         *ent_chart_data_describe     (EntChartData *self,
                                           guint         series,
                                           guint         category);
/** The whole in a sentence or two, for a screen reader (transfer full) */
char         *ent_chart_data_summarize    (EntChartData *self);
/** The values as a table with tabs, exact, unknown ones empty (transfer full) */
char         *ent_chart_data_to_text      (EntChartData *self);
/** A step of 1, 2 or 5 times a power of ten so that @span has about @wanted steps; at least 1. */
gint64        ent_chart_nice_step         (gint64 span,
                                           guint  wanted);

G_END_DECLS
