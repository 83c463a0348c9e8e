/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A portal's rules, told while offline in the portal's words. */
#include "config.h"

#include "sync/connector-fixture.h"
#include "sync/ent-connector-rules.h"

#define TODAY ent_date_from_ymd (2026, 10, 20)

static GPtrArray *
check (ConnectorFixture *f,
       const char       *object,
       EntRecord        *record,
       JsonNode         *base)
{
  return ent_connector_check_record (f->connector, ent_connector_lookup (f->connector, object), record, base, TODAY, NULL,
                                     &f->links);
}

/* Fails unless there is one about @field with @severity and each of @parts, up to NULL, in its sentence. */
static void
assert_finding (GPtrArray           *findings,
                EntConnectorSeverity severity,
                const char          *field,
                ...)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const EntConnectorFinding *finding = findings->pdata[i];
      gboolean fits = finding->severity == severity && g_strcmp0 (finding->field, field) == 0;
      const char *part;
      va_list parts;

      va_start (parts, field);
      while ((part = va_arg (parts, const char *)) != NULL)
        fits = fits && strstr (finding->sentence, part) != NULL;
      va_end (parts);
      if (fits)
        return;
      g_string_append_printf (all, "%d %s: %s\n", finding->severity, finding->field, finding->sentence);
    }
  g_error ("nothing about %s in:\n%s", field, all->str);
}

static void
assert_nothing (GPtrArray  *findings,
                const char *field)
{
  for (guint i = 0; i < findings->len; i++)
    if (field == NULL || g_strcmp0 (((EntConnectorFinding *) findings->pdata[i])->field, field) == 0)
      g_error ("%s", ((EntConnectorFinding *) findings->pdata[i])->sentence);
}

/* A deal that AWS takes. */
static EntRecord *
good_deal (ConnectorFixture *f)
{
  EntRecord *deal = fixture_record ("deal", "title=Claims platform", "amount=1250000.50 EUR", "expected_close=2026-11-20",
                                    "stage=qualified", "next_step=Send the offer", "delivery_model=SaaS",
                                    "project_description=Claims take eleven days; they want one.", NULL);

  fixture_refer (deal, "account",
                 fixture_keep (f, fixture_record ("organization", "title=Globex", "website=globex.example", "country=DE",
                                                  "industry=Insurance", "postal_code=10115", NULL)));
  g_ptr_array_add (f->people, fixture_record ("person", "title=Ana", "emails=ana@globex.example", "phones=+4930123", NULL));
  return deal;
}

static void
test_good (ConnectorFixture *f,
           gconstpointer     id)
{
  g_autoptr (EntRecord) deal = good_deal (f);
  g_autoptr (GPtrArray) findings = check (f, "opportunity", deal, NULL);

  assert_nothing (findings, NULL);
}

static void
set (EntRecord  *record,
     const char *field,
     const char *value)
{
  g_autoptr (GError) error = NULL;

  ent_record_set_text (record, field, value, &error);
  g_assert_no_error (error);
}

/* To the character: 19 and 2001 are wrong, 20 and 2000 right, in characters and not bytes. */
static void
test_limits (ConnectorFixture *f,
             gconstpointer     id)
{
  static const struct { guint length; const char *limit; } lengths[] = { { 19, "at least 20" }, { 20, NULL }, { 2000, NULL },
                                                                         { 2001, "at most 2000" } };
  g_autoptr (EntRecord) deal = good_deal (f);

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) findings = NULL;

      for (guint j = 0; j < lengths[i].length; j++)
        g_string_append (text, "ü");
      set (deal, "project_description", text->str);
      findings = check (f, "opportunity", deal, NULL);
      if (lengths[i].limit == NULL)
        assert_nothing (findings, NULL);
      else
        assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "project_description", "Customer business problem",
                        "AWS Partner Central", lengths[i].limit, NULL);
    }
}

static void
test_missing (ConnectorFixture *f,
              gconstpointer     id)
{
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "stage=lost", NULL);
  g_autoptr (GPtrArray) findings = check (f, "opportunity", deal, NULL);

  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "account.title", "Customer company name", "is missing", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "account.country", "Customer country", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "project_description", "Customer business problem", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "expected_close", "Target close date", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "loss_reason", "Closed lost reason", "needs it now", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ADVICE, "delivery_model", "Delivery model", NULL);
  /* Errors come first. */
  g_assert_cmpint (((EntConnectorFinding *) findings->pdata[0])->severity, ==, ENT_CONNECTOR_FINDING_ERROR);
  g_assert_cmpint (((EntConnectorFinding *) findings->pdata[findings->len - 1])->severity, ==, ENT_CONNECTOR_FINDING_ADVICE);
  set (deal, "stage", "qualified");
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = check (f, "opportunity", deal, NULL);
  assert_nothing (findings, "loss_reason");
}

static void
test_forms (ConnectorFixture *f,
            gconstpointer     id)
{
  g_autoptr (EntRecord) deal = good_deal (f);
  g_autoptr (GPtrArray) findings = NULL;

  set (f->people->pdata[0], "emails", "Ana@globex.example");
  g_ptr_array_add (f->people, fixture_record ("person", "title=Bo", "emails=bo@x.example", "phones=030 123456", NULL));
  set (f->records->pdata[0], "website", "");
  set (f->records->pdata[0], "industry", "Clocks");
  set (deal, "expected_close", "2026-10-19");
  set (deal, "amount", "-5 EUR");
  findings = check (f, "opportunity", deal, NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "stakeholders", "Contact e-mail", "Ana@", "ana@example.com", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "phones", "030 123456", "+14155552671", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ADVICE, "account.industry", "Clocks", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "expected_close", "has passed", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "amount", "Software revenue", "250000.00", NULL);
  assert_nothing (findings, "account.website");
}

static void
test_currency_and_country (ConnectorFixture *f,
                           gconstpointer     id)
{
  g_autoptr (EntRecord) deal = good_deal (f);
  g_autoptr (GPtrArray) findings = NULL;

  set (deal, "amount", "5 ZWG");
  set (f->records->pdata[0], "country", "XK");
  findings = check (f, "opportunity", deal, NULL);
  g_assert_cmpuint (findings->len, ==, 2);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "amount", "cannot be in ZWG", "another currency", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "account.country", "“XK”", "Customer country", NULL);
}

static JsonNode *
there (ConnectorFixture *f,
       EntRecord        *deal,
       const char       *review,
       const char       *stage)
{
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (ent_connector_lookup (f->connector, "opportunity"), deal, NULL,
                                                                 NULL, &f->links);

  ent_json_pointer_set (draft->body, "/LifeCycle/ReviewStatus", ent_json_new_text (review));
  ent_json_pointer_set (draft->body, "/LifeCycle/Stage", ent_json_new_text (stage));
  return ent_json_copy (draft->body);
}

/* Nothing is edited while AWS reviews; an unchanged record is no edit. */
static void
test_frozen (ConnectorFixture *f,
             gconstpointer     id)
{
  static const char * const states[] = { "Submitted", "In review", "Rejected", "Approved", "Pending Submission" };
  g_autoptr (EntRecord) deal = good_deal (f);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (JsonNode) base = there (f, deal, states[i], "Qualified");
      g_autoptr (GPtrArray) before = check (f, "opportunity", deal, base);
      g_autoptr (GPtrArray) findings = NULL;

      assert_nothing (before, NULL);
      set (deal, "next_step", states[i]);
      findings = check (f, "opportunity", deal, base);
      if (i < 3)
        assert_finding (findings, ENT_CONNECTOR_FINDING_LOCKED, NULL, "takes no edits", "Review status", states[i], NULL);
      else
        assert_nothing (findings, NULL);
    }
}

/* While AWS asks for action, some places may be edited and others not. */
static void
test_only (ConnectorFixture *f,
           gconstpointer     id)
{
  g_autoptr (EntRecord) deal = good_deal (f);
  g_autoptr (JsonNode) base = there (f, deal, "Action Required", "Qualified");
  g_autoptr (GPtrArray) findings = NULL;

  set (deal, "project_description", "Claims take twelve days; they want one.");
  set (f->records->pdata[0], "postal_code", "10117");
  set (deal, "next_step", "Call");
  findings = check (f, "opportunity", deal, base);
  g_assert_cmpuint (findings->len, ==, 1);
  assert_finding (findings, ENT_CONNECTOR_FINDING_LOCKED, "next_step", "Next steps", "Action Required", NULL);
}

static void
test_moves (ConnectorFixture *f,
            gconstpointer     id)
{
  g_autoptr (EntRecord) deal = good_deal (f);
  g_autoptr (JsonNode) launched = there (f, deal, "Approved", "Launched");
  g_autoptr (JsonNode) qualified = there (f, deal, "Approved", "Qualified");
  g_autoptr (GPtrArray) back = check (f, "opportunity", deal, launched);
  g_autoptr (GPtrArray) on = NULL;

  assert_finding (back, ENT_CONNECTOR_FINDING_ERROR, "stage", "Stage", "final", "Launched", NULL);
  set (deal, "stage", "committed");
  on = check (f, "opportunity", deal, qualified);
  assert_nothing (on, NULL);
}

static void
test_referral_moves (ConnectorFixture *f,
                     gconstpointer     id)
{
  g_autoptr (JsonNode) base = fixture_json ("{'name':'Claims','status':'Active','substatus':'Accepted',"
                                            "'details':{'dealValue':5,'currency':'USD','closingDateTime':'2026-12-24'},"
                                            "'customerProfile':{'name':'Globex','address':{'country':'DE'}}}");
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=Claims", "stage=prospect", "amount=5 USD",
                                               "expected_close=2026-12-24", NULL);
  g_autoptr (GPtrArray) findings = check (f, "referral", deal, base);

  g_assert_cmpuint (findings->len, ==, 1);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "stage", "“Active” to “New”", "one of Closed", NULL);
}

static void
test_fixed (ConnectorFixture *f,
            gconstpointer     id)
{
  g_autoptr (JsonNode) base = fixture_json ("{'Id':'x','Name':'Webinar','FulfillmentTypes':['CASH'],"
                                            "'Status':'ACTION_REQUIRED'}");
  g_autoptr (EntRecord) request = fixture_record ("funding", "title=Webinar", "fulfilment=credits", NULL);
  g_autoptr (GPtrArray) findings = check (f, "benefit_application", request, base);

  g_assert_cmpuint (findings->len, ==, 1);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "fulfilment", "Fulfillment type", "cannot be changed", NULL);
  set (request, "fulfilment", "recognition");
  g_clear_pointer (&findings, g_ptr_array_unref);
  findings = check (f, "benefit_application", request, NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "fulfilment", "no word for “Recognition”", NULL);
}

static void
test_numbers (ConnectorFixture *f,
              gconstpointer     id)
{
  g_autoptr (EntRecord) company = fixture_record ("organization", "title=X", "size_employees=6000000", "postal_code=ab",
                                                  "domains=a.x.example; b.x.example; c.x.example; d.x.example; e.x.example; "
                                                  "f.x.example", NULL);
  g_autoptr (EntRecord) deal = fixture_record ("deal", "title=x", "amount=99.99 EUR", NULL);
  g_autoptr (GPtrArray) findings = check (f, "companies", company, NULL);
  g_autoptr (GPtrArray) more = check (f, "deals", deal, NULL);

  g_assert_cmpuint (findings->len, ==, 4);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "title", "1 character;", "at least 2", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "size_employees", "6000000", "at most 5000000", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "postal_code", "“ab”", "10115", NULL);
  assert_finding (findings, ENT_CONNECTOR_FINDING_ERROR, "domains", "6 entries", "at most 5", NULL);
  assert_finding (more, ENT_CONNECTOR_FINDING_ERROR, "amount", "99.99", "at least 100", NULL);
  assert_finding (more, ENT_CONNECTOR_FINDING_ERROR, "account", "is missing", NULL);
}

#define ADD(path, id, func) g_test_add (path, ConnectorFixture, id, fixture_set_up, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/rules/aws/good", "aws-partner-central", test_good);
  ADD ("/rules/aws/limits", "aws-partner-central", test_limits);
  ADD ("/rules/aws/missing", "aws-partner-central", test_missing);
  ADD ("/rules/aws/forms", "aws-partner-central", test_forms);
  ADD ("/rules/aws/currency-and-country", "aws-partner-central", test_currency_and_country);
  ADD ("/rules/aws/frozen", "aws-partner-central", test_frozen);
  ADD ("/rules/aws/only-some-places", "aws-partner-central", test_only);
  ADD ("/rules/aws/moves", "aws-partner-central", test_moves);
  ADD ("/rules/aws/fixed", "aws-partner-central", test_fixed);
  ADD ("/rules/microsoft/moves", "microsoft-partner-center", test_referral_moves);
  ADD ("/rules/generic/numbers", "generic-rest", test_numbers);
  return g_test_run ();
}
