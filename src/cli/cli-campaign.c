/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-campaign.h"

#include <glib/gi18n.h>

static void
campaign_options_clear (CampaignOptions *self)
{
  g_strfreev (self->maps);
  g_free (self->currency);
  g_free (self->from);
  g_free (self->to);
  g_free (self->due);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CampaignOptions, campaign_options_clear)

/* --- Numbers --------------------------------------------------------------------------------------------------------- */

/* Percent with its four decimals, as a JSON number. */
static void
json_percent (CliJson    *json,
              const char *name,
              gint64      pct)
{
  g_autofree char *digits = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%04d", pct < 0 ? "-" : "", ABS (pct) / 10000,
                                             (int) (ABS (pct) % 10000));

  cli_json_number (json, name, digits);
}

/* An amount of the main unit with six decimals; null when there is nothing to divide by. */
static void
json_per (CliJson                 *json,
          const char              *name,
          const EntCampaignReport *report,
          gint64                   amount,
          gint64                   count)
{
  g_autofree char *digits = NULL;
  gint64 value;

  if (!ent_campaign_per (amount, report->currency, count, &value))
    {
      cli_json_text (json, name, NULL);
      return;
    }
  digits = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%06d", value < 0 ? "-" : "", ABS (value) / 1000000,
                            (int) (ABS (value) % 1000000));
  cli_json_number (json, name, digits);
}

static void
json_part (CliJson                 *json,
           const EntCampaignReport *report,
           const EntCampaignPart   *part)
{
  gint64 value;

  cli_json_int (json, "lines", part->n_lines);
  cli_json_money (json, "planned", part->planned, report->currency);
  cli_json_money (json, "spent", part->spent, report->currency);
  cli_json_int (json, "impressions", part->impressions);
  cli_json_int (json, "clicks", part->clicks);
  cli_json_int (json, "leads", part->leads);
  cli_json_int (json, "qualified", part->qualified);
  cli_json_int (json, "won", part->won);
  cli_json_money (json, "pipeline", part->pipeline, report->currency);
  cli_json_money (json, "revenue", part->revenue, report->currency);
  if (part->impressions > 0 && ent_mul_div (part->clicks, 1000000, part->impressions, &value))
    json_percent (json, "click_rate", value);
  json_per (json, "cost_per_click", report, part->spent, part->clicks);
  json_per (json, "cost_per_lead", report, part->spent, part->leads);
  json_per (json, "cost_per_qualified", report, part->spent, part->qualified);
  json_per (json, "cost_per_customer", report, part->spent, part->won);
}

static void
json_parts (CliJson                 *json,
            const EntCampaignReport *report,
            const char              *name,
            GPtrArray               *parts)
{
  cli_json_begin_array (json, name);
  for (guint i = 0; i < parts->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (parts, i);
      gint64 roi;

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "name", part->value);
      cli_json_text (json, "label", part->label);
      json_part (json, report, part);
      if (parts == report->channels)
        {
          cli_json_money (json, "cost", part->cost, report->currency);
          if (ent_campaign_part_get_roi (part, &roi))
            json_percent (json, "roi_percent", roi);
          else
            cli_json_text (json, "roi_percent", NULL);
        }
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
json_cost (CliJson                 *json,
           const EntCampaignReport *report)
{
  cli_json_begin_object (json, "cost");
  cli_json_money (json, "media", report->media, report->currency);
  cli_json_int (json, "hours", report->hours);
  cli_json_money (json, "hour_rate", report->hour_rate, report->currency);
  cli_json_money (json, "hours_cost", report->hours_cost, report->currency);
  cli_json_money (json, "partner", report->partner, report->currency);
  cli_json_money (json, "funds", report->funds, report->currency);
  cli_json_money (json, "total", report->cost, report->currency);
  cli_json_end (json);
}

static void
json_report (Cli                     *cli,
             CliJson                 *json,
             const EntCampaignReport *report,
             gboolean                 is_full)
{
  g_autofree char *roi = ent_campaign_report_dup_roi (report);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "code", ent_record_get_code (report->campaign));
  cli_json_text (json, "title", ent_record_get_title (report->campaign));
  cli_json_text (json, "currency", report->currency);
  json_cost (json, report);
  cli_json_money (json, "revenue", report->revenue, report->currency);
  if (report->has_roi)
    json_percent (json, "roi_percent", report->roi_pct);
  else
    cli_json_text (json, "roi_percent", NULL);
  cli_json_text (json, "roi", roi);
  if (report->has_pipeline_ratio)
    json_percent (json, "pipeline_percent", report->pipeline_pct);
  cli_json_begin_array (json, "problems");
  for (guint i = 0; i < report->problems->len; i++)
    cli_json_text (json, NULL, g_ptr_array_index (report->problems, i));
  cli_json_end (json);
  if (is_full)
    {
      cli_json_begin_object (json, "total");
      json_part (json, report, report->total);
      cli_json_end (json);
      json_parts (json, report, "channels", report->channels);
      json_parts (json, report, "weeks", report->weeks);
      json_parts (json, report, "payers", report->payers);
      cli_json_why (json, cli, "why_roi", report->roi_why);
      cli_json_why (json, cli, "why_cost", report->cost_why);
      cli_json_why (json, cli, "why_pipeline", report->pipeline_why);
    }
  cli_json_end (json);
}

/* --- For people -------------------------------------------------------------------------------------------------------- */

static void
print_why (EntWhy *why)
{
  cli_print ("%s: %s", ent_why_get_title (why), ent_why_get_value (why));
  if (ent_why_get_formula (why) != NULL)
    cli_print ("  = %s", ent_why_get_formula (why));
  for (guint i = 0; i < ent_why_get_n_lines (why); i++)
    {
      const EntWhyLine *line = ent_why_get_line (why, i);

      cli_print ("  %s: %s", line->label, line->value);
    }
  if (ent_why_get_note (why) != NULL)
    cli_print ("  %s", ent_why_get_note (why));
}

static void
print_channels (const EntCampaignReport *report)
{
  g_autoptr (CliTable) table = cli_table_new ();

  cli_table_add (table, _("Channel"));
  cli_table_add_number (table, _("Spent"));
  cli_table_add_number (table, _("Cost"));
  cli_table_add_number (table, _("Leads"));
  cli_table_add_number (table, _("Qualified"));
  cli_table_add_number (table, _("Pipeline"));
  cli_table_add_number (table, _("Revenue"));
  cli_table_end_row (table);
  for (guint i = 0; i < report->channels->len; i++)
    {
      const EntCampaignPart *part = g_ptr_array_index (report->channels, i);
      const gint64 amounts[] = { part->spent, part->cost, part->leads, part->qualified, part->pipeline, part->revenue };

      cli_table_add (table, part->label);
      for (guint j = 0; j < G_N_ELEMENTS (amounts); j++)
        {
          g_autofree char *text = j == 2 || j == 3 ? g_strdup_printf ("%'" G_GINT64_FORMAT, amounts[j])
                                                   : ent_money_display (amounts[j], report->currency, ENT_DISPLAY_FULL);

          cli_table_add_number (table, text);
        }
      cli_table_end_row (table);
    }
}

static void
print_problems (const EntCampaignReport *report)
{
  for (guint i = 0; i < report->problems->len; i++)
    cli_note ("%s: %s", ent_record_get_title (report->campaign),
              (const char *) g_ptr_array_index (report->problems, i));
}

/* --- Commands ------------------------------------------------------------------------------------------------------------ */

static EntResult *
query_campaigns (Cli     *cli,
                 GError **error)
{
  const EntRecordType *type = ent_store_get_record_type (cli->store, "campaign");
  g_autoptr (GArray) sort = ent_sort_parse (type, "-start", NULL);
  EntQuery query = { .type = type, .sort = (const EntSort *) (gpointer) sort->data, .n_sort = sort->len };

  return ent_store_query (cli->store, &query, NULL, error);
}

/* Prints one line, or adds one object, a campaign. */
static gboolean
list_reports (Cli     *cli,
              GError **error)
{
  g_autoptr (EntResult) result = query_campaigns (cli, error);
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_array (json, NULL);
  for (gsize i = 0; result != NULL && i < ent_result_get_n (result); i++)
    {
      EntKey key = ent_key_make (ent_result_get_record_type (result)->info->number, ent_result_get_rows (result)[i]);
      g_autoptr (EntCampaignReport) report = ent_campaign_report_load (cli->store, key, ent_date_today (), error);
      g_autofree char *roi = NULL, *cost = NULL;

      if (report == NULL)
        return FALSE;
      json_report (cli, json, report, FALSE);
      if (cli->json)
        continue;
      roi = ent_campaign_report_dup_roi (report);
      cost = ent_money_display (report->cost, report->currency, ENT_DISPLAY_FULL);
      cli_print ("%s  %s  %s  %s", ent_record_get_code (report->campaign), ent_record_get_title (report->campaign),
                 cost, roi);
    }
  cli_json_end (json);
  if (result != NULL && cli->json)
    cli_json_print (json);
  return result != NULL;
}

static EntCampaignReport *
load_report (Cli         *cli,
             const char  *ref,
             GError     **error)
{
  EntKey key = cli_fund_resolve (cli, "campaign", ref, error);

  return key != 0 ? ent_campaign_report_load (cli->store, key, ent_date_today (), error) : NULL;
}

static gboolean
campaign_list (Cli                    *cli,
               const CampaignOptions  *options,
               char                  **words,
               GError                **error)
{
  return list_reports (cli, error);
}

static gboolean
campaign_show (Cli                    *cli,
               const CampaignOptions  *options,
               char                  **words,
               GError                **error)
{
  g_autoptr (EntCampaignReport) report = load_report (cli, words[1], error);
  g_autoptr (CliJson) json = cli_json_new ();

  if (report == NULL)
    return FALSE;
  json_report (cli, json, report, TRUE);
  if (cli->json)
    {
      cli_json_print (json);
      return TRUE;
    }
  cli_print ("%s %s", ent_record_get_code (report->campaign), ent_record_get_title (report->campaign));
  print_channels (report);
  print_why (report->roi_why);
  print_why (report->pipeline_why);
  print_problems (report);
  return TRUE;
}

static gboolean
campaign_roi (Cli                    *cli,
              const CampaignOptions  *options,
              char                  **words,
              GError                **error)
{
  return words[1] != NULL ? campaign_show (cli, options, words, error) : list_reports (cli, error);
}

static gboolean
campaign_funnel (Cli                    *cli,
                 const CampaignOptions  *options,
                 char                  **words,
                 GError                **error)
{
  g_autoptr (EntCampaignReport) report = load_report (cli, words[1], error);
  g_autoptr (CliJson) json = cli_json_new ();
  EntFunnelStep steps[ENT_CAMPAIGN_N_FUNNEL];

  if (report == NULL)
    return FALSE;
  ent_campaign_get_funnel (report, steps);
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < ENT_CAMPAIGN_N_FUNNEL; i++)
    {
      cli_json_begin_object (json, NULL);
      cli_json_text (json, "step", steps[i].name);
      cli_json_int (json, "count", steps[i].count);
      if (steps[i].has_rate)
        json_percent (json, "rate", steps[i].rate_pct);
      cli_json_end (json);
      if (!cli->json && steps[i].has_rate)
        cli_print ("%-16s %'" G_GINT64_FORMAT "  %" G_GINT64_FORMAT ".%02d %%", steps[i].label, steps[i].count,
                   steps[i].rate_pct / 10000, (int) (steps[i].rate_pct % 10000 / 100));
      else if (!cli->json)
        cli_print ("%-16s %'" G_GINT64_FORMAT, steps[i].label, steps[i].count);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

static void
print_import (Cli                     *cli,
              const EntCampaignImport *import)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "read", (gint64) import->n_read);
  cli_json_int (json, "created", (gint64) import->n_created);
  cli_json_int (json, "updated", (gint64) import->n_updated);
  cli_json_int (json, "refused", (gint64) import->n_refused);
  cli_json_int (json, "rounded", (gint64) import->n_rounded);
  cli_json_int (json, "seq", import->seq);
  cli_json_begin_array (json, "problems");
  for (guint i = 0; i < import->problems->len; i++)
    cli_json_text (json, NULL, g_ptr_array_index (import->problems, i));
  cli_json_end (json);
  cli_json_end (json);
  if (cli->json)
    {
      cli_json_print (json);
      return;
    }
  for (guint i = 0; i < MIN (import->problems->len, 20); i++)
    cli_note ("%s", (const char *) g_ptr_array_index (import->problems, i));
  cli_print (_("%'" G_GUINT64_FORMAT " read: %'" G_GUINT64_FORMAT " created, %'" G_GUINT64_FORMAT " updated, %'"
               G_GUINT64_FORMAT " refused."), import->n_read, import->n_created, import->n_updated, import->n_refused);
  if (import->n_rounded > 0)
    cli_print (_("%'" G_GUINT64_FORMAT " amounts had more decimals than their currency and were rounded."),
               import->n_rounded);
}

static gboolean
campaign_import (Cli                    *cli,
                 const CampaignOptions  *options,
                 char                  **words,
                 GError                **error)
{
  EntKey key = cli_fund_resolve (cli, "campaign", words[1], error);
  g_autoptr (EntCampaignImport) import = NULL;

  if (key == 0)
    return FALSE;
  import = ent_campaign_import (cli->store, key, words[2], (const char * const *) options->maps, options->currency,
                                error);
  if (import == NULL)
    return FALSE;
  print_import (cli, import);
  if (import->n_read == 0 || import->n_refused < import->n_read)
    return TRUE;
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_FAILED,
                       _("All rows were refused; correct them or --map their columns, and import again."));
  return FALSE;
}

static const struct
{
  const char *name;
  guint       min, max;
  gboolean    writes;
  gboolean  (*run) (Cli                    *cli,
                    const CampaignOptions  *options,
                    char                  **words,
                    GError                **error);
} subcommands[] = {
  { "list", 1, 1, FALSE, campaign_list },     { "show", 2, 2, FALSE, campaign_show },
  { "roi", 1, 2, FALSE, campaign_roi },       { "funnel", 2, 2, FALSE, campaign_funnel },
  { "import", 3, 3, TRUE, campaign_import },  { "calendar", 2, 2, FALSE, cli_campaign_calendar },
  { "milestone", 3, 3, TRUE, cli_campaign_milestone },
};

static gboolean
run_campaign (Cli     *cli,
              int      argc,
              char   **argv,
              GError **error)
{
  g_auto (CampaignOptions) options = { NULL };
  const GOptionEntry entries[] = {
    CLI_TEXTS ("map", &options.maps, "COLUMN=FIELD", N_("import: which field a column holds; COLUMN= leaves it out")),
    CLI_TEXT ("currency", &options.currency, "CODE", N_("import: currency of amounts without one")),
    CLI_TEXT ("from", &options.from, "DATE", N_("calendar: from that day (default: a year ago)")),
    CLI_TEXT ("to", &options.to, "DATE", N_("calendar: until that day (default: in a year)")),
    CLI_TEXT ("due", &options.due, "DATE", N_("milestone: the day it has to be there")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);
  guint n = words != NULL ? g_strv_length (words) : 0;

  if (words == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (g_str_equal (words[0], subcommands[i].name) && n >= subcommands[i].min && n <= subcommands[i].max)
      return (subcommands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             subcommands[i].run (cli, &options, words, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

const CliCommand cli_campaign_commands[] = {
  { "campaign",
    "list | show REF | import REF FILE.csv | roi [REF] | funnel REF | milestone REF TITLE --due DATE | calendar FILE.ics",
    N_("Campaigns: weekly lines, complete cost, funnel, return, milestones, calendar"), run_campaign, 0 },
  { NULL },
};
