/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-fund-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/ent-rules-private.h"
#include "rules/ent-rules.h"

/* What the rules of a fund program refuse, with the next step. */

/* --- Guards ------------------------------------------------------------------------------------------------------ */

#define refuse(error, code, ...) \
  (ent_rule_error_set (error, code, ent_record_get_key (self->request), __VA_ARGS__), FALSE)

typedef struct
{
  EntFundReader  reader;
  EntRecord     *request;
  EntRecord     *program;
  const char    *title;
} Guarded;

static gboolean
has_money (EntRecord  *record,
           const char *field,
           gint64     *minor)
{
  const EntValue *value = ent_record_get_named (record, field);

  *minor = value->integer;
  return !ent_value_is_null (value);
}

static gboolean
same_currency (EntRecord  *a,
               const char *a_field,
               EntRecord  *b,
               const char *b_field)
{
  return g_str_equal (ent_record_get_named (a, a_field)->currency, ent_record_get_named (b, b_field)->currency);
}

/* No amount may exceed the one it follows from; each refusal says both. */
static gboolean
check_order (Guarded     *self,
             const char  *less,
             const char  *more,
             const char  *format,
             GError     **error)
{
  g_autofree char *a = NULL, *b = NULL;
  gint64 low, high;

  if (!has_money (self->request, less, &low) || !has_money (self->request, more, &high))
    return TRUE;
  if (low <= high && low >= 0 && same_currency (self->request, less, self->request, more))
    return TRUE;
  a = ent_fund_money (self->request, less);
  b = ent_fund_money (self->request, more);
  if (!same_currency (self->request, less, self->request, more))
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("%s and %s of “%s” are in different currencies; use one."), a, b,
                   self->title);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return refuse (error, ENT_RULE_ERROR_REFUSED, format, a, b);
#pragma GCC diagnostic pop
}

static gboolean
check_match (Guarded  *self,
             GError  **error)
{
  gint64 pct = ent_record_get_int (self->request, "match_pct", -1);
  g_autofree char *cost_text = ent_fund_money (self->request, "total_cost");
  g_autofree char *asked_text = ent_fund_money (self->request, "requested");
  g_autofree char *most = NULL;
  gint64 cost, asked, fund, others;

  if (pct < 0 || !has_money (self->request, "total_cost", &cost) || !has_money (self->request, "requested", &asked) ||
      !same_currency (self->request, "total_cost", self->request, "requested"))
    return TRUE;
  ent_fund_match (cost, pct, &fund, &others);
  if (asked <= fund)
    return TRUE;
  most = ent_money_display (fund, ent_record_get_named (self->request, "requested")->currency, ENT_DISPLAY_FULL);
  return refuse (error, ENT_RULE_ERROR_REFUSED,
                 _("The fund pays %s of the total cost of %s: %s at most, and %s is asked for; ask for less or correct "
                   "the total cost."),
                 self->title, cost_text, most, asked_text);
}

static gboolean
check_cap (Guarded     *self,
           const char  *field,
           GError     **error)
{
  gint64 amount, cap;
  g_autofree char *amount_text = NULL, *cap_text = NULL;

  if (!has_money (self->request, field, &amount) || !has_money (self->program, "cap", &cap) ||
      !same_currency (self->request, field, self->program, "cap") || amount <= cap)
    return TRUE;
  amount_text = ent_fund_money (self->request, field);
  cap_text = ent_fund_money (self->program, "cap");
  return refuse (error, ENT_RULE_ERROR_REFUSED,
                 _("%s gives %s at most to a request, and this one is %s; lower the amount or split the activity."),
                 ent_record_get_title (self->program), cap_text, amount_text);
}

static gboolean
check_amounts (Guarded  *self,
               GError  **error)
{
  return check_match (self, error) && check_cap (self, "requested", error) && check_cap (self, "approved", error) &&
         check_order (self, "approved", "total_cost",
                      _("The approved amount, %s, is more than the activity costs, %s; approve less."), error) &&
         check_order (self, "claimed", "approved",
                      _("The claim of %s is more than the approved %s; claim what was approved at most."), error) &&
         check_order (self, "paid", "claimed", _("A payment of %s is more than the claim of %s; pay the claim at most."),
                      error);
}

/* --- Entering a state -------------------------------------------------------------------------------------------- */

static gboolean
enter_ready (Guarded  *self,
             gint64    today,
             GError  **error)
{
  gint64 asked;

  if (ent_record_get_ref (self->request, "partner") == 0)
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” names no partner; choose one first."), self->title);
  if (!has_money (self->request, "requested", &asked) || asked <= 0)
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” asks for no amount; fill in “Requested” first."),
                   self->title);
  return TRUE;
}

static gboolean
enter_submitted (Guarded  *self,
                 gint64    today,
                 GError  **error)
{
  g_autoptr (EntFundFacts) facts = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  gint64 submit_by = ent_record_get_int (self->request, "submit_by", G_MAXINT64);
  gint64 deadline = ent_record_get_int (self->program, "deadline", G_MAXINT64);

  if (ent_record_get_text (self->request, "exception") == NULL && MIN (submit_by, deadline) < today)
    {
      g_autofree char *date = ent_date_display (MIN (submit_by, deadline), ENT_DISPLAY_FULL);

      return refuse (error, ENT_RULE_ERROR_TOO_LATE,
                     _("Requests had to be submitted by %s; set a later “Submit by”, or record the exception that was "
                       "granted."), date);
    }
  facts = ent_fund_facts_read (&self->reader, ent_record_get_key (self->program),
                               ent_record_get_ref (self->request, "partner"), ent_record_get_key (self->request),
                               error);
  if (facts == NULL)
    return FALSE;
  checks = ent_fund_check (facts, today);
  for (guint i = 0; i < checks->len; i++)
    {
      const EntFundCheck *check = g_ptr_array_index (checks, i);

      if (check->mandatory && check->verdict == ENT_FUND_NOT_MET &&
          ent_record_get_text (self->request, "exception") == NULL)
        return refuse (error, ENT_RULE_ERROR_NOT_ELIGIBLE,
                       _("%s asks: “%s”, and found is: %s. Mend that, or record the exception that was granted."),
                       ent_record_get_title (self->program), check->text, check->reason);
    }
  return TRUE;
}

/* The balance already counts this request, so it may not be below nothing. */
static gboolean
check_balance (Guarded  *self,
               gint64    today,
               GError  **error)
{
  EntKey partner = ent_record_get_ref (self->request, "partner");
  g_autoptr (GPtrArray) balances =
    ent_fund_read_balance (&self->reader, ent_record_get_key (self->program), partner,
                           ent_fund_request_year (self->request, today), FALSE, error);
  gboolean counts = FALSE;

  if (balances == NULL)
    return FALSE;
  for (guint i = 0; i < balances->len; i++)
    {
      const EntFundBalance *balance = g_ptr_array_index (balances, i);

      counts |= balance->source != ENT_FUND_ALLOCATED_NOT;
      if (balance->source != ENT_FUND_ALLOCATED_NOT && balance->available < 0)
        {
          g_autofree char *allocated = ent_money_display (balance->allocated, balance->currency, ENT_DISPLAY_FULL);
          g_autofree char *over = ent_money_display (-balance->available, balance->currency, ENT_DISPLAY_FULL);

          return refuse (error, ENT_RULE_ERROR_OVER_BALANCE,
                         _("The partner has %s allocated in %s for %d, and this approval is %s more than is left; "
                           "approve less, or allocate more first."),
                         allocated, ent_record_get_title (self->program), balance->year, over);
        }
    }
  return TRUE;
}

static gboolean
enter_approved (Guarded  *self,
                gint64    today,
                GError  **error)
{
  gint64 approved;

  if (!has_money (self->request, "approved", &approved) || approved <= 0)
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” has no approved amount; fill in “Approved” first."),
                   self->title);
  if (ent_record_get_ref (self->request, "approved_by") == 0)
    return refuse (error, ENT_RULE_ERROR_REFUSED,
                   _("Nobody is named who approved “%s”; fill in “Approved by” first."), self->title);
  return check_balance (self, today, error);
}

static gboolean
enter_claimed (Guarded  *self,
               gint64    today,
               GError  **error)
{
  gint64 claimed_at = ent_record_get_int (self->request, "claimed_at", G_MININT64);
  gint64 day = claimed_at != G_MININT64 ? ent_fund_day (claimed_at) : today;
  gint64 claim_by = ent_record_get_int (self->request, "claim_by", G_MAXINT64);
  gint64 until = claim_by == G_MAXINT64 ? claim_by
                                        : MAX (claim_by, ent_record_get_int (self->request, "extended_to", G_MININT64));
  gint64 claimed;

  if (!has_money (self->request, "claimed", &claimed) || claimed <= 0)
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” claims no amount; fill in “Claimed” first."), self->title);
  if (ent_value_is_null (ent_record_get_named (self->request, "proofs")))
    return refuse (error, ENT_RULE_ERROR_NEEDS_PROOF,
                   _("Proof comes before the claim: attach at least one proof of performance to “%s” first."),
                   self->title);
  if (until < day && ent_record_get_text (self->request, "exception") == NULL)
    {
      g_autofree char *date = ent_date_display (until, ENT_DISPLAY_FULL);

      return refuse (error, ENT_RULE_ERROR_NEEDS_EXTENSION,
                     _("“%s” had to be claimed by %s; record the extension in “Extended until”, or the exception that "
                       "was granted, and claim again."), self->title, date);
    }
  return TRUE;
}

static gboolean
enter_proof_ok (Guarded  *self,
                gint64    today,
                GError  **error)
{
  const EntValue *keys = ent_record_get_named (self->request, "proofs");
  g_autoptr (GPtrArray) proofs = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) missing = NULL;
  g_autofree char *list = NULL;

  for (gint64 i = 0; keys->kind == ENT_VALUE_KEYS && i < keys->integer; i++)
    {
      g_autoptr (GError) local = NULL;
      EntRecord *proof = ent_fund_read (&self->reader, keys->keys[i], &local);

      if (proof != NULL)
        g_ptr_array_add (proofs, proof);
    }
  missing = ent_fund_dup_missing_documents (self->program, proofs);
  if (missing[0] == NULL || ent_record_get_text (self->request, "exception") != NULL)
    return TRUE;
  list = g_strjoinv (", ", missing);
  return refuse (error, ENT_RULE_ERROR_NEEDS_PROOF,
                 _("%s also needs: %s. Attach a proof that has it in its title or tags, or record the exception that "
                   "was granted."), ent_record_get_title (self->program), list);
}

static gboolean
enter_paid (Guarded  *self,
            gint64    today,
            GError  **error)
{
  g_autoptr (GPtrArray) rows = ent_fund_read_referrers (&self->reader, ent_record_get_key (self->request), "ledger",
                                                        "funding", error);
  gint64 paid, posted = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      EntRecord *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (ent_record_get_text (row, "kind"), "mdf_spend") == 0)
        posted += ent_record_get_named (row, "amount")->integer;
    }
  if (!has_money (self->request, "paid", &paid) || paid != posted)
    return refuse (error, ENT_RULE_ERROR_REFUSED,
                   _("A payment is a row of the ledger: pay “%s” by its “Pay” button or “fund move”, which post it."),
                   self->title);
  return TRUE;
}

static gboolean
enter_reopened (Guarded  *self,
                gint64    today,
                GError  **error)
{
  if (ent_record_get_int (self->request, "extended_to", G_MININT64) >= today ||
      ent_record_get_text (self->request, "exception") != NULL)
    return TRUE;
  return refuse (error, ENT_RULE_ERROR_NEEDS_EXTENSION,
                 _("“%s” has expired; record the extension in “Extended until”, or the exception that was granted, to "
                   "reopen it."), self->title);
}

/* --- Moves ------------------------------------------------------------------------------------------------------- */

static char *
dup_state (Guarded    *self,
           const char *state)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (self->request), "state");
  const EntChoice *choice = state != NULL ? ent_field_lookup_choice (field, state) : NULL;

  return g_strdup (choice != NULL ? ent_choice_get_label (choice) : state);
}

/* "Ready, Rejected, Expired" */
static char *
dup_ways (Guarded    *self,
          const char *from)
{
  GString *text = g_string_new (NULL);

  for (const EntFundStep *step = ent_fund_steps; step->from != NULL; step++)
    if (g_strcmp0 (step->from, from) == 0)
      {
        g_autofree char *label = dup_state (self, step->to);

        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
      }
  return g_string_free (text, FALSE);
}

static gboolean
check_step (Guarded     *self,
            const char  *from,
            const char  *to,
            GError     **error)
{
  g_autofree char *a = dup_state (self, from), *b = dup_state (self, to), *ways = dup_ways (self, from);

  if (from == NULL)
    return g_strcmp0 (to, "draft") == 0 || g_strcmp0 (to, "ready") == 0 || to == NULL ||
           refuse (error, ENT_RULE_ERROR_REFUSED,
                   _("A new request starts as a draft; “%s” comes later."), b);
  if (ent_fund_find_step (from, to) != NULL)
    return TRUE;
  if (*ways == '\0')
    return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” is %s, which is final; add a new request instead."),
                   self->title, a);
  return refuse (error, ENT_RULE_ERROR_REFUSED, _("“%s” is %s and cannot become %s; next can be: %s."), self->title, a,
                 b, ways);
}

typedef gboolean (*EnterFunc) (Guarded  *self,
                               gint64    today,
                               GError  **error);

static const struct { const char *state; EnterFunc enter; } entries[] = {
  { "ready", enter_ready },       { "submitted", enter_submitted }, { "approved", enter_approved },
  { "claimed", enter_claimed },   { "proof_ok", enter_proof_ok },   { "paid", enter_paid },
};

static gboolean
check_entry (Guarded     *self,
             const char  *from,
             GError     **error)
{
  const char *to = ent_record_get_text (self->request, "state");
  gint64 stamp = ent_record_get_int (self->request, g_strcmp0 (to, "approved") == 0 ? "decided_at" : "submitted_at",
                                     G_MININT64);
  /* A move is judged as of its own stamp. */
  gint64 today = stamp != G_MININT64 ? ent_fund_day (stamp) : ent_date_today ();

  if (g_strcmp0 (from, "proof_ok") == 0 && g_strcmp0 (to, "claimed") == 0)
    return TRUE; /* back to a claim that was right when it was made */
  if (g_strcmp0 (from, "expired") == 0 && g_strcmp0 (to, "running") == 0)
    return enter_reopened (self, ent_date_today (), error);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (g_strcmp0 (entries[i].state, to) == 0)
      return entries[i].enter (self, today, error);
  return TRUE;
}

static gboolean
check_request_cb (EntTransaction  *transaction,
                  EntRecord       *record,
                  const EntField  *field,
                  const EntValue  *old_value,
                  gpointer         user_data,
                  GError         **error)
{
  g_autoptr (EntRecord) program = NULL;
  g_autoptr (GError) local = NULL;
  Guarded self = { { .transaction = transaction }, record, NULL, ent_record_get_title (record) };
  const char *from = old_value->kind == ENT_VALUE_TEXT ? old_value->text : NULL;

  program = ent_fund_read (&self.reader, ent_record_get_ref (record, "program"), &local);
  self.program = program;
  if (program == NULL)
    {
      ent_rule_error_set (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                          _("The fund program of “%s” is not there any more; choose another one first."), self.title);
      return FALSE;
    }
  if (!g_str_equal (field->info.name, "state"))
    return check_amounts (&self, error);
  if (!check_step (&self, from, ent_record_get_text (record, "state"), error))
    return FALSE;
  return check_amounts (&self, error) && check_entry (&self, from, error);
}

/* What was paid stands in the ledger and does not change by typing. */
static gboolean
check_paid_cb (EntTransaction  *transaction,
               EntRecord       *record,
               const EntField  *field,
               const EntValue  *old_value,
               gpointer         user_data,
               GError         **error)
{
  Guarded self = { { .transaction = transaction }, record, NULL, ent_record_get_title (record) };

  return ent_value_is_null (ent_record_get (record, field->index)) || enter_paid (&self, 0, error);
}

void
ent_fund_attach (EntStore *store)
{
  static const char * const amounts[] = { "requested", "approved", "claimed", "total_cost", "match_pct" };

  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    ent_store_add_guard (store, "funding", amounts[i], check_request_cb, NULL, NULL);
  ent_store_add_guard (store, "funding", "paid", check_paid_cb, NULL, NULL);
  ent_store_add_guard (store, "funding", "state", check_request_cb, NULL, NULL);
}
