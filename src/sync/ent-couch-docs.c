/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-couch-private.h"

#include <string.h>

/* Reading many revisions: all at once, or one document after another where the server has no _bulk_get. */

void
ent_couch_docs_free (EntCouchDocs *docs)
{
  g_ptr_array_unref (docs->docs);
  g_ptr_array_unref (docs->missing);
  g_free (docs);
}

static EntCouchDocs *
docs_new (void)
{
  EntCouchDocs *docs = g_new0 (EntCouchDocs, 1);

  docs->docs = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  docs->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_couch_failure_free);
  return docs;
}

static void
add_missing (EntCouchDocs *docs,
             const char   *id,
             const char   *rev,
             const char   *name)
{
  g_ptr_array_add (docs->missing, ent_couch_failure_new (id, rev, name, NULL));
}

/* One of what came for the document @id: a body, or why there is none. FALSE: it makes no sense. */
static gboolean
read_result (EntCouchDocs *docs,
             const char   *id,
             yyjson_val   *result)
{
  yyjson_val *body = yyjson_obj_get (result, "ok");
  yyjson_val *failure = yyjson_obj_get (result, "error");
  const char *rev = ent_couch_get_text (body, "_rev");
  const char *missing = ent_couch_get_text (result, "missing");
  JsonObject *object;

  if (yyjson_is_obj (failure) || missing != NULL)
    g_ptr_array_add (docs->missing, missing != NULL ? ent_couch_failure_new (id, missing, "not_found", NULL)
                                                    : ent_couch_read_failure (failure, id, NULL));
  if (body == NULL)
    return failure != NULL || missing != NULL;
  if (g_strcmp0 (ent_couch_get_text (body, "_id"), id) != 0 || rev == NULL)
    return FALSE;
  object = yyjson_is_obj (yyjson_obj_get (body, "_revisions")) ? ent_couch_dup_object (body) : NULL;
  if (object != NULL)
    g_ptr_array_add (docs->docs, object);
  else
    add_missing (docs, id, rev, "unreadable");
  return TRUE;
}

static gboolean
read_list (EntCouchDocs *docs,
           const char   *id,
           yyjson_val   *list)
{
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (id == NULL || !yyjson_is_arr (list))
    return FALSE;
  yyjson_arr_iter_init (list, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    if (!read_result (docs, id, item))
      return FALSE;
  return TRUE;
}

/* ---- _bulk_get */

static GBytes *
write_refs (const EntCouchRef *refs,
            guint              n_refs)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  yyjson_mut_val *list = yyjson_mut_obj_add_arr (document, root, "docs");
  char *text;
  gsize length;

  yyjson_mut_doc_set_root (document, root);
  for (guint i = 0; i < n_refs; i++)
    {
      yyjson_mut_val *ref = yyjson_mut_arr_add_obj (document, list);

      yyjson_mut_obj_add_str (document, ref, "id", refs[i].id);
      yyjson_mut_obj_add_str (document, ref, "rev", refs[i].rev);
    }
  text = yyjson_mut_write (document, YYJSON_WRITE_ALLOW_INVALID_UNICODE, &length);
  yyjson_mut_doc_free (document);
  return g_bytes_new_with_free_func (text, length, free, text);
}

/* Every document that was asked for must be spoken of: what is left out in silence would be lost. */
static gboolean
read_bulk (EntCouchDocs      *docs,
           yyjson_val        *root,
           const EntCouchRef *refs,
           guint              n_refs)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  yyjson_val *results = yyjson_obj_get (root, "results");
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (!yyjson_is_arr (results))
    return FALSE;
  yyjson_arr_iter_init (results, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      const char *id = ent_couch_get_text (item, "id");

      if (!read_list (docs, id, yyjson_obj_get (item, "docs")))
        return FALSE;
      g_hash_table_add (seen, (gpointer) id);
    }
  for (guint i = 0; i < n_refs; i++)
    if (!g_hash_table_contains (seen, refs[i].id))
      return FALSE;
  return TRUE;
}

/* Answers to one batch; each batch adds to @docs only when all of it came. */
static gboolean
get_bulk (EntCouch           *self,
          EntCouchDocs       *docs,
          const EntCouchRef  *refs,
          guint               n_refs,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autofree char *url = ent_couch_make_url (self, self->no_latest ? "_bulk_get?revs=true&attachments=false"
                                                                   : "_bulk_get?revs=true&latest=true&attachments=false");
  g_autoptr (GBytes) body = write_refs (refs, n_refs);
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "POST", url, body, TRUE, NULL, cancellable, error);

  if (answer == NULL)
    return FALSE;
  return read_bulk (docs, yyjson_doc_get_root (answer), refs, n_refs) || ent_couch_fail (self, error);
}

/* ---- one document after another */

static char *
open_revs_url (EntCouch          *self,
               const EntCouchRef *refs,
               guint              n_refs)
{
  g_autofree char *id = g_uri_escape_string (refs->id, NULL, FALSE);
  g_autoptr (GString) revs = g_string_new ("[");
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < n_refs; i++)
    g_string_append_printf (revs, "%s\"%s\"", i > 0 ? "," : "", refs[i].rev);
  g_string_append_c (revs, ']');
  escaped = g_uri_escape_string (revs->str, NULL, FALSE);
  path = g_strdup_printf ("%s?open_revs=%s&revs=true", id, escaped);
  return ent_couch_make_url (self, path);
}

/* A 404 says that the document is not there, or that nothing is. */
static gboolean
note_missing (EntCouch           *self,
              EntCouchDocs       *docs,
              const EntCouchRef  *refs,
              guint               n_refs,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (EntCouchDatabase) database = ent_couch_get_database (self, cancellable, error);

  for (guint i = 0; i < n_refs && database != NULL; i++)
    add_missing (docs, refs[i].id, refs[i].rev, "not_found");
  return database != NULL;
}

static gboolean
get_document (EntCouch           *self,
              EntCouchDocs       *docs,
              const EntCouchRef  *refs,
              guint               n_refs,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autofree char *url = open_revs_url (self, refs, n_refs);
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "GET", url, NULL, TRUE, NULL, cancellable, &cause);

  if (answer != NULL)
    return read_list (docs, refs->id, yyjson_doc_get_root (answer)) || ent_couch_fail (self, error);
  if (g_error_matches (cause, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_NOT_FOUND))
    return note_missing (self, docs, refs, n_refs, cancellable, error);
  if (g_error_matches (cause, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_TOO_LARGE))
    {
      for (guint i = 0; i < n_refs; i++)
        add_missing (docs, refs[i].id, refs[i].rev, "too_large");
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
get_documents (EntCouch           *self,
               EntCouchDocs       *docs,
               const EntCouchRef  *refs,
               guint               n_refs,
               GCancellable       *cancellable,
               GError            **error)
{
  guint n;

  for (guint i = 0; i < n_refs; i += n)
    {
      for (n = 1; i + n < n_refs && g_str_equal (refs[i].id, refs[i + n].id); n++)
        continue;
      if (!get_document (self, docs, &refs[i], n, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- which of the two, and how many at once */

/* Whether @cause means that the server has no _bulk_get, rather than no such database. */
static gboolean
lacks_bulk_get (EntCouch      *self,
                const GError  *cause,
                GCancellable  *cancellable)
{
  guint status = ent_remote_error_get_status (cause);
  g_autoptr (EntCouchDatabase) database = NULL;

  if (status == 400 || status == 405)
    return TRUE;
  if (status == 404)
    database = ent_couch_get_database (self, cancellable, NULL);
  return database != NULL;
}

static gboolean
get_range (EntCouch           *self,
           EntCouchDocs       *docs,
           const EntCouchRef  *refs,
           guint               n_refs,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (GError) cause = NULL;
  guint half = n_refs / 2;

  if (n_refs == 0)
    return TRUE;
  if (self->no_bulk_get)
    return get_documents (self, docs, refs, n_refs, cancellable, error);
  if (get_bulk (self, docs, refs, n_refs, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_TOO_LARGE))
    {
      if (n_refs > 1)
        return get_range (self, docs, refs, half, cancellable, error) &&
               get_range (self, docs, refs + half, n_refs - half, cancellable, error);
      add_missing (docs, refs->id, refs->rev, "too_large");
      return TRUE;
    }
  if (lacks_bulk_get (self, cause, cancellable))
    {
      self->no_bulk_get = TRUE;
      return get_documents (self, docs, refs, n_refs, cancellable, error);
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

EntCouchDocs *
ent_couch_get_docs (EntCouch           *self,
                    const EntCouchRef  *refs,
                    guint               n_refs,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_autoptr (EntCouchDocs) docs = docs_new ();

  return get_range (self, docs, refs, n_refs, cancellable, error) ? g_steal_pointer (&docs) : NULL;
}
