/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signing in to a portal: with the browser, as Entente itself; signing out. */
#include "config.h"

#include "oauth-fixture.h"

#define OAUTH(code) ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_##code

/* --- Signing in --------------------------------------------------------------------------------------------------- */

static void
test_sign_in (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *header = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *instance = NULL;

  sign_in (f);
  header = authorize (f);
  kept = keyring_dup_text (&f->keyring, "access_token");
  instance = ent_oauth_dup_kept (f->oauth, "instance_url");
  g_assert_true (g_str_has_suffix (header, kept));
  g_assert_cmpstr (instance, ==, "https://eu7.example.com");
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, 1);
  g_assert_cmpuint (f->person.status, ==, 200);
  g_assert_nonnull (strstr (f->person.page, "Crossbeam has answered. You can close this page and go on in Entente."));
  g_assert_null (strstr (f->person.page, "<script"));
  g_assert_null (strstr (f->person.page, "code-"));
  g_assert_true (g_str_has_prefix (f->person.policy, "default-src 'none';"));
}

static void
test_public_client (Fixture       *f,
                    gconstpointer  data)
{
  const FakeOauthTraits traits = { .life = 3600, .is_public = TRUE };
  g_autofree char *header = NULL;

  fake_oauth_set_traits (f->server, &traits);
  f->config.client_secret = NULL;
  f->config.redirect_host = "localhost";
  f->config.redirect_path = "/oauth/callback";
  use_config (f);
  sign_in (f);
  header = authorize (f);
  g_assert_nonnull (strstr (f->person.url, "redirect_uri=http%3A%2F%2Flocalhost%3A"));
  g_assert_nonnull (strstr (f->person.url, "%2Foauth%2Fcallback&"));
}

/* Whoever else sends the browser to the address is not believed, and cannot end the sign-in of the person either. */
static void
test_forged_answers (Fixture       *f,
                     gconstpointer  data)
{
  static const struct
  {
    const char *query, *method, *host;
    gboolean    knows;
    guint       status;
  } forged[] = {
    { "?code=code-of-another&state=guess", NULL, NULL, FALSE, 400 },
    { "?code=code-of-another", NULL, NULL, FALSE, 400 },
    { "?error=access_denied&state=", NULL, NULL, FALSE, 400 },
    { "", NULL, NULL, FALSE, 400 },
    { "?state=", NULL, NULL, TRUE, 400 },
    { "favicon.ico", NULL, NULL, FALSE, 404 },
    { "favicon.ico?code=code-of-another&state=", NULL, NULL, TRUE, 404 },
    { "?code=code-of-another&state=", "POST", NULL, TRUE, 405 },
    { "?code=code-of-another&state=", NULL, "evil.example.com", TRUE, 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autofree char *header = NULL;

      f->person.first = forged[i].query;
      f->person.method = forged[i].method;
      f->person.host = forged[i].host;
      f->person.knows = forged[i].knows;
      sign_in (f);
      g_assert_cmpuint (f->person.first_status, ==, forged[i].status);
      header = authorize (f);
      person_clear (&f->person);
    }
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, G_N_ELEMENTS (forged));
}

static void
expect_not_signed_in (Fixture *f,
                      guint    timeout,
                      GQuark   domain,
                      int      code)
{
  GError *error = NULL;

  g_assert_false (ent_oauth_sign_in (f->oauth, person_open, &f->person, timeout, NULL, &error));
  expect (error, domain, code);
  person_finish (&f->person);
}

static void
test_denied (Fixture       *f,
             gconstpointer  data)
{
  static const struct
  {
    const char *error;
    gboolean    is_remote;
    int         code;
  } denials[] = {
    { "access_denied", FALSE, ENT_OAUTH_ERROR_DENIED },
    { "invalid_scope", FALSE, ENT_OAUTH_ERROR_CLIENT },
    { "unauthorized_client", FALSE, ENT_OAUTH_ERROR_CLIENT },
    { "unsupported_response_type", FALSE, ENT_OAUTH_ERROR_CLIENT },
    { "login_required", FALSE, ENT_OAUTH_ERROR_SIGN_IN },
    { "temporarily_unavailable", TRUE, ENT_REMOTE_ERROR_BUSY },
    { "server_error", TRUE, ENT_REMOTE_ERROR_SERVER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (denials); i++)
    {
      const FakeOauthTraits traits = { .deny = denials[i].error };

      fake_oauth_set_traits (f->server, &traits);
      expect_not_signed_in (f, 20, denials[i].is_remote ? ENT_REMOTE_ERROR : ENT_OAUTH_ERROR, denials[i].code);
      g_assert_nonnull (strstr (f->person.page, "Crossbeam did not let Entente in."));
      person_clear (&f->person);
    }
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, 0);
}

static void
test_issuer (Fixture       *f,
             gconstpointer  data)
{
  FakeOauthTraits traits = { .life = 3600, .issuer = "https://evil.example.com" };

  f->config.issuer = "https://crossbeam.example.com";
  use_config (f);
  fake_oauth_set_traits (f->server, &traits);
  expect_not_signed_in (f, 20, OAUTH (DENIED));
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, 0);
  traits.issuer = f->config.issuer;
  fake_oauth_set_traits (f->server, &traits);
  person_clear (&f->person);
  sign_in (f);
}

static void
test_never_back (Fixture       *f,
                 gconstpointer  data)
{
  const FakeOauthTraits traits = { .silent = TRUE };

  fake_oauth_set_traits (f->server, &traits);
  expect_not_signed_in (f, 1, OAUTH (NO_ANSWER));
}

static gboolean
open_and_cancel (const char  *url,
                 gpointer     data,
                 GError     **error)
{
  g_cancellable_cancel (data);
  return TRUE;
}

static gboolean
fail_to_open (const char  *url,
              gpointer     data,
              GError     **error)
{
  g_set_error_literal (error, G_IO_ERROR, GPOINTER_TO_INT (data), "there is none");
  return FALSE;
}

static void
test_no_browser (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) cancelled = NULL;
  g_autoptr (GError) dismissed = NULL;
  GError *error = NULL;

  g_assert_false (ent_oauth_sign_in (f->oauth, open_and_cancel, cancellable, 20, cancellable, &cancelled));
  g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (ent_oauth_sign_in (f->oauth, fail_to_open, GINT_TO_POINTER (G_IO_ERROR_CANCELLED), 20, NULL, &dismissed));
  g_assert_error (dismissed, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (ent_oauth_sign_in (f->oauth, fail_to_open, GINT_TO_POINTER (G_IO_ERROR_NOT_FOUND), 20, NULL, &error));
  g_assert_nonnull (strstr (error->message, "(there is none)"));
  expect (error, OAUTH (BROWSER));
}

/* The portal wants one port, and another program has it. */
static void
test_port_taken (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (GSocketListener) other = g_socket_listener_new ();
  GError *error = NULL;

  f->config.redirect_port = g_socket_listener_add_any_inet_port (other, NULL, &error);
  g_assert_no_error (error);
  use_config (f);
  g_assert_false (ent_oauth_sign_in (f->oauth, person_open, &f->person, 20, NULL, &error));
  expect (error, OAUTH (BROWSER));
  g_socket_listener_close (other);
  sign_in (f);
}

static void
test_sign_in_again (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  sign_in (f);
  first = authorize (f);
  /* One that does not come to its end leaves the other. */
  fake_oauth_answer (f->server, 500, "text/plain", "", NULL);
  person_clear (&f->person);
  expect_not_signed_in (f, 20, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_SERVER);
  second = authorize (f);
  g_assert_cmpstr (first, ==, second);
  person_clear (&f->person);
  sign_in (f);
  third = authorize (f);
  g_assert_cmpstr (first, !=, third);
}

/* --- As Entente itself -------------------------------------------------------------------------------------------- */

static void
test_client_credentials (Fixture       *f,
                         gconstpointer  data)
{
  for (guint basic = 0; basic < 2; basic++)
    {
      const FakeOauthTraits traits = { .life = 3600, .basic = basic != 0 };
      g_autoptr (GError) error = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      g_autofree char *third = NULL;
      guint n = fake_oauth_count (f->server, "/token");

      fake_oauth_set_traits (f->server, &traits);
      f->config.authorize_url = NULL;
      f->config.secret_in_header = basic != 0;
      ent_oauth_unref (f->oauth);
      f->oauth = ent_oauth_new (&f->config, NULL, NULL, &error);
      g_assert_no_error (error);
      first = authorize (f);
      second = authorize (f);
      g_assert_cmpstr (first, ==, second);
      ent_oauth_refuse (f->oauth, first);
      third = authorize (f);
      g_assert_cmpstr (first, !=, third);
      g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 2);
      g_assert_true (ent_oauth_sign_out (f->oauth, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (f->keyring.n_loaded + f->keyring.n_saved, ==, 0);
}

/* --- Signing out -------------------------------------------------------------------------------------------------- */

static void
test_sign_out (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  sign_in (f);
  use_config (f);
  ent_oauth_sign_out (f->oauth, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (f->keyring.tokens);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 0);
  expect_none (f, OAUTH (SIGN_IN));
  /* Nobody is signed in. */
  g_assert_true (ent_oauth_sign_out (f->oauth, NULL, &error));
  g_assert_cmpuint (fake_oauth_count (f->server, "/revoke"), ==, 1);
}

static void
test_sign_out_unheard (Fixture       *f,
                       gconstpointer  data)
{
  static const struct
  {
    guint       status;
    const char *type;
    const char *body;
    int         code;
  } answers[] = {
    { 503, "text/plain", "", ENT_REMOTE_ERROR_BUSY },
    { 200, "text/html", "<html>Welcome to the hotel</html>", ENT_REMOTE_ERROR_CAPTIVE },
    { 404, "application/json", "{}", ENT_REMOTE_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GError *error = NULL;

      person_clear (&f->person);
      sign_in (f);
      fake_oauth_answer (f->server, answers[i].status, answers[i].type, answers[i].body, NULL);
      g_assert_false (ent_oauth_sign_out (f->oauth, NULL, &error));
      g_assert_true (g_str_has_prefix (error->message, "You are signed out here, but Crossbeam may not know it;"));
      expect (error, ENT_REMOTE_ERROR, answers[i].code);
      g_assert_null (f->keyring.tokens);
      expect_none (f, OAUTH (SIGN_IN));
    }
}

static void
test_sign_out_unkept (Fixture       *f,
                      gconstpointer  data)
{
  GError *error = NULL;

  sign_in (f);
  keyring_set_refuses (&f->keyring, TRUE);
  g_assert_false (ent_oauth_sign_out (f->oauth, NULL, &error));
  expect (error, OAUTH (STORAGE));
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 0);
}

/* What the portal knows by now is what has to be ended, though the keyring did not take it. */
static void
test_sign_out_unsaved (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  sign_in (f);
  keyring_age (&f->keyring);
  use_config (f);
  keyring_set_refuses (&f->keyring, TRUE);
  expect_none (f, OAUTH (STORAGE));
  keyring_set_refuses (&f->keyring, FALSE);
  ent_oauth_sign_out (f->oauth, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (f->keyring.tokens);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 0);
}

/* Without an address for it, the portal is not told. */
static void
test_sign_out_here (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  f->config.revoke_url = NULL;
  use_config (f);
  sign_in (f);
  g_assert_true (ent_oauth_sign_out (f->oauth, NULL, &error));
  g_assert_null (f->keyring.tokens);
  g_assert_cmpuint (fake_oauth_count (f->server, "/revoke"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/oauth/" path, Fixture, NULL, set_up, func, tear_down)
  TEST ("sign-in/is-kept", test_sign_in);
  TEST ("sign-in/public-client", test_public_client);
  TEST ("sign-in/forged-answers-change-nothing", test_forged_answers);
  TEST ("sign-in/denied", test_denied);
  TEST ("sign-in/of-another-issuer-is-not-used", test_issuer);
  TEST ("sign-in/browser-never-comes-back", test_never_back);
  TEST ("sign-in/no-browser", test_no_browser);
  TEST ("sign-in/port-is-taken", test_port_taken);
  TEST ("sign-in/again", test_sign_in_again);
  TEST ("client-credentials", test_client_credentials);
  TEST ("sign-out/ends-the-grant", test_sign_out);
  TEST ("sign-out/portal-does-not-hear", test_sign_out_unheard);
  TEST ("sign-out/keyring-is-locked", test_sign_out_unkept);
  TEST ("sign-out/of-what-is-not-kept", test_sign_out_unsaved);
  TEST ("sign-out/without-revocation", test_sign_out_here);
  return g_test_run ();
}
