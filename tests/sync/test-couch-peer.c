/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against PouchDB's server, a second implementation of the protocol: what it does in its own way, and a whole
 * database pushed and pulled. ENTENTE_PEERS is where it is. */
#include "config.h"

#include "couch-fixture.h"
#include "support/peer.h"

static TestPeer *peer;
static guint n_databases;

/* A database of its own for each test. FALSE: skipped. */
static gboolean
make_database (Fixture *f)
{
  g_autofree char *url = NULL;

  if (peer == NULL)
    peer = test_peer_start ("server.js");
  if (peer == NULL)
    return FALSE;
  url = g_strdup_printf ("http://127.0.0.1:%u/team%u", test_peer_get_port (peer), n_databases++);
  f->couch = make_client (url);
  g_assert_true (ent_couch_create_database (f->couch, NULL, &f->error));
  g_assert_no_error (f->error);
  return TRUE;
}

static void
drop_client (Fixture       *f,
             gconstpointer  data)
{
  g_assert_no_error (f->error);
  g_clear_pointer (&f->couch, ent_couch_free);
}

static void
test_facts (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (EntCouchServer) server = NULL;
  g_autoptr (EntCouchDatabase) database = NULL;

  if (!make_database (f))
    return;
  server = ent_couch_get_server (f->couch, NULL, &f->error);
  database = ent_couch_get_database (f->couch, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_nonnull (server->uuid);
  g_assert_cmpstr (database->update_seq, ==, "0");
  g_assert_cmpint (database->doc_count, ==, 0);
  g_assert_false (ent_couch_create_database (f->couch, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_EXISTS);
}

static void
test_local (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (JsonObject) document = parse ("{\"session_id\":\"s1\"}");
  g_autoptr (JsonObject) read = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (!make_database (f))
    return;
  g_assert_null (ent_couch_get_local (f->couch, "checkpoint", NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_NOT_FOUND);
  first = ent_couch_put_local (f->couch, "checkpoint", document, NULL, &f->error);
  g_assert_no_error (f->error);
  read = ent_couch_get_local (f->couch, "checkpoint", NULL, &f->error);
  g_assert_no_error (f->error);
  second = ent_couch_put_local (f->couch, "checkpoint", read, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_null (ent_couch_put_local (f->couch, "checkpoint", read, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_CONFLICT);
}

/* ---- a whole database */

#define N_DOCS 1000

static GPtrArray *
make_documents (void)
{
  GPtrArray *docs = new_documents ();

  for (guint i = 0; i < N_DOCS; i++)
    {
      g_autofree char *id = g_strdup_printf ("organization:%04u ü/?", i);
      JsonObject *document = make_document (id, "Acme", 2);

      json_object_set_int_member (document, "amount", 9007199254740 + i);
      if (i % 10 == 9)
        json_object_set_boolean_member (document, "_deleted", TRUE);
      g_ptr_array_add (docs, document);
    }
  return docs;
}

static GHashTable *
list_revs (GPtrArray *docs)
{
  GHashTable *revs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);

  for (guint i = 0; i < docs->len; i++)
    g_hash_table_insert (revs, g_strdup (get_text (docs, i, "_id")), g_strsplit (get_text (docs, i, "_rev"), " ", 1));
  return revs;
}

static guint
count_missing (Fixture   *f,
               GPtrArray *docs)
{
  g_autoptr (GHashTable) revs = list_revs (docs);
  g_autoptr (GHashTable) missing = ent_couch_diff_revs (f->couch, revs, NULL, &f->error);

  g_assert_no_error (f->error);
  return g_hash_table_size (missing);
}

static void
push (Fixture   *f,
      GPtrArray *docs)
{
  g_autoptr (EntCouchPushed) pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);

  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 0);
}

/* Reads one page and its documents into @pulled (id → document). Returns the rows there were. */
static guint
pull_page (Fixture     *f,
           char       **since,
           GHashTable  *pulled)
{
  g_autoptr (EntCouchChanges) page = ent_couch_get_changes (f->couch, *since, 300, NULL, &f->error);
  g_autofree EntCouchRef *refs = NULL;
  g_autoptr (EntCouchDocs) read = NULL;

  g_assert_no_error (f->error);
  refs = g_new0 (EntCouchRef, page->rows->len);
  for (guint i = 0; i < page->rows->len; i++)
    {
      g_assert_cmpuint (g_strv_length (get_row (page, i)->revs), ==, 1);
      refs[i] = (EntCouchRef) { get_row (page, i)->id, get_row (page, i)->revs[0] };
    }
  g_set_str (since, page->last_seq);
  read = ent_couch_get_docs (f->couch, refs, page->rows->len, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->missing->len, ==, 0);
  for (guint i = 0; i < read->docs->len; i++)
    g_hash_table_insert (pulled, g_strdup (get_text (read->docs, i, "_id")), json_object_ref (read->docs->pdata[i]));
  return page->rows->len;
}

static void
assert_same (JsonObject *sent,
             JsonObject *got)
{
  g_autoptr (JsonNode) left = json_node_init_object (json_node_alloc (), sent);
  g_autoptr (JsonNode) right = json_node_init_object (json_node_alloc (), got);

  g_assert_nonnull (got);
  g_assert_true (json_node_equal (left, right));
}

static void
test_push_and_pull (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = make_documents ();
  g_autoptr (GHashTable) pulled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  g_autofree char *since = NULL;
  g_autofree char *end = NULL;

  if (!make_database (f))
    return;
  g_assert_cmpuint (count_missing (f, docs), ==, N_DOCS);
  push (f, docs);
  g_assert_cmpuint (count_missing (f, docs), ==, 0);
  while (pull_page (f, &since, pulled) > 0)
    continue;
  g_assert_cmpuint (g_hash_table_size (pulled), ==, N_DOCS);
  for (guint i = 0; i < N_DOCS; i++)
    assert_same (docs->pdata[i], g_hash_table_lookup (pulled, get_text (docs, i, "_id")));
  /* again changes nothing */
  push (f, docs);
  end = g_strdup (since);
  g_assert_cmpuint (pull_page (f, &end, pulled), ==, 0);
  g_assert_cmpuint (ent_couch_get_counters (f->couch).requests, <=, 20);
}

/* Two branches that were made apart: both are listed, and both come. What is not there is told, and PouchDB's server
 * survives the question. */
static void
test_conflict (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchChanges) page = NULL;
  g_autoptr (EntCouchDocs) read = NULL;
  g_autoptr (EntCouchServer) server = NULL;
  EntCouchRef refs[4];

  if (!make_database (f))
    return;
  server = ent_couch_get_server (f->couch, NULL, &f->error);
  g_assert_no_error (f->error);
  g_ptr_array_add (docs, make_document ("deal:1", "mine", 2));
  g_ptr_array_add (docs, make_document ("deal:1", "theirs", 3));
  push (f, docs);
  page = ent_couch_get_changes (f->couch, NULL, 10, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (g_strv_length (get_row (page, 0)->revs), ==, 2);
  g_assert_cmpstr (get_row (page, 0)->revs[0], ==, get_text (docs, 1, "_rev"));
  refs[0] = (EntCouchRef) { "deal:1", get_text (docs, 0, "_rev") };
  refs[1] = (EntCouchRef) { "deal:1", get_text (docs, 1, "_rev") };
  refs[2] = (EntCouchRef) { "deal:2", "1-0123456789abcdef0123456789abcdef" };
  refs[3] = (EntCouchRef) { "deal:1", "1-0123456789abcdef0123456789abcdef" };
  read = ent_couch_get_docs (f->couch, refs, 4, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, 2);
  g_assert_cmpuint (read->missing->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (get_failure (read->missing, i)->rev, ==, refs[2].rev);
      g_assert_cmpstr (get_failure (read->missing, i)->error, ==, "not_found");
    }
}

/* A validation function on the server: its words come with the document it refused. */
static void
test_validation (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL;
  JsonObject *rules;

  if (!make_database (f))
    return;
  rules = make_document ("_design/rules", "rules", 1);
  json_object_set_string_member (rules, "validate_doc_update",
                                 "function (doc) { if (doc.title === 'bad') throw ({ forbidden: 'Deals need an amount.' }); }");
  g_ptr_array_add (docs, rules);
  push (f, docs);
  g_ptr_array_set_size (docs, 0);
  g_ptr_array_add (docs, make_document ("deal:1", "good", 1));
  g_ptr_array_add (docs, make_document ("deal:2", "bad", 1));
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 1);
  g_assert_cmpstr (get_failure (pushed->failures, 0)->id, ==, "deal:2");
  g_assert_cmpstr (get_failure (pushed->failures, 0)->error, ==, "forbidden");
  g_assert_cmpstr (get_failure (pushed->failures, 0)->reason, ==, "Deals need an amount.");
}

/* ---- feeds */

typedef struct
{
  Fixture    *f;
  const char *url;
  guint       n_rows;
  guint       n_alive;
  GThread    *colleague;
} Watcher;

static gpointer
push_as_colleague (gpointer url)
{
  g_autoptr (EntCouch) couch = make_client (url);
  Fixture other = { NULL, couch, NULL };
  g_autoptr (GPtrArray) docs = new_documents ();

  g_ptr_array_add (docs, make_document ("deal:2", "a colleague's", 1));
  push (&other, docs);
  return NULL;
}

/* The colleague starts once the feed is known to wait. */
static gboolean
watch (const EntCouchRow *row,
       gpointer           user_data)
{
  Watcher *watcher = user_data;

  if (row == NULL && ++watcher->n_alive == 1)
    watcher->colleague = g_thread_new ("colleague", push_as_colleague, (gpointer) watcher->url);
  if (row != NULL)
    watcher->n_rows++;
  return watcher->n_rows < 2;
}

static void
test_feeds (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchChanges) page = NULL;
  Watcher watcher = { f, NULL, 0, 0, NULL };

  if (!make_database (f))
    return;
  watcher.url = ent_couch_get_url (f->couch);
  g_ptr_array_add (docs, make_document ("deal:1", "mine", 1));
  push (f, docs);
  g_assert_true (ent_couch_follow_changes (f->couch, NULL, 400, watch, &watcher, NULL, &f->error));
  g_assert_no_error (f->error);
  g_assert_cmpuint (watcher.n_rows, ==, 2);
  g_assert_nonnull (watcher.colleague);
  g_thread_join (watcher.colleague);
  page = ent_couch_wait_changes (f->couch, "1", 10, 400, NULL, NULL, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (page->rows->len, ==, 1);
  g_assert_cmpstr (get_row (page, 0)->id, ==, "deal:2");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, NULL, function, drop_client)

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ADD ("/couch-peer/facts", test_facts);
  ADD ("/couch-peer/local", test_local);
  ADD ("/couch-peer/push-and-pull", test_push_and_pull);
  ADD ("/couch-peer/conflict", test_conflict);
  ADD ("/couch-peer/validation", test_validation);
  ADD ("/couch-peer/feeds", test_feeds);
  status = g_test_run ();
  g_clear_pointer (&peer, test_peer_stop);
  return status;
}
