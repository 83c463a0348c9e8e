/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records to bodies of portals and back: nothing is lost on the way, nothing is touched that means the same. */
#include "config.h"

#include "sync/connector-fixture.h"

static const EntConnectorObject *
object_of (ConnectorFixture *f,
           const char       *name)
{
  const EntConnectorObject *object = ent_connector_lookup (f->connector, name);

  g_assert_nonnull (object);
  return object;
}

static JsonNode *
make_body (const EntConnectorDraft  *draft,
           const EntConnectorObject *object,
           const char               *operation,
           JsonNode                 *base)
{
  return ent_connector_draft_make_body (draft, object, ent_connector_object_lookup (object, operation), base);
}

/* Every field that the connector maps both ways is the same in both. */
static void
assert_same (const EntConnectorObject *object,
             EntRecord                *record,
             EntRecord                *back)
{
  const EntRecordType *type = ent_record_get_record_type (record);

  for (guint i = 0; i < object->fields->len; i++)
    {
      const EntConnectorField *field = object->fields->pdata[i];
      const EntField *info = field->through == NULL ? ent_connector_field_get_info (field, type) : NULL;

      if (info == NULL || field->direction != ENT_CONNECTOR_BOTH)
        continue;
      g_assert_true (ent_record_has (back, info->index));
      if (!ent_value_equal (ent_record_get (record, info->index), ent_record_get (back, info->index)))
        g_error ("%s of %s differs", field->field, object->name);
    }
}

/* Out and back, as a new record and as an edit of itself; then writing it again changes nothing. */
static void
assert_round_trip (ConnectorFixture *f,
                   const char       *name,
                   EntRecord        *record)
{
  const EntConnectorObject *object = object_of (f, name);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, record, NULL, NULL, &f->links);
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (EntConnectorReading) reading = NULL, again = NULL;
  g_autoptr (EntConnectorDraft) repeated = NULL;

  g_assert_cmpuint (draft->problems->len, ==, 0);
  body = make_body (draft, object, "create", NULL);
  reading = ent_connector_map_read (object, body, NULL, ent_schema_get_default (), &f->links);
  g_assert_cmpuint (reading->problems->len, ==, 0);
  assert_same (object, record, reading->record);
  again = ent_connector_map_read (object, body, record, ent_schema_get_default (), &f->links);
  assert_same (object, record, again->record);
  repeated = ent_connector_map_write (object, record, body, NULL, &f->links);
  g_assert_cmpuint (repeated->changed->len, ==, 0);
}

static void
assert_problem (GPtrArray  *problems,
                guint       i,
                const char *field,
                const char *part)
{
  const EntConnectorProblem *problem;

  g_assert_cmpuint (i, <, problems->len);
  problem = problems->pdata[i];
  g_assert_cmpstr (problem->field, ==, field);
  if (strstr (problem->sentence, part) == NULL)
    g_error ("%s", problem->sentence);
}

/* --- HubSpot: all values are texts; an update has the changed properties, "" for an empty one ------------ */

static EntRecord *
hubspot_deal (void)
{
  return fixture_record ("deal", "title=Claims platform", "amount=1250000.50 EUR", "expected_close=2026-11-20",
                         "stage=business_validation", "next_step=Send the offer",
                         "project_description=Claims are slow.\nThey want them fast.", NULL);
}

static void
test_hubspot_there_and_back (ConnectorFixture *f,
                             gconstpointer     id)
{
  g_autoptr (EntRecord) deal = hubspot_deal ();
  g_autoptr (EntRecord) company = fixture_record ("organization", "title=Globex", "domains=globex.example", "country=DE",
                                                  "size_employees=1200", "cities=Berlin", "phone=+49 30 1234567", NULL);
  g_autoptr (EntRecord) person = fixture_record ("person", "title=Ana Díaz", "given=Ana", "family=Díaz",
                                                 "emails=ana@globex.example", "phones=+34 600 000 000", NULL);

  assert_round_trip (f, "deals", deal);
  assert_round_trip (f, "companies", company);
  assert_round_trip (f, "contacts", person);
}

static void
test_hubspot_changed_properties (ConnectorFixture *f,
                                 gconstpointer     id)
{
  const EntConnectorObject *deals = object_of (f, "deals");
  g_autoptr (EntRecord) deal = hubspot_deal ();
  g_autoptr (JsonNode) base = fixture_json ("{'id':'7','properties':{'dealname':'Claims platform','amount':'1250000.5',"
                                            "'deal_currency_code':'EUR','closedate':'2026-11-20T23:00:00.000Z',"
                                            "'dealstage':'qualifiedtobuy','hs_next_step':'Send the offer','theirs':'x',"
                                            "'description':'Claims are slow.\\nThey want them fast.'}}");
  g_autoptr (EntConnectorDraft) draft = NULL;
  g_autoptr (JsonNode) body = NULL;

  ent_record_set_text (deal, "next_step", "", NULL);
  draft = ent_connector_map_write (deals, deal, base, NULL, &f->links);
  body = make_body (draft, deals, "update", base);
  assert_json (body, "{'properties':{'dealstage':'decisionmakerboughtin','hs_next_step':''}}");
}

static void
test_hubspot_reads (ConnectorFixture *f,
                    gconstpointer     id)
{
  EntKey globex = fixture_keep (f, fixture_record ("organization", "title=Globex", NULL));
  g_autoptr (JsonNode) body = fixture_json ("{'id':'7','updatedAt':'2026-10-01T08:30:00.250Z','archived':true,"
                                            "'properties':{'dealname':' Claims ','amount':null,'closedate':'1795132800000',"
                                            "'dealstage':'ownstage','hs_next_step':''},"
                                            "'associations':{'companies':{'results':[{'id':'n1','type':'x'}]}}}");
  g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object_of (f, "deals"), body, NULL,
                                                                    ent_schema_get_default (), &f->links);

  assert_field (reading->record, "title", "Claims");
  assert_field (reading->record, "amount", "");
  assert_field (reading->record, "expected_close", "2026-11-20");
  assert_field (reading->record, "portal", "hubspot");
  assert_field (reading->record, "portal_id", "7");
  g_assert_cmpint (ent_record_get_ref (reading->record, "account"), ==, globex);
  g_assert_cmpstr (reading->id, ==, "7");
  g_assert_true (reading->is_deleted);
  g_assert_true (ent_connector_item_is_deleted (object_of (f, "deals"), body));
  g_assert_cmpint (reading->updated, ==, ent_date_from_ymd (2026, 10, 1) * G_TIME_SPAN_DAY + 30600250000);
  /* A stage of their own is named, and the field is left as it is here. */
  g_assert_cmpuint (reading->problems->len, ==, 1);
  g_assert_cmpstr (((EntConnectorProblem *) reading->problems->pdata[0])->field, ==, "stage");
  g_assert_cmpstr (((EntConnectorProblem *) reading->problems->pdata[0])->value, ==, "ownstage");
  g_assert_false (ent_record_has (reading->record,
                                  ent_record_type_lookup (ent_record_get_record_type (reading->record), "stage")->index));
}

/* --- The same meaning is not touched ---------------------------------------------------------------------------- */

static void
test_words_stay_there (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "stage=lost", "loss_reason=competitor", NULL);
  g_autoptr (JsonNode) base = fixture_json ("{'Project':{'Title':' Claims'},'LifeCycle':{'Stage':'Closed Lost',"
                                            "'ClosedLostReason':'Lost to Competitor - Google'}}");
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object_of (f, "opportunity"), deal, base, NULL, NULL);

  g_assert_cmpuint (draft->changed->len, ==, 0);
  g_assert_true (json_node_equal (draft->body, base));
  ent_record_set_text (deal, "loss_reason", "price", NULL);
  ent_connector_draft_free (draft);
  draft = ent_connector_map_write (object_of (f, "opportunity"), deal, base, NULL, NULL);
  g_assert_cmpuint (draft->changed->len, ==, 1);
  g_assert_cmpstr (draft->changed->pdata[0], ==, "/LifeCycle/ClosedLostReason");
  assert_place (draft->body, "/LifeCycle/ClosedLostReason", "\"Price\"");
}

/* "timing" and "no decision" are one word at AWS; "+49 30 …" is written without spaces there; of two cities it has one. */
static void
test_words_stay_here (ConnectorFixture *f,
                      gconstpointer     id)
{
  const EntConnectorObject *opportunity = object_of (f, "opportunity");
  EntKey account = fixture_keep (f, fixture_record ("organization", "title=Globex", "cities=Berlin; Bonn", NULL));
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "stage=lost", "loss_reason=timing", NULL);
  g_autoptr (JsonNode) body = fixture_json ("{'LifeCycle':{'Stage':'Closed Lost','ClosedLostReason':"
                                            "'Delay / Cancellation of Project'},'Customer':{'Account':{'CompanyName':'Globex',"
                                            "'Address':{'City':'Berlin'}}}}");
  g_autoptr (EntConnectorReading) reading = NULL;
  EntConnectorRelated *related;

  fixture_refer (deal, "account", account);
  reading = ent_connector_map_read (opportunity, body, deal, ent_schema_get_default (), &f->links);
  assert_field (reading->record, "loss_reason", "timing");
  related = reading->related->pdata[0];
  assert_field (related->record, "cities", "Berlin; Bonn");
  g_clear_pointer (&reading, ent_connector_reading_free);

  ent_json_pointer_set (body, "/Customer/Account/Address/City", ent_json_new_text ("Hamburg"));
  reading = ent_connector_map_read (opportunity, body, deal, ent_schema_get_default (), &f->links);
  related = reading->related->pdata[0];
  assert_field (related->record, "cities", "Hamburg; Bonn");
  g_assert_cmpint (related->key, ==, account);
}

/* A stage of the portal's own is neither taken away nor written over; the rest is sent. */
static void
test_unknown_stays (ConnectorFixture *f,
                    gconstpointer     id)
{
  const EntConnectorObject *deals = object_of (f, "deals");
  g_autoptr (JsonNode) base = fixture_json ("{'properties':{'dealname':'Claims','dealstage':'own','amount':'much'}}");
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims 2", "stage=won", NULL);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (deals, deal, base, NULL, NULL);
  g_autoptr (JsonNode) body = make_body (draft, deals, "update", base);

  assert_json (body, "{'properties':{'dealname':'Claims 2'}}");
  g_assert_cmpuint (draft->problems->len, ==, 1);
  assert_problem (draft->problems, 0, "stage", "“own” of the portal is not known here");
  g_assert_true (((EntConnectorProblem *) draft->problems->pdata[0])->is_theirs);
}

/* --- Full replace --------------------------------------------------------------------------------------------------- */

static const char referral[] =
  "{'id':'r1','eTag':'\\\"25\\\"','name':'Claims','externalReferenceId':'theirs','status':'Active','substatus':'Accepted',"
  " 'type':'Independent','qualification':'SalesQualified','engagementId':'e1','updatedDateTime':'2026-09-01T00:00:00Z',"
  " 'customerProfile':{'name':'Globex','size':'10to50employees','ids':{},'address':{'country':'DE','city':'Berlin',"
  "   'region':'emea'},'team':[{'email':'Ana@Globex.example','firstName':'Ana','lastName':'D',"
  "   'contactPreference':{'locale':'de','disableNotifications':true}},{'email':'bo@globex.example','firstName':'Bo'}]},"
  " 'consent':{'consentToToShareInfoWithOthers':true,'consentToContact':false},"
  " 'details':{'notes':'Old','dealValue':1000.5,'currency':'USD','closingDateTime':'2026-12-24T15:00:00Z',"
  "   'requirements':{'industries':[],'solutions':[{'id':'s','name':'S','type':'t'}]}},"
  " 'unknown':{'deep':[1,2.5,null,{'x':[]}]}}";

/* Whatever the portal has and Entente does not know is sent back as it came. */
static void
test_full_replace_drops_nothing (ConnectorFixture *f,
                                 gconstpointer     id)
{
  const EntConnectorObject *object = object_of (f, "referral");
  EntKey account = fixture_keep (f, fixture_record ("organization", "title=Globex", "country=DE", "cities=Berlin", NULL));
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims 2", "stage=committed", "amount=1000.50 USD",
                                               "expected_close=2026-12-24", "project_description=New", NULL);
  g_autoptr (JsonNode) base = fixture_json (referral);
  g_autoptr (JsonNode) expected = ent_json_copy (base);
  g_autoptr (EntConnectorDraft) draft = NULL;
  g_autoptr (JsonNode) body = NULL;

  fixture_refer (deal, "account", account);
  g_ptr_array_add (f->people, fixture_record ("person", "title=Ana Díaz", "given=Ana", "family=Díaz",
                                              "emails=ana@globex.example", NULL));
  g_ptr_array_add (f->people, fixture_record ("person", "title=Cy Coe", "given=Cy", "family=Coe", "phones=+4930123", NULL));
  draft = ent_connector_map_write (object, deal, base, NULL, &f->links);
  body = make_body (draft, object, "update", base);
  ent_json_pointer_set (expected, "/name", ent_json_new_text ("Claims 2"));
  ent_json_pointer_set (expected, "/details/notes", ent_json_new_text ("New"));
  ent_json_pointer_set (expected, "/customerProfile/team/0/email", ent_json_new_text ("ana@globex.example"));
  ent_json_pointer_set (expected, "/customerProfile/team/0/lastName", ent_json_new_text ("Díaz"));
  ent_json_pointer_set (expected, "/customerProfile/team/2",
                        fixture_json ("{'firstName':'Cy','lastName':'Coe','phoneNumber':'+4930123'}"));
  if (!json_node_equal (body, expected))
    g_error ("%s", ent_json_write (body));
  g_assert_cmpuint (draft->changed->len, ==, 3);
}

static void
test_referral_reads (ConnectorFixture *f,
                     gconstpointer     id)
{
  g_autoptr (JsonNode) body = fixture_json (referral);
  g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object_of (f, "referral"), body, NULL,
                                                                    ent_schema_get_default (), NULL);
  EntConnectorRelated *person, *account;

  g_assert_cmpuint (reading->problems->len, ==, 0);
  assert_field (reading->record, "amount", "1000.50 USD");
  assert_field (reading->record, "stage", "qualified");
  assert_field (reading->record, "portal_stage", "Active");
  assert_field (reading->record, "expected_close", "2026-12-24");
  g_assert_cmpstr (reading->lock, ==, "\"25\"");
  g_assert_cmpstr (reading->external_id, ==, "theirs");
  g_assert_cmpuint (reading->related->len, ==, 3);
  person = reading->related->pdata[0];
  g_assert_cmpstr (person->name, ==, "stakeholders");
  assert_field (person->record, "title", "Ana D");
  assert_field (person->record, "emails", "Ana@globex.example");
  account = reading->related->pdata[2];
  g_assert_cmpstr (account->name, ==, "account");
  assert_field (account->record, "country", "DE");
}

/* --- Patches ------------------------------------------------------------------------------------------------------------ */

static void
test_merge_patch (ConnectorFixture *f,
                  gconstpointer     id)
{
  const EntConnectorObject *deals = object_of (f, "deals");
  g_autoptr (JsonNode) base = fixture_json ("{'id':'n9','version':3,'name':'Claims','state':'open','close_on':'2026-12-01',"
                                            "'source':'entente','company_id':'n1','keep':[1]}");
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "stage=committed", "amount=5000 EUR", NULL);
  g_autoptr (EntConnectorDraft) draft = NULL;
  g_autoptr (JsonNode) body = NULL;

  fixture_refer (deal, "account", fixture_keep (f, fixture_record ("organization", "title=Globex", NULL)));
  draft = ent_connector_map_write (deals, deal, base, NULL, &f->links);
  body = make_body (draft, deals, "update", base);
  assert_json (body, "{'state':'committed','close_on':null,'value':{'amount':5000,'currency':'EUR','kind':'one-time'}}");
}

static void
test_json_patch (ConnectorFixture *f,
                 gconstpointer     id)
{
  const EntConnectorObject *companies = object_of (f, "companies");
  g_autoptr (JsonNode) base = fixture_json ("{'id':'n9','name':'Globex','url':'https://globex.example','domains':['a.example'],"
                                            "'flags':{'theirs':true}}");
  g_autoptr (EntRecord) company = fixture_record ("organization", "title=Globex AG", "domains=a.example; b.example",
                                                  "council_member=yes", "country=DE", "postal_code=10115", NULL);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (companies, company, base, NULL, &f->links);
  g_autoptr (JsonNode) body = make_body (draft, companies, "update", base);

  assert_json (body, "[{'op':'replace','path':'/name','value':'Globex AG'},{'op':'remove','path':'/url'},"
                     "{'op':'replace','path':'/domains','value':['a.example','b.example']},"
                     "{'op':'add','path':'/address','value':{'country':'DE','zip':'10115'}},"
                     "{'op':'add','path':'/flags/council','value':true}]");
}

static void
test_changed_properties_null (ConnectorFixture *f,
                              gconstpointer     id)
{
  const EntConnectorObject *people = object_of (f, "people");
  g_autoptr (JsonNode) base = fixture_json ("{'id':'1','name':'Ana','emails':['a@x.example'],'title':'CTO'}");
  g_autoptr (EntRecord) person = fixture_record ("person", "title=Ana", "emails=b@x.example", NULL);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (people, person, base, NULL, &f->links);
  g_autoptr (JsonNode) body = make_body (draft, people, "update", base);

  assert_json (body, "{'emails':['b@x.example'],'title':null}");
}

static void
test_generic_there_and_back (ConnectorFixture *f,
                             gconstpointer     id)
{
  EntKey globex = fixture_keep (f, fixture_record ("organization", "title=Globex", NULL));
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "amount=-12.05 BHD", "probability_pct=12.5",
                                               "registered_at=2026-03-01T09:30:00Z", "expected_close=2026-11-20", "stage=won",
                                               NULL);
  g_autoptr (EntRecord) company = fixture_record ("organization", "title=Globex", "domains=a.example; b.example",
                                                  "industry=Retail; Travel", "size_employees=12", "country=FR",
                                                  "council_member=no", "partner_since=1969-12-31", NULL);
  g_autoptr (EntRecord) person = fixture_record ("person", "title=Ana", "emails=a@x.example; b@x.example", "phones=+4930123",
                                                 NULL);

  fixture_refer (deal, "account", globex);
  fixture_refer (person, "org", globex);
  assert_round_trip (f, "deals", deal);
  assert_round_trip (f, "companies", company);
  assert_round_trip (f, "people", person);
}

/* --- What cannot be mapped --------------------------------------------------------------------------------------------- */

static void
test_cannot_write (ConnectorFixture *f,
                   gconstpointer     id)
{
  g_autoptr (EntRecord) person = fixture_record ("person", "title=Ana", "phones=030 1234567", NULL);
  g_autoptr (EntConnectorDraft) draft = NULL;

  fixture_refer (person, "org", ent_key_make (1, 500));
  draft = ent_connector_map_write (object_of (f, "people"), person, NULL, NULL, &f->links);
  g_assert_cmpuint (draft->problems->len, ==, 2);
  assert_problem (draft->problems, 0, "phones", "+14155552671");
  assert_problem (draft->problems, 1, "org", "send it first");
  assert_json (draft->body, "{'name':'Ana'}");
}

static void
test_cannot_read (ConnectorFixture *f,
                  gconstpointer     id)
{
  static const char * const bad[] =
  {
    "{'value':{'amount':12.3456,'currency':'EUR'}}", "{'value':{'amount':5,'currency':'XYZ'}}", "{'value':{'amount':5}}",
    "{'value':{'amount':1e300,'currency':'EUR'}}", "{'value':{'amount':{'a':1},'currency':'EUR'}}", "{'name':{'a':1}}",
    "{'probability':'much'}", "{'probability':999999999999999999}", "{'registered_at':'soon'}", "{'close_on':'2026-02-30'}",
    "{'close_on':99999999999999}", "{'state':['won']}", "{'state':'gone'}", "{'company_id':'x'}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) body = fixture_json (bad[i]);
      g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object_of (f, "deals"), body, NULL,
                                                                        ent_schema_get_default (), &f->links);

      if (reading->problems->len != 1)
        g_error ("%s: %u problems", bad[i], reading->problems->len);
      g_assert_nonnull (((EntConnectorProblem *) reading->problems->pdata[0])->sentence);
    }
}

/* Bodies of any shape are read without harm, and written over. */
static void
test_any_shape (ConnectorFixture *f,
                gconstpointer     id)
{
  static const char * const shapes[] = { "null", "[]", "7", "'x'", "{}", "{'Customer':7,'Project':[],'LifeCycle':'x'}",
                                         "{'Customer':{'Contacts':{},'Account':[{}]},'Project':{'DeliveryModels':'x'}}",
                                         "{'Customer':{'Contacts':[7,null,[],{'Email':{}}]},'Id':{},'LastModifiedDate':[]}" };
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "delivery_model=SaaS", "stage=won", NULL);

  g_ptr_array_add (f->people, fixture_record ("person", "title=Ana", "emails=ana@x.example", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      const EntConnectorObject *object = object_of (f, "opportunity");
      g_autoptr (JsonNode) body = fixture_json (shapes[i]);
      g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object, body, NULL, ent_schema_get_default (), NULL);
      g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, deal, body, NULL, &f->links);

      g_assert_null (reading->id);
      assert_place (draft->body, "/Project/DeliveryModels/0", "\"SaaS or PaaS\"");
      assert_place (draft->body, "/LifeCycle/Stage", "\"Launched\"");
    }
}

/* The record's own number goes into a new body, and never over one that is there. */
static void
test_own_number (ConnectorFixture *f,
                 gconstpointer     id)
{
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", NULL);
  g_autoptr (JsonNode) base = fixture_json ("{'external_id':'theirs'}");
  g_autoptr (EntConnectorDraft) made = NULL, edited = NULL;
  char text[ENT_ID_TEXT_LENGTH + 1];
  g_autofree char *quoted = NULL;
  EntId own;

  ent_id_init_new (&own);
  ent_id_to_text (&own, text);
  quoted = g_strdup_printf ("\"%s\"", text);
  ent_record_set_id (deal, &own);
  made = ent_connector_map_write (object_of (f, "deals"), deal, NULL, NULL, NULL);
  edited = ent_connector_map_write (object_of (f, "deals"), deal, base, NULL, NULL);
  assert_place (made->body, "/external_id", quoted);
  assert_place (edited->body, "/external_id", "\"theirs\"");
}

#define ADD(path, id, func) g_test_add (path, ConnectorFixture, id, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/map/hubspot/there-and-back", "hubspot", test_hubspot_there_and_back);
  ADD ("/map/hubspot/changed-properties", "hubspot", test_hubspot_changed_properties);
  ADD ("/map/hubspot/reads", "hubspot", test_hubspot_reads);
  ADD ("/map/same-meaning/stays-there", "aws-partner-central", test_words_stay_there);
  ADD ("/map/same-meaning/stays-here", "aws-partner-central", test_words_stay_here);
  ADD ("/map/hubspot/unknown-stays", "hubspot", test_unknown_stays);
  ADD ("/map/microsoft/full-replace-drops-nothing", "microsoft-partner-center", test_full_replace_drops_nothing);
  ADD ("/map/microsoft/reads", "microsoft-partner-center", test_referral_reads);
  ADD ("/map/generic/merge-patch", "generic-rest", test_merge_patch);
  ADD ("/map/generic/json-patch", "generic-rest", test_json_patch);
  ADD ("/map/generic/changed-properties", "generic-rest", test_changed_properties_null);
  ADD ("/map/generic/there-and-back", "generic-rest", test_generic_there_and_back);
  ADD ("/map/problems/cannot-write", "generic-rest", test_cannot_write);
  ADD ("/map/problems/cannot-read", "generic-rest", test_cannot_read);
  ADD ("/map/problems/any-shape", "aws-partner-central", test_any_shape);
  ADD ("/map/own-number", "generic-rest", test_own_number);
  return g_test_run ();
}
