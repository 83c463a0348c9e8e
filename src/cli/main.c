/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "ecosystem/ent-graph-measures.h"

#define EXIT_USAGE 2

static const CliCommand * const families[] = {
  cli_workspace_commands,
  cli_record_commands,
  cli_edit_commands,
  cli_history_commands,
  cli_exchange_commands,
  cli_graph_commands,
  cli_fund_commands,
  cli_campaign_commands,
  cli_level_commands,
  cli_deal_commands,
  cli_task_commands,
  cli_review_commands,
  cli_onboard_commands,
  cli_remote_commands,
  cli_sync_commands,
};

static const CliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      const CliCommand *command = cli_find (families[i], name);

      if (command != NULL)
        return command;
    }
  return NULL;
}

static void
print_help (void (*print) (const char *format, ...))
{
  print (_("Usage: %s"), "entente-cli [--workspace FILE] [--key-file FILE] [--json] COMMAND …");
  print ("\n%s\n\n%s", _("Work with an Entente workspace from a terminal."), _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    for (const CliCommand *c = families[i]; c->name != NULL; c++)
      print ("  %s %s\n      %s", c->name, c->arguments, _(c->summary));
  print ("\n%s",
         _("“entente-cli help COMMAND” says more about one. A REF is a short code (P-0042), an id, or an external\n"
           "reference (ref:cb:acme). The variable ENTENTE_WORKSPACE may name the workspace too. --json prints one\n"
           "JSON value. Exit status: 0 done, 1 failed, 2 wrong usage."));
}

static gboolean show_version;
static gboolean show_help;

/* Options before the command; cli_parse() takes the same ones after it. */
static gboolean
parse_globals (Cli     *cli,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &cli->workspace, NULL, NULL },
    { "key-file", 'k', 0, G_OPTION_ARG_FILENAME, &cli->key_file, NULL, NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &cli->json, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

/* --- How it ends ---------------------------------------------------------------------------------------- */

static gboolean
is_usage (const GError *error)
{
  return g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE) || error->domain == G_OPTION_ERROR ||
         error->domain == ENT_FILTER_ERROR ||
         g_error_matches (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_FIELD);
}

static int
fail (const GError *error)
{
  g_autofree char *line = NULL;

  if (g_error_matches (error, CLI_ERROR, CLI_ERROR_SHOWN_HELP))
    return EXIT_SUCCESS;
  if (cli_interrupt_get () != 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    line = g_strdup (_("Interrupted; nothing was changed."));
  else
    line = g_strdelimit (g_strdup (error->message), "\n", ' ');
  cli_note ("entente-cli: %s", line);
  return is_usage (error) ? EXIT_USAGE : EXIT_FAILURE;
}

/* A shell that runs a list of commands stops at Ctrl+C only when it sees that the signal ended this one. */
static void
end_by_signal (void)
{
  int number = cli_interrupt_get ();
  sigset_t signals;

  signal (number, SIG_DFL);
  sigemptyset (&signals);
  sigaddset (&signals, number);
  sigprocmask (SIG_UNBLOCK, &signals, NULL);
  raise (number);
}

static void
clear (Cli *cli)
{
  if (cli->store != NULL)
    ent_store_close (cli->store);
  g_clear_object (&cli->store);
  g_clear_object (&cli->cancellable);
  g_free (cli->workspace);
  g_free (cli->key_file);
}

static int
run_command (Cli   *cli,
             int    argc,
             char **argv)
{
  g_autoptr (GError) error = NULL;
  char help_option[] = "--help";
  char *help[] = { help_option, NULL };
  gboolean wants_help = argc > 2 && g_str_equal (argv[1], "help");
  const char *name = wants_help ? argv[2] : argv[1];

  cli->command = find_command (name);
  if (cli->command == NULL)
    cli_usage (&error, _("there is no command “%s”; “entente-cli --help” lists them"), name);
  else if (wants_help)
    cli->command->run (cli, 1, help, &error);
  else
    {
      if (cli->command->flags & CLI_COMMAND_INTERRUPTIBLE)
        cli_interrupt_catch (cli->cancellable);
      cli->command->run (cli, argc - 2, argv + 2, &error);
    }
  if (error == NULL)
    cli_flush (&error);
  return error != NULL ? fail (error) : EXIT_SUCCESS;
}

static int
run (Cli   *cli,
     int    argc,
     char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!parse_globals (cli, &argc, &argv, &error))
    return fail (error);
  if (cli->workspace == NULL && g_getenv ("ENTENTE_WORKSPACE") != NULL)
    cli->workspace = g_strdup (g_getenv ("ENTENTE_WORKSPACE"));
  if (show_version)
    cli_print ("entente-cli %s", PACKAGE_VERSION);
  else if (show_help || (argc == 2 && g_str_equal (argv[1], "help")))
    print_help (cli_print);
  else if (argc < 2)
    {
      print_help (cli_note);
      return EXIT_USAGE;
    }
  else
    return run_command (cli, argc, argv);
  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  Cli cli = { NULL };
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("entente-cli");

  cli.cancellable = g_cancellable_new ();
  status = run (&cli, argc, argv);
  clear (&cli);
  if (status == EXIT_FAILURE && cli_interrupt_get () != 0)
    end_by_signal ();
  return status;
}
