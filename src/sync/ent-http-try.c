/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-http-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* One try of a request: reads from top to bottom, while libsoup works in a context of our own. */

#define PIECE (64 * 1024)
/* What is read of an answer that only tells what went wrong. */
#define MAX_FAULT (64 * 1024)
/* Packing costs more than it saves below. */
#define MIN_PACKED (4 * 1024)

typedef enum
{
  STOP_NONE,
  STOP_CONNECT,
  STOP_IDLE,
  STOP_TOTAL,
} Stop;

typedef struct
{
  EntHttp              *http;
  const EntHttpRequest *request;
  EntHttpAnswer        *answer;
  SoupMessage          *message;
  GInputStream         *stream;
  GCancellable         *cancellable; /* ours: cancelled by the caller's, or when a limit is passed */
  GSource              *timer;
  gint64                connect_by;
  gint64                idle_by;
  gint64                total_by;
  gboolean              connected;
  Stop                  stop;
} Try;

static gboolean
pass_limit (gpointer data)
{
  Try *self = data;
  gint64 now = g_get_monotonic_time ();

  if (!self->connected && now >= self->connect_by)
    self->stop = STOP_CONNECT;
  else if (now >= self->total_by)
    self->stop = STOP_TOTAL;
  else
    self->stop = STOP_IDLE;
  g_source_set_ready_time (self->timer, -1);
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_CONTINUE;
}

/* Something came or went. */
static void
touch (Try *self)
{
  guint idle = self->request->silence > 0 ? self->request->silence : self->http->idle_ms;
  gint64 by;

  if (self->stop != STOP_NONE)
    return;
  self->idle_by = g_get_monotonic_time () + idle * (gint64) 1000;
  by = self->connected ? self->idle_by : self->connect_by;
  g_source_set_ready_time (self->timer, MIN (by, self->total_by));
}

static gboolean
timer_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     data)
{
  return callback (data);
}

static GSourceFuncs timer_funcs = { NULL, NULL, timer_dispatch, NULL, NULL, NULL };

static void
start_timer (Try *self)
{
  gint64 now = g_get_monotonic_time ();

  self->connect_by = now + self->http->connect_ms * (gint64) 1000;
  self->total_by = self->request->silence > 0 ? G_MAXINT64 : now + self->http->total_ms * (gint64) 1000;
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_callback (self->timer, pass_limit, self, NULL);
  g_source_attach (self->timer, self->http->context);
  touch (self);
}

/* A request is on its way from when its head is written: before that, nothing can have been carried out. */
static void
note_connected (Try *self)
{
  self->connected = TRUE;
  touch (self);
}

static void
note_connection_event (Try                *self,
                       GSocketClientEvent  event)
{
  if (event == G_SOCKET_CLIENT_COMPLETE)
    note_connected (self);
}

static gboolean
accept_certificate (Try                  *self,
                    GTlsCertificate      *certificate,
                    GTlsCertificateFlags  faults)
{
  g_autoptr (GSocketConnectable) identity = NULL;
  GUri *uri = soup_message_get_uri (self->message);

  if (self->http->trust == NULL || faults != G_TLS_CERTIFICATE_UNKNOWN_CA)
    return FALSE;
  identity = g_network_address_new (g_uri_get_host (uri), 0);
  return g_tls_database_verify_chain (self->http->trust, certificate, G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, identity,
                                      NULL, G_TLS_DATABASE_VERIFY_NONE, NULL, NULL) == G_TLS_CERTIFICATE_NO_FLAGS;
}

static GBytes *
pack (GBytes *body)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 3);

  return g_converter_convert_bytes (G_CONVERTER (compressor), body, NULL);
}

static void
set_body (Try    *self,
          GBytes *body)
{
  g_autoptr (GBytes) packed = NULL;

  if (!self->http->no_packing && g_bytes_get_size (body) >= MIN_PACKED)
    packed = pack (body);
  if (packed != NULL)
    {
      soup_message_headers_replace (soup_message_get_request_headers (self->message), "Content-Encoding", "gzip");
      self->answer->packed = TRUE;
    }
  soup_message_set_request_body_from_bytes (self->message, "application/json", packed != NULL ? packed : body);
}

static gboolean
make_message (Try         *self,
              const char  *authorization,
              GError     **error)
{
  SoupMessageHeaders *headers;

  self->message = soup_message_new (self->request->method, self->request->url);
  if (self->message == NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The address of “%s” cannot be used; correct it."), self->http->host);

      g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_ADDRESS, text, 0, 0));
      return FALSE;
    }
  /* a kept connection may be closed just when it is used again: what may not be done twice gets one of its own */
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS |
                                         SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE |
                                         (self->request->repeatable ? SOUP_MESSAGE_IDEMPOTENT : SOUP_MESSAGE_NEW_CONNECTION));
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", authorization);
  if (self->request->body != NULL)
    set_body (self, self->request->body);
  g_signal_connect_swapped (self->message, "network-event", G_CALLBACK (note_connection_event), self);
  g_signal_connect_swapped (self->message, "wrote-headers", G_CALLBACK (note_connected), self);
  g_signal_connect_swapped (self->message, "wrote-body-data", G_CALLBACK (touch), self);
  g_signal_connect_swapped (self->message, "got-headers", G_CALLBACK (touch), self);
  g_signal_connect_swapped (self->message, "accept-certificate", G_CALLBACK (accept_certificate), self);
  return TRUE;
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (Try           *self,
          GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (self->http->context, TRUE);
  return *result;
}

static gboolean
send (Try     *self,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_async (self->http->session, self->message, G_PRIORITY_DEFAULT, self->cancellable, keep_result, &result);
  self->stream = soup_session_send_finish (self->http->session, wait_for (self, &result), error);
  return self->stream != NULL;
}

/* Returns what was read: 0 at the end, -1 with @error. */
static gssize
read_piece (Try     *self,
            char    *piece,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gssize size;

  g_input_stream_read_async (self->stream, piece, PIECE, G_PRIORITY_DEFAULT, self->cancellable, keep_result, &result);
  size = g_input_stream_read_finish (self->stream, wait_for (self, &result), error);
  touch (self);
  return size;
}

static gboolean
fail_too_large (Try     *self,
                GError **error)
{
  g_autofree char *limit = g_format_size (self->http->limit);
  g_autofree char *text = g_strdup_printf (_("The answer of “%s” is larger than %s, so it was not read; tell the server’s "
                                             "administrator."), self->http->host, limit);

  g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_TOO_LARGE, text, 0, 0));
  return FALSE;
}

/* Reads the body of a good answer to its end, or until the sink has enough. */
static gboolean
read_good (Try     *self,
           char    *piece,
           GError **error)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  g_autoptr (GError) cause = NULL;
  gssize size;

  while ((size = read_piece (self, piece, error)) > 0)
    if (self->request->sink != NULL)
      {
        if (!self->request->sink (piece, size, self->request->sink_data, &cause))
          break;
      }
    else if (body->len + (gsize) size > self->http->limit)
      return fail_too_large (self, error);
    else
      g_byte_array_append (body, (const guint8 *) piece, (guint) size);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else if (size >= 0)
    {
      self->answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
      return TRUE;
    }
  return FALSE;
}

static void
read_fault (Try  *self,
            char *piece)
{
  g_autoptr (GByteArray) body = g_byte_array_new ();
  gssize size;

  while (body->len < MAX_FAULT && (size = read_piece (self, piece, NULL)) > 0)
    g_byte_array_append (body, (const guint8 *) piece, (guint) size);
  self->answer->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

static guint
read_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL))
    return (guint) seconds;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return 0;
  return (guint) CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, G_MAXINT);
}

/* An answer that is not this server's, though it looks well. */
static gboolean
fail_redirected (Try     *self,
                 GError **error)
{
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  GUri *base = soup_message_get_uri (self->message);
  g_autoptr (GUri) target = location != NULL ? g_uri_parse_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  g_autofree char *text = NULL;
  gboolean same = target != NULL && g_uri_get_host (target) != NULL &&
                  g_ascii_strcasecmp (g_uri_get_host (target), g_uri_get_host (base)) == 0;

  if (same)
    text = g_strdup_printf (_("“%s” says that what is asked for is at another address there; correct the address."),
                            self->http->host);
  else
    text = g_strdup_printf (_("Something else answered in place of “%s”, perhaps the sign-in page of this network; open a web "
                              "browser and sign in there."), self->http->host);
  g_propagate_error (error, ent_remote_error_new (same ? ENT_REMOTE_ERROR_ADDRESS : ENT_REMOTE_ERROR_CAPTIVE, text,
                                                  self->answer->status, 0));
  return FALSE;
}

static gboolean
is_html (SoupMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return type != NULL && (g_ascii_strcasecmp (type, "text/html") == 0 ||
                          g_ascii_strcasecmp (type, "application/xhtml+xml") == 0);
}

static gboolean
read_answer (Try     *self,
             GError **error)
{
  g_autofree char *piece = g_malloc (PIECE);
  guint status = soup_message_get_status (self->message);

  self->answer->status = status;
  self->answer->retry_after = read_retry_after (self->message);
  if (status >= 300 && status < 400)
    return fail_redirected (self, error);
  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      read_fault (self, piece);
      return TRUE;
    }
  if (is_html (self->message))
    return ent_http_nonsense (self->http, NULL, error);
  return read_good (self, piece, error);
}

/* The sentence for what ended the try: a limit of ours, the caller, or the network. */
static void
explain (Try           *self,
         GCancellable  *callers,
         GError       **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || *error == NULL || (*error)->domain == ENT_REMOTE_ERROR)
    return;
  if (g_cancellable_is_cancelled (callers))
    {
      g_clear_error (error);
      g_cancellable_set_error_if_cancelled (callers, error);
      return;
    }
  cause = g_steal_pointer (error);
  if (self->stop != STOP_NONE)
    {
      g_clear_error (&cause);
      cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("it took too long"));
    }
  *error = ent_remote_error_new_for_transport (self->http->host, cause, self->connected);
}

static void
count (Try *self)
{
  SoupMessageMetrics *metrics = soup_message_get_metrics (self->message);
  guint64 *counters = self->http->counters;

  counters[0]++;
  if (metrics == NULL)
    return;
  counters[2] += soup_message_metrics_get_request_header_bytes_sent (metrics) +
                 soup_message_metrics_get_request_body_bytes_sent (metrics);
  counters[3] += soup_message_metrics_get_response_header_bytes_received (metrics) +
                 soup_message_metrics_get_response_body_bytes_received (metrics);
}

static void
note_connection (Try      *self,
                 gboolean  done)
{
  gpointer id = GSIZE_TO_POINTER ((gsize) soup_message_get_connection_id (self->message));

  self->answer->reused = !g_hash_table_add (self->http->connections, id);
  if (!done)
    g_hash_table_remove (self->http->connections, id);
}

static void
close_stream (Try *self)
{
  if (self->stream != NULL)
    g_input_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  while (g_main_context_iteration (self->http->context, FALSE))
    continue;
}

static void
hand_on (GCancellable *callers,
         GCancellable *ours)
{
  g_cancellable_cancel (ours);
}

gboolean
ent_http_try (EntHttp               *http,
              const EntHttpRequest  *request,
              const char            *authorization,
              EntHttpAnswer         *answer,
              GCancellable          *cancellable,
              GError               **error)
{
  Try self = { .http = http, .request = request, .answer = answer };
  g_autoptr (GError) cause = NULL;
  gulong handler = 0;
  gboolean done;

  *answer = (EntHttpAnswer) { 0 };
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_message (&self, authorization, error))
    return FALSE;
  self.cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (hand_on), g_object_ref (self.cancellable), g_object_unref);
  g_main_context_push_thread_default (http->context);
  start_timer (&self);
  done = send (&self, &cause) && read_answer (&self, &cause);
  count (&self);
  note_connection (&self, done);
  close_stream (&self);
  g_main_context_pop_thread_default (http->context);
  g_cancellable_disconnect (cancellable, handler);
  explain (&self, cancellable, &cause);
  g_signal_handlers_disconnect_by_data (self.message, &self);
  g_clear_object (&self.message);
  g_clear_object (&self.cancellable);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return done;
}
