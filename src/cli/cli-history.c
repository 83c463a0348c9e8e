/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT   20
#define DEFAULT_CHANGES 20

static const char * const kind_names[] = { "do", "undo", "redo" };
static const char * const origin_names[] = { "user", "import", "rule", "sync", "setup" };
static const char * const op_names[] = { "create", "set", "delete", "restore", "schema" };

/* --- history ------------------------------------------------------------------------------------------ */

static char *
value_text (Cli             *cli,
            const EntChange *change,
            const EntValue  *value)
{
  return ent_value_display (change->field, value, ENT_DISPLAY_FULL, ent_store_name, cli->store);
}

static void
print_change (Cli             *cli,
              const EntChange *change)
{
  g_autofree char *code = ent_store_dup_code (cli->store, change->key);
  g_autofree char *title = ent_store_dup_title (cli->store, change->key);
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (change->field == NULL)
    {
      cli_print ("    %s %s %s", op_names[change->op], code, title != NULL ? title : "");
      return;
    }
  old_text = value_text (cli, change, &change->old_value);
  new_text = value_text (cli, change, &change->new_value);
  cli_print ("    %s %s: “%s” → “%s”", code, ent_field_get_label (change->field), old_text, new_text);
}

static void
print_transaction (Cli                      *cli,
                   const EntTransactionInfo *info,
                   GPtrArray                *changes,
                   gboolean                  is_all)
{
  g_autofree char *at = ent_datetime_display (info->at, ENT_DISPLAY_FULL);

  cli_print ("%" G_GINT64_FORMAT "  %s  %s  %s%s", info->seq, at, info->author != NULL ? info->author : "",
             info->label, info->undone ? _(" (undone)") : "");
  for (guint i = 0; i < changes->len; i++)
    print_change (cli, g_ptr_array_index (changes, i));
  if (is_all && info->n_changes > changes->len)
    cli_print (_("    … %'" G_GINT64_FORMAT " changes in all"), info->n_changes);
}

static void
build_change (Cli             *cli,
              CliJson         *json,
              const EntChange *change)
{
  g_autofree char *code = ent_store_dup_code (cli->store, change->key);

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "op", op_names[change->op]);
  cli_json_text (json, "record", code);
  if (change->field != NULL)
    {
      g_autofree char *old_text = cli_write_value (cli, change->field, &change->old_value);
      g_autofree char *new_text = cli_write_value (cli, change->field, &change->new_value);

      cli_json_text (json, "field", change->field->info.name);
      cli_json_text (json, "old", old_text);
      cli_json_text (json, "new", new_text);
    }
  cli_json_end (json);
}

static void
build_transaction (Cli                      *cli,
                   CliJson                  *json,
                   const EntTransactionInfo *info,
                   GPtrArray                *changes)
{
  g_autofree char *at = ent_datetime_write (info->at);

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "seq", info->seq);
  cli_json_text (json, "at", at);
  cli_json_text (json, "author", info->author);
  cli_json_text (json, "label", info->label);
  cli_json_text (json, "origin", origin_names[info->origin]);
  cli_json_text (json, "kind", kind_names[info->kind]);
  if (info->target != 0)
    cli_json_int (json, "target", info->target);
  cli_json_bool (json, "undone", info->undone);
  cli_json_int (json, "n_changes", info->n_changes);
  cli_json_begin_array (json, "changes");
  for (guint i = 0; i < changes->len; i++)
    build_change (cli, json, g_ptr_array_index (changes, i));
  cli_json_end (json);
  cli_json_end (json);
}

static gboolean
print_history (Cli       *cli,
               GPtrArray *history,
               EntKey     key,
               int        n_changes,
               GError   **error)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const EntTransactionInfo *info = g_ptr_array_index (history, i);
      g_autoptr (GPtrArray) changes = ent_store_get_changes (cli->store, info->seq, key, (guint) n_changes, error);

      if (changes == NULL)
        return FALSE;
      if (cli->json)
        build_transaction (cli, json, info, changes);
      else
        print_transaction (cli, info, changes, key == 0);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

static gboolean
run_history (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  int limit = DEFAULT_LIMIT, n_changes = DEFAULT_CHANGES;
  const GOptionEntry entries[] = {
    CLI_INT ("limit", &limit, "N", N_("At most so many changes, the latest first (default 20)")),
    CLI_INT ("details", &n_changes, "N", N_("At most so many records and fields of each (default 20)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 0, 1, error);
  g_autoptr (GPtrArray) history = NULL;
  EntKey key = 0;

  if (words == NULL || !cli_check_int ("limit", limit, 1, error) || !cli_check_int ("details", n_changes, 1, error) ||
      !cli_open_to_read (cli, error))
    return FALSE;
  if (words[0] != NULL && (key = cli_resolve_binned (cli, words[0], error)) == 0)
    return FALSE;
  history = ent_store_get_history (cli->store, key, 0, (guint) limit, error);
  return history != NULL && print_history (cli, history, key, n_changes, error);
}

/* --- undo, redo --------------------------------------------------------------------------------------- */

static gboolean
report (Cli                      *cli,
        const char               *word,
        const EntTransactionInfo *info)
{
  g_autoptr (CliJson) json = NULL;

  if (!cli->json)
    {
      /* Translators: “Undid: Import 20 deals” */
      cli_print ("%s: %s", word, info->label);
      return TRUE;
    }
  json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "seq", info->seq);
  cli_json_text (json, "label", info->label);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}

static gboolean
run_undo (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 0, 1, error);
  g_autoptr (EntTransactionInfo) info = NULL;
  gint64 seq = 0;

  if (words == NULL)
    return FALSE;
  if (words[0] != NULL && !g_ascii_string_to_signed (words[0], 10, 1, G_MAXINT64, &seq, NULL))
    return cli_usage (error, _("“%s” is no number of a change; “entente-cli history” lists them"), words[0]);
  if (!cli_open (cli, error))
    return FALSE;
  info = ent_store_undo (cli->store, seq, cli->cancellable, error);
  return info != NULL && report (cli, _("Undid"), info);
}

static gboolean
run_redo (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 0, 0, error);
  g_autoptr (EntTransactionInfo) info = NULL;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  info = ent_store_redo (cli->store, cli->cancellable, error);
  return info != NULL && report (cli, _("Redid"), info);
}

const CliCommand cli_history_commands[] = {
  { "history", "[REF] [--limit N] [--details N]", N_("Show who changed what and when"), run_history, 0 },
  { "undo", "[NUMBER]", N_("Take back the latest change, or the one with that number of the history"), run_undo,
    CLI_COMMAND_INTERRUPTIBLE },
  { "redo", "", N_("Bring back what was undone last"), run_redo, CLI_COMMAND_INTERRUPTIBLE },
  { NULL },
};
