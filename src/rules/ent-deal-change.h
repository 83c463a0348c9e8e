/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-deal.h"

G_BEGIN_DECLS

/** Moves a deal to a stage, inside a transaction: closing sets the day, converts or withdraws the registration; opening
 * again takes that back. @loss_reason (nullable): a choice of that field; a deal is lost for a reason. */
gboolean ent_deal_move          (EntTransaction *transaction,
                                 EntKey          deal,
                                 const char     *stage,
                                 const char     *loss_reason,
                                 gint64          today,
                                 GError        **error);
/** What follows from the stage of @deal as it is now; also done when people change the stage in a form. */
gboolean ent_deal_settle_stage  (EntTransaction *transaction,
                                 EntKey          deal,
                                 gint64          today,
                                 GError        **error);

G_END_DECLS
