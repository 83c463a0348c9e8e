/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers of portals say: pages, marks, errors, nonsense. */
#include "config.h"

#include "sync/connector-fixture.h"

#define TOKEN "0192f0c1-7a5e-7c3b-9d2e-1f2a3b4c5d6e"

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
  self.request = fixture_request_well (f, object, operation, call);
  self.answer = ent_connector_answer_read (f->connector, self.object, self.operation, self.request, status, parsed,
                                           text != NULL ? quoted->str : NULL, -1);
  soup_message_headers_unref (parsed);
  return self;
}

/* --- Pages ------------------------------------------------------------------------------------------------------------ */

static void
test_aws_pages (ConnectorFixture *f,
                gconstpointer     id)
{
  g_auto (Exchange) first = answer (f, "opportunity", "list", (EntConnectorCall) { NULL }, 200, NULL,
                                    "{'OpportunitySummaries':[{'Id':'O1','LastModifiedDate':'2026-10-01T00:00:00Z'},"
                                    "{'Id':'O2'}],'NextToken':'abc'}");
  g_autofree char *number = NULL;
  g_auto (Exchange) last = answer (f, "opportunity", "list", (EntConnectorCall) { .page = "abc" }, 200, NULL,
                                   "{'OpportunitySummaries':[]}");
  g_auto (Exchange) stuck = answer (f, "opportunity", "list", (EntConnectorCall) { .page = "abc" }, 200, NULL,
                                    "{'OpportunitySummaries':[],'NextToken':'abc'}");

  g_assert_false (first.answer->is_failed);
  g_assert_cmpuint (first.answer->items->len, ==, 2);
  assert_place (first.answer->items->pdata[1], "/Id", "\"O2\"");
  g_assert_cmpstr (first.answer->next, ==, "abc");
  number = ent_connector_item_dup_id (first.object, first.answer->items->pdata[0]);
  g_assert_cmpstr (number, ==, "O1");
  g_assert_cmpint (ent_connector_item_get_updated (first.object, first.answer->items->pdata[0]), ==,
                   ent_date_from_ymd (2026, 10, 1) * (gint64) G_TIME_SPAN_DAY);
  g_assert_cmpint (ent_connector_item_get_updated (first.object, first.answer->items->pdata[1]), ==, 0);
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
  g_autoptr (EntConnectorRequest) next = fixture_request_well (f, "referral", "list",
                                                               (EntConnectorCall) { .page = first.answer->next });

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
assert_failed (const Exchange  *self,
               EntConnectorFail fail,
               const char      *part)
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
    { 0, "", ENT_CONNECTOR_FAIL_FINAL, "check the connector" }, { 404, "", ENT_CONNECTOR_FAIL_MISSING, "any more" },
    { 404, "<html>Not found</html>", ENT_CONNECTOR_FAIL_RETRY, "web page" },
    { 400, "<html>Blocked</html>", ENT_CONNECTOR_FAIL_RETRY, "web page" },
    { 403, "<html>Blocked</html>", ENT_CONNECTOR_FAIL_FORBIDDEN, "ask its administrator" },
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
