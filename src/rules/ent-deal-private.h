/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-deal.h"

G_BEGIN_DECLS

/* What is known of an organization, person, offering. */
typedef struct
{
  char    *title;
  EntKey   level;
  gboolean is_technology;
} EntDealName;

struct _EntDeals
{
  EntDealPolicy *policy;
  gint64         today;
  EntSchema     *schema;
  GArray        *deals;   /* of EntDeal */
  GHashTable    *by_key;  /* EntKey * (in `deals`) → index + 1 */
  GHashTable    *claims;  /* account (EntKey * in `deals`) → GPtrArray of its active claims */
  GHashTable    *names;   /* EntKey * → EntDealName */
  GStringChunk  *texts;
  GPtrArray     *blocks;  /* arrays that deals point into */
};

/* --- ent-deal-conflicts.c --- */

void     ent_deals_index_claims (EntDeals *self);

/* --- ent-deal-load.c --- */

gboolean ent_deals_read (EntDeals      *self,
                         EntStore      *store,
                         GCancellable  *cancellable,
                         GError       **error);

G_END_DECLS
