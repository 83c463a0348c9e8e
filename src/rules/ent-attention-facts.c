/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-attention-private.h"

#include "model/ent-value.h"
#include "rules/ent-deal.h"
#include "rules/ent-due.h"
#include "rules/ent-lookup.h"

/* One pass over what is open, not one query a partner: 10,000 partners are asked about at once. */

#define DAY_MICROS (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

void
ent_attention_facts_free (EntAttentionFacts *self)
{
  ent_value_clear (&self->revenue);
  g_free (self);
}

static EntAttentionFacts *
facts_of (EntAttentionSearch *self,
          EntKey              partner)
{
  return partner != 0 ? g_hash_table_lookup (self->facts, &partner) : NULL;
}

static gint64
convert (EntAttentionSearch *self,
         const EntValue     *amount)
{
  gint64 result;

  if (amount->kind != ENT_VALUE_MONEY)
    return 0;
  if (ent_exchange_rates_convert (self->rates, amount->integer, amount->currency,
                                  ent_exchange_rates_get_reporting (self->rates), &result))
    return result;
  self->n_unrated++;
  return 0;
}

static void
take_partner (EntRecord *record,
              gpointer   user_data)
{
  EntAttentionSearch *self = user_data;
  EntAttentionFacts *facts = g_new0 (EntAttentionFacts, 1);

  facts->partner = ent_record_get_key (record);
  ent_value_copy (ent_record_get_named (record, "arr"), &facts->revenue);
  g_hash_table_insert (self->facts, &facts->partner, facts);
}

static gboolean
read_partners (EntAttentionSearch  *self,
               GError             **error)
{
  static const char * const fields[] = { "arr", NULL };

  return ent_lookup_scan (self->store, "organization", "roles has partner and lifecycle in (active, at_risk, probation, "
                          "onboarding)", fields, take_partner, self, self->cancellable, error);
}

/* --- Deals ----------------------------------------------------------------------------------------------------------- */

static void
count_deal (EntAttentionSearch *self,
            EntAttentionFacts  *facts,
            const EntDeal      *deal,
            gint64              expected)
{
  gint64 span = self->terms.closing_span, days;

  if (__builtin_add_overflow (facts->pipeline, expected, &facts->pipeline))
    facts->pipeline = G_MAXINT64;
  facts->n_deals++;
  if (deal->expected_close == ENT_DAY_NONE || deal->expected_close - self->today > span)
    return;
  days = deal->expected_close - self->today;
  /* The nearest day tells most: one that passed long ago is not what is at hand. */
  if (facts->deal == 0 || ABS (days) < ABS (facts->deal_days))
    {
      facts->deal = deal->key;
      facts->deal_days = days;
    }
}

typedef struct
{
  EntDeal deal;
  gint64  expected;
} Open;

/* The forecast's own figure; what it does not know counts for nothing, what has no rate is told. */
static gint64
weigh_deal (EntAttentionSearch *self,
            const EntDeal      *deal)
{
  gint64 expected = 0;

  if (!deal->has_amount || ent_deal_get_probability (deal, self->policy) < 0)
    return 0;
  if (ent_deal_get_expected (deal, self->policy, self->policy->currency, &expected))
    return expected;
  self->n_unrated++;
  return 0;
}

typedef struct
{
  EntAttentionSearch *search;
  GHashTable         *open; /* EntKey * → Open */
} DealPass;

static void
take_deal (EntRecord *record,
           gpointer   user_data)
{
  DealPass *pass = user_data;
  Open *one = g_new0 (Open, 1);
  EntAttentionFacts *facts;

  ent_deal_read_value (&one->deal, record);
  one->expected = weigh_deal (pass->search, &one->deal);
  g_hash_table_insert (pass->open, &one->deal.key, one);
  if ((facts = facts_of (pass->search, one->deal.registered_by)) != NULL)
    count_deal (pass->search, facts, &one->deal, one->expected);
}

static void
take_party (EntRecord *party,
            gpointer   user_data)
{
  const DealPass *pass = user_data;
  EntKey deal = ent_record_get_ref (party, "parent"), org = ent_record_get_ref (party, "org");
  EntAttentionFacts *facts = facts_of (pass->search, org);
  const Open *one = g_hash_table_lookup (pass->open, &deal);

  if (facts != NULL && one != NULL && one->deal.registered_by != org)
    count_deal (pass->search, facts, &one->deal, one->expected);
}

static gboolean
read_deals (EntAttentionSearch  *self,
            GError             **error)
{
  static const char * const fields[] = {
    "amount", "stage", "probability_pct", "expected_close", "registered_by", NULL
  };
  static const char * const party_fields[] = { "parent", "org", NULL };
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  DealPass pass = { self, open };

  return ent_lookup_scan (self->store, "deal", "not stage in (won, lost)", fields, take_deal, &pass, self->cancellable, error) &&
         ent_lookup_scan (self->store, "deal_party", "not parent.stage in (won, lost)", party_fields, take_party, &pass,
                          self->cancellable, error);
}

/* --- Agreements -------------------------------------------------------------------------------------------------------- */

static void
take_agreement (EntRecord *record,
                gpointer   user_data)
{
  EntAttentionSearch *self = user_data;
  EntAttentionFacts *facts = facts_of (self, ent_record_get_ref (record, "counterparty"));
  const EntValue *value = ent_record_get_named (record, "value");
  gint64 days = ent_record_get_int (record, "ends_on", 0) - self->today;

  if (facts == NULL || (facts->agreement != 0 && facts->agreement_days <= days))
    return;
  facts->agreement = ent_record_get_key (record);
  facts->agreement_days = days;
  facts->renewal = convert (self, value->kind == ENT_VALUE_MONEY ? value : &facts->revenue);
}

static gboolean
read_agreements (EntAttentionSearch  *self,
                 GError             **error)
{
  static const char * const fields[] = { "counterparty", "ends_on", "value", NULL };
  g_autofree char *until = ent_date_write (self->today + self->terms.renewal_span);
  g_autofree char *where = g_strdup_printf ("status in (signed, active, expiring) and ends_on <= %s", until);

  return ent_lookup_scan (self->store, "agreement", where, fields, take_agreement, self, self->cancellable, error);
}

/* --- Contacts ------------------------------------------------------------------------------------------------------------ */

static void
take_contact (EntRecord *record,
              gpointer   user_data)
{
  EntAttentionSearch *self = user_data;
  const EntValue *orgs = ent_record_get_named (record, "orgs");
  gint64 days = self->today - ent_record_get_int (record, "at", 0) / DAY_MICROS;

  for (gint64 k = 0; orgs->kind == ENT_VALUE_KEYS && k < orgs->integer; k++)
    {
      EntAttentionFacts *one = facts_of (self, orgs->keys[k]);

      if (one != NULL)
        one->silence = MIN (one->silence, MAX (days, 0));
    }
}

/* Days since the last contact, from the contacts of the span; who has none in it counts as silent for all of it. */
static gboolean
read_contacts (EntAttentionSearch  *self,
               GError             **error)
{
  static const char * const fields[] = { "at", "orgs", NULL };
  gint64 full = self->terms.silence_full;
  g_autofree char *since = ent_date_write (self->today - full), *until = ent_date_write (self->today + 1);
  g_autofree char *where = g_strdup_printf ("kind in (meeting, call, email, message, event, touch, session) and at >= %s and "
                                            "at < %s", since, until);
  GHashTableIter iter;
  gpointer facts;

  if (ent_lookup_rule (self->rules, "Urgency", "silence") == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, NULL, &facts))
    ((EntAttentionFacts *) facts)->silence = full;
  return ent_lookup_scan (self->store, "activity", where, fields, take_contact, self, self->cancellable, error);
}

static void
read_due (EntAttentionSearch *self,
          GPtrArray          *due)
{
  for (guint i = 0; i < due->len; i++)
    {
      EntDue *item = g_ptr_array_index (due, i);
      EntAttentionFacts *facts = item->group == ENT_DUE_OVERDUE ? facts_of (self, item->partner) : NULL;

      if (facts == NULL)
        continue;
      if (facts->n_overdue++ == 0)
        facts->overdue = item->open;
    }
}

gboolean
ent_attention_gather (EntAttentionSearch  *self,
                      GPtrArray           *due,
                      GError             **error)
{
  if (!read_partners (self, error) || !read_deals (self, error) || !read_agreements (self, error) ||
      !read_contacts (self, error))
    return FALSE;
  read_due (self, due);
  return TRUE;
}
