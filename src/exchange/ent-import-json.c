/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

/* A plan in JSON:
 *
 *   { "type": "organization", "columns": { "org_id": "ref", "name": "title", "rank": "" },
 *     "dates": { "joined": "dmy" }, "decimals": { "revenue": "," }, "keys": [ "ref" ],
 *     "create_missing": "organization", "add_choices": true, "default_currency": "EUR" }
 */

static const char * const orders[] = { NULL, "dmy", "mdy", "ymd" };

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_columns (JsonBuilder         *builder,
             const EntImportPlan *self)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *target = ent_import_plan_dup_target (self, i);

      add_text (builder, self->columns[i].name, target);
    }
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "dates");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->n_columns; i++)
    if (orders[self->columns[i].date_order] != NULL)
      add_text (builder, self->columns[i].name, orders[self->columns[i].date_order]);
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "decimals");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].decimal_point != 0)
      add_text (builder, self->columns[i].name,
                (const char[]) { self->columns[i].decimal_point, '\0' });
  json_builder_end_object (builder);
}

static void
add_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     flag)
{
  if (!flag)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

char *
ent_import_plan_to_json (const EntImportPlan *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "type", self->type->info->name);
  add_columns (builder, self);
  if (self->keys != NULL)
    {
      json_builder_set_member_name (builder, "keys");
      json_builder_begin_array (builder);
      for (char **key = self->keys; *key != NULL; key++)
        json_builder_add_string_value (builder, *key);
      json_builder_end_array (builder);
    }
  if (self->options.create_missing != NULL)
    add_text (builder, "create_missing", self->options.create_missing);
  if (self->options.default_currency != NULL)
    add_text (builder, "default_currency", self->options.default_currency);
  add_flag (builder, "skip_missing", self->options.skip_missing);
  add_flag (builder, "add_choices", self->options.add_choices);
  add_flag (builder, "clear_empty", self->options.clear_empty);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* --- And back --------------------------------------------------------------------------------- */

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A field that is gone leaves its column out; the rest of the plan still serves. */
static void
apply_columns (EntImportPlan *self,
               JsonObject    *root)
{
  JsonObject *columns = get_object (root, "columns");
  JsonObject *dates = get_object (root, "dates");
  JsonObject *decimals = get_object (root, "decimals");

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *target = get_text (columns, self->columns[i].name);
      const char *order = get_text (dates, self->columns[i].name);
      const char *point = get_text (decimals, self->columns[i].name);

      if (target != NULL && ent_import_plan_set_target (self, i, target, NULL))
        self->columns[i].match = ENT_MATCH_REMEMBERED;
      for (guint j = 1; j < G_N_ELEMENTS (orders); j++)
        if (g_strcmp0 (order, orders[j]) == 0)
          self->columns[i].date_order = (EntDateOrder) j;
      if (point != NULL && (point[0] == '.' || point[0] == ','))
        self->columns[i].decimal_point = point[0];
    }
}

static void
apply_keys (EntImportPlan *self,
            JsonObject    *root)
{
  JsonNode *node = json_object_get_member (root, "keys");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = NULL;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      ent_import_plan_set_keys (self, NULL, NULL);
      return;
    }
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *key = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (key) && json_node_get_value_type (key) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (key));
    }
  keys = g_strv_builder_end (builder);
  ent_import_plan_set_keys (self, (const char * const *) keys, NULL);
}

gboolean
ent_import_plan_apply_json (EntImportPlan *self,
                            const char    *json,
                            GError       **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) cause = NULL;
  JsonNode *node;
  JsonObject *root;
  EntImportOptions options;

  if (!json_parser_load_from_data (parser, json, -1, &cause) ||
      (node = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (node) ||
      g_strcmp0 (get_text (json_node_get_object (node), "type"), self->type->info->name) != 0)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("This is no mapping for %s; save one from an import of the same type"),
                   ent_record_type_get_label (self->type, TRUE));
      return FALSE;
    }
  root = json_node_get_object (node);
  apply_columns (self, root);
  apply_keys (self, root);
  options = (EntImportOptions) {
    .create_missing = get_text (root, "create_missing"),
    .skip_missing = get_flag (root, "skip_missing"),
    .add_choices = get_flag (root, "add_choices"),
    .clear_empty = get_flag (root, "clear_empty"),
    .default_currency = get_text (root, "default_currency"),
  };
  return ent_import_plan_set_options (self, &options, error);
}

/* --- From one file to the next ---------------------------------------------------------------- */

/* Files with the same type and the same header are read alike. */
static char *
dup_setting_name (const EntImportPlan *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < self->n_columns; i++)
    g_checksum_update (checksum, (const guint8 *) self->columns[i].name,
                       (gssize) strlen (self->columns[i].name) + 1);
  return g_strdup_printf ("import.%s.%.16s", self->type->info->name,
                          g_checksum_get_string (checksum));
}

gboolean
ent_import_plan_remember (const EntImportPlan *self,
                          EntStore            *store,
                          GError             **error)
{
  g_autofree char *name = dup_setting_name (self);
  g_autofree char *json = ent_import_plan_to_json (self);

  return ent_store_set_setting (store, name, json, error);
}

gboolean
ent_import_plan_recall (EntImportPlan *self,
                        EntStore      *store)
{
  g_autofree char *name = dup_setting_name (self);
  g_autofree char *json = ent_store_dup_setting (store, name);

  return json != NULL && ent_import_plan_apply_json (self, json, NULL);
}
