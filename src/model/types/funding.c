/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "mdf",          N_("Market development funds"), ENT_TONE_ACCENT },
  { "co_marketing", N_("Co-marketing") },
  { "map",          N_("Migration program") },
  { "poa",          N_("Partner opportunity acceleration") },
  { "poc",          N_("Proof of concept") },
  { "sandbox",      N_("Sandbox") },
  { "box",          N_("Business outcomes program") },
  { "credit",       N_("Credits") },
  { "other",        N_("Other"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice states[] =
{
  { "draft",         N_("Draft"), ENT_TONE_MUTED },
  { "ready",         N_("Ready") },
  { "submitted",     N_("Submitted") },
  { "changes_asked", N_("Changes asked"), ENT_TONE_WARNING },
  { "approved",      N_("Approved"), ENT_TONE_ACCENT },
  { "rejected",      N_("Rejected"), ENT_TONE_BAD },
  { "running",       N_("Running"), ENT_TONE_ACCENT },
  { "claimed",       N_("Claimed") },
  { "proof_ok",      N_("Proof accepted"), ENT_TONE_GOOD },
  { "paid",          N_("Paid"), ENT_TONE_GOOD },
  { "expired",       N_("Expired"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice fulfilments[] =
{
  { "cash",        N_("Cash") },
  { "credits",     N_("Credits") },
  { "discount",    N_("Discount") },
  { "access",      N_("Access") },
  { "recognition", N_("Recognition") },
  { "resource",    N_("People or resources") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Title"), .width = 30,
    .aliases = "name|request|fund request|activity|activity name" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Kind"),
    .choices = kinds, .default_value = "mdf",
    .aliases = "type|fund type" },
  { .name = "program", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Fund program"), .target = "program", .width = 20,
    .aliases = "fund|program|budget|allocation" },
  { .name = "partner", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Partner"), .target = "organization", .width = 22,
    .aliases = "partner|channel partner|company|account|account name" },
  { .name = "state", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("State"), .choices = states, .default_value = "draft", .merge = ENT_MERGE_ASK,
    .merge_group = "state", .width = 12,
    .aliases = "status|approval status|request status" },
  { .name = "requested", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN,
    .label = N_("Requested"), .merge = ENT_MERGE_ASK, .merge_group = "amounts", .width = 12,
    .aliases = "amount|requested amount|request amount|amount requested|budget requested" },
  { .name = "approved", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN,
    .label = N_("Approved"), .merge = ENT_MERGE_ASK, .merge_group = "amounts", .width = 12,
    .aliases = "approved amount|amount approved" },
  { .name = "claim_by", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Claim by"), .merge = ENT_MERGE_ASK, .merge_group = "deadlines", .width = 12,
    .aliases = "claim deadline|claim due" },
  { .name = "deal", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Deal"),
    .target = "deal",
    .aliases = "opportunity" },
  { .name = "campaign", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Campaign"), .target = "campaign" },
  { .name = "desired_outcome", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Desired outcome"),
    .aliases = "outcome|expected outcome|justification|description" },

  { .name = "match_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Fund’s share"), .default_value = "50", .max = 1000000, .group = N_("Money"),
    .merge = ENT_MERGE_ASK, .merge_group = "amounts",
    .help = N_("Share of the cost that the fund pays."),
    .aliases = "match|matching|reimbursement rate|share" },
  { .name = "claimed", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Claimed"), .group = N_("Money"), .merge = ENT_MERGE_ASK,
    .merge_group = "amounts",
    .aliases = "claim amount|amount claimed" },
  { .name = "paid", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED, .label = N_("Paid"),
    .group = N_("Money"), .merge = ENT_MERGE_ASK, .merge_group = "amounts",
    .aliases = "amount paid|paid amount|reimbursed" },
  { .name = "fulfilment", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Paid as"), .choices = fulfilments, .default_value = "cash",
    .group = N_("Money"),
    .aliases = "fulfillment|fulfillment type|fulfilment type" },

  { .name = "submit_by", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Submit by"), .group = N_("Deadlines"), .merge = ENT_MERGE_ASK,
    .merge_group = "deadlines",
    .aliases = "submission deadline|submit deadline|due date" },
  { .name = "submitted_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Submitted"), .group = N_("Deadlines"), .merge = ENT_MERGE_ASK,
    .merge_group = "state",
    .aliases = "submitted on|request date|date requested" },
  { .name = "decided_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Decided"), .group = N_("Deadlines"), .merge = ENT_MERGE_ASK,
    .merge_group = "state",
    .aliases = "decision date|approved on|approval date" },
  { .name = "activity_start", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Activity starts"), .group = N_("Deadlines"),
    .aliases = "start date" },
  { .name = "activity_end", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Activity ends"), .group = N_("Deadlines"),
    .aliases = "end date" },

  { .name = "proofs", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Proofs of performance"), .target = "document", .group = N_("Proof"),
    .merge = ENT_MERGE_UNION,
    .aliases = "proof|proofs|evidence" },
  { .name = "approved_by", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Approved by"), .target = "person", .group = N_("Proof"), .merge = ENT_MERGE_ASK,
    .merge_group = "state" },
  { .name = "portal_id", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED,
    .label = N_("Number in the portal"), .group = N_("Proof"),
    .aliases = "benefit application id|claim number|application id" },
  { NULL },
};

const EntRecordTypeInfo ent_type_funding =
{
  .name         = "funding",
  .number       = 12,
  .prefix       = "FND",
  .label        = N_("Funding request"),
  .label_plural = N_("Funding requests"),
  .help         = N_("Money or credits asked from a fund program, from draft to proof and "
                     "payment."),
  .icon_name    = "ent-funding-symbolic",
  .kind_field   = "kind",
  .state_field  = "state",
  .fields       = fields,
};
