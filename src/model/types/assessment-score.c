/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice marks[] =
{
  { "high",   N_("High"), ENT_TONE_GOOD },
  { "medium", N_("Medium") },
  { "low",    N_("Low"), ENT_TONE_WARNING },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Assessment"), .target = "assessment" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "section", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Section") },
  { .name = "criterion", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED, .label = N_("Criterion"),
    .aliases = "question|name|item" },
  { .name = "metric", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED, .label = N_("Metric") },
  { .name = "value", .type = ENT_FIELD_SCORE, .flags = ENT_FIELD_LISTED, .label = N_("Score"),
    .max = 500, .merge = ENT_MERGE_ASK, .merge_group = "score",
    .help = N_("0 is the lowest, 5 is the best."),
    .aliases = "score|points|rating" },
  { .name = "weight", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Weight"), .max = 1000000, .merge = ENT_MERGE_ASK, .merge_group = "score" },
  { .name = "mark", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Mark"),
    .choices = marks, .merge = ENT_MERGE_ASK, .merge_group = "score" },
  { .name = "evidence", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Evidence"),
    .aliases = "comment|proof|answer" },
  { .name = "must_have", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Must have"),
    .aliases = "mandatory|required" },
  { .name = "gap_action", .type = ENT_FIELD_TEXT, .label = N_("Action"),
    .help = N_("What closes the gap."),
    .aliases = "action|gap" },
  { NULL },
};

const EntRecordTypeInfo ent_type_assessment_score =
{
  .name         = "assessment_score",
  .number       = 26,
  .prefix       = "SCR",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "assessment",
  .label        = N_("Score"),
  .label_plural = N_("Scores"),
  .help         = N_("The score of one criterion, with its evidence."),
  .fields       = fields,
};
