/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice statuses[] =
{
  { "standard", N_("Standard"), ENT_TONE_GOOD },
  { "fallback", N_("Fallback"), ENT_TONE_ACCENT },
  { "deviates", N_("Deviates"), ENT_TONE_WARNING },
  { "missing",  N_("Missing"), ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Clause"),
    .aliases = "name" },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Agreement"), .target = "agreement" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "clause_ref", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Library clause"), .target = "document",
    .aliases = "library clause" },
  { .name = "fallback_rank", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Fallback"), .max = 20, .merge = ENT_MERGE_ASK, .merge_group = "clause",
    .help = N_("0 is the preferred wording, 1 the first fallback.") },
  { .name = "deviation", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Deviation"), .merge = ENT_MERGE_ASK, .merge_group = "clause",
    .help = N_("What differs from the library wording.") },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Status"),
    .choices = statuses, .default_value = "standard", .merge = ENT_MERGE_ASK,
    .merge_group = "clause" },
  { NULL },
};

const EntRecordTypeInfo ent_type_agreement_clause =
{
  .name         = "agreement_clause",
  .number       = 20,
  .prefix       = "CLS",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "agreement",
  .label        = N_("Clause"),
  .label_plural = N_("Clauses"),
  .help         = N_("A clause of the agreement and how far it departs from the library."),
  .fields       = fields,
};
