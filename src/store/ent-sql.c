/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-connection.h"
#include "store/ent-packed.h"

#include <string.h>

const char *
ent_sql_table (const EntRecordType *type)
{
  char name[64];

  g_snprintf (name, sizeof name, "\"%s\"", type->info->name);
  return g_intern_string (name);
}

static void
append_column (GString        *sql,
               const EntField *field,
               gboolean        is_first)
{
  g_string_append_printf (sql, "%s\"%s\"", is_first ? "" : ",", field->column);
  if (field->currency_column != NULL)
    g_string_append_printf (sql, ",\"%s\"", field->currency_column);
}

void
ent_sql_append_columns (GString             *sql,
                        const EntRecordType *type,
                        const guint         *fields,
                        gsize                n_fields)
{
  if (fields == NULL)
    n_fields = ent_record_type_get_n_fields (type);
  for (gsize i = 0; i < n_fields; i++)
    append_column (sql, ent_record_type_get_nth (type, fields != NULL ? fields[i] : (guint) i), i == 0);
}

void
ent_sql_bind_value (sqlite3_stmt   *statement,
                    int            *index,
                    const EntField *field,
                    const EntValue *value)
{
  int at = (*index)++;

  if (field->currency_column != NULL)
    {
      int currency = (*index)++;

      if (value->kind == ENT_VALUE_MONEY)
        sqlite3_bind_text (statement, currency, value->currency, -1, SQLITE_STATIC);
      else
        sqlite3_bind_null (statement, currency);
    }
  switch (value->kind)
    {
    case ENT_VALUE_INT:
    case ENT_VALUE_MONEY:
      sqlite3_bind_int64 (statement, at, value->integer);
      break;
    case ENT_VALUE_TEXT:
      sqlite3_bind_text (statement, at, value->text, -1, SQLITE_STATIC);
      break;
    case ENT_VALUE_LIST:
    case ENT_VALUE_KEYS:
      sqlite3_bind_text (statement, at, ent_json_from_list (value), -1, g_free);
      break;
    case ENT_VALUE_NULL:
    default:
      sqlite3_bind_null (statement, at);
      break;
    }
}

static void
read_text (sqlite3_stmt   *statement,
           int             column,
           const EntField *field,
           EntValue       *value)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  gsize length = (gsize) sqlite3_column_bytes (statement, column);

  if (ent_field_is_many (field))
    ent_json_to_list (text, length, field, value);
  else if (g_utf8_validate_len (text, length, NULL))
    ent_value_take_text (value, g_strndup (text, length));
}

void
ent_sql_read_value (sqlite3_stmt   *statement,
                    int            *column,
                    const EntField *field,
                    EntValue       *value)
{
  int at = (*column)++;
  int currency = field->currency_column != NULL ? (*column)++ : -1;
  int type = sqlite3_column_type (statement, at);

  ent_value_clear (value);
  if (type == SQLITE_INTEGER && currency >= 0)
    {
      const char *code = (const char *) sqlite3_column_text (statement, currency);

      if (code != NULL && strlen (code) == 3)
        ent_value_set_money (value, sqlite3_column_int64 (statement, at), code);
    }
  else if (type == SQLITE_INTEGER && ent_field_is_integer (field))
    ent_value_set_int (value, sqlite3_column_int64 (statement, at));
  else if (type == SQLITE_TEXT && currency < 0 && !ent_field_is_integer (field))
    read_text (statement, at, field, value);
}
