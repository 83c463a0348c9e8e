/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-program-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Definitions that contradict each other: what no partner can meet, and what asks twice. */

typedef struct
{
  EntProgram *program;
  GPtrArray  *found; /* of EntContradiction */
} Check;

void
ent_contradiction_free (EntContradiction *self)
{
  g_free (self->what);
  g_free (self->next_step);
  g_free (self);
}

static void
add (Check      *self,
     EntKey      first,
     EntKey      second,
     EntKey      level,
     char       *what,
     const char *next_step)
{
  EntContradiction *found = g_new0 (EntContradiction, 1);

  found->first = first;
  found->second = second;
  found->level = level;
  found->what = what;
  found->next_step = g_strdup (next_step);
  g_ptr_array_add (self->found, found);
}

/* --- Ranges ----------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 low, high;
} Range;

static gboolean
get_range (const EntProgramRule *rule,
           Range                *range)
{
  range->low = G_MININT64;
  range->high = G_MAXINT64;
  if (!rule->has_number)
    return FALSE;
  switch (rule->operator)
    {
    case ENT_OPERATOR_AT_LEAST:
      range->low = rule->number;
      break;
    case ENT_OPERATOR_MORE_THAN:
      range->low = rule->number + 1;
      break;
    case ENT_OPERATOR_AT_MOST:
      range->high = rule->number;
      break;
    case ENT_OPERATOR_LESS_THAN:
      range->high = rule->number - 1;
      break;
    case ENT_OPERATOR_EQUALS:
      range->low = range->high = rule->number;
      break;
    case ENT_OPERATOR_NOT_EQUALS:
    case ENT_OPERATOR_ONE_OF:
    case ENT_OPERATOR_IS_SET:
    default:
      return FALSE;
    }
  return TRUE;
}

static gboolean
needs_number (const EntProgramRule *rule)
{
  return rule->operator != ENT_OPERATOR_IS_SET && rule->operator != ENT_OPERATOR_ONE_OF &&
         rule->unit != ENT_UNIT_TEXT && rule->unit != ENT_UNIT_UNLIMITED;
}

/* --- One rule ---------------------------------------------------------------------------------------------- */

static char *
name_rule (const EntProgramRule *rule)
{
  g_autofree char *words = ent_program_rule_describe (rule, rule->number);

  return g_strdup_printf (_("“%s: %s”"), rule->definition->title, words);
}

static void
check_rule (Check                *self,
            const EntProgramRule *rule)
{
  g_autofree char *name = name_rule (rule);

  if (needs_number (rule) && !rule->has_number)
    add (self, rule->key, 0, 0, g_strdup_printf (_("The rule %s has no threshold in its unit."), name),
         _("Enter the threshold that its unit names, or change the unit."));
  else if (rule->unit == ENT_UNIT_TEXT && rule->operator != ENT_OPERATOR_IS_SET && rule->words == NULL)
    add (self, rule->key, 0, 0, g_strdup_printf (_("The rule %s compares with a text but has none."), name),
         _("Enter the value in words, or choose the operator “Is set”."));
  else if (rule->has_max && rule->max < rule->number)
    add (self, rule->key, 0, 0, g_strdup_printf (_("The range of the rule %s ends before it starts."), name),
         _("Exchange the two ends of the range."));
  for (gsize i = 0; i < rule->n_levels; i++)
    {
      const EntDefinition *level = ent_program_get_definition (self->program, rule->levels[i]);

      if (level != NULL && level->parent != rule->definition->parent)
        add (self, rule->key, 0, level->key,
             g_strdup_printf (_("The rule %s names the level %s, which is part of another program."), name,
                              level->title),
             _("Name levels of the same program, or move the requirement."));
    }
}

/* --- Two rules ---------------------------------------------------------------------------------------------- */

static gboolean
hold_together (const EntProgramRule *a,
               const EntProgramRule *b)
{
  const EntDefinition *first = a->definition, *second = b->definition;

  return MAX (first->from, second->from) <= MIN (first->to, second->to) &&
         (a->types == 0 || b->types == 0 || (a->types & b->types) != 0);
}

static gboolean
is_lower_bound (const EntProgramRule *rule)
{
  return rule->operator == ENT_OPERATOR_AT_LEAST || rule->operator == ENT_OPERATOR_MORE_THAN;
}

/* At least 1 and at most 10 is a range in two lines, and fine. */
static gboolean
is_range_in_two (const EntProgramRule *a,
                 const EntProgramRule *b)
{
  Range first, second;

  return get_range (a, &first) && get_range (b, &second) && a->operator != ENT_OPERATOR_EQUALS &&
         b->operator != ENT_OPERATOR_EQUALS && is_lower_bound (a) != is_lower_bound (b);
}

static gboolean
exclude_each_other (const EntProgramRule *a,
                    const EntProgramRule *b)
{
  Range first, second;

  if (a->unit == ENT_UNIT_TEXT && b->unit == ENT_UNIT_TEXT)
    return a->operator == ENT_OPERATOR_EQUALS && b->operator == ENT_OPERATOR_EQUALS && a->words != NULL &&
           b->words != NULL && g_utf8_collate (a->words, b->words) != 0;
  return get_range (a, &first) && get_range (b, &second) &&
         MAX (first.low, second.low) > MIN (first.high, second.high);
}

static void
check_pair (Check                *self,
            const EntDefinition  *level,
            const EntProgramRule *a,
            const EntProgramRule *b)
{
  g_autofree char *first = NULL, *second = NULL;

  if (a->metric != b->metric || a->window_months != b->window_months || !hold_together (a, b))
    return;
  first = name_rule (a);
  second = name_rule (b);
  if (a->unit == ENT_UNIT_MONEY && b->unit == ENT_UNIT_MONEY && memcmp (a->currency, b->currency, 3) != 0)
    add (self, a->key, b->key, level->key,
         g_strdup_printf (_("%s asks for the same in two currencies: %s and %s."), level->title, first, second),
         _("Use one currency, or end one of the rules."));
  else if (exclude_each_other (a, b))
    add (self, a->key, b->key, level->key,
         g_strdup_printf (_("No partner can reach %s: %s and %s exclude each other."), level->title, first, second),
         _("Change one of the thresholds, or end one of the rules."));
  else if (!is_range_in_two (a, b))
    add (self, a->key, b->key, level->key,
         g_strdup_printf (_("%s asks twice for the same: %s and %s."), level->title, first, second),
         _("Keep one of the rules, or give them periods or partner types that do not overlap."));
}

static gboolean
concerns (const EntProgramRule *rule,
          const EntDefinition  *level)
{
  if (rule->metric == NULL || (rule->definition->status != NULL && !g_str_equal (rule->definition->status, "active")))
    return FALSE;
  if (g_str_equal (rule->definition->kind, "level"))
    return rule->definition == level;
  if (!g_str_equal (rule->definition->kind, "requirement") || rule->definition->parent != level->parent)
    return FALSE;
  for (gsize i = 0; i < rule->n_levels; i++)
    if (rule->levels[i] == level->key)
      return TRUE;
  return rule->n_levels == 0;
}

static void
check_level (Check               *self,
             const EntDefinition *level)
{
  GPtrArray *rules = ent_program_get_rules (self->program);

  for (guint i = 0; i < rules->len; i++)
    for (guint j = i + 1; j < rules->len && concerns (g_ptr_array_index (rules, i), level); j++)
      if (concerns (g_ptr_array_index (rules, j), level))
        check_pair (self, level, g_ptr_array_index (rules, i), g_ptr_array_index (rules, j));
}

/* --- Two levels ----------------------------------------------------------------------------------------------- */

static void
check_less (Check                *self,
            const EntDefinition  *higher,
            const EntDefinition  *lower,
            const EntProgramRule *a,
            const EntProgramRule *b)
{
  g_autofree char *first = NULL, *second = NULL;

  if (a == b || a->metric != b->metric || a->operator != b->operator || a->unit != b->unit || !a->has_number ||
      !b->has_number || a->window_months != b->window_months || !hold_together (a, b) ||
      memcmp (a->currency, b->currency, 3) != 0)
    return;
  if (is_lower_bound (a) ? a->number >= b->number
      : a->operator != ENT_OPERATOR_AT_MOST && a->operator != ENT_OPERATOR_LESS_THAN ? TRUE : a->number <= b->number)
    return;
  first = name_rule (a);
  second = name_rule (b);
  add (self, a->key, b->key, higher->key,
       g_strdup_printf (_("%s asks for less than %s, the level below it: %s and %s."), higher->title, lower->title,
                        first, second),
       _("Exchange the thresholds, or the ranks of the levels."));
}

static void
check_neighbors (Check               *self,
                 const EntDefinition *higher,
                 const EntDefinition *lower)
{
  GPtrArray *rules = ent_program_get_rules (self->program);

  if (higher->rank == lower->rank)
    add (self, higher->key, lower->key, 0,
         g_strdup_printf (_("The levels %s and %s have the same rank, so neither is above the other."), higher->title,
                          lower->title),
         _("Give each level a rank of its own; 1 is the highest."));
  for (guint i = 0; i < rules->len; i++)
    for (guint j = 0; j < rules->len && concerns (g_ptr_array_index (rules, i), higher); j++)
      if (concerns (g_ptr_array_index (rules, j), lower))
        check_less (self, higher, lower, g_ptr_array_index (rules, i), g_ptr_array_index (rules, j));
}

/* --- All --------------------------------------------------------------------------------------------------------- */

static void
check_definition (Check               *self,
                  const EntDefinition *definition)
{
  if (definition->from > definition->to)
    add (self, definition->key, 0, 0,
         g_strdup_printf (_("“%s” ends before it comes into force."), definition->title),
         _("Correct its dates under Validity."));
}

static gboolean
is_checked (const EntDefinition *definition)
{
  return g_strcmp0 (definition->kind, "level") == 0 || g_strcmp0 (definition->kind, "requirement") == 0 ||
         g_strcmp0 (definition->kind, "benefit") == 0;
}

GPtrArray *
ent_program_check (EntProgram *program)
{
  Check self = { program, g_ptr_array_new_with_free_func ((GDestroyNotify) ent_contradiction_free) };

  for (guint i = 0; i < program->definitions->len; i++)
    if (is_checked (g_ptr_array_index (program->definitions, i)))
      check_definition (&self, g_ptr_array_index (program->definitions, i));
  for (guint i = 0; i < program->rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (program->rules, i);

      if (is_checked (rule->definition) && rule->metric != NULL)
        check_rule (&self, rule);
    }
  for (guint l = 0; l < program->ladders->len; l++)
    {
      GPtrArray *levels = ((EntLadder *) g_ptr_array_index (program->ladders, l))->levels;

      for (guint i = 0; i < levels->len; i++)
        check_level (&self, g_ptr_array_index (levels, i));
      for (guint i = 0; i + 1 < levels->len; i++)
        check_neighbors (&self, g_ptr_array_index (levels, i), g_ptr_array_index (levels, i + 1));
    }
  return self.found;
}
