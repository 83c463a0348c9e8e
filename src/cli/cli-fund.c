/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-fund.h"

#include <glib/gi18n.h>

#include "rules/ent-fund.h"

/* --- Options ------------------------------------------------------------------------------------------------------ */

static void
fund_options_clear (CliFundOptions *self)
{
  g_free (self->title);
  g_free (self->cost);
  g_free (self->outcome);
  g_free (self->campaign);
  g_free (self->deal);
  g_free (self->by);
  g_free (self->submit_by);
  g_free (self->start);
  g_free (self->end);
  g_free (self->amount);
  g_free (self->extend);
  g_free (self->exception);
  g_free (self->note);
  g_free (self->program);
  g_free (self->request);
  g_free (self->on);
  g_strfreev (self->proofs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliFundOptions, fund_options_clear)

/* The record of that type; 0 with @error set. */
EntKey
cli_fund_resolve (Cli         *cli,
                  const char  *type,
                  const char  *text,
                  GError     **error)
{
  return ent_store_resolve (cli->store, ent_store_get_record_type (cli->store, type), text, error);
}

gboolean
cli_fund_read_money (Cli         *cli,
                     const char  *text,
                     gint64      *minor,
                     char         currency[4],
                     GError     **error)
{
  g_autofree char *reporting = ent_store_dup_setting (cli->store, ENT_SETTING_CURRENCY);
  const EntReadContext context = { .default_currency = reporting };

  return ent_money_read (text, &context, minor, currency, error);
}

gboolean
cli_fund_read_day (const char  *text,
                   gint64      *day,
                   GError     **error)
{
  const EntReadContext context = { .today = ent_date_today () };

  return text == NULL || ent_date_read (text, &context, day, error);
}

/* Optional reference. */
static gboolean
read_ref (Cli         *cli,
          const char  *type,
          const char  *text,
          EntKey      *key,
          GError     **error)
{
  return text == NULL || (*key = cli_fund_resolve (cli, type, text, error)) != 0;
}

/* The day a command counts from: --on, else today. */
static gboolean
read_today (const CliFundOptions  *options,
            gint64                *today,
            gint64                *now,
            GError               **error)
{
  *today = ent_date_today ();
  *now = g_get_real_time ();
  if (options->on == NULL)
    return TRUE;
  if (!cli_fund_read_day (options->on, today, error))
    return FALSE;
  *now = *today * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR;
  return TRUE;
}

/* --- Programs, eligibility ------------------------------------------------------------------------------------------ */

static gboolean
fund_programs (Cli                   *cli,
               const CliFundOptions  *options,
               char                 **words,
               GError               **error)
{
  g_autoptr (EntFundBook) book = ent_fund_book_load (cli->store, NULL, error);
  int year;

  if (book == NULL)
    return FALSE;
  ent_date_to_ymd (ent_date_today (), &year, NULL, NULL);
  cli_fund_print_programs (cli, book, options->year != 0 ? options->year : year);
  return TRUE;
}

/* All programs, or the one that is named. (transfer full) */
static GPtrArray *
choose_programs (Cli         *cli,
                 const char  *name,
                 GError     **error)
{
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) programs = g_ptr_array_new_with_free_func (g_object_unref);

  if (name != NULL)
    {
      EntKey key = cli_fund_resolve (cli, "program", name, error);
      EntRecord *program = key != 0 ? ent_store_get (cli->store, key, error) : NULL;

      if (program == NULL)
        return NULL;
      g_ptr_array_add (programs, program);
      return g_steal_pointer (&programs);
    }
  book = ent_fund_book_load (cli->store, NULL, error);
  if (book == NULL)
    return NULL;
  for (guint i = 0; i < ent_fund_book_get_programs (book)->len; i++)
    g_ptr_array_add (programs, g_object_ref (g_ptr_array_index (ent_fund_book_get_programs (book), i)));
  return g_steal_pointer (&programs);
}

static gboolean
fund_eligibility (Cli                   *cli,
                  const CliFundOptions  *options,
                  char                 **words,
                  GError               **error)
{
  EntKey partner = cli_fund_resolve (cli, "organization", words[1], error), request = 0;
  g_autoptr (GPtrArray) programs = partner != 0 ? choose_programs (cli, words[2], error) : NULL;
  g_autoptr (CliJson) json = cli_json_new ();
  gint64 today, now;

  if (programs == NULL || !read_today (options, &today, &now, error) ||
      !read_ref (cli, "funding", options->request, &request, error))
    return FALSE;
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < programs->len; i++)
    {
      EntRecord *program = g_ptr_array_index (programs, i);
      g_autoptr (EntFundFacts) facts = ent_fund_facts_load (cli->store, ent_record_get_key (program), partner, request,
                                                            error);
      g_autoptr (GPtrArray) checks = facts != NULL ? ent_fund_check (facts, today) : NULL;

      if (checks == NULL)
        return FALSE;
      cli_fund_print_checks (cli, json, program, checks);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

static gboolean
fund_balance (Cli                   *cli,
              const CliFundOptions  *options,
              char                 **words,
              GError               **error)
{
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) balances = NULL;
  EntKey partner = 0, program = 0;
  int year;

  ent_date_to_ymd (ent_date_today (), &year, NULL, NULL);
  if (!read_ref (cli, "organization", words[1], &partner, error) ||
      !read_ref (cli, "program", options->program, &program, error) ||
      (book = ent_fund_book_load (cli->store, NULL, error)) == NULL)
    return FALSE;
  balances = ent_fund_book_balances (book, program, partner, options->year != 0 ? options->year : year);
  cli_fund_print_balances (cli, balances);
  return TRUE;
}

/* --- Changing ----------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntFundAsk  ask;
  EntFundMove move;
  EntKey      key;
  int         year;
  gint64      today;
  guint       n;
} Change;

static gboolean
ask_cb (EntTransaction  *transaction,
        gpointer         user_data,
        GError         **error)
{
  Change *change = user_data;

  return (change->key = ent_fund_ask (transaction, &change->ask, error)) != 0;
}

static gboolean
move_cb (EntTransaction  *transaction,
         gpointer         user_data,
         GError         **error)
{
  return ent_fund_move (transaction, &((Change *) user_data)->move, error);
}

static gboolean
allocate_cb (EntTransaction  *transaction,
             gpointer         user_data,
             GError         **error)
{
  Change *change = user_data;

  return ent_fund_allocate (transaction, change->ask.program, change->ask.partner, change->year, change->ask.amount,
                            change->ask.currency, change->today, error);
}

static gboolean
expire_cb (EntTransaction  *transaction,
           gpointer         user_data,
           GError         **error)
{
  Change *change = user_data;

  return ent_fund_expire (transaction, change->today, &change->n, error);
}

static gboolean
print_request (Cli     *cli,
               EntKey   key,
               gint64   today,
               GError **error)
{
  g_autoptr (EntRecord) request = ent_store_get (cli->store, key, error);

  if (request == NULL)
    return FALSE;
  cli_fund_print_request (cli, request, today);
  return TRUE;
}

static gboolean
fund_request (Cli                   *cli,
              const CliFundOptions  *options,
              char                 **words,
              GError               **error)
{
  Change change = { .ask = { .title = options->title, .outcome = options->outcome } };
  EntFundAsk *ask = &change.ask;
  char currency[4];
  gint64 now;

  if (!read_today (options, &change.today, &now, error) ||
      (ask->partner = cli_fund_resolve (cli, "organization", words[1], error)) == 0 ||
      (ask->program = cli_fund_resolve (cli, "program", words[2], error)) == 0 ||
      !cli_fund_read_money (cli, words[3], &ask->amount, ask->currency, error) ||
      (options->cost != NULL && !cli_fund_read_money (cli, options->cost, &ask->cost, currency, error)) ||
      !read_ref (cli, "campaign", options->campaign, &ask->campaign, error) ||
      !read_ref (cli, "deal", options->deal, &ask->deal, error) ||
      !read_ref (cli, "person", options->by, &ask->by, error) ||
      !cli_fund_read_day (options->submit_by, &ask->submit_by, error) ||
      !cli_fund_read_day (options->start, &ask->start, error) || !cli_fund_read_day (options->end, &ask->end, error))
    return FALSE;
  return ent_store_write (cli->store, _("Request funds"), ENT_ORIGIN_USER, ask_cb, &change, NULL, NULL, error) &&
         print_request (cli, change.key, change.today, error);
}

static gboolean
move_request (Cli                   *cli,
              const CliFundOptions  *options,
              const char            *ref,
              const char            *state,
              const char            *amount,
              GError               **error)
{
  Change change = { .move = { .state = state, .exception = options->exception, .note = options->note } };
  EntFundMove *move = &change.move;
  g_autoptr (GArray) proofs = g_array_new (FALSE, FALSE, sizeof (EntKey));
  char currency[4];

  if (!read_today (options, &change.today, &move->now, error) ||
      (move->request = cli_fund_resolve (cli, "funding", ref, error)) == 0 ||
      !read_ref (cli, "person", options->by, &move->by, error) ||
      (amount != NULL && !cli_fund_read_money (cli, amount, &move->amount, currency, error)) ||
      !cli_fund_read_day (options->extend, &move->extended_to, error))
    return FALSE;
  move->has_amount = amount != NULL;
  for (char **proof = options->proofs; proof != NULL && *proof != NULL; proof++)
    {
      EntKey key = cli_fund_resolve (cli, "document", *proof, error);

      if (key == 0)
        return FALSE;
      g_array_append_val (proofs, key);
    }
  move->proofs = (const EntKey *) (gpointer) proofs->data;
  move->n_proofs = proofs->len;
  return ent_store_write (cli->store, _("Move funding request"), ENT_ORIGIN_USER, move_cb, &change, NULL, NULL,
                          error) &&
         print_request (cli, move->request, change.today, error);
}

static gboolean
fund_move (Cli                   *cli,
           const CliFundOptions  *options,
           char                 **words,
           GError               **error)
{
  return move_request (cli, options, words[1], words[2], options->amount, error);
}

static gboolean
fund_claim (Cli                   *cli,
            const CliFundOptions  *options,
            char                 **words,
            GError               **error)
{
  return move_request (cli, options, words[1], "claimed", words[2], error);
}

static gboolean
fund_allocate (Cli                   *cli,
               const CliFundOptions  *options,
               char                 **words,
               GError               **error)
{
  Change change = { 0 };
  g_autoptr (EntFundBook) book = NULL;
  g_autoptr (GPtrArray) balances = NULL;
  gint64 now;

  if (!read_today (options, &change.today, &now, error) ||
      (change.ask.partner = cli_fund_resolve (cli, "organization", words[1], error)) == 0 ||
      (change.ask.program = cli_fund_resolve (cli, "program", words[2], error)) == 0 ||
      (words[3] != NULL &&
       !cli_fund_read_money (cli, words[3], &change.ask.amount, change.ask.currency, error)))
    return FALSE;
  ent_date_to_ymd (change.today, &change.year, NULL, NULL);
  if (options->year != 0)
    change.year = options->year;
  if (!ent_store_write (cli->store, _("Allocate funds"), ENT_ORIGIN_USER, allocate_cb, &change, NULL, NULL, error) ||
      (book = ent_fund_book_load (cli->store, NULL, error)) == NULL)
    return FALSE;
  balances = ent_fund_book_balances (book, change.ask.program, change.ask.partner, change.year);
  cli_fund_print_balances (cli, balances);
  return TRUE;
}

static gboolean
fund_show (Cli                   *cli,
           const CliFundOptions  *options,
           char                 **words,
           GError               **error)
{
  EntKey key = cli_fund_resolve (cli, "funding", words[1], error);
  gint64 today, now;

  return key != 0 && read_today (options, &today, &now, error) && print_request (cli, key, today, error);
}

static gboolean
fund_deadlines (Cli                   *cli,
                const CliFundOptions  *options,
                char                 **words,
                GError               **error)
{
  g_autoptr (EntFundBook) book = ent_fund_book_load (cli->store, NULL, error);
  g_autoptr (GPtrArray) deadlines = NULL;
  gint64 today, now;

  if (book == NULL || !read_today (options, &today, &now, error))
    return FALSE;
  deadlines = ent_fund_book_deadlines (book, today);
  cli_fund_print_deadlines (cli, deadlines, options->days);
  return TRUE;
}

static gboolean
fund_expire (Cli                   *cli,
             const CliFundOptions  *options,
             char                 **words,
             GError               **error)
{
  Change change = { 0 };
  g_autoptr (CliJson) json = cli_json_new ();
  gint64 now;

  if (!read_today (options, &change.today, &now, error) ||
      !ent_store_write (cli->store, _("Expire funding requests"), ENT_ORIGIN_RULE, expire_cb, &change, NULL, NULL,
                        error))
    return FALSE;
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "expired", change.n);
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  else
    cli_print (g_dngettext (GETTEXT_PACKAGE, "%u request expired.", "%u requests expired.", change.n), change.n);
  return TRUE;
}

/* --- The command ---------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       min, max; /* words, its own included */
  gboolean    writes;
  gboolean  (*run) (Cli                   *cli,
                    const CliFundOptions  *options,
                    char                 **words,
                    GError               **error);
} subcommands[] = {
  { "programs", 1, 1, FALSE, fund_programs },   { "eligibility", 2, 3, FALSE, fund_eligibility },
  { "balance", 1, 2, FALSE, fund_balance },     { "request", 4, 4, TRUE, fund_request },
  { "move", 3, 3, TRUE, fund_move },            { "claim", 3, 3, TRUE, fund_claim },
  { "allocate", 3, 4, TRUE, fund_allocate },    { "show", 2, 2, FALSE, fund_show },
  { "deadlines", 1, 1, FALSE, fund_deadlines }, { "expire", 1, 1, TRUE, fund_expire },
};

static gboolean
run_words (Cli                   *cli,
           const CliFundOptions  *options,
           char                 **words,
           GError               **error)
{
  guint n = g_strv_length (words);

  for (gsize i = 0; i < G_N_ELEMENTS (subcommands); i++)
    if (g_str_equal (words[0], subcommands[i].name) && n >= subcommands[i].min && n <= subcommands[i].max)
      return (subcommands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             subcommands[i].run (cli, options, words, error);
  return cli_usage (error, _("usage: entente-cli %s %s"), cli->command->name, cli->command->arguments);
}

static gboolean
run_fund (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (CliFundOptions) options = { .days = G_MAXINT };
  const GOptionEntry entries[] = {
    CLI_TEXT ("title", &options.title, "TEXT", N_("request: what it is called")),
    CLI_TEXT ("cost", &options.cost, "AMOUNT", N_("request: total cost of the activity, whoever pays")),
    CLI_TEXT ("outcome", &options.outcome, "TEXT", N_("request: the desired outcome")),
    CLI_TEXT ("campaign", &options.campaign, "REF", N_("request: the campaign it pays for")),
    CLI_TEXT ("deal", &options.deal, "REF", N_("request: the deal it is for")),
    CLI_TEXT ("by", &options.by, "REF", N_("request: who asks; move: who approves")),
    CLI_TEXT ("submit-by", &options.submit_by, "DATE", N_("request: last day to submit")),
    CLI_TEXT ("start", &options.start, "DATE", N_("request: first day of the activity")),
    CLI_TEXT ("end", &options.end, "DATE", N_("request: last day of the activity")),
    CLI_TEXT ("amount", &options.amount, "AMOUNT", N_("move: what is approved, claimed, or paid")),
    CLI_TEXTS ("proof", &options.proofs, "REF", N_("move, claim: a document that proves the performance")),
    CLI_TEXT ("extend", &options.extend, "DATE", N_("move, claim: record that the claim may come until then")),
    CLI_TEXT ("exception", &options.exception, "TEXT", N_("move, claim: record an exception that was granted, and by whom")),
    CLI_TEXT ("note", &options.note, "TEXT", N_("move, claim: add to the note")),
    CLI_TEXT ("program", &options.program, "REF", N_("balance: of this program only")),
    CLI_TEXT ("request", &options.request, "REF", N_("eligibility: of this request")),
    CLI_INT ("year", &options.year, "YEAR", N_("programs, balance, allocate: of that year (default: this one)")),
    CLI_INT ("days", &options.days, "N", N_("deadlines: within so many days")),
    CLI_TEXT ("on", &options.on, "DATE", N_("As of that day (default: today)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, -1, error);

  return words != NULL && run_words (cli, &options, words, error);
}

const CliCommand cli_fund_commands[] = {
  { "fund",
    "programs | eligibility PARTNER [PROGRAM] | balance [PARTNER] | request PARTNER PROGRAM AMOUNT | show REF | "
    "move REF STATE | claim REF AMOUNT --proof REF… | allocate PARTNER PROGRAM [AMOUNT] | deadlines | expire",
    N_("Fund programs, requests from idea to payment, balances and deadlines"), run_fund, 0 },
  { NULL },
};
