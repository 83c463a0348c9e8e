/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice seniorities[] =
{
  { "c_level",    N_("C-level"), ENT_TONE_ACCENT },
  { "vp",         N_("Vice president") },
  { "director",   N_("Director") },
  { "manager",    N_("Manager") },
  { "individual", N_("Individual") },
  { NULL },
};

static const EntChoice functions[] =
{
  { "alliances",        N_("Alliances") },
  { "sales",            N_("Sales") },
  { "marketing",        N_("Marketing") },
  { "engineering",      N_("Engineering") },
  { "product",          N_("Product") },
  { "customer_success", N_("Customer success") },
  { "procurement",      N_("Procurement") },
  { "finance",          N_("Finance") },
  { "legal",            N_("Legal") },
  { "security",         N_("Security") },
  { "operations",       N_("Operations") },
  { "executive",        N_("Executive") },
  { "other",            N_("Other") },
  { NULL },
};

static const EntChoice authorities[] =
{
  { "decides",    N_("Decides"), ENT_TONE_ACCENT },
  { "recommends", N_("Recommends") },
  { "influences", N_("Influences") },
  { "gatekeeper", N_("Gatekeeper"), ENT_TONE_WARNING },
  { "unknown",    N_("Unknown"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice contact_channels[] =
{
  { "email",     N_("Email") },
  { "phone",     N_("Phone") },
  { "message",   N_("Message") },
  { "video",     N_("Video call") },
  { "in_person", N_("In person") },
  { NULL },
};

static const EntChoice consents[] =
{
  { "unknown",   N_("Not asked"), ENT_TONE_MUTED },
  { "given",     N_("Given"), ENT_TONE_GOOD },
  { "withdrawn", N_("Withdrawn"), ENT_TONE_BAD },
  { NULL },
};

static const EntChoice local_roles[] =
{
  { "head",     N_("Head of Partnerships") },
  { "ops",      N_("Partner Operations") },
  { "security", N_("Security and Compliance") },
  { "product",  N_("Product and Engineering") },
  { "finance",  N_("Finance") },
  { "sales_cs", N_("Sales and Customer Success") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 24,
    .help = N_("The name as the person writes it."),
    .aliases = "name|full name|display|display name|contact|contact name|sales agent|"
               "employee name" },
  { .name = "org", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Organization"), .target = "organization", .width = 22,
    .aliases = "company|company name|account|account name|organization|organisation|employer|"
               "associated company" },
  { .name = "job_title", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Job title"), .width = 22,
    .aliases = "position|job|role|job title" },
  { .name = "emails", .type = ENT_FIELD_EMAIL,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Email"), .merge = ENT_MERGE_UNION, .width = 24,
    .aliases = "email|e-mail|email address|work email|emails|e-mail address|mail" },
  { .name = "phones", .type = ENT_FIELD_PHONE, .flags = ENT_FIELD_MANY, .label = N_("Phone"),
    .merge = ENT_MERGE_UNION,
    .aliases = "phone|phone number|mobile|mobile phone|work phone|telephone|direct phone|cell" },

  { .name = "given", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Given name"), .group = N_("Name"), .merge_group = "name",
    .aliases = "first name|firstname|first|given name|forename" },
  { .name = "family", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED,
    .label = N_("Family name"), .group = N_("Name"), .merge_group = "name",
    .aliases = "last name|lastname|last|surname|family name" },

  { .name = "seniority", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Seniority"), .choices = seniorities, .group = N_("Work"),
    .aliases = "level|management level" },
  { .name = "function", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN,
    .label = N_("Function"), .choices = functions, .group = N_("Work"),
    .aliases = "department|team|job function" },
  { .name = "region", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Region"),
    .choices = ent_region_choices, .group = N_("Work"),
    .aliases = "regional office|sales region|geo" },
  { .name = "timezone", .type = ENT_FIELD_TIMEZONE, .label = N_("Time zone"),
    .group = N_("Work"),
    .aliases = "time zone|tz" },
  { .name = "language", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("Language"), .group = N_("Work"),
    .help = N_("Language to write and speak to the person in."),
    .aliases = "preferred language" },
  { .name = "linkedin", .type = ENT_FIELD_URL, .label = N_("LinkedIn"), .group = N_("Work"),
    .aliases = "linkedin url|linkedin profile|linkedin bio" },

  { .name = "cadence_days", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Contact every"), .unit = N_("days"), .min = 1, .max = 3650,
    .group = N_("Relationship"),
    .help = N_("How often someone should be in touch."),
    .aliases = "cadence|contact cadence|touch frequency" },
  { .name = "preferred_channel", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Preferred channel"), .choices = contact_channels, .group = N_("Relationship"),
    .aliases = "preferred contact method|contact preference" },
  { .name = "availability", .type = ENT_FIELD_TEXT, .label = N_("Availability"),
    .group = N_("Relationship"),
    .help = N_("When the person can be reached.") },
  { .name = "met_on", .type = ENT_FIELD_DATE, .label = N_("First met"),
    .group = N_("Relationship"),
    .aliases = "met|first contact|first contact date|known since" },

  { .name = "decision_authority", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Decision authority"), .choices = authorities, .default_value = "unknown",
    .group = N_("Executive Profile"),
    .aliases = "buying role|authority" },
  { .name = "influence_0_100", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Influence"), .max = 100, .group = N_("Executive Profile"),
    .help = N_("0 is none, 100 is decisive."),
    .aliases = "influence|influence score" },
  { .name = "priorities", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Priorities"), .group = N_("Executive Profile"),
    .help = N_("What the person wants to achieve this year.") },
  { .name = "background", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Background"), .group = N_("Executive Profile"),
    .help = N_("Career, education, and common ground."),
    .aliases = "bio|biography" },

  { .name = "consent", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED, .label = N_("Consent"),
    .choices = consents, .default_value = "unknown", .group = N_("Privacy"),
    .merge = ENT_MERGE_ASK, .merge_group = "consent",
    .help = N_("Whether the person agreed that we keep and use their details."),
    .aliases = "gdpr consent|marketing consent|opt in|opt-in" },
  { .name = "consent_source", .type = ENT_FIELD_TEXT, .label = N_("Consent source"),
    .group = N_("Privacy"), .merge = ENT_MERGE_ASK, .merge_group = "consent",
    .help = N_("Where or how consent was given or withdrawn.") },
  { .name = "consent_on", .type = ENT_FIELD_DATE, .label = N_("Consent date"),
    .group = N_("Privacy"), .merge = ENT_MERGE_ASK, .merge_group = "consent",
    .aliases = "consent date|opt-in date" },

  { .name = "ref", .type = ENT_FIELD_CODE, .label = N_("External reference"),
    .group = N_("Record"),
    .aliases = "contact id|person id|employee id|user id" },

  { .name = "is_team", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("On our team"), .group = N_("Our Team"),
    .aliases = "team member|internal|employee" },
  { .name = "local_roles", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED,
    .label = N_("Roles"), .choices = local_roles, .group = N_("Our Team"),
    .merge = ENT_MERGE_ASK,
    .help = N_("What the person may approve in our partner program."),
    .aliases = "app roles|approval roles" },
  { .name = "hours_per_week", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Hours for partners"), .unit = N_("hours a week"), .max = 168,
    .group = N_("Our Team"),
    .help = N_("Hours a week the person has for partner work."),
    .aliases = "weekly hours" },
  { .name = "hourly_cost", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_SENSITIVE,
    .label = N_("Hourly cost"), .group = N_("Our Team"), .merge = ENT_MERGE_ASK,
    .help = N_("Full cost of an hour, used for the return on engagement."),
    .aliases = "hourly rate|cost per hour" },
  { NULL },
};

const EntRecordTypeInfo ent_type_person =
{
  .name         = "person",
  .number       = 2,
  .prefix       = "C",
  .label        = N_("Person"),
  .label_plural = N_("People"),
  .help         = N_("A contact at a partner, customer, or on our own team."),
  .icon_name    = "avatar-default-symbolic",
  .fields       = fields,
};
