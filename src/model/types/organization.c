/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "model/ent-schema.h"
#include "model/types/ent-shared-choices.h"

static const EntChoice roles[] =
{
  { "partner",              N_("Partner"), ENT_TONE_ACCENT },
  { "customer",             N_("Customer"), ENT_TONE_GOOD },
  { "prospect",             N_("Prospect") },
  { "competitor",           N_("Competitor"), ENT_TONE_BAD },
  { "own",                  N_("Our company"), ENT_TONE_MUTED },
  { "marketplace_operator", N_("Marketplace operator") },
  { "other",                N_("Other"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice org_types[] =
{
  { "company",    N_("Company") },
  { "nonprofit",  N_("Nonprofit") },
  { "academic",   N_("Academic") },
  { "government", N_("Government") },
  { NULL },
};

static const EntChoice archetypes[] =
{
  { "platform",      N_("Platform") },
  { "si_agency",     N_("SI or agency") },
  { "reseller",      N_("Reseller") },
  { "oem_embedded",  N_("OEM or embedded") },
  { "data_provider", N_("Data provider") },
  { NULL },
};

static const EntChoice channel_kinds[] =
{
  { "si",                 N_("SI") },
  { "isv",                N_("ISV") },
  { "var",                N_("VAR") },
  { "msp",                N_("MSP") },
  { "oem",                N_("OEM") },
  { "referral",           N_("Referral") },
  { "strategic_alliance", N_("Strategic alliance") },
  { "distributor",        N_("Distributor") },
  { "hyperscaler",        N_("Hyperscaler") },
  { NULL },
};

static const EntChoice segments[] =
{
  { "strategic", N_("Strategic"), ENT_TONE_ACCENT },
  { "growth",    N_("Growth"), ENT_TONE_GOOD },
  { "long_tail", N_("Long-tail"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice lifecycles[] =
{
  { "identified", N_("Identified"), ENT_TONE_MUTED },
  { "contacted",  N_("Contacted") },
  { "discovery",  N_("Discovery") },
  { "evaluated",  N_("Evaluated") },
  { "agreement",  N_("Agreement"), ENT_TONE_ACCENT },
  { "onboarding", N_("Onboarding"), ENT_TONE_ACCENT },
  { "active",     N_("Active"), ENT_TONE_GOOD },
  { "at_risk",    N_("At risk"), ENT_TONE_WARNING },
  { "probation",  N_("Probation"), ENT_TONE_WARNING },
  { "suspended",  N_("Suspended"), ENT_TONE_BAD },
  { "offboarded", N_("Offboarded"), ENT_TONE_MUTED },
  { NULL },
};

static const EntChoice territory_rights[] =
{
  { "none",      N_("None"), ENT_TONE_MUTED },
  { "local",     N_("Local") },
  { "regional",  N_("Regional") },
  { "exclusive", N_("Exclusive"), ENT_TONE_ACCENT },
  { NULL },
};

static const EntChoice cloud_platforms[] =
{
  { "aws",   N_("AWS") },
  { "gcp",   N_("Google Cloud") },
  { "azure", N_("Microsoft Azure") },
  { "other", N_("Other") },
  { NULL },
};

static const EntChoice dpa_roles[] =
{
  { "controller", N_("Controller") },
  { "processor",  N_("Processor") },
  { "joint",      N_("Joint controller") },
  { NULL },
};

static const EntChoice procurement_routes[] =
{
  { "direct",      N_("Direct") },
  { "reseller",    N_("Through a reseller") },
  { "marketplace", N_("Cloud marketplace") },
  { "framework",   N_("Framework agreement") },
  { "tender",      N_("Public tender") },
  { NULL },
};

static const EntFieldInfo fields[] =
{
  { .name = "title", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_REQUIRED | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED | ENT_FIELD_COLUMN,
    .label = N_("Name"), .width = 28,
    .help = N_("The name people use for the organization."),
    .aliases = "name|company|company name|account|account name|organization|organisation|"
               "organization name|partner|partner name|customer|customer name|business name|"
               "security|listed name" },
  { .name = "roles", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Roles"),
    .choices = roles, .merge = ENT_MERGE_UNION, .width = 14,
    .help = N_("What the organization is to us; one firm can have several roles."),
    .aliases = "role|type|account type|relationship|relationship type|kind|kinds" },
  { .name = "lifecycle", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Lifecycle"), .choices = lifecycles, .kinds = "partner", .merge = ENT_MERGE_ASK,
    .width = 14,
    .help = N_("How far the partnership has come."),
    .aliases = "partner status|partner stage|lifecycle stage|status|stage" },
  { .name = "level", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN,
    .label = N_("Level"), .target = "program", .kinds = "partner", .merge = ENT_MERGE_ASK,
    .width = 15,
    .help = N_("The level of the partner program the partner has earned."),
    .aliases = "partner level|partner tier|tier|program level" },
  { .name = "partner_type", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Partner type"),
    .choices = ent_partner_type_choices, .kinds = "partner", .width = 14,
    .help = N_("What the partner mainly brings: a product, sales reach, or expertise."),
    .aliases = "partner type|type of partner" },
  { .name = "region", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN | ENT_FIELD_OPEN, .label = N_("Region"),
    .choices = ent_region_choices, .width = 14,
    .aliases = "sales region|world region|regional office|geo|geography" },
  { .name = "arr", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_COLUMN, .label = N_("ARR"),
    .merge = ENT_MERGE_ASK, .width = 12,
    .help = N_("Annual recurring revenue that comes from or through the organization."),
    .aliases = "annual recurring revenue|recurring revenue|acv|contract value" },

  { .name = "legal_name", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Legal name"), .group = N_("Identity"),
    .help = N_("The name in contracts and registers."),
    .aliases = "registered name|legal entity|legal entity name|official name" },
  { .name = "other_names", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED,
    .label = N_("Other names"), .group = N_("Identity"), .merge = ENT_MERGE_UNION,
    .help = N_("Former names, brands, and short forms that imports and searches should "
               "recognize."),
    .aliases = "also known as|aka|alias|aliases|dba|trading name|former name|former names" },
  { .name = "org_type", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN,
    .label = N_("Organization type"), .choices = org_types, .group = N_("Identity"),
    .aliases = "organization type|company type|ownership" },
  { .name = "description", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Description"), .group = N_("Identity"),
    .help = N_("What the organization does."),
    .aliases = "about|overview|about us|company description|summary" },
  { .name = "parent", .type = ENT_FIELD_REF, .flags = ENT_FIELD_INDEXED,
    .label = N_("Parent company"), .target = "organization", .group = N_("Identity"),
    .aliases = "parent|parent organization|parent account|subsidiary of|ultimate parent|"
               "holding company" },
  { .name = "founded_year", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Founded"), .min = 1000, .max = 2200, .group = N_("Identity"),
    .aliases = "founded|year founded|year established|established|year of foundation" },
  { .name = "tax_id", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_SENSITIVE,
    .label = N_("Tax ID"), .group = N_("Identity"),
    .help = N_("Number for tax purposes, such as a VAT number."),
    .aliases = "vat|vat number|vat id|ein|tax number|gst number" },
  { .name = "registration_no", .type = ENT_FIELD_CODE, .label = N_("Registration number"),
    .group = N_("Identity"),
    .help = N_("Number in the company register."),
    .aliases = "company number|registration number|register number|duns|duns number|cik|lei" },
  { .name = "payout_ref", .type = ENT_FIELD_CODE, .flags = ENT_FIELD_SENSITIVE,
    .label = N_("Payout reference"), .group = N_("Identity"),
    .help = N_("Where finance finds the payment details; never bank details themselves."),
    .aliases = "vendor number|supplier number|payee id" },

  { .name = "website", .type = ENT_FIELD_URL, .label = N_("Website"), .group = N_("Web"),
    .width = 24,
    .aliases = "homepage|home page|web site|url|web|company url|website url" },
  { .name = "domains", .type = ENT_FIELD_DOMAIN,
    .flags = ENT_FIELD_MANY | ENT_FIELD_INDEXED | ENT_FIELD_SEARCHED, .label = N_("Web domains"),
    .group = N_("Web"), .merge = ENT_MERGE_UNION,
    .help = N_("Domains of their websites and email addresses; imports match organizations by "
               "them."),
    .aliases = "domain|company domain|company domain name|domain name|website domain|"
               "email domain|web domain" },
  { .name = "linkedin", .type = ENT_FIELD_URL, .label = N_("LinkedIn"), .group = N_("Web"),
    .aliases = "linkedin url|linkedin company page|linkedin page" },
  { .name = "twitter", .type = ENT_FIELD_URL, .label = N_("X (Twitter)"), .group = N_("Web"),
    .aliases = "x|twitter url|twitter handle|twitter page" },
  { .name = "crunchbase", .type = ENT_FIELD_URL, .label = N_("Crunchbase"), .group = N_("Web"),
    .aliases = "crunchbase url|crunchbase profile" },

  { .name = "country", .type = ENT_FIELD_COUNTRY, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Country"), .group = N_("Place"), .merge_group = "address", .width = 12,
    .aliases = "country code|billing country|hq country|headquarters country|office location|"
               "country/region|billing country code|mailing country" },
  { .name = "province", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_LISTED,
    .label = N_("State or province"), .group = N_("Place"), .merge_group = "address",
    .aliases = "state|state/province|billing state|state/region|hq state|county" },
  { .name = "cities", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED,
    .label = N_("Cities"), .group = N_("Place"), .merge = ENT_MERGE_UNION,
    .help = N_("Cities with an office; the headquarters first."),
    .aliases = "city|billing city|hq city|headquarters|headquarters location|location|town" },
  { .name = "address", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SENSITIVE,
    .label = N_("Address"), .group = N_("Place"), .merge_group = "address",
    .aliases = "street|billing street|street address|hq address|mailing address|billing address" },
  { .name = "postal_code", .type = ENT_FIELD_TEXT, .label = N_("Postal code"),
    .group = N_("Place"), .merge_group = "address",
    .aliases = "zip|zip code|postcode|billing zip/postal code|billing postal code|postal code" },
  { .name = "phone", .type = ENT_FIELD_PHONE, .label = N_("Phone"), .group = N_("Place"),
    .aliases = "telephone|phone number|main phone|switchboard" },

  { .name = "industry", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED | ENT_FIELD_LISTED, .label = N_("Industries"),
    .group = N_("Size and Market"), .merge = ENT_MERGE_UNION,
    .help = N_("Industries the organization works in."),
    .aliases = "industries|sector|gics sector|industry sector|primary industry" },
  { .name = "verticals", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED | ENT_FIELD_LISTED, .label = N_("Verticals"),
    .group = N_("Size and Market"), .merge = ENT_MERGE_UNION,
    .help = N_("Narrower markets served, such as claims handling or fleet telematics."),
    .aliases = "vertical|sub-industry|gics sub-industry|subsector|specialty|target verticals" },
  { .name = "segments", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED,
    .label = N_("Market segments"), .group = N_("Size and Market"), .merge = ENT_MERGE_UNION,
    .help = N_("Sizes or kinds of customers served, such as enterprise or mid-market."),
    .aliases = "market segment|customer segments|company segment" },
  { .name = "size_employees", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Employees"), .max = 100000000, .group = N_("Size and Market"), .width = 10,
    .aliases = "employees|employee count|number of employees|headcount|company size|"
               "no. of employees|employee range" },
  { .name = "annual_revenue", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Annual revenue"), .group = N_("Size and Market"), .width = 12,
    .aliases = "revenue|turnover|sales|yearly revenue|annual turnover" },
  { .name = "ethos_note", .type = ENT_FIELD_LONGTEXT, .label = N_("Culture and values"),
    .group = N_("Size and Market"),
    .help = N_("How they work and what they stand for, as far as it matters for working "
               "together."),
    .aliases = "culture|ethos|values" },

  { .name = "segment", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_INDEXED | ENT_FIELD_LISTED,
    .label = N_("Segment"), .choices = segments, .group = N_("Partnership"), .kinds = "partner",
    .help = N_("How much we invest in the partnership."),
    .aliases = "partner segment|tiering segment" },
  { .name = "archetype", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Archetype"), .choices = archetypes, .group = N_("Partnership"),
    .kinds = "partner",
    .aliases = "partner archetype" },
  { .name = "channel_kind", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Channel kinds"),
    .choices = channel_kinds, .group = N_("Partnership"), .kinds = "partner",
    .merge = ENT_MERGE_UNION,
    .help = N_("How the partner goes to market."),
    .aliases = "channel kind|channel type|partner category|business model" },
  { .name = "partner_since", .type = ENT_FIELD_DATE, .flags = ENT_FIELD_LISTED,
    .label = N_("Partner since"), .group = N_("Partnership"), .kinds = "partner",
    .merge = ENT_MERGE_ASK,
    .aliases = "joined|join date|member since|partner start date|partnership start|date joined" },
  { .name = "partner_manager", .type = ENT_FIELD_REF,
    .flags = ENT_FIELD_INDEXED | ENT_FIELD_COLUMN, .label = N_("Partner manager"),
    .target = "person", .group = N_("Partnership"), .kinds = "partner", .width = 16,
    .help = N_("Who on our team looks after the partnership."),
    .aliases = "pam|partner account manager|channel manager|alliance manager|cam" },
  { .name = "named_technical_contact", .type = ENT_FIELD_REF, .label = N_("Technical contact"),
    .target = "person", .group = N_("Partnership"), .kinds = "partner",
    .help = N_("Who at the partner answers technical questions."),
    .aliases = "technical contact|tech contact" },
  { .name = "council_member", .type = ENT_FIELD_BOOL, .flags = ENT_FIELD_LISTED,
    .label = N_("Partner council"), .group = N_("Partnership"), .kinds = "partner",
    .help = N_("Active in the partner council."),
    .aliases = "council|partner council member|advisory council" },
  { .name = "territory_right", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Territory right"), .choices = territory_rights, .default_value = "none",
    .group = N_("Partnership"), .kinds = "partner", .merge = ENT_MERGE_ASK,
    .merge_group = "territory",
    .aliases = "territory type|exclusivity" },
  { .name = "territories", .type = ENT_FIELD_TEXT, .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED,
    .label = N_("Territories"), .group = N_("Partnership"), .kinds = "partner",
    .merge = ENT_MERGE_UNION,
    .help = N_("Countries or regions the territory right covers."),
    .aliases = "territory|sales territory|coverage" },
  { .name = "capabilities", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_MANY | ENT_FIELD_SEARCHED | ENT_FIELD_LISTED, .label = N_("Capabilities"),
    .group = N_("Partnership"), .kinds = "partner", .merge = ENT_MERGE_UNION,
    .help = N_("Skills and services the partner can deliver."),
    .aliases = "capability|skills|services|competencies|specializations|expertise" },
  { .name = "cloud_platforms", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED, .label = N_("Cloud platforms"),
    .choices = cloud_platforms, .group = N_("Partnership"), .kinds = "partner",
    .merge = ENT_MERGE_UNION,
    .aliases = "cloud|clouds|cloud provider|hyperscaler" },
  { .name = "outside_programs", .type = ENT_FIELD_TEXT,
    .flags = ENT_FIELD_MANY | ENT_FIELD_LISTED, .label = N_("Other partner programs"),
    .group = N_("Partnership"), .kinds = "partner", .merge = ENT_MERGE_UNION,
    .help = N_("Programs of other vendors that the partner belongs to."),
    .aliases = "programs|program|memberships|partner programs" },
  { .name = "capacity_hours_per_month", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Capacity"), .unit = N_("hours a month"), .max = 1000000,
    .group = N_("Partnership"), .kinds = "partner",
    .help = N_("Hours of delivery work the partner can take on."),
    .aliases = "capacity|available hours" },
  { .name = "dpa_role", .type = ENT_FIELD_ENUM, .label = N_("Data protection role"),
    .choices = dpa_roles, .group = N_("Partnership"), .kinds = "partner", .merge = ENT_MERGE_ASK,
    .aliases = "data role|gdpr role" },

  { .name = "procurement_route", .type = ENT_FIELD_ENUM,
    .flags = ENT_FIELD_LISTED | ENT_FIELD_OPEN, .label = N_("Procurement route"),
    .choices = procurement_routes, .group = N_("Buying"), .kinds = "customer|prospect",
    .aliases = "buying route|purchase route" },
  { .name = "marketplace_preference", .type = ENT_FIELD_ENUM, .flags = ENT_FIELD_LISTED,
    .label = N_("Preferred marketplace"), .choices = ent_marketplace_choices,
    .group = N_("Buying"), .kinds = "customer|prospect",
    .aliases = "marketplace|preferred marketplace" },
  { .name = "committed_spend", .type = ENT_FIELD_MONEY, .flags = ENT_FIELD_LISTED,
    .label = N_("Committed cloud spend"), .group = N_("Buying"), .kinds = "customer|prospect",
    .help = N_("What they have committed to spend with a cloud provider."),
    .aliases = "cloud commitment|committed spend|macc|edp" },
  { .name = "budget_cycle_start", .type = ENT_FIELD_DATE, .label = N_("Budget cycle starts"),
    .group = N_("Buying"), .kinds = "customer|prospect",
    .help = N_("First day of their next budget year."),
    .aliases = "fiscal year start|budget year" },
  { .name = "buying_note", .type = ENT_FIELD_LONGTEXT, .label = N_("Buying notes"),
    .group = N_("Buying"), .kinds = "customer|prospect",
    .help = N_("Approvers, preferred vendors, and how long a purchase takes.") },

  { .name = "ref", .type = ENT_FIELD_CODE, .label = N_("External reference"),
    .group = N_("Record"),
    .aliases = "org id|organization id|account id|company id|partner id|seller id|symbol|ticker" },

  { .name = "rank_1_10", .type = ENT_FIELD_INT, .flags = ENT_FIELD_LISTED,
    .label = N_("Competitor rank"), .min = 1, .max = 10, .group = N_("Competition"),
    .kinds = "competitor",
    .help = N_("1 is the competitor met most often."),
    .aliases = "competitor rank|rank" },
  { .name = "program_note", .type = ENT_FIELD_LONGTEXT, .flags = ENT_FIELD_SEARCHED,
    .label = N_("Their partner program"), .group = N_("Competition"), .kinds = "competitor",
    .help = N_("Incentives, requirements, and benefits they offer to partners.") },
  { NULL },
};

const EntRecordTypeInfo ent_type_organization =
{
  .name         = "organization",
  .number       = 1,
  .prefix       = "P",
  .label        = N_("Organization"),
  .label_plural = N_("Organizations"),
  .help         = N_("A company: a partner, customer, prospect, competitor, or several of these "
                     "at once."),
  .icon_name    = "ent-organization-symbolic",
  .kind_field   = "roles",
  .state_field  = "lifecycle",
  .fields       = fields,
};
