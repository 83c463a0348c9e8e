/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-oauth-private.h"

#include <string.h>

/* --- Requests ---------------------------------------------------------------------------------------------------- */

static gboolean
knows_client (FakeOauth         *self,
              SoupServerMessage *message,
              GHashTable        *form)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const char *id = g_hash_table_lookup (form, "client_id"), *secret = g_hash_table_lookup (form, "client_secret");
  g_autofree char *expected = g_base64_encode ((const guchar *) "entente%2Fdesktop%20app:client%3As3cret%26more",
                                               strlen ("entente%2Fdesktop%20app:client%3As3cret%26more"));

  if (self->traits.basic)
    return header != NULL && g_str_has_prefix (header, "Basic ") && g_str_equal (header + 6, expected) && secret == NULL;
  return g_strcmp0 (id, FAKE_OAUTH_CLIENT) == 0 && header == NULL &&
         g_strcmp0 (secret, self->traits.is_public ? NULL : FAKE_OAUTH_SECRET) == 0;
}

static char *
carry_out_token (FakeOauth         *self,
                 SoupServerMessage *message,
                 GHashTable        *form,
                 guint             *status)
{
  const char *type = g_hash_table_lookup (form, "grant_type");

  if (!knows_client (self, message, form))
    return fake_oauth_fail ("invalid_client", status);
  if (g_strcmp0 (type, "authorization_code") == 0)
    return fake_oauth_use_code (self, form, status);
  if (g_strcmp0 (type, "refresh_token") == 0)
    return fake_oauth_use_refresh (self, g_hash_table_lookup (form, "refresh_token"), status);
  if (g_strcmp0 (type, "client_credentials") == 0)
    return fake_oauth_grant (self, fake_oauth_add_grant (self), FALSE);
  fake_oauth_note_fault (self, "another grant_type");
  return fake_oauth_fail ("unsupported_grant_type", status);
}

static char *
carry_out_revoke (FakeOauth         *self,
                  SoupServerMessage *message,
                  GHashTable        *form,
                  guint             *status)
{
  const char *text = g_hash_table_lookup (form, "token");
  Token *token = text != NULL ? g_hash_table_lookup (self->refreshes, text) : NULL;

  if (!knows_client (self, message, form))
    return fake_oauth_fail ("invalid_client", status);
  if (text == NULL)
    fake_oauth_note_fault (self, "nothing to revoke");
  if (token == NULL && text != NULL)
    token = g_hash_table_lookup (self->accesses, text);
  if (token != NULL && !token->used)
    token->grant->live = FALSE;
  return g_strdup ("");
}

static void
set_date (FakeOauth         *self,
          SoupServerMessage *message)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC + self->traits.clock);
  g_autofree char *text = soup_date_time_to_string (time, SOUP_DATE_HTTP);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", text);
}

static gboolean
resume (gpointer message)
{
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static void
answer_later (FakeOauth         *self,
              SoupServerMessage *message)
{
  g_autoptr (GSource) source = NULL;

  if (self->traits.delay == 0)
    return;
  soup_server_message_pause (message);
  source = g_timeout_source_new (self->traits.delay);
  g_source_set_callback (source, resume, g_object_ref (message), g_object_unref);
  g_source_attach (source, self->context);
}

static void
answer_prepared (FakeOauth         *self,
                 SoupServerMessage *message)
{
  soup_server_message_set_status (message, self->status, NULL);
  soup_server_message_set_response (message, self->type, SOUP_MEMORY_COPY, self->body, strlen (self->body));
  if (self->header != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (self->header, ": ", 2);

      soup_message_headers_replace (soup_server_message_get_response_headers (message), parts[0], parts[1]);
    }
}

static void
cut_connection (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

/* With the lock held. */
static void
post (FakeOauth         *self,
      SoupServerMessage *message,
      gboolean           is_token)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, body->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  Fault fault = self->fault;
  guint status = 200;
  g_autofree char *answer = NULL;

  self->fault = FAULT_NONE;
  if (strcmp (soup_server_message_get_method (message), "POST") != 0 ||
      g_strcmp0 (soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL),
                 SOUP_FORM_MIME_TYPE_URLENCODED) != 0)
    fake_oauth_note_fault (self, "no form was posted");
  if (fault == FAULT_FREEZE)
    soup_server_message_pause (message);
  if (fault == FAULT_ANSWER)
    answer_prepared (self, message);
  if (fault == FAULT_FREEZE || fault == FAULT_ANSWER)
    return;
  answer = is_token ? carry_out_token (self, message, form, &status) : carry_out_revoke (self, message, form, &status);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer, strlen (answer));
  if (fault == FAULT_CUT)
    cut_connection (message);
  else
    answer_later (self, message);
}

/* Whether the request is one that RFC 6749, 7636 and 8252 allow. */
static gboolean
check_authorize (FakeOauth  *self,
                 GHashTable *query)
{
  const char *challenge = g_hash_table_lookup (query, "code_challenge"), *state = g_hash_table_lookup (query, "state");
  const char *uri = g_hash_table_lookup (query, "redirect_uri");
  gboolean good = g_strcmp0 (g_hash_table_lookup (query, "response_type"), "code") == 0 &&
                  g_strcmp0 (g_hash_table_lookup (query, "client_id"), FAKE_OAUTH_CLIENT) == 0 &&
                  g_strcmp0 (g_hash_table_lookup (query, "code_challenge_method"), "S256") == 0 &&
                  g_strcmp0 (g_hash_table_lookup (query, "scope"), "deals read:partners") == 0 &&
                  g_strcmp0 (g_hash_table_lookup (query, "prompt"), "consent") == 0 &&
                  challenge != NULL && strlen (challenge) == 43 && state != NULL && strlen (state) >= 32 &&
                  uri != NULL && (g_str_has_prefix (uri, "http://127.0.0.1:") || g_str_has_prefix (uri, "http://localhost:"));

  if (!good)
    fake_oauth_note_fault (self, "what the browser was sent with is not as it has to be");
  return good;
}

static void
authorize (FakeOauth         *self,
           SoupServerMessage *message,
           GHashTable        *query)
{
  g_autofree char *code = NULL;
  g_autofree char *target = NULL;
  GString *answer;
  Token *token;

  if (query == NULL || !check_authorize (self, query) || self->traits.silent)
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "Who are you?", strlen ("Who are you?"));
      return;
    }
  answer = g_string_new (g_hash_table_lookup (query, "redirect_uri"));
  g_string_append_printf (answer, "?state=%s", (char *) g_hash_table_lookup (query, "state"));
  if (self->traits.issuer != NULL)
    g_string_append_printf (answer, "&iss=%s", self->traits.issuer);
  if (self->traits.deny != NULL)
    g_string_append_printf (answer, "&error=%s&error_description=Not%%20this%%20time", self->traits.deny);
  else
    {
      token = fake_oauth_add_token (self, self->codes, fake_oauth_add_grant (self), "code", &code);
      token->challenge = g_strdup (g_hash_table_lookup (query, "code_challenge"));
      token->redirect_uri = g_strdup (g_hash_table_lookup (query, "redirect_uri"));
      g_string_append_printf (answer, "&code=%s", code);
    }
  target = g_string_free_and_steal (answer);
  soup_server_message_set_redirect (message, 302, target);
}

static void
serve_data (FakeOauth         *self,
            SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  gboolean known = header != NULL && fake_oauth_knows (self, header);

  soup_server_message_set_status (message, known ? 200 : 401, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{}", strlen ("{}"));
}

static void
handle (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  FakeOauth *self = data;

  g_mutex_lock (&self->lock);
  set_date (self, message);
  if (g_str_equal (path, "/authorize"))
    {
      self->n_authorize++;
      authorize (self, message, query);
    }
  else if (g_str_equal (path, "/token"))
    {
      self->n_token++;
      post (self, message, TRUE);
    }
  else if (g_str_equal (path, "/revoke"))
    {
      self->n_revoke++;
      post (self, message, FALSE);
    }
  else if (g_str_equal (path, "/data"))
    serve_data (self, message);
  else
    soup_server_message_set_status (message, 404, NULL);
  g_mutex_unlock (&self->lock);
}

/* --- The server -------------------------------------------------------------------------------------------------- */

static gpointer
serve (gpointer data)
{
  FakeOauth *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

FakeOauth *
fake_oauth_new (void)
{
  FakeOauth *self = g_new0 (FakeOauth, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_mutex_init (&self->lock);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->grants = g_ptr_array_new_with_free_func (g_free);
  self->codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_oauth_token_free);
  self->refreshes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_oauth_token_free);
  self->accesses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fake_oauth_token_free);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  self->traits.life = 3600;
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_main_context_pop_thread_default (self->context);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->thread = g_thread_new ("fake-oauth", serve, self);
  return self;
}

void
fake_oauth_free (FakeOauth *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->faults->len; i++)
    g_error ("%s", (char *) self->faults->pdata[i]);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->grants);
  g_ptr_array_unref (self->faults);
  g_hash_table_unref (self->codes);
  g_hash_table_unref (self->refreshes);
  g_hash_table_unref (self->accesses);
  g_free (self->url);
  g_free (self->type);
  g_free (self->body);
  g_free (self->header);
  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
fake_oauth_dup_url (FakeOauth  *self,
                    const char *path)
{
  return g_strconcat (self->url, path, NULL);
}

void
fake_oauth_set_traits (FakeOauth             *self,
                       const FakeOauthTraits *traits)
{
  g_mutex_lock (&self->lock);
  self->traits = *traits;
  g_mutex_unlock (&self->lock);
}

void
fake_oauth_answer (FakeOauth  *self,
                   guint       status,
                   const char *type,
                   const char *body,
                   const char *header)
{
  g_mutex_lock (&self->lock);
  self->fault = FAULT_ANSWER;
  self->status = status;
  g_set_str (&self->type, type);
  g_set_str (&self->body, body);
  g_set_str (&self->header, header);
  g_mutex_unlock (&self->lock);
}

static void
set_fault (FakeOauth *self,
           Fault      fault)
{
  g_mutex_lock (&self->lock);
  self->fault = fault;
  g_mutex_unlock (&self->lock);
}

void
fake_oauth_cut (FakeOauth *self)
{
  set_fault (self, FAULT_CUT);
}

void
fake_oauth_freeze (FakeOauth *self)
{
  set_fault (self, FAULT_FREEZE);
}

guint
fake_oauth_count (FakeOauth  *self,
                  const char *path)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = g_str_equal (path, "/authorize") ? self->n_authorize : g_str_equal (path, "/token") ? self->n_token : self->n_revoke;
  g_mutex_unlock (&self->lock);
  return n;
}

gboolean
fake_oauth_accepts (FakeOauth  *self,
                    const char *authorization)
{
  gboolean good;

  g_mutex_lock (&self->lock);
  good = fake_oauth_knows (self, authorization);
  g_mutex_unlock (&self->lock);
  return good;
}

void
fake_oauth_expire (FakeOauth *self)
{
  GHashTableIter iter;
  gpointer token;

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->accesses);
  while (g_hash_table_iter_next (&iter, NULL, &token))
    ((Token *) token)->used = TRUE;
  g_mutex_unlock (&self->lock);
}

char *
fake_oauth_refresh (FakeOauth  *self,
                    const char *refresh_token)
{
  guint status = 200;
  char *answer;

  g_mutex_lock (&self->lock);
  answer = fake_oauth_use_refresh (self, refresh_token, &status);
  g_mutex_unlock (&self->lock);
  return answer;
}

guint
fake_oauth_count_grants (FakeOauth *self)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->grants->len; i++)
    n += ((Grant *) self->grants->pdata[i])->live ? 1 : 0;
  g_mutex_unlock (&self->lock);
  return n;
}
