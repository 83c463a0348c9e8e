/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records as bodies of documents and back. */
#include "config.h"

#include "support/random-record.h"
#include "support/sync-refs.h"
#include "sync/ent-sync-body.h"
#include "sync/ent-sync-json.h"

#include <string.h>

#define DEAL "deal:01000000-0000-7000-8000-000000000001"
#define ORGANIZATION "organization:01000000-0000-7000-8000-000000000007"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = ent_sync_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static EntSyncBody *
read_text (const char        *id,
           const char        *text,
           const EntSyncRefs *with)
{
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  EntSyncBody *body = ent_sync_body_read (ent_schema_get_default (), id, object, with, &error);

  g_assert_no_error (error);
  return body;
}

static char *
write_text (EntRecord         *record,
            const EntSyncRefs *with,
            JsonObject        *unknown,
            GPtrArray         *pending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = ent_sync_body_write (record, with, unknown, pending, &error);

  g_assert_no_error (error);
  return ent_sync_json_write_body (object);
}

/* --- Ids -------------------------------------------------------------------------------------- */

static void
test_id (void)
{
  static const char * const wrong[] = {
    "", "deal", "deal:", ":01000000-0000-7000-8000-000000000001", "deal:x", "deal:01000000-0000-7000-8000-00000000000",
    "deal:01000000-0000-7000-8000-0000000000011", "Deal:01000000-0000-7000-8000-000000000001",
    "deal:0100000A-0000-7000-8000-000000000001", "gadget:01000000-0000-7000-8000-000000000001", "_design/deal",
    "deal:00000000-0000-0000-0000-000000000000", "deal:deal:01000000-0000-7000-8000-000000000001",
    "_local:01000000-0000-7000-8000-000000000001",
  };
  EntSchema *schema = ent_schema_get_default ();
  const EntRecordType *type = NULL;
  g_autofree char *again = NULL;
  EntId id;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ent_sync_id_parse (schema, wrong[i], &type, &id));
  g_assert_null (type);
  g_assert_true (ent_sync_id_parse (schema, DEAL, NULL, NULL));
  g_assert_true (ent_sync_id_parse (schema, DEAL, &type, &id));
  again = ent_sync_id_make (type, &id);
  g_assert_cmpstr (again, ==, DEAL);
}

/* --- Round trips ------------------------------------------------------------------------------ */

static void
assert_equal_records (EntRecord *a,
                      EntRecord *b)
{
  const EntRecordType *type = ent_record_get_record_type (a);

  g_assert_true (type == ent_record_get_record_type (b));
  g_assert_cmpmem (ent_record_get_id (a), sizeof (EntId), ent_record_get_id (b), sizeof (EntId));
  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      const EntField *field = ent_record_type_get_nth (type, i);

      if ((field->info.flags & ENT_FIELD_SYSTEM) != 0)
        continue;
      g_assert_true (ent_record_has (b, i));
      if (!ent_value_equal (ent_record_get (a, i), ent_record_get (b, i)))
        g_error ("%s.%s has changed", type->info->name, field->info.name);
    }
}

/* Through the text that is sent. */
static void
round_trip (EntSchema *schema,
            EntRecord *record)
{
  g_autofree char *id = ent_sync_id_make (ent_record_get_record_type (record), ent_record_get_id (record));
  g_autofree char *text = write_text (record, &test_sync_refs, NULL, NULL);
  g_autofree char *again = NULL;
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSyncBody) body = ent_sync_body_read (schema, id, object, &test_sync_refs, &error);

  g_assert_no_error (error);
  g_assert_null (body->unknown);
  g_assert_cmpuint (body->pending->len, ==, 0);
  assert_equal_records (record, body->record);
  again = write_text (body->record, &test_sync_refs, body->unknown, body->pending);
  g_assert_cmpstr (again, ==, text);
}

static void
test_every_type (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  EntSchema *schema = ent_schema_get_default ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    for (int round = 0; round < 30; round++)
      {
        g_autoptr (EntRecord) record = test_random_record (ent_schema_get_nth (schema, i), rand, round * 4);

        round_trip (schema, record);
      }
}

/* Every type that a field can have, in a workspace with fields of its own. */
static void
test_every_field_type (void)
{
  static const EntChoice choices[] = { { .value = "emea" }, { .value = "apac" }, { NULL } };
  EntCustomField fields[ENT_FIELD_JSON + 1] = { 0 };
  char names[ENT_FIELD_JSON + 1][16];
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntSchema) schema = NULL;
  const EntRecordType *type;

  g_test_message ("seed %u", seed);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_snprintf (names[i], sizeof names[i], "own_%u", (guint) i);
      fields[i] = (EntCustomField) { "deal", { .name = names[i], .type = (EntFieldType) i, .label = names[i] } };
      if (i == ENT_FIELD_ENUM)
        fields[i].info.choices = choices;
      if (i == ENT_FIELD_REF)
        fields[i].info.target = "*";
    }
  schema = ent_schema_new (fields, G_N_ELEMENTS (fields), NULL, 0, &error);
  g_assert_no_error (error);
  type = ent_schema_lookup (schema, "deal");
  g_assert_cmpstr (ent_sync_body_get_member (ent_record_type_lookup (type, "own_0")), ==, "x_own_0");
  g_assert_true (ent_sync_body_lookup (type, "x_own_0") == ent_record_type_lookup (type, "own_0"));
  g_assert_null (ent_sync_body_lookup (type, "own_0"));
  for (int round = 0; round < 100; round++)
    {
      g_autoptr (EntRecord) record = test_random_record (type, rand, 100);

      round_trip (schema, record);
    }
}

/* The written form is what other programs rely on. */
static void
test_form (void)
{
  const char *text =
    "{\"account\":\"organization:01000000-0000-7000-8000-000000000007\",\"amount\":{\"currency\":\"USD\",\"minor\":1200000},"
    "\"expected_close\":\"2026-11-20\",\"offering\":[\"offering:01000000-0000-7000-8000-000000000009\","
    "\"offering:01000000-0000-7000-8000-000000000003\"],\"probability_pct\":125000,"
    "\"registered_at\":\"2026-08-02T10:00:00.5Z\","
    "\"stage\":\"qualified\",\"tags\":[\"z\",\"a\"],\"title\":\"Claims\",\"type\":\"deal\"}";
  g_autoptr (EntSyncBody) body = read_text (DEAL, text, &test_sync_refs);
  g_autofree char *again = write_text (body->record, &test_sync_refs, NULL, NULL);
  const EntValue *amount = ent_record_get_named (body->record, "amount");

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (amount->integer, ==, 1200000);
  g_assert_cmpint (ent_record_get_int (body->record, "expected_close", 0), ==, ent_date_from_ymd (2026, 11, 20));
  g_assert_cmpint (ent_record_get_ref (body->record, "account"), ==, ent_key_make (1, 7));
}

/* A field may have the name that tells the type of a document. */
static void
test_field_named_type (void)
{
  EntSchema *schema = ent_schema_get_default ();
  const EntRecordType *link = ent_schema_lookup (schema, "link");
  const EntField *field = ent_record_type_lookup (link, "type");
  g_autoptr (EntRecord) record = ent_record_new (link);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;
  EntId id;

  ent_id_init_new (&id);
  ent_record_set_id (record, &id);
  ent_value_set_text (&value, ((EntChoice *) g_ptr_array_index (field->choices, 0))->value);
  ent_record_set (record, field->index, &value);
  text = write_text (record, &test_sync_refs, NULL, NULL);
  g_assert_nonnull (strstr (text, "\"type\":\"link\",\"type_\":\""));
  g_assert_true (ent_sync_body_lookup (link, "type_") == field);
  g_assert_null (ent_sync_body_lookup (link, "type"));
}

/* No two fields of a type share a member, and each member leads to its field. */
static void
test_members (void)
{
  EntSchema *schema = ent_schema_get_default ();

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);

      for (guint j = 0; j < ent_record_type_get_n_fields (type); j++)
        {
          const EntField *field = ent_record_type_get_nth (type, j);
          gboolean is_system = (field->info.flags & ENT_FIELD_SYSTEM) != 0;
          const EntField *found = ent_sync_body_lookup (type, ent_sync_body_get_member (field));

          g_assert_true (found == (is_system ? NULL : field));
        }
    }
}

/* --- Deleted records -------------------------------------------------------------------------- */

static void
test_deleted (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"type\":\"deal\",\"title\":\"Claims\",\"new\":1}", &test_sync_refs);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;
  g_autoptr (EntSyncBody) tombstone = NULL;

  g_assert_true (ent_value_is_null (ent_record_get (body->record, ENT_COMMON_DELETED_AT)));
  ent_value_set_int (&value, 1500000);
  ent_record_set (body->record, ENT_COMMON_DELETED_AT, &value);
  text = write_text (body->record, &test_sync_refs, body->unknown, body->pending);
  g_assert_cmpstr (text, ==, "{\"deleted_at\":\"1970-01-01T00:00:01.5Z\",\"type\":\"deal\"}");
  tombstone = read_text (DEAL, text, &test_sync_refs);
  g_assert_cmpint (ent_record_get (tombstone->record, ENT_COMMON_DELETED_AT)->integer, ==, 1500000);
  g_assert_null (tombstone->unknown);
}

/* --- Members of a newer version --------------------------------------------------------------- */

static void
test_unknown (void)
{
  const char *text = "{\"new\":{\"_a\":[1,null]},\"title\":\"Claims\",\"type\":\"deal\",\"x_region\":\"EMEA\",\"zero\":null}";
  g_autoptr (EntSyncBody) body = read_text (DEAL, text, &test_sync_refs);
  g_autofree char *again = write_text (body->record, &test_sync_refs, body->unknown, body->pending);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (json_object_get_size (body->unknown), ==, 3);
}

/* A member that this version has learned of meanwhile: the field counts. */
static void
test_unknown_learned (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"title\":\"Claims\",\"type\":\"deal\"}", &test_sync_refs);
  g_autoptr (JsonObject) unknown = parse ("{\"title\":\"old\",\"note\":\"kept\"}");
  g_autofree char *text = write_text (body->record, &test_sync_refs, unknown, NULL);

  g_assert_cmpstr (text, ==, "{\"note\":\"kept\",\"title\":\"Claims\",\"type\":\"deal\"}");
}

/* Other programs delete without a word about what it was. */
static void
test_bare_tombstone (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"_deleted\":true,\"_id\":\"" DEAL "\"}", &test_sync_refs);

  g_assert_cmpstr (ent_record_get_record_type (body->record)->info->name, ==, "deal");
  g_assert_true (ent_value_is_null (ent_record_get (body->record, ENT_COMMON_DELETED_AT)));
}

/* The database's own members are none of ours; a null is no value. */
static void
test_skipped (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"_id\":\"x\",\"_rev\":7,\"type\":\"deal\",\"title\":null,\"amount\":null,"
                                                  "\"tags\":[],\"note\":\"\"}", &test_sync_refs);
  g_autofree char *text = write_text (body->record, &test_sync_refs, body->unknown, body->pending);

  g_assert_cmpstr (text, ==, "{\"type\":\"deal\"}");
  g_assert_null (body->unknown);
}

/* --- References to records that are not here -------------------------------------------------- */

static void
test_pending (void)
{
  const char *text = "{\"account\":\"" ORGANIZATION "\",\"offering\":[\"offering:01000000-0000-7000-8000-000000000001\","
                     "\"offering:01000000-0000-7000-8000-000000000003\",\"offering:01000000-0000-7000-8000-000000000002\"],"
                     "\"type\":\"deal\"}";
  g_autoptr (EntSyncBody) body = read_text (DEAL, text, &test_sync_some_refs);
  g_autofree char *again = write_text (body->record, &test_sync_refs, NULL, body->pending);
  const EntRecordType *type = ent_record_get_record_type (body->record);
  const EntSyncPending *pending;

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (ent_record_get_ref (body->record, "account"), ==, 0);
  g_assert_cmpint (ent_record_get_named (body->record, "offering")->integer, ==, 1);
  g_assert_cmpuint (body->pending->len, ==, 3);
  for (guint i = 0; i < body->pending->len; i++)
    {
      pending = g_ptr_array_index (body->pending, i);
      if (pending->field == ent_record_type_lookup (type, "account")->index)
        g_assert_cmpstr (pending->id, ==, ORGANIZATION);
      else
        g_assert_cmpuint (pending->position, ==, pending->id[strlen (pending->id) - 1] == '1' ? 0 : 2);
    }
}

/* What people chose meanwhile is what counts. */
static void
test_pending_obsolete (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"account\":\"" ORGANIZATION "\",\"type\":\"deal\"}", &test_sync_no_refs);
  g_auto (EntValue) value = ENT_VALUE_INIT;
  g_autofree char *text = NULL;

  ent_value_set_int (&value, ent_key_make (1, 9));
  ent_record_set (body->record, ent_record_type_lookup (ent_record_get_record_type (body->record), "account")->index, &value);
  text = write_text (body->record, &test_sync_refs, NULL, body->pending);
  g_assert_cmpstr (text, ==, "{\"account\":\"organization:01000000-0000-7000-8000-000000000009\",\"type\":\"deal\"}");
}

/* A record that came meanwhile is in its list once. */
static void
test_pending_arrived (void)
{
  const char *text = "{\"offering\":[\"offering:01000000-0000-7000-8000-000000000001\","
                     "\"offering:01000000-0000-7000-8000-000000000002\"],\"type\":\"deal\"}";
  g_autoptr (EntSyncBody) early = read_text (DEAL, text, &test_sync_no_refs);
  g_autoptr (EntSyncBody) late = read_text (DEAL, text, &test_sync_refs);
  g_autofree char *again = write_text (late->record, &test_sync_refs, NULL, early->pending);

  g_assert_cmpuint (early->pending->len, ==, 2);
  g_assert_cmpstr (again, ==, text);
}

/* Any share of the references may be missing: nothing of the body is lost. */
static void
test_pending_any (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  EntSchema *schema = ent_schema_get_default ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    for (int round = 0; round < 20; round++)
      {
        g_autoptr (EntRecord) record = test_random_record (ent_schema_get_nth (schema, i), rand, 60);
        g_autofree char *id = ent_sync_id_make (ent_schema_get_nth (schema, i), ent_record_get_id (record));
        g_autofree char *text = write_text (record, &test_sync_refs, NULL, NULL);
        g_autoptr (EntSyncBody) body = read_text (id, text, round % 2 == 0 ? &test_sync_some_refs : &test_sync_no_refs);
        g_autofree char *again = write_text (body->record, &test_sync_refs, NULL, body->pending);

        g_assert_cmpstr (again, ==, text);
      }
}

/* A type that only a newer version has, where any type will do. */
static void
test_pending_type (void)
{
  const char *text = "{\"about\":[\"gadget:01000000-0000-7000-8000-000000000001\"],\"type\":\"activity\"}";
  const char *id = "activity:01000000-0000-7000-8000-000000000001";
  g_autoptr (EntSyncBody) body = read_text (id, text, &test_sync_refs);
  g_autofree char *again = write_text (body->record, &test_sync_refs, NULL, body->pending);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (body->pending->len, ==, 1);
}

static void
test_dangling (void)
{
  g_autoptr (EntSyncBody) body = read_text (DEAL, "{\"account\":\"" ORGANIZATION "\",\"type\":\"deal\"}", &test_sync_refs);
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_sync_body_write (body->record, &test_sync_no_refs, NULL, NULL, &error));
  g_assert_error (error, ENT_VALUE_ERROR, ENT_VALUE_ERROR_REFERENCE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/body/id", test_id);
  g_test_add_func ("/sync/body/every-type", test_every_type);
  g_test_add_func ("/sync/body/every-field-type", test_every_field_type);
  g_test_add_func ("/sync/body/form", test_form);
  g_test_add_func ("/sync/body/field-named-type", test_field_named_type);
  g_test_add_func ("/sync/body/members", test_members);
  g_test_add_func ("/sync/body/deleted", test_deleted);
  g_test_add_func ("/sync/body/unknown", test_unknown);
  g_test_add_func ("/sync/body/unknown-learned", test_unknown_learned);
  g_test_add_func ("/sync/body/bare-tombstone", test_bare_tombstone);
  g_test_add_func ("/sync/body/skipped", test_skipped);
  g_test_add_func ("/sync/body/pending", test_pending);
  g_test_add_func ("/sync/body/pending-obsolete", test_pending_obsolete);
  g_test_add_func ("/sync/body/pending-arrived", test_pending_arrived);
  g_test_add_func ("/sync/body/pending-any", test_pending_any);
  g_test_add_func ("/sync/body/pending-type", test_pending_type);
  g_test_add_func ("/sync/body/dangling", test_dangling);

  return g_test_run ();
}
