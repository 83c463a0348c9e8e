/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-map-private.h"

#include <string.h>

#include "sync/ent-json-pointer.h"

/* What an update sends of the changes: all, a merge patch (RFC 7396), a JSON Patch (RFC 6902), or the changed properties. */

/* --- What the portal gives but does not take back -------------------------------------------------------------- */

static void omit_steps (JsonNode  *node,
                        char     **steps);

static void
omit_in_list (JsonNode *node,
              char    **steps)
{
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    omit_steps (json_array_get_element (json_node_get_array (node), i), steps);
}

static void
omit_steps (JsonNode *node,
            char    **steps)
{
  if (steps[0] == NULL)
    return;
  if (JSON_NODE_HOLDS_ARRAY (node) && g_str_equal (steps[0], "*"))
    omit_in_list (node, steps + 1);
  else if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), steps[0]))
    {
      if (steps[1] == NULL)
        json_object_remove_member (json_node_get_object (node), steps[0]);
      else
        omit_steps (json_object_get_member (json_node_get_object (node), steps[0]), steps + 1);
    }
}

static gboolean
is_omitted (const EntConnectorOperation *operation,
            const char                  *path)
{
  for (char **omit = operation->omit; omit != NULL && *omit != NULL; omit++)
    if (g_str_has_prefix (path, *omit) && strchr ("/", path[strlen (*omit)]) != NULL)
      return TRUE;
  return FALSE;
}

static JsonNode *
make_whole (const EntConnectorDraft     *self,
            const EntConnectorOperation *operation)
{
  JsonNode *body = ent_json_copy (self->body);

  for (char **omit = operation->omit; omit != NULL && *omit != NULL; omit++)
    {
      g_auto (GStrv) steps = ent_json_pointer_split (*omit);

      omit_steps (body, steps);
    }
  return body;
}

/* --- Changes ------------------------------------------------------------------------------------------------------- */

/* Where @path enters a list, that list: patches replace lists as a whole. */
static char *
cut_at_list (const char *path,
             JsonNode   *body,
             JsonNode   *base)
{
  for (const char *slash = strchr (path + 1, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *parent = g_strndup (path, (gsize) (slash - path));
      JsonNode *now = ent_json_pointer_get (body, parent);
      JsonNode *before = base != NULL ? ent_json_pointer_get (base, parent) : NULL;

      if ((now != NULL && JSON_NODE_HOLDS_ARRAY (now)) || (before != NULL && JSON_NODE_HOLDS_ARRAY (before)))
        return g_steal_pointer (&parent);
    }
  return g_strdup (path);
}

/* The outermost place around @path that @base lacks: only into what is there can something be added. */
static char *
climb (const char *path,
       JsonNode   *base)
{
  for (const char *slash = strchr (path + 1, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      g_autofree char *parent = g_strndup (path, (gsize) (slash - path));
      JsonNode *node = base != NULL ? ent_json_pointer_get (base, parent) : NULL;

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return g_steal_pointer (&parent);
    }
  return g_strdup (path);
}

/* What stands for "nothing here" in the portal; NULL when the place is left out. */
static JsonNode *
make_nothing (const EntConnectorObject *object)
{
  if (object->clear == ENT_CONNECTOR_CLEAR_EMPTY_TEXT)
    return ent_json_new_text ("");
  return object->clear == ENT_CONNECTOR_CLEAR_NULL ? json_node_init_null (json_node_alloc ()) : NULL;
}

static JsonNode *
make_changes (const EntConnectorDraft     *self,
              const EntConnectorObject    *object,
              const EntConnectorOperation *operation,
              JsonNode                    *base)
{
  JsonNode *changes = ent_json_new_object ();

  for (guint i = 0; i < self->changed->len; i++)
    {
      g_autofree char *path = cut_at_list (self->changed->pdata[i], self->body, base);
      JsonNode *now = ent_json_pointer_get (self->body, path);
      JsonNode *value = now != NULL                                      ? ent_json_copy (now)
                        : object->write == ENT_CONNECTOR_MERGE_PATCH ? json_node_init_null (json_node_alloc ())
                                                                     : make_nothing (object);

      if (value != NULL && !is_omitted (operation, path))
        ent_json_pointer_set (changes, path, value);
      else
        g_clear_pointer (&value, json_node_unref);
    }
  return changes;
}

static void
add_step (JsonArray  *steps,
          const char *op,
          const char *path,
          JsonNode   *value)
{
  JsonObject *step = json_object_new ();

  json_object_set_string_member (step, "op", op);
  json_object_set_string_member (step, "path", path);
  if (value != NULL)
    json_object_set_member (step, "value", value);
  json_array_add_object_element (steps, step);
}

static JsonNode *
make_json_patch (const EntConnectorDraft     *self,
                 const EntConnectorObject    *object,
                 const EntConnectorOperation *operation,
                 JsonNode                    *base)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonNode *patch = ent_json_new_array ();

  for (guint i = 0; i < self->changed->len; i++)
    {
      g_autofree char *list = cut_at_list (self->changed->pdata[i], self->body, base);
      char *path = climb (list, base);
      JsonNode *now = ent_json_pointer_get (self->body, path);
      gboolean was = base != NULL && ent_json_pointer_get (base, path) != NULL;
      JsonNode *value = now != NULL ? ent_json_copy (now) : make_nothing (object);

      if (!g_hash_table_add (done, path) || is_omitted (operation, path) || (now == NULL && !was))
        g_clear_pointer (&value, json_node_unref);
      else
        add_step (json_node_get_array (patch), value == NULL ? "remove" : was ? "replace" : "add", path, value);
    }
  return patch;
}

JsonNode *
ent_connector_draft_make_body (const EntConnectorDraft     *self,
                               const EntConnectorObject    *object,
                               const EntConnectorOperation *operation,
                               JsonNode                    *base)
{
  if (base == NULL || g_str_equal (operation->name, "create"))
    return make_whole (self, operation);
  switch ((EntConnectorWrite) object->write)
    {
    case ENT_CONNECTOR_MERGE_PATCH:
    case ENT_CONNECTOR_CHANGED_PROPERTIES:
      return make_changes (self, object, operation, base);
    case ENT_CONNECTOR_JSON_PATCH:
      return make_json_patch (self, object, operation, base);
    case ENT_CONNECTOR_FULL_REPLACE:
      break;
    }
  return make_whole (self, operation);
}
