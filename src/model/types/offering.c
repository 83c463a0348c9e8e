/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice kinds[] =
{
  { "product",             N_("Product") },
  { "joint_solution",      N_("Joint solution"), ENT_TONE_ACCENT },
  { "integration",         N_("Integration") },
  { "marketplace_listing", N_("Marketplace listing") },
  { "private_offer",       N_("Private offer") },
  { "training_course",     N_("Training course") },
  { "service",             N_("Service") },
  { "entitlement",         N_("Entitlement") },
  { NULL },
};

static const EntChoice statuses[] =
{
  { "idea",       N_("Idea"), ENT_TONE_MUTED },
  { "dev",        N_("In development") },
  { "beta",       N_("Beta"), ENT_TONE_ACCENT },
  { "live",       N_("Live"), ENT_TONE_GOOD },
  { "deprecated", N_("Deprecated"), ENT_TONE_WARNING },
  { "retired",    N_("Retired"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice approvals[] =
{
  { "none",    N_("Not needed"), ENT_TONE_MUTED },
  { "needed",  N_("Needed"), ENT_TONE_WARNING },
  { "given",   N_("Approved"), ENT_TONE_GOOD },
  { "refused", N_("Refused"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice kill_switches[] =
{
  { "off",       N_("Off"), ENT_TONE_GOOD },
  { "armed",     N_("Armed"), ENT_TONE_ACCENT },
  { "triggered", N_("Triggered"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice policy_stages[] =
{
  { "announce", N_("Announced") },
  { "dual_run", N_("Dual run"), ENT_TONE_WARNING },
  { "removed",  N_("Removed"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice course_levels[] =
{
  { "basic",        N_("Basic") },
  { "intermediate", N_("Intermediate") },
  { "advanced",     N_("Advanced") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 28,
    .aliases = "name|product|product name|offering|offering name|solution|solution name|"
               "listing name|item name" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Kind"),
    .choices = kinds, .default_value = "product", .width = 16,
    .aliases = "type|product type|offering type" },
  { .name = "status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Status"), .choices = statuses, .default_value = "live", .merge = ENT_MERGE_ASK,
    .width = 12,
    .aliases = "state|lifecycle|product status" },
  { .name = "provider", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Provider"), .target = "organization", .width = 22,
    .help = N_("Who makes or delivers it."),
    .aliases = "owner org id|vendor|publisher|manufacturer|company|seller|provider id" },
  { .name = "partner", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Partner"), .target = "organization", .width = 22,
    .help = N_("The partner it is offered together with."),
    .aliases = "partner name|joint partner" },
  { .name = "description", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Description"),
    .aliases = "about|summary|product description|short description" },
  { .name = "category", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Category"), .width = 18,
    .aliases = "product family|family|series|product line|product category" },
  { .name = "subcategory", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Subcategory"),
    .aliases = "sub-category|product subcategory" },
  { .name = "use_cases", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED,
    .label = N_("Use cases"), .merge = ENT_MERGE_UNION,
    .aliases = "use case|use cases|business use case|applications" },
  { .name = "personas", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY, .label = N_("Personas"),
    .merge = ENT_MERGE_UNION,
    .help = N_("Whose job it makes easier."),
    .aliases = "persona|target personas|audience" },
  { .name = "version", .type = ENT_FIELD_TEXT, .label = N_("Version"),
    .aliases = "release" },
  { .name = "maturity", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Maturity"),
    .help = N_("How an outside body rates it, such as sandbox or graduated."),
    .aliases = "maturity level|project maturity" },
  { .name = "website", .type = ENT_FIELD_URL, .label = N_("Website"),
    .aliases = "homepage|home page|url|web site|product url|product page" },
  { .name = "repository", .type = ENT_FIELD_URL, .label = N_("Source code"),
    .aliases = "repo|repo url|repository url|source|github" },

  { .name = "price", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN, .label = N_("Price"),
    .group = N_("Price"), .merge = ENT_MERGE_ASK, .merge_group = "price", .width = 12,
    .aliases = "sales price|list price|unit price|msrp|price" },
  { .name = "margin_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Margin"), .max = 1000000, .group = N_("Price"), .merge = ENT_MERGE_ASK,
    .merge_group = "price",
    .aliases = "margin|partner margin|discount to partner" },

  { .name = "marketplace", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Marketplace"), .choices = ent_marketplace_choices, .group = N_("Listing"),
    .kinds = "marketplace_listing|private_offer",
    .aliases = "store|marketplace name" },
  { .name = "listing_ref", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED,
    .label = N_("Listing number"), .group = N_("Listing"),
    .kinds = "marketplace_listing|private_offer",
    .aliases = "listing id|product id on marketplace|offer id" },

  { .name = "buyer", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED, .label = N_("Buyer"),
    .target = "organization", .group = N_("Private Offer"), .kinds = "private_offer",
    .aliases = "customer|account" },
  { .name = "discount_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Discount"), .max = 1000000, .group = N_("Private Offer"),
    .kinds = "private_offer", .merge = ENT_MERGE_ASK, .merge_group = "price",
    .aliases = "discount" },
  { .name = "term_months", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Term"),
    .unit = N_("months"), .min = 1, .max = 1200, .group = N_("Private Offer"),
    .kinds = "private_offer", .merge = ENT_MERGE_ASK, .merge_group = "price",
    .aliases = "term|contract length" },
  { .name = "expires_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Expires"), .group = N_("Private Offer"), .kinds = "private_offer",
    .merge = ENT_MERGE_ASK,
    .aliases = "expiry|expiry date|expiration date|offer expires" },
  { .name = "approval", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Approval"), .choices = approvals, .default_value = "none",
    .group = N_("Private Offer"), .kinds = "private_offer", .merge = ENT_MERGE_ASK },

  { .name = "scopes", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_MANY, .label = N_("Scopes"),
    .group = N_("Integration"), .kinds = "integration", .merge = ENT_MERGE_UNION,
    .help = N_("Permissions the integration asks for."),
    .aliases = "permissions|oauth scopes" },
  { .name = "rate_limit", .type = ENT_FIELD_TEXT, .label = N_("Rate limit"),
    .group = N_("Integration"), .kinds = "integration",
    .aliases = "quota" },
  { .name = "webhook_signed", .type = ENT_FIELD_BOOL, .label = N_("Webhooks are signed"),
    .group = N_("Integration"), .kinds = "integration",
    .aliases = "signed webhooks" },
  { .name = "kill_switch_state", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Kill switch"), .choices = kill_switches, .group = N_("Integration"),
    .kinds = "integration", .merge = ENT_MERGE_ASK,
    .help = N_("Record of the order; the switch itself is in the connected system.") },
  { .name = "certified_until", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Certified until"),
    .group = N_("Integration"), .kinds = "integration", .merge = ENT_MERGE_ASK,
    .aliases = "certification expires" },
  { .name = "policy_stage", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Breaking change"), .choices = policy_stages, .group = N_("Integration"),
    .kinds = "integration", .merge = ENT_MERGE_ASK },

  { .name = "hours", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Length"),
    .unit = N_("hours"), .max = 10000, .group = N_("Course"), .kinds = "training_course",
    .aliases = "duration|course hours" },
  { .name = "level", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Course level"), .choices = course_levels, .group = N_("Course"),
    .kinds = "training_course",
    .aliases = "difficulty|course level" },
  { .name = "exam_pass_pct", .type = ENT_FIELD_PERCENT, .label = N_("Pass mark"), .max = 1000000,
    .group = N_("Course"), .kinds = "training_course",
    .aliases = "pass mark|passing score" },

  { .name = "ref", .type = ENT_FIELD_CODE, .label = N_("External reference"),
    .group = N_("Record"),
    .aliases = "item id|product id|product code|sku" },

  { .name = "granted", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Granted"),
    .max = 1000000000, .group = N_("Entitlement"), .kinds = "entitlement",
    .merge = ENT_MERGE_ASK,
    .help = N_("How much the partner may use in the period."),
    .aliases = "quota granted|allowance" },
  { .name = "used", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED, .label = N_("Used"),
    .max = 1000000000, .group = N_("Entitlement"), .kinds = "entitlement",
    .aliases = "consumed" },
  { NULL },
};

const EntRecordTypeInfo ent_type_offering =
{
  .name         = "offering",
  .number       = 3,
  .prefix       = "OFF",
  .label        = N_("Offering"),
  .label_plural = N_("Offerings"),
  .help         = N_("A product, joint solution, integration, marketplace listing, private "
                     "offer, course, or service."),
  .icon_name    = "ent-offering-symbolic",
  .kind_field   = "kind",
  .state_field  = "status",
  .fields       = fields,
};
