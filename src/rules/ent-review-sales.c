/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-review-private.h"

#include <glib/gi18n.h>

/* Blocks on deals and revenue. */

#define N_QUARTERS 6

/* As of the day of the review: what was closed later was still open. */
static gboolean
was_open (ReviewFacts   *facts,
          const EntDeal *deal)
{
  if (deal->opened_on != ENT_DAY_NONE && deal->opened_on > facts->as_of)
    return FALSE;
  return deal->closed_on != ENT_DAY_NONE ? deal->closed_on > facts->as_of : ent_deal_is_open (deal);
}

static gboolean
is_open (ReviewFacts *facts,
         EntRecord   *record)
{
  EntDeal deal = { 0 };

  ent_deal_read_value (&deal, record);
  return was_open (facts, &deal);
}

static gboolean
is_won_between (EntRecord *deal,
                gint64     start,
                gint64     end)
{
  gint64 closed = ent_record_get_int (deal, "closed_on", ENT_REVIEW_UNKNOWN);

  return g_strcmp0 (ent_record_get_text (deal, "stage"), "won") == 0 && closed >= start && closed <= end;
}

static char *
count_deals (guint n)
{
  return g_strdup_printf (ngettext ("%u deal", "%u deals", n), n);
}

/* Without any amount there is no sum: no deals at all is not known, none that count is zero in the workspace's money. */
static void
set_amounts (ReviewFacts    *facts,
             EntReviewBlock *block,
             EntAmounts     *amounts,
             guint           n,
             const char     *detail)
{
  if (review_facts_get_deals (facts)->len == 0 || (ent_amounts_get_n (amounts) == 0 && n > 0))
    review_block_set_unknown (block, ENT_REVIEW_UNKNOWN);
  else if (ent_amounts_get_n (amounts) > 0)
    review_block_set_amounts (facts, block, amounts, detail);
  else
    review_block_set_number (block, ENT_REVIEW_UNIT_MONEY, 0, review_facts_get_currency (facts), detail);
}

static void
explain_deal (ReviewFacts    *facts,
              EntReviewBlock *block,
              EntRecord      *deal,
              const char     *more)
{
  g_autofree char *amount = review_field (facts, deal, "amount");
  g_autofree char *value = g_strconcat (amount, more != NULL ? " × " : "", more, NULL);

  review_block_explain (block, ent_record_get_title (deal), value, ent_record_get_key (deal));
}

static void
fill_pipeline (ReviewFacts    *facts,
               EntReview      *review,
               EntReviewBlock *block)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (EntAmounts) amounts = review_facts_new_amounts (facts);
  g_autofree char *detail = NULL;
  guint n = 0;

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);

      if (!is_open (facts, deal))
        continue;
      n++;
      review_amounts_add (amounts, ent_record_get_named (deal, "amount"));
      explain_deal (facts, block, deal, NULL);
    }
  detail = count_deals (n);
  set_amounts (facts, block, amounts, n, detail);
  review_block_explain_end (block, _("Sum of the amounts of open deals with the partner; several currencies are one sum where "
                                     "the program has rates."), facts->as_of);
}

static void
fill_weighted (ReviewFacts    *facts,
               EntReview      *review,
               EntReviewBlock *block)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (EntAmounts) amounts = review_facts_new_amounts (facts);
  g_autofree char *detail = NULL;
  guint n = 0, n_left = 0;

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *record = g_ptr_array_index (deals, i);
      g_autofree char *percent = NULL;
      EntDeal deal = { 0 };
      gint64 chance;

      ent_deal_read_value (&deal, record);
      if (!was_open (facts, &deal))
        continue;
      n++;
      chance = review_facts_get_chance (facts, &deal);
      if (chance == ENT_REVIEW_UNKNOWN || !deal.has_amount)
        {
          n_left += chance == ENT_REVIEW_UNKNOWN;
          continue;
        }
      ent_amounts_add (amounts, deal.amount, deal.currency, chance);
      percent = review_amount_display (ENT_REVIEW_UNIT_PERCENT, chance, NULL);
      explain_deal (facts, block, record, percent);
    }
  detail = n_left > 0 ? g_strdup_printf (ngettext ("%u deal without a probability left out",
                                                   "%u deals without a probability left out", n_left), n_left)
                      : count_deals (n);
  set_amounts (facts, block, amounts, n, detail);
  review_block_explain_end (block, _("Sum of amount × probability of open deals; the probability is the deal’s own, else "
                                     "that of its stage."), facts->as_of);
}

static void
fill_won (ReviewFacts    *facts,
          EntReview      *review,
          EntReviewBlock *block)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (EntAmounts) amounts = review_facts_new_amounts (facts);
  g_autofree char *detail = NULL;
  guint n = 0;

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);

      if (!is_won_between (deal, facts->start, MIN (facts->end, facts->as_of)))
        continue;
      n++;
      review_amounts_add (amounts, ent_record_get_named (deal, "amount"));
      explain_deal (facts, block, deal, NULL);
    }
  detail = count_deals (n);
  set_amounts (facts, block, amounts, n, detail);
  review_block_explain_end (block, _("Sum of the amounts of deals won in the period."), facts->as_of);
}

static void
fill_registered (ReviewFacts    *facts,
                 EntReview      *review,
                 EntReviewBlock *block)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  gint64 n = 0, last = ENT_REVIEW_UNKNOWN;

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);
      const EntValue *at = ent_record_get_named (deal, "registered_at");
      gint64 day = ent_value_is_null (at) ? ENT_REVIEW_UNKNOWN : at->integer / G_TIME_SPAN_DAY;
      g_autofree char *when = NULL;

      if (ent_record_get_ref (deal, "registered_by") != facts->partner || day == ENT_REVIEW_UNKNOWN)
        continue;
      last = MAX (last, day);
      if (day < facts->start || day > MIN (facts->end, facts->as_of))
        continue;
      n++;
      when = ent_date_display (day, ENT_DISPLAY_SHORT);
      review_block_explain (block, ent_record_get_title (deal), when, ent_record_get_key (deal));
    }
  if (last == ENT_REVIEW_UNKNOWN)
    review_block_set_unknown (block, last);
  else
    review_block_set_number (block, ENT_REVIEW_UNIT_COUNT, n, NULL, NULL);
  review_block_explain_end (block, _("Deals the partner registered in the period."), facts->as_of);
}

/* --- Revenue: the ledger ------------------------------------------------------------------------------------ */

static gboolean
is_revenue (EntRecord *row)
{
  const char *kind = ent_record_get_text (row, "kind");

  return g_strcmp0 (kind, "revenue") == 0 || g_strcmp0 (kind, "refund") == 0;
}

static void
fill_revenue (ReviewFacts    *facts,
              EntReview      *review,
              EntReviewBlock *block)
{
  GPtrArray *rows = review_facts_get_ledger (facts);
  g_autoptr (EntAmounts) amounts = review_facts_new_amounts (facts);
  gint64 last = ENT_REVIEW_UNKNOWN;

  for (guint i = 0; i < rows->len; i++)
    {
      EntRecord *row = g_ptr_array_index (rows, i);
      gint64 date = ent_record_get_int (row, "date", ENT_REVIEW_UNKNOWN);
      g_autofree char *shown = NULL;

      if (!is_revenue (row) || date > facts->as_of)
        continue;
      last = MAX (last, date);
      if (date < facts->start || date > facts->end)
        continue;
      review_amounts_add (amounts, ent_record_get_named (row, "amount"));
      shown = review_field (facts, row, "amount");
      review_block_explain (block, ent_record_get_title (row), shown, ent_record_get_key (row));
    }
  if (ent_amounts_get_n (amounts) > 0)
    review_block_set_amounts (facts, block, amounts, NULL);
  else
    review_block_set_unknown (block, last);
  review_block_explain_end (block, _("Revenue of the ledger with the partner in the period, less refunds."), facts->as_of);
}

/* --- Charts --------------------------------------------------------------------------------------------------- */

/* The amounts of the records that @counts lets pass; the block's axis gets their currency. Element-type EntValue. */
static GPtrArray *
collect_moneys (ReviewFacts    *facts,
                EntReviewBlock *block,
                GPtrArray      *records,
                gboolean      (*counts) (ReviewFacts *facts,
                                         EntRecord   *record))
{
  GPtrArray *moneys = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    {
      const EntValue *amount = ent_record_get_named (g_ptr_array_index (records, i), "amount");

      if (amount->kind == ENT_VALUE_MONEY && counts (facts, g_ptr_array_index (records, i)))
        g_ptr_array_add (moneys, (gpointer) amount);
    }
  review_block_choose_currency (facts, block, moneys);
  return moneys;
}

static void
fill_by_stage (ReviewFacts    *facts,
               EntReview      *review,
               EntReviewBlock *block)
{
  const EntField *stages = ent_record_type_lookup (ent_store_get_record_type (facts->store, "deal"), "stage");
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new (), moneys = NULL;
  EntReviewSeries *series;
  guint s;

  for (guint i = 0; i < stages->choices->len; i++)
    {
      const EntChoice *stage = g_ptr_array_index (stages->choices, i);

      if (g_str_equal (stage->value, "won") || g_str_equal (stage->value, "lost"))
        continue;
      g_ptr_array_add (values, (gpointer) stage->value);
      g_strv_builder_add (labels, ent_choice_get_label (stage));
    }
  block->labels = g_strv_builder_end (labels);
  moneys = collect_moneys (facts, block, deals, is_open);
  if (moneys->len == 0)
    return;
  series = review_block_add_series (block, block->title);
  for (s = 0; s < values->len; s++)
    series->values[s] = 0;
  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);
      const char *stage = ent_record_get_text (deal, "stage");
      gint64 minor;

      if (stage != NULL && is_open (facts, deal) &&
          g_ptr_array_find_with_equal_func (values, stage, g_str_equal, &s) &&
          review_block_get_minor (facts, block, ent_record_get_named (deal, "amount"), &minor))
        series->values[s] += minor;
    }
}

static gboolean
is_won_lately (ReviewFacts *facts,
               EntRecord   *deal)
{
  return is_won_between (deal, review_quarter (facts->end, N_QUARTERS - 1), facts->as_of);
}

static void
fill_won_by_quarter (ReviewFacts    *facts,
                     EntReview      *review,
                     EntReviewBlock *block)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (GPtrArray) moneys = collect_moneys (facts, block, deals, is_won_lately);
  EntReviewSeries *series;

  review_block_set_quarters (block, facts, N_QUARTERS);
  if (moneys->len == 0)
    return;
  series = review_block_add_series (block, block->title);
  for (guint q = 0; q < N_QUARTERS; q++)
    series->values[q] = 0;
  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);
      int q = review_quarter_index (facts, N_QUARTERS, ent_record_get_int (deal, "closed_on", 0));
      gint64 minor;

      if (q >= 0 && is_won_lately (facts, deal) &&
          review_block_get_minor (facts, block, ent_record_get_named (deal, "amount"), &minor))
        series->values[q] += minor;
    }
}

static gboolean
is_revenue_row (ReviewFacts *facts,
                EntRecord   *row)
{
  return is_revenue (row) && ent_record_get_int (row, "date", 0) <= facts->as_of;
}

static void
fill_revenue_by_quarter (ReviewFacts    *facts,
                         EntReview      *review,
                         EntReviewBlock *block)
{
  GPtrArray *rows = review_facts_get_ledger (facts);
  g_autoptr (GPtrArray) moneys = collect_moneys (facts, block, rows, is_revenue_row);
  EntReviewSeries *series;

  review_block_set_quarters (block, facts, N_QUARTERS);
  if (moneys->len == 0)
    return;
  series = review_block_add_series (block, block->title);
  for (guint i = 0; i < rows->len; i++)
    {
      EntRecord *row = g_ptr_array_index (rows, i);
      int q = review_quarter_index (facts, N_QUARTERS, ent_record_get_int (row, "date", 0));
      gint64 minor;

      if (q >= 0 && is_revenue_row (facts, row) &&
          review_block_get_minor (facts, block, ent_record_get_named (row, "amount"), &minor))
        series->values[q] = (series->values[q] == ENT_REVIEW_UNKNOWN ? 0 : series->values[q]) + minor;
    }
}

/* --- Tables ----------------------------------------------------------------------------------------------------- */

static int
by_amount (gconstpointer a,
           gconstpointer b)
{
  const EntValue *x = ent_record_get_named (*(EntRecord *const *) a, "amount");
  const EntValue *y = ent_record_get_named (*(EntRecord *const *) b, "amount");

  return x->integer > y->integer ? -1 : x->integer < y->integer;
}

static void
add_deals (ReviewFacts    *facts,
           EntReviewBlock *block,
           gboolean        won)
{
  GPtrArray *deals = review_facts_get_deals (facts);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);

      if (won ? is_won_between (deal, facts->start, MIN (facts->end, facts->as_of)) : is_open (facts, deal))
        g_ptr_array_add (chosen, deal);
    }
  g_ptr_array_sort (chosen, by_amount);
  for (guint i = 0; i < chosen->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (chosen, i);
      g_autofree char *amount = review_field (facts, deal, "amount");
      g_autofree char *day = review_field (facts, deal, won ? "closed_on" : "expected_close");
      const char *account = review_facts_get_name (facts, ent_record_get_ref (deal, "account"));
      const char *step = ent_record_get_text (deal, "next_step");

      if (won)
        review_block_add_row (block, ent_record_get_key (deal), ent_record_get_title (deal), account, amount, day,
                              review_facts_get_name (facts, ent_record_get_ref (deal, "owner")), NULL);
      else
        review_block_add_row (block, ent_record_get_key (deal), ent_record_get_title (deal), account,
                              review_choice (deal, "stage"), amount, day, step != NULL ? step : "", NULL);
    }
}

static void
fill_open_deals (ReviewFacts    *facts,
                 EntReview      *review,
                 EntReviewBlock *block)
{
  review_block_add_column (block, _("Deal"), FALSE, 26);
  review_block_add_column (block, _("Account"), FALSE, 20);
  review_block_add_column (block, _("Stage"), FALSE, 14);
  review_block_add_column (block, _("Amount"), TRUE, 11);
  review_block_add_column (block, _("Close"), TRUE, 14);
  review_block_add_column (block, _("Next step"), FALSE, 22);
  block->nothing = g_strdup (_("No open deals."));
  add_deals (facts, block, FALSE);
}

static void
fill_won_deals (ReviewFacts    *facts,
                EntReview      *review,
                EntReviewBlock *block)
{
  review_block_add_column (block, _("Deal"), FALSE, 30);
  review_block_add_column (block, _("Account"), FALSE, 24);
  review_block_add_column (block, _("Amount"), TRUE, 12);
  review_block_add_column (block, _("Won"), TRUE, 14);
  review_block_add_column (block, _("Owner"), FALSE, 18);
  block->nothing = g_strdup (_("No deal was won in the period."));
  add_deals (facts, block, TRUE);
}

const ReviewSource review_sales_sources[] = {
  { "pipeline_value", ENT_REVIEW_METRIC, fill_pipeline, N_("Deals with the partner") },
  { "pipeline_weighted", ENT_REVIEW_METRIC, fill_weighted, N_("Deals with the partner and the rate card of probabilities") },
  { "closed_revenue", ENT_REVIEW_METRIC, fill_won, N_("Deals with the partner") },
  { "deals_registered", ENT_REVIEW_METRIC, fill_registered, N_("Deal registrations") },
  { "revenue", ENT_REVIEW_METRIC, fill_revenue, N_("Ledger") },
  { "pipeline_by_stage", ENT_REVIEW_CHART, fill_by_stage, N_("Deals with the partner") },
  { "won_by_quarter", ENT_REVIEW_CHART, fill_won_by_quarter, N_("Deals with the partner") },
  { "revenue_by_quarter", ENT_REVIEW_CHART, fill_revenue_by_quarter, N_("Ledger") },
  { "open_deals", ENT_REVIEW_TABLE, fill_open_deals, N_("Deals with the partner") },
  { "won_deals", ENT_REVIEW_TABLE, fill_won_deals, N_("Deals with the partner") },
  { NULL },
};
