/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <string.h>

#include "sync/ent-json-pointer.h"

/* Texts with {names} in them, which a request fills in. */

static void
add_text_names (const char *text,
                GPtrArray  *names)
{
  for (const char *p = text; (p = strchr (p, '{')) != NULL;)
    {
      const char *end = p[1] != '{' ? strchr (p, '}') : NULL;

      if (p[1] == '{')
        end = p + 1;
      else
        g_ptr_array_add (names, end != NULL ? g_strndup (p + 1, (gsize) (end - p - 1)) : g_strdup ("{"));
      if (end == NULL)
        return;
      p = end + 1;
    }
}

void
template_node_add_names (JsonNode  *node,
                         GPtrArray *names)
{
  const char *text = ent_json_get_text (node);
  JsonObjectIter iter;
  JsonNode *member;

  if (text != NULL)
    add_text_names (text, names);
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      template_node_add_names (json_array_get_element (json_node_get_array (node), i), names);
  else if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, NULL, &member))
        template_node_add_names (member, names);
    }
}

char *
template_fill (const char *text,
               GHashTable *variables,
               gboolean    is_address)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' && text[1] != '{' ? strchr (text, '}') : NULL;
      g_autofree char *name = end != NULL ? g_strndup (text + 1, (gsize) (end - text - 1)) : NULL;
      const char *value = name != NULL ? g_hash_table_lookup (variables, name) : NULL;

      if (end == NULL)
        {
          text += *text == '{' && text[1] == '{';
          g_string_append_c (filled, *text++);
          continue;
        }
      if (value != NULL && is_address)
        g_string_append_uri_escaped (filled, value, NULL, FALSE);
      else if (value != NULL)
        g_string_append (filled, value);
      text = end + 1;
    }
  return g_string_free_and_steal (filled);
}

static gboolean
is_one_name (const char *text)
{
  return text[0] == '{' && text[1] != '{' && strchr (text, '}') == text + strlen (text) - 1;
}

JsonNode *
template_fill_node (JsonNode   *node,
                    GHashTable *variables)
{
  g_autoptr (JsonNode) copy = ent_json_copy (node);
  const char *text = ent_json_get_text (copy);
  g_autofree char *filled = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (text != NULL)
    {
      filled = template_fill (text, variables, FALSE);
      return is_one_name (text) && (g_str_equal (filled, "true") || g_str_equal (filled, "false"))
               ? json_node_init_boolean (json_node_alloc (), g_str_equal (filled, "true"))
               : ent_json_new_text (filled);
    }
  if (JSON_NODE_HOLDS_ARRAY (copy))
    {
      g_autoptr (JsonArray) array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (array, template_fill_node (json_array_get_element (json_node_get_array (node), i),
                                                           variables));
      json_node_set_array (copy, array);
    }
  else if (JSON_NODE_HOLDS_OBJECT (copy))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (json_node_get_object (copy), name, template_fill_node (member, variables));
    }
  return g_steal_pointer (&copy);
}
