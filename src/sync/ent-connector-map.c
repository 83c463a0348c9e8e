/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-map-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* From a record to the portal's body. */

typedef struct
{
  const EntConnectorObject *object;
  EntRecord                *record;
  JsonNode                 *base;
  GHashTable               *settings;
  const EntConnectorLinks  *links;
  EntConnectorDraft        *draft;
  GHashTable               *through; /* name → EntRecord, or NULL for one that is not known; NULL in an item of a list */
} Writer;

void
connector_problem_free (gpointer data)
{
  EntConnectorProblem *problem = data;

  g_free (problem->field);
  g_free (problem->path);
  g_free (problem->value);
  g_free (problem->sentence);
  g_free (problem);
}

EntConnectorProblem *
connector_problems_add (GPtrArray               *problems,
                        const EntConnectorField *field,
                        JsonNode                *node,
                        char                    *sentence)
{
  EntConnectorProblem *problem = g_new0 (EntConnectorProblem, 1);
  char *value = ent_json_dup_text (node);

  problem->field = field->through != NULL ? g_strconcat (field->through, ".", field->field, NULL) : g_strdup (field->field);
  problem->path = g_strdup (field->path);
  problem->value = value != NULL ? value : g_strdup ("");
  problem->sentence = sentence;
  g_ptr_array_add (problems, problem);
  return problem;
}

const EntField *
ent_connector_field_get_info (const EntConnectorField *self,
                              const EntRecordType     *type)
{
  const EntField *through;

  if (self->field == NULL || type == NULL)
    return NULL;
  if (self->through == NULL)
    return ent_record_type_lookup (type, self->field);
  through = ent_record_type_lookup (type, self->through);
  type = through != NULL && through->info.target != NULL ? ent_schema_lookup (type->schema, through->info.target) : NULL;
  return type != NULL ? ent_record_type_lookup (type, self->field) : NULL;
}

const char *
ent_connector_field_get_label (const EntConnectorField *self,
                               const EntRecordType     *type)
{
  const EntField *info = self->label == NULL ? ent_connector_field_get_info (self, type) : NULL;

  return self->label != NULL ? self->label : info != NULL ? ent_field_get_label (info) : self->path;
}

void
ent_connector_draft_free (EntConnectorDraft *self)
{
  g_clear_pointer (&self->body, json_node_unref);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

/* --- Places ------------------------------------------------------------------------------------------------ */

static void
mark_changed (Writer     *self,
              const char *path)
{
  if (!g_ptr_array_find_with_equal_func (self->draft->changed, path, g_str_equal, NULL))
    g_ptr_array_add (self->draft->changed, g_strdup (path));
}

static void
put (Writer     *self,
     const char *path,
     JsonNode   *value)
{
  JsonNode *old = ent_json_pointer_get (self->draft->body, path);

  if (old != NULL && json_node_equal (old, value))
    {
      json_node_unref (value);
      return;
    }
  ent_json_pointer_set (self->draft->body, path, value);
  mark_changed (self, path);
}

static void
take_away (Writer     *self,
           const char *path)
{
  if (ent_json_is_empty (ent_json_pointer_get (self->draft->body, path)))
    return;
  ent_json_pointer_remove (self->draft->body, path);
  mark_changed (self, path);
}

/* --- One field --------------------------------------------------------------------------------------------- */

/* Whether @read, what one place of the portal says, is what the field says: of many, the place has the first. */
static gboolean
means_same (const EntConnectorField *field,
            const EntValue          *read,
            const EntValue          *value)
{
  if (field->kind != ENT_CONNECTOR_LIST && read->kind == ENT_VALUE_LIST && value->kind == ENT_VALUE_LIST)
    return g_str_equal (read->list[0], value->list[0]);
  return ent_value_equal (read, value);
}

/* Whether there is nothing to write: the place means what @value says already, or it has something that is not known here,
 * which is not written over. */
static gboolean
stays (Writer                  *self,
       const EntConnectorField *field,
       const EntField          *info,
       const EntValue          *value)
{
  JsonNode *node = ent_json_pointer_get (self->draft->body, field->path);
  g_auto (EntValue) read = ENT_VALUE_INIT;
  g_autofree char *problem = NULL, *shown = NULL;
  EntConnectorProblem *added;

  if (connector_value_read (field, info, self->draft->body, &read, &problem))
    return means_same (field, &read, value);
  if (ent_value_is_null (value))
    return TRUE;
  shown = ent_json_dup_text (node);
  added = connector_problems_add (self->draft->problems, field, node,
                                  g_strdup_printf (_("“%s” of the portal is not known here, so it was not replaced; change it "
                                                     "there."), shown != NULL ? shown : ""));
  added->is_theirs = TRUE;
  return TRUE;
}

static JsonNode *
write_reference (const Writer            *self,
                 const EntConnectorField *field,
                 EntKey                   key,
                 char                   **problem)
{
  g_autofree char *id = NULL;

  if (self->links != NULL && self->links->dup_id != NULL)
    id = self->links->dup_id (key, field->object, self->links->data);
  if (id != NULL)
    return ent_json_new_text (id);
  *problem = g_strdup (_("The record that this refers to is not in the portal yet; send it first."));
  return NULL;
}

static JsonNode *
write_references (const Writer            *self,
                  const EntConnectorField *field,
                  const EntValue          *value,
                  char                   **problem)
{
  g_autoptr (JsonArray) ids = json_array_new ();

  if (value->kind != ENT_VALUE_KEYS)
    return write_reference (self, field, value->integer, problem);
  for (gint64 i = 0; i < value->integer; i++)
    {
      JsonNode *id = write_reference (self, field, value->keys[i], problem);

      if (id == NULL)
        return NULL;
      json_array_add_element (ids, id);
    }
  return json_node_init_array (json_node_alloc (), ids);
}

static void
write_value (Writer                  *self,
             const EntConnectorField *field,
             const EntField          *info,
             const EntValue          *value)
{
  char *problem = NULL;
  JsonNode *node;

  if (ent_value_is_null (value))
    {
      take_away (self, field->path);
      if (field->currency != NULL)
        take_away (self, field->currency);
      return;
    }
  node = field->kind == ENT_CONNECTOR_REFERENCE ? write_references (self, field, value, &problem)
                                                : connector_value_write (field, info, value, &problem);
  if (node == NULL)
    {
      g_autofree char *shown = field->kind != ENT_CONNECTOR_REFERENCE ? ent_value_write (info, value) : g_strdup ("");
      g_autoptr (JsonNode) text = ent_json_new_text (shown);

      connector_problems_add (self->draft->problems, field, text, problem);
      return;
    }
  put (self, field->path, node);
  if (field->currency != NULL && value->kind == ENT_VALUE_MONEY)
    put (self, field->currency, ent_json_new_text (value->currency));
}

/* The record that holds the field: the one that is mapped, or one it refers to. */
static EntRecord *
get_holder (Writer     *self,
            const char *through)
{
  EntKey key;
  EntRecord *holder = NULL;

  if (through == NULL || self->through == NULL)
    return self->record;
  if (g_hash_table_contains (self->through, through))
    return g_hash_table_lookup (self->through, through);
  key = ent_record_get_ref (self->record, through);
  if (key != 0 && self->links != NULL && self->links->get != NULL)
    holder = self->links->get (key, self->links->data);
  g_hash_table_insert (self->through, (char *) through, holder);
  return holder;
}

static void
write_field (Writer                  *self,
             const EntConnectorField *field)
{
  const EntField *info = ent_connector_field_get_info (field, ent_record_get_record_type (self->record));
  EntRecord *holder = get_holder (self, field->through);
  const EntValue *value;

  if (info == NULL || holder == NULL || !ent_record_has (holder, info->index) || (field->fixed && self->base != NULL))
    return;
  value = ent_record_get (holder, info->index);
  if (ent_value_is_null (value) && (holder != self->record || self->through == NULL))
    return; /* what we do not know of others is not taken away there */
  if (field->kind != ENT_CONNECTOR_REFERENCE && stays (self, field, info, value))
    return;
  write_value (self, field, info, value);
}

static void
write_constant (Writer                  *self,
                const EntConnectorField *field)
{
  g_autoptr (GHashTable) none = self->settings == NULL ? g_hash_table_new (g_str_hash, g_str_equal) : NULL;
  g_autoptr (JsonNode) value = template_fill_node (field->value, self->settings != NULL ? self->settings : none);
  JsonNode *old = ent_json_pointer_get (self->draft->body, field->path);

  if (field->with == NULL || !ent_json_is_empty (ent_json_pointer_get (self->draft->body, field->with)))
    put (self, field->path, g_steal_pointer (&value));
  else if (old != NULL && json_node_equal (old, value))
    take_away (self, field->path);
}

/* --- Records in a list -------------------------------------------------------------------------------------- */

/* Loosely, as names and addresses are written in more than one way. */
static gboolean
looks_same (const EntValue *read,
            const EntValue *value)
{
  const char *there = read->kind == ENT_VALUE_LIST ? read->list[0] : read->kind == ENT_VALUE_TEXT ? read->text : NULL;
  const char *here = value->kind == ENT_VALUE_LIST ? value->list[0] : value->kind == ENT_VALUE_TEXT ? value->text : NULL;
  g_autofree char *a = there != NULL ? ent_text_key (there) : NULL;
  g_autofree char *b = here != NULL ? ent_text_key (here) : NULL;

  return a != NULL && b != NULL ? g_str_equal (a, b) : ent_value_equal (read, value);
}

/* Whether @item of the portal is @record: the same in the first field; where one of the two lacks that, in all that both
 * have. */
static gboolean
is_same_record (const EntConnectorField *field,
                JsonNode                *item,
                EntRecord               *record)
{
  guint n_same = 0;

  for (guint i = 0; i < field->fields->len; i++)
    {
      const EntConnectorField *part = field->fields->pdata[i];
      const EntField *info = ent_connector_field_get_info (part, ent_record_get_record_type (record));
      g_auto (EntValue) read = ENT_VALUE_INIT;
      g_autofree char *problem = NULL;

      if (info == NULL || ent_value_is_null (ent_record_get (record, info->index)) ||
          !connector_value_read (part, info, item, &read, &problem) || ent_value_is_null (&read))
        continue;
      if (!looks_same (&read, ent_record_get (record, info->index)))
        return FALSE;
      if (i == 0)
        return TRUE;
      n_same++;
    }
  return n_same > 0;
}

/* Puts the values of @record into @item, keeping what else it has. */
static void
write_item (const Writer            *self,
            const EntConnectorField *field,
            JsonNode                *item,
            EntRecord               *record)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  EntConnectorDraft draft = { item, changed, self->draft->problems };
  Writer writer = { self->object, record, NULL, self->settings, self->links, &draft, NULL };

  for (guint i = 0; i < field->fields->len; i++)
    if (((EntConnectorField *) field->fields->pdata[i])->kind == ENT_CONNECTOR_CONSTANT)
      write_constant (&writer, field->fields->pdata[i]);
    else
      write_field (&writer, field->fields->pdata[i]);
}

static void
write_records (Writer                  *self,
               const EntConnectorField *field)
{
  g_autoptr (GPtrArray) records = NULL;
  JsonNode *old = ent_json_pointer_get (self->draft->body, field->path);
  g_autoptr (JsonNode) list = old != NULL && JSON_NODE_HOLDS_ARRAY (old) ? ent_json_copy (old) : NULL;
  JsonArray *items;

  if (self->links != NULL && self->links->list != NULL)
    records = self->links->list (self->record, field->role, self->links->data);
  if (records == NULL || records->len == 0)
    return;
  if (list == NULL)
    list = ent_json_new_array ();
  items = json_node_get_array (list);
  for (guint i = 0; i < records->len; i++)
    {
      guint n = json_array_get_length (items), at = 0;
      g_autoptr (JsonNode) item = NULL;

      while (at < n && !is_same_record (field, json_array_get_element (items, at), records->pdata[i]))
        at++;
      item = at < n ? json_node_ref (json_array_get_element (items, at)) : ent_json_new_object ();
      write_item (self, field, item, records->pdata[i]);
      if (at == n && !ent_json_is_empty (item))
        json_array_add_element (items, json_node_ref (item));
    }
  if (json_array_get_length (items) > 0)
    put (self, field->path, g_steal_pointer (&list));
}

/* --- All of it ------------------------------------------------------------------------------------------------ */

/* The record's own number is kept there once; that of somebody else is left alone. */
static void
write_external_id (Writer *self)
{
  char text[ENT_ID_TEXT_LENGTH + 1];
  const EntId *id = ent_record_get_id (self->record);

  if (self->object->external_id == NULL || id == NULL || ent_id_is_zero (id) ||
      !ent_json_is_empty (ent_json_pointer_get (self->draft->body, self->object->external_id)))
    return;
  ent_id_to_text (id, text);
  put (self, self->object->external_id, ent_json_new_text (text));
}

static void
free_holder (gpointer record)
{
  g_clear_object ((EntRecord **) &record);
}

EntConnectorDraft *
ent_connector_map_write (const EntConnectorObject *object,
                         EntRecord                *record,
                         JsonNode                 *base,
                         GHashTable               *settings,
                         const EntConnectorLinks  *links)
{
  EntConnectorDraft *draft = g_new0 (EntConnectorDraft, 1);
  g_autoptr (GHashTable) through = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_holder);
  gboolean has_base = base != NULL && JSON_NODE_HOLDS_OBJECT (base);
  Writer self = { object, record, has_base ? base : NULL, settings, links, draft, through };

  draft->body = has_base ? ent_json_copy (base) : ent_json_new_object ();
  draft->changed = g_ptr_array_new_with_free_func (g_free);
  draft->problems = g_ptr_array_new_with_free_func (connector_problem_free);
  for (guint i = 0; i < object->fields->len; i++)
    {
      const EntConnectorField *field = object->fields->pdata[i];

      if (field->direction == ENT_CONNECTOR_PULL || field->kind == ENT_CONNECTOR_CONSTANT)
        continue;
      if (field->kind == ENT_CONNECTOR_RECORDS)
        write_records (&self, field);
      else
        write_field (&self, field);
    }
  for (guint i = 0; i < object->fields->len; i++)
    if (((EntConnectorField *) object->fields->pdata[i])->kind == ENT_CONNECTOR_CONSTANT)
      write_constant (&self, object->fields->pdata[i]);
  write_external_id (&self);
  return draft;
}
