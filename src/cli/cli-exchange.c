/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#include "exchange/ent-export.h"

/* Any other ending would be written as CSV under a name that says something else. */
static gboolean
check_ending (const char  *path,
              GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".json") || g_str_has_suffix (lower, ".xlsx") ||
         cli_usage (error, _("the name of “%s” must end in .csv, .json or .xlsx"), path);
}

static gboolean
read_options (Cli               *cli,
              const char        *type_name,
              const char        *where,
              const char        *fields,
              EntFilter        **filter,
              char            ***names,
              EntExportOptions  *options,
              GError           **error)
{
  g_autoptr (GArray) columns = NULL;

  options->query.type = cli_type (cli, type_name, error);
  if (options->query.type == NULL)
    return FALSE;
  if (where != NULL && (*filter = ent_filter_parse (options->query.type, where, NULL, error)) == NULL)
    return FALSE;
  options->query.filter = *filter;
  if (fields == NULL)
    return TRUE;
  if ((columns = cli_read_columns (options->query.type, fields, error)) == NULL)
    return FALSE;
  *names = g_strsplit (fields, ",", -1);
  for (char **name = *names; *name != NULL; name++)
    g_strstrip (*name);
  options->fields = (const char * const *) *names;
  return TRUE;
}

static gboolean
export_file (Cli         *cli,
             const char  *type_name,
             const char  *path,
             const char  *where,
             const char  *fields,
             GError     **error)
{
  EntExportOptions options = { .query = { NULL } };
  g_autoptr (EntFilter) filter = NULL;
  g_auto (GStrv) names = NULL;
  gint64 n;

  if (!read_options (cli, type_name, where, fields, &filter, &names, &options, error))
    return FALSE;
  n = ent_export (cli->store, path, ent_export_format_for_path (path), &options, NULL, NULL, cli->cancellable, error);
  if (n < 0)
    return FALSE;
  if (cli->json)
    cli_print ("{\"exported\": %" G_GINT64_FORMAT "}", n);
  else
    cli_print (g_dngettext (GETTEXT_PACKAGE, "%'" G_GINT64_FORMAT " record written to %s",
                            "%'" G_GINT64_FORMAT " records written to %s", (gulong) n), n, path);
  return TRUE;
}

static gboolean
run_export (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_autofree char *where = NULL;
  g_autofree char *fields = NULL;
  const GOptionEntry entries[] = {
    CLI_TEXT ("where", &where, "EXPR", N_("Only records that fit")),
    CLI_TEXT ("fields", &fields, "a,b", N_("These fields; also id and code (default: all that are in use)")),
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli, argc, argv, entries, 2, 2, error);

  return words != NULL && check_ending (words[1], error) && cli_open_to_read (cli, error) &&
         export_file (cli, words[0], words[1], where, fields, error);
}

const CliCommand cli_exchange_commands[] = {
  { "import", "TYPE FILE [--map COLUMN=FIELD]… [--key FIELD]… [--create-missing TYPE] [--add-choices] [--encoding E] "
              "[--delimiter D] [--dry-run] …",
    N_("Import a CSV or JSON file in one change, which undo takes back"), cli_run_import, CLI_COMMAND_INTERRUPTIBLE },
  { "export", "TYPE FILE.csv|json|xlsx [--where EXPR] [--fields a,b]", N_("Write records to a file"), run_export,
    CLI_COMMAND_INTERRUPTIBLE },
  { NULL },
};
