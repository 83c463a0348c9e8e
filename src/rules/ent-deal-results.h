/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-amounts.h"
#include "rules/ent-deal.h"
#include "rules/ent-quarter.h"
#include "store/ent-query.h"

G_BEGIN_DECLS

/** What past deals are told apart by. */
typedef enum
{
  ENT_DEAL_RESULTS_ALL,
  ENT_DEAL_RESULTS_OWNER,
  ENT_DEAL_RESULTS_PARTNER, /* the one that leads */
  ENT_DEAL_RESULTS_ACCOUNT,
  ENT_DEAL_RESULTS_OFFERING, /* a deal of two counts for both */
  ENT_DEAL_RESULTS_QUARTER,  /* of the closing day */
} EntDealResultsBy;

/** How deals ended. */
typedef struct
{
  char       *title;        /* translated; of none: "None", of open deals by quarter: "Open" */
  EntKey      key;          /* 0: none */
  guint       n;
  guint       n_won;
  guint       n_lost;
  guint       n_open;
  EntAmounts *won;          /* revenue */
  gint64      win_rate;     /* won / (won + lost), 1/10,000 of a percent point; -1: nothing closed */
  gint64      days_to_win;  /* mean of opening to closing, 1/100 days, of those with both days; -1: none */
} EntDealResult;

/** "owner", "partner", "account", "product", "quarter", "all" */
gboolean   ent_deal_results_read   (const char       *text,
                                    EntDealResultsBy *by);
/** Of all deals, or of @among. Element-type EntDealResult, by title. (transfer full) */
GPtrArray *ent_deals_results       (const EntDeals   *self,
                                    EntDealResultsBy  by,
                                    const EntResult  *among);
void       ent_deal_result_free    (EntDealResult *self);
/** Mean revenue of a won deal in @currency, in minor units, rounded half to even; -1 when nothing was won. */
gint64     ent_deal_result_average (const EntDealResult *self,
                                    const char          *currency);

G_END_DECLS
