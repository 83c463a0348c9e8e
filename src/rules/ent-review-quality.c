/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund.h"
#include "rules/ent-review-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

/* Blocks on satisfaction and investment: net promoter score, certificates, funds. */

#define N_QUARTERS 6

/* --- Net promoter score: answers 0 to 10 in surveys ------------------------------------------------------------- */

/* -1 when the survey did not ask. */
static int
read_answer (EntRecord  *survey,
             const char *question)
{
  const char *text = ent_record_get_text (survey, "responses");
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 answer;

  if (object == NULL || !json_object_has_member (object, question))
    return -1;
  answer = json_object_get_int_member_with_default (object, question, -1);
  return answer >= 0 && answer <= 10 ? (int) answer : -1;
}

/* Promoters less detractors in percent points, rounded half away from zero. @n: answers, not 0. */
static gint64
score_of (int n_promoters,
          int n_detractors,
          int n)
{
  int twice = 200 * (n_promoters - n_detractors);

  return (twice + (twice < 0 ? -n : n)) / (2 * n);
}

static void
fill_nps (ReviewFacts    *facts,
          EntReview      *review,
          EntReviewBlock *block)
{
  GPtrArray *surveys = review_facts_get_surveys (facts);
  gint64 last = ENT_REVIEW_UNKNOWN;
  g_autofree char *detail = NULL;
  int n = 0, n_promoters = 0, n_detractors = 0;

  for (guint i = 0; i < surveys->len; i++)
    {
      EntRecord *survey = g_ptr_array_index (surveys, i);
      gint64 at = ent_record_get_int (survey, "at", ENT_REVIEW_UNKNOWN);
      int answer = read_answer (survey, "nps");
      g_autofree char *shown = NULL;

      if (answer < 0 || at > facts->as_of)
        continue;
      last = MAX (last, at);
      if (at < facts->start || at > facts->end)
        continue;
      n++;
      n_promoters += answer >= 9;
      n_detractors += answer <= 6;
      shown = g_strdup_printf (_("%d of 10"), answer);
      review_block_explain (block, ent_record_get_title (survey), shown, ent_record_get_key (survey));
    }
  if (n == 0)
    review_block_set_unknown (block, last);
  else
    {
      detail = g_strdup_printf (ngettext ("%d answer", "%d answers", (gulong) n), n);
      review_block_set_number (block, ENT_REVIEW_UNIT_POINTS, score_of (n_promoters, n_detractors, n), NULL, detail);
    }
  review_block_explain_end (block, _("Share of answers 9 to 10 − share of answers 0 to 6, in the period."), facts->as_of);
}

static void
fill_nps_trend (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  GPtrArray *surveys = review_facts_get_surveys (facts);
  int n[N_QUARTERS] = { 0 }, n_promoters[N_QUARTERS] = { 0 }, n_detractors[N_QUARTERS] = { 0 };
  EntReviewSeries *series = NULL;

  review_block_set_quarters (block, facts, N_QUARTERS);
  block->is_line = TRUE;
  block->unit = ENT_REVIEW_UNIT_POINTS;
  for (guint i = 0; i < surveys->len; i++)
    {
      EntRecord *survey = g_ptr_array_index (surveys, i);
      gint64 at = ent_record_get_int (survey, "at", 0);
      int answer = read_answer (survey, "nps"), q = review_quarter_index (facts, N_QUARTERS, at);

      if (answer < 0 || q < 0 || at > facts->as_of)
        continue;
      n[q]++;
      n_promoters[q] += answer >= 9;
      n_detractors[q] += answer <= 6;
    }
  for (int q = 0; q < N_QUARTERS; q++)
    if (n[q] > 0)
      {
        if (series == NULL)
          series = review_block_add_series (block, block->title);
        series->values[q] = score_of (n_promoters[q], n_detractors[q], n[q]);
      }
}

/* --- People and funds --------------------------------------------------------------------------------------------- */

static gboolean
holds_certificate (ReviewFacts *facts,
                   EntKey       person)
{
  g_autoptr (GPtrArray) all = review_facts_find (facts, "assessment", "subject", person);

  for (guint i = 0; i < all->len; i++)
    {
      EntRecord *one = g_ptr_array_index (all, i);

      if (g_strcmp0 (ent_record_get_text (one, "kind"), "certification") == 0 &&
          g_strcmp0 (ent_record_get_text (one, "result"), "pass") == 0 &&
          ent_record_get_int (one, "at", 0) <= facts->as_of &&
          ent_record_get_int (one, "expires_on", G_MAXINT64) >= facts->as_of)
        return TRUE;
    }
  return FALSE;
}

static void
fill_certified (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  g_autoptr (GPtrArray) people = review_facts_find (facts, "person", "org", facts->partner);
  g_autofree char *detail = NULL;
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    {
      EntRecord *person = g_ptr_array_index (people, i);

      if (!holds_certificate (facts, ent_record_get_key (person)))
        continue;
      n++;
      review_block_explain (block, ent_record_get_title (person), NULL, ent_record_get_key (person));
    }
  if (people->len == 0)
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else
    {
      detail = g_strdup_printf (ngettext ("of %u person", "of %u people", people->len), people->len);
      review_block_set_number (block, ENT_REVIEW_UNIT_COUNT, n, NULL, detail);
    }
  review_block_explain_end (block, _("People of the partner with a passed certificate that is still valid."), facts->as_of);
}

static void
explain_balance (ReviewFacts          *facts,
                 EntReviewBlock       *block,
                 const EntFundBalance *balance)
{
  g_autofree char *spent = ent_money_display (balance->spent, balance->currency, ENT_DISPLAY_SHORT);
  g_autofree char *allocated = ent_money_display (balance->allocated, balance->currency, ENT_DISPLAY_SHORT);
  g_autofree char *value = g_strdup_printf (_("%s of %s"), spent, allocated);

  review_block_explain (block, review_facts_get_name (facts, balance->program), value, balance->program);
}

/* The balances of the Funding page, of the year that the period ends in. */
static void
fill_mdf (ReviewFacts    *facts,
          EntReview      *review,
          EntReviewBlock *block)
{
  const EntDealPolicy *policy = review_facts_get_policy (facts);
  g_autoptr (EntAmounts) allocated = review_facts_new_amounts (facts), spent = review_facts_new_amounts (facts);
  g_autoptr (EntAmounts) left_out = ent_amounts_new ();
  g_autoptr (GPtrArray) balances = NULL;
  g_autofree char *detail = NULL, *shown = NULL, *formula = NULL;
  gint64 all, used, share;
  int year;

  ent_date_to_ymd (MIN (facts->end, facts->as_of), &year, NULL, NULL);
  if (policy != NULL && facts->error == NULL)
    balances = ent_fund_load_balances (facts->store, facts->partner, year, facts->as_of, &facts->error);
  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);

      if (balance->source == ENT_FUND_ALLOCATED_NOT)
        continue;
      ent_amounts_add (allocated, balance->allocated, balance->currency, 1000000);
      ent_amounts_add (spent, balance->spent, balance->currency, 1000000);
      explain_balance (facts, block, balance);
    }
  all = balances != NULL ? ent_deal_policy_sum (policy, allocated, policy->currency, left_out) : 0;
  used = balances != NULL ? ent_deal_policy_sum (policy, spent, policy->currency, left_out) : 0;
  if (all <= 0 || ent_amounts_get_n (left_out) > 0 || !ent_mul_div (used, 1000000, all, &share))
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else
    {
      shown = ent_money_display (all, policy->currency, ENT_DISPLAY_SHORT);
      detail = g_strdup_printf (_("of %s allocated in %d"), shown, year);
      review_block_set_number (block, ENT_REVIEW_UNIT_PERCENT, share, NULL, detail);
    }
  formula = g_strdup_printf (_("Spent / allocated in %d, over all funds."), year);
  review_block_explain_end (block, formula, facts->as_of);
}

const ReviewSource review_quality_sources[] = {
  { "nps", ENT_REVIEW_METRIC, fill_nps, N_("Surveys about the partner") },
  { "nps_trend", ENT_REVIEW_CHART, fill_nps_trend, N_("Surveys about the partner") },
  { "certified_people", ENT_REVIEW_METRIC, fill_certified, N_("Certifications of the partner’s people") },
  { "mdf_utilization", ENT_REVIEW_METRIC, fill_mdf, N_("Balances of funds") },
  { NULL },
};
