/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-forecast-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"

#define ALL_PCT 1000000 /* 100 % */

void
ent_forecast_free (EntForecast *self)
{
  ent_amounts_free (self->won);
  ent_amounts_free (self->open);
  ent_amounts_free (self->weighted);
  ent_amounts_free (self->left_out);
  g_free (self->goal_title);
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

static EntAmounts *
amounts_new (const EntDeals *deals)
{
  EntAmounts *amounts = ent_amounts_new ();

  ent_amounts_set_first (amounts, deals->policy->currency);
  return amounts;
}

/* While it is computed. */
typedef struct
{
  EntForecast *forecast;
  const EntDeals *deals;
  gboolean     technology_only;
  GArray      *won;  /* of EntForecastLine */
  GArray      *open;
} Run;

static gboolean
has_technology (const EntDeals *deals,
                const EntDeal  *deal)
{
  if (ent_deals_is_technology (deals, deal->registered_by))
    return TRUE;
  for (guint i = 0; i < deal->n_parties; i++)
    if (ent_deals_is_technology (deals, deal->parties[i].org))
      return TRUE;
  return FALSE;
}

static void
add_open (Run           *run,
          const EntDeal *deal)
{
  EntForecast *self = run->forecast;
  EntForecastLine line = { deal, ent_deal_get_probability (deal, run->deals->policy) };
  EntQuarter quarter;

  if (deal->expected_close == ENT_DAY_NONE)
    {
      self->n_undated++;
      return;
    }
  quarter = ent_quarter_of_day (deal->expected_close);
  if (quarter < self->quarter && deal->expected_close < run->deals->today)
    self->n_overdue++;
  if (quarter != self->quarter)
    return;
  self->n_open++;
  if (deal->has_amount)
    ent_amounts_add (self->open, deal->amount, deal->currency, ALL_PCT);
  if (!deal->has_amount || line.pct < 0)
    {
      self->n_unknown++;
      return;
    }
  ent_amounts_add (self->weighted, deal->amount, deal->currency, line.pct);
  g_array_append_val (run->open, line);
}

static void
add_deal (Run           *run,
          const EntDeal *deal)
{
  EntForecastLine line = { deal, ALL_PCT };

  if (deal == NULL || (run->technology_only && !has_technology (run->deals, deal)))
    return;
  if (ent_deal_is_open (deal))
    {
      add_open (run, deal);
      return;
    }
  if (!g_str_equal (deal->stage, "won") || deal->closed_on == ENT_DAY_NONE ||
      ent_quarter_of_day (deal->closed_on) != run->forecast->quarter)
    return;
  run->forecast->n_won++;
  if (!deal->has_amount)
    return;
  ent_amounts_add (run->forecast->won, deal->amount, deal->currency, ALL_PCT);
  g_array_append_val (run->won, line);
}

static void
measure (EntForecast         *self,
         const EntDealPolicy *policy)
{
  gint64 sum;

  self->attainment_pct = self->coverage_pct = -1;
  self->won_counted = ent_deal_policy_sum (policy, self->won, self->currency, self->left_out);
  self->weighted_counted = ent_deal_policy_sum (policy, self->weighted, self->currency, self->left_out);
  if (self->goal == 0)
    return;
  self->remaining = MAX (0, self->target - self->won_counted);
  if (self->target > 0 && !__builtin_add_overflow (self->won_counted, self->weighted_counted, &sum) &&
      !ent_mul_div (sum, ALL_PCT, self->target, &self->attainment_pct))
    self->attainment_pct = -1;
  if (self->remaining > 0 && !ent_mul_div (self->weighted_counted, ALL_PCT, self->remaining, &self->coverage_pct))
    self->coverage_pct = -1;
}

static EntForecast *
forecast_new (const EntDeals      *deals,
              EntQuarter           quarter,
              const EntDealTarget *target)
{
  EntForecast *self = g_new0 (EntForecast, 1);

  self->quarter = quarter;
  self->won = amounts_new (deals);
  self->open = amounts_new (deals);
  self->weighted = amounts_new (deals);
  self->left_out = amounts_new (deals);
  g_strlcpy (self->currency, target != NULL ? target->currency : deals->policy->currency, sizeof self->currency);
  if (target != NULL)
    {
      self->goal = target->goal;
      self->goal_title = g_strdup (target->title);
      self->target = target->amount;
    }
  return self;
}

EntForecast *
ent_deals_forecast (const EntDeals  *self,
                    EntQuarter       quarter,
                    const EntResult *among)
{
  const EntDealTarget *target = ent_deal_policy_get_target (self->policy, ent_quarter_get_first (quarter),
                                                            ent_quarter_get_last (quarter));
  g_autoptr (GArray) won = g_array_new (FALSE, FALSE, sizeof (EntForecastLine));
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (EntForecastLine));
  EntForecast *forecast = forecast_new (self, quarter, target);
  Run run = { forecast, self, target != NULL && target->technology_only, won, open };
  guint number = ent_schema_lookup (self->schema, "deal")->info->number;

  for (gsize i = 0; among != NULL && i < ent_result_get_n (among); i++)
    add_deal (&run, ent_deals_lookup (self, ent_key_make (number, ent_result_get_rows (among)[i])));
  for (guint i = 0; among == NULL && i < self->deals->len; i++)
    add_deal (&run, &g_array_index (self->deals, EntDeal, i));
  measure (forecast, self->policy);
  forecast->why = ent_forecast_explain (forecast, self, won, open);
  return forecast;
}

/* --- Influence ------------------------------------------------------------------------------------------------- */

void
ent_influence_free (EntInfluence *self)
{
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

static void
explain_influence (EntInfluence   *self,
                   const EntDeals *deals)
{
  g_autofree char *value = self->captured_pct >= 0 ? ent_percent_display (self->captured_pct) : g_strdup ("—");
  g_autofree char *all = g_strdup_printf ("%u", self->n);
  g_autofree char *partner = g_strdup_printf ("%u", self->n_partner);
  g_autofree char *complete = g_strdup_printf ("%u", self->n_complete);

  self->why = ent_why_new (_("Deals with a partner"), value);
  ent_why_set_formula (self->why, _("Deals with a party or a registering partner / all deals that are open or closed in "
                                    "the quarter"));
  ent_why_add (self->why, _("Deals"), all, NULL, 0);
  ent_why_add (self->why, _("With a partner"), partner, NULL, 0);
  ent_why_add (self->why, _("Of these with all that influenced pipeline needs"), complete, NULL,
               deals->policy->required_key);
}

EntInfluence *
ent_deals_influence (const EntDeals *self,
                     EntQuarter      quarter)
{
  EntInfluence *influence = g_new0 (EntInfluence, 1);

  for (guint i = 0; i < self->deals->len; i++)
    {
      const EntDeal *deal = &g_array_index (self->deals, EntDeal, i);

      if (!ent_deal_is_open (deal) &&
          (deal->closed_on == ENT_DAY_NONE || ent_quarter_of_day (deal->closed_on) != quarter))
        continue;
      influence->n++;
      if (!ent_deal_has_partner (deal, 0))
        continue;
      influence->n_partner++;
      influence->n_complete += deal->missing == 0;
    }
  influence->captured_pct = influence->complete_pct = -1;
  if (influence->n > 0)
    ent_mul_div (influence->n_partner, ALL_PCT, influence->n, &influence->captured_pct);
  if (influence->n_partner > 0)
    ent_mul_div (influence->n_complete, ALL_PCT, influence->n_partner, &influence->complete_pct);
  explain_influence (influence, self);
  return influence;
}
