/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-metric-private.h"

/* A deal that came from a campaign is one of the qualified leads in the campaign's weekly lines: of each campaign the side
 * counts that tells of more. */

typedef struct
{
  gint64 lines, deals;
} Campaign;

/* The campaign that a lead is of, 0: none. */
static EntKey
find_campaign (EntMetrics *self,
               const Fact *fact,
               gboolean   *is_deal)
{
  const EntKey *from = g_hash_table_lookup (self->came_from, &fact->key);

  *is_deal = from != NULL;
  return from != NULL ? *from : g_hash_table_contains (self->campaigns, &fact->key) ? fact->key : 0;
}

static Campaign *
get_campaign (GHashTable *campaigns,
              EntKey      key)
{
  Campaign *campaign = g_hash_table_lookup (campaigns, &key);

  if (campaign == NULL)
    {
      campaign = g_new0 (Campaign, 1);
      g_hash_table_insert (campaigns, g_memdup2 (&key, sizeof key), campaign);
    }
  return campaign;
}

static void
settle (EntMetrics *self,
        Partner    *partner)
{
  g_autoptr (GHashTable) campaigns = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gboolean is_deal;

  for (guint i = 0; i < partner->facts->len; i++)
    {
      Fact *fact = &g_array_index (partner->facts, Fact, i);
      EntKey key = fact->source == SOURCE_LEAD ? find_campaign (self, fact, &is_deal) : 0;

      fact->is_told = FALSE;
      if (key != 0 && fact->counts && fact->day <= self->today)
        *(is_deal ? &get_campaign (campaigns, key)->deals : &get_campaign (campaigns, key)->lines) += fact->value;
    }
  for (guint i = 0; i < partner->facts->len; i++)
    {
      Fact *fact = &g_array_index (partner->facts, Fact, i);
      EntKey key = fact->source == SOURCE_LEAD ? find_campaign (self, fact, &is_deal) : 0;
      const Campaign *campaign = key != 0 ? g_hash_table_lookup (campaigns, &key) : NULL;

      if (campaign != NULL && campaign->lines > 0 && campaign->deals > 0)
        fact->is_told = is_deal == (campaign->lines >= campaign->deals);
    }
}

void
metrics_settle_leads (EntMetrics *self,
                      GHashTable *partners)
{
  if (g_hash_table_size (self->came_from) == 0)
    return;
  for (guint i = 0; i < self->partners->len; i++)
    {
      Partner *partner = &g_array_index (self->partners, Partner, i);

      if (partners == NULL || g_hash_table_contains (partners, &partner->key))
        settle (self, partner);
    }
}
