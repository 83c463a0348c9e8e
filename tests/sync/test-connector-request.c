/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent for an operation of a connector, and what is refused. */
#include "config.h"

#include "sync/connector-fixture.h"

#define TOKEN "0192f0c1-7a5e-7c3b-9d2e-1f2a3b4c5d6e"
#define SINCE (ent_date_from_ymd (2026, 10, 1) * (gint64) G_TIME_SPAN_DAY)

static const char *
header (const EntConnectorRequest *request,
        const char                *name)
{
  return ent_connector_pairs_get (request->headers, name);
}

/* --- What is sent --------------------------------------------------------------------------------------------- */

static void
test_microsoft_requests (ConnectorFixture *f,
                         gconstpointer     id)
{
  g_autoptr (EntConnectorRequest) list = fixture_request_well (f, "referral", "list", (EntConnectorCall) { .since = SINCE });
  g_autoptr (EntConnectorRequest) get = fixture_request_well (f, "referral", "get", (EntConnectorCall) { .id = "a/b ü?c" });
  g_autoptr (JsonNode) record = fixture_json ("{'name':'x'}");
  g_autoptr (EntConnectorRequest) update = fixture_request_well (f, "referral", "update",
                                                      (EntConnectorCall) { .id = "r1", .lock = "\"25\"", .token = TOKEN,
                                                                           .record = record });
  g_autoptr (EntConnectorRequest) again = fixture_request_well (f, "referral", "update",
                                                     (EntConnectorCall) { .id = "r1", .lock = "\"25\"", .token = TOKEN,
                                                                          .record = record });

  g_assert_cmpstr (list->method, ==, "GET");
  g_assert_cmpstr (list->url, ==,
                   "https://api.partner.microsoft.com/v1.0/engagements/referrals?$orderby=createdDateTime%20desc"
                   "&$filter=updatedDateTime%20gt%202026-09-30T23:55:00Z");
  g_assert_null (list->body);
  g_assert_null (header (list, "Content-Type"));
  g_assert_cmpstr (get->url, ==, "https://api.partner.microsoft.com/v1.0/engagements/referrals/a%2Fb%20%C3%BC%3Fc");
  g_assert_cmpstr (update->method, ==, "PUT");
  g_assert_cmpstr (header (update, "If-Match"), ==, "\"25\"");
  g_assert_cmpstr (header (update, "request-id"), ==, TOKEN);
  g_assert_cmpstr (header (update, "Content-Type"), ==, "application/json");
  /* One number a call, the same one in a repetition. */
  g_assert_true (g_uuid_string_is_valid (header (update, "client-request-id")));
  g_assert_cmpstr (header (update, "client-request-id"), !=, header (again, "client-request-id"));
  g_assert_cmpstr (header (update, "request-id"), ==, header (again, "request-id"));
}

static void
test_microsoft_create (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) record = fixture_json ("{'name':'x'}");
  g_autoptr (EntConnectorRequest) request = NULL;
  g_autoptr (JsonNode) body = NULL;

  g_hash_table_insert (values, (char *) "consent_share", (char *) "true");
  g_hash_table_insert (values, (char *) "consent_contact", (char *) "false");
  request = fixture_request_well (f, "referral", "create",
                                  (EntConnectorCall) { .values = values, .token = TOKEN, .record = record });
  body = ent_json_parse (request->body, -1, NULL);
  assert_json (body, "{'name':'x','type':'Independent','qualification':'Direct','consent':{"
                     "'consentToToShareInfoWithOthers':true,'consentToContact':false}}");
}

static void
test_hubspot_requests (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (EntConnectorRequest) list = fixture_request_well (f, "contacts", "list", (EntConnectorCall) { .page = "100" });
  g_autoptr (EntConnectorRequest) changes = fixture_request_well (f, "contacts", "changes",
                                                       (EntConnectorCall) { .since = SINCE, .page = "100" });
  g_autoptr (EntConnectorRequest) all = fixture_request_well (f, "contacts", "changes", (EntConnectorCall) { NULL });
  g_autoptr (EntConnectorRequest) delete = fixture_request_well (f, "contacts", "delete", (EntConnectorCall) { .id = "7" });
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (EntConnectorRequest) associate = NULL;
  g_autoptr (JsonNode) body = ent_json_parse (changes->body, -1, NULL);

  g_assert_cmpstr (list->url, ==, "https://api.hubapi.com/crm/v3/objects/contacts?properties=email,firstname,jobtitle,lastname,"
                                  "phone&archived=false&associations=companies&limit=100&after=100");
  g_assert_cmpstr (changes->method, ==, "POST");
  g_assert_cmpstr (changes->url, ==, "https://api.hubapi.com/crm/v3/objects/contacts/search");
  assert_place (body, "/filterGroups/0/filters/0/value", "\"1790812740000\"");
  assert_place (body, "/after", "\"100\"");
  assert_place (body, "/limit", "100");
  g_assert_null (strstr (all->body, "filterGroups"));
  g_assert_cmpstr (delete->method, ==, "DELETE");
  g_assert_null (delete->body);
  g_hash_table_insert (values, (char *) "company", (char *) "12");
  associate = fixture_request_well (f, "deals", "associate", (EntConnectorCall) { .id = "7", .values = values });
  g_assert_cmpstr (associate->method, ==, "PUT");
  g_assert_cmpstr (associate->url, ==, "https://api.hubapi.com/crm/v4/objects/deals/7/associations/default/companies/12");
}

static void
test_generic_requests (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) patch = fixture_json ("[{'op':'remove','path':'/url'}]");
  g_autoptr (JsonNode) record = fixture_json ("{'name':'x'}");
  g_autoptr (EntConnectorRequest) list = NULL, people = NULL, update = NULL, merge = NULL;
  g_autoptr (EntConnectorRequest) create = NULL, find = NULL, here = NULL;
  g_autoptr (JsonNode) body = NULL;

  g_hash_table_insert (values, (char *) "host", (char *) "portal.example.com:8443");
  g_hash_table_insert (values, (char *) "account", (char *) "ours");
  list = fixture_request_well (f, "companies", "list", (EntConnectorCall) { .values = values, .since = SINCE });
  g_assert_cmpstr (list->url, ==, "https://portal.example.com:8443/v1/companies?updated_since=1790812680&per_page=50&page=1");
  g_assert_cmpstr (header (list, "X-Account"), ==, "ours");
  g_assert_cmpstr (header (list, "Accept"), ==, "application/json");
  people = fixture_request_well (f, "people", "list", (EntConnectorCall) { .since = SINCE });
  g_assert_cmpstr (header (people, "If-Modified-Since"), ==, "Wed, 30 Sep 2026 23:59:00 GMT");
  g_assert_null (header (people, "X-Account"));
  update = fixture_request_well (f, "companies", "update",
                                 (EntConnectorCall) { .id = "7", .lock = "W/\"3\"", .record = patch });
  g_assert_cmpstr (update->method, ==, "PATCH");
  g_assert_cmpstr (update->body, ==, "[{\"op\":\"remove\",\"path\":\"/url\"}]");
  g_assert_cmpstr (header (update, "Content-Type"), ==, "application/json-patch+json");
  g_assert_cmpstr (header (update, "If-Match"), ==, "W/\"3\"");
  merge = fixture_request_well (f, "deals", "update", (EntConnectorCall) { .id = "7", .lock = "3", .record = record });
  g_assert_cmpstr (header (merge, "Content-Type"), ==, "application/merge-patch+json");
  create = fixture_request_well (f, "companies", "create", (EntConnectorCall) { .external_id = TOKEN, .record = record });
  body = ent_json_parse (create->body, -1, NULL);
  assert_place (body, "/external_id", "\"" TOKEN "\"");
  find = fixture_request_well (f, "companies", "find", (EntConnectorCall) { .external_id = TOKEN });
  g_assert_cmpstr (find->url, ==, "https://api.example.com/v1/companies?external_id=" TOKEN);
  here = fixture_request_well (f, "deals", "get", (EntConnectorCall) { .id = "7", .base = "http://127.0.0.1:8080/x/" });
  g_assert_cmpstr (here->url, ==, "http://127.0.0.1:8080/x/deals/7");
}

static void
assert_refused (ConnectorFixture *f,
                const char       *object,
                const char       *operation,
                EntConnectorCall  call,
                const char       *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fixture_request (f, object, operation, call, &error));
  g_assert_error (error, ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_VALUE);
  if (strstr (error->message, part) == NULL)
    g_error ("%s", error->message);
}

static void
test_refused (ConnectorFixture *f,
              gconstpointer     id)
{
  static const char * const bad_hosts[] = { "evil.example/x?", "a@evil.example", "a b", "http://x" };
  static const char * const bad_bases[] = { "http://api.example.com", "ftp://127.0.0.1", "https://", "https://u:p@x.example",
                                            "http://127.0.0.1.evil.example", "" };
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) record = fixture_json ("{}");

  for (gsize i = 0; i < G_N_ELEMENTS (bad_hosts); i++)
    {
      g_hash_table_insert (values, (char *) "host", (char *) bad_hosts[i]);
      assert_refused (f, "deals", "list", (EntConnectorCall) { .values = values }, "“Host” of REST service cannot be");
    }
  g_hash_table_remove_all (values);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_bases); i++)
    assert_refused (f, "deals", "list", (EntConnectorCall) { .base = bad_bases[i] }, "https://");
  g_hash_table_insert (values, (char *) "account", (char *) "a\r\nX-Evil: 1");
  assert_refused (f, "deals", "list", (EntConnectorCall) { .values = values }, "line break");
  assert_refused (f, "deals", "get", (EntConnectorCall) { NULL }, "has no number");
  assert_refused (f, "deals", "update", (EntConnectorCall) { .id = "7", .record = record }, "get the record");
  assert_refused (f, "deals", "create", (EntConnectorCall) { .record = record }, "token");
  assert_refused (f, "deals", "list", (EntConnectorCall) { .page = "https://evil.example/next" }, "another host");
}

static void
test_arguments (ConnectorFixture *f,
                gconstpointer     id)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  assert_refused (f, "opportunity", "associate", (EntConnectorCall) { .id = "O1" }, "“Its number”");
  g_hash_table_insert (values, (char *) "entity", (char *) "S-1");
  g_hash_table_insert (values, (char *) "entity_type", (char *) "Things");
  assert_refused (f, "opportunity", "associate", (EntConnectorCall) { .id = "O1", .values = values }, "“Things”");
  g_hash_table_insert (values, (char *) "catalog", (char *) "Beta");
  assert_refused (f, "opportunity", "list", (EntConnectorCall) { .values = values }, "“Catalog”");
}

#define ADD(path, id, func) g_test_add (path, ConnectorFixture, id, fixture_set_up, func, fixture_tear_down)
#define AWS       "aws-partner-central"
#define MICROSOFT "microsoft-partner-center"
#define HUBSPOT   "hubspot"
#define GENERIC   "generic-rest"

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/request/microsoft", MICROSOFT, test_microsoft_requests);
  ADD ("/request/microsoft-create", MICROSOFT, test_microsoft_create);
  ADD ("/request/hubspot", HUBSPOT, test_hubspot_requests);
  ADD ("/request/generic", GENERIC, test_generic_requests);
  ADD ("/request/refused", GENERIC, test_refused);
  ADD ("/request/arguments", AWS, test_arguments);
  return g_test_run ();
}
