/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small CouchDB that tests of sync rely on: its trees by themselves, and the same random trees in it and in PouchDB's
 * server. ENTENTE_PEERS is where that is. */
#include "config.h"

#include "couch-fixture.h"
#include "support/peer.h"

static void
assert_leaves (Fixture    *f,
               const char *id,
               const char *expected)
{
  g_auto (GStrv) leaves = fake_couch_dup_leaves (f->server, id);
  g_autofree char *joined = g_strjoinv (" ", leaves);

  g_assert_cmpstr (joined, ==, expected);
}

/* @ids: "c b a", newest first. */
static gboolean
graft (Fixture    *f,
       guint       start,
       const char *ids,
       gboolean    deleted)
{
  g_auto (GStrv) list = g_strsplit (ids, " ", -1);
  g_autofree char *joined = g_strjoinv ("\",\"", list);
  g_autofree char *text = g_strdup_printf ("{\"_id\":\"x\",\"_rev\":\"%u-%s\",\"_revisions\":{\"start\":%u,"
                                           "\"ids\":[\"%s\"]}%s}",
                                           start, list[0], start, joined, deleted ? ",\"_deleted\":true" : "");
  g_autoptr (JsonObject) document = parse (text);

  return fake_couch_graft (f->server, document);
}

static void
test_trees (Fixture       *f,
            gconstpointer  data)
{
  g_assert_true (graft (f, 1, "a", FALSE));
  g_assert_true (graft (f, 3, "c b a", FALSE));
  assert_leaves (f, "x", "3-c");
  /* seen already, as a leaf and on the way to it */
  g_assert_false (graft (f, 3, "c b a", FALSE));
  g_assert_false (graft (f, 2, "b a", FALSE));
  g_assert_true (graft (f, 3, "d b a", FALSE));
  assert_leaves (f, "x", "3-d 3-c");
  /* a longer branch that is deleted loses against one that lives */
  g_assert_true (graft (f, 5, "g f d b a", TRUE));
  assert_leaves (f, "x", "3-c 5-g");
  /* no common ancestor */
  g_assert_true (graft (f, 4, "z", FALSE));
  assert_leaves (f, "x", "4-z 3-c 5-g");
  /* a history of more than was known */
  g_assert_true (graft (f, 6, "q r z y", FALSE));
  assert_leaves (f, "x", "6-q 3-c 5-g");
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 6);
  /* two branches turn out to be one */
  g_assert_true (graft (f, 7, "m", FALSE));
  assert_leaves (f, "x", "7-m 6-q 3-c 5-g");
  g_assert_true (graft (f, 7, "m q", FALSE));
  assert_leaves (f, "x", "7-m 3-c 5-g");
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 8);
}

static void
test_snapshot (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *first = edit (f, "x", "{\"n\":1}");
  g_autofree char *second = NULL;
  g_autoptr (JsonObject) winner = NULL;
  g_autoptr (EntCouchDatabase) before = ent_couch_get_database (f->couch, NULL, &f->error);
  g_autoptr (EntCouchDatabase) after = NULL;

  fake_couch_snapshot (f->server);
  second = edit (f, "x", "{\"n\":2}");
  g_free (edit (f, "y", "{}"));
  fake_couch_restore (f->server);
  assert_leaves (f, "x", first);
  assert_leaves (f, "y", "");
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1);
  after = ent_couch_get_database (f->couch, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (before->instance_start_time, ==, after->instance_start_time);
  g_assert_cmpint (after->doc_count, ==, 1);
  /* what is written now does not get into the snapshot */
  g_free (edit (f, "x", "{\"n\":3}"));
  fake_couch_restore (f->server);
  winner = fake_couch_dup_winner (f->server, "x");
  g_assert_cmpint (json_object_get_int_member (winner, "n"), ==, 1);
}

static void
test_compact (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *first = edit (f, "x", "{\"n\":1}");
  g_autofree char *second = edit (f, "x", "{\"n\":2}");
  g_autoptr (JsonObject) old = fake_couch_dup_revision (f->server, "x", first);
  g_autoptr (JsonObject) now = NULL;

  g_assert_cmpint (json_object_get_int_member (old, "n"), ==, 1);
  fake_couch_compact (f->server);
  g_assert_null (fake_couch_dup_revision (f->server, "x", first));
  now = fake_couch_dup_revision (f->server, "x", second);
  g_assert_cmpint (json_object_get_int_member (now, "n"), ==, 2);
}

/* ---- the same in PouchDB's server */

#define N_DOCS 25

/* All that was made for one document: each path newest first, its generation its length. */
typedef GPtrArray Paths;

static JsonObject *
make_from_path (guint    number,
                char   **path,
                gboolean deleted)
{
  g_autofree char *id = g_strdup_printf ("deal:%02u", number);
  JsonObject *document = make_document (id, "same", g_strv_length (path));
  JsonArray *ids = json_array_new ();
  g_autofree char *rev = g_strdup_printf ("%u-%s", g_strv_length (path), path[0]);

  for (guint i = 0; path[i] != NULL; i++)
    json_array_add_string_element (ids, path[i]);
  json_object_set_array_member (json_object_get_object_member (document, "_revisions"), "ids", ids);
  json_object_set_string_member (document, "_rev", rev);
  if (deleted)
    json_object_set_boolean_member (document, "_deleted", TRUE);
  return document;
}

/* Goes on from any point of any path for one to three generations. */
static char **
branch_off (Paths *paths)
{
  g_autoptr (GStrvBuilder) path = g_strv_builder_new ();
  char **old = paths->len > 0 && g_test_rand_int_range (0, 8) > 0
                 ? paths->pdata[g_test_rand_int_range (0, (gint32) paths->len)] : NULL;

  for (gint32 n = g_test_rand_int_range (1, 4); n > 0; n--)
    g_strv_builder_take (path, g_strdup_printf ("%08x%08x%08x%08x", (guint) g_test_rand_int (), (guint) g_test_rand_int (),
                                                (guint) g_test_rand_int (), (guint) g_test_rand_int ()));
  for (guint i = old != NULL ? (guint) g_test_rand_int_range (0, (gint32) g_strv_length (old)) : 0; old != NULL && old[i]; i++)
    g_strv_builder_add (path, old[i]);
  return g_strv_builder_end (path);
}

static void
push (Fixture   *f,
      EntCouch  *couch,
      GPtrArray *docs)
{
  g_autoptr (EntCouchPushed) pushed = ent_couch_put_docs (couch, docs, NULL, &f->error);

  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 0);
}

static int
compare_texts (const void *a,
               const void *b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Sorted leaves of every document as text. */
static char *
describe (Fixture  *f,
          EntCouch *couch)
{
  g_autoptr (EntCouchChanges) page = ent_couch_get_changes (couch, NULL, 1000, NULL, &f->error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (f->error);
  for (guint i = 0; i < page->rows->len; i++)
    {
      const EntCouchRow *row = get_row (page, i);
      g_autofree char *joined = NULL;

      qsort (row->revs, g_strv_length (row->revs), sizeof (char *), compare_texts);
      joined = g_strjoinv (" ", row->revs);
      g_ptr_array_add (lines, g_strdup_printf ("%s%s: %s", row->id, row->deleted ? " deleted" : "", joined));
    }
  g_ptr_array_sort_values (lines, (GCompareFunc) g_strcmp0);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* "ID REV" → document, for all leaves. */
static GHashTable *
read_leaves (Fixture  *f,
             EntCouch *couch)
{
  g_autoptr (EntCouchChanges) page = ent_couch_get_changes (couch, NULL, 1000, NULL, &f->error);
  g_autoptr (GArray) refs = g_array_new (FALSE, FALSE, sizeof (EntCouchRef));
  g_autoptr (EntCouchDocs) read = NULL;
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);

  for (guint i = 0; i < page->rows->len; i++)
    for (guint n = 0; get_row (page, i)->revs[n] != NULL; n++)
      {
        const EntCouchRef ref = { get_row (page, i)->id, get_row (page, i)->revs[n] };

        g_array_append_val (refs, ref);
      }
  read = ent_couch_get_docs (couch, (const EntCouchRef *) (void *) refs->data, refs->len, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (read->docs->len, ==, refs->len);
  for (guint i = 0; i < read->docs->len; i++)
    g_hash_table_insert (found, g_strdup_printf ("%s %s", get_text (read->docs, i, "_id"), get_text (read->docs, i, "_rev")),
                         json_node_init_object (json_node_alloc (), read->docs->pdata[i]));
  return found;
}

/* Histories and bodies of all leaves. */
static void
assert_same_leaves (Fixture  *f,
                    EntCouch *other)
{
  g_autoptr (GHashTable) ours = read_leaves (f, f->couch);
  g_autoptr (GHashTable) theirs = read_leaves (f, other);
  GHashTableIter iter;
  gpointer key, value;

  g_assert_cmpuint (g_hash_table_size (ours), ==, g_hash_table_size (theirs));
  g_hash_table_iter_init (&iter, ours);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_assert_true (g_hash_table_contains (theirs, key));
      g_assert_true (json_node_equal (value, g_hash_table_lookup (theirs, key)));
    }
}

/* Trees grow in batches, some paths are sent again; after each the two agree. Histories are whole: told short ones, PouchDB
 * has some revisions twice. */
static void
test_same_as_peer (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (TestPeer) peer = test_peer_start ("server.js");
  g_autoptr (EntCouch) other = NULL;
  g_autofree char *url = NULL;
  Paths *paths[N_DOCS];

  if (peer == NULL)
    return;
  url = g_strdup_printf ("http://127.0.0.1:%u/team", test_peer_get_port (peer));
  other = make_client (url);
  g_assert_true (ent_couch_create_database (other, NULL, &f->error));
  for (guint i = 0; i < N_DOCS; i++)
    paths[i] = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (GPtrArray) docs = new_documents ();
      g_autofree char *ours = NULL, *theirs = NULL;

      for (guint n = 0; n < 60; n++)
        {
          guint i = (guint) g_test_rand_int_range (0, N_DOCS);
          gboolean again = paths[i]->len > 0 && g_test_rand_int_range (0, 4) == 0;
          char **path = again ? g_strdupv (paths[i]->pdata[g_test_rand_int_range (0, (gint32) paths[i]->len)])
                              : branch_off (paths[i]);

          g_ptr_array_add (docs, make_from_path (i, path, path[0][0] < '6'));
          g_ptr_array_add (paths[i], path);
        }
      push (f, f->couch, docs);
      push (f, other, docs);
      ours = describe (f, f->couch);
      theirs = describe (f, other);
      g_assert_cmpstr (ours, ==, theirs);
    }
  assert_same_leaves (f, other);
  for (guint i = 0; i < N_DOCS; i++)
    g_ptr_array_unref (paths[i]);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/fake-couch/trees", test_trees);
  ADD ("/fake-couch/snapshot", test_snapshot);
  ADD ("/fake-couch/compact", test_compact);
  ADD ("/fake-couch/same-as-peer", test_same_as_peer);
  return g_test_run ();
}
