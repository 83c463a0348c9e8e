/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "sync/ent-connector-map.h"
#include "sync/ent-connector-request.h"
#include "sync/ent-json-pointer.h"

/* Records without a store, and what connectors make of them. */

typedef struct
{
  EntConnector      *connector;
  GPtrArray         *records; /* the row of a record's key is its position and one */
  GPtrArray         *people;  /* of the role "stakeholders" */
  EntConnectorLinks  links;
} ConnectorFixture;

/* A record of "FIELD=VALUE" texts, NULL-terminated. */
static G_GNUC_UNUSED EntRecord *
fixture_record (const char *type,
                ...)
{
  EntRecord *record = ent_record_new (ent_schema_lookup (ent_schema_get_default (), type));
  const EntRecordType *info = ent_record_get_record_type (record);
  const char *pair;
  va_list pairs;

  for (guint i = 0; i < ent_record_type_get_n_fields (info); i++)
    {
      EntValue none = ENT_VALUE_INIT;

      ent_record_load (record, i, &none);
    }
  va_start (pairs, type);
  while ((pair = va_arg (pairs, const char *)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (pair, "=", 2);
      g_autoptr (GError) error = NULL;

      ent_record_set_text (record, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }
  va_end (pairs);
  return record;
}

/* Keeps @record (transfer full) so that others can refer to it. */
static G_GNUC_UNUSED EntKey
fixture_keep (ConnectorFixture *f,
              EntRecord        *record)
{
  EntKey key = ent_key_make (ent_record_get_record_type (record)->info->number, f->records->len + 1);

  ent_record_set_key (record, key);
  g_ptr_array_add (f->records, record);
  return key;
}

static G_GNUC_UNUSED void
fixture_refer (EntRecord  *record,
               const char *field,
               EntKey      key)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;

  ent_value_set_int (&value, key);
  ent_record_set (record, ent_record_type_lookup (ent_record_get_record_type (record), field)->index, &value);
}

static EntRecord *
fixture_get (EntKey   key,
             gpointer data)
{
  ConnectorFixture *f = data;

  return g_object_ref (f->records->pdata[ent_key_row (key) - 1]);
}

/* The portal's number of what is kept is "n" and its position. */
static char *
fixture_dup_id (EntKey      key,
                const char *object,
                gpointer    data)
{
  return ent_key_row (key) < 100 ? g_strdup_printf ("n%d", (int) ent_key_row (key)) : NULL;
}

static EntKey
fixture_find (const char *object,
              const char *id,
              gpointer    data)
{
  ConnectorFixture *f = data;
  int row = *id == 'n' ? atoi (id + 1) : 0;

  return row >= 1 && row <= (int) f->records->len ? ent_record_get_key (f->records->pdata[row - 1]) : 0;
}

/* By title. */
static EntKey
fixture_match (const char *name,
               EntRecord  *draft,
               gpointer    data)
{
  ConnectorFixture *f = data;

  for (guint i = 0; i < f->records->len; i++)
    if (ent_record_get_record_type (f->records->pdata[i]) == ent_record_get_record_type (draft) &&
        g_str_equal (ent_record_get_title (f->records->pdata[i]), ent_record_get_title (draft)))
      return ent_record_get_key (f->records->pdata[i]);
  return 0;
}

static GPtrArray *
fixture_list (EntRecord  *record,
              const char *role,
              gpointer    data)
{
  ConnectorFixture *f = data;

  g_assert_cmpstr (role, ==, "stakeholders");
  return g_ptr_array_ref (f->people);
}

static G_GNUC_UNUSED void
fixture_set_up (ConnectorFixture *f,
                gconstpointer     id)
{
  g_autoptr (GError) error = NULL;

  f->connector = ent_connector_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  f->records = g_ptr_array_new_with_free_func (g_object_unref);
  f->people = g_ptr_array_new_with_free_func (g_object_unref);
  f->links = (EntConnectorLinks) { fixture_get, fixture_dup_id, fixture_find, fixture_match, fixture_list, f };
}

static G_GNUC_UNUSED void
fixture_tear_down (ConnectorFixture *f,
                   gconstpointer     id)
{
  ent_connector_unref (f->connector);
  g_ptr_array_unref (f->people);
  g_ptr_array_unref (f->records);
}

/* JSON with ' for ". */
static JsonNode *
fixture_json (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (text);
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  g_string_replace (quoted, "'", "\"", 0);
  node = ent_json_parse (quoted->str, -1, &error);
  g_assert_no_error (error);
  return node;
}

static G_GNUC_UNUSED void
assert_place (JsonNode   *node,
              const char *place,
              const char *expected)
{
  JsonNode *found = ent_json_pointer_get (node, place);
  g_autofree char *text = found != NULL ? ent_json_write (found) : NULL;

  if (g_strcmp0 (text, expected) != 0)
    g_error ("%s is %s, not %s", place, text, expected);
}

static G_GNUC_UNUSED void
assert_json (JsonNode   *node,
             const char *expected)
{
  g_autoptr (JsonNode) wanted = fixture_json (expected);

  if (!json_node_equal (node, wanted))
    g_error ("%s\nis not\n%s", ent_json_write (node), ent_json_write (wanted));
}

/* The field's value in interchange form; "" for none. */
static G_GNUC_UNUSED void
assert_field (EntRecord  *record,
              const char *field,
              const char *expected)
{
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (record), field);
  g_autofree char *text = ent_value_write (info, ent_record_get (record, info->index));

  if (g_strcmp0 (text != NULL ? text : "", expected) != 0)
    g_error ("%s is %s, not %s", field, text, expected);
}

/* A request of an operation, or NULL with @error set. */
static G_GNUC_UNUSED EntConnectorRequest *
fixture_request (ConnectorFixture *f,
                 const char       *object,
                 const char       *operation,
                 EntConnectorCall  call,
                 GError          **error)
{
  const EntConnectorObject *found = ent_connector_lookup (f->connector, object);

  call.operation = ent_connector_object_lookup (found, operation);
  g_assert_nonnull (call.operation);
  return ent_connector_request_new (f->connector, found, &call, error);
}

static G_GNUC_UNUSED EntConnectorRequest *
fixture_request_well (ConnectorFixture *f,
                      const char       *object,
                      const char       *operation,
                      EntConnectorCall  call)
{
  g_autoptr (GError) error = NULL;
  EntConnectorRequest *request = fixture_request (f, object, operation, call, &error);

  g_assert_no_error (error);
  return request;
}
