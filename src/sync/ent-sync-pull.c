/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* What came from the remote, batch by batch: the documents and the place in the feed are stored in one transaction, so that
 * nothing is skipped, and what comes twice changes nothing. */

/* --- Which revisions are new --------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntCouchChanges *changes;
  GArray          *refs;    /* of EntCouchRef into the rows */
} Look;

static gboolean
look_at_row (SyncContext *context,
             EntCouchRow *row,
             GArray      *refs,
             GError     **error)
{
  GError *failed = NULL;
  g_autoptr (SyncDoc) doc = sync_doc_load (context, row->id, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  for (guint i = 0; doc != NULL && row->revs[i] != NULL; i++)
    {
      EntCouchRef ref = { row->id, row->revs[i] };
      EntRev rev;

      if (ent_rev_parse (row->revs[i], &rev) && !ent_rev_tree_contains (doc->tree, &rev))
        g_array_append_val (refs, ref);
    }
  return TRUE;
}

static gboolean
look_cb (EntTransaction *transaction,
         gpointer        data,
         GError        **error)
{
  Look *self = data;
  EntSyncReport report = { 0 };
  g_auto (SyncContext) context = { NULL };

  sync_context_init (&context, transaction, &report);
  for (guint i = 0; i < self->changes->rows->len; i++)
    if (!look_at_row (&context, g_ptr_array_index (self->changes->rows, i), self->refs, error))
      return FALSE;
  return TRUE;
}

/* --- Taking documents -------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  EntSync       *sync;
  EntSyncReport *report;
  GPtrArray     *docs;     /* of JsonObject */
  GPtrArray     *missing;  /* of EntCouchFailure */
  GArray        *refs;     /* of EntCouchRef: what was asked for (nullable) */
  const char    *last_seq; /* (nullable): do not note it */
  gboolean       skip;     /* note it also when something did not come */
  guint          n_absent; /* out: revisions that did not come */
} Take;

typedef struct
{
  char      *id;
  GPtrArray *docs; /* of JsonObject, unowned */
  guint      rank;
} Group;

static void
group_free (gpointer data)
{
  Group *self = data;

  g_free (self->id);
  g_ptr_array_unref (self->docs);
  g_free (self);
}

/* Records before the lines and links that need them; deletions last, the other way round. */
static guint
rank_of (SyncContext *context,
         const char  *id,
         gboolean     deleted)
{
  const EntRecordType *type;
  guint rank;

  if (!ent_sync_id_parse (context->schema, id, &type, NULL))
    return 0;
  rank = (type->info->flags & ENT_RECORD_TYPE_LINK) != 0 ? 2 : ent_record_type_is_child (type) ? 1 : 0;
  return deleted ? 5 - rank : rank;
}

static int
by_rank (gconstpointer a,
         gconstpointer b)
{
  const Group *x = *(Group *const *) a, *y = *(Group *const *) b;

  return x->rank != y->rank ? (x->rank > y->rank ? 1 : -1) : g_strcmp0 (x->id, y->id);
}

/* The documents of one id together. (transfer full) of Group */
static GPtrArray *
group (SyncContext *context,
       GPtrArray   *docs)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < docs->len; i++)
    {
      JsonObject *doc = g_ptr_array_index (docs, i);
      const char *id = json_object_get_string_member_with_default (doc, "_id", NULL);
      Group *one = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;

      if (id == NULL || !ent_sync_id_parse (context->schema, id, NULL, NULL))
        continue;
      if (one == NULL)
        {
          one = g_new0 (Group, 1);
          one->id = g_strdup (id);
          one->docs = g_ptr_array_new ();
          one->rank = rank_of (context, id, json_object_get_boolean_member_with_default (doc, "_deleted", FALSE));
          g_hash_table_insert (by_id, one->id, one);
          g_ptr_array_add (groups, one);
        }
      g_ptr_array_add (one->docs, doc);
    }
  g_ptr_array_sort (groups, by_rank);
  return groups;
}

static gboolean
graft (SyncDoc     *doc,
       JsonObject  *received,
       GError     **error)
{
  g_auto (EntRevPath) path = ENT_REV_PATH_INIT;
  g_auto (SyncBody) body = SYNC_BODY_INIT;
  gboolean deleted;
  EntRev rev;

  if (!sync_wire_read (received, &path, &body, &deleted, error))
    return FALSE;
  ent_rev_path_get_rev (&path, &rev);
  if (ent_rev_tree_graft (doc->tree, &path, ENT_REV_CONFIRMED | (deleted ? ENT_REV_DELETED : 0)) == ENT_REV_GRAFT_NEW)
    sync_doc_add_body (doc, &rev, &body);
  return TRUE;
}

/* Somebody deleted what was edited here meanwhile: the edit stays, and people are told. */
static gboolean
tell_kept (SyncDoc     *doc,
           const Group *group,
           GError     **error)
{
  EntRevInfo winner;
  const char *by = NULL;
  gboolean deleted = FALSE;

  for (guint i = 0; i < group->docs->len; i++)
    if (json_object_get_boolean_member_with_default (g_ptr_array_index (group->docs, i), "_deleted", FALSE))
      {
        deleted = TRUE;
        by = json_object_get_string_member_with_default (g_ptr_array_index (group->docs, i), "$by", NULL);
      }
  if (!deleted || !ent_rev_tree_get_winner (doc->tree, &winner) || (winner.flags & ENT_REV_DELETED) != 0 ||
      !doc->has_shown || ent_rev_compare (&winner.rev, &doc->shown) != 0)
    return TRUE;
  return ent_transaction_add_sync_event (doc->context->transaction, doc->doc->id, doc->doc->key, "kept", by, error);
}

static gboolean
take_group (SyncContext *context,
            const Group *group,
            GError     **error)
{
  g_autoptr (SyncDoc) doc = sync_doc_load (context, group->id, error);

  if (doc == NULL || !sync_doc_mint (doc, error))
    return FALSE;
  for (guint i = 0; i < group->docs->len; i++)
    {
      g_autoptr (GError) malformed = NULL;

      if (!graft (doc, g_ptr_array_index (group->docs, i), &malformed) &&
          !ent_transaction_add_sync_event (context->transaction, group->id, doc->doc->key, "parked", malformed->message, error))
        return FALSE;
    }
  return tell_kept (doc, group, error) && sync_doc_settle (doc, error);
}

/* Documents whose wait is over, and those that wait for them. */
static gboolean
take_waiting (SyncContext *context,
              GError     **error)
{
  char *next;

  while ((next = g_queue_pop_head (&context->todo)) != NULL)
    {
      g_autofree char *id = next;
      g_autoptr (SyncDoc) doc = sync_doc_load (context, id, error);

      if (doc == NULL || !sync_doc_mint (doc, error) || !sync_doc_rewrite (doc, error))
        return FALSE;
    }
  return TRUE;
}

/* What cannot be read at all is told; what is not there any more has a successor in the feed. */
static gboolean
tell_missing (SyncContext *context,
              GPtrArray   *missing,
              GError     **error)
{
  for (guint i = 0; missing != NULL && i < missing->len; i++)
    {
      const EntCouchFailure *failure = g_ptr_array_index (missing, i);
      const char *why = failure->reason != NULL ? failure->reason : failure->error;

      if (g_strcmp0 (failure->error, "not_found") != 0 &&
          !ent_transaction_add_sync_event (context->transaction, failure->id, 0, "parked", why, error))
        return FALSE;
    }
  return TRUE;
}

/* A server of several machines may tell of a revision before each of them has it. */
static gboolean
count_absent (SyncContext *context,
              GArray      *refs,
              guint       *n_absent,
              GError     **error)
{
  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      const EntCouchRef *ref = &g_array_index (refs, EntCouchRef, i);
      g_autoptr (SyncDoc) doc = sync_doc_load (context, ref->id, error);
      EntRev rev;

      if (doc == NULL)
        return FALSE;
      *n_absent += !ent_rev_parse (ref->rev, &rev) || !ent_rev_tree_contains (doc->tree, &rev);
    }
  return TRUE;
}

static gboolean
take_cb (EntTransaction *transaction,
         gpointer        data,
         GError        **error)
{
  Take *self = data;
  g_auto (SyncContext) context = { NULL };
  g_autoptr (GPtrArray) groups = NULL;

  sync_context_init (&context, transaction, self->report);
  groups = group (&context, self->docs);
  for (guint i = 0; i < groups->len; i++)
    if (!take_group (&context, g_ptr_array_index (groups, i), error) || !take_waiting (&context, error))
      return FALSE;
  if (!tell_missing (&context, self->missing, error) || !count_absent (&context, self->refs, &self->n_absent, error))
    return FALSE;
  return self->last_seq == NULL || (self->n_absent > 0 && !self->skip) || sync_put_state (self->sync, transaction, "since", self->last_seq, error);
}

/* --- What could not be taken earlier -------------------------------------------------------------------------------------------------- */

static gboolean
retry_cb (EntTransaction *transaction,
          gpointer        data,
          GError        **error)
{
  Take *self = data;
  g_autoptr (GPtrArray) parked = ent_store_get_sync_docs (self->sync->store, ENT_SYNC_DOC_PARKED, error);
  g_auto (SyncContext) context = { NULL };

  sync_context_init (&context, transaction, self->report);
  for (guint i = 0; parked != NULL && i < parked->len; i++)
    g_queue_push_tail (&context.todo, g_strdup (((EntSyncDoc *) g_ptr_array_index (parked, i))->id));
  return parked != NULL && take_waiting (&context, error);
}

/* --- The feed ------------------------------------------------------------------------------------------------------------------------- */

#define TRIES      4
#define FIRST_WAIT 50 /* ms, doubled each time */
#define MAX_STUCK  5

/* Asks for what is new in the page, once, and takes it. @n_absent: out. */
static gboolean
take_page_once (EntSync         *self,
                EntCouchChanges *changes,
                gboolean         skip,
                EntSyncReport   *report,
                guint           *n_absent,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GArray) refs = g_array_new (FALSE, FALSE, sizeof (EntCouchRef));
  g_autoptr (EntCouchDocs) docs = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Look look = { changes, refs };
  Take take = { self, report, none, NULL, refs, changes->last_seq, skip };

  if (!ent_store_write (self->store, "Sync", ENT_ORIGIN_SYNC, look_cb, &look, cancellable, NULL, error))
    return FALSE;
  if (refs->len > 0)
    {
      docs = ent_couch_get_docs (self->couch, (EntCouchRef *) (gpointer) refs->data, refs->len, cancellable, error);
      if (docs == NULL)
        return FALSE;
      take.docs = docs->docs;
      take.missing = docs->missing;
    }
  if (!ent_store_write (self->store, _("Changes of the Team"), ENT_ORIGIN_SYNC, take_cb, &take, cancellable, NULL, error))
    return FALSE;
  *n_absent = take.n_absent;
  return TRUE;
}

/* @is_whole: out, whether the feed may go on after this page. What stays absent for several runs is left behind. */
static gboolean
take_page (EntSync         *self,
           EntCouchChanges *changes,
           EntSyncReport   *report,
           gboolean        *is_whole,
           GCancellable    *cancellable,
           GError         **error)
{
  gboolean skip = self->n_stuck >= MAX_STUCK;
  guint n_absent = 0, wait = FIRST_WAIT;

  for (guint i = 0; i < TRIES; i++)
    {
      if (!take_page_once (self, changes, skip, report, &n_absent, cancellable, error))
        return FALSE;
      *is_whole = n_absent == 0 || skip;
      if (*is_whole)
        {
          self->n_stuck = 0;
          return TRUE;
        }
      g_usleep (wait * 1000);
      wait *= 2;
    }
  self->n_stuck++;
  return TRUE;
}

static gboolean
forget_since_cb (EntTransaction *transaction,
                 gpointer        data,
                 GError        **error)
{
  return sync_put_state (data, transaction, "since", NULL, error);
}

/* The next page of the feed. A server that does not know our place in it any more is read from the start, which changes
 * nothing that is known here. */
static EntCouchChanges *
get_page (EntSync       *self,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree char *since = g_strdup (sync_get_state (self, "since"));
  GError *failed = NULL;
  EntCouchChanges *changes = ent_couch_get_changes (self->couch, since, 2 * SYNC_BATCH, cancellable, &failed);

  if (since != NULL && g_error_matches (failed, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_REJECTED))
    {
      g_clear_error (&failed);
      if (!ent_store_write (self->store, "Sync", ENT_ORIGIN_SYNC, forget_since_cb, self, cancellable, NULL, error))
        return NULL;
      changes = ent_couch_get_changes (self->couch, NULL, 2 * SYNC_BATCH, cancellable, &failed);
    }
  if (failed != NULL)
    g_propagate_error (error, failed);
  return changes;
}

gboolean
sync_pull (EntSync       *self,
           EntSyncReport *report,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Take retry = { self, report, none };

  if (!ent_store_write (self->store, _("Changes of the Team"), ENT_ORIGIN_SYNC, retry_cb, &retry, cancellable, NULL, error))
    return FALSE;
  for (;;)
    {
      gboolean is_whole;
      g_autoptr (EntCouchChanges) changes = get_page (self, cancellable, error);

      if (changes == NULL)
        return FALSE;
      if (changes->rows->len == 0)
        return TRUE;
      if (!take_page (self, changes, report, &is_whole, cancellable, error))
        return FALSE;
      if (!is_whole || changes->pending == 0 || (changes->pending < 0 && changes->rows->len < 2 * SYNC_BATCH))
        return TRUE;
    }
}
