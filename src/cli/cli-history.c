/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#define DEFAULT_LIMIT  20
#define CHANGES_SHOWN  20

static const char * const kind_names[] = { "do", "undo", "redo" };
static const char * const origin_names[] = { "user", "import", "rule", "sync", "setup" };
static const char * const op_names[] = { "create", "set", "delete", "restore", "schema" };

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
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;

  if (change->field == NULL)
    {
      cli_print ("    %s %s", op_names[change->op], code);
      return;
    }
  old_text = value_text (cli, change, &change->old_value);
  new_text = value_text (cli, change, &change->new_value);
  cli_print ("    %s %s: “%s” → “%s”", code, ent_field_get_label (change->field), old_text, new_text);
}

static gboolean
print_transaction (Cli                      *cli,
                   const EntTransactionInfo *info,
                   EntKey                    key,
                   GError                  **error)
{
  g_autofree char *at = ent_datetime_display (info->at, ENT_DISPLAY_FULL);
  g_autoptr (GPtrArray) changes = ent_store_get_changes (cli->store, info->seq, key, CHANGES_SHOWN, error);

  if (changes == NULL)
    return FALSE;
  cli_print ("%" G_GINT64_FORMAT "  %s  %s  %s%s", info->seq, at, info->author != NULL ? info->author : "",
             info->label, info->undone ? _(" (undone)") : "");
  for (guint i = 0; i < changes->len; i++)
    print_change (cli, g_ptr_array_index (changes, i));
  if (info->n_changes > changes->len && key == 0)
    cli_print (_("    … %" G_GINT64_FORMAT " changes in all"), info->n_changes);
  return TRUE;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
build_change (Cli             *cli,
              JsonBuilder     *builder,
              const EntChange *change)
{
  g_autofree char *code = ent_store_dup_code (cli->store, change->key);

  json_builder_begin_object (builder);
  add_text (builder, "op", op_names[change->op]);
  add_text (builder, "record", code);
  if (change->field != NULL)
    {
      g_autofree char *old_text = ent_value_write (change->field, &change->old_value);
      g_autofree char *new_text = ent_value_write (change->field, &change->new_value);

      add_text (builder, "field", change->field->info.name);
      add_text (builder, "old", old_text);
      add_text (builder, "new", new_text);
    }
  json_builder_end_object (builder);
}

static gboolean
build_transaction (Cli                      *cli,
                   JsonBuilder              *builder,
                   const EntTransactionInfo *info,
                   EntKey                    key,
                   GError                  **error)
{
  g_autofree char *at = ent_datetime_write (info->at);
  g_autoptr (GPtrArray) changes = ent_store_get_changes (cli->store, info->seq, key, CHANGES_SHOWN, error);

  if (changes == NULL)
    return FALSE;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "seq");
  json_builder_add_int_value (builder, info->seq);
  add_text (builder, "at", at);
  add_text (builder, "author", info->author);
  add_text (builder, "label", info->label);
  add_text (builder, "origin", origin_names[info->origin]);
  add_text (builder, "kind", kind_names[info->kind]);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_boolean_value (builder, info->undone);
  json_builder_set_member_name (builder, "n_changes");
  json_builder_add_int_value (builder, info->n_changes);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    build_change (cli, builder, g_ptr_array_index (changes, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return TRUE;
}

static gboolean
print_history (Cli       *cli,
               GPtrArray *history,
               EntKey     key,
               GError   **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < history->len; i++)
    if (cli->json ? !build_transaction (cli, builder, g_ptr_array_index (history, i), key, error)
                  : !print_transaction (cli, g_ptr_array_index (history, i), key, error))
      return FALSE;
  json_builder_end_array (builder);
  if (cli->json)
    cli_print_builder (builder);
  return TRUE;
}

static gboolean
run_history (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  int limit = DEFAULT_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_history_commands, "history"), argc, argv, entries, 0, 1, error);
  g_autoptr (GPtrArray) history = NULL;
  EntKey key = 0;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  if (words[0] != NULL && (key = cli_resolve (cli, words[0], error)) == 0)
    return FALSE;
  history = ent_store_get_history (cli->store, key, 0, (guint) MAX (limit, 1), error);
  return history != NULL && print_history (cli, history, key, error);
}

static gboolean
report (Cli                *cli,
        const char         *format,
        EntTransactionInfo *info)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      cli_print (format, info->label);
      return TRUE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "seq");
  json_builder_add_int_value (builder, info->seq);
  add_text (builder, "label", info->label);
  json_builder_end_object (builder);
  cli_print_builder (builder);
  return TRUE;
}

static gboolean
run_undo (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_history_commands, "undo"), argc, argv, NULL, 0, 1, error);
  g_autoptr (EntTransactionInfo) info = NULL;
  gint64 seq = 0;

  if (words == NULL)
    return FALSE;
  if (words[0] != NULL && !g_ascii_string_to_signed (words[0], 10, 1, G_MAXINT64, &seq, NULL))
    return cli_usage (error, _("“%s” is no number of the history"), words[0]);
  if (!cli_open (cli, error))
    return FALSE;
  info = ent_store_undo (cli->store, seq, NULL, error);
  return info != NULL && report (cli, _("Undid “%s”"), info);
}

static gboolean
run_redo (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_history_commands, "redo"), argc, argv, NULL, 0, 0, error);
  g_autoptr (EntTransactionInfo) info = NULL;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  info = ent_store_redo (cli->store, NULL, error);
  return info != NULL && report (cli, _("Redid “%s”"), info);
}

const CliCommand cli_history_commands[] = {
  { "history", "[REF] [--limit N]", N_("Show who changed what and when"), run_history },
  { "undo", "[NUMBER]", N_("Take back the latest change, or the one with that number"), run_undo },
  { "redo", "", N_("Bring back what was undone last"), run_redo },
  { NULL },
};
