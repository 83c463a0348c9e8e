/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bodies that no record can be made of: each is an error that names what is wrong. */
#include "config.h"

#include "support/sync-refs.h"
#include "sync/ent-sync-body.h"
#include "sync/ent-sync-json.h"

#include <string.h>

#define DEAL "deal:01000000-0000-7000-8000-000000000001"

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = ent_sync_json_parse_object (text, -1, &error);

  g_assert_no_error (error);
  return object;
}

static void
assert_error (const char *id,
              const char *text,
              int         code,
              const char *part)
{
  g_autoptr (JsonObject) object = parse (text);
  g_autoptr (GError) error = NULL;

  g_assert_null (ent_sync_body_read (ent_schema_get_default (), id, object, &test_sync_refs, &error));
  g_assert_error (error, ENT_VALUE_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not name “%s”", error->message, part);
}

static void
test_document_refused (void)
{
  assert_error ("_design/app", "{\"type\":\"deal\"}", ENT_VALUE_ERROR_MALFORMED, "_design/app");
  assert_error ("gadget:01000000-0000-7000-8000-000000000001", "{\"type\":\"gadget\"}", ENT_VALUE_ERROR_MALFORMED, "gadget");
  assert_error (DEAL, "{\"type\":\"case\"}", ENT_VALUE_ERROR_MALFORMED, DEAL);
  assert_error (DEAL, "{\"type\":[\"deal\"]}", ENT_VALUE_ERROR_MALFORMED, DEAL);
  assert_error (DEAL, "{}", ENT_VALUE_ERROR_MALFORMED, DEAL);
}

/* Members of a deal. */
static const struct
{
  const char       *members;
  EntValueErrorCode code;
  const char       *part;
} wrong[] = {
  { "\"title\":7", ENT_VALUE_ERROR_MALFORMED, "7" },
  { "\"title\":{\"a\":1}", ENT_VALUE_ERROR_MALFORMED, "{\"a\":1}" },
  { "\"title\":[\"a\"]", ENT_VALUE_ERROR_MALFORMED, "Name" },
  { "\"probability_pct\":\"50\"", ENT_VALUE_ERROR_MALFORMED, "Probability" },
  { "\"probability_pct\":1.5", ENT_VALUE_ERROR_MALFORMED, "1.5" },
  { "\"probability_pct\":1e300", ENT_VALUE_ERROR_MALFORMED, "1e+300" },
  { "\"probability_pct\":1000001", ENT_VALUE_ERROR_RANGE, "Probability" },
  { "\"probability_pct\":-1", ENT_VALUE_ERROR_RANGE, "Probability" },
  { "\"kind\":\"sold\"", ENT_VALUE_ERROR_CHOICE, "sold" },
  { "\"amount\":5", ENT_VALUE_ERROR_MALFORMED, "5" },
  { "\"amount\":{\"minor\":5}", ENT_VALUE_ERROR_MALFORMED, "Amount" },
  { "\"amount\":{\"minor\":5.5,\"currency\":\"USD\"}", ENT_VALUE_ERROR_MALFORMED, "5.5" },
  { "\"amount\":{\"minor\":5,\"currency\":\"XQQ\"}", ENT_VALUE_ERROR_MALFORMED, "XQQ" },
  { "\"amount\":{\"minor\":5,\"currency\":\"DOLLAR\"}", ENT_VALUE_ERROR_MALFORMED, "DOLLAR" },
  { "\"amount\":{\"minor\":5,\"currency\":\"USD\",\"scale\":3}", ENT_VALUE_ERROR_MALFORMED, "scale" },
  { "\"expected_close\":\"today\"", ENT_VALUE_ERROR_MALFORMED, "today" },
  { "\"expected_close\":\"20.11.2026\"", ENT_VALUE_ERROR_MALFORMED, "20.11.2026" },
  { "\"expected_close\":\"2026-02-30\"", ENT_VALUE_ERROR_MALFORMED, "2026-02-30" },
  { "\"expected_close\":20777", ENT_VALUE_ERROR_MALFORMED, "20777" },
  { "\"registered_at\":\"2026-11-20\"", ENT_VALUE_ERROR_MALFORMED, "2026-11-20" },
  { "\"registered_at\":\"2026-11-20T10:00:00+02:00\"", ENT_VALUE_ERROR_MALFORMED, "+02:00" },
  { "\"account\":\"Acme\"", ENT_VALUE_ERROR_MALFORMED, "Acme" },
  { "\"account\":\"person:01000000-0000-7000-8000-000000000007\"", ENT_VALUE_ERROR_MALFORMED, "person:" },
  { "\"account\":\"gadget:01000000-0000-7000-8000-000000000007\"", ENT_VALUE_ERROR_MALFORMED, "gadget:" },
  { "\"account\":7", ENT_VALUE_ERROR_MALFORMED, "7" },
  { "\"offering\":\"x\"", ENT_VALUE_ERROR_MALFORMED, "x" },
  { "\"offering\":[null]", ENT_VALUE_ERROR_MALFORMED, "null" },
  { "\"tags\":\"a; b\"", ENT_VALUE_ERROR_MALFORMED, "a; b" },
  { "\"tags\":[\"a\",1]", ENT_VALUE_ERROR_MALFORMED, "Tags" },
  { "\"deleted_at\":0", ENT_VALUE_ERROR_MALFORMED, "Deleted" },
};

static void
test_value_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"type\":\"deal\",%s}", wrong[i].members);

      assert_error (DEAL, text, (int) wrong[i].code, wrong[i].part);
    }
}

/* A value of any JSON type in any field is taken or refused with an error, never with a crash. */
static void
test_any_json (void)
{
  static const char * const values[] = {
    "true", "1", "-1.5", "1e308", "9223372036854775807", "\"\"", "\"x\"", "\"\\u0001\"", "[]", "[[]]", "[{}]", "[1]",
    "[\"\"]", "{}",
    "{\"minor\":{},\"currency\":[]}", "{\"minor\":1,\"currency\":\"\"}", "[true,null]", "\"99999-99-99\"", "\"organization:\"",
  };
  EntSchema *schema = ent_schema_get_default ();
  guint refused = 0, taken = 0;

  for (guint i = 0; i < ent_schema_get_n_types (schema); i++)
    {
      const EntRecordType *type = ent_schema_get_nth (schema, i);
      g_autofree char *id = g_strdup_printf ("%s:01000000-0000-7000-8000-000000000001", type->info->name);

      for (guint j = 0; j < ent_record_type_get_n_fields (type); j++)
        for (gsize k = 0; k < G_N_ELEMENTS (values); k++)
          {
            g_autofree char *text = g_strdup_printf ("{\"type\":\"%s\",\"%s\":%s}", type->info->name,
                                                     ent_sync_body_get_member (ent_record_type_get_nth (type, j)), values[k]);
            g_autoptr (JsonObject) object = parse (text);
            g_autoptr (GError) error = NULL;
            g_autoptr (EntSyncBody) body = ent_sync_body_read (schema, id, object, &test_sync_refs, &error);

            g_assert_true ((body == NULL) == (error != NULL));
            refused += body == NULL;
            taken += body != NULL;
          }
    }
  g_assert_cmpuint (refused, >, taken);
  g_assert_cmpuint (taken, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync/body-refused/document", test_document_refused);
  g_test_add_func ("/sync/body-refused/value", test_value_refused);
  g_test_add_func ("/sync/body-refused/any-json", test_any_json);

  return g_test_run ();
}
