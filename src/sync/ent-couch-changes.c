/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-couch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The feed of changes: a page at once, a page when there is one, or row by row for ever. */

void
ent_couch_row_free (EntCouchRow *row)
{
  g_free (row->id);
  g_strfreev (row->revs);
  g_free (row->seq);
  g_free (row);
}

void
ent_couch_changes_free (EntCouchChanges *changes)
{
  g_ptr_array_unref (changes->rows);
  g_free (changes->last_seq);
  g_free (changes);
}

static char **
read_revs (yyjson_val *list)
{
  g_autoptr (GStrvBuilder) revs = g_strv_builder_new ();
  yyjson_arr_iter iter;
  yyjson_val *item;

  if (yyjson_arr_size (list) == 0)
    return NULL;
  yyjson_arr_iter_init (list, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      const char *rev = ent_couch_get_text (item, "rev");

      if (rev == NULL)
        return NULL;
      g_strv_builder_add (revs, rev);
    }
  return g_strv_builder_end (revs);
}

EntCouchRow *
ent_couch_read_row (EntCouch    *self,
                    yyjson_val  *value,
                    GError     **error)
{
  const char *id = ent_couch_get_text (value, "id");
  char **revs = read_revs (yyjson_obj_get (value, "changes"));
  EntCouchRow *row;

  if (id == NULL || revs == NULL)
    {
      g_strfreev (revs);
      ent_couch_fail (self, error);
      return NULL;
    }
  row = g_new0 (EntCouchRow, 1);
  row->id = g_strdup (id);
  row->revs = revs;
  row->seq = ent_couch_dup_sequence (yyjson_obj_get (value, "seq"));
  row->deleted = yyjson_get_bool (yyjson_obj_get (value, "deleted"));
  return row;
}

EntCouchChanges *
ent_couch_read_changes (EntCouch    *self,
                        yyjson_val  *root,
                        GError     **error)
{
  g_autoptr (EntCouchChanges) changes = g_new0 (EntCouchChanges, 1);
  yyjson_val *results = yyjson_obj_get (root, "results");
  yyjson_val *pending = yyjson_obj_get (root, "pending");
  yyjson_arr_iter iter;
  yyjson_val *item;

  changes->rows = g_ptr_array_new_full ((guint) yyjson_arr_size (results), (GDestroyNotify) ent_couch_row_free);
  changes->last_seq = ent_couch_dup_sequence (yyjson_obj_get (root, "last_seq"));
  changes->pending = yyjson_is_uint (pending) ? yyjson_get_sint (pending) : -1;
  if (!yyjson_is_arr (results) || changes->last_seq == NULL)
    {
      ent_couch_fail (self, error);
      return NULL;
    }
  yyjson_arr_iter_init (results, &iter);
  while ((item = yyjson_arr_iter_next (&iter)) != NULL)
    {
      EntCouchRow *row = ent_couch_read_row (self, item, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (changes->rows, row);
    }
  return g_steal_pointer (&changes);
}

static char *
changes_url (EntCouch   *self,
             const char *feed,
             const char *since,
             guint       limit,
             guint       heartbeat)
{
  g_autofree char *escaped = since != NULL ? g_uri_escape_string (since, NULL, FALSE) : g_strdup ("0");
  g_autoptr (GString) path = g_string_new (NULL);

  g_string_printf (path, "_changes?style=all_docs&feed=%s&since=%s", feed, escaped);
  if (limit > 0)
    g_string_append_printf (path, "&limit=%u", limit);
  if (heartbeat > 0)
    g_string_append_printf (path, "&heartbeat=%u", heartbeat);
  return ent_couch_make_url (self, path->str);
}

EntCouchChanges *
ent_couch_get_changes (EntCouch      *self,
                       const char    *since,
                       guint          limit,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *url = changes_url (self, "normal", since, limit, 0);
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "GET", url, NULL, TRUE, NULL, cancellable, error);

  return answer != NULL ? ent_couch_read_changes (self, yyjson_doc_get_root (answer), error) : NULL;
}

/* ---- feeds that wait */

typedef struct
{
  EntCouch        *couch;
  EntCouchRowFunc  func;
  gpointer         user_data;
  GByteArray      *text;   /* that is not complete yet: a line, or the whole page */
  gboolean         in_order; /* somebody ended it, rather than something */
} Feed;

/* What a feed may keep: one line, or one page. */
#define MAX_TEXT (64 * 1024 * 1024)

static gboolean
keep (Feed        *feed,
      const char  *data,
      gsize        length,
      GError     **error)
{
  if (feed->text->len + length > MAX_TEXT)
    return ent_couch_fail (feed->couch, error);
  g_byte_array_append (feed->text, (const guint8 *) data, (guint) length);
  return TRUE;
}

static gboolean
tell_alive (Feed *feed)
{
  if (feed->func != NULL && !feed->func (NULL, feed->user_data))
    feed->in_order = TRUE;
  return !feed->in_order;
}

static gboolean
wait_sink (const char  *data,
           gsize        length,
           gpointer     user_data,
           GError     **error)
{
  Feed *feed = user_data;

  return keep (feed, data, length, error) && tell_alive (feed);
}

static EntCouchChanges *
no_changes (const char *since)
{
  EntCouchChanges *changes = g_new0 (EntCouchChanges, 1);

  changes->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_couch_row_free);
  changes->last_seq = g_strdup (since != NULL ? since : "0");
  changes->pending = -1;
  return changes;
}

/* Sends the request of a feed: FALSE with @error unless it ended well. */
static gboolean
run_feed (Feed          *feed,
          const char    *url,
          EntHttpSink    sink,
          guint          heartbeat,
          GCancellable  *cancellable,
          GError       **error)
{
  const EntHttpRequest request = {
    .method = "GET", .url = url, .sink = sink, .sink_data = feed, .silence = heartbeat * 5 / 2,
  };
  g_autoptr (GBytes) nothing = ent_http_send (feed->couch->http, &request, NULL, cancellable, error);

  return nothing != NULL;
}

EntCouchChanges *
ent_couch_wait_changes (EntCouch         *self,
                        const char       *since,
                        guint             limit,
                        guint             heartbeat,
                        EntCouchRowFunc   func,
                        gpointer          user_data,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autofree char *url = changes_url (self, "longpoll", since, limit, heartbeat);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (yyjson_doc) answer = NULL;
  Feed feed = { self, func, user_data, text, FALSE };

  if (!run_feed (&feed, url, wait_sink, heartbeat, cancellable, error))
    return NULL;
  if (feed.in_order)
    return no_changes (since);
  body = g_bytes_new (text->data, text->len);
  answer = ent_couch_parse (self, body, error);
  return answer != NULL ? ent_couch_read_changes (self, yyjson_doc_get_root (answer), error) : NULL;
}

/* FALSE ends the feed: the caller wants it, the server says so, or with @error. */
static gboolean
read_line (Feed        *feed,
           const char  *line,
           gsize        length,
           GError     **error)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (yyjson_doc) parsed = NULL;
  EntCouchRow *row;
  yyjson_val *root;

  while (length > 0 && g_ascii_isspace (line[length - 1]))
    length--;
  if (length == 0)
    return tell_alive (feed);
  body = g_bytes_new_static (line, length);
  parsed = ent_couch_parse (feed->couch, body, error);
  root = yyjson_doc_get_root (parsed);
  feed->in_order = yyjson_obj_get (root, "last_seq") != NULL;
  if (parsed == NULL || feed->in_order)
    return FALSE;
  row = ent_couch_read_row (feed->couch, root, error);
  if (row == NULL)
    return FALSE;
  feed->in_order = !feed->func (row, feed->user_data);
  ent_couch_row_free (row);
  return !feed->in_order;
}

/* Lines come in pieces that end anywhere. */
static gboolean
follow_sink (const char  *data,
             gsize        length,
             gpointer     user_data,
             GError     **error)
{
  Feed *feed = user_data;
  const char *end;

  while ((end = memchr (data, '\n', length)) != NULL)
    {
      gsize size = end - data + 1;

      if (feed->text->len > 0)
        {
          if (!keep (feed, data, size, error) ||
              !read_line (feed, (const char *) feed->text->data, feed->text->len, error))
            return FALSE;
          g_byte_array_set_size (feed->text, 0);
        }
      else if (!read_line (feed, data, size, error))
        return FALSE;
      data += size;
      length -= size;
    }
  return length == 0 || keep (feed, data, length, error);
}

static gboolean
fail_cut (EntCouch  *self,
          GError   **error)
{
  g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, _("the connection was closed"));

  g_propagate_error (error, ent_remote_error_new_for_transport (ent_couch_get_host (self), cause, TRUE));
  return FALSE;
}

gboolean
ent_couch_follow_changes (EntCouch         *self,
                          const char       *since,
                          guint             heartbeat,
                          EntCouchRowFunc   func,
                          gpointer          user_data,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_autofree char *url = changes_url (self, "continuous", since, 0, heartbeat);
  g_autoptr (GByteArray) text = g_byte_array_new ();
  Feed feed = { self, func, user_data, text, FALSE };

  if (!run_feed (&feed, url, follow_sink, heartbeat, cancellable, error))
    return FALSE;
  /* the last line need not end as one; half a line tells nothing */
  if (!feed.in_order && text->len > 0)
    read_line (&feed, (const char *) text->data, text->len, NULL);
  return feed.in_order || fail_cut (self, error);
}
