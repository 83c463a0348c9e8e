/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-deal-policy.h"

G_BEGIN_DECLS

#define ENT_DAY_NONE G_MININT64

/** A partner that takes part. */
typedef struct
{
  EntKey      key;   /* of the line */
  EntKey      org;
  const char *role;  /* (nullable) interned */
  gint64      share; /* 1/10,000 of a percent point; -1: not said */
} EntDealParty;

/** A deal as rules see it: plain values, texts owned by the set or interned. */
typedef struct
{
  EntKey        key;
  const char   *title;
  const char   *next_step;    /* (nullable) */
  EntKey        account;
  EntKey        owner;
  EntKey        registered_by;
  const char   *stage;        /* (nullable) interned, as the four below */
  const char   *kind;
  const char   *motion;
  const char   *source;
  const char   *registration;
  gboolean      has_amount;
  gint64        amount;       /* minor units */
  const char   *currency;     /* interned */
  gint64        estimate;     /* own probability, 1/10,000 of a percent point; -1: none */
  gint64        opened_on;    /* days, ENT_DAY_NONE when unknown, as the three below */
  gint64        expected_close;
  gint64        closed_on;
  gint64        expires_on;
  gint64        registered_at; /* microseconds UTC; 0 unknown, as the one below */
  gint64        valid_at;
  guint         renewals;
  EntKey       *offerings;
  guint         n_offerings;
  EntDealParty *parties;
  guint         n_parties;
  guint64       missing;      /* bit per field of `EntDealPolicy.required` that is empty */
  /* From the journal and the activities: */
  gint64        active_on;    /* day of the last activity or change of stage; when it was opened if later */
  gint64        first_close;  /* expected close before it was first moved; ENT_DAY_NONE: never moved */
  guint         n_moves;      /* how often it was moved later */
} EntDeal;

/**
 * EntDeals:
 *
 * The live deals of a workspace as of one day, with what rules need to know about them; immutable, reference counted,
 * for any thread. 20,000 deals take some 10 MB and half a second to read, so the window does it on a worker thread.
 */
typedef struct _EntDeals EntDeals;

/** Reads all live deals. Blocks. (transfer full) */
EntDeals      *ent_deals_load          (EntStore      *store,
                                        gint64         today,
                                        GCancellable  *cancellable,
                                        GError       **error);
EntDeals      *ent_deals_ref           (EntDeals *self);
void           ent_deals_unref         (EntDeals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDeals, ent_deals_unref)

guint          ent_deals_get_n         (const EntDeals *self);
const EntDeal *ent_deals_get_nth       (const EntDeals *self,
                                        guint           i);
/** (nullable) */
const EntDeal *ent_deals_lookup        (const EntDeals *self,
                                        EntKey          key);
const EntDealPolicy *ent_deals_get_policy (const EntDeals *self);
gint64         ent_deals_get_today     (const EntDeals *self);
/** Title of an organization, person, offering or goal that deals name; "" when it is not known. */
const char    *ent_deals_get_name      (const EntDeals *self,
                                        EntKey          key);
/** Rank of a partner's level, 1 the highest; G_MAXINT when it has none. */
int            ent_deals_get_rank      (const EntDeals *self,
                                        EntKey          partner);
/** Name of a partner's level; NULL when it has none. */
const char    *ent_deals_get_level     (const EntDeals *self,
                                        EntKey          partner);
/** Whether a partner is one of technology: an independent software vendor. */
gboolean       ent_deals_is_technology (const EntDeals *self,
                                        EntKey          partner);
/** Whether a party or the partner that registered it is @partner; 0: whether there is any. */
gboolean       ent_deal_has_partner    (const EntDeal *self,
                                        EntKey         partner);

gboolean       ent_deal_is_open        (const EntDeal *self);
/** Chance to win: own estimate, else that of the stage; -1 when neither is known. A deal that is won or lost is
 * certain. */
gint64         ent_deal_get_probability (const EntDeal       *self,
                                         const EntDealPolicy *policy);
/** Amount × probability in @currency, as the forecast counts it; FALSE when the amount, the probability or a rate is not
 * known. */
gboolean       ent_deal_get_expected   (const EntDeal       *self,
                                        const EntDealPolicy *policy,
                                        const char          *currency,
                                        gint64              *expected);
/** Sets what a deal's record says of its value: key, stage, amount, own probability, days. */
void           ent_deal_read_value     (EntDeal   *self,
                                        EntRecord *record);
/** Days since anything happened; -1 unknown. */
gint64         ent_deal_get_idle_days  (const EntDeal *self,
                                        gint64         today);
/** "D-0042 (Brightwater: claims intake)" for messages. (transfer full) */
char          *ent_deals_dup_label     (const EntDeals *self,
                                        const EntDeal  *deal);

G_END_DECLS
