/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice roles[] =
{
  { "economic_buyer",  N_("Economic buyer") },
  { "technical_buyer", N_("Technical buyer") },
  { "user",            N_("User") },
  { "executive",       N_("Executive") },
  { "procurement",     N_("Procurement") },
  { "legal",           N_("Legal") },
  { "security",        N_("Security") },
  { "coach",           N_("Coach") },
  { "other",           N_("Other") },
  { NULL },
};

static const EntChoice stances[] =
{
  { "champion",  N_("Champion"), ENT_TONE_GOOD },
  { "supporter", N_("Supporter"), ENT_TONE_GOOD },
  { "neutral",   N_("Neutral") },
  { "sceptic",   N_("Skeptic"), ENT_TONE_WARNING },
  { "blocker",   N_("Blocker"), ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Deal"), .target = "deal" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "person", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Person"), .target = "person",
    .aliases = "contact" },
  { .name = "role", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN,
    .label = N_("Role"), .choices = roles,
    .aliases = "buying role" },
  { .name = "stance", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Stance"),
    .choices = stances, .default_value = "neutral" },
  { .name = "covered_by", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Covered by"), .target = "person",
    .help = N_("Who of us or of a partner knows the person.") },
  { NULL },
};

const EntRecordTypeInfo ent_type_deal_stakeholder =
{
  .name         = "deal_stakeholder",
  .number       = 23,
  .prefix       = "STK",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "deal",
  .label        = N_("Stakeholder"),
  .label_plural = N_("Stakeholders"),
  .help         = N_("A person at the customer who has a say in the deal."),
  .fields       = fields,
};
