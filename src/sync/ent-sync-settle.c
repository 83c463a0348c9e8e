/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* Leaves go together: what merges by itself becomes one revision and the other leaf ends in a tombstone, the same on every
 * laptop that does it. A leaf with a clash stays until somebody decides, so that the clash is in the team's database and
 * nobody's value depends on one laptop. */

static char *
object_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  if (object == NULL)
    return NULL;
  json_node_init_object (node, object);
  return ent_sync_json_write (node);
}

/* --- Telling ------------------------------------------------------------------------------------------------------------------ */

static void
add_entry (JsonArray               *array,
           const EntSyncMergeEntry *entry)
{
  static const char * const reasons[] = { "one-side", "elements", "lines", "larger", "later", "edit-kept", "clash" };
  static const char * const taken[] = { "shown", "other", "both" };
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "group", entry->group);
  json_object_set_string_member (object, "reason", reasons[entry->reason]);
  json_object_set_string_member (object, "taken", taken[entry->taken]);
  if (entry->base != NULL)
    json_object_set_object_member (object, "base", json_object_ref (entry->base));
  if (entry->a != NULL)
    json_object_set_object_member (object, "shown", json_object_ref (entry->a));
  if (entry->b != NULL)
    json_object_set_object_member (object, "other", json_object_ref (entry->b));
  json_array_add_object_element (array, object);
}

/* One event with all that merged by itself: what was taken and what was not. */
static gboolean
tell_merges (SyncDoc            *self,
             const EntSyncMerge *merge,
             GError            **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *detail = NULL;
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < merge->merges->len; i++)
    add_entry (array, g_ptr_array_index (merge->merges, i));
  json_node_take_array (node, array);
  if (json_array_get_length (array) == 0)
    return TRUE;
  detail = ent_sync_json_write (node);
  self->context->report->n_merged++;
  return ent_transaction_add_sync_event (self->context->transaction, self->doc->id, self->doc->key, "merged", detail, error);
}

static gboolean
has_clash (const EntSyncMerge *merge,
           const char         *group)
{
  for (guint i = 0; i < merge->clashes->len; i++)
    if (g_str_equal (((EntSyncMergeEntry *) g_ptr_array_index (merge->clashes, i))->group, group))
      return TRUE;
  return FALSE;
}

/* Clashes that are none any more: somebody wrote the other value, or a third one on both sides. */
static gboolean
end_clashes (SyncDoc            *self,
             const char         *rev,
             const EntSyncMerge *merge, /* (nullable): the leaf is gone */
             GError            **error)
{
  EntTransaction *transaction = self->context->transaction;
  g_autoptr (GPtrArray) open = ent_transaction_get_sync_clashes (transaction, self->doc->id, FALSE, error);

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const EntSyncClash *clash = g_ptr_array_index (open, i);

      if (g_str_equal (clash->rev, rev) && (merge == NULL || !has_clash (merge, clash->group)) &&
          !ent_transaction_settle_sync_clash (transaction, self->doc->id, rev, clash->group, "edited", error))
        return FALSE;
    }
  return open != NULL;
}

static gboolean
is_live_leaf (SyncDoc    *self,
              const char *rev)
{
  EntRevInfo info;
  EntRev parsed;

  return ent_rev_parse (rev, &parsed) && ent_rev_tree_lookup (self->tree, &parsed, &info) &&
         ent_rev_tree_is_leaf (self->tree, &parsed) && (info.flags & ENT_REV_DELETED) == 0;
}

/* Settled on another laptop: the leaf has ended. */
static gboolean
end_gone_leaves (SyncDoc *self,
                 GError **error)
{
  g_autoptr (GPtrArray) open = ent_transaction_get_sync_clashes (self->context->transaction, self->doc->id, FALSE, error);

  for (guint i = 0; open != NULL && i < open->len; i++)
    {
      const EntSyncClash *clash = g_ptr_array_index (open, i);

      if (!is_live_leaf (self, clash->rev) && !end_clashes (self, clash->rev, NULL, error))
        return FALSE;
    }
  return open != NULL;
}

static gboolean
tell_clashes (SyncDoc            *self,
              const char         *rev,
              const EntSyncMerge *merge,
              const SyncBody     *shown,
              const SyncBody     *other,
              GError            **error)
{
  for (guint i = 0; i < merge->clashes->len; i++)
    {
      const EntSyncMergeEntry *entry = g_ptr_array_index (merge->clashes, i);
      g_autofree char *base = object_text (entry->base);
      g_autofree char *a = object_text (entry->a);
      g_autofree char *b = object_text (entry->b);
      EntSyncClash clash = { .id = self->doc->id, .key = self->doc->key, .rev = (char *) rev, .group = entry->group,
                             .base = base, .shown = a, .other = b, .shown_by = shown->by, .other_by = other->by };
      g_autoptr (GPtrArray) open = ent_transaction_get_sync_clashes (self->context->transaction, self->doc->id, FALSE, error);
      gboolean known = FALSE;

      for (guint k = 0; open != NULL && k < open->len; k++)
        {
          const EntSyncClash *one = g_ptr_array_index (open, k);

          known = known || (g_str_equal (one->rev, rev) && g_str_equal (one->group, entry->group));
        }
      self->context->report->n_clashes += !known;
      if (open == NULL || !ent_transaction_put_sync_clash (self->context->transaction, &clash, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Merging --------------------------------------------------------------------------------------------------------------------- */

static gboolean
get_base (SyncDoc      *self,
          const EntRev *a,
          const EntRev *b,
          SyncBody     *base,
          GError      **error)
{
  EntRevInfo common, kept;
  gboolean found;

  if (!ent_rev_tree_get_common_ancestor (self->tree, a, b, &common))
    return TRUE;
  if (!sync_doc_get_body (self, &common.rev, base, &found, error))
    return FALSE;
  if (found || !ent_rev_tree_get_nearest_seq (self->tree, &common.rev, &kept))
    return TRUE;
  return sync_doc_get_body (self, &kept.rev, base, &found, error);
}

/* Merges leaf @other into @winner, whose revision and body become those of the merge. */
static gboolean
merge_leaf (SyncDoc      *self,
            EntRev       *winner,
            SyncBody     *body,
            const EntRev *other,
            SyncBody     *theirs,
            GError      **error)
{
  g_auto (SyncBody) base = SYNC_BODY_INIT;
  g_autoptr (EntSyncMerge) merge = NULL;
  char text[ENT_REV_TEXT_SIZE];
  EntRev next;

  if (!get_base (self, winner, other, &base, error))
    return FALSE;
  merge = ent_sync_merge (self->type, base.body, &(EntSyncSide) { body->body, body->by, body->at },
                          &(EntSyncSide) { theirs->body, theirs->by, theirs->at });
  ent_rev_to_text (other, text);
  if (is_live_leaf (self, text) &&
      (!tell_clashes (self, text, merge, body, theirs, error) || !end_clashes (self, text, merge, error)))
    return FALSE;
  if (!ent_sync_json_equal_bodies (merge->body, body->body))
    {
      if (!tell_merges (self, merge, error))
        return FALSE;
      sync_doc_add_rev (self, winner, merge->body, &next);
      *winner = next;
      g_clear_pointer (&body->body, json_object_unref);
      body->body = merge->body != NULL ? json_object_ref (merge->body) : NULL;
      body->at = MAX (body->at, theirs->at);
      g_clear_pointer (&body->by, g_free);
      sync_doc_add_body (self, winner, &(SyncBody) { merge->body != NULL ? json_object_ref (merge->body) : NULL, NULL, body->at });
    }
  if (merge->clashes->len == 0 && is_live_leaf (self, text))
    sync_doc_add_rev (self, other, NULL, &next);
  return TRUE;
}

/* Whether some leaf that is no tombstone comes from @rev. */
static gboolean
lives_on (SyncDoc      *self,
          const EntRev *rev)
{
  g_autoptr (GArray) live = ent_rev_tree_get_leaves (self->tree, TRUE);

  for (guint i = 0; i < live->len; i++)
    if (ent_rev_tree_is_ancestor (self->tree, rev, &g_array_index (live, EntRevInfo, i).rev))
      return TRUE;
  return FALSE;
}

/* A record that was edited on one side and deleted on the other stays, with what was written on the deleted side before:
 * whoever shows that side brings it along, once. */
static gboolean
bring_along (SyncDoc   *self,
             EntRev    *winner,
             SyncBody  *body,
             GError   **error)
{
  g_auto (SyncBody) last = SYNC_BODY_INIT;
  EntRev shown = self->shown;

  if (!self->has_shown || self->doc->key == 0 || body->body == NULL || ent_rev_tree_is_ancestor (self->tree, &self->shown, winner) ||
      lives_on (self, &self->shown))
    return TRUE;
  /* The bin has it. */
  return sync_doc_read_binned (self, &last.body, error) && merge_leaf (self, winner, body, &shown, &last, error);
}

gboolean
sync_doc_settle (SyncDoc *self,
                 GError **error)
{
  g_autoptr (GArray) live = ent_rev_tree_get_leaves (self->tree, TRUE);
  g_auto (SyncBody) body = SYNC_BODY_INIT;
  EntRevInfo winner;
  gboolean found;

  if (!ent_rev_tree_get_winner (self->tree, &winner))
    return FALSE;
  if (!sync_doc_get_body (self, &winner.rev, &body, &found, error))
    return FALSE;
  if (!found)
    return sync_doc_save (self, error);
  if (!bring_along (self, &winner.rev, &body, error))
    return FALSE;
  for (guint i = 1; i < live->len; i++)
    {
      const EntRev *other = &g_array_index (live, EntRevInfo, i).rev;
      g_auto (SyncBody) theirs = SYNC_BODY_INIT;

      /* A body that is not here comes with a later run. */
      if (!sync_doc_get_body (self, other, &theirs, &found, error) ||
          (found && !merge_leaf (self, &winner.rev, &body, other, &theirs, error)))
        return FALSE;
    }
  if (!end_gone_leaves (self, error))
    return FALSE;
  if ((!self->has_shown || ent_rev_compare (&self->shown, &winner.rev) != 0) &&
      !sync_doc_show (self, &winner.rev, &body, error))
    return FALSE;
  return sync_doc_save (self, error);
}

gboolean
sync_doc_rewrite (SyncDoc *self,
                  GError **error)
{
  g_auto (SyncBody) body = SYNC_BODY_INIT;
  EntRevInfo winner;
  gboolean found;

  if (!ent_rev_tree_get_winner (self->tree, &winner) || !self->has_shown || ent_rev_compare (&winner.rev, &self->shown) != 0)
    return sync_doc_settle (self, error);
  return sync_doc_get_body (self, &winner.rev, &body, &found, error) &&
         (!found || sync_doc_show (self, &winner.rev, &body, error)) && sync_doc_save (self, error);
}
