/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-couch-private.h"

#include <math.h>
#include <string.h>

/* Answers are read by yyjson, which is strict and quick; only documents become json-glib's objects. */

#define MAX_DEPTH 200

yyjson_doc *
ent_couch_parse (EntCouch  *self,
                 GBytes    *body,
                 GError   **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  yyjson_doc *document = length > 0 ? yyjson_read (data, length, YYJSON_READ_BIGNUM_AS_RAW) : NULL;

  if (!yyjson_is_ctn (yyjson_doc_get_root (document)))
    {
      g_clear_pointer (&document, yyjson_doc_free);
      ent_http_nonsense (self->http, body, error);
    }
  return document;
}

gboolean
ent_couch_fail (EntCouch  *self,
                GError   **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  return ent_http_nonsense (self->http, nothing, error);
}

const char *
ent_couch_get_text (yyjson_val *object,
                    const char *name)
{
  return yyjson_get_str (yyjson_obj_get (object, name));
}

char *
ent_couch_dup_sequence (yyjson_val *value)
{
  if (value == NULL || yyjson_is_null (value))
    return NULL;
  if (yyjson_is_str (value))
    return g_strdup (yyjson_get_str (value));
  if (yyjson_is_raw (value))
    return g_strndup (yyjson_get_raw (value), yyjson_get_len (value));
  return yyjson_val_write (value, 0, NULL);
}

/* A text that json-glib can hold: it ends at a zero character. */
static const char *
get_whole_text (yyjson_val *value)
{
  const char *text = yyjson_get_str (value);

  return text != NULL && strlen (text) == yyjson_get_len (value) ? text : NULL;
}

static JsonNode *dup_node (yyjson_val *value,
                           guint       depth);

static JsonObject *
dup_object (yyjson_val *value,
            guint       depth)
{
  g_autoptr (JsonObject) object = json_object_new ();
  yyjson_obj_iter iter;
  yyjson_val *key;

  yyjson_obj_iter_init (value, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      const char *name = get_whole_text (key);
      JsonNode *node = name != NULL ? dup_node (yyjson_obj_iter_get_val (key), depth + 1) : NULL;

      if (node == NULL)
        return NULL;
      json_object_set_member (object, name, node);
    }
  return g_steal_pointer (&object);
}

static JsonArray *
dup_array (yyjson_val *value,
           guint       depth)
{
  g_autoptr (JsonArray) array = json_array_sized_new ((guint) yyjson_arr_size (value));
  yyjson_arr_iter iter;
  yyjson_val *item;

  yyjson_arr_iter_init (value, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      JsonNode *node = dup_node (item, depth + 1);

      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  return g_steal_pointer (&array);
}

/* Whole numbers stay exact to 63 bits. */
static JsonNode *
dup_number (yyjson_val *value)
{
  double number;

  if (yyjson_is_sint (value))
    return json_node_init_int (json_node_alloc (), yyjson_get_sint (value));
  if (yyjson_is_uint (value) && yyjson_get_uint (value) <= G_MAXINT64)
    return json_node_init_int (json_node_alloc (), (gint64) yyjson_get_uint (value));
  number = yyjson_is_raw (value) ? g_ascii_strtod (yyjson_get_raw (value), NULL) : yyjson_get_num (value);
  return isfinite (number) ? json_node_init_double (json_node_alloc (), number) : NULL;
}

static JsonNode *
dup_container (yyjson_val *value,
               guint       depth)
{
  JsonObject *object = yyjson_is_obj (value) ? dup_object (value, depth) : NULL;
  JsonArray *array = yyjson_is_arr (value) ? dup_array (value, depth) : NULL;
  JsonNode *node = NULL;

  if (object != NULL)
    {
      node = json_node_init_object (json_node_alloc (), object);
      json_object_unref (object);
    }
  else if (array != NULL)
    {
      node = json_node_init_array (json_node_alloc (), array);
      json_array_unref (array);
    }
  return node;
}

static JsonNode *
dup_node (yyjson_val *value,
          guint       depth)
{
  const char *text;

  if (depth > MAX_DEPTH)
    return NULL;
  switch (yyjson_get_type (value))
    {
    case YYJSON_TYPE_NULL:
      return json_node_init_null (json_node_alloc ());
    case YYJSON_TYPE_BOOL:
      return json_node_init_boolean (json_node_alloc (), yyjson_get_bool (value));
    case YYJSON_TYPE_NUM:
    case YYJSON_TYPE_RAW:
      return dup_number (value);
    case YYJSON_TYPE_STR:
      text = get_whole_text (value);
      return text != NULL ? json_node_init_string (json_node_alloc (), text) : NULL;
    default:
      return dup_container (value, depth);
    }
}

JsonObject *
ent_couch_dup_object (yyjson_val *value)
{
  return yyjson_is_obj (value) ? dup_object (value, 0) : NULL;
}

char *
ent_couch_write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

EntCouchFailure *
ent_couch_failure_new (const char *id,
                       const char *rev,
                       const char *name,
                       const char *reason)
{
  EntCouchFailure *failure = g_new0 (EntCouchFailure, 1);

  failure->id = g_strdup (id);
  failure->rev = g_strdup (rev);
  failure->error = g_strdup (name);
  failure->reason = g_strdup (reason);
  return failure;
}

void
ent_couch_failure_free (EntCouchFailure *failure)
{
  g_free (failure->id);
  g_free (failure->rev);
  g_free (failure->error);
  g_free (failure->reason);
  g_free (failure);
}

/* PouchDB says `"error": true` and has the word in `name`. */
EntCouchFailure *
ent_couch_read_failure (yyjson_val *object,
                        const char *id,
                        const char *rev)
{
  const char *own_id = ent_couch_get_text (object, "id");
  const char *own_rev = ent_couch_get_text (object, "rev");
  const char *name = ent_couch_get_text (object, "error");
  const char *reason = ent_couch_get_text (object, "reason");

  if (name == NULL)
    name = ent_couch_get_text (object, "name");
  if (reason == NULL)
    reason = ent_couch_get_text (object, "message");
  return ent_couch_failure_new (own_id != NULL ? own_id : id, own_rev != NULL ? own_rev : rev,
                                name != NULL ? name : "unknown_error", reason);
}
