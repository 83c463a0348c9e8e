/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-connector-check.h"

#include <glib/gi18n.h>

/* What an operation of a connector may not say. */

static gboolean
check_style (const ConnectorCheck *self)
{
  const EntConnectorOperation *op = self->operation;

  if (self->connector->style == ENT_CONNECTOR_PATH)
    {
      if (op->path == NULL)
        return check_fail_missing (self, "", "path");
      return op->action == NULL || check_fail (self, "/action", _("this is for the style x-amz-target only; take it out."));
    }
  if (op->action == NULL)
    return check_fail_missing (self, "", "action");
  if (self->object->target == NULL)
    {
      ConnectorCheck object = *self;

      object.operation = NULL;
      return check_fail_missing (&object, "", "target");
    }
  return (op->path == NULL && op->method == 0) || check_fail (self, "", _("the style x-amz-target has no path and no method; "
                                                                    "take them out."));
}

/* An operation on one thing says which. */
static gboolean
check_names_id (const ConnectorCheck *self)
{
  static const char * const on_one[] = { "get", "update", "delete", NULL };
  const EntConnectorOperation *op = self->operation;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) path = json_node_init_string (json_node_alloc (), op->path != NULL ? op->path : "");

  template_node_add_names (path, names);
  template_node_add_names (op->body, names);
  for (guint i = 0; i < op->query->len; i++)
    {
      g_autoptr (JsonNode) value = json_node_init_string (json_node_alloc (),
                                                          ((EntConnectorPair *) op->query->pdata[i])->value);

      template_node_add_names (value, names);
    }
  for (guint i = 0; i < names->len; i++)
    if (g_str_equal (names->pdata[i], "id"))
      return TRUE;
  return !g_strv_contains (on_one, op->name) ||
         check_fail (self, "", _("nothing says which one is meant; write {id} into its path, query or body."));
}

static gboolean
check_paging (const ConnectorCheck *self)
{
  const EntConnectorPaging *paging = self->operation->paging;
  gboolean is_link;

  if (paging == NULL)
    return TRUE;
  if (self->operation->items == NULL)
    return check_fail_missing (self, "", "items");
  is_link = paging->kind == ENT_CONNECTOR_PAGES_BODY_LINK || paging->kind == ENT_CONNECTOR_PAGES_LINK_HEADER;
  if (paging->read == NULL && paging->kind != ENT_CONNECTOR_PAGES_LINK_HEADER && paging->kind != ENT_CONNECTOR_PAGES_NUMBER)
    return check_fail_missing (self, "/paging", "read");
  if (!is_link && paging->query == NULL && paging->body == NULL)
    return check_fail_missing (self, "/paging", "query");
  if (paging->kind == ENT_CONNECTOR_PAGES_NUMBER && paging->size == 0 && paging->more == NULL)
    return check_fail_missing (self, "/paging", "size");
  return (paging->size_query == NULL && paging->size_body == NULL) || paging->size > 0 ||
         check_fail_missing (self, "/paging", "size");
}

static gboolean
check_token (const ConnectorCheck *self)
{
  const EntConnectorToken *token = self->operation->idempotency;

  if (token == NULL)
    return TRUE;
  if (token->kind == ENT_CONNECTOR_TOKEN_BODY && (token->path == NULL || *token->path == '\0'))
    return check_fail_missing (self, "/idempotency", "path");
  if (token->kind == ENT_CONNECTOR_TOKEN_HEADER && token->header == NULL)
    return check_fail_missing (self, "/idempotency", "header");
  if (token->kind == ENT_CONNECTOR_TOKEN_EXTERNAL_ID && token->path == NULL && self->object->external_id == NULL)
    return check_fail_missing (self, "/idempotency", "path");
  return TRUE;
}

static gboolean
check_delta (const ConnectorCheck *self)
{
  const EntConnectorDelta *delta = self->operation->delta;

  if (delta == NULL)
    return TRUE;
  if (self->operation->items == NULL)
    return check_fail_missing (self, "", "items");
  if (delta->query->len == 0 && delta->headers->len == 0 && delta->body == NULL)
    return check_fail_missing (self, "/delta", "query");
  return check_template_pairs (self, "/delta/query", delta->query) &&
         check_template_pairs (self, "/delta/headers", delta->headers) &&
         check_template_node (self, "/delta/body", delta->body);
}

static gboolean
check_task (const ConnectorCheck *self)
{
  const EntConnectorTask *task = self->operation->task;

  return task == NULL || ent_connector_object_lookup (self->object, task->poll) != NULL ||
         check_fail_operation (self, "/task/poll", task->poll);
}

gboolean
check_operation (const ConnectorCheck *self)
{
  const EntConnectorOperation *op = self->operation;

  if (!check_style (self) || !check_names_id (self))
    return FALSE;
  if (g_str_equal (op->name, "list") && op->items == NULL)
    return check_fail_missing (self, "", "items");
  if (op->after != NULL && ent_connector_object_lookup (self->object, op->after) == NULL)
    return check_fail_operation (self, "/after", op->after);
  if (op->summary && ent_connector_object_lookup (self->object, "get") == NULL)
    return check_fail_operation (self, "/summary", "get");
  return check_inputs (self, "/arguments", op->arguments) && check_template (self, "/path", op->path) &&
         check_template_pairs (self, "/query", op->query) && check_template_pairs (self, "/headers", op->headers) &&
         check_template_node (self, "/body", op->body) && check_paging (self) && check_delta (self) &&
         check_token (self) && check_task (self);
}
