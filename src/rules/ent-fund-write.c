/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/ent-lookup.h"
#include "rules/ent-rules.h"

/* --- Setting fields -------------------------------------------------------------------------------------------- */

static guint
field_index (EntRecord  *record,
             const char *name)
{
  return ent_record_type_lookup (ent_record_get_record_type (record), name)->index;
}

static void
put_int (EntRecord  *record,
         const char *name,
         gint64      number)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, number);
  ent_record_take (record, field_index (record, name), &value);
}

/* 0: nothing. */
static void
put_nonzero (EntRecord  *record,
             const char *name,
             gint64      number)
{
  if (number != 0)
    put_int (record, name, number);
}

static void
put_text (EntRecord  *record,
          const char *name,
          const char *text)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (text == NULL)
    return;
  ent_value_set_text (&value, text);
  ent_record_take (record, field_index (record, name), &value);
}

static void
put_money (EntRecord  *record,
           const char *name,
           gint64      minor,
           const char *currency)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_money (&value, minor, currency);
  ent_record_take (record, field_index (record, name), &value);
}

/* --- The ledger --------------------------------------------------------------------------------------------------- */

gboolean
ent_fund_post (EntTransaction  *transaction,
               const char      *kind,
               EntKey           program,
               EntKey           partner,
               EntRecord       *request,
               gint64           day,
               gint64           amount,
               const char      *currency,
               const char      *title,
               const char      *explain,
               GError         **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntRecord) row = ent_record_new (ent_schema_lookup (schema, "ledger"));
  g_autofree char *period = NULL;
  int year, month;

  ent_date_to_ymd (day, &year, &month, NULL);
  period = g_strdup_printf ("%04d-%02d", year, month);
  put_text (row, "title", title);
  put_text (row, "kind", kind);
  put_int (row, "date", day);
  put_text (row, "period", period);
  put_money (row, "amount", amount, currency);
  put_nonzero (row, "partner", partner);
  put_nonzero (row, "program", program);
  put_text (row, "status", request != NULL && g_str_equal (kind, "mdf_spend") ? "paid" : "approved");
  put_text (row, "explain", explain);
  if (request != NULL)
    {
      put_nonzero (row, "funding", ent_record_get_key (request));
      put_nonzero (row, "campaign", ent_record_get_ref (request, "campaign"));
      put_nonzero (row, "deal", ent_record_get_ref (request, "deal"));
    }
  return ent_transaction_insert (transaction, row, error);
}

/* What the level grants, as a row, when the year has none yet. Programs without an allocation rule get the approved
 * amount itself: their owner grants by request. */
static gboolean
post_allocation (EntTransaction  *transaction,
                 EntRecord       *request,
                 gint64           day,
                 GError         **error)
{
  EntFundReader reader = { .transaction = transaction };
  EntKey program = ent_record_get_ref (request, "program"), partner = ent_record_get_ref (request, "partner");
  const EntValue *approved = ent_record_get_named (request, "approved");
  g_autoptr (GPtrArray) rules = ent_fund_read_lines (&reader, program, "program_rule", error);
  g_autoptr (GPtrArray) balances = NULL;

  if (rules == NULL)
    return FALSE;
  if (ent_fund_find_rule (rules, "Allocation", "allocated_by") == NULL)
    return ent_value_is_null (approved) ||
           ent_fund_post (transaction, "mdf_allocation", program, partner, request, day, approved->integer,
                          approved->currency, ent_record_get_title (request),
                          _("The fund’s owner grants by request; this is what was approved."), error);
  balances = ent_fund_read_balance (&reader, program, partner, ent_fund_year (day), FALSE, error);
  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);

      if (balance->source == ENT_FUND_ALLOCATED_LEVEL &&
          !ent_fund_allocate (transaction, program, partner, balance->year, 0, NULL, day, error))
        return FALSE;
    }
  return balances != NULL;
}

gboolean
ent_fund_allocate (EntTransaction  *transaction,
                   EntKey           program,
                   EntKey           partner,
                   int              year,
                   gint64           amount,
                   const char      *currency,
                   gint64           today,
                   GError         **error)
{
  EntFundReader reader = { .transaction = transaction };
  g_autoptr (EntRecord) fund = ent_fund_read (&reader, program, error);
  g_autoptr (GPtrArray) balances = NULL;
  g_autofree char *title = NULL;
  const EntFundBalance *granted = NULL;
  /* Rows of another year stand on its first or last day. */
  gint64 day = CLAMP (today, ent_date_from_ymd (year, 1, 1), ent_date_from_ymd (year, 12, 31));

  if (fund == NULL)
    return FALSE;
  title = g_strdup_printf (_("%s, %d"), ent_record_get_title (fund), year);
  if (amount != 0)
    return ent_fund_post (transaction, "mdf_allocation", program, partner, NULL, day, amount, currency, title,
                          _("Allocated by hand."), error);
  balances = ent_fund_read_balance (&reader, program, partner, year, FALSE, error);
  for (guint i = 0; balances != NULL && i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);

      if (balance->source == ENT_FUND_ALLOCATED_LEVEL)
        granted = balance;
    }
  if (granted != NULL)
    return ent_fund_post (transaction, "mdf_allocation", program, partner, NULL, day, granted->allocated,
                          granted->currency, title, _("What the partner’s level grants a year."), error);
  if (balances != NULL)
    g_set_error_literal (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED,
                         _("The level of the partner grants nothing here, or this year’s allocation is posted already; "
                           "name the amount to allocate more."));
  return FALSE;
}

/* --- Asking ------------------------------------------------------------------------------------------------------ */

/* The total cost of which the fund's share is @amount, rounded up, so that the share covers it. */
static gint64
cost_for (gint64 amount,
          gint64 match_pct)
{
  __int128 cost = match_pct > 0 ? ((__int128) amount * 1000000 + match_pct - 1) / match_pct : 0;

  return cost > 0 && cost < G_MAXINT64 ? (gint64) cost : 0;
}

static void
put_program_terms (EntRecord        *request,
                   EntRecord        *program,
                   GPtrArray        *rules,
                   const EntFundAsk *ask)
{
  EntRecord *kind = ent_fund_find_rule (rules, "Request", "kind");
  gint64 match = ent_record_get_int (program, "match_pct", 1000000);
  gint64 cost = ask->cost != 0 ? ask->cost : cost_for (ask->amount, match);
  gint64 submit_by = ask->submit_by != 0 ? ask->submit_by : ent_record_get_int (program, "deadline", 0);

  put_text (request, "kind", kind != NULL ? ent_record_get_text (kind, "threshold_text") : "other");
  put_int (request, "match_pct", match);
  if (cost != 0)
    put_money (request, "total_cost", cost, ask->currency);
  put_nonzero (request, "submit_by", submit_by);
}

EntKey
ent_fund_ask (EntTransaction    *transaction,
              const EntFundAsk  *ask,
              GError           **error)
{
  EntFundReader reader = { .transaction = transaction };
  EntSchema *schema = ent_transaction_get_schema (transaction);
  g_autoptr (EntFundFacts) facts = ent_fund_facts_read (&reader, ask->program, ask->partner, 0, error);
  g_autoptr (EntRecord) request = ent_record_new (ent_schema_lookup (schema, "funding"));
  g_autofree char *title = NULL, *label = NULL;

  if (facts == NULL)
    return 0;
  title = ask->title != NULL ? g_strdup (ask->title)
                             : g_strdup_printf (_("%s: %s"), ent_record_get_title (facts->program),
                                                ent_record_get_title (facts->partner));
  put_text (request, "title", title);
  put_int (request, "program", ask->program);
  put_int (request, "partner", ask->partner);
  put_money (request, "requested", ask->amount, ask->currency);
  put_program_terms (request, facts->program, facts->rules, ask);
  put_text (request, "desired_outcome", ask->outcome);
  put_nonzero (request, "campaign", ask->campaign);
  put_nonzero (request, "deal", ask->deal);
  put_nonzero (request, "requested_by", ask->by);
  put_nonzero (request, "activity_start", ask->start);
  put_nonzero (request, "activity_end", ask->end);
  if (!ent_transaction_insert (transaction, request, error))
    return 0;
  label = g_strdup_printf (_("Request funds: %s"), title);
  ent_transaction_set_label (transaction, label);
  return ent_record_get_key (request);
}

/* --- Moving ------------------------------------------------------------------------------------------------------ */

/* An amount that this state sets: the given one, else the one it follows from. */
static void
put_amount (EntRecord         *request,
            const EntFundMove *move,
            const char        *name,
            const char        *follows)
{
  const EntValue *before = ent_record_get_named (request, follows);
  const EntValue *same = ent_record_get_named (request, name);
  const char *currency = ent_value_is_null (before) ? same->currency : before->currency;

  if (move->has_amount)
    put_money (request, name, move->amount, *currency != '\0' ? currency : "USD");
  else if (ent_value_is_null (same) && !ent_value_is_null (before))
    ent_record_set (request, field_index (request, name), before);
}

static void
add_proofs (EntRecord         *request,
            const EntFundMove *move)
{
  const EntValue *have = ent_record_get_named (request, "proofs");
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (move->n_proofs == 0)
    return;
  if (have->kind == ENT_VALUE_KEYS)
    g_array_append_vals (keys, have->keys, (guint) have->integer);
  for (gsize i = 0; i < move->n_proofs; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < keys->len; j++)
        known |= g_array_index (keys, EntKey, j) == move->proofs[i];
      if (!known)
        g_array_append_val (keys, move->proofs[i]);
    }
  ent_value_set_keys (&value, (const EntKey *) (gpointer) keys->data, keys->len);
  ent_record_take (request, field_index (request, "proofs"), &value);
}

static void
add_note (EntRecord  *request,
          const char *note)
{
  const char *old = ent_record_get_text (request, "note");
  g_autofree char *joined = old != NULL && note != NULL ? g_strdup_printf ("%s\n\n%s", old, note) : g_strdup (note);

  put_text (request, "note", joined);
}

/* The day to claim by follows from the end of the activity, as the program's line says. */
static gboolean
put_claim_by (EntTransaction  *transaction,
              EntRecord       *request,
              GError         **error)
{
  EntFundReader reader = { .transaction = transaction };
  gint64 end = ent_record_get_int (request, "activity_end", G_MININT64);
  g_autoptr (GPtrArray) rules = NULL;
  gint64 days;

  if (end == G_MININT64 || !ent_value_is_null (ent_record_get_named (request, "claim_by")))
    return TRUE;
  rules = ent_fund_read_lines (&reader, ent_record_get_ref (request, "program"), "program_rule", error);
  if (rules == NULL)
    return FALSE;
  days = ent_fund_rule_days (rules, "claim_days", -1);
  if (days >= 0)
    put_int (request, "claim_by", end + days);
  return TRUE;
}

/* What belongs to a state, besides its rows of the ledger. */
static gboolean
put_state (EntTransaction     *transaction,
           EntRecord          *request,
           const EntFundMove  *move,
           GError            **error)
{
  const char *state = move->state;

  put_text (request, "state", state);
  put_nonzero (request, "extended_to", move->extended_to);
  put_text (request, "exception", move->exception);
  add_note (request, move->note);
  add_proofs (request, move);
  if (g_str_equal (state, "submitted"))
    put_int (request, "submitted_at", move->now);
  else if (g_str_equal (state, "approved") || g_str_equal (state, "changes_asked") || g_str_equal (state, "rejected"))
    put_int (request, "decided_at", move->now);
  if (g_str_equal (state, "approved"))
    {
      put_nonzero (request, "approved_by", move->by);
      put_amount (request, move, "approved", "requested");
      return put_claim_by (transaction, request, error);
    }
  if (g_str_equal (state, "claimed"))
    {
      put_int (request, "claimed_at", move->now);
      put_amount (request, move, "claimed", "approved");
    }
  else if (g_str_equal (state, "paid"))
    {
      put_int (request, "paid_at", move->now);
      put_amount (request, move, "paid", "claimed");
    }
  return TRUE;
}

static gboolean
post_rows (EntTransaction     *transaction,
           EntRecord          *request,
           const EntFundMove  *move,
           GError            **error)
{
  const EntValue *paid = ent_record_get_named (request, "paid");
  g_autofree char *claimed = ent_fund_money (request, "claimed");
  g_autofree char *explain = NULL;

  if (g_str_equal (move->state, "approved"))
    return post_allocation (transaction, request, ent_fund_day (move->now), error);
  if (!g_str_equal (move->state, "paid") || ent_value_is_null (paid))
    return TRUE;
  explain = g_strdup_printf (_("Pays the claim of %s."), claimed);
  return ent_fund_post (transaction, "mdf_spend", ent_record_get_ref (request, "program"),
                        ent_record_get_ref (request, "partner"), request, ent_fund_day (move->now), paid->integer,
                        paid->currency, ent_record_get_title (request), explain, error);
}

gboolean
ent_fund_move (EntTransaction     *transaction,
               const EntFundMove  *move,
               GError            **error)
{
  g_autoptr (EntRecord) request = ent_transaction_get (transaction, move->request, error);
  g_autofree char *label = NULL;
  const EntField *field;
  const EntChoice *choice;

  if (request == NULL)
    return FALSE;
  field = ent_record_type_lookup (ent_record_get_record_type (request), "state");
  choice = ent_field_lookup_choice (field, move->state);
  if (choice == NULL)
    {
      g_set_error (error, ENT_RULE_ERROR, ENT_RULE_ERROR_REFUSED, _("There is no state “%s”."), move->state);
      return FALSE;
    }
  label = g_strdup_printf (_("%s: %s"), ent_record_get_title (request), ent_choice_get_label (choice));
  ent_transaction_set_label (transaction, label);
  if (!put_state (transaction, request, move, error) || !post_rows (transaction, request, move, error))
    return FALSE;
  return ent_transaction_update (transaction, request, error);
}

/* --- Expiring ----------------------------------------------------------------------------------------------------- */

/* Requests that wait for something whose deadline is over, unless an exception was granted. (transfer full) */
static GArray *
find_expired (EntStore      *store,
              gint64         today,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) requests = ent_lookup_records (store, "funding", "state in (draft, ready, changes_asked, approved, "
                                                       "running)", NULL, cancellable, error);
  GArray *keys;

  if (requests == NULL)
    return NULL;
  keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  for (guint i = 0; i < requests->len; i++)
    {
      EntRecord *request = g_ptr_array_index (requests, i);
      EntKey key = ent_record_get_key (request);
      EntFundDueKind kind;
      gint64 due;

      if (ent_fund_get_deadline (request, &due, &kind) && due < today && ent_record_get_text (request, "exception") == NULL)
        g_array_append_val (keys, key);
    }
  return keys;
}

gboolean
ent_fund_expire (EntTransaction  *transaction,
                 gint64           today,
                 guint           *n_expired,
                 GError         **error)
{
  g_autoptr (GArray) keys = find_expired (ent_transaction_get_store (transaction), today, NULL, error);
  g_autofree char *label = NULL;

  *n_expired = 0;
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (EntRecord) request = ent_transaction_get (transaction, g_array_index (keys, EntKey, i), error);

      if (request == NULL)
        return FALSE;
      put_text (request, "state", "expired");
      if (!ent_transaction_update (transaction, request, error))
        return FALSE;
      ++*n_expired;
    }
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Expire %u funding request", "Expire %u funding requests",
                                        *n_expired), *n_expired);
  ent_transaction_set_label (transaction, label);
  return keys != NULL;
}

typedef struct
{
  gint64 today;
  guint  n;
} Expiry;

static gboolean
expire_cb (EntTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Expiry *expiry = data;

  return ent_fund_expire (transaction, expiry->today, &expiry->n, error);
}

gboolean
ent_fund_expire_due (EntStore      *store,
                     gint64         today,
                     GCancellable  *cancellable,
                     guint         *n_expired,
                     GError       **error)
{
  g_autoptr (GArray) keys = find_expired (store, today, cancellable, error);
  Expiry expiry = { today, 0 };

  if (keys == NULL || (keys->len > 0 && !ent_store_write (store, _("Expire funding requests"), ENT_ORIGIN_RULE, expire_cb,
                                                          &expiry, cancellable, NULL, error)))
    return FALSE;
  *n_expired = expiry.n;
  return TRUE;
}
