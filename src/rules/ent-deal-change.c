/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-deal-change.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-registration-private.h"
#include "rules/ent-rules.h"

static gboolean
settle_closed (EntTransaction  *transaction,
               EntRecord       *record,
               gboolean         won,
               gint64           today,
               GError         **error)
{
  EntKey key = ent_record_get_key (record);

  if (!won && ent_record_get_text (record, "loss_reason") == NULL)
    return ent_rule_refuse (error, ENT_RULE_ERROR_NEEDS_LOSS_REASON, ent_record_get_key (record),
                            _("%s cannot be closed as lost without a reason; choose a loss reason."),
                            ent_record_get_title (record));
  if (ent_value_is_null (ent_record_get_named (record, "closed_on")) &&
      !ent_rule_set_int (transaction, key, "closed_on", today, error))
    return FALSE;
  return !ent_registration_is_claim (ent_record_get_text (record, "registration_state")) ||
         ent_rule_set_text (transaction, key, "registration_state", won ? "converted" : "withdrawn", error);
}

static gboolean
settle_open (EntTransaction  *transaction,
             EntRecord       *record,
             GError         **error)
{
  EntKey key = ent_record_get_key (record);

  if (ent_value_is_null (ent_record_get_named (record, "closed_on")))
    return TRUE;
  if (!ent_rule_set_text (transaction, key, "closed_on", NULL, error) ||
      !ent_rule_set_text (transaction, key, "loss_reason", NULL, error))
    return FALSE;
  return g_strcmp0 (ent_record_get_text (record, "registration_state"), "converted") != 0 ||
         ent_rule_set_text (transaction, key, "registration_state", "active", error);
}

gboolean
ent_deal_settle_stage (EntTransaction *transaction,
                       EntKey          deal,
                       gint64          today,
                       GError        **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, deal, error);
  const char *stage = record != NULL ? ent_record_get_text (record, "stage") : NULL;

  if (record == NULL)
    return FALSE;
  if (g_strcmp0 (stage, "won") == 0 || g_strcmp0 (stage, "lost") == 0)
    return settle_closed (transaction, record, g_str_equal (stage, "won"), today, error);
  return settle_open (transaction, record, error);
}

gboolean
ent_deal_move (EntTransaction *transaction,
               EntKey          deal,
               const char     *stage,
               const char     *loss_reason,
               gint64          today,
               GError        **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (transaction, deal, error);

  if (record == NULL)
    return FALSE;
  if (loss_reason != NULL && g_str_equal (stage, "lost") &&
      !ent_record_set_text (record, "loss_reason", loss_reason, error))
    return FALSE;
  return ent_record_set_text (record, "stage", stage, error) &&
         ent_transaction_update (transaction, record, error) &&
         ent_deal_settle_stage (transaction, deal, today, error);
}
