/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-review.h"

G_BEGIN_DECLS

/** A review in the list: its plan and the name of its partner. */
#define ENT_TYPE_REVIEW_ITEM (ent_review_item_get_type ())
G_DECLARE_FINAL_TYPE (EntReviewItem, ent_review_item, ENT, REVIEW_ITEM, GObject)

EntReviewItem *ent_review_item_new         (EntRecord  *plan,
                                            const char *partner);
EntRecord     *ent_review_item_get_plan    (EntReviewItem *self);
const char    *ent_review_item_get_partner (EntReviewItem *self);
/** The quarter of the meeting, to group by: "Q4 2026", or "No meeting yet". (transfer full) */
char          *ent_review_item_dup_group   (EntReviewItem *self);

G_END_DECLS
