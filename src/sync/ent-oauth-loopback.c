/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where the browser comes back to: a web server on this computer that takes one answer (RFC 8252, section 7.3). */

/* Milliseconds for the browser to fetch the last page. */
#define LAST_PAGE 2000

struct _OauthLoopback
{
  const OauthConfig *config;
  const char        *state;
  GMainContext      *context;
  SoupServer        *server;
  char              *uri;
  char              *authority; /* "127.0.0.1:40001" */
  OauthAnswer       *answer;    /* while it is waited for */
  gboolean           has_answer;
  gboolean           is_shown;  /* the last page, or the browser has gone */
  gboolean           is_late;
};

void
oauth_answer_clear (OauthAnswer *self)
{
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->issuer, g_free);
}

/* --- Pages ------------------------------------------------------------------------------------------------------- */

static void
show_page (SoupServerMessage *message,
           guint              status,
           const char        *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  char *page = g_strdup_printf ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Entente</title>"
                                "<meta name=\"viewport\" content=\"width=device-width\">"
                                "<meta name=\"color-scheme\" content=\"light dark\">"
                                "<style>body{font:1.2em sans-serif;max-width:30em;margin:20vh auto;padding:0 1em}</style>"
                                "</head><body dir=\"auto\"><p>%s</p></body></html>\n", escaped);

  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page, strlen (page));
}

static void
show_answer (OauthLoopback     *self,
             SoupServerMessage *message)
{
  g_autofree char *text = NULL;

  if (self->answer->code != NULL)
    text = g_strdup_printf (_("%s has answered. You can close this page and go on in Entente."), self->config->name);
  else
    text = g_strdup_printf (_("%s did not let Entente in. Close this page; Entente says what to do."), self->config->name);
  show_page (message, SOUP_STATUS_OK, text);
}

/* --- Requests ---------------------------------------------------------------------------------------------------- */

static void
note_shown (OauthLoopback *self)
{
  self->is_shown = TRUE;
}

/* Another page may send the browser here, too, but knows neither the state nor, by another name, this address: whoever
 * did not begin this sign-in cannot end it either. */
static gboolean
is_expected (OauthLoopback     *self,
             SoupServerMessage *message,
             GHashTable        *query)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  const char *state = query != NULL ? g_hash_table_lookup (query, "state") : NULL;

  return self->answer != NULL && !self->has_answer && g_strcmp0 (host, self->authority) == 0 &&
         g_strcmp0 (state, self->state) == 0 &&
         (g_hash_table_contains (query, "code") || g_hash_table_contains (query, "error"));
}

static void
handle (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  OauthLoopback *self = data;

  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    show_page (message, SOUP_STATUS_METHOD_NOT_ALLOWED, _("This page can only be read."));
  else if (!g_str_equal (path, self->config->redirect_path))
    show_page (message, SOUP_STATUS_NOT_FOUND, _("There is no such page."));
  else if (!is_expected (self, message, query))
    show_page (message, SOUP_STATUS_BAD_REQUEST,
               _("This page belongs to no sign-in that is under way. Begin it in Entente."));
  else
    {
      self->has_answer = TRUE;
      self->answer->error = g_strdup (g_hash_table_lookup (query, "error"));
      self->answer->code = self->answer->error == NULL ? g_strdup (g_hash_table_lookup (query, "code")) : NULL;
      self->answer->description = g_strdup (g_hash_table_lookup (query, "error_description"));
      self->answer->issuer = g_strdup (g_hash_table_lookup (query, "iss"));
      g_signal_connect_swapped (message, "finished", G_CALLBACK (note_shown), self);
      show_answer (self, message);
    }
}

/* --- Listening --------------------------------------------------------------------------------------------------- */

static gboolean
listen_on_port (OauthLoopback  *self,
                GError        **error)
{
  g_autoptr (GError) cause = NULL;
  GSList *uris;
  int port;

  if (!soup_server_listen_local (self->server, self->config->redirect_port, SOUP_SERVER_LISTEN_IPV4_ONLY, &cause))
    {
      g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_BROWSER,
                   _("The answer of %s cannot be waited for (%s); close other programs that may be signing in, and try "
                     "again."), self->config->name, cause->message);
      return FALSE;
    }
  uris = soup_server_get_uris (self->server);
  port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  self->authority = g_strdup_printf ("%s:%d", self->config->redirect_host, port);
  self->uri = g_strdup_printf ("http://%s%s", self->authority, self->config->redirect_path);
  return TRUE;
}

OauthLoopback *
oauth_loopback_new (const OauthConfig  *config,
                    const char         *state,
                    GError            **error)
{
  g_autoptr (OauthLoopback) self = g_new0 (OauthLoopback, 1);
  gboolean listening;

  self->config = config;
  self->state = state;
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("server-header", NULL, NULL);
  soup_server_add_handler (self->server, NULL, handle, self, NULL);
  listening = listen_on_port (self, error);
  g_main_context_pop_thread_default (self->context);
  return listening ? g_steal_pointer (&self) : NULL;
}

void
oauth_loopback_free (OauthLoopback *self)
{
  g_main_context_push_thread_default (self->context);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self->uri);
  g_free (self->authority);
  g_free (self);
}

const char *
oauth_loopback_get_uri (OauthLoopback *self)
{
  return self->uri;
}

static gboolean
note_late (gpointer data)
{
  ((OauthLoopback *) data)->is_late = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
keep_waking (GCancellable *cancellable,
             gpointer      data)
{
  return G_SOURCE_CONTINUE;
}

/* Iterates until @done, a time in milliseconds, or the caller's end. */
static void
iterate (OauthLoopback *self,
         gboolean      *done,
         guint          timeout,
         GCancellable  *cancellable)
{
  g_autoptr (GSource) timer = g_timeout_source_new (timeout);
  g_autoptr (GSource) ending = g_cancellable_source_new (cancellable);

  self->is_late = FALSE;
  g_source_set_callback (timer, note_late, self, NULL);
  g_source_attach (timer, self->context);
  g_source_set_callback (ending, G_SOURCE_FUNC (keep_waking), NULL, NULL);
  g_source_attach (ending, self->context);
  while (!*done && !self->is_late && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (timer);
  g_source_destroy (ending);
}

gboolean
oauth_loopback_wait (OauthLoopback  *self,
                     guint           timeout,
                     OauthAnswer    *answer,
                     GCancellable   *cancellable,
                     GError        **error)
{
  self->answer = answer;
  g_main_context_push_thread_default (self->context);
  iterate (self, &self->has_answer, timeout * 1000, cancellable);
  if (self->has_answer)
    iterate (self, &self->is_shown, LAST_PAGE, cancellable);
  g_main_context_pop_thread_default (self->context);
  self->answer = NULL;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (!self->has_answer)
    g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_NO_ANSWER,
                 _("The web browser did not come back from %s in time; sign in again and finish it there."),
                 self->config->name);
  return self->has_answer;
}
