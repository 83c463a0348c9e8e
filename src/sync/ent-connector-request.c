/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-request.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-connector-private.h"
#include "sync/ent-json-pointer.h"

/* An operation and what it is called with, as a request. */

typedef struct
{
  const EntConnector          *connector;
  const EntConnectorObject    *object;
  const EntConnectorOperation *operation;
  const EntConnectorCall      *call;
  GHashTable                  *variables; /* text → text */
  EntConnectorRequest         *request;
  GError                     **error;
} Builder;

static void
free_pair (gpointer data)
{
  EntConnectorPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

void
ent_connector_request_free (EntConnectorRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_free (self->body);
  g_free (self->service);
  g_free (self->region);
  g_free (self->page);
  g_free (self);
}

static gboolean fail (Builder    *self,
                      const char *format,
                      ...) G_GNUC_PRINTF (2, 3);

static gboolean
fail (Builder    *self,
      const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (self->error, g_error_new_valist (ENT_CONNECTOR_ERROR, ENT_CONNECTOR_ERROR_VALUE, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* --- What is filled in ---------------------------------------------------------------------------------- */

static gboolean
add_input (Builder                 *self,
           const EntConnectorInput *input)
{
  const char *given = self->call->values != NULL ? g_hash_table_lookup (self->call->values, input->name) : NULL;
  const char *value = given != NULL && *given != '\0' ? given : input->value;
  g_autofree char *whole = input->pattern != NULL ? g_strdup_printf ("^(?:%s)$", input->pattern) : NULL;

  if (value == NULL || *value == '\0')
    return input->optional || fail (self, _("“%s” of %s is missing; enter it."), input->label, self->connector->name);
  if (input->choices != NULL && !g_strv_contains ((const char * const *) input->choices, value))
    return fail (self, _("“%s” of %s cannot be “%s”; choose one of the list."), input->label, self->connector->name, value);
  if (whole != NULL && !g_regex_match_simple (whole, value, G_REGEX_DOLLAR_ENDONLY, 0))
    return fail (self, _("“%s” of %s cannot be “%s”; correct it."), input->label, self->connector->name, value);
  g_hash_table_insert (self->variables, g_strdup (input->name), g_strdup (value));
  return TRUE;
}

static gboolean
add_inputs (Builder   *self,
            GPtrArray *inputs)
{
  for (guint i = 0; i < inputs->len; i++)
    if (!add_input (self, inputs->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
add_variable (Builder    *self,
              const char *name,
              const char *value)
{
  if (value != NULL)
    g_hash_table_insert (self->variables, g_strdup (name), g_strdup (value));
}

static gboolean
collect_variables (Builder *self)
{
  const EntConnectorAuth *auth = self->connector->auth;
  const EntConnectorDelta *delta = self->operation->delta;
  g_autofree char *uuid = g_uuid_string_random ();

  for (guint i = 0; i < auth->enter->len; i++)
    {
      const EntConnectorInput *input = auth->enter->pdata[i];

      if (!input->secret && self->call->values != NULL)
        add_variable (self, input->name, g_hash_table_lookup (self->call->values, input->name));
    }
  add_variable (self, "uuid", uuid);
  add_variable (self, "version", self->connector->version);
  add_variable (self, "id", self->call->id);
  add_variable (self, "external_id", self->call->external_id);
  add_variable (self, "task", self->call->task);
  if (delta != NULL && self->call->since != 0)
    {
      g_autofree char *since = connector_time_write ((EntConnectorTime) delta->format,
                                                     self->call->since - delta->overlap * G_USEC_PER_SEC);

      add_variable (self, "since", since);
    }
  return add_inputs (self, self->connector->settings) && add_inputs (self, self->operation->arguments);
}

/* An operation on one thing needs to know which. */
static gboolean
check_id (Builder *self)
{
  static const char * const on_one[] = { "get", "update", "delete", NULL };

  if (!g_strv_contains (on_one, self->operation->name) || (self->call->id != NULL && *self->call->id != '\0'))
    return TRUE;
  return fail (self, _("This record has no number in %s yet; send it first."), self->connector->name);
}

/* --- Headers -------------------------------------------------------------------------------------------- */

static gboolean
add_header (Builder    *self,
            const char *name,
            const char *value)
{
  EntConnectorPair *pair;

  if (value == NULL || *value == '\0')
    return TRUE;
  if (strpbrk (value, "\r\n") != NULL || strpbrk (name, "\r\n:") != NULL)
    return fail (self, _("The header “%s” for %s has a line break; take it out."), name, self->connector->name);
  pair = g_new0 (EntConnectorPair, 1);
  pair->name = g_strdup (name);
  pair->value = g_strdup (value);
  g_ptr_array_add (self->request->headers, pair);
  return TRUE;
}

static gboolean
add_headers (Builder   *self,
             GPtrArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const EntConnectorPair *pair = pairs->pdata[i];
      g_autofree char *value = template_fill (pair->value, self->variables, FALSE);

      if (!add_header (self, pair->name, value))
        return FALSE;
    }
  return TRUE;
}

/* An edit carries the mark of the version it was made on. */
static gboolean
add_lock (Builder *self)
{
  const EntConnectorLock *lock = self->object->lock;
  gboolean is_update = g_str_equal (self->operation->name, "update");

  if (lock == NULL || lock->kind == ENT_CONNECTOR_LOCK_NONE || !(is_update || g_str_equal (self->operation->name, "delete")))
    return TRUE;
  if (self->call->lock == NULL)
    return !is_update || fail (self, _("The version that was edited is not known; get the record from %s first."),
                               self->connector->name);
  if (lock->kind == ENT_CONNECTOR_LOCK_BODY)
    return TRUE;
  return add_header (self, lock->kind == ENT_CONNECTOR_LOCK_IF_MATCH ? "If-Match" : "If-Unmodified-Since", self->call->lock);
}

static gboolean
add_token (Builder *self)
{
  const EntConnectorToken *token = self->operation->idempotency;

  if (token == NULL || token->kind == ENT_CONNECTOR_TOKEN_NONE || token->kind == ENT_CONNECTOR_TOKEN_EXTERNAL_ID)
    return TRUE;
  if (self->call->token == NULL)
    return fail (self, _("This request to %s needs a token, so that repeating it does no harm."), self->connector->name);
  return token->kind != ENT_CONNECTOR_TOKEN_HEADER || add_header (self, token->header, self->call->token);
}

/* NULL: none is needed, or the connector gives one. */
static const char *
get_content_type (const Builder *self)
{
  if (self->request->body == NULL || ent_connector_pairs_get (self->operation->headers, "Content-Type") != NULL ||
      ent_connector_pairs_get (self->connector->headers, "Content-Type") != NULL)
    return NULL;
  if (self->connector->style == ENT_CONNECTOR_X_AMZ_TARGET)
    return "application/x-amz-json-1.0";
  if (!g_str_equal (self->operation->name, "update"))
    return "application/json";
  return self->object->write == ENT_CONNECTOR_MERGE_PATCH  ? "application/merge-patch+json"
         : self->object->write == ENT_CONNECTOR_JSON_PATCH ? "application/json-patch+json"
                                                           : "application/json";
}

static gboolean
build_headers (Builder *self)
{
  g_autofree char *target = NULL;
  const EntConnectorDelta *delta = self->operation->delta;

  if (self->connector->style == ENT_CONNECTOR_X_AMZ_TARGET)
    target = g_strconcat (self->object->target, ".", self->operation->action, NULL);
  if (ent_connector_pairs_get (self->connector->headers, "Accept") == NULL && target == NULL &&
      !add_header (self, "Accept", "application/json"))
    return FALSE;
  return add_headers (self, self->connector->headers) && add_headers (self, self->operation->headers) &&
         add_header (self, "X-Amz-Target", target) &&
         (delta == NULL || self->call->since == 0 || add_headers (self, delta->headers)) && add_lock (self) &&
         add_token (self) && add_header (self, "Content-Type", get_content_type (self));
}

/* --- Body ----------------------------------------------------------------------------------------------- */

/* Puts the members of @from into @into, object by object. */
static void
merge (JsonNode *into,
       JsonNode *from)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, json_node_get_object (from));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      JsonNode *old = json_object_get_member (json_node_get_object (into), name);

      if (old != NULL && JSON_NODE_HOLDS_OBJECT (old) && JSON_NODE_HOLDS_OBJECT (value))
        merge (old, value);
      else
        json_object_set_member (json_node_get_object (into), name, ent_json_copy (value));
    }
}

static void
merge_template (Builder  *self,
                JsonNode *body,
                JsonNode *template)
{
  g_autoptr (JsonNode) filled = template != NULL ? template_fill_node (template, self->variables) : NULL;

  if (filled != NULL)
    merge (body, filled);
}

/* A page's token as the portal gave it; its number as a number. */
static void
put_page (Builder  *self,
          JsonNode *body)
{
  const EntConnectorPaging *paging = self->operation->paging;

  if (paging == NULL)
    return;
  if (paging->size_body != NULL)
    ent_json_pointer_set (body, paging->size_body, json_node_init_int (json_node_alloc (), paging->size));
  if (paging->body == NULL || self->request->page == NULL)
    return;
  ent_json_pointer_set (body, paging->body, paging->kind == ENT_CONNECTOR_PAGES_NUMBER
                                              ? json_node_init_int (json_node_alloc (),
                                                                    g_ascii_strtoll (self->request->page, NULL, 10))
                                              : ent_json_new_text (self->request->page));
}

static void
put_marks (Builder  *self,
           JsonNode *body)
{
  const EntConnectorToken *token = self->operation->idempotency;
  const EntConnectorLock *lock = self->object->lock;
  const char *own = token != NULL && token->path != NULL ? token->path : self->object->external_id;

  if (token != NULL && token->kind == ENT_CONNECTOR_TOKEN_BODY && self->call->token != NULL)
    ent_json_pointer_set (body, token->path, ent_json_new_text (self->call->token));
  if (token != NULL && token->kind == ENT_CONNECTOR_TOKEN_EXTERNAL_ID && self->call->external_id != NULL)
    ent_json_pointer_set (body, own, ent_json_new_text (self->call->external_id));
  if (lock != NULL && lock->kind == ENT_CONNECTOR_LOCK_BODY && self->call->lock != NULL &&
      g_str_equal (self->operation->name, "update"))
    ent_json_pointer_set (body, lock->write, ent_json_new_text (self->call->lock));
}

static void
build_body (Builder *self)
{
  g_autoptr (JsonNode) body = NULL;

  if (self->call->record != NULL && !JSON_NODE_HOLDS_OBJECT (self->call->record))
    {
      self->request->body = ent_json_write (self->call->record);
      return;
    }
  body = self->call->record != NULL ? ent_json_copy (self->call->record) : ent_json_new_object ();
  merge_template (self, body, self->operation->body);
  if (self->operation->delta != NULL && self->call->since != 0)
    merge_template (self, body, self->operation->delta->body);
  put_page (self, body);
  put_marks (self, body);
  if (self->call->record != NULL || !ent_json_is_empty (body) || self->connector->style == ENT_CONNECTOR_X_AMZ_TARGET)
    self->request->body = ent_json_write (body);
}

/* --- Address -------------------------------------------------------------------------------------------- */

static void
append_query (GString    *url,
              const char *name,
              const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_string_append_c (url, strchr (url->str, '?') != NULL ? '&' : '?');
  g_string_append_uri_escaped (url, name, "$", FALSE);
  g_string_append_c (url, '=');
  g_string_append_uri_escaped (url, value, ",:", FALSE);
}

static void
append_queries (Builder   *self,
                GString   *url,
                GPtrArray *pairs)
{
  for (guint i = 0; i < pairs->len; i++)
    {
      const EntConnectorPair *pair = pairs->pdata[i];
      g_autofree char *value = template_fill (pair->value, self->variables, FALSE);

      append_query (url, pair->name, value);
    }
}

static void
append_paging (Builder *self,
               GString *url)
{
  const EntConnectorPaging *paging = self->operation->paging;
  char size[24];

  if (paging == NULL)
    return;
  g_snprintf (size, sizeof size, "%" G_GINT64_FORMAT, paging->size);
  if (paging->size_query != NULL)
    append_query (url, paging->size_query, size);
  if (paging->query != NULL)
    append_query (url, paging->query, self->request->page);
}

static gboolean
is_local (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0 || g_strcmp0 (host, "::1") == 0;
}

static gboolean
check_address (Builder    *self,
               const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL &&
      (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_local (host))))
    return TRUE;
  return fail (self, _("“%s” is not a safe address for %s; use one that begins with https://."), url, self->connector->name);
}

static gboolean
build_url (Builder *self)
{
  const EntConnectorPaging *paging = self->operation->paging;
  const char *base = self->call->base != NULL     ? self->call->base
                     : self->object->base != NULL ? self->object->base
                                                  : self->connector->base;
  g_autofree char *filled = template_fill (base, self->variables, FALSE);
  g_autoptr (GString) url = g_string_new (filled);
  g_autofree char *path = NULL;

  if (!check_address (self, filled))
    return FALSE;
  while (url->len > 0 && url->str[url->len - 1] == '/')
    g_string_truncate (url, url->len - 1);
  if (self->call->page != NULL && paging != NULL &&
      (paging->kind == ENT_CONNECTOR_PAGES_BODY_LINK || paging->kind == ENT_CONNECTOR_PAGES_LINK_HEADER))
    {
      self->request->url = ent_connector_follow (url->str, self->call->page);
      return self->request->url != NULL || fail (self, _("The next page is on another host than %s; it was not asked for."),
                                                 url->str);
    }
  path = self->operation->path != NULL ? template_fill (self->operation->path, self->variables, TRUE) : g_strdup ("/");
  g_string_append_printf (url, "%s%s", *path == '/' ? "" : "/", path);
  append_queries (self, url, self->operation->query);
  if (self->operation->delta != NULL && self->call->since != 0)
    append_queries (self, url, self->operation->delta->query);
  append_paging (self, url);
  self->request->url = g_string_free_and_steal (g_steal_pointer (&url));
  return TRUE;
}

/* --- All of it ------------------------------------------------------------------------------------------ */

static const char *
get_method (const Builder *self)
{
  const char *name = self->operation->name;

  if (self->operation->method != 0)
    return ent_connector_methods[self->operation->method];
  if (self->connector->style == ENT_CONNECTOR_X_AMZ_TARGET)
    return "POST";
  if (g_str_equal (name, "list") || g_str_equal (name, "get"))
    return "GET";
  if (g_str_equal (name, "delete"))
    return "DELETE";
  if (g_str_equal (name, "update"))
    return self->object->write == ENT_CONNECTOR_FULL_REPLACE ? "PUT" : "PATCH";
  return "POST";
}

static void
init_page (Builder *self)
{
  const EntConnectorPaging *paging = self->operation->paging;

  if (self->call->page != NULL)
    self->request->page = g_strdup (self->call->page);
  else if (paging != NULL && paging->kind == ENT_CONNECTOR_PAGES_NUMBER)
    self->request->page = g_strdup_printf ("%" G_GINT64_FORMAT, paging->first);
}

EntConnectorRequest *
ent_connector_request_new (const EntConnector       *connector,
                           const EntConnectorObject *object,
                           const EntConnectorCall   *call,
                           GError                  **error)
{
  g_autoptr (EntConnectorRequest) request = g_new0 (EntConnectorRequest, 1);
  g_autoptr (GHashTable) variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Builder self = { connector, object, call->operation, call, variables, request, error };
  const char *service = object->service != NULL ? object->service : connector->auth->service;

  request->headers = g_ptr_array_new_with_free_func (free_pair);
  if (!check_id (&self) || !collect_variables (&self))
    return NULL;
  init_page (&self);
  request->method = g_strdup (get_method (&self));
  build_body (&self);
  if (!build_url (&self) || !build_headers (&self))
    return NULL;
  request->service = service != NULL ? template_fill (service, variables, FALSE) : NULL;
  request->region = connector->auth->region != NULL ? template_fill (connector->auth->region, variables, FALSE) : NULL;
  return g_steal_pointer (&request);
}
