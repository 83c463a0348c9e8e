/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

#include <glib/gi18n-lib.h>

/* The metrics that are built in. What counts as a lead, a review or a story is said here in words and done in
 * ent-metric-read.c; how much of it a level asks for is data. */

static const MetricDef defs[] =
{
  { { "annual_commitment", N_("Annual commitment"), ENT_UNIT_MONEY, 12,
      N_("The annual commitments of agreements that are in force, added up.") },
    SOURCE_COMMITMENT, KIND_SUM_IN_FORCE, TRUE, NULL },
  { { "minimum_investment", N_("Minimum investment"), ENT_UNIT_MONEY, 12,
      N_("The annual commitments of agreements that are in force, added up.") },
    SOURCE_COMMITMENT, KIND_SUM_IN_FORCE, TRUE, NULL },
  { { "qualified_leads_per_month", N_("Qualified leads a month"), ENT_UNIT_COUNT, 3,
      N_("Deals the partner brought that were qualified, and its part of the qualified leads of joint campaigns, "
         "divided by the months.") },
    SOURCE_LEAD, KIND_MONTHLY, FALSE, NULL },
  { { "qualified_leads", N_("Qualified leads"), ENT_UNIT_COUNT, 12,
      N_("Deals the partner brought that were qualified, and its part of the qualified leads of joint campaigns.") },
    SOURCE_LEAD, KIND_COUNT, FALSE, NULL },
  { { "won_deals", N_("Won deals"), ENT_UNIT_COUNT, 12, N_("Deals won that the partner took part in.") },
    SOURCE_WIN, KIND_COUNT, FALSE, NULL },
  { { "success_stories", N_("Customer success stories"), ENT_UNIT_COUNT, 0,
      N_("Approved case studies about the partner that have not expired.") },
    SOURCE_STORY, KIND_COUNT, TRUE, NULL },
  { { "partner_council", N_("Partner council"), ENT_UNIT_TEXT, 0,
      N_("Whether the partner is active in the partner council.") },
    SOURCE_NONE, KIND_FIELD, TRUE, "council_member" },
  { { "business_reviews", N_("Business reviews"), ENT_UNIT_COUNT, 3,
      N_("Quarterly and annual business reviews that were held.") },
    SOURCE_REVIEW, KIND_COUNT, TRUE, NULL },
  { { "rank_percentile", N_("Rank among partners"), ENT_UNIT_PERCENT, 0,
      N_("Place by the score of the newest level rubric, divided by the number of partners that have one.") },
    SOURCE_SCORE, KIND_RANK, FALSE, NULL },
  { { "rubric_score", N_("Level rubric"), ENT_UNIT_POINTS, 0,
      N_("The mean of the newest level rubric’s criteria by their weights.") },
    SOURCE_SCORE, KIND_NEWEST, FALSE, NULL },
  { { "revenue_impact", N_("Revenue"), ENT_UNIT_MONEY, 12,
      N_("Revenue in the ledger that the partner brought, less refunds.") },
    SOURCE_REVENUE, KIND_SUM, FALSE, NULL },
  { { "revenue_per_partner", N_("Revenue a year"), ENT_UNIT_MONEY, 12,
      N_("Revenue in the ledger that the partner brought, less refunds.") },
    SOURCE_REVENUE, KIND_SUM, FALSE, NULL },
  { { "certified_people", N_("Certified people"), ENT_UNIT_COUNT, 0,
      N_("People of the partner with a certificate that is valid.") },
    SOURCE_CERTIFICATE, KIND_PEOPLE, FALSE, NULL },
  { { "psat", N_("Partner satisfaction"), ENT_UNIT_POINTS, 12, N_("The mean of the answers to surveys, 0 to 10.") },
    SOURCE_SATISFACTION, KIND_AVERAGE, FALSE, NULL },
  { { "nps", N_("Net promoter score"), ENT_UNIT_POINTS, 12,
      N_("The share of answers of 9 and 10 less the share of answers of 0 to 6, in points.") },
    SOURCE_RECOMMENDATION, KIND_NPS, FALSE, NULL },
  { { "partner_months", N_("Months as a partner"), ENT_UNIT_MONTHS, 0, N_("Whole months since the partnership began.") },
    SOURCE_NONE, KIND_MONTHS_SINCE, TRUE, NULL },
};

const MetricDef *
metric_find_def (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (defs); i++)
    if (g_str_equal (defs[i].info.name, name))
      return &defs[i];
  return NULL;
}

const EntMetricInfo *
ent_metric_find_info (const char *name)
{
  const MetricDef *def = metric_find_def (name);

  return def != NULL ? &def->info : NULL;
}

const EntMetricInfo *
ent_metric_get_nth_info (guint nth)
{
  return nth < G_N_ELEMENTS (defs) ? &defs[nth].info : NULL;
}
