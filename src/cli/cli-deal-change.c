/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of the family `deal` that write. */
#include "config.h"

#include "cli/cli-deal.h"

#include <glib/gi18n.h>

#include "rules/ent-deal-change.h"

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
  if (change->deal == 0 && (change->deal = cli_deal_resolve (cli, word, error)) == 0)
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

gboolean
cli_deal_register (Cli                   *cli,
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
    change.what.deal = cli_deal_resolve (cli, words[1], error);
  if (change.what.account == 0 && change.what.deal == 0)
    return FALSE;
  change.what.offerings = (const EntKey *) (gpointer) offerings->data;
  change.what.n_offerings = offerings->len;
  title = ent_store_dup_title (cli->store, key);
  label = g_strdup_printf (_("Register %s"), title);
  return ent_store_write (cli->store, label, ENT_ORIGIN_USER, register_cb, &change, cli->cancellable, NULL, error) &&
         cli_deal_print_claim (cli, change.deal, options->today, error);
}

gboolean
cli_deal_renew (Cli                   *cli,
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

gboolean
cli_deal_reopen (Cli                   *cli,
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

gboolean
cli_deal_move (Cli                   *cli,
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
gboolean
cli_deal_settle (Cli                   *cli,
                 const CliDealOptions  *options,
                 char                 **words,
                 GError               **error)
{
  Change change = { 0 };
  EntKey key;
  g_autoptr (EntDeals) deals = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  const EntDealConflict *conflict;

  if (!cli_open (cli, error) || (key = cli_deal_resolve (cli, words[1], error)) == 0 ||
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

gboolean
cli_deal_expire (Cli                   *cli,
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
