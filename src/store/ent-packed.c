/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-packed.h"

#include <string.h>
#include <yyjson.h>

void
ent_packed_clear (EntPacked *self)
{
  g_free (self->owned);
  memset (self, 0, sizeof *self);
}

void
ent_packed_set_int (EntPacked *self,
                    gint64     integer)
{
  ent_packed_clear (self);
  self->kind = ENT_PACKED_INT;
  self->integer = integer;
}

void
ent_packed_set_text (EntPacked  *self,
                     const char *text)
{
  ent_packed_clear (self);
  if (text == NULL)
    return;
  self->kind = ENT_PACKED_TEXT;
  self->data = text;
  self->length = strlen (text);
}

void
ent_packed_set_blob (EntPacked    *self,
                     const guint8 *data,
                     gsize         length)
{
  ent_packed_clear (self);
  self->kind = ENT_PACKED_BLOB;
  self->data = (const char *) data;
  self->length = length;
}

static void
take_text (EntPacked *self,
           char      *text)
{
  ent_packed_set_text (self, text);
  self->owned = text;
}

void
ent_packed_set_value (EntPacked      *self,
                      const EntField *field,
                      const EntValue *value)
{
  switch (value->kind)
    {
    case ENT_VALUE_INT:
      ent_packed_set_int (self, value->integer);
      break;
    case ENT_VALUE_MONEY:
      take_text (self, g_strdup_printf ("%" G_GINT64_FORMAT " %.3s", value->integer, value->currency));
      break;
    case ENT_VALUE_TEXT:
      ent_packed_set_text (self, value->text);
      break;
    case ENT_VALUE_LIST:
    case ENT_VALUE_KEYS:
      take_text (self, ent_json_from_list (value));
      break;
    case ENT_VALUE_NULL:
    default:
      ent_packed_clear (self);
      break;
    }
}

void
ent_packed_read (EntPacked    *self,
                 sqlite3_stmt *statement,
                 int           column)
{
  ent_packed_clear (self);
  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      ent_packed_set_int (self, sqlite3_column_int64 (statement, column));
      break;
    case SQLITE_TEXT:
      self->kind = ENT_PACKED_TEXT;
      self->data = (const char *) sqlite3_column_text (statement, column);
      self->length = (gsize) sqlite3_column_bytes (statement, column);
      break;
    case SQLITE_BLOB:
      ent_packed_set_blob (self, sqlite3_column_blob (statement, column),
                           (gsize) sqlite3_column_bytes (statement, column));
      break;
    default:
      break;
    }
}

void
ent_packed_read_field (EntPacked      *self,
                       sqlite3_stmt   *statement,
                       int            *column,
                       const EntField *field)
{
  int at = (*column)++;

  ent_packed_read (self, statement, at);
  if (field->currency_column == NULL)
    return;
  if (self->kind == ENT_PACKED_INT)
    take_text (self, g_strdup_printf ("%" G_GINT64_FORMAT " %s", self->integer,
                                      (const char *) sqlite3_column_text (statement, *column)));
  (*column)++;
}

void
ent_packed_copy (const EntPacked *self,
                 EntPacked       *copy)
{
  ent_packed_clear (copy);
  *copy = *self;
  copy->owned = NULL;
  if (self->kind != ENT_PACKED_TEXT && self->kind != ENT_PACKED_BLOB)
    return;
  copy->owned = g_malloc (self->length + 1);
  if (self->length > 0)
    memcpy (copy->owned, self->data, self->length);
  copy->owned[self->length] = '\0';
  copy->data = copy->owned;
}

static void
read_money (const char *text,
            EntValue   *value)
{
  char *end;
  gint64 minor = g_ascii_strtoll (text, &end, 10);

  if (end != text && *end == ' ' && strlen (end + 1) == 3)
    ent_value_set_money (value, minor, end + 1);
}

void
ent_packed_get_value (const EntPacked *self,
                      const EntField  *field,
                      EntValue        *value)
{
  ent_value_clear (value);
  if (self->kind == ENT_PACKED_INT && ent_field_is_integer (field))
    ent_value_set_int (value, self->integer);
  if (self->kind != ENT_PACKED_TEXT || ent_field_is_integer (field))
    return;
  if (ent_field_is_many (field))
    ent_json_to_list (self->data, self->length, field, value);
  else if (field->info.type == ENT_FIELD_MONEY)
    read_money (self->data, value);
  else if (g_utf8_validate_len (self->data, self->length, NULL))
    ent_value_take_text (value, g_strndup (self->data, self->length));
}

void
ent_packed_bind (const EntPacked *self,
                 sqlite3_stmt    *statement,
                 int              index)
{
  switch (self->kind)
    {
    case ENT_PACKED_INT:
      sqlite3_bind_int64 (statement, index, self->integer);
      break;
    case ENT_PACKED_TEXT:
      sqlite3_bind_text (statement, index, self->data, (int) self->length, SQLITE_STATIC);
      break;
    case ENT_PACKED_BLOB:
      sqlite3_bind_blob (statement, index, self->data, (int) self->length, SQLITE_STATIC);
      break;
    case ENT_PACKED_NULL:
    default:
      sqlite3_bind_null (statement, index);
      break;
    }
}

gboolean
ent_packed_equal (const EntPacked *a,
                  const EntPacked *b)
{
  if (a->kind != b->kind)
    return FALSE;
  if (a->kind == ENT_PACKED_INT)
    return a->integer == b->integer;
  return a->length == b->length && (a->length == 0 || memcmp (a->data, b->data, a->length) == 0);
}

void
ent_packed_append (const EntPacked *self,
                   GByteArray      *bytes)
{
  guint8 head[9] = { (guint8) self->kind };
  guint64 number = self->kind == ENT_PACKED_INT ? (guint64) self->integer : self->length;

  if (self->kind == ENT_PACKED_NULL)
    {
      g_byte_array_append (bytes, head, 1);
      return;
    }
  number = GUINT64_TO_LE (number);
  memcpy (head + 1, &number, sizeof number);
  g_byte_array_append (bytes, head, sizeof head);
  if (self->kind != ENT_PACKED_INT && self->length > 0)
    g_byte_array_append (bytes, (const guint8 *) self->data, (guint) self->length);
}

/* --- Lists ---------------------------------------------------------------------------------------- */

static void
append_json_string (GString    *json,
                    const char *text)
{
  const char *p = text;

  g_string_append_c (json, '"');
  while (*p != '\0')
    {
      const char *plain = p;

      while ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        p++;
      g_string_append_len (json, plain, p - plain);
      if (*p == '\0')
        break;
      g_string_append_printf (json, (guchar) *p < 0x20 ? "\\u%04x" : "\\%c", (guchar) *p);
      p++;
    }
  g_string_append_c (json, '"');
}

void
ent_json_append_list (GString        *json,
                      const EntValue *value)
{
  g_string_append_c (json, '[');
  if (value->kind == ENT_VALUE_KEYS)
    for (gint64 i = 0; i < value->integer; i++)
      g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", value->keys[i]);
  else
    for (gsize i = 0; value->list[i] != NULL; i++)
      {
        if (i > 0)
          g_string_append_c (json, ',');
        append_json_string (json, value->list[i]);
      }
  g_string_append_c (json, ']');
}

char *
ent_json_from_list (const EntValue *value)
{
  GString *json = g_string_new (NULL);

  ent_json_append_list (json, value);
  return g_string_free (json, FALSE);
}

static void
take_items (yyjson_val *array,
            EntValue   *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  yyjson_val *item;

  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    if (yyjson_is_str (item))
      g_strv_builder_add (builder, yyjson_get_str (item));
  ent_value_take_list (value, g_strv_builder_end (builder));
}

static void
take_keys (yyjson_val *array,
           EntValue   *value)
{
  g_autofree EntKey *keys = g_new (EntKey, yyjson_arr_size (array) + 1);
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  yyjson_val *item;
  gsize n = 0;

  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    if (yyjson_is_int (item))
      keys[n++] = yyjson_get_sint (item);
  ent_value_set_keys (value, keys, n);
}

void
ent_json_to_list (const char     *json,
                  gsize           length,
                  const EntField *field,
                  EntValue       *value)
{
  yyjson_doc *document = yyjson_read (json, length, 0);
  yyjson_val *root = yyjson_doc_get_root (document);

  ent_value_clear (value);
  if (yyjson_is_arr (root) && field->info.type == ENT_FIELD_REF)
    take_keys (root, value);
  else if (yyjson_is_arr (root))
    take_items (root, value);
  yyjson_doc_free (document);
}
