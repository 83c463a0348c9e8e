/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "store/ent-keyring.h"

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
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, message);
  return FALSE;
}

static char **
take_words (const CliCommand *command,
            char            **words,
            int               min,
            int               max,
            GError          **error)
{
  guint n = words != NULL ? g_strv_length (words) : 0;

  if (n >= (guint) min && (max < 0 || n <= (guint) max))
    return words != NULL ? words : g_new0 (char *, 1);
  g_strfreev (words);
  cli_usage (error, _("usage: entente-cli %s %s"), command->name, command->arguments);
  return NULL;
}

char **
cli_parse (const CliCommand   *command,
           int                 argc,
           char              **argv,
           const GOptionEntry *entries,
           int                 min,
           int                 max,
           GError            **error)
{
  char **words = NULL;
  const GOptionEntry rest[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_auto (GStrv) arguments = g_new0 (char *, argc + 2);

  arguments[0] = g_strdup (command->name);
  for (int i = 0; i < argc; i++)
    arguments[i + 1] = g_strdup (argv[i]);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, rest, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &arguments, error))
    {
      g_strfreev (words);
      return NULL;
    }
  return take_words (command, words, min, max, error);
}

gboolean
cli_read_key_file (const char   *path,
                   EntStoreKey  *key,
                   GError      **error)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  return ent_store_key_parse (key, g_strstrip (text), error);
}

static gboolean
find_key (Cli          *cli,
          EntStoreKey  *key,
          GError      **error)
{
  if (cli->key_file != NULL)
    return cli_read_key_file (cli->key_file, key, error);
  return ent_keyring_lookup (cli->workspace, key, NULL, error);
}

gboolean
cli_open (Cli     *cli,
          GError **error)
{
  gboolean is_encrypted = FALSE;
  EntStoreKey key;

  if (cli->workspace == NULL)
    cli->workspace = g_strdup (g_getenv ("ENTENTE_WORKSPACE"));
  if (cli->workspace == NULL)
    return cli_usage (error, _("name the workspace: entente-cli --workspace FILE …"));
  if (!ent_store_probe (cli->workspace, &is_encrypted, error))
    return FALSE;
  if (is_encrypted && !find_key (cli, &key, error))
    return FALSE;
  cli->store = ent_store_open (cli->workspace, is_encrypted ? &key : NULL,
                               ENT_STORE_OPEN_DEFAULT, NULL, error);
  memset (&key, 0, sizeof key);
  return cli->store != NULL;
}

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

void
cli_print (const char *format,
           ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", text);
}

void
cli_print_json (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
  json_node_unref (node);
}

void
cli_print_builder (JsonBuilder *builder)
{
  cli_print_json (json_builder_get_root (builder));
}
