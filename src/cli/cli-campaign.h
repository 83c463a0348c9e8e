/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli-fund.h"
#include "rules/ent-campaign.h"

G_BEGIN_DECLS

/* Inside cli-campaign*.c. */

typedef struct
{
  char **maps;
  char  *currency;
  char  *from, *to, *due;
} CampaignOptions;

gboolean cli_campaign_calendar  (Cli                    *cli,
                                 const CampaignOptions  *options,
                                 char                  **words,
                                 GError                **error);
gboolean cli_campaign_milestone (Cli                    *cli,
                                 const CampaignOptions  *options,
                                 char                  **words,
                                 GError                **error);

G_END_DECLS
