/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-private.h"

#include "sync/ent-json-pointer.h"

/* The published schema, made from the table that the program reads by, so that the two never differ. */

static void add_shape (JsonObject           *definitions,
                       const ConnectorShape *shape);

static void
set_type (JsonObject *schema,
          const char *type)
{
  json_object_set_string_member (schema, "type", type);
}

static JsonObject *
add_object (JsonObject *parent,
            const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (parent, name, object);
  return object;
}

static void
set_reference (JsonObject           *schema,
               const ConnectorShape *shape)
{
  g_autofree char *reference = g_strconcat ("#/$defs/", shape->name, NULL);

  json_object_set_string_member (schema, "$ref", reference);
}

static void
describe_texts (JsonObject *schema,
                gboolean    is_pointer)
{
  g_autoptr (JsonArray) types = json_array_new ();
  JsonObject *items = add_object (schema, "items");

  json_array_add_string_element (types, "string");
  json_array_add_string_element (types, "array");
  json_object_set_array_member (schema, "type", g_steal_pointer (&types));
  set_type (items, "string");
  if (is_pointer)
    json_object_set_string_member (items, "format", "json-pointer");
}

static void
describe_enum (JsonObject         *schema,
               const char * const *names)
{
  JsonArray *choices = json_array_new ();

  for (; *names != NULL; names++)
    json_array_add_string_element (choices, *names);
  json_object_set_array_member (schema, "enum", choices);
}

static void
describe_int (JsonObject            *schema,
              const ConnectorMember *member)
{
  set_type (schema, "integer");
  json_object_set_int_member (schema, "minimum", member->min);
  if (member->max != 0 || member->min != 0)
    json_object_set_int_member (schema, "maximum", member->max);
}

static void
describe_named (JsonObject            *schema,
                const ConnectorMember *member)
{
  JsonObject *values = add_object (schema, "additionalProperties");

  set_type (schema, "object");
  if (member->type == MEMBER_PAIRS)
    set_type (values, "string");
  else if (member->type == MEMBER_SETS)
    describe_texts (values, FALSE);
  else
    {
      set_reference (values, member->shape);
      json_object_set_string_member (add_object (schema, "propertyNames"), "pattern", member->pattern);
    }
}

static void
describe_text (JsonObject            *schema,
               const ConnectorMember *member)
{
  set_type (schema, "string");
  if (member->type == MEMBER_POINTER)
    json_object_set_string_member (schema, "format", "json-pointer");
  if (member->type == MEMBER_URL)
    json_object_set_string_member (schema, "pattern", "^https?://");
  if (member->pattern != NULL)
    json_object_set_string_member (schema, "pattern", member->pattern);
}

static void
describe (JsonObject            *schema,
          const ConnectorMember *member)
{
  switch (member->type)
    {
    case MEMBER_TEXT:
    case MEMBER_URL:
    case MEMBER_POINTER:
      describe_text (schema, member);
      break;
    case MEMBER_TEXTS:
    case MEMBER_POINTERS:
      describe_texts (schema, member->type == MEMBER_POINTERS);
      break;
    case MEMBER_ENUM:
      describe_enum (schema, member->names);
      break;
    case MEMBER_BOOL:
      set_type (schema, "boolean");
      break;
    case MEMBER_INT:
      describe_int (schema, member);
      break;
    case MEMBER_NODE:
      break;
    case MEMBER_PAIRS:
    case MEMBER_SETS:
    case MEMBER_NAMED:
      describe_named (schema, member);
      break;
    case MEMBER_LIST:
      set_type (schema, "array");
      set_reference (add_object (schema, "items"), member->shape);
      break;
    case MEMBER_OBJECT:
      set_reference (schema, member->shape);
      break;
    }
  json_object_set_string_member (schema, "description", member->help);
}

static void
fill_shape (JsonObject           *schema,
            const ConnectorShape *shape,
            JsonObject           *definitions)
{
  g_autoptr (JsonArray) required = json_array_new ();
  JsonObject *properties = json_object_new ();

  json_object_set_string_member (schema, "description", shape->help);
  set_type (schema, "object");
  json_object_set_boolean_member (schema, "additionalProperties", FALSE);
  for (const ConnectorMember *member = shape->members; member->name != NULL; member++)
    {
      if (member->help == NULL)
        continue;
      describe (add_object (properties, member->name), member);
      if (member->required)
        json_array_add_string_element (required, member->name);
      if (member->shape != NULL)
        add_shape (definitions, member->shape);
    }
  if (json_array_get_length (required) > 0)
    json_object_set_array_member (schema, "required", g_steal_pointer (&required));
  json_object_set_object_member (schema, "properties", properties);
}

static void
add_shape (JsonObject           *definitions,
           const ConnectorShape *shape)
{
  if (!json_object_has_member (definitions, shape->name))
    fill_shape (add_object (definitions, shape->name), shape, definitions);
}

char *
ent_connector_dup_schema (void)
{
  g_autoptr (JsonNode) root = ent_json_new_object ();
  g_autofree char *text = NULL;
  JsonObject *schema = json_node_get_object (root);
  JsonObject *definitions = json_object_new ();

  json_object_set_string_member (schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_object_set_string_member (schema, "title", "Entente connector");
  fill_shape (schema, &connector_shape, definitions);
  json_object_set_object_member (schema, "$defs", definitions);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
