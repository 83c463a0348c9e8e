/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-http-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <yyjson.h>

#define LONGEST_DELAY 60000
/* Seconds of Retry-After that are waited for inside a call. */
#define LONGEST_WISH 300

gboolean
ent_http_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_ascii_strcasecmp (host, "localhost") == 0;
}

EntHttp *
ent_http_new (GUri *url)
{
  EntHttp *self = g_new0 (EntHttp, 1);
  const char *host = g_uri_get_host (url);

  self->host = g_uri_get_port (url) > 0 ? g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%d" : "%s:%d", host,
                                                           g_uri_get_port (url))
                                        : g_strdup (host);
  self->limit = 64 * 1024 * 1024;
  self->connect_ms = 15000;
  self->idle_ms = 60000;
  self->total_ms = 300000;
  self->retries = 5;
  self->first_delay = 500;
  self->connections = g_hash_table_new (NULL, NULL);
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = g_object_new (SOUP_TYPE_SESSION,
                                "user-agent", "Entente/" PACKAGE_VERSION,
                                "timeout", 0,
                                NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  if (ent_http_is_loopback (host))
    soup_session_set_proxy_resolver (self->session, NULL);
  g_main_context_pop_thread_default (self->context);
  return self;
}

static void
forget_authorization (EntHttp *self)
{
  if (self->authorize_destroy != NULL)
    self->authorize_destroy (self->authorize_data);
  self->authorize = NULL;
  self->authorize_data = NULL;
  self->authorize_destroy = NULL;
  g_clear_pointer (&self->authorization, g_free);
}

void
ent_http_free (EntHttp *self)
{
  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  forget_authorization (self);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->connections, g_hash_table_unref);
  g_free (self->host);
  g_free (self);
}

const char *
ent_http_get_host (EntHttp *self)
{
  return self->host;
}

void
ent_http_set_header (EntHttp *self,
                     char    *authorization)
{
  forget_authorization (self);
  self->authorization = authorization;
}

void
ent_http_set_authorize (EntHttp          *self,
                        EntHttpAuthorize  authorize,
                        gpointer          user_data,
                        GDestroyNotify    destroy)
{
  forget_authorization (self);
  self->authorize = authorize;
  self->authorize_data = user_data;
  self->authorize_destroy = destroy;
}

void
ent_http_set_timeouts (EntHttp *self,
                       guint    connect,
                       guint    idle,
                       guint    total)
{
  self->connect_ms = connect > 0 ? connect : self->connect_ms;
  self->idle_ms = idle > 0 ? idle : self->idle_ms;
  self->total_ms = total > 0 ? total : self->total_ms;
}

void
ent_http_set_retries (EntHttp *self,
                      guint    retries,
                      guint    first_delay)
{
  self->retries = retries;
  self->first_delay = first_delay;
}

void
ent_http_set_limit (EntHttp *self,
                    gsize    limit)
{
  self->limit = limit;
}

void
ent_http_add_trust (EntHttp      *self,
                    GTlsDatabase *authorities)
{
  g_set_object (&self->trust, authorities);
}

void
ent_http_get_counters (EntHttp *self,
                       guint64  counters[4])
{
  memcpy (counters, self->counters, sizeof self->counters);
}

gboolean
ent_http_nonsense (EntHttp  *self,
                   GBytes   *body,
                   GError  **error)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  gboolean captive = body == NULL;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < length && !captive && (g_ascii_isspace (data[i]) || data[i] == '<'); i++)
    captive = data[i] == '<';
  text = g_strdup_printf (captive ? _("“%s” answered with a web page instead of data, perhaps the sign-in page of this "
                                      "network; open a web browser and sign in there, or correct the address.")
                                  : _("“%s” gave an answer that makes no sense; check that the address is one of a CouchDB "
                                      "database or partner portal."),
                          self->host);
  g_propagate_error (error, ent_remote_error_new (captive ? ENT_REMOTE_ERROR_CAPTIVE : ENT_REMOTE_ERROR_PROTOCOL, text, 0, 0));
  return FALSE;
}

/* The words of a server in the body of an answer that is an error, whose own names for it differ. */
static char *
find_said (GBytes *body)
{
  static const char * const names[] = { "reason", "message", "error_description", "error", NULL };
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  yyjson_doc *document = length > 0 ? yyjson_read (data, length, 0) : NULL;
  yyjson_val *root = yyjson_doc_get_root (document);
  char *said = NULL;

  if (yyjson_is_arr (root))
    root = yyjson_arr_get_first (root);
  if (yyjson_is_obj (yyjson_obj_get (root, "error")))
    root = yyjson_obj_get (root, "error");
  for (guint i = 0; names[i] != NULL && said == NULL; i++)
    said = g_strdup (yyjson_get_str (yyjson_obj_get (root, names[i])));
  yyjson_doc_free (document);
  return said;
}

static gboolean
fail_by_status (EntHttp        *self,
                EntHttpAnswer  *answer,
                GError        **error)
{
  g_autofree char *said = find_said (answer->body);

  g_propagate_error (error, ent_remote_error_new_for_status (self->host, answer->status, said, answer->retry_after));
  return FALSE;
}

static gboolean
get_authorization (EntHttp       *self,
                   gboolean       refused,
                   char         **header,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_clear_pointer (header, g_free);
  if (self->authorize != NULL)
    *header = self->authorize (refused, self->authorize_data, cancellable, error);
  else
    *header = g_strdup (self->authorization);
  return self->authorize == NULL || *header != NULL;
}

/* One try, and again at once where it is certain that this helps: a new token after 401, unpacked where the server
 * does not unpack. */
static gboolean
try_authorized (EntHttp               *self,
                const EntHttpRequest  *request,
                EntHttpAnswer         *answer,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autofree char *header = NULL;
  gboolean refused = FALSE;

  if (!get_authorization (self, FALSE, &header, cancellable, error))
    return FALSE;
  while (ent_http_try (self, request, header, answer, cancellable, error))
    {
      if (answer->status >= 200 && answer->status < 300)
        return TRUE;
      if (answer->status == 401 && self->authorize != NULL && !refused)
        {
          refused = TRUE;
          if (!get_authorization (self, TRUE, &header, cancellable, error))
            return FALSE;
        }
      else if (answer->packed && (answer->status == 415 || answer->status == 400))
        self->no_packing = TRUE;
      else
        return fail_by_status (self, answer, error);
      g_clear_pointer (&answer->body, g_bytes_unref);
    }
  return FALSE;
}

/* FALSE when cancelled meanwhile. */
static gboolean
wait (guint          milliseconds,
      GCancellable  *cancellable,
      GError       **error)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, (gint) milliseconds);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (milliseconds * (gulong) 1000);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Milliseconds before repetition number @n, the first being 0. */
static guint
delay_before (EntHttp      *self,
              guint         n,
              const GError *cause)
{
  guint64 delay = MIN (self->first_delay * (guint64) (1 << MIN (n, 16)), LONGEST_DELAY);
  guint64 wished = ent_remote_error_get_retry_after (cause) * (guint64) 1000;

  delay = (guint64) ((double) delay * g_random_double_range (0.5, 1.0));
  return (guint) MAX (delay, wished);
}

/* Whether what failed by @cause may be sent again. CAPTIVE passes too, but not within a minute. */
static gboolean
may_repeat (EntHttp              *self,
            const EntHttpRequest *request,
            const GError         *cause)
{
  return request->repeatable && ent_remote_error_is_passing (cause) &&
         cause->code != ENT_REMOTE_ERROR_CAPTIVE && ent_remote_error_get_retry_after (cause) <= LONGEST_WISH;
}

GBytes *
ent_http_send (EntHttp               *self,
               const EntHttpRequest  *request,
               guint                 *status,
               GCancellable          *cancellable,
               GError               **error)
{
  gboolean again_at_once = TRUE;

  for (guint n = 0;;)
    {
      g_autoptr (GError) cause = NULL;
      EntHttpAnswer answer = { 0 };

      if (try_authorized (self, request, &answer, cancellable, &cause))
        {
          if (status != NULL)
            *status = answer.status;
          return answer.body;
        }
      g_clear_pointer (&answer.body, g_bytes_unref);
      if (again_at_once && answer.stale && may_repeat (self, request, cause))
        again_at_once = FALSE;
      else if (n >= self->retries || !may_repeat (self, request, cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
      else if (!wait (delay_before (self, n++, cause), cancellable, error))
        return NULL;
      self->counters[1]++;
    }
}
