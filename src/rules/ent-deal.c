/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-private.h"

#include <glib/gi18n-lib.h>

#define ALL_PCT 1000000 /* 100 % */

static void
name_free (gpointer data)
{
  EntDealName *name = data;

  g_free (name->title);
  g_free (name);
}

EntDeals *
ent_deals_load (EntStore      *store,
                gint64         today,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (EntDealPolicy) policy = ent_deal_policy_load (store, cancellable, error);
  g_autoptr (EntDeals) self = NULL;

  if (policy == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (EntDeals);
  self->policy = g_steal_pointer (&policy);
  self->today = today;
  self->schema = ent_store_dup_schema (store);
  self->deals = g_array_new (FALSE, TRUE, sizeof (EntDeal));
  self->by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->claims = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, name_free);
  self->texts = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  if (!ent_deals_read (self, store, cancellable, error))
    return NULL;
  ent_deals_index_claims (self);
  return g_steal_pointer (&self);
}

EntDeals *
ent_deals_ref (EntDeals *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
deals_clear (gpointer data)
{
  EntDeals *self = data;

  ent_deal_policy_unref (self->policy);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->names);
  g_array_unref (self->deals);
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->blocks);
  ent_schema_unref (self->schema);
}

void
ent_deals_unref (EntDeals *self)
{
  g_atomic_rc_box_release_full (self, deals_clear);
}

guint
ent_deals_get_n (const EntDeals *self)
{
  return self->deals->len;
}

const EntDeal *
ent_deals_get_nth (const EntDeals *self,
                   guint           i)
{
  g_return_val_if_fail (i < self->deals->len, NULL);

  return &g_array_index (self->deals, EntDeal, i);
}

const EntDeal *
ent_deals_lookup (const EntDeals *self,
                  EntKey          key)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_key, &key));

  return found != 0 ? &g_array_index (self->deals, EntDeal, found - 1) : NULL;
}

const EntDealPolicy *
ent_deals_get_policy (const EntDeals *self)
{
  return self->policy;
}

gint64
ent_deals_get_today (const EntDeals *self)
{
  return self->today;
}

/* --- Names ----------------------------------------------------------------------------------------------- */

static const EntDealName *
find_name (const EntDeals *self,
           EntKey          key)
{
  return key != 0 ? g_hash_table_lookup (self->names, &key) : NULL;
}

const char *
ent_deals_get_name (const EntDeals *self,
                    EntKey          key)
{
  const EntDealName *name = find_name (self, key);

  return name != NULL && name->title != NULL ? name->title : "";
}

int
ent_deals_get_rank (const EntDeals *self,
                    EntKey          partner)
{
  const EntDealName *name = find_name (self, partner);
  gpointer rank;

  if (name == NULL || !g_hash_table_lookup_extended (self->policy->levels, &name->level, NULL, &rank))
    return G_MAXINT;
  return GPOINTER_TO_INT (rank);
}

const char *
ent_deals_get_level (const EntDeals *self,
                     EntKey          partner)
{
  const EntDealName *name = find_name (self, partner);

  return name != NULL && name->level != 0 ? ent_deals_get_name (self, name->level) : NULL;
}

gboolean
ent_deals_is_technology (const EntDeals *self,
                         EntKey          partner)
{
  const EntDealName *name = find_name (self, partner);

  return name != NULL && name->is_technology;
}

char *
ent_deals_dup_label (const EntDeals *self,
                     const EntDeal  *deal)
{
  const EntRecordType *type = ent_schema_lookup_key (self->schema, deal->key);
  g_autofree char *code = ent_record_type_make_code (type, ent_key_row (deal->key));

  /* Translators: the short code of a deal and its name. */
  return g_strdup_printf (_("%s (%s)"), code, deal->title);
}

/* --- One deal ---------------------------------------------------------------------------------------------- */

gboolean
ent_deal_is_open (const EntDeal *self)
{
  return g_strcmp0 (self->stage, "won") != 0 && g_strcmp0 (self->stage, "lost") != 0;
}

gboolean
ent_deal_has_partner (const EntDeal *self,
                      EntKey         partner)
{
  if (partner == 0)
    return self->n_parties > 0 || self->registered_by != 0;
  if (self->registered_by == partner)
    return TRUE;
  for (guint i = 0; i < self->n_parties; i++)
    if (self->parties[i].org == partner)
      return TRUE;
  return FALSE;
}

gint64
ent_deal_get_probability (const EntDeal       *self,
                          const EntDealPolicy *policy)
{
  if (g_strcmp0 (self->stage, "won") == 0)
    return ALL_PCT;
  if (g_strcmp0 (self->stage, "lost") == 0)
    return 0;
  return self->estimate >= 0 ? self->estimate : ent_deal_policy_get_probability (policy, self->stage);
}

gboolean
ent_deal_get_expected (const EntDeal       *self,
                       const EntDealPolicy *policy,
                       const char          *currency,
                       gint64              *expected)
{
  gint64 pct = ent_deal_get_probability (self, policy), weighted;

  return self->has_amount && pct >= 0 && ent_mul_div (self->amount, pct, ALL_PCT, &weighted) &&
         ent_deal_policy_convert (policy, weighted, self->currency, currency, expected);
}

void
ent_deal_read_value (EntDeal   *self,
                     EntRecord *record)
{
  const EntValue *amount = ent_record_get_named (record, "amount");

  self->key = ent_record_get_key (record);
  self->stage = g_intern_string (ent_record_get_text (record, "stage"));
  self->has_amount = amount->kind == ENT_VALUE_MONEY;
  self->amount = self->has_amount ? amount->integer : 0;
  self->currency = self->has_amount ? g_intern_string (amount->currency) : NULL;
  self->estimate = ent_record_get_int (record, "probability_pct", -1);
  self->opened_on = ent_record_get_int (record, "opened_on", ENT_DAY_NONE);
  self->expected_close = ent_record_get_int (record, "expected_close", ENT_DAY_NONE);
  self->closed_on = ent_record_get_int (record, "closed_on", ENT_DAY_NONE);
  self->registered_by = ent_record_get_ref (record, "registered_by");
}

gint64
ent_deal_get_idle_days (const EntDeal *self,
                        gint64         today)
{
  return self->active_on == ENT_DAY_NONE ? -1 : MAX (0, today - self->active_on);
}
