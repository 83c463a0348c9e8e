/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in at servers of other people: one that is simple, and one that is strict. ENTENTE_PEERS is where they are. */
#include "config.h"

#include "oauth-fixture.h"
#include "support/peer.h"

#define OAUTH(code) ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_##code

/* Which server, what is where on it, and it itself once a test has started it. */
typedef struct
{
  const char *script, *authorize, *token, *revoke, *who;
  TestPeer   *peer;
} Kind;

static Kind simple = { "oauth2-mock.js", "/authorize", "/token", "/revoke", "/userinfo", NULL };
static Kind strict = { "oidc.js", "/auth", "/token", "/token/revocation", "/me", NULL };

typedef struct
{
  TestPeer       *peer;
  Keyring         keyring;
  EntOauthConfig  config;
  char           *issuer;
  char           *urls[4];
  EntOauth       *oauth;
  GThread        *browser;
  char           *opened;
  gboolean        says_no;
} Visit;

/* --- The person at the strict server: signs in, and says yes or no -------------------------------------------------- */

static char *
fetch (SoupSession *session,
       const char  *url,
       const char  *form)
{
  g_autoptr (SoupMessage) message = soup_message_new (form != NULL ? "POST" : "GET", url);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (form != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
    }
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

/* The address after @mark in @page. */
static char *
find_address (const char *page,
              const char *mark)
{
  const char *start = strstr (page, mark);

  g_assert_nonnull (start);
  start += strlen (mark);
  return g_strndup (start, strcspn (start, "\""));
}

static gpointer
browse_strict (gpointer data)
{
  Visit *v = data;
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autofree char *login = NULL, *login_form = NULL, *consent = NULL, *consent_form = NULL, *last = NULL, *cancel = NULL;

  soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  login = fetch (session, v->opened, NULL);
  if (v->says_no)
    {
      cancel = find_address (login, "href=\"");
      g_assert_true (g_str_has_suffix (cancel, "/abort"));
      last = fetch (session, cancel, NULL);
      g_assert_nonnull (strstr (last, "did not let Entente in"));
      return NULL;
    }
  login_form = find_address (login, "action=\"");
  consent = fetch (session, login_form, "prompt=login&login=ana&password=x");
  consent_form = find_address (consent, "action=\"");
  last = fetch (session, consent_form, "prompt=consent");
  g_assert_nonnull (strstr (last, "has answered"));
  return NULL;
}

static gpointer
browse_simple (gpointer data)
{
  Visit *v = data;
  g_autofree char *page = NULL;

  g_assert_cmpuint (browse (v->opened, &page, NULL), ==, 200);
  g_assert_nonnull (strstr (page, "has answered"));
  return NULL;
}

static gboolean
open_browser (const char  *url,
              gpointer     data,
              GError     **error)
{
  Visit *v = data;

  g_set_str (&v->opened, url);
  v->browser = g_thread_new ("browser", v->config.issuer != NULL ? browse_strict : browse_simple, v);
  return TRUE;
}

/* --- A visit -------------------------------------------------------------------------------------------------------- */

static void
make_client (Visit *v)
{
  const EntOauthStorage storage = { keyring_load, keyring_save, &v->keyring, NULL };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&v->oauth, ent_oauth_unref);
  v->oauth = ent_oauth_new (&v->config, &storage, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up_visit (Visit         *v,
              gconstpointer  data)
{
  static const char * const consent[] = { "prompt", "consent", NULL };
  Kind *kind = (Kind *) data;
  const char *paths[] = { kind->authorize, kind->token, kind->revoke, kind->who };

  g_mutex_init (&v->keyring.lock);
  if (kind->peer == NULL)
    kind->peer = test_peer_start (kind->script);
  v->peer = kind->peer;
  if (v->peer == NULL)
    return;
  v->issuer = g_strdup_printf ("http://127.0.0.1:%u", test_peer_get_port (v->peer));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    v->urls[i] = g_strconcat (v->issuer, paths[i], NULL);
  v->config = (EntOauthConfig) {
    .name = "Crossbeam", .authorize_url = v->urls[0], .token_url = v->urls[1], .revoke_url = v->urls[2],
    .issuer = kind == &strict ? v->issuer : NULL, .client_id = "entente", .scope = "openid offline_access",
    .redirect_path = "/cb", .authorize_parameters = consent,
  };
  make_client (v);
}

static void
tear_down_visit (Visit         *v,
                 gconstpointer  data)
{
  g_clear_pointer (&v->oauth, ent_oauth_unref);
  g_clear_pointer (&v->keyring.tokens, json_object_unref);
  g_mutex_clear (&v->keyring.lock);
  for (gsize i = 0; i < G_N_ELEMENTS (v->urls); i++)
    g_free (v->urls[i]);
  g_free (v->issuer);
  g_free (v->opened);
}

static void
enter (Visit *v)
{
  g_autoptr (GError) error = NULL;

  ent_oauth_sign_in (v->oauth, open_browser, v, 30, NULL, &error);
  g_thread_join (g_steal_pointer (&v->browser));
  g_assert_no_error (error);
}

static char *
get_header (Visit *v)
{
  g_autoptr (GError) error = NULL;
  char *header = ent_oauth_dup_authorization (v->oauth, NULL, &error);

  g_assert_no_error (error);
  return header;
}

/* The status with which the server tells whose token it is. */
static guint
ask_who (Visit      *v,
         const char *header)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", v->urls[3]);
  g_autoptr (GBytes) answer = NULL;

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", header);
  answer = soup_session_send_and_read (session, message, NULL, NULL);
  return soup_message_get_status (message);
}

static void
expect_signed_out (Visit *v)
{
  GError *error = NULL;

  g_assert_null (ent_oauth_dup_authorization (v->oauth, NULL, &error));
  expect (error, OAUTH (SIGN_IN));
}

/* The next start of the program, when the token is due. */
static void
come_back (Visit *v)
{
  keyring_age (&v->keyring);
  make_client (v);
}

/* --- Tests ---------------------------------------------------------------------------------------------------------- */

static void
test_in_and_out (Visit         *v,
                 gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  if (v->peer == NULL)
    return;
  enter (v);
  first = get_header (v);
  g_assert_cmpuint (ask_who (v, first), ==, 200);
  for (guint i = 0; i < 3; i++)
    {
      come_back (v);
      g_free (second);
      second = get_header (v);
      g_assert_cmpuint (ask_who (v, second), ==, 200);
    }
  ent_oauth_sign_out (v->oauth, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (v->keyring.tokens);
  expect_signed_out (v);
  if (v->config.issuer != NULL)
    g_assert_cmpuint (ask_who (v, second), ==, 401);
}

static gpointer
get_header_in_thread (gpointer v)
{
  return get_header (v);
}

/* Of two refreshes, the second would end the sign-in. */
static void
test_threads (Visit         *v,
              gconstpointer  data)
{
  GThread *threads[6];
  g_autofree char *last = NULL;

  if (v->peer == NULL)
    return;
  enter (v);
  for (guint round = 0; round < 3; round++)
    {
      come_back (v);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        threads[i] = g_thread_new ("worker", get_header_in_thread, v);
      for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
        {
          g_free (last);
          last = g_thread_join (threads[i]);
          g_assert_cmpuint (ask_who (v, last), ==, 200);
        }
    }
}

/* A copy of the keyring that came back from a backup: the sign-in ends, for the thief and for us. */
static void
test_used_twice (Visit         *v,
                 gconstpointer  data)
{
  g_autoptr (JsonObject) copy = NULL;
  g_autofree char *header = NULL;

  if (v->peer == NULL)
    return;
  enter (v);
  keyring_age (&v->keyring);
  copy = json_object_ref (v->keyring.tokens);
  make_client (v);
  header = get_header (v);
  g_assert_cmpuint (ask_who (v, header), ==, 200);
  keyring_save (copy, &v->keyring, NULL);
  make_client (v);
  expect_signed_out (v);
  g_assert_cmpuint (ask_who (v, header), ==, 401);
  enter (v);
  g_free (header);
  header = get_header (v);
  g_assert_cmpuint (ask_who (v, header), ==, 200);
}

static void
test_says_no (Visit         *v,
              gconstpointer  data)
{
  GError *error = NULL;

  if (v->peer == NULL)
    return;
  v->says_no = TRUE;
  g_assert_false (ent_oauth_sign_in (v->oauth, open_browser, v, 30, NULL, &error));
  expect (error, OAUTH (DENIED));
  g_thread_join (g_steal_pointer (&v->browser));
}

/* Without being asked for consent, this server gives no refresh token. */
static void
test_no_refresh_token (Visit         *v,
                       gconstpointer  data)
{
  g_autofree char *header = NULL;

  if (v->peer == NULL)
    return;
  v->config.authorize_parameters = NULL;
  make_client (v);
  enter (v);
  header = get_header (v);
  g_assert_cmpuint (ask_who (v, header), ==, 200);
  come_back (v);
  expect_signed_out (v);
}

/* Entente itself; @secret: what it says. */
static void
be_robot (Visit      *v,
          const char *secret,
          gboolean    in_header)
{
  v->config.authorize_url = NULL;
  v->config.client_id = "robot";
  v->config.client_secret = secret;
  v->config.secret_in_header = in_header;
  v->config.scope = NULL;
  make_client (v);
}

static void
test_robot (Visit         *v,
            gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (v->peer == NULL)
    return;
  be_robot (v, "robot:s3cret&more", TRUE);
  first = get_header (v);
  second = get_header (v);
  g_assert_cmpstr (first, ==, second);
}

static void
test_another_secret (Visit         *v,
                     gconstpointer  data)
{
  GError *error = NULL;

  if (v->peer == NULL)
    return;
  be_robot (v, "robot:s3cret&less", TRUE);
  g_assert_null (ent_oauth_dup_authorization (v->oauth, NULL, &error));
  expect (error, OAUTH (CLIENT));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
#define TEST(path, kind, func) g_test_add ("/oauth-peer/" path, Visit, &kind, set_up_visit, func, tear_down_visit)
  TEST ("simple/in-and-out", simple, test_in_and_out);
  TEST ("simple/robot", simple, test_robot);
  TEST ("strict/in-and-out", strict, test_in_and_out);
  TEST ("strict/threads-refresh-once", strict, test_threads);
  TEST ("strict/used-twice-ends-the-sign-in", strict, test_used_twice);
  TEST ("strict/person-says-no", strict, test_says_no);
  TEST ("strict/no-refresh-token", strict, test_no_refresh_token);
  TEST ("strict/robot", strict, test_robot);
  TEST ("strict/another-secret", strict, test_another_secret);
  status = g_test_run ();
  g_clear_pointer (&simple.peer, test_peer_stop);
  g_clear_pointer (&strict.peer, test_peer_stop);
  return status;
}
