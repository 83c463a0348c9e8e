/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-couch-private.h"

#include <stdlib.h>
#include <string.h>

/* The feed of changes (CouchDB documentation, “/{db}/_changes”): at once, once something came, for ever. */

/* The number counts; the rest tells who gave it out, and differs each time. */
void
fake_append_sequence (FakeCouch *self,
                      FakeDb    *db,
                      GString   *json,
                      guint64    seq)
{
  if (self->traits & FAKE_COUCH_INTEGER_SEQ)
    g_string_append_printf (json, "%" G_GUINT64_FORMAT, seq);
  else
    g_string_append_printf (json, "\"%" G_GUINT64_FORMAT "-g1AAAA.%u.%u.%u\"", seq, db->life, self->epoch, self->n_given++);
}

/* FALSE: it is none. A sequence of another database, or of a machine that is gone, begins at 0. */
static gboolean
read_sequence (FakeCouch  *self,
               FakeDb     *db,
               const char *text,
               guint64    *seq)
{
  char *end;
  g_auto (GStrv) parts = NULL;

  *seq = g_ascii_strtoull (text, &end, 10);
  if (end == text)
    return FALSE;
  if (*end == '\0')
    return *seq == 0 || (self->traits & FAKE_COUCH_INTEGER_SEQ);
  parts = g_strsplit (end, ".", 4);
  if (g_strv_length (parts) != 4)
    return FALSE;
  if ((guint) atoi (parts[1]) != db->life || ((self->traits & FAKE_COUCH_REPLAY) && (guint) atoi (parts[2]) != self->epoch))
    *seq = 0;
  return TRUE;
}

static void
append_row (FakeCouch     *self,
            FakeDb        *db,
            GString       *json,
            const FakeDoc *doc,
            gboolean       all,
            gboolean       with_seq)
{
  const FakeRev *winner = doc->leaves->pdata[0];

  g_string_append (json, "{\"seq\":");
  if (with_seq)
    fake_append_sequence (self, db, json, doc->seq);
  else
    g_string_append (json, "null");
  g_string_append (json, ",\"id\":");
  fake_append_string (json, doc->id);
  g_string_append (json, ",\"changes\":[");
  for (guint i = 0; i < (all ? doc->leaves->len : 1); i++)
    g_string_append_printf (json, "%s{\"rev\":\"%s\"}", i > 0 ? "," : "", ((FakeRev *) doc->leaves->pdata[i])->rev);
  g_string_append (json, winner->deleted ? "],\"deleted\":true}" : "]}");
}

static GTreeNode *
find_after (FakeDb  *db,
            guint64  since)
{
  return g_tree_upper_bound (db->by_seq, &since);
}

static void
shuffle (GPtrArray *docs)
{
  for (guint i = docs->len; i > 1; i--)
    {
      guint j = (guint) g_random_int_range (0, (gint32) i);
      gpointer other = docs->pdata[j];

      docs->pdata[j] = docs->pdata[i - 1];
      docs->pdata[i - 1] = other;
    }
}

/* A page, with what comes before and after it. */
static void
append_page (FakeCouch *self,
             FakeDb    *db,
             GString   *json,
             guint64    since,
             guint      limit,
             gboolean   all)
{
  g_autoptr (GPtrArray) docs = g_ptr_array_new ();
  GTreeNode *node = find_after (db, since);
  guint64 last = MAX (db->seq, 0), pending = 0;

  for (; node != NULL && docs->len < limit; node = g_tree_node_next (node))
    {
      g_ptr_array_add (docs, g_tree_node_value (node));
      last = *(guint64 *) g_tree_node_key (node);
    }
  for (; node != NULL && !(self->traits & FAKE_COUCH_INTEGER_SEQ); node = g_tree_node_next (node))
    pending++;
  if (self->traits & FAKE_COUCH_SHUFFLE)
    shuffle (docs);
  g_string_append (json, "{\"results\":[\n");
  for (guint i = 0; i < docs->len; i++)
    {
      g_string_append (json, i > 0 ? ",\n" : "");
      append_row (self, db, json, docs->pdata[i], all, !(self->traits & FAKE_COUCH_NULL_SEQ) || i % 3 == 2);
    }
  g_string_append (json, "\n],\n\"last_seq\":");
  fake_append_sequence (self, db, json, last);
  if (!(self->traits & FAKE_COUCH_INTEGER_SEQ))
    g_string_append_printf (json, ",\"pending\":%" G_GUINT64_FORMAT, pending);
  g_string_append (json, "}\n");
}

/* ---- feeds that wait */

void
fake_feed_free (FakeFeed *feed)
{
  if (feed->heartbeat != NULL)
    g_source_destroy (feed->heartbeat);
  g_clear_pointer (&feed->heartbeat, g_source_unref);
  g_signal_handlers_disconnect_by_data (feed->message, feed);
  g_object_unref (feed->message);
  g_free (feed->name);
  g_free (feed);
}

static void
write_feed (FakeFeed *feed,
            GString  *text)
{
  soup_message_body_append (soup_server_message_get_response_body (feed->message), SOUP_MEMORY_COPY, text->str, text->len);
  soup_server_message_unpause (feed->message);
}

/* A frozen machine does not beat either. */
static gboolean
is_frozen (FakeCouch *self)
{
  for (guint i = 0; i < self->faults->len; i++)
    {
      const FakeFault *fault = self->faults->pdata[i];

      if (fault->fault == FAKE_COUCH_FREEZE && (fault->where == NULL || g_str_equal (fault->where, "_changes")))
        return TRUE;
    }
  return FALSE;
}

static gboolean
beat (gpointer data)
{
  FakeFeed *feed = data;
  g_autoptr (GString) text = g_string_new ("\n");
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&feed->couch->lock);

  if (!is_frozen (feed->couch))
    write_feed (feed, text);
  return G_SOURCE_CONTINUE;
}

static void
drop_feed (SoupServerMessage *message,
           FakeFeed          *feed)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&feed->couch->lock);

  g_ptr_array_remove (feed->couch->feeds, feed);
}

/* The last that a feed says. */
static gboolean
end_feed (FakeFeed *feed,
          GString  *text)
{
  write_feed (feed, text);
  soup_message_body_complete (soup_server_message_get_response_body (feed->message));
  return TRUE;
}

/* Gives a feed what is new. TRUE: it has had its answer. */
static gboolean
serve_feed (FakeFeed *feed)
{
  FakeCouch *self = feed->couch;
  FakeDb *db = g_hash_table_lookup (self->dbs, feed->name);
  GTreeNode *node = find_after (db, feed->since);
  g_autoptr (GString) text = g_string_new (NULL);

  if (feed->n_swaps != self->n_swaps)
    {
      g_string_assign (text, feed->continuous ? "{\"last_seq\":" : "{\"results\":[],\"last_seq\":");
      fake_append_sequence (self, db, text, db->seq);
      g_string_append (text, ",\"pending\":0}\n");
      return end_feed (feed, text);
    }
  if (node == NULL)
    return FALSE;
  if (!feed->continuous)
    {
      append_page (self, db, text, feed->since, feed->limit, TRUE);
      return end_feed (feed, text);
    }
  for (; node != NULL; node = g_tree_node_next (node))
    {
      append_row (self, db, text, g_tree_node_value (node), TRUE, TRUE);
      g_string_append_c (text, '\n');
      feed->since = *(guint64 *) g_tree_node_key (node);
    }
  write_feed (feed, text);
  return FALSE;
}

gboolean
fake_feeds_serve (gpointer couch)
{
  FakeCouch *self = couch;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = self->feeds->len; i > 0; i--)
    if (serve_feed (self->feeds->pdata[i - 1]))
      g_ptr_array_remove_index (self->feeds, i - 1);
  return G_SOURCE_REMOVE;
}

static void
start_feed (FakeRequest *request,
            guint64      since,
            guint        limit,
            gboolean     continuous)
{
  SoupServerMessage *message = request->message;
  const char *heartbeat = g_hash_table_lookup (request->query, "heartbeat");
  FakeFeed *feed = g_new0 (FakeFeed, 1);

  request->waits = TRUE;
  *feed = (FakeFeed) { request->couch, g_object_ref (message), g_strdup (request->name), since, limit, continuous,
                       request->couch->n_swaps, NULL };
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Type", "application/json");
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "finished", G_CALLBACK (drop_feed), feed);
  if (heartbeat != NULL && atoi (heartbeat) > 0)
    {
      feed->heartbeat = g_timeout_source_new ((guint) atoi (heartbeat));
      g_source_set_callback (feed->heartbeat, beat, feed, NULL);
      g_source_attach (feed->heartbeat, request->couch->context);
    }
  g_ptr_array_add (request->couch->feeds, feed);
  fake_couch_wake (request->couch);
}

void
fake_answer_changes (FakeRequest *request,
                     FakeDb      *db)
{
  const char *given = request->query != NULL ? g_hash_table_lookup (request->query, "since") : NULL;
  const char *limited = request->query != NULL ? g_hash_table_lookup (request->query, "limit") : NULL;
  gboolean continuous = fake_query_is (request, "feed", "continuous");
  guint limit = limited != NULL ? (guint) MAX (atoi (limited), 1) : G_MAXUINT;
  guint64 since = 0;

  if (given != NULL && !read_sequence (request->couch, db, given, &since))
    fake_refuse (request, 400, "bad_request", "Malformed sequence supplied in 'since' parameter.");
  else if (continuous || (fake_query_is (request, "feed", "longpoll") && find_after (db, since) == NULL))
    start_feed (request, since, limit, continuous);
  else
    append_page (request->couch, db, request->answer, since, limit, fake_query_is (request, "style", "all_docs"));
}
