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

/** The deal that a word names; 0 with @error set. */
EntKey   cli_deal_resolve         (Cli         *cli,
                                   const char  *word,
                                   GError     **error);

/* cli-deal-change.c: @words begin with the command's name. */
gboolean cli_deal_register (Cli *cli, const CliDealOptions *options, char **words, GError **error);
gboolean cli_deal_renew    (Cli *cli, const CliDealOptions *options, char **words, GError **error);
gboolean cli_deal_reopen   (Cli *cli, const CliDealOptions *options, char **words, GError **error);
gboolean cli_deal_move     (Cli *cli, const CliDealOptions *options, char **words, GError **error);
gboolean cli_deal_settle   (Cli *cli, const CliDealOptions *options, char **words, GError **error);
gboolean cli_deal_expire   (Cli *cli, const CliDealOptions *options, char **words, GError **error);

/* Pieces of JSON: ["1234.50 USD", …]; an amount; percent, left out when it is not known. */
void     cli_deal_json_amounts    (CliJson          *json,
                                   Cli              *cli,
                                   const char       *name,
                                   const EntAmounts *amounts);
void     cli_deal_json_money      (CliJson    *json,
                                   Cli        *cli,
                                   const char *name,
                                   gint64      minor,
                                   const char *currency);
void     cli_deal_json_percent    (CliJson    *json,
                                   const char *name,
                                   gint64      pct);

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
