/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-body-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  EntRecord         *record;
  const EntSyncRefs *refs;
  GPtrArray         *pending; /* (nullable) */
} Writer;

static JsonNode *
write_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
take_text (char *text)
{
  JsonNode *node = write_text (text);

  g_free (text);
  return node;
}

static JsonNode *
write_money (const EntValue *value)
{
  g_autoptr (JsonObject) money = json_object_new ();

  json_object_set_int_member (money, "minor", value->integer);
  json_object_set_string_member (money, "currency", value->currency);
  return json_node_init_object (json_node_alloc (), money);
}

static JsonNode *
write_key (Writer          *writer,
           const EntField  *field,
           EntKey           key,
           GError         **error)
{
  char *id = writer->refs->get_id (key, writer->refs->user_data);

  if (id != NULL)
    return take_text (id);
  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REFERENCE,
               _("“%s” refers in its field “%s” to a record that is not there any more; choose another one."),
               ent_record_get_title (writer->record), ent_field_get_label (field));
  return NULL;
}

static JsonNode *
write_integer (Writer          *writer,
               const EntField  *field,
               gint64           integer,
               GError         **error)
{
  switch ((int) field->info.type)
    {
    case ENT_FIELD_BOOL:
      return json_node_init_boolean (json_node_alloc (), integer != 0);
    case ENT_FIELD_DATE:
      return take_text (ent_date_write (integer));
    case ENT_FIELD_DATETIME:
      return take_text (ent_datetime_write (integer));
    case ENT_FIELD_REF:
      return write_key (writer, field, integer, error);
    default:
      return json_node_init_int (json_node_alloc (), integer);
    }
}

static JsonNode *
write_list (char **list)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (; *list != NULL; list++)
    json_array_add_string_element (array, *list);
  return json_node_init_array (json_node_alloc (), array);
}

/* --- References that wait for their records --------------------------------------------------- */

static gboolean
holds_text (JsonArray  *array,
            const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), text) == 0)
      return TRUE;
  return FALSE;
}

/* Adds those that belong next; all that are left at the @end. One that is among the @keys has arrived. */
static void
add_pending (Writer         *writer,
             const EntField *field,
             JsonArray      *keys,
             JsonArray      *merged,
             guint          *next,
             gboolean        end)
{
  for (; writer->pending != NULL && *next < writer->pending->len; (*next)++)
    {
      const EntSyncPending *pending = g_ptr_array_index (writer->pending, *next);

      if (pending->field != field->index || holds_text (keys, pending->id))
        continue;
      if (!end && pending->position > json_array_get_length (merged))
        return;
      json_array_add_string_element (merged, pending->id);
    }
}

static JsonArray *
write_known_keys (Writer          *writer,
                  const EntField  *field,
                  const EntValue  *value,
                  GError         **error)
{
  g_autoptr (JsonArray) keys = json_array_new ();

  for (gint64 i = 0; value->kind == ENT_VALUE_KEYS && i < value->integer; i++)
    {
      JsonNode *node = write_key (writer, field, value->keys[i], error);

      if (node == NULL)
        return NULL;
      json_array_add_element (keys, node);
    }
  return g_steal_pointer (&keys);
}

static JsonNode *
write_keys (Writer          *writer,
            const EntField  *field,
            const EntValue  *value,
            GError         **error)
{
  g_autoptr (JsonArray) keys = write_known_keys (writer, field, value, error);
  g_autoptr (JsonArray) merged = json_array_new ();
  guint next = 0;

  if (keys == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (keys); i++)
    {
      add_pending (writer, field, keys, merged, &next, FALSE);
      json_array_add_element (merged, json_array_dup_element (keys, i));
    }
  add_pending (writer, field, keys, merged, &next, TRUE);
  return json_array_get_length (merged) > 0 ? json_node_init_array (json_node_alloc (), merged) : NULL;
}

static JsonNode *
write_pending (Writer         *writer,
               const EntField *field)
{
  for (guint i = 0; writer->pending != NULL && i < writer->pending->len; i++)
    {
      const EntSyncPending *pending = g_ptr_array_index (writer->pending, i);

      if (pending->field == field->index)
        return write_text (pending->id);
    }
  return NULL;
}

/* --- Records ---------------------------------------------------------------------------------- */

/* NULL without @error: there is nothing to write. */
static JsonNode *
write_field (Writer          *writer,
             const EntField  *field,
             GError         **error)
{
  const EntValue *value = ent_record_get (writer->record, field->index);

  if (field->info.type == ENT_FIELD_REF && ent_field_is_many (field))
    return write_keys (writer, field, value, error);
  switch (value->kind)
    {
    case ENT_VALUE_INT:
      return write_integer (writer, field, value->integer, error);
    case ENT_VALUE_MONEY:
      return write_money (value);
    case ENT_VALUE_TEXT:
      return write_text (value->text);
    case ENT_VALUE_LIST:
      return write_list (value->list);
    default:
      return write_pending (writer, field);
    }
}

static gboolean
write_fields (Writer      *writer,
              JsonObject  *body,
              GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (writer->record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      g_autoptr (GError) problem = NULL;
      JsonNode *node = ent_sync_body_has_field (field) ? write_field (writer, field, &problem) : NULL;

      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      if (node != NULL)
        json_object_set_member (body, ent_sync_body_get_member (field), node);
    }
  return TRUE;
}

static void
write_unknown (JsonObject *body,
               JsonObject *unknown)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, unknown);
  while (json_object_iter_next (&iter, &member, &node))
    if (!json_object_has_member (body, member))
      json_object_set_member (body, member, json_node_copy (node));
}

JsonObject *
ent_sync_body_write (EntRecord          *record,
                     const EntSyncRefs  *refs,
                     JsonObject         *unknown,
                     GPtrArray          *pending,
                     GError            **error)
{
  Writer writer = { record, refs, pending };
  g_autoptr (JsonObject) body = json_object_new ();
  const EntValue *deleted = ent_record_get (record, ENT_COMMON_DELETED_AT);

  json_object_set_string_member (body, ENT_SYNC_MEMBER_TYPE, ent_record_get_record_type (record)->info->name);
  if (!ent_value_is_null (deleted))
    {
      json_object_set_member (body, ENT_SYNC_MEMBER_DELETED_AT, take_text (ent_datetime_write (deleted->integer)));
      return g_steal_pointer (&body);
    }
  if (!write_fields (&writer, body, error))
    return NULL;
  if (unknown != NULL)
    write_unknown (body, unknown);
  return g_steal_pointer (&body);
}
