/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice operators[] =
{
  { "at_least",   N_("At least") },
  { "more_than",  N_("More than") },
  { "at_most",    N_("At most") },
  { "less_than",  N_("Less than") },
  { "equals",     N_("Equals") },
  { "not_equals", N_("Differs from") },
  { "one_of",     N_("One of") },
  { "is_set",     N_("Is set") },
  { NULL },
};

static const EntChoice units[] =
{
  { "count",     N_("Count") },
  { "money",     N_("Money") },
  { "percent",   N_("Percent") },
  { "hours",     N_("Hours") },
  { "days",      N_("Days") },
  { "minutes",   N_("Minutes") },
  { "months",    N_("Months") },
  { "points",    N_("Points") },
  { "multiple",  N_("Multiple") },
  { "unlimited", N_("Unlimited") },
  { "text",      N_("Text") },
  { NULL },
};

static const EntChoice item_types[] =
{
  { "task",         N_("Task") },
  { "milestone",    N_("Milestone") },
  { "gate",         N_("Gate") },
  { "question",     N_("Question") },
  { "criterion",    N_("Criterion") },
  { "disqualifier", N_("Disqualifier") },
  { "step",         N_("Step") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Definition"), .target = "program" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "section", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Section"),
    .help = N_("Heading that groups the lines."),
    .aliases = "group|phase|block" },
  { .name = "text", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Text"),
    .help = N_("What the line says, in words."),
    .aliases = "item|criterion|description|rule" },
  { .name = "metric", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED, .label = N_("Metric"),
    .help = N_("The short name of the number that is compared."),
    .aliases = "metric code|field" },

  { .name = "operator", .type = ENT_FIELD_ENUM, .label = N_("Operator"), .choices = operators,
    .default_value = "at_least", .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold" },
  { .name = "unit", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Unit"),
    .choices = units, .default_value = "text", .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold",
    .help = N_("Which of the thresholds below counts.") },
  { .name = "threshold", .type = ENT_FIELD_SCORE, .flags = ENT_FIELD_LISTED,
    .label = N_("Threshold"), .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold",
    .help = N_("A number, with two decimals at most."),
    .aliases = "value|target|minimum" },
  { .name = "threshold_max", .type = ENT_FIELD_SCORE, .label = N_("Up to"),
    .group = N_("Condition"), .merge = ENT_MERGE_ASK, .merge_group = "threshold",
    .help = N_("The upper end when the line is a range."),
    .aliases = "maximum|to" },
  { .name = "threshold_amount", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Amount"), .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold",
    .aliases = "amount" },
  { .name = "threshold_amount_max", .type = ENT_FIELD_MONEY, .label = N_("Amount up to"),
    .group = N_("Condition"), .merge = ENT_MERGE_ASK, .merge_group = "threshold",
    .help = N_("The upper end when the line is a range of money.") },
  { .name = "threshold_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Percentage"), .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold",
    .aliases = "percent|rate" },
  { .name = "threshold_pct_max", .type = ENT_FIELD_PERCENT, .label = N_("Percentage up to"),
    .group = N_("Condition"), .merge = ENT_MERGE_ASK, .merge_group = "threshold",
    .help = N_("The upper end when the line is a range of percentages.") },
  { .name = "threshold_text", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Value in words"), .group = N_("Condition"), .merge = ENT_MERGE_ASK,
    .merge_group = "threshold" },
  { .name = "window_months", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Within"), .unit = N_("months"), .max = 1200, .group = N_("Condition"),
    .help = N_("How far back the number is counted."),
    .aliases = "window|period" },
  { .name = "cap", .type = ENT_FIELD_MONEY, .label = N_("Limit"), .group = N_("Condition"),
    .merge = ENT_MERGE_ASK, .merge_group = "threshold" },
  { .name = "mandatory", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Mandatory"), .default_value = "true", .group = N_("Condition"),
    .aliases = "required|must have" },
  { .name = "weight", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Weight"), .max = 1000000, .group = N_("Condition"),
    .aliases = "weighting" },

  { .name = "applies_to_type", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED, .label = N_("Partner types"),
    .choices = ent_partner_type_choices, .group = N_("Applies To"), .merge = ENT_MERGE_UNION,
    .help = N_("Empty: all types.") },
  { .name = "applies_to_level", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED, .label = N_("Levels"), .target = "program",
    .group = N_("Applies To"), .merge = ENT_MERGE_UNION,
    .help = N_("Empty: all levels.") },

  { .name = "item_type", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Item type"), .choices = item_types, .group = N_("Plan") },
  { .name = "day_from", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("From day"), .unit = N_("days"), .group = N_("Plan"),
    .help = N_("Days after the start."),
    .aliases = "start day|day" },
  { .name = "day_to", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("To day"),
    .unit = N_("days"), .group = N_("Plan"),
    .help = N_("Target, in days after the start."),
    .aliases = "target day|due day" },
  { .name = "role", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Responsible role"), .group = N_("Plan"),
    .aliases = "owner role" },
  { .name = "evidence", .type = ENT_FIELD_TEXT, .label = N_("Evidence"), .group = N_("Plan"),
    .help = N_("What shows that it is done.") },
  { .name = "celebrate", .type = ENT_FIELD_BOOL, .label = N_("Celebrate"), .group = N_("Plan") },
  { NULL },
};

const EntRecordTypeInfo ent_type_program_rule =
{
  .name         = "program_rule",
  .number       = 18,
  .prefix       = "RUL",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "program",
  .label        = N_("Program rule"),
  .label_plural = N_("Program rules"),
  .help         = N_("One line of a definition: a threshold, a rate, a criterion with its "
                     "weight, a step, or a checklist item."),
  .fields       = fields,
};
