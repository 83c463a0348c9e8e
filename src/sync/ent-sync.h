/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-sync-state.h"
#include "sync/ent-couch.h"

G_BEGIN_DECLS

/**
 * EntSync:
 *
 * Brings one workspace in step with the team's database. Each record is a document; its revisions form a tree, and the
 * journal is the memory of what the record was at each of them, so that the common base of two edits is there without a
 * copy. What people did offline becomes one revision per record; what comes is merged field by field; where people must
 * decide, both values are kept as a clash and the record shows one of them meanwhile.
 *
 * All functions block: call them on a worker thread, one run of a workspace at a time. A run may be cancelled or die at
 * any point; the next one goes on from what is stored.
 */
typedef struct _EntSync EntSync;

/** What a run did. */
typedef struct
{
  guint n_received;   /* documents that changed something here */
  guint n_sent;       /* documents that the remote took */
  guint n_merged;     /* edits of two sides that went together by themselves */
  guint n_clashes;    /* fields that wait for a person, found in this run */
  guint n_parked;     /* documents this workspace cannot take */
  guint n_rejected;   /* documents the remote did not take */
  guint n_requests;
} EntSyncReport;

/** @remote: copied. Errors: ENT_REMOTE_ERROR_ADDRESS. (transfer full) */
EntSync    *ent_sync_new          (EntStore             *store,
                                   const EntSyncRemote  *remote,
                                   GError              **error);
void        ent_sync_free         (EntSync *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSync, ent_sync_free)
/** For the password, limits and trust. (transfer none) */
EntCouch   *ent_sync_get_couch    (EntSync *self);

/** Collects what changed here, takes what changed there, merges, and sends. @report: out, filled as far as the run came
 * also when it fails. Errors: those of ent-couch.h and of the store. */
gboolean    ent_sync_run          (EntSync        *self,
                                   EntSyncReport  *report,
                                   GCancellable   *cancellable,
                                   GError        **error);
/** Only makes revisions of what changed here: what a run would send is then ent_store_get_untold_sync_docs(). Needs no
 * network. */
gboolean    ent_sync_collect      (EntStore       *store,
                                   GCancellable   *cancellable,
                                   GError        **error);
/** Waits until something changed on the remote, at most as long as the connection holds. FALSE with an error, or TRUE. */
gboolean    ent_sync_wait         (EntSync        *self,
                                   guint           heartbeat, /* ms */
                                   GCancellable   *cancellable,
                                   GError        **error);

/** Settles an open clash: the other value is taken, or the one that is shown stays. Undo takes the value back. NOT_FOUND when
 * it is not open. */
gboolean    ent_sync_settle       (EntStore       *store,
                                   gint64          clash,
                                   gboolean        take_other,
                                   GError        **error);

G_END_DECLS
