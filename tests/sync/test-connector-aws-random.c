/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random deals: what the rules of the AWS connector let through is right by the published model. */
#include "config.h"

#include "sync/aws-model.h"
#include "sync/connector-fixture.h"
#include "sync/ent-connector-rules.h"

/* A word of @length letters, some of them outside of ASCII. */
static char *
random_word (GRand *rand,
             guint  length)
{
  static const char * const letters[] = { "a", "ü", "日", " ", "\n", "9", "\"", "💡" };
  GString *word = g_string_new ("x");

  for (guint i = 1; i < length; i++)
    g_string_append (word, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  return g_strstrip (g_string_free_and_steal (word));
}

static void
set_word (GRand      *rand,
          EntRecord  *record,
          const char *field,
          guint       most)
{
  g_auto (EntValue) value = ENT_VALUE_INIT;
  const EntField *info = ent_record_type_lookup (ent_record_get_record_type (record), field);

  ent_value_take_text (&value, random_word (rand, (guint) g_rand_int_range (rand, 1, (gint32) most)));
  ent_record_set (record, info->index, &value);
}

static void
set_one_of (GRand              *rand,
            EntRecord          *record,
            const char         *field,
            const char         *format,
            const char * const *choices)
{
  const char *choice = choices[g_rand_int_range (rand, 0, (gint32) g_strv_length ((char **) choices))];
  g_autofree char *text = g_strdup_printf (format, choice);

  ent_record_set_text (record, field, text, NULL);
}

static EntRecord *
random_deal (ConnectorFixture *f,
             GRand            *rand)
{
  static const char * const stages[] = { "prospect", "won", "lost", NULL };
  static const char * const amounts[] = { "0", "1.5", "-3", "1234567.25", NULL };
  static const char * const phones[] = { "+49 30 123", "030 123", "+1 (415) 555-2671 ext. 3", "+0 1", NULL };
  static const char * const emails[] = { "a@x.example", "A@x.example", "a.b+c@x-y.example", "ü@x.example", NULL };
  static const char * const sites[] = { "x.example", "https://x.example/a?b=c", NULL };
  EntRecord *deal = fixture_record ("deal", "expected_close=2030-01-01", "loss_reason=price", NULL);
  EntRecord *account = fixture_record ("organization", NULL);
  EntRecord *person = fixture_record ("person", "title=Ana", NULL);
  g_autofree char *currency = g_strconcat (amounts[g_rand_int_range (rand, 0, 4)], " %s", NULL);

  set_word (rand, deal, "title", 300);
  set_word (rand, deal, "project_description", g_rand_boolean (rand) ? 40 : 2100);
  set_word (rand, deal, "next_step", 300);
  set_one_of (rand, deal, "stage", "%s", stages);
  set_one_of (rand, deal, "amount", currency, ent_currency_get_codes ());
  set_word (rand, account, "title", 150);
  set_word (rand, account, "postal_code", 30);
  set_one_of (rand, account, "country", "%s", ent_country_get_codes ());
  set_one_of (rand, account, "website", "%s", sites);
  set_word (rand, person, "given", 100);
  set_word (rand, person, "job_title", 100);
  set_one_of (rand, person, "phones", "%s", phones);
  set_one_of (rand, person, "emails", "%s", emails);
  fixture_refer (deal, "account", fixture_keep (f, account));
  g_ptr_array_set_size (f->people, 0);
  g_ptr_array_add (f->people, person);
  return deal;
}

static void
assert_right (ConnectorFixture         *f,
              AwsModel                 *model,
              const EntConnectorObject *object,
              EntRecord                *deal)
{
  const EntConnectorOperation *create = ent_connector_object_lookup (object, "create");
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (object, deal, NULL, NULL, &f->links);
  g_autoptr (JsonNode) record = ent_connector_draft_make_body (draft, object, create, NULL);
  EntConnectorCall call = { .token = "t", .record = record };
  g_autoptr (EntConnectorRequest) request = fixture_request_well (f, object->name, create->name, call);
  g_autoptr (JsonNode) body = ent_json_parse (request->body, -1, NULL);

  aws_model_assert (model, create->action, body);
}

/* What the rules let through, AWS takes. */
static void
test_rules_are_the_models (ConnectorFixture *f,
                           gconstpointer     id)
{
  g_autoptr (AwsModel) model = aws_model_load ("partnercentral-selling/2022-07-26");
  const EntConnectorObject *object = ent_connector_lookup (f->connector, "opportunity");
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_sent = 0;

  g_test_message ("seed %u", seed);
  for (guint i = 0; model != NULL && i < 400; i++)
    {
      g_autoptr (EntRecord) deal = random_deal (f, rand);
      g_autoptr (GPtrArray) findings = ent_connector_check_record (f->connector, object, deal, NULL, 0, NULL, &f->links);

      if (findings->len > 0 && ((EntConnectorFinding *) findings->pdata[0])->severity == ENT_CONNECTOR_FINDING_ERROR)
        continue;
      assert_right (f, model, object, deal);
      n_sent++;
    }
  if (model != NULL)
    g_assert_cmpuint (n_sent, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/aws/rules-are-the-models", ConnectorFixture, "aws-partner-central", fixture_set_up,
              test_rules_are_the_models, fixture_tear_down);
  return g_test_run ();
}
