/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-results.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-private.h"
#include "rules/ent-forecast.h"

#define ALL_PCT 1000000 /* 100 % */

gboolean
ent_deal_results_read (const char       *text,
                       EntDealResultsBy *by)
{
  static const char * const names[] = { "all", "owner", "partner", "account", "product", "quarter" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], text))
      {
        *by = (EntDealResultsBy) i;
        return TRUE;
      }
  return FALSE;
}

void
ent_deal_result_free (EntDealResult *self)
{
  g_free (self->title);
  ent_amounts_free (self->won);
  g_free (self);
}

gint64
ent_deal_result_average (const EntDealResult *self,
                         const char          *currency)
{
  gint64 average;

  return self->n_won > 0 && ent_mul_div (ent_amounts_get (self->won, currency), 1, self->n_won, &average) ? average : -1;
}

/* A result that is being counted. */
typedef struct
{
  EntDealResult *result;
  gint64         days;   /* summed */
  guint          n_days;
} Count;

typedef struct
{
  const EntDeals   *deals;
  EntDealResultsBy  by;
  GPtrArray        *results;
  GArray           *counts;  /* of Count, as `results` */
  GHashTable       *by_key;  /* gint64 * → index + 1 */
} Counter;

/* @key: of a record, a quarter, or 0. */
static Count *
find_count (Counter *self,
            gint64   key)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &key));
  Count count = { 0 };

  if (index != 0)
    return &g_array_index (self->counts, Count, index - 1);
  count.result = g_new0 (EntDealResult, 1);
  count.result->won = ent_amounts_new ();
  ent_amounts_set_first (count.result->won, self->deals->policy->currency);
  if (self->by == ENT_DEAL_RESULTS_QUARTER)
    count.result->title = key != 0 ? ent_quarter_write (key) : g_strdup (_("Open"));
  else
    {
      count.result->key = key;
      count.result->title = g_strdup (key != 0 ? ent_deals_get_name (self->deals, key)
                                      : self->by == ENT_DEAL_RESULTS_ALL ? _("All") : _("None"));
    }
  g_ptr_array_add (self->results, count.result);
  g_array_append_val (self->counts, count);
  g_hash_table_insert (self->by_key, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (self->counts->len));
  return &g_array_index (self->counts, Count, self->counts->len - 1);
}

static void
count_deal (Count         *count,
            const EntDeal *deal)
{
  EntDealResult *result = count->result;

  result->n++;
  if (ent_deal_is_open (deal))
    {
      result->n_open++;
      return;
    }
  if (g_str_equal (deal->stage, "lost"))
    {
      result->n_lost++;
      return;
    }
  result->n_won++;
  if (deal->has_amount)
    ent_amounts_add (result->won, deal->amount, deal->currency, ALL_PCT);
  if (deal->opened_on != ENT_DAY_NONE && deal->closed_on != ENT_DAY_NONE)
    {
      count->days += deal->closed_on - deal->opened_on;
      count->n_days++;
    }
}

static void
add_deal (Counter       *self,
          const EntDeal *deal)
{
  gint64 key = 0;

  if (deal == NULL)
    return;
  switch (self->by)
    {
    case ENT_DEAL_RESULTS_OWNER:
      key = deal->owner;
      break;
    case ENT_DEAL_RESULTS_PARTNER:
      key = ent_deal_get_lead (deal);
      break;
    case ENT_DEAL_RESULTS_ACCOUNT:
      key = deal->account;
      break;
    case ENT_DEAL_RESULTS_QUARTER:
      key = ent_deal_is_open (deal) || deal->closed_on == ENT_DAY_NONE ? 0 : ent_quarter_of_day (deal->closed_on);
      break;
    case ENT_DEAL_RESULTS_OFFERING:
      for (guint i = 1; i < deal->n_offerings; i++)
        count_deal (find_count (self, deal->offerings[i]), deal);
      key = deal->n_offerings > 0 ? deal->offerings[0] : 0;
      break;
    case ENT_DEAL_RESULTS_ALL:
    default:
      break;
    }
  count_deal (find_count (self, key), deal);
}

static int
compare_results (gconstpointer a,
                 gconstpointer b)
{
  const EntDealResult *x = *(EntDealResult * const *) a;
  const EntDealResult *y = *(EntDealResult * const *) b;

  return g_strcmp0 (x->title, y->title);
}

GPtrArray *
ent_deals_results (const EntDeals   *self,
                   EntDealResultsBy  by,
                   const EntResult  *among)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_deal_result_free);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Count));
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Counter counter = { self, by, results, counts, by_key };
  guint number = ent_schema_lookup (self->schema, "deal")->info->number;

  for (gsize i = 0; among != NULL && i < ent_result_get_n (among); i++)
    add_deal (&counter, ent_deals_lookup (self, ent_key_make (number, ent_result_get_rows (among)[i])));
  for (guint i = 0; among == NULL && i < self->deals->len; i++)
    add_deal (&counter, &g_array_index (self->deals, EntDeal, i));
  for (guint i = 0; i < counts->len; i++)
    {
      const Count *count = &g_array_index (counts, Count, i);
      EntDealResult *result = count->result;

      result->win_rate = result->days_to_win = -1;
      if (result->n_won + result->n_lost > 0)
        ent_mul_div (result->n_won, ALL_PCT, result->n_won + result->n_lost, &result->win_rate);
      if (count->n_days > 0)
        ent_mul_div (count->days, 100, count->n_days, &result->days_to_win);
    }
  g_ptr_array_sort (results, compare_results);
  return results;
}
