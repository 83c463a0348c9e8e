/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* Checks bodies against the published service models of AWS: required and unknown members, types, lengths, patterns,
 * choices. */

typedef struct
{
  JsonNode   *root;
  JsonObject *shapes;
} AwsModel;

/* NULL with the test skipped when the folder `shared` is not there. */
static AwsModel *
aws_model_load (const char *path)
{
  const char *shared = g_getenv ("ENTENTE_SHARED");
  g_autofree char *file = shared != NULL ? g_build_filename (shared, "portals", "aws", path, "service-2.json", NULL) : NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  AwsModel *model;
  gsize length;

  if (file == NULL || !g_file_get_contents (file, &text, &length, NULL))
    {
      g_test_skip ("the models of AWS are not in ENTENTE_SHARED");
      return NULL;
    }
  model = g_new0 (AwsModel, 1);
  model->root = ent_json_parse (text, (gssize) length, &error);
  g_assert_no_error (error);
  model->shapes = json_node_get_object (ent_json_pointer_get (model->root, "/shapes"));
  return model;
}

static void
aws_model_free (AwsModel *model)
{
  json_node_unref (model->root);
  g_free (model);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AwsModel, aws_model_free)

static void aws_check (AwsModel   *model,
                       const char *shape,
                       JsonNode   *node,
                       const char *place,
                       GString    *faults);

static void
aws_fault (GString    *faults,
           const char *place,
           const char *what)
{
  g_string_append_printf (faults, "%s: %s\n", *place != '\0' ? place : "/", what);
}

static void
aws_check_text (JsonObject *shape,
                JsonNode   *node,
                const char *place,
                GString    *faults)
{
  const char *text = ent_json_get_text (node);
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;
  gboolean is_choice = !json_object_has_member (shape, "enum");

  if (text == NULL)
    {
      aws_fault (faults, place, "not a text");
      return;
    }
  if (length < json_object_get_int_member_with_default (shape, "min", 0) ||
      length > json_object_get_int_member_with_default (shape, "max", G_MAXINT64))
    aws_fault (faults, place, "too short or too long");
  if (json_object_has_member (shape, "pattern"))
    {
      g_autofree char *whole = g_strdup_printf ("^(?:%s)$", json_object_get_string_member (shape, "pattern"));
      g_autoptr (GRegex) regex = g_regex_new (whole, G_REGEX_DOLLAR_ENDONLY, 0, NULL);

      g_assert_nonnull (regex);
      if (!g_regex_match (regex, text, 0, NULL))
        aws_fault (faults, place, text);
    }
  for (guint i = 0; !is_choice && i < json_array_get_length (json_object_get_array_member (shape, "enum")); i++)
    is_choice = g_str_equal (json_array_get_string_element (json_object_get_array_member (shape, "enum"), i), text);
  if (!is_choice)
    aws_fault (faults, place, "none of the choices");
}

static void
aws_check_list (AwsModel   *model,
                JsonObject *shape,
                JsonNode   *node,
                const char *place,
                GString    *faults)
{
  const char *member = json_object_get_string_member (json_object_get_object_member (shape, "member"), "shape");
  guint n;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      aws_fault (faults, place, "not a list");
      return;
    }
  n = json_array_get_length (json_node_get_array (node));
  if (n < json_object_get_int_member_with_default (shape, "min", 0) ||
      n > json_object_get_int_member_with_default (shape, "max", G_MAXINT64))
    aws_fault (faults, place, "too few or too many");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *at = g_strdup_printf ("%s/%u", place, i);

      aws_check (model, member, json_array_get_element (json_node_get_array (node), i), at, faults);
    }
}

static void
aws_check_structure (AwsModel   *model,
                     JsonObject *shape,
                     JsonNode   *node,
                     const char *place,
                     GString    *faults)
{
  JsonArray *required = json_object_has_member (shape, "required") ? json_object_get_array_member (shape, "required") : NULL;
  JsonObject *members = json_object_get_object_member (shape, "members");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      aws_fault (faults, place, "not an object");
      return;
    }
  if (json_object_get_boolean_member_with_default (shape, "document", FALSE))
    return;
  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    if (!json_object_has_member (json_node_get_object (node), json_array_get_string_element (required, i)))
      aws_fault (faults, place, json_array_get_string_element (required, i));
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &name, &value))
    {
      g_autofree char *at = g_strconcat (place, "/", name, NULL);

      if (json_object_has_member (members, name))
        aws_check (model, json_object_get_string_member (json_object_get_object_member (members, name), "shape"), value, at,
                   faults);
      else
        aws_fault (faults, at, "not a member");
    }
}

static void
aws_check (AwsModel   *model,
           const char *name,
           JsonNode   *node,
           const char *place,
           GString    *faults)
{
  JsonObject *shape = json_object_get_object_member (model->shapes, name);
  const char *type = json_object_get_string_member (shape, "type");

  if (g_str_equal (type, "structure"))
    aws_check_structure (model, shape, node, place, faults);
  else if (g_str_equal (type, "list"))
    aws_check_list (model, shape, node, place, faults);
  else if (g_str_equal (type, "string"))
    aws_check_text (shape, node, place, faults);
  else if (g_str_equal (type, "timestamp"))
    {
      const char *text = ent_json_get_text (node);

      if (text == NULL || !g_regex_match_simple ("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", text, 0, 0))
        aws_fault (faults, place, "not an instant");
    }
  else if (!JSON_NODE_HOLDS_VALUE (node) ||
           json_node_get_value_type (node) != (g_str_equal (type, "boolean") ? G_TYPE_BOOLEAN : G_TYPE_INT64))
    aws_fault (faults, place, type);
}

/* Fails the test, naming every fault, unless @body is a right request for @operation. */
static void
aws_model_assert (AwsModel   *model,
                  const char *operation,
                  JsonNode   *body)
{
  g_autofree char *place = g_strdup_printf ("/operations/%s/input/shape", operation);
  const char *shape = ent_json_get_text (ent_json_pointer_get (model->root, place));
  g_autoptr (GString) faults = g_string_new (NULL);
  g_autofree char *text = ent_json_write (body);

  g_assert_nonnull (shape);
  aws_check (model, shape, body, "", faults);
  if (faults->len > 0)
    g_error ("%s: %s\n%s", operation, text, faults->str);
}
