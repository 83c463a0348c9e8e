/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-level-private.h"

#include <string.h>

/* --- One rule ---------------------------------------------------------------------------------------------- */

static gboolean
compare (EntOperator operator,
         gint64      number,
         gint64      threshold)
{
  switch (operator)
    {
    case ENT_OPERATOR_AT_LEAST:
      return number >= threshold;
    case ENT_OPERATOR_MORE_THAN:
      return number > threshold;
    case ENT_OPERATOR_AT_MOST:
      return number <= threshold;
    case ENT_OPERATOR_LESS_THAN:
      return number < threshold;
    case ENT_OPERATOR_NOT_EQUALS:
      return number != threshold;
    case ENT_OPERATOR_EQUALS:
    case ENT_OPERATOR_ONE_OF:
    case ENT_OPERATOR_IS_SET:
    default:
      return number == threshold;
    }
}

/* Money in the threshold's currency decides, with what can be converted to it. The rest has no rate: it can only add,
 * so it leaves open what is not reached without it. */
static EntMet
test_money (const EntProgramRule *rule,
            const EntMetricValue *value,
            gint64                threshold)
{
  gint64 number;
  gboolean is_complete = ent_metric_value_convert (value, rule->currency, &number);
  gboolean passes = compare (rule->operator, number, threshold);

  if (is_complete)
    return passes ? ENT_MET_YES : ENT_MET_NOT;
  if (rule->operator == ENT_OPERATOR_AT_LEAST || rule->operator == ENT_OPERATOR_MORE_THAN)
    return passes ? ENT_MET_YES : ENT_MET_UNKNOWN;
  return ENT_MET_UNKNOWN;
}

static gboolean
has_word (const EntMetricValue *value,
          const char           *word)
{
  g_autofree char *key = ent_text_key (word);

  for (guint i = 0; value->list != NULL && value->list[i] != NULL; i++)
    {
      g_autofree char *item = ent_text_key (value->list[i]);

      if (g_str_equal (item, key))
        return TRUE;
    }
  if (value->words != NULL)
    {
      g_autofree char *own = ent_text_key (value->words);

      return g_str_equal (own, key);
    }
  return FALSE;
}

static EntMet
test_words (const EntProgramRule *rule,
            const EntMetricValue *value)
{
  g_auto (GStrv) words = NULL;
  gboolean found = FALSE;

  if (rule->words == NULL)
    return ENT_MET_UNKNOWN;
  words = rule->operator == ENT_OPERATOR_ONE_OF ? g_strsplit_set (rule->words, ",;|", -1)
                                                : g_strdupv ((char *[]) { rule->words, NULL });
  for (guint i = 0; words[i] != NULL && !found; i++)
    found = has_word (value, g_strstrip (words[i]));
  if (rule->operator == ENT_OPERATOR_NOT_EQUALS)
    found = !found;
  return found ? ENT_MET_YES : ENT_MET_NOT;
}

/* A figure that was written down has no unit of its own: it takes the rule's. */
static gint64
convert (const EntProgramRule *rule,
         const EntMetricValue *value)
{
  return rule->unit == ENT_UNIT_PERCENT && value->unit == ENT_UNIT_COUNT ? value->number * 100 : value->number;
}

static EntMet
test_figure_as_money (const EntProgramRule *rule,
                      const EntMetricValue *value,
                      gint64                threshold)
{
  gint64 minor = value->number;

  for (int digits = ent_currency_get_digits (rule->currency); digits > 2; digits--)
    minor *= 10;
  for (int digits = ent_currency_get_digits (rule->currency); digits < 2; digits++)
    minor /= 10;
  return compare (rule->operator, minor, threshold) ? ENT_MET_YES : ENT_MET_NOT;
}

EntMet
ent_rule_test (const EntProgramRule *rule,
               const EntMetricValue *value,
               gint64                threshold)
{
  if (!value->is_known)
    return ENT_MET_UNKNOWN;
  if (rule->operator == ENT_OPERATOR_IS_SET)
    return value->is_flag && value->number == 0 ? ENT_MET_NOT : ENT_MET_YES;
  if (rule->unit == ENT_UNIT_TEXT || rule->operator == ENT_OPERATOR_ONE_OF)
    return test_words (rule, value);
  if (!rule->has_number)
    return ENT_MET_UNKNOWN;
  if (value->unit == ENT_UNIT_MONEY)
    return rule->unit == ENT_UNIT_MONEY ? test_money (rule, value, threshold) : ENT_MET_UNKNOWN;
  if (rule->unit == ENT_UNIT_MONEY)
    return value->unit == ENT_UNIT_COUNT ? test_figure_as_money (rule, value, threshold) : ENT_MET_UNKNOWN;
  if (value->unit == ENT_UNIT_TEXT || (value->unit == ENT_UNIT_PERCENT) != (rule->unit == ENT_UNIT_PERCENT))
    {
      if (value->unit != ENT_UNIT_COUNT)
        return ENT_MET_UNKNOWN;
    }
  if (rule->has_max && rule->operator == ENT_OPERATOR_AT_LEAST && convert (rule, value) > rule->max)
    return ENT_MET_NOT;
  return compare (rule->operator, convert (rule, value), threshold) ? ENT_MET_YES : ENT_MET_NOT;
}

/* --- The rules of a level ------------------------------------------------------------------------------------ */

/* The greater of the level's and the type's minimum investment counts. */
static void
find_threshold (EntProgram           *program,
                const EntProgramRule *rule,
                int                   type,
                gint64                day,
                EntRuleResult        *result)
{
  const EntProgramRule *minimum;

  result->rule = rule;
  result->threshold = rule->number;
  result->raised_by = NULL;
  if (g_strcmp0 (rule->metric, "annual_commitment") != 0 || rule->operator != ENT_OPERATOR_AT_LEAST)
    return;
  minimum = ent_program_get_type_minimum (program, rule->definition->parent, type, day);
  if (minimum == NULL || memcmp (minimum->currency, rule->currency, 3) != 0 || minimum->number <= rule->number)
    return;
  result->threshold = minimum->number;
  result->raised_by = minimum;
}

/* The results of rules that were prepared, for values from anywhere. */
GArray *
levels_make_results (EntProgram *program,
                     EntKey      level,
                     int         type,
                     gint64      day)
{
  g_autoptr (GPtrArray) rules = ent_program_get_level_rules (program, level, type, day);
  GArray *results = g_array_sized_new (FALSE, TRUE, sizeof (EntRuleResult), rules->len);

  for (guint i = 0; i < rules->len; i++)
    {
      EntRuleResult result = { 0 };

      find_threshold (program, g_ptr_array_index (rules, i), type, day, &result);
      g_array_append_val (results, result);
    }
  return results;
}

typedef struct
{
  EntKey  level;
  int     type;
  GArray *results; /* of EntRuleResult without values */
} Prepared;

static void
prepared_clear (gpointer data)
{
  g_array_unref (((Prepared *) data)->results);
}

/* The same for all partners of a type: prepared once. */
static GArray *
prepare (EntLevels *self,
         EntKey     level,
         int        type)
{
  Prepared prepared = { level, type, NULL };

  for (guint i = 0; i < self->prepared->len; i++)
    {
      const Prepared *other = &g_array_index (self->prepared, Prepared, i);

      if (other->level == level && other->type == type)
        return other->results;
    }
  prepared.results = levels_make_results (ent_metrics_get_program (self->metrics), level, type,
                                          ent_metrics_get_today (self->metrics));
  g_array_append_val (self->prepared, prepared);
  return prepared.results;
}

GArray *
ent_levels_get_results (EntLevels *self,
                        guint      partner,
                        EntKey     level)
{
  GArray *prepared = prepare (self, level, ent_metrics_get_type (self->metrics, partner));
  GArray *results = g_array_sized_new (FALSE, FALSE, sizeof (EntRuleResult), prepared->len);

  for (guint i = 0; i < prepared->len; i++)
    {
      EntRuleResult result = g_array_index (prepared, EntRuleResult, i);

      ent_metrics_get (self->metrics, partner, result.rule->metric, result.rule->window_months, &result.value);
      result.met = ent_rule_test (result.rule, &result.value, result.threshold);
      g_array_append_val (results, result);
    }
  return results;
}

/* --- Standings ------------------------------------------------------------------------------------------------- */

/* Whether all mandatory rules are met, and whether none is known to fail. */
static void
judge (EntLevels *self,
       guint      partner,
       EntKey     level,
       guint     *n_failed,
       guint     *n_unknown)
{
  GArray *prepared = prepare (self, level, ent_metrics_get_type (self->metrics, partner));

  *n_failed = *n_unknown = 0;
  for (guint i = 0; i < prepared->len; i++)
    {
      const EntRuleResult *result = &g_array_index (prepared, EntRuleResult, i);
      EntMetricValue value;
      EntMet met;

      if (!result->rule->mandatory)
        continue;
      ent_metrics_get (self->metrics, partner, result->rule->metric, result->rule->window_months, &value);
      met = ent_rule_test (result->rule, &value, result->threshold);
      *n_failed += met == ENT_MET_NOT;
      *n_unknown += met == ENT_MET_UNKNOWN;
    }
}

/* Levels are for partners on the way: not for those who are only known, or gone. */
static gboolean
has_levels (const char *lifecycle)
{
  static const char * const without[] =
    { "identified", "contacted", "discovery", "evaluated", "offboarded", NULL };

  return lifecycle == NULL || !g_strv_contains (without, lifecycle);
}

static int
find_place (const EntLadder *ladder,
            EntKey           level)
{
  for (guint i = 0; i < ladder->levels->len; i++)
    if (((const EntDefinition *) g_ptr_array_index (ladder->levels, i))->key == level)
      return (int) i;
  return (int) ladder->levels->len;
}

static void
propose (EntLevels   *self,
         EntStanding *standing)
{
  int current = find_place (standing->ladder, standing->current);
  int reached = find_place (standing->ladder, standing->reached);
  int possible = find_place (standing->ladder, standing->possible);

  standing->proposed = standing->current;
  standing->kind = ENT_PROPOSAL_KEEP;
  if (!has_levels (ent_metrics_get_lifecycle (self->metrics, standing->partner)))
    standing->kind = ENT_PROPOSAL_NONE;
  else if (standing->reached != 0 && reached < current)
    {
      standing->kind = standing->current == 0 ? ENT_PROPOSAL_ASSIGN : ENT_PROPOSAL_UPGRADE;
      standing->proposed = standing->reached;
    }
  else if (standing->current != 0 && possible > current && standing->possible != 0)
    {
      standing->kind = ENT_PROPOSAL_DOWNGRADE;
      standing->proposed = standing->possible;
    }
}

static void
stand (EntLevels *self,
       guint      partner)
{
  EntStanding *standing = &g_array_index (self->standings, EntStanding, partner);
  gint64 today = ent_metrics_get_today (self->metrics);
  gboolean is_above = TRUE;

  memset (standing, 0, sizeof *standing);
  standing->partner = partner;
  standing->ladder = ent_metrics_get_ladder (self->metrics, partner);
  standing->current = ent_metrics_get_level (self->metrics, partner);
  if (standing->ladder == NULL)
    return;
  for (guint i = 0; i < standing->ladder->levels->len; i++)
    {
      const EntDefinition *level = g_ptr_array_index (standing->ladder->levels, i);
      guint n_failed, n_unknown;

      if (level->key == standing->current)
        is_above = FALSE;
      else if (is_above && ent_definition_is_in_force (level, today))
        standing->next = level->key;
      if (!ent_definition_is_in_force (level, today) && level->key != standing->current)
        continue;
      judge (self, partner, level->key, &n_failed, &n_unknown);
      if (standing->possible == 0 && n_failed == 0)
        standing->possible = level->key;
      if (standing->reached == 0 && n_failed + n_unknown == 0)
        standing->reached = level->key;
      if (level->key == standing->current)
        {
          standing->n_failed = n_failed;
          standing->n_unknown = n_unknown;
        }
    }
  propose (self, standing);
}

/* --- All ---------------------------------------------------------------------------------------------------------- */

static void
compute_all (EntLevels *self)
{
  guint n = ent_metrics_get_n_partners (self->metrics);

  g_array_set_size (self->standings, n);
  for (guint i = 0; i < n; i++)
    stand (self, i);
}

EntLevels *
ent_levels_new (EntMetrics *metrics)
{
  EntLevels *self = g_atomic_rc_box_new0 (EntLevels);

  self->metrics = ent_metrics_ref (metrics);
  self->standings = g_array_new (FALSE, TRUE, sizeof (EntStanding));
  self->prepared = g_array_new (FALSE, FALSE, sizeof (Prepared));
  g_array_set_clear_func (self->prepared, prepared_clear);
  compute_all (self);
  return self;
}

EntLevels *
ent_levels_load (EntStore      *store,
                 gint64         today,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (EntProgram) program = ent_program_load (store, cancellable, error);
  g_autoptr (EntMetrics) metrics = NULL;

  if (program == NULL || (metrics = ent_metrics_load (store, program, NULL, today, cancellable, error)) == NULL)
    return NULL;
  return ent_levels_new (metrics);
}

EntLevels *
ent_levels_ref (EntLevels *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
levels_clear (gpointer data)
{
  EntLevels *self = data;

  ent_metrics_unref (self->metrics);
  g_array_unref (self->standings);
  g_array_unref (self->prepared);
}

void
ent_levels_unref (EntLevels *self)
{
  g_atomic_rc_box_release_full (self, levels_clear);
}

/* A place in the ranking depends on all others. */
static gboolean
ranks_decide (EntLevels *self)
{
  GPtrArray *rules = ent_program_get_rules (ent_metrics_get_program (self->metrics));

  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);

      if (rule->mandatory && g_strcmp0 (rule->metric, "rank_percentile") == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
ent_levels_update (EntLevels        *self,
                   EntStore         *store,
                   const EntChanges *changes,
                   GError          **error)
{
  g_autoptr (GHashTable) touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  if (!ent_metrics_update (self->metrics, store, changes, touched, error))
    return FALSE;
  if (g_hash_table_size (touched) > 0 && ranks_decide (self))
    {
      compute_all (self);
      return TRUE;
    }
  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    stand (self, (guint) ent_metrics_find_partner (self->metrics, *(EntKey *) key));
  return TRUE;
}

EntMetrics *
ent_levels_get_metrics (EntLevels *self)
{
  return self->metrics;
}

EntProgram *
ent_levels_get_program (EntLevels *self)
{
  return ent_metrics_get_program (self->metrics);
}

const EntStanding *
ent_levels_get_standing (EntLevels *self,
                         guint      partner)
{
  g_return_val_if_fail (partner < self->standings->len, NULL);
  return &g_array_index (self->standings, EntStanding, partner);
}
