/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-attention.h"
#include "rules/ent-deal-policy.h"

G_BEGIN_DECLS

/* What the records say of a partner, before it is weighed. */
typedef struct
{
  EntKey  partner;
  EntValue revenue;        /* a year, what a renewal is worth when the agreement does not say */
  gint64  pipeline;        /* expected value of open deals, minor units of the reporting currency */
  gint64  renewal;         /* what the agreement that ends is worth */
  guint   n_deals;
  guint   n_overdue;
  EntKey  agreement;       /* ends first; 0: none within the span */
  gint64  agreement_days;
  EntKey  deal;            /* closes first; 0: none within the span */
  gint64  deal_days;
  EntKey  overdue;         /* the longest overdue */
  gint64  silence;         /* days since the last contact, at most the span */
} EntAttentionFacts;

/* What the formula says, read once. */
typedef struct
{
  gint64 weights[ENT_ATTENTION_N_SIGNS];
  gint64 hours[ENT_ATTENTION_N_SIGNS];
  gint64 renewal_span;  /* days before an agreement ends */
  gint64 closing_span;  /* days before a deal closes */
  gint64 silence_from;  /* days without contact */
  gint64 silence_full;
  gint64 overdue_full;  /* things */
} EntAttentionTerms;

typedef struct
{
  EntStore         *store;
  gint64            today;
  GPtrArray        *rules;
  EntAttentionTerms terms;
  EntDealPolicy    *policy;     /* what deals are weighed by */
  EntExchangeRates *rates;      /* its rates */
  GHashTable       *facts;      /* EntKey* → EntAttentionFacts */
  guint             n_unrated;
  GCancellable     *cancellable;
} EntAttentionSearch;

void     ent_attention_facts_free (EntAttentionFacts *self);
gboolean ent_attention_gather     (EntAttentionSearch  *self,
                                   GPtrArray           *due,
                                   GError             **error);

G_END_DECLS
