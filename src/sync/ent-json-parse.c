/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yyjson.h>

#include "sync/ent-json-pointer.h"

/* Reading JSON from anywhere. By yyjson, as json-glib would read a number that is too large as another one, cut a text at a
 * zero byte, and follow any nesting; what it cannot hold is refused here instead. */

#define MAX_LENGTH (64 * 1024 * 1024)
#define MAX_DEPTH  200

G_DEFINE_QUARK (ent-json-error-quark, ent_json_error)

static JsonNode *convert (yyjson_val  *value,
                          guint        depth,
                          const char **problem);

/* The text of a string without a zero byte in it; NULL for another. */
static const char *
get_text (yyjson_val  *value,
          const char **problem)
{
  const char *text = yyjson_get_str (value);

  if (strlen (text) == yyjson_get_len (value))
    return text;
  *problem = _("a text has a zero byte in it");
  return NULL;
}

static JsonNode *
convert_list (yyjson_val  *list,
              guint        depth,
              const char **problem)
{
  g_autoptr (JsonNode) node = ent_json_new_array ();
  yyjson_arr_iter iter;
  yyjson_val *value;

  yyjson_arr_iter_init (list, &iter);
  while ((value = yyjson_arr_iter_next (&iter)) != NULL)
    {
      JsonNode *element = convert (value, depth + 1, problem);

      if (element == NULL)
        return NULL;
      json_array_add_element (json_node_get_array (node), element);
    }
  return g_steal_pointer (&node);
}

static JsonNode *
convert_object (yyjson_val  *object,
                guint        depth,
                const char **problem)
{
  g_autoptr (JsonNode) node = ent_json_new_object ();
  yyjson_obj_iter iter;
  yyjson_val *key;

  yyjson_obj_iter_init (object, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      const char *name = get_text (key, problem);
      JsonNode *member = name != NULL ? convert (yyjson_obj_iter_get_val (key), depth + 1, problem) : NULL;

      if (member == NULL)
        return NULL;
      json_object_set_member (json_node_get_object (node), name, member);
    }
  return g_steal_pointer (&node);
}

static JsonNode *
convert_number (yyjson_val  *value,
                const char **problem)
{
  if (yyjson_is_sint (value) || (yyjson_is_uint (value) && yyjson_get_uint (value) <= G_MAXINT64))
    return json_node_init_int (json_node_alloc (), yyjson_get_sint (value));
  if (yyjson_is_real (value))
    return json_node_init_double (json_node_alloc (), yyjson_get_real (value));
  *problem = _("a number is too large");
  return NULL;
}

static JsonNode *
convert (yyjson_val  *value,
         guint        depth,
         const char **problem)
{
  const char *text;

  if (depth > MAX_DEPTH)
    {
      *problem = _("it is nested too deeply");
      return NULL;
    }
  switch (yyjson_get_type (value))
    {
    case YYJSON_TYPE_ARR:
      return convert_list (value, depth, problem);
    case YYJSON_TYPE_OBJ:
      return convert_object (value, depth, problem);
    case YYJSON_TYPE_STR:
      text = get_text (value, problem);
      return text != NULL ? ent_json_new_text (text) : NULL;
    case YYJSON_TYPE_BOOL:
      return json_node_init_boolean (json_node_alloc (), yyjson_get_bool (value));
    case YYJSON_TYPE_NULL:
      return json_node_init_null (json_node_alloc ());
    default:
      return convert_number (value, problem);
    }
}

static gboolean
looks_like_page (const char *text,
                 gsize       length)
{
  while (length > 0 && g_ascii_isspace (*text))
    text++, length--;
  return length > 0 && *text == '<';
}

static JsonNode *
fail (const char *text,
      gsize       position,
      const char *problem,
      GError    **error)
{
  guint line = 1;

  for (gsize i = 0; i < position; i++)
    line += text[i] == '\n';
  if (position > 0)
    g_set_error (error, ENT_JSON_ERROR, ENT_JSON_ERROR_NOT_JSON,
                 _("This is not JSON (line %u: %s); correct it and try again."), line, problem);
  else
    g_set_error (error, ENT_JSON_ERROR, ENT_JSON_ERROR_NOT_JSON, _("This is not JSON (%s); correct it and try again."),
                 problem);
  return NULL;
}

JsonNode *
ent_json_parse (const char *text,
                gssize      length,
                GError    **error)
{
  gsize size = text == NULL ? 0 : length < 0 ? strlen (text) : (gsize) length;
  const char *problem = NULL;
  yyjson_read_err cause = { 0 };
  yyjson_doc *doc;
  JsonNode *root;

  if (size > MAX_LENGTH)
    {
      g_set_error_literal (error, ENT_JSON_ERROR, ENT_JSON_ERROR_TOO_LARGE,
                           _("This JSON is larger than 64 MB; ask for less at a time."));
      return NULL;
    }
  if (looks_like_page (text, size))
    {
      g_set_error_literal (error, ENT_JSON_ERROR, ENT_JSON_ERROR_NOT_JSON,
                           _("This is a web page where JSON was expected; check the address and the network."));
      return NULL;
    }
  if (size == 0)
    return fail (text, 0, _("it is empty"), error);
  doc = yyjson_read_opts ((char *) text, size, YYJSON_READ_BIGNUM_AS_RAW, NULL, &cause);
  if (doc == NULL)
    return fail (text, MIN (cause.pos, size), cause.msg, error);
  root = convert (yyjson_doc_get_root (doc), 0, &problem);
  yyjson_doc_free (doc);
  return root != NULL ? root : fail (text, 0, problem, error);
}
