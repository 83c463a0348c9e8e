/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-deal.h"

#include <glib/gi18n.h>

static void
json_result (CliJson             *json,
             Cli                 *cli,
             const EntDealResult *result)
{
  g_autofree char *code = result->key != 0 ? ent_store_dup_code (cli->store, result->key) : NULL;
  g_autofree char *days = NULL;
  const char *currency = NULL;
  gint64 average = -1;

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "title", result->title);
  cli_json_text (json, "code", code);
  cli_json_int (json, "count", result->n);
  cli_json_int (json, "won_count", result->n_won);
  cli_json_int (json, "lost_count", result->n_lost);
  cli_json_int (json, "open_count", result->n_open);
  cli_deal_json_amounts (json, cli, "won", result->won);
  cli_deal_json_percent (json, "win_rate_pct", result->win_rate);
  if (ent_amounts_get_n (result->won) > 0)
    {
      ent_amounts_get_nth (result->won, 0, &currency);
      average = ent_deal_result_average (result, currency);
    }
  if (average >= 0 && ent_amounts_get_n (result->won) == 1)
    cli_deal_json_money (json, cli, "average", average, currency);
  if (result->days_to_win >= 0)
    {
      days = g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT, result->days_to_win / 100,
                              result->days_to_win % 100);
      cli_json_number (json, "days_to_win", days);
    }
  cli_json_end (json);
}

static void
print_result (CliTable            *table,
              const EntDealResult *result)
{
  const guint numbers[] = { result->n, result->n_won, result->n_lost, result->n_open };
  g_autofree char *won = ent_amounts_display (result->won, ENT_DISPLAY_FULL, "");
  g_autofree char *rate = result->win_rate >= 0 ? g_strdup_printf ("%.1f %%", (double) result->win_rate / 10000) : NULL;
  g_autofree char *days = result->days_to_win >= 0 ? g_strdup_printf ("%.1f", (double) result->days_to_win / 100) : NULL;

  cli_table_add (table, result->title);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", numbers[i]);

      cli_table_add_number (table, text);
    }
  cli_table_add_number (table, won);
  cli_table_add_number (table, rate);
  cli_table_add_number (table, days);
  cli_table_end_row (table);
}

static CliTable *
new_results_table (void)
{
  const char *headings[] = { _("Deals"), _("Won"), _("Lost"), _("Open"), _("Revenue"), _("Win rate"), _("Days to win") };
  CliTable *table = cli_table_new ();

  cli_table_add (table, _("Name"));
  for (gsize i = 0; i < G_N_ELEMENTS (headings); i++)
    cli_table_add_number (table, headings[i]);
  cli_table_end_row (table);
  return table;
}

gboolean
cli_deal_print_results (Cli             *cli,
                        const EntDeals  *deals,
                        GPtrArray       *results,
                        GError         **error)
{
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = cli->json ? NULL : new_results_table ();

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; i < results->len; i++)
    if (json != NULL)
      json_result (json, cli, g_ptr_array_index (results, i));
    else
      print_result (table, g_ptr_array_index (results, i));
  if (json == NULL)
    return TRUE;
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}
