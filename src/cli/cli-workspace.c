/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "model/ent-schema-doc.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-sample.h"
#include "store/ent-keyring.h"

/* --- new ---------------------------------------------------------------------------------------------- */

/* A key file that is there already is used, so that several workspaces may share one key; else it is
 * made, readable by its owner alone. */
static gboolean
make_key_file (const char   *path,
               EntStoreKey  *key,
               GError      **error)
{
  g_autofree char *text = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return cli_read_key_file (path, key, error);
  ent_store_key_init_new (key);
  text = ent_store_key_print (key);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

static gboolean
keep_key (Cli                *cli,
          const char         *path,
          const EntStoreKey  *key,
          GError            **error)
{
  g_autofree char *recovery = NULL;

  if (cli->key_file != NULL)
    return TRUE;
  if (!ent_keyring_store (path, key, NULL, error))
    return FALSE;
  recovery = ent_store_key_print (key);
  g_printerr (_("Recovery key, to print and keep: %s\n"), recovery);
  return TRUE;
}

static gboolean
fill (EntStore  *store,
      gboolean   sample,
      GError   **error)
{
  return ent_program_defaults_install (store, NULL, error) &&
         (!sample || ent_sample_fill (store, ent_date_today (), NULL, error));
}

static gboolean
create (Cli         *cli,
        const char  *path,
        gboolean     plain,
        gboolean     sample,
        GError     **error)
{
  EntStoreKey key;

  if (!plain && cli->key_file != NULL && !make_key_file (cli->key_file, &key, error))
    return FALSE;
  if (!plain && cli->key_file == NULL)
    ent_store_key_init_new (&key);
  cli->store = ent_store_create (path, plain ? NULL : &key, NULL, error);
  if (cli->store == NULL)
    return FALSE;
  if ((!plain && !keep_key (cli, path, &key, error)) || !fill (cli->store, sample, error))
    {
      /* A workspace that nobody can open again, or half filled, helps nobody. */
      ent_store_close (cli->store);
      g_clear_object (&cli->store);
      g_unlink (path);
      return FALSE;
    }
  memset (&key, 0, sizeof key);
  return TRUE;
}

static gboolean
run_new (Cli     *cli,
         int      argc,
         char   **argv,
         GError **error)
{
  gboolean plain = FALSE, sample = FALSE;
  const GOptionEntry entries[] = {
    { "plain", 0, 0, G_OPTION_ARG_NONE, &plain, NULL, NULL },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &sample, NULL, NULL },
    { NULL },
  };
  g_auto (GStrv) words = cli_parse (cli_find (cli_workspace_commands, "new"), argc, argv, entries, 0, 1, error);
  const char *path;

  if (words == NULL)
    return FALSE;
  path = words[0] != NULL ? words[0] : cli->workspace;
  if (path == NULL)
    return cli_usage (error, _("name the file to make: entente-cli new FILE"));
  if (!create (cli, path, plain, sample, error))
    return FALSE;
  if (!cli->json)
    cli_print (_("Made %s"), path);
  else
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "workspace");
      json_builder_add_string_value (builder, path);
      json_builder_end_object (builder);
      cli_print_builder (builder);
    }
  return TRUE;
}

/* --- schema ------------------------------------------------------------------------------------------- */

static const char * const field_type_names[] = {
  "text", "longtext", "markdown", "code", "int", "money", "percent", "score", "bool", "date", "datetime",
  "duration", "enum", "ref", "country", "currency", "timezone", "url", "email", "phone", "domain", "hash",
  "json",
};

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_flag (JsonBuilder    *builder,
          const char     *name,
          const EntField *field,
          EntFieldFlags   flag)
{
  if ((field->info.flags & flag) == 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
build_choices (JsonBuilder    *builder,
               const EntField *field)
{
  if (field->choices == NULL)
    return;
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < field->choices->len; i++)
    json_builder_add_string_value (builder, ((EntChoice *) g_ptr_array_index (field->choices, i))->value);
  json_builder_end_array (builder);
}

static void
build_field (JsonBuilder    *builder,
             const EntField *field)
{
  json_builder_begin_object (builder);
  add_text (builder, "name", field->info.name);
  add_text (builder, "type", field_type_names[field->info.type]);
  add_text (builder, "label", ent_field_get_label (field));
  add_text (builder, "help", ent_field_get_help (field));
  add_text (builder, "unit", ent_field_get_unit (field));
  add_text (builder, "target", field->info.target);
  add_text (builder, "default", field->info.default_value);
  add_text (builder, "group", ent_field_get_group (field));
  add_text (builder, "kinds", field->info.kinds);
  add_text (builder, "aliases", field->info.aliases);
  add_flag (builder, "many", field, ENT_FIELD_MANY);
  add_flag (builder, "required", field, ENT_FIELD_REQUIRED);
  add_flag (builder, "unique", field, ENT_FIELD_UNIQUE);
  add_flag (builder, "searched", field, ENT_FIELD_SEARCHED);
  add_flag (builder, "sensitive", field, ENT_FIELD_SENSITIVE);
  add_flag (builder, "open", field, ENT_FIELD_OPEN);
  add_flag (builder, "system", field, ENT_FIELD_SYSTEM);
  build_choices (builder, field);
  json_builder_end_object (builder);
}

static void
build_type (JsonBuilder         *builder,
            const EntRecordType *type)
{
  json_builder_begin_object (builder);
  add_text (builder, "name", type->info->name);
  add_text (builder, "prefix", type->info->prefix);
  add_text (builder, "parent", type->info->parent);
  add_text (builder, "label", ent_record_type_get_label (type, FALSE));
  add_text (builder, "label_plural", ent_record_type_get_label (type, TRUE));
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    build_field (builder, ent_record_type_get_nth (type, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_schema_json (EntSchema           *schema,
                   const EntRecordType *type)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    if (type == NULL || type == ent_schema_get_nth (schema, i))
      build_type (builder, ent_schema_get_nth (schema, i));
  json_builder_end_array (builder);
  cli_print_builder (builder);
}

static gboolean
run_schema (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_workspace_commands, "schema"), argc, argv, NULL, 0, 1, error);
  g_autoptr (EntSchema) schema = NULL;
  const EntRecordType *type = NULL;
  g_autofree char *text = NULL;

  if (words == NULL)
    return FALSE;
  /* Without a workspace, the declared types; with one, its own fields and choices too. */
  if (cli->workspace != NULL && !cli_open (cli, error))
    return FALSE;
  schema = cli->store != NULL ? ent_store_dup_schema (cli->store) : ent_schema_ref (ent_schema_get_default ());
  if (words[0] != NULL && (type = ent_schema_lookup (schema, words[0])) == NULL)
    return cli_usage (error, _("there is no record type “%s”; “entente-cli schema” lists them"), words[0]);
  if (cli->json)
    {
      print_schema_json (schema, type);
      return TRUE;
    }
  text = ent_schema_describe (schema, words[0], ENT_SCHEMA_DOC_TEXT);
  g_print ("%s", text);
  return TRUE;
}

/* --- check, backup, recover ----------------------------------------------------------------------------- */

static void
print_findings_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    json_builder_add_string_value (builder, ((EntFinding *) g_ptr_array_index (findings, i))->what);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  cli_print_builder (builder);
}

static gboolean
run_check (Cli     *cli,
           int      argc,
           char   **argv,
           GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_workspace_commands, "check"), argc, argv, NULL, 0, 0, error);
  g_autoptr (GPtrArray) findings = NULL;
  guint n_errors = 0;

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  findings = ent_store_check (cli->store, NULL, NULL, NULL, error);
  if (findings == NULL)
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      EntFinding *finding = g_ptr_array_index (findings, i);

      n_errors += finding->is_error;
      if (!cli->json)
        cli_print ("%s", finding->what);
    }
  if (cli->json)
    print_findings_json (findings);
  else if (findings->len == 0)
    cli_print (_("All is well."));
  if (n_errors == 0)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_DAMAGED,
               g_dngettext (GETTEXT_PACKAGE, "%u problem was found; restore a backup or run “recover”.",
                            "%u problems were found; restore a backup or run “recover”.", n_errors), n_errors);
  return FALSE;
}

static gboolean
run_backup (Cli     *cli,
            int      argc,
            char   **argv,
            GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_workspace_commands, "backup"), argc, argv, NULL, 1, 1, error);

  if (words == NULL || !cli_open (cli, error))
    return FALSE;
  if (!ent_store_backup (cli->store, words[0], NULL, NULL, NULL, error))
    return FALSE;
  if (!cli->json)
    cli_print (_("Backed up to %s"), words[0]);
  else
    cli_print_json (json_from_string ("{\"backup\":true}", NULL));
  return TRUE;
}

static gboolean
recover_key (Cli          *cli,
             EntStoreKey  *key,
             gboolean     *is_encrypted,
             GError      **error)
{
  g_autoptr (GError) local = NULL;

  /* The head of a damaged file may be unreadable: then the key file tells whether it was encrypted. */
  if (!ent_store_probe (cli->workspace, is_encrypted, &local))
    *is_encrypted = cli->key_file != NULL;
  if (!*is_encrypted)
    return TRUE;
  return cli->key_file != NULL ? cli_read_key_file (cli->key_file, key, error)
                               : ent_keyring_lookup (cli->workspace, key, NULL, error);
}

static gboolean
run_recover (Cli     *cli,
             int      argc,
             char   **argv,
             GError **error)
{
  g_auto (GStrv) words = cli_parse (cli_find (cli_workspace_commands, "recover"), argc, argv, NULL, 1, 1, error);
  g_autofree char *report = NULL;
  gboolean is_encrypted = FALSE;
  EntStoreKey key;

  if (words == NULL)
    return FALSE;
  if (cli->workspace == NULL)
    return cli_usage (error, _("name the damaged workspace: entente-cli --workspace FILE recover NEW-FILE"));
  if (!recover_key (cli, &key, &is_encrypted, error) ||
      !ent_store_recover (cli->workspace, is_encrypted ? &key : NULL, words[0], &report, NULL, error))
    return FALSE;
  if (!cli->json)
    {
      cli_print ("%s", report);
      return TRUE;
    }
  cli_print_json (json_node_init_string (json_node_alloc (), report));
  return TRUE;
}

const CliCommand cli_workspace_commands[] = {
  { "new", "FILE [--plain] [--sample]",
    N_("Make a workspace; encrypted unless --plain; --sample fills it with an invented company"), run_new },
  { "schema", "[TYPE]", N_("Print the record types and their fields"), run_schema },
  { "check", "", N_("Check the whole workspace, its journal included"), run_check },
  { "backup", "FILE", N_("Write a verified copy"), run_backup },
  { "recover", "NEW-FILE", N_("Salvage a damaged workspace into a new file"), run_recover },
  { NULL },
};
