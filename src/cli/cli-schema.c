/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>

#include "model/ent-schema-doc.h"

static const char * const field_type_names[] = {
  "text", "longtext", "markdown", "code", "int", "money", "percent", "score", "bool", "date", "datetime",
  "duration", "enum", "ref", "country", "currency", "timezone", "url", "email", "phone", "domain", "hash",
  "json",
};

static const struct { const char *name; EntFieldFlags flag; } flags_shown[] = {
  { "many", ENT_FIELD_MANY }, { "required", ENT_FIELD_REQUIRED }, { "unique", ENT_FIELD_UNIQUE },
  { "searched", ENT_FIELD_SEARCHED }, { "sensitive", ENT_FIELD_SENSITIVE }, { "open", ENT_FIELD_OPEN },
  { "system", ENT_FIELD_SYSTEM },
};

static void
add_text (CliJson    *json,
          const char *name,
          const char *text)
{
  if (text != NULL)
    cli_json_text (json, name, text);
}

static void
build_choices (CliJson        *json,
               const EntField *field)
{
  if (field->choices == NULL)
    return;
  cli_json_begin_array (json, "choices");
  for (guint i = 0; i < field->choices->len; i++)
    {
      const EntChoice *choice = g_ptr_array_index (field->choices, i);

      cli_json_begin_object (json, NULL);
      cli_json_text (json, "value", choice->value);
      cli_json_text (json, "label", ent_choice_get_label (choice));
      cli_json_end (json);
    }
  cli_json_end (json);
}

static void
build_field (CliJson        *json,
             const EntField *field)
{
  cli_json_begin_object (json, NULL);
  cli_json_text (json, "name", field->info.name);
  cli_json_text (json, "type", field_type_names[field->info.type]);
  cli_json_text (json, "label", ent_field_get_label (field));
  add_text (json, "help", ent_field_get_help (field));
  add_text (json, "unit", ent_field_get_unit (field));
  add_text (json, "target", field->info.target);
  add_text (json, "default", field->info.default_value);
  add_text (json, "group", ent_field_get_group (field));
  add_text (json, "kinds", field->info.kinds);
  add_text (json, "aliases", field->info.aliases);
  for (gsize i = 0; i < G_N_ELEMENTS (flags_shown); i++)
    if (field->info.flags & flags_shown[i].flag)
      cli_json_bool (json, flags_shown[i].name, TRUE);
  build_choices (json, field);
  cli_json_end (json);
}

static void
build_type (CliJson             *json,
            const EntRecordType *type)
{
  cli_json_begin_object (json, NULL);
  cli_json_text (json, "name", type->info->name);
  cli_json_text (json, "prefix", type->info->prefix);
  add_text (json, "parent", type->info->parent);
  cli_json_text (json, "label", ent_record_type_get_label (type, FALSE));
  cli_json_text (json, "label_plural", ent_record_type_get_label (type, TRUE));
  cli_json_begin_array (json, "fields");
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    build_field (json, ent_record_type_get_nth (type, i));
  cli_json_end (json);
  cli_json_end (json);
}

/* An array of types, also when one was asked for, so that a script reads both alike. */
static void
print_schema_json (EntSchema           *schema,
                   const EntRecordType *type)
{
  g_autoptr (CliJson) json = cli_json_new ();

  cli_json_begin_array (json, NULL);
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    if (type == NULL || type == ent_schema_get_nth (schema, i))
      build_type (json, ent_schema_get_nth (schema, i));
  cli_json_end (json);
  cli_json_print (json);
}

gboolean
cli_run_schema (Cli     *cli,
                int      argc,
                char   **argv,
                GError **error)
{
  g_auto (GStrv) words = cli_parse (cli, argc, argv, NULL, 0, 1, error);
  g_autoptr (EntSchema) schema = NULL;
  const EntRecordType *type = NULL;
  g_autofree char *text = NULL;

  if (words == NULL)
    return FALSE;
  /* Without a workspace, the declared types; with one, its own fields and choices too. */
  if (cli->workspace != NULL && !cli_open_to_read (cli, error))
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
  cli_print ("%s", g_strchomp (text));
  return TRUE;
}
