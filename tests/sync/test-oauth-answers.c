/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a portal, or who stands in its place, answers to a sign-in: a token that can be used, or one sentence. */
#include "config.h"

#include "oauth-fixture.h"

#define OAUTH(code)  ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_##code
#define REMOTE(code) ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_##code
#define JSON         "application/json"

/* Signed in, and the access token is due. */
static void
set_up_due (Fixture       *f,
            gconstpointer  data)
{
  set_up (f, data);
  sign_in (f);
  keyring_age (&f->keyring);
  use_config (f);
}

/* --- Answers of other statuses ------------------------------------------------------------------------------------ */

static void
test_statuses (Fixture       *f,
               gconstpointer  data)
{
  static const struct
  {
    guint       status;
    const char *type, *body, *header;
    gboolean    is_remote;
    int         code;
    guint       wait;
  } answers[] = {
    { 429, JSON, "{\"error\":\"invalid_grant\"}", "Retry-After: 7", TRUE, ENT_REMOTE_ERROR_BUSY, 7 },
    { 503, "text/html", "<html>", "Retry-After: soon", TRUE, ENT_REMOTE_ERROR_BUSY, 0 },
    { 500, JSON, "{}", NULL, TRUE, ENT_REMOTE_ERROR_SERVER, 0 },
    { 502, "text/html", "<h1>Bad gateway</h1>", NULL, TRUE, ENT_REMOTE_ERROR_SERVER, 0 },
    { 404, JSON, "{}", NULL, TRUE, ENT_REMOTE_ERROR_NOT_FOUND, 0 },
    { 401, JSON, "", NULL, TRUE, ENT_REMOTE_ERROR_UNAUTHORIZED, 0 },
    { 403, "text/plain", "no", NULL, TRUE, ENT_REMOTE_ERROR_FORBIDDEN, 0 },
    { 400, "text/plain", "?", NULL, TRUE, ENT_REMOTE_ERROR_REJECTED, 0 },
    { 302, "text/plain", "", "Location: https://hotel.example.com/", TRUE, ENT_REMOTE_ERROR_CAPTIVE, 0 },
    { 307, "text/plain", "", "Location: /token", TRUE, ENT_REMOTE_ERROR_CAPTIVE, 0 },
    { 200, "text/html", " \n<html>Welcome</html>", NULL, TRUE, ENT_REMOTE_ERROR_CAPTIVE, 0 },
    { 403, "text/html", "<html>Welcome</html>", NULL, TRUE, ENT_REMOTE_ERROR_CAPTIVE, 0 },
    { 204, JSON, "", NULL, TRUE, ENT_REMOTE_ERROR_PROTOCOL, 0 },
    { 401, JSON, "{\"error\":\"invalid_client\"}", NULL, FALSE, ENT_OAUTH_ERROR_CLIENT, 0 },
    { 400, JSON, "{\"error\":\"unauthorized_client\"}", NULL, FALSE, ENT_OAUTH_ERROR_CLIENT, 0 },
    { 400, JSON, "{\"error\":\"invalid_scope\"}", NULL, FALSE, ENT_OAUTH_ERROR_CLIENT, 0 },
    { 400, JSON, "{\"error\":\"invented_here\"}", NULL, FALSE, ENT_OAUTH_ERROR_CLIENT, 0 },
    { 400, JSON, "{\"error\":\"\"}", NULL, FALSE, ENT_OAUTH_ERROR_CLIENT, 0 },
    { 403, JSON, "{\"error\":\"access_denied\"}", NULL, FALSE, ENT_OAUTH_ERROR_DENIED, 0 },
    /* As one large portal does. */
    { 200, JSON, "{\"error\":\"access_denied\"}", NULL, FALSE, ENT_OAUTH_ERROR_DENIED, 0 },
    { 400, JSON, "{\"error\":\"interaction_required\"}", NULL, FALSE, ENT_OAUTH_ERROR_SIGN_IN, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GError *error = NULL;

      fake_oauth_answer (f->server, answers[i].status, answers[i].type, answers[i].body, answers[i].header);
      g_assert_null (ent_oauth_dup_authorization (f->oauth, NULL, &error));
      g_assert_cmpuint (ent_remote_error_get_retry_after (error), ==, answers[i].wait);
      expect (error, answers[i].is_remote ? ENT_REMOTE_ERROR : ENT_OAUTH_ERROR, answers[i].code);
    }
  /* None of them has ended the sign-in. */
  g_free (authorize (f));
}

static void
test_words (Fixture       *f,
            gconstpointer  data)
{
  g_autofree char *refresh = keyring_dup_text (&f->keyring, "refresh_token");
  g_autofree char *echo = g_strdup_printf ("{\"error\":\"invalid_scope\",\"error_description\":\"what is %s?\"}", refresh);
  g_autofree char *words = g_strnfill (5000, 'x');
  g_autofree char *talk = g_strdup_printf ("{\"error\":\"invalid_scope\",\"error_description\":\"a\\r\\nb\\u0007 %s\"}", words);
  GError *error = NULL;

  fake_oauth_answer (f->server, 400, JSON, echo, NULL);
  g_assert_null (ent_oauth_dup_authorization (f->oauth, NULL, &error));
  g_assert_nonnull (strstr (error->message, "(invalid_scope)"));
  expect (error, OAUTH (CLIENT));
  error = NULL;
  fake_oauth_answer (f->server, 400, JSON, talk, NULL);
  g_assert_null (ent_oauth_dup_authorization (f->oauth, NULL, &error));
  g_assert_nonnull (strstr (error->message, "(a  b  xxx"));
  g_assert_cmpuint (strlen (error->message), <, 400);
  expect (error, OAUTH (CLIENT));
}

/* --- Answers that are none ----------------------------------------------------------------------------------------- */

static void
test_nonsense (Fixture       *f,
               gconstpointer  data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *nested = g_strdup_printf ("{\"access_token\":\"a\",\"x\":%s", deep);
  g_autofree char *long_text = g_strnfill (20000, 'x');
  g_autofree char *long_token = g_strdup_printf ("{\"access_token\":\"%s\"}", long_text);
  const char *bodies[] = {
    "", " ", "null", "42", "\"text\"", "[]", "[{\"access_token\":\"a\"}]", "{", "{}", "{\"access_token\":", "\xff\xfe{}",
    "access_token=a&token_type=bearer", "{\"access_token\":null}", "{\"access_token\":\"\"}", "{\"access_token\":42}",
    "{\"access_token\":[\"a\"]}", "{\"access_token\":{\"a\":\"b\"}}", "{\"access_token\":\"a b\"}",
    "{\"access_token\":\"a\\r\\nX-Evil: b\"}", "{\"access_token\":\"\\u00e9\"}",
    "{\"access_token\":\"a\",\"token_type\":\"mac\"}", "{\"access_token\":\"a\",\"refresh_token\":\"\"}",
    "{\"access_token\":\"a\",\"refresh_token\":\"b\\nc\"}", "{\"access_token\":\"a\",\"expires_in\":0}",
    "{\"access_token\":\"a\",\"expires_in\":-1}", "{\"access_token\":\"a\",\"expires_in\":\"soon\"}",
    "{\"access_token\":\"a\",\"expires_in\":\"\"}", "{\"access_token\":\"a\",\"expires_in\":true}",
    "{\"access_token\":\"a\",\"expires_in\":{}}", "{\"access_token\":\"a\",\"expires_in\":[3600]}",
    "{\"access_token\":\"a\",\"expires_in\":-1e300}", "{\"access_token\":\"a\",\"expires_in\":\"99999999999999999999\"}",
    deep, nested, long_token,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      fake_oauth_answer (f->server, 200, JSON, bodies[i], NULL);
      expect_none (f, REMOTE (PROTOCOL));
    }
  g_free (authorize (f));
}

/* Unusual, but of a portal that means well. */
static void
test_unusual (Fixture       *f,
              gconstpointer  data)
{
  static const char * const bodies[] = {
    "{\"access_token\":\"a\"}",
    "{\"access_token\":\"a\",\"token_type\":\"BEARER\",\"expires_in\":\"3600\"}",
    "{\"access_token\":\"a\",\"token_type\":7,\"expires_in\":3600.9}",
    "{\"access_token\":\"a\",\"expires_in\":1e300,\"instance_url\":{}}",
    "{\"access_token\":\"a\",\"expires_in\":9223372036854775807}",
    "{\"access_token\":\"a\",\"expires_in\":null,\"refresh_token\":null,\"error\":null}",
    "\xef\xbb\xbf{\"access_token\":\"a\"}",
    "{\"access_token\":\"b\",\"access_token\":\"a\"}",
    "{\"access_token\":\"a\\u0000b\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *header = NULL;

      fake_oauth_answer (f->server, 200, "text/plain", bodies[i], NULL);
      header = ent_oauth_dup_authorization (f->oauth, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (header, ==, "Bearer a");
      keyring_age (&f->keyring);
      use_config (f);
    }
}

static void
test_too_large (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *filler = g_strnfill (1024 * 1024, ' ');
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"a\"}%s", filler);

  fake_oauth_answer (f->server, 200, JSON, body, NULL);
  expect_none (f, REMOTE (TOO_LARGE));
}

/* Bytes that were changed on the way. */
static void
test_any_bytes (Fixture       *f,
                gconstpointer  data)
{
  static const char good[] = "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"x\":[1,{}]}";

  for (guint i = 0; i < 30; i++)
    {
      char body[sizeof good];
      g_autoptr (GError) error = NULL;
      g_autofree char *header = NULL;

      memcpy (body, good, sizeof good);
      for (guint j = 0; j < 3; j++)
        body[g_test_rand_int_range (0, sizeof good - 1)] = "{}[]\",:0-x\xff "[g_test_rand_int_range (0, 13)];
      fake_oauth_answer (f->server, 200, JSON, body, NULL);
      header = ent_oauth_dup_authorization (f->oauth, NULL, &error);
      g_assert_true ((header != NULL) == (error == NULL));
      keyring_age (&f->keyring);
      use_config (f);
    }
}

/* --- No answer ----------------------------------------------------------------------------------------------------- */

static void
test_not_reached (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/token", port);

  g_socket_listener_close (listener);
  f->config.token_url = url;
  use_config (f);
  expect_none (f, REMOTE (OFFLINE));
  f->config.token_url = f->urls[1];
  use_config (f);
  g_free (authorize (f));
}

static void
test_frozen (Fixture       *f,
             gconstpointer  data)
{
  f->config.timeout = 1;
  use_config (f);
  fake_oauth_freeze (f->server);
  expect_none (f, REMOTE (TIMEOUT));
  g_free (authorize (f));
}

/* The portal has replaced the token, and the answer was lost. Only the person can help now. */
static void
test_answer_lost (Fixture       *f,
                  gconstpointer  data)
{
  fake_oauth_cut (f->server);
  expect_none (f, REMOTE (TIMEOUT));
  expect_none (f, OAUTH (SIGN_IN));
}

/* Of the keyring. */
static gboolean
load_nonsense (JsonObject **tokens,
               gpointer     data,
               GError     **error)
{
  if (data == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "it is locked");
  else
    *tokens = json_node_dup_object (data);
  return data != NULL;
}

static gboolean
save_nothing (JsonObject  *tokens,
              gpointer     data,
              GError     **error)
{
  g_assert_not_reached ();
}

static void
test_kept_nonsense (Fixture       *f,
                    gconstpointer  data)
{
  static const char * const kept[] = {
    "{}", "{\"access_token\":null}", "{\"access_token\":[]}", "{\"access_token\":\"a\\nb\",\"refresh_token\":\"c\"}",
    "{\"access_token\":\"a\",\"refresh_token\":\"c d\"}", "{\"access_token\":\"a\",\"renew_after\":1,\"kept\":[]}",
    "{\"access_token\":\"a\",\"renew_after\":-9223372036854775808,\"kept\":{\"a\":[],\"b\":null}}",
  };

  for (gsize i = 0; i <= G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (JsonNode) node = i < G_N_ELEMENTS (kept) ? json_from_string (kept[i], NULL) : NULL;
      const EntOauthStorage storage = { load_nonsense, save_nothing, node, NULL };

      ent_oauth_unref (f->oauth);
      f->oauth = ent_oauth_new (&f->config, &storage, NULL, NULL);
      expect_none (f, ENT_OAUTH_ERROR, node != NULL ? ENT_OAUTH_ERROR_SIGN_IN : ENT_OAUTH_ERROR_STORAGE);
    }
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, 1);
}

/* --- Settings ------------------------------------------------------------------------------------------------------ */

static void
free_data (gpointer data)
{
  *(guint *) data += 1;
}

static void
refuse_config (const EntOauthConfig *config,
               GQuark                domain,
               int                   code)
{
  guint n_freed = 0;
  const EntOauthStorage storage = { load_nonsense, save_nothing, &n_freed, free_data };
  GError *error = NULL;

  g_assert_null (ent_oauth_new (config, &storage, NULL, &error));
  expect (error, domain, code);
  g_assert_cmpuint (n_freed, ==, 1);
}

static void
test_addresses (void)
{
  static const char * const urls[] = {
    "", "token", "/token", "http://crossbeam.com/token", "http://127.0.0.1.evil.com/token", "ftp://crossbeam.com/",
    "https://user:pass@crossbeam.com/token", "https://crossbeam.com/token#part", "https://", "https:///token",
    "http://localhost.evil.com/", "javascript:alert(1)", "https://cross beam.com/", "https://[::1/token", "https://x:99999/",
  };
  const EntOauthConfig good = { .name = "Crossbeam", .authorize_url = "https://a.com/", .token_url = "https://a.com/",
                                .revoke_url = "http://[::1]:80/", .client_id = "c" };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    for (guint which = 0; which < 3; which++)
      {
        EntOauthConfig config = good;

        *(which == 0 ? &config.authorize_url : which == 1 ? &config.token_url : &config.revoke_url) = urls[i];
        refuse_config (&config, REMOTE (ADDRESS));
      }
}

static void
test_settings (void)
{
  static const char * const odd[] = { "prompt", NULL }, * const taken[] = { "audience", "a", "state", "b", NULL };
  const EntOauthConfig good = { .name = "Crossbeam", .authorize_url = "https://a.com/?tenant=1",
                                .token_url = "https://a.com/", .client_id = "c" };
  const EntOauthStorage storage = { load_nonsense, save_nothing, NULL, NULL };
  g_autoptr (EntOauth) oauth = ent_oauth_new (&good, &storage, NULL, NULL);
  EntOauthConfig config;

  g_assert_nonnull (oauth);
#define REFUSE(change) config = good; config.change; refuse_config (&config, OAUTH (CLIENT))
  REFUSE (client_id = NULL);
  REFUSE (client_id = "");
  REFUSE (authorize_url = NULL);
  REFUSE (authorize_parameters = odd);
  REFUSE (token_parameters = odd);
  REFUSE (authorize_parameters = taken);
  REFUSE (token_parameters = taken);
  REFUSE (redirect_host = "192.168.1.1");
  REFUSE (redirect_host = "0.0.0.0");
  REFUSE (redirect_path = "callback");
#undef REFUSE
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/oauth-answers/" path, Fixture, NULL, set_up_due, func, tear_down)
  TEST ("statuses", test_statuses);
  TEST ("words-hold-no-secret", test_words);
  TEST ("nonsense", test_nonsense);
  TEST ("unusual", test_unusual);
  TEST ("too-large", test_too_large);
  TEST ("any-bytes", test_any_bytes);
  TEST ("not-reached", test_not_reached);
  TEST ("frozen", test_frozen);
  TEST ("lost", test_answer_lost);
  TEST ("nonsense-in-the-keyring", test_kept_nonsense);
  g_test_add_func ("/oauth-answers/addresses-are-encrypted", test_addresses);
  g_test_add_func ("/oauth-answers/settings", test_settings);
  return g_test_run ();
}
