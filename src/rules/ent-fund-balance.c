/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"
#include "rules/ent-lookup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- Shares, exactly ------------------------------------------------------------------------------------------ */

/* The index of the largest remainder that has got nothing yet. */
static guint
find_largest (const gint64 *remainders,
              guint         n)
{
  guint best = 0;

  for (guint i = 1; i < n; i++)
    if (remainders[i] > remainders[best])
      best = i;
  return best;
}

gboolean
ent_fund_split (gint64        amount,
                const gint64 *shares,
                guint         n_shares,
                gint64       *parts)
{
  g_autofree gint64 *remainders = g_new (gint64, n_shares + 1);
  gint64 magnitude = ABS (amount), left = magnitude;
  __int128 total = 0;

  for (guint i = 0; i < n_shares; i++)
    {
      if (shares[i] < 0)
        return FALSE;
      total += shares[i];
    }
  if (total == 0 || amount == G_MININT64)
    return FALSE;
  for (guint i = 0; i < n_shares; i++)
    {
      __int128 product = (__int128) magnitude * shares[i];

      /* Scaled so that remainders of large totals still compare; they are below the total. */
      parts[i] = (gint64) (product / total);
      remainders[i] = (gint64) ((product % total) >> (total > G_MAXINT64 ? 32 : 0));
      left -= parts[i];
    }
  for (; left > 0; left--)
    {
      guint best = find_largest (remainders, n_shares);

      parts[best]++;
      remainders[best] = -1;
    }
  for (guint i = 0; i < n_shares && amount < 0; i++)
    parts[i] = -parts[i];
  return TRUE;
}

#define WHOLE 1000000 /* 100 % in 1/10,000 points */

void
ent_fund_match (gint64  cost,
                gint64  match_pct,
                gint64 *fund,
                gint64 *others)
{
  const gint64 shares[] = { CLAMP (match_pct, 0, WHOLE), WHOLE - CLAMP (match_pct, 0, WHOLE) };
  gint64 parts[2] = { 0, 0 };

  ent_fund_split (cost, shares, 2, parts);
  *fund = parts[0];
  *others = parts[1];
}

/* --- Balance --------------------------------------------------------------------------------------------------- */

void
ent_fund_balance_free (EntFundBalance *self)
{
  g_clear_pointer (&self->why, ent_why_unref);
  g_free (self);
}

/* What one balance is computed from. */
typedef struct
{
  EntRecord *program;
  EntKey     partner;
  int        year;
  gboolean   allocating;
  gboolean   explain;
  GPtrArray *requests;
  GPtrArray *balances;
} Sum;

static EntFundBalance *
get_balance (Sum        *self,
             const char *currency)
{
  EntFundBalance *balance;

  for (guint i = 0; i < self->balances->len; i++)
    {
      balance = g_ptr_array_index (self->balances, i);
      if (g_str_equal (balance->currency, currency))
        return balance;
    }
  balance = g_new0 (EntFundBalance, 1);
  balance->program = ent_record_get_key (self->program);
  balance->partner = self->partner;
  balance->year = self->year;
  g_strlcpy (balance->currency, currency, sizeof balance->currency);
  g_ptr_array_add (self->balances, balance);
  if (self->explain)
    balance->why = ent_why_new (_("Balance"), NULL);
  return balance;
}

static void
explain (Sum            *self,
         EntFundBalance *balance,
         const char     *what,
         const char     *title,
         gint64          amount,
         EntKey          key)
{
  g_autofree char *label = NULL, *shown = NULL;

  if (!self->explain)
    return;
  label = g_strdup_printf ("%s: %s", what, title);
  shown = ent_money_display (amount, balance->currency, ENT_DISPLAY_FULL);
  ent_why_add (balance->why, label, shown, NULL, key);
}

static EntRecord *
find_request (Sum    *self,
              EntKey  key)
{
  for (guint i = 0; key != 0 && i < self->requests->len; i++)
    if (ent_record_get_key (g_ptr_array_index (self->requests, i)) == key)
      return g_ptr_array_index (self->requests, i);
  return NULL;
}

static void
add_row (Sum       *self,
         EntRecord *row)
{
  EntRecord *request = find_request (self, ent_record_get_ref (row, "funding"));
  EntKey program = ent_record_get_ref (row, "program");
  gint64 day = ent_record_get_int (row, "date", 0);
  const EntValue *amount = ent_record_get_named (row, "amount");
  gboolean is_allocation = g_strcmp0 (ent_record_get_text (row, "kind"), "mdf_allocation") == 0;
  int year = request != NULL && !is_allocation ? ent_fund_request_year (request, day) : ent_fund_year (day);
  EntFundBalance *balance;

  if (program == 0 && request != NULL)
    program = ent_record_get_ref (request, "program");
  if ((program == 0 ? !self->allocating : program != ent_record_get_key (self->program)) || year != self->year ||
      ent_record_get_ref (row, "partner") != self->partner || ent_value_is_null (amount) ||
      g_strcmp0 (ent_record_get_text (row, "status"), "reversed") == 0)
    return;
  if (!is_allocation && g_strcmp0 (ent_record_get_text (row, "kind"), "mdf_spend") != 0)
    return;
  balance = get_balance (self, amount->currency);
  if (is_allocation)
    {
      balance->allocated += amount->integer;
      balance->source = ENT_FUND_ALLOCATED_LEDGER;
    }
  else
    balance->spent += amount->integer;
  explain (self, balance, is_allocation ? _("Allocated") : _("Spent"), ent_record_get_title (row), amount->integer,
           ent_record_get_key (row));
}

static void
add_request (Sum       *self,
             EntRecord *request)
{
  const EntValue *amount = ent_record_get_named (request, "approved");
  EntFundBalance *balance;

  if (ent_record_get_ref (request, "program") != ent_record_get_key (self->program) ||
      ent_record_get_ref (request, "partner") != self->partner ||
      !ent_fund_is_state (request, "approved|running|claimed|proof_ok") || ent_value_is_null (amount) ||
      ent_fund_request_year (request, ent_date_from_ymd (self->year, 1, 1)) != self->year)
    return;
  if (ent_fund_is_state (request, "proof_ok") && !ent_value_is_null (ent_record_get_named (request, "claimed")))
    amount = ent_record_get_named (request, "claimed");
  balance = get_balance (self, amount->currency);
  balance->approved += amount->integer;
  explain (self, balance, _("Approved"), ent_record_get_title (request), amount->integer,
           ent_record_get_key (request));
}

static void
add_grant (Sum       *self,
           EntKey     level,
           GPtrArray *benefit_rules)
{
  const EntValue *grant;
  EntFundBalance *balance;

  if (!self->allocating || !ent_fund_level_grant (benefit_rules, level, &grant))
    return;
  balance = get_balance (self, grant->currency);
  if (balance->source == ENT_FUND_ALLOCATED_LEDGER)
    return;
  balance->source = ENT_FUND_ALLOCATED_LEVEL;
  balance->allocated = grant->integer;
  explain (self, balance, _("Allocated"), _("by the partner’s level; posted with the first approval"),
           grant->integer, level);
}

static void
finish (Sum            *self,
        EntFundBalance *balance)
{
  g_autofree char *shown = NULL, *title = NULL;
  EntWhy *open = balance->why;

  if (balance->source != ENT_FUND_ALLOCATED_NOT)
    balance->available = balance->allocated - balance->approved - balance->spent;
  if (!self->explain)
    return;
  /* The value is known only now. */
  shown = balance->source == ENT_FUND_ALLOCATED_NOT
            ? g_strdup (_("Not allocated"))
            : ent_money_display (balance->available, balance->currency, ENT_DISPLAY_FULL);
  title = g_strdup_printf (_("Balance in %s, %d"), ent_record_get_title (self->program), self->year);
  balance->why = ent_why_new (title, shown);
  ent_why_set_formula (balance->why, _("allocated − approved and not yet paid − spent"));
  for (guint i = 0; i < ent_why_get_n_lines (open); i++)
    {
      const EntWhyLine *line = ent_why_get_line (open, i);

      ent_why_add (balance->why, line->label, line->value, line->weight, line->key);
    }
  if (balance->source == ENT_FUND_ALLOCATED_NOT)
    ent_why_set_note (balance->why, _("Nothing was allocated for this year, so there is no balance to draw on."));
  ent_why_unref (open);
}

GPtrArray *
ent_fund_compute_balance (EntRecord *program,
                          EntKey     partner,
                          EntKey     level,
                          GPtrArray *benefit_rules,
                          gboolean   allocating,
                          GPtrArray *requests,
                          GPtrArray *rows,
                          int        year,
                          gboolean   explain_it)
{
  Sum sum = { program, partner, year, allocating, explain_it, requests,
              g_ptr_array_new_with_free_func ((GDestroyNotify) ent_fund_balance_free) };

  for (guint i = 0; i < rows->len; i++)
    add_row (&sum, g_ptr_array_index (rows, i));
  for (guint i = 0; i < requests->len; i++)
    add_request (&sum, g_ptr_array_index (requests, i));
  add_grant (&sum, level, benefit_rules);
  for (guint i = 0; i < sum.balances->len; i++)
    finish (&sum, g_ptr_array_index (sum.balances, i));
  return sum.balances;
}

/* --- Of one partner ------------------------------------------------------------------------------------------- */

/* The lines of the benefit that a program's allocation comes from. TRUE without any when it has none. */
static gboolean
read_grants (const EntFundReader  *reader,
             EntRecord            *program,
             gboolean             *allocating,
             GPtrArray           **benefit_rules,
             GError              **error)
{
  g_autoptr (GPtrArray) rules = ent_fund_read_lines (reader, ent_record_get_key (program), "program_rule", error);
  EntRecord *allocation = rules != NULL ? ent_fund_find_rule (rules, "Allocation", "allocated_by") : NULL;
  const char *metric = allocation != NULL ? ent_record_get_text (allocation, "threshold_text") : NULL;
  EntKey benefit = metric != NULL ? ent_fund_find_metric (reader, metric) : 0;

  *allocating = allocation != NULL;
  if (rules != NULL && benefit != 0)
    *benefit_rules = ent_fund_read_lines (reader, benefit, "program_rule", error);
  return rules != NULL && (benefit == 0 || *benefit_rules != NULL);
}

GPtrArray *
ent_fund_read_balance (const EntFundReader  *reader,
                       EntKey                program,
                       EntKey                partner,
                       int                   year,
                       gboolean              explain_it,
                       GError              **error)
{
  g_autoptr (EntRecord) fund = ent_fund_read (reader, program, error);
  g_autoptr (EntRecord) organization = fund != NULL ? ent_fund_read (reader, partner, error) : NULL;
  g_autoptr (GPtrArray) requests = NULL, rows = NULL, benefit_rules = NULL;
  gboolean allocating;

  if (organization == NULL || !read_grants (reader, fund, &allocating, &benefit_rules, error) ||
      (requests = ent_fund_read_referrers (reader, partner, "funding", "partner", error)) == NULL ||
      (rows = ent_fund_read_referrers (reader, partner, "ledger", "partner", error)) == NULL)
    return NULL;
  return ent_fund_compute_balance (fund, partner, ent_record_get_ref (organization, "level"), benefit_rules, allocating,
                                   requests, rows, year, explain_it);
}

static void
drop_later (GPtrArray *rows,
            gint64     as_of)
{
  for (guint i = rows->len; i > 0; i--)
    if (ent_record_get_int (g_ptr_array_index (rows, i - 1), "date", 0) > as_of)
      g_ptr_array_remove_index (rows, i - 1);
}

GPtrArray *
ent_fund_load_balances (EntStore  *store,
                        EntKey     partner,
                        int        year,
                        gint64     as_of,
                        GError   **error)
{
  const EntFundReader reader = { .store = store };
  g_autoptr (EntRecord) organization = ent_fund_read (&reader, partner, error);
  g_autoptr (GPtrArray) programs = NULL, requests = NULL, rows = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_fund_balance_free);

  if (organization == NULL ||
      (programs = ent_lookup_records (store, "program", "kind = fund_program and status != retired", NULL, NULL, error)) == NULL ||
      (requests = ent_fund_read_referrers (&reader, partner, "funding", "partner", error)) == NULL ||
      (rows = ent_fund_read_referrers (&reader, partner, "ledger", "partner", error)) == NULL)
    return NULL;
  drop_later (rows, as_of);
  for (guint i = 0; i < programs->len; i++)
    {
      g_autoptr (GPtrArray) benefit_rules = NULL, some = NULL;
      gboolean allocating;

      if (!read_grants (&reader, g_ptr_array_index (programs, i), &allocating, &benefit_rules, error))
        return NULL;
      some = ent_fund_compute_balance (g_ptr_array_index (programs, i), partner, ent_record_get_ref (organization, "level"),
                                       benefit_rules, allocating, requests, rows, year, FALSE);
      g_ptr_array_extend_and_steal (all, g_steal_pointer (&some));
    }
  return g_steal_pointer (&all);
}
