/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-deal.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Pieces -------------------------------------------------------------------------------------------------- */

static char *
code_of (Cli    *cli,
         EntKey  key)
{
  return ent_store_dup_code (cli->store, key);
}

/* ["1234.50 USD", …]: a currency each. */
void
cli_deal_json_amounts (CliJson          *json,
              Cli              *cli,
              const char       *name,
              const EntAmounts *amounts)
{
  const EntField *field = ent_record_type_lookup (ent_store_get_record_type (cli->store, "deal"), "amount");

  cli_json_begin_array (json, name);
  for (guint i = 0; i < ent_amounts_get_n (amounts); i++)
    {
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autofree char *text = NULL;
      const char *currency;
      gint64 minor = ent_amounts_get_nth (amounts, i, &currency);

      ent_value_set_money (&value, minor, currency);
      text = ent_value_write (field, &value);
      cli_json_text (json, NULL, text);
    }
  cli_json_end (json);
}

void
cli_deal_json_money (CliJson    *json,
            Cli        *cli,
            const char *name,
            gint64      minor,
            const char *currency)
{
  const EntField *field = ent_record_type_lookup (ent_store_get_record_type (cli->store, "deal"), "amount");
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;

  ent_value_set_money (&value, minor, currency);
  text = ent_value_write (field, &value);
  cli_json_text (json, name, text);
}

/* 1/10,000 of a percent point as a number of percent; left out when it is not known. */
void
cli_deal_json_percent (CliJson    *json,
              const char *name,
              gint64      pct)
{
  g_autofree char *digits = NULL;

  if (pct < 0)
    return;
  digits = g_strdup_printf ("%" G_GINT64_FORMAT ".%04" G_GINT64_FORMAT, pct / 10000, pct % 10000);
  cli_json_number (json, name, digits);
}

static void
json_why (CliJson *json,
          Cli     *cli,
          EntWhy  *why)
{
  cli_json_begin_object (json, "why");
  cli_json_text (json, "title", ent_why_get_title (why));
  cli_json_text (json, "formula", ent_why_get_formula (why));
  cli_json_text (json, "note", ent_why_get_note (why));
  cli_json_begin_array (json, "lines");
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);
      g_autofree char *code = line->key != 0 ? code_of (cli, line->key) : NULL;

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "label", line->label);
      cli_json_text (json, "value", line->value);
      cli_json_text (json, "weight", line->weight);
      cli_json_text (json, "code", code);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_end (json);
}

static void
print_why (EntWhy *why)
{
  g_autoptr (CliTable) table = cli_table_new ();

  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      cli_table_add (table, line->label);
      cli_table_add_number (table, line->value);
      cli_table_add (table, line->weight);
      cli_table_end_row (table);
    }
}

/* --- Board --------------------------------------------------------------------------------------------------- */

static void
board_json (Cli            *cli,
            const EntDeals *deals,
            GPtrArray      *columns)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (columns, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "id", column->id);
      cli_json_text (json, "title", column->title);
      cli_json_int (json, "count", column->keys->len);
      cli_deal_json_amounts (json, cli, "total", column->total);
      cli_deal_json_amounts (json, cli, "weighted", column->weighted);
      cli_deal_json_percent (json, "probability", column->chance);
      cli_json_int (json, "without_amount", column->n_unknown);
      cli_json_begin_array (json, "deals");
      for (guint j = 0; j < column->keys->len; j++)
        {
          g_autofree char *code = code_of (cli, g_array_index (column->keys, EntKey, j));

          cli_json_text (json, NULL, code);
        }
      cli_json_end (json);
      cli_json_end (json);
    }
  cli_json_end (json);
  cli_json_print (json);
}

gboolean
cli_deal_print_board (Cli             *cli,
                      const EntDeals  *deals,
                      GPtrArray       *columns,
                      GError         **error)
{
  g_autoptr (CliTable) table = NULL;

  if (cli->json)
    {
      board_json (cli, deals, columns);
      return TRUE;
    }
  table = cli_table_new ();
  cli_table_add (table, _("Column"));
  cli_table_add_number (table, _("Deals"));
  cli_table_add_number (table, _("Total"));
  cli_table_add_number (table, _("Weighted"));
  cli_table_end_row (table);
  for (guint i = 0; i < columns->len; i++)
    {
      const EntDealColumn *column = g_ptr_array_index (columns, i);
      g_autofree char *count = g_strdup_printf ("%u", column->keys->len);
      g_autofree char *total = ent_amounts_display (column->total, ENT_DISPLAY_FULL, "");
      g_autofree char *weighted = ent_amounts_display (column->weighted, ENT_DISPLAY_FULL, "");

      cli_table_add (table, column->title);
      cli_table_add_number (table, count);
      cli_table_add_number (table, total);
      cli_table_add_number (table, weighted);
      cli_table_end_row (table);
    }
  return TRUE;
}

/* --- Forecast ------------------------------------------------------------------------------------------------ */

static void
forecast_json (Cli               *cli,
               const EntDeals    *deals,
               const EntForecast *forecast)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autoptr (EntInfluence) influence = ent_deals_influence (deals, forecast->quarter);
  g_autofree char *quarter = ent_quarter_write (forecast->quarter);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "quarter", quarter);
  cli_deal_json_amounts (json, cli, "won", forecast->won);
  cli_deal_json_amounts (json, cli, "open", forecast->open);
  cli_deal_json_amounts (json, cli, "weighted", forecast->weighted);
  cli_json_int (json, "won_count", forecast->n_won);
  cli_json_int (json, "open_count", forecast->n_open);
  cli_json_int (json, "overdue_count", forecast->n_overdue);
  cli_json_int (json, "undated_count", forecast->n_undated);
  cli_json_int (json, "without_amount", forecast->n_unknown);
  cli_deal_json_amounts (json, cli, "without_rate", forecast->left_out);
  if (forecast->goal != 0)
    {
      cli_deal_json_money (json, cli, "target", forecast->target, forecast->currency);
      cli_deal_json_money (json, cli, "won_counted", forecast->won_counted, forecast->currency);
      cli_deal_json_money (json, cli, "weighted_counted", forecast->weighted_counted, forecast->currency);
      cli_deal_json_money (json, cli, "remaining", forecast->remaining, forecast->currency);
      cli_deal_json_percent (json, "attainment_pct", forecast->attainment_pct);
      cli_deal_json_percent (json, "coverage_pct", forecast->coverage_pct);
    }
  cli_deal_json_percent (json, "captured_pct", influence->captured_pct);
  cli_deal_json_percent (json, "complete_pct", influence->complete_pct);
  json_why (json, cli, forecast->why);
  cli_json_end (json);
  cli_json_print (json);
}

gboolean
cli_deal_print_forecast (Cli               *cli,
                         const EntDeals    *deals,
                         const EntForecast *forecast,
                         GError           **error)
{
  if (cli->json)
    {
      forecast_json (cli, deals, forecast);
      return TRUE;
    }
  cli_print ("%s: %s", ent_why_get_title (forecast->why), ent_why_get_value (forecast->why));
  print_why (forecast->why);
  if (ent_why_get_note (forecast->why) != NULL)
    cli_print ("%s", ent_why_get_note (forecast->why));
  return TRUE;
}

/* --- Registrations --------------------------------------------------------------------------------------------- */

static void
json_conflict (CliJson               *json,
               Cli                   *cli,
               const EntDealConflict *conflict)
{
  g_autofree char *winner = code_of (cli, conflict->winner);
  g_autofree char *loser = code_of (cli, conflict->loser);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "stands", winner);
  cli_json_text (json, "yields", loser);
  cli_json_text (json, "reason", conflict->reason);
  cli_json_end (json);
}

static void
print_conflict (const EntDeals        *deals,
                const EntDealConflict *conflict)
{
  g_autofree char *winner = ent_deals_dup_label (deals, ent_deals_lookup (deals, conflict->winner));
  g_autofree char *loser = ent_deals_dup_label (deals, ent_deals_lookup (deals, conflict->loser));

  cli_print (_("%s stands before %s. %s"), winner, loser, conflict->reason);
}

gboolean
cli_deal_print_conflicts (Cli             *cli,
                          const EntDeals  *deals,
                          GPtrArray       *conflicts,
                          GError         **error)
{
  g_autoptr (CliJson) json = NULL;

  for (guint i = 0; !cli->json && i < conflicts->len; i++)
    print_conflict (deals, g_ptr_array_index (conflicts, i));
  if (!cli->json)
    return TRUE;
  json = cli_json_new ();
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < conflicts->len; i++)
    json_conflict (json, cli, g_ptr_array_index (conflicts, i));
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

static void
claim_json (Cli           *cli,
            const EntDeal *deal,
            GPtrArray     *conflicts)
{
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *code = code_of (cli, deal->key);
  g_autofree char *day = deal->expires_on != ENT_DAY_NONE ? ent_date_write (deal->expires_on) : NULL;

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "code", code);
  cli_json_text (json, "stage", deal->stage);
  cli_json_text (json, "registration_state", deal->registration);
  cli_json_text (json, "expires_on", day);
  cli_json_int (json, "renewals", deal->renewals);
  cli_json_begin_array (json, "conflicts");
  for (guint i = 0; i < conflicts->len; i++)
    json_conflict (json, cli, g_ptr_array_index (conflicts, i));
  cli_json_end (json);
  cli_json_end (json);
  cli_json_print (json);
}

gboolean
cli_deal_print_claim (Cli     *cli,
                      EntKey   key,
                      gint64   today,
                      GError **error)
{
  g_autoptr (EntDeals) deals = ent_deals_load (cli->store, today, cli->cancellable, error);
  const EntDeal *deal = deals != NULL ? ent_deals_lookup (deals, key) : NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autofree char *code = NULL;

  if (deal == NULL)
    return FALSE;
  conflicts = ent_deals_find_conflicts (deals, deal);
  if (cli->json)
    {
      claim_json (cli, deal, conflicts);
      return TRUE;
    }
  code = code_of (cli, key);
  cli_print ("%s", code);
  for (guint i = 0; i < conflicts->len; i++)
    print_conflict (deals, g_ptr_array_index (conflicts, i));
  return TRUE;
}

/* --- Issues ------------------------------------------------------------------------------------------------------- */

/* Where issues go: a table or JSON. */
typedef struct
{
  Cli      *cli;
  CliTable *table;
  CliJson  *json;
} Output;

static void
print_issue (Output             *output,
             const EntDeal      *deal,
             const EntDealIssue *issue)
{
  g_autofree char *code = code_of (output->cli, deal->key);

  if (output->json != NULL)
    {
      cli_json_begin_object (output->json, NULL);
      cli_json_text (output->json, "code", code);
      cli_json_text (output->json, "title", deal->title);
      cli_json_text (output->json, "issue", ent_deal_issue_get_name (issue->kind));
      cli_json_text (output->json, "text", issue->text);
      cli_json_text (output->json, "advice", issue->advice);
      cli_json_end (output->json);
      return;
    }
  cli_table_add (output->table, code);
  cli_table_add (output->table, deal->title);
  cli_table_add (output->table, issue->text);
  cli_table_add (output->table, issue->advice);
  cli_table_end_row (output->table);
}

static void
print_deal (Output         *output,
            const EntDeals *deals,
            const EntDeal  *deal,
            guint           kinds)
{
  g_autoptr (GPtrArray) issues = ent_deals_check (deals, deal);

  for (guint i = 0; i < issues->len; i++)
    {
      const EntDealIssue *issue = g_ptr_array_index (issues, i);

      if (kinds & (1u << issue->kind))
        print_issue (output, deal, issue);
    }
}

gboolean
cli_deal_print_issues (Cli             *cli,
                       const EntDeals  *deals,
                       const EntDeal   *deal,
                       guint            kinds,
                       GError         **error)
{
  g_autoptr (CliJson) json = cli->json ? cli_json_new () : NULL;
  g_autoptr (CliTable) table = cli->json ? NULL : cli_table_new ();
  Output output = { cli, table, json };

  if (json != NULL)
    cli_json_begin_array (json, NULL);
  for (guint i = 0; deal == NULL && i < ent_deals_get_n (deals); i++)
    print_deal (&output, deals, ent_deals_get_nth (deals, i), kinds);
  if (deal != NULL)
    print_deal (&output, deals, deal, kinds);
  if (json == NULL)
    return TRUE;
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}
