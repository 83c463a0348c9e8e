/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Staying signed in to a portal: tokens are replaced in time, once, and never lost. */
#include "config.h"

#include "oauth-fixture.h"
#include "sync/ent-http.h"

#define OAUTH(code) ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_##code
#define HOUR        (60 * (gint64) G_TIME_SPAN_MINUTE)

/* --- Refreshing -------------------------------------------------------------------------------------------------- */

/* The next program start, an hour later. */
static void
restart_later (Fixture *f)
{
  keyring_age (&f->keyring);
  fake_oauth_expire (f->server);
  use_config (f);
}

static void
test_refresh (Fixture       *f,
              gconstpointer  data)
{
  for (guint keeps = 0; keeps < 2; keeps++)
    {
      const FakeOauthTraits traits = { .life = 3600, .keeps_refresh = keeps != 0 };

      fake_oauth_set_traits (f->server, &traits);
      person_clear (&f->person);
      sign_in (f);
      for (guint i = 0; i < 3; i++)
        {
          g_autofree char *before = keyring_dup_text (&f->keyring, "refresh_token");
          g_autofree char *header = NULL;
          g_autofree char *after = NULL;
          g_autofree char *instance = NULL;

          restart_later (f);
          header = authorize (f);
          after = keyring_dup_text (&f->keyring, "refresh_token");
          instance = ent_oauth_dup_kept (f->oauth, "instance_url");
          g_assert_true (g_str_equal (before, after) == (keeps != 0));
          g_assert_cmpstr (instance, ==, "https://eu7.example.com");
        }
    }
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 2);
}

/* What a portal does not repeat is what it was. */
static void
test_short_answer (Fixture       *f,
                   gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *instance = NULL;
  g_autofree char *header = NULL;

  sign_in (f);
  before = keyring_dup_text (&f->keyring, "refresh_token");
  restart_later (f);
  fake_oauth_answer (f->server, 200, "application/json", "{\"access_token\":\"a\"}", NULL);
  header = ent_oauth_dup_authorization (f->oauth, NULL, NULL);
  after = keyring_dup_text (&f->keyring, "refresh_token");
  instance = ent_oauth_dup_kept (f->oauth, "instance_url");
  g_assert_cmpstr (header, ==, "Bearer a");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (instance, ==, "https://eu7.example.com");
}

/* A token that is not kept is not used, and is not asked for again either, which would end the sign-in. */
static void
test_kept_before_used (Fixture       *f,
                       gconstpointer  data)
{
  g_autofree char *header = NULL;
  g_autofree char *kept = NULL;
  guint n;

  sign_in (f);
  restart_later (f);
  n = fake_oauth_count (f->server, "/token");
  keyring_set_refuses (&f->keyring, TRUE);
  expect_none (f, OAUTH (STORAGE));
  expect_none (f, OAUTH (STORAGE));
  keyring_set_refuses (&f->keyring, FALSE);
  header = authorize (f);
  kept = keyring_dup_text (&f->keyring, "access_token");
  g_assert_true (g_str_has_suffix (header, kept));
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 1);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 1);
}

static gpointer
authorize_in_thread (gpointer f)
{
  return authorize (f);
}

static void
test_single_flight (Fixture       *f,
                    gconstpointer  data)
{
  const FakeOauthTraits traits = { .life = 3600, .delay = 100 };
  GThread *threads[8];
  g_autofree char *first = NULL;
  guint n;

  sign_in (f);
  fake_oauth_set_traits (f->server, &traits);
  restart_later (f);
  n = fake_oauth_count (f->server, "/token");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("worker", authorize_in_thread, f);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *header = g_thread_join (threads[i]);

      if (first == NULL)
        first = g_strdup (header);
      g_assert_cmpstr (header, ==, first);
    }
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 1);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Who gives up does not take the token from the others, or from the keyring. */
static void
test_cancelled_refresh (Fixture       *f,
                        gconstpointer  data)
{
  const FakeOauthTraits traits = { .life = 3600, .delay = 300 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *header = NULL;
  GThread *thread;
  guint n;

  sign_in (f);
  restart_later (f);
  fake_oauth_set_traits (f->server, &traits);
  n = fake_oauth_count (f->server, "/token");
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (ent_oauth_dup_authorization (f->oauth, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  header = authorize (f);
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 1);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 1);
}

static void
test_refused_token (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  sign_in (f);
  first = authorize (f);
  fake_oauth_expire (f->server);
  ent_oauth_refuse (f->oauth, first);
  second = authorize (f);
  g_assert_cmpstr (first, !=, second);
  /* Another thread's news of the old one changes nothing. */
  ent_oauth_refuse (f->oauth, first);
  ent_oauth_refuse (f->oauth, "Basic abc");
  ent_oauth_refuse (f->oauth, "");
  third = authorize (f);
  g_assert_cmpstr (second, ==, third);
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, 2);
}

/* What a client of the server gets; NULL when it is not let in. */
static EntHttp *
make_http (Fixture *f)
{
  g_autoptr (GUri) uri = g_uri_parse (f->urls[1], SOUP_HTTP_URI_FLAGS, NULL);
  EntHttp *http = ent_http_new (uri);

  ent_http_set_retries (http, 0, 1);
  ent_http_set_authorize (http, ent_oauth_use_authorize, ent_oauth_use_new (f->oauth),
                          (GDestroyNotify) ent_oauth_use_free);
  return http;
}

static void
fetch_data (Fixture *f,
            EntHttp *http)
{
  g_autofree char *url = fake_oauth_dup_url (f->server, "/data");
  const EntHttpRequest request = { .method = "GET", .url = url, .repeatable = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = ent_http_send (http, &request, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (data);
}

/* Two clients, both with a token that the portal no longer takes: one refresh. */
static void
test_clients (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (EntHttp) first = make_http (f);
  g_autoptr (EntHttp) second = make_http (f);
  g_autoptr (GError) error = NULL;
  guint n;

  sign_in (f);
  fetch_data (f, first);
  fetch_data (f, second);
  n = fake_oauth_count (f->server, "/token");
  fake_oauth_expire (f->server);
  fetch_data (f, first);
  fetch_data (f, second);
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 1);
  ent_oauth_sign_out (f->oauth, NULL, &error);
  g_assert_no_error (error);
}

static void
test_sign_in_ended (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *refresh = NULL;
  g_autofree char *stolen = NULL;
  guint n;

  sign_in (f);
  refresh = keyring_dup_text (&f->keyring, "refresh_token");
  stolen = fake_oauth_refresh (f->server, refresh);
  restart_later (f);
  n = fake_oauth_count (f->server, "/token");
  expect_none (f, OAUTH (SIGN_IN));
  g_assert_null (f->keyring.tokens);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 0);
  /* The portal is not bothered again. */
  expect_none (f, OAUTH (SIGN_IN));
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n + 1);
  person_clear (&f->person);
  sign_in (f);
  g_free (authorize (f));
}

/* The command line and the window have one keyring. */
static void
test_other_program (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (EntOauth) other = NULL;
  g_autofree char *header = NULL;
  g_autofree char *others = NULL;
  guint n;

  sign_in (f);
  restart_later (f);
  other = make_oauth (f);
  others = ent_oauth_dup_authorization (other, NULL, NULL);
  n = fake_oauth_count (f->server, "/token");
  header = authorize (f);
  g_assert_cmpstr (header, ==, others);
  g_assert_cmpuint (fake_oauth_count (f->server, "/token"), ==, n);
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 1);
}

/* Another program replaces the token between our reading and our asking. */
typedef struct
{
  Fixture  *f;
  gboolean  done;
  gint64    renew_after; /* of what it leaves */
} Race;

static gboolean
load_and_race (JsonObject **tokens,
               gpointer     data,
               GError     **error)
{
  Race *race = data;
  g_autofree char *refresh = keyring_dup_text (&race->f->keyring, "refresh_token");

  keyring_load (tokens, &race->f->keyring, error);
  if (!race->done)
    {
      g_autofree char *answer = fake_oauth_refresh (race->f->server, refresh);
      g_autoptr (JsonNode) node = json_from_string (answer, NULL);

      json_object_set_int_member (json_node_get_object (node), "renew_after", race->renew_after);
      keyring_save (json_node_get_object (node), &race->f->keyring, NULL);
    }
  race->done = TRUE;
  return TRUE;
}

static gboolean
save_in_race (JsonObject  *tokens,
              gpointer     data,
              GError     **error)
{
  return keyring_save (tokens, &((Race *) data)->f->keyring, error);
}

/* The portal here forgives the late one, as those do that allow for such a race. What the other left may be due again. */
static void
test_race (Fixture       *f,
           gconstpointer  data)
{
  for (gint64 due = 0; due < 2; due++)
    {
      Race race = { f, FALSE, due };
      const EntOauthStorage storage = { load_and_race, save_in_race, &race, NULL };
      g_autofree char *header = NULL;
      g_autofree char *kept = NULL;

      person_clear (&f->person);
      use_config (f);
      sign_in (f);
      keyring_age (&f->keyring);
      ent_oauth_unref (f->oauth);
      f->oauth = ent_oauth_new (&f->config, &storage, f->skew, NULL);
      fake_oauth_answer (f->server, 400, "application/json", "{\"error\":\"invalid_grant\"}", NULL);
      header = authorize (f);
      kept = keyring_dup_text (&f->keyring, "access_token");
      g_assert_true (g_str_has_suffix (header, kept));
    }
  g_assert_cmpuint (fake_oauth_count_grants (f->server), ==, 2);
}

/* --- Clocks ------------------------------------------------------------------------------------------------------- */

static gint64
get_renew_after (Fixture *f)
{
  gint64 time;

  g_mutex_lock (&f->keyring.lock);
  time = json_object_get_int_member (f->keyring.tokens, "renew_after");
  g_mutex_unlock (&f->keyring.lock);
  return time;
}

static void
test_server_clock (Fixture       *f,
                   gconstpointer  data)
{
  const FakeOauthTraits traits = { .life = 3600, .clock = 10 * 3600 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 due = g_get_real_time () + 10 * HOUR + HOUR - G_TIME_SPAN_MINUTE;

  fake_oauth_set_traits (f->server, &traits);
  sign_in (f);
  first = authorize (f);
  second = authorize (f);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (ent_clock_skew_get_offset (f->skew), >, 9 * HOUR);
  g_assert_cmpint (get_renew_after (f), >, due - 20 * (gint64) G_TIME_SPAN_SECOND);
  g_assert_cmpint (get_renew_after (f), <, due + 20 * (gint64) G_TIME_SPAN_SECOND);
}

static void
test_expiry_margin (Fixture       *f,
                    gconstpointer  data)
{
  static const struct
  {
    guint life;
    guint margin;
  } lives[] = { { 3600, 60 }, { 300, 60 }, { 100, 20 }, { 5, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      const FakeOauthTraits traits = { .life = lives[i].life };
      gint64 due = g_get_real_time () + (lives[i].life - lives[i].margin) * (gint64) G_TIME_SPAN_SECOND;

      fake_oauth_set_traits (f->server, &traits);
      person_clear (&f->person);
      sign_in (f);
      g_assert_cmpint (get_renew_after (f), >=, due);
      g_assert_cmpint (get_renew_after (f), <, due + 15 * (gint64) G_TIME_SPAN_SECOND);
    }
}

static void
test_no_expiry (Fixture       *f,
                gconstpointer  data)
{
  const FakeOauthTraits traits = { .life = 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fake_oauth_set_traits (f->server, &traits);
  sign_in (f);
  use_config (f);
  first = authorize (f);
  second = authorize (f);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (get_renew_after (f), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add ("/oauth/" path, Fixture, NULL, set_up, func, tear_down)
  TEST ("refresh/with-and-without-rotation", test_refresh);
  TEST ("refresh/what-is-not-repeated-stays", test_short_answer);
  TEST ("refresh/kept-before-it-is-used", test_kept_before_used);
  TEST ("refresh/once-for-all-threads", test_single_flight);
  TEST ("refresh/goes-on-when-cancelled", test_cancelled_refresh);
  TEST ("refresh/when-refused", test_refused_token);
  TEST ("refresh/once-for-all-clients", test_clients);
  TEST ("refresh/sign-in-has-ended", test_sign_in_ended);
  TEST ("refresh/by-another-program", test_other_program);
  TEST ("refresh/by-another-program-at-once", test_race);
  TEST ("clock/is-the-servers", test_server_clock);
  TEST ("clock/margin", test_expiry_margin);
  TEST ("clock/no-expiry", test_no_expiry);
  return g_test_run ();
}
