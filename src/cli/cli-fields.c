/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* A reference as it reads back in any workspace: its `ref`, else its short code. */
static char *
write_key (Cli    *cli,
           EntKey  key)
{
  g_autoptr (EntRecord) record = ent_store_get (cli->store, key, NULL);
  const char *ref = record != NULL ? ent_record_get_text (record, "ref") : NULL;

  if (ref != NULL)
    return g_strconcat ("ref:", ref, NULL);
  return ent_store_dup_code (cli->store, key);
}

static char *
write_keys (Cli            *cli,
            const EntValue *value)
{
  GString *text = g_string_new (NULL);

  for (gint64 i = 0; i < value->integer; i++)
    {
      g_autofree char *one = write_key (cli, value->keys[i]);

      if (i > 0)
        g_string_append (text, "; ");
      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

char *
cli_write_field (Cli            *cli,
                 EntRecord      *record,
                 const EntField *field)
{
  const EntValue *value = ent_record_get (record, field->index);

  if (value->kind == ENT_VALUE_KEYS)
    return write_keys (cli, value);
  if (field->info.type == ENT_FIELD_REF && value->kind == ENT_VALUE_INT)
    return write_key (cli, value->integer);
  return ent_value_write (field, value);
}

static void
build_list (JsonBuilder *builder,
            char       **list)
{
  json_builder_begin_array (builder);
  for (char **item = list; *item != NULL; item++)
    json_builder_add_string_value (builder, *item);
  json_builder_end_array (builder);
}

static void
build_value (Cli            *cli,
             JsonBuilder    *builder,
             EntRecord      *record,
             const EntField *field)
{
  const EntValue *value = ent_record_get (record, field->index);
  g_autofree char *text = NULL;

  if (value->kind == ENT_VALUE_LIST)
    build_list (builder, value->list);
  else if (field->info.type == ENT_FIELD_INT || field->info.type == ENT_FIELD_DURATION)
    json_builder_add_int_value (builder, value->integer);
  else if (field->info.type == ENT_FIELD_BOOL)
    json_builder_add_boolean_value (builder, value->integer != 0);
  else
    {
      text = cli_write_field (cli, record, field);
      json_builder_add_string_value (builder, text);
    }
}

static void
build_member (Cli            *cli,
              JsonBuilder    *builder,
              EntRecord      *record,
              const EntField *field)
{
  if (ent_value_is_null (ent_record_get (record, field->index)))
    return;
  json_builder_set_member_name (builder, field->info.name);
  build_value (cli, builder, record, field);
}

void
cli_build_record (Cli          *cli,
                  JsonBuilder  *builder,
                  EntRecord    *record,
                  const guint  *fields,
                  gsize         n_fields)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (record), id);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, ent_record_get_code (record));
  json_builder_set_member_name (builder, "record_type");
  json_builder_add_string_value (builder, type->info->name);
  for (gsize i = 0; i < (fields != NULL ? n_fields : ent_record_type_get_n_fields (type)); i++)
    build_member (cli, builder, record, ent_record_type_get_nth (type, fields != NULL ? fields[i] : i));
}

GArray *
cli_read_fields (const EntRecordType *type,
                 const char          *text,
                 GError             **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (char **name = names; *name != NULL; name++)
    {
      const EntField *field = ent_record_type_lookup (type, g_strstrip (*name));

      if (field == NULL)
        {
          cli_usage (error, _("%s has no field “%s”; “entente-cli schema %s” lists them"),
                     type->info->name, *name, type->info->name);
          return NULL;
        }
      g_array_append_val (fields, field->index);
    }
  return g_steal_pointer (&fields);
}

static EntKey
resolve (const EntField *field,
         const char     *text,
         gpointer        user_data,
         GError        **error)
{
  Cli *cli = user_data;
  const char *target = field->info.target;
  const EntRecordType *type = NULL;

  if (target != NULL && !g_str_equal (target, "*"))
    type = ent_store_get_record_type (cli->store, target);
  return ent_store_resolve (cli->store, type, text, error);
}

EntReadContext
cli_read_context (Cli *cli)
{
  return (EntReadContext) { .resolve = resolve, .resolve_data = cli };
}

static gboolean
read_assignment (Cli         *cli,
                 EntRecord   *record,
                 const char  *word,
                 GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, equals - word) : NULL;
  const EntField *field = name != NULL ? ent_record_type_lookup (type, name) : NULL;
  EntReadContext context = cli_read_context (cli);
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (equals == NULL)
    return cli_usage (error, _("“%s” is no FIELD=VALUE"), word);
  if (field == NULL)
    return cli_usage (error, _("%s has no field “%s”; “entente-cli schema %s” lists them"),
                      type->info->name, name, type->info->name);
  if (field->info.flags & ENT_FIELD_SYSTEM)
    return cli_usage (error, _("“%s” is kept by the program and cannot be set"), name);
  if (!ent_value_read (field, equals + 1, &context, &value, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  ent_record_take (record, field->index, &value);
  return TRUE;
}

gboolean
cli_read_assignments (Cli       *cli,
                      EntRecord *record,
                      char     **words,
                      GError   **error)
{
  for (char **word = words; *word != NULL; word++)
    if (!read_assignment (cli, record, *word, error))
      return FALSE;
  return TRUE;
}

gboolean
cli_read_moment (const char  *text,
                 gint64      *micros,
                 GError     **error)
{
  gint64 days;
  EntReadContext context = { 0 };
  g_autoptr (GError) local = NULL;

  if (ent_date_read (text, &context, &days, NULL))
    {
      /* A day means its end. */
      *micros = (days + 1) * G_TIME_SPAN_DAY - 1;
      return TRUE;
    }
  if (ent_datetime_read (text, &context, micros, &local))
    return TRUE;
  return cli_usage (error, "%s", local->message);
}
