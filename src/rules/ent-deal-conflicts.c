/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-registration-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"

/* Two claims on one customer. Which one stands is the program's tie-break: the higher level, then the earlier valid
 * registration. */

void
ent_claim_clear (EntClaim *self)
{
  g_free (self->label);
  g_free (self->partner);
  g_free (self->level);
}

static char *
show_day (gint64 micros)
{
  return ent_datetime_display (micros, ENT_DISPLAY_SHORT);
}

/* The earlier of two moments wins; one that never came loses. 0: neither. */
static int
compare_moments (gint64 a,
                 gint64 b)
{
  if (a == b)
    return 0;
  return a != 0 && (b == 0 || a < b) ? 1 : -1;
}

static char *
tell_level (const EntClaim *winner,
            const EntClaim *loser)
{
  if (loser->level == NULL)
    return g_strdup_printf (_("%s has the level %s, %s has none: the higher level wins."), winner->partner,
                            winner->level, loser->partner);
  return g_strdup_printf (_("%s has the level %s, %s the level %s: the higher level wins."), winner->partner,
                          winner->level, loser->partner, loser->level);
}

static char *
tell_moment (const EntClaim *winner,
             gint64          at,
             gboolean        valid)
{
  g_autofree char *day = show_day (at);

  return g_strdup_printf (valid ? _("Same level: the claim of %s was valid first, %s.")
                                : _("Same level and neither is valid yet: %s registered first, %s."),
                          winner->partner, day);
}

gboolean
ent_claim_wins (const EntClaim  *a,
                const EntClaim  *b,
                char           **reason)
{
  int by_valid = compare_moments (a->valid_at, b->valid_at);
  int by_registered = compare_moments (a->registered_at, b->registered_at);
  int order = a->rank != b->rank ? (a->rank < b->rank ? 1 : -1)
            : by_valid != 0 ? by_valid
            : by_registered != 0 ? by_registered
            : a->deal < b->deal ? 1 : -1;
  const EntClaim *winner = order > 0 ? a : b;

  if (a->rank != b->rank)
    *reason = tell_level (winner, order > 0 ? b : a);
  else if (by_valid != 0)
    *reason = tell_moment (winner, winner->valid_at, TRUE);
  else if (by_registered != 0)
    *reason = tell_moment (winner, winner->registered_at, FALSE);
  else
    *reason = g_strdup_printf (_("Same level and moment: %s was entered first."), winner->label);
  return order > 0;
}

gboolean
ent_claims_overlap (const EntKey *a,
                    guint         n_a,
                    const EntKey *b,
                    guint         n_b)
{
  if (n_a == 0 || n_b == 0)
    return TRUE;
  for (guint i = 0; i < n_a; i++)
    for (guint j = 0; j < n_b; j++)
      if (a[i] == b[j])
        return TRUE;
  return FALSE;
}

/* --- Among deals ------------------------------------------------------------------------------------------ */

static gboolean
is_active_claim (const EntDeals *self,
                 const EntDeal  *deal)
{
  return ent_registration_is_claim (deal->registration) && ent_deal_is_open (deal) && deal->registered_by != 0 &&
         deal->account != 0 && (deal->expires_on == ENT_DAY_NONE || deal->expires_on >= self->today);
}

void
ent_deals_index_claims (EntDeals *self)
{
  for (guint i = 0; i < self->deals->len; i++)
    {
      const EntDeal *deal = &g_array_index (self->deals, EntDeal, i);
      GPtrArray *claims;

      if (!is_active_claim (self, deal))
        continue;
      claims = g_hash_table_lookup (self->claims, &deal->account);
      if (claims == NULL)
        {
          claims = g_ptr_array_new ();
          g_hash_table_insert (self->claims, (gpointer) &deal->account, claims);
        }
      g_ptr_array_add (claims, (gpointer) deal);
    }
}

GPtrArray *
ent_deals_find_rivals (const EntDeals *self,
                       EntKey          account,
                       EntKey          partner,
                       const EntKey   *offerings,
                       guint           n_offerings,
                       EntKey          except)
{
  GPtrArray *rivals = g_ptr_array_new ();
  const GPtrArray *claims = g_hash_table_lookup (self->claims, &account);

  for (guint i = 0; claims != NULL && i < claims->len; i++)
    {
      EntDeal *other = g_ptr_array_index (claims, i);

      if (other->key != except && other->registered_by != partner &&
          ent_claims_overlap (offerings, n_offerings, other->offerings, other->n_offerings))
        g_ptr_array_add (rivals, other);
    }
  return rivals;
}

static void
fill_claim (const EntDeals *self,
            const EntDeal  *deal,
            EntClaim       *claim)
{
  claim->deal = deal->key;
  claim->label = ent_deals_dup_label (self, deal);
  claim->partner = g_strdup (ent_deals_get_name (self, deal->registered_by));
  claim->level = g_strdup (ent_deals_get_level (self, deal->registered_by));
  claim->rank = ent_deals_get_rank (self, deal->registered_by);
  claim->valid_at = deal->valid_at;
  claim->registered_at = deal->registered_at;
}

static EntDealConflict *
make_conflict (const EntDeals *self,
               const EntDeal  *a,
               const EntDeal  *b)
{
  EntDealConflict *conflict = g_new0 (EntDealConflict, 1);
  g_auto (EntClaim) first = { 0 };
  g_auto (EntClaim) second = { 0 };
  gboolean wins;

  fill_claim (self, a, &first);
  fill_claim (self, b, &second);
  wins = ent_claim_wins (&first, &second, &conflict->reason);
  conflict->winner = wins ? a->key : b->key;
  conflict->loser = wins ? b->key : a->key;
  return conflict;
}

void
ent_deal_conflict_free (EntDealConflict *self)
{
  g_free (self->reason);
  g_free (self);
}

char *
ent_deals_foresee (const EntDeals *self,
                   EntKey          partner,
                   const EntDeal  *rival,
                   gint64          now)
{
  g_auto (EntClaim) own = { .deal = G_MAXINT64, .registered_at = now };
  g_auto (EntClaim) other = { 0 };
  g_autofree char *reason = NULL;

  own.partner = g_strdup (ent_deals_get_name (self, partner));
  own.level = g_strdup (ent_deals_get_level (self, partner));
  own.rank = ent_deals_get_rank (self, partner);
  fill_claim (self, rival, &other);
  if (ent_claim_wins (&own, &other, &reason))
    return g_strdup_printf (_("This claim would stand. %s"), reason);
  return g_strdup_printf (_("That claim would stand. %s"), reason);
}

static void
add_conflicts (const EntDeals *self,
               const EntDeal  *deal,
               gboolean        each_once,
               GPtrArray      *conflicts)
{
  g_autoptr (GPtrArray) rivals = NULL;

  if (!is_active_claim (self, deal))
    return;
  rivals = ent_deals_find_rivals (self, deal->account, deal->registered_by, deal->offerings, deal->n_offerings,
                                  deal->key);
  for (guint i = 0; i < rivals->len; i++)
    {
      const EntDeal *rival = g_ptr_array_index (rivals, i);

      if (!each_once || deal->key < rival->key)
        g_ptr_array_add (conflicts, make_conflict (self, deal, rival));
    }
}

GPtrArray *
ent_deals_find_conflicts (const EntDeals *self,
                          const EntDeal  *deal)
{
  GPtrArray *conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_deal_conflict_free);

  if (deal != NULL)
    add_conflicts (self, deal, FALSE, conflicts);
  for (guint i = 0; deal == NULL && i < self->deals->len; i++)
    add_conflicts (self, &g_array_index (self->deals, EntDeal, i), TRUE, conflicts);
  return conflicts;
}

static void
explain_claim (const EntDeals *deals,
               EntKey          key,
               EntWhy         *why)
{
  const EntDeal *deal = ent_deals_lookup (deals, key);
  g_autofree char *label = deal != NULL ? ent_deals_dup_label (deals, deal) : NULL;
  const char *level;
  g_autofree char *moment = NULL;
  g_autofree char *value = NULL;

  if (deal == NULL)
    return;
  level = ent_deals_get_level (deals, deal->registered_by);
  moment = deal->valid_at != 0 ? show_day (deal->valid_at) : NULL;
  value = g_strdup_printf (_("%s, %s, valid since %s"), ent_deals_get_name (deals, deal->registered_by),
                           level != NULL ? level : _("no level"), moment != NULL ? moment : _("never"));
  ent_why_add (why, label, value, NULL, key);
}

EntWhy *
ent_deal_conflict_explain (const EntDeals        *deals,
                           const EntDealConflict *self)
{
  const EntDeal *winner = ent_deals_lookup (deals, self->winner);
  g_autofree char *label = winner != NULL ? ent_deals_dup_label (deals, winner) : NULL;
  EntWhy *why = ent_why_new (_("Which claim stands"), label);

  ent_why_set_formula (why, _("Same account, overlapping products, both claims active: the higher level, then the "
                              "earlier valid registration"));
  explain_claim (deals, self->winner, why);
  explain_claim (deals, self->loser, why);
  ent_why_set_note (why, self->reason);
  return why;
}
