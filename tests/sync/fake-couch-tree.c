/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-couch-private.h"

#include <stdlib.h>
#include <string.h>

/* Revision trees as CouchDB keeps them (CouchDB documentation, “Replication and conflict model”). Bodies are kept as JSON
 * text, so that answers are pieces put together. */

static void
rev_free (FakeRev *rev)
{
  g_free (rev->rev);
  g_free (rev->members);
  g_free (rev);
}

static void
doc_free (FakeDoc *doc)
{
  g_free (doc->id);
  g_hash_table_unref (doc->revs);
  g_ptr_array_unref (doc->leaves);
  g_free (doc);
}

static FakeDoc *
doc_new (const char *id)
{
  FakeDoc *doc = g_new0 (FakeDoc, 1);

  doc->id = g_strdup (id);
  doc->revs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) rev_free);
  doc->leaves = g_ptr_array_new ();
  return doc;
}

static int
compare_seqs (gconstpointer a,
              gconstpointer b,
              gpointer      data)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

FakeDb *
fake_db_new (guint life)
{
  FakeDb *db = g_new0 (FakeDb, 1);

  db->docs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) doc_free);
  db->locals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  db->by_seq = g_tree_new_full (compare_seqs, NULL, NULL, NULL);
  db->life = life;
  db->started = 1700000000 + life;
  return db;
}

void
fake_db_free (FakeDb *db)
{
  g_tree_unref (db->by_seq);
  g_hash_table_unref (db->docs);
  g_hash_table_unref (db->locals);
  g_free (db);
}

FakeDoc *
fake_db_find (FakeDb     *db,
              const char *id)
{
  return g_hash_table_lookup (db->docs, id);
}

static gboolean
is_live (const FakeDoc *doc)
{
  return doc->leaves->len > 0 && !((FakeRev *) doc->leaves->pdata[0])->deleted;
}

static FakeRev *copy_rev (FakeDoc       *doc,
                          const FakeRev *from);

static FakeRev *
copy_rev (FakeDoc       *doc,
          const FakeRev *from)
{
  FakeRev *rev = g_hash_table_lookup (doc->revs, from->rev);

  if (rev != NULL)
    return rev;
  rev = g_new0 (FakeRev, 1);
  rev->rev = g_strdup (from->rev);
  rev->generation = from->generation;
  rev->n_children = from->n_children;
  rev->deleted = from->deleted;
  rev->members = g_strdup (from->members);
  rev->parent = from->parent != NULL ? copy_rev (doc, from->parent) : NULL;
  g_hash_table_insert (doc->revs, rev->rev, rev);
  return rev;
}

FakeDb *
fake_db_copy (FakeDb *from)
{
  FakeDb *db = fake_db_new (from->life);
  GHashTableIter iter;
  gpointer key, value;

  db->seq = from->seq;
  db->n_live = from->n_live;
  g_hash_table_iter_init (&iter, from->locals);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (db->locals, g_strdup (key), g_strdup (value));
  g_hash_table_iter_init (&iter, from->docs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      FakeDoc *old = value, *doc = doc_new (old->id);

      doc->seq = old->seq;
      for (guint i = 0; i < old->leaves->len; i++)
        g_ptr_array_add (doc->leaves, copy_rev (doc, old->leaves->pdata[i]));
      g_hash_table_insert (db->docs, doc->id, doc);
      g_tree_insert (db->by_seq, &doc->seq, doc);
    }
  return db;
}

void
fake_db_compact (FakeDb *db)
{
  GHashTableIter docs, revs;
  gpointer doc, rev;

  g_hash_table_iter_init (&docs, db->docs);
  while (g_hash_table_iter_next (&docs, NULL, &doc))
    {
      g_hash_table_iter_init (&revs, ((FakeDoc *) doc)->revs);
      while (g_hash_table_iter_next (&revs, NULL, &rev))
        if (((FakeRev *) rev)->n_children > 0)
          g_clear_pointer (&((FakeRev *) rev)->members, g_free);
    }
}

/* The winner first: not deleted before deleted, then the longer history, then the greater hash. */
static int
compare_leaves (gconstpointer a,
                gconstpointer b)
{
  const FakeRev *left = *(FakeRev * const *) a, *right = *(FakeRev * const *) b;

  if (left->deleted != right->deleted)
    return left->deleted ? 1 : -1;
  if (left->generation != right->generation)
    return left->generation > right->generation ? -1 : 1;
  return strcmp (strchr (right->rev, '-'), strchr (left->rev, '-'));
}

static FakeRev *
add_rev (FakeDoc    *doc,
         guint       generation,
         const char *hash,
         FakeRev    *parent)
{
  FakeRev *rev = g_new0 (FakeRev, 1);

  rev->rev = g_strdup_printf ("%u-%s", generation, hash);
  rev->generation = generation;
  rev->parent = parent;
  if (parent != NULL)
    parent->n_children++;
  g_hash_table_insert (doc->revs, rev->rev, rev);
  return rev;
}

static void
make_leaf (FakeDoc *doc,
           FakeRev *rev)
{
  for (FakeRev *known = rev->parent; known != NULL; known = known->parent)
    g_ptr_array_remove (doc->leaves, known);
  g_ptr_array_add (doc->leaves, rev);
}

/* The document takes its place at the end of the feed. */
static void
touch (FakeDb  *db,
       FakeDoc *doc)
{
  g_ptr_array_sort (doc->leaves, compare_leaves);
  if (doc->seq > 0)
    g_tree_remove (db->by_seq, &doc->seq);
  doc->seq = ++db->seq;
  g_tree_insert (db->by_seq, &doc->seq, doc);
}

/* Adds what is new of a path, oldest first. @joined: out, whether two branches turned out to be one. Returns its end. */
static FakeRev *
add_path (FakeDoc            *doc,
          guint               start,
          const char * const *ids,
          gboolean           *joined)
{
  FakeRev *older = NULL;

  for (guint i = g_strv_length ((char **) ids); i > 0; i--)
    {
      guint generation = start - (i - 1);
      g_autofree char *name = g_strdup_printf ("%u-%s", generation, ids[i - 1]);
      FakeRev *rev = g_hash_table_lookup (doc->revs, name);

      if (rev == NULL)
        rev = add_rev (doc, generation, ids[i - 1], older);
      else if (rev->parent == NULL && older != NULL)
        {
          rev->parent = older;
          older->n_children++;
          *joined |= g_ptr_array_remove (doc->leaves, older);
        }
      older = rev;
    }
  return older;
}

gboolean
fake_db_graft (FakeDb             *db,
               const char         *id,
               guint               start,
               const char * const *ids,
               gboolean            deleted,
               const char         *members)
{
  FakeDoc *doc = fake_db_find (db, id);
  gboolean was_live = doc != NULL && is_live (doc);
  FakeRev *was_winner = doc != NULL && doc->leaves->len > 0 ? doc->leaves->pdata[0] : NULL;
  gboolean joined = FALSE;
  FakeRev *rev;

  if (doc == NULL)
    {
      doc = doc_new (id);
      g_hash_table_insert (db->docs, doc->id, doc);
    }
  rev = add_path (doc, start, ids, &joined);
  if (rev->members == NULL && rev->n_children == 0)
    {
      rev->deleted = deleted;
      rev->members = g_strdup (members);
      make_leaf (doc, rev);
      doc->stale_rev = rev;
      doc->stale_winner = was_winner;
    }
  else if (!joined)
    return FALSE;
  touch (db, doc);
  db->n_live += is_live (doc) - was_live;
  return TRUE;
}

const char *
fake_get_text (JsonObject *object,
               const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

gboolean
fake_get_boolean (JsonObject *object,
                  const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

/* The history a document tells, newest first; just its own revision when it tells none. %NULL: malformed. */
static char **
read_history (JsonObject *document,
              guint      *start)
{
  const char *rev = fake_get_text (document, "_rev");
  const char *dash = rev != NULL ? strchr (rev, '-') : NULL;
  JsonNode *node = json_object_get_member (document, "_revisions");
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  JsonArray *list;

  if (dash == NULL || dash == rev || dash[1] == '\0' || strspn (rev, "0123456789") != (gsize) (dash - rev))
    return NULL;
  *start = (guint) atoi (rev);
  if (node == NULL)
    g_strv_builder_add (ids, dash + 1);
  else
    {
      list = json_object_get_array_member (json_node_get_object (node), "ids");
      if (json_object_get_int_member (json_node_get_object (node), "start") != *start ||
          json_array_get_length (list) == 0 || json_array_get_length (list) > *start ||
          !g_str_equal (json_array_get_string_element (list, 0), dash + 1))
        return NULL;
      for (guint i = 0; i < json_array_get_length (list); i++)
        g_strv_builder_add (ids, json_array_get_string_element (list, i));
    }
  return *start > 0 ? g_strv_builder_end (ids) : NULL;
}

int
fake_db_graft_document (FakeDb     *db,
                        JsonObject *document)
{
  const char *id = fake_get_text (document, "_id");
  guint start = 0;
  g_auto (GStrv) ids = read_history (document, &start);
  g_autofree char *members = NULL;

  if (ids == NULL || id == NULL)
    return -1;
  members = fake_write_members (document);
  return fake_db_graft (db, id, start, (const char * const *) ids, fake_get_boolean (document, "_deleted"), members);
}

const char *
fake_db_add (FakeDb     *db,
             const char *id,
             FakeRev    *parent,
             gboolean    deleted,
             const char *members)
{
  g_autofree char *seed = g_strdup_printf ("%d %s %s", deleted, parent != NULL ? parent->rev : "", members);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, seed, -1);
  const char *ids[] = { hash, parent != NULL ? strchr (parent->rev, '-') + 1 : NULL, NULL };
  g_autofree char *rev = g_strdup_printf ("%u-%s", parent != NULL ? parent->generation + 1 : 1, hash);

  fake_db_graft (db, id, parent != NULL ? parent->generation + 1 : 1, ids, deleted, members);
  return ((FakeRev *) g_hash_table_lookup (fake_db_find (db, id)->revs, rev))->rev;
}

char *
fake_write_members (JsonObject *document)
{
  g_autoptr (JsonObject) copy = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, document);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (*name != '_')
      json_object_set_member (copy, name, json_node_ref (value));
  node = json_node_init_object (json_node_alloc (), copy);
  text = json_to_string (node, FALSE);
  return g_strndup (text + 1, strlen (text) - 2);
}

void
fake_append_string (GString    *json,
                    const char *text)
{
  g_string_append_c (json, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (json, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) *text);
    else
      g_string_append_c (json, *text);
  g_string_append_c (json, '"');
}

static void
append_history (GString       *json,
                const FakeRev *rev)
{
  g_string_append_printf (json, ",\"_revisions\":{\"start\":%u,\"ids\":[", rev->generation);
  for (const FakeRev *node = rev; node != NULL; node = node->parent)
    g_string_append_printf (json, "%s\"%s\"", node != rev ? "," : "", strchr (node->rev, '-') + 1);
  g_string_append (json, "]}");
}

static void
append_conflicts (GString       *json,
                  const FakeDoc *doc,
                  const FakeRev *winner)
{
  const char *before = ",\"_conflicts\":[";

  for (guint i = 0; i < doc->leaves->len; i++)
    {
      const FakeRev *leaf = doc->leaves->pdata[i];

      if (leaf == winner || leaf->deleted)
        continue;
      g_string_append_printf (json, "%s\"%s\"", before, leaf->rev);
      before = ",";
    }
  if (g_str_equal (before, ","))
    g_string_append_c (json, ']');
}

void
fake_append_rev (GString       *json,
                 const FakeDoc *doc,
                 const FakeRev *rev,
                 gboolean       with_history,
                 gboolean       with_conflicts)
{
  g_string_append (json, "{\"_id\":");
  fake_append_string (json, doc->id);
  g_string_append_printf (json, ",\"_rev\":\"%s\"", rev->rev);
  if (rev->deleted)
    g_string_append (json, ",\"_deleted\":true");
  if (*rev->members != '\0')
    g_string_append_printf (json, ",%s", rev->members);
  if (with_history)
    append_history (json, rev);
  if (with_conflicts)
    append_conflicts (json, doc, rev);
  g_string_append_c (json, '}');
}

GPtrArray *
fake_doc_find_leaves (const FakeDoc *doc,
                      const FakeRev *rev)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < doc->leaves->len; i++)
    for (const FakeRev *node = doc->leaves->pdata[i]; node != NULL; node = node->parent)
      if (node == rev)
        g_ptr_array_add (found, doc->leaves->pdata[i]);
  return found;
}
