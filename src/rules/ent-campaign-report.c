/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-campaign-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WHOLE 1000000 /* 100 % */

static void
part_free (gpointer data)
{
  EntCampaignPart *self = data;

  g_free (self->value);
  g_free (self->label);
  g_free (self);
}

/* --- Sums of lines --------------------------------------------------------------------------------------------- */

static EntCampaignPart *
get_part (GPtrArray  *parts,
          const char *value,
          const char *label,
          gint64      week)
{
  EntCampaignPart *part;

  for (guint i = 0; i < parts->len; i++)
    {
      part = g_ptr_array_index (parts, i);
      if (g_strcmp0 (part->value, value) == 0)
        return part;
    }
  part = g_new0 (EntCampaignPart, 1);
  part->value = g_strdup (value);
  part->label = g_strdup (label);
  part->week = week;
  g_ptr_array_add (parts, part);
  return part;
}

static gboolean
tells (EntRecord  *line,
       const char *field)
{
  return !ent_value_is_null (ent_record_get_named (line, field));
}

static void
add_line (CampaignMaker           *self,
          EntCampaignPart *part,
          EntRecord       *line)
{
  part->n_lines++;
  part->planned += campaign_convert (self, ent_record_get_named (line, "planned"));
  part->spent += campaign_convert (self, ent_record_get_named (line, "spent"));
  part->pipeline += campaign_convert (self, ent_record_get_named (line, "pipeline"));
  part->revenue += campaign_convert (self, ent_record_get_named (line, "revenue"));
  part->has_spent |= tells (line, "spent");
  part->has_leads |= tells (line, "leads");
  part->has_qualified |= tells (line, "qualified");
  part->has_revenue |= tells (line, "revenue");
  part->impressions += ent_record_get_int (line, "impressions", 0);
  part->clicks += ent_record_get_int (line, "clicks", 0);
  part->leads += ent_record_get_int (line, "leads", 0);
  part->qualified += ent_record_get_int (line, "qualified", 0);
  part->won += ent_record_get_int (line, "won", 0);
}

/* The choice's value and label of a line; "unknown" when it is empty. */
static EntCampaignPart *
get_choice_part (GPtrArray  *parts,
                 EntRecord  *line,
                 const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (line), name);
  const char *value = ent_record_get_text (line, name);
  g_autofree char *label = ent_value_display (field, ent_record_get (line, field->index), ENT_DISPLAY_FULL, NULL,
                                              NULL);

  return get_part (parts, value != NULL ? value : "unknown", *label != '\0' ? label : _("Not stated"), 0);
}

static void
add_week (CampaignMaker     *self,
          EntRecord *line)
{
  gint64 week = ent_record_get_int (line, "week", G_MININT64);
  g_autofree char *value = NULL, *label = NULL;

  if (week == G_MININT64)
    return;
  week -= (week + 3) % 7 + ((week + 3) % 7 < 0 ? 7 : 0);
  value = ent_date_write (week);
  label = ent_date_display (week, ENT_DISPLAY_SHORT);
  add_line (self, get_part (self->report->weeks, value, label, week), line);
}

static int
by_spend (gconstpointer a,
          gconstpointer b)
{
  const EntCampaignPart *x = *(EntCampaignPart * const *) a, *y = *(EntCampaignPart * const *) b;

  if (x->spent != y->spent)
    return x->spent > y->spent ? -1 : 1;
  return g_strcmp0 (x->value, y->value);
}

static int
by_week (gconstpointer a,
         gconstpointer b)
{
  const EntCampaignPart *x = *(EntCampaignPart * const *) a, *y = *(EntCampaignPart * const *) b;

  return (x->week > y->week) - (x->week < y->week);
}

static void
sum_lines (CampaignMaker *self)
{
  EntCampaignReport *report = self->report;

  for (guint i = 0; i < report->lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (report->lines, i);

      add_line (self, report->total, line);
      add_line (self, get_choice_part (report->channels, line, "channel"), line);
      add_line (self, get_choice_part (report->payers, line, "paid_by"), line);
      add_week (self, line);
    }
  g_ptr_array_sort (report->channels, by_spend);
  g_ptr_array_sort (report->payers, by_spend);
  g_ptr_array_sort (report->weeks, by_week);
}

/* --- Results ------------------------------------------------------------------------------------------------------- */

/* Deals that a touch of the campaign is about: won ones are revenue when no line tells any, open ones pipeline. */
static gboolean
sum_deals (CampaignMaker   *self,
           gint64  *won,
           guint   *n_won,
           GError **error)
{
  EntCampaignReport *report = self->report;
  g_autoptr (GPtrArray) touches = ent_fund_read_referrers (&self->reader, ent_record_get_key (report->campaign),
                                                           "activity", "campaign", error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint number = ent_store_get_record_type (self->reader.store, "deal")->info->number;

  for (guint i = 0; touches != NULL && i < touches->len; i++)
    {
      const EntValue *about = ent_record_get_named (g_ptr_array_index (touches, i), "about");

      for (gint64 k = 0; about->kind == ENT_VALUE_KEYS && k < about->integer; k++)
        {
          g_autoptr (EntRecord) deal = NULL;

          if (ent_key_type_number (about->keys[k]) != number ||
              !g_hash_table_add (seen, g_memdup2 (&about->keys[k], sizeof (EntKey))) ||
              (deal = ent_fund_read (&self->reader, about->keys[k], NULL)) == NULL)
            continue;
          if (g_strcmp0 (ent_record_get_text (deal, "stage"), "won") == 0)
            {
              *won += campaign_convert (self, ent_record_get_named (deal, "amount"));
              ++*n_won;
            }
          else if (g_strcmp0 (ent_record_get_text (deal, "stage"), "lost") != 0)
            report->deal_pipeline += campaign_convert (self, ent_record_get_named (deal, "amount"));
        }
    }
  return touches != NULL;
}

static gboolean
sum_results (CampaignMaker   *self,
             GError **error)
{
  EntCampaignReport *report = self->report;
  const EntCampaignPart *total = report->total;
  gint64 won = 0;
  guint n_won = 0;

  if (!sum_deals (self, &won, &n_won, error))
    return FALSE;
  if (total->has_revenue)
    {
      report->revenue_from = ENT_CAMPAIGN_REVENUE_LINES;
      report->revenue = total->revenue;
    }
  else if (n_won > 0)
    {
      report->revenue_from = ENT_CAMPAIGN_REVENUE_DEALS;
      report->revenue = won;
    }
  report->has_results = total->leads > 0 || total->qualified > 0 || total->won > 0 || total->pipeline > 0 ||
                        report->revenue > 0 || report->deal_pipeline > 0;
  if (report->cost <= 0)
    return TRUE;
  if (report->revenue_from != ENT_CAMPAIGN_REVENUE_NONE && report->has_results)
    report->has_roi = ent_mul_div (report->revenue - report->cost, WHOLE, report->cost, &report->roi_pct);
  if (total->pipeline > 0 || report->deal_pipeline > 0)
    report->has_pipeline_ratio = ent_mul_div (MAX (total->pipeline, report->deal_pipeline), WHOLE, report->cost,
                                              &report->pipeline_pct);
  return TRUE;
}

static char *
display_percent (gint64 pct)
{
  gint64 tenths;

  if (!ent_mul_div (pct, 1, 1000, &tenths))
    return g_strdup ("");
  return g_strdup_printf (_("%s%" G_GINT64_FORMAT ".%d %%"), tenths < 0 ? "−" : "", ABS (tenths) / 10,
                          (int) (ABS (tenths) % 10));
}

char *
ent_campaign_report_dup_roi (const EntCampaignReport *self)
{
  if (self->has_roi)
    return display_percent (self->roi_pct);
  if (self->cost <= 0)
    return g_strdup (_("No cost yet"));
  return g_strdup (self->has_results ? _("No revenue yet") : _("No results yet"));
}

static void
explain_results (CampaignMaker  *self,
                 gint64  today)
{
  EntCampaignReport *report = self->report;
  EntKey key = ent_record_get_key (report->campaign);
  g_autofree char *roi = ent_campaign_report_dup_roi (report);
  g_autofree char *ratio = report->has_pipeline_ratio ? display_percent (report->pipeline_pct)
                                                      : g_strdup (_("No pipeline yet"));
  g_autofree char *date = ent_date_display (today, ENT_DISPLAY_FULL);

  report->roi_why = ent_why_new (_("Return on investment"), roi);
  ent_why_set_formula (report->roi_why, _("(revenue won − cost, complete) ÷ cost, complete"));
  campaign_explain (self, report->roi_why,
                 report->revenue_from == ENT_CAMPAIGN_REVENUE_DEALS ? _("Revenue of won deals that a touch is about")
                 : report->revenue_from == ENT_CAMPAIGN_REVENUE_LINES ? _("Revenue won, from the weekly lines")
                                                                      : _("Revenue won: none recorded"),
                 report->revenue, key);
  for (guint i = 0; i < ent_why_get_n_lines (report->cost_why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (report->cost_why, i);

      ent_why_add (report->roi_why, line->label, line->value, "−", line->key);
    }
  ent_why_set_note (report->roi_why, date);
  report->pipeline_why = ent_why_new (_("Pipeline for each unit of cost"), ratio);
  ent_why_set_formula (report->pipeline_why, _("pipeline ÷ cost, complete"));
  campaign_explain (self, report->pipeline_why, _("Pipeline, from the weekly lines"), report->total->pipeline, key);
  campaign_explain (self, report->pipeline_why, _("Open deals that a touch is about"), report->deal_pipeline, key);
  campaign_explain (self, report->pipeline_why, _("Cost, complete"), report->cost, key);
}

/* --- What is doubtful --------------------------------------------------------------------------------------------- */

static void
tell_problems (CampaignMaker *self)
{
  EntCampaignReport *report = self->report;
  g_autoptr (GList) codes = g_list_sort (g_hash_table_get_keys (self->without_rate), (GCompareFunc) g_strcmp0);
  guint n_clicks = 0;

  for (GList *l = codes; l != NULL; l = l->next)
    g_ptr_array_add (report->problems,
                     g_strdup_printf (_("Amounts in %s are left out: there is no exchange rate to %s. Add a line "
                                        "“exchange_rate” to the rate card “Exchange rates”."), (char *) l->data,
                                      report->currency));
  for (guint i = 0; i < report->lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (report->lines, i);

      n_clicks += ent_record_get_int (line, "clicks", 0) > ent_record_get_int (line, "impressions", G_MAXINT64);
    }
  if (n_clicks > 0)
    g_ptr_array_add (report->problems,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u line has more clicks than impressions; correct it.",
                                                   "%u lines have more clicks than impressions; correct them.", n_clicks),
                                      n_clicks));
  if (report->cost > 0 && !report->has_results)
    g_ptr_array_add (report->problems, g_strdup (_("Money is spent and nothing came of it yet; enter or import the "
                                                   "results of the weeks.")));
}

/* --- The report ----------------------------------------------------------------------------------------------------- */

static void
set_currency (EntCampaignReport *report,
              EntExchangeRates  *rates)
{
  const EntValue *budget = ent_record_get_named (report->campaign, "budget_total");
  const char *currency = ent_exchange_rates_get_reporting (rates);

  if (!ent_value_is_null (budget))
    currency = budget->currency;
  for (guint i = 0; ent_value_is_null (budget) && i < report->lines->len; i++)
    {
      const EntValue *spent = ent_record_get_named (g_ptr_array_index (report->lines, i), "spent");

      if (ent_value_is_null (spent))
        continue;
      currency = spent->currency;
      break;
    }
  g_strlcpy (report->currency, currency, sizeof report->currency);
}

EntCampaignReport *
ent_campaign_report_load (EntStore  *store,
                          EntKey     campaign,
                          gint64     today,
                          GError   **error)
{
  g_autoptr (EntCampaignReport) report = g_new0 (EntCampaignReport, 1);
  g_autoptr (EntExchangeRates) rates = ent_exchange_rates_load (store, error);
  g_autoptr (GHashTable) without_rate = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CampaignMaker maker = { report, { .store = store }, rates, without_rate };

  report->channels = g_ptr_array_new_with_free_func (part_free);
  report->weeks = g_ptr_array_new_with_free_func (part_free);
  report->payers = g_ptr_array_new_with_free_func (part_free);
  report->problems = g_ptr_array_new_with_free_func (g_free);
  report->total = g_new0 (EntCampaignPart, 1);
  report->campaign = rates != NULL ? ent_store_get (store, campaign, error) : NULL;
  report->lines = report->campaign != NULL ? ent_fund_read_lines (&maker.reader, campaign, "campaign_line", error)
                                           : NULL;
  if (report->lines == NULL)
    return NULL;
  set_currency (report, rates);
  sum_lines (&maker);
  if (!campaign_sum_cost (&maker, error) || !sum_results (&maker, error))
    return NULL;
  explain_results (&maker, today);
  tell_problems (&maker);
  return g_steal_pointer (&report);
}

void
ent_campaign_report_free (EntCampaignReport *self)
{
  g_clear_object (&self->campaign);
  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->weeks, g_ptr_array_unref);
  g_clear_pointer (&self->payers, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->total, part_free);
  g_clear_pointer (&self->roi_why, ent_why_unref);
  g_clear_pointer (&self->cost_why, ent_why_unref);
  g_clear_pointer (&self->pipeline_why, ent_why_unref);
  g_free (self);
}
