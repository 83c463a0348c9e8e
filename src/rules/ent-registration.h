/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "rules/ent-deal.h"

G_BEGIN_DECLS

/* Deal registrations: a partner's claim on an account and products, for a time. The states and where they may go:
 *
 *   draft ─► submitted ─► valid ─► approved ─► active ─► renewed ─► converted (won)
 *                 └─► rejected        each that claims ─► expired, withdrawn
 *   expired ─► active  by approval only
 *
 * The ways to go are code; how long a claim holds, what renewal and reopening need are `policy:deal_registration`. */

/** Whether a registration in @state claims its account: it was submitted and did not end. */
gboolean   ent_registration_is_claim   (const char *state);
/** Whether the state may follow the other (NULL: no registration). */
gboolean   ent_registration_may_follow (const char *from,
                                        const char *to);
/** Where it may go from @state: NULL-terminated. (transfer none) */
const char * const *ent_registration_get_next (const char *state);

/* --- Conflicts ------------------------------------------------------------------------------------------- */

/** Two active claims of different partners on the same account and an overlapping product. */
typedef struct
{
  EntKey  winner; /* deals */
  EntKey  loser;
  char   *reason; /* one sentence: which rule decides */
} EntDealConflict;

void       ent_deal_conflict_free      (EntDealConflict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntDealConflict, ent_deal_conflict_free)
/** Conflicts of a deal, or of all (@deal NULL). Element-type EntDealConflict. (transfer full) */
GPtrArray *ent_deals_find_conflicts    (const EntDeals *self,
                                        const EntDeal  *deal);
/** Claims that a registration by @partner of @offerings at @account would run into. Element-type EntDeal
 * (unowned). @except: a deal not to look at. (transfer full) */
GPtrArray *ent_deals_find_rivals       (const EntDeals *self,
                                        EntKey          account,
                                        EntKey          partner,
                                        const EntKey   *offerings,
                                        guint           n_offerings,
                                        EntKey          except);
/** Which claim would stand if @partner registered at @now what @rival claims, and why. (transfer full) */
char      *ent_deals_foresee           (const EntDeals *self,
                                        EntKey          partner,
                                        const EntDeal  *rival,
                                        gint64          now);
/** How the tie between two claims breaks: level first, then the earlier valid registration. (transfer full) */
EntWhy    *ent_deal_conflict_explain   (const EntDeals        *deals,
                                        const EntDealConflict *self);

/* --- What can be done: inside a transaction ---------------------------------------------------------------- */

typedef struct
{
  EntKey        deal;        /* 0: a new one for `account` */
  EntKey        account;     /* of a new one */
  const char   *title;       /* of a new one; NULL: made from account and product */
  EntKey        partner;
  const EntKey *offerings;   /* replace those of the deal when there are some */
  guint         n_offerings;
  gint64        amount;      /* of a new one, minor units; G_MININT64: not known */
  const char   *currency;
  gint64        expected_close; /* of a new one; ENT_DAY_NONE: not known */
  EntKey        owner;       /* of a new one; 0: nobody yet */
  gint64        now;         /* microseconds UTC */
  gint64        today;
} EntRegistration;

/** Submits a claim of the partner: state, days, a party when it is none yet. Returns the deal; 0 with @error set. */
EntKey     ent_registration_submit     (EntTransaction        *transaction,
                                        const EntRegistration *what,
                                        GError               **error);
/** Renews the claim from the day it ends, for as long again. @proof: a document other than the one before. */
gboolean   ent_registration_renew      (EntTransaction *transaction,
                                        EntKey          deal,
                                        EntKey          proof,
                                        gint64          today,
                                        GError        **error);
/** Brings an expired claim back, counted from today. @approver: a person the policy allows to. */
gboolean   ent_registration_reopen     (EntTransaction *transaction,
                                        EntKey          deal,
                                        EntKey          approver,
                                        gint64          today,
                                        GError        **error);
/** Ends a claim that lost: rejected when it was not valid yet, else withdrawn; @reason (nullable) goes into the deal's
 * note. */
gboolean   ent_registration_settle     (EntTransaction *transaction,
                                        EntKey          loser,
                                        const char     *reason,
                                        GError        **error);
/** Expires all claims of open deals that ended before @today, in one transaction of origin RULE that can be undone: what
 * opening a workspace does. Blocks. @n (out, may be NULL): how many. */
gboolean   ent_registration_expire     (EntStore      *store,
                                        gint64         today,
                                        GCancellable  *cancellable,
                                        int           *n,
                                        GError       **error);

G_END_DECLS
