/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signature Version 4 on messages of libsoup: what is sent is what was signed. */
#include "config.h"

#include <string.h>

#include "support/workspace.h"
#include "sync/ent-sigv4.h"

static const EntSigv4Key service_key = { "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", NULL, "us-east-1",
                                         "service" };

static gint64
instant (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix_usec (time);
}

static EntSigv4Signature *
sign (const EntSigv4Key     *key,
      const EntSigv4Request *request)
{
  g_autoptr (GError) error = NULL;
  EntSigv4Signature *signature = ent_sigv4_sign (key, request, &error);

  g_assert_no_error (error);
  g_assert_nonnull (signature);
  return signature;
}

/* --- Messages ---------------------------------------------------------------------------------------------------- */

static void
test_message (void)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", "https://example.amazonaws.com/?a=b");
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;
  EntSigv4Key key = service_key;
  g_autofree char *first = NULL;

  key.session_token = "TOKEN";
  soup_message_headers_append (headers, "X-Amz-Target", "AWSPartnerCentralSelling.ListOpportunities");
  for (guint i = 0; i < 2; i++)
    {
      ent_sigv4_sign_message (message, body, &key, instant ("2026-01-02T03:04:05Z"), ENT_SIGV4_CONTENT_HASH, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (soup_message_headers_get_one (headers, "X-Amz-Date"), ==, "20260102T030405Z");
      g_assert_cmpstr (soup_message_headers_get_list (headers, "X-Amz-Security-Token"), ==, "TOKEN");
      g_assert_cmpstr (soup_message_headers_get_list (headers, "X-Amz-Content-Sha256"), ==,
                       "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
      g_assert_nonnull (strstr (soup_message_headers_get_one (headers, "Authorization"),
                                "SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token;x-amz-target,"));
      if (first == NULL)
        first = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
      g_assert_cmpstr (soup_message_headers_get_list (headers, "Authorization"), ==, first);
    }
  key.session_token = NULL;
  g_assert_true (ent_sigv4_sign_message (message, body, &key, 0, ENT_SIGV4_DEFAULT, NULL));
  g_assert_null (soup_message_headers_get_one (headers, "X-Amz-Security-Token"));
  g_assert_null (soup_message_headers_get_one (headers, "X-Amz-Content-Sha256"));
  key.region = NULL;
  g_assert_false (ent_sigv4_sign_message (message, body, &key, 0, ENT_SIGV4_DEFAULT, &error));
  g_assert_error (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_KEY);
}

/* --- Over the wire ------------------------------------------------------------------------------------------------ */

typedef struct
{
  GStrv   names; /* of the headers that were signed */
  GArray *headers;
} Arrived;

static void
add_signed (const char *name,
            const char *value,
            gpointer    arrived)
{
  Arrived *self = arrived;
  g_autofree char *lower = g_ascii_strdown (name, -1);
  EntSigv4Header header = { name, value };

  if (g_strv_contains ((const char * const *) self->names, lower))
    g_array_append_val (self->headers, header);
}

static GStrv
split_names (const char *authorization)
{
  const char *start = strstr (authorization, "SignedHeaders=");
  g_autofree char *list = NULL;

  g_assert_nonnull (start);
  start += strlen ("SignedHeaders=");
  list = g_strndup (start, strcspn (start, ","));
  return g_strsplit (list, ";", -1);
}

/* As AWS does: signs what arrived with its own copy of the secret, and compares. */
static void
verify (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           n_good)
{
  SoupMessageHeaders *sent = soup_server_message_get_request_headers (message);
  const char *authorization = soup_message_headers_get_one (sent, "Authorization");
  g_autofree char *url = g_uri_to_string (soup_server_message_get_uri (message));
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_auto (GStrv) names = split_names (authorization);
  g_autoptr (GArray) headers = g_array_new (FALSE, FALSE, sizeof (EntSigv4Header));
  Arrived arrived = { names, headers };
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (EntSigv4Signature) signature = NULL;

  time = g_date_time_new_from_iso8601 (soup_message_headers_get_one (sent, "X-Amz-Date"), NULL);
  g_assert_nonnull (time);
  soup_message_headers_foreach (sent, add_signed, &arrived);
  signature = sign (&service_key, &(EntSigv4Request) {
    .method = soup_server_message_get_method (message), .url = url,
    .headers = (const EntSigv4Header *) (gpointer) headers->data, .n_headers = headers->len, .body = body,
    .time = g_date_time_to_unix_usec (time),
  });
  g_assert_cmpstr (signature->authorization, ==, authorization);
  *(guint *) n_good += 1;
  soup_server_message_set_status (message, 200, NULL);
}

static void
set_done (GObject      *session,
          GAsyncResult *result,
          gpointer      done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);

  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

/* What libsoup sends is what was signed: host and port, encoded paths, headers that come twice. */
static void
test_arrives (void)
{
  static const char * const paths[] = { "/", "", "/a%20b/c%2Fd//e/", "/é/ü", "/x?b=2&a=1%202&a=&c", "/~user/$x?q=%C3%A9+1" };
  g_autoptr (SoupServer) server = soup_server_new ("raw-paths", TRUE, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"Catalog\":\"AWS\"}", strlen ("{\"Catalog\":\"AWS\"}"));
  guint n_good = 0;
  GSList *uris;
  int port;

  soup_server_add_handler (server, NULL, verify, &n_good, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%d%s", port, paths[i]);
      g_autoptr (SoupMessage) message = soup_message_new (i % 2 == 0 ? "POST" : "GET", url);
      SoupMessageHeaders *headers = soup_message_get_request_headers (message);
      g_autoptr (GError) error = NULL;
      gboolean done = FALSE;

      soup_message_headers_append (headers, "X-Amz-Target", "AWSPartnerCentralSelling.ListOpportunities");
      soup_message_headers_append (headers, "X-Twice", "one");
      soup_message_headers_append (headers, "X-Twice", " two   three ");
      if (i % 2 == 0)
        soup_message_set_request_body_from_bytes (message, "application/x-amz-json-1.0", body);
      ent_sigv4_sign_message (message, i % 2 == 0 ? body : NULL, &service_key, g_get_real_time (), ENT_SIGV4_DEFAULT, &error);
      g_assert_no_error (error);
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, set_done, &done);
      test_wait_for (done);
    }
  g_assert_cmpuint (n_good, ==, G_N_ELEMENTS (paths));
  soup_server_disconnect (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sigv4-message/is-signed-again", test_message);
  g_test_add_func ("/sigv4-message/what-arrives-is-what-was-signed", test_arrives);
  return g_test_run ();
}
