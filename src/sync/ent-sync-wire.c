/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* Documents as they go over the wire. */

JsonObject *
sync_wire_write (SyncDoc        *self,
                 const EntRev   *rev,
                 gboolean        deleted,
                 const SyncBody *body)
{
  JsonObject *document = body->body != NULL && !deleted ? json_object_ref (body->body) : json_object_new ();
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  char text[ENT_REV_TEXT_SIZE];

  if (deleted)
    {
      json_object_set_boolean_member (document, "_deleted", TRUE);
      json_object_set_string_member (document, "type", self->type->info->name);
    }
  ent_rev_to_text (rev, text);
  ent_rev_tree_get_history (self->tree, rev, 0, &path);
  json_object_set_string_member (document, "_id", self->doc->id);
  json_object_set_string_member (document, "_rev", text);
  json_object_set_object_member (document, "_revisions", ent_rev_path_to_json (&path));
  if (body->by != NULL)
    json_object_set_string_member (document, "$by", body->by);
  if (body->at != 0)
    json_object_set_int_member (document, "$at", body->at);
  return document;
}

/* A document without a history has the history of its revision. */
static gboolean
read_path (JsonObject *document,
           EntRevPath *path,
           GError    **error)
{
  EntRev rev;

  if (json_object_has_member (document, "_revisions"))
    return ent_rev_path_read_json (path, json_object_get_member (document, "_revisions"), ENT_REV_DEFAULT_LIMIT, error);
  if (!ent_rev_parse (json_object_get_string_member_with_default (document, "_rev", ""), &rev))
    {
      g_set_error (error, ENT_REV_ERROR, ENT_REV_ERROR_MALFORMED, _("The server sent a document without a revision."));
      return FALSE;
    }
  path->start = rev.generation;
  path->n_hashes = 1;
  path->hashes = g_memdup2 (&rev.hash, sizeof rev.hash);
  return TRUE;
}

gboolean
sync_wire_read (JsonObject  *document,
                EntRevPath  *path,
                SyncBody    *body,
                gboolean    *deleted,
                GError     **error)
{
  g_autoptr (GList) members = NULL;

  if (!read_path (document, path, error))
    return FALSE;
  *deleted = json_object_get_boolean_member_with_default (document, "_deleted", FALSE);
  body->by = g_strdup (json_object_get_string_member_with_default (document, "$by", NULL));
  body->at = json_object_get_int_member_with_default (document, "$at", 0);
  if (*deleted)
    return TRUE;
  body->body = json_object_new ();
  members = json_object_get_members (document);
  for (GList *l = members; l != NULL; l = l->next)
    if (*(const char *) l->data != '_' && *(const char *) l->data != '$')
      json_object_set_member (body->body, l->data, json_node_copy (json_object_get_member (document, l->data)));
  return TRUE;
}
