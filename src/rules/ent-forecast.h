/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "rules/ent-amounts.h"
#include "rules/ent-deal.h"
#include "rules/ent-quarter.h"
#include "store/ent-query.h"

G_BEGIN_DECLS

/* --- Columns of deals ---------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_DEALS_BY_STAGE,   /* open deals, and those closed in the quarter */
  ENT_DEALS_BY_PARTNER, /* open deals by their leading partner: who registered it, else the first party */
  ENT_DEALS_BY_OWNER,
  ENT_DEALS_BY_QUARTER, /* of the expected close */
} EntDealGrouping;

typedef struct
{
  char       *id;       /* stage; P-0012; 2026-Q4; "none", "others", "overdue" */
  char       *title;    /* translated */
  EntKey      key;      /* partner, owner; 0: none */
  EntTone     tone;
  gint64      chance;   /* of a stage, 1/10,000 of a percent point; -1: does not apply */
  GArray     *keys;     /* of EntKey: the soonest close first, then the larger amount */
  EntAmounts *total;
  EntAmounts *weighted; /* sum of amount × probability */
  guint       n_unknown; /* deals without an amount or a probability: in the count, not in the sums */
} EntDealColumn;

/** "stage", "partner", "owner", "quarter" */
gboolean    ent_deal_grouping_read   (const char      *text,
                                      EntDealGrouping *grouping);
const char *ent_deal_grouping_write  (EntDealGrouping  grouping);
/** The partner that leads a deal; 0: none. */
EntKey      ent_deal_get_lead        (const EntDeal *deal);
/** Puts deals into columns. @among (nullable): only these deals. Any thread; 20,000 deals take
 * some 10 ms. Element-type EntDealColumn. (transfer full) */
GPtrArray  *ent_deals_group          (const EntDeals  *self,
                                      EntDealGrouping  grouping,
                                      EntQuarter       quarter,
                                      const EntResult *among);
void        ent_deal_column_free     (EntDealColumn *self);
/** How the sum of a column comes about. @weighted: amount × probability. (transfer full) */
EntWhy     *ent_deal_column_explain  (const EntDealColumn *self,
                                      const EntDeals      *deals,
                                      gboolean             weighted);

/* --- Forecast of a quarter -------------------------------------------------------------------------------------- */

/**
 * EntForecast:
 *
 * What a quarter brings: won in it, and open deals expected to close in it times their probability; per currency,
 * exact. Against the target, amounts count that are in its currency or have a rate to it; what has none is told apart.
 */
typedef struct
{
  EntQuarter  quarter;
  EntAmounts *won;
  EntAmounts *open;       /* unweighted */
  EntAmounts *weighted;
  guint       n_won;
  guint       n_open;
  guint       n_unknown;  /* open ones without amount or probability */
  guint       n_overdue;  /* open deals of quarters that are over: not counted */
  guint       n_undated;  /* open deals without an expected close: not counted */

  EntKey      goal;       /* 0: there is no target */
  char       *goal_title;
  gint64      target;     /* minor units of `currency`, as the three below */
  char        currency[4];
  gint64      won_counted;
  gint64      weighted_counted;
  gint64      remaining;  /* of the target after what is won, at least 0 */
  gint64      attainment_pct; /* (won + weighted) / target; -1: no target */
  gint64      coverage_pct;   /* weighted / remaining; -1: no target, or nothing remains */
  EntAmounts *left_out;   /* won and weighted without a rate */
  EntWhy     *why;
} EntForecast;

/** (transfer full) */
EntForecast *ent_deals_forecast   (const EntDeals  *self,
                                   EntQuarter       quarter,
                                   const EntResult *among);
void         ent_forecast_free    (EntForecast *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntForecast, ent_forecast_free)

/* --- How much of the pipeline is partners' ------------------------------------------------------------------------ */

typedef struct
{
  guint   n;          /* deals, open ones and those closed in the quarter */
  guint   n_partner;  /* with a party or a registering partner: captured */
  guint   n_complete; /* of these, with all that influenced pipeline needs */
  gint64  captured_pct;  /* n_partner / n; -1: no deals */
  gint64  complete_pct;  /* n_complete / n_partner; -1: none */
  EntWhy *why;
} EntInfluence;

/** (transfer full) */
EntInfluence *ent_deals_influence (const EntDeals *self,
                                   EntQuarter      quarter);
void          ent_influence_free  (EntInfluence *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntInfluence, ent_influence_free)

G_END_DECLS
