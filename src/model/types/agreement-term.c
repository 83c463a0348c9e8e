/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"

static const EntChoice models[] =
{
  { "rev_share",     N_("Revenue share") },
  { "referral_fee",  N_("Referral fee") },
  { "resale_margin", N_("Resale margin") },
  { "commission",    N_("Commission") },
  { "usage",         N_("Usage based") },
  { "oem_licence",   N_("OEM license") },
  { "mdf_match",     N_("MDF match") },
  { NULL },
};

static const EntChoice bases[] =
{
  { "booked",    N_("Booked amount") },
  { "billed",    N_("Billed amount") },
  { "collected", N_("Collected amount") },
  { "margin",    N_("Margin") },
  { "usage",     N_("Usage") },
  { NULL },
};

static const EntChoice durations[] =
{
  { "one_time", N_("Once") },
  { "months",   N_("For a number of months") },
  { "lifetime", N_("As long as the customer stays") },
  { NULL },
};

static const EntChoice roundings[] =
{
  { "half_even", N_("To the even cent") },
  { "half_up",   N_("Up from half a cent") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Name"),
    .aliases = "name|term" },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED,
    .label = N_("Agreement"), .target = "agreement" },
  { .name = "position", .type = ENT_FIELD_INT, .label = N_("Position") },
  { .name = "model", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_REQUIRED | ENT_FIELD_LISTED,
    .label = N_("Model"), .choices = models, .default_value = "commission",
    .merge = ENT_MERGE_ASK, .merge_group = "rate",
    .aliases = "commission model|payment model" },
  { .name = "basis", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Basis"),
    .choices = bases, .default_value = "collected", .merge = ENT_MERGE_ASK,
    .merge_group = "rate",
    .help = N_("The amount the rate applies to.") },
  { .name = "rate_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Rate"), .max = 1000000, .merge = ENT_MERGE_ASK, .merge_group = "rate",
    .aliases = "rate|percentage|commission rate" },
  { .name = "floor", .type = ENT_FIELD_MONEY, .label = N_("At least"), .merge = ENT_MERGE_ASK,
    .merge_group = "rate",
    .help = N_("The least that is paid for one deal."),
    .aliases = "minimum|floor" },
  { .name = "cap", .type = ENT_FIELD_MONEY, .label = N_("At most"), .merge = ENT_MERGE_ASK,
    .merge_group = "rate",
    .help = N_("The most that is paid for one deal."),
    .aliases = "maximum|cap" },
  { .name = "duration", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Paid"),
    .choices = durations, .default_value = "one_time", .merge = ENT_MERGE_ASK,
    .merge_group = "duration" },
  { .name = "months", .type = ENT_FIELD_INT, .label = N_("Months"), .unit = N_("months"),
    .min = 1, .max = 1200, .merge = ENT_MERGE_ASK, .merge_group = "duration" },
  { .name = "bands", .type = ENT_FIELD_JSON, .label = N_("Bands"), .merge = ENT_MERGE_ASK,
    .merge_group = "rate",
    .help = N_("Rates that change with the amount: a list of {from, rate}.") },
  { .name = "accelerator", .type = ENT_FIELD_JSON, .label = N_("Accelerator"),
    .merge = ENT_MERGE_ASK, .merge_group = "rate",
    .help = N_("Extra rate above a target: {target, rate}.") },
  { .name = "clawback_days", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Clawback window"), .unit = N_("days"), .max = 3650, .merge = ENT_MERGE_ASK,
    .help = N_("Days in which a canceled deal takes the payment back."),
    .aliases = "clawback" },
  { .name = "rounding", .type = ENT_FIELD_ENUM, .label = N_("Rounding"), .choices = roundings,
    .default_value = "half_even", .merge = ENT_MERGE_ASK },
  { .name = "applies_to", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Offerings"), .target = "offering", .merge = ENT_MERGE_UNION,
    .help = N_("Empty: all offerings.") },

  { .name = "effective_from", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("From"), .group = N_("Validity"),
    .merge = ENT_MERGE_ASK, .merge_group = "validity",
    .aliases = "valid from|start" },
  { .name = "effective_to", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Until"), .group = N_("Validity"), .merge = ENT_MERGE_ASK,
    .merge_group = "validity",
    .help = N_("Payments booked earlier keep the rate of their day."),
    .aliases = "valid until|end" },
  { NULL },
};

const EntRecordTypeInfo ent_type_agreement_term =
{
  .name         = "agreement_term",
  .number       = 19,
  .prefix       = "TRM",
  .flags        = ENT_RECORD_TYPE_CHILD,
  .parent       = "agreement",
  .label        = N_("Payment term"),
  .label_plural = N_("Payment terms"),
  .help         = N_("How one kind of payment under the agreement is computed."),
  .fields       = fields,
};
