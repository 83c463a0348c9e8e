/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* What the remote does not have yet. Revisions are named before they are sent, so that sending them twice changes nothing, and
 * a push with an unknown outcome is simply done again. */

typedef struct
{
  EntSync        *sync;
  EntSyncReport  *report;
  GHashTable     *revs;    /* id → GStrv: leaves */
  GHashTable     *missing; /* the same: what the remote lacks */
  GPtrArray      *docs;    /* of JsonObject: to send */
  EntCouchPushed *pushed;
} Push;

static void
push_clear (Push *self)
{
  g_clear_pointer (&self->revs, g_hash_table_unref);
  g_clear_pointer (&self->missing, g_hash_table_unref);
  g_clear_pointer (&self->docs, g_ptr_array_unref);
  g_clear_pointer (&self->pushed, ent_couch_pushed_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Push, push_clear)

/* --- What to ask for --------------------------------------------------------------------------------------------------------------- */

static char **
list_leaves (const EntRevTree *tree)
{
  g_autoptr (GArray) leaves = ent_rev_tree_get_leaves (tree, FALSE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char text[ENT_REV_TEXT_SIZE];

  for (guint i = 0; i < leaves->len; i++)
    {
      ent_rev_to_text (&g_array_index (leaves, EntRevInfo, i).rev, text);
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static gboolean
list_cb (EntTransaction *transaction,
         gpointer        data,
         GError        **error)
{
  Push *self = data;
  g_autoptr (GPtrArray) docs = ent_transaction_get_untold_sync_docs (transaction, SYNC_BATCH, error);

  for (guint i = 0; docs != NULL && i < docs->len; i++)
    {
      const EntSyncDoc *doc = g_ptr_array_index (docs, i);
      g_autoptr (EntRevTree) tree = ent_rev_tree_new_from_bytes (doc->tree, error);

      if (tree == NULL)
        return FALSE;
      g_hash_table_insert (self->revs, g_strdup (doc->id), list_leaves (tree));
    }
  return docs != NULL;
}

/* --- What to send -------------------------------------------------------------------------------------------------------------------- */

static gboolean
add_rev (Push        *self,
         SyncDoc     *doc,
         const char  *text,
         GError     **error)
{
  g_auto (SyncBody) body = SYNC_BODY_INIT;
  EntRevInfo info;
  gboolean found;
  EntRev rev;

  if (!ent_rev_parse (text, &rev) || !ent_rev_tree_lookup (doc->tree, &rev, &info))
    return TRUE;
  if (!sync_doc_get_body (doc, &rev, &body, &found, error))
    return FALSE;
  if (found)
    g_ptr_array_add (self->docs, sync_wire_write (doc, &rev, (info.flags & ENT_REV_DELETED) != 0, &body));
  return TRUE;
}

static gboolean
write_cb (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  Push *self = data;
  g_auto (SyncContext) context = { NULL };
  GHashTableIter iter;
  gpointer id, revs;

  sync_context_init (&context, transaction, self->report);
  g_hash_table_iter_init (&iter, self->missing);
  while (g_hash_table_iter_next (&iter, &id, &revs))
    {
      g_autoptr (SyncDoc) doc = sync_doc_load (&context, id, error);

      for (char **rev = revs; doc != NULL && *rev != NULL; rev++)
        if (!add_rev (self, doc, *rev, error))
          return FALSE;
      if (doc == NULL)
        return FALSE;
    }
  return TRUE;
}

/* --- What became of it ------------------------------------------------------------------------------------------------------------------ */

static const EntCouchFailure *
find_failure (Push       *self,
              const char *id)
{
  for (guint i = 0; self->pushed != NULL && i < self->pushed->failures->len; i++)
    {
      const EntCouchFailure *failure = g_ptr_array_index (self->pushed->failures, i);

      if (g_strcmp0 (failure->id, id) == 0)
        return failure;
    }
  return NULL;
}

static gboolean
reject (Push                  *self,
        SyncDoc               *doc,
        const EntCouchFailure *failure,
        GError               **error)
{
  const char *said = failure->reason != NULL ? failure->reason : failure->error;

  doc->doc->state = ENT_SYNC_DOC_REJECTED;
  g_set_str (&doc->doc->message, said);
  self->report->n_rejected++;
  return ent_transaction_add_sync_event (doc->context->transaction, doc->doc->id, doc->doc->key, "rejected", said, error);
}

static gboolean
confirm (Push        *self,
         SyncContext *context,
         const char  *id,
         char       **revs,
         GError     **error)
{
  const EntCouchFailure *failure = find_failure (self, id);
  g_autoptr (SyncDoc) doc = sync_doc_load (context, id, error);

  if (doc == NULL)
    return FALSE;
  if (failure != NULL)
    return reject (self, doc, failure, error) && sync_doc_save (doc, error);
  for (; *revs != NULL; revs++)
    {
      EntRev rev;

      if (ent_rev_parse (*revs, &rev))
        ent_rev_tree_add_flags (doc->tree, &rev, ENT_REV_CONFIRMED);
    }
  self->report->n_sent += g_hash_table_contains (self->missing, id);
  return sync_doc_save (doc, error);
}

static gboolean
confirm_cb (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  Push *self = data;
  g_auto (SyncContext) context = { NULL };
  GHashTableIter iter;
  gpointer id, revs;

  sync_context_init (&context, transaction, self->report);
  g_hash_table_iter_init (&iter, self->revs);
  while (g_hash_table_iter_next (&iter, &id, &revs))
    if (!confirm (self, &context, id, revs, error))
      return FALSE;
  return TRUE;
}

/* --- A batch ------------------------------------------------------------------------------------------------------------------------------ */

static gboolean
run_step (EntSync             *self,
          EntTransactionFunc   func,
          Push                *push,
          GCancellable        *cancellable,
          GError             **error)
{
  return ent_store_write (self->store, "Sync", ENT_ORIGIN_SYNC, func, push, cancellable, NULL, error);
}

gboolean
sync_push (EntSync       *self,
           EntSyncReport *report,
           GCancellable  *cancellable,
           GError       **error)
{
  for (;;)
    {
      g_auto (Push) push = { self, report };

      push.revs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
      push.docs = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
      if (!run_step (self, list_cb, &push, cancellable, error))
        return FALSE;
      if (g_hash_table_size (push.revs) == 0)
        return TRUE;
      push.missing = ent_couch_diff_revs (self->couch, push.revs, cancellable, error);
      if (push.missing == NULL || !run_step (self, write_cb, &push, cancellable, error))
        return FALSE;
      if (push.docs->len > 0)
        {
          push.pushed = ent_couch_put_docs (self->couch, push.docs, cancellable, error);
          if (push.pushed == NULL)
            return FALSE;
        }
      if (!run_step (self, confirm_cb, &push, cancellable, error))
        return FALSE;
    }
}
