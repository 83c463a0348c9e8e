/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "nda",               N_("NDA") },
  { "program_agreement", N_("Program agreement"), ENT_TONE_ACCENT },
  { "reseller",          N_("Reseller agreement") },
  { "referral",          N_("Referral agreement") },
  { "publisher",         N_("Publisher agreement") },
  { "oem",               N_("OEM agreement") },
  { "dpa",               N_("Data processing agreement") },
  { "other",             N_("Other"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "draft",       N_("Draft"), ENT_TONE_MUTED },
  { "negotiation", N_("Negotiation") },
  { "signed",      N_("Signed"), ENT_TONE_ACCENT },
  { "active",      N_("Active"), ENT_TONE_GOOD },
  { "expiring",    N_("Expiring"), ENT_TONE_WARNING },
  { "terminated",  N_("Terminated"), ENT_TONE_BAD },
  { "expired",     N_("Expired"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Title"), .width = 30,
    .aliases = "name|agreement|agreement name|contract|contract name|contract title" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "program_agreement", .width = 18,
    .aliases = "type|contract type|agreement type" },
  { .name = "counterparty", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Counterparty"), .target = "organization", .width = 24,
    .aliases = "partner|account|account name|company|party|supplier|customer" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "draft", .merge = ENT_MERGE_ASK,
    .merge_group = "status", .width = 12,
    .aliases = "state|contract status|stage" },

  { .name = "signed_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Signed"), .group = N_("Dates"), .merge = ENT_MERGE_ASK, .merge_group = "dates",
    .aliases = "signature date|signed date|date signed|execution date" },
  { .name = "starts_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Starts"), .group = N_("Dates"), .merge = ENT_MERGE_ASK, .merge_group = "dates",
    .aliases = "start|start date|effective date|contract start date" },
  { .name = "ends_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Ends"), .group = N_("Dates"), .merge = ENT_MERGE_ASK, .merge_group = "dates",
    .width = 12,
    .aliases = "end|end date|expiry date|expiration date|contract end date|expires" },
  { .name = "auto_renew", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Renews automatically"), .group = N_("Dates"), .merge = ENT_MERGE_ASK,
    .merge_group = "renewal",
    .aliases = "auto renewal|auto-renewal|evergreen|auto renew" },
  { .name = "notice_days", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Notice period"), .unit = N_("days"), .max = 3650, .group = N_("Dates"),
    .merge = ENT_MERGE_ASK, .merge_group = "renewal",
    .aliases = "notice|notice period|notice period (days)" },
  { .name = "renewal_reminder_days", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Remind before the end"), .unit = N_("days"), .default_value = "90", .max = 3650,
    .group = N_("Dates"),
    .aliases = "reminder|renewal reminder|owner expiration notice" },

  { .name = "governing_law", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Governing law"), .group = N_("Contract"), .merge = ENT_MERGE_ASK,
    .aliases = "jurisdiction|law" },
  { .name = "signatories", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Signatories"), .target = "person", .group = N_("Contract"),
    .merge = ENT_MERGE_UNION,
    .aliases = "signed by|signers|signatory" },
  { .name = "document", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Document"), .target = "document", .group = N_("Contract"),
    .aliases = "file|contract document" },
  { .name = "value", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Contract value"), .group = N_("Contract"), .merge = ENT_MERGE_ASK,
    .aliases = "amount|total value|contract value|annual value" },
  { .name = "annual_commitment", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Annual commitment"), .group = N_("Contract"), .merge = ENT_MERGE_ASK,
    .help = N_("What the partner commits to invest a year; levels ask for it."),
    .aliases = "commitment|yearly commitment|committed investment|annual fee|membership fee" },
  { .name = "terminated_reason", .type = ENT_FIELD_LONGTEXT, .label = N_("Reason for ending"),
    .group = N_("Contract"),
    .aliases = "termination reason" },

  { .name = "exception_of", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Exception from"), .target = "agreement", .group = N_("Exception"),
    .help = N_("The agreement whose standard terms this one departs from.") },
  { .name = "exception_expires_on", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Exception ends"),
    .group = N_("Exception"), .merge = ENT_MERGE_ASK, .merge_group = "exception",
    .help = N_("An exception must have an end.") },
  { .name = "compensating_control", .type = ENT_FIELD_LONGTEXT,
    .label = N_("Compensating control"), .group = N_("Exception"), .merge = ENT_MERGE_ASK,
    .merge_group = "exception",
    .help = N_("What limits the risk while the exception lasts.") },
  { NULL },
};

const EntRecordTypeInfo ent_type_agreement =
{
  .name         = "agreement",
  .number       = 5,
  .prefix       = "AGR",
  .label        = N_("Agreement"),
  .label_plural = N_("Agreements"),
  .help         = N_("A contract with a partner, its terms, and what both sides owe each other."),
  .icon_name    = "ent-agreement-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
