/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "rules/ent-rules.h"
#include "store/ent-keyring.h"

G_DEFINE_QUARK (cli-error-quark, cli_error)

const CliCommand *
cli_find (const CliCommand *table,
          const char       *name)
{
  for (const CliCommand *c = table; c->name != NULL; c++)
    if (g_str_equal (c->name, name))
      return c;
  return NULL;
}

gboolean
cli_usage (GError    **error,
           const char *format,
           ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, message);
  return FALSE;
}

gboolean
cli_check_int (const char *name,
               int         value,
               int         min,
               GError    **error)
{
  return value >= min || cli_usage (error, _("--%s must be at least %d, not %d"), name, min, value);
}

/* --- Words ---------------------------------------------------------------------------------------------- */

static void
print_help (const CliCommand   *command,
            const GOptionEntry *entries)
{
  cli_print (_("Usage: entente-cli %s %s"), command->name, command->arguments);
  cli_print ("\n%s%s", _(command->summary), entries != NULL ? "\n" : "");
  for (const GOptionEntry *e = entries; e != NULL && e->long_name != NULL; e++)
    {
      g_autofree char *option = g_strjoin (" ", e->long_name, e->arg_description, NULL);

      cli_print ("  --%-26s  %s", option, _(e->description));
    }
}

static char **
take_words (Cli     *cli,
            char   **words,
            int      min,
            int      max,
            GError **error)
{
  guint n = words != NULL ? g_strv_length (words) : 0;

  if (n >= (guint) min && (max < 0 || n <= (guint) max))
    return words != NULL ? words : g_new0 (char *, 1);
  g_strfreev (words);
  cli_usage (error, _("%s; usage: entente-cli %s %s"),
             n < (guint) min ? _("something is missing") : _("there is a word too many"), cli->command->name,
             cli->command->arguments);
  return NULL;
}

/* What is printed, kept and searched is UTF-8 whatever the locale is; other bytes would not come back. */
static gboolean
check_encoding (int      argc,
                char   **argv,
                GError **error)
{
  for (int i = 0; i < argc; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        g_autofree char *shown = g_utf8_make_valid (argv[i], -1);

        return cli_usage (error, _("“%s” is not UTF-8 text; write it in UTF-8"), shown);
      }
  return TRUE;
}

static void
take_text (char **to,
           char  *from)
{
  if (from == NULL)
    return;
  g_free (*to);
  *to = from;
}

char **
cli_parse (Cli                 *cli,
           int                  argc,
           char               **argv,
           const GOptionEntry  *entries,
           int                  min,
           int                  max,
           GError             **error)
{
  char **words = NULL, *workspace = NULL, *key_file = NULL;
  gboolean json = FALSE, help = FALSE;
  const GOptionEntry common[] = {
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, &workspace, NULL, NULL },
    { "key-file", 'k', 0, G_OPTION_ARG_FILENAME, &key_file, NULL, NULL },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, NULL, NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_new0 (char *, argc + 2);

  arguments[0] = g_strdup (cli->command->name);
  for (int i = 0; i < argc; i++)
    arguments[i + 1] = g_strdup (argv[i]);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common, NULL);
  if (!check_encoding (argc, argv, error) || !g_option_context_parse_strv (context, &arguments, error))
    return NULL;
  take_text (&cli->workspace, workspace);
  take_text (&cli->key_file, key_file);
  cli->json |= json;
  if (!help)
    return take_words (cli, words, min, max, error);
  g_strfreev (words);
  print_help (cli->command, entries);
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_SHOWN_HELP, "");
  return NULL;
}

/* --- Opening -------------------------------------------------------------------------------------------- */

gboolean
cli_read_key_file (const char   *path,
                   EntStoreKey  *key,
                   GError      **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  gsize length;
  gboolean done = FALSE;

  if (!g_file_get_contents (path, &text, &length, &local))
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED, _("The key file “%s” cannot be read (%s); check its name."),
                 path, g_strerror (errno));
  else if (!g_utf8_validate (text, (gssize) length, NULL) || !ent_store_key_parse (key, g_strstrip (text), NULL))
    g_set_error (error, CLI_ERROR, CLI_ERROR_FAILED,
                 _("“%s” holds no key; name the file that was made with the workspace, or one with its recovery key."),
                 path);
  else
    done = TRUE;
  if (text != NULL)
    memset (text, 0, length);
  return done;
}

/* The sentence of the service speaks of forms to fill in; here there are files. */
static gboolean
find_key (Cli          *cli,
          EntStoreKey  *key,
          GError      **error)
{
  if (cli->key_file != NULL)
    return cli_read_key_file (cli->key_file, key, error);
  if (ent_keyring_lookup (cli->workspace, key, cli->cancellable, NULL))
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NEEDS_KEY,
               _("“%s” is encrypted and its key is not kept on this computer; name a file with its key or recovery key: "
                 "--key-file FILE"), cli->workspace);
  return FALSE;
}

static gboolean
open_workspace (Cli      *cli,
                gboolean  read_only_will_do,
                GError  **error)
{
  gboolean is_encrypted = FALSE;
  g_autoptr (GError) local = NULL;
  EntStoreKey key;

  if (cli->workspace == NULL)
    return cli_usage (error, _("name the workspace: entente-cli --workspace FILE %s …"), cli->command->name);
  if (!ent_store_probe (cli->workspace, &is_encrypted, error) || (is_encrypted && !find_key (cli, &key, error)))
    return FALSE;
  cli->store = ent_store_open (cli->workspace, is_encrypted ? &key : NULL, ENT_STORE_OPEN_DEFAULT, cli->cancellable,
                               &local);
  if (read_only_will_do && g_error_matches (local, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY))
    {
      g_clear_error (&local);
      cli->store = ent_store_open (cli->workspace, is_encrypted ? &key : NULL, ENT_STORE_OPEN_READ_ONLY,
                                   cli->cancellable, &local);
    }
  memset (&key, 0, sizeof key);
  if (cli->store == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    ent_rules_attach (cli->store);
  return cli->store != NULL;
}

gboolean
cli_open (Cli     *cli,
          GError **error)
{
  return open_workspace (cli, FALSE, error);
}

gboolean
cli_open_to_read (Cli     *cli,
                  GError **error)
{
  return open_workspace (cli, TRUE, error);
}

/* --- References ----------------------------------------------------------------------------------------- */

const EntRecordType *
cli_type (Cli        *cli,
          const char *name,
          GError    **error)
{
  const EntRecordType *type = ent_store_get_record_type (cli->store, name);

  if (type == NULL)
    cli_usage (error, _("there is no record type “%s”; “entente-cli schema” lists them"), name);
  return type;
}

EntKey
cli_resolve (Cli        *cli,
             const char *ref,
             GError    **error)
{
  return ent_store_resolve (cli->store, NULL, ref, error);
}

/* The condition that a binned record of that name meets; NULL when it is no name of one. */
static char *
binned_condition (const char *ref)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *escaped = NULL;
  EntId id;

  if (ent_id_parse (&id, ref))
    return g_strdup_printf ("id = \"%s\"", ref);
  if (g_ascii_strncasecmp (ref, "ref:", 4) != 0)
    return NULL;
  parts = g_strsplit (ref + 4, "\\", -1);
  escaped = g_strjoinv ("\\\\", parts);
  g_strfreev (parts);
  parts = g_strsplit (escaped, "\"", -1);
  g_free (escaped);
  escaped = g_strjoinv ("\\\"", parts);
  return g_strdup_printf ("ref = \"%s\"", escaped);
}

static EntKey
find_in_bin (Cli                 *cli,
             const EntRecordType *type,
             const char          *condition)
{
  g_autoptr (EntFilter) filter = ent_filter_parse (type, condition, NULL, NULL);
  EntQuery query = { .type = type, .filter = filter, .scope = ENT_SCOPE_BIN };
  g_autoptr (EntResult) result = filter != NULL ? ent_store_query_first (cli->store, &query, 1, NULL, NULL) : NULL;

  return result != NULL && ent_result_get_n (result) > 0
         ? ent_key_make (type->info->number, ent_result_get_rows (result)[0]) : 0;
}

EntKey
cli_resolve_binned (Cli        *cli,
                    const char *ref,
                    GError    **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (EntSchema) schema = ent_store_dup_schema (cli->store);
  g_autofree char *condition = NULL;
  g_autoptr (EntRecord) record = NULL;
  EntKey key = ent_store_resolve (cli->store, NULL, ref, &local);

  if (key != 0)
    return key;
  if (g_error_matches (local, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
    {
      key = ent_schema_read_code (schema, ref);
      if (key != 0 && (record = ent_store_get (cli->store, key, NULL)) != NULL)
        return key;
      key = 0;
      condition = binned_condition (ref);
      for (guint i = 0; condition != NULL && key == 0 && i < ent_schema_get_n_types (schema); i++)
        key = find_in_bin (cli, ent_schema_get_nth (schema, i), condition);
    }
  if (key == 0)
    g_propagate_error (error, g_steal_pointer (&local));
  return key;
}
