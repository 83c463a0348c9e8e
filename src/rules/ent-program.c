/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-program-private.h"

#include <glib/gi18n-lib.h>

/* Which definitions and rules count, for whom and when. */

/* --- Life ------------------------------------------------------------------------------------------- */

EntProgram *
ent_program_ref (EntProgram *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
program_clear (gpointer data)
{
  EntProgram *self = data;

  g_ptr_array_unref (self->definitions);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->ladders);
  g_hash_table_unref (self->by_key);
}

void
ent_program_unref (EntProgram *self)
{
  g_atomic_rc_box_release_full (self, program_clear);
}

/* --- Looking up -------------------------------------------------------------------------------------- */

GPtrArray *
ent_program_get_ladders (EntProgram *self)
{
  return self->ladders;
}

GPtrArray *
ent_program_get_rules (EntProgram *self)
{
  return self->rules;
}

const EntDefinition *
ent_program_get_definition (EntProgram *self,
                            EntKey      key)
{
  return g_hash_table_lookup (self->by_key, &key);
}

const EntLadder *
ent_program_get_ladder (EntProgram *self,
                        EntKey      program)
{
  for (guint i = 0; i < self->ladders->len; i++)
    {
      const EntLadder *ladder = g_ptr_array_index (self->ladders, i);

      if (ladder->program == program)
        return ladder;
    }
  return NULL;
}

const EntLadder *
ent_program_find_ladder (EntProgram *self,
                         EntKey      level)
{
  const EntDefinition *definition = level != 0 ? ent_program_get_definition (self, level) : NULL;

  return definition != NULL && g_strcmp0 (definition->kind, "level") == 0
         ? ent_program_get_ladder (self, definition->parent) : NULL;
}

const EntLadder *
ent_program_get_usual_ladder (EntProgram *self)
{
  const EntLadder *chosen = self->usual != 0 ? ent_program_get_ladder (self, self->usual) : NULL;

  if (chosen != NULL)
    return chosen;
  return self->ladders->len > 0 ? g_ptr_array_index (self->ladders, 0) : NULL;
}

/* --- What counts ------------------------------------------------------------------------------------- */

gboolean
ent_definition_is_in_force (const EntDefinition *self,
                            gint64               day)
{
  return (self->status == NULL || g_str_equal (self->status, "active")) && self->from <= day && day <= self->to;
}

gboolean
ent_program_rule_applies (const EntProgramRule *self,
                          EntKey                level,
                          int                   type)
{
  if (self->types != 0 && (type < 0 || (self->types >> type & 1) == 0))
    return FALSE;
  if (g_str_equal (self->definition->kind, "level"))
    return self->definition->key == level;
  for (gsize i = 0; i < self->n_levels; i++)
    if (self->levels[i] == level)
      return TRUE;
  return self->n_levels == 0;
}

static gboolean
decides_on_level (const EntProgramRule *rule,
                  const EntDefinition  *level)
{
  if (rule->metric == NULL)
    return FALSE;
  if (g_str_equal (rule->definition->kind, "level"))
    return rule->definition == level;
  return g_str_equal (rule->definition->kind, "requirement") && rule->definition->parent == level->parent;
}

GPtrArray *
ent_program_get_level_rules (EntProgram *self,
                             EntKey      level,
                             int         type,
                             gint64      day)
{
  const EntDefinition *definition = ent_program_get_definition (self, level);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; definition != NULL && i < self->rules->len; i++)
    {
      EntProgramRule *rule = g_ptr_array_index (self->rules, i);

      if (decides_on_level (rule, definition) && ent_definition_is_in_force (rule->definition, day) &&
          ent_program_rule_applies (rule, level, type))
        g_ptr_array_add (found, rule);
    }
  return found;
}

GPtrArray *
ent_program_get_benefits (EntProgram *self,
                          EntKey      level,
                          int         type,
                          gint64      day)
{
  const EntDefinition *definition = ent_program_get_definition (self, level);
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; definition != NULL && i < self->rules->len; i++)
    {
      EntProgramRule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_equal (rule->definition->kind, "benefit") && rule->definition->parent == definition->parent &&
          ent_definition_is_in_force (rule->definition, day) && ent_program_rule_applies (rule, level, type))
        g_ptr_array_add (found, rule);
    }
  return found;
}

const EntProgramRule *
ent_program_get_type_minimum (EntProgram *self,
                              EntKey      program,
                              int         type,
                              gint64      day)
{
  g_autofree char *ref = type >= 0 ? g_strconcat ("type:", ent_partner_type_name (type), NULL) : NULL;

  for (guint i = 0; ref != NULL && i < self->rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (self->rules, i);
      const EntDefinition *definition = rule->definition;

      if (g_str_equal (definition->kind, "partner_type") && g_strcmp0 (rule->metric, "minimum_investment") == 0 &&
          g_strcmp0 (definition->ref, ref) == 0 && (definition->parent == program || definition->parent == 0) &&
          rule->unit == ENT_UNIT_MONEY && rule->has_number && ent_definition_is_in_force (definition, day))
        return rule;
    }
  return NULL;
}
