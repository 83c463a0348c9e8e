/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-couch.h"
#include "sync/ent-couch.h"

/* A server and a client of it that tries once. */

typedef struct
{
  FakeCouch *server;
  EntCouch  *couch;
  GError    *error;
} Fixture;

static inline EntCouch *
make_client (const char *url)
{
  g_autoptr (GError) error = NULL;
  EntCouch *couch = ent_couch_new (url, &error);

  g_assert_no_error (error);
  ent_couch_set_timeouts (couch, 20000, 20000, 60000);
  ent_couch_set_retries (couch, 0, 1);
  return couch;
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->server = fake_couch_new (NULL);
  f->couch = make_client (fake_couch_get_url (f->server));
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_no_error (f->error);
  ent_couch_free (f->couch);
  fake_couch_free (f->server);
}

/* Checks and forgets the error: it names the host and holds no secret. */
static inline void
expect_error (Fixture        *f,
              EntRemoteError  code)
{
  g_assert_error (f->error, ENT_REMOTE_ERROR, (int) code);
  g_assert_nonnull (strstr (f->error->message, "127.0.0.1"));
  g_assert_null (strstr (f->error->message, "secret"));
  g_clear_error (&f->error);
}

static inline JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* Edits @id on the server, as a colleague; @text: the body, %NULL: deletes it. Returns the revision. */
static inline char *
edit (Fixture    *f,
      const char *id,
      const char *text)
{
  g_autoptr (JsonObject) body = text != NULL ? parse (text) : NULL;

  return fake_couch_edit (f->server, id, NULL, body);
}

/* A document of @generations generations, made here. Revisions of one @seed share their beginnings. */
static inline JsonObject *
make_document (const char *id,
               const char *seed,
               guint       generations)
{
  JsonObject *document = json_object_new ();
  JsonObject *revisions = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (guint g = generations; g > 0; g--)
    {
      g_autofree char *text = g_strdup_printf ("%s %s %u", id, seed, g);
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);
      g_autofree char *rev = g_strdup_printf ("%u-%s", g, hash);

      if (g == generations)
        json_object_set_string_member (document, "_rev", rev);
      json_array_add_string_element (ids, hash);
    }
  json_object_set_string_member (document, "_id", id);
  json_object_set_int_member (revisions, "start", generations);
  json_object_set_array_member (revisions, "ids", ids);
  json_object_set_object_member (document, "_revisions", revisions);
  json_object_set_string_member (document, "title", seed);
  return document;
}

static inline GPtrArray *
new_documents (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
}

static inline const EntCouchFailure *
get_failure (GPtrArray *failures,
             guint      i)
{
  g_assert_cmpuint (failures->len, >, i);
  return failures->pdata[i];
}

static inline const EntCouchRow *
get_row (const EntCouchChanges *changes,
         guint                  i)
{
  g_assert_cmpuint (changes->rows->len, >, i);
  return changes->rows->pdata[i];
}

static inline const char *
get_text (GPtrArray  *docs,
          guint       i,
          const char *name)
{
  g_assert_cmpuint (docs->len, >, i);
  return json_object_get_string_member (docs->pdata[i], name);
}

/* ---- calls to try things with */

static inline gboolean
push_one (Fixture *f)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL;

  g_ptr_array_add (docs, make_document ("deal:1", "a", 2));
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  return pushed != NULL && pushed->failures->len == 0;
}

static inline gboolean
ask (Fixture *f)
{
  g_autoptr (EntCouchDatabase) database = ent_couch_get_database (f->couch, NULL, &f->error);

  return database != NULL;
}

static inline gboolean
write_local (Fixture *f)
{
  g_autoptr (JsonObject) document = parse ("{\"a\":1}");
  g_autofree char *rev = ent_couch_put_local (f->couch, "c", document, NULL, &f->error);

  return rev != NULL;
}
