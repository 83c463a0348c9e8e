/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice parties[] =
{
  { "us",   N_("Ours") },
  { "them", N_("Theirs") },
  { NULL },
};

static const EntChoice control_states[] =
{
  { "met",     N_("Met"), ENT_TONE_GOOD },
  { "partly",  N_("Partly met"), ENT_TONE_WARNING },
  { "unmet",   N_("Not met"), ENT_TONE_BAD },
  { "unknown", N_("Not checked"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Agreement"), .target = "agreement" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "text", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED,
    .label = N_("Duty"), .merge = ENT_MERGE_ASK,
    .aliases = "obligation|duty|description" },
  { .name = "party", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Whose duty"), .choices = parties, .default_value = "them",
    .merge = ENT_MERGE_ASK },
  { .name = "due_rule", .type = ENT_FIELD_TEXT, .label = N_("Due rule"),
    .help = N_("When it is due, such as \"each quarter\" or \"72 hours after an incident\"."),
    .aliases = "frequency" },
  { .name = "due", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Next due"), .merge = ENT_MERGE_ASK,
    .aliases = "due date" },
  { .name = "control", .type = ENT_FIELD_TEXT, .label = N_("Control"),
    .help = N_("The process or system that makes sure it happens.") },
  { .name = "control_state", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("State"), .choices = control_states, .default_value = "unknown",
    .merge = ENT_MERGE_ASK },
  { NULL },
};

const EntRecordTypeInfo ent_type_obligation =
{
  .name         = "obligation",
  .number       = 21,
  .prefix       = "OBL",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "agreement",
  .label        = N_("Obligation"),
  .label_plural = N_("Obligations"),
  .help         = N_("A duty from the agreement and the control that fulfills it."),
  .fields       = fields,
};
