/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-body-private.h"

#include "sync/ent-sync-json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define SHOWN_CHARACTERS 60

typedef struct
{
  EntSchema         *schema;
  const EntSyncRefs *refs;
  EntSyncBody       *body;
} Reader;

/* --- Values ----------------------------------------------------------------------------------- */

static gboolean
fail_value (JsonNode    *node,
            const char  *expected,
            GError     **error)
{
  g_autofree char *text = ent_sync_json_write (node);
  g_autofree char *shown = g_utf8_truncate_middle (text, SHOWN_CHARACTERS);

  g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED, _("%s is not %s"), shown, expected);
  return FALSE;
}

/* (nullable) */
static const char *
get_text (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Some programs write whole numbers as 1000.0. */
static gboolean
get_integer (JsonNode *node,
             gint64   *integer)
{
  GType type = json_node_get_value_type (node);
  double number;

  if (type == G_TYPE_INT64)
    {
      *integer = json_node_get_int (node);
      return TRUE;
    }
  if (type != G_TYPE_DOUBLE)
    return FALSE;
  number = json_node_get_double (node);
  if (!(number >= -0x1p63 && number < 0x1p63) || number != floor (number))
    return FALSE;
  *integer = (gint64) number;
  return TRUE;
}

static gboolean
read_number (JsonNode  *node,
             EntValue  *value,
             GError   **error)
{
  gint64 integer;

  if (!get_integer (node, &integer))
    return fail_value (node, _("a whole number"), error);
  ent_value_set_int (value, integer);
  return TRUE;
}

static gboolean
read_boolean (JsonNode  *node,
              EntValue  *value,
              GError   **error)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail_value (node, _("true or false"), error);
  ent_value_set_int (value, json_node_get_boolean (node));
  return TRUE;
}

/* Readers are lenient with what people type; between programs there is one way to write a day. */
static gboolean
read_date (JsonNode  *node,
           EntValue  *value,
           GError   **error)
{
  const char *text = get_text (node);
  g_autofree char *written = NULL;
  gint64 days;

  if (text == NULL || !ent_date_read (text, NULL, &days, NULL))
    return fail_value (node, _("a date such as 2026-11-20"), error);
  written = ent_date_write (days);
  if (strcmp (written, text) != 0)
    return fail_value (node, _("a date such as 2026-11-20"), error);
  ent_value_set_int (value, days);
  return TRUE;
}

static gboolean
read_instant (JsonNode  *node,
              EntValue  *value,
              GError   **error)
{
  const char *text = get_text (node);
  g_autofree char *written = NULL;
  gint64 micros;

  if (text == NULL || !ent_datetime_read (text, NULL, &micros, NULL))
    return fail_value (node, _("an instant such as 2026-11-20T09:30:00Z"), error);
  written = ent_datetime_write (micros);
  if (strcmp (written, text) != 0)
    return fail_value (node, _("an instant such as 2026-11-20T09:30:00Z"), error);
  ent_value_set_int (value, micros);
  return TRUE;
}

static gboolean
read_money (JsonNode  *node,
            EntValue  *value,
            GError   **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *minor = object != NULL ? json_object_get_member (object, "minor") : NULL;
  JsonNode *code = object != NULL ? json_object_get_member (object, "currency") : NULL;
  const char *currency = code != NULL ? get_text (code) : NULL;
  gint64 amount;

  if (currency == NULL || strlen (currency) != 3 || minor == NULL || !get_integer (minor, &amount) ||
      json_object_get_size (object) != 2)
    return fail_value (node, _("an amount such as {\"minor\":1200000,\"currency\":\"USD\"}"), error);
  ent_value_set_money (value, amount, currency);
  return TRUE;
}

static gboolean
read_text (JsonNode  *node,
           EntValue  *value,
           GError   **error)
{
  const char *text = get_text (node);

  if (text == NULL)
    return fail_value (node, _("a text"), error);
  ent_value_set_text (value, text);
  return TRUE;
}

static gboolean
read_list (JsonNode  *node,
           EntValue  *value,
           GError   **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  if (array == NULL)
    return fail_value (node, _("a list"), error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *text = get_text (json_array_get_element (array, i));

      if (text == NULL)
        return fail_value (node, _("a list of texts"), error);
      g_strv_builder_add (list, text);
    }
  ent_value_take_list (value, g_strv_builder_end (list));
  return TRUE;
}

/* --- References ------------------------------------------------------------------------------- */

/* A record of a type that only a newer version knows is one that is not here yet, where any type will do. */
static gboolean
check_target (const EntField      *field,
              const EntRecordType *type)
{
  const char *target = field->info.target;

  return target == NULL || strcmp (target, "*") == 0 || (type != NULL && strcmp (target, type->info->name) == 0);
}

/* @key is 0 when the record is not here, which is then noted. */
static gboolean
read_reference (Reader          *reader,
                const EntField  *field,
                guint            position,
                JsonNode        *node,
                EntKey          *key,
                GError         **error)
{
  const char *text = get_text (node);
  const EntRecordType *type = NULL;
  EntId id;

  if (text == NULL || !ent_sync_id_scan (reader->schema, text, &type, &id))
    return fail_value (node, _("the id of a document such as organization:0190163d-…"), error);
  if (!check_target (field, type))
    return fail_value (node, _("the id of a record that this field takes"), error);
  *key = type != NULL ? reader->refs->get_key (text, reader->refs->user_data) : 0;
  if (*key == 0)
    g_ptr_array_add (reader->body->pending, ent_sync_pending_new (field->index, position, text));
  return TRUE;
}

static gboolean
read_key (Reader          *reader,
          const EntField  *field,
          JsonNode        *node,
          EntValue        *value,
          GError         **error)
{
  EntKey key;

  if (!read_reference (reader, field, 0, node, &key, error))
    return FALSE;
  if (key != 0)
    ent_value_set_int (value, key);
  return TRUE;
}

static gboolean
read_keys (Reader          *reader,
           const EntField  *field,
           JsonNode        *node,
           EntValue        *value,
           GError         **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (EntKey));

  if (array == NULL)
    return fail_value (node, _("a list"), error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      EntKey key;

      if (!read_reference (reader, field, i, json_array_get_element (array, i), &key, error))
        return FALSE;
      if (key != 0)
        g_array_append_val (keys, key);
    }
  ent_value_set_keys (value, (const EntKey *) (gpointer) keys->data, keys->len);
  return TRUE;
}

/* --- Records ---------------------------------------------------------------------------------- */

static gboolean
read_value (Reader          *reader,
            const EntField  *field,
            JsonNode        *node,
            EntValue        *value,
            GError         **error)
{
  if (ent_field_is_many (field))
    return field->info.type == ENT_FIELD_REF ? read_keys (reader, field, node, value, error) : read_list (node, value, error);
  switch ((int) field->info.type)
    {
    case ENT_FIELD_REF:
      return read_key (reader, field, node, value, error);
    case ENT_FIELD_MONEY:
      return read_money (node, value, error);
    case ENT_FIELD_BOOL:
      return read_boolean (node, value, error);
    case ENT_FIELD_DATE:
      return read_date (node, value, error);
    case ENT_FIELD_DATETIME:
      return read_instant (node, value, error);
    default:
      return ent_field_is_integer (field) ? read_number (node, value, error) : read_text (node, value, error);
    }
}

static gboolean
read_field (Reader          *reader,
            const EntField  *field,
            JsonNode        *node,
            GError         **error)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autoptr (GError) problem = NULL;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) ||
      (read_value (reader, field, node, &value, &problem) && ent_value_check (field, &value, &problem)))
    {
      ent_record_load (reader->body->record, field->index, &value);
      return TRUE;
    }
  g_set_error (error, problem->domain, problem->code,
               _("The field “%s” cannot take what the document has: %s. Correct it where it was written, or update "
                 "Entente."), ent_field_get_label (field), problem->message);
  return FALSE;
}

static gboolean
read_fields (Reader      *reader,
             JsonObject  *body,
             GError     **error)
{
  const EntRecordType *type = ent_record_get_record_type (reader->body->record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);
      const char *member = ent_sync_body_get_member (field);

      if (!ent_sync_body_has_field (field) && i != ENT_COMMON_DELETED_AT)
        continue;
      if (!read_field (reader, field, json_object_get_member (body, member), error))
        return FALSE;
    }
  return TRUE;
}

static void
keep_unknown (EntSyncBody *self,
              JsonObject  *body)
{
  const EntRecordType *type = ent_record_get_record_type (self->record);
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;

  json_object_iter_init (&iter, body);
  while (json_object_iter_next (&iter, &member, &node))
    {
      if (*member == '_' || strcmp (member, ENT_SYNC_MEMBER_TYPE) == 0 ||
          strcmp (member, ENT_SYNC_MEMBER_DELETED_AT) == 0 || ent_sync_body_lookup (type, member) != NULL)
        continue;
      if (self->unknown == NULL)
        self->unknown = json_object_new ();
      json_object_set_member (self->unknown, member, json_node_copy (node));
    }
}

/* Only a tombstone may leave it out: other programs write nothing but that a document is deleted. */
static gboolean
check_type (const EntRecordType *type,
            JsonObject          *body)
{
  JsonNode *name = json_object_get_member (body, ENT_SYNC_MEMBER_TYPE);
  JsonNode *deleted = json_object_get_member (body, "_deleted");

  if (name != NULL)
    return g_strcmp0 (get_text (name), type->info->name) == 0;
  return deleted != NULL && json_node_get_value_type (deleted) == G_TYPE_BOOLEAN && json_node_get_boolean (deleted);
}

/* The record that the document is about, still empty. (transfer full) */
static EntRecord *
make_record (EntSchema   *schema,
             const char  *id,
             JsonObject  *body,
             GError     **error)
{
  g_autofree char *shown = g_utf8_truncate_middle (id, SHOWN_CHARACTERS);
  const EntRecordType *type;
  EntRecord *record;
  EntId record_id;

  if (!ent_sync_id_parse (schema, id, &type, &record_id))
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   _("The document “%s” is no record that this version knows; update Entente to see it."), shown);
      return NULL;
    }
  if (!check_type (type, body))
    {
      g_set_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_MALFORMED,
                   _("The document “%s” does not say in “type” that it is of the type in its id; correct it where it was "
                     "written."), shown);
      return NULL;
    }
  record = ent_record_new (type);
  ent_record_set_id (record, &record_id);
  return record;
}

EntSyncBody *
ent_sync_body_read (EntSchema          *schema,
                    const char         *id,
                    JsonObject         *body,
                    const EntSyncRefs  *refs,
                    GError            **error)
{
  g_autoptr (EntSyncBody) self = g_new0 (EntSyncBody, 1);
  Reader reader = { schema, refs, self };

  self->record = make_record (schema, id, body, error);
  if (self->record == NULL)
    return NULL;
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_sync_pending_free);
  if (!read_fields (&reader, body, error))
    return NULL;
  keep_unknown (self, body);
  return g_steal_pointer (&self);
}
