/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All pieces together, against a small AWS in memory that takes each update as the whole: list, get, read, edit, check,
 * write, send; with somebody else editing there at the same time. Nothing of theirs is lost, each of our edits arrives. */
#include "config.h"

#include "sync/connector-fixture.h"
#include "sync/ent-connector-rules.h"

typedef struct
{
  ConnectorFixture  base;
  GHashTable       *there;   /* number → JsonNode */
  guint             clock;   /* seconds; stamps each change */
  guint             n_refused;
} Cycle;

static const EntConnectorObject *
opportunity (Cycle *c)
{
  return ent_connector_lookup (c->base.connector, "opportunity");
}

/* --- The portal ------------------------------------------------------------------------------------------------- */

static void
stamp (Cycle    *c,
       JsonNode *body)
{
  g_autofree char *time = ent_datetime_write ((20000 * (gint64) G_TIME_SPAN_DAY) + c->clock++ * G_USEC_PER_SEC);

  ent_json_pointer_set (body, "/LastModifiedDate", ent_json_new_text (time));
}

static const char *
text_at (JsonNode   *body,
         const char *place)
{
  return ent_json_get_text (ent_json_pointer_get (body, place));
}

static char *
portal_create (Cycle    *c,
               JsonNode *sent)
{
  g_autofree char *id = g_strdup_printf ("O%u", g_hash_table_size (c->there) + 1);

  g_assert_nonnull (text_at (sent, "/ClientToken"));
  ent_json_pointer_remove (sent, "/ClientToken");
  ent_json_pointer_set (sent, "/Id", ent_json_new_text (id));
  ent_json_pointer_set (sent, "/LifeCycle/ReviewStatus", ent_json_new_text ("Approved"));
  ent_json_pointer_set (sent, "/Marketing/Source", ent_json_new_text ("None"));
  stamp (c, sent);
  g_hash_table_insert (c->there, g_strdup (id), ent_json_copy (sent));
  return ent_json_write (sent);
}

static char *
portal_update (Cycle    *c,
               JsonNode *sent,
               guint    *status)
{
  const char *id = text_at (sent, "/Identifier");
  JsonNode *old = g_hash_table_lookup (c->there, id);
  JsonNode *next;

  g_assert_nonnull (old);
  if (g_strcmp0 (text_at (old, "/LastModifiedDate"), text_at (sent, "/LastModifiedDate")) != 0)
    {
      c->n_refused++;
      *status = 400;
      return g_strdup ("{\"__type\":\"ConflictException\",\"Message\":\"changed\"}");
    }
  next = ent_json_copy (sent);
  ent_json_pointer_set (next, "/Id", ent_json_new_text (id));
  ent_json_pointer_remove (next, "/Identifier");
  stamp (c, next);
  g_hash_table_insert (c->there, g_strdup (id), next);
  return ent_json_write (next);
}

/* One a page. */
static char *
portal_list (Cycle    *c,
             JsonNode *sent)
{
  const char *token = text_at (sent, "/NextToken");
  guint at = token != NULL ? (guint) g_ascii_strtoull (token, NULL, 10) : 1, n = g_hash_table_size (c->there);

  if (at > n)
    return g_strdup ("{\"OpportunitySummaries\":[]}");
  return at < n ? g_strdup_printf ("{\"OpportunitySummaries\":[{\"Id\":\"O%u\"}],\"NextToken\":\"%u\"}", at, at + 1)
                : g_strdup_printf ("{\"OpportunitySummaries\":[{\"Id\":\"O%u\"}]}", at);
}

static char *
portal_answer (Cycle                     *c,
               const EntConnectorRequest *request,
               guint                     *status)
{
  const char *action = strchr (ent_connector_pairs_get (request->headers, "X-Amz-Target"), '.') + 1;
  g_autoptr (JsonNode) sent = ent_json_parse (request->body, -1, NULL);

  *status = 200;
  if (g_str_equal (action, "ListOpportunities"))
    return portal_list (c, sent);
  if (g_str_equal (action, "CreateOpportunity"))
    return portal_create (c, sent);
  if (g_str_equal (action, "UpdateOpportunity"))
    return portal_update (c, sent, status);
  return ent_json_write (g_hash_table_lookup (c->there, text_at (sent, "/Identifier")));
}

static EntConnectorAnswer *
call (Cycle            *c,
      const char       *operation,
      EntConnectorCall  with)
{
  g_autoptr (EntConnectorRequest) request = fixture_request_well (&c->base, "opportunity", operation, with);
  guint status = 0;
  g_autofree char *text = portal_answer (c, request, &status);
  const EntConnectorOperation *found = ent_connector_object_lookup (opportunity (c), operation);

  return ent_connector_answer_read (c->base.connector, opportunity (c), found, request, status, NULL, text, -1);
}

/* --- Here ---------------------------------------------------------------------------------------------------------- */

/* Sends @record; gets and merges again as often as somebody else was faster. @meddle: they edit between our get and update. */
static void
push (Cycle      *c,
      EntRecord  *record,
      const char *id,
      gboolean    meddle)
{
  for (guint attempt = 0; attempt < 3; attempt++)
    {
      g_autoptr (EntConnectorAnswer) got = call (c, "get", (EntConnectorCall) { .id = id });
      g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (opportunity (c), record, got->item, NULL, &c->base.links);
      g_autoptr (GPtrArray) findings = ent_connector_check_record (c->base.connector, opportunity (c), record, got->item, 0,
                                                                   NULL, &c->base.links);
      g_autoptr (JsonNode) body = ent_connector_draft_make_body (draft, opportunity (c),
                                                                 ent_connector_object_lookup (opportunity (c), "update"),
                                                                 got->item);
      g_autoptr (EntConnectorAnswer) put = NULL;

      if (findings->len > 0)
        g_error ("%s", ((EntConnectorFinding *) findings->pdata[0])->sentence);
      if (meddle && attempt == 0)
        {
          JsonNode *theirs = g_hash_table_lookup (c->there, id);

          ent_json_pointer_set (theirs, "/Project/AdditionalComments", ent_json_new_text (got->lock));
          stamp (c, theirs);
        }
      put = call (c, "update", (EntConnectorCall) { .id = id, .lock = got->lock, .record = body });
      g_assert_true (put->is_failed == (meddle && attempt == 0));
      if (!put->is_failed)
        return;
      g_assert_cmpint (put->fail, ==, ENT_CONNECTOR_FAIL_CHANGED);
    }
  g_error ("never accepted");
}

static EntRecord *
new_deal (Cycle *c)
{
  EntRecord *deal = fixture_record ("deal", "title=Claims", "stage=qualified", "expected_close=2030-01-01",
                                    "delivery_model=SaaS", "project_description=Claims take eleven days; they want one.", NULL);

  fixture_refer (deal, "account",
                 fixture_keep (&c->base, fixture_record ("organization", "title=Globex", "country=DE", "industry=Retail",
                                                         "postal_code=10115", NULL)));
  return deal;
}

static char *
push_new (Cycle     *c,
          EntRecord *deal)
{
  const EntConnectorOperation *create = ent_connector_object_lookup (opportunity (c), "create");
  g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (opportunity (c), deal, NULL, NULL, &c->base.links);
  g_autoptr (JsonNode) body = ent_connector_draft_make_body (draft, opportunity (c), create, NULL);
  g_autoptr (EntConnectorAnswer) answer = call (c, "create", (EntConnectorCall) { .token = "t-1", .record = body });

  g_assert_false (answer->is_failed);
  return g_strdup (answer->id);
}

static void
test_edits (void)
{
  static const char * const fields[] = { "next_step", "title", "expected_close", "amount", "stage" };
  static const char * const values[][2] = { { "Call", "Write" }, { "Claims", "Fraud" }, { "2030-01-01", "2031-02-03" },
                                            { "5.00 USD", "1200.50 EUR" }, { "committed", "qualified" } };
  Cycle c = { .there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref) };
  g_autoptr (EntRecord) deal = NULL;
  g_autofree char *id = NULL;
  JsonNode *there;

  fixture_set_up (&c.base, "aws-partner-central");
  deal = new_deal (&c);
  id = push_new (&c, deal);
  for (guint i = 0; i < 40; i++)
    {
      guint field = i % G_N_ELEMENTS (fields);
      g_autoptr (GError) error = NULL;
      g_autoptr (EntConnectorAnswer) got = NULL;
      g_autoptr (EntConnectorReading) reading = NULL;

      ent_record_set_text (deal, fields[field], values[field][i / G_N_ELEMENTS (fields) % 2], &error);
      g_assert_no_error (error);
      push (&c, deal, id, i % 3 == 0);
      got = call (&c, "get", (EntConnectorCall) { .id = id });
      reading = ent_connector_map_read (opportunity (&c), got->item, NULL, ent_schema_get_default (), NULL);
      assert_field (reading->record, fields[field], values[field][i / G_N_ELEMENTS (fields) % 2]);
    }
  g_assert_cmpuint (c.n_refused, ==, 14);
  /* What only the portal knows is there after forty full replaces, and so is what others wrote. */
  there = g_hash_table_lookup (c.there, id);
  assert_place (there, "/Marketing/Source", "\"None\"");
  assert_place (there, "/LifeCycle/ReviewStatus", "\"Approved\"");
  g_assert_nonnull (text_at (there, "/Project/AdditionalComments"));
  assert_place (there, "/Customer/Account/CompanyName", "\"Globex\"");
  fixture_tear_down (&c.base, NULL);
  g_hash_table_unref (c.there);
}

/* Everything is pulled page by page, and what was pulled is nothing to push. */
static void
test_pull_all (void)
{
  Cycle c = { .there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref) };
  g_autofree char *page = NULL;
  guint n_pulled = 0;

  fixture_set_up (&c.base, "aws-partner-central");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (EntRecord) deal = new_deal (&c);
      g_autofree char *id = push_new (&c, deal);

      g_assert_nonnull (id);
    }
  do
    {
      g_autoptr (EntConnectorAnswer) list = call (&c, "list", (EntConnectorCall) { .page = page });

      g_assert_false (list->is_failed);
      for (guint i = 0; i < list->items->len; i++)
        {
          g_autofree char *id = ent_connector_item_dup_id (opportunity (&c), list->items->pdata[i]);
          g_autoptr (EntConnectorAnswer) got = call (&c, "get", (EntConnectorCall) { .id = id });
          g_autoptr (EntConnectorReading) reading = ent_connector_map_read (opportunity (&c), got->item, NULL,
                                                                            ent_schema_get_default (), &c.base.links);
          g_autoptr (EntConnectorDraft) draft = ent_connector_map_write (opportunity (&c), reading->record, got->item, NULL,
                                                                         &c.base.links);

          g_assert_cmpuint (reading->problems->len, ==, 0);
          g_assert_cmpuint (draft->changed->len, ==, 0);
          g_assert_cmpint (ent_record_get_ref (reading->record, "account"), ==, ent_record_get_key (c.base.records->pdata[0]));
          n_pulled++;
        }
      g_free (page);
      page = g_strdup (list->next);
    }
  while (page != NULL);
  g_assert_cmpuint (n_pulled, ==, 5);
  fixture_tear_down (&c.base, NULL);
  g_hash_table_unref (c.there);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cycle/edits", test_edits);
  g_test_add_func ("/cycle/pull-all", test_pull_all);
  return g_test_run ();
}
