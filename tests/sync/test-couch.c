/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client of CouchDB's replication protocol against a server that behaves: what is asked, what is understood. */
#include "config.h"

#include "couch-fixture.h"

/* ---- addresses */

static void
test_address (void)
{
  static const struct { const char *url, *shown, *host; } good[] = {
    { "https://couch.example.com/team", "https://couch.example.com/team", "couch.example.com" },
    { "https://couch.example.com:6984/a/b/team/", "https://couch.example.com:6984/a/b/team", "couch.example.com:6984" },
    { "https://ana:secret%40x@couch.example.com/a%2Fb", "https://couch.example.com/a%2Fb", "couch.example.com" },
    { "http://127.0.0.1:5984/team", "http://127.0.0.1:5984/team", "127.0.0.1:5984" },
    { "http://[::1]:5984/team", "http://[::1]:5984/team", "[::1]:5984" },
    { "http://localhost/team", "http://localhost/team", "localhost" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntCouch) couch = ent_couch_new (good[i].url, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (ent_couch_get_url (couch), ==, good[i].shown);
      g_assert_cmpstr (ent_couch_get_host (couch), ==, good[i].host);
    }
}

static void
test_address_refused (void)
{
  static const char * const bad[] = {
    "", "team", "couch.example.com/team", "ftp://couch.example.com/team", "https://couch.example.com", "https:///team",
    "https://couch.example.com/", "https://ana:secret@couch.example.com", "http://ana:secret@couch.example.com/team",
    "http://10.0.0.1/team", "http://127.0.0.1.example.com/team", "https://couch.example.com/team?secret=1",
    "https://couch.example.com/team#secret", "https://ana:secret@[couch/team", "file:///secret", "https://a:secret@b:99999/c",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (EntCouch) couch = ent_couch_new (bad[i], &error);

      g_assert_null (couch);
      g_assert_error (error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_ADDRESS);
      g_assert_null (strstr (error->message, "secret"));
      g_assert_false (ent_remote_error_is_passing (error));
    }
}

/* ---- who is there */

static void
test_facts (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1", "{\"title\":\"One\"}");
  g_autofree char *second = edit (f, "deal:2", "{\"title\":\"Two\"}");
  g_autofree char *deleted = edit (f, "deal:2", NULL);
  g_autoptr (EntCouchServer) server = ent_couch_get_server (f->couch, NULL, &f->error);
  g_autoptr (EntCouchDatabase) database = ent_couch_get_database (f->couch, NULL, &f->error);

  g_assert_no_error (f->error);
  g_assert_cmpstr (server->uuid, ==, "85fb71bf700c17267fef77535820e371");
  g_assert_cmpstr (server->version, ==, "3.5.0");
  g_assert_cmpstr (server->vendor, ==, "The Apache Software Foundation");
  g_assert_cmpstr (database->name, ==, "team");
  g_assert_true (g_str_has_prefix (database->update_seq, "3-g1AA"));
  g_assert_cmpint (database->doc_count, ==, 1);
  g_assert_nonnull (database->instance_start_time);
}

static void
test_wiped (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *rev = edit (f, "deal:1", "{}");
  g_autoptr (EntCouchDatabase) before = ent_couch_get_database (f->couch, NULL, &f->error);
  g_autoptr (EntCouchDatabase) after = NULL;

  fake_couch_wipe (f->server);
  after = ent_couch_get_database (f->couch, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (before->instance_start_time, !=, after->instance_start_time);
  g_assert_cmpint (after->doc_count, ==, 0);
}

static void
test_create (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *url = g_strconcat (fake_couch_get_url (f->server), "-2", NULL);
  g_autoptr (EntCouch) other = make_client (url);

  g_assert_null (ent_couch_get_database (other, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_NOT_FOUND);
  g_assert_true (ent_couch_create_database (other, NULL, &f->error));
  g_assert_no_error (f->error);
  g_assert_false (ent_couch_create_database (other, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_EXISTS);
}

static void
test_local (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (JsonObject) document = parse ("{\"session_id\":\"s1\",\"history\":[{\"recorded_seq\":\"3-x\"}]}");
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fake_couch_set_traits (f->server, FAKE_COUCH_STRICT_LOCAL);
  g_assert_null (ent_couch_get_local (f->couch, "a/b?c d", NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_NOT_FOUND);
  first = ent_couch_put_local (f->couch, "a/b?c d", document, NULL, &f->error);
  g_assert_no_error (f->error);
  read = ent_couch_get_local (f->couch, "a/b?c d", NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (json_object_get_string_member (read, "_rev"), ==, first);
  g_assert_cmpstr (json_object_get_string_member (read, "session_id"), ==, "s1");
  second = ent_couch_put_local (f->couch, "a/b?c d", read, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (first, !=, second);
  g_assert_null (ent_couch_put_local (f->couch, "a/b?c d", read, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_CONFLICT);
}

/* ---- changes */

static void
test_changes (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1", "{\"title\":\"One\"}");
  g_autofree char *second = edit (f, "deal:2 ü/\"", "{\"title\":\"Two\"}");
  g_autofree char *deleted = edit (f, "deal:1", NULL);
  g_autoptr (JsonObject) branch = make_document ("deal:2 ü/\"", "branch", 1);
  g_autoptr (EntCouchChanges) page = NULL, next = NULL, last = NULL;

  g_assert_true (fake_couch_graft (f->server, branch));
  page = ent_couch_get_changes (f->couch, NULL, 1, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (page->rows->len, ==, 1);
  g_assert_cmpint (page->pending, ==, 1);
  g_assert_cmpstr (get_row (page, 0)->id, ==, "deal:1");
  g_assert_cmpstr (get_row (page, 0)->revs[0], ==, deleted);
  g_assert_true (get_row (page, 0)->deleted);
  g_assert_true (g_str_has_prefix (get_row (page, 0)->seq, "3-g1AA"));
  next = ent_couch_get_changes (f->couch, page->last_seq, 10, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (next->rows->len, ==, 1);
  g_assert_cmpint (next->pending, ==, 0);
  g_assert_cmpstr (get_row (next, 0)->id, ==, "deal:2 ü/\"");
  g_assert_cmpuint (g_strv_length (get_row (next, 0)->revs), ==, 2);
  g_assert_false (get_row (next, 0)->deleted);
  last = ent_couch_get_changes (f->couch, next->last_seq, 10, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (last->rows->len, ==, 0);
}

static void
test_sequences (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (EntCouchChanges) nulls = NULL, numbers = NULL, rest = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%u", i);
      g_autofree char *rev = edit (f, id, "{}");
    }
  fake_couch_set_traits (f->server, FAKE_COUCH_NULL_SEQ);
  nulls = ent_couch_get_changes (f->couch, NULL, 10, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_null (get_row (nulls, 0)->seq);
  g_assert_nonnull (get_row (nulls, 2)->seq);
  fake_couch_set_traits (f->server, FAKE_COUCH_INTEGER_SEQ);
  numbers = ent_couch_get_changes (f->couch, NULL, 3, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (numbers->last_seq, ==, "3");
  g_assert_cmpint (numbers->pending, ==, -1);
  rest = ent_couch_get_changes (f->couch, numbers->last_seq, 3, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (get_row (rest, 0)->id, ==, "deal:3");
  fake_couch_set_traits (f->server, 0);
  g_assert_null (ent_couch_get_changes (f->couch, "garbage", 3, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_REJECTED);
}

/* All rows come again after the machine that gave out the sequence is gone, and then no more. */
static void
test_replay (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1", "{}");
  g_autofree char *second = edit (f, "deal:2", "{}");
  g_autoptr (EntCouchChanges) page = ent_couch_get_changes (f->couch, NULL, 10, NULL, &f->error);
  g_autoptr (EntCouchChanges) again = NULL, end = NULL;

  fake_couch_set_traits (f->server, FAKE_COUCH_REPLAY);
  again = ent_couch_get_changes (f->couch, page->last_seq, 10, NULL, &f->error);
  end = ent_couch_get_changes (f->couch, again->last_seq, 10, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (again->rows->len, ==, 2);
  g_assert_cmpuint (end->rows->len, ==, 0);
}

/* ---- documents */

static void
test_push_and_read (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL, again = NULL;
  g_autoptr (EntCouchDocs) read = NULL;
  g_autofree char *winner = NULL;
  EntCouchRef refs[3];

  g_ptr_array_add (docs, make_document ("deal:1", "a", 2));
  g_ptr_array_add (docs, make_document ("deal:1", "b", 3));
  json_object_set_boolean_member (docs->pdata[1], "_deleted", TRUE);
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 0);
  g_assert_false (pushed->unconfirmed);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 2);
  again = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 2);

  refs[0] = (EntCouchRef) { "deal:1", get_text (docs, 0, "_rev") };
  refs[1] = (EntCouchRef) { "deal:1", get_text (docs, 1, "_rev") };
  refs[2] = (EntCouchRef) { "deal:9", "1-abc" };
  read = ent_couch_get_docs (f->couch, refs, 3, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 2);
  g_assert_cmpstr (get_text (read->docs, 0, "title"), ==, "a");
  g_assert_true (json_object_get_boolean_member (read->docs->pdata[1], "_deleted"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (
                      json_object_get_object_member (read->docs->pdata[1], "_revisions"), "ids")), ==, 3);
  g_assert_cmpstr (get_failure (read->missing, 0)->id, ==, "deal:9");
  g_assert_cmpstr (get_failure (read->missing, 0)->rev, ==, "1-abc");
  g_assert_cmpstr (get_failure (read->missing, 0)->error, ==, "not_found");
}

/* Asked for an old revision, the server gives what became of it. */
static void
test_latest (Fixture       *f,
             gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1", "{\"title\":\"Old\"}");
  g_autofree char *second = edit (f, "deal:1", "{\"title\":\"New\"}");
  const EntCouchRef ref = { "deal:1", first };
  g_autoptr (EntCouchDocs) read = ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error);

  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 1);
  g_assert_cmpstr (get_text (read->docs, 0, "_rev"), ==, second);
  fake_couch_compact (f->server);
  g_assert_null (fake_couch_dup_revision (f->server, "deal:1", first));
}

static void
test_without_bulk_get (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1/ü", "{\"title\":\"One\"}");
  g_autofree char *second = edit (f, "deal:2", "{\"title\":\"Two\"}");
  const EntCouchRef refs[] = { { "deal:1/ü", first }, { "deal:2", second }, { "deal:2", "1-abc" }, { "deal:3", "1-abc" } };
  g_autoptr (EntCouchDocs) read = NULL, again = NULL;

  fake_couch_set_traits (f->server, FAKE_COUCH_NO_BULK_GET);
  read = ent_couch_get_docs (f->couch, refs, G_N_ELEMENTS (refs), NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 2);
  g_assert_true (json_object_has_member (read->docs->pdata[0], "_revisions"));
  g_assert_cmpuint (read->missing->len, ==, 2);
  again = ent_couch_get_docs (f->couch, refs, 2, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (again->docs->len, ==, 2);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_get"), ==, 1);
}

static void
test_revs_diff (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *first = edit (f, "deal:1", "{}");
  g_autofree char *second = edit (f, "deal:1", "{\"a\":1}");
  g_autoptr (GHashTable) revs = g_hash_table_new (g_str_hash, g_str_equal);
  const char *known[] = { first, second, NULL }, *partly[] = { second, "2-ff", NULL }, *unknown[] = { "1-aa", NULL };
  g_autoptr (GHashTable) missing = NULL;

  g_hash_table_insert (revs, (char *) "deal:1", known);
  missing = ent_couch_diff_revs (f->couch, revs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (g_hash_table_size (missing), ==, 0);
  g_clear_pointer (&missing, g_hash_table_unref);
  g_hash_table_insert (revs, (char *) "deal:1", partly);
  g_hash_table_insert (revs, (char *) "deal:2", unknown);
  missing = ent_couch_diff_revs (f->couch, revs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (g_hash_table_size (missing), ==, 2);
  g_assert_cmpuint (g_strv_length (g_hash_table_lookup (missing, "deal:1")), ==, 1);
  g_assert_cmpstr (((char **) g_hash_table_lookup (missing, "deal:1"))[0], ==, "2-ff");
  g_assert_cmpstr (((char **) g_hash_table_lookup (missing, "deal:2"))[0], ==, "1-aa");
}

static char *
refuse_secret (JsonObject *document,
               gpointer    user_data)
{
  return g_str_equal (json_object_get_string_member (document, "title"), "bad") ? g_strdup ("Deals need an amount.") : NULL;
}

static void
test_refused_document (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL;

  fake_couch_set_validate (f->server, refuse_secret, NULL);
  fake_couch_set_traits (f->server, FAKE_COUCH_ACCEPTED);
  g_ptr_array_add (docs, make_document ("deal:1", "good", 1));
  g_ptr_array_add (docs, make_document ("deal:2", "bad", 1));
  g_ptr_array_add (docs, make_document ("deal:3", "good", 1));
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_true (pushed->unconfirmed);
  g_assert_cmpuint (pushed->failures->len, ==, 1);
  g_assert_cmpstr (get_failure (pushed->failures, 0)->id, ==, "deal:2");
  g_assert_cmpstr (get_failure (pushed->failures, 0)->rev, ==, get_text (docs, 1, "_rev"));
  g_assert_cmpstr (get_failure (pushed->failures, 0)->error, ==, "forbidden");
  g_assert_cmpstr (get_failure (pushed->failures, 0)->reason, ==, "Deals need an amount.");
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 2);
}

/* Exactly what was sent comes back: numbers, texts, nothing, and depth. */
static void
test_exact_values (Fixture       *f,
                   gconstpointer  data)
{
  const char *body = "{\"big\":9007199254740993,\"min\":-9223372036854775808,\"half\":0.5,\"text\":\"\\u0001\\\"\\\\ ü 🙂\","
                     "\"none\":null,\"yes\":true,\"list\":[1,[2,{\"a\":[]}],{}],\"empty\":\"\"}";
  g_autofree char *rev = edit (f, "deal:1", body);
  const EntCouchRef ref = { "deal:1", rev };
  g_autoptr (EntCouchDocs) read = ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error);
  g_autoptr (JsonObject) expected = parse (body);
  g_autoptr (JsonNode) left = NULL, right = NULL;

  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 1);
  json_object_remove_member (read->docs->pdata[0], "_id");
  json_object_remove_member (read->docs->pdata[0], "_rev");
  json_object_remove_member (read->docs->pdata[0], "_revisions");
  left = json_node_init_object (json_node_alloc (), read->docs->pdata[0]);
  right = json_node_init_object (json_node_alloc (), expected);
  g_assert_true (json_node_equal (left, right));
}

/* Large requests are packed; a server that cannot unpack gets them as they are, from then on. */
static void
test_packing (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) packed = NULL, plain = NULL, later = NULL;
  guint64 bytes[3];

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%u", i);

      g_ptr_array_add (docs, make_document (id, "a title that is always the same and rather long", 1));
    }
  packed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  bytes[0] = ent_couch_get_counters (f->couch).bytes_sent;
  fake_couch_set_traits (f->server, FAKE_COUCH_NO_GZIP);
  plain = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  bytes[1] = ent_couch_get_counters (f->couch).bytes_sent;
  later = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  bytes[2] = ent_couch_get_counters (f->couch).bytes_sent;
  g_assert_no_error (f->error);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 200);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_docs"), ==, 4);
  g_assert_cmpuint (bytes[2] - bytes[1], >, 2 * bytes[0]);
  g_assert_cmpuint (bytes[1] - bytes[0], >, bytes[2] - bytes[1]);
}

/* What is too large at once is sent in parts; what is too large alone is told, and the rest goes. */
static void
test_too_large (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL, again = NULL;
  g_autofree char *long_title = g_strnfill (5000, 'x');
  guint requests;

  for (guint i = 0; i < 64; i++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%02u", i);

      g_ptr_array_add (docs, make_document (id, i == 13 ? long_title : "short", 1));
    }
  fake_couch_set_limits (f->server, 4000, 0);
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 1);
  g_assert_cmpstr (get_failure (pushed->failures, 0)->id, ==, "deal:13");
  g_assert_cmpstr (get_failure (pushed->failures, 0)->error, ==, "too_large");
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 63);
  requests = fake_couch_get_n_requests (f->server, "_bulk_docs");
  again = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  /* the second time it is known what is too large */
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_docs") - requests, <, requests);

  fake_couch_set_limits (f->server, 0, 1000);
  g_clear_pointer (&again, ent_couch_pushed_free);
  again = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (again->failures->len, ==, 1);
}

/* An answer over the limit is read in parts as well. */
static void
test_large_answer (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *long_body = g_strdup_printf ("{\"title\":\"%0*d\"}", 6000, 1);
  g_autoptr (EntCouchDocs) read = NULL;
  EntCouchRef refs[8];
  char *texts[16];

  for (guint i = 0; i < 8; i++)
    {
      texts[i] = g_strdup_printf ("deal:%u", i);
      texts[8 + i] = edit (f, texts[i], i == 5 ? long_body : "{\"title\":\"short\"}");
      refs[i] = (EntCouchRef) { texts[i], texts[8 + i] };
    }
  ent_couch_set_limit (f->couch, 800);
  read = ent_couch_get_docs (f->couch, refs, 8, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 7);
  g_assert_cmpuint (read->missing->len, ==, 1);
  g_assert_cmpstr (get_failure (read->missing, 0)->id, ==, "deal:5");
  g_assert_cmpstr (get_failure (read->missing, 0)->error, ==, "too_large");
  g_assert_null (ent_couch_get_changes (f->couch, NULL, 100, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TOO_LARGE);
  for (guint i = 0; i < 16; i++)
    g_free (texts[i]);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/couch/address", test_address);
  g_test_add_func ("/couch/address-refused", test_address_refused);
  ADD ("/couch/facts", test_facts);
  ADD ("/couch/wiped", test_wiped);
  ADD ("/couch/create", test_create);
  ADD ("/couch/local", test_local);
  ADD ("/couch/changes", test_changes);
  ADD ("/couch/sequences", test_sequences);
  ADD ("/couch/replay", test_replay);
  ADD ("/couch/push-and-read", test_push_and_read);
  ADD ("/couch/latest", test_latest);
  ADD ("/couch/without-bulk-get", test_without_bulk_get);
  ADD ("/couch/revs-diff", test_revs_diff);
  ADD ("/couch/refused-document", test_refused_document);
  ADD ("/couch/exact-values", test_exact_values);
  ADD ("/couch/packing", test_packing);
  ADD ("/couch/too-large", test_too_large);
  ADD ("/couch/large-answer", test_large_answer);
  return g_test_run ();
}
