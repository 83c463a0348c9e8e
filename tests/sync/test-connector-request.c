/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sent for an operation, and what answers of portals say: paging, marks, errors, nonsense. */
#include "config.h"

#include "sync/connector-fixture.h"

#define TOKEN "0192f0c1-7a5e-7c3b-9d2e-1f2a3b4c5d6e"
#define SINCE (ent_date_from_ymd (2026, 10, 1) * (gint64) G_TIME_SPAN_DAY)

typedef struct
{
  const EntConnectorObject    *object;
  const EntConnectorOperation *operation;
  EntConnectorRequest         *request;
  EntConnectorAnswer          *answer;
} Exchange;

static void
exchange_clear (Exchange *self)
{
  g_clear_pointer (&self->request, ent_connector_request_free);
  g_clear_pointer (&self->answer, ent_connector_answer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static EntConnectorRequest *
make (ConnectorFixture *f,
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

static EntConnectorRequest *
make_well (ConnectorFixture *f,
           const char       *object,
           const char       *operation,
           EntConnectorCall  call)
{
  g_autoptr (GError) error = NULL;
  EntConnectorRequest *request = make (f, object, operation, call, &error);

  g_assert_no_error (error);
  return request;
}

/* @headers: "Name: value" lines; @text with ' for ", unless it is a page. */
static Exchange
answer (ConnectorFixture *f,
        const char       *object,
        const char       *operation,
        EntConnectorCall  call,
        guint             status,
        const char       *headers,
        const char       *text)
{
  Exchange self = { ent_connector_lookup (f->connector, object) };
  SoupMessageHeaders *parsed = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\n", -1);
  g_autoptr (GString) quoted = g_string_new (text);

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, ": ", 2);

      soup_message_headers_append (parsed, parts[0], parts[1]);
    }
  if (text != NULL && *text != '<')
    g_string_replace (quoted, "'", "\"", 0);
  self.operation = ent_connector_object_lookup (self.object, operation);
  self.request = make_well (f, object, operation, call);
  self.answer = ent_connector_answer_read (f->connector, self.object, self.operation, self.request, status, parsed,
                                           text != NULL ? quoted->str : NULL, -1);
  soup_message_headers_unref (parsed);
  return self;
}

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
  g_autoptr (EntConnectorRequest) list = make_well (f, "referral", "list", (EntConnectorCall) { .since = SINCE });
  g_autoptr (EntConnectorRequest) get = make_well (f, "referral", "get", (EntConnectorCall) { .id = "a/b ü?c" });
  g_autoptr (JsonNode) record = fixture_json ("{'name':'x'}");
  g_autoptr (EntConnectorRequest) update = make_well (f, "referral", "update",
                                                      (EntConnectorCall) { .id = "r1", .lock = "\"25\"", .token = TOKEN,
                                                                           .record = record });
  g_autoptr (EntConnectorRequest) again = make_well (f, "referral", "update",
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
  request = make_well (f, "referral", "create", (EntConnectorCall) { .values = values, .token = TOKEN, .record = record });
  body = ent_json_parse (request->body, -1, NULL);
  assert_json (body, "{'name':'x','type':'Independent','qualification':'Direct','consent':{"
                     "'consentToToShareInfoWithOthers':true,'consentToContact':false}}");
}

static void
test_hubspot_requests (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (EntConnectorRequest) list = make_well (f, "contacts", "list", (EntConnectorCall) { .page = "100" });
  g_autoptr (EntConnectorRequest) changes = make_well (f, "contacts", "changes",
                                                       (EntConnectorCall) { .since = SINCE, .page = "100" });
  g_autoptr (EntConnectorRequest) all = make_well (f, "contacts", "changes", (EntConnectorCall) { NULL });
  g_autoptr (EntConnectorRequest) delete = make_well (f, "contacts", "delete", (EntConnectorCall) { .id = "7" });
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
  associate = make_well (f, "deals", "associate", (EntConnectorCall) { .id = "7", .values = values });
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
  list = make_well (f, "companies", "list", (EntConnectorCall) { .values = values, .since = SINCE });
  g_assert_cmpstr (list->url, ==, "https://portal.example.com:8443/v1/companies?updated_since=1790812680&per_page=50&page=1");
  g_assert_cmpstr (header (list, "X-Account"), ==, "ours");
  g_assert_cmpstr (header (list, "Accept"), ==, "application/json");
  people = make_well (f, "people", "list", (EntConnectorCall) { .since = SINCE });
  g_assert_cmpstr (header (people, "If-Modified-Since"), ==, "Wed, 30 Sep 2026 23:59:00 GMT");
  g_assert_null (header (people, "X-Account"));
  update = make_well (f, "companies", "update", (EntConnectorCall) { .id = "7", .lock = "W/\"3\"", .record = patch });
  g_assert_cmpstr (update->method, ==, "PATCH");
  g_assert_cmpstr (update->body, ==, "[{\"op\":\"remove\",\"path\":\"/url\"}]");
  g_assert_cmpstr (header (update, "Content-Type"), ==, "application/json-patch+json");
  g_assert_cmpstr (header (update, "If-Match"), ==, "W/\"3\"");
  merge = make_well (f, "deals", "update", (EntConnectorCall) { .id = "7", .lock = "3", .record = record });
  g_assert_cmpstr (header (merge, "Content-Type"), ==, "application/merge-patch+json");
  create = make_well (f, "companies", "create", (EntConnectorCall) { .external_id = TOKEN, .record = record });
  body = ent_json_parse (create->body, -1, NULL);
  assert_place (body, "/external_id", "\"" TOKEN "\"");
  find = make_well (f, "companies", "find", (EntConnectorCall) { .external_id = TOKEN });
  g_assert_cmpstr (find->url, ==, "https://api.example.com/v1/companies?external_id=" TOKEN);
  here = make_well (f, "deals", "get", (EntConnectorCall) { .id = "7", .base = "http://127.0.0.1:8080/x/" });
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

  g_assert_null (make (f, object, operation, call, &error));
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

/* --- Pages ------------------------------------------------------------------------------------------------------------ */

static void
test_aws_pages (ConnectorFixture *f,
                gconstpointer     id)
{
  g_auto (Exchange) first = answer (f, "opportunity", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                    "{'OpportunitySummaries':[{'Id':'O1'},{'Id':'O2'}],'NextToken':'abc'}");
  g_auto (Exchange) last = answer (f, "opportunity", "list", (EntConnectorCall) { .page = "abc" }, 200, NULL,
                                   "{'OpportunitySummaries':[]}");
  g_auto (Exchange) stuck = answer (f, "opportunity", "list", (EntConnectorCall) { .page = "abc" }, 200, NULL,
                                    "{'OpportunitySummaries':[],'NextToken':'abc'}");

  g_assert_false (first.answer->is_failed);
  g_assert_cmpuint (first.answer->items->len, ==, 2);
  assert_place (first.answer->items->pdata[1], "/Id", "\"O2\"");
  g_assert_cmpstr (first.answer->next, ==, "abc");
  g_assert_false (last.answer->is_failed);
  g_assert_null (last.answer->next);
  g_assert_true (stuck.answer->is_failed);
  g_assert_null (stuck.answer->next);
}

/* The sample in Microsoft's documents has http in its link: https is asked for, and only on the same host. */
static void
test_microsoft_pages (ConnectorFixture *f,
                      gconstpointer     id)
{
  g_auto (Exchange) first = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                    "{'@odata.context':'x','value':[{'id':'1'}],'@odata.nextLink':"
                                    "'http://api.partner.microsoft.com/v1.0/engagements/referrals?$skip=100&$f=a%20b'}");
  g_auto (Exchange) evil = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                   "{'value':[{'id':'1'}],'@odata.nextLink':'https://evil.example/x'}");
  g_autoptr (EntConnectorRequest) next = make_well (f, "referral", "list", (EntConnectorCall) { .page = first.answer->next });

  g_assert_cmpstr (next->url, ==, "https://api.partner.microsoft.com/v1.0/engagements/referrals?$skip=100&$f=a%20b");
  g_assert_true (evil.answer->is_failed);
  g_assert_cmpint (evil.answer->fail, ==, ENT_CONNECTOR_FAIL_FINAL);
  g_assert_null (evil.answer->next);
  g_assert_cmpuint (evil.answer->items->len, ==, 1);
}

static void
test_follow (void)
{
  static const char from[] = "https://api.example.com/v1/deals?limit=1";
  static const struct { const char *link, *to; } links[] =
  {
    { "?page=2", "https://api.example.com/v1/deals?page=2" }, { "/v1/x", "https://api.example.com/v1/x" },
    { "http://API.example.com/x", "https://API.example.com/x" }, { "http://api.example.com:80/x", "https://api.example.com/x" },
    { "https://api.example.com:444/x", NULL }, { "http://api.example.com:8080/x", NULL }, { "//evil.example/x", NULL },
    { "https://api.example.com.evil.example/", NULL }, { "https://u@api.example.com/", NULL }, { "javascript:alert(1)", NULL },
    { "ftp://api.example.com/", NULL }, { "https://[", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *to = ent_connector_follow (from, links[i].link);

      g_assert_cmpstr (to, ==, links[i].to);
    }
}

static void
test_hubspot_pages (ConnectorFixture *f,
                    gconstpointer     id)
{
  g_auto (Exchange) first = answer (f, "deals", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                    "{'results':[{'id':'1'}],'paging':{'next':{'after':'100','link':'x'}}}");
  g_auto (Exchange) last = answer (f, "deals", "list", (EntConnectorCall) { NULL }, 200, NULL, "{'results':[{'id':'1'}]}");

  g_assert_cmpstr (first.answer->next, ==, "100");
  g_assert_null (last.answer->next);
}

static char *
many (guint       n,
      const char *format)
{
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (items, "%s{'id':'%u'}", i > 0 ? "," : "", i);
  return g_strdup_printf (format, items->str);
}

static void
test_generic_pages (ConnectorFixture *f,
                    gconstpointer     id)
{
  g_autofree char *full = many (50, "{'data':[%s]}");
  g_autofree char *part = many (49, "{'data':[%s]}");
  g_auto (Exchange) second = answer (f, "companies", "list", (EntConnectorCall) { .page = "2" }, 200, NULL, full);
  g_auto (Exchange) last = answer (f, "companies", "list", (EntConnectorCall) { .page = "3" }, 200, NULL, part);
  g_auto (Exchange) people = answer (f, "people", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                     "{'people':{'items':[{'id':'a'},{'id':'b'}],'has_more':true}}");
  g_auto (Exchange) no_more = answer (f, "people", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                      "{'people':{'items':[{'id':'a'}],'has_more':false}}");
  g_auto (Exchange) deals = answer (f, "deals", "list", (EntConnectorCall) { NULL }, 200,
                                    "Link: <https://api.example.com/v1/deals?page=0>; rel=\"prev\", "
                                    "<https://api.example.com/v1/deals?page=2,3>; title=\"a, b\"; rel=\"last next\"",
                                    "[{'id':'1'}]");
  g_auto (Exchange) end = answer (f, "deals", "list", (EntConnectorCall) { NULL }, 200,
                                  "Link: <https://api.example.com/v1/deals>; rel=\"nextish\"", "[]");

  g_assert_cmpstr (second.answer->next, ==, "3");
  g_assert_null (last.answer->next);
  g_assert_cmpstr (people.answer->next, ==, "b");
  g_assert_null (no_more.answer->next);
  g_assert_cmpstr (deals.answer->next, ==, "https://api.example.com/v1/deals?page=2,3");
  g_assert_cmpuint (deals.answer->items->len, ==, 1);
  g_assert_null (end.answer->next);
  g_assert_false (end.answer->is_failed);
}

/* --- One record --------------------------------------------------------------------------------------------------------- */

static void
test_marks (ConnectorFixture *f,
            gconstpointer     id)
{
  g_auto (Exchange) company = answer (f, "companies", "get", (EntConnectorCall) { .id = "7" }, 200, "ETag: W/\"9\"",
                                      "{'id':7,'name':'x'}");
  g_auto (Exchange) deal = answer (f, "deals", "get", (EntConnectorCall) { .id = "7" }, 200, "ETag: \"1\"",
                                   "{'id':'7','version':12}");
  g_auto (Exchange) person = answer (f, "people", "get", (EntConnectorCall) { .id = "7" }, 200,
                                     "Last-Modified: Wed, 30 Sep 2026 23:59:00 GMT", "{'person':{'id':'7'}}");
  g_auto (Exchange) deleted = answer (f, "deals", "delete", (EntConnectorCall) { .id = "7" }, 204, NULL, NULL);

  g_assert_cmpstr (company.answer->id, ==, "7");
  g_assert_cmpstr (company.answer->lock, ==, "W/\"9\"");
  g_assert_cmpstr (deal.answer->lock, ==, "12");
  g_assert_cmpstr (person.answer->id, ==, "7");
  g_assert_cmpstr (person.answer->lock, ==, "Wed, 30 Sep 2026 23:59:00 GMT");
  g_assert_false (deleted.answer->is_failed);
}

static void
test_tasks (ConnectorFixture *f,
            gconstpointer     id)
{
  g_auto (Exchange) start = answer (f, "opportunity", "start_engagement", (EntConnectorCall) { .id = "O1", .token = TOKEN },
                                    200, NULL, "{'TaskId':'task-0123456789abc','TaskStatus':'IN_PROGRESS'}");
  g_auto (Exchange) poll = answer (f, "opportunity", "engagement_tasks", (EntConnectorCall) { .task = "task-0123456789abc" },
                                   200, NULL, "{'TaskSummaries':[{'TaskStatus':'IN_PROGRESS'},{'TaskStatus':'COMPLETE'},"
                                         "{'TaskStatus':'FAILED','ReasonCode':'EngagementAccessDenied'},{},7]}");
  static const EntConnectorTaskState states[] = { ENT_CONNECTOR_TASK_PENDING, ENT_CONNECTOR_TASK_DONE,
                                                  ENT_CONNECTOR_TASK_FAILED, ENT_CONNECTOR_TASK_PENDING,
                                                  ENT_CONNECTOR_TASK_PENDING };

  g_assert_cmpstr (start.answer->task, ==, "task-0123456789abc");
  g_assert_cmpuint (poll.answer->items->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *reason = NULL;

      g_assert_cmpint (ent_connector_task_read (start.operation->task, poll.answer->items->pdata[i], &reason), ==, states[i]);
      g_assert_cmpstr (reason, ==, i == 2 ? "EngagementAccessDenied" : NULL);
    }
}

/* --- Errors --------------------------------------------------------------------------------------------------------------- */

static void
assert_failed (const Exchange   *self,
               EntConnectorFail  fail,
               const char       *part)
{
  g_assert_true (self->answer->is_failed);
  if (self->answer->fail != fail || strstr (self->answer->sentence, part) == NULL)
    g_error ("%d %s", self->answer->fail, self->answer->sentence);
}

static void
assert_fault (const Exchange *self,
              guint           i,
              const char     *field,
              const char     *sentence)
{
  g_assert_cmpuint (i, <, self->answer->faults->len);
  g_assert_cmpstr (((EntConnectorFault *) self->answer->faults->pdata[i])->field, ==, field);
  g_assert_cmpstr (((EntConnectorFault *) self->answer->faults->pdata[i])->sentence, ==, sentence);
}

static void
test_aws_errors (ConnectorFixture *f,
                 gconstpointer     id)
{
  EntConnectorCall call = { .id = "O1", .lock = "2026-10-01T08:30:00Z", .token = TOKEN };
  g_auto (Exchange) invalid =
    answer (f, "opportunity", "update", call, 400, NULL,
            "{'__type':'com.amazonaws.partnercentral#ValidationException','Message':'1 validation error','Reason':"
            "'BUSINESS_VALIDATION_FAILED','ErrorList':[{'FieldName':'LifeCycle.TargetCloseDate','Message':'must be later',"
            "'Code':'INVALID_VALUE'},{'FieldName':'Customer.Account.Address.CountryCode','Message':'is missing',"
            "'Code':'REQUIRED_FIELD_MISSING'},{'FieldName':'Customer.Contacts[0].Email','Message':'is wrong','Code':"
            "'INVALID_STRING_FORMAT'},{'FieldName':'SoftwareRevenue.Value.CurrencyCode','Message':'EUR','Code':'x'},"
            "{'Message':'something','Code':'INVALID_VALUE'},{'FieldName':'Marketing.Source','Message':'no','Code':'x'}]}");
  g_auto (Exchange) locked =
    answer (f, "opportunity", "update", call, 400, NULL,
            "{'__type':'ValidationException','Message':'no','ErrorList':[{'Message':'x','Code':'ACTION_NOT_PERMITTED'}]}");
  g_auto (Exchange) changed = answer (f, "opportunity", "update", call, 400, NULL, "{'__type':'ConflictException'}");
  g_auto (Exchange) wait = answer (f, "opportunity", "get", call, 400, NULL,
                                   "{'__type':'ThrottlingException','message':'Rate exceeded'}");
  g_auto (Exchange) gone = answer (f, "opportunity", "get", call, 400, NULL, "{'__type':'ResourceNotFoundException'}");
  g_auto (Exchange) expired = answer (f, "opportunity", "get", call, 400, NULL,
                                      "{'__type':'com.amazon.coral.service#ExpiredTokenException:http://x/','message':'old'}");
  g_auto (Exchange) benefit =
    answer (f, "benefit_application", "update", call, 400, NULL,
            "{'__type':'ValidationException','Message':'bad','Reason':'other','FieldList':[{'Name':'Description','Message':"
            "'too long'}]}");

  assert_failed (&invalid, ENT_CONNECTOR_FAIL_INVALID, "AWS Partner Central says: 1 validation error");
  g_assert_cmpstr (invalid.answer->code, ==, "ValidationException");
  g_assert_cmpuint (invalid.answer->faults->len, ==, 6);
  assert_fault (&invalid, 0, "expected_close", "must be later");
  assert_fault (&invalid, 1, "account.country", "is missing");
  assert_fault (&invalid, 2, "stakeholders", "is wrong");
  assert_fault (&invalid, 3, "amount", "EUR");
  assert_fault (&invalid, 4, NULL, "something");
  assert_fault (&invalid, 5, NULL, "no");
  assert_failed (&locked, ENT_CONNECTOR_FAIL_LOCKED, "no");
  assert_failed (&changed, ENT_CONNECTOR_FAIL_CHANGED, "both edits are joined");
  assert_failed (&wait, ENT_CONNECTOR_FAIL_WAIT, "Rate exceeded");
  g_assert_cmpint (wait.answer->wait, ==, 1000);
  assert_failed (&gone, ENT_CONNECTOR_FAIL_MISSING, "AWS Partner Central");
  assert_failed (&expired, ENT_CONNECTOR_FAIL_SIGN_IN, "old");
  assert_fault (&benefit, 0, "desired_outcome", "too long");
}

static void
test_microsoft_errors (ConnectorFixture *f,
                       gconstpointer     id)
{
  EntConnectorCall call = { .id = "r1", .lock = "x", .token = TOKEN };
  g_auto (Exchange) changed = answer (f, "referral", "update", call, 412, NULL,
                                      "{'error':{'code':'preconditionFailed','message':'The tag differs.'}}");
  g_auto (Exchange) invalid = answer (f, "referral", "update", call, 400, NULL,
                                      "{'error':{'code':'invalidRequest','message':'Not a value.','target':"
                                      "'/details/dealValue','innerError':{'innerError':{}}}}");
  g_auto (Exchange) wait = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 429, "Retry-After: 17", NULL);
  g_auto (Exchange) busy = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 503,
                                   "Date: Wed, 30 Sep 2026 23:59:00 GMT\nRetry-After: Thu, 01 Oct 2026 00:01:00 GMT",
                                   "{'error':{'code':'serviceNotAvailable','message':''}}");
  g_auto (Exchange) claims = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 403, NULL,
                                     "{'error':{'code':'insufficent_claims'}}");

  assert_failed (&changed, ENT_CONNECTOR_FAIL_CHANGED, "The tag differs.");
  assert_failed (&invalid, ENT_CONNECTOR_FAIL_INVALID, "Not a value.");
  assert_fault (&invalid, 0, "amount", "Not a value.");
  assert_failed (&wait, ENT_CONNECTOR_FAIL_WAIT, "goes on after a pause");
  g_assert_cmpint (wait.answer->wait, ==, 17000);
  assert_failed (&busy, ENT_CONNECTOR_FAIL_RETRY, "cannot answer now");
  g_assert_cmpint (busy.answer->wait, ==, 120000);
  assert_failed (&claims, ENT_CONNECTOR_FAIL_FORBIDDEN, "Microsoft Partner Center");
}

static void
test_hubspot_errors (ConnectorFixture *f,
                     gconstpointer     id)
{
  EntConnectorCall call = { .id = "7" };
  g_auto (Exchange) invalid =
    answer (f, "deals", "update", call, 400, NULL,
            "{'status':'error','message':'Property values were not valid','correlationId':'c','category':'VALIDATION_ERROR',"
            "'errors':[{'message':'x is not a stage','code':'INVALID_OPTION','context':{'propertyName':['dealstage']}}]}");
  g_auto (Exchange) wait = answer (f, "deals", "get", call, 429, NULL,
                                   "{'status':'error','message':'You have reached your ten_secondly_rolling limit.',"
                                   "'category':'RATE_LIMITS','policyName':'TEN_SECONDLY_ROLLING'}");
  g_auto (Exchange) exists = answer (f, "contacts", "create", call, 409, NULL,
                                     "{'status':'error','message':'Contact already exists: 5','category':'CONFLICT'}");

  assert_failed (&invalid, ENT_CONNECTOR_FAIL_INVALID, "HubSpot says: Property values were not valid");
  assert_fault (&invalid, 0, "stage", "x is not a stage");
  assert_failed (&wait, ENT_CONNECTOR_FAIL_WAIT, "limit");
  g_assert_cmpint (wait.answer->wait, ==, 10000);
  assert_failed (&exists, ENT_CONNECTOR_FAIL_EXISTS, "already exists");
}

/* As Salesforce answers: a list. */
static void
test_list_of_errors (ConnectorFixture *f,
                     gconstpointer     id)
{
  g_autoptr (JsonNode) record = fixture_json ("{}");
  EntConnectorCall call = { .token = TOKEN, .record = record };
  g_auto (Exchange) twice = answer (f, "deals", "create", call, 400, NULL,
                                    "[{'message':'Use another name','errorCode':'DUPLICATES_DETECTED','fields':['name']},"
                                    "{'message':'b','errorCode':'X','fields':[]}]");
  g_auto (Exchange) row = answer (f, "deals", "create", call, 400, NULL,
                                  "[{'message':'busy row','errorCode':'UNABLE_TO_LOCK_ROW'}]");

  assert_failed (&twice, ENT_CONNECTOR_FAIL_EXISTS, "REST service says: Use another name");
  g_assert_cmpuint (twice.answer->faults->len, ==, 2);
  assert_fault (&twice, 0, "title", "Use another name");
  assert_failed (&row, ENT_CONNECTOR_FAIL_RETRY, "busy row");
}

/* What is no answer of the portal at all: never taken for one, and never for the portal's "no". */
static void
test_nonsense (ConnectorFixture *f,
               gconstpointer     id)
{
  static const struct { guint status; const char *text; EntConnectorFail fail; const char *part; } answers[] =
  {
    { 200, "<html>Sign in to the hotel's network</html>", ENT_CONNECTOR_FAIL_RETRY, "web page" },
    { 200, "{'value':", ENT_CONNECTOR_FAIL_RETRY, "not JSON" }, { 200, "", ENT_CONNECTOR_FAIL_RETRY, "empty answer" },
    { 200, "{'value':7}", ENT_CONNECTOR_FAIL_RETRY, "no list" }, { 302, "", ENT_CONNECTOR_FAIL_FINAL, "check the connector" },
    { 500, "<html>Bad</html>", ENT_CONNECTOR_FAIL_RETRY, "cannot answer now" }, { 502, "", ENT_CONNECTOR_FAIL_RETRY, "again" },
    { 400, "[[]]", ENT_CONNECTOR_FAIL_INVALID, "does not accept" }, { 400, "{'error':7}", ENT_CONNECTOR_FAIL_INVALID, "" },
    { 401, "null", ENT_CONNECTOR_FAIL_SIGN_IN, "sign in" }, { 501, "{}", ENT_CONNECTOR_FAIL_FINAL, "check the connector" },
    { 404, "{'error':{'message':{},'code':[]}}", ENT_CONNECTOR_FAIL_MISSING, "any more" },
    { 0, "", ENT_CONNECTOR_FAIL_FINAL, "check the connector" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_auto (Exchange) exchange = answer (f, "referral", "list", (EntConnectorCall) { NULL }, answers[i].status, NULL,
                                           answers[i].text);

      assert_failed (&exchange, answers[i].fail, answers[i].part);
      g_assert_null (exchange.answer->next);
    }
}

static void
test_long_words (ConnectorFixture *f,
                 gconstpointer     id)
{
  g_autofree char *words = g_strnfill (100000, 'a');
  g_autofree char *text = g_strdup_printf ("{'error':{'code':'x','message':'%s','target':'name'}}", words);
  g_auto (Exchange) exchange = answer (f, "referral", "list", (EntConnectorCall) { NULL }, 400, "Retry-After: 99999999", text);

  g_assert_cmpuint (strlen (exchange.answer->sentence), <, 600);
  g_assert_cmpuint (strlen (((EntConnectorFault *) exchange.answer->faults->pdata[0])->sentence), <, 600);
  g_assert_cmpint (exchange.answer->wait, ==, 24 * 60 * 60 * 1000);
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
  ADD ("/answer/pages/aws", AWS, test_aws_pages);
  ADD ("/answer/pages/microsoft", MICROSOFT, test_microsoft_pages);
  ADD ("/answer/pages/hubspot", HUBSPOT, test_hubspot_pages);
  ADD ("/answer/pages/generic", GENERIC, test_generic_pages);
  g_test_add_func ("/answer/pages/follow", test_follow);
  ADD ("/answer/marks", GENERIC, test_marks);
  ADD ("/answer/tasks", AWS, test_tasks);
  ADD ("/answer/errors/aws", AWS, test_aws_errors);
  ADD ("/answer/errors/microsoft", MICROSOFT, test_microsoft_errors);
  ADD ("/answer/errors/hubspot", HUBSPOT, test_hubspot_errors);
  ADD ("/answer/errors/list", GENERIC, test_list_of_errors);
  ADD ("/answer/errors/nonsense", MICROSOFT, test_nonsense);
  ADD ("/answer/errors/long", MICROSOFT, test_long_words);
  return g_test_run ();
}
