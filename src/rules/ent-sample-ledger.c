/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-sample-private.h"

#include <string.h>

/* Revenue of won deals, what partners earn from it and when they were paid, and marketing funds. */

#define PERCENT 10000 /* stored units of a percent point */

static EntRecord *
begin_row (Sample     *self,
           const char *kind,
           gint64      date,
           EntKey      partner,
           gint64      minor,
           const char *currency)
{
  g_autofree char *period = sample_month (date);
  EntRecord *row = sample_begin (self, "ledger");

  sample_put (self, row, "kind", kind);
  sample_put_int (self, row, "date", date);
  sample_put (self, row, "period", period);
  sample_put_key (self, row, "partner", partner);
  sample_put_money (self, row, "amount", minor, currency);
  return row;
}

/* Payouts run on the tenth, for all that was accrued two months before or earlier. */
static gint64
payout_day (gint64 accrued)
{
  int year, month, unused;

  ent_date_to_ymd (accrued, &year, &month, &unused);
  month += 1;
  return sample_work_day (ent_date_from_ymd (year + month / 12, month % 12 + 1, 10));
}

static void
make_accrual (Sample           *self,
              const SampleDeal *deal,
              const SampleOrg  *partner,
              gint64            basis,
              gint64            amount,
              const char       *currency,
              int               share)
{
  gint64 paid_on = payout_day (deal->closed);
  gboolean paid = paid_on <= self->today;
  gboolean held = !paid && partner->trend == SAMPLE_TREND_DOWN;
  g_autofree char *run = paid ? sample_month (paid_on) : NULL;
  g_autofree char *basis_text = ent_money_display (basis, currency, ENT_DISPLAY_FULL);
  g_autofree char *explain = NULL;
  EntRecord *row;

  explain = g_strdup_printf ("%g %% of %s, share %d %%", partner->rate / (double) PERCENT,
                             basis_text, share);
  row = begin_row (self, "accrual", deal->closed, partner->key, amount, currency);
  sample_put (self, row, "title", deal->title);
  sample_put_key (self, row, "deal", deal->key);
  sample_put_key (self, row, "agreement_term", partner->term);
  sample_put_money (self, row, "basis_amount", basis, currency);
  sample_put_int (self, row, "rate_used", partner->rate);
  sample_put_int (self, row, "credit_pct", share * PERCENT);
  sample_put (self, row, "attribution_model", "role");
  sample_put (self, row, "explain", explain);
  sample_put (self, row, "batch", run);
  sample_put (self, row, "status", paid ? "paid" : held ? "held"
              : self->today - deal->closed > 20 ? "approved" : "accrued");
  sample_end (self, row);

  if (paid)
    {
      row = begin_row (self, "payout", paid_on, partner->key, amount, currency);
      sample_put (self, row, "title", deal->title);
      sample_put_key (self, row, "deal", deal->key);
      sample_put (self, row, "batch", run);
      sample_put (self, row, "status", "paid");
      sample_end (self, row);
    }
}

static void
make_deal_rows (Sample           *self,
                const SampleDeal *deal)
{
  g_autoptr(EntRecord) record = ent_transaction_get (self->transaction, deal->key, &self->error);
  const EntValue *amount = record != NULL ? ent_record_get_named (record, "amount") : NULL;
  const SampleOrg *partners[2] = { sample_partner (self, deal->partner), NULL };
  int share = sample_first_share (deal);
  int shares[2] = { share, 100 - share };
  EntRecord *row;

  if (amount == NULL)
    return;
  if (deal->second != G_MAXUINT)
    partners[1] = sample_partner (self, deal->second);

  row = begin_row (self, "revenue", deal->closed, partners[0]->key, amount->integer,
                   amount->currency);
  sample_put (self, row, "title", deal->title);
  sample_put_key (self, row, "deal", deal->key);
  sample_put (self, row, "status", self->today - deal->closed > 45 ? "paid" : "approved");
  sample_end (self, row);

  for (int i = 0; i < 2 && partners[i] != NULL; i++)
    {
      gint64 earned = 0;

      if (partners[i]->rate == 0 ||
          !ent_mul_div (amount->integer, partners[i]->rate * shares[i], 100 * PERCENT * 100, &earned))
        continue;
      make_accrual (self, deal, partners[i], amount->integer, earned, amount->currency, shares[i]);
    }
}

/* What a level may draw on a year (data/program: benefit:mdf). */
static void
make_allocations (Sample *self)
{
  static const gint64 by_level[] = { 0, 5000000, 1500000, 500000, 200000 };
  EntKey fund = ent_transaction_resolve (self->transaction, NULL, "ref:fund:mdf", NULL);
  int this_year, month, unused;

  ent_date_to_ymd (self->today, &this_year, &month, &unused);
  for (int year = this_year - 1; year <= this_year; year++)
    for (guint i = 0; i < self->partners->len; i++)
      {
        const SampleOrg *partner = sample_partner (self, i);
        gint64 day = MAX (ent_date_from_ymd (year, 1, 1), partner->since);
        int start_year;
        EntRecord *row;

        ent_date_to_ymd (day, &start_year, &month, &unused);
        if (partner->level == 0 || start_year != year)
          continue;
        row = begin_row (self, "mdf_allocation", day, partner->key, by_level[partner->level], "USD");
        sample_put (self, row, "title", "Market development funds");
        sample_put_key (self, row, "program", fund);
        sample_put (self, row, "status", "approved");
        sample_end (self, row);
      }
}

/* What funding requests were paid, on the day of their claim. */
static void
make_fund_spend (Sample *self)
{
  GArray *items = ent_data_set_get_items (self->set);

  for (guint i = 0; i < items->len && self->error == NULL; i++)
    {
      const EntDataItem *item = &g_array_index (items, EntDataItem, i);
      g_autoptr(EntRecord) request = NULL;
      const EntValue *paid;
      EntRecord *row;

      if (!g_str_equal (item->type->info->name, "funding"))
        continue;
      request = ent_transaction_get (self->transaction, item->key, &self->error);
      paid = request != NULL ? ent_record_get_named (request, "paid") : NULL;
      if (paid == NULL || ent_value_is_null (paid))
        continue;

      row = begin_row (self, "mdf_spend",
                       sample_work_day (ent_record_get_int (request, "claim_by", self->today) - 6),
                       ent_record_get_ref (request, "partner"), paid->integer, paid->currency);
      sample_put (self, row, "title", ent_record_get_title (request));
      sample_put_key (self, row, "funding", item->key);
      sample_put_key (self, row, "program", ent_record_get_ref (request, "program"));
      sample_put_key (self, row, "campaign", ent_record_get_ref (request, "campaign"));
      sample_put (self, row, "status", "paid");
      sample_end (self, row);
    }
}

void
sample_make_ledger (Sample *self)
{
  for (guint i = 0; i < self->deals->len && self->error == NULL; i++)
    {
      const SampleDeal *deal = &g_array_index (self->deals, SampleDeal, i);

      if (deal->won)
        make_deal_rows (self, deal);
    }
  make_allocations (self);
  make_fund_spend (self);
}
