/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-attention-private.h"

#include "model/ent-value.h"
#include "rules/ent-due.h"
#include "rules/ent-lookup.h"

/* One pass over what is open, not one query a partner: 10,000 partners are asked about at once. */

#define WHOLE 1000000 /* 100 % in stored units */
#define DAY_MICROS (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

void
ent_attention_facts_free (EntAttentionFacts *self)
{
  g_free (self->title);
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

static gboolean
read_partners (EntAttentionSearch  *self,
               GError             **error)
{
  static const char * const fields[] = { "title", NULL };
  g_autoptr (GPtrArray) records = ent_lookup_records (self->store, "organization", "roles has partner and lifecycle in (active, "
                                                      "at_risk, probation, onboarding)", fields, self->cancellable, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      EntAttentionFacts *facts = g_new0 (EntAttentionFacts, 1);

      facts->partner = ent_record_get_key (record);
      facts->title = g_strdup (ent_record_get_title (record));
      g_hash_table_insert (self->facts, &facts->partner, facts);
    }
  return records != NULL;
}

/* --- Deals ----------------------------------------------------------------------------------------------------------- */

/* The deal's own chance, else that of its stage. */
static gint64
probability_of (GPtrArray *stages,
                EntRecord *deal)
{
  const EntValue *own = ent_record_get_named (deal, "probability_pct"), *usual;
  EntRecord *rule;

  if (own->kind == ENT_VALUE_INT)
    return own->integer;
  rule = ent_lookup_rule (stages, NULL, ent_record_get_text (deal, "stage"));
  usual = rule != NULL ? ent_record_get_named (rule, "threshold_pct") : NULL;
  return usual != NULL && usual->kind == ENT_VALUE_INT ? usual->integer : 0;
}

static void
count_deal (EntAttentionSearch *self,
            EntAttentionFacts  *facts,
            EntRecord          *deal,
            gint64              expected)
{
  gint64 span = ent_lookup_threshold (self->rules, "Urgency", "closing", 0);
  gint64 days = ent_record_get_int (deal, "expected_close", G_MAXINT64);

  if (__builtin_add_overflow (facts->pipeline, expected, &facts->pipeline))
    facts->pipeline = G_MAXINT64;
  facts->n_deals++;
  if (days == G_MAXINT64 || days - self->today > span)
    return;
  days -= self->today;
  /* The nearest day tells most: one that passed long ago is not what is at hand. */
  if (facts->deal == 0 || ABS (days) < ABS (facts->deal_days))
    {
      facts->deal = ent_record_get_key (deal);
      facts->deal_days = days;
    }
}

typedef struct
{
  EntRecord *deal;
  gint64     expected;
} Open;

static gboolean
read_parties (EntAttentionSearch  *self,
              GHashTable          *open,
              GError             **error)
{
  static const char * const fields[] = { "parent", "org", NULL };
  g_autoptr (GPtrArray) records = ent_lookup_records (self->store, "deal_party", "not parent.stage in (won, lost)", fields,
                                                      self->cancellable, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *party = g_ptr_array_index (records, i);
      EntKey deal = ent_record_get_ref (party, "parent"), org = ent_record_get_ref (party, "org");
      EntAttentionFacts *facts = facts_of (self, org);
      Open *one = g_hash_table_lookup (open, &deal);

      if (facts != NULL && one != NULL && ent_record_get_ref (one->deal, "registered_by") != org)
        count_deal (self, facts, one->deal, one->expected);
    }
  return records != NULL;
}

static gboolean
read_deals (EntAttentionSearch  *self,
            GError             **error)
{
  static const char * const fields[] = {
    "amount", "stage", "probability_pct", "expected_close", "registered_by", NULL
  };
  g_autoptr (GPtrArray) stages = ent_lookup_rules (self->store, "rates:stage_probability", error);
  g_autoptr (GPtrArray) deals = NULL;
  g_autoptr (GHashTable) open = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree Open *opens = NULL;
  g_autofree EntKey *keys = NULL;

  if (stages == NULL || (deals = ent_lookup_records (self->store, "deal", "not stage in (won, lost)", fields,
                                                     self->cancellable, error)) == NULL)
    return FALSE;
  opens = g_new0 (Open, deals->len + 1);
  keys = g_new0 (EntKey, deals->len + 1);
  for (guint i = 0; i < deals->len; i++)
    {
      EntRecord *deal = g_ptr_array_index (deals, i);
      EntAttentionFacts *facts = facts_of (self, ent_record_get_ref (deal, "registered_by"));
      gint64 amount = convert (self, ent_record_get_named (deal, "amount"));

      opens[i].deal = deal;
      if (!ent_mul_div (amount, probability_of (stages, deal), WHOLE, &opens[i].expected))
        opens[i].expected = amount;
      keys[i] = ent_record_get_key (deal);
      g_hash_table_insert (open, &keys[i], &opens[i]);
      if (facts != NULL)
        count_deal (self, facts, deal, opens[i].expected);
    }
  return read_parties (self, open, error);
}

/* --- Agreements -------------------------------------------------------------------------------------------------------- */

static gint64
worth_of (EntAttentionSearch *self,
          EntRecord          *agreement,
          EntKey              partner)
{
  const EntValue *value = ent_record_get_named (agreement, "value");
  g_autoptr (EntRecord) record = NULL;

  if (value->kind == ENT_VALUE_MONEY)
    return convert (self, value);
  record = ent_store_get (self->store, partner, NULL);
  return record != NULL ? convert (self, ent_record_get_named (record, "arr")) : 0;
}

static gboolean
read_agreements (EntAttentionSearch  *self,
                 GError             **error)
{
  static const char * const fields[] = { "counterparty", "ends_on", "value", NULL };
  g_autofree char *until = ent_date_write (self->today + ent_lookup_threshold (self->rules, "Urgency", "renewal", 0));
  g_autofree char *where = g_strdup_printf ("status in (signed, active, expiring) and ends_on <= %s", until);
  g_autoptr (GPtrArray) records = ent_lookup_records (self->store, "agreement", where, fields, self->cancellable, error);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      EntAttentionFacts *facts = facts_of (self, ent_record_get_ref (record, "counterparty"));
      gint64 days = ent_record_get_int (record, "ends_on", 0) - self->today;

      if (facts == NULL || (facts->agreement != 0 && facts->agreement_days <= days))
        continue;
      facts->agreement = ent_record_get_key (record);
      facts->agreement_days = days;
      facts->renewal = worth_of (self, record, facts->partner);
    }
  return records != NULL;
}

/* --- Contacts ------------------------------------------------------------------------------------------------------------ */

/* Days since the last contact, from the contacts of the span; who has none in it counts as silent for all of it. */
static gboolean
read_contacts (EntAttentionSearch  *self,
               GError             **error)
{
  static const char * const fields[] = { "at", "orgs", NULL };
  EntRecord *rule = ent_lookup_rule (self->rules, "Urgency", "silence");
  const EntValue *end = rule != NULL ? ent_record_get_named (rule, "threshold_max") : NULL;
  gint64 full = end != NULL && end->kind == ENT_VALUE_INT ? end->integer / 100 : 0;
  g_autofree char *since = ent_date_write (self->today - full), *until = ent_date_write (self->today + 1);
  g_autofree char *where = g_strdup_printf ("kind in (meeting, call, email, message, event, touch, session) and at >= %s and "
                                            "at < %s", since, until);
  g_autoptr (GPtrArray) records = NULL;
  GHashTableIter iter;
  gpointer facts;

  if (rule == NULL)
    return TRUE;
  if ((records = ent_lookup_records (self->store, "activity", where, fields, self->cancellable, error)) == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, NULL, &facts))
    ((EntAttentionFacts *) facts)->silence = full;
  for (guint i = 0; i < records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (records, i);
      const EntValue *orgs = ent_record_get_named (record, "orgs");
      gint64 days = self->today - ent_record_get_int (record, "at", 0) / DAY_MICROS;

      for (gint64 k = 0; orgs->kind == ENT_VALUE_KEYS && k < orgs->integer; k++)
        {
          EntAttentionFacts *one = facts_of (self, orgs->keys[k]);

          if (one != NULL)
            one->silence = MIN (one->silence, MAX (days, 0));
        }
    }
  return TRUE;
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
