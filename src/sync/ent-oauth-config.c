/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>

#include "sync/ent-http.h"

/* A portal's address and names, before anything is sent. */

#define DEFAULT_TIMEOUT 30

/* What is known of a sign-in; extra parameters may not change it. */
static const char * const reserved[] = {
  "client_id", "client_secret", "code", "code_challenge", "code_challenge_method", "code_verifier", "grant_type",
  "redirect_uri", "refresh_token", "response_type", "state", NULL,
};

/* GUri takes a space. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;
  for (; *host != '\0'; host++)
    if (g_ascii_isspace (*host) || g_ascii_iscntrl (*host))
      return FALSE;
  return TRUE;
}

/* RFC 6749, section 3.1: no fragment, encrypted. */
static gboolean
check_url (const char  *name,
           const char  *url,
           GError     **error)
{
  g_autoptr (GUri) uri = url != NULL ? g_uri_parse (url, SOUP_HTTP_URI_FLAGS | G_URI_FLAGS_HAS_PASSWORD, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *text = NULL;

  if (is_host (host) && g_uri_get_userinfo (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
      (g_str_equal (g_uri_get_scheme (uri), "https") ||
       (g_str_equal (g_uri_get_scheme (uri), "http") && ent_http_is_loopback (host))))
    return TRUE;
  text = g_strdup_printf (_("The address for signing in to %s has to begin with https:// and may hold no password; correct it "
                            "in the settings of the portal."), name);
  g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_ADDRESS, text, 0, 0));
  return FALSE;
}

static gboolean
refuse (const char  *name,
        const char  *what,
        GError     **error)
{
  /* Translators: the second %s is "its client id is missing" or the like */
  g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_CLIENT,
               _("Entente cannot sign in to %s, as %s; correct it in the settings of the portal."), name, what);
  return FALSE;
}

static gboolean
check_parameters (const char * const *parameters)
{
  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i += 2)
    if (parameters[i + 1] == NULL || g_strv_contains (reserved, parameters[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check (const EntOauthConfig  *from,
       GError               **error)
{
  const char *host = from->redirect_host, *path = from->redirect_path;

  if ((from->authorize_url != NULL && !check_url (from->name, from->authorize_url, error)) ||
      (from->revoke_url != NULL && !check_url (from->name, from->revoke_url, error)) ||
      !check_url (from->name, from->token_url, error))
    return FALSE;
  if (from->client_id == NULL || *from->client_id == '\0')
    return refuse (from->name, _("its client id is missing"), error);
  if (from->authorize_url == NULL && (from->client_secret == NULL || *from->client_secret == '\0'))
    return refuse (from->name, _("its client secret is missing"), error);
  if (!check_parameters (from->authorize_parameters) || !check_parameters (from->token_parameters))
    return refuse (from->name, _("one of its extra parameters has no value or a name that is taken"), error);
  if ((host != NULL && !g_str_equal (host, "127.0.0.1") && !g_str_equal (host, "localhost")) ||
      (path != NULL && *path != '/'))
    return refuse (from->name, _("the address that the browser comes back to is not one of this computer"), error);
  return TRUE;
}

gboolean
oauth_config_init (OauthConfig           *self,
                   const EntOauthConfig  *from,
                   GError               **error)
{
  if (!check (from, error))
    return FALSE;
  *self = (OauthConfig) {
    .name = g_strdup (from->name),
    .authorize_url = g_strdup (from->authorize_url),
    .token_url = g_strdup (from->token_url),
    .revoke_url = g_strdup (from->revoke_url),
    .issuer = g_strdup (from->issuer),
    .client_id = g_strdup (from->client_id),
    .client_secret = g_strdup (from->client_secret),
    .secret_in_header = from->secret_in_header,
    .scope = g_strdup (from->scope),
    .redirect_host = g_strdup (from->redirect_host != NULL ? from->redirect_host : "127.0.0.1"),
    .redirect_port = from->redirect_port,
    .redirect_path = g_strdup (from->redirect_path != NULL ? from->redirect_path : "/"),
    .authorize_parameters = g_strdupv ((char **) from->authorize_parameters),
    .token_parameters = g_strdupv ((char **) from->token_parameters),
    .kept = g_strdupv ((char **) from->kept),
    .timeout = from->timeout != 0 ? from->timeout : DEFAULT_TIMEOUT,
  };
  return TRUE;
}

void
oauth_config_clear (OauthConfig *self)
{
  g_free (self->name);
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->revoke_url);
  g_free (self->issuer);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self->scope);
  g_free (self->redirect_host);
  g_free (self->redirect_path);
  g_strfreev (self->authorize_parameters);
  g_strfreev (self->token_parameters);
  g_strfreev (self->kept);
}
