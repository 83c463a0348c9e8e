/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-level-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Levels in words. */

const char *
ent_met_label (EntMet met)
{
  switch (met)
    {
    case ENT_MET_YES:
      return _("Met");
    case ENT_MET_NOT:
      return _("Not met");
    case ENT_MET_UNKNOWN:
    default:
      return _("Unknown");
    }
}

const char *
ent_levels_get_level_title (EntLevels *self,
                            EntKey     level)
{
  const EntDefinition *definition =
    level != 0 ? ent_program_get_definition (ent_levels_get_program (self), level) : NULL;

  return definition != NULL ? definition->title : _("No level");
}

char *
ent_rule_result_label (EntLevels           *self,
                       const EntRuleResult *result)
{
  /* A requirement has a name that people gave it; a level's own line has the metric's. */
  if (g_str_equal (result->rule->definition->kind, "requirement"))
    return g_strdup (result->rule->definition->title);
  return ent_metrics_dup_label (self->metrics, result->rule->metric);
}

char *
ent_rule_result_describe (const EntRuleResult *result)
{
  g_autofree char *value = ent_metric_value_display (&result->value);
  g_autofree char *asked = ent_program_rule_describe (result->rule, result->threshold);

  if (result->rule->operator == ENT_OPERATOR_IS_SET)
    return g_steal_pointer (&value);
  if (!result->value.is_known)
    return g_strdup_printf (_("%s; %s asked"), value, asked);
  return g_strdup_printf (_("%s of %s"), value, asked);
}

EntWhy *
ent_rule_result_explain (EntLevels           *self,
                         EntStore            *store,
                         guint                partner,
                         const EntRuleResult *result)
{
  g_autoptr (EntWhy) values =
    ent_metrics_explain (self->metrics, store, partner, result->rule->metric, result->rule->window_months);
  g_autofree char *label = ent_rule_result_label (self, result);
  g_autofree char *asked = ent_program_rule_describe (result->rule, result->threshold);
  g_autofree char *value = g_strdup_printf (_("%s: %s"), ent_met_label (result->met), ent_why_get_value (values));
  EntWhy *why = ent_why_new (label, value);

  ent_why_set_formula (why, ent_why_get_formula (values));
  ent_why_add (why, _("Asked"), asked, NULL, result->rule->definition->key);
  if (result->raised_by != NULL)
    ent_why_add (why, _("The partner type’s minimum is greater"), result->raised_by->definition->title, NULL,
                 result->raised_by->definition->key);
  for (guint i = 0; i < ent_why_get_n_lines (values); i++)
    {
      const EntWhyLine *line = ent_why_get_line (values, i);

      ent_why_add (why, line->label, line->value, line->weight, line->key);
    }
  if (result->met == ENT_MET_UNKNOWN && result->value.is_known && result->value.unit == ENT_UNIT_MONEY)
    ent_why_set_note (why, _("Amounts in other currencies have no exchange rate and are not added up; add a line "
                             "to the rate card “Exchange rates”."));
  else
    ent_why_set_note (why, ent_why_get_note (values));
  return why;
}

/* --- Gaps ------------------------------------------------------------------------------------------------------ */

/* What is missing, in the unit; rounded up to a whole one where halves make no sense. */
static gint64
get_missing (const EntRuleResult *result)
{
  gint64 own = result->value.number;
  gint64 missing;

  if (result->value.unit == ENT_UNIT_MONEY)
    ent_metric_value_convert (&result->value, result->rule->currency, &own);
  missing = result->threshold - own;
  if (result->rule->operator == ENT_OPERATOR_MORE_THAN)
    missing++;
  return result->rule->unit == ENT_UNIT_COUNT && missing > 0 ? (missing + 99) / 100 * 100 : missing;
}

typedef struct
{
  const char *metric, *one, *many;
} Words;

/* "2 more qualified leads a month" */
static const Words count_words[] =
{
  { "qualified_leads_per_month", N_("%s more qualified lead a month"), N_("%s more qualified leads a month") },
  { "qualified_leads", N_("%s more qualified lead"), N_("%s more qualified leads") },
  { "success_stories", N_("%s more customer success story"), N_("%s more customer success stories") },
  { "business_reviews", N_("%s more business review"), N_("%s more business reviews") },
  { "won_deals", N_("%s more won deal"), N_("%s more won deals") },
  { "certified_people", N_("%s more certified person"), N_("%s more certified people") },
  { NULL },
};

static char *
describe_missing (EntLevels           *self,
                  const EntRuleResult *result)
{
  gint64 missing = get_missing (result);
  g_autofree char *number = ent_unit_display (result->rule->unit, missing, result->rule->currency);
  g_autofree char *label = NULL;

  for (const Words *words = count_words; result->rule->unit == ENT_UNIT_COUNT && words->metric != NULL; words++)
    if (g_str_equal (words->metric, result->rule->metric))
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, words->one, words->many, (gulong) (missing / 100)), number);
  label = ent_rule_result_label (self, result);
  return g_strdup_printf (_("%s: %s more"), label, number);
}

static gboolean
is_lower_bound (const EntProgramRule *rule)
{
  return (rule->operator == ENT_OPERATOR_AT_LEAST || rule->operator == ENT_OPERATOR_MORE_THAN) && rule->has_number;
}

static char *
describe_gap (EntLevels           *self,
              const EntRuleResult *result)
{
  g_autofree char *label = ent_rule_result_label (self, result);
  g_autofree char *value = ent_metric_value_display (&result->value);
  g_autofree char *asked = ent_program_rule_describe (result->rule, result->threshold);

  if (result->met == ENT_MET_UNKNOWN && !result->value.is_known)
    return g_strdup_printf (_("%s (%s; %s)"), label, asked, value);
  if (result->met == ENT_MET_UNKNOWN)
    return g_strdup_printf (_("%s (%s; %s has no exchange rate)"), label, asked, value);
  if (result->rule->operator == ENT_OPERATOR_IS_SET)
    return g_strdup (result->rule->text != NULL ? result->rule->text : label);
  if (is_lower_bound (result->rule) && !(result->rule->has_max && get_missing (result) <= 0))
    return describe_missing (self, result);
  return g_strdup_printf (_("%s: %s instead of %s"), label, asked, value);
}

char **
ent_levels_dup_gaps (EntLevels *self,
                     guint      partner,
                     EntKey     level)
{
  g_autoptr (GArray) results = ent_levels_get_results (self, partner, level);
  g_autoptr (GStrvBuilder) gaps = g_strv_builder_new ();

  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *gap = NULL;

      if (result->met == ENT_MET_YES || !result->rule->mandatory)
        continue;
      gap = describe_gap (self, result);
      g_strv_builder_take (gaps, g_strdup_printf (result->met == ENT_MET_NOT ? _("%s to reach %s")
                                                                             : _("To be known to reach %2$s: %1$s"),
                                                  gap, ent_levels_get_level_title (self, level)));
    }
  return g_strv_builder_end (gaps);
}

/* --- Proposals ----------------------------------------------------------------------------------------------------- */

char *
ent_levels_dup_proposal (EntLevels *self,
                         guint      partner)
{
  const EntStanding *standing = ent_levels_get_standing (self, partner);
  const char *title = ent_levels_get_level_title (self, standing->proposed);

  switch (standing->kind)
    {
    case ENT_PROPOSAL_UPGRADE:
      return g_strdup_printf (_("Upgrade to %s"), title);
    case ENT_PROPOSAL_DOWNGRADE:
      return g_strdup_printf (_("Downgrade to %s"), title);
    case ENT_PROPOSAL_ASSIGN:
      return g_strdup_printf (_("Start as %s"), title);
    case ENT_PROPOSAL_KEEP:
      return g_strdup_printf (_("Keep %s"), title);
    case ENT_PROPOSAL_NONE:
    default:
      return g_strdup (_("No level yet"));
    }
}

/* "Qualified leads a month: 1.33 of at least 5; …" of the mandatory rules with this outcome. */
static char *
list_results (EntLevels *self,
              guint      partner,
              EntKey     level,
              EntMet     met)
{
  g_autoptr (GArray) results = ent_levels_get_results (self, partner, level);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *label = ent_rule_result_label (self, result);
      g_autofree char *value = ent_rule_result_describe (result);

      if (result->met != met || !result->rule->mandatory)
        continue;
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "; " : "", label, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
ent_levels_dup_reason (EntLevels *self,
                       guint      partner)
{
  const EntStanding *standing = ent_levels_get_standing (self, partner);
  const char *current = ent_levels_get_level_title (self, standing->current);
  const char *proposed = ent_levels_get_level_title (self, standing->proposed);
  g_autofree char *list = NULL;

  switch (standing->kind)
    {
    case ENT_PROPOSAL_UPGRADE:
    case ENT_PROPOSAL_ASSIGN:
      list = list_results (self, partner, standing->proposed, ENT_MET_YES);
      return *list == '\0' ? g_strdup_printf (_("%s asks for nothing."), proposed)
                           : g_strdup_printf (_("All requirements of %s are met (%s)."), proposed, list);
    case ENT_PROPOSAL_DOWNGRADE:
      list = list_results (self, partner, standing->current, ENT_MET_NOT);
      return g_strdup_printf (_("%s is no longer met (%s)."), current, list);
    case ENT_PROPOSAL_KEEP:
      if (standing->current == 0)
        return g_strdup (_("No level is reached yet."));
      list = list_results (self, partner, standing->current, standing->n_unknown > 0 ? ENT_MET_UNKNOWN : ENT_MET_YES);
      if (standing->n_failed > 0)
        return g_strdup_printf (_("There is no level below %s."), current);
      if (standing->n_unknown > 0)
        return g_strdup_printf (_("Nothing speaks against %s, but not all is known (%s)."), current, list);
      return *list == '\0' ? g_strdup_printf (_("%s asks for nothing."), current)
                           : g_strdup_printf (_("All requirements of %s are met (%s)."), current, list);
    case ENT_PROPOSAL_NONE:
    default:
      return g_strdup (_("Levels start with the agreement and end with the partnership."));
    }
}

static void
add_results (EntLevels *self,
             EntWhy    *why,
             guint      partner,
             EntKey     level)
{
  g_autoptr (GArray) results = ent_levels_get_results (self, partner, level);

  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      g_autofree char *label = ent_rule_result_label (self, result);
      g_autofree char *value = ent_rule_result_describe (result);

      ent_why_add (why, label, value, ent_met_label (result->met), result->rule->definition->key);
    }
}

EntWhy *
ent_levels_explain (EntLevels *self,
                    EntStore  *store,
                    guint      partner)
{
  const EntStanding *standing = ent_levels_get_standing (self, partner);
  g_autofree char *reason = ent_levels_dup_reason (self, partner);
  g_autofree char *today = ent_date_display (ent_metrics_get_today (self->metrics), ENT_DISPLAY_FULL);
  g_autofree char *note = NULL;
  EntWhy *why = ent_why_new (_("Level"), ent_levels_get_level_title (self, standing->current));

  ent_why_set_formula (why, _("The highest level whose mandatory requirements are all met; a person approves each "
                              "change."));
  if (standing->current != 0)
    add_results (self, why, partner, standing->current);
  ent_why_add (why, _("Reached by the rules"), ent_levels_get_level_title (self, standing->reached), NULL,
               standing->reached);
  note = g_strdup_printf (_("%s As of %s."), reason, today);
  ent_why_set_note (why, note);
  return why;
}
