/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The standard partner program as shipped: the numbers of the program's data sheets D1 to D7, read from
 * the data files as the store gets them, each checked against the schema. */
#include "config.h"

#include <string.h>

#include "rules/ent-data-set.h"

static const char * const files[] =
{
  "program/10-levels.json", "program/20-types.json", "program/30-goals.json",
  "program/40-indicators.json", "program/50-practice.json",
  "program/60-funds.json", "program/60-onboarding.json", "program/60-pipeline.json",
  "program/65-reviews.json", "program/70-today.json",
};

static GPtrArray *nodes;

static gboolean
has_line (JsonObject *record,
          const char *ref)
{
  JsonArray *rules = json_object_has_member (record, "program_rule")
                       ? json_object_get_array_member (record, "program_rule") : NULL;

  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++)
    if (g_strcmp0 (json_object_get_string_member_with_default (json_array_get_object_element (rules, i), "ref", NULL),
                   ref) == 0)
      return TRUE;
  return FALSE;
}

/* The record with this `ref`, or the one that has a line with it. */
static JsonObject *
find_record (const char *ref)
{
  for (guint n = 0; n < nodes->len; n++)
    {
      JsonArray *records = json_node_get_array (g_ptr_array_index (nodes, n));

      for (guint i = 0; i < json_array_get_length (records); i++)
        {
          JsonObject *record = json_array_get_object_element (records, i);

          if (g_str_equal (json_object_get_string_member (record, "ref"), ref))
            return record;
          if (has_line (record, ref))
            return record;
        }
    }
  g_error ("no record has the ref %s", ref);
}

static gboolean
names_level (JsonObject *rule,
             const char *level)
{
  JsonArray *levels;

  if (level == NULL)
    return TRUE;
  if (!json_object_has_member (rule, "applies_to_level"))
    return FALSE;
  levels = json_object_get_array_member (rule, "applies_to_level");
  for (guint i = 0; i < json_array_get_length (levels); i++)
    if (g_str_has_suffix (json_array_get_string_element (levels, i), level))
      return TRUE;
  return FALSE;
}

/* The line of @ref for @metric and, if given, @level; NULL when there is none. */
static JsonObject *
find_rule (const char *ref,
           const char *metric,
           const char *level)
{
  JsonObject *record = find_record (ref);
  JsonArray *rules;

  if (!json_object_has_member (record, "program_rule"))
    return NULL;
  rules = json_object_get_array_member (record, "program_rule");
  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (rule, "metric", NULL), metric) == 0 &&
          names_level (rule, level))
        return rule;
    }
  return NULL;
}

/* What a line asks for or grants, in words a data sheet would use: "at_least 100000 USD". */
static void
assert_rule (const char *ref,
             const char *metric,
             const char *level,
             const char *expected)
{
  static const char * const members[] =
    { "threshold", "threshold_max", "threshold_amount", "threshold_amount_max", "threshold_pct",
      "threshold_pct_max", "threshold_text" };
  JsonObject *rule = find_rule (ref, metric, level);
  g_autoptr(GString) text = g_string_new (NULL);

  if (expected == NULL)
    {
      g_assert_null (rule);
      return;
    }
  if (rule == NULL)
    g_error ("%s has no line %s %s", ref, metric, level != NULL ? level : "");
  g_string_append (text, json_object_get_string_member (rule, "operator"));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (rule, members[i]))
      {
        JsonNode *node = json_object_get_member (rule, members[i]);

        if (json_node_get_value_type (node) == G_TYPE_STRING)
          g_string_append_printf (text, " %s", json_node_get_string (node));
        else
          g_string_append_printf (text, " %g", json_node_get_double (node));
      }
  if (g_strcmp0 (json_object_get_string_member_with_default (rule, "unit", NULL), "unlimited") == 0)
    g_string_append (text, " unlimited");
  g_assert_cmpstr (text->str, ==, expected);
}

/* One row of the table of levels: Strategic, Premier, Select, Registered. */
static void
assert_levels (const char *ref,
               const char *metric,
               const char *strategic,
               const char *premier,
               const char *select,
               const char *registered)
{
  assert_rule (ref, metric, "strategic", strategic);
  assert_rule (ref, metric, "premier", premier);
  assert_rule (ref, metric, "select", select);
  assert_rule (ref, metric, "registered", registered);
}

static void
test_levels (void)
{
  assert_rule ("level:strategic", "rank_percentile", NULL, "at_most 5");
  assert_rule ("level:premier", "rank_percentile", NULL, "at_most 20");
  assert_rule ("level:select", "rank_percentile", NULL, "at_most 50");
  assert_rule ("level:registered", "rank_percentile", NULL, NULL);

  assert_levels ("requirement:annual_commitment", "annual_commitment",
                 "at_least 100000 USD", "at_least 25000 USD", "at_least 10000 USD", NULL);
  assert_levels ("requirement:qualified_leads", "qualified_leads_per_month",
                 "at_least 10", "at_least 5", "at_least 2", NULL);
  assert_levels ("requirement:success_stories", "success_stories",
                 "at_least 3", "at_least 1", NULL, NULL);
  assert_levels ("requirement:partner_council", "partner_council", "is_set", NULL, NULL, NULL);
  assert_levels ("requirement:business_review", "business_reviews",
                 NULL, "at_least 1", "at_least 1", NULL);

  assert_levels ("benefit:revenue_share", "revenue_share",
                 "at_most 50", "at_most 35", "at_most 25", "at_most 15");
  assert_levels ("benefit:mdf", "mdf_allocation",
                 "equals 50000 USD", "equals 15000 USD", "equals 5000 USD", "equals 2000 USD");
  assert_levels ("benefit:co_marketing", "co_marketing_budget",
                 "at_most 50000 USD", "at_most 15000 USD", "at_most 5000 USD", NULL);
  assert_levels ("benefit:training_credits", "training_credits",
                 "equals unlimited", "equals 100", "equals 50", "equals 25");
  assert_levels ("benefit:territory", "territory_right",
                 "equals exclusive", "equals regional", "equals local", NULL);
  assert_levels ("benefit:success_manager", "success_manager",
                 "equals dedicated", "equals shared", "equals shared", NULL);
  assert_levels ("benefit:feature_access", "feature_access",
                 "equals early_beta", "equals beta", "equals standard", NULL);
}

static void
test_partner_types (void)
{
  assert_rule ("type:technology", "integration_adoption", NULL, "more_than 40");
  assert_rule ("type:technology", "joint_customer_share", NULL, "more_than 25");
  assert_rule ("type:technology", "revenue_impact", NULL, "more_than 2000000 USD");
  assert_rule ("type:technology", "minimum_investment", NULL, "at_least 50000 USD");
  assert_rule ("type:technology", "expected_roi", NULL, "at_least 3 5");
  assert_rule ("type:technology", "revenue_per_partner", NULL, "at_least 150000 USD 250000 USD");

  assert_rule ("type:channel", "channel_revenue_share", NULL, "more_than 40");
  assert_rule ("type:channel", "psat", NULL, "more_than 8.5");
  assert_rule ("type:channel", "deal_size_increase", NULL, "more_than 35");
  assert_rule ("type:channel", "minimum_investment", NULL, "at_least 25000 USD");
  assert_rule ("type:channel", "expected_roi", NULL, "at_least 2 3");
  assert_rule ("type:channel", "revenue_per_partner", NULL, "at_least 50000 USD 75000 USD");
  assert_rule ("type:channel", "resale_margin", NULL, "at_least 30 40");

  assert_rule ("type:solution", "solution_adoption", NULL, "more_than 60");
  assert_rule ("type:solution", "new_use_cases", NULL, "more_than 15");
  assert_rule ("type:solution", "citations", NULL, "more_than 50");
  assert_rule ("type:solution", "minimum_investment", NULL, "at_least 15000 USD");
  assert_rule ("type:solution", "expected_roi", NULL, "at_least 2 4");
  assert_rule ("type:solution", "revenue_per_partner", NULL, "at_least 30000 USD 60000 USD");
}

static void
test_phases_and_goals (void)
{
  assert_rule ("phase:foundation", "strategic_technology_partners", NULL, "at_least 5");
  assert_rule ("phase:foundation", "portal_adoption", NULL, "more_than 80");
  assert_rule ("phase:foundation", "training_completion", NULL, "more_than 70");
  assert_rule ("phase:scale", "channel_solution_partners_onboarded", NULL, "at_least 25");
  assert_rule ("phase:scale", "partner_sourced_pipeline", NULL, "more_than 5000000 USD");
  assert_rule ("phase:scale", "average_deal_size", NULL, "more_than 100000 USD");
  assert_rule ("phase:optimize", "partner_countries", NULL, "more_than 15");
  assert_rule ("phase:optimize", "psat", NULL, "more_than 9");
  assert_rule ("phase:optimize", "new_use_cases", NULL, "more_than 25");

  assert_rule ("goal:year_1", "partners", NULL, "at_least 50");
  assert_rule ("goal:year_1", "partner_revenue", NULL, "at_least 2500000 USD");
  assert_rule ("goal:year_1", "partner_revenue_share", NULL, "at_least 25");
  assert_rule ("goal:year_2", "partners", NULL, "at_least 150");
  assert_rule ("goal:year_2", "partner_revenue", NULL, "at_least 8500000 USD");
  assert_rule ("goal:year_2", "partner_revenue_share", NULL, "at_least 35");
  assert_rule ("goal:year_3", "partners", NULL, "at_least 300");
  assert_rule ("goal:year_3", "partner_revenue", NULL, "at_least 18000000 USD");
  assert_rule ("goal:year_3", "partner_revenue_share", NULL, "at_least 40");

  assert_rule ("goal:technical", "api_adoption", NULL, "more_than 80");
  assert_rule ("goal:technical", "custom_solutions", NULL, "more_than 40");
  assert_rule ("goal:technical", "api_response_ms", NULL, "less_than 200");
  assert_rule ("goal:technical", "availability", NULL, "more_than 99.9");
  assert_rule ("goal:business", "qualified_leads", NULL, "more_than 100");
  assert_rule ("goal:business", "revenue_growth", NULL, "more_than 30");
  assert_rule ("goal:business", "csat", NULL, "more_than 85");
  assert_rule ("goal:business", "new_verticals", NULL, "more_than 15");
  assert_rule ("goal:satisfaction", "nps", NULL, "more_than 50");
  assert_rule ("goal:satisfaction", "partner_retention", NULL, "more_than 90");
  assert_rule ("goal:satisfaction", "active_participation", NULL, "more_than 70");
  assert_rule ("goal:satisfaction", "advocacy", NULL, "more_than 60");
  assert_rule ("goal:isv_pipeline", "isv_pipeline", NULL, "at_least 250000 USD");
}

static void
test_indicators (void)
{
  static const struct { const char *ref, *formula; } golden[] =
  {
    { "kpi:activation", "Partners with a first registered deal / partners signed" },
    { "kpi:coverage", "Open weighted pipeline / remaining target" },
    { "kpi:time_to_first_success", "First accepted deal date − agreement date" },
    { "kpi:attach_rate", "Deals with a partner service / deals" },
    { "kpi:mdf_utilization", "Spent / allocated" },
    { "kpi:onboarding_cycle", "Go-live date − start date" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (golden); i++)
    g_assert_cmpstr (json_object_get_string_member (find_record (golden[i].ref), "formula"), ==,
                     golden[i].formula);
}

static void
test_rubric_weights_add_up (void)
{
  JsonArray *rules = json_object_get_array_member (find_record ("rubric:tier"), "program_rule");
  gint64 sum = 0;

  for (guint i = 0; i < json_array_get_length (rules); i++)
    sum += json_object_get_int_member (json_array_get_object_element (rules, i), "weight");
  g_assert_cmpint (sum, ==, 100);
}

/* The list of the blueprint: "pipeline, installs, retention, incident/NPS trend, joint roadmap, risks, and asks; pre-read
 * 72 hours before", with goals and the last review's actions. */
static void
assert_sections (const char *ref,
                 const char *expected)
{
  JsonArray *rules = json_object_get_array_member (find_record (ref), "program_rule");
  g_autoptr(GString) text = g_string_new (NULL);
  const char *last = "Preparation";

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      const char *section = json_object_get_string_member (json_array_get_object_element (rules, i), "section");

      if (!g_str_equal (section, last))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", section);
      last = section;
    }
  g_assert_cmpstr (text->str, ==, expected);
  assert_rule (ref, "preread", NULL, "at_least 72");
}

static void
test_review_sections (void)
{
  assert_sections ("review:qbr", "Summary, Last review’s actions, Pipeline, Installs, Retention, Incidents and NPS, "
                                 "Joint roadmap, Goals, Risks, Asks");
  assert_sections ("review:abr", "Summary, Last review’s actions, Pipeline and revenue, Installs, Retention, "
                                 "Incidents and NPS, Goals, Renewal, Investment, Territory, Initiatives, Risks, Asks");
}

/* --- Everything in the files is something the schema knows ------------------------------------------- */

static EntKey
accept_reference (const EntField *field,
                  const char     *text,
                  gpointer        user_data,
                  GError        **error)
{
  g_assert_true (g_str_has_prefix (text, "ref:"));
  find_record (text + strlen ("ref:"));
  return ent_key_make (ent_schema_lookup (ent_schema_get_default (), field->info.target)->info->number, 1);
}

static void
check_value (const EntField *field,
             JsonNode       *node)
{
  const EntReadContext context = { .resolve = accept_reference };
  g_auto(EntValue) value = ENT_VALUE_INIT;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_dup_string (node);
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    text = g_strdup_printf ("%.15g", json_node_get_double (node));
  else
    text = json_to_string (node, FALSE);
  ent_value_read (field, text, &context, &value, &error);
  g_assert_no_error (error);
  g_assert_true (ent_value_check (field, &value, &error));
}

static void
check_object (const EntRecordType *type,
              JsonObject          *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const EntField *field = ent_record_type_lookup (type, name);

      if (g_str_equal (name, "type") || g_str_equal (name, "program_rule"))
        continue;
      if (field == NULL)
        g_error ("%s has no field %s", type->info->name, name);
      if (!JSON_NODE_HOLDS_ARRAY (node))
        check_value (field, node);
      else
        for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
          check_value (field, json_array_get_element (json_node_get_array (node), i));
    }
}

static void
test_every_value_fits_the_schema (void)
{
  const EntRecordType *program = ent_schema_lookup (ent_schema_get_default (), "program");
  const EntRecordType *rule = ent_schema_lookup (ent_schema_get_default (), "program_rule");
  guint count = 0;

  for (guint n = 0; n < nodes->len; n++)
    {
      JsonArray *records = json_node_get_array (g_ptr_array_index (nodes, n));

      for (guint i = 0; i < json_array_get_length (records); i++, count++)
        {
          JsonObject *record = json_array_get_object_element (records, i);
          JsonArray *rules = NULL;

          check_object (program, record);
          if (json_object_has_member (record, "program_rule"))
            rules = json_object_get_array_member (record, "program_rule");
          for (guint r = 0; rules != NULL && r < json_array_get_length (rules); r++)
            check_object (rule, json_array_get_object_element (rules, r));
        }
    }
  g_assert_cmpuint (count, ==, 138);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GError) error = NULL;
      JsonNode *node = ent_data_set_read (files[i], &error);

      g_assert_no_error (error);
      g_ptr_array_add (nodes, node);
    }

  g_test_add_func ("/program-data/levels", test_levels);
  g_test_add_func ("/program-data/partner-types", test_partner_types);
  g_test_add_func ("/program-data/phases-and-goals", test_phases_and_goals);
  g_test_add_func ("/program-data/indicators", test_indicators);
  g_test_add_func ("/program-data/rubric-weights-add-up", test_rubric_weights_add_up);
  g_test_add_func ("/program-data/review-sections", test_review_sections);
  g_test_add_func ("/program-data/every-value-fits-the-schema", test_every_value_fits_the_schema);

  result = g_test_run ();
  g_ptr_array_unref (nodes);
  return result;
}
