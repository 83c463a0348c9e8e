/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-rules.h"

#include "rules/ent-rules-private.h"

G_DEFINE_QUARK (ent-rule-error, ent_rule_error)

void
ent_rules_attach (EntStore *store)
{
  if (ent_store_is_read_only (store))
    return;
  ent_deals_attach (store);
  ent_lifecycle_attach (store);
  ent_fund_attach (store);
  ent_campaign_attach (store);
  ent_review_attach (store);
}
