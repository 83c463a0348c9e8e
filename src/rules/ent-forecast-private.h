/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-forecast.h"

G_BEGIN_DECLS

/** What of a deal counts: its amount times its probability, 1/10,000 of a minor unit's percent point. */
typedef struct
{
  const EntDeal *deal;
  gint64         pct;
} EntForecastLine;

/** @won, @open: element-type EntForecastLine, sorted as it likes. (transfer full) */
EntWhy *ent_forecast_explain (const EntForecast *self,
                              const EntDeals    *deals,
                              GArray            *won,
                              GArray            *open);
/** "45 %", "12.5 %" (transfer full) */
char   *ent_percent_display  (gint64 pct);

G_END_DECLS
