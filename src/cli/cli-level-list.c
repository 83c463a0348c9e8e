/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "level list", "level check", "level use": the definitions. */
#include "config.h"

#include "cli/cli-level.h"

#include <glib/gi18n.h>

/* --- list --------------------------------------------------------------------------------------------------------- */

static guint
count_partners (EntLevels *levels,
                EntKey     level)
{
  EntMetrics *metrics = ent_levels_get_metrics (levels);
  guint count = 0;

  for (guint i = 0; i < ent_metrics_get_n_partners (metrics); i++)
    count += ent_metrics_get_level (metrics, i) == level;
  return count;
}

static char *
join_rules (EntProgram *program,
            EntKey      level,
            gint64      today)
{
  g_autoptr (GPtrArray) rules = ent_program_get_level_rules (program, level, -1, today);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *asked = ent_program_rule_describe (rule, rule->number);
      g_autofree char *label = ent_metrics_dup_label (NULL, rule->metric);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "; " : "", label, asked);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
json_rules (CliJson    *json,
            Cli        *cli,
            EntProgram *program,
            EntKey      level,
            gint64      today)
{
  g_autoptr (GPtrArray) rules = ent_program_get_level_rules (program, level, -1, today);

  cli_json_begin_array (json, "rules");
  for (guint i = 0; i < rules->len; i++)
    {
      const EntProgramRule *rule = g_ptr_array_index (rules, i);
      g_autofree char *asked = ent_program_rule_describe (rule, rule->number);
      g_autofree char *code = ent_store_dup_code (cli->store, rule->key);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "rule", code);
      cli_json_text (json, "metric", rule->metric);
      cli_json_text (json, "asked", asked);
      cli_json_bool (json, "mandatory", rule->mandatory);
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
list_ladder (Cli             *cli,
             EntLevels       *levels,
             const EntLadder *ladder,
             gint64           today,
             CliTable        *table,
             CliJson         *json)
{
  EntProgram *program = ent_levels_get_program (levels);

  for (guint i = 0; i < ladder->levels->len; i++)
    {
      const EntDefinition *level = g_ptr_array_index (ladder->levels, i);
      g_autofree char *rank = g_strdup_printf ("%" G_GINT64_FORMAT, level->rank);
      g_autofree char *count = g_strdup_printf ("%u", count_partners (levels, level->key));
      g_autofree char *rules = join_rules (program, level->key, today);

      if (json != NULL)
        {
          cli_json_begin_object (json, NULL);
          cli_json_text (json, "program", ladder->title);
          cli_level_json_key (json, cli, "level", level->key);
          cli_json_text (json, "title", level->title);
          cli_json_int (json, "rank", level->rank);
          cli_json_bool (json, "in_force", ent_definition_is_in_force (level, today));
          cli_json_int (json, "partners", count_partners (levels, level->key));
          json_rules (json, cli, program, level->key, today);
          cli_json_end (json);
          continue;
        }
      cli_table_add (table, ladder->title);
      cli_table_add_number (table, rank);
      cli_table_add (table, level->title);
      cli_table_add_number (table, count);
      cli_table_add (table, *rules != '\0' ? rules : _("no requirements"));
      cli_table_end_row (table);
    }
}

gboolean
cli_level_list (Cli              *cli,
                CliLevelOptions  *options,
                char            **words,
                GError          **error)
{
  g_autoptr (EntLevels) levels = ent_levels_load (cli->store, options->today, cli->cancellable, error);
  const EntLadder *only = NULL;
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = NULL;
  GPtrArray *ladders;

  if (levels == NULL ||
      (options->program != NULL &&
       (only = cli_level_find_ladder (cli, ent_levels_get_program (levels), options->program, error)) == NULL))
    return FALSE;
  ladders = ent_program_get_ladders (ent_levels_get_program (levels));
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  else
    table = cli_table_new ();
  for (guint i = 0; i < ladders->len; i++)
    if (only == NULL || only == g_ptr_array_index (ladders, i))
      list_ladder (cli, levels, g_ptr_array_index (ladders, i), options->today, table, json);
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  return TRUE;
}

/* --- check and use --------------------------------------------------------------------------------------------------------- */

gboolean
cli_level_check (Cli              *cli,
                 CliLevelOptions  *options,
                 char            **words,
                 GError          **error)
{
  g_autoptr (EntProgram) program = ent_program_load (cli->store, cli->cancellable, error);
  g_autoptr (GPtrArray) found = program != NULL ? ent_program_check (program) : NULL;
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;

  if (found == NULL)
    return FALSE;
  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < found->len; i++)
    {
      const EntContradiction *one = g_ptr_array_index (found, i);
      g_autofree char *first = ent_store_dup_code (cli->store, one->first);
      g_autofree char *second = ent_store_dup_code (cli->store, one->second);

      if (json == NULL)
        {
          cli_print ("%s%s%s: %s %s", first, one->second != 0 ? ", " : "", second, one->what, one->next_step);
          continue;
        }
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "first", first);
      cli_json_text (json, "second", one->second != 0 ? second : NULL);
      cli_level_json_key (json, cli, "level", one->level);
      cli_json_text (json, "what", one->what);
      cli_json_text (json, "next_step", one->next_step);
      cli_json_end (json);
    }
  if (json != NULL)
    {
      cli_json_end (json);
      cli_json_print (json);
    }
  else if (found->len == 0)
    cli_print ("%s", _("The rules of the levels do not contradict each other."));
  return TRUE;
}

/* Which program's levels partners without a level are measured by. */
gboolean
cli_level_use (Cli              *cli,
               CliLevelOptions  *options,
               char            **words,
               GError          **error)
{
  g_autoptr (EntProgram) program = ent_program_load (cli->store, cli->cancellable, error);
  const EntLadder *ladder = program != NULL ? cli_level_find_ladder (cli, program, words[1], error) : NULL;
  g_autofree char *code = NULL;

  if (ladder == NULL)
    return FALSE;
  code = ent_store_dup_code (cli->store, ladder->program);
  return ent_store_set_setting (cli->store, ENT_SETTING_LEVEL_PROGRAM, code, error);
}
