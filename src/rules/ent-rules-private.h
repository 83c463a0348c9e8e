/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Inside src/rules/: what adds guards to a workspace, see ent_rules_attach(). */

void ent_deals_attach     (EntStore *store);
void ent_lifecycle_attach (EntStore *store);
void ent_fund_attach      (EntStore *store);
void ent_campaign_attach  (EntStore *store);
void ent_review_attach (EntStore *store);
void ent_onboard_attach   (EntStore *store);

G_END_DECLS
