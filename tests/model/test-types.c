/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The declared record types: that all are there with the fields the product is built on, that the
 * values which files and other programs know do not change, and that real files find their columns. */
#include "config.h"

#include <string.h>

#include "model/ent-schema.h"
#include "model/ent-value.h"

static void
test_declarations_are_valid (void)
{
  g_autoptr(GError) error = NULL;

  ent_schema_validate (ent_schema_get_default (), &error);
  g_assert_no_error (error);
}

/* Numbers are part of every key and prefixes of every short code: neither may ever change. */
static void
test_numbers_and_prefixes (void)
{
  static const struct { const char *name; guint number; const char *prefix; } types[] =
  {
    { "organization", 1, "P" }, { "person", 2, "C" }, { "offering", 3, "OFF" },
    { "program", 4, "PRG" }, { "agreement", 5, "AGR" }, { "deal", 6, "D" },
    { "activity", 7, "ACT" }, { "task", 8, "T" }, { "plan", 9, "PLN" },
    { "assessment", 10, "ASM" }, { "campaign", 11, "CMP" }, { "funding", 12, "FND" },
    { "ledger", 13, "LGR" }, { "case", 14, "CAS" }, { "document", 15, "DOC" },
    { "link", 16, "LNK" },
    { "offering_metric", 17, "OFM" }, { "program_rule", 18, "RUL" }, { "agreement_term", 19, "TRM" },
    { "agreement_clause", 20, "CLS" }, { "obligation", 21, "OBL" }, { "deal_party", 22, "PTY" },
    { "deal_stakeholder", 23, "STK" }, { "agenda_item", 24, "AGI" }, { "plan_item", 25, "PLI" },
    { "assessment_score", 26, "SCR" }, { "campaign_line", 27, "CML" },
  };
  EntSchema *schema = ent_schema_get_default ();

  g_assert_cmpuint (ent_schema_get_n_types (schema), >=, G_N_ELEMENTS (types));
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      const EntRecordType *type = ent_schema_lookup (schema, types[i].name);

      g_assert_nonnull (type);
      g_assert_cmpuint (type->info->number, ==, types[i].number);
      g_assert_cmpstr (type->info->prefix, ==, types[i].prefix);
      g_assert_cmpint (ent_record_type_is_child (type), ==, types[i].number > 16);
    }
  g_assert_true (ent_schema_lookup (schema, "ledger")->info->flags & ENT_RECORD_TYPE_APPEND_ONLY);
  g_assert_true (ent_schema_lookup (schema, "link")->info->flags & ENT_RECORD_TYPE_LINK);
}

static void
test_fields_are_there (void)
{
  static const struct { const char *type, *fields; } wanted[] =
  {
    { "organization",
      "title roles legal_name domains country region cities industry segments size_employees "
      "annual_revenue tax_id registration_no payout_ref parent ethos_note partner_type archetype "
      "channel_kind level segment lifecycle territory_right territories verticals capabilities "
      "cloud_platforms named_technical_contact partner_manager capacity_hours_per_month dpa_role "
      "procurement_route marketplace_preference committed_spend budget_cycle_start buying_note "
      "rank_1_10 program_note arr website" },
    { "person",
      "title given family emails phones org job_title seniority function region timezone language "
      "is_team priorities background decision_authority influence_0_100 preferred_channel "
      "availability cadence_days consent consent_source consent_on local_roles hourly_cost "
      "hours_per_week" },
    { "offering",
      "kind provider partner description use_cases version status price margin_pct marketplace "
      "listing_ref category buyer discount_pct term_months expires_on approval scopes rate_limit "
      "webhook_signed kill_switch_state certified_until policy_stage hours level exam_pass_pct" },
    { "offering_metric", "parent position period metric value" },
    { "program", "kind version effective_from effective_to parent rank audience body" },
    { "program_rule",
      "parent position metric operator threshold unit window_months applies_to_type "
      "applies_to_level weight mandatory cap text" },
    { "agreement",
      "kind counterparty signed_on starts_on ends_on auto_renew notice_days renewal_reminder_days "
      "governing_law status signatories document exception_of exception_expires_on "
      "compensating_control" },
    { "agreement_term",
      "parent position model basis rate_pct floor cap duration months bands accelerator "
      "clawback_days effective_from effective_to rounding" },
    { "agreement_clause", "parent position clause_ref fallback_rank deviation status" },
    { "obligation", "parent position text party due_rule control control_state" },
    { "deal",
      "kind account offering amount expected_close stage probability_pct pain need next_step "
      "blockers competitors loss_reason source motion project_description delivery_model industry "
      "postal_code registered_at valid_at approved_at expires_on renewals proof "
      "reopen_approved_by portal portal_id portal_stage review_status locked" },
    { "deal_party", "parent position org role share_pct since raci confirmed_at" },
    { "deal_stakeholder", "parent position person role stance covered_by" },
    { "activity",
      "kind at ends_at timezone title body participants orgs about direction sentiment outcome "
      "next_step source confidence_pct strength_1_5 evidence signal_kind status campaign spend "
      "brief" },
    { "agenda_item", "parent position title minutes" },
    { "task",
      "due start status priority estimate_hours spent_hours assignee about plan_item depends_on "
      "recurrence rolled_from evidence celebrate approval approver" },
    { "plan",
      "kind for period_start period_end template signed_off_by snapshot lessons meeting_at" },
    { "plan_item",
      "parent section position title type owner target_day due status metric baseline target "
      "actual answer" },
    { "assessment",
      "kind subject assessor at rubric result narrative expires_on hours responses" },
    { "assessment_score",
      "parent position criterion value weight mark evidence must_have gap_action" },
    { "campaign",
      "kind objective theme partners audience channels start end budget_total status "
      "target_pipeline target_leads cac_target claim_approved" },
    { "campaign_line",
      "parent position channel week planned spent impressions leads qualified pipeline variant" },
    { "funding",
      "kind program partner deal campaign requested approved match_pct state submit_by claim_by "
      "desired_outcome proofs portal_id fulfilment" },
    { "ledger",
      "kind date amount partner deal agreement_term campaign funding batch basis_amount rate_used "
      "cap_hit explain attribution_model credit_pct status reverses period" },
    { "case",
      "kind about severity likelihood impact exposure residual category owner opened due closed "
      "sla_hours state ladder step clause evidence mitigation contingency decision "
      "communications" },
    { "document",
      "kind template version status review_by approvers expires_on body file_hash file_size "
      "file_type audience language claim_proof" },
    { "link", "from to type strength since until evidence confidence_pct source symmetric" },
  };
  EntSchema *schema = ent_schema_get_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const EntRecordType *type = ent_schema_lookup (schema, wanted[i].type);
      g_auto(GStrv) fields = g_strsplit (wanted[i].fields, " ", -1);

      for (char **field = fields; *field != NULL; field++)
        if (ent_record_type_lookup (type, *field) == NULL)
          g_error ("%s has no field %s", wanted[i].type, *field);
    }
}

static void
test_choices_keep_their_values (void)
{
  static const struct { const char *type, *field, *values; } golden[] =
  {
    { "organization", "roles",
      "partner customer prospect competitor own marketplace_operator other" },
    { "organization", "lifecycle",
      "identified contacted discovery evaluated agreement onboarding active at_risk probation "
      "suspended offboarded" },
    { "organization", "partner_type", "technology channel solution" },
    { "organization", "archetype", "platform si_agency reseller oem_embedded data_provider" },
    { "organization", "segment", "strategic growth long_tail" },
    { "organization", "territory_right", "none local regional exclusive" },
    { "offering", "kind",
      "product joint_solution integration marketplace_listing private_offer training_course "
      "service entitlement" },
    { "offering", "status", "idea dev beta live deprecated retired" },
    { "agreement", "kind", "nda program_agreement reseller referral publisher oem dpa other" },
    { "agreement", "status", "draft negotiation signed active expiring terminated expired" },
    { "agreement_term", "model",
      "rev_share referral_fee resale_margin commission usage oem_licence mdf_match" },
    { "agreement_term", "basis", "booked billed collected margin usage" },
    { "deal", "kind", "lead registration opportunity co_sell marketplace_order" },
    { "deal", "stage",
      "prospect qualified technical_validation business_validation committed won lost" },
    { "deal", "registration_state",
      "draft submitted valid approved active renewed expired converted withdrawn rejected" },
    { "deal", "source", "partner us joint marketplace event" },
    { "deal", "motion", "referral resell co_sell msp oem" },
    { "deal_party", "role",
      "source influence technical delivery resell marketplace exec referral" },
    { "deal_stakeholder", "stance", "champion supporter neutral sceptic blocker" },
    { "activity", "kind",
      "meeting call email message note event signal touch session decision" },
    { "activity", "status", "new reviewed acted dismissed" },
    { "task", "status", "open doing waiting done dropped" },
    { "task", "approval", "none needed given refused" },
    { "plan", "kind",
      "onboarding enablement qbr abr joint_business account mutual_action campaign strategy "
      "business_case roadmap engagement expansion innovation alignment exit remediation" },
    { "assessment", "kind",
      "ipp_fit three_c four_c tier_rubric discovery security_questionnaire maturity si_quality "
      "collaboration certification survey compliance_check relevance contract_drift" },
    { "campaign", "status", "idea planned approved running done killed" },
    { "campaign", "channels", "email social event digital content other" },
    { "funding", "kind", "mdf co_marketing map poa poc sandbox box credit other" },
    { "funding", "state",
      "draft ready submitted changes_asked approved rejected running claimed proof_ok paid "
      "expired" },
    { "funding", "fulfilment", "cash credits discount access recognition resource" },
    { "ledger", "kind",
      "revenue accrual payout reversal cost mdf_allocation mdf_spend usage invoice tax adjustment "
      "refund" },
    { "ledger", "status", "accrued approved in_run paid held reversed" },
    { "case", "kind",
      "risk incident dispute conflict exception escalation enforcement request debt offboarding "
      "deal_desk" },
    { "case", "category",
      "dependency quality reputation competitive operational financial security privacy "
      "delivery" },
    { "document", "kind",
      "template filled contract clause battlecard case_study asset certificate evidence statement "
      "report policy attachment" },
    { "document", "status", "draft in_review approved retired" },
    { "link", "type",
      "partner_of resells integrates competes parent introduces influences reports_to knows "
      "owns_account works_with depends_on about duplicates" },
  };
  EntSchema *schema = ent_schema_get_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      const EntField *field =
        ent_record_type_lookup (ent_schema_lookup (schema, golden[i].type), golden[i].field);
      g_autoptr(GString) values = g_string_new (NULL);

      for (guint n = 0; n < field->choices->len; n++)
        g_string_append_printf (values, "%s%s", n > 0 ? " " : "",
                                ((EntChoice *) g_ptr_array_index (field->choices, n))->value);
      g_assert_cmpstr (values->str, ==, golden[i].values);
    }
}

/* --- What an import finds --------------------------------------------------------------------- */

static const char *
field_for_column (const EntRecordType *type,
                  const char          *column)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (column), "_-", ' ');
  g_autofree char *wanted = ent_text_key (spaced);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_auto(GStrv) aliases = ent_field_dup_aliases (field);

      for (char **alias = aliases; *alias != NULL; alias++)
        {
          g_autofree char *key = ent_text_key (g_strdelimit (*alias, "_-", ' '));

          if (g_str_equal (key, wanted))
            return field->info.name;
        }
    }
  return NULL;
}

/* Header lines of real exports (their sources: ../shared/data/README.md, and the makers' own documents). */
static void
test_columns_of_real_files_are_known (void)
{
  static const struct { const char *type, *column, *field; } columns[] =
  {
    /* The cloud native landscape. */
    { "organization", "org_id", "ref" },         { "organization", "name", "title" },
    { "organization", "other_names", "other_names" }, { "organization", "org_type", "org_type" },
    { "organization", "cncf_tier", NULL },       { "organization", "joined", "partner_since" },
    { "organization", "programs", "outside_programs" }, { "organization", "homepage", "website" },
    { "organization", "domain", "domains" },     { "organization", "crunchbase", "crunchbase" },
    { "organization", "twitter", "twitter" },    { "organization", "product_count", NULL },
    { "offering", "item_id", "ref" },            { "offering", "name", "title" },
    { "offering", "category", "category" },      { "offering", "subcategory", "subcategory" },
    { "offering", "owner_org_id", "provider" },  { "offering", "homepage", "website" },
    { "offering", "repo_url", "repository" },    { "offering", "description", "description" },
    { "offering", "use_case", "use_cases" },     { "offering", "personas", "personas" },
    { "offering", "maturity", "maturity" },      { "offering", "tags", "tags" },
    { "link", "src", "from" },                   { "link", "dst", "to" },
    { "link", "kind", "type" },                  { "link", "detail", "evidence" },
    /* Lists of large companies. */
    { "organization", "Company", "title" },      { "organization", "Security", "title" },
    { "organization", "Symbol", "ref" },         { "organization", "Employees", "size_employees" },
    { "organization", "Industry", "industry" },  { "organization", "GICS Sector", "industry" },
    { "organization", "GICS Sub-Industry", "verticals" },
    { "organization", "Headquarters Location", "cities" },
    { "organization", "Founded", "founded_year" }, { "organization", "State", "province" },
    { "organization", "CIK", "registration_no" },
    /* A sales team's tables. */
    { "organization", "account", "title" },      { "organization", "sector", "industry" },
    { "organization", "year_established", "founded_year" },
    { "organization", "revenue", "annual_revenue" },
    { "organization", "office_location", "country" },
    { "organization", "subsidiary_of", "parent" },
    { "offering", "product", "title" },          { "offering", "series", "category" },
    { "offering", "sales_price", "price" },
    { "deal", "opportunity_id", "ref" },         { "deal", "sales_agent", "owner" },
    { "deal", "product", "offering" },           { "deal", "account", "account" },
    { "deal", "deal_stage", "stage" },           { "deal", "engage_date", "opened_on" },
    { "deal", "close_date", "expected_close" },  { "deal", "close_value", "amount" },
    { "person", "sales_agent", "title" },        { "person", "regional_office", "region" },
    /* Salesforce, HubSpot. */
    { "organization", "Account Name", "title" }, { "organization", "Account ID", "ref" },
    { "organization", "Billing Country", "country" },
    { "organization", "Number of Employees", "size_employees" },
    { "organization", "Annual Revenue", "annual_revenue" },
    { "organization", "Parent Account", "parent" },
    { "organization", "Company Domain Name", "domains" },
    { "organization", "Partner Level", "level" }, { "organization", "Partner Type", "partner_type" },
    { "person", "First Name", "given" },         { "person", "Last Name", "family" },
    { "person", "Email", "emails" },             { "person", "Job Title", "job_title" },
    { "person", "Company Name", "org" },         { "person", "Mobile Phone", "phones" },
    { "deal", "Opportunity Name", "title" },     { "deal", "Opportunity Owner", "owner" },
    { "deal", "Probability (%)", "probability_pct" }, { "deal", "Deal Stage", "stage" },
    { "deal", "Closed Lost Reason", "loss_reason" }, { "deal", "Lead Source", "source" },
    { "activity", "Subject", "title" },          { "task", "Due Date", "due" },
    { "funding", "Requested Amount", "requested" },
  };
  EntSchema *schema = ent_schema_get_default ();

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *field =
        field_for_column (ent_schema_lookup (schema, columns[i].type), columns[i].column);

      if (g_strcmp0 (field, columns[i].field) != 0)
        g_error ("%s: the column “%s” goes to %s, not to %s", columns[i].type, columns[i].column,
                 field, columns[i].field);
    }
}

static void
test_money_and_states_are_never_merged_in_silence (void)
{
  EntSchema *schema = ent_schema_get_default ();

  for (guint t = 0; t < ent_schema_get_n_types (schema); t++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, t);

      for (guint i = ENT_N_COMMON; i < ent_record_type_get_n_fields (type); i++)
        {
          const EntField *field = ent_record_type_get_nth (type, i);
          gboolean is_context = g_str_equal (field->info.name, "annual_revenue") ||
                                g_str_equal (field->info.name, "committed_spend");

          if (field->info.type == ENT_FIELD_MONEY && !is_context)
            g_assert_cmpint (field->info.merge, ==, ENT_MERGE_ASK);
        }
      if (type->info->state_field != NULL && !g_str_equal (type->info->name, "activity"))
        g_assert_cmpint (ent_record_type_lookup (type, type->info->state_field)->info.merge, ==,
                         ENT_MERGE_ASK);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/types/declarations-are-valid", test_declarations_are_valid);
  g_test_add_func ("/types/numbers-and-prefixes", test_numbers_and_prefixes);
  g_test_add_func ("/types/fields-are-there", test_fields_are_there);
  g_test_add_func ("/types/choices-keep-their-values", test_choices_keep_their_values);
  g_test_add_func ("/types/columns-of-real-files-are-known", test_columns_of_real_files_are_known);
  g_test_add_func ("/types/money-and-states-are-never-merged-in-silence",
                   test_money_and_states_are_never_merged_in_silence);

  return g_test_run ();
}
