/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntExchangeRates:
 *
 * What one unit of a currency is worth in the reporting currency: lines with the metric `exchange_rate` of the rate
 * card "Exchange rates" (the currency in `threshold_text`, its worth in `threshold_pct`, 100 % being par). Nothing is
 * shipped and nothing guessed: a currency without a line has no rate. Immutable, any thread.
 */
typedef struct _EntExchangeRates EntExchangeRates;

/** Blocks. (transfer full) */
EntExchangeRates *ent_exchange_rates_load      (EntStore  *store,
                                                GError   **error);
void              ent_exchange_rates_free      (EntExchangeRates *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntExchangeRates, ent_exchange_rates_free)
/** The workspace's reporting currency. */
const char       *ent_exchange_rates_get_reporting (EntExchangeRates *self);
/** Converts minor units, rounded half to even; FALSE when a rate is missing or the result does not fit. */
gboolean          ent_exchange_rates_convert   (EntExchangeRates *self,
                                                gint64            minor,
                                                const char       *from,
                                                const char       *to,
                                                gint64           *result);

G_END_DECLS
