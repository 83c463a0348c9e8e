/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sigv4-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALGORITHM    "AWS4-HMAC-SHA256"
#define MAX_EXPIRES  (7 * 24 * 60 * 60)
#define SHA256_SIZE  32

G_DEFINE_QUARK (ent-sigv4-error-quark, ent_sigv4_error)

/* What goes from one step to the next. */
typedef struct
{
  const EntSigv4Key     *key;
  const EntSigv4Request *request;
  char                  *date;   /* 20150830T123600Z */
  char                  *scope;  /* 20150830/us-east-1/service/aws4_request */
  char                  *hash;   /* of the body */
  char                  *host;
  char                  *path;
  char                  *query;
  GPtrArray             *parameters;
  GPtrArray             *headers;
  char                  *names;  /* of the headers: "host;x-amz-date" */
} Signing;

static void
signing_clear (Signing *self)
{
  g_free (self->date);
  g_free (self->scope);
  g_free (self->hash);
  g_free (self->host);
  g_free (self->path);
  g_free (self->query);
  g_clear_pointer (&self->parameters, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_free (self->names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Signing, signing_clear)

void
ent_sigv4_signature_free (EntSigv4Signature *self)
{
  g_free (self->canonical_request);
  g_free (self->string_to_sign);
  g_free (self->signature);
  g_free (self->authorization);
  g_free (self->date);
  g_free (self->content_hash);
  g_free (self->url);
  g_free (self);
}

/* --- What is asked for ------------------------------------------------------------------------------------------- */

static gboolean
is_visible (const char *text)
{
  if (text == NULL || *text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

static gboolean
check_key (const EntSigv4Key  *key,
           GError            **error)
{
  if (is_visible (key->access_key) && is_visible (key->secret) &&
      (key->session_token == NULL || is_visible (key->session_token)) &&
      is_visible (key->region) && is_visible (key->service) &&
      strpbrk (key->access_key, "/,") == NULL && strpbrk (key->region, "/,") == NULL && strpbrk (key->service, "/,") == NULL)
    return TRUE;
  g_set_error_literal (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_KEY,
                       _("The portal’s access key, secret key, region or service is missing or has a space or a slash "
                         "where none can be; enter them again in the settings of the portal."));
  return FALSE;
}

static gboolean
is_hash (const char *text)
{
  if (g_str_equal (text, "UNSIGNED-PAYLOAD"))
    return TRUE;
  return strlen (text) == 2 * SHA256_SIZE && strspn (text, "0123456789abcdef") == 2 * SHA256_SIZE;
}

static gboolean
check_request (const EntSigv4Request  *request,
               GError                **error)
{
  gboolean has_method = request->method != NULL && *request->method != '\0' &&
                        request->method[strspn (request->method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
  gboolean has_hash = request->body_hash == NULL || is_hash (request->body_hash);
  gboolean has_life = (request->flags & ENT_SIGV4_QUERY) == 0 ||
                      (request->expires >= 1 && request->expires <= MAX_EXPIRES);

  if (has_method && has_hash && has_life)
    return TRUE;
  g_set_error_literal (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_REQUEST,
                       !has_method ? _("A request to the portal has no method such as GET or POST; correct it in the "
                                       "portal’s connector file.")
                       : !has_hash ? _("A request to the portal cannot be signed, as the hash of its content is not "
                                       "SHA-256; correct it in the portal’s connector file.")
                                   : _("A signed address is good for one second to seven days; choose a time between them."));
  return FALSE;
}

static gboolean
set_date (Signing  *self,
          GError  **error)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (self->request->time);
  g_autofree char *day = NULL;

  if (time == NULL || self->request->time < 0)
    {
      g_set_error_literal (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_REQUEST,
                           _("This computer’s clock shows a year that requests cannot be signed with; correct it in the "
                             "system’s date and time settings."));
      return FALSE;
    }
  day = g_date_time_format (time, "%Y%m%d");
  self->date = g_date_time_format (time, "%Y%m%dT%H%M%SZ");
  self->scope = g_strdup_printf ("%s/%s/%s/aws4_request", day, self->key->region, self->key->service);
  return TRUE;
}

static void
set_hash (Signing *self)
{
  if (self->request->body_hash != NULL)
    self->hash = g_strdup (self->request->body_hash);
  else if (self->request->body != NULL)
    self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->request->body);
  else
    self->hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);
}

/* --- Canonical request ------------------------------------------------------------------------------------------- */

static gboolean
has_flag (const Signing *self,
          EntSigv4Flags  flag)
{
  return (self->request->flags & flag) != 0;
}

static gboolean
signs_token (const Signing *self)
{
  return self->key->session_token != NULL && !has_flag (self, ENT_SIGV4_TOKEN_AFTER);
}

static void
add_headers (Signing *self)
{
  if (!has_flag (self, ENT_SIGV4_QUERY))
    {
      sigv4_pairs_take (self->headers, g_strdup ("x-amz-date"), g_strdup (self->date));
      if (signs_token (self))
        sigv4_pairs_take (self->headers, g_strdup ("x-amz-security-token"), g_strdup (self->key->session_token));
      if (has_flag (self, ENT_SIGV4_CONTENT_HASH))
        sigv4_pairs_take (self->headers, g_strdup ("x-amz-content-sha256"), g_strdup (self->hash));
      sigv4_sort_headers (self->headers);
    }
  for (guint i = 0; i < self->headers->len; i++)
    {
      const Sigv4Pair *pair = g_ptr_array_index (self->headers, i);
      char *names = self->names == NULL ? g_strdup (pair->name) : g_strconcat (self->names, ";", pair->name, NULL);

      g_free (self->names);
      self->names = names;
    }
}

static void
add_parameters (Signing *self)
{
  g_autofree char *credential = g_strdup_printf ("%s/%s", self->key->access_key, self->scope);
  g_autofree char *expires = g_strdup_printf ("%u", self->request->expires);

  if (!has_flag (self, ENT_SIGV4_QUERY))
    return;
  sigv4_pairs_add (self->parameters, "X-Amz-Algorithm", ALGORITHM);
  sigv4_pairs_add (self->parameters, "X-Amz-Credential", credential);
  sigv4_pairs_add (self->parameters, "X-Amz-Date", self->date);
  sigv4_pairs_add (self->parameters, "X-Amz-SignedHeaders", self->names);
  sigv4_pairs_add (self->parameters, "X-Amz-Expires", expires);
  if (signs_token (self))
    sigv4_pairs_add (self->parameters, "X-Amz-Security-Token", self->key->session_token);
}

static char *
dup_canonical_request (Signing  *self,
                       GError  **error)
{
  g_autofree char *path = sigv4_canonical_path (self->path, has_flag (self, ENT_SIGV4_S3_PATH), error);
  g_autofree char *query = NULL;
  GString *result;

  if (path == NULL)
    return NULL;
  sigv4_pairs_sort (self->parameters);
  query = sigv4_join_query (self->parameters);
  result = g_string_new (NULL);
  g_string_append_printf (result, "%s\n%s\n%s\n", self->request->method, path, query);
  for (guint i = 0; i < self->headers->len; i++)
    {
      const Sigv4Pair *pair = g_ptr_array_index (self->headers, i);

      g_string_append_printf (result, "%s:%s\n", pair->name, pair->value);
    }
  g_string_append_printf (result, "\n%s\n%s", self->names, self->hash);
  return g_string_free_and_steal (result);
}

/* --- Signature --------------------------------------------------------------------------------------------------- */

static void
hash_with_key (const guint8 *key,
               gsize         key_size,
               const char   *text,
               guint8        digest[SHA256_SIZE])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_size);
  gsize size = SHA256_SIZE;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &size);
}

static char *
dup_signature (const Signing *self,
               const char    *string_to_sign)
{
  g_auto (GStrv) parts = g_strsplit (self->scope, "/", -1);
  char *first = g_strconcat ("AWS4", self->key->secret, NULL);
  guint8 digest[SHA256_SIZE];

  hash_with_key ((const guint8 *) first, strlen (first), parts[0], digest);
  for (guint i = 1; parts[i] != NULL; i++)
    hash_with_key (digest, sizeof digest, parts[i], digest);
  explicit_bzero (first, strlen (first));
  g_free (first);
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, digest, sizeof digest, string_to_sign, -1);
}

/* The URL as it was, then what was signed, then the signature. */
static char *
dup_presigned_url (const Signing *self,
                   GPtrArray     *added,
                   const char    *signature)
{
  gsize length = strcspn (self->request->url, "#");
  gboolean has_query = memchr (self->request->url, '?', length) != NULL;
  g_autofree char *parameters = sigv4_join_query (added);
  GString *url = g_string_new_len (self->request->url, (gssize) length);

  if (!has_query)
    g_string_append_c (url, '?');
  else if (*self->query != '\0' && !g_str_has_suffix (self->query, "&"))
    g_string_append_c (url, '&');
  g_string_append (url, parameters);
  if (self->key->session_token != NULL && has_flag (self, ENT_SIGV4_TOKEN_AFTER))
    {
      g_autofree char *token = g_uri_escape_string (self->key->session_token, NULL, FALSE);

      g_string_append_printf (url, "&X-Amz-Security-Token=%s", token);
    }
  g_string_append_printf (url, "&X-Amz-Signature=%s", signature);
  return g_string_free_and_steal (url);
}

static gboolean
refuse_signed (GPtrArray  *parameters,
               GError    **error)
{
  for (guint i = 0; i < parameters->len; i++)
    if (g_str_has_prefix (((const Sigv4Pair *) g_ptr_array_index (parameters, i))->name, "X-Amz-"))
      {
        g_set_error_literal (error, ENT_SIGV4_ERROR, ENT_SIGV4_ERROR_REQUEST,
                             _("The address of the portal is signed already; enter it without what begins with X-Amz-."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
prepare (Signing  *self,
         GError  **error)
{
  const EntSigv4Request *request = self->request;

  if (!check_key (self->key, error) || !check_request (request, error) || !set_date (self, error) ||
      !sigv4_split_url (request->url, &self->host, &self->path, &self->query, error))
    return FALSE;
  set_hash (self);
  self->parameters = sigv4_parse_query (self->query, error);
  if (self->parameters == NULL || (has_flag (self, ENT_SIGV4_QUERY) && !refuse_signed (self->parameters, error)))
    return FALSE;
  self->headers = sigv4_canonical_headers (request->headers, request->n_headers, self->host, error);
  return self->headers != NULL;
}

EntSigv4Signature *
ent_sigv4_sign (const EntSigv4Key      *key,
                const EntSigv4Request  *request,
                GError                **error)
{
  g_auto (Signing) self = { .key = key, .request = request };
  g_autoptr (EntSigv4Signature) result = g_new0 (EntSigv4Signature, 1);
  g_autoptr (GPtrArray) added = sigv4_pairs_new ();
  g_autofree char *hash = NULL;
  guint n_own;

  if (!prepare (&self, error))
    return NULL;
  add_headers (&self);
  n_own = self.parameters->len;
  add_parameters (&self);
  for (guint i = n_own; i < self.parameters->len; i++)
    {
      const Sigv4Pair *pair = g_ptr_array_index (self.parameters, i);

      sigv4_pairs_take (added, g_strdup (pair->name), g_strdup (pair->value));
    }
  result->canonical_request = dup_canonical_request (&self, error);
  if (result->canonical_request == NULL)
    return NULL;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, result->canonical_request, -1);
  result->string_to_sign = g_strdup_printf (ALGORITHM "\n%s\n%s\n%s", self.date, self.scope, hash);
  result->signature = dup_signature (&self, result->string_to_sign);
  if (has_flag (&self, ENT_SIGV4_QUERY))
    {
      result->url = dup_presigned_url (&self, added, result->signature);
      return g_steal_pointer (&result);
    }
  result->authorization = g_strdup_printf (ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s",
                                           key->access_key, self.scope, self.names, result->signature);
  result->content_hash = has_flag (&self, ENT_SIGV4_CONTENT_HASH) ? g_strdup (self.hash) : NULL;
  result->date = g_steal_pointer (&self.date);
  return g_steal_pointer (&result);
}

/* --- Messages ---------------------------------------------------------------------------------------------------- */

static void
add_message_header (const char *name,
                    const char *value,
                    gpointer    headers)
{
  EntSigv4Header header = { name, value };

  g_array_append_val (headers, header);
}

gboolean
ent_sigv4_sign_message (SoupMessage        *message,
                        GBytes             *body,
                        const EntSigv4Key  *key,
                        gint64              time,
                        EntSigv4Flags       flags,
                        GError            **error)
{
  SoupMessageHeaders *sent = soup_message_get_request_headers (message);
  g_autoptr (GArray) headers = g_array_new (FALSE, FALSE, sizeof (EntSigv4Header));
  g_autofree char *url = g_uri_to_string (soup_message_get_uri (message));
  g_autoptr (EntSigv4Signature) signature = NULL;
  EntSigv4Request request = { .method = soup_message_get_method (message), .url = url, .body = body, .time = time };

  soup_message_headers_foreach (sent, add_message_header, headers);
  request.headers = (const EntSigv4Header *) (gpointer) headers->data;
  request.n_headers = headers->len;
  request.flags = flags & (EntSigv4Flags) ~ENT_SIGV4_QUERY;
  signature = ent_sigv4_sign (key, &request, error);
  if (signature == NULL)
    return FALSE;
  soup_message_headers_replace (sent, "Authorization", signature->authorization);
  soup_message_headers_replace (sent, "X-Amz-Date", signature->date);
  soup_message_headers_remove (sent, "X-Amz-Security-Token");
  if (key->session_token != NULL)
    soup_message_headers_append (sent, "X-Amz-Security-Token", key->session_token);
  soup_message_headers_remove (sent, "X-Amz-Content-Sha256");
  if (signature->content_hash != NULL)
    soup_message_headers_append (sent, "X-Amz-Content-Sha256", signature->content_hash);
  return TRUE;
}
