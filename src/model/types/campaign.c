/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice kinds[] =
{
  { "campaign",      N_("Campaign") },
  { "event",         N_("Event"), ENT_TONE_ACCENT },
  { "listing_promo", N_("Listing promotion") },
  { "content_push",  N_("Content push") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "idea",     N_("Idea"), ENT_TONE_MUTED },
  { "planned",  N_("Planned") },
  { "approved", N_("Approved"), ENT_TONE_ACCENT },
  { "running",  N_("Running"), ENT_TONE_GOOD },
  { "done",     N_("Done") },
  { "killed",   N_("Stopped"), ENT_TONE_BAD },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 30,
    .aliases = "name|campaign|campaign name|event|event name" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "campaign", .width = 14,
    .aliases = "type|campaign type" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "idea", .merge = ENT_MERGE_ASK,
    .width = 10,
    .aliases = "state|campaign status" },
  { .name = "partners", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Partners"),
    .target = "organization", .merge = ENT_MERGE_UNION, .width = 24,
    .aliases = "partner|company|partner name" },
  { .name = "start", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Starts"), .merge = ENT_MERGE_ASK, .merge_group = "dates", .width = 12,
    .aliases = "start|start date|from" },
  { .name = "end", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Ends"), .merge = ENT_MERGE_ASK, .merge_group = "dates", .width = 12,
    .aliases = "end|end date|to|until" },
  { .name = "budget_total", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN,
    .label = N_("Budget"), .merge = ENT_MERGE_ASK, .merge_group = "money", .width = 12,
    .aliases = "budget|total budget|budgeted cost|acquisition cost" },
  { .name = "objective", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Objective"),
    .aliases = "goal|purpose" },
  { .name = "theme", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED | ENT_FIELD_LISTED,
    .label = N_("Theme"),
    .aliases = "topic|message" },
  { .name = "audience", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED | ENT_FIELD_LISTED,
    .label = N_("Audience"),
    .aliases = "target audience|segment|customer segment" },
  { .name = "channels", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Channels"),
    .choices = ent_channel_choices, .merge = ENT_MERGE_UNION,
    .aliases = "channel|channel used|medium" },
  { .name = "place", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED, .label = N_("Place"),
    .help = N_("Where an event takes place."),
    .aliases = "location|venue|city" },

  { .name = "target_pipeline", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Pipeline target"), .group = N_("Targets"), .merge = ENT_MERGE_ASK,
    .merge_group = "targets",
    .aliases = "expected revenue|pipeline goal" },
  { .name = "target_leads", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Lead target"), .max = 100000000, .group = N_("Targets"), .merge = ENT_MERGE_ASK,
    .merge_group = "targets",
    .aliases = "expected leads|lead goal" },
  { .name = "cac_target", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Cost per customer target"), .group = N_("Targets"), .merge = ENT_MERGE_ASK,
    .merge_group = "targets",
    .aliases = "target cac|cac|target cost per acquisition" },

  { .name = "hours", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Our hours"),
    .unit = N_("hours"), .max = 1000000, .group = N_("Cost"), .merge = ENT_MERGE_ASK,
    .help = N_("Working hours of our own team; the program’s hourly rate makes them a cost."),
    .aliases = "internal hours|working hours|effort" },
  { .name = "partner_cost", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Partner’s own cost"), .group = N_("Cost"), .merge = ENT_MERGE_ASK,
    .help = N_("What partners spend themselves and no weekly line or fund tells."),
    .aliases = "partner contribution|partner cost" },

  { .name = "claim_approved", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Claims approved"), .group = N_("Approval"), .merge = ENT_MERGE_ASK,
    .help = N_("Every claim about the product has a proof."),
    .aliases = "claims approved" },
  { .name = "approved_by", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Approved by"), .target = "person", .group = N_("Approval"),
    .merge = ENT_MERGE_ASK },
  { NULL },
};

const EntRecordTypeInfo ent_type_campaign =
{
  .name         = "campaign",
  .number       = 11,
  .prefix       = "CMP",
  .label        = N_("Campaign"),
  .label_plural = N_("Campaigns"),
  .help         = N_("Joint marketing with partners: a campaign, event, listing promotion, or "
                     "content push."),
  .icon_name    = "ent-campaign-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
