/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-forecast.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntForecastBar:
 *
 * What a quarter brings against its target: won and weighted as parts of one bar, a mark at the target, and the sum in
 * words, which opens its explanation. Signal `quarter-changed` (int64 quarter) when the user pages to another one.
 */
#define ENT_TYPE_FORECAST_BAR (ent_forecast_bar_get_type ())
G_DECLARE_FINAL_TYPE (EntForecastBar, ent_forecast_bar, ENT, FORECAST_BAR, GtkWidget)

GtkWidget  *ent_forecast_bar_new      (EntContext *context);
/** Shows @forecast (nullable: nothing is known yet), which the caller keeps. */
void        ent_forecast_bar_show     (EntForecastBar    *self,
                                       const EntForecast *forecast);
/** "Won $452K and weighted $2.4M of $3M, 94 %" (transfer none) */
const char *ent_forecast_bar_get_text (EntForecastBar *self);

G_END_DECLS
