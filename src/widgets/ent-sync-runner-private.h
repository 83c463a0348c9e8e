/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-sync-runner.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_SYNC_TURN_LOOK,
  ENT_SYNC_TURN_RUN,
  ENT_SYNC_TURN_WAIT,
  ENT_SYNC_TURN_CHANGE,
} EntSyncTurnKind;

/** One thing that a worker does, and what became of it. */
typedef struct
{
  EntSyncTurnKind kind;
  EntStore       *store;
  EntSync        *sync;      /* the engine, in and out (nullable): kept from turn to turn */
  guint           heartbeat; /* ms */
  EntStoreJob     func;      /* of a change */
  gpointer        data;
  GDestroyNotify  data_free;

  EntSyncRemote  *remote;    /* out (nullable) */
  EntSyncCounts   counts;
  EntSyncReport   report;
  gint64          last_run;  /* as it is kept in the workspace; 0: never */
  gint64          took;      /* microseconds */
} EntSyncTurn;

void     _ent_sync_turn_free (gpointer turn);
/** A GTaskThreadFunc whose data is an EntSyncTurn; the task returns whether it went well. */
void     _ent_sync_turn_run  (GTask        *task,
                              gpointer      source,
                              gpointer      turn,
                              GCancellable *cancellable);

/** What the desktop says of network and power, which are asked for on a worker thread: the first request for either may wait. */
typedef struct _EntSyncLink EntSyncLink;

/** @changed: the network came (TRUE), or what has to be saved is another thing (FALSE). */
EntSyncLink  *_ent_sync_link_new        (void         (*changed) (gboolean came,
                                                                  gpointer user_data),
                                         gpointer       user_data);
void          _ent_sync_link_free       (EntSyncLink *self);
EntSyncSaving _ent_sync_link_get_saving (EntSyncLink *self);

struct _EntSyncRunner
{
  GObject parent_instance;

  EntStore     *store;
  EntSyncLink  *link;
  GCancellable *turn;    /* of the run, wait or change under way (nullable) */
  EntSyncTurnKind kind;  /* of that */
  EntSync      *sync;    /* NULL while a turn has it */
  GQueue        changes; /* of GTask: what waits for the end of the turn */
  gboolean      is_started, is_stopped, is_known, is_paused, is_pretended;
  gboolean      is_looking, look_again;
  gboolean      wants_run;   /* as soon as may be */
  gboolean      has_run;     /* in this session, successfully */
  gboolean      is_shown;    /* the run is */
  gboolean      is_saving_told; /* by somebody else than the link */
  guint         n_failures, n_echoes;
  guint         edit_id, retry_id, show_id, clock_id;
  guint         edit_pause, retry_pause, heartbeat; /* ms */

  EntSyncState  pretended;
  EntSyncSaving saving;
  EntSyncRemote *remote;
  EntSyncCounts counts;
  EntSyncReport report;
  gint64        last_run;
  GError       *error;
  char         *told; /* the sentence at the last signal */
};

/** Whether it may go well later without anybody doing anything. */
gboolean      _ent_sync_runner_is_passing (const GError  *error);
/** What comes next, when nothing is under way. */
void          _ent_sync_runner_go_on          (EntSyncRunner *self);
void          _ent_sync_runner_interrupt_wait (EntSyncRunner *self);
/** Whether it may run without being asked. */
gboolean      _ent_sync_runner_may_run        (EntSyncRunner *self);
EntSyncTurn  *_ent_sync_runner_new_turn       (EntSyncRunner   *self,
                                               EntSyncTurnKind  kind);
void          _ent_sync_runner_link_changed   (gboolean came,
                                               gpointer user_data);
void          _ent_sync_runner_set_saving (EntSyncRunner *self,
                                           EntSyncSaving  saving);

G_END_DECLS
