/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/partners/ent-level-data.h"

#include <glib/gi18n.h>

/* Less than this share left is shown as low. */
#define LOW_SHARE 0.1

void
ent_level_wish_free (EntLevelWish *self)
{
  g_clear_pointer (&self->partners, g_array_unref);
  g_free (self->reason);
  g_free (self);
}

/* --- Rules ---------------------------------------------------------------------------------------------------------- */

static void
rule_free (gpointer data)
{
  EntLevelRule *self = data;

  g_free (self->label);
  g_free (self->value);
  g_free (self->gap);
  ent_why_unref (self->why);
  g_free (self);
}

static GPtrArray *
load_rules (EntLevels *levels,
            EntStore  *store,
            guint      partner,
            EntKey     level,
            gboolean   with_gaps)
{
  GPtrArray *rules = g_ptr_array_new_with_free_func (rule_free);
  g_autoptr (GArray) results = NULL;
  g_auto (GStrv) gaps = NULL;
  guint n_gaps = 0;

  if (level == 0)
    return rules;
  results = ent_levels_get_results (levels, partner, level);
  gaps = ent_levels_dup_gaps (levels, partner, level);
  for (guint i = 0; i < results->len; i++)
    {
      const EntRuleResult *result = &g_array_index (results, EntRuleResult, i);
      EntLevelRule *rule = g_new0 (EntLevelRule, 1);

      rule->label = ent_rule_result_label (levels, result);
      rule->value = ent_rule_result_describe (result);
      rule->met = result->met;
      rule->mandatory = result->rule->mandatory;
      rule->why = ent_rule_result_explain (levels, store, partner, result);
      if (result->met != ENT_MET_YES && rule->mandatory && gaps[n_gaps] != NULL)
        rule->gap = with_gaps && result->met == ENT_MET_NOT ? g_strdup (gaps[n_gaps]) : NULL;
      n_gaps += result->met != ENT_MET_YES && rule->mandatory;
      g_ptr_array_add (rules, rule);
    }
  return rules;
}

/* --- Benefits --------------------------------------------------------------------------------------------------------- */

static void
line_free (gpointer data)
{
  EntBenefitLine *self = data;

  g_free (self->title);
  g_free (self->text);
  ent_why_unref (self->why);
  g_free (self);
}

static GPtrArray *
load_benefits (EntLevels     *levels,
               EntStore      *store,
               EntLevelData  *data,
               guint          partner,
               gint64         today,
               GError       **error)
{
  g_autoptr (GPtrArray) benefits =
    ent_benefits_load (store, ent_levels_get_program (levels), data->partner, data->level,
                       ent_metrics_get_type (ent_levels_get_metrics (levels), partner), data->year, today, error);
  GPtrArray *lines;

  if (benefits == NULL)
    return NULL;
  lines = g_ptr_array_new_with_free_func (line_free);
  for (guint i = 0; i < benefits->len; i++)
    {
      const EntBenefit *benefit = g_ptr_array_index (benefits, i);
      EntBenefitLine *line = g_new0 (EntBenefitLine, 1);

      line->title = g_strdup (benefit->rule->definition->title);
      line->text = ent_benefit_describe (benefit);
      line->why = ent_why_ref (benefit->why);
      line->share = -1;
      if (benefit->is_balance && !benefit->is_unlimited && benefit->granted > 0)
        line->share = CLAMP ((double) benefit->balance / (double) benefit->granted, 0, 1);
      line->is_low = line->share >= 0 && line->share < LOW_SHARE;
      g_ptr_array_add (lines, line);
    }
  return lines;
}

/* --- One partner ------------------------------------------------------------------------------------------------------- */

void
ent_level_data_free (EntLevelData *self)
{
  g_free (self->title);
  g_free (self->level_title);
  g_free (self->next_title);
  g_free (self->proposal);
  g_free (self->reason);
  g_free (self->program);
  g_clear_pointer (&self->why, ent_why_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->next_rules, g_ptr_array_unref);
  g_clear_pointer (&self->benefits, g_ptr_array_unref);
  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->expected, g_ptr_array_unref);
  g_free (self->type);
  g_free (self);
}

static void
choice_free (gpointer data)
{
  g_free (((EntLevelChoice *) data)->title);
  g_free (data);
}

static void
expected_free (gpointer data)
{
  EntLevelExpected *self = data;

  g_free (self->text);
  g_free (self->detail);
  g_free (self);
}

static char *
describe_window (const EntProgramRule *rule)
{
  if (rule->window_months == 0)
    return NULL;
  return g_strdup_printf (g_dngettext (NULL, "In %d month", "In %d months", (gulong) rule->window_months),
                          rule->window_months);
}

/* What makes partners of the type of this one a success, by the definition of the type. */
static void
fill_expected (EntLevelData *self,
               EntLevels    *levels,
               EntStore     *store,
               gint64        today)
{
  g_autoptr (EntRecord) record = ent_store_get (store, self->partner, NULL);
  const char *type = record != NULL ? ent_record_get_text (record, "partner_type") : NULL;
  g_autofree char *ref = g_strconcat ("type:", type != NULL ? type : "", NULL);
  GPtrArray *rules = ent_program_get_rules (ent_metrics_get_program (ent_levels_get_metrics (levels)));

  self->expected = g_ptr_array_new_with_free_func (expected_free);
  for (guint i = 0; type != NULL && i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);
      EntLevelExpected *expected;

      if (g_strcmp0 (rule->definition->kind, "partner_type") != 0 || g_strcmp0 (rule->definition->ref, ref) != 0 ||
          rule->text == NULL || !ent_definition_is_in_force (rule->definition, today))
        continue;
      expected = g_new (EntLevelExpected, 1);
      expected->text = g_strdup (rule->text);
      expected->detail = describe_window (rule);
      g_ptr_array_add (self->expected, expected);
      g_set_str (&self->type, rule->definition->title);
    }
}

static GPtrArray *
list_levels (const EntStanding *standing)
{
  GPtrArray *levels = g_ptr_array_new_with_free_func (choice_free);

  for (guint i = 0; i < standing->ladder->levels->len; i++)
    {
      const EntDefinition *level = g_ptr_array_index (standing->ladder->levels, i);
      EntLevelChoice *choice = g_new (EntLevelChoice, 1);

      choice->key = level->key;
      choice->title = g_strdup (level->title);
      g_ptr_array_add (levels, choice);
    }
  return levels;
}

static int
find_rank (const EntStanding *standing)
{
  for (guint i = 0; i < standing->ladder->levels->len; i++)
    if (((const EntDefinition *) g_ptr_array_index (standing->ladder->levels, i))->key == standing->current)
      return (int) i + 1;
  return 0;
}

static void
fill_standing (EntLevelData      *self,
               EntLevels         *levels,
               EntStore          *store,
               const EntStanding *standing)
{
  guint partner = standing->partner;

  self->title = g_strdup (ent_metrics_get_title (ent_levels_get_metrics (levels), partner));
  self->level = standing->current;
  self->next = standing->next;
  self->level_title = g_strdup (ent_levels_get_level_title (levels, standing->current));
  self->next_title = g_strdup (ent_levels_get_level_title (levels, standing->next));
  self->level_rank = find_rank (standing);
  self->levels = list_levels (standing);
  self->kind = standing->kind;
  self->proposed = standing->proposed;
  self->proposal = ent_levels_dup_proposal (levels, partner);
  self->reason = ent_levels_dup_reason (levels, partner);
  self->program = g_strdup (standing->ladder->title);
  self->why = ent_levels_explain (levels, store, partner);
  self->rules = load_rules (levels, store, partner, standing->current, FALSE);
  self->next_rules = load_rules (levels, store, partner, standing->next, TRUE);
}

static gpointer
load_partner (EntLevels  *levels,
              EntStore   *store,
              gpointer    data,
              GError    **error)
{
  EntLevelWish *wish = data;
  EntLevelData *self = g_new0 (EntLevelData, 1);
  int partner = ent_metrics_find_partner (ent_levels_get_metrics (levels), wish->partner);
  const EntStanding *standing = partner >= 0 ? ent_levels_get_standing (levels, (guint) partner) : NULL;

  if (standing == NULL || standing->ladder == NULL)
    return self;
  self->partner = wish->partner;
  ent_date_to_ymd (wish->today, &self->year, NULL, NULL);
  fill_standing (self, levels, store, standing);
  fill_expected (self, levels, store, wish->today);
  self->benefits = load_benefits (levels, store, self, (guint) partner, wish->today, error);
  if (self->benefits == NULL)
    g_clear_pointer (&self, ent_level_data_free);
  return self;
}

gpointer
ent_level_data_job (EntStore      *store,
                    gpointer       wish,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return ent_levels_run (store, ((EntLevelWish *) wish)->today, load_partner, wish, cancellable, error);
}

/* --- All proposals -------------------------------------------------------------------------------------------------------- */

static void
proposal_free (gpointer data)
{
  EntLevelProposal *self = data;

  g_free (self->title);
  g_free (self->from);
  g_free (self->proposal);
  g_free (self->reason);
  g_free (self);
}

void
ent_level_review_data_free (EntLevelReviewData *self)
{
  g_clear_pointer (&self->proposals, g_ptr_array_unref);
  g_clear_pointer (&self->contradictions, g_ptr_array_unref);
  g_free (self);
}

static int
compare_proposals (gconstpointer a,
                   gconstpointer b)
{
  const EntLevelProposal *first = *(EntLevelProposal * const *) a, *second = *(EntLevelProposal * const *) b;

  return first->kind != second->kind ? (int) first->kind - (int) second->kind
                                     : g_utf8_collate (first->title, second->title);
}

static gpointer
load_review (EntLevels  *levels,
             EntStore   *store,
             gpointer    data,
             GError    **error)
{
  EntLevelReviewData *self = g_new0 (EntLevelReviewData, 1);
  EntMetrics *metrics = ent_levels_get_metrics (levels);

  self->n_partners = ent_metrics_get_n_partners (metrics);
  self->contradictions = ent_program_check (ent_levels_get_program (levels));
  self->proposals = g_ptr_array_new_with_free_func (proposal_free);
  for (guint i = 0; i < self->n_partners; i++)
    {
      const EntStanding *standing = ent_levels_get_standing (levels, i);
      EntLevelProposal *proposal;

      if (standing->kind <= ENT_PROPOSAL_KEEP)
        continue;
      proposal = g_new0 (EntLevelProposal, 1);
      proposal->partner = ent_metrics_get_partner (metrics, i);
      proposal->proposed = standing->proposed;
      proposal->kind = standing->kind;
      proposal->title = g_strdup (ent_metrics_get_title (metrics, i));
      proposal->from = g_strdup (ent_levels_get_level_title (levels, standing->current));
      proposal->proposal = ent_levels_dup_proposal (levels, i);
      proposal->reason = ent_levels_dup_reason (levels, i);
      g_ptr_array_add (self->proposals, proposal);
    }
  g_ptr_array_sort (self->proposals, compare_proposals);
  return self;
}

gpointer
ent_level_review_job (EntStore      *store,
                      gpointer       wish,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return ent_levels_run (store, ((EntLevelWish *) wish)->today, load_review, wish, cancellable, error);
}

/* --- Approving -------------------------------------------------------------------------------------------------------------- */

static gpointer
make_approvals (EntLevels  *levels,
                EntStore   *store,
                gpointer    data,
                GError    **error)
{
  EntLevelWish *wish = data;
  g_autoptr (GPtrArray) approvals = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_level_approval_free);

  for (guint i = 0; i < (wish->partners != NULL ? wish->partners->len : 1); i++)
    {
      EntKey key = wish->partners != NULL ? g_array_index (wish->partners, EntKey, i) : wish->partner;
      int partner = ent_metrics_find_partner (ent_levels_get_metrics (levels), key);
      EntLevelApproval *approval =
        partner >= 0 ? ent_levels_approve (levels, (guint) partner, wish->to, wish->reason, error) : NULL;

      if (partner < 0)
        continue;
      if (approval == NULL)
        return NULL;
      g_ptr_array_add (approvals, approval);
    }
  return g_steal_pointer (&approvals);
}

gpointer
ent_level_approvals_job (EntStore      *store,
                         gpointer       wish,
                         GCancellable  *cancellable,
                         GError       **error)
{
  return ent_levels_run (store, ((EntLevelWish *) wish)->today, make_approvals, wish, cancellable, error);
}

gboolean
ent_level_approvals_write (EntTransaction  *transaction,
                           gpointer         approvals,
                           GError         **error)
{
  GPtrArray *all = approvals;

  for (guint i = 0; i < all->len; i++)
    if (!ent_level_approval_write (transaction, g_ptr_array_index (all, i), error))
      return FALSE;
  return TRUE;
}
