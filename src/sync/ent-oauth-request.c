/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#include "sync/ent-http.h"

/* One request to a portal's sign-in service. They are rare, an hour or so apart, so each has a connection of its own and none
 * is repeated: whether a code or a refresh token was used up is not known then. */

#define MAX_ANSWER  (256 * 1024)
#define MAX_WORDS   200
/* A shorter text may be in a portal's words by chance. */
#define MIN_SECRET  8

typedef struct
{
  const OauthConfig *config;
  SoupMessage       *message;
  char              *host;
  gboolean           sent; /* the request may have arrived */
} Post;

static void
post_clear (Post *self)
{
  g_clear_object (&self->message);
  g_free (self->host);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Post, post_clear)

/* --- Forms ------------------------------------------------------------------------------------------------------- */

GPtrArray *
oauth_form_new (const char *name,
                ...)
{
  GPtrArray *form = g_ptr_array_new_with_free_func (g_free);
  va_list args;

  va_start (args, name);
  for (const char *text = name; text != NULL; text = va_arg (args, const char *))
    g_ptr_array_add (form, g_strdup (text));
  va_end (args);
  return form;
}

void
oauth_form_add (GPtrArray          *form,
                const char * const *parameters)
{
  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i++)
    g_ptr_array_add (form, g_strdup (parameters[i]));
}

char *
oauth_form_encode (GPtrArray *form)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < form->len; i++)
    {
      g_autofree char *text = g_uri_escape_string (g_ptr_array_index (form, i), NULL, FALSE);

      g_string_append (result, i == 0 ? "" : i % 2 == 0 ? "&" : "=");
      g_string_append (result, text);
    }
  return g_string_free_and_steal (result);
}

/* --- Errors ------------------------------------------------------------------------------------------------------ */

static void
set_remote_error (GError         **error,
                  EntRemoteError   code,
                  const char      *format,
                  const char      *name)
{
  g_autofree char *text = g_strdup_printf (format, name);

  g_propagate_error (error, ent_remote_error_new (code, text, 0, 0));
}

static void
set_client_error (GError            **error,
                  const OauthConfig  *config,
                  const char         *code,
                  const char         *words)
{
  if (g_str_equal (code, "invalid_client") || g_str_equal (code, "unauthorized_client"))
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_CLIENT,
                 _("%s does not know Entente by this client id and secret (%s); correct them in the settings of the portal."),
                 config->name, words);
  else if (g_str_equal (code, "invalid_scope"))
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_CLIENT,
                 _("%s does not grant the permissions that Entente asks for (%s); ask its administrator for them."),
                 config->name, words);
  else
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_CLIENT,
                 _("%s does not take the way in which Entente signs in (%s); check the settings of the portal."),
                 config->name, words);
}

/* What a portal wrote, as valid text on one line; @code when it wrote nothing. */
static char *
dup_words (const char *words,
           const char *code)
{
  g_autofree char *text = g_utf8_make_valid (words != NULL && *words != '\0' ? words : code, -1);

  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  if (g_utf8_strlen (text, -1) > MAX_WORDS)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_WORDS);

      return g_strconcat (start, "…", NULL);
    }
  return g_steal_pointer (&text);
}

void
oauth_set_error (GError            **error,
                 const OauthConfig  *config,
                 const char         *code,
                 const char         *words)
{
  g_autofree char *said = dup_words (words, code);

  if (g_str_equal (code, "access_denied"))
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_DENIED,
                 _("%s did not let Entente in (%s); sign in again and allow it, or ask its administrator."), config->name,
                 said);
  else if (g_str_equal (code, "invalid_grant") || g_str_equal (code, "login_required") ||
           g_str_equal (code, "interaction_required") || g_str_equal (code, "consent_required"))
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_SIGN_IN,
                 _("The sign-in to %s is no longer good (%s); sign in to it again."), config->name, said);
  else if (g_str_equal (code, "temporarily_unavailable"))
    set_remote_error (error, ENT_REMOTE_ERROR_BUSY, _("%s is too busy to sign in to; try again later."), config->name);
  else if (g_str_equal (code, "server_error"))
    set_remote_error (error, ENT_REMOTE_ERROR_SERVER,
                      _("%s has a fault of its own, so nobody can sign in to it; try again later."), config->name);
  else
    set_client_error (error, config, code, said);
}

/* --- Answers ----------------------------------------------------------------------------------------------------- */

static void
note_sent (Post *self)
{
  self->sent = TRUE;
}

static gboolean
fail_transport (const Post    *self,
                GError        *cause,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GError) owned = cause;

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, ent_remote_error_new_for_transport (self->host, owned, self->sent));
  return FALSE;
}

/* The answer's body, which ends in time and has an end. */
static GBytes *
read_body (Post          *self,
           GInputStream  *stream,
           GCancellable  *cancellable,
           GError       **error)
{
  gint64 end = g_get_monotonic_time () + self->config->timeout * (gint64) G_USEC_PER_SEC;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  GError *cause = NULL;
  guint8 piece[4096];
  gssize n;

  while ((n = g_input_stream_read (stream, piece, sizeof piece, cancellable, &cause)) > 0)
    {
      g_byte_array_append (body, piece, (guint) n);
      if (body->len > MAX_ANSWER)
        {
          set_remote_error (error, ENT_REMOTE_ERROR_TOO_LARGE,
                            _("%s answered to the sign-in with more than any token is; ask those who run it."),
                            self->config->name);
          return NULL;
        }
      if (g_get_monotonic_time () > end)
        {
          n = -1;
          cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("it took too long"));
          break;
        }
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&body));
  fail_transport (self, cause, cancellable, error);
  return NULL;
}

static JsonObject *
parse_object (GBytes *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  JsonNode *root;

  if (size == 0 || !g_utf8_validate (data, (gssize) size, NULL) ||
      !json_parser_load_from_data (parser, data, (gssize) size, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

static gboolean
is_page (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  while (size > 0 && g_ascii_isspace (*data))
    data++, size--;
  return size > 0 && *data == '<';
}

/* RFC 6749, section 5.2. A portal that writes a secret of ours into its words is not quoted. */
static void
set_answer_error (GError     **error,
                  const Post  *self,
                  JsonObject  *answer,
                  GPtrArray   *form,
                  const char  *code)
{
  const char *words = oauth_get_text (answer, "error_description");

  for (guint i = 1; words != NULL && i < form->len; i += 2)
    if (strlen (form->pdata[i]) >= MIN_SECRET && strstr (words, form->pdata[i]) != NULL)
      words = NULL;
  oauth_set_error (error, self->config, code, words);
}

static guint
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = 0;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &seconds, NULL) ? (guint) seconds : 0;
}

static JsonObject *
read_answer (const Post  *self,
             GPtrArray   *form,
             GBytes      *body,
             char       **code,
             GError     **error)
{
  g_autoptr (JsonObject) answer = parse_object (body);
  guint status = soup_message_get_status (self->message);
  guint wait = read_retry_after (soup_message_get_response_headers (self->message));
  const char *fault = answer != NULL ? oauth_get_text (answer, "error") : NULL;

  if (SOUP_STATUS_IS_SUCCESSFUL (status) && answer != NULL && fault == NULL)
    return g_steal_pointer (&answer);
  if (status == 429 || status >= 500)
    g_propagate_error (error, ent_remote_error_new_for_status (self->host, status, NULL, wait));
  else if (fault != NULL)
    {
      *code = g_strdup (fault);
      set_answer_error (error, self, answer, form, fault);
    }
  else if (SOUP_STATUS_IS_REDIRECTION (status) || is_page (body))
    set_remote_error (error, ENT_REMOTE_ERROR_CAPTIVE,
                      _("A web page answered in place of %s, perhaps the sign-in page of this network; open a web browser, "
                        "sign in there and try again."), self->config->name);
  else if (SOUP_STATUS_IS_SUCCESSFUL (status))
    set_remote_error (error, ENT_REMOTE_ERROR_PROTOCOL,
                      _("%s gave an answer to the sign-in that makes no sense; check the address in the settings of the "
                        "portal."), self->config->name);
  else
    g_propagate_error (error, ent_remote_error_new_for_status (self->host, status, NULL, wait));
  return NULL;
}

/* --- Sending ----------------------------------------------------------------------------------------------------- */

/* RFC 6749, section 2.3.1: each part form-encoded, then as one by HTTP Basic. */
static void
add_basic (SoupMessageHeaders *headers,
           const OauthConfig  *config)
{
  g_autofree char *id = g_uri_escape_string (config->client_id, NULL, FALSE);
  g_autofree char *secret = g_uri_escape_string (config->client_secret, NULL, FALSE);
  g_autofree char *both = g_strdup_printf ("%s:%s", id, secret);
  g_autofree char *encoded = g_base64_encode ((const guchar *) both, strlen (both));
  g_autofree char *value = g_strconcat ("Basic ", encoded, NULL);

  soup_message_headers_replace (headers, "Authorization", value);
}

static void
prepare (Post       *self,
         const char *url,
         GPtrArray  *form)
{
  const OauthConfig *config = self->config;
  SoupMessageHeaders *headers;
  g_autoptr (GBytes) body = NULL;
  char *text;

  self->message = soup_message_new (SOUP_METHOD_POST, url);
  self->host = g_strdup (g_uri_get_host (soup_message_get_uri (self->message)));
  headers = soup_message_get_request_headers (self->message);
  if (config->client_secret != NULL && config->secret_in_header)
    add_basic (headers, config);
  else
    {
      oauth_form_add (form, (const char * const[]) { "client_id", config->client_id, NULL });
      if (config->client_secret != NULL)
        oauth_form_add (form, (const char * const[]) { "client_secret", config->client_secret, NULL });
    }
  text = oauth_form_encode (form);
  body = g_bytes_new_take (text, strlen (text));
  soup_message_headers_replace (headers, "Accept", "application/json");
  /* libsoup may not come back from a cancelled request of HTTP/2. */
  soup_message_set_force_http1 (self->message, TRUE);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_set_request_body_from_bytes (self->message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  g_signal_connect_swapped (self->message, "wrote-headers", G_CALLBACK (note_sent), self);
}

static SoupSession *
new_session (const Post *self)
{
  SoupSession *session = soup_session_new_with_options ("timeout", self->config->timeout, "user-agent",
                                                        "Entente/" PACKAGE_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  if (ent_http_is_loopback (self->host))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

/* The body of the answer, whatever its status is. */
static GBytes *
send (Post          *self,
      const char    *url,
      GPtrArray     *form,
      EntClockSkew  *skew,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GInputStream) stream = NULL;
  GError *cause = NULL;
  gint64 sent = g_get_real_time ();

  prepare (self, url, form);
  session = new_session (self);
  stream = soup_session_send (session, self->message, cancellable, &cause);
  if (stream == NULL)
    {
      fail_transport (self, cause, cancellable, error);
      return NULL;
    }
  ent_clock_skew_learn (skew, soup_message_get_response_headers (self->message), sent, g_get_real_time ());
  return read_body (self, stream, cancellable, error);
}

JsonObject *
oauth_post (const OauthConfig  *config,
            GPtrArray          *form,
            EntClockSkew       *skew,
            char              **code,
            GCancellable       *cancellable,
            GError            **error)
{
  g_auto (Post) self = { .config = config };
  g_autoptr (GBytes) body = NULL;

  *code = NULL;
  oauth_form_add (form, (const char * const *) config->token_parameters);
  body = send (&self, config->token_url, form, skew, cancellable, error);
  return body != NULL ? read_answer (&self, form, body, code, error) : NULL;
}

/* RFC 7009, section 2.2: the status says all, and what else is in a good answer is of no matter. */
gboolean
oauth_revoke (const OauthConfig  *config,
              GPtrArray          *form,
              EntClockSkew       *skew,
              GCancellable       *cancellable,
              GError            **error)
{
  g_auto (Post) self = { .config = config };
  g_autoptr (GBytes) body = send (&self, config->revoke_url, form, skew, cancellable, error);
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *code = NULL;

  if (body == NULL)
    return FALSE;
  if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (self.message)) && !is_page (body))
    return TRUE;
  answer = read_answer (&self, form, body, &code, error);
  return answer != NULL;
}
