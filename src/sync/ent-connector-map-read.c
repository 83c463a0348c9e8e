/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-map-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* From the portal's body to the fields of a record. */

typedef struct
{
  const EntConnectorObject *object;
  const EntRecordType      *type;
  JsonNode                 *body;
  EntRecord                *current;
  const EntConnectorLinks  *links;
  EntConnectorReading      *reading;
} Reader;

static void
free_related (gpointer data)
{
  EntConnectorRelated *related = data;

  g_free (related->name);
  g_object_unref (related->record);
  g_free (related);
}

void
ent_connector_reading_free (EntConnectorReading *self)
{
  g_clear_object (&self->record);
  g_ptr_array_unref (self->related);
  g_ptr_array_unref (self->problems);
  g_free (self->id);
  g_free (self->external_id);
  g_free (self->lock);
  g_free (self);
}

/* Whether @node is how the portal writes what the record has: then the record's own words stay. */
static gboolean
is_written_as (const EntConnectorField *field,
               const EntField          *info,
               JsonNode                *body,
               const EntValue          *ours)
{
  g_autofree char *problem = NULL;
  g_autoptr (JsonNode) written = NULL;
  JsonNode *node = ent_json_pointer_get (body, field->path);

  if (ent_value_is_null (ours) || node == NULL || ours->kind == ENT_VALUE_MONEY)
    return FALSE;
  written = connector_value_write (field, info, ours, &problem);
  return written != NULL && json_node_equal (written, node);
}

/* A place that holds one of many says only what the first is. */
static void
keep_others (const EntConnectorField *field,
             const EntField          *info,
             EntValue                *value,
             const EntValue          *ours)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_null_terminated (0, NULL, TRUE);
  g_auto (EntValue) kept = ENT_VALUE_INIT;

  if (field->kind == ENT_CONNECTOR_LIST || !ent_field_is_many (info) || ours->kind != ENT_VALUE_LIST)
    return;
  if (value->kind == ENT_VALUE_LIST)
    g_ptr_array_add (all, value->list[0]);
  for (char **item = ours->list + 1; *item != NULL; item++)
    if (all->len == 0 || !g_str_equal (*item, all->pdata[0]))
      g_ptr_array_add (all, *item);
  if (all->len > 0)
    ent_value_set_list (&kept, (const char * const *) all->pdata);
  ent_value_clear (value);
  *value = kept;
  kept = (EntValue) ENT_VALUE_INIT;
}

static EntKey
find_record (const Reader            *self,
             const EntConnectorField *field,
             const EntField          *info,
             const char              *id)
{
  const EntRecordType *type;
  EntKey key = 0;

  if (self->links != NULL && self->links->find != NULL)
    key = self->links->find (field->object, id, self->links->data);
  type = key != 0 ? ent_schema_lookup_key (self->type->schema, key) : NULL;
  return type != NULL && (g_str_equal (info->info.target, "*") || g_str_equal (info->info.target, type->info->name)) ? key : 0;
}

static gboolean
read_reference (const Reader            *self,
                const EntConnectorField *field,
                const EntField          *info,
                JsonNode                *body,
                EntValue                *value,
                char                   **problem)
{
  JsonNode *node = ent_json_pointer_get (body, field->path);
  guint n = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_length (json_node_get_array (node)) : 1;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  if (ent_json_is_empty (node))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *one = JSON_NODE_HOLDS_ARRAY (node) ? json_array_get_element (json_node_get_array (node), i) : node;
      g_autofree char *id = ent_json_dup_text (one);
      EntKey key = id != NULL ? find_record (self, field, info, id) : 0;

      if (key == 0)
        {
          *problem = g_strdup (_("The portal refers to something that is not here yet; it is set after the next sync."));
          return FALSE;
        }
      g_array_append_val (keys, key);
    }
  if (ent_field_is_many (info))
    ent_value_set_keys (value, (const EntKey *) (gpointer) keys->data, keys->len);
  else
    ent_value_set_int (value, g_array_index (keys, EntKey, 0));
  return TRUE;
}

/* Reads one place of @body into @target; @current is the record it belongs to, as it is here. */
static void
read_field (const Reader            *self,
            const EntConnectorField *field,
            JsonNode                *body,
            EntRecord               *target,
            EntRecord               *current)
{
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (target), field->field);
  const EntValue *ours;
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *problem = NULL;
  gboolean is_read;

  if (info == NULL)
    return;
  ours = current != NULL ? ent_record_get (current, info->index) : &value;
  if (field->kind == ENT_CONNECTOR_REFERENCE)
    is_read = read_reference (self, field, info, body, &value, &problem);
  else if (current != NULL && is_written_as (field, info, body, ours))
    {
      ent_value_copy (ours, &value);
      is_read = TRUE;
    }
  else
    {
      is_read = connector_value_read (field, info, body, &value, &problem);
      if (is_read && current != NULL)
        keep_others (field, info, &value, ours);
    }
  if (is_read)
    ent_record_load (target, info->index, &value);
  else
    connector_problems_add (self->reading->problems, field, ent_json_pointer_get (body, field->path),
                            g_steal_pointer (&problem));
}

/* --- Other records ------------------------------------------------------------------------------------------- */

static gboolean
has_values (EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (!ent_value_is_null (ent_record_get (record, i)))
      return TRUE;
  return FALSE;
}

/* Whether all that the portal says of it is so in @current already. */
static gboolean
says_the_same (EntRecord *draft,
               EntRecord *current)
{
  const EntRecordType *type = ent_record_get_record_type (draft);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    if (ent_record_has (draft, i) && !ent_value_equal (ent_record_get (draft, i), ent_record_get (current, i)))
      return FALSE;
  return TRUE;
}

/* A person that the portal has by given and family name needs a name. */
static void
name_person (EntRecord *record)
{
  const EntRecordType *type = ent_record_get_record_type (record);
  const EntField *emails = ent_record_type_lookup (type, "emails");
  const char *given, *family;
  g_autofree char *name = NULL;
  g_auto (EntValue) title = ENT_VALUE_INIT;

  if (!g_str_equal (type->info->name, "person") || !ent_value_is_null (ent_record_get (record, ENT_COMMON_TITLE)))
    return;
  given = ent_record_get_text (record, "given");
  family = ent_record_get_text (record, "family");
  name = g_strstrip (g_strdup_printf ("%s %s", given != NULL ? given : "", family != NULL ? family : ""));
  if (*name != '\0')
    ent_value_set_text (&title, name);
  else if (ent_record_get (record, emails->index)->kind == ENT_VALUE_LIST)
    ent_value_set_text (&title, ent_record_get (record, emails->index)->list[0]);
  if (!ent_value_is_null (&title))
    ent_record_load (record, ENT_COMMON_TITLE, &title);
}

static void
add_related (const Reader *self,
             const char   *name,
             EntRecord    *record,
             EntKey        key)
{
  EntConnectorRelated *related = g_new0 (EntConnectorRelated, 1);

  related->name = g_strdup (name);
  related->record = g_object_ref (record);
  related->key = key;
  g_ptr_array_add (self->reading->related, related);
}

static EntKey
match (const Reader *self,
       const char   *name,
       EntRecord    *draft)
{
  return self->links != NULL && self->links->match != NULL ? self->links->match (name, draft, self->links->data) : 0;
}

/* What the portal says of the record that the field @name refers to. */
static void
read_through (const Reader *self,
              const char   *name)
{
  const EntField *ref = ent_record_type_lookup (self->type, name);
  EntKey key = self->current != NULL ? ent_record_get_ref (self->current, name) : 0;
  g_autoptr (EntRecord) current = NULL;
  g_autoptr (EntRecord) draft = NULL;
  g_auto (EntValue) value = ENT_VALUE_INIT;

  if (key != 0 && self->links != NULL && self->links->get != NULL)
    current = self->links->get (key, self->links->data);
  draft = ent_record_new (ent_schema_lookup (self->type->schema, ref->info.target));
  for (guint i = 0; i < self->object->fields->len; i++)
    {
      const EntConnectorField *field = self->object->fields->pdata[i];

      if (g_strcmp0 (field->through, name) == 0 && field->direction != ENT_CONNECTOR_PUSH)
        read_field (self, field, self->body, draft, current);
    }
  if (!has_values (draft))
    return;
  name_person (draft);
  if (current == NULL || !says_the_same (draft, current))
    key = match (self, name, draft);
  if (key != 0)
    {
      ent_value_set_int (&value, key);
      ent_record_load (self->reading->record, ref->index, &value);
    }
  add_related (self, name, draft, key);
}

static void
read_records (const Reader            *self,
              const EntConnectorField *field)
{
  JsonNode *list = ent_json_pointer_get (self->body, field->path);

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return; /* some portals give {} for an empty list */
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    {
      JsonNode *item = json_array_get_element (json_node_get_array (list), i);
      g_autoptr (EntRecord) draft = ent_record_new (ent_schema_lookup (self->type->schema, field->type));

      for (guint j = 0; j < field->fields->len; j++)
        if (((EntConnectorField *) field->fields->pdata[j])->kind != ENT_CONNECTOR_CONSTANT)
          read_field (self, field->fields->pdata[j], item, draft, NULL);
      if (!has_values (draft))
        continue;
      name_person (draft);
      add_related (self, field->role, draft, match (self, field->role, draft));
    }
}

/* --- All of it --------------------------------------------------------------------------------------------------- */

static void
read_given (const Reader *self)
{
  for (guint i = 0; i < self->object->set->len; i++)
    {
      const EntConnectorPair *pair = self->object->set->pdata[i];
      const EntField *info = ent_record_type_lookup (self->type, pair->name);
      g_auto (EntValue) value = ENT_VALUE_INIT;

      if (info == NULL || ent_record_has (self->reading->record, info->index) ||
          (self->current != NULL && !ent_value_is_null (ent_record_get (self->current, info->index))))
        continue;
      if (ent_value_read (info, pair->value, NULL, &value, NULL))
        ent_record_load (self->reading->record, info->index, &value);
    }
}

static char *
dup_place (JsonNode   *item,
           const char *path)
{
  JsonNode *node = path != NULL ? ent_json_pointer_get (item, path) : NULL;

  return ent_json_is_empty (node) ? NULL : ent_json_dup_text (node);
}

char *
ent_connector_item_dup_id (const EntConnectorObject *object,
                           JsonNode                 *item)
{
  return dup_place (item, object->id);
}

gint64
ent_connector_item_get_updated (const EntConnectorObject *object,
                                JsonNode                 *item)
{
  g_autofree char *text = dup_place (item, object->updated);
  gint64 micros = 0;

  return text != NULL && connector_time_read (text, &micros, NULL) ? micros : 0;
}

gboolean
ent_connector_item_is_deleted (const EntConnectorObject *object,
                               JsonNode                 *item)
{
  JsonNode *archived = object->deleted != NULL && object->deleted->path != NULL
                         ? ent_json_pointer_get (item, object->deleted->path) : NULL;

  return archived != NULL && JSON_NODE_HOLDS_VALUE (archived) && json_node_get_value_type (archived) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (archived);
}

static void
read_marks (const Reader *self)
{
  const EntConnectorObject *object = self->object;
  g_auto (EntValue) id = ENT_VALUE_INIT;

  self->reading->id = ent_connector_item_dup_id (object, self->body);
  self->reading->external_id = dup_place (self->body, object->external_id);
  self->reading->lock = object->lock != NULL ? dup_place (self->body, object->lock->read) : NULL;
  self->reading->updated = ent_connector_item_get_updated (object, self->body);
  self->reading->is_deleted = ent_connector_item_is_deleted (object, self->body);
  if (object->id_field != NULL && self->reading->id != NULL)
    {
      ent_value_set_text (&id, self->reading->id);
      ent_record_load (self->reading->record, ent_record_type_lookup (self->type, object->id_field)->index, &id);
    }
}

/* Each reference that a field leads through, once. */
static void
read_all_through (const Reader *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->object->fields->len; i++)
    {
      const EntConnectorField *field = self->object->fields->pdata[i];

      if (field->through != NULL && g_hash_table_add (names, field->through))
        read_through (self, field->through);
    }
}

EntConnectorReading *
ent_connector_map_read (const EntConnectorObject *object,
                        JsonNode                 *body,
                        EntRecord                *current,
                        EntSchema                *schema,
                        const EntConnectorLinks  *links)
{
  EntConnectorReading *reading = g_new0 (EntConnectorReading, 1);
  const EntRecordType *type = ent_schema_lookup (schema, object->type);
  Reader self = { object, type, body, current, links, reading };

  reading->record = ent_record_new (type);
  reading->related = g_ptr_array_new_with_free_func (free_related);
  reading->problems = g_ptr_array_new_with_free_func (connector_problem_free);
  for (guint i = 0; i < object->fields->len; i++)
    {
      const EntConnectorField *field = object->fields->pdata[i];

      if (field->direction == ENT_CONNECTOR_PUSH || field->kind == ENT_CONNECTOR_CONSTANT || field->through != NULL)
        continue;
      if (field->kind == ENT_CONNECTOR_RECORDS)
        read_records (&self, field);
      else
        read_field (&self, field, body, reading->record, current);
    }
  read_all_through (&self);
  read_marks (&self);
  read_given (&self);
  return reading;
}
