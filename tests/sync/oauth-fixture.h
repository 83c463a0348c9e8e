/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "fake-oauth.h"
#include "sync/ent-oauth.h"

/* A portal's sign-in service, a keyring in memory, and a person with a browser. */

typedef struct
{
  GMutex      lock;
  JsonObject *tokens;  /* as kept */
  guint       n_saved, n_loaded;
  gboolean    refuses; /* the keyring is locked */
} Keyring;

/* The person: a thread, since a browser goes its own way. */
typedef struct
{
  GThread    *thread;
  char       *url;     /* opened */
  const char *first;   /* (nullable): what somebody else asks of the address before, */
  const char *method;  /* (nullable): how, */
  const char *host;    /* (nullable): by which name, */
  gboolean    knows;   /* and whether with the state */
  guint       first_status;
  guint       status;  /* of the last page */
  char       *page;
  char       *policy;  /* its Content-Security-Policy */
} Person;

typedef struct
{
  FakeOauth      *server;
  Keyring         keyring;
  Person          person;
  EntClockSkew   *skew;
  EntOauthConfig  config;
  char           *urls[3];
  EntOauth       *oauth;
} Fixture;

static inline gboolean
keyring_load (JsonObject **tokens,
              gpointer     data,
              GError     **error)
{
  Keyring *self = data;

  g_mutex_lock (&self->lock);
  self->n_loaded++;
  *tokens = self->tokens != NULL ? json_object_ref (self->tokens) : NULL;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static inline gboolean
keyring_save (JsonObject  *tokens,
              gpointer     data,
              GError     **error)
{
  Keyring *self = data;
  gboolean refuses;

  g_mutex_lock (&self->lock);
  refuses = self->refuses;
  if (!refuses)
    {
      g_clear_pointer (&self->tokens, json_object_unref);
      self->tokens = tokens != NULL ? json_object_ref (tokens) : NULL;
      self->n_saved++;
    }
  g_mutex_unlock (&self->lock);
  if (refuses)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "it is locked");
  return !refuses;
}

static inline void
keyring_set_refuses (Keyring  *self,
                     gboolean  refuses)
{
  g_mutex_lock (&self->lock);
  self->refuses = refuses;
  g_mutex_unlock (&self->lock);
}

/* (nullable) (transfer full) */
static inline char *
keyring_dup_text (Keyring    *self,
                  const char *name)
{
  char *text = NULL;

  g_mutex_lock (&self->lock);
  if (self->tokens != NULL)
    text = g_strdup (json_object_get_string_member_with_default (self->tokens, name, NULL));
  g_mutex_unlock (&self->lock);
  return text;
}

/* As if an hour had passed: the access token that is kept is due. */
static inline void
keyring_age (Keyring *self)
{
  g_mutex_lock (&self->lock);
  json_object_set_int_member (self->tokens, "renew_after", 1);
  g_mutex_unlock (&self->lock);
}

/* The status of the page at @url, after redirects. @method and @host: (nullable): unless it is that of the URL. */
static inline guint
browse_as (const char  *url,
           const char  *method,
           const char  *host,
           char       **page,
           char       **policy)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method != NULL ? method : "GET", url);
  g_autoptr (GBytes) bytes = NULL;

  if (host != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Host", host);
  bytes = soup_session_send_and_read (session, message, NULL, NULL);
  if (bytes != NULL && page != NULL)
    *page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (policy != NULL)
    *policy = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                      "Content-Security-Policy"));
  return bytes != NULL ? soup_message_get_status (message) : 0;
}

static inline guint
browse (const char  *url,
        char       **page,
        char       **policy)
{
  return browse_as (url, NULL, NULL, page, policy);
}

static inline gpointer
person_act (gpointer data)
{
  Person *self = data;

  if (self->first != NULL)
    {
      g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_NONE, NULL);
      g_autoptr (GHashTable) query = soup_form_decode (g_uri_get_query (uri));
      g_autofree char *forged = g_strconcat (g_hash_table_lookup (query, "redirect_uri"), self->first,
                                             self->knows ? g_hash_table_lookup (query, "state") : NULL, NULL);

      self->first_status = browse_as (forged, self->method, self->host, NULL, NULL);
    }
  self->status = browse (self->url, &self->page, &self->policy);
  return NULL;
}

static inline gboolean
person_open (const char  *url,
             gpointer     data,
             GError     **error)
{
  Person *self = data;

  g_set_str (&self->url, url);
  self->thread = g_thread_new ("person", person_act, self);
  return TRUE;
}

static inline void
person_finish (Person *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

static inline void
person_clear (Person *self)
{
  person_finish (self);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->policy, g_free);
}

static inline EntOauth *
make_oauth (Fixture *f)
{
  const EntOauthStorage storage = { keyring_load, keyring_save, &f->keyring, NULL };
  g_autoptr (GError) error = NULL;
  EntOauth *oauth = ent_oauth_new (&f->config, &storage, f->skew, &error);

  g_assert_no_error (error);
  return oauth;
}

/* With the configuration as it is by now. */
static inline void
use_config (Fixture *f)
{
  g_clear_pointer (&f->oauth, ent_oauth_unref);
  f->oauth = make_oauth (f);
}

static inline void
set_up (Fixture       *f,
        gconstpointer  data)
{
  static const char * const authorize[] = { "prompt", "consent", NULL };
  static const char * const kept[] = { "instance_url", NULL };

  f->server = fake_oauth_new ();
  f->urls[0] = fake_oauth_dup_url (f->server, "/authorize");
  f->urls[1] = fake_oauth_dup_url (f->server, "/token");
  f->urls[2] = fake_oauth_dup_url (f->server, "/revoke");
  f->config = (EntOauthConfig) {
    .name = "Crossbeam", .authorize_url = f->urls[0], .token_url = f->urls[1], .revoke_url = f->urls[2],
    .client_id = FAKE_OAUTH_CLIENT, .client_secret = FAKE_OAUTH_SECRET, .scope = "deals read:partners",
    .authorize_parameters = authorize, .kept = kept, .timeout = 10,
  };
  f->skew = ent_clock_skew_new ();
  g_mutex_init (&f->keyring.lock);
  f->oauth = make_oauth (f);
}

static inline void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  person_clear (&f->person);
  g_clear_pointer (&f->oauth, ent_oauth_unref);
  ent_clock_skew_unref (f->skew);
  fake_oauth_free (f->server);
  g_clear_pointer (&f->keyring.tokens, json_object_unref);
  g_mutex_clear (&f->keyring.lock);
  for (guint i = 0; i < G_N_ELEMENTS (f->urls); i++)
    g_free (f->urls[i]);
}

static inline void
sign_in (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  ent_oauth_sign_in (f->oauth, person_open, &f->person, 20, NULL, &error);
  g_assert_no_error (error);
  person_finish (&f->person);
}

/* A header that the portal takes. (transfer full) */
static inline char *
authorize (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  char *header = ent_oauth_dup_authorization (f->oauth, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (fake_oauth_accepts (f->server, header));
  return header;
}

/* Checks that @error is of this code and one sentence about the portal without a secret in it, and frees it. */
static inline void
expect (GError *error,
        GQuark  domain,
        int     code)
{
  g_assert_error (error, domain, code);
  g_assert_true (strstr (error->message, "Crossbeam") != NULL || strstr (error->message, "127.0.0.1") != NULL);
  g_assert_nonnull (strchr (error->message, ';'));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (strstr (error->message, FAKE_OAUTH_SECRET));
  g_assert_null (strstr (error->message, "access-"));
  g_assert_null (strstr (error->message, "refresh-"));
  g_assert_null (strstr (error->message, "code-"));
  g_error_free (error);
}

/* That there is no header now, and why. */
static inline void
expect_none (Fixture *f,
             GQuark   domain,
             int      code)
{
  GError *error = NULL;

  g_assert_null (ent_oauth_dup_authorization (f->oauth, NULL, &error));
  expect (error, domain, code);
}
