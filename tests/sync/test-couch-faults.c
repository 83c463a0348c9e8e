/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against networks that fail: what is repeated, and that nothing happens twice. */
#include "config.h"

#include <sys/socket.h>

#include "couch-fixture.h"

/* ---- no way there */

static void
test_refused_connection (Fixture       *f,
                         gconstpointer  data)
{
  fake_couch_free (f->server);
  g_assert_false (ask (f));
  expect_error (f, ENT_REMOTE_ERROR_OFFLINE);
  f->server = fake_couch_new (NULL);
}

/* A socket on loopback that nobody serves: connections are made by the system, and nothing is ever said. */
static GSocket *
make_mute_server (guint16 *port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  g_socket_set_listen_backlog (socket, 1);
  g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 4096, NULL);
  g_assert_true (g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

/* A certificate that never comes: not connected, so nothing was sent. */
static void
test_handshake_never_ends (Fixture       *f,
                           gconstpointer  data)
{
  guint16 port;
  g_autoptr (GSocket) mute = make_mute_server (&port);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/team", port);
  g_autoptr (EntCouch) couch = make_client (url);

  ent_couch_set_timeouts (couch, 50, 0, 0);
  g_assert_null (ent_couch_get_database (couch, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_OFFLINE);
}

/* The same without: what was sent may be lying there. */
static void
test_never_answered (Fixture       *f,
                     gconstpointer  data)
{
  guint16 port;
  g_autoptr (GSocket) mute = make_mute_server (&port);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/team", port);
  g_autoptr (EntCouch) couch = make_client (url);

  ent_couch_set_timeouts (couch, 0, 50, 0);
  g_assert_null (ent_couch_get_database (couch, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
}

#define N_FILLING 6

/* As many connections as the system takes for @mute, and more. */
static void
fill (GSocket *mute,
      GSocket *filling[N_FILLING])
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (mute, NULL);

  for (guint i = 0; i < N_FILLING; i++)
    {
      filling[i] = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (filling[i], FALSE);
      g_socket_connect (filling[i], address, NULL, NULL);
    }
}

/* A system that takes no more connections: it is not answered at all, not even refused. */
static void
test_no_connection (Fixture       *f,
                    gconstpointer  data)
{
  guint16 port;
  g_autoptr (GSocket) mute = make_mute_server (&port);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/team", port);
  g_autoptr (EntCouch) couch = make_client (url);
  GSocket *filling[N_FILLING];

  fill (mute, filling);
  ent_couch_set_timeouts (couch, 50, 0, 0);
  g_assert_null (ent_couch_get_database (couch, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_OFFLINE);
  for (guint i = 0; i < N_FILLING; i++)
    g_object_unref (filling[i]);
}

static char *
make_noise (void)
{
  GString *noise = g_string_new (NULL);

  while (noise->len < 64 * 1024)
    g_string_append_c (noise, (char) g_test_rand_int_range (' ', 127));
  /* too far apart for packing to see that it is the same */
  while (noise->len < 6 * 1024 * 1024)
    g_string_append_len (noise, noise->str, 64 * 1024);
  return g_string_free (noise, FALSE);
}

/* More is sent than a server ever takes in. */
static void
test_sending_stalls (Fixture       *f,
                     gconstpointer  data)
{
  guint16 port;
  g_autoptr (GSocket) mute = make_mute_server (&port);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/team", port);
  g_autoptr (EntCouch) couch = make_client (url);
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autofree char *noise = make_noise ();

  g_ptr_array_add (docs, make_document ("deal:1", noise, 1));
  ent_couch_set_timeouts (couch, 0, 200, 0);
  g_assert_null (ent_couch_put_docs (couch, docs, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  /* it did stall */
  g_assert_cmpuint (ent_couch_get_counters (couch).bytes_sent, <, strlen (noise) * 3 / 4);
}

/* Answers each request with a body that has no end. */
static gboolean
answer_without_end (GThreadedSocketService *service,
                    GSocketConnection      *connection,
                    GObject                *source,
                    gpointer                user_data)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[";
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char request[4096];
  gboolean more = g_input_stream_read (input, request, sizeof request, NULL, NULL) > 0;

  more = more && g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  while (more)
    more = g_output_stream_write_all (output, "1,1,1,1,", 8, NULL, NULL, NULL);
  return TRUE;
}

static void
test_no_end (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (2);
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/team", port);
  g_autoptr (EntCouch) couch = make_client (url);
  GMainLoop *loop = g_main_loop_new (NULL, FALSE);
  GThread *thread;

  g_signal_connect (service, "run", G_CALLBACK (answer_without_end), NULL);
  g_socket_service_start (service);
  thread = g_thread_new ("service", (GThreadFunc) (void (*) (void)) g_main_loop_run, loop);
  ent_couch_set_limit (couch, 100000);
  g_assert_null (ent_couch_get_database (couch, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TOO_LARGE);
  g_main_loop_quit (loop);
  g_thread_join (thread);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_main_loop_unref (loop);
}

typedef GResolver LostResolver;
typedef GResolverClass LostResolverClass;
static GType lost_resolver_get_type (void);
G_DEFINE_TYPE (LostResolver, lost_resolver, G_TYPE_RESOLVER)

static void
lookup (GResolver                *resolver,
        const char               *name,
        GResolverNameLookupFlags  flags,
        GCancellable             *cancellable,
        GAsyncReadyCallback       callback,
        gpointer                  user_data)
{
  g_task_report_new_error (resolver, callback, user_data, lookup, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                           "no such name");
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
lost_resolver_class_init (LostResolverClass *klass)
{
  klass->lookup_by_name_with_flags_async = lookup;
  klass->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
lost_resolver_init (LostResolver *self)
{
}

static void
test_no_such_name (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) lost = g_object_new (lost_resolver_get_type (), NULL);
  g_autoptr (EntCouch) couch = make_client ("https://couch.example.com/team");

  g_resolver_set_default (lost);
  g_assert_null (ent_couch_get_database (couch, NULL, &f->error));
  g_resolver_set_default (usual);
  g_assert_error (f->error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_OFFLINE);
  g_assert_nonnull (strstr (f->error->message, "couch.example.com"));
  g_clear_error (&f->error);
}

/* ---- unknown outcomes */

static void
test_frozen (Fixture       *f,
             gconstpointer  data)
{
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_FREEZE_AFTER, 0, 0, 1);
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_FREEZE, 0, 0, 1);
  ent_couch_set_timeouts (f->couch, 0, 300, 0);
  g_assert_false (push_one (f));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1);
  ent_couch_set_retries (f->couch, 1, 1);
  g_assert_true (push_one (f));
  g_assert_no_error (f->error);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_docs"), ==, 3);
  g_assert_cmpuint (ent_couch_get_counters (f->couch).retries, ==, 1);
}

static void
test_slow (Fixture       *f,
           gconstpointer  data)
{
  fake_couch_fail (f->server, "database", FAKE_COUCH_DELAY, 600, 0, 2);
  ent_couch_set_timeouts (f->couch, 0, 0, 300);
  g_assert_false (ask (f));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  ent_couch_set_timeouts (f->couch, 0, 0, 5000);
  g_assert_true (ask (f));
}

/* Cut before, after, and within the answer; the second time it goes well, and there is one revision. */
static void
test_cut (Fixture       *f,
          gconstpointer  data)
{
  static const FakeCouchFault faults[] = { FAKE_COUCH_CUT, FAKE_COUCH_CUT_AFTER, FAKE_COUCH_CUT_BODY };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (EntCouch) fresh = make_client (fake_couch_get_url (f->server));
      Fixture other = { f->server, fresh, NULL };

      fake_couch_fail (f->server, "_bulk_docs", faults[i], 0, 0, 2);
      g_assert_false (push_one (&other));
      expect_error (&other, ENT_REMOTE_ERROR_TIMEOUT);
      ent_couch_set_retries (fresh, 1, 1);
      g_assert_true (push_one (&other));
      g_assert_no_error (other.error);
      g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1);
    }
}

/* A server may close a connection that was kept, at the moment it is used again: that is no fault of the network. */
static void
test_kept_connection (Fixture       *f,
                      gconstpointer  data)
{
  g_assert_true (ask (f));
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_CUT, 0, 0, 1);
  g_assert_true (push_one (f));
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_docs"), ==, 2);
  g_assert_cmpuint (ent_couch_get_counters (f->couch).retries, ==, 1);
  /* one that froze is not tried twice */
  ent_couch_set_timeouts (f->couch, 0, 60, 0);
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_FREEZE, 0, 0, G_MAXUINT);
  g_assert_false (push_one (f));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_bulk_docs"), ==, 3);
  /* what may not be done twice is not */
  fake_couch_fail (f->server, "_local", FAKE_COUCH_CUT, 0, 0, 1);
  g_assert_false (write_local (f));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_local"), ==, 1);
}

/* ---- giving up */

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (Fixture       *f,
             gconstpointer  data)
{
  static const struct { FakeCouchFault fault; guint number; } cases[] = {
    { FAKE_COUCH_FREEZE, 0 }, { FAKE_COUCH_DELAY, 5000 }, { FAKE_COUCH_STATUS, 503 },
  };

  ent_couch_set_retries (f->couch, 3, 60000);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      gint64 start = g_get_monotonic_time ();
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
      guint n;

      fake_couch_fail (f->server, NULL, cases[i].fault, cases[i].number, 0, 1);
      g_assert_null (ent_couch_get_database (f->couch, cancellable, &f->error));
      g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&f->error);
      g_thread_join (thread);
      g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_TIME_SPAN_SECOND);
      n = fake_couch_get_n_requests (f->server, NULL);
      g_assert_null (ent_couch_get_database (f->couch, cancellable, &f->error));
      g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&f->error);
      g_assert_cmpuint (fake_couch_get_n_requests (f->server, NULL), ==, n);
    }
  g_assert_true (ask (f));
}

/* Cancelled in whatever state a request is: connecting, shaking hands, sending, waiting. */
static void
test_cancel_anywhere (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *noise = make_noise ();

  for (guint i = 0; i < 4; i++)
    {
      guint16 port;
      g_autoptr (GSocket) mute = make_mute_server (&port);
      g_autofree char *url = g_strdup_printf ("%s://127.0.0.1:%u/team", i == 1 ? "https" : "http", port);
      g_autoptr (EntCouch) couch = make_client (url);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GPtrArray) docs = new_documents ();
      GSocket *filling[N_FILLING] = { NULL };
      GThread *thread;

      if (i == 0)
        fill (mute, filling);
      g_ptr_array_add (docs, make_document ("deal:1", i == 2 ? noise : "small", 1));
      thread = g_thread_new ("cancel", cancel_soon, cancellable);
      g_assert_null (ent_couch_put_docs (couch, docs, cancellable, &f->error));
      g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&f->error);
      g_thread_join (thread);
      for (guint n = 0; n < N_FILLING; n++)
        g_clear_object (&filling[n]);
    }
}

static gpointer
ask_on_thread (gpointer data)
{
  return GINT_TO_POINTER (ask (data) && push_one (data));
}

/* Threads without a main loop, one after another. */
static void
test_threads (Fixture       *f,
              gconstpointer  data)
{
  for (guint i = 0; i < 3; i++)
    {
      GThread *thread = g_thread_new ("worker", ask_on_thread, f);

      g_assert_true (GPOINTER_TO_INT (g_thread_join (thread)));
    }
  g_assert_cmpuint (ent_couch_get_counters (f->couch).requests, ==, 6);
  g_assert_cmpuint (ent_couch_get_counters (f->couch).bytes_received, >, 6 * 100);
}

/* ---- many faults */

/* Some requests fail in some way or other; no call waits long, and no fault lets a document be lost or come twice. */
static void
test_random (Fixture       *f,
             gconstpointer  data)
{
  static const FakeCouchFault faults[] = {
    FAKE_COUCH_CUT, FAKE_COUCH_CUT_AFTER, FAKE_COUCH_CUT_BODY, FAKE_COUCH_STATUS, FAKE_COUCH_STATUS_AFTER, FAKE_COUCH_HTML,
    FAKE_COUCH_FREEZE_AFTER,
  };
  g_autoptr (GPtrArray) docs = new_documents ();
  guint n_done = 0;

  ent_couch_set_timeouts (f->couch, 0, 500, 0);
  ent_couch_set_retries (f->couch, 2, 1);
  for (guint step = 0; step < 100; step++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%u", n_done);
      g_autoptr (EntCouchPushed) pushed = NULL;
      g_autoptr (EntCouchChanges) page = NULL;
      guint kind = (guint) g_test_rand_int_range (0, step % 50 == 0 ? 7 : 6);

      fake_couch_heal (f->server);
      fake_couch_fail (f->server, NULL, faults[kind], g_test_rand_int_range (0, 2) ? 500 : 503,
                       (guint) g_test_rand_int_range (0, 3), kind == 6 ? 1 : (guint) g_test_rand_int_range (1, 5));
      g_ptr_array_set_size (docs, 0);
      g_ptr_array_add (docs, make_document (id, "a", 2));
      pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
      if (pushed != NULL)
        page = ent_couch_get_changes (f->couch, NULL, 1000, NULL, &f->error);
      if (f->error != NULL)
        g_assert_true (ent_remote_error_is_passing (f->error));
      g_clear_error (&f->error);
      if (pushed == NULL)
        continue;
      g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, ++n_done);
      g_assert_true (page == NULL || page->rows->len == n_done);
    }
  g_assert_cmpuint (n_done, >, 15);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/couch-faults/refused-connection", test_refused_connection);
  ADD ("/couch-faults/handshake-never-ends", test_handshake_never_ends);
  ADD ("/couch-faults/never-answered", test_never_answered);
  ADD ("/couch-faults/no-connection", test_no_connection);
  ADD ("/couch-faults/sending-stalls", test_sending_stalls);
  ADD ("/couch-faults/no-end", test_no_end);
  ADD ("/couch-faults/no-such-name", test_no_such_name);
  ADD ("/couch-faults/frozen", test_frozen);
  ADD ("/couch-faults/slow", test_slow);
  ADD ("/couch-faults/cut", test_cut);
  ADD ("/couch-faults/kept-connection", test_kept_connection);
  ADD ("/couch-faults/cancel", test_cancel);
  ADD ("/couch-faults/cancel-anywhere", test_cancel_anywhere);
  ADD ("/couch-faults/threads", test_threads);
  ADD ("/couch-faults/random", test_random);
  return g_test_run ();
}
