/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-sync-private.h"

#include <glib/gi18n.h>

/* A run: what changed here becomes revisions, what changed there is taken and merged, and the remote gets what it lacks. */

/* --- The remote's state ----------------------------------------------------------------------------------------------------------- */

EntSync *
ent_sync_new (EntStore             *store,
              const EntSyncRemote  *remote,
              GError              **error)
{
  g_autoptr (EntCouch) couch = ent_couch_new (remote->url, error);
  EntSync *self;

  if (couch == NULL)
    return NULL;
  self = g_new0 (EntSync, 1);
  self->store = g_object_ref (store);
  self->couch = g_steal_pointer (&couch);
  self->remote = g_new0 (EntSyncRemote, 1);
  self->remote->number = remote->number;
  self->remote->kind = g_strdup (remote->kind);
  self->remote->name = g_strdup (remote->name);
  self->remote->url = g_strdup (remote->url);
  self->remote->user = g_strdup (remote->user);
  self->remote->state = g_strdup (remote->state);
  if (remote->state != NULL)
    self->state = ent_sync_json_parse_object (remote->state, -1, NULL);
  if (self->state == NULL)
    self->state = json_object_new ();
  return self;
}

void
ent_sync_free (EntSync *self)
{
  ent_couch_free (self->couch);
  ent_sync_remote_free (self->remote);
  json_object_unref (self->state);
  g_free (self->mark_rev);
  g_object_unref (self->store);
  g_free (self);
}

EntCouch *
ent_sync_get_couch (EntSync *self)
{
  return self->couch;
}

const char *
sync_get_state (EntSync    *self,
                const char *name)
{
  return json_object_get_string_member_with_default (self->state, name, NULL);
}

gboolean
sync_put_state (EntSync         *self,
                EntTransaction  *transaction,
                const char      *name,
                const char      *value,
                GError         **error)
{
  g_autoptr (JsonNode) node = json_node_alloc ();

  if (value != NULL)
    json_object_set_string_member (self->state, name, value);
  else
    json_object_remove_member (self->state, name);
  json_node_init_object (node, self->state);
  g_free (self->remote->state);
  self->remote->state = ent_sync_json_write (node);
  return ent_transaction_put_sync_remote (transaction, self->remote, error);
}

/* --- What changed here ---------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GArray *lines; /* of EntOutboxLine */
  guint   next;
  gint64  mark;  /* of the journal when the lines were read */
} Collect;

static gboolean
read_outbox_cb (EntTransaction *transaction,
                gpointer        data,
                GError        **error)
{
  Collect *self = data;
  gint64 mark = ent_transaction_get_sync_mark (transaction, error);

  if (mark < 0)
    return FALSE;
  self->mark = ent_transaction_get_seq (transaction) - 1;
  self->lines = ent_transaction_get_outbox (transaction, mark, error);
  return self->lines != NULL;
}

static gboolean
collect_one (SyncContext         *context,
             const EntOutboxLine *line,
             GError             **error)
{
  g_autoptr (SyncDoc) doc = sync_doc_load_of (context, line->key, error);
  guint before;

  if (doc == NULL)
    return FALSE;
  if (doc->doc->seq >= line->seq)
    return TRUE;
  before = ent_rev_tree_get_n_revs (doc->tree);
  if (!sync_doc_mint (doc, error))
    return FALSE;
  /* What was made and taken back before anybody saw it is no document. */
  if (ent_rev_tree_get_n_revs (doc->tree) == 0)
    return TRUE;
  return ent_rev_tree_get_n_revs (doc->tree) > before ? sync_doc_settle (doc, error) : sync_doc_save (doc, error);
}

static gboolean
collect_cb (EntTransaction *transaction,
            gpointer        data,
            GError        **error)
{
  Collect *self = data;
  EntSyncReport report = { 0 };
  g_auto (SyncContext) context = { NULL };
  guint end = MIN (self->next + SYNC_BATCH, self->lines->len);

  sync_context_init (&context, transaction, &report);
  for (; self->next < end; self->next++)
    if (!collect_one (&context, &g_array_index (self->lines, EntOutboxLine, self->next), error))
      return FALSE;
  return self->next < self->lines->len || ent_transaction_set_sync_mark (transaction, self->mark, error);
}

gboolean
ent_sync_collect (EntStore      *store,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Collect collect = { NULL };
  gboolean ok = ent_store_write (store, "Sync", ENT_ORIGIN_SYNC, read_outbox_cb, &collect, cancellable, NULL, error);

  while (ok && collect.next < collect.lines->len)
    ok = ent_store_write (store, _("Changes of the Team"), ENT_ORIGIN_SYNC, collect_cb, &collect, cancellable, NULL, error);
  g_clear_pointer (&collect.lines, g_array_unref);
  return ok;
}

/* --- Whether the remote is the one we know ------------------------------------------------------------------------------------------------ */

typedef struct
{
  EntSync    *sync;
  const char *instance; /* NULL: as it was */
  const char *session;
  gboolean    is_new; /* another database, or an older state of it */
} Identity;

static gboolean
identify_cb (EntTransaction *transaction,
             gpointer        data,
             GError        **error)
{
  Identity *self = data;
  gboolean was_known = sync_get_state (self->sync, "session") != NULL;

  if (self->is_new && was_known &&
      (!ent_transaction_untell_sync_docs (transaction, error) || !sync_put_state (self->sync, transaction, "since", NULL, error) ||
       !ent_transaction_add_sync_event (transaction, NULL, 0, "replaced", NULL, error)))
    return FALSE;
  return (self->instance == NULL || sync_put_state (self->sync, transaction, "instance", self->instance, error)) &&
         sync_put_state (self->sync, transaction, "session", self->session, error);
}

static char *
local_id (EntSync *self)
{
  g_autofree char *what = NULL;
  char id[ENT_ID_TEXT_LENGTH + 1];

  ent_id_to_text (ent_store_get_id (self->store), id);
  what = g_strdup_printf ("%s\n%s", id, ent_couch_get_url (self->couch));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, what, -1);
}

/* A mark of ours on the remote, another one after each run that changed something: whoever restores an older state of the
 * remote restores an older mark, or none. Theirs is written first: if it is not stored here, all is looked at once more. */
static gboolean
write_mark (EntSync       *self,
            Identity      *identity,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (JsonObject) mark = json_object_new ();
  g_autofree char *id = local_id (self);
  g_autofree char *session = g_uuid_string_random ();

  identity->session = session;
  json_object_set_string_member (mark, "session_id", session);
  if (self->mark_rev != NULL)
    json_object_set_string_member (mark, "_rev", self->mark_rev);
  g_free (self->mark_rev);
  self->mark_rev = ent_couch_put_local (self->couch, id, mark, cancellable, error);
  if (self->mark_rev == NULL)
    self->is_checked = FALSE; /* somebody else wrote it: the next run looks again */
  return self->mark_rev != NULL &&
         ent_store_write (self->store, "Sync", ENT_ORIGIN_SYNC, identify_cb, identity, cancellable, NULL, error);
}

static JsonObject *
read_mark (EntSync       *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *id = local_id (self);
  GError *failed = NULL;
  JsonObject *mark = ent_couch_get_local (self->couch, id, cancellable, &failed);

  if (g_error_matches (failed, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_NOT_FOUND))
    g_clear_error (&failed);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return mark;
}

static gboolean
check_remote (EntSync       *self,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (EntCouchDatabase) database = ent_couch_get_database (self->couch, cancellable, error);
  g_autoptr (JsonObject) mark = NULL;
  GError *failed = NULL;
  Identity identity = { self, database != NULL ? database->instance_start_time : NULL, NULL, FALSE };

  if (database == NULL)
    return FALSE;
  mark = read_mark (self, cancellable, &failed);
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return FALSE;
    }
  identity.is_new = mark == NULL || g_strcmp0 (sync_get_state (self, "instance"), database->instance_start_time) != 0 ||
                    g_strcmp0 (json_object_get_string_member_with_default (mark, "session_id", ""),
                               sync_get_state (self, "session")) != 0;
  g_free (self->mark_rev);
  self->mark_rev = mark != NULL ? g_strdup (json_object_get_string_member_with_default (mark, "_rev", NULL)) : NULL;
  self->is_checked = TRUE;
  return !identity.is_new || write_mark (self, &identity, cancellable, error);
}

/* --- A run -------------------------------------------------------------------------------------------------------------------------------- */

gboolean
ent_sync_run (EntSync        *self,
              EntSyncReport  *report,
              GCancellable   *cancellable,
              GError        **error)
{
  guint64 before = ent_couch_get_counters (self->couch).requests;
  gboolean ok;

  *report = (EntSyncReport) { 0 };
  ok = (self->is_checked || check_remote (self, cancellable, error)) && ent_sync_collect (self->store, cancellable, error) &&
       sync_pull (self, report, cancellable, error) && ent_sync_collect (self->store, cancellable, error) &&
       sync_push (self, report, cancellable, error);
  if (ok && report->n_received + report->n_sent > 0)
    ok = write_mark (self, &(Identity) { self, NULL, NULL, FALSE }, cancellable, error);
  report->n_requests = (guint) (ent_couch_get_counters (self->couch).requests - before);
  return ok;
}

gboolean
ent_sync_wait (EntSync       *self,
               guint          heartbeat,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (EntCouchChanges) changes = ent_couch_wait_changes (self->couch, sync_get_state (self, "since"), 1, heartbeat, NULL,
                                                                NULL, cancellable, error);

  return changes != NULL;
}
