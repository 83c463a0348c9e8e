/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <string.h>

#include "store/ent-query.h"

/* All that lists and totals need, read once and grouped by partner. */

typedef struct
{
  EntKey     partner;
  char      *sort_key; /* of the partner's name */
  EntKey     level;
  GPtrArray *requests; /* of EntRecord */
  GPtrArray *rows;
} Account;

typedef struct
{
  EntRecord *program;
  GPtrArray *rules;
  GPtrArray *benefit_rules; /* (nullable) */
  gboolean   allocating;
} Fund;

struct _EntFundBook
{
  GPtrArray  *programs; /* of EntRecord */
  GPtrArray  *requests;
  GArray     *funds;    /* of Fund, as programs */
  GHashTable *accounts; /* partner (EntKey *) → Account */
  GPtrArray  *in_order; /* of Account (unowned), by the partner's name */
};

static void
account_free (gpointer data)
{
  Account *self = data;

  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->rows);
  g_free (self->sort_key);
  g_free (self);
}

static int
by_name (gconstpointer a,
         gconstpointer b)
{
  const Account *x = *(Account * const *) a, *y = *(Account * const *) b;
  int order = g_strcmp0 (x->sort_key, y->sort_key);

  return order != 0 ? order : (x->partner > y->partner) - (x->partner < y->partner);
}

/* Names are looked up once all accounts are known. */
static void
sort_accounts (EntFundBook *self,
               EntStore    *store)
{
  for (guint i = 0; i < self->in_order->len; i++)
    {
      Account *account = g_ptr_array_index (self->in_order, i);
      g_autofree char *title = ent_store_dup_title (store, account->partner);

      account->sort_key = title != NULL ? ent_text_key (title) : g_strdup ("");
    }
  g_ptr_array_sort (self->in_order, by_name);
}

static void
fund_clear (gpointer data)
{
  Fund *self = data;

  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->benefit_rules, g_ptr_array_unref);
}

static Account *
get_account (EntFundBook *self,
             EntKey       partner)
{
  Account *account = g_hash_table_lookup (self->accounts, &partner);
  EntKey *key;

  if (account != NULL)
    return account;
  account = g_new0 (Account, 1);
  account->partner = partner;
  account->requests = g_ptr_array_new ();
  account->rows = g_ptr_array_new_with_free_func (g_object_unref);
  key = g_new (EntKey, 1);
  *key = partner;
  g_hash_table_insert (self->accounts, key, account);
  g_ptr_array_add (self->in_order, account);
  return account;
}

/* --- Loading ------------------------------------------------------------------------------------------------ */

/* Records of a filter, in an order. @names: fields to load; NULL: all. (transfer full) */
static GPtrArray *
load_records (EntStore            *store,
              const char          *type_name,
              const char          *filter_text,
              const char          *order,
              const char * const  *names,
              GCancellable        *cancellable,
              GError             **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, type_name);
  g_autoptr (EntFilter) filter = ent_filter_parse (type, filter_text, NULL, error);
  g_autoptr (GArray) sort = ent_sort_parse (type, order, NULL);
  EntQuery query = { .type = type, .filter = filter };
  g_autoptr (EntResult) result = NULL;
  guint fields[16];
  gsize n = 0;

  if (filter == NULL)
    return NULL;
  query.sort = (const EntSort *) (gpointer) sort->data;
  query.n_sort = sort->len;
  for (; names != NULL && names[n] != NULL; n++)
    fields[n] = ent_record_type_lookup (type, names[n])->index;
  result = ent_store_query (store, &query, cancellable, error);
  return result != NULL ? ent_store_load (store, type, ent_result_get_rows (result), ent_result_get_n (result),
                                          names != NULL ? fields : NULL, n, cancellable, error)
                        : NULL;
}

static gboolean
load_fund (EntFundBook  *self,
           EntStore     *store,
           EntRecord    *program,
           GError      **error)
{
  EntFundReader reader = { .store = store };
  Fund fund = { .program = program };
  EntRecord *allocation;
  EntKey benefit;

  fund.rules = ent_fund_read_lines (&reader, ent_record_get_key (program), "program_rule", error);
  allocation = ent_fund_find_rule (fund.rules, "Allocation", "allocated_by");
  fund.allocating = allocation != NULL;
  if (allocation != NULL && ent_record_get_text (allocation, "threshold_text") != NULL &&
      (benefit = ent_fund_find_metric (&reader, ent_record_get_text (allocation, "threshold_text"))) != 0)
    fund.benefit_rules = ent_fund_read_lines (&reader, benefit, "program_rule", error);
  g_array_append_val (self->funds, fund);
  return fund.rules != NULL;
}

/* Requests and rows go to the account of their partner; partners with a level have one too. */
static gboolean
load_accounts (EntFundBook   *self,
               EntStore      *store,
               GCancellable  *cancellable,
               GError       **error)
{
  static const char * const row_fields[] = { "title", "kind", "date", "amount", "partner", "status", "funding",
                                             "program", NULL };
  static const char * const org_fields[] = { "title", "level", NULL };
  g_autoptr (GPtrArray) rows = load_records (store, "ledger", "kind = mdf_allocation or kind = mdf_spend", "date",
                                             row_fields, cancellable, error);
  g_autoptr (GPtrArray) partners = rows != NULL
                                     ? load_records (store, "organization", "level is not empty", "title", org_fields,
                                                     cancellable, error) : NULL;

  if (partners == NULL)
    return FALSE;
  for (guint i = 0; i < self->requests->len; i++)
    {
      EntRecord *request = g_ptr_array_index (self->requests, i);

      g_ptr_array_add (get_account (self, ent_record_get_ref (request, "partner"))->requests, request);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      EntRecord *row = g_ptr_array_index (rows, i);

      g_ptr_array_add (get_account (self, ent_record_get_ref (row, "partner"))->rows, g_object_ref (row));
    }
  for (guint i = 0; i < partners->len; i++)
    {
      EntRecord *partner = g_ptr_array_index (partners, i);

      get_account (self, ent_record_get_key (partner))->level = ent_record_get_ref (partner, "level");
    }
  sort_accounts (self, store);
  return TRUE;
}

EntFundBook *
ent_fund_book_load (EntStore      *store,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (EntFundBook) self = g_new0 (EntFundBook, 1);

  self->funds = g_array_new (FALSE, TRUE, sizeof (Fund));
  g_array_set_clear_func (self->funds, fund_clear);
  self->in_order = g_ptr_array_new ();
  self->accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, account_free);
  self->programs = load_records (store, "program", "kind = fund_program and status != retired", "rank,title", NULL,
                                 cancellable, error);
  self->requests = self->programs != NULL
                     ? load_records (store, "funding", "", "claim_by,submit_by", NULL, cancellable, error) : NULL;
  if (self->requests == NULL)
    return NULL;
  for (guint i = 0; i < self->programs->len; i++)
    if (!load_fund (self, store, g_ptr_array_index (self->programs, i), error))
      return NULL;
  return load_accounts (self, store, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
ent_fund_book_free (EntFundBook *self)
{
  g_clear_pointer (&self->in_order, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  g_clear_pointer (&self->funds, g_array_unref);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->programs, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
ent_fund_book_get_programs (EntFundBook *self)
{
  return self->programs;
}

GPtrArray *
ent_fund_book_get_requests (EntFundBook *self)
{
  return self->requests;
}

static const Fund *
find_fund (EntFundBook *self,
           EntKey       program)
{
  for (guint i = 0; i < self->funds->len; i++)
    {
      const Fund *fund = &g_array_index (self->funds, Fund, i);

      if (ent_record_get_key (fund->program) == program)
        return fund;
    }
  return NULL;
}

GPtrArray *
ent_fund_book_get_rules (EntFundBook *self,
                         EntKey       program)
{
  const Fund *fund = find_fund (self, program);

  return fund != NULL ? fund->rules : NULL;
}

/* --- Balances ------------------------------------------------------------------------------------------------- */

static void
add_balances (GPtrArray  *all,
              const Fund *fund,
              Account    *account,
              int         year,
              gboolean    explain)
{
  g_autoptr (GPtrArray) some = ent_fund_compute_balance (fund->program, account->partner, account->level, fund->benefit_rules,
                                                         fund->allocating, account->requests, account->rows, year,
                                                         explain);

  g_ptr_array_set_free_func (some, NULL);
  g_ptr_array_extend (all, some, NULL, NULL);
}

GPtrArray *
ent_fund_book_balances (EntFundBook *self,
                        EntKey       program,
                        EntKey       partner,
                        int          year)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_fund_balance_free);

  for (guint i = 0; i < self->funds->len; i++)
    {
      const Fund *fund = &g_array_index (self->funds, Fund, i);

      if (program != 0 && ent_record_get_key (fund->program) != program)
        continue;
      for (guint j = 0; j < self->in_order->len; j++)
        {
          Account *account = g_ptr_array_index (self->in_order, j);

          if (account->partner != 0 && (partner == 0 || account->partner == partner))
            add_balances (all, fund, account, year, partner != 0);
        }
    }
  return all;
}

static EntFundBalance *
get_total (GPtrArray  *totals,
           EntKey      program,
           int         year,
           const char *currency)
{
  EntFundBalance *total;

  for (guint i = 0; i < totals->len; i++)
    {
      total = g_ptr_array_index (totals, i);
      if (g_str_equal (total->currency, currency))
        return total;
    }
  total = g_new0 (EntFundBalance, 1);
  total->program = program;
  total->year = year;
  g_strlcpy (total->currency, currency, sizeof total->currency);
  g_ptr_array_add (totals, total);
  return total;
}

GPtrArray *
ent_fund_book_totals (EntFundBook *self,
                      EntKey       program,
                      int          year)
{
  g_autoptr (GPtrArray) balances = ent_fund_book_balances (self, program, 0, year);
  GPtrArray *totals = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_fund_balance_free);
  const Fund *fund = find_fund (self, program);
  const EntValue *budget = fund != NULL ? ent_record_get_named (fund->program, "budget") : NULL;

  for (guint i = 0; i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);
      EntFundBalance *total = get_total (totals, program, year, balance->currency);

      total->allocated += balance->allocated;
      total->approved += balance->approved;
      total->spent += balance->spent;
      total->source = MAX (total->source, balance->source);
    }
  if (budget != NULL && !ent_value_is_null (budget))
    {
      EntFundBalance *total = get_total (totals, program, year, budget->currency);

      total->allocated = budget->integer;
      total->source = ENT_FUND_ALLOCATED_LEDGER;
    }
  for (guint i = 0; i < totals->len; i++)
    {
      EntFundBalance *total = g_ptr_array_index (totals, i);

      if (total->source != ENT_FUND_ALLOCATED_NOT)
        total->available = total->allocated - total->approved - total->spent;
    }
  return totals;
}

/* --- Deadlines ------------------------------------------------------------------------------------------------- */

void
ent_fund_deadline_free (EntFundDeadline *self)
{
  g_free (self->title);
  g_free (self);
}

static int
compare_deadlines (gconstpointer a,
                   gconstpointer b)
{
  const EntFundDeadline *x = *(EntFundDeadline * const *) a, *y = *(EntFundDeadline * const *) b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

static void
add_deadline (EntFundBook    *self,
              GPtrArray      *all,
              EntRecord      *record,
              EntKey          program,
              EntFundDueKind  kind,
              gint64          due,
              gint64          today)
{
  EntFundDeadline *deadline = g_new0 (EntFundDeadline, 1);

  deadline->kind = kind;
  deadline->key = ent_record_get_key (record);
  deadline->partner = kind == ENT_FUND_DUE_PROGRAM ? 0 : ent_record_get_ref (record, "partner");
  deadline->title = g_strdup (ent_record_get_title (record));
  deadline->due = due;
  deadline->days = due - today;
  deadline->is_alert = deadline->days <= ent_fund_rule_days (ent_fund_book_get_rules (self, program), "alert_days", 0);
  g_ptr_array_add (all, deadline);
}

GPtrArray *
ent_fund_book_deadlines (EntFundBook *self,
                         gint64       today)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_fund_deadline_free);
  EntFundDueKind kind;
  gint64 due;

  for (guint i = 0; i < self->requests->len; i++)
    {
      EntRecord *request = g_ptr_array_index (self->requests, i);

      if (ent_fund_get_deadline (request, &due, &kind))
        add_deadline (self, all, request, ent_record_get_ref (request, "program"), kind, due, today);
    }
  for (guint i = 0; i < self->programs->len; i++)
    {
      EntRecord *program = g_ptr_array_index (self->programs, i);

      due = ent_record_get_int (program, "deadline", G_MININT64);
      if (due != G_MININT64 && due >= today)
        add_deadline (self, all, program, ent_record_get_key (program), ENT_FUND_DUE_PROGRAM, due, today);
    }
  g_ptr_array_sort (all, compare_deadlines);
  return all;
}
