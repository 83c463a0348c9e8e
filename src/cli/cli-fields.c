/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Out, exactly --------------------------------------------------------------------------------------- */

/* A reference as it reads back in this workspace: its `ref`, else its short code. */
static char *
write_key (Cli    *cli,
           EntKey  key)
{
  static const guint fields[] = { ENT_COMMON_REF };
  g_autoptr (EntSchema) schema = ent_store_dup_schema (cli->store);
  const EntRecordType *type = ent_schema_lookup_key (schema, key);
  guint32 row = (guint32) ent_key_row (key);
  g_autoptr (GPtrArray) records = NULL;
  const char *ref = NULL;

  if (type != NULL)
    records = ent_store_load (cli->store, type, &row, 1, fields, G_N_ELEMENTS (fields), NULL, NULL);
  if (records != NULL && g_ptr_array_index (records, 0) != NULL)
    ref = ent_record_get_text (g_ptr_array_index (records, 0), "ref");
  return ref != NULL ? g_strconcat ("ref:", ref, NULL) : ent_store_dup_code (cli->store, key);
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
cli_write_value (Cli            *cli,
                 const EntField *field,
                 const EntValue *value)
{
  if (value->kind == ENT_VALUE_KEYS)
    return write_keys (cli, value);
  if (field->info.type == ENT_FIELD_REF && value->kind == ENT_VALUE_INT)
    return write_key (cli, value->integer);
  return ent_value_write (field, value);
}

static void
json_list (CliJson        *json,
           Cli            *cli,
           const EntField *field,
           const EntValue *value)
{
  cli_json_begin_array (json, field->info.name);
  for (char **item = value->list; value->kind == ENT_VALUE_LIST && *item != NULL; item++)
    cli_json_text (json, NULL, *item);
  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
    {
      g_autofree char *name = write_key (cli, value->keys[i]);

      cli_json_text (json, NULL, name);
    }
  cli_json_end (json);
}

/* As an exported file has them: lists as arrays, numbers as numbers, all else in the interchange form. */
static void
json_value (CliJson        *json,
            Cli            *cli,
            const EntField *field,
            const EntValue *value)
{
  g_autofree char *text = NULL;

  if (value->kind == ENT_VALUE_LIST || value->kind == ENT_VALUE_KEYS)
    {
      json_list (json, cli, field, value);
      return;
    }
  text = cli_write_value (cli, field, value);
  switch ((int) field->info.type)
    {
    case ENT_FIELD_BOOL:
      cli_json_bool (json, field->info.name, value->integer != 0);
      break;
    case ENT_FIELD_INT:
    case ENT_FIELD_PERCENT:
    case ENT_FIELD_SCORE:
    case ENT_FIELD_DURATION:
      cli_json_number (json, field->info.name, text);
      break;
    default:
      cli_json_text (json, field->info.name, text);
    }
}

static void
json_field (CliJson        *json,
            Cli            *cli,
            EntRecord      *record,
            const EntField *field)
{
  const EntValue *value = ent_record_get (record, field->index);

  if (!ent_value_is_null (value))
    json_value (json, cli, field, value);
}

void
cli_json_record (CliJson   *json,
                 Cli       *cli,
                 EntRecord *record,
                 GArray    *fields)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_record_get_id (record), id);
  cli_json_text (json, "id", id);
  cli_json_text (json, "code", ent_record_get_code (record));
  cli_json_text (json, "record_type", type->info->name);
  for (guint i = 0; i < (fields != NULL ? fields->len : ent_record_type_get_n_fields (type)); i++)
    {
      guint field = fields != NULL ? g_array_index (fields, guint, i) : i;

      if (field != CLI_COLUMN_ID && field != CLI_COLUMN_CODE)
        json_field (json, cli, record, ent_record_type_get_nth (type, field));
    }
}

/* --- Columns -------------------------------------------------------------------------------------------- */

static gboolean
read_column (const EntRecordType *type,
             const char          *name,
             guint               *column,
             GError             **error)
{
  const EntField *field = ent_record_type_lookup (type, name);

  if (field != NULL)
    *column = field->index;
  else if (g_str_equal (name, "id"))
    *column = CLI_COLUMN_ID;
  else if (g_str_equal (name, "code"))
    *column = CLI_COLUMN_CODE;
  else if (g_str_equal (name, "name"))
    *column = ENT_COMMON_TITLE;
  else
    return cli_usage (error, _("%s has no field “%s”; “entente-cli schema %s” lists them"), type->info->name, name,
                      type->info->name);
  return TRUE;
}

GArray *
cli_read_columns (const EntRecordType *type,
                  const char          *text,
                  GError             **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));

  for (char **name = names; *name != NULL; name++)
    {
      guint column;

      if (!read_column (type, g_strstrip (*name), &column, error))
        return NULL;
      g_array_append_val (columns, column);
    }
  return g_steal_pointer (&columns);
}

GArray *
cli_default_columns (const EntRecordType *type)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (guint));
  guint code = CLI_COLUMN_CODE;

  g_array_append_val (columns, code);
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if ((i == ENT_COMMON_TITLE && !(type->info->flags & ENT_RECORD_TYPE_LINK)) ||
        (i != ENT_COMMON_TITLE && (ent_record_type_get_nth (type, i)->info.flags & ENT_FIELD_COLUMN)))
      g_array_append_val (columns, i);
  return columns;
}

static gboolean
is_number (const EntField *field)
{
  return field->info.type == ENT_FIELD_MONEY || field->info.type == ENT_FIELD_INT ||
         field->info.type == ENT_FIELD_PERCENT || field->info.type == ENT_FIELD_SCORE;
}

void
cli_table_add_header (CliTable            *table,
                      const EntRecordType *type,
                      GArray              *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);

      if (column == CLI_COLUMN_CODE)
        cli_table_add (table, _("Code"));
      else if (column == CLI_COLUMN_ID)
        cli_table_add (table, _("Id"));
      else if (is_number (ent_record_type_get_nth (type, column)))
        cli_table_add_number (table, ent_field_get_label (ent_record_type_get_nth (type, column)));
      else
        cli_table_add (table, ent_field_get_label (ent_record_type_get_nth (type, column)));
    }
  cli_table_end_row (table);
}

static void
add_value (CliTable       *table,
           Cli            *cli,
           EntRecord      *record,
           const EntField *field)
{
  /* On a terminal there is little room; elsewhere nothing may be lost. */
  EntDisplay form = cli_is_terminal () ? ENT_DISPLAY_SHORT : ENT_DISPLAY_FULL;
  g_autofree char *text = ent_value_display (field, ent_record_get (record, field->index), form, ent_store_name,
                                             cli->store);

  if (is_number (field))
    cli_table_add_number (table, text);
  else
    cli_table_add (table, text);
}

void
cli_table_add_record (CliTable  *table,
                      Cli       *cli,
                      EntRecord *record,
                      GArray    *columns)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < columns->len; i++)
    {
      guint column = g_array_index (columns, guint, i);
      char id[ENT_ID_TEXT_LENGTH + 1];

      if (column == CLI_COLUMN_CODE)
        cli_table_add (table, ent_record_get_code (record));
      else if (column == CLI_COLUMN_ID)
        {
          ent_id_to_text (ent_record_get_id (record), id);
          cli_table_add (table, id);
        }
      else
        add_value (table, cli, record, ent_record_type_get_nth (type, column));
    }
  cli_table_end_row (table);
}

/* --- In ------------------------------------------------------------------------------------------------- */

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

static gboolean
read_assignment (Cli                  *cli,
                 EntRecord            *record,
                 const char           *word,
                 const EntReadContext *context,
                 GError              **error)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word)) : NULL;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntField *field;
  guint column = 0;

  if (equals == NULL)
    return cli_usage (error, _("“%s” sets nothing; write FIELD=VALUE"), word);
  if (!read_column (type, name, &column, error))
    return FALSE;
  field = column < G_MAXINT ? ent_record_type_get_nth (type, column) : NULL;
  if (field == NULL || (field->info.flags & ENT_FIELD_SYSTEM))
    return cli_usage (error, _("“%s” is kept by the program and cannot be set"), name);
  if (!ent_value_read (field, equals + 1, context, &value, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  ent_record_take (record, field->index, &value);
  return TRUE;
}

gboolean
cli_read_assignments (Cli        *cli,
                      EntRecord  *record,
                      char      **words,
                      GError    **error)
{
  g_autofree char *currency = ent_store_dup_setting (cli->store, ENT_SETTING_CURRENCY);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const EntReadContext context = {
    .default_currency = currency,
    .time_zone = zone,
    .resolve = resolve,
    .resolve_data = cli,
  };

  for (char **word = words; *word != NULL; word++)
    if (!read_assignment (cli, record, *word, &context, error))
      return FALSE;
  return TRUE;
}

gboolean
cli_read_moment (const char  *text,
                 gint64      *micros,
                 GError     **error)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const EntReadContext context = { .time_zone = zone };
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GError) local = NULL;
  gint64 days;
  int year, month, day;

  /* An instant reads as a day as well. */
  if (strchr (text, ':') != NULL || !ent_date_read (text, &context, &days, NULL))
    return ent_datetime_read (text, &context, micros, &local) || cli_usage (error, "%s", local->message);
  ent_date_to_ymd (days + 1, &year, &month, &day);
  end = g_date_time_new (zone, year, month, day, 0, 0, 0);
  if (end == NULL)
    return cli_usage (error, _("“%s” is too far away"), text);
  *micros = g_date_time_to_unix (end) * G_USEC_PER_SEC - 1;
  return TRUE;
}

gboolean
cli_print_record (Cli     *cli,
                  EntKey   key,
                  GError **error)
{
  g_autoptr (EntRecord) record = ent_store_get (cli->store, key, error);
  g_autoptr (CliJson) json = NULL;

  if (record == NULL)
    return FALSE;
  if (!cli->json)
    {
      cli_print ("%s", ent_record_get_code (record));
      return TRUE;
    }
  json = cli_json_new ();
  cli_json_begin_object (json, NULL);
  cli_json_record (json, cli, record, NULL);
  cli_json_end (json);
  cli_json_print (json);
  return TRUE;
}
