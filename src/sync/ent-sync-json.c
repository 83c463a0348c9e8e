/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <yyjson.h>

G_DEFINE_QUARK (ent-sync-json-error-quark, ent_sync_json_error)

/* --- Reading ---------------------------------------------------------------------------------- */

static JsonNode *read_value (yyjson_val *value,
                             guint       depth,
                             GError    **error);

static JsonNode *
fail_number (const char *text,
             GError    **error)
{
  g_set_error (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_RANGE,
               _("The number %.40s is too large to be kept exactly; write a smaller one where it comes from."), text);
  return NULL;
}

static JsonNode *
read_number (yyjson_val *value,
             GError    **error)
{
  g_autofree char *text = NULL;

  if (yyjson_is_real (value))
    return json_node_init_double (json_node_alloc (), yyjson_get_real (value));
  if (yyjson_is_sint (value))
    return json_node_init_int (json_node_alloc (), yyjson_get_sint (value));
  if (yyjson_get_uint (value) <= G_MAXINT64)
    return json_node_init_int (json_node_alloc (), (gint64) yyjson_get_uint (value));
  text = g_strdup_printf ("%" G_GUINT64_FORMAT, yyjson_get_uint (value));
  return fail_number (text, error);
}

/* The text of a member's name or of a value; NULL when no C string can hold it. */
static const char *
read_text (yyjson_val *value,
           GError    **error)
{
  const char *text = yyjson_get_str (value);
  g_autofree char *shown = NULL;

  if (strlen (text) == yyjson_get_len (value))
    return text;
  shown = g_utf8_truncate_middle (text, 40);
  g_set_error (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_MALFORMED,
               _("The text “%s” has a zero character inside; remove it where the text comes from."), shown);
  return NULL;
}

static JsonNode *
read_string (yyjson_val *value,
             GError    **error)
{
  const char *text = read_text (value, error);

  return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
read_array (yyjson_val *value,
            guint       depth,
            GError    **error)
{
  g_autoptr (JsonArray) array = json_array_sized_new ((guint) MIN (yyjson_arr_size (value), G_MAXINT));
  yyjson_arr_iter iter = yyjson_arr_iter_with (value);
  yyjson_val *element;

  while ((element = yyjson_arr_iter_next (&iter)) != NULL)
    {
      JsonNode *node = read_value (element, depth + 1, error);

      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
read_object (yyjson_val *value,
             guint       depth,
             GError    **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  yyjson_obj_iter iter = yyjson_obj_iter_with (value);
  yyjson_val *key;

  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      const char *name = read_text (key, error);
      JsonNode *node = name != NULL ? read_value (yyjson_obj_iter_get_val (key), depth + 1, error) : NULL;

      if (node == NULL)
        return NULL;
      json_object_set_member (object, name, node);
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
read_value (yyjson_val *value,
            guint       depth,
            GError    **error)
{
  if (depth > ENT_SYNC_JSON_MAX_DEPTH)
    {
      g_set_error (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_DEPTH,
                   _("The data is nested in more than %d levels; make it flatter where it comes from."),
                   ENT_SYNC_JSON_MAX_DEPTH);
      return NULL;
    }
  switch (yyjson_get_type (value))
    {
    case YYJSON_TYPE_OBJ:
      return read_object (value, depth, error);
    case YYJSON_TYPE_ARR:
      return read_array (value, depth, error);
    case YYJSON_TYPE_STR:
      return read_string (value, error);
    case YYJSON_TYPE_NUM:
      return read_number (value, error);
    case YYJSON_TYPE_RAW:
      return fail_number (yyjson_get_raw (value), error);
    case YYJSON_TYPE_BOOL:
      return json_node_init_boolean (json_node_alloc (), yyjson_get_bool (value));
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

JsonNode *
ent_sync_json_parse (const char *text,
                     gssize      length,
                     GError    **error)
{
  /* Numbers that fit neither 64 bits nor a double stay as they are written, to be refused. */
  const yyjson_read_flag flags = YYJSON_READ_BIGNUM_AS_RAW;
  gsize size = length >= 0 ? (gsize) length : strlen (text);
  yyjson_read_err problem;
  yyjson_doc *doc = yyjson_read_opts ((char *) text, size, flags, NULL, &problem);
  JsonNode *node;

  if (doc == NULL)
    {
      g_set_error (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_MALFORMED,
                   _("The data is not JSON (%s, at byte %" G_GSIZE_FORMAT "); check that the address is that of the "
                     "database and try again."), problem.msg, problem.pos);
      return NULL;
    }
  node = read_value (yyjson_doc_get_root (doc), 1, error);
  yyjson_doc_free (doc);
  return node;
}

JsonObject *
ent_sync_json_parse_object (const char *text,
                            gssize      length,
                            GError    **error)
{
  g_autoptr (JsonNode) node = ent_sync_json_parse (text, length, error);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_dup_object (node);
  g_set_error_literal (error, ENT_SYNC_JSON_ERROR, ENT_SYNC_JSON_ERROR_MALFORMED,
                       _("The data is not a JSON object; check that the address is that of the database and try again."));
  return NULL;
}

/* --- Writing ---------------------------------------------------------------------------------- */

static void append_value (GString  *text,
                          JsonNode *value);

static void
append_escaped (GString *text,
                guchar   c)
{
  static const char short_forms[] = "btn.fr"; /* from backspace on; there is none for 0x0b */

  if (c == '"' || c == '\\')
    g_string_append_printf (text, "\\%c", c);
  else if (c >= '\b' && c <= '\r' && c != 0x0b)
    g_string_append_printf (text, "\\%c", short_forms[c - '\b']);
  else
    g_string_append_printf (text, "\\u%04x", c);
}

static void
append_string (GString    *text,
               const char *string)
{
  const char *start = string;

  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    if (*p == '"' || *p == '\\' || (guchar) *p < 0x20)
      {
        g_string_append_len (text, start, p - start);
        append_escaped (text, (guchar) *p);
        start = p + 1;
      }
  g_string_append (text, start);
  g_string_append_c (text, '"');
}

/* JSON has no word for a number without bound. */
static void
append_double (GString *text,
               double   number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (text, "null");
      return;
    }
  if (number == floor (number) && number >= -0x1p63 && number < 0x1p63)
    {
      g_string_append_printf (text, "%" G_GINT64_FORMAT, (gint64) number);
      return;
    }
  for (int precision = 15; precision <= 17; precision++)
    {
      char format[] = { '%', '.', '1', (char) ('0' + precision - 10), 'g', '\0' };

      g_ascii_formatd (digits, sizeof digits, format, number);
      if (g_ascii_strtod (digits, NULL) == number)
        break;
    }
  g_string_append (text, digits);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
append_object (GString    *text,
               JsonObject *object,
               gboolean    is_body)
{
  g_autoptr (GPtrArray) names = g_ptr_array_sized_new (json_object_get_size (object));
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!is_body || *name != '_')
      g_ptr_array_add (names, (gpointer) name);
  g_ptr_array_sort (names, compare_names);

  g_string_append_c (text, '{');
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      if (i > 0)
        g_string_append_c (text, ',');
      append_string (text, name);
      g_string_append_c (text, ':');
      append_value (text, json_object_get_member (object, name));
    }
  g_string_append_c (text, '}');
}

static void
append_array (GString   *text,
              JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_value (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
append_scalar (GString  *text,
               JsonNode *value)
{
  switch (json_node_get_value_type (value))
    {
    case G_TYPE_BOOLEAN:
      g_string_append (text, json_node_get_boolean (value) ? "true" : "false");
      break;
    case G_TYPE_DOUBLE:
      append_double (text, json_node_get_double (value));
      break;
    case G_TYPE_STRING:
      append_string (text, json_node_get_string (value));
      break;
    default:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (value));
      break;
    }
}

static void
append_value (GString  *text,
              JsonNode *value)
{
  switch (JSON_NODE_TYPE (value))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (value), FALSE);
      break;
    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (value));
      break;
    case JSON_NODE_VALUE:
      append_scalar (text, value);
      break;
    case JSON_NODE_NULL:
      g_string_append (text, "null");
      break;
    }
}

char *
ent_sync_json_write (JsonNode *value)
{
  GString *text = g_string_new (NULL);

  if (value != NULL)
    append_value (text, value);
  else
    g_string_append (text, "null");
  return g_string_free (text, FALSE);
}

char *
ent_sync_json_write_body (JsonObject *body)
{
  GString *text = g_string_new (NULL);

  if (body != NULL)
    append_object (text, body, TRUE);
  return g_string_free (text, FALSE);
}

/* --- Comparing -------------------------------------------------------------------------------- */

static gboolean
is_text (JsonNode *value)
{
  return value != NULL && json_node_get_value_type (value) == G_TYPE_STRING;
}

gboolean
ent_sync_json_equal (JsonNode *a,
                     JsonNode *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (a == b)
    return TRUE;
  if (is_text (a) && is_text (b))
    return strcmp (json_node_get_string (a), json_node_get_string (b)) == 0;
  first = ent_sync_json_write (a);
  second = ent_sync_json_write (b);
  return strcmp (first, second) == 0;
}

gboolean
ent_sync_json_equal_bodies (JsonObject *a,
                            JsonObject *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (a == b)
    return TRUE;
  first = ent_sync_json_write_body (a);
  second = ent_sync_json_write_body (b);
  return strcmp (first, second) == 0;
}
