/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice roles[] =
{
  { "source",      N_("Source"), ENT_TONE_ACCENT },
  { "influence",   N_("Influence") },
  { "technical",   N_("Technical") },
  { "delivery",    N_("Delivery") },
  { "resell",      N_("Resell") },
  { "marketplace", N_("Marketplace") },
  { "exec",        N_("Executive sponsor") },
  { "referral",    N_("Referral") },
  { NULL },
};

static const EntChoice racis[] =
{
  { "responsible", N_("Responsible") },
  { "accountable", N_("Accountable") },
  { "consulted",   N_("Consulted") },
  { "informed",    N_("Informed") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Deal"), .target = "deal" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "org", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Partner"), .target = "organization",
    .aliases = "partner|organization|company" },
  { .name = "role", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Role"),
    .choices = roles, .default_value = "influence", .merge = ENT_MERGE_ASK,
    .merge_group = "share" },
  { .name = "share_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Share of credit"), .max = 1000000, .merge = ENT_MERGE_ASK,
    .merge_group = "share",
    .aliases = "share|credit|split|credit %" },
  { .name = "since", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Since"), .merge = ENT_MERGE_ASK,
    .aliases = "from|start date|first touch" },
  { .name = "raci", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Responsibility"), .choices = racis,
    .aliases = "RACI" },
  { .name = "confirmed_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Confirmed"), .merge = ENT_MERGE_ASK,
    .help = N_("When the partner agreed to the role.") },
  { .name = "contact", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Contact"),
    .target = "person" },
  { NULL },
};

const EntRecordTypeInfo ent_type_deal_party =
{
  .name         = "deal_party",
  .number       = 22,
  .prefix       = "PTY",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "deal",
  .label        = N_("Deal party"),
  .label_plural = N_("Deal parties"),
  .help         = N_("A partner that takes part in a deal, and how."),
  .fields       = fields,
};
