/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-task.h"

#include <glib/gi18n.h>

#include "rules/ent-attention.h"
#include "rules/ent-due.h"

/* task attention: which partners get the week's hours. */

static void
json_item (CliJson          *json,
           Cli              *cli,
           EntAttentionPlan *plan,
           EntAttention     *item)
{
  g_autofree char *urgency = g_strdup_printf ("%d.%04d", (int) (item->urgency / 10000), (int) (item->urgency % 10000));

  cli_json_begin_object (json, NULL);
  cli_task_json_key (json, cli, "partner", item->partner);
  cli_json_text (json, "title", item->title);
  cli_json_bool (json, "planned", item->planned);
  cli_json_bool (json, "must", item->must);
  cli_json_int (json, "stake_minor", item->stake);
  cli_json_number (json, "urgency", urgency);
  cli_json_int (json, "cost_minor", item->cost);
  cli_json_int (json, "hours", item->hours);
  cli_json_text (json, "reason", item->reason);
  cli_json_text (json, "step", item->step);
  cli_task_json_key (json, cli, "act_on", item->act_on);
  cli_json_end (json);
}

static void
json_plan (Cli              *cli,
           EntAttentionPlan *plan)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "currency", plan->currency);
  cli_json_int (json, "hours", plan->hours);
  cli_json_int (json, "hours_planned", plan->hours_planned);
  cli_json_int (json, "left_out", plan->n_left);
  cli_json_int (json, "left_out_cost_minor", plan->cost_left);
  cli_json_int (json, "amounts_without_rate", plan->n_unrated);
  cli_json_begin_array (json, "items");
  for (guint i = 0; i < plan->items->len; i++)
    json_item (json, cli, plan, g_ptr_array_index (plan->items, i));
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
}

static void
print_plan (Cli              *cli,
            EntAttentionPlan *plan)
{
  g_autofree char *cost = ent_money_display (plan->cost_left, plan->currency, ENT_DISPLAY_SHORT);
  CliTable *table = cli_table_new ();

  for (guint i = 0; i < plan->items->len; i++)
    {
      EntAttention *item = g_ptr_array_index (plan->items, i);
      g_autofree char *hours = g_strdup_printf (_("%u h"), item->hours), *code = ent_store_dup_code (cli->store, item->partner);

      if (!item->planned)
        break;
      cli_table_add (table, code);
      cli_table_add (table, item->title);
      cli_table_add_number (table, hours);
      cli_table_add (table, item->step);
      cli_table_add (table, item->reason);
      cli_table_end_row (table);
    }
  cli_table_free (table);
  cli_print (_("%u of %u hours planned; %u partners left out, worth %s"), plan->hours_planned, plan->hours, plan->n_left, cost);
}

gboolean
cli_task_attention (Cli         *cli,
                    char       **words,
                    TaskOptions *options,
                    GError     **error)
{
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (EntAttentionPlan) plan = NULL;
  gint64 today;

  if (!cli_check_int ("hours", options->hours, 0, error) || !cli_task_get_today (options, &today, error) ||
      (due = ent_due_list (cli->store, today, cli->cancellable, error)) == NULL ||
      (plan = ent_attention_plan_new (cli->store, today, (guint) options->hours, due, cli->cancellable, error)) == NULL)
    return FALSE;
  if (!plan->has_formula)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                   _("This workspace has no program definition with the reference formula:attention; add one with its lines."));
      return FALSE;
    }
  if (cli->json)
    json_plan (cli, plan);
  else
    print_plan (cli, plan);
  return TRUE;
}
