/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-campaign-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a campaign costs, complete: media, our hours, partners' cost, funds. */

gint64
campaign_convert (CampaignMaker  *self,
                  const EntValue *money)
{
  gint64 result = 0;

  if (ent_value_is_null (money))
    return 0;
  if (!ent_exchange_rates_convert (self->rates, money->integer, money->currency, self->report->currency, &result))
    g_hash_table_add (self->without_rate, g_strdup (money->currency));
  return result;
}

/* --- Cost -------------------------------------------------------------------------------------------------------- */

static gint64
spent_by (EntCampaignReport *report,
          const char        *payer)
{
  for (guint i = 0; i < report->payers->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (report->payers, i);

      if (g_str_equal (part->value, payer))
        return part->spent;
    }
  return 0;
}

void
campaign_explain (CampaignMaker *self,
                  EntWhy        *why,
                  const char    *label,
                  gint64         amount,
                  EntKey         key)
{
  g_autofree char *shown = ent_money_display (amount, self->report->currency, ENT_DISPLAY_FULL);

  ent_why_add (why, label, shown, NULL, key);
}

/* Claims that were paid for this campaign. */
static gint64
sum_claims (CampaignMaker *self,
            GPtrArray     *rows)
{
  gint64 sum = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      EntRecord *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (ent_record_get_text (row, "kind"), "mdf_spend") == 0 &&
          g_strcmp0 (ent_record_get_text (row, "status"), "reversed") != 0)
        sum += campaign_convert (self, ent_record_get_named (row, "amount"));
    }
  return sum;
}

static void
price_hours (CampaignMaker *self)
{
  EntCampaignReport *report = self->report;
  g_autoptr (GPtrArray) rules = NULL;
  EntKey policy = ent_store_resolve (self->reader.store, ent_store_get_record_type (self->reader.store, "program"),
                                     "ref:policy:campaign_cost", NULL);
  EntRecord *rule = NULL;

  report->hours = ent_record_get_int (report->campaign, "hours", 0);
  if (report->hours == 0)
    return;
  if (policy != 0)
    rules = ent_fund_read_lines (&self->reader, policy, "program_rule", NULL);
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    if (g_strcmp0 (ent_record_get_text (g_ptr_array_index (rules, i), "metric"), "internal_hour_rate") == 0)
      rule = g_ptr_array_index (rules, i);
  if (rule == NULL || ent_value_is_null (ent_record_get_named (rule, "threshold_amount")))
    {
      g_ptr_array_add (report->problems, g_strdup (_("Our hours have no price: add the line “internal_hour_rate” to the "
                                                     "policy “Cost of a campaign”.")));
      return;
    }
  report->hour_rate = campaign_convert (self, ent_record_get_named (rule, "threshold_amount"));
  report->has_hours = ent_mul_div (report->hours, report->hour_rate, 1, &report->hours_cost);
}

static void
explain_cost (CampaignMaker *self,
              gint64         claims,
              gint64         fund_lines)
{
  EntCampaignReport *report = self->report;
  EntKey key = ent_record_get_key (report->campaign);
  g_autofree char *total = ent_money_display (report->cost, report->currency, ENT_DISPLAY_FULL);
  g_autofree char *rate = ent_money_display (report->hour_rate, report->currency, ENT_DISPLAY_FULL);
  g_autofree char *hours = g_strdup_printf (_("Our hours: %" G_GINT64_FORMAT " × %s"), report->hours, rate);

  report->cost_why = ent_why_new (_("Cost, complete"), total);
  ent_why_set_formula (report->cost_why, _("media + our hours × rate + partners’ cost + funds"));
  campaign_explain (self, report->cost_why, _("Media that we pay"), report->media, key);
  campaign_explain (self, report->cost_why, report->hours > 0 ? hours : _("Our hours: none recorded"), report->hours_cost,
                 key);
  campaign_explain (self, report->cost_why, _("Partners’ cost"), report->partner, key);
  campaign_explain (self, report->cost_why, _("MDF and funds"), report->funds, key);
  if (claims != 0 && fund_lines != 0 && claims != fund_lines)
    ent_why_set_note (report->cost_why, _("Weekly lines paid by funds and paid claims tell of the same money; the larger "
                                          "one counts."));
}

/* Channels bear the costs that no line tells in proportion to their spend, to the cent. */
static void
spread_cost (EntCampaignReport *report)
{
  guint n = report->channels->len;
  g_autofree gint64 *shares = g_new0 (gint64, n + 1);
  g_autofree gint64 *parts = g_new0 (gint64, n + 1);
  gint64 rest = report->cost - report->total->spent;

  for (guint i = 0; i < n; i++)
    shares[i] = MAX (((EntCampaignPart *) g_ptr_array_index (report->channels, i))->spent, 0);
  if (!ent_fund_split (rest, shares, n, parts))
    memset (parts, 0, sizeof (gint64) * n);
  for (guint i = 0; i < n; i++)
    {
      EntCampaignPart *part = g_ptr_array_index (report->channels, i);

      part->cost = part->spent + parts[i];
    }
}

gboolean
campaign_sum_cost (CampaignMaker  *self,
                   GError        **error)
{
  EntCampaignReport *report = self->report;
  g_autoptr (GPtrArray) rows = ent_fund_read_referrers (&self->reader, ent_record_get_key (report->campaign), "ledger",
                                                        "campaign", error);
  gint64 claims, fund_lines;

  if (rows == NULL)
    return FALSE;
  price_hours (self);
  claims = sum_claims (self, rows);
  fund_lines = spent_by (report, "mdf") + spent_by (report, "fund");
  report->media = spent_by (report, "own") + spent_by (report, "unknown");
  report->partner = spent_by (report, "partner") + campaign_convert (self, ent_record_get_named (report->campaign,
                                                                                        "partner_cost"));
  report->funds = MAX (claims, fund_lines);
  report->cost = report->media + report->hours_cost + report->partner + report->funds;
  report->total->cost = report->cost;
  spread_cost (report);
  explain_cost (self, claims, fund_lines);
  return TRUE;
}
