/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "onboarding",     N_("Onboarding"), ENT_TONE_ACCENT },
  { "enablement",     N_("Enablement") },
  { "qbr",            N_("Quarterly business review"), ENT_TONE_ACCENT },
  { "abr",            N_("Annual business review") },
  { "joint_business", N_("Joint business plan") },
  { "account",        N_("Account plan") },
  { "mutual_action",  N_("Mutual action plan") },
  { "campaign",       N_("Campaign plan") },
  { "strategy",       N_("Strategy") },
  { "business_case",  N_("Business case") },
  { "roadmap",        N_("Roadmap") },
  { "engagement",     N_("Engagement") },
  { "expansion",      N_("Expansion") },
  { "innovation",     N_("Innovation") },
  { "alignment",      N_("Alignment") },
  { "exit",           N_("Exit") },
  { "remediation",    N_("Remediation") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "draft",    N_("Draft"), ENT_TONE_MUTED },
  { "active",   N_("Active"), ENT_TONE_ACCENT },
  { "sent",     N_("Sent") },
  { "held",     N_("Held") },
  { "signed",   N_("Signed off"), ENT_TONE_GOOD },
  { "done",     N_("Done"), ENT_TONE_GOOD },
  { "canceled", N_("Canceled"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Title"), .width = 30,
    .aliases = "name|plan|plan name" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "joint_business", .width = 18,
    .aliases = "type|plan type" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "draft", .merge = ENT_MERGE_ASK,
    .width = 10,
    .aliases = "state" },
  { .name = "for", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("For"), .target = "*", .width = 24,
    .help = N_("The partner, deal, or person the plan is for."),
    .aliases = "partner|company|account|deal|organization|person" },
  { .name = "period_start", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Starts"), .merge = ENT_MERGE_ASK,
    .merge_group = "period", .width = 12,
    .aliases = "start|start date|from|period start" },
  { .name = "period_end", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Ends"), .merge = ENT_MERGE_ASK, .merge_group = "period", .width = 12,
    .aliases = "end|end date|to|until|period end|go-live" },
  { .name = "template", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Template"), .target = "*",
    .help = N_("The checklist or document it was made from.") },
  { .name = "summary", .type = ENT_FIELD_MARKDOWN, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Summary"),
    .aliases = "description|objective|goals" },

  { .name = "meeting_at", .type = ENT_FIELD_DATETIME,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Meeting"), .group = N_("Review"),
    .kinds = "qbr|abr|joint_business|engagement", .merge = ENT_MERGE_ASK,
    .help = N_("The pre-read is due 72 hours before."),
    .aliases = "meeting|meeting date|review date" },
  { .name = "participants", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Participants"), .target = "person", .group = N_("Review"),
    .kinds = "qbr|abr|joint_business|engagement", .merge = ENT_MERGE_UNION,
    .aliases = "attendees" },
  { .name = "sent_at", .type = ENT_FIELD_DATETIME, .label = N_("Pre-read sent"),
    .group = N_("Review"), .kinds = "qbr|abr|joint_business|engagement" },
  { .name = "frozen_at", .type = ENT_FIELD_DATETIME, .label = N_("Numbers frozen"),
    .group = N_("Review"), .kinds = "qbr|abr|joint_business|engagement", .merge = ENT_MERGE_ASK,
    .merge_group = "snapshot" },
  { .name = "snapshot", .type = ENT_FIELD_JSON, .label = N_("Frozen numbers"),
    .group = N_("Review"), .kinds = "qbr|abr|joint_business|engagement", .merge = ENT_MERGE_ASK,
    .merge_group = "snapshot" },

  { .name = "signed_off_by", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Signed off by"), .target = "person", .group = N_("Closing"),
    .merge = ENT_MERGE_UNION,
    .aliases = "approved by|signed by" },
  { .name = "signed_off_at", .type = ENT_FIELD_DATETIME, .label = N_("Signed off"),
    .group = N_("Closing"), .merge = ENT_MERGE_ASK },
  { .name = "done_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Completed"), .group = N_("Closing"), .merge = ENT_MERGE_ASK,
    .aliases = "completed|go-live date|completion date" },
  { .name = "lessons", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Lessons learned"), .group = N_("Closing"),
    .aliases = "lessons|retrospective|lessons learned" },
  { NULL },
};

const EntRecordTypeInfo ent_type_plan =
{
  .name         = "plan",
  .number       = 9,
  .prefix       = "PLN",
  .label        = N_("Plan"),
  .label_plural = N_("Plans"),
  .help         = N_("A dated plan with one partner, customer, or for ourselves: onboarding, "
                     "review, business plan, roadmap."),
  .icon_name    = "ent-plan-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
