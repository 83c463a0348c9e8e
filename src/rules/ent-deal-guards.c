/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-rules-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-deal-change.h"
#include "rules/ent-registration-private.h"
#include "rules/ent-rules.h"

/* What people may not do to deals: what a registration needs at each state, dates in the wrong order, losses without a
 * reason. What follows from an allowed change (days, states) is written in the same transaction. */

static const char *
choice_label (const EntField *field,
              const char     *value)
{
  const EntChoice *choice = value != NULL ? ent_field_lookup_choice (field, value) : NULL;

  return choice != NULL ? ent_choice_get_label (choice) : value != NULL ? value : _("none");
}

/* --- States ------------------------------------------------------------------------------------------------ */

static gboolean
refuse_state (EntRecord       *record,
              const EntField  *field,
              const char      *from,
              const char      *to,
              GError         **error)
{
  const char * const *next = ent_registration_get_next (from);
  g_autoptr (GString) ways = g_string_new (NULL);

  for (; *next != NULL; next++)
    g_string_append_printf (ways, "%s%s", ways->len > 0 ? ", " : "", choice_label (field, *next));
  return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                          from == NULL
                            ? _("The registration of %s (%s) cannot become %s; it can become %s.")
                            : _("The registration of %s is %s and cannot become %s; it can become %s."),
                          ent_record_get_title (record), choice_label (field, from), choice_label (field, to),
                          ways->str);
}

gboolean
ent_registration_check_approver (EntTransaction      *transaction,
                                 EntRecord           *record,
                                 const EntDealPolicy *policy,
                                 GError             **error)
{
  EntKey approver = ent_record_get_ref (record, "reopen_approved_by");
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "person");
  const EntField *field = ent_record_type_lookup (type, "seniority");
  g_autoptr (EntRecord) person = NULL;

  if (policy->reopen_seniority == NULL)
    return TRUE;
  if (approver == 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_APPROVAL, ent_record_get_key (record),
                            _("Reopening the registration of %s needs an approval; name who approved it."),
                            ent_record_get_title (record));
  person = ent_transaction_get (transaction, approver, error);
  if (person == NULL)
    return FALSE;
  return ent_deal_policy_may_reopen (policy, ent_record_get_text (person, "seniority")) ||
         ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_APPROVAL, ent_record_get_key (record),
                          _("%s cannot approve a reopening (seniority: %s); it needs at least: %s."),
                          ent_record_get_title (person),
                          choice_label (field, ent_record_get_text (person, "seniority")),
                          choice_label (field, policy->reopen_seniority));
}

/* --- Conflicts ---------------------------------------------------------------------------------------------- */

static gboolean
fill_claim (EntTransaction  *transaction,
            EntRecord       *deal,
            EntClaim        *claim,
            GError         **error)
{
  g_autoptr (EntRecord) partner = ent_transaction_get (transaction, ent_record_get_ref (deal, "registered_by"), error);
  EntKey level = partner != NULL ? ent_record_get_ref (partner, "level") : 0;
  g_autoptr (EntRecord) program = level != 0 ? ent_transaction_get (transaction, level, NULL) : NULL;

  if (partner == NULL)
    return FALSE;
  claim->deal = ent_record_get_key (deal);
  claim->label = g_strdup_printf (_("%s (%s)"), ent_record_get_code (deal), ent_record_get_title (deal));
  claim->partner = g_strdup (ent_record_get_title (partner));
  claim->level = program != NULL ? g_strdup (ent_record_get_title (program)) : NULL;
  claim->rank = program != NULL ? (int) ent_record_get_int (program, "rank", G_MAXINT) : G_MAXINT;
  claim->valid_at = ent_record_get_int (deal, "valid_at", 0);
  claim->registered_at = ent_record_get_int (deal, "registered_at", 0);
  return TRUE;
}

/* Whether the claim keeps others out: submitted ones wait for the decision. */
static gboolean
holds (EntRecord *deal,
       gint64     today)
{
  const char *state = ent_record_get_text (deal, "registration_state");
  const char *stage = ent_record_get_text (deal, "stage");

  return ent_registration_is_claim (state) && !g_str_equal (state, "submitted") && g_strcmp0 (stage, "won") != 0 &&
         g_strcmp0 (stage, "lost") != 0 && ent_record_get_int (deal, "expires_on", G_MAXINT64) >= today &&
         ent_record_get_ref (deal, "registered_by") != 0;
}

static gboolean
refuse_rival (EntTransaction  *transaction,
              EntRecord       *deal,
              EntRecord       *rival,
              GError         **error)
{
  g_auto (EntClaim) own = { 0 };
  g_auto (EntClaim) other = { 0 };
  g_autofree char *reason = NULL;

  if (!fill_claim (transaction, deal, &own, error) || !fill_claim (transaction, rival, &other, error))
    return FALSE;
  if (ent_claim_wins (&own, &other, &reason))
    return ent_rule_refuse (error, ENT_RULE_ERROR_CONFLICT, ent_record_get_key (rival),
                            _("%s holds an active registration for the same account and product: %s. %s End that "
                              "registration first."), other.partner, other.label, reason);
  return ent_rule_refuse (error, ENT_RULE_ERROR_CONFLICT, ent_record_get_key (rival),
                          _("%s holds an active registration for the same account and product: %s. %s Reject this "
                            "one."), other.partner, other.label, reason);
}

static gboolean
check_rivals (EntTransaction  *transaction,
              EntRecord       *deal,
              gint64           today,
              GError         **error)
{
  const EntRecordType *type = ent_record_get_record_type (deal);
  const EntValue *own = ent_record_get_named (deal, "offering");
  g_autoptr (GPtrArray) others = NULL;

  others = ent_transaction_get_referrers (transaction, ent_record_get_ref (deal, "account"),
                                          ent_record_type_lookup (type, "account"), 0, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      EntRecord *other = g_ptr_array_index (others, i);
      const EntValue *theirs = ent_record_get_named (other, "offering");

      if (ent_record_get_key (other) != ent_record_get_key (deal) && holds (other, today) &&
          ent_record_get_ref (other, "registered_by") != ent_record_get_ref (deal, "registered_by") &&
          ent_claims_overlap (own->keys, own->kind == ENT_VALUE_KEYS ? (guint) own->integer : 0, theirs->keys,
                              theirs->kind == ENT_VALUE_KEYS ? (guint) theirs->integer : 0))
        return refuse_rival (transaction, deal, other, error);
    }
  return others != NULL;
}

/* --- A registration goes on ------------------------------------------------------------------------------------ */

static gboolean
check_claim (EntTransaction      *transaction,
             EntRecord           *record,
             const EntDealPolicy *policy,
             const char          *from,
             const char          *to,
             GError             **error)
{
  if (!ent_registration_is_claim (to))
    return TRUE;
  if (ent_record_get_ref (record, "account") == 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_ACCOUNT, ent_record_get_key (record),
                            _("The registration of %s needs an account; name the customer first."),
                            ent_record_get_title (record));
  if (ent_record_get_ref (record, "registered_by") == 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_PARTNER, ent_record_get_key (record),
                            _("The registration of %s needs the partner that claims the deal."),
                            ent_record_get_title (record));
  if (g_strcmp0 (from, "expired") == 0 && !ent_registration_check_approver (transaction, record, policy, error))
    return FALSE;
  if (g_str_equal (to, "renewed") && policy->renewal_needs_proof && ent_record_get_ref (record, "proof") == 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_PROOF, ent_record_get_key (record),
                            _("Renewing the registration of %s needs proof of work; name a document that shows it."),
                            ent_record_get_title (record));
  return TRUE;
}

static gboolean
fill_if_empty (EntTransaction  *transaction,
               EntRecord       *record,
               const char      *field,
               gint64           value,
               GError         **error)
{
  return !ent_value_is_null (ent_record_get_named (record, field)) ||
         ent_rule_set_int (transaction, ent_record_get_key (record), field, value, error);
}

/* When it came to that state, and until when it holds. */
static gboolean
fill_days (EntTransaction      *transaction,
           EntRecord           *record,
           const EntDealPolicy *policy,
           const char          *to,
           gint64               today,
           GError             **error)
{
  gint64 now = g_get_real_time ();
  gboolean valid = ent_registration_is_claim (to) && !g_str_equal (to, "submitted");
  gint64 ends = ent_registration_day (record, today) + policy->registration_days;

  if (g_strcmp0 (to, "expired") == 0)
    return ent_rule_set_text (transaction, ent_record_get_key (record), "reopen_approved_by", NULL, error);
  if (!ent_registration_is_claim (to))
    return TRUE;
  return fill_if_empty (transaction, record, "registered_at", now, error) &&
         (policy->registration_days == 0 || fill_if_empty (transaction, record, "expires_on", ends, error)) &&
         (!valid || fill_if_empty (transaction, record, "valid_at", now, error)) &&
         (!valid || g_str_equal (to, "valid") || fill_if_empty (transaction, record, "approved_at", now, error));
}

static gboolean
check_state_cb (EntTransaction  *transaction,
                EntRecord       *record,
                const EntField  *field,
                const EntValue  *old_value,
                gpointer         user_data,
                GError         **error)
{
  g_autoptr (EntDealPolicy) policy = ent_deal_policy_load_in (transaction, error);
  const char *from = old_value->kind == ENT_VALUE_TEXT ? old_value->text : NULL;
  const char *to = ent_record_get_text (record, field->info.name);
  gint64 today = ent_date_today ();

  if (policy == NULL)
    return FALSE;
  if (!ent_registration_may_follow (from, to))
    return refuse_state (record, field, from, to, error);
  return check_claim (transaction, record, policy, from, to, error) &&
         (!holds (record, today) || check_rivals (transaction, record, today, error)) &&
         fill_days (transaction, record, policy, to, today, error);
}

/* The end of a claim moves by renewal and reopening only. */
static gboolean
check_end_cb (EntTransaction  *transaction,
              EntRecord       *record,
              const EntField  *field,
              const EntValue  *old_value,
              gpointer         user_data,
              GError         **error)
{
  g_autoptr (EntDealPolicy) policy = NULL;

  if (old_value->kind != ENT_VALUE_INT || !ent_registration_is_claim (ent_record_get_text (record, "registration_state")) ||
      ent_record_get_int (record, "expires_on", G_MAXINT64) <= old_value->integer ||
      g_str_equal (ent_record_get_text (record, "registration_state"), "submitted"))
    return TRUE;
  policy = ent_deal_policy_load_in (transaction, error);
  if (policy == NULL)
    return FALSE;
  return !policy->renewal_needs_proof || ent_record_get_ref (record, "proof") != 0 ||
         ent_record_get_ref (record, "reopen_approved_by") != 0 ||
         ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_PROOF, ent_record_get_key (record),
                          _("The registration of %s ends later only when it is renewed; name a document as proof of "
                            "work."), ent_record_get_title (record));
}

/* --- Stage and dates -------------------------------------------------------------------------------------------- */

static gboolean
check_stage_cb (EntTransaction  *transaction,
                EntRecord       *record,
                const EntField  *field,
                const EntValue  *old_value,
                gpointer         user_data,
                GError         **error)
{
  return ent_deal_settle_stage (transaction, ent_record_get_key (record), ent_date_today (), error);
}

static gboolean
check_dates_cb (EntTransaction  *transaction,
                EntRecord       *record,
                const EntField  *field,
                const EntValue  *old_value,
                gpointer         user_data,
                GError         **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const char *ends[] = { "expected_close", "closed_on" };
  gint64 opened = ent_record_get_int (record, "opened_on", G_MININT64);

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      gint64 end = ent_record_get_int (record, ends[i], G_MAXINT64);
      g_autofree char *day = end < opened ? ent_date_display (end, ENT_DISPLAY_FULL) : NULL;
      g_autofree char *start = end < opened ? ent_date_display (opened, ENT_DISPLAY_FULL) : NULL;

      if (end < opened)
        return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                                _("%s of %s would be %s, before it was opened on %s; correct one of the two days."),
                                ent_field_get_label (ent_record_type_lookup (type, ends[i])),
                                ent_record_get_title (record), day, start);
    }
  return TRUE;
}

void
ent_deals_attach (EntStore *store)
{
  ent_store_add_guard (store, "deal", "stage", check_stage_cb, NULL, NULL);
  ent_store_add_guard (store, "deal", "registration_state", check_state_cb, NULL, NULL);
  ent_store_add_guard (store, "deal", "expires_on", check_end_cb, NULL, NULL);
  ent_store_add_guard (store, "deal", "opened_on", check_dates_cb, NULL, NULL);
  ent_store_add_guard (store, "deal", "expected_close", check_dates_cb, NULL, NULL);
  ent_store_add_guard (store, "deal", "closed_on", check_dates_cb, NULL, NULL);
}
