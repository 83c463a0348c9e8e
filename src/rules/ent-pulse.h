/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-chart-data.h"
#include "model/ent-why.h"
#include "store/ent-store.h"

G_BEGIN_DECLS

/** A figure on top of Today: what it is now, how it came there, and what it should be. */
typedef struct
{
  char         *label;  /* "Open pipeline" */
  char         *value;  /* "$18.4M" */
  char         *goal;   /* "Goal $5M, reached" (nullable) */
  EntChartData *spark;  /* a sparkline */
  EntWhy       *why;
  const char   *page;   /* id of the page with its rows */
} EntPulse;

void       ent_pulse_free (EntPulse *self);
/** Open pipeline, won this quarter, active partners, contacts of a week. Goals are the lines of `phase:scale`. Blocks.
 * Element-type EntPulse. (transfer full) */
GPtrArray *ent_pulse_list (EntStore      *store,
                           gint64         today,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS
