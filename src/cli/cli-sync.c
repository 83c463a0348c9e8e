/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-sync.h"

#include <glib/gi18n.h>

#include "model/ent-value.h"

/* In step with the team: runs, plans, what waits for a person, and the log. */

char *
cli_sync_dup_name (Cli        *cli,
                   EntKey      key,
                   const char *id)
{
  g_autofree char *title = key != 0 ? ent_store_dup_title (cli->store, key) : NULL;
  g_autofree char *code = key != 0 ? ent_store_dup_code (cli->store, key) : NULL;

  if (code == NULL)
    return g_strdup (id);
  return title != NULL && *title != '\0' ? g_strdup_printf ("%s (%s)", title, code) : g_steal_pointer (&code);
}

/* --- sync run ---------------------------------------------------------------------------------------------------------------------- */

static void
print_report (Cli                  *cli,
              const EntSyncReport  *report)
{
  const struct { const char *name; const char *format; guint n; } parts[] = {
    { "received", N_("received: %u"), report->n_received }, { "sent", N_("sent: %u"), report->n_sent },
    { "merged", N_("merged: %u"), report->n_merged }, { "clashes", N_("to decide: %u"), report->n_clashes },
    { "parked", N_("not taken here: %u"), report->n_parked }, { "rejected", N_("not taken there: %u"), report->n_rejected },
    { "requests", NULL, report->n_requests },
  };
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_object (json, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      cli_json_int (json, parts[i].name, parts[i].n);
      if (!cli->json && parts[i].format != NULL && (parts[i].n > 0 || i < 2))
        cli_print (_(parts[i].format), parts[i].n);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
}

static gboolean
run_run (Cli                *cli,
         char              **words,
         const SyncOptions  *options,
         GError            **error)
{
  g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (cli->store, NULL, error);
  g_autoptr (EntSync) sync = NULL;
  g_autofree char *password = NULL;
  EntSyncReport report;

  if (remote == NULL || !cli_sync_read_password (options, &password, error))
    return FALSE;
  sync = ent_sync_remote_open (cli->store, remote, password, cli->cancellable, error);
  if (sync == NULL || !ent_sync_run (sync, &report, cli->cancellable, error))
    return FALSE;
  print_report (cli, &report);
  return TRUE;
}

/* --- sync plan ---------------------------------------------------------------------------------------------------------------------- */

static void
tell_doc (Cli              *cli,
          CliTable         *table,
          CliJson          *json,
          const EntSyncDoc *doc)
{
  g_autofree char *name = cli_sync_dup_name (cli, doc->key, doc->id);
  g_autofree char *code = doc->key != 0 ? ent_store_dup_code (cli->store, doc->key) : NULL;

  cli_json_begin_object (json, NULL);
  cli_json_text (json, "id", doc->id);
  cli_json_text (json, "record", code);
  cli_json_text (json, "message", doc->message);
  cli_json_end (json);
  if (table == NULL)
    return;
  cli_table_add (table, name);
  cli_table_add (table, doc->message);
  cli_table_end_row (table);
}

static gboolean
run_plan (Cli                *cli,
          char              **words,
          const SyncOptions  *options,
          GError            **error)
{
  g_autoptr (GPtrArray) docs = NULL;
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = cli_json_new ();

  if (!ent_sync_collect (cli->store, cli->cancellable, error))
    return FALSE;
  docs = ent_store_get_untold_sync_docs (cli->store, error);
  if (docs == NULL)
    return FALSE;
  if (!cli->json)
    table = cli_table_new ();
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < docs->len; i++)
    tell_doc (cli, table, json, g_ptr_array_index (docs, i));
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  else if (docs->len == 0)
    cli_print (_("Nothing to send."));
  return TRUE;
}

/* --- sync status ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
count_docs (Cli              *cli,
            EntSyncDocState   state,
            CliTable         *table,
            CliJson          *json,
            const char       *name,
            GError          **error)
{
  g_autoptr (GPtrArray) docs = ent_store_get_sync_docs (cli->store, state, error);

  cli_json_begin_array (json, name);
  for (guint i = 0; docs != NULL && i < docs->len; i++)
    tell_doc (cli, table, json, g_ptr_array_index (docs, i));
  cli_json_end (json);
  return docs != NULL;
}

static gboolean
run_status (Cli                *cli,
            char              **words,
            const SyncOptions  *options,
            GError            **error)
{
  g_autoptr (GPtrArray) untold = ent_store_get_untold_sync_docs (cli->store, error);
  g_autoptr (GPtrArray) clashes = ent_store_get_sync_clashes (cli->store, FALSE, error);
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = cli_json_new ();

  if (untold == NULL || clashes == NULL)
    return FALSE;
  if (!cli->json)
    {
      cli_print (_("Edits ready to be sent: %u"), untold->len);
      cli_print (_("Clashes to decide: %u"), clashes->len);
      table = cli_table_new ();
    }
  cli_json_begin_object (json, NULL);
  cli_json_int (json, "to_send", untold->len);
  cli_json_int (json, "clashes", clashes->len);
  if (!count_docs (cli, ENT_SYNC_DOC_WAITING, table, json, "waiting", error) ||
      !count_docs (cli, ENT_SYNC_DOC_PARKED, table, json, "not_taken_here", error) ||
      !count_docs (cli, ENT_SYNC_DOC_REJECTED, table, json, "not_taken_there", error))
    return FALSE;
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

/* --- sync conflicts, sync resolve -------------------------------------------------------------------------------------------------------- */

static void
tell_clash (Cli                *cli,
            CliTable           *table,
            CliJson            *json,
            const EntSyncClash *clash)
{
  g_autofree char *name = cli_sync_dup_name (cli, clash->key, clash->id);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, clash->number);

  cli_json_begin_object (json, NULL);
  cli_json_int (json, "number", clash->number);
  cli_json_text (json, "record", name);
  cli_json_text (json, "field", clash->group);
  cli_json_text (json, "base", clash->base);
  cli_json_text (json, "shown", clash->shown);
  cli_json_text (json, "shown_by", clash->shown_by);
  cli_json_text (json, "other", clash->other);
  cli_json_text (json, "other_by", clash->other_by);
  cli_json_text (json, "settled", clash->settled);
  cli_json_end (json);
  if (table == NULL)
    return;
  cli_table_add (table, number);
  cli_table_add (table, name);
  cli_table_add (table, clash->group);
  cli_table_add (table, clash->shown);
  cli_table_add (table, clash->other);
  cli_table_add (table, clash->other_by);
  cli_table_add (table, clash->settled);
  cli_table_end_row (table);
}

static gboolean
run_conflicts (Cli                *cli,
               char              **words,
               const SyncOptions  *options,
               GError            **error)
{
  g_autoptr (GPtrArray) clashes = ent_store_get_sync_clashes (cli->store, options->all, error);
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = cli_json_new ();

  if (clashes == NULL)
    return FALSE;
  if (!cli->json)
    table = cli_table_new ();
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < clashes->len; i++)
    tell_clash (cli, table, json, g_ptr_array_index (clashes, i));
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  else if (clashes->len == 0)
    cli_print (_("Nothing to decide."));
  return TRUE;
}

static gboolean
run_resolve (Cli                *cli,
             char              **words,
             const SyncOptions  *options,
             GError            **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT64, &number, NULL))
    return cli_usage (error, _("“%s” is no number of “sync conflicts”"), words[1]);
  if (g_strcmp0 (options->take, "shown") != 0 && g_strcmp0 (options->take, "other") != 0)
    return cli_usage (error, _("sync resolve needs --take shown or --take other"));
  return ent_sync_settle (cli->store, number, g_str_equal (options->take, "other"), error);
}

/* --- sync log ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
run_log (Cli                *cli,
         char              **words,
         const SyncOptions  *options,
         GError            **error)
{
  g_autoptr (GPtrArray) events = ent_store_get_sync_events (cli->store, options->all ? G_MAXINT : 100, error);
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = cli_json_new ();

  if (events == NULL)
    return FALSE;
  if (!cli->json)
    table = cli_table_new ();
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < events->len; i++)
    {
      const EntSyncEvent *event = g_ptr_array_index (events, i);
      g_autofree char *at = ent_datetime_write (event->at);
      g_autofree char *name = cli_sync_dup_name (cli, event->key, event->id);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "at", at);
      cli_json_text (json, "what", event->what);
      cli_json_text (json, "record", name);
      cli_json_text (json, "detail", event->detail);
      cli_json_end (json);
      if (table == NULL)
        continue;
      cli_table_add (table, at);
      cli_table_add (table, event->what);
      cli_table_add (table, name);
      cli_table_add (table, event->detail);
      cli_table_end_row (table);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

/* --- The family ------------------------------------------------------------------------------------------------------------------------------ */

static const struct
{
  const char *name;
  guint       n_words;
  gboolean    writes;
  gboolean  (*run) (Cli *cli, char **words, const SyncOptions *options, GError **error);
} commands[] = {
  { "run", 1, TRUE, run_run },
  { "plan", 1, TRUE, run_plan },
  { "status", 1, FALSE, run_status },
  { "conflicts", 1, FALSE, run_conflicts },
  { "resolve", 2, TRUE, run_resolve },
  { "log", 1, FALSE, run_log },
};

static gboolean
run_sync (Cli     *cli,
          int      argc,
          char   **argv,
          GError **error)
{
  SyncOptions options = { NULL };
  const GOptionEntry entries[] = {
    CLI_TEXT ("password-file", &options.password_file, "FILE", N_("run: its first line is the password, else the keyring’s")),
    CLI_TEXT ("take", &options.take, "SIDE", N_("resolve: shown or other")),
    CLI_FLAG ("all", &options.all, N_("conflicts: the settled ones too; log: all of it")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 2, error);
  g_autofree char *file = options.password_file, *take = options.take;

  if (words == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (words[0], commands[i].name))
        continue;
      if (g_strv_length (words) != commands[i].n_words)
        return cli_usage (error, commands[i].n_words > 1 ? _("sync %s needs a number") : _("sync %s needs no more words"),
                          words[0]);
      return (commands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             commands[i].run (cli, words, &options, error);
    }
  return cli_usage (error, _("unknown: sync %s (run, plan, status, conflicts, resolve, log)"), words[0]);
}

const CliCommand cli_sync_commands[] = {
  { "sync", "run | plan | status | conflicts [--all] | resolve NUMBER --take shown|other | log [--all]",
    N_("bring the workspace in step with the team"), run_sync, CLI_COMMAND_INTERRUPTIBLE },
  { NULL },
};
