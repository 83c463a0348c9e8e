/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-registration.h"

G_BEGIN_DECLS

/** What is amiss with a deal, the most pressing first. */
typedef enum
{
  ENT_DEAL_ISSUE_CONFLICT,   /* another partner claims the account */
  ENT_DEAL_ISSUE_LAPSED,     /* the registration's day passed */
  ENT_DEAL_ISSUE_EXPIRES,    /* it is near */
  ENT_DEAL_ISSUE_OVERDUE,    /* expected to close before today */
  ENT_DEAL_ISSUE_STALLED,
  ENT_DEAL_ISSUE_SLIPPED,    /* the close was moved later */
  ENT_DEAL_ISSUE_SHARES,     /* of the parties: not 100 % */
  ENT_DEAL_ISSUE_DATES,      /* an end before the start */
  ENT_DEAL_ISSUE_RATE,       /* its currency has no exchange rate */
  ENT_DEAL_ISSUE_INCOMPLETE, /* fields that influenced pipeline needs */
} EntDealIssueKind;

typedef struct
{
  EntDealIssueKind kind;
  EntTone          tone;
  char            *text;   /* for a card: "Stalled 18 d" */
  char            *advice; /* one sentence: what is so, and the next step */
} EntDealIssue;

void        ent_deal_issue_free     (EntDealIssue *self);
/** "stalled" (transfer none) */
const char *ent_deal_issue_get_name (EntDealIssueKind kind);
/** What is amiss with a deal. Element-type EntDealIssue. (transfer full) */
GPtrArray  *ent_deals_check         (const EntDeals *self,
                                     const EntDeal  *deal);
/** Whether a deal stalled: open, and nothing happened for longer than the program allows. */
gboolean    ent_deals_is_stalled    (const EntDeals *self,
                                     const EntDeal  *deal);
/** Whether it slips: open, and its close was moved later or has passed. */
gboolean    ent_deals_is_slipping   (const EntDeals *self,
                                     const EntDeal  *deal);

G_END_DECLS
