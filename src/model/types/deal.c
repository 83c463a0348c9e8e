/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice kinds[] =
{
  { "lead",              N_("Lead"), ENT_TONE_MUTED },
  { "registration",      N_("Registration") },
  { "opportunity",       N_("Opportunity"), ENT_TONE_ACCENT },
  { "co_sell",           N_("Co-sell"), ENT_TONE_ACCENT },
  { "marketplace_order", N_("Marketplace order") },
  { NULL },
};

static const EntChoice stages[] =
{
  { "prospect",             N_("Prospect"), ENT_TONE_MUTED },
  { "qualified",            N_("Qualified") },
  { "technical_validation", N_("Technical validation") },
  { "business_validation",  N_("Business validation") },
  { "committed",            N_("Committed"), ENT_TONE_ACCENT },
  { "won",                  N_("Won"), ENT_TONE_GOOD },
  { "lost",                 N_("Lost"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice registration_states[] =
{
  { "draft",     N_("Draft"), ENT_TONE_MUTED },
  { "submitted", N_("Submitted") },
  { "valid",     N_("Valid") },
  { "approved",  N_("Approved"), ENT_TONE_ACCENT },
  { "active",    N_("Active"), ENT_TONE_GOOD },
  { "renewed",   N_("Renewed"), ENT_TONE_GOOD },
  { "expired",   N_("Expired"), ENT_TONE_WARNING },
  { "converted", N_("Converted"), ENT_TONE_GOOD },
  { "withdrawn", N_("Withdrawn"), ENT_TONE_MUTED },
  { "rejected",  N_("Rejected"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice sources[] =
{
  { "partner",     N_("Partner") },
  { "us",          N_("Us") },
  { "joint",       N_("Joint") },
  { "marketplace", N_("Marketplace") },
  { "event",       N_("Event") },
  { NULL },
};

static const EntChoice motions[] =
{
  { "referral", N_("Referral") },
  { "resell",   N_("Resell") },
  { "co_sell",  N_("Co-sell") },
  { "msp",      N_("Managed service") },
  { "oem",      N_("OEM") },
  { NULL },
};

static const EntChoice loss_reasons[] =
{
  { "price",           N_("Price") },
  { "competitor",      N_("Competitor") },
  { "no_decision",     N_("No decision") },
  { "no_budget",       N_("No budget") },
  { "timing",          N_("Timing") },
  { "missing_feature", N_("Missing feature") },
  { "technical_fit",   N_("Technical fit") },
  { "relationship",    N_("Relationship") },
  { "duplicate",       N_("Duplicate") },
  { "other",           N_("Other") },
  { NULL },
};

static const EntChoice portals[] =
{
  { "aws",        N_("AWS Partner Central") },
  { "microsoft",  N_("Microsoft Partner Center") },
  { "google",     N_("Google Cloud partner portal") },
  { "salesforce", N_("Salesforce") },
  { "hubspot",    N_("HubSpot") },
  { "other",      N_("Other") },
  { NULL },
};

static const EntChoice review_statuses[] =
{
  { "pending_submission", N_("Pending submission"), ENT_TONE_MUTED },
  { "submitted",          N_("Submitted") },
  { "in_review",          N_("In review"), ENT_TONE_ACCENT },
  { "approved",           N_("Approved"), ENT_TONE_GOOD },
  { "rejected",           N_("Rejected"), ENT_TONE_BAD },
  { "action_required",    N_("Action required"), ENT_TONE_WARNING },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 30,
    .aliases = "name|deal|deal name|opportunity|opportunity name|project|project title" },
  { .name = "account", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Account"),
    .target = "organization", .width = 22,
    .help = N_("The customer or prospect; a registration needs one."),
    .aliases = "account|account name|customer|customer name|company|company name|client|"
               "end customer" },
  { .name = "kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Kind"),
    .choices = kinds, .default_value = "opportunity", .width = 14,
    .aliases = "type|record type|opportunity type" },
  { .name = "stage", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN | ENT_FIELD_OPEN, .label = N_("Stage"),
    .choices = stages, .default_value = "prospect", .merge = ENT_MERGE_ASK,
    .merge_group = "stage", .width = 18,
    .aliases = "deal stage|opportunity stage|sales stage|opportunity result|stage name|"
               "pipeline stage" },
  { .name = "amount", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN, .label = N_("Amount"),
    .merge = ENT_MERGE_ASK, .merge_group = "money", .width = 12,
    .aliases = "value|deal value|deal amount|close value|opportunity amount|"
               "opportunity amount usd|estimated value|expected revenue|acv|tcv" },
  { .name = "expected_close", .type = ENT_FIELD_DATE,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Expected close"),
    .merge = ENT_MERGE_ASK, .merge_group = "stage", .width = 12,
    .aliases = "close date|expected close date|target close date|estimated close date|"
               "closing date" },
  { .name = "probability_pct", .type = ENT_FIELD_PERCENT, .flags = ENT_FIELD_LISTED,
    .label = N_("Probability"), .max = 1000000, .merge = ENT_MERGE_ASK, .merge_group = "stage",
    .help = N_("Your own estimate; the stage gives one when it is empty."),
    .aliases = "probability|win probability|probability (%)|confidence" },
  { .name = "owner", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Owner"), .target = "person", .width = 16,
    .aliases = "owner|deal owner|opportunity owner|sales agent|sales rep|account executive|ae|"
               "salesperson|rep" },
  { .name = "offering", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Offerings"), .target = "offering", .merge = ENT_MERGE_UNION,
    .aliases = "product|products|offering|solution|solutions|product name" },
  { .name = "next_step", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Next step"),
    .help = N_("At most 255 characters, so that partner portals accept it."),
    .aliases = "next steps|next action|next activity" },

  { .name = "source", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Source"),
    .choices = sources, .group = N_("Qualification"), .merge = ENT_MERGE_ASK,
    .merge_group = "source",
    .help = N_("Who brought the deal."),
    .aliases = "lead source|deal source|origin|lead origin|opportunity source" },
  { .name = "motion", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Motion"),
    .choices = motions, .group = N_("Qualification"),
    .aliases = "route to market|sales motion|deal type" },
  { .name = "opened_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Opened"), .group = N_("Qualification"), .merge = ENT_MERGE_ASK,
    .merge_group = "stage",
    .aliases = "create date|created|created date|engage date|open date|opened|date created|"
               "first contact date" },
  { .name = "pain", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Pain"),
    .group = N_("Qualification"),
    .help = N_("The problem the customer wants to get rid of."),
    .aliases = "customer pain|problem|business problem" },
  { .name = "need", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED, .label = N_("Need"),
    .group = N_("Qualification"),
    .aliases = "requirement|customer need|use case" },
  { .name = "blockers", .type = ENT_FIELD_LONGTEXT, .label = N_("Blockers"),
    .group = N_("Qualification"),
    .aliases = "blocker|obstacles" },
  { .name = "competitors", .type = ENT_FIELD_REF, .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED,
    .label = N_("Competitors"), .target = "organization", .group = N_("Qualification"),
    .merge = ENT_MERGE_UNION,
    .aliases = "competitor|competition|competitor type" },
  { .name = "project_description", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Project description"), .group = N_("Qualification"),
    .help = N_("At least 50 characters, so that partner portals accept it."),
    .aliases = "description|customer business problem|deal description" },
  { .name = "delivery_model", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Delivery model"), .group = N_("Qualification"),
    .help = N_("Such as SaaS, professional services, or managed services."),
    .aliases = "delivery" },
  { .name = "industry", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Industry"), .group = N_("Qualification"),
    .aliases = "customer industry|vertical|sector" },
  { .name = "country", .type = ENT_FIELD_COUNTRY, .flags = ENT_FIELD_LISTED,
    .label = N_("Country"), .group = N_("Qualification"),
    .aliases = "customer country|country code" },
  { .name = "region", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Region"),
    .choices = ent_region_choices, .group = N_("Qualification"),
    .aliases = "sales region|territory" },
  { .name = "postal_code", .type = ENT_FIELD_TEXT, .label = N_("Postal code"),
    .group = N_("Qualification"),
    .aliases = "zip|zip code|customer postal code" },

  { .name = "closed_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Closed"), .group = N_("Close"), .merge = ENT_MERGE_ASK, .merge_group = "stage",
    .aliases = "closed|closed date|won date|actual close date|date closed" },
  { .name = "loss_reason", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Loss reason"),
    .choices = loss_reasons, .group = N_("Close"), .merge = ENT_MERGE_ASK,
    .merge_group = "stage",
    .aliases = "closed lost reason|lost reason|reason lost|close reason" },
  { .name = "outcome_note", .type = ENT_FIELD_LONGTEXT, .label = N_("What we learned"),
    .group = N_("Close"),
    .aliases = "win loss notes|close notes" },

  { .name = "registration_state", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Registration"),
    .choices = registration_states, .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration",
    .aliases = "registration status|deal registration status" },
  { .name = "registered_by", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED, .label = N_("Registered by"),
    .target = "organization", .group = N_("Registration"),
    .help = N_("The partner that claims the deal."),
    .aliases = "registering partner|partner|partner name|reseller|referred by partner" },
  { .name = "registered_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Registered"), .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration",
    .aliases = "registered|registration date|submitted|submitted on|date registered" },
  { .name = "valid_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Validated"), .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration",
    .aliases = "validated|validation date" },
  { .name = "approved_at", .type = ENT_FIELD_DATETIME, .flags = ENT_FIELD_LISTED,
    .label = N_("Approved"), .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration",
    .aliases = "approved|approval date|approved on" },
  { .name = "expires_on", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Registration ends"), .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration", .width = 12,
    .help = N_("Counted from the day of registration; renewable with proof."),
    .aliases = "expires|expiry date|registration expiry|expiration date" },
  { .name = "renewals", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Renewals"), .max = 100, .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration" },
  { .name = "proof", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Proof of work"), .target = "document", .group = N_("Registration") },
  { .name = "reopen_approved_by", .type = ENT_FIELD_REF, .label = N_("Reopening approved by"),
    .target = "person", .group = N_("Registration"), .merge = ENT_MERGE_ASK,
    .merge_group = "registration" },

  { .name = "ref", .type = ENT_FIELD_CODE, .label = N_("External reference"),
    .group = N_("Record"),
    .aliases = "opportunity id|deal id|opportunity number|lead number|prospect id|mql id" },

  { .name = "portal", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Portal"),
    .choices = portals, .group = N_("Partner Portal"), .merge = ENT_MERGE_ASK,
    .aliases = "source system|partner portal" },
  { .name = "portal_id", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_INDEXED,
    .label = N_("Number in the portal"), .group = N_("Partner Portal"),
    .aliases = "ace id|referral id|external opportunity id|portal opportunity id" },
  { .name = "portal_stage", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Stage in the portal"), .group = N_("Partner Portal"),
    .aliases = "ace stage|portal status" },
  { .name = "review_status", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Review"), .choices = review_statuses, .group = N_("Partner Portal"),
    .merge = ENT_MERGE_ASK,
    .aliases = "review state|approval status" },
  { .name = "locked", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Locked by the portal"), .group = N_("Partner Portal"),
    .help = N_("The portal takes no edits now; yours are sent later.") },
  { NULL },
};

const EntRecordTypeInfo ent_type_deal =
{
  .name         = "deal",
  .number       = 6,
  .prefix       = "D",
  .label        = N_("Deal"),
  .label_plural = N_("Deals"),
  .help         = N_("A lead, registration, co-sell opportunity, or marketplace order, with the "
                     "partners that take part."),
  .icon_name    = "ent-deal-symbolic",
  .kind_field   = "kind",
  .state_field  = "stage",
  .fields       = fields,
};
