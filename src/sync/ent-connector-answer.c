/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-answer-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "sync/ent-json-pointer.h"

/* What an answer says when all is well: items, the next page, marks. Errors are in ent-connector-answer-errors.c. */

static void
free_fault (gpointer data)
{
  EntConnectorFault *fault = data;

  g_free (fault->field);
  g_free (fault->path);
  g_free (fault->code);
  g_free (fault->sentence);
  g_free (fault);
}

void
ent_connector_answer_free (EntConnectorAnswer *self)
{
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->faults);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->id);
  g_free (self->lock);
  g_free (self->next);
  g_free (self->task);
  g_free (self->code);
  g_free (self->sentence);
  g_free (self);
}

/* --- Addresses of next pages ------------------------------------------------------------------------------------ */

char *
ent_connector_follow (const char *url,
                      const char *link)
{
  g_autoptr (GUri) from = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autoptr (GUri) to = from != NULL ? g_uri_parse_relative (from, link, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char *host = to != NULL ? g_uri_get_host (to) : NULL;
  gboolean is_upgraded;

  if (host == NULL || g_ascii_strcasecmp (host, g_uri_get_host (from)) != 0 || g_uri_get_userinfo (to) != NULL)
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (to), "http") && !g_str_equal (g_uri_get_scheme (to), "https"))
    return NULL;
  /* Some portals write http where they mean https; such a link has no port, or that of http. */
  is_upgraded = g_str_equal (g_uri_get_scheme (from), "https") && g_str_equal (g_uri_get_scheme (to), "http") &&
                (g_uri_get_port (to) == -1 || g_uri_get_port (to) == 80);
  if (!is_upgraded && (g_uri_get_port (to) != g_uri_get_port (from) ||
                       !g_str_equal (g_uri_get_scheme (to), g_uri_get_scheme (from))))
    return NULL;
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (from), NULL, host, g_uri_get_port (from), g_uri_get_path (to),
                     g_uri_get_query (to), NULL);
}

/* The target of rel="next" (RFC 8288, section 3). */
static char *
find_next_link (const char *header)
{
  const char *p = header;

  while (p != NULL && (p = strchr (p, '<')) != NULL)
    {
      const char *end = strchr (p, '>');
      const char *rest = end != NULL ? strchr (end, '<') : NULL;
      g_autofree char *parameters = NULL;

      if (end == NULL)
        return NULL;
      parameters = rest != NULL ? g_strndup (end + 1, (gsize) (rest - end - 1)) : g_strdup (end + 1);
      if (g_regex_match_simple (";\\s*rel\\s*=\\s*(\"([^\"]* )?next( [^\"]*)?\"|next)\\s*(;|,|$)", parameters,
                                G_REGEX_CASELESS, 0))
        return g_strndup (p + 1, (gsize) (end - p - 1));
      p = rest;
    }
  return NULL;
}

/* --- Pages --------------------------------------------------------------------------------------------------------- */

/* Whether there is more: as the answer says, else when the page is full. */
static gboolean
has_more (const EntConnectorAnswer *self,
          const EntConnectorPaging *paging)
{
  JsonNode *more = paging->more != NULL ? ent_json_pointer_get (self->body, paging->more) : NULL;

  if (more != NULL && JSON_NODE_HOLDS_VALUE (more) && json_node_get_value_type (more) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (more);
  return paging->more == NULL && paging->size > 0 && (gint64) self->items->len >= paging->size;
}

static char *
dup_place (JsonNode   *node,
           const char *path)
{
  JsonNode *place = node != NULL && path != NULL ? ent_json_pointer_get (node, path) : NULL;

  return ent_json_is_empty (place) ? NULL : ent_json_dup_text (place);
}

static char *
read_link (EntConnectorAnswer        *self,
           const EntConnectorRequest *request,
           const char                *link)
{
  char *url = link != NULL ? ent_connector_follow (request->url, link) : NULL;

  if (link != NULL && url == NULL)
    answer_fail (self, ENT_CONNECTOR_FAIL_FINAL,
                 g_strdup (_("The portal gave a next page on another host, which was not asked for; check the connector.")));
  return url;
}

static void
read_next (EntConnectorAnswer        *self,
           const EntConnectorPaging  *paging,
           const EntConnectorRequest *request,
           SoupMessageHeaders        *headers)
{
  g_autofree char *found = dup_place (self->body, paging->read);
  const char *header = headers != NULL ? soup_message_headers_get_list (headers, "Link") : NULL;
  g_autofree char *link = header != NULL ? find_next_link (header) : NULL;

  switch ((EntConnectorPagingKind) paging->kind)
    {
    case ENT_CONNECTOR_PAGES_BODY_TOKEN:
      if (paging->more == NULL || has_more (self, paging))
        self->next = g_steal_pointer (&found);
      break;
    case ENT_CONNECTOR_PAGES_BODY_LINK:
      self->next = read_link (self, request, found);
      break;
    case ENT_CONNECTOR_PAGES_LINK_HEADER:
      self->next = read_link (self, request, link);
      break;
    case ENT_CONNECTOR_PAGES_NUMBER:
      if (has_more (self, paging))
        self->next = g_strdup_printf ("%" G_GINT64_FORMAT,
                                      (request->page != NULL ? g_ascii_strtoll (request->page, NULL, 10) : paging->first) + 1);
      break;
    case ENT_CONNECTOR_PAGES_STARTING_AFTER:
      if (self->items->len > 0 && has_more (self, paging))
        self->next = dup_place (self->items->pdata[self->items->len - 1], paging->read);
      break;
    }
  if (self->next != NULL && g_strcmp0 (self->next, request->page) == 0)
    answer_fail (self, ENT_CONNECTOR_FAIL_FINAL, g_strdup (_("The portal gives the same page again and again; it was left.")));
}

/* --- Contents ------------------------------------------------------------------------------------------------------- */

static void
read_items (EntConnectorAnswer *self,
            const char         *path)
{
  JsonNode *list = ent_json_pointer_get (self->body, path);

  if (ent_json_is_empty (list))
    return;
  if (!JSON_NODE_HOLDS_ARRAY (list))
    {
      answer_fail (self, ENT_CONNECTOR_FAIL_RETRY, g_strdup (_("The portal gave no list where one was expected; try later.")));
      return;
    }
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    g_ptr_array_add (self->items, json_array_get_element (json_node_get_array (list), i));
}

static void
read_item (EntConnectorAnswer          *self,
           const EntConnectorObject    *object,
           const EntConnectorOperation *operation,
           SoupMessageHeaders          *headers)
{
  JsonNode *item = ent_json_pointer_get (self->body, operation->item != NULL ? operation->item : "");

  if (item == NULL || !JSON_NODE_HOLDS_OBJECT (item))
    return;
  self->item = item;
  self->id = dup_place (item, operation->id != NULL ? operation->id : object->id);
  if (object->lock != NULL && object->lock->kind != ENT_CONNECTOR_LOCK_NONE)
    self->lock = dup_place (item, object->lock->read);
  if (self->lock == NULL && object->lock != NULL && object->lock->header != NULL && headers != NULL)
    self->lock = g_strdup (soup_message_headers_get_one (headers, object->lock->header));
  if (operation->task != NULL)
    self->task = dup_place (item, operation->task->id);
}

static void
read_contents (EntConnectorAnswer          *self,
               const EntConnectorObject    *object,
               const EntConnectorOperation *operation,
               const EntConnectorRequest   *request,
               SoupMessageHeaders          *headers)
{
  if (operation->items != NULL)
    {
      read_items (self, operation->items);
      if (!self->is_failed && operation->paging != NULL)
        read_next (self, operation->paging, request, headers);
    }
  else
    read_item (self, object, operation, headers);
}

/* An operation that changes something may be answered by nothing. */
static gboolean
needs_body (const EntConnectorOperation *operation,
            guint                        status)
{
  return status != SOUP_STATUS_NO_CONTENT && status != SOUP_STATUS_NOT_MODIFIED &&
         (operation->items != NULL || g_str_equal (operation->name, "get") || g_str_equal (operation->name, "create"));
}

/* Whether it says something of the record: that it is fine, gone, wrong, or another by now. A page of a network in between is
 * never believed that. */
static gboolean
is_about_record (const EntConnectorAnswer *self)
{
  return !self->is_failed || self->fail == ENT_CONNECTOR_FAIL_MISSING || self->fail == ENT_CONNECTOR_FAIL_INVALID ||
         self->fail == ENT_CONNECTOR_FAIL_CHANGED || self->fail == ENT_CONNECTOR_FAIL_LOCKED ||
         self->fail == ENT_CONNECTOR_FAIL_EXISTS;
}

EntConnectorAnswer *
ent_connector_answer_read (const EntConnector          *connector,
                           const EntConnectorObject    *object,
                           const EntConnectorOperation *operation,
                           const EntConnectorRequest   *request,
                           guint                        status,
                           SoupMessageHeaders          *headers,
                           const char                  *text,
                           gssize                       length)
{
  EntConnectorAnswer *self = g_new0 (EntConnectorAnswer, 1);
  g_autoptr (GError) cause = NULL;
  gboolean has_text = text != NULL && length != 0 && *text != '\0';

  self->items = g_ptr_array_new ();
  self->faults = g_ptr_array_new_with_free_func (free_fault);
  if (has_text)
    self->body = ent_json_parse (text, length, &cause);
  if (status >= 400 || (status >= 300 && status != SOUP_STATUS_NOT_MODIFIED) || status < 200)
    answer_read_error (self, connector, object, status, headers);
  if (cause != NULL && is_about_record (self))
    answer_fail (self, ENT_CONNECTOR_FAIL_RETRY, g_strdup_printf ("%s: %s", connector->name, cause->message));
  else if (!self->is_failed && self->body != NULL)
    read_contents (self, object, operation, request, headers);
  else if (!self->is_failed && needs_body (operation, status))
    answer_fail (self, ENT_CONNECTOR_FAIL_RETRY, g_strdup_printf (_("%s gave an empty answer; try later."), connector->name));
  return self;
}

EntConnectorTaskState
ent_connector_task_read (const EntConnectorTask *self,
                         JsonNode               *item,
                         char                  **reason)
{
  g_autofree char *state = dup_place (item, self->state);

  *reason = NULL;
  if (state == NULL)
    return ENT_CONNECTOR_TASK_PENDING;
  if (g_strv_contains ((const char * const *) self->done, state))
    return ENT_CONNECTOR_TASK_DONE;
  if (!g_strv_contains ((const char * const *) self->failed, state))
    return ENT_CONNECTOR_TASK_PENDING;
  *reason = dup_place (item, self->reason);
  return ENT_CONNECTOR_TASK_FAILED;
}
