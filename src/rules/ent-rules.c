/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-rules.h"

#include "rules/ent-rules-private.h"

typedef struct
{
  EntKey subject;
} EntRuleErrorPrivate;

static void
ent_rule_error_private_init (EntRuleErrorPrivate *private)
{
  private->subject = 0;
}

static void
ent_rule_error_private_copy (const EntRuleErrorPrivate *from,
                             EntRuleErrorPrivate       *to)
{
  to->subject = from->subject;
}

static void
ent_rule_error_private_clear (EntRuleErrorPrivate *private)
{
}

G_DEFINE_EXTENDED_ERROR (EntRuleError, ent_rule_error)

void
ent_rule_error_set (GError         **error,
                    EntRuleErrorCode code,
                    EntKey           subject,
                    const char      *format,
                    ...)
{
  va_list args;
  GError *made;

  va_start (args, format);
  made = g_error_new_valist (ENT_RULE_ERROR, code, format, args);
  va_end (args);
  ent_rule_error_get_private (made)->subject = subject;
  g_propagate_error (error, made);
}

EntKey
ent_rule_error_get_subject (const GError *error)
{
  return error->domain == ENT_RULE_ERROR ? ent_rule_error_get_private (error)->subject : 0;
}

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
  ent_onboard_attach (store);
}
