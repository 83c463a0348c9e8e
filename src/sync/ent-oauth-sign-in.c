/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>
#include <openssl/rand.h>
#include <string.h>

/* Signing in with the browser. */

#define DEFAULT_TIMEOUT (5 * 60)
#define MAX_TIMEOUT     (24 * 60 * 60)
#define RANDOM_SIZE     32

/* RFC 7636, appendix A: base64url without padding. */
static char *
encode_url_safe (const guint8 *bytes,
                 gsize         size)
{
  char *text = g_base64_encode (bytes, size);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

/* 43 characters that nobody can guess: for the verifier (RFC 7636, section 4.1) and the state. */
static char *
dup_random (const OauthConfig  *config,
            GError            **error)
{
  guint8 bytes[RANDOM_SIZE];

  if (RAND_bytes (bytes, sizeof bytes) == 1)
    return encode_url_safe (bytes, sizeof bytes);
  g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_BROWSER,
               _("This computer gives no random numbers, without which signing in to %s is not safe; restart it."),
               config->name);
  return NULL;
}

/* RFC 7636, section 4.2: S256. */
static char *
dup_challenge (const char *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &size);
  return encode_url_safe (digest, size);
}

static char *
dup_authorize_url (const OauthConfig *config,
                   const char        *redirect_uri,
                   const char        *verifier,
                   const char        *state)
{
  g_autofree char *challenge = dup_challenge (verifier);
  g_autoptr (GPtrArray) form = oauth_form_new ("response_type", "code", "client_id", config->client_id,
                                               "redirect_uri", redirect_uri, "state", state,
                                               "code_challenge", challenge, "code_challenge_method", "S256", NULL);
  g_autofree char *query = NULL;

  if (config->scope != NULL)
    oauth_form_add (form, (const char * const[]) { "scope", config->scope, NULL });
  oauth_form_add (form, (const char * const *) config->authorize_parameters);
  query = oauth_form_encode (form);
  return g_strconcat (config->authorize_url, strchr (config->authorize_url, '?') == NULL ? "?" : "&", query, NULL);
}

/* RFC 9207, section 2.4: another portal's answer is not handed to this one. */
static gboolean
check_answer (const OauthConfig  *config,
              const OauthAnswer  *answer,
              GError            **error)
{
  if (config->issuer != NULL && answer->issuer != NULL && !g_str_equal (config->issuer, answer->issuer))
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_DENIED,
                 _("Somebody else than %s answered to the sign-in, so it was not used; sign in again."), config->name);
  else if (answer->error != NULL)
    oauth_set_error (error, config, answer->error, answer->description);
  else
    return TRUE;
  return FALSE;
}

static OauthTokens *
exchange (EntOauth           *self,
          const OauthAnswer  *answer,
          const char         *redirect_uri,
          const char         *verifier,
          GCancellable       *cancellable,
          GError            **error)
{
  const OauthConfig *config = &self->config;
  g_autoptr (GPtrArray) form = oauth_form_new ("grant_type", "authorization_code", "code", answer->code,
                                               "redirect_uri", redirect_uri, "code_verifier", verifier, NULL);
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *code = NULL;

  json = oauth_post (config, form, self->skew, &code, cancellable, error);
  return json != NULL ? oauth_tokens_read (config, json, NULL, ent_clock_skew_now (self->skew), error) : NULL;
}

static gboolean
open_browser (EntOauth      *self,
              const char    *url,
              EntOauthOpen   open,
              gpointer       data,
              GError       **error)
{
  g_autoptr (GError) cause = NULL;

  if (open (url, data, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_BROWSER,
                 _("The web browser could not be opened to sign in to %s (%s); choose a default browser in the system’s "
                   "settings."), self->config.name, cause != NULL ? cause->message : "?");
  return FALSE;
}

gboolean
ent_oauth_sign_in (EntOauth      *self,
                   EntOauthOpen   open,
                   gpointer       data,
                   guint          timeout,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *verifier = dup_random (&self->config, error);
  g_autofree char *state = verifier != NULL ? dup_random (&self->config, error) : NULL;
  g_autoptr (OauthLoopback) loopback = NULL;
  g_auto (OauthAnswer) answer = { NULL };
  g_autofree char *url = NULL;
  OauthTokens *tokens;
  gboolean done;

  g_return_val_if_fail (self->config.authorize_url != NULL, FALSE);
  if (state == NULL)
    return FALSE;
  timeout = timeout != 0 ? MIN (timeout, MAX_TIMEOUT) : DEFAULT_TIMEOUT;
  loopback = oauth_loopback_new (&self->config, state, error);
  if (loopback == NULL)
    return FALSE;
  url = dup_authorize_url (&self->config, oauth_loopback_get_uri (loopback), verifier, state);
  if (!open_browser (self, url, open, data, error) ||
      !oauth_loopback_wait (loopback, timeout, &answer, cancellable, error) ||
      !check_answer (&self->config, &answer, error) || !oauth_begin (self, cancellable, error))
    return FALSE;
  tokens = exchange (self, &answer, oauth_loopback_get_uri (loopback), verifier, cancellable, error);
  done = tokens != NULL && oauth_keep (self, tokens, error);
  oauth_end (self);
  return done;
}
