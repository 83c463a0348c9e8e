/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-campaign.h"

#include <glib/gi18n.h>

/* campaign …: what has a day. */

gboolean
cli_campaign_calendar (Cli                    *cli,
                       const CampaignOptions  *options,
                       char                  **words,
                       GError                **error)
{
  gint64 from = ent_date_today () - 366, to = ent_date_today () + 366;
  g_autoptr (GPtrArray) dates = NULL;
  g_autoptr (CliJson) json = cli_json_new ();
  g_autofree char *text = NULL;

  if (!cli_fund_read_day (options->from, &from, error) || !cli_fund_read_day (options->to, &to, error) ||
      (dates = ent_campaign_dates (cli->store, from, to, error)) == NULL)
    return FALSE;
  text = ent_campaign_dates_to_ics (dates, cli->store, g_get_real_time ());
  if (!g_file_set_contents (words[1], text, -1, error))
    return FALSE;
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "events", dates->len);
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  else
    cli_print (g_dngettext (GETTEXT_PACKAGE, "%u date written.", "%u dates written.", dates->len), dates->len);
  return TRUE;
}

typedef struct
{
  EntMilestone milestone;
  EntKey       made;
} Milestone;

static gboolean
milestone_cb (EntTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Milestone *self = data;

  return ent_campaign_add_milestone (transaction, &self->milestone, &self->made, error);
}

gboolean
cli_campaign_milestone (Cli                    *cli,
                        const CampaignOptions  *options,
                        char                  **words,
                        GError                **error)
{
  Milestone what = { { cli_resolve (cli, words[1], error), words[2], G_MININT64 }, 0 };

  if (what.milestone.campaign == 0)
    return FALSE;
  if (ent_schema_lookup_key (ent_store_get_record_type (cli->store, "campaign")->schema, what.milestone.campaign) !=
      ent_store_get_record_type (cli->store, "campaign"))
    return cli_usage (error, _("%s is not a campaign"), words[1]);
  if (options->due == NULL)
    return cli_usage (error, _("say which day it is due: --due DATE"));
  if (!cli_fund_read_day (options->due, &what.milestone.due, error) ||
      !ent_store_write (cli->store, _("Add milestone"), ENT_ORIGIN_USER, milestone_cb, &what, NULL, NULL, error))
    return FALSE;
  return cli_print_record (cli, what.made, error);
}
