/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/cli.h"
#include "rules/ent-fund.h"

G_BEGIN_DECLS

/* Inside the families `fund` and `campaign`. */

typedef struct
{
  char  *title, *cost, *outcome, *campaign, *deal, *by, *submit_by, *start, *end;
  char  *amount, *extend, *exception, *note, *program, *request, *on;
  char **proofs;
  int    year, days;
} CliFundOptions;

EntKey   cli_fund_resolve         (Cli         *cli,
                                   const char  *type,
                                   const char  *text,
                                   GError     **error);
gboolean cli_fund_read_money      (Cli         *cli,
                                   const char  *text,
                                   gint64      *minor,
                                   char         currency[4],
                                   GError     **error);
/** @text NULL: leaves @day as it is. */
gboolean cli_fund_read_day        (const char  *text,
                                   gint64      *day,
                                   GError     **error);

/* --- cli-fund-print.c ----------------------------------------------------------------------------------- */

/** "1234.50 USD": interchange form. (transfer full) */
char    *cli_write_money          (gint64       minor,
                                   const char  *currency);
void     cli_json_money           (CliJson     *json,
                                   const char  *name,
                                   gint64       minor,
                                   const char  *currency);
void     cli_json_day             (CliJson     *json,
                                   const char  *name,
                                   gint64       day);
/** Adds the explanation as an object. */
void     cli_json_why             (CliJson     *json,
                                   Cli         *cli,
                                   const char  *name,
                                   EntWhy      *why);
void     cli_fund_print_programs  (Cli         *cli,
                                   EntFundBook *book,
                                   int          year);
/** To @json when --json is given, which the caller prints. */
void     cli_fund_print_checks    (Cli         *cli,
                                   CliJson     *json,
                                   EntRecord   *program,
                                   GPtrArray   *checks);
void     cli_fund_print_balances  (Cli         *cli,
                                   GPtrArray   *balances);
void     cli_fund_print_request   (Cli         *cli,
                                   EntRecord   *request,
                                   gint64       today);
void     cli_fund_print_deadlines (Cli         *cli,
                                   GPtrArray   *deadlines,
                                   int          days);

G_END_DECLS
