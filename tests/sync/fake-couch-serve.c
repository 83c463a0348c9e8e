/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-couch-private.h"

#include <string.h>

/* From a request to its answer, with the faults on the way. */

#define HTML "<!DOCTYPE html><html><head><title>Hotel</title></head><body>Welcome. Your room number, please.</body></html>"

void
fake_refuse (FakeRequest *request,
             guint        status,
             const char  *name,
             const char  *reason)
{
  request->status = status;
  g_string_printf (request->answer, "{\"error\":\"%s\",\"reason\":\"%s\"}\n", name, reason);
}

gboolean
fake_query_is (FakeRequest *request,
               const char  *name,
               const char  *value)
{
  const char *given = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  return given != NULL && g_str_equal (given, value);
}

static const char *
find_where (FakeRequest *request)
{
  static const char * const ends[] = { "_bulk_docs", "_bulk_get", "_changes", "_revs_diff" };

  if (request->name == NULL || *request->name == '\0')
    return "server";
  if (request->rest == NULL)
    return "database";
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_equal (request->rest, ends[i]))
      return ends[i];
  return g_str_has_prefix (request->rest, "_local/") ? "_local" : "document";
}

/* ---- the server and the database */

static void
answer_server (FakeRequest *request)
{
  g_string_append (request->answer, "{\"couchdb\":\"Welcome\",\"version\":\"3.5.0\","
                                    "\"uuid\":\"85fb71bf700c17267fef77535820e371\","
                                    "\"vendor\":{\"name\":\"The Apache Software Foundation\"}}\n");
}

static void
answer_database (FakeRequest *request,
                 FakeDb      *db)
{
  FakeCouch *couch = request->couch;

  if (g_str_equal (request->method, "PUT"))
    {
      if (db != NULL)
        {
          fake_refuse (request, 412, "file_exists", "The database could not be created, the file already exists.");
          return;
        }
      g_hash_table_insert (couch->dbs, g_strdup (request->name), fake_db_new (++couch->n_lives));
      request->status = 201;
      g_string_append (request->answer, "{\"ok\":true}\n");
      return;
    }
  g_string_append_printf (request->answer,
                          "{\"instance_start_time\":\"%" G_GUINT64_FORMAT "\",\"db_name\":\"%s\",\"update_seq\":",
                          db->started, request->name);
  fake_append_sequence (couch, db, request->answer, db->seq);
  g_string_append_printf (request->answer, ",\"doc_count\":%" G_GUINT64_FORMAT ",\"doc_del_count\":%" G_GUINT64_FORMAT "}\n",
                          db->n_live, g_hash_table_size (db->docs) - db->n_live);
}

/* ---- reading a request */

static GBytes *
unpack (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *packing = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GConverter) converter = NULL;

  if (packing == NULL)
    return g_steal_pointer (&body);
  converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return g_converter_convert_bytes (converter, body, NULL);
}

static void
read_body (FakeRequest *request)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text;

  request->body = unpack (request->message);
  if (request->body == NULL)
    request->body = g_bytes_new_static ("", 0);
  text = g_bytes_get_data (request->body, &length);
  if (length > 0 && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    request->json = json_parser_steal_root (parser);
}

/* Whether anything keeps the request from being looked at. */
static gboolean
is_refused (FakeRequest *request)
{
  FakeCouch *couch = request->couch;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *given = soup_message_headers_get_one (headers, "Authorization");

  if (couch->authorization != NULL && g_strcmp0 (given, couch->authorization) != 0)
    fake_refuse (request, 401, "unauthorized", "Name or password is incorrect.");
  else if ((couch->traits & FAKE_COUCH_NO_GZIP) && soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    fake_refuse (request, 415, "bad_ctype", "gzip is not supported");
  else if (couch->max_request > 0 && g_bytes_get_size (request->body) > couch->max_request)
    fake_refuse (request, 413, "too_large", "the request entity is too large");
  else if ((g_str_equal (request->method, "POST") || (g_str_equal (request->method, "PUT") && request->rest != NULL)) &&
           (request->json == NULL || !JSON_NODE_HOLDS_OBJECT (request->json)))
    fake_refuse (request, 400, "bad_request", "invalid UTF-8 JSON");
  else
    return FALSE;
  return TRUE;
}

static void
carry_out (FakeRequest *request)
{
  FakeDb *db = request->name != NULL ? g_hash_table_lookup (request->couch->dbs, request->name) : NULL;
  const char *where = request->where;

  if (is_refused (request))
    return;
  if (g_str_equal (where, "server"))
    answer_server (request);
  else if (g_str_equal (where, "database") && (db != NULL || g_str_equal (request->method, "PUT")))
    answer_database (request, db);
  else if (db == NULL)
    fake_refuse (request, 404, "not_found", "Database does not exist.");
  else if (g_str_equal (where, "_changes"))
    fake_answer_changes (request, db);
  else if (g_str_equal (where, "_bulk_docs"))
    fake_answer_bulk_docs (request, db);
  else if (g_str_equal (where, "_bulk_get"))
    fake_answer_bulk_get (request, db);
  else if (g_str_equal (where, "_revs_diff"))
    fake_answer_revs_diff (request, db);
  else if (g_str_equal (where, "_local"))
    fake_answer_local (request, db);
  else
    fake_answer_document (request, db);
}

/* ---- faults */

static FakeFault
take_fault (FakeRequest *request)
{
  GPtrArray *faults = request->couch->faults;

  for (guint i = 0; i < faults->len; i++)
    {
      FakeFault *fault = faults->pdata[i], taken = *fault;

      if (fault->where != NULL && !g_str_equal (fault->where, request->where))
        continue;
      if (fault->after > 0)
        {
          fault->after--;
          continue;
        }
      if (fault->times != G_MAXUINT && --fault->times == 0)
        g_ptr_array_remove_index (faults, i);
      return taken;
    }
  return (FakeFault) { 0 };
}

static void
cut (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static gboolean
send_later (gpointer message)
{
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
pause_for (SoupServerMessage *message,
           guint              milliseconds)
{
  g_autoptr (GSource) source = g_timeout_source_new (milliseconds);

  soup_server_message_pause (message);
  g_source_set_callback (source, send_later, g_object_ref (message), g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

void
fake_send (FakeRequest *request)
{
  SoupServerMessage *message = request->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *seconds = g_strdup_printf ("%u", request->couch->retry_after);
  gsize length = request->answer->len;
  gboolean html = g_str_has_prefix (request->answer->str, "<!DOCTYPE");

  if ((request->status == 429 || request->status == 503) && request->couch->retry_after > 0)
    soup_message_headers_replace (headers, "Retry-After", seconds);
  soup_server_message_set_status (message, request->status, NULL);
  soup_server_message_set_response (message, html ? "text/html" : "application/json", SOUP_MEMORY_TAKE,
                                    g_string_free (g_steal_pointer (&request->answer), FALSE), length);
}

/* Half of the body, in a piece of its own, and no more. */
static void
send_half (FakeRequest *request)
{
  SoupServerMessage *message = request->message;

  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_server_message_set_status (message, request->status, NULL);
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, request->answer->str,
                            request->answer->len / 2);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (cut), NULL);
}

/* What happens instead of the request; FALSE: nothing, it is carried out. */
static gboolean
fail_before (FakeRequest     *request,
             const FakeFault *fault)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  switch (fault->fault)
    {
    case FAKE_COUCH_FREEZE:
      soup_server_message_pause (request->message);
      request->waits = TRUE;
      return TRUE;
    case FAKE_COUCH_CUT:
      cut (request->message);
      return TRUE;
    case FAKE_COUCH_STATUS:
      fake_refuse (request, fault->number, "fault", "The server is told to fail.");
      return TRUE;
    case FAKE_COUCH_HTML:
      g_string_assign (request->answer, HTML);
      return TRUE;
    case FAKE_COUCH_REDIRECT:
      request->status = 302;
      soup_message_headers_replace (headers, "Location", "http://portal.example.net/login");
      return TRUE;
    case FAKE_COUCH_TEXT:
      g_string_assign (request->answer, request->couch->text);
      return TRUE;
    case FAKE_COUCH_FREEZE_AFTER:
    case FAKE_COUCH_DELAY:
    case FAKE_COUCH_CUT_AFTER:
    case FAKE_COUCH_CUT_BODY:
    case FAKE_COUCH_STATUS_AFTER:
    default:
      return FALSE;
    }
}

/* What happens to the answer of a request that was carried out. */
static void
fail_after (FakeRequest     *request,
            const FakeFault *fault)
{
  switch (fault->fault)
    {
    case FAKE_COUCH_FREEZE_AFTER:
      soup_server_message_pause (request->message);
      request->waits = TRUE;
      break;
    case FAKE_COUCH_DELAY:
      pause_for (request->message, fault->number);
      break;
    case FAKE_COUCH_CUT_AFTER:
      cut (request->message);
      break;
    case FAKE_COUCH_CUT_BODY:
      send_half (request);
      request->waits = TRUE;
      break;
    case FAKE_COUCH_STATUS_AFTER:
      fake_refuse (request, fault->number, "fault", "The server is told to fail.");
      break;
    case FAKE_COUCH_FREEZE:
    case FAKE_COUCH_CUT:
    case FAKE_COUCH_STATUS:
    case FAKE_COUCH_HTML:
    case FAKE_COUCH_REDIRECT:
    case FAKE_COUCH_TEXT:
    default:
      break;
    }
}

static void
serve (FakeRequest *request)
{
  FakeCouch *couch = request->couch;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&couch->lock);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (couch->counts, request->where)) + 1;
  FakeFault fault;

  g_hash_table_insert (couch->counts, (gpointer) request->where, GUINT_TO_POINTER (n));
  fault = take_fault (request);
  if (!fail_before (request, &fault))
    {
      read_body (request);
      carry_out (request);
      fail_after (request, &fault);
    }
  if (!request->waits)
    fake_send (request);
}

void
fake_serve (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           couch)
{
  /* the path given is decoded, and an id may hold slashes */
  g_auto (GStrv) parts = g_strsplit (path + 1, "/", 2);
  FakeRequest request = {
    .couch = couch, .message = message, .query = query, .status = 200,
    .method = soup_server_message_get_method (message),
    .name = parts[0],
    .rest = parts[0] != NULL && parts[1] != NULL && *parts[1] != '\0' ? parts[1] : NULL,
    .answer = g_string_new (NULL),
  };

  request.where = find_where (&request);
  serve (&request);
  g_clear_pointer (&request.json, json_node_unref);
  g_clear_pointer (&request.body, g_bytes_unref);
  if (request.answer != NULL)
    g_string_free (request.answer, TRUE);
}
