/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-couch-private.h"

#include <string.h>

/* Asking what the server does not have, and sending it. */

static GBytes *
write_revs (GHashTable *revs)
{
  yyjson_mut_doc *document = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (document);
  GHashTableIter iter;
  gpointer id, list;
  char *text;
  gsize length;

  yyjson_mut_doc_set_root (document, root);
  g_hash_table_iter_init (&iter, revs);
  while (g_hash_table_iter_next (&iter, &id, &list))
    yyjson_mut_obj_add_val (document, root, id,
                            yyjson_mut_arr_with_str (document, (const char **) list, g_strv_length (list)));
  text = yyjson_mut_write (document, YYJSON_WRITE_ALLOW_INVALID_UNICODE, &length);
  yyjson_mut_doc_free (document);
  return g_bytes_new_with_free_func (text, length, free, text);
}

/* %NULL when it is no list of texts. */
static char **
read_texts (yyjson_val *list)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (!yyjson_is_arr (list))
    return NULL;
  yyjson_arr_iter_init (list, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (!yyjson_is_str (item))
        return NULL;
      g_strv_builder_add (texts, yyjson_get_str (item));
    }
  return g_strv_builder_end (texts);
}

static GHashTable *
read_missing (EntCouch    *self,
              yyjson_val  *root,
              GError     **error)
{
  g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (!yyjson_is_obj (root))
    {
      ent_couch_fail (self, error);
      return NULL;
    }
  yyjson_obj_iter_init (root, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      char **revs = read_texts (yyjson_obj_get (yyjson_obj_iter_get_val (key), "missing"));

      if (revs == NULL)
        {
          ent_couch_fail (self, error);
          return NULL;
        }
      if (*revs != NULL)
        g_hash_table_insert (missing, g_strdup (yyjson_get_str (key)), revs);
      else
        g_strfreev (revs);
    }
  return g_steal_pointer (&missing);
}

GHashTable *
ent_couch_diff_revs (EntCouch      *self,
                     GHashTable    *revs,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *url = ent_couch_make_url (self, "_revs_diff");
  g_autoptr (GBytes) body = write_revs (revs);
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "POST", url, body, TRUE, NULL, cancellable, error);

  return answer != NULL ? read_missing (self, yyjson_doc_get_root (answer), error) : NULL;
}

/* ---- _bulk_docs */

void
ent_couch_pushed_free (EntCouchPushed *pushed)
{
  g_ptr_array_unref (pushed->failures);
  g_free (pushed);
}

typedef struct
{
  EntCouch       *couch;
  GPtrArray      *docs;
  GPtrArray      *texts; /* of them, each written once */
  EntCouchPushed *pushed;
  GCancellable   *cancellable;
} Push;

static gsize
measure (Push  *push,
         guint  from,
         guint  to)
{
  gsize size = 0;

  for (guint i = from; i < to; i++)
    size += strlen (push->texts->pdata[i]);
  return size;
}

static GBytes *
write_batch (Push  *push,
             guint  from,
             guint  to)
{
  GString *text = g_string_sized_new (measure (push, from, to) + to - from + 64);

  g_string_append (text, "{\"new_edits\":false,\"docs\":[");
  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append_c (text, ',');
      g_string_append (text, push->texts->pdata[i]);
    }
  g_string_append (text, "]}");
  return g_string_free_to_bytes (text);
}

static const char *
get_member (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

/* Only failures are listed by CouchDB; others may list what went well, too. */
static gboolean
read_failures (Push        *push,
               yyjson_val  *root,
               GError     **error)
{
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (!yyjson_is_arr (root))
    return ent_couch_fail (push->couch, error);
  yyjson_arr_iter_init (root, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      if (yyjson_obj_get (item, "error") == NULL && ent_couch_get_text (item, "id") != NULL)
        continue;
      if (ent_couch_get_text (item, "id") == NULL)
        return ent_couch_fail (push->couch, error);
      g_ptr_array_add (push->pushed->failures, ent_couch_read_failure (item, NULL, NULL));
    }
  return TRUE;
}

static gboolean push_range (Push     *push,
                            guint     from,
                            guint     to,
                            GError  **error);

static gboolean
push_halves (Push    *push,
             guint    from,
             guint    to,
             GError **error)
{
  guint middle = from + (to - from) / 2;

  return push_range (push, from, middle, error) && push_range (push, middle, to, error);
}

/* The server does not take so much at once. What it refused once is not tried again. */
static gboolean
push_less (Push    *push,
           guint    from,
           guint    to,
           GError **error)
{
  EntCouch *couch = push->couch;
  gsize size = measure (push, from, to);
  JsonObject *document = push->docs->pdata[from];

  if (to - from == 1)
    {
      g_ptr_array_add (push->pushed->failures, ent_couch_failure_new (get_member (document, "_id"),
                                                                      get_member (document, "_rev"), "too_large", NULL));
      return TRUE;
    }
  if (couch->too_large == 0 || size < couch->too_large)
    couch->too_large = size;
  return push_halves (push, from, to, error);
}

static gboolean
push_range (Push    *push,
            guint    from,
            guint    to,
            GError **error)
{
  EntCouch *couch = push->couch;
  g_autofree char *url = ent_couch_make_url (couch, "_bulk_docs");
  g_autoptr (GBytes) body = NULL;
  g_autoptr (yyjson_doc) answer = NULL;
  g_autoptr (GError) cause = NULL;
  guint status = 0;

  if (to - from > 1 && couch->too_large > 0 && measure (push, from, to) >= couch->too_large)
    return push_halves (push, from, to, error);
  body = write_batch (push, from, to);
  answer = ent_couch_ask (couch, "POST", url, body, TRUE, &status, push->cancellable, &cause);
  if (answer != NULL)
    {
      push->pushed->unconfirmed |= status == 202;
      return read_failures (push, yyjson_doc_get_root (answer), error);
    }
  if (ent_remote_error_get_status (cause) == 413)
    return push_less (push, from, to, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

EntCouchPushed *
ent_couch_put_docs (EntCouch      *self,
                    GPtrArray     *docs,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (EntCouchPushed) pushed = g_new0 (EntCouchPushed, 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_full (docs->len, g_free);
  Push push = { self, docs, texts, pushed, cancellable };

  pushed->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_couch_failure_free);
  for (guint i = 0; i < docs->len; i++)
    g_ptr_array_add (texts, ent_couch_write_object (docs->pdata[i]));
  if (docs->len > 0 && !push_range (&push, 0, docs->len, error))
    return NULL;
  return g_steal_pointer (&pushed);
}
