/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "ipp_fit",                N_("Ideal partner fit"), ENT_TONE_ACCENT },
  { "three_c",                N_("3C evaluation") },
  { "four_c",                 N_("4C evaluation") },
  { "tier_rubric",            N_("Level rubric") },
  { "discovery",              N_("Discovery call") },
  { "security_questionnaire", N_("Security questionnaire") },
  { "maturity",               N_("Program maturity") },
  { "si_quality",             N_("Delivery quality") },
  { "collaboration",          N_("Collaboration") },
  { "certification",          N_("Certification") },
  { "survey",                 N_("Survey") },
  { "compliance_check",       N_("Compliance check") },
  { "relevance",              N_("Relevance") },
  { "contract_drift",         N_("Contract drift") },
  { NULL },
};

static const EntChoice results[] =
{
  { "excellent_fit",    N_("Excellent fit"), ENT_TONE_GOOD },
  { "good_potential",   N_("Good potential"), ENT_TONE_ACCENT },
  { "moderate_concern", N_("Moderate concern"), ENT_TONE_WARNING },
  { "poor_fit",         N_("Poor fit"), ENT_TONE_BAD },
  { "pass",             N_("Pass"), ENT_TONE_GOOD },
  { "conditional",      N_("Pass with conditions"), ENT_TONE_WARNING },
  { "fail",             N_("Fail"), ENT_TONE_BAD },
  { "in_progress",      N_("In progress"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Title"), .width = 28,
    .aliases = "name|assessment|certification|course|survey" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "three_c", .width = 18,
    .aliases = "type|assessment type" },
  { .name = "subject", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Subject"),
    .target = "*", .width = 24,
    .help = N_("The partner, person, or offering that is assessed."),
    .aliases = "partner|company|person|account|organization|learner|subject" },
  { .name = "at", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Date"), .default_value = "today", .width = 12,
    .aliases = "date|assessed on|completed|issued|issued on|completion date" },
  { .name = "result", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN | ENT_FIELD_OPEN, .label = N_("Result"),
    .choices = results, .merge = ENT_MERGE_ASK, .width = 14,
    .aliases = "outcome|grade" },
  { .name = "assessor", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Assessor"), .target = "person",
    .aliases = "assessed by|reviewer|owner" },
  { .name = "rubric", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Rubric"),
    .target = "program",
    .aliases = "framework|template" },
  { .name = "expires_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Valid until"), .merge = ENT_MERGE_ASK,
    .aliases = "expires|expiry date|valid until|expiration date" },
  { .name = "hours", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Hours"),
    .unit = N_("hours"), .max = 10000,
    .help = N_("Time it took, or length of the course."),
    .aliases = "duration|training hours" },
  { .name = "narrative", .type = ENT_FIELD_MARKDOWN, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Narrative"),
    .help = N_("Strengths, weaknesses, opportunities, and concerns."),
    .aliases = "comments|notes|summary|verdict" },
  { .name = "responses", .type = ENT_FIELD_JSON, .label = N_("Responses"),
    .help = N_("Answers of a questionnaire.") },
  { NULL },
};

const EntRecordTypeInfo ent_type_assessment =
{
  .name         = "assessment",
  .number       = 10,
  .prefix       = "ASM",
  .label        = N_("Assessment"),
  .label_plural = N_("Assessments"),
  .help         = N_("A judgment of a partner, person, or offering against a rubric or "
                     "questionnaire."),
  .icon_name    = "ent-assessment-symbolic",
  .kind_field   = "kind",
  .state_field  = "result",
  .fields       = fields,
};
