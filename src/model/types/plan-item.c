/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice types[] =
{
  { "milestone",  N_("Milestone"), ENT_TONE_ACCENT },
  { "action",     N_("Action") },
  { "question",   N_("Question") },
  { "key_result", N_("Key result") },
  { "risk",       N_("Risk"), ENT_TONE_WARNING },
  { "ask",        N_("Ask") },
  { "text",       N_("Text"), ENT_TONE_MUTED },
  { "metric",     N_("Number") },
  { "decision",   N_("Decision"), ENT_TONE_GOOD },
  { "gate",       N_("Gate"), ENT_TONE_ACCENT },
  { "table",      N_("Table"), ENT_TONE_MUTED },
  { "chart",      N_("Chart"), ENT_TONE_MUTED },
  { "list",       N_("List"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "open",    N_("Open") },
  { "doing",   N_("In progress"), ENT_TONE_ACCENT },
  { "waiting", N_("Waiting"), ENT_TONE_WARNING },
  { "done",    N_("Done"), ENT_TONE_GOOD },
  { "dropped", N_("Dropped"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN, .label = N_("Item"),
    .aliases = "item|name|task|milestone|title" },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Plan"), .target = "plan" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position"),
    .aliases = "order" },
  { .name = "section", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Section"),
    .help = N_("Heading that groups the items."),
    .aliases = "block|group" },
  { .name = "type", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Type"),
    .choices = types, .default_value = "action",
    .aliases = "item type|kind" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "open", .merge = ENT_MERGE_ASK,
    .merge_group = "status",
    .aliases = "state" },
  { .name = "target_day", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Target day"), .unit = N_("days"), .merge = ENT_MERGE_ASK,
    .merge_group = "dates",
    .help = N_("Days after the start of the plan."),
    .aliases = "day|due day" },
  { .name = "due", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Due"), .merge = ENT_MERGE_ASK, .merge_group = "dates",
    .aliases = "due date|deadline|date" },
  { .name = "done_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Done"), .merge = ENT_MERGE_ASK, .merge_group = "status",
    .aliases = "completed|completed on" },
  { .name = "depends_on", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Depends on"), .target = "plan_item", .merge = ENT_MERGE_UNION,
    .aliases = "blocked by|predecessors" },
  { .name = "evidence", .type = ENT_FIELD_REF, .label = N_("Evidence"), .target = "document" },
  { .name = "celebrate", .type = ENT_FIELD_BOOL, .label = N_("Celebrate") },
  { .name = "minutes", .type = ENT_FIELD_DURATION, .label = N_("Time in the meeting"),
    .help = N_("How long the agenda of a review gives it.") },
  { .name = "phase", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Phase"),
    .help = N_("The phase of the plan that the item belongs to.") },
  { .name = "weight", .type = ENT_FIELD_PERCENT, .label = N_("Weight"), .max = 1000000,
    .help = N_("How much the item counts in the progress; without one, as much as 1 %.") },
  { .name = "evidence_wanted", .type = ENT_FIELD_TEXT, .label = N_("Evidence wanted"),
    .help = N_("What shows that it is done.") },
  { .name = "line", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Template line"),
    .target = "program_rule", .help = N_("The line of the template that the item was made from.") },
  { .name = "line_rev", .type = ENT_FIELD_INT, .label = N_("Version of the template line"),
    .help = N_("How often the line had been changed when it was taken over.") },

  { .name = "metric", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED, .label = N_("Metric"),
    .group = N_("Number"),
    .help = N_("The short name of the indicator."),
    .aliases = "metric code|kpi" },
  { .name = "unit", .type = ENT_FIELD_TEXT, .label = N_("Unit"), .group = N_("Number") },
  { .name = "baseline", .type = ENT_FIELD_SCORE, .flags = ENT_FIELD_LISTED,
    .label = N_("Baseline"), .group = N_("Number"), .merge = ENT_MERGE_ASK,
    .merge_group = "number",
    .help = N_("A number, with two decimals at most."),
    .aliases = "start value|base" },
  { .name = "target", .type = ENT_FIELD_SCORE, .flags = ENT_FIELD_LISTED, .label = N_("Target"),
    .group = N_("Number"), .merge = ENT_MERGE_ASK, .merge_group = "number",
    .aliases = "goal|target value" },
  { .name = "actual", .type = ENT_FIELD_SCORE, .flags = ENT_FIELD_LISTED, .label = N_("Actual"),
    .group = N_("Number"), .merge = ENT_MERGE_ASK, .merge_group = "number",
    .aliases = "result|current|actual value" },

  { .name = "answer", .type = ENT_FIELD_MARKDOWN, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Answer"), .group = N_("Answer"),
    .aliases = "response|notes|text" },
  { NULL },
};

const EntRecordTypeInfo ent_type_plan_item =
{
  .name         = "plan_item",
  .number       = 25,
  .prefix       = "PLI",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "plan",
  .label        = N_("Plan item"),
  .label_plural = N_("Plan items"),
  .help         = N_("A milestone, action, question, key result, risk, or text of a plan."),
  .state_field  = "status",
  .fields       = fields,
};
