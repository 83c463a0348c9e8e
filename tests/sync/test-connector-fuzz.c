/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Portals may answer anything: connectors make sentences of it, never a crash, and never lose what they do not know. */
#include "config.h"

#include "sync/connector-fixture.h"
#include "sync/ent-connector-rules.h"

static const char * const shipped[] = { "aws-partner-central", "generic-rest", "hubspot", "microsoft-partner-center" };

static JsonNode *
random_value (GRand *rand,
              guint  depth)
{
  static const char * const words[] = { "", "x", "Closed Lost", "won", "2026-11-20", "2026-11-20T08:00:00Z", "-1", "1e400",
                                        "USD", "USD\n", "{id}", "99999999999999999999", "\xef\xbf\xbd", "n1", "true" };
  static const double numbers[] = { 0, -0.0, 0.1, 1e300, -1e18, 1795132800000.0 };
  JsonNode *node;

  switch (g_rand_int_range (rand, 0, depth > 3 ? 5 : 8))
    {
    case 0:
      return json_node_init_null (json_node_alloc ());
    case 1:
      return json_node_init_boolean (json_node_alloc (), TRUE);
    case 2:
      return json_node_init_int (json_node_alloc (), (gint64) g_rand_int (rand) << g_rand_int_range (rand, 0, 32));
    case 3:
      return json_node_init_double (json_node_alloc (), numbers[g_rand_int_range (rand, 0, G_N_ELEMENTS (numbers))]);
    case 4:
      return ent_json_new_text (words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
    case 5:
      node = ent_json_new_array ();
      for (gint32 n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        json_array_add_element (json_node_get_array (node), random_value (rand, depth + 1));
      return node;
    default:
      node = ent_json_new_object ();
      for (gint32 n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        {
          char name[] = { (char) g_rand_int_range (rand, 'a', 'z'), '\0' };

          json_object_set_member (json_node_get_object (node), name, random_value (rand, depth + 1));
        }
      return node;
    }
}

/* Something at most of the places that the object knows, and something it does not know. */
static JsonNode *
random_body (GRand                    *rand,
             const EntConnectorObject *object)
{
  JsonNode *body = ent_json_new_object ();
  const char * const marks[] = { object->id, object->external_id, object->updated,
                                 object->lock != NULL ? object->lock->read : NULL };

  for (guint i = 0; i < object->fields->len; i++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      ent_json_pointer_set (body, ((EntConnectorField *) object->fields->pdata[i])->path, random_value (rand, 0));
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i] != NULL && g_rand_boolean (rand))
      ent_json_pointer_set (body, marks[i], random_value (rand, 2));
  ent_json_pointer_set (body, "/unknown/deep", random_value (rand, 0));
  return body;
}

static EntRecord *
random_record (ConnectorFixture         *f,
               const EntConnectorObject *object)
{
  EntRecord *record = fixture_record (object->type, "title=Claims", NULL);

  if (g_str_equal (object->type, "deal"))
    {
      g_autoptr (GError) error = NULL;

      ent_record_set_text (record, "amount", "12.34 EUR", &error);
      ent_record_set_text (record, "stage", "lost", &error);
      ent_record_set_text (record, "expected_close", "2026-12-01", &error);
      g_assert_no_error (error);
      fixture_refer (record, "account", ent_record_get_key (f->records->pdata[0]));
    }
  return record;
}

/* What was read is what the model allows, so that a store would take it. */
static void
check_reading (EntConnectorReading *reading)
{
  const EntRecordType *type = ent_record_get_record_type (reading->record);

  for (guint i = 0; i < ent_record_type_get_n_fields (type); i++)
    {
      g_autoptr (GError) error = NULL;

      ent_value_check (ent_record_type_get_nth (type, i), ent_record_get (reading->record, i), &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < reading->problems->len; i++)
    g_assert_cmpstr (((EntConnectorProblem *) reading->problems->pdata[i])->sentence, !=, NULL);
}

static void
play (ConnectorFixture         *f,
      GRand                    *rand,
      const EntConnectorObject *object)
{
  g_autoptr (JsonNode) body = random_body (rand, object);
  g_autoptr (EntRecord) record = random_record (f, object);
  g_autoptr (EntConnectorReading) fresh = ent_connector_map_read (object, body, NULL, ent_schema_get_default (), &f->links);
  g_autoptr (EntConnectorReading) edit = ent_connector_map_read (object, body, record, ent_schema_get_default (), &f->links);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, record, body, NULL, &f->links);
  g_autoptr (EntConnectorDraft) again = ent_connector_map_write (object, record, draft->body, NULL, &f->links);
  g_autoptr (GPtrArray) findings = ent_connector_check_record (f->connector, object, record, body, 20000, NULL, &f->links);
  const EntConnectorOperation *update = ent_connector_object_lookup (object, "update");
  g_autoptr (JsonNode) sent = ent_connector_draft_make_body (draft, object, update, body);
  g_autofree char *text = ent_json_write (sent);
  g_autoptr (JsonNode) parsed = ent_json_parse (text, -1, NULL);

  check_reading (fresh);
  check_reading (edit);
  g_assert_nonnull (parsed);
  g_assert_nonnull (findings);
  /* What the connector does not know is as it was, and a second time there is nothing left to do. */
  g_assert_true (json_node_equal (ent_json_pointer_get (draft->body, "/unknown/deep"),
                                  ent_json_pointer_get (body, "/unknown/deep")));
  if (again->changed->len != 0)
    g_error ("%s: %s changes again: %s", object->name, (char *) again->changed->pdata[0], ent_json_write (draft->body));
}

static void
test_bodies (ConnectorFixture *f,
             gconstpointer     id)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  fixture_keep (f, fixture_record ("organization", "title=Globex", "country=DE", "cities=Berlin; Bonn", NULL));
  g_ptr_array_add (f->people, fixture_record ("person", "title=Ana", "given=Ana", "emails=ana@x.example", NULL));
  for (guint i = 0; i < 60; i++)
    for (guint j = 0; j < f->connector->objects->len; j++)
      play (f, rand, f->connector->objects->pdata[j]);
}

/* Whatever the amount and currency: what a portal gets reads back as the same, in texts and in numbers, or is refused. */
static void
test_amounts (ConnectorFixture *f,
              gconstpointer     id)
{
  const EntConnectorObject *deals = ent_connector_lookup (f->connector, "deals");
  const char * const *codes = ent_currency_get_codes ();
  guint n_codes = g_strv_length ((char **) codes), n_refused = 0;
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", NULL);
  guint amount = ent_record_type_lookup (ent_record_get_record_type (deal), "amount")->index;

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < 1000; i++)
    {
      g_auto (EntValue) value = ENT_VALUE_INIT;
      g_autoptr (EntConnectorDraft) draft = NULL;
      g_autofree char *text = NULL;
      g_autoptr (JsonNode) sent = NULL;
      g_autoptr (EntConnectorReading) reading = NULL;
      gint64 minor = (gint64) (((guint64) g_rand_int (rand) << 32 | g_rand_int (rand)) >> g_rand_int_range (rand, 1, 64));

      ent_value_set_money (&value, g_rand_boolean (rand) ? minor : -minor, codes[g_rand_int_range (rand, 0, (gint32) n_codes)]);
      ent_record_set (deal, amount, &value);
      draft = ent_connector_map_write (deals, deal, NULL, NULL, NULL);
      text = ent_json_write (draft->body);
      sent = ent_json_parse (text, -1, NULL);
      reading = ent_connector_map_read (deals, sent, NULL, ent_schema_get_default (), NULL);
      n_refused += draft->problems->len;
      if (draft->problems->len == 0 && !ent_value_equal (ent_record_get (reading->record, amount), &value))
        g_error ("%s", text);
    }
  g_assert_cmpuint (n_refused, <, 500);
}

/* Any status with any body, as the answer to any operation. */
static void
test_answers (ConnectorFixture *f,
              gconstpointer     id)
{
  static const guint statuses[] = { 0, 100, 200, 201, 204, 207, 301, 304, 400, 401, 404, 409, 412, 429, 500, 503, 999 };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  g_test_message ("seed %u", seed);
  soup_message_headers_append (headers, "Link", "<, <>;rel=next, <http://[>; rel=\"next\", >;rel=next");
  soup_message_headers_append (headers, "Retry-After", "-5");
  for (guint i = 0; i < 1500; i++)
    {
      const EntConnectorObject *object = f->connector->objects->pdata[g_rand_int_range (rand, 0,
                                                                                        (gint32) f->connector->objects->len)];
      const EntConnectorOperation *operation =
        object->operations->pdata[g_rand_int_range (rand, 0, (gint32) object->operations->len)];
      EntConnectorRequest request = { .url = (char *) "https://api.example.com/x", .page = (char *) "1" };
      g_autoptr (JsonNode) body = g_rand_boolean (rand) ? random_value (rand, 0) : random_body (rand, object);
      g_autofree char *text = NULL;
      g_autoptr (EntConnectorAnswer) answer = NULL;

      if (operation->items != NULL && *operation->items != '\0' && JSON_NODE_HOLDS_OBJECT (body))
        ent_json_pointer_set (body, operation->items, random_value (rand, 1));
      text = ent_json_write (body);
      answer = ent_connector_answer_read (f->connector, object, operation, &request,
                                          statuses[g_rand_int_range (rand, 0, G_N_ELEMENTS (statuses))], headers, text,
                                          g_rand_int_range (rand, 0, 3) == 0 ? (gssize) strlen (text) / 2 : -1);
      g_assert_true (!answer->is_failed || (answer->sentence != NULL && *answer->sentence != '\0'));
      g_assert_true (!answer->is_failed || answer->next == NULL);
      g_assert_cmpint (answer->wait, >=, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fuzz/amounts/numbers", ConnectorFixture, "generic-rest", fixture_set_up, test_amounts, fixture_tear_down);
  g_test_add ("/fuzz/amounts/texts", ConnectorFixture, "hubspot", fixture_set_up, test_amounts, fixture_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *bodies = g_strdup_printf ("/fuzz/bodies/%s", shipped[i]);
      g_autofree char *answers = g_strdup_printf ("/fuzz/answers/%s", shipped[i]);

      g_test_add (bodies, ConnectorFixture, shipped[i], fixture_set_up, test_bodies, fixture_tear_down);
      g_test_add (answers, ConnectorFixture, shipped[i], fixture_set_up, test_answers, fixture_tear_down);
    }
  return g_test_run ();
}
