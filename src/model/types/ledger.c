/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "revenue",        N_("Revenue"), ENT_TONE_GOOD },
  { "accrual",        N_("Accrual") },
  { "payout",         N_("Payout"), ENT_TONE_ACCENT },
  { "reversal",       N_("Reversal"), ENT_TONE_WARNING },
  { "cost",           N_("Cost") },
  { "mdf_allocation", N_("MDF allocation") },
  { "mdf_spend",      N_("MDF spend") },
  { "usage",          N_("Usage") },
  { "invoice",        N_("Invoice") },
  { "tax",            N_("Tax") },
  { "adjustment",     N_("Adjustment"), ENT_TONE_WARNING },
  { "refund",         N_("Refund"), ENT_TONE_WARNING },
  { NULL },
};

static const EntChoice models[] =
{
  { "first",      N_("First touch") },
  { "last",       N_("Last touch") },
  { "linear",     N_("Linear") },
  { "position",   N_("Position based") },
  { "time_decay", N_("Time decay") },
  { "role",       N_("By role") },
  { "custom",     N_("Custom") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "accrued",  N_("Accrued") },
  { "approved", N_("Approved"), ENT_TONE_ACCENT },
  { "in_run",   N_("In payout run"), ENT_TONE_ACCENT },
  { "paid",     N_("Paid"), ENT_TONE_GOOD },
  { "held",     N_("Held"), ENT_TONE_WARNING },
  { "reversed", N_("Reversed"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Text"),
    .aliases = "description|memo|text|name|line" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "revenue", .width = 14,
    .aliases = "type|transaction type|entry type" },
  { .name = "date", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Date"),
    .default_value = "today", .merge = ENT_MERGE_ASK, .width = 12,
    .aliases = "posting date|booking date|transaction date|invoice date" },
  { .name = "amount", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_COLUMN,
    .label = N_("Amount"), .merge = ENT_MERGE_ASK, .width = 14,
    .aliases = "value|total|net amount" },
  { .name = "partner", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Partner"), .target = "organization", .width = 22,
    .aliases = "partner|company|vendor|account" },
  { .name = "deal", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Deal"), .target = "deal", .width = 22,
    .aliases = "opportunity|order" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .merge = ENT_MERGE_ASK, .width = 10,
    .aliases = "state|payment status" },
  { .name = "period", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Period"), .width = 10,
    .help = N_("A month (2026-03) or quarter (2026-Q1)."),
    .aliases = "month|accounting period" },

  { .name = "agreement_term", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Payment term"), .target = "agreement_term", .group = N_("Origin") },
  { .name = "campaign", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Campaign"), .target = "campaign", .group = N_("Origin") },
  { .name = "funding", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Funding request"), .target = "funding", .group = N_("Origin") },
  { .name = "program", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Fund program"), .target = "program", .group = N_("Origin"),
    .aliases = "fund|fund program" },
  { .name = "batch", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED,
    .label = N_("Payout run"), .group = N_("Origin"),
    .aliases = "run|payout run|batch number" },
  { .name = "reverses", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Reverses"), .target = "ledger", .group = N_("Origin") },

  { .name = "basis_amount", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Basis"), .group = N_("Calculation"), .merge = ENT_MERGE_ASK,
    .aliases = "base|basis" },
  { .name = "rate_used", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Rate used"), .group = N_("Calculation"), .merge = ENT_MERGE_ASK,
    .aliases = "rate" },
  { .name = "cap_hit", .type = ENT_FIELD_BOOL, .label = N_("Limit reached"),
    .group = N_("Calculation"), .merge = ENT_MERGE_ASK },
  { .name = "explain", .type = ENT_FIELD_LONGTEXT, .label = N_("Explanation"),
    .group = N_("Calculation"),
    .help = N_("How the amount came about, in words."),
    .aliases = "calculation" },
  { .name = "attribution_model", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Attribution model"),
    .choices = models, .group = N_("Calculation"), .merge = ENT_MERGE_ASK },
  { .name = "credit_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Credit"), .max = 1000000, .group = N_("Calculation"), .merge = ENT_MERGE_ASK,
    .help = N_("Shares of all parties of a deal add up to exactly 100 %."),
    .aliases = "share" },
  { NULL },
};

const EntRecordTypeInfo ent_type_ledger =
{
  .name         = "ledger",
  .number       = 13,
  .prefix       = "LGR",
  .flags        = ENT_RECORD_TYPE_APPEND_ONLY,
  .label        = N_("Ledger row"),
  .label_plural = N_("Ledger rows"),
  .help         = N_("Money that was earned, owed, paid, or taken back; corrected by a reversing"
                     " row, never edited."),
  .icon_name    = "ent-ledger-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
