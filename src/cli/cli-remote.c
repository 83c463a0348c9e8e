/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli-sync.h"

#include <glib/gi18n.h>
#include <string.h>

/* The remotes of a workspace. */

gboolean
cli_sync_read_password (const SyncOptions  *options,
                        char              **password,
                        GError            **error)
{
  *password = NULL;
  if (options->password_file == NULL)
    return TRUE;
  if (!g_file_get_contents (options->password_file, password, NULL, error))
    return FALSE;
  (*password)[strcspn (*password, "\r\n")] = '\0';
  return TRUE;
}

/* --- remote add ---------------------------------------------------------------------------------------------------------------- */

static gboolean
create_database (const char         *url,
                 const SyncOptions  *options,
                 const char         *password,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr (EntCouch) couch = ent_couch_new (url, error);

  if (couch == NULL)
    return FALSE;
  ent_couch_set_password (couch, options->user, password);
  return ent_couch_create_database (couch, cancellable, error);
}

static gboolean
run_add (Cli                *cli,
         char              **words,
         const SyncOptions  *options,
         GError            **error)
{
  g_autofree char *password = NULL;

  if (!cli_sync_read_password (options, &password, error))
    return FALSE;
  if ((options->user == NULL) != (password == NULL))
    return cli_usage (error, _("--user and --password-file belong together"));
  if (options->create && !create_database (words[2], options, password, cli->cancellable, error))
    return FALSE;
  if (!ent_sync_remote_add (cli->store, words[1], words[2], options->user, password, cli->cancellable, error))
    return FALSE;
  if (!cli->json)
    cli_print (_("Added %s; “sync run” brings the workspace in step with it"), words[1]);
  return TRUE;
}

/* --- remote list ----------------------------------------------------------------------------------------------------------------- */

static gboolean
run_list (Cli                *cli,
          char              **words,
          const SyncOptions  *options,
          GError            **error)
{
  g_autoptr (GPtrArray) remotes = ent_store_get_sync_remotes (cli->store, error);
  g_autoptr (CliTable) table = NULL;
  g_autoptr (CliJson) json = cli_json_new ();

  if (remotes == NULL)
    return FALSE;
  if (!cli->json)
    table = cli_table_new ();
  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < remotes->len; i++)
    {
      const EntSyncRemote *remote = g_ptr_array_index (remotes, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "name", remote->name);
      cli_json_text (json, "kind", remote->kind);
      cli_json_text (json, "url", remote->url);
      cli_json_text (json, "user", remote->user);
      cli_json_end (json);
      if (table == NULL)
        continue;
      cli_table_add (table, remote->name);
      cli_table_add (table, remote->url);
      cli_table_add (table, remote->user);
      cli_table_end_row (table);
    }
  cli_json_end (json);
  if (cli->json)
    cli_json_print (json);
  return TRUE;
}

/* --- remote test, remote remove --------------------------------------------------------------------------------------------------- */

static gboolean
run_test (Cli                *cli,
          char              **words,
          const SyncOptions  *options,
          GError            **error)
{
  g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (cli->store, words[1], error);
  g_autoptr (EntCouchDatabase) database = NULL;
  g_autoptr (EntSync) sync = NULL;
  g_autofree char *password = NULL;

  if (remote == NULL || !cli_sync_read_password (options, &password, error))
    return FALSE;
  sync = ent_sync_remote_open (cli->store, remote, password, cli->cancellable, error);
  if (sync == NULL)
    return FALSE;
  database = ent_couch_get_database (ent_sync_get_couch (sync), cli->cancellable, error);
  if (database == NULL)
    return FALSE;
  if (cli->json)
    {
      g_autoptr (CliJson) json = cli_json_new ();

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "name", remote->name);
      cli_json_bool (json, "ok", TRUE);
      cli_json_int (json, "documents", database->doc_count);
      cli_json_end (json);
      cli_json_print (json);
    }
  else
    cli_print (g_dngettext (GETTEXT_PACKAGE, "%s answers and has %" G_GINT64_FORMAT " document",
                            "%s answers and has %" G_GINT64_FORMAT " documents", (gulong) MAX (database->doc_count, 0)),
               remote->name, database->doc_count);
  return TRUE;
}

static gboolean
run_remove (Cli                *cli,
            char              **words,
            const SyncOptions  *options,
            GError            **error)
{
  g_autoptr (EntSyncRemote) remote = ent_sync_remote_find (cli->store, words[1], error);

  if (remote == NULL || !ent_sync_remote_remove (cli->store, remote, cli->cancellable, error))
    return FALSE;
  if (!cli->json)
    cli_print (_("Removed %s; all records stay"), words[1]);
  return TRUE;
}

/* --- The family -------------------------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  guint       n_words;
  gboolean    writes;
  gboolean  (*run) (Cli *cli, char **words, const SyncOptions *options, GError **error);
} commands[] = {
  { "add", 3, TRUE, run_add },
  { "list", 1, FALSE, run_list },
  { "test", 2, FALSE, run_test },
  { "remove", 2, TRUE, run_remove },
};

static gboolean
run_remote (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  SyncOptions options = { NULL };
  const GOptionEntry entries[] = {
    CLI_TEXT ("user", &options.user, "NAME", N_("add: who signs in")),
    CLI_TEXT ("password-file", &options.password_file, "FILE", N_("add, test: its first line is the password")),
    CLI_FLAG ("create", &options.create, N_("add: make the database on the server")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 1, 3, error);
  g_autofree char *user = options.user, *file = options.password_file;

  if (words == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (words[0], commands[i].name))
        continue;
      if (g_strv_length (words) != commands[i].n_words)
        return cli_usage (error, commands[i].n_words == 1 ? _("remote %s needs no more words")
                                 : commands[i].n_words == 2 ? _("remote %s needs a name")
                                                            : _("remote %s needs a name and an address"), words[0]);
      return (commands[i].writes ? cli_open (cli, error) : cli_open_to_read (cli, error)) &&
             commands[i].run (cli, words, &options, error);
    }
  return cli_usage (error, _("unknown: remote %s (add, list, test, remove)"), words[0]);
}

const CliCommand cli_remote_commands[] = {
  { "remote", "add NAME URL [--user NAME --password-file FILE] [--create] | list | test NAME | remove NAME",
    N_("the database that the team shares"), run_remote, CLI_COMMAND_INTERRUPTIBLE },
  { NULL },
};
