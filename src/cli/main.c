/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

#define EXIT_USAGE 2

static const CliCommand * const families[] = {
  cli_workspace_commands,
  cli_record_commands,
  cli_edit_commands,
  cli_history_commands,
  cli_exchange_commands,
  cli_graph_commands,
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
print_help (void)
{
  g_print (_("Usage: %s\n\n"), "entente-cli [--workspace FILE] [--key-file FILE] [--json] COMMAND …");
  g_print ("%s\n\n%s\n", _("Work with an Entente workspace from a terminal."), _("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    for (const CliCommand *c = families[i]; c->name != NULL; c++)
      g_print ("  %s %s\n      %s\n", c->name, c->arguments, _(c->summary));
  g_print ("\n%s\n",
           _("A REF is a short code (P-0042), an id, or an external reference (ref:cb:acme). The workspace may "
             "also be named by the variable ENTENTE_WORKSPACE."));
}

static gboolean show_version;
static gboolean show_help;

/* Options before the command; those after it belong to the command. */
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
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_option_context_parse (context, argc, argv, error);
}

static int
fail (const GError *error)
{
  g_printerr ("entente-cli: %s\n", error->message);
  return error->domain == G_OPTION_ERROR ? EXIT_USAGE : EXIT_FAILURE;
}

static int
run_command (Cli   *cli,
             int    argc,
             char **argv)
{
  const CliCommand *command = find_command (argv[1]);
  g_autoptr (GError) error = NULL;

  if (command == NULL)
    {
      cli_usage (&error, _("there is no command “%s”; “entente-cli --help” lists them"), argv[1]);
      return fail (error);
    }
  if (!command->run (cli, argc - 2, argv + 2, &error))
    return fail (error);
  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  Cli cli = { NULL };
  g_autoptr (GError) error = NULL;
  int status = EXIT_SUCCESS;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("entente-cli");

  if (!parse_globals (&cli, &argc, &argv, &error))
    status = fail (error);
  else if (show_version)
    g_print ("entente-cli %s\n", PACKAGE_VERSION);
  else if (show_help || argc < 2)
    {
      print_help ();
      status = show_help ? EXIT_SUCCESS : EXIT_USAGE;
    }
  else
    status = run_command (&cli, argc, argv);

  if (cli.store != NULL)
    ent_store_close (cli.store);
  g_clear_object (&cli.store);
  g_free (cli.workspace);
  g_free (cli.key_file);
  return status;
}
