/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-amounts.h"
#include "rules/ent-exchange-rates.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/** A target of money for a quarter, from a line of a goal. */
typedef struct
{
  EntKey   goal;
  char    *title;
  gint64   amount; /* minor units */
  char     currency[4];
  gint64   from;   /* days the goal holds; G_MININT64, G_MAXINT64: always */
  gint64   until;
  gboolean technology_only; /* only deals with a technology partner (ISV) count */
} EntDealTarget;

/**
 * EntDealPolicy:
 *
 * What the program says about deals, read from rows of `program` and their lines: probabilities
 * (`rates:stage_probability`), registrations (`policy:deal_registration`), hygiene (`policy:pipeline`), fields that
 * influenced pipeline needs (`policy:influenced_pipeline`), exchange rates, levels and goals. A
 * definition that is missing or retired leaves its values unset: nothing is assumed in its place. Immutable, reference
 * counted, any thread.
 */
typedef struct
{
  GHashTable *probabilities;       /* stage → gint64 *, 1/10,000 of a percent point */
  EntKey      probabilities_key;

  gint64      registration_days;   /* 0: registrations do not end */
  gboolean    renewal_needs_proof;
  char       *reopen_seniority;    /* least seniority of who approves; NULL: reopening needs no approval */
  EntKey      registration_key;

  gint64      stalled_days;        /* 0: not looked at */
  gint64      expiry_warning_days;
  EntKey      hygiene_key;

  GPtrArray  *required;            /* of char *: fields of a deal */
  EntKey      required_key;

  EntExchangeRates *rates;         /* NULL in a transaction */
  const char *currency;            /* reporting currency */

  GHashTable *levels;              /* EntKey → rank, 1 the highest */
  GArray     *targets;             /* of EntDealTarget */
} EntDealPolicy;

/** Reads all of it. Blocks. (transfer full) */
EntDealPolicy *ent_deal_policy_load    (EntStore      *store,
                                        GCancellable  *cancellable,
                                        GError       **error);
/** The part about registrations, as a transaction sees it. (transfer full) */
EntDealPolicy *ent_deal_policy_load_in (EntTransaction *transaction,
                                        GError        **error);
EntDealPolicy *ent_deal_policy_ref     (EntDealPolicy *self);
void           ent_deal_policy_unref   (EntDealPolicy *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDealPolicy, ent_deal_policy_unref)

/** Chance to win that a stage stands for; -1 when the program does not say. */
gint64         ent_deal_policy_get_probability (const EntDealPolicy *self,
                                                const char          *stage);
/** The target of a quarter that begins and ends on these days: one that holds then only before one that always holds.
 * (nullable) */
const EntDealTarget *ent_deal_policy_get_target (const EntDealPolicy *self,
                                                 gint64               first_day,
                                                 gint64               last_day);
/** Converts between currencies; FALSE when a rate is missing or the result does not fit. */
gboolean       ent_deal_policy_convert (const EntDealPolicy *self,
                                        gint64               minor,
                                        const char          *currency,
                                        const char          *to,
                                        gint64              *result);
/** The sum of amounts in currency @to, each currency converted once; what has no rate, or does not fit, goes to @left_out. */
gint64         ent_deal_policy_sum     (const EntDealPolicy *self,
                                        const EntAmounts    *amounts,
                                        const char          *to,
                                        EntAmounts          *left_out);
/** Whether a person of @seniority may approve a reopening. */
gboolean       ent_deal_policy_may_reopen (const EntDealPolicy *self,
                                           const char          *seniority);

G_END_DECLS
