/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice kinds[] =
{
  { "meeting",  N_("Meeting"), ENT_TONE_ACCENT },
  { "call",     N_("Call") },
  { "email",    N_("Email") },
  { "message",  N_("Message") },
  { "note",     N_("Note"), ENT_TONE_MUTED },
  { "event",    N_("Event") },
  { "signal",   N_("Signal"), ENT_TONE_WARNING },
  { "touch",    N_("Marketing touch") },
  { "session",  N_("Executive session"), ENT_TONE_ACCENT },
  { "decision", N_("Decision"), ENT_TONE_GOOD },
  { NULL },
};

static const EntChoice directions[] =
{
  { "in",       N_("Incoming") },
  { "out",      N_("Outgoing") },
  { "internal", N_("Internal"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice sentiments[] =
{
  { "positive", N_("Positive"), ENT_TONE_GOOD },
  { "neutral",  N_("Neutral") },
  { "negative", N_("Negative"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice outcomes[] =
{
  { "none",     N_("None"), ENT_TONE_MUTED },
  { "positive", N_("Positive"), ENT_TONE_GOOD },
  { "neutral",  N_("Neutral") },
  { "negative", N_("Negative"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice signal_kinds[] =
{
  { "role_change",   N_("Role change") },
  { "marketplace",   N_("Marketplace activity") },
  { "competitor",    N_("Competitor evaluation") },
  { "communication", N_("Communication") },
  { "event",         N_("Event") },
  { "regulatory",    N_("Regulation") },
  { "technology",    N_("Technology") },
  { "funding",       N_("Funding") },
  { "hiring",        N_("Hiring") },
  { "product",       N_("Product news") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "new",       N_("New"), ENT_TONE_ACCENT },
  { "reviewed",  N_("Reviewed") },
  { "acted",     N_("Acted on"), ENT_TONE_GOOD },
  { "dismissed", N_("Dismissed"), ENT_TONE_MUTED },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN, .label = N_("Subject"),
    .width = 34,
    .aliases = "subject|summary|topic|activity|last activity" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "note", .width = 12,
    .aliases = "type|activity type|task subtype" },
  { .name = "at", .type = ENT_FIELD_DATETIME,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("When"),
    .width = 16,
    .aliases = "date|when|start|start time|activity date|timestamp|time|due date|dtstart" },
  { .name = "ends_at", .type = ENT_FIELD_DATETIME, .label = N_("Ends"),
    .aliases = "end|end time|dtend" },
  { .name = "timezone", .type = ENT_FIELD_TIMEZONE, .label = N_("Time zone"),
    .aliases = "time zone|tzid" },
  { .name = "orgs", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Organizations"),
    .target = "organization", .merge = ENT_MERGE_UNION, .width = 22,
    .aliases = "organization|company|account|account name|companies|related to" },
  { .name = "participants", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("People"),
    .target = "person", .merge = ENT_MERGE_UNION, .width = 22,
    .aliases = "participants|attendees|contact|contacts|name|who|invitees" },
  { .name = "about", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("About"), .target = "*", .merge = ENT_MERGE_UNION,
    .help = N_("The deal, plan, or other record this belongs to."),
    .aliases = "regarding|deal|opportunity|related record" },
  { .name = "body", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Text"),
    .aliases = "body|description|notes|comments|message|content|details" },

  { .name = "snooze_until", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Snoozed until"), .kinds = "decision",
    .help = N_("Until this day, Today leaves out what this is about.") },
  { .name = "direction", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Direction"), .choices = directions, .default_value = "internal",
    .group = N_("Assessment"),
    .aliases = "inbound/outbound" },
  { .name = "outcome", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Outcome"),
    .choices = outcomes, .default_value = "none", .group = N_("Assessment"),
    .aliases = "result|call outcome|call result" },
  { .name = "sentiment", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Sentiment"), .choices = sentiments, .group = N_("Assessment"),
    .help = N_("Set it to overrule what is read from the text."),
    .aliases = "tone" },
  { .name = "next_step", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Next step"), .group = N_("Assessment"),
    .aliases = "next steps|follow-up|next action" },

  { .name = "signal_kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN,
    .label = N_("Kind of signal"), .choices = signal_kinds, .group = N_("Signal"),
    .kinds = "signal|touch",
    .aliases = "signal type" },
  { .name = "strength_1_5", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Strength"), .min = 1, .max = 5, .group = N_("Signal"), .kinds = "signal|touch",
    .help = N_("1 is weak, 5 is strong."),
    .aliases = "strength" },
  { .name = "confidence_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Confidence"), .max = 1000000, .group = N_("Signal"), .kinds = "signal|touch",
    .aliases = "confidence" },
  { .name = "source", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Source"),
    .group = N_("Signal"), .kinds = "signal|touch",
    .help = N_("Where it was heard or read."),
    .aliases = "source|found in|channel" },
  { .name = "evidence", .type = ENT_FIELD_TEXT, .label = N_("Evidence"), .group = N_("Signal"),
    .kinds = "signal|touch",
    .help = N_("A link or quotation."),
    .aliases = "link|url" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Status"), .choices = statuses, .group = N_("Signal"), .kinds = "signal|touch",
    .aliases = "signal status" },

  { .name = "campaign", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Campaign"), .target = "campaign", .group = N_("Marketing"),
    .kinds = "touch|event",
    .aliases = "campaign name" },
  { .name = "spend", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED, .label = N_("Cost"),
    .group = N_("Marketing"), .kinds = "touch|event", .merge = ENT_MERGE_ASK,
    .aliases = "cost|spend|spent" },

  { .name = "brief", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Brief"),
    .target = "document", .group = N_("Session"), .kinds = "session|meeting" },
  { NULL },
};

const EntRecordTypeInfo ent_type_activity =
{
  .name         = "activity",
  .number       = 7,
  .prefix       = "ACT",
  .label        = N_("Activity"),
  .label_plural = N_("Activities"),
  .help         = N_("Something that happened: a meeting, call, message, note, event, signal, or"
                     " decision."),
  .icon_name    = "ent-activity-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
