/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-sync-runner-private.h"

#include "model/ent-value.h"

/* What workers do for EntSyncRunner. */

/* When the last run went well; not in the journal. */
#define SETTING_LAST_RUN "sync_last_run"

/* A run that brought nothing new is noted no more often than that. */
#define NOTE_PAUSE (5 * 60 * G_TIME_SPAN_SECOND)

/* The runner tries again by itself, so a request is repeated but once before people hear that they are offline. */
#define RETRIES 1
#define FIRST_DELAY 500

void
_ent_sync_turn_free (gpointer turn)
{
  EntSyncTurn *self = turn;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_clear_pointer (&self->sync, ent_sync_free);
  g_clear_pointer (&self->remote, ent_sync_remote_free);
  g_object_unref (self->store);
  g_free (self);
}

/* --- What waits -------------------------------------------------------------------------------------------------------- */

static gint64
read_last_run (EntStore *store)
{
  g_autofree char *text = ent_store_dup_setting (store, SETTING_LAST_RUN);
  EntReadContext context = { 0 };
  gint64 last = 0;

  return text != NULL && ent_datetime_read (text, &context, &last, NULL) ? last : 0;
}

static void
note_last_run (EntSyncTurn *self)
{
  gboolean was_busy = self->report.n_received + self->report.n_sent > 0;
  g_autofree char *text = NULL;

  self->last_run = g_get_real_time ();
  if (!was_busy && self->last_run - read_last_run (self->store) < NOTE_PAUSE)
    return;
  text = ent_datetime_write (self->last_run);
  ent_store_set_setting (self->store, SETTING_LAST_RUN, text, NULL);
}

static gboolean
read_remote (EntSyncTurn  *self,
             GError      **error)
{
  g_autoptr (GPtrArray) remotes = ent_store_get_sync_remotes (self->store, error);

  if (remotes == NULL)
    return FALSE;
  g_clear_pointer (&self->remote, ent_sync_remote_free);
  if (remotes->len > 0)
    self->remote = ent_sync_remote_find (self->store, NULL, error);
  return remotes->len == 0 || self->remote != NULL;
}

static gboolean
count (EntSyncTurn   *self,
       GCancellable  *cancellable,
       GError       **error)
{
  if (!read_remote (self, error))
    return FALSE;
  return self->remote == NULL || (ent_sync_collect (self->store, cancellable, error) &&
                                  ent_store_count_sync (self->store, &self->counts, error));
}

static gboolean
look (EntSyncTurn   *self,
      GCancellable  *cancellable,
      GError       **error)
{
  self->last_run = read_last_run (self->store);
  return count (self, cancellable, error);
}

/* --- A run --------------------------------------------------------------------------------------------------------------- */

static gboolean
ensure_engine (EntSyncTurn   *self,
               GCancellable  *cancellable,
               GError       **error)
{
  if (!read_remote (self, error))
    return FALSE;
  if (self->sync != NULL || self->remote == NULL)
    return TRUE;
  self->sync = ent_sync_remote_open (self->store, self->remote, NULL, cancellable, error);
  if (self->sync != NULL)
    ent_couch_set_retries (ent_sync_get_couch (self->sync), RETRIES, FIRST_DELAY);
  return self->sync != NULL;
}

static gboolean
run (EntSyncTurn   *self,
     GCancellable  *cancellable,
     GError       **error)
{
  gboolean ok = ensure_engine (self, cancellable, error) &&
                (self->sync == NULL || ent_sync_run (self->sync, &self->report, cancellable, error));

  /* What could not be sent is counted all the same. */
  if (!g_cancellable_is_cancelled (cancellable))
    ok = count (self, cancellable, ok ? error : NULL) && ok;
  if (ok && self->sync != NULL)
    note_last_run (self);
  else
    self->last_run = read_last_run (self->store);
  return ok;
}

static gboolean
change (EntSyncTurn   *self,
        GCancellable  *cancellable,
        GError       **error)
{
  GError *failed = NULL;

  /* An engine keeps the remote as it knows it. */
  g_clear_pointer (&self->sync, ent_sync_free);
  self->func (self->store, self->data, cancellable, &failed);
  look (self, NULL, failed == NULL ? &failed : NULL);
  /* Of the next remote nothing is known. */
  if (self->remote == NULL)
    ent_store_set_setting (self->store, SETTING_LAST_RUN, "", NULL);
  if (failed != NULL)
    g_propagate_error (error, failed);
  return failed == NULL;
}

void
_ent_sync_turn_run (GTask        *task,
                    gpointer      source,
                    gpointer      turn,
                    GCancellable *cancellable)
{
  EntSyncTurn *self = turn;
  gint64 begin = g_get_monotonic_time ();
  GError *error = NULL;
  gboolean ok = FALSE;

  switch (self->kind)
    {
    case ENT_SYNC_TURN_LOOK:
      ok = look (self, cancellable, &error);
      break;
    case ENT_SYNC_TURN_RUN:
      ok = run (self, cancellable, &error);
      break;
    case ENT_SYNC_TURN_WAIT:
      ok = ent_sync_wait (self->sync, self->heartbeat, cancellable, &error);
      break;
    case ENT_SYNC_TURN_CHANGE:
    default:
      ok = change (self, cancellable, &error);
      break;
    }
  self->took = g_get_monotonic_time () - begin;
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}
