/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The client against servers and networks that fail: what is repeated, what is said, and that nothing happens twice. */
#include "config.h"

#include "couch-fixture.h"

static gboolean
push_one (Fixture *f)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL;

  g_ptr_array_add (docs, make_document ("deal:1", "a", 2));
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  return pushed != NULL && pushed->failures->len == 0;
}

static gboolean
ask (Fixture *f)
{
  g_autoptr (EntCouchDatabase) database = ent_couch_get_database (f->couch, NULL, &f->error);

  return database != NULL;
}

static gboolean
write_local (Fixture *f)
{
  g_autoptr (JsonObject) document = parse ("{\"a\":1}");
  g_autofree char *rev = ent_couch_put_local (f->couch, "c", document, NULL, &f->error);

  return rev != NULL;
}

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
  ent_couch_set_timeouts (f->couch, 0, 60, 0);
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
  fake_couch_fail (f->server, "database", FAKE_COUCH_DELAY, 100, 0, 2);
  ent_couch_set_timeouts (f->couch, 0, 0, 40);
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
  /* what may not be done twice is not */
  fake_couch_fail (f->server, "_local", FAKE_COUCH_CUT, 0, 0, 1);
  g_assert_false (write_local (f));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_local"), ==, 1);
}

/* ---- what the server says */

static void
test_status (Fixture       *f,
             gconstpointer  data)
{
  static const struct { guint status; EntRemoteError code; gboolean passing; } cases[] = {
    { 400, ENT_REMOTE_ERROR_REJECTED, FALSE }, { 401, ENT_REMOTE_ERROR_UNAUTHORIZED, FALSE },
    { 403, ENT_REMOTE_ERROR_FORBIDDEN, FALSE }, { 404, ENT_REMOTE_ERROR_NOT_FOUND, FALSE },
    { 409, ENT_REMOTE_ERROR_CONFLICT, FALSE }, { 412, ENT_REMOTE_ERROR_CONFLICT, FALSE },
    { 418, ENT_REMOTE_ERROR_REJECTED, FALSE }, { 429, ENT_REMOTE_ERROR_BUSY, TRUE },
    { 500, ENT_REMOTE_ERROR_SERVER, TRUE }, { 503, ENT_REMOTE_ERROR_BUSY, TRUE }, { 511, ENT_REMOTE_ERROR_CAPTIVE, TRUE },
  };

  ent_couch_set_retries (f->couch, 2, 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean repeated = cases[i].passing && cases[i].status != 511;
      guint before = fake_couch_get_n_requests (f->server, "_revs_diff");
      g_autoptr (GHashTable) revs = g_hash_table_new (g_str_hash, g_str_equal);

      fake_couch_fail (f->server, "_revs_diff", FAKE_COUCH_STATUS, cases[i].status, 0, G_MAXUINT);
      g_assert_null (ent_couch_diff_revs (f->couch, revs, NULL, &f->error));
      g_assert_cmpuint (ent_remote_error_get_status (f->error), ==, cases[i].status);
      g_assert_cmpint (ent_remote_error_is_passing (f->error), ==, cases[i].passing);
      g_assert_nonnull (strstr (f->error->message, "The server is told to fail."));
      expect_error (f, cases[i].code);
      g_assert_cmpuint (fake_couch_get_n_requests (f->server, "_revs_diff") - before, ==, repeated ? 3 : 1);
      fake_couch_heal (f->server);
    }
}

static void
test_busy (Fixture       *f,
           gconstpointer  data)
{
  gint64 start = g_get_monotonic_time ();

  fake_couch_set_retry_after (f->server, 1);
  fake_couch_fail (f->server, NULL, FAKE_COUCH_STATUS, 429, 0, 1);
  ent_couch_set_retries (f->couch, 1, 1);
  g_assert_true (ask (f));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_TIME_SPAN_SECOND * 99 / 100);
  /* more patience than a call has */
  fake_couch_set_retry_after (f->server, 3600);
  fake_couch_fail (f->server, NULL, FAKE_COUCH_STATUS, 503, 0, 1);
  g_assert_false (ask (f));
  g_assert_cmpuint (ent_remote_error_get_retry_after (f->error), ==, 3600);
  expect_error (f, ENT_REMOTE_ERROR_BUSY);
}

/* The server did it and says it failed: pushing again is right, and changes nothing. */
static void
test_done_but_500 (Fixture       *f,
                   gconstpointer  data)
{
  fake_couch_fail (f->server, "_bulk_docs", FAKE_COUCH_STATUS_AFTER, 500, 0, 1);
  ent_couch_set_retries (f->couch, 3, 1);
  g_assert_true (push_one (f));
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1);
  fake_couch_fail (f->server, "_local", FAKE_COUCH_STATUS_AFTER, 500, 0, 1);
  g_assert_false (write_local (f));
  expect_error (f, ENT_REMOTE_ERROR_SERVER);
}

static void
test_captive (Fixture       *f,
              gconstpointer  data)
{
  ent_couch_set_retries (f->couch, 3, 1);
  fake_couch_fail (f->server, NULL, FAKE_COUCH_HTML, 0, 0, 1);
  fake_couch_fail (f->server, NULL, FAKE_COUCH_REDIRECT, 0, 0, 1);
  fake_couch_fail (f->server, NULL, FAKE_COUCH_TEXT, 0, 0, 1);
  fake_couch_set_text (f->server, " \r\n<html>Welcome</html>");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (push_one (f));
      expect_error (f, ENT_REMOTE_ERROR_CAPTIVE);
    }
  g_assert_true (push_one (f));
}

/* ---- signing in */

static void
test_password (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *url = g_strconcat ("http://ana:secr%65t@", fake_couch_get_url (f->server) + strlen ("http://"), NULL);
  g_autoptr (EntCouch) couch = make_client (url);
  g_autoptr (EntCouchDatabase) database = NULL;

  fake_couch_set_password (f->server, "ana", "secret");
  g_assert_false (ask (f));
  expect_error (f, ENT_REMOTE_ERROR_UNAUTHORIZED);
  ent_couch_set_password (f->couch, "ana", "wrong");
  g_assert_false (ask (f));
  expect_error (f, ENT_REMOTE_ERROR_UNAUTHORIZED);
  ent_couch_set_password (f->couch, "ana", "secret");
  g_assert_true (ask (f));
  g_assert_null (strstr (ent_couch_get_url (couch), "secret"));
  database = ent_couch_get_database (couch, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_nonnull (database);
}

typedef struct
{
  guint n_asked;
  guint n_refused;
  guint good_from; /* asked this often, the token is good */
} Tokens;

static char *
give_token (gboolean       refused,
            gpointer       user_data,
            GCancellable  *cancellable,
            GError       **error)
{
  Tokens *tokens = user_data;

  tokens->n_asked++;
  tokens->n_refused += refused;
  if (tokens->good_from == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no more tokens");
      return NULL;
    }
  return g_strdup (tokens->n_asked >= tokens->good_from ? "Bearer good" : "Bearer old");
}

static void
test_token (Fixture       *f,
            gconstpointer  data)
{
  Tokens tokens = { 0, 0, 2 };

  fake_couch_set_authorization (f->server, "Bearer good");
  ent_couch_set_authorize (f->couch, give_token, &tokens, NULL);
  g_assert_true (ask (f));
  g_assert_cmpuint (tokens.n_asked, ==, 2);
  g_assert_cmpuint (tokens.n_refused, ==, 1);
  tokens = (Tokens) { 0, 0, 5 };
  g_assert_false (ask (f));
  expect_error (f, ENT_REMOTE_ERROR_UNAUTHORIZED);
  g_assert_cmpuint (tokens.n_asked, ==, 2);
  tokens = (Tokens) { 0, 0, 0 };
  g_assert_false (ask (f));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&f->error);
}

/* ---- nonsense */

static void
expect_nonsense (Fixture    *f,
                 gboolean    done,
                 const char *text)
{
  if (done)
    g_error ("taken for an answer: %s", text);
  g_assert_error (f->error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_PROTOCOL);
  g_clear_error (&f->error);
}

static void
test_nonsense (Fixture       *f,
               gconstpointer  data)
{
  static const char * const texts[] = {
    "", "null", "1", "\"x\"", "nonsense", "[1,2", "{\"results\":1}", "{\"results\":[1],\"last_seq\":1}", "[null]", "[{}]",
    "{\"results\":[{\"id\":1,\"changes\":[]}],\"last_seq\":\"1\"}", "{\"results\":[{\"id\":\"a\",\"docs\":[{}]}],\"last_seq\":\"\"}",
    "{\"results\":[{\"id\":\"a\",\"changes\":[{\"rev\":7}]}],\"last_seq\":{}}", "{\"results\":[]}", "{\"a\":{\"missing\":[1]}}",
    "{\"results\":[{\"id\":\"b\",\"docs\":[]}]}", "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"b\",\"_rev\":\"1-a\"}}]}]}",
    "[{\"error\":\"forbidden\"}]", "{\"a\":1}", "\xff\xfe", "{\"a\":\"\xc3\x28\"}",
  };
  const EntCouchRef ref = { "a", "1-a" };
  g_autoptr (GHashTable) revs = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) docs = new_documents ();

  g_ptr_array_add (docs, make_document ("a", "a", 1));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      fake_couch_set_text (f->server, texts[i]);
      fake_couch_fail (f->server, NULL, FAKE_COUCH_TEXT, 0, 0, G_MAXUINT);
      expect_nonsense (f, ent_couch_get_changes (f->couch, NULL, 5, NULL, &f->error) != NULL, texts[i]);
      expect_nonsense (f, ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error) != NULL, texts[i]);
      expect_nonsense (f, ent_couch_put_docs (f->couch, docs, NULL, &f->error) != NULL, texts[i]);
      expect_nonsense (f, ent_couch_get_database (f->couch, NULL, &f->error) != NULL, texts[i]);
      expect_nonsense (f, write_local (f), texts[i]);
      if (*texts[i] != '{' || strstr (texts[i], "missing") != NULL || strstr (texts[i], ":1}") != NULL)
        expect_nonsense (f, ent_couch_diff_revs (f->couch, revs, NULL, &f->error) != NULL, texts[i]);
      fake_couch_heal (f->server);
    }
}

/* One document that cannot be kept does not hold up the others. */
static void
test_unreadable (Fixture       *f,
                 gconstpointer  data)
{
  static const char * const bodies[] = { "\"x\":1e999", "\"x\":\"a\\u0000b\"", "\"a\\u0000b\":1", "\"x\":-1e99999" };
  const EntCouchRef ref = { "a", "1-a" };
  g_autofree char *open = g_strnfill (300, '['), *close = g_strnfill (300, ']');
  g_autofree char *deep = g_strconcat ("\"x\":", open, close, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *text = g_strdup_printf (
        "{\"results\":[{\"id\":\"a\",\"docs\":[{\"ok\":{\"_id\":\"a\",\"_rev\":\"1-a\",\"_revisions\":{},%s}},"
        "{\"ok\":{\"_id\":\"a\",\"_rev\":\"1-b\",\"_revisions\":{},\"x\":123456789012345678901234567890}}]}]}",
        i < G_N_ELEMENTS (bodies) ? bodies[i] : deep);
      g_autoptr (EntCouchDocs) read = NULL;

      fake_couch_set_text (f->server, text);
      fake_couch_fail (f->server, NULL, FAKE_COUCH_TEXT, 0, 0, 1);
      read = ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error);
      g_assert_no_error (f->error);
      g_assert_cmpstr (get_failure (read->missing, 0)->error, ==, "unreadable");
      g_assert_cmpstr (get_failure (read->missing, 0)->rev, ==, "1-a");
      g_assert_cmpuint (read->docs->len, ==, 1);
    }
}

/* A read that comes too early says not found; it is not an error, and the next is right. */
static void
test_stale (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *rev = edit (f, "deal:1", "{}");
  const EntCouchRef ref = { "deal:1", rev };
  g_autoptr (EntCouchDocs) early = NULL, late = NULL;

  fake_couch_set_traits (f->server, FAKE_COUCH_STALE);
  early = ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error);
  late = ent_couch_get_docs (f->couch, &ref, 1, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpstr (get_failure (early->missing, 0)->error, ==, "not_found");
  g_assert_cmpuint (late->docs->len, ==, 1);
}

/* ---- giving up */

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (30000);
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

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/couch-faults/refused-connection", test_refused_connection);
  ADD ("/couch-faults/handshake-never-ends", test_handshake_never_ends);
  ADD ("/couch-faults/never-answered", test_never_answered);
  ADD ("/couch-faults/no-such-name", test_no_such_name);
  ADD ("/couch-faults/frozen", test_frozen);
  ADD ("/couch-faults/slow", test_slow);
  ADD ("/couch-faults/cut", test_cut);
  ADD ("/couch-faults/kept-connection", test_kept_connection);
  ADD ("/couch-faults/status", test_status);
  ADD ("/couch-faults/busy", test_busy);
  ADD ("/couch-faults/done-but-500", test_done_but_500);
  ADD ("/couch-faults/captive", test_captive);
  ADD ("/couch-faults/password", test_password);
  ADD ("/couch-faults/token", test_token);
  ADD ("/couch-faults/nonsense", test_nonsense);
  ADD ("/couch-faults/unreadable", test_unreadable);
  ADD ("/couch-faults/stale", test_stale);
  ADD ("/couch-faults/cancel", test_cancel);
  ADD ("/couch-faults/threads", test_threads);
  return g_test_run ();
}
