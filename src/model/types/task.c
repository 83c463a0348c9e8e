/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice statuses[] =
{
  { "open",    N_("Open") },
  { "doing",   N_("In progress"), ENT_TONE_ACCENT },
  { "waiting", N_("Waiting"), ENT_TONE_WARNING },
  { "done",    N_("Done"), ENT_TONE_GOOD },
  { "dropped", N_("Dropped"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice priorities[] =
{
  { "urgent", N_("Urgent"), ENT_TONE_BAD },
  { "high",   N_("High"), ENT_TONE_WARNING },
  { "normal", N_("Normal") },
  { "low",    N_("Low"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice approvals[] =
{
  { "none",    N_("Not needed"), ENT_TONE_MUTED },
  { "needed",  N_("Needed"), ENT_TONE_WARNING },
  { "given",   N_("Given"), ENT_TONE_GOOD },
  { "refused", N_("Refused"), ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN, .label = N_("Task"),
    .width = 36,
    .aliases = "task|subject|name|summary|to do|task name|title" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "open", .merge = ENT_MERGE_ASK,
    .merge_group = "status", .width = 10,
    .aliases = "state|task status" },
  { .name = "due", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Due"), .merge = ENT_MERGE_ASK, .merge_group = "dates", .width = 12,
    .aliases = "due date|deadline|date|due on" },
  { .name = "assignee", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Assigned to"), .target = "person", .width = 16,
    .aliases = "assigned to|assignee|owner|responsible|who" },
  { .name = "about", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("About"), .target = "*", .width = 22,
    .aliases = "related to|regarding|company|account|organization|deal" },
  { .name = "priority", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_COLUMN,
    .label = N_("Priority"), .choices = priorities, .default_value = "normal", .width = 8,
    .aliases = "importance|urgency" },

  { .name = "start", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED, .label = N_("Start"),
    .group = N_("Plan"), .merge = ENT_MERGE_ASK, .merge_group = "dates",
    .aliases = "start date" },
  { .name = "estimate_hours", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Estimate"), .unit = N_("hours"), .max = 10000, .group = N_("Plan"),
    .aliases = "estimate|effort|estimated hours" },
  { .name = "spent_hours", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Spent"), .unit = N_("hours"), .max = 10000, .group = N_("Plan"),
    .aliases = "spent|actual hours|time spent" },
  { .name = "plan_item", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Plan item"), .target = "plan_item", .group = N_("Plan") },
  { .name = "depends_on", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Depends on"), .target = "task", .group = N_("Plan"), .merge = ENT_MERGE_UNION,
    .aliases = "blocked by|dependencies|predecessors" },
  { .name = "recurrence", .type = ENT_FIELD_TEXT, .label = N_("Repeats"), .group = N_("Plan"),
    .help = N_("An iCalendar rule, such as FREQ=MONTHLY."),
    .aliases = "repeat|rrule|recurring" },
  { .name = "rolled_from", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Carried over from"), .target = "task", .group = N_("Plan") },
  { .name = "done_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Done"), .group = N_("Plan"), .merge = ENT_MERGE_ASK, .merge_group = "status",
    .aliases = "completed|completed on|completion date|date completed" },
  { .name = "evidence", .type = ENT_FIELD_REF, .label = N_("Evidence"), .target = "document",
    .group = N_("Plan"),
    .help = N_("The document that shows it is done.") },
  { .name = "celebrate", .type = ENT_FIELD_BOOL, .label = N_("Celebrate"), .group = N_("Plan"),
    .help = N_("A milestone worth a word of thanks.") },

  { .name = "approval", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Approval"), .choices = approvals, .default_value = "none",
    .group = N_("Approval"), .merge = ENT_MERGE_ASK, .merge_group = "approval",
    .aliases = "approval status" },
  { .name = "approver", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Approver"), .target = "person", .group = N_("Approval"), .merge = ENT_MERGE_ASK,
    .merge_group = "approval" },
  { .name = "approved_at", .type = ENT_FIELD_DATETIME, .label = N_("Decided"),
    .group = N_("Approval"), .merge = ENT_MERGE_ASK, .merge_group = "approval" },
  { NULL },
};

const EntRecordTypeInfo ent_type_task =
{
  .name         = "task",
  .number       = 8,
  .prefix       = "T",
  .label        = N_("Task"),
  .label_plural = N_("Tasks"),
  .help         = N_("Something that someone on the team will do."),
  .icon_name    = "ent-task-symbolic",
  .state_field  = "status",
  .fields       = fields,
};
