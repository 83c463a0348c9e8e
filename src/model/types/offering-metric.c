/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice metrics[] =
{
  { "views",     N_("Views") },
  { "leads",     N_("Leads") },
  { "trials",    N_("Trials") },
  { "offers",    N_("Offers") },
  { "orders",    N_("Orders") },
  { "revenue",   N_("Revenue") },
  { "rating",    N_("Rating") },
  { "reviews",   N_("Reviews") },
  { "referrals", N_("Referrals") },
  { "installs",  N_("Installs") },
  { "calls",     N_("API calls") },
  { "errors",    N_("Errors") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Offering"), .target = "offering" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "period", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Period"),
    .help = N_("A month (2026-03) or a day (2026-03-01)."),
    .aliases = "month|date|reporting month" },
  { .name = "metric", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_OPEN, .label = N_("Metric"),
    .choices = metrics,
    .aliases = "metric code|measure" },
  { .name = "value", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Count"),
    .merge = ENT_MERGE_ASK,
    .aliases = "count|number|total" },
  { .name = "amount", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED, .label = N_("Amount"),
    .merge = ENT_MERGE_ASK,
    .help = N_("For metrics that are money."),
    .aliases = "revenue amount" },
  { .name = "rating", .type = ENT_FIELD_SCORE, .label = N_("Rating"), .max = 500,
    .help = N_("Average rating, 0 to 5."),
    .aliases = "stars|average rating" },
  { NULL },
};

const EntRecordTypeInfo ent_type_offering_metric =
{
  .name         = "offering_metric",
  .number       = 17,
  .prefix       = "OFM",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "offering",
  .label        = N_("Offering metric"),
  .label_plural = N_("Offering metrics"),
  .help         = N_("One figure of an offering for one period."),
  .fields       = fields,
};
