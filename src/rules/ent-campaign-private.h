/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-campaign.h"
#include "rules/ent-exchange-rates.h"
#include "rules/ent-fund-private.h"

G_BEGIN_DECLS

/* Inside src/rules/: what a report of a campaign is made with. */
typedef struct
{
  EntCampaignReport *report;
  EntFundReader      reader;
  EntExchangeRates  *rates;
  GHashTable        *without_rate; /* set of codes */
} CampaignMaker;

/** Minor units in the report's currency; 0, and remembered, when there is no rate. */
gint64   campaign_convert  (CampaignMaker  *self,
                            const EntValue *money);
void     campaign_explain  (CampaignMaker *self,
                            EntWhy        *why,
                            const char    *label,
                            gint64         amount,
                            EntKey         key);
/** The complete cost, its explanation, and each channel's part, once the lines are summed. */
gboolean campaign_sum_cost (CampaignMaker  *self,
                            GError        **error);

G_END_DECLS
