/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-json-pointer.h"

#include <string.h>

#define MAX_INDEX 999

/* --- Values --------------------------------------------------------------------------------------------- */

/* The shortest that reads back as the same number: 99.99, where json-glib writes 99.989999999999995, which a portal that counts
 * in decimals would keep. */
static void
write_double (GString *text,
              double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], number);
      if (!(g_ascii_strtod (buffer, NULL) < number) && !(g_ascii_strtod (buffer, NULL) > number))
        break;
    }
  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void write_node (GString  *text,
                        JsonNode *node);

static void
write_object (GString    *text,
              JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autoptr (JsonNode) key = ent_json_new_text (name);

      if (!is_first)
        g_string_append_c (text, ',');
      is_first = FALSE;
      write_node (text, key);
      g_string_append_c (text, ':');
      write_node (text, member);
    }
  g_string_append_c (text, '}');
}

static void
write_array (GString   *text,
             JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      write_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
write_node (GString  *text,
            JsonNode *node)
{
  g_autofree char *value = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (text, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (text, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    write_double (text, json_node_get_double (node));
  else
    {
      value = json_to_string (node, FALSE);
      g_string_append (text, value);
    }
}

char *
ent_json_write (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  write_node (text, node);
  return g_string_free_and_steal (text);
}

static JsonNode *
copy_object (JsonObject *object)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (copy, name, ent_json_copy (member));
  return json_node_init_object (json_node_alloc (), copy);
}

JsonNode *
ent_json_copy (JsonNode *node)
{
  g_autoptr (JsonArray) copy = NULL;
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return copy_object (json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  array = json_node_get_array (node);
  copy = json_array_sized_new (json_array_get_length (array));
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (copy, ent_json_copy (json_array_get_element (array, i)));
  return json_node_init_array (json_node_alloc (), copy);
}

JsonNode *
ent_json_new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

JsonNode *
ent_json_new_object (void)
{
  g_autoptr (JsonObject) object = json_object_new ();

  return json_node_init_object (json_node_alloc (), object);
}

JsonNode *
ent_json_new_array (void)
{
  g_autoptr (JsonArray) array = json_array_new ();

  return json_node_init_array (json_node_alloc (), array);
}

const char *
ent_json_get_text (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

char *
ent_json_dup_text (JsonNode *node)
{
  const char *text = ent_json_get_text (node);

  if (text != NULL)
    return g_strdup (text);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? ent_json_write (node) : NULL;
}

gboolean
ent_json_is_empty (JsonNode *node)
{
  const char *text = ent_json_get_text (node);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || (text != NULL && *text == '\0'))
    return TRUE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == 0;
  return JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) == 0;
}

/* --- Places --------------------------------------------------------------------------------------------- */

/* A position in a list: digits without a leading zero (RFC 6901, section 4). */
static gboolean
read_index (const char *step,
            guint      *index)
{
  guint64 read = 0;

  if (step[0] == '\0' || strlen (step) > 3 || (step[0] == '0' && step[1] != '\0') ||
      strspn (step, "0123456789") != strlen (step))
    return FALSE;
  read = g_ascii_strtoull (step, NULL, 10);
  *index = (guint) read;
  return read <= MAX_INDEX;
}

gboolean
ent_json_pointer_is_valid (const char *pointer)
{
  if (*pointer != '\0' && *pointer != '/')
    return FALSE;
  for (const char *p = pointer; *p != '\0'; p++)
    if (*p == '~' && p[1] != '0' && p[1] != '1')
      return FALSE;
  return TRUE;
}

char **
ent_json_pointer_split (const char *pointer)
{
  char **steps = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (steps);

  if (n > 0)
    {
      g_free (steps[0]); /* what stands before the first slash: nothing */
      memmove (steps, steps + 1, n * sizeof *steps);
    }

  for (char **step = steps; *step != NULL; step++)
    {
      char *to = *step;

      for (const char *from = *step; *from != '\0'; from++)
        if (*from == '~' && (from[1] == '0' || from[1] == '1'))
          *to++ = *++from == '0' ? '~' : '/';
        else
          *to++ = *from;
      *to = '\0';
    }
  return steps;
}

char *
ent_json_pointer_append (const char *pointer,
                         const char *step)
{
  GString *text = g_string_new (pointer);

  g_string_append_c (text, '/');
  for (; *step != '\0'; step++)
    if (*step == '~' || *step == '/')
      g_string_append (text, *step == '~' ? "~0" : "~1");
    else
      g_string_append_c (text, *step);
  return g_string_free_and_steal (text);
}

static JsonNode *
get_step (JsonNode   *node,
          const char *step)
{
  guint index;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), step);
  if (JSON_NODE_HOLDS_ARRAY (node) && read_index (step, &index) &&
      index < json_array_get_length (json_node_get_array (node)))
    return json_array_get_element (json_node_get_array (node), index);
  return NULL;
}

JsonNode *
ent_json_pointer_get (JsonNode   *root,
                      const char *pointer)
{
  g_auto (GStrv) steps = NULL;
  JsonNode *node = root;

  if (*pointer == '\0')
    return root;
  steps = ent_json_pointer_split (pointer);
  for (char **step = steps; *step != NULL && node != NULL; step++)
    node = get_step (node, *step);
  return node;
}

/* json-glib cannot put an element between others: what comes after is taken out and put back. */
static void
put_element (JsonArray *array,
             guint      index,
             JsonNode  *value)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();

  while (json_array_get_length (array) < index)
    json_array_add_null_element (array);
  if (index < json_array_get_length (array))
    json_array_remove_element (array, index);
  while (json_array_get_length (array) > index)
    {
      g_ptr_array_add (rest, json_array_dup_element (array, index));
      json_array_remove_element (array, index);
    }
  json_array_add_element (array, value);
  for (guint i = 0; i < rest->len; i++)
    json_array_add_element (array, rest->pdata[i]);
}

/* Whether @node can hold a member or an element @step. */
static gboolean
can_hold (JsonNode   *node,
          const char *step)
{
  guint index;

  return node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || (JSON_NODE_HOLDS_ARRAY (node) && read_index (step, &index)));
}

static void
put_step (JsonNode   *parent,
          const char *step,
          JsonNode   *value)
{
  guint index = 0;

  if (JSON_NODE_HOLDS_OBJECT (parent))
    json_object_set_member (json_node_get_object (parent), step, value);
  else if (read_index (step, &index))
    put_element (json_node_get_array (parent), index, value);
}

static JsonNode *
new_container (const char *first_step)
{
  guint index;

  return read_index (first_step, &index) ? ent_json_new_array () : ent_json_new_object ();
}

void
ent_json_pointer_set (JsonNode   *root,
                      const char *pointer,
                      JsonNode   *value)
{
  g_auto (GStrv) steps = ent_json_pointer_split (pointer);
  JsonNode *node = root;
  guint i = 0;

  g_return_if_fail (JSON_NODE_HOLDS_OBJECT (root) && steps[0] != NULL);
  for (; steps[i + 1] != NULL; i++)
    {
      if (!can_hold (get_step (node, steps[i]), steps[i + 1]))
        put_step (node, steps[i], new_container (steps[i + 1]));
      node = get_step (node, steps[i]);
    }
  put_step (node, steps[i], value);
}

static gboolean
remove_step (JsonNode *node,
             char    **steps)
{
  JsonNode *next = steps[0] != NULL ? get_step (node, steps[0]) : NULL;
  guint index = 0;

  if (next == NULL || (steps[1] != NULL && !remove_step (next, steps + 1)))
    return FALSE;
  if (steps[1] != NULL && !ent_json_is_empty (next))
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_remove_member (json_node_get_object (node), steps[0]);
  else if (read_index (steps[0], &index))
    json_array_remove_element (json_node_get_array (node), index);
  return TRUE;
}

gboolean
ent_json_pointer_remove (JsonNode   *root,
                         const char *pointer)
{
  g_auto (GStrv) steps = ent_json_pointer_split (pointer);

  return remove_step (root, steps);
}
