/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-deal.h"

#include <glib/gi18n.h>

static void
options_clear (CliDealOptions *self)
{
  g_free (self->by);
  g_free (self->quarter_text);
  g_free (self->where);
  g_free (self->partner);
  g_strfreev (self->offerings);
  g_free (self->title);
  g_free (self->amount);
  g_free (self->close);
  g_free (self->owner);
  g_free (self->proof);
  g_free (self->approved_by);
  g_free (self->reason);
  g_free (self->date);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliDealOptions, options_clear)

typedef gboolean (*DealFunc) (Cli                   *cli,
                              const CliDealOptions  *options,
                              char                 **words,
                              GError               **error);

/* --- Reading ------------------------------------------------------------------------------------------------ */

static gboolean
read_quarter (const CliDealOptions  *options,
              EntQuarter            *quarter,
              GError               **error)
{
  *quarter = ent_quarter_of_day (options->today);
  return options->quarter_text == NULL || ent_quarter_read (options->quarter_text, options->today, quarter) ||
         cli_usage (error, _("“%s” is no quarter; write 2026-Q4, this, next or last"), options->quarter_text);
}

/* The deals that --where asks for; *result NULL: all. */
static gboolean
find_rows (Cli                   *cli,
           const CliDealOptions  *options,
           EntResult            **result,
           GError               **error)
{
  const EntRecordType *type = cli_type (cli, "deal", error);
  g_autoptr (EntFilter) filter = NULL;
  EntQuery query = { .type = type };

  *result = NULL;
  if (options->where == NULL)
    return type != NULL;
  if ((filter = ent_filter_parse (type, options->where, NULL, error)) == NULL)
    return FALSE;
  query.filter = filter;
  *result = ent_store_query (cli->store, &query, cli->cancellable, error);
  return *result != NULL;
}

static gboolean
run_board (Cli                   *cli,
           const CliDealOptions  *options,
           char                 **words,
           GError               **error)
{
  EntDealGrouping grouping = ENT_DEALS_BY_STAGE;
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntResult) result = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  EntQuarter quarter;

  if (options->by != NULL && !ent_deal_grouping_read (options->by, &grouping))
    return cli_usage (error, _("deals are grouped by stage, partner, owner or quarter, not by “%s”"), options->by);
  if (!read_quarter (options, &quarter, error) || !cli_open_to_read (cli, error) ||
      !find_rows (cli, options, &result, error) ||
      (deals = ent_deals_load (cli->store, options->today, cli->cancellable, error)) == NULL)
    return FALSE;
  columns = ent_deals_group (deals, grouping, quarter, result);
  return cli_deal_print_board (cli, deals, columns, error);
}

static gboolean
run_forecast (Cli                   *cli,
              const CliDealOptions  *options,
              char                 **words,
              GError               **error)
{
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntResult) result = NULL;
  g_autoptr (EntForecast) forecast = NULL;
  EntQuarter quarter;

  if (!read_quarter (options, &quarter, error) || !cli_open_to_read (cli, error) ||
      !find_rows (cli, options, &result, error) ||
      (deals = ent_deals_load (cli->store, options->today, cli->cancellable, error)) == NULL)
    return FALSE;
  forecast = ent_deals_forecast (deals, quarter, result);
  return cli_deal_print_forecast (cli, deals, forecast, error);
}

static gboolean
run_results (Cli                   *cli,
             const CliDealOptions  *options,
             char                 **words,
             GError               **error)
{
  EntDealResultsBy by = ENT_DEAL_RESULTS_ALL;
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (EntResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;

  if (options->by != NULL && !ent_deal_results_read (options->by, &by))
    return cli_usage (error, _("results are told by owner, partner, account, product or quarter, not by “%s”"),
                      options->by);
  if (!cli_open_to_read (cli, error) || !find_rows (cli, options, &result, error) ||
      (deals = ent_deals_load (cli->store, options->today, cli->cancellable, error)) == NULL)
    return FALSE;
  results = ent_deals_results (deals, by, result);
  return cli_deal_print_results (cli, deals, results, error);
}

/* --- One deal ---------------------------------------------------------------------------------------------- */

EntKey
cli_deal_resolve (Cli         *cli,
                  const char  *word,
                  GError     **error)
{
  EntKey key = cli_resolve (cli, word, error);

  if (key != 0 && ent_key_type_number (key) != ent_store_get_record_type (cli->store, "deal")->info->number)
    {
      cli_usage (error, _("“%s” is no deal"), word);
      return 0;
    }
  return key;
}

/* All deals, or with @word the one it names. */
static gboolean
load_one (Cli                   *cli,
          const CliDealOptions  *options,
          const char            *word,
          EntDeals             **deals,
          const EntDeal        **deal,
          GError               **error)
{
  EntKey key = 0;

  *deal = NULL;
  if (!cli_open_to_read (cli, error) || (word != NULL && (key = cli_deal_resolve (cli, word, error)) == 0))
    return FALSE;
  *deals = ent_deals_load (cli->store, options->today, cli->cancellable, error);
  if (*deals != NULL && key != 0)
    *deal = ent_deals_lookup (*deals, key);
  return *deals != NULL;
}

static gboolean
run_conflicts (Cli                   *cli,
               const CliDealOptions  *options,
               char                 **words,
               GError               **error)
{
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const EntDeal *deal;

  if (!load_one (cli, options, words[1], &deals, &deal, error))
    return FALSE;
  conflicts = ent_deals_find_conflicts (deals, deal);
  return cli_deal_print_conflicts (cli, deals, conflicts, error);
}

static gboolean
print_issues (Cli                   *cli,
              const CliDealOptions  *options,
              const char            *word,
              guint                  kinds,
              GError               **error)
{
  g_autoptr (EntDeals) deals = NULL;
  const EntDeal *deal;

  return load_one (cli, options, word, &deals, &deal, error) &&
         cli_deal_print_issues (cli, deals, deal, kinds, error);
}

static gboolean
run_stalled (Cli                   *cli,
             const CliDealOptions  *options,
             char                 **words,
             GError               **error)
{
  return print_issues (cli, options, NULL, 1u << ENT_DEAL_ISSUE_STALLED, error);
}

static gboolean
run_slipping (Cli                   *cli,
              const CliDealOptions  *options,
              char                 **words,
              GError               **error)
{
  return print_issues (cli, options, NULL, 1u << ENT_DEAL_ISSUE_SLIPPED | 1u << ENT_DEAL_ISSUE_OVERDUE, error);
}

static gboolean
run_check (Cli                   *cli,
           const CliDealOptions  *options,
           char                 **words,
           GError               **error)
{
  return print_issues (cli, options, words[1], G_MAXUINT, error);
}

/* --- The family --------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       min, max; /* words, with the name */
  DealFunc    run;
} deal_commands[] =
{
  { "board", 1, 1, run_board },
  { "forecast", 1, 1, run_forecast },
  { "results", 1, 1, run_results },
  { "register", 2, 2, cli_deal_register },
  { "renew", 2, 2, cli_deal_renew },
  { "expire", 1, 1, cli_deal_expire },
  { "reopen", 2, 2, cli_deal_reopen },
  { "conflicts", 1, 2, run_conflicts },
  { "settle", 2, 2, cli_deal_settle },
  { "stalled", 1, 1, run_stalled },
  { "slipping", 1, 1, run_slipping },
  { "check", 1, 2, run_check },
  { "move", 3, 3, cli_deal_move },
};

static gboolean
dispatch (Cli             *cli,
          CliDealOptions  *options,
          char           **words,
          GError         **error)
{
  guint n = g_strv_length (words);

  for (gsize i = 0; i < G_N_ELEMENTS (deal_commands); i++)
    if (g_str_equal (words[0], deal_commands[i].name) && n >= deal_commands[i].min && n <= deal_commands[i].max)
      return deal_commands[i].run (cli, options, words, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

static gboolean
run_deal (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (CliDealOptions) options = { .today = ent_date_today () };
  const GOptionEntry entries[] = {
    CLI_TEXT ("by", &options.by, "WORD", N_("board: stage, partner, owner, quarter; results: owner, partner, account, product, quarter")),
    CLI_TEXT ("quarter", &options.quarter_text, "Q", N_("board, forecast: such as 2026-Q4, next (default this)")),
    CLI_TEXT ("where", &options.where, "EXPR", N_("board, forecast, results: only deals that fit")),
    CLI_TEXT ("partner", &options.partner, "REF", N_("register: the partner that claims the deal")),
    CLI_TEXTS ("offering", &options.offerings, "REF", N_("register: a product; may be given several times")),
    CLI_TEXT ("title", &options.title, "TEXT", N_("register: name of a new deal")),
    CLI_TEXT ("amount", &options.amount, "AMOUNT", N_("register: amount of a new deal")),
    CLI_TEXT ("close", &options.close, "DATE", N_("register: expected close of a new deal")),
    CLI_TEXT ("owner", &options.owner, "REF", N_("register: owner of a new deal")),
    CLI_TEXT ("proof", &options.proof, "REF", N_("renew: a document that shows the work")),
    CLI_TEXT ("approved-by", &options.approved_by, "REF", N_("reopen: who approved it")),
    CLI_TEXT ("reason", &options.reason, "TEXT", N_("move to lost: the loss reason; settle: why")),
    CLI_TEXT ("date", &options.date, "DATE", N_("As if it were that day")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 3, error);
  EntReadContext context = { 0 };

  if (words == NULL || (options.date != NULL && !ent_date_read (options.date, &context, &options.today, error)))
    return FALSE;
  return dispatch (cli, &options, words, error);
}

const CliCommand cli_deal_commands[] = {
  { "deal", "board|forecast|results|register REF|renew REF|reopen REF|expire|conflicts [REF]|settle REF|stalled|slipping|"
    "check [REF]|move REF STAGE", N_("The pipeline: stages, forecast, registrations"), run_deal, 0 },
  { NULL },
};
