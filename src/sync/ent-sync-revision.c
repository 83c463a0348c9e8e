/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

/* What revisions of a document say, and the next one. */

/* --- Bodies of revisions --------------------------------------------------------------------------------------------------------- */

static gboolean
is_binned (EntRecord *record)
{
  return !ent_value_is_null (ent_record_get (record, ENT_COMMON_DELETED_AT));
}

gboolean
sync_doc_read_record (SyncDoc     *self,
                      gint64       seq,
                      JsonObject **body,
                      gboolean    *existed,
                      GError     **error)
{
  GError *failed = NULL;
  g_autoptr (EntRecord) record = NULL;

  *body = NULL;
  *existed = FALSE;
  if (self->doc->key == 0)
    return TRUE;
  record = ent_transaction_get_as_of (self->context->transaction, self->doc->key, seq, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  *existed = record != NULL;
  if (record == NULL || is_binned (record))
    return TRUE;
  *body = ent_sync_body_write (record, &self->context->refs, self->unknown, self->pending, error);
  return *body != NULL;
}

gboolean
sync_doc_read_binned (SyncDoc     *self,
                      JsonObject **body,
                      GError     **error)
{
  g_autoptr (EntRecord) record = ent_transaction_get (self->context->transaction, self->doc->key, error);
  EntValue live = { 0 };

  *body = NULL;
  if (record == NULL)
    return FALSE;
  ent_record_load (record, ENT_COMMON_DELETED_AT, &live);
  *body = ent_sync_body_write (record, &self->context->refs, self->unknown, self->pending, error);
  return *body != NULL;
}

static gboolean
read_kept_body (SyncDoc       *self,
                const EntRev  *rev,
                SyncBody      *body,
                gboolean      *found,
                GError       **error)
{
  char text[ENT_REV_TEXT_SIZE];
  g_autofree char *kept = NULL;
  g_autoptr (JsonObject) object = NULL;

  ent_rev_to_text (rev, text);
  kept = ent_transaction_get_sync_leaf (self->context->transaction, self->doc->id, text, error);
  *found = kept != NULL;
  if (kept == NULL)
    return error == NULL || *error == NULL;
  object = ent_sync_json_parse_object (kept, -1, error);
  if (object == NULL)
    return FALSE;
  body->by = g_strdup (json_object_get_string_member_with_default (object, "$by", NULL));
  body->at = json_object_get_int_member_with_default (object, "$at", 0);
  json_object_remove_member (object, "$by");
  json_object_remove_member (object, "$at");
  body->body = g_steal_pointer (&object);
  return TRUE;
}

gboolean
sync_doc_get_body (SyncDoc       *self,
                   const EntRev  *rev,
                   SyncBody      *body,
                   gboolean      *found,
                   GError       **error)
{
  EntRevInfo info;

  *found = FALSE;
  for (guint i = 0; i < self->bodies->len && !*found; i++)
    {
      const SyncRevBody *one = g_ptr_array_index (self->bodies, i);

      if (ent_rev_compare (&one->rev, rev) == 0)
        {
          *body = (SyncBody) { one->body.body != NULL ? json_object_ref (one->body.body) : NULL, g_strdup (one->body.by),
                               one->body.at };
          *found = TRUE;
        }
    }
  if (*found || !ent_rev_tree_lookup (self->tree, rev, &info))
    return TRUE;
  if ((info.flags & ENT_REV_DELETED) != 0)
    {
      *found = TRUE;
      return TRUE;
    }
  if (info.seq == 0)
    return read_kept_body (self, rev, body, found, error);
  if (self->has_shown && ent_rev_compare (rev, &self->shown) == 0)
    {
      body->by = g_strdup (self->by);
      body->at = self->at;
    }
  return sync_doc_read_record (self, (gint64) info.seq, &body->body, found, error);
}

/* --- New revisions ------------------------------------------------------------------------------------------------------------------ */

void
sync_doc_add_rev (SyncDoc      *self,
                  const EntRev *parent,
                  JsonObject   *body,
                  EntRev       *rev)
{
  g_autofree char *text = ent_sync_json_write_body (body);

  ent_rev_make (parent, body == NULL, text, rev);
  ent_rev_tree_add (self->tree, rev, parent, body == NULL ? ENT_REV_DELETED : 0);
}

/* Who deletes a record with a clash has decided it. */
static void
end_other_leaves (SyncDoc *self)
{
  g_autoptr (GArray) live = ent_rev_tree_get_leaves (self->tree, TRUE);
  EntRev rev;

  for (guint i = 0; i < live->len; i++)
    sync_doc_add_rev (self, &g_array_index (live, EntRevInfo, i).rev, NULL, &rev);
}

/* What an edit goes on from. A record that comes out of the bin goes on from what it was here before it was deleted: whoever
 * deleted it may have known more, and has it brought along where the two meet. */
static gboolean
get_parent (SyncDoc      *self,
            gboolean      deleted,
            EntRev       *parent)
{
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  EntRevInfo info;

  *parent = self->shown;
  if (!self->has_shown || deleted || !ent_rev_tree_lookup (self->tree, &self->shown, &info) ||
      (info.flags & ENT_REV_DELETED) == 0 || !ent_rev_tree_get_history (self->tree, &self->shown, 0, &path))
    return self->has_shown;
  for (guint i = 0; i < path.n_hashes; i++)
    {
      EntRev rev = { path.start - i, path.hashes[i] };

      if (ent_rev_tree_lookup (self->tree, &rev, &info) && info.seq != 0 && (info.flags & ENT_REV_DELETED) == 0)
        {
          *parent = rev;
          break;
        }
    }
  return TRUE;
}

gboolean
sync_doc_mint (SyncDoc *self,
               GError **error)
{
  EntTransaction *transaction = self->context->transaction;
  gint64 now = ent_transaction_get_seq (transaction) - 1;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (JsonObject) before = NULL;
  gboolean exists, existed = FALSE;
  EntRev parent, rev;

  if (self->doc->seq > now)
    return TRUE; /* it was written a moment ago, by this transaction */
  if (!sync_doc_read_record (self, now, &body, &exists, error) || !exists)
    return exists || error == NULL || *error == NULL;
  if (self->has_shown && !sync_doc_read_record (self, self->doc->seq, &before, &existed, error))
    return FALSE;
  if (self->has_shown ? ent_sync_json_equal_bodies (body, before) : body == NULL)
    {
      self->doc->seq = now;
      return TRUE;
    }
  g_free (self->by);
  if (!ent_transaction_get_last_change (transaction, self->doc->key, self->doc->seq, &self->by, &self->at, error))
    return FALSE;
  sync_doc_add_rev (self, get_parent (self, body == NULL, &parent) ? &parent : NULL, body, &rev);
  ent_rev_tree_set_seq (self->tree, &rev, (guint64) now);
  if (body == NULL)
    end_other_leaves (self);
  self->shown = rev;
  self->has_shown = TRUE;
  self->doc->seq = now;
  self->doc->state = ENT_SYNC_DOC_CLEAN;
  g_clear_pointer (&self->doc->message, g_free);
  return TRUE;
}
