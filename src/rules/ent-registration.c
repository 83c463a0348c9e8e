/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-registration-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"
#include "store/ent-query.h"

/* --- States ------------------------------------------------------------------------------------------------ */

#define MAX_NEXT 8

static const struct
{
  const char *state; /* NULL: no registration yet */
  const char *next[MAX_NEXT];
} states[] =
{
  { NULL,        { "draft", "submitted", "valid", "approved", "active" } },
  { "draft",     { "submitted", "withdrawn" } },
  { "submitted", { "valid", "approved", "active", "rejected", "withdrawn", "expired", "converted" } },
  { "valid",     { "approved", "active", "rejected", "withdrawn", "expired", "converted" } },
  { "approved",  { "active", "rejected", "withdrawn", "expired", "converted" } },
  { "active",    { "renewed", "withdrawn", "expired", "converted" } },
  { "renewed",   { "withdrawn", "expired", "converted" } },
  { "expired",   { "active" } },
  { "converted", { "active" } },
  { "withdrawn", { "submitted" } },
  { "rejected",  { "submitted" } },
};

const char * const *
ent_registration_get_next (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      return states[i].next;
  return states[0].next;
}

gboolean
ent_registration_may_follow (const char *from,
                             const char *to)
{
  return to != NULL ? g_strv_contains (ent_registration_get_next (from), to) : g_strcmp0 (from, "draft") == 0;
}

gboolean
ent_registration_is_claim (const char *state)
{
  static const char * const claims[] = { "submitted", "valid", "approved", "active", "renewed", NULL };

  return state != NULL && g_strv_contains (claims, state);
}

/* --- Helpers of this folder's rules about deals -------------------------------------------------------------- */

gboolean
ent_rule_refuse (GError    **error,
                 int         code,
                 EntKey      subject,
                 const char *format,
                 ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  ent_rule_error_set (error, (EntRuleErrorCode) code, subject, "%s", message);
  return FALSE;
}

static const EntField *
field_of (EntTransaction *transaction,
          EntKey          key,
          const char     *name)
{
  const EntRecordType *type = ent_schema_lookup_key (ent_transaction_get_schema (transaction), key);

  return type != NULL ? ent_record_type_lookup (type, name) : NULL;
}

gboolean
ent_rule_set_int (EntTransaction *transaction,
                  EntKey          key,
                  const char     *name,
                  gint64          number,
                  GError        **error)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, number);
  return ent_transaction_set (transaction, key, field_of (transaction, key, name), &value, error);
}

gboolean
ent_rule_set_text (EntTransaction *transaction,
                   EntKey          key,
                   const char     *name,
                   const char     *text,
                   GError        **error)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (text != NULL)
    ent_value_set_text (&value, text);
  return ent_transaction_set (transaction, key, field_of (transaction, key, name), &value, error);
}

gint64
ent_registration_day (EntRecord *record,
                      gint64     today)
{
  gint64 at = ent_record_get_int (record, "registered_at", G_MININT64);
  g_autoptr (GDateTime) utc = at != G_MININT64 ? g_date_time_new_from_unix_utc (at / G_TIME_SPAN_SECOND) : NULL;
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  if (local == NULL)
    return today;
  return ent_date_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                            g_date_time_get_day_of_month (local));
}

/* --- Submitting ------------------------------------------------------------------------------------------------- */

static void
put_key (EntRecord  *record,
         const char *name,
         EntKey      key)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (key != 0)
    ent_value_set_int (&value, key);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), name)->index, &value);
}

static void
put_int (EntRecord  *record,
         const char *name,
         gint64      number)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, number);
  ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), name)->index, &value);
}

static char *
make_title (EntTransaction        *transaction,
            const EntRegistration *what,
            GError               **error)
{
  g_autoptr (EntRecord) account = ent_transaction_get (transaction, what->account, error);
  g_autoptr (EntRecord) offering = NULL;

  if (account == NULL)
    return NULL;
  if (what->n_offerings > 0 &&
      (offering = ent_transaction_get (transaction, what->offerings[0], error)) == NULL)
    return NULL;
  if (offering == NULL)
    return g_strdup (ent_record_get_title (account));
  return g_strdup_printf ("%s: %s", ent_record_get_title (account), ent_record_get_title (offering));
}

/* A new deal for the account. (transfer full) */
static EntRecord *
new_deal (EntTransaction        *transaction,
          const EntRegistration *what,
          GError               **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "deal");
  g_autoptr (EntRecord) record = ent_record_new (type);
  g_autofree char *made = what->title == NULL ? make_title (transaction, what, error) : NULL;
  g_auto (EntValue) amount = ENT_VALUE_INIT;

  if (what->title == NULL && made == NULL)
    return NULL;
  put_key (record, "account", what->account);
  put_key (record, "owner", what->owner);
  put_int (record, "opened_on", what->today);
  if (what->expected_close != ENT_DAY_NONE)
    put_int (record, "expected_close", what->expected_close);
  if (what->amount != G_MININT64)
    {
      ent_value_set_money (&amount, what->amount, what->currency);
      ent_record_take (record, ent_record_type_lookup (type, "amount")->index, &amount);
    }
  if (!ent_record_set_text (record, "title", what->title != NULL ? what->title : made, error) ||
      !ent_record_set_text (record, "kind", "registration", error) ||
      !ent_record_set_text (record, "source", "partner", error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
check_free (EntTransaction  *transaction,
            EntRecord       *record,
            GError         **error)
{
  EntKey partner = ent_record_get_ref (record, "registered_by");
  g_autoptr (EntRecord) holder = NULL;

  if (!ent_registration_is_claim (ent_record_get_text (record, "registration_state")))
    return TRUE;
  holder = partner != 0 ? ent_transaction_get (transaction, partner, NULL) : NULL;
  return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                          _("%s is registered already, by %s; withdraw that registration first, or register a deal of "
                            "its own for the account."),
                          ent_record_get_title (record), holder != NULL ? ent_record_get_title (holder) : "—");
}

static gboolean
add_party (EntTransaction  *transaction,
           EntKey           deal,
           EntKey           partner,
           gint64           today,
           GError         **error)
{
  const EntRecordType *type = ent_schema_lookup (ent_transaction_get_schema (transaction), "deal_party");
  g_autoptr (GPtrArray) parties = ent_transaction_get_children (transaction, deal, type, error);
  g_autoptr (EntRecord) record = NULL;

  if (parties == NULL)
    return FALSE;
  for (guint i = 0; i < parties->len; i++)
    if (ent_record_get_ref (g_ptr_array_index (parties, i), "org") == partner)
      return TRUE;
  record = ent_record_new (type);
  put_key (record, "parent", deal);
  put_int (record, "position", parties->len);
  put_key (record, "org", partner);
  put_int (record, "since", today);
  if (parties->len == 0)
    put_int (record, "share_pct", 1000000);
  return ent_record_set_text (record, "role", "source", error) &&
         ent_transaction_insert (transaction, record, error);
}

EntKey
ent_registration_submit (EntTransaction        *transaction,
                         const EntRegistration *what,
                         GError               **error)
{
  g_autoptr (EntDealPolicy) policy = ent_deal_policy_load_in (transaction, error);
  g_autoptr (EntRecord) record = NULL;
  g_auto (EntValue) offerings = ENT_VALUE_INIT;

  if (policy == NULL)
    return 0;
  record = what->deal != 0 ? ent_transaction_get (transaction, what->deal, error)
                           : new_deal (transaction, what, error);
  if (record == NULL || !check_free (transaction, record, error))
    return 0;
  if (what->n_offerings > 0)
    {
      ent_value_set_keys (&offerings, what->offerings, what->n_offerings);
      ent_record_take (record, ent_record_type_lookup (ent_record_get_record_type (record), "offering")->index,
                       &offerings);
    }
  put_key (record, "registered_by", what->partner);
  put_int (record, "registered_at", what->now);
  if (policy->registration_days > 0)
    put_int (record, "expires_on", what->today + policy->registration_days);
  if (!ent_record_set_text (record, "registration_state", "submitted", error) ||
      !(what->deal != 0 ? ent_transaction_update (transaction, record, error)
                        : ent_transaction_insert (transaction, record, error)) ||
      !add_party (transaction, ent_record_get_key (record), what->partner, what->today, error))
    return 0;
  return ent_record_get_key (record);
}

/* --- Renewing, reopening, ending --------------------------------------------------------------------------------- */

static gboolean
check_renewal (const EntDealPolicy *policy,
               EntRecord           *record,
               EntKey               proof,
               gint64               today,
               GError             **error)
{
  const char *state = ent_record_get_text (record, "registration_state");
  gint64 ends = ent_record_get_int (record, "expires_on", G_MAXINT64);
  g_autofree char *day = ends != G_MAXINT64 ? ent_date_display (ends, ENT_DISPLAY_FULL) : NULL;

  if (g_strcmp0 (state, "expired") == 0 || (ent_registration_is_claim (state) && ends < today))
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_APPROVAL, ent_record_get_key (record),
                            _("The registration of %s ended on %s; it can only be reopened, with an approval."),
                            ent_record_get_title (record), day != NULL ? day : "—");
  if (g_strcmp0 (state, "active") != 0 && g_strcmp0 (state, "renewed") != 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                            _("Only an active registration is renewed; that of %s is not active."),
                            ent_record_get_title (record));
  if (policy->renewal_needs_proof && proof == 0)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_PROOF, ent_record_get_key (record),
                            _("Renewing the registration of %s needs proof of work; name a document that shows it."),
                            ent_record_get_title (record));
  if (policy->renewal_needs_proof && ent_record_get_int (record, "renewals", 0) > 0 &&
      proof == ent_record_get_ref (record, "proof"))
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_PROOF, ent_record_get_key (record),
                            _("This proof renewed %s before; name a document about the work since then."),
                            ent_record_get_title (record));
  return TRUE;
}

gboolean
ent_registration_renew (EntTransaction *transaction,
                        EntKey          deal,
                        EntKey          proof,
                        gint64          today,
                        GError        **error)
{
  g_autoptr (EntDealPolicy) policy = ent_deal_policy_load_in (transaction, error);
  g_autoptr (EntRecord) record = policy != NULL ? ent_transaction_get (transaction, deal, error) : NULL;

  if (record == NULL || !check_renewal (policy, record, proof, today, error))
    return FALSE;
  put_key (record, "proof", proof);
  put_int (record, "renewals", ent_record_get_int (record, "renewals", 0) + 1);
  if (policy->registration_days > 0)
    put_int (record, "expires_on", ent_record_get_int (record, "expires_on", today) + policy->registration_days);
  return ent_record_set_text (record, "registration_state", "renewed", error) &&
         ent_transaction_update (transaction, record, error);
}

gboolean
ent_registration_reopen (EntTransaction *transaction,
                         EntKey          deal,
                         EntKey          approver,
                         gint64          today,
                         GError        **error)
{
  g_autoptr (EntDealPolicy) policy = ent_deal_policy_load_in (transaction, error);
  g_autoptr (EntRecord) record = policy != NULL ? ent_transaction_get (transaction, deal, error) : NULL;
  const char *state = record != NULL ? ent_record_get_text (record, "registration_state") : NULL;

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (state, "expired") != 0 &&
      !(ent_registration_is_claim (state) && ent_record_get_int (record, "expires_on", G_MAXINT64) < today))
    return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                            _("Only an expired registration is reopened; that of %s did not expire."),
                            ent_record_get_title (record));
  put_key (record, "reopen_approved_by", approver);
  if (policy->registration_days > 0)
    put_int (record, "expires_on", today + policy->registration_days);
  return ent_record_set_text (record, "registration_state", "active", error) &&
         ent_transaction_update (transaction, record, error) &&
         /* One that was past its day and not marked yet changes no state: ask here too. */
         ent_registration_check_approver (transaction, record, policy, error);
}

gboolean
ent_registration_settle (EntTransaction *transaction,
                         EntKey          loser,
                         const char     *reason,
                         GError        **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, loser, error);
  const char *state = record != NULL ? ent_record_get_text (record, "registration_state") : NULL;
  const char *note = record != NULL ? ent_record_get_text (record, "note") : NULL;
  gboolean rejected = g_strcmp0 (state, "submitted") == 0 || g_strcmp0 (state, "valid") == 0;
  g_autofree char *said = NULL;

  if (record == NULL)
    return FALSE;
  if (!ent_registration_is_claim (state))
    return ent_rule_refuse (error, ENT_RULE_ERROR_REFUSED, ent_record_get_key (record),
                            _("%s has no active registration to end."),
                            ent_record_get_title (record));
  if (reason != NULL)
    {
      said = g_strdup_printf ("%s%s%s %s", note != NULL ? note : "", note != NULL ? "\n\n" : "",
                              rejected ? _("Registration rejected.") : _("Registration withdrawn."), reason);
      if (!ent_record_set_text (record, "note", said, error))
        return FALSE;
    }
  return ent_record_set_text (record, "registration_state", rejected ? "rejected" : "withdrawn", error) &&
         ent_transaction_update (transaction, record, error);
}

/* --- Expiry ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  GArray *keys;
  gint64  today;
  int     n;
} Expiry;

static gboolean
is_over (EntRecord *record,
         gint64     today)
{
  const char *stage = ent_record_get_text (record, "stage");

  return ent_registration_is_claim (ent_record_get_text (record, "registration_state")) &&
         g_strcmp0 (stage, "won") != 0 && g_strcmp0 (stage, "lost") != 0 &&
         ent_record_get_int (record, "expires_on", G_MAXINT64) < today;
}

static gboolean
expire_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Expiry *expiry = user_data;
  g_autofree char *label = NULL;

  for (guint i = 0; i < expiry->keys->len; i++)
    {
      EntKey key = g_array_index (expiry->keys, EntKey, i);
      g_autoptr (EntRecord) record = ent_transaction_get (transaction, key, error);

      if (record == NULL)
        return FALSE;
      if (!is_over (record, expiry->today))
        continue;
      /* The approval that reopened it once does not count again. */
      put_key (record, "reopen_approved_by", 0);
      if (!ent_record_set_text (record, "registration_state", "expired", error) ||
          !ent_transaction_update (transaction, record, error))
        return FALSE;
      expiry->n++;
    }
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Expire %d registration", "Expire %d registrations",
                                        (gulong) expiry->n), expiry->n);
  ent_transaction_set_label (transaction, label);
  return TRUE;
}

/* Deals whose registration may be over. (transfer full) */
static GArray *
find_due (EntStore      *store,
          gint64         today,
          GCancellable  *cancellable,
          GError       **error)
{
  const EntRecordType *type = ent_store_get_record_type (store, "deal");
  g_autofree char *day = ent_date_write (today);
  g_autofree char *text = NULL;
  g_autoptr (EntFilter) filter = NULL;
  g_autoptr (EntResult) result = NULL;
  EntQuery query = { .type = type };
  GArray *keys;

  text = g_strdup_printf ("expires_on < %s and registration_state in (submitted, valid, approved, active, renewed)",
                          day);
  filter = ent_filter_parse (type, text, NULL, error);
  query.filter = filter;
  if (filter == NULL || (result = ent_store_query (store, &query, cancellable, error)) == NULL)
    return NULL;
  keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  for (gsize i = 0; i < ent_result_get_n (result); i++)
    {
      EntKey key = ent_key_make (type->info->number, ent_result_get_rows (result)[i]);

      g_array_append_val (keys, key);
    }
  return keys;
}

gboolean
ent_registration_expire (EntStore      *store,
                         gint64         today,
                         GCancellable  *cancellable,
                         int           *n,
                         GError       **error)
{
  g_autoptr (GArray) keys = find_due (store, today, cancellable, error);
  Expiry expiry = { keys, today, 0 };

  if (keys == NULL ||
      (keys->len > 0 && !ent_store_write (store, _("Expire registrations"), ENT_ORIGIN_RULE, expire_cb, &expiry,
                                          cancellable, NULL, error)))
    return FALSE;
  if (n != NULL)
    *n = expiry.n;
  return TRUE;
}
