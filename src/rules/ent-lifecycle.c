/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-rules-private.h"

#include <glib/gi18n-lib.h>

#include "rules/ent-rules.h"

/* No partnership without terms: a partner becomes active only with an agreement in force and a level. */

static gboolean
has_agreement_in_force (EntTransaction *transaction,
                        EntKey          partner,
                        gboolean       *found,
                        GError        **error)
{
  EntSchema *schema = ent_transaction_get_schema (transaction);
  const EntRecordType *type = ent_schema_lookup (schema, "agreement");
  g_autoptr (GPtrArray) agreements = NULL;

  *found = FALSE;
  agreements = ent_transaction_get_referrers (transaction, partner, ent_record_type_lookup (type, "counterparty"), 0,
                                              error);
  for (guint i = 0; agreements != NULL && i < agreements->len; i++)
    {
      const char *status = ent_record_get_text (g_ptr_array_index (agreements, i), "status");
      const char *kind = ent_record_get_text (g_ptr_array_index (agreements, i), "kind");

      /* What only keeps secrets sets no terms. */
      *found |= (g_strcmp0 (status, "active") == 0 || g_strcmp0 (status, "expiring") == 0) && g_strcmp0 (kind, "nda") != 0;
    }
  return agreements != NULL;
}

static gboolean
check_active_cb (EntTransaction  *transaction,
                 EntRecord       *record,
                 const EntField  *field,
                 const EntValue  *old_value,
                 gpointer         user_data,
                 GError         **error)
{
  gboolean has_agreement;

  if (g_strcmp0 (ent_record_get_text (record, field->info.name), "active") != 0)
    return TRUE;
  if (!has_agreement_in_force (transaction, ent_record_get_key (record), &has_agreement, error))
    return FALSE;
  if (!has_agreement)
    ent_rule_error_set (error, ENT_RULE_ERROR_NEEDS_AGREEMENT, ent_record_get_key (record),
                        _("%s cannot become active without an active agreement; add one, or set the status of one to "
                          "Active."),
                        ent_record_get_title (record));
  else if (ent_record_get_ref (record, "level") == 0)
    ent_rule_error_set (error, ENT_RULE_ERROR_NEEDS_LEVEL, ent_record_get_key (record),
                        _("%s cannot become active without a level; choose one first."), ent_record_get_title (record));
  else
    return TRUE;
  return FALSE;
}

void
ent_lifecycle_attach (EntStore *store)
{
  ent_store_add_guard (store, "organization", "lifecycle", check_active_cb, NULL, NULL);
}
