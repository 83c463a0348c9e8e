/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice variants[] =
{
  { "a", N_("A") },
  { "b", N_("B") },
  { NULL },
};

static const EntChoice payers[] =
{
  { "own",     N_("Ourselves") },
  { "partner", N_("Partner") },
  { "mdf",     N_("Our MDF"), ENT_TONE_ACCENT },
  { "fund",    N_("Other fund"), ENT_TONE_ACCENT },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Campaign"), .target = "campaign" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "channel", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Channel"),
    .choices = ent_channel_choices,
    .aliases = "channel used|medium" },
  { .name = "week", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Week"),
    .help = N_("The Monday the week starts with."),
    .aliases = "week starting|date|week of" },
  { .name = "variant", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN,
    .label = N_("Variant"), .choices = variants,
    .aliases = "version|test group" },

  { .name = "planned", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Planned"), .group = N_("Money"), .merge = ENT_MERGE_ASK, .merge_group = "money",
    .aliases = "plan|planned cost|budget" },
  { .name = "spent", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED, .label = N_("Spent"),
    .group = N_("Money"), .merge = ENT_MERGE_ASK, .merge_group = "money",
    .aliases = "spend|cost|actual cost|amount spent|acquisition cost" },
  { .name = "paid_by", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Paid by"),
    .choices = payers, .default_value = "own", .group = N_("Money"), .merge = ENT_MERGE_ASK,
    .merge_group = "money",
    .help = N_("Whose budget the line is."),
    .aliases = "source|budget source|funded by" },

  { .name = "impressions", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Impressions"), .max = 1000000000000, .group = N_("Results"),
    .aliases = "views|reach" },
  { .name = "clicks", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Clicks"),
    .max = 1000000000000, .group = N_("Results") },
  { .name = "leads", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Leads"),
    .max = 100000000, .group = N_("Results"),
    .aliases = "total conversion|responses" },
  { .name = "qualified", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Qualified leads"), .max = 100000000, .group = N_("Results"),
    .aliases = "mql|sql|qualified" },
  { .name = "won", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Customers won"),
    .max = 100000000, .group = N_("Results"),
    .aliases = "conversions|sales|approved conversion|customers|orders" },
  { .name = "pipeline", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Pipeline"), .group = N_("Results"), .merge = ENT_MERGE_ASK,
    .merge_group = "money",
    .aliases = "pipeline value|pipeline created" },
  { .name = "revenue", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Revenue won"), .group = N_("Results"), .merge = ENT_MERGE_ASK,
    .merge_group = "money",
    .aliases = "revenue|return|conversion value|sales value" },
  { NULL },
};

const EntRecordTypeInfo ent_type_campaign_line =
{
  .name         = "campaign_line",
  .number       = 27,
  .prefix       = "CML",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "campaign",
  .label        = N_("Campaign line"),
  .label_plural = N_("Campaign lines"),
  .help         = N_("Plan and result of one channel in one week."),
  .fields       = fields,
};
