/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

/* Money in blocks: sums, probabilities and rates are those of the pipeline (ent-deal, ent-amounts, ent-deal-policy), so that a
 * review and the forecast never tell two numbers. */

const EntDealPolicy *
review_facts_get_policy (ReviewFacts *self)
{
  if (self->policy == NULL && self->error == NULL)
    self->policy = ent_deal_policy_load (self->store, self->cancellable, &self->error);
  return self->policy;
}

gint64
review_facts_get_chance (ReviewFacts   *self,
                         const EntDeal *deal)
{
  const EntDealPolicy *policy = review_facts_get_policy (self);
  gint64 pct = policy != NULL ? ent_deal_get_probability (deal, policy) : -1;

  return pct >= 0 ? pct : ENT_REVIEW_UNKNOWN;
}

const char *
review_facts_get_currency (ReviewFacts *self)
{
  const EntDealPolicy *policy = review_facts_get_policy (self);

  return policy != NULL ? policy->currency : "USD";
}

EntAmounts *
review_facts_new_amounts (ReviewFacts *self)
{
  EntAmounts *amounts = ent_amounts_new ();

  ent_amounts_set_first (amounts, review_facts_get_currency (self));
  return amounts;
}

void
review_amounts_add (EntAmounts     *amounts,
                    const EntValue *money)
{
  if (money->kind == ENT_VALUE_MONEY)
    ent_amounts_add (amounts, money->integer, money->currency, 1000000);
}

/* Several currencies are one sum where the program has rates for all of them. */
static gboolean
has_rates (ReviewFacts      *facts,
           const EntAmounts *amounts,
           gint64           *sum)
{
  const EntDealPolicy *policy = review_facts_get_policy (facts);
  g_autoptr (EntAmounts) left_out = ent_amounts_new ();

  if (policy == NULL)
    return FALSE;
  *sum = ent_deal_policy_sum (policy, amounts, policy->currency, left_out);
  return ent_amounts_get_n (left_out) == 0;
}

static char *
add_detail (const char *detail,
            const char *more)
{
  return detail != NULL ? g_strdup_printf (_("%s, %s"), detail, more) : g_strdup (more);
}

void
review_block_set_amounts (ReviewFacts    *facts,
                          EntReviewBlock *block,
                          EntAmounts     *amounts,
                          const char     *detail)
{
  const char *currency;
  gint64 sum = ent_amounts_get_nth (amounts, 0, &currency);

  if (ent_amounts_get_n (amounts) == 1)
    review_block_set_number (block, ENT_REVIEW_UNIT_MONEY, sum, currency, detail);
  else if (has_rates (facts, amounts, &sum))
    {
      g_autofree char *all = ent_amounts_display (amounts, ENT_DISPLAY_SHORT, NULL), *more = add_detail (detail, all);

      review_block_set_number (block, ENT_REVIEW_UNIT_MONEY, sum, review_facts_get_currency (facts), more);
    }
  else
    {
      g_autofree char *all = ent_amounts_display (amounts, ENT_DISPLAY_SHORT, NULL);

      review_block_set_text (block, all, detail);
    }
}

/* --- Charts: one axis has one currency ---------------------------------------------------------------------------------- */

/* Shared when all have rates; else the one with the most records. Says so when there are others. */
void
review_block_choose_currency (ReviewFacts    *facts,
                              EntReviewBlock *block,
                              GPtrArray      *moneys)
{
  g_autoptr (EntAmounts) amounts = review_facts_new_amounts (facts);
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *best = NULL;
  gint64 sum;

  block->unit = ENT_REVIEW_UNIT_MONEY;
  for (guint i = 0; i < moneys->len; i++)
    {
      const EntValue *money = g_ptr_array_index (moneys, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, money->currency)) + 1;

      g_hash_table_insert (counts, (gpointer) g_intern_string (money->currency), GUINT_TO_POINTER (n));
      review_amounts_add (amounts, money);
      if (best == NULL || n > GPOINTER_TO_UINT (g_hash_table_lookup (counts, best)))
        best = g_intern_string (money->currency);
    }
  if (best == NULL)
    return;
  g_clear_pointer (&block->detail, g_free);
  if (g_hash_table_size (counts) > 1 && has_rates (facts, amounts, &sum))
    {
      best = review_facts_get_currency (facts);
      block->detail = g_strdup_printf (_("in %s"), best);
    }
  else if (g_hash_table_size (counts) > 1)
    block->detail = g_strdup_printf (_("%s only"), best);
  g_strlcpy (block->currency, best, sizeof block->currency);
}

gboolean
review_block_get_minor (ReviewFacts    *facts,
                        EntReviewBlock *block,
                        const EntValue *money,
                        gint64         *minor)
{
  const EntDealPolicy *policy = review_facts_get_policy (facts);

  return policy != NULL && money->kind == ENT_VALUE_MONEY &&
         ent_deal_policy_convert (policy, money->integer, money->currency, block->currency, minor);
}
