/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-deal-checks.h"
#include "rules/ent-deal-results.h"
#include "rules/ent-forecast.h"

G_BEGIN_DECLS

/* Inside the family `deal`: what it is asked, and printing. */

typedef struct
{
  char   *by;
  char   *quarter_text;
  char   *where;
  char   *partner;
  char  **offerings;
  char   *title;
  char   *amount;
  char   *close;
  char   *owner;
  char   *proof;
  char   *approved_by;
  char   *reason;
  char   *date;
  gint64  today;
} CliDealOptions;

/** Prints columns of deals. */
gboolean cli_deal_print_board     (Cli             *cli,
                                   const EntDeals  *deals,
                                   GPtrArray       *columns,
                                   GError         **error);
gboolean cli_deal_print_forecast  (Cli               *cli,
                                   const EntDeals    *deals,
                                   const EntForecast *forecast,
                                   GError           **error);
/** Prints how deals ended. */
gboolean cli_deal_print_results   (Cli             *cli,
                                   const EntDeals  *deals,
                                   GPtrArray       *results,
                                   GError         **error);
gboolean cli_deal_print_conflicts (Cli             *cli,
                                   const EntDeals  *deals,
                                   GPtrArray       *conflicts,
                                   GError         **error);
/** Prints a deal's registration as it is now, with its conflicts. */
gboolean cli_deal_print_claim     (Cli             *cli,
                                   EntKey           key,
                                   gint64           today,
                                   GError         **error);
/** Prints the issues of these kinds (bits) of deals; @deal NULL: of all. */
gboolean cli_deal_print_issues    (Cli             *cli,
                                   const EntDeals  *deals,
                                   const EntDeal   *deal,
                                   guint            kinds,
                                   GError         **error);

G_END_DECLS
