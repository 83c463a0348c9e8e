/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-deal.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** What is asked. */
typedef enum
{
  ENT_DEAL_DIALOG_REGISTER, /* partner, product; of a new deal also account, amount … */
  ENT_DEAL_DIALOG_RENEW,    /* proof */
  ENT_DEAL_DIALOG_REOPEN,   /* who approved */
  ENT_DEAL_DIALOG_LOSE,     /* the reason */
} EntDealDialogKind;

/**
 * EntDealDialog:
 *
 * Asks what a step of a deal needs, does it, and stays with the rule's sentence when it is refused. Conflicts of a
 * registration are shown while partner, account and product are chosen. Signal `closed` of AdwDialog; `done` says
 * whether the step was taken.
 */
#define ENT_TYPE_DEAL_DIALOG (ent_deal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (EntDealDialog, ent_deal_dialog, ENT, DEAL_DIALOG, AdwDialog)

/** @deal 0: a new one. */
EntDealDialog *ent_deal_dialog_present (GtkWidget         *parent,
                                        EntContext        *context,
                                        EntDeals          *deals,
                                        EntDealDialogKind  kind,
                                        EntKey             deal);
gboolean       ent_deal_dialog_is_done (EntDealDialog *self);

G_END_DECLS
