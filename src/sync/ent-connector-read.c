/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* Reads JSON into structs by the table of the format, and frees them by it. */

typedef struct
{
  const char *name;
  GString    *place;
  GError    **error;
} Reader;

static gboolean read_shape (Reader               *self,
                            const ConnectorShape *shape,
                            JsonNode             *node,
                            gpointer              target);

gboolean
connector_fail (GError    **error,
                const char *name,
                const char *place,
                const char *format,
                ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_FORMAT, _("“%s”, %s: %s"), name,
               *place != '\0' ? place : "/", what);
  return FALSE;
}

static gboolean
fail (Reader     *self,
      const char *what)
{
  return connector_fail (self->error, self->name, self->place->str, "%s", what);
}

/* Goes down one step; what it returns is given to leave(). */
static gsize
enter (Reader     *self,
       const char *step)
{
  gsize length = self->place->len;
  g_autofree char *place = ent_json_pointer_append (self->place->str, step);

  g_string_assign (self->place, place);
  return length;
}

static void
leave (Reader *self,
       gsize   length)
{
  g_string_truncate (self->place, length);
}

static gboolean
fail_choice (Reader             *self,
             const char         *text,
             const char * const *names)
{
  g_autofree char *all = g_strjoinv (", ", (char **) (**names == '\0' ? names + 1 : names));

  return connector_fail (self->error, self->name, self->place->str, _("“%s” is not known; write one of %s."), text, all);
}

static gboolean
is_address (const char *text)
{
  static const char * const here[] = { "http://127.0.0.1", "http://localhost", "http://[::1]" };

  if (g_str_has_prefix (text, "https://") && text[8] != '\0' && text[8] != '/')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (here); i++)
    if (g_str_has_prefix (text, here[i]) && strchr (":/", text[strlen (here[i])]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
check_text (Reader                *self,
            const ConnectorMember *member,
            const char            *text)
{
  if ((member->type == MEMBER_POINTER || member->type == MEMBER_POINTERS) && !ent_json_pointer_is_valid (text))
    return connector_fail (self->error, self->name, self->place->str,
                           _("“%s” is not a place; write it as /member/member, a list's first item as /member/0."), text);
  if (member->type == MEMBER_URL && !is_address (text))
    return connector_fail (self->error, self->name, self->place->str,
                           _("“%s” is not a safe address; write one that begins with https://."), text);
  if (member->type == MEMBER_TEXT && member->pattern != NULL && !g_regex_match_simple (member->pattern, text, 0, 0))
    return connector_fail (self->error, self->name, self->place->str,
                           _("“%s” is not a name; write lower-case letters, digits and hyphens, a letter first."), text);
  return TRUE;
}

static gboolean
read_text (Reader                *self,
           const ConnectorMember *member,
           JsonNode              *node,
           char                 **target)
{
  const char *text = ent_json_get_text (node);

  if (text == NULL)
    return fail (self, _("write a text in quotation marks here."));
  if (!check_text (self, member, text))
    return FALSE;
  *target = g_strdup (text);
  return TRUE;
}

static gboolean
read_texts (Reader                *self,
            const ConnectorMember *member,
            JsonNode              *node,
            char                ***target)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = array != NULL ? json_array_get_length (array) : 1;
  char **texts = g_new0 (char *, n + 1);

  *target = texts;
  for (guint i = 0; i < n; i++)
    {
      const char *text = ent_json_get_text (array != NULL ? json_array_get_element (array, i) : node);

      if (text == NULL)
        return fail (self, _("write a text or a list of texts here."));
      if (!check_text (self, member, text))
        return FALSE;
      texts[i] = g_strdup (text);
    }
  return TRUE;
}

static gboolean
read_enum (Reader                *self,
           const ConnectorMember *member,
           JsonNode              *node,
           int                   *target)
{
  const char *text = ent_json_get_text (node);

  for (int i = 0; text != NULL && member->names[i] != NULL; i++)
    if (g_str_equal (text, member->names[i]))
      {
        *target = i;
        return TRUE;
      }
  return fail_choice (self, text != NULL ? text : "", member->names);
}

static gboolean
read_int (Reader                *self,
          const ConnectorMember *member,
          JsonNode              *node,
          gint64                *target)
{
  gint64 max = member->max == 0 && member->min == 0 ? G_MAXINT64 : member->max;
  gint64 value = 0;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (self, _("write a whole number here, without quotation marks."));
  value = json_node_get_int (node);
  if (value < member->min || value > max)
    return connector_fail (self->error, self->name, self->place->str,
                           _("write a whole number from %ld to %ld here."), (glong) member->min, (glong) max);
  *target = value;
  return TRUE;
}

static gboolean
read_bool (Reader   *self,
           JsonNode *node,
           gboolean *target)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (self, _("write true or false here, without quotation marks."));
  *target = json_node_get_boolean (node);
  return TRUE;
}

/* --- What holds others ---------------------------------------------------------------------------------- */

static void
free_pair (gpointer data)
{
  EntConnectorPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

static void
free_set (gpointer data)
{
  EntConnectorSet *set = data;

  g_free (set->name);
  g_strfreev (set->values);
  g_free (set);
}

static gboolean
read_one_named (Reader                *self,
                const ConnectorMember *member,
                const char            *name,
                JsonNode              *node,
                GPtrArray             *into)
{
  gpointer item;

  if (member->type == MEMBER_PAIRS)
    {
      EntConnectorPair *pair = g_new0 (EntConnectorPair, 1);

      g_ptr_array_add (into, pair);
      pair->name = g_strdup (name);
      return read_text (self, member, node, &pair->value);
    }
  if (member->type == MEMBER_SETS)
    {
      EntConnectorSet *set = g_new0 (EntConnectorSet, 1);

      g_ptr_array_add (into, set);
      set->name = g_strdup (name);
      return read_texts (self, member, node, &set->values);
    }
  if (!g_regex_match_simple (member->pattern, name, 0, 0))
    return connector_fail (self->error, self->name, self->place->str,
                           _("“%s” is not a name; write letters, digits, hyphens and underscores, a letter first."), name);
  item = g_malloc0 (member->shape->size);
  g_ptr_array_add (into, item);
  *(char **) item = g_strdup (name);
  return read_shape (self, member->shape, node, item);
}

static gboolean
read_named (Reader                *self,
            const ConnectorMember *member,
            JsonNode              *node,
            GPtrArray             *into)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (self, _("write { \"name\": … } here."));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      gsize length = enter (self, name);

      if (!read_one_named (self, member, name, value, into))
        return FALSE;
      leave (self, length);
    }
  return TRUE;
}

static gboolean
read_list (Reader                *self,
           const ConnectorMember *member,
           JsonNode              *node,
           GPtrArray             *into)
{
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (self, _("write a list in [ ] here."));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      char step[16];
      gsize length;
      gpointer item = g_malloc0 (member->shape->size);

      g_snprintf (step, sizeof step, "%u", i);
      length = enter (self, step);
      g_ptr_array_add (into, item);
      if (!read_shape (self, member->shape, json_array_get_element (json_node_get_array (node), i), item))
        return FALSE;
      leave (self, length);
    }
  return TRUE;
}

static gboolean
read_member (Reader                *self,
             const ConnectorMember *member,
             JsonNode              *node,
             gpointer               slot)
{
  switch (member->type)
    {
    case MEMBER_TEXT:
    case MEMBER_URL:
    case MEMBER_POINTER:
      return read_text (self, member, node, slot);
    case MEMBER_TEXTS:
    case MEMBER_POINTERS:
      return read_texts (self, member, node, slot);
    case MEMBER_ENUM:
      return read_enum (self, member, node, slot);
    case MEMBER_BOOL:
      return read_bool (self, node, slot);
    case MEMBER_INT:
      return read_int (self, member, node, slot);
    case MEMBER_NODE:
      *(JsonNode **) slot = ent_json_copy (node);
      return TRUE;
    case MEMBER_PAIRS:
    case MEMBER_SETS:
    case MEMBER_NAMED:
      return read_named (self, member, node, *(GPtrArray **) slot);
    case MEMBER_LIST:
      return read_list (self, member, node, *(GPtrArray **) slot);
    case MEMBER_OBJECT:
      *(gpointer *) slot = g_malloc0 (member->shape->size);
      return read_shape (self, member->shape, node, *(gpointer *) slot);
    }
  return FALSE;
}

static const ConnectorMember *
find_member (const ConnectorShape *shape,
             const char           *name)
{
  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    if (member->help != NULL && g_str_equal (member->name, name))
      return member;
  return NULL;
}

static gboolean
fail_unknown (Reader               *self,
              const ConnectorShape *shape)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *all = NULL;

  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    if (member->help != NULL)
      g_ptr_array_add (names, (char *) member->name);
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (", ", (char **) names->pdata);
  return connector_fail (self->error, self->name, self->place->str, _("this member is not known; those known here are %s."),
                         all);
}

static void
free_with_shape (gpointer item,
                 gpointer shape)
{
  connector_clear (shape, item);
  g_free (item);
}

/* Lists are never NULL, so that nobody has to ask. */
static void
init_shape (const ConnectorShape *shape,
            gpointer              target)
{
  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    if (member->type == MEMBER_LIST || member->type == MEMBER_NAMED)
      G_STRUCT_MEMBER (GPtrArray *, target, member->offset) = g_ptr_array_new ();
    else if (member->type == MEMBER_PAIRS || member->type == MEMBER_SETS)
      G_STRUCT_MEMBER (GPtrArray *, target, member->offset) =
        g_ptr_array_new_with_free_func (member->type == MEMBER_PAIRS ? free_pair : free_set);
}

static gboolean
check_required (Reader               *self,
                const ConnectorShape *shape,
                JsonObject           *object)
{
  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    if (member->required && !json_object_has_member (object, member->name))
      return connector_fail (self->error, self->name, self->place->str, _("“%s” is missing; add it."), member->name);
  return TRUE;
}

static gboolean
read_shape (Reader               *self,
            const ConnectorShape *shape,
            JsonNode             *node,
            gpointer              target)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  init_shape (shape, target);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (self, _("write an object in { } here."));
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      const ConnectorMember *member = find_member (shape, name);
      gsize length = enter (self, name);

      if (member == NULL)
        return fail_unknown (self, shape);
      if (!read_member (self, member, value, G_STRUCT_MEMBER_P (target, member->offset)))
        return FALSE;
      leave (self, length);
    }
  return check_required (self, shape, json_node_get_object (node));
}

gboolean
connector_read (const ConnectorShape *shape,
                JsonNode             *node,
                const char           *name,
                gpointer              target,
                GError              **error)
{
  g_autoptr (GString) place = g_string_new (NULL);
  Reader self = { name, place, error };

  return read_shape (&self, shape, node, target);
}

static void
clear_member (const ConnectorMember *member,
              gpointer               slot)
{
  switch (member->type)
    {
    case MEMBER_TEXT:
    case MEMBER_URL:
    case MEMBER_POINTER:
      g_free (*(char **) slot);
      break;
    case MEMBER_TEXTS:
    case MEMBER_POINTERS:
      g_strfreev (*(char ***) slot);
      break;
    case MEMBER_NODE:
      g_clear_pointer ((JsonNode **) slot, json_node_unref);
      break;
    case MEMBER_LIST:
    case MEMBER_NAMED:
      g_ptr_array_foreach (*(GPtrArray **) slot, free_with_shape, (gpointer) member->shape);
      G_GNUC_FALLTHROUGH;
    case MEMBER_PAIRS:
    case MEMBER_SETS:
      g_ptr_array_unref (*(GPtrArray **) slot);
      break;
    case MEMBER_OBJECT:
      if (*(gpointer *) slot != NULL)
        free_with_shape (*(gpointer *) slot, (gpointer) member->shape);
      break;
    case MEMBER_ENUM:
    case MEMBER_BOOL:
    case MEMBER_INT:
      break;
    }
}

void
connector_clear (const ConnectorShape *shape,
                 gpointer              target)
{
  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    clear_member (member, G_STRUCT_MEMBER_P (target, member->offset));
}
