/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-sync-remote.h"

G_BEGIN_DECLS

/**
 * EntSyncState:
 * @ENT_SYNC_NO_REMOTE: the workspace shares with nobody
 * @ENT_SYNC_IN_STEP: the last run went well, or none was needed yet
 * @ENT_SYNC_RUNNING: a run that people asked for, or that takes its time
 * @ENT_SYNC_OFFLINE: the team's database cannot be reached or has trouble; it is tried again by itself
 * @ENT_SYNC_STOPPED: a person stopped it, or has to do something first
 */
typedef enum
{
  ENT_SYNC_NO_REMOTE,
  ENT_SYNC_IN_STEP,
  ENT_SYNC_RUNNING,
  ENT_SYNC_OFFLINE,
  ENT_SYNC_STOPPED,
} EntSyncState;

/** Why nothing runs by itself: what costs money or power waits for a person's word. */
typedef enum
{
  ENT_SYNC_SAVING_NOTHING,
  ENT_SYNC_SAVING_DATA,  /* the network is metered */
  ENT_SYNC_SAVING_POWER, /* the computer saves power */
} EntSyncSaving;

/**
 * EntSyncRunner:
 *
 * Keeps an open workspace in step with its remote: one run at a time on a worker thread, when somebody asks, a moment after
 * the last edit, when the network comes back, and, as it waits for the remote's changes between runs, when a colleague
 * edits. What fails for now is tried again with growing pauses and without a word; what a person has to mend stops it. Main
 * thread only, which never waits. Signals:
 *
 *   changed          something that the functions below tell is another one
 *   ran (gboolean)   a run or a change of the remote ended; TRUE: it changed what sync keeps, the log or the clashes
 */
#define ENT_TYPE_SYNC_RUNNER (ent_sync_runner_get_type ())
G_DECLARE_FINAL_TYPE (EntSyncRunner, ent_sync_runner, ENT, SYNC_RUNNER, GObject)

/** Does nothing until it is started. */
EntSyncRunner *ent_sync_runner_new           (EntStore *store);
/** Begins to look after the workspace; again: nothing. Nor does anything happen in a workspace that is read-only. */
void           ent_sync_runner_start         (EntSyncRunner *self);
/** Ends for good, as the workspace is about to close: what is under way is cancelled and goes on next time. */
void           ent_sync_runner_stop          (EntSyncRunner *self);

/** A run now, whatever it waits for; also goes on after ent_sync_runner_pause(). */
void           ent_sync_runner_run           (EntSyncRunner *self);
/** Cancels a run under way; nothing runs by itself until ent_sync_runner_run(). */
void           ent_sync_runner_pause         (EntSyncRunner *self);
/** Counts what waits once more, and runs if there is something to send. */
void           ent_sync_runner_look          (EntSyncRunner *self);

/** Runs @func, which changes the remote or its documents, on a worker thread while no run is under way, and begins anew
 * afterwards. What @func returns says no more than that it succeeded. */
void           ent_sync_runner_change_async  (EntSyncRunner       *self,
                                              EntStoreJob          func,
                                              gpointer             data,
                                              GDestroyNotify       data_free,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
gboolean       ent_sync_runner_change_finish (EntSyncRunner  *self,
                                              GAsyncResult   *result,
                                              GError        **error);

EntStore      *ent_sync_runner_get_store     (EntSyncRunner *self);
/** FALSE until the workspace was looked at first. */
gboolean       ent_sync_runner_is_known      (EntSyncRunner *self);
EntSyncState   ent_sync_runner_get_state     (EntSyncRunner *self);
EntSyncSaving  ent_sync_runner_get_saving    (EntSyncRunner *self);
/** Whether a run is under way, shown as ENT_SYNC_RUNNING or not. */
gboolean       ent_sync_runner_is_running    (EntSyncRunner *self);
/** The remote, as it was when it was read last. (nullable) */
const EntSyncRemote *ent_sync_runner_get_remote (EntSyncRunner *self);
/** What stopped it, or is tried again. (nullable) */
const GError  *ent_sync_runner_get_error     (EntSyncRunner *self);
/** What waits; zeroes before it was counted. */
EntSyncCounts  ent_sync_runner_get_counts    (EntSyncRunner *self);
/** What the last run did. */
EntSyncReport  ent_sync_runner_get_report    (EntSyncRunner *self);
/** When the last run that went well ended, microseconds UTC; 0: never. */
gint64         ent_sync_runner_get_last_run  (EntSyncRunner *self);

/** "In step, 2 minutes ago", "Offline, 14 edits waiting", "The password is not accepted". (transfer full) */
char          *ent_sync_runner_dup_sentence  (EntSyncRunner *self);
/** The same for a narrow place: "In step 2 m", "Offline · 14". (transfer full) */
char          *ent_sync_runner_dup_short     (EntSyncRunner *self);

/** Milliseconds from the last edit to the run (2,500) and from a failure to the next try (5,000, then growing to five
 * minutes), and between signs of life of the remote (30,000); 0 leaves one as it is. */
void           ent_sync_runner_set_pauses    (EntSyncRunner *self,
                                              guint          edit,
                                              guint          retry,
                                              guint          heartbeat);
/** What the network and the power say is found by itself; this is another opinion, from then on. */
void           ent_sync_runner_set_saving    (EntSyncRunner *self,
                                              EntSyncSaving  saving);
/** Shows a state that is not so, for pictures of what needs a server; nothing runs from then on. */
void           ent_sync_runner_pretend       (EntSyncRunner *self,
                                              EntSyncState   state,
                                              gint64         last_run);

G_END_DECLS
