/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice kinds[] =
{
  { "partner_program", N_("Partner program"), ENT_TONE_ACCENT },
  { "level",           N_("Level"), ENT_TONE_ACCENT },
  { "benefit",         N_("Benefit") },
  { "requirement",     N_("Requirement") },
  { "partner_type",    N_("Partner type") },
  { "rate_card",       N_("Rate card") },
  { "fund_program",    N_("Fund program") },
  { "competency",      N_("Competency") },
  { "kpi",             N_("Indicator") },
  { "goal",            N_("Goal") },
  { "phase",           N_("Program phase") },
  { "rubric",          N_("Rubric") },
  { "checklist",       N_("Checklist") },
  { "ladder",          N_("Ladder") },
  { "sequence",        N_("Sequence") },
  { "alert_rule",      N_("Alert rule") },
  { "formula",         N_("Formula") },
  { "glossary_term",   N_("Glossary term") },
  { "policy",          N_("Policy") },
  { "review_template", N_("Review template") },
  { "ritual",          N_("Ritual") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "draft",   N_("Draft"), ENT_TONE_MUTED },
  { "active",  N_("Active"), ENT_TONE_GOOD },
  { "retired", N_("Retired"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice audiences[] =
{
  { "public",   N_("Public") },
  { "internal", N_("Internal"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice indicator_units[] =
{
  { "money",   N_("Money") },
  { "percent", N_("Percent") },
  { "count",   N_("Count") },
  { "days",    N_("Days") },
  { "hours",   N_("Hours") },
  { "score",   N_("Score") },
  { "ratio",   N_("Ratio") },
  { NULL },
};

static const EntChoice directions[] =
{
  { "up",   N_("Higher is better") },
  { "down", N_("Lower is better") },
  { NULL },
};

static const EntChoice cadences[] =
{
  { "daily",     N_("Daily") },
  { "weekly",    N_("Weekly") },
  { "monthly",   N_("Monthly") },
  { "quarterly", N_("Quarterly") },
  { "yearly",    N_("Yearly") },
  { "event",     N_("On an event") },
  { NULL },
};

static const EntChoice plan_kinds[] =
{
  { "onboarding", N_("Onboarding") },
  { "enablement", N_("Enablement") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 28,
    .aliases = "name|term|definition|indicator|kpi" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .width = 16,
    .aliases = "type|definition type" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "active",
    .merge = ENT_MERGE_ASK, .width = 10 },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Part of"), .target = "program", .width = 20,
    .aliases = "parent|program|belongs to" },
  { .name = "rank", .type = ENT_FIELD_INT, .flags = ENT_FIELD_COLUMN | ENT_FIELD_LISTED,
    .label = N_("Rank"), .max = 10000, .width = 8,
    .help = N_("Order among definitions of the kind; 1 is first or highest."),
    .aliases = "order|sort order|position" },
  { .name = "audience", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Audience"), .choices = audiences, .default_value = "internal",
    .help = N_("Whether partners may read it.") },
  { .name = "summary", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Summary"),
    .help = N_("One line for lists and tooltips."),
    .aliases = "short description|meaning" },
  { .name = "body", .type = ENT_FIELD_MARKDOWN, .flags = ENT_FIELD_SEARCHED, .label = N_("Text"),
    .aliases = "text|description|definition text|content" },

  { .name = "version", .type = ENT_FIELD_TEXT, .label = N_("Version"), .group = N_("Validity") },
  { .name = "effective_from", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Effective from"), .group = N_("Validity"), .merge = ENT_MERGE_ASK,
    .merge_group = "validity",
    .aliases = "valid from|start date|effective date" },
  { .name = "effective_to", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Effective until"), .group = N_("Validity"), .merge = ENT_MERGE_ASK,
    .merge_group = "validity",
    .aliases = "valid until|end date" },

  { .name = "metric", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED, .label = N_("Metric"),
    .group = N_("Indicator"), .kinds = "kpi|goal|formula",
    .help = N_("The short name formulas and rules use."),
    .aliases = "metric code|indicator code" },
  { .name = "formula", .type = ENT_FIELD_LONGTEXT, .label = N_("Formula"),
    .group = N_("Indicator"), .kinds = "kpi|goal|formula",
    .help = N_("How the value is computed, in words or symbols."),
    .aliases = "calculation" },
  { .name = "unit", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Unit"),
    .choices = indicator_units, .group = N_("Indicator"), .kinds = "kpi|goal|formula",
    .aliases = "unit of measure" },
  { .name = "direction", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Direction"), .choices = directions, .default_value = "up",
    .group = N_("Indicator"), .kinds = "kpi|goal|formula",
    .aliases = "better when" },
  { .name = "theme", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Theme"),
    .group = N_("Indicator"), .kinds = "kpi|goal|formula",
    .help = N_("Group of indicators, such as growth or quality."),
    .aliases = "category|group" },

  { .name = "cadence", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Cadence"),
    .choices = cadences, .group = N_("Rhythm"),
    .kinds = "ritual|alert_rule|sequence|checklist|kpi|policy|review_template",
    .aliases = "frequency|how often" },
  { .name = "trigger", .type = ENT_FIELD_TEXT, .label = N_("Trigger"), .group = N_("Rhythm"),
    .kinds = "ritual|alert_rule|sequence|checklist|kpi|policy",
    .help = N_("What starts it when it does not follow the calendar.") },
  { .name = "role", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Responsible role"), .group = N_("Rhythm"),
    .kinds = "ritual|alert_rule|sequence|checklist|kpi|policy",
    .aliases = "owner role|accountable" },

  { .name = "plan_kind", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Makes plans of kind"), .choices = plan_kinds, .group = N_("Template"),
    .kinds = "checklist",
    .help = N_("A checklist with a kind is a template that plans are made from.") },
  { .name = "applies_to_type", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED,
    .label = N_("Partner types"), .choices = ent_partner_type_choices, .group = N_("Template"),
    .kinds = "checklist", .merge = ENT_MERGE_UNION, .help = N_("Empty: all types.") },

  { .name = "sponsor", .type = ENT_FIELD_REF, .label = N_("Fund owner"),
    .target = "organization", .group = N_("Fund"), .kinds = "fund_program",
    .help = N_("Who pays: ourselves or a partner."),
    .aliases = "fund owner|funder" },
  { .name = "budget", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED, .label = N_("Budget"),
    .group = N_("Fund"), .kinds = "fund_program", .merge = ENT_MERGE_ASK,
    .aliases = "total budget|pool" },
  { .name = "cap", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Limit a request"), .group = N_("Fund"), .kinds = "fund_program",
    .merge = ENT_MERGE_ASK,
    .aliases = "maximum|cap per request|max amount" },
  { .name = "match_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Our share"), .max = 1000000, .group = N_("Fund"), .kinds = "fund_program",
    .merge = ENT_MERGE_ASK,
    .help = N_("Share of the cost that the fund pays."),
    .aliases = "match|funding share|reimbursement rate" },
  { .name = "deadline", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Deadline"), .group = N_("Fund"), .kinds = "fund_program",
    .merge = ENT_MERGE_ASK,
    .aliases = "apply by|submit by" },
  { .name = "documents_needed", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY,
    .label = N_("Documents needed"), .group = N_("Fund"), .kinds = "fund_program",
    .merge = ENT_MERGE_UNION,
    .aliases = "required documents|proofs needed" },
  { NULL },
};

const EntRecordTypeInfo ent_type_program =
{
  .name         = "program",
  .number       = 4,
  .prefix       = "PRG",
  .label        = N_("Program definition"),
  .label_plural = N_("Program definitions"),
  .help         = N_("A definition that the partner program works by: a level, benefit, "
                     "requirement, rate, indicator, checklist, or policy."),
  .icon_name    = "ent-program-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
