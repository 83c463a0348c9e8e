/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-couch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The object, and what is small: the server, the database, documents that stay where they are. */

static gboolean
fail_address (GError     **error,
              const char  *sentence,
              const char  *url)
{
  g_autofree char *text = g_strdup_printf (sentence, url);

  g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_ADDRESS, text, 0, 0));
  return FALSE;
}

/* The address as it may be shown: without user, password, query and fragment, and without a slash at the end. */
static char *
strip_url (GUri *uri)
{
  g_autofree char *path = g_strdup (g_uri_get_path (uri));
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  int port = g_uri_get_port (uri) != usual ? g_uri_get_port (uri) : -1;

  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), port, path, NULL, NULL);
}

static gboolean
is_web (GUri *uri)
{
  return uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http"));
}

static gboolean
check_url (GUri        *uri,
           const char  *stripped,
           GError     **error)
{
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !ent_http_is_loopback (g_uri_get_host (uri)))
    return fail_address (error, _("“%s” would send everything in clear text; use an address that begins with https."),
                         stripped);
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL || strchr (strstr (stripped, "://") + 3, '/') == NULL)
    return fail_address (error, _("“%s” does not name a database; write it as https://host/database."), stripped);
  return TRUE;
}

static void
take_credentials (EntCouch *self,
                  GUri     *uri)
{
  g_autofree char *user = g_uri_get_user (uri) != NULL ? g_uri_unescape_string (g_uri_get_user (uri), NULL) : NULL;
  g_autofree char *password = NULL;

  if (g_uri_get_password (uri) != NULL)
    password = g_uri_unescape_string (g_uri_get_password (uri), NULL);
  if (user != NULL)
    ent_couch_set_password (self, user, password);
}

EntCouch *
ent_couch_new (const char  *url,
               GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  g_autoptr (GUri) shown = NULL;
  g_autofree char *stripped = NULL;
  EntCouch *self;

  /* a text that is none may have a password anywhere, so nothing of it is shown */
  if (!is_web (uri))
    {
      fail_address (error, "%s", _("The address of the database is not one; write it as https://host/database."));
      return NULL;
    }
  stripped = strip_url (uri);
  if (!check_url (uri, stripped, error))
    return NULL;
  self = g_new0 (EntCouch, 1);
  self->url = g_steal_pointer (&stripped);
  self->root = g_strndup (self->url, strrchr (self->url, '/') - self->url + 1);
  shown = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);
  self->http = ent_http_new (shown);
  take_credentials (self, uri);
  return self;
}

void
ent_couch_free (EntCouch *self)
{
  g_clear_pointer (&self->http, ent_http_free);
  g_free (self->url);
  g_free (self->root);
  g_free (self);
}

const char *
ent_couch_get_url (EntCouch *self)
{
  return self->url;
}

const char *
ent_couch_get_host (EntCouch *self)
{
  return ent_http_get_host (self->http);
}

void
ent_couch_set_password (EntCouch   *self,
                        const char *user,
                        const char *password)
{
  g_autofree char *plain = g_strdup_printf ("%s:%s", user != NULL ? user : "", password != NULL ? password : "");
  g_autofree char *packed = g_base64_encode ((const guchar *) plain, strlen (plain));

  ent_http_set_header (self->http, user != NULL ? g_strconcat ("Basic ", packed, NULL) : NULL);
}

void
ent_couch_set_authorize (EntCouch          *self,
                         EntCouchAuthorize  authorize,
                         gpointer           user_data,
                         GDestroyNotify     destroy)
{
  ent_http_set_authorize (self->http, authorize, user_data, destroy);
}

void
ent_couch_set_timeouts (EntCouch *self,
                        guint     connect,
                        guint     idle,
                        guint     total)
{
  ent_http_set_timeouts (self->http, connect, idle, total);
}

void
ent_couch_set_retries (EntCouch *self,
                       guint     retries,
                       guint     first_delay)
{
  ent_http_set_retries (self->http, retries, first_delay);
}

void
ent_couch_set_limit (EntCouch *self,
                     gsize     limit)
{
  ent_http_set_limit (self->http, limit);
}

void
ent_couch_add_trust (EntCouch     *self,
                     GTlsDatabase *authorities)
{
  ent_http_add_trust (self->http, authorities);
}

EntCouchCounters
ent_couch_get_counters (EntCouch *self)
{
  guint64 counters[4];

  ent_http_get_counters (self->http, counters);
  return (EntCouchCounters) { counters[0], counters[1], counters[2], counters[3] };
}

char *
ent_couch_make_url (EntCouch   *self,
                    const char *path)
{
  return g_strconcat (self->url, *path != '\0' && *path != '?' ? "/" : "", path, NULL);
}

yyjson_doc *
ent_couch_ask (EntCouch      *self,
               const char    *method,
               const char    *url,
               GBytes        *body,
               gboolean       repeatable,
               guint         *status,
               GCancellable  *cancellable,
               GError       **error)
{
  const EntHttpRequest request = { .method = method, .url = url, .body = body, .repeatable = repeatable };
  g_autoptr (GBytes) answer = ent_http_send (self->http, &request, status, cancellable, error);

  return answer != NULL ? ent_couch_parse (self, answer, error) : NULL;
}

EntCouchServer *
ent_couch_get_server (EntCouch      *self,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "GET", self->root, NULL, TRUE, NULL, cancellable, error);
  yyjson_val *root = yyjson_doc_get_root (answer);
  EntCouchServer *server;

  if (answer == NULL)
    return NULL;
  server = g_new0 (EntCouchServer, 1);
  server->uuid = g_strdup (ent_couch_get_text (root, "uuid"));
  server->vendor = g_strdup (ent_couch_get_text (yyjson_obj_get (root, "vendor"), "name"));
  server->version = g_strdup (ent_couch_get_text (root, "version"));
  self->no_latest = server->vendor != NULL && strstr (server->vendor, "PouchDB") != NULL;
  return server;
}

void
ent_couch_server_free (EntCouchServer *server)
{
  g_free (server->uuid);
  g_free (server->vendor);
  g_free (server->version);
  g_free (server);
}

EntCouchDatabase *
ent_couch_get_database (EntCouch      *self,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "GET", self->url, NULL, TRUE, NULL, cancellable, error);
  yyjson_val *root = yyjson_doc_get_root (answer);
  EntCouchDatabase *database;

  if (answer == NULL)
    return NULL;
  if (ent_couch_get_text (root, "db_name") == NULL)
    {
      ent_couch_fail (self, error);
      return NULL;
    }
  database = g_new0 (EntCouchDatabase, 1);
  database->name = g_strdup (ent_couch_get_text (root, "db_name"));
  database->update_seq = ent_couch_dup_sequence (yyjson_obj_get (root, "update_seq"));
  database->instance_start_time = ent_couch_dup_sequence (yyjson_obj_get (root, "instance_start_time"));
  database->doc_count = -1;
  if (yyjson_is_uint (yyjson_obj_get (root, "doc_count")))
    database->doc_count = yyjson_get_sint (yyjson_obj_get (root, "doc_count"));
  return database;
}

void
ent_couch_database_free (EntCouchDatabase *database)
{
  g_free (database->name);
  g_free (database->update_seq);
  g_free (database->instance_start_time);
  g_free (database);
}

gboolean
ent_couch_create_database (EntCouch      *self,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "PUT", self->url, NULL, FALSE, NULL, cancellable, &cause);
  g_autofree char *text = NULL;

  if (answer != NULL)
    return TRUE;
  if (ent_remote_error_get_status (cause) != 412)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  text = g_strdup_printf (_("There is a database of this name at “%s” already; use it, or choose another name."),
                          ent_couch_get_host (self));
  g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_EXISTS, text, 412, 0));
  return FALSE;
}

static char *
local_url (EntCouch   *self,
           const char *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("_local/", escaped, NULL);

  return ent_couch_make_url (self, path);
}

JsonObject *
ent_couch_get_local (EntCouch      *self,
                     const char    *id,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *url = local_url (self, id);
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "GET", url, NULL, TRUE, NULL, cancellable, error);
  JsonObject *document = ent_couch_dup_object (yyjson_doc_get_root (answer));

  if (answer != NULL && document == NULL)
    ent_couch_fail (self, error);
  return document;
}

char *
ent_couch_put_local (EntCouch      *self,
                     const char    *id,
                     JsonObject    *document,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *url = local_url (self, id);
  char *text = ent_couch_write_object (document);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  g_autoptr (yyjson_doc) answer = ent_couch_ask (self, "PUT", url, body, FALSE, NULL, cancellable, error);
  char *rev = g_strdup (ent_couch_get_text (yyjson_doc_get_root (answer), "rev"));

  if (answer != NULL && rev == NULL)
    ent_couch_fail (self, error);
  return rev;
}
