/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every request that the AWS connector makes is right by the published service models. */
#include "config.h"

#include "sync/aws-model.h"
#include "sync/connector-fixture.h"

#define SELLING  "partnercentral-selling/2022-07-26"
#define BENEFITS "partnercentral-benefits/2018-05-10"
#define TOKEN    "0192f0c1-7a5e-7c3b-9d2e-1f2a3b4c5d6e"

/* What Get gives for an opportunity, with all that it can have. */
static const char opportunity[] =
  "{'Catalog':'AWS','Id':'O1234567','Arn':'arn:aws:partnercentral:us-east-1:123456789012:catalog/AWS/opportunity/O1234567',"
  " 'LastModifiedDate':'2026-10-01T08:30:00.123Z','CreatedDate':'2026-09-01T08:30:00Z','OpportunityType':'Net New Business',"
  " 'NationalSecurity':'No','PrimaryNeedsFromAws':['Co-Sell - Deal Support'],'PartnerOpportunityIdentifier':'theirs',"
  " 'Customer':{'Account':{'CompanyName':'Globex','Industry':'Other','OtherIndustry':'Clocks','Duns':'123456789',"
  "   'AwsAccountId':'123456789012','WebsiteUrl':'globex.example','Address':{'CountryCode':'US','StateOrRegion':'Alabama',"
  "   'PostalCode':'35004'}},'Contacts':[{'Email':'bo@globex.example','FirstName':'Bo','Phone':'+14155552671'}]},"
  " 'Project':{'Title':'Claims','CustomerBusinessProblem':'Claims take eleven days; they want one.','DeliveryModels':"
  "   ['Managed Services','Resell'],'ExpectedCustomerSpend':[{'Amount':'1000','CurrencyCode':'USD','Frequency':'Monthly',"
  "   'TargetCompany':'AWS','EstimationUrl':'https://calculator.aws/#/estimate?id=0123456789abcdef0123456789abcdef'}],"
  "   'ExpectedContractDuration':{'Term':'Months','Value':'12'},'SalesActivities':['SOW Signed'],'ApnPrograms':['x'],"
  "   'CustomerUseCase':'Migration','CompetitorName':'On-Prem','AdditionalComments':'x','RelatedOpportunityIdentifier':'O1'},"
  " 'LifeCycle':{'Stage':'Qualified','TargetCloseDate':'2026-12-24','ReviewStatus':'Approved','ReviewComments':'ok',"
  "   'NextSteps':'Call','NextStepsHistory':[{'Value':'Met','Time':'2026-09-02T08:30:00Z'}]},"
  " 'Marketing':{'Source':'Marketing Activity','Channels':['Email'],'AwsFundingUsed':'Yes'},"
  " 'SoftwareRevenue':{'DeliveryModel':'Contract','Value':{'Amount':'50','CurrencyCode':'USD'},'EffectiveDate':'2026-01-01'},"
  " 'RelatedEntityIdentifiers':{'Solutions':['S-0051247']},'OpportunityTeam':[{'Email':'us@example.com'}]}";

static const char application[] =
  "{'Id':'benappl-0123456789abcd','Arn':'arn:aws:x:us-east-1:123456789012:y','Catalog':'AWS','BenefitId':'ben-0123456789abcd',"
  " 'Name':'Webinar','Description':'A webinar','FulfillmentTypes':['CASH'],'BenefitApplicationDetails':{'amount':{'v':1}},"
  " 'Programs':['mdf'],'Status':'ACTION_REQUIRED','Stage':'s','StatusReason':'r','StatusReasonCode':'c',"
  " 'StatusReasonCodes':['c'],"
  " 'CreatedAt':'2026-09-01T08:30:00Z','UpdatedAt':'2026-09-02T08:30:00Z','Revision':'3','AssociatedResources':[],"
  " 'PartnerContacts':[{'Email':'us@example.com','FirstName':'U'}],'FileDetails':[{'FileURI':'s3://b/f','FileName':'f',"
  "   'BusinessUseCase':'proof','FileStatus':'ok','FileType':'application/msword','CreatedBy':'u',"
  "   'CreatedAt':'2026-09-01T08:30:00Z'}]}";

static EntRecord *
full_deal (ConnectorFixture *f)
{
  EntRecord *deal = fixture_record ("deal", "title=Claims platform", "amount=1250000.50 EUR", "expected_close=2026-11-20",
                                    "stage=business_validation", "next_step=Send the offer", "delivery_model=SaaS",
                                    "project_description=Claims take eleven days; they want one.", NULL);
  EntId id;

  ent_id_init_new (&id);
  ent_record_set_id (deal, &id);
  fixture_refer (deal, "account",
                 fixture_keep (f, fixture_record ("organization", "title=Globex", "website=globex.example", "country=DE",
                                                  "industry=Insurance; Travel", "province=Berlin", "cities=Berlin; Bonn",
                                                  "postal_code=10115", "address=Chausseestr. 1", NULL)));
  g_ptr_array_add (f->people, fixture_record ("person", "title=Ana Díaz", "given=Ana", "family=Díaz", "job_title=CTO",
                                              "emails=ana@globex.example", "phones=+49 (0)30 123-4567", NULL));
  return deal;
}

/* Makes a request of @operation and checks it; gives its body. */
static JsonNode *
check_call (ConnectorFixture *f,
            AwsModel         *model,
            const char       *name,
            EntConnectorCall  call)
{
  const EntConnectorObject *object = ent_connector_lookup (f->connector, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntConnectorRequest) request = ent_connector_request_new (f->connector, object, &call, &error);
  g_autofree char *target = g_strconcat (object->target, ".", call.operation->action, NULL);
  g_autofree char *prefix = NULL;
  JsonNode *body;

  g_assert_no_error (error);
  g_assert_cmpstr (request->method, ==, "POST");
  prefix = g_strdup_printf ("https://%s.us-east-1.api.aws/", request->service);
  g_assert_cmpstr (request->url, ==, prefix);
  g_assert_cmpstr (request->region, ==, "us-east-1");
  g_assert_cmpstr (ent_connector_pairs_get (request->headers, "X-Amz-Target"), ==, target);
  g_assert_cmpstr (ent_connector_pairs_get (request->headers, "Content-Type"), ==, "application/x-amz-json-1.0");
  body = ent_json_parse (request->body, -1, &error);
  g_assert_no_error (error);
  aws_model_assert (model, call.operation->action, body);
  return body;
}

static void
check_draft (ConnectorFixture *f,
             AwsModel         *model,
             const char       *name,
             EntRecord        *record,
             JsonNode         *base,
             EntConnectorCall  call)
{
  const EntConnectorObject *object = ent_connector_lookup (f->connector, name);
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, record, base, NULL, &f->links);
  g_autoptr (JsonNode) sent = NULL;
  g_autoptr (JsonNode) body = NULL;

  call.operation = ent_connector_object_lookup (object, base != NULL ? "update" : "create");
  sent = ent_connector_draft_make_body (draft, object, call.operation, base);
  call.record = sent;
  call.token = TOKEN;
  body = check_call (f, model, name, call);
}

/* The model's target prefix and signing name are those of the connector. */
static void
test_names (ConnectorFixture *f,
            gconstpointer     id)
{
  static const char * const services[][2] = { { SELLING, "opportunity" }, { BENEFITS, "benefit_application" } };

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr (AwsModel) model = aws_model_load (services[i][0]);
      const EntConnectorObject *object = ent_connector_lookup (f->connector, services[i][1]);

      if (model == NULL)
        return;
      g_assert_cmpstr (object->target, ==, ent_json_get_text (ent_json_pointer_get (model->root, "/metadata/targetPrefix")));
      g_assert_cmpstr (object->service, ==, ent_json_get_text (ent_json_pointer_get (model->root, "/metadata/signingName")));
      for (guint j = 0; j < object->operations->len; j++)
        {
          const EntConnectorOperation *operation = object->operations->pdata[j];
          g_autofree char *place = g_strconcat ("/operations/", operation->action, NULL);

          g_assert_nonnull (ent_json_pointer_get (model->root, place));
        }
    }
}

/* All that `values` and `readValues` say are the portal's words, and none of its words is missing. */
static void
test_choices (ConnectorFixture *f,
              gconstpointer     id)
{
  static const struct { const char *path, *shape; gboolean is_whole; } choices[] =
  {
    { "/LifeCycle/Stage", "Stage", TRUE }, { "/LifeCycle/ClosedLostReason", "ClosedLostReason", TRUE },
    { "/LifeCycle/ReviewStatus", "ReviewStatus", TRUE }, { "/Customer/Account/Industry", "Industry", TRUE },
    { "/Project/DeliveryModels/0", "DeliveryModel", TRUE },
  };
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  const EntConnectorObject *object = ent_connector_lookup (f->connector, "opportunity");

  for (gsize i = 0; model != NULL && i < G_N_ELEMENTS (choices); i++)
    {
      JsonArray *words = json_object_get_array_member (json_object_get_object_member (model->shapes, choices[i].shape), "enum");

      for (guint j = 0; j < object->fields->len; j++)
        {
          const EntConnectorField *field = object->fields->pdata[j];
          g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

          if (!g_str_equal (field->path, choices[i].path) || field->kind != ENT_CONNECTOR_CHOICE)
            continue;
          for (guint k = 0; k < field->values->len; k++)
            g_hash_table_add (known, ((EntConnectorPair *) field->values->pdata[k])->value);
          for (guint k = 0; k < field->read_values->len; k++)
            g_hash_table_add (known, ((EntConnectorPair *) field->read_values->pdata[k])->name);
          g_assert_cmpuint (g_hash_table_size (known), ==, json_array_get_length (words));
          for (guint k = 0; k < json_array_get_length (words); k++)
            if (!g_hash_table_contains (known, json_array_get_string_element (words, k)))
              g_error ("%s lacks %s", choices[i].path, json_array_get_string_element (words, k));
        }
    }
}

/* Whether the model takes @length letters at the field's place. */
static gboolean
takes (AwsModel                *model,
       const EntConnectorField *field,
       gint64                   length)
{
  g_autofree char *text = g_strnfill ((gsize) length, 'a');
  g_autofree char *place = g_strconcat (field->path, ": ", NULL);
  g_autoptr (JsonNode) node = fixture_json (opportunity);
  g_autoptr (GString) faults = g_string_new (NULL);

  ent_json_pointer_set (node, field->path, ent_json_new_text (text));
  aws_check (model, "GetOpportunityResponse", node, "", faults);
  return strstr (faults->str, place) == NULL;
}

static void
check_limit (AwsModel                *model,
             const EntConnectorField *field)
{
  g_assert_cmpint (field->max_length, >, 0);
  g_assert_true (takes (model, field, field->max_length));
  g_assert_false (takes (model, field, field->max_length + 1));
  g_assert_true (takes (model, field, field->min_length));
  g_assert_true (field->min_length == 0 || !takes (model, field, field->min_length - 1));
}

/* The limits of the fields are those of the model, to the character. */
static void
test_limits (ConnectorFixture *f,
             gconstpointer     id)
{
  static const char * const limits[] = { "/Project/Title", "/Project/CustomerBusinessProblem", "/LifeCycle/NextSteps",
                                         "/Customer/Account/CompanyName", "/Customer/Account/WebsiteUrl" };
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  const EntConnectorObject *object = ent_connector_lookup (f->connector, "opportunity");

  for (gsize i = 0; model != NULL && i < G_N_ELEMENTS (limits); i++)
    for (guint j = 0; j < object->fields->len; j++)
      if (g_str_equal (((EntConnectorField *) object->fields->pdata[j])->path, limits[i]))
        check_limit (model, object->fields->pdata[j]);
}

static void
test_create (ConnectorFixture *f,
             gconstpointer     id)
{
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  g_autoptr (EntRecord) deal = full_deal (f);
  g_autoptr (EntRecord) bare = fixture_record ("deal", "title=Claims", NULL);
  g_autoptr (EntConnectorDraft) draft = NULL;

  if (model == NULL)
    return;
  draft = ent_connector_map_write (ent_connector_lookup (f->connector, "opportunity"), deal, NULL, NULL, &f->links);
  assert_place (draft->body, "/Customer/Contacts/0/Phone", "\"+49301234567\"");
  check_draft (f, model, "opportunity", deal, NULL, (EntConnectorCall) { NULL });
  check_draft (f, model, "opportunity", bare, NULL, (EntConnectorCall) { NULL });
}

/* Each stage, loss reason, amount and currency that a deal can have makes a right request. */
static void
test_create_all_values (ConnectorFixture *f,
                        gconstpointer     id)
{
  static const char * const amounts[] = { "0.01 USD", "0 EUR", "1 JPY", "92233720368547758.07 USD", "12 GBP" };
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  const EntRecordType *type = ent_schema_lookup (ent_schema_get_default (), "deal");
  static const char * const fields[] = { "stage", "loss_reason" };

  if (model == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const EntField *info = ent_record_type_lookup (type, fields[i]);

      for (guint j = 0; j < info->choices->len; j++)
        {
          const EntChoice *choice = info->choices->pdata[j];
          g_autofree char *pair = g_strconcat (fields[i], "=", choice->value, NULL);
          g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", pair, NULL);

          check_draft (f, model, "opportunity", deal, NULL, (EntConnectorCall) { NULL });
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autofree char *pair = g_strconcat ("amount=", amounts[i], NULL);
      g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", pair, NULL);

      check_draft (f, model, "opportunity", deal, NULL, (EntConnectorCall) { NULL });
    }
}

/* An update of an opportunity that has everything: right, and nothing of it is lost. */
static void
test_update (ConnectorFixture *f,
             gconstpointer     id)
{
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  const EntConnectorObject *object = ent_connector_lookup (f->connector, "opportunity");
  g_autoptr (JsonNode) base = fixture_json (opportunity);
  g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object, base, NULL, ent_schema_get_default (), NULL);
  g_autoptr (EntConnectorDraft) draft = NULL;
  g_autoptr (JsonNode) sent = NULL, body = NULL, expected = ent_json_copy (base);
  const EntConnectorOperation *update = ent_connector_object_lookup (object, "update");

  g_assert_cmpuint (reading->problems->len, ==, 0);
  g_assert_cmpstr (reading->lock, ==, "2026-10-01T08:30:00.123Z");
  assert_field (reading->record, "review_status", "approved");
  assert_field (reading->record, "locked", "false");
  assert_field (reading->record, "portal", "aws");
  assert_field (reading->record, "amount", "50.00 USD");
  assert_field (reading->record, "delivery_model", "Managed services");
  ent_record_set_text (reading->record, "next_step", "Sign", NULL);
  draft = ent_connector_map_write (object, reading->record, base, NULL, &f->links);
  g_assert_cmpuint (draft->changed->len, ==, 1);
  sent = ent_connector_draft_make_body (draft, object, update, base);
  ent_json_pointer_set (expected, "/LifeCycle/NextSteps", ent_json_new_text ("Sign"));
  ent_json_pointer_set (expected, "/Identifier", ent_json_new_text ("O1234567"));
  for (char **omit = update->omit; *omit != NULL; omit++)
    g_assert_true (ent_json_pointer_remove (expected, *omit));
  if (model == NULL)
    return;
  body = check_call (f, model, "opportunity",
                     (EntConnectorCall) { .operation = update, .id = reading->id, .lock = reading->lock, .record = sent });
  g_assert_true (json_node_equal (body, expected));
}

static void
test_update_with_all (ConnectorFixture *f,
                      gconstpointer     id)
{
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  g_autoptr (JsonNode) base = fixture_json (opportunity);
  g_autoptr (EntRecord) deal = full_deal (f);
  g_autoptr (EntRecord) empty = fixture_record ("deal", "title=x", NULL);

  if (model == NULL)
    return;
  check_draft (f, model, "opportunity", deal, base,
               (EntConnectorCall) { .id = "O1234567", .lock = "2026-10-01T08:30:00.123Z" });
  check_draft (f, model, "opportunity", empty, base, (EntConnectorCall) { .id = "O1234567", .lock = "2026-10-01T08:30:00Z" });
}

static void
test_benefits (ConnectorFixture *f,
               gconstpointer     id)
{
  g_autoptr (AwsModel) model = aws_model_load (BENEFITS);
  const EntConnectorObject *object = ent_connector_lookup (f->connector, "benefit_application");
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (JsonNode) base = fixture_json (application);
  g_autoptr (EntRecord) request = fixture_record ("funding", "title=Webinar in May", "fulfilment=credits",
                                                  "desired_outcome=Forty leads", NULL);
  g_autoptr (EntConnectorReading) reading = ent_connector_map_read (object, base, request, ent_schema_get_default (), NULL);

  assert_field (reading->record, "state", "changes_asked");
  assert_field (reading->record, "title", "Webinar");
  fixture_refer (request, "requested_by",
                 fixture_keep (f, fixture_record ("person", "title=Ana", "given=Ana", "emails=ana@example.com", NULL)));
  if (model == NULL)
    return;
  g_hash_table_insert (values, (char *) "benefit", (char *) "ben-0123456789abcd");
  check_draft (f, model, "benefit_application", request, NULL, (EntConnectorCall) { .values = values });
  check_draft (f, model, "benefit_application", request, base,
               (EntConnectorCall) { .id = reading->id, .lock = reading->lock });
}

/* All other operations, with every argument. */
static void
test_other_operations (ConnectorFixture *f,
                       gconstpointer     id)
{
  g_autoptr (AwsModel) selling = aws_model_load (SELLING);
  g_autoptr (AwsModel) benefits = selling != NULL ? aws_model_load (BENEFITS) : NULL;
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (values, (char *) "entity", (char *) "S-0051247");
  g_hash_table_insert (values, (char *) "reason", (char *) "No time");
  g_hash_table_insert (values, (char *) "catalog", (char *) "Sandbox");
  for (guint i = 0; benefits != NULL && i < f->connector->objects->len; i++)
    {
      const EntConnectorObject *object = f->connector->objects->pdata[i];
      gboolean is_deal = g_str_equal (object->name, "opportunity");

      for (guint j = 0; j < object->operations->len; j++)
        {
          EntConnectorCall call = { .operation = object->operations->pdata[j],
                                    .id = is_deal ? "O1234567" : "benappl-0123456789abcd",
                                    .task = "task-0123456789abc", .token = TOKEN, .page = "next", .values = values,
                                    .since = ent_date_from_ymd (2026, 10, 1) * (gint64) G_TIME_SPAN_DAY };
          g_autoptr (JsonNode) body = NULL;

          if (g_str_equal (call.operation->name, "create") || g_str_equal (call.operation->name, "update"))
            continue;
          body = check_call (f, is_deal ? selling : benefits, object->name, call);
          assert_place (body, "/Catalog", "\"Sandbox\"");
          if (g_str_equal (call.operation->name, "list"))
            {
              assert_place (body, "/NextToken", "\"next\"");
              assert_place (body, "/MaxResults", "100");
              assert_place (body, "/LastModifiedDate/AfterLastModifiedDate", is_deal ? "\"2026-09-30T23:59:55Z\"" : NULL);
            }
        }
    }
}

/* The checker finds what is wrong: else the tests above would say nothing. */
static void
test_checker (ConnectorFixture *f,
              gconstpointer     id)
{
  static const char * const wrong[] = { "{'Catalog':'AWS'}", "{'Catalog':7,'Identifier':'O1'}", "[]",
                                        "{'Catalog':'AWS','Identifier':'X1'}", "{'Catalog':'AWS','Identifier':'O1','More':1}" };
  g_autoptr (AwsModel) model = aws_model_load (SELLING);
  g_autoptr (GString) faults = g_string_new (NULL);

  for (gsize i = 0; model != NULL && i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonNode) node = fixture_json (wrong[i]);

      g_string_truncate (faults, 0);
      aws_check (model, "GetOpportunityRequest", node, "", faults);
      g_assert_cmpuint (faults->len, >, 0);
    }
}

#define ADD(path, func) \
  g_test_add (path, ConnectorFixture, "aws-partner-central", fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/aws/checker", test_checker);
  ADD ("/aws/names", test_names);
  ADD ("/aws/choices", test_choices);
  ADD ("/aws/limits", test_limits);
  ADD ("/aws/create", test_create);
  ADD ("/aws/create-all-values", test_create_all_values);
  ADD ("/aws/update", test_update);
  ADD ("/aws/update-with-all", test_update_with_all);
  ADD ("/aws/benefits", test_benefits);
  ADD ("/aws/other-operations", test_other_operations);
  return g_test_run ();
}
