/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice types[] =
{
  { "partner_of",   N_("Partner of"), ENT_TONE_ACCENT },
  { "resells",      N_("Resells"), ENT_TONE_GOOD },
  { "integrates",   N_("Integrates with") },
  { "competes",     N_("Competes with"), ENT_TONE_BAD },
  { "parent",       N_("Parent of"), ENT_TONE_MUTED },
  { "introduces",   N_("Introduced") },
  { "influences",   N_("Influences") },
  { "reports_to",   N_("Reports to") },
  { "knows",        N_("Knows") },
  { "owns_account", N_("Owns the account") },
  { "works_with",   N_("Works with") },
  { "depends_on",   N_("Depends on"), ENT_TONE_WARNING },
  { "about",        N_("About"), ENT_TONE_MUTED },
  { "duplicates",   N_("Duplicates"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "from", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("From"),
    .target = "*", .width = 26,
    .aliases = "src|from node|left|source id" },
  { .name = "type", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN | ENT_FIELD_OPEN,
    .label = N_("Type"), .choices = types, .default_value = "works_with", .merge = ENT_MERGE_ASK,
    .width = 16,
    .aliases = "kind|relation|relationship|relationship type|edge|predicate" },
  { .name = "to", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("To"),
    .target = "*", .width = 26,
    .aliases = "dst|target|destination|to node|right|target id|object" },
  { .name = "strength", .type = ENT_FIELD_INT, .flags = ENT_FIELD_COLUMN,
    .label = N_("Strength"), .max = 100, .width = 10,
    .help = N_("0 is none, 100 is as strong as it gets."),
    .aliases = "weight|score" },
  { .name = "symmetric", .type = ENT_FIELD_BOOL, .label = N_("Works both ways"),
    .aliases = "undirected|mutual|both ways" },

  { .name = "since", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Since"), .group = N_("Validity"), .merge = ENT_MERGE_ASK,
    .merge_group = "validity",
    .aliases = "from date|start|start date|valid from" },
  { .name = "until", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Until"), .group = N_("Validity"), .merge = ENT_MERGE_ASK,
    .merge_group = "validity",
    .aliases = "to date|end|end date|valid until" },

  { .name = "evidence", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = N_("Evidence"),
    .group = N_("Evidence"), .merge = ENT_MERGE_UNION,
    .aliases = "detail|details|proof|url" },
  { .name = "confidence_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Confidence"), .max = 1000000, .group = N_("Evidence"),
    .aliases = "confidence" },
  { .name = "source", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Source"),
    .group = N_("Evidence"),
    .help = N_("Where it was heard or read."),
    .aliases = "data source|provenance" },
  { NULL },
};

const EntRecordTypeInfo ent_type_link =
{
  .name         = "link",
  .number       = 16,
  .prefix       = "LNK",
  .flags        = ENT_RECORD_TYPE_LINK,
  .label        = N_("Link"),
  .label_plural = N_("Links"),
  .help         = N_("A typed connection between any two records: the edges of the ecosystem."),
  .kind_field   = "type",
  .fields       = fields,
};
