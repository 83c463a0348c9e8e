/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-deal.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-deal-change.h"

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
  columns = ent_deals_group (deals, grouping, quarter, result != NULL ? ent_result_get_rows (result) : NULL,
                             result != NULL ? ent_result_get_n (result) : 0);
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
  forecast = ent_deals_forecast (deals, quarter, result != NULL ? ent_result_get_rows (result) : NULL,
                                 result != NULL ? ent_result_get_n (result) : 0);
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
  results = ent_deals_results (deals, by, result != NULL ? ent_result_get_rows (result) : NULL,
                               result != NULL ? ent_result_get_n (result) : 0);
  return cli_deal_print_results (cli, deals, results, error);
}

/* The deal that a word names. */
static EntKey
resolve_deal (Cli         *cli,
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
  if (!cli_open_to_read (cli, error) || (word != NULL && (key = resolve_deal (cli, word, error)) == 0))
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

/* --- Writing ----------------------------------------------------------------------------------------------- */

typedef struct
{
  EntRegistration  what;
  EntKey           deal;
  EntKey           other;  /* proof, approver */
  const char      *text;   /* stage, reason */
  const char      *reason;
  gint64           today;
} Change;

static gboolean
register_cb (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  Change *change = user_data;

  change->deal = ent_registration_submit (transaction, &change->what, error);
  return change->deal != 0;
}

static gboolean
renew_cb (EntTransaction  *transaction,
          gpointer         user_data,
          GError         **error)
{
  Change *change = user_data;

  return ent_registration_renew (transaction, change->deal, change->other, change->today, error);
}

static gboolean
reopen_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Change *change = user_data;

  return ent_registration_reopen (transaction, change->deal, change->other, change->today, error);
}

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  Change *change = user_data;

  return ent_deal_move (transaction, change->deal, change->text, change->reason, change->today, error);
}

static gboolean
settle_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Change *change = user_data;

  return ent_registration_settle (transaction, change->deal, change->text, error);
}

/* Does it to the deal that the first word names, and prints what became of it. */
static gboolean
change_deal (Cli                   *cli,
             const CliDealOptions  *options,
             const char            *word,
             const char            *label_format,
             EntTransactionFunc     func,
             Change                *change,
             GError               **error)
{
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;

  change->today = options->today;
  if (change->deal == 0 && (change->deal = resolve_deal (cli, word, error)) == 0)
    return FALSE;
  title = ent_store_dup_title (cli->store, change->deal);
  label = g_strdup_printf (label_format, title);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, func, change, cli->cancellable, NULL, error) &&
         cli_deal_print_claim (cli, change->deal, options->today, error);
}

static gboolean
resolve_offerings (Cli                   *cli,
                   const CliDealOptions  *options,
                   GArray                *keys,
                   GError               **error)
{
  for (char **word = options->offerings; word != NULL && *word != NULL; word++)
    {
      EntKey key = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "offering"), *word, error);

      if (key == 0)
        return FALSE;
      g_array_append_val (keys, key);
    }
  return TRUE;
}

static gboolean
read_money (Cli                   *cli,
            const CliDealOptions  *options,
            EntRegistration       *what,
            char                   currency[4],
            GError               **error)
{
  g_autofree char *own = ent_store_dup_setting (cli->store, ENT_SETTING_CURRENCY);
  EntReadContext context = { .default_currency = own, .today = options->today };

  what->amount = G_MININT64;
  what->expected_close = ENT_DAY_NONE;
  what->currency = currency;
  return (options->amount == NULL || ent_money_read (options->amount, &context, &what->amount, currency, error)) &&
         (options->close == NULL || ent_date_read (options->close, &context, &what->expected_close, error));
}

static gboolean
run_register (Cli                   *cli,
              const CliDealOptions  *options,
              char                 **words,
              GError               **error)
{
  Change change = { .what = { .title = options->title, .now = g_get_real_time (), .today = options->today } };
  g_autoptr (GArray) offerings = g_array_new (FALSE, FALSE, sizeof (EntKey));
  g_autofree char *title = NULL;
  g_autofree char *label = NULL;
  char currency[4] = "";
  EntKey key;

  if (options->partner == NULL)
    return cli_usage (error, _("name the partner that registers the deal: --partner REF"));
  if (!cli_open (cli, error) || (key = cli_resolve (cli, words[1], error)) == 0 ||
      (change.what.partner = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "organization"),
                                                options->partner, error)) == 0 ||
      (options->owner != NULL &&
       (change.what.owner = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "person"),
                                               options->owner, error)) == 0) ||
      !resolve_offerings (cli, options, offerings, error) ||
      !read_money (cli, options, &change.what, currency, error))
    return FALSE;
  if (ent_key_type_number (key) == ent_store_get_record_type (cli->store, "organization")->info->number)
    change.what.account = key;
  else
    change.what.deal = resolve_deal (cli, words[1], error);
  if (change.what.account == 0 && change.what.deal == 0)
    return FALSE;
  change.what.offerings = (const EntKey *) (gpointer) offerings->data;
  change.what.n_offerings = offerings->len;
  title = ent_store_dup_title (cli->store, key);
  label = g_strdup_printf (_("Register %s"), title);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, register_cb, &change, cli->cancellable, NULL, error) &&
         cli_deal_print_claim (cli, change.deal, options->today, error);
}

static gboolean
run_renew (Cli                   *cli,
           const CliDealOptions  *options,
           char                 **words,
           GError               **error)
{
  Change change = { 0 };

  if (!cli_open (cli, error) ||
      (options->proof != NULL &&
       (change.other = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "document"),
                                          options->proof, error)) == 0))
    return FALSE;
  return change_deal (cli, options, words[1], _("Renew registration of %s"), renew_cb, &change, error);
}

static gboolean
run_reopen (Cli                   *cli,
            const CliDealOptions  *options,
            char                 **words,
            GError               **error)
{
  Change change = { 0 };

  if (!cli_open (cli, error) ||
      (options->approved_by != NULL &&
       (change.other = ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, "person"),
                                          options->approved_by, error)) == 0))
    return FALSE;
  return change_deal (cli, options, words[1], _("Reopen registration of %s"), reopen_cb, &change, error);
}

static gboolean
run_move (Cli                   *cli,
          const CliDealOptions  *options,
          char                 **words,
          GError               **error)
{
  Change change = { .reason = options->reason };
  const EntField *field;
  const EntChoice *stage;

  if (!cli_open (cli, error))
    return FALSE;
  field = ent_record_type_lookup (ent_store_get_record_type (cli->store, "deal"), "stage");
  stage = ent_field_match_choice (field, words[2]);
  if (stage == NULL)
    return cli_usage (error, _("there is no stage “%s”; “entente-cli schema deal” lists them"), words[2]);
  change.text = stage->value;
  return change_deal (cli, options, words[1], _("Move %s"), move_cb, &change, error);
}

/* Ends the claim that loses a conflict of the deal, or the deal's own when it loses. */
static gboolean
run_settle (Cli                   *cli,
            const CliDealOptions  *options,
            char                 **words,
            GError               **error)
{
  Change change = { 0 };
  EntKey key;
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const EntDealConflict *conflict;

  if (!cli_open (cli, error) || (key = resolve_deal (cli, words[1], error)) == 0 ||
      (deals = ent_deals_load (cli->store, options->today, cli->cancellable, error)) == NULL)
    return FALSE;
  conflicts = ent_deals_find_conflicts (deals, ent_deals_lookup (deals, key));
  if (conflicts->len == 0)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("“%s” has no conflict to settle"), words[1]);
      return FALSE;
    }
  conflict = g_ptr_array_index (conflicts, 0);
  change.deal = conflict->loser;
  change.text = options->reason != NULL ? options->reason : conflict->reason;
  return change_deal (cli, options, NULL, _("End registration of %s"), settle_cb, &change, error);
}

static gboolean
run_expire (Cli                   *cli,
            const CliDealOptions  *options,
            char                 **words,
            GError               **error)
{
  g_autoptr (CliJson) json = NULL;
  int n = 0;

  if (!cli_open (cli, error) || !ent_registration_expire (cli->store, options->today, cli->cancellable, &n, error))
    return FALSE;
  if (!cli->json)
    {
      cli_print (g_dngettext (GETTEXT_PACKAGE, "%d registration expired", "%d registrations expired", (gulong) n), n);
      return TRUE;
    }
  json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "expired", n);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
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
  { "register", 2, 2, run_register },
  { "renew", 2, 2, run_renew },
  { "expire", 1, 1, run_expire },
  { "reopen", 2, 2, run_reopen },
  { "conflicts", 1, 2, run_conflicts },
  { "settle", 2, 2, run_settle },
  { "stalled", 1, 1, run_stalled },
  { "slipping", 1, 1, run_slipping },
  { "check", 1, 2, run_check },
  { "move", 3, 3, run_move },
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
