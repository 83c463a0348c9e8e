/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-couch-private.h"

#include <stdlib.h>
#include <string.h>

/* Documents by HTTP: one, many, and those that are not replicated (CouchDB documentation, “API Reference”). */

/* ---- one document */

/* A read that comes too early, once. */
static FakeRev *
find_winner (FakeRequest *request,
             FakeDoc     *doc)
{
  FakeRev *winner = doc->leaves->pdata[0];

  if ((request->couch->traits & FAKE_COUCH_STALE) && doc->stale_rev != NULL)
    winner = doc->stale_winner;
  doc->stale_rev = NULL;
  return winner;
}

static void
append_open_rev (GString       *json,
                 const FakeDoc *doc,
                 const FakeRev *rev,
                 const char    *name,
                 gboolean       with_history)
{
  if (json->len > 1)
    g_string_append_c (json, ',');
  if (rev == NULL || rev->members == NULL)
    {
      g_string_append (json, "{\"missing\":");
      fake_append_string (json, name);
    }
  else
    {
      g_string_append (json, "{\"ok\":");
      fake_append_rev (json, doc, rev, with_history, FALSE);
    }
  g_string_append_c (json, '}');
}

static void
answer_open_revs (FakeRequest *request,
                  FakeDoc     *doc,
                  const char  *wanted)
{
  g_autoptr (JsonNode) node = json_from_string (wanted, NULL);
  gboolean with_history = fake_query_is (request, "revs", "true");

  g_string_append_c (request->answer, '[');
  if (g_str_equal (wanted, "all"))
    for (guint i = 0; doc != NULL && i < doc->leaves->len; i++)
      append_open_rev (request->answer, doc, doc->leaves->pdata[i], NULL, with_history);
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        const char *name = json_array_get_string_element (json_node_get_array (node), i);
        FakeRev *rev = doc != NULL ? g_hash_table_lookup (doc->revs, name) : NULL;

        append_open_rev (request->answer, doc, rev, name, with_history);
      }
  g_string_append_c (request->answer, ']');
}

static void
answer_get (FakeRequest *request,
            FakeDoc     *doc)
{
  const char *wanted = request->query != NULL ? g_hash_table_lookup (request->query, "rev") : NULL;
  const char *open_revs = request->query != NULL ? g_hash_table_lookup (request->query, "open_revs") : NULL;
  FakeRev *rev = NULL;

  if (open_revs != NULL)
    {
      answer_open_revs (request, doc, open_revs);
      return;
    }
  if (doc != NULL)
    rev = wanted != NULL ? g_hash_table_lookup (doc->revs, wanted) : find_winner (request, doc);
  if (rev == NULL || rev->members == NULL || (wanted == NULL && rev->deleted))
    fake_refuse (request, 404, "not_found", rev != NULL && rev->deleted ? "deleted" : "missing");
  else
    fake_append_rev (request->answer, doc, rev, fake_query_is (request, "revs", "true"),
                     fake_query_is (request, "conflicts", "true"));
}

/* An edit of somebody who knows the newest revision. %NULL: a conflict. */
static const char *
edit (FakeDb     *db,
      const char *id,
      JsonObject *document)
{
  FakeDoc *doc = fake_db_find (db, id);
  const char *given = fake_get_text (document, "_rev");
  g_autofree char *members = fake_write_members (document);
  FakeRev *parent = NULL;

  if (doc != NULL)
    parent = given != NULL ? g_hash_table_lookup (doc->revs, given) : doc->leaves->pdata[0];
  if (given != NULL ? parent == NULL || parent->n_children > 0 : parent != NULL && !parent->deleted)
    return NULL;
  return fake_db_add (db, id, parent, fake_get_boolean (document, "_deleted"), members);
}

static char *
validate (FakeRequest *request,
          JsonObject  *document)
{
  FakeCouch *couch = request->couch;

  return couch->validate != NULL ? couch->validate (document, couch->validate_data) : NULL;
}

static void
answer_put (FakeRequest *request,
            FakeDb      *db)
{
  JsonObject *document = json_node_get_object (request->json);
  g_autofree char *reason = validate (request, document);
  const char *given = request->query != NULL ? g_hash_table_lookup (request->query, "rev") : NULL;
  const char *rev;

  if (given != NULL)
    json_object_set_string_member (document, "_rev", given);
  if (reason != NULL)
    {
      fake_refuse (request, 403, "forbidden", reason);
      return;
    }
  rev = edit (db, request->rest, document);
  if (rev == NULL)
    {
      fake_refuse (request, 409, "conflict", "Document update conflict.");
      return;
    }
  fake_couch_wake (request->couch);
  request->status = request->couch->traits & FAKE_COUCH_ACCEPTED ? 202 : 201;
  g_string_append (request->answer, "{\"ok\":true,\"id\":");
  fake_append_string (request->answer, request->rest);
  g_string_append_printf (request->answer, ",\"rev\":\"%s\"}\n", rev);
}

void
fake_answer_document (FakeRequest *request,
                      FakeDb      *db)
{
  if (g_str_equal (request->method, "GET"))
    answer_get (request, fake_db_find (db, request->rest));
  else if (g_str_equal (request->method, "PUT"))
    answer_put (request, db);
  else
    fake_refuse (request, 405, "method_not_allowed", "Only GET,PUT allowed");
}

/* ---- documents that stay here */

void
fake_answer_local (FakeRequest *request,
                   FakeDb      *db)
{
  const char *known = g_hash_table_lookup (db->locals, request->rest);
  g_autoptr (JsonNode) node = known != NULL ? json_from_string (known, NULL) : NULL;
  const char *rev = node != NULL ? fake_get_text (json_node_get_object (node), "_rev") : NULL;
  JsonObject *document = request->json != NULL ? json_node_get_object (request->json) : NULL;
  const char *given = fake_get_text (document, "_rev");
  g_autofree char *next = NULL;

  if (!g_str_equal (request->method, "PUT"))
    {
      if (known != NULL)
        g_string_append (request->answer, known);
      else
        fake_refuse (request, 404, "not_found", "missing");
      return;
    }
  if ((request->couch->traits & FAKE_COUCH_STRICT_LOCAL) && g_strcmp0 (given, rev) != 0)
    {
      fake_refuse (request, 409, "conflict", "Document update conflict.");
      return;
    }
  next = g_strdup_printf ("0-%d", given != NULL && g_str_has_prefix (given, "0-") ? atoi (given + 2) + 1 : 1);
  json_object_set_string_member (document, "_id", request->rest);
  json_object_set_string_member (document, "_rev", next);
  g_hash_table_insert (db->locals, g_strdup (request->rest), json_to_string (request->json, FALSE));
  request->status = 201;
  g_string_append_printf (request->answer, "{\"ok\":true,\"id\":\"%s\",\"rev\":\"%s\"}\n", request->rest, next);
}

/* ---- many documents */

static void
append_failure (GString    *json,
                JsonObject *document,
                const char *name,
                const char *reason)
{
  const char *rev = fake_get_text (document, "_rev");

  if (json->len > 1)
    g_string_append_c (json, ',');
  g_string_append (json, "{\"id\":");
  fake_append_string (json, fake_get_text (document, "_id"));
  if (rev != NULL)
    g_string_append_printf (json, ",\"rev\":\"%s\"", rev);
  g_string_append_printf (json, ",\"error\":\"%s\",\"reason\":", name);
  fake_append_string (json, reason);
  g_string_append_c (json, '}');
}

static void
put_one (FakeRequest *request,
         FakeDb      *db,
         JsonObject  *document,
         gboolean     new_edits)
{
  g_autofree char *reason = validate (request, document);
  const char *id = fake_get_text (document, "_id");
  const char *rev;

  if (reason != NULL)
    append_failure (request->answer, document, "forbidden", reason);
  else if (!new_edits)
    {
      if (fake_db_graft_document (db, document) < 0)
        append_failure (request->answer, document, "bad_request", "Invalid rev format");
    }
  else if ((rev = edit (db, id, document)) == NULL)
    append_failure (request->answer, document, "conflict", "Document update conflict.");
  else
    {
      g_string_append (request->answer, request->answer->len > 1 ? ",{\"ok\":true,\"id\":" : "{\"ok\":true,\"id\":");
      fake_append_string (request->answer, id);
      g_string_append_printf (request->answer, ",\"rev\":\"%s\"}", rev);
    }
}

/* Whether a document of the batch is too large or has no id, which CouchDB refuses all of it for. */
static gboolean
refuse_batch (FakeRequest *request,
              JsonArray   *docs)
{
  for (guint i = 0; i < json_array_get_length (docs); i++)
    {
      JsonNode *node = json_array_get_element (docs, i);
      g_autofree char *text = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node) || fake_get_text (json_node_get_object (node), "_id") == NULL)
        {
          fake_refuse (request, 400, "bad_request", "Document must be a JSON object with an id");
          return TRUE;
        }
      if (request->couch->max_document == 0)
        continue;
      text = fake_write_members (json_node_get_object (node));
      if (strlen (text) > request->couch->max_document)
        {
          fake_refuse (request, 413, "document_too_large", fake_get_text (json_node_get_object (node), "_id"));
          return TRUE;
        }
    }
  return FALSE;
}

void
fake_answer_bulk_docs (FakeRequest *request,
                       FakeDb      *db)
{
  JsonObject *body = json_node_get_object (request->json);
  JsonNode *list = json_object_get_member (body, "docs");
  gboolean new_edits = !json_object_has_member (body, "new_edits") || fake_get_boolean (body, "new_edits");

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      fake_refuse (request, 400, "bad_request", "POST body must include `docs` parameter.");
      return;
    }
  if (refuse_batch (request, json_node_get_array (list)))
    return;
  request->status = request->couch->traits & FAKE_COUCH_ACCEPTED ? 202 : 201;
  g_string_append_c (request->answer, '[');
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    put_one (request, db, json_array_get_object_element (json_node_get_array (list), i), new_edits);
  g_string_append (request->answer, "]\n");
  fake_couch_wake (request->couch);
}

static void
append_not_found (GString    *json,
                  const char *id,
                  const char *rev)
{
  g_string_append (json, "{\"error\":{\"id\":");
  fake_append_string (json, id);
  g_string_append (json, ",\"rev\":");
  fake_append_string (json, rev != NULL ? rev : "undefined");
  g_string_append (json, ",\"error\":\"not_found\",\"reason\":\"missing\"}}");
}

/* What is given for one revision: itself, or with `latest` all that became of it. */
static void
get_one (FakeRequest *request,
         FakeDoc     *doc,
         const char  *id,
         const char  *name)
{
  FakeRev *rev = doc != NULL && name != NULL ? g_hash_table_lookup (doc->revs, name) : NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (doc != NULL && name == NULL)
    rev = doc->leaves->pdata[0];
  if (rev != NULL && rev == doc->stale_rev && (request->couch->traits & FAKE_COUCH_STALE))
    rev = NULL;
  if (doc != NULL)
    doc->stale_rev = NULL;
  if (rev != NULL)
    found = fake_query_is (request, "latest", "true") ? fake_doc_find_leaves (doc, rev) : g_ptr_array_new ();
  if (found != NULL && found->len == 0 && rev->members != NULL)
    g_ptr_array_add (found, rev);
  if (found == NULL || found->len == 0)
    {
      append_not_found (request->answer, id, name);
      return;
    }
  for (guint i = 0; i < found->len; i++)
    {
      g_string_append (request->answer, i > 0 ? ",{\"ok\":" : "{\"ok\":");
      fake_append_rev (request->answer, doc, found->pdata[i], fake_query_is (request, "revs", "true"), FALSE);
      g_string_append_c (request->answer, '}');
    }
}

void
fake_answer_bulk_get (FakeRequest *request,
                      FakeDb      *db)
{
  JsonNode *node = json_object_get_member (json_node_get_object (request->json), "docs");

  if (request->couch->traits & FAKE_COUCH_NO_BULK_GET)
    {
      fake_refuse (request, 404, "not_found", "missing");
      return;
    }
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      fake_refuse (request, 400, "bad_request", "Missing JSON list of 'docs'.");
      return;
    }
  g_string_append (request->answer, "{\"results\":[");
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      JsonObject *wanted = json_array_get_object_element (json_node_get_array (node), i);
      const char *id = fake_get_text (wanted, "id");

      g_string_append (request->answer, i > 0 ? ",{\"id\":" : "{\"id\":");
      fake_append_string (request->answer, id);
      g_string_append (request->answer, ",\"docs\":[");
      get_one (request, fake_db_find (db, id), id, fake_get_text (wanted, "rev"));
      g_string_append (request->answer, "]}");
    }
  g_string_append (request->answer, "]}\n");
}

/* ---- what is not here */

static void
append_ancestors (GString       *json,
                  const FakeDoc *doc,
                  guint          generation)
{
  gboolean any = FALSE;

  for (guint i = 0; doc != NULL && i < doc->leaves->len; i++)
    {
      const FakeRev *leaf = doc->leaves->pdata[i];

      if (leaf->generation >= generation)
        continue;
      g_string_append_printf (json, "%s\"%s\"", any ? "," : ",\"possible_ancestors\":[", leaf->rev);
      any = TRUE;
    }
  if (any)
    g_string_append_c (json, ']');
}

void
fake_answer_revs_diff (FakeRequest *request,
                       FakeDb      *db)
{
  GString *json = request->answer;
  JsonObjectIter iter;
  const char *id;
  JsonNode *list;

  g_string_append_c (json, '{');
  json_object_iter_init (&iter, json_node_get_object (request->json));
  while (json_object_iter_next (&iter, &id, &list))
    {
      FakeDoc *doc = fake_db_find (db, id);
      guint n_missing = 0, greatest = 0;

      for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
        {
          const char *rev = json_array_get_string_element (json_node_get_array (list), i);

          if (doc != NULL && g_hash_table_contains (doc->revs, rev))
            continue;
          if (n_missing == 0)
            {
              g_string_append (json, json->len > 1 ? "," : "");
              fake_append_string (json, id);
              g_string_append (json, ":{\"missing\":[");
            }
          g_string_append (json, n_missing++ > 0 ? "," : "");
          fake_append_string (json, rev);
          greatest = MAX (greatest, (guint) atoi (rev));
        }
      if (n_missing == 0)
        continue;
      g_string_append_c (json, ']');
      append_ancestors (json, doc, greatest);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "}\n");
}
