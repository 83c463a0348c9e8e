/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-sync-runner-private.h"

/* A run that takes less is not shown unless somebody asked for it: the state would only flicker. */
#define SHOW_MILLISECONDS 400

/* "2 minutes ago" is brought up to date at this pace. */
#define CLOCK_SECONDS 20

#define MAX_RETRY (5 * 60 * 1000)

/* After waits that ended at once and brought nothing, such as the echo of what was just sent. */
#define FIRST_ECHO_PAUSE 250
#define MAX_ECHOES 7
#define ECHO_TIME (2 * G_TIME_SPAN_SECOND)

typedef enum
{
  SIGNAL_CHANGED,
  SIGNAL_RAN,
  N_SIGNALS,
} EntSyncRunnerSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntSyncRunner, ent_sync_runner, G_TYPE_OBJECT)

/* --- Telling ---------------------------------------------------------------------------------------------------------------- */

static void
tell (EntSyncRunner *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
clock_cb (gpointer user_data)
{
  EntSyncRunner *self = user_data;
  g_autofree char *sentence = ent_sync_runner_dup_sentence (self);

  if (g_set_str (&self->told, sentence))
    tell (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer user_data)
{
  EntSyncRunner *self = user_data;

  self->show_id = 0;
  self->is_shown = TRUE;
  tell (self);
  return G_SOURCE_REMOVE;
}

/* --- Turns ------------------------------------------------------------------------------------------------------------------- */

EntSyncTurn *
_ent_sync_runner_new_turn (EntSyncRunner   *self,
                           EntSyncTurnKind  kind)
{
  EntSyncTurn *turn = g_new0 (EntSyncTurn, 1);

  turn->kind = kind;
  turn->store = g_object_ref (self->store);
  turn->heartbeat = self->heartbeat;
  return turn;
}

gboolean
_ent_sync_runner_is_passing (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || ent_remote_error_is_passing (error) ||
         g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_BUSY);
}

/* What a worker found out. */
static void
adopt (EntSyncRunner *self,
       EntSyncTurn   *turn)
{
  g_clear_pointer (&self->remote, ent_sync_remote_free);
  self->remote = g_steal_pointer (&turn->remote);
  self->counts = turn->counts;
  self->last_run = self->remote != NULL ? MAX (turn->last_run, self->last_run) : 0;
  self->is_known = TRUE;
}

static gboolean
retry_cb (gpointer user_data)
{
  EntSyncRunner *self = user_data;

  self->retry_id = 0;
  self->wants_run = TRUE;
  _ent_sync_runner_go_on (self);
  return G_SOURCE_REMOVE;
}

/* The server's wish counts, as long as it is not absurd. */
static void
retry_later (EntSyncRunner *self)
{
  guint pause = MIN (self->retry_pause << MIN (self->n_failures, 8), MAX_RETRY);
  guint wish = MIN (ent_remote_error_get_retry_after (self->error), MAX_RETRY / 1000) * 1000;

  self->n_failures++;
  self->retry_id = g_timeout_add (MAX (pause + g_random_int () % (pause / 4 + 1), wish), retry_cb, self);
}

static void
run_failed (EntSyncRunner *self,
            GError        *error)
{
  g_clear_error (&self->error);
  if (self->is_paused || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }
  self->error = error;
  if (_ent_sync_runner_is_passing (error))
    retry_later (self);
}

static void
ran (EntSyncRunner *self,
     EntSyncTurn   *turn,
     GError        *error)
{
  const EntSyncReport *report = &turn->report;
  gboolean was_news = report->n_received + report->n_sent + report->n_merged + report->n_clashes + report->n_parked +
                      report->n_rejected > 0;

  g_clear_handle_id (&self->show_id, g_source_remove);
  self->is_shown = FALSE;
  self->report = *report;
  if (error == NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    adopt (self, turn);
  if (was_news)
    self->n_echoes = 0;
  if (error != NULL)
    {
      run_failed (self, error);
    }
  else
    {
      g_clear_error (&self->error);
      self->n_failures = 0;
      self->has_run = TRUE;
    }
  g_signal_emit (self, signals[SIGNAL_RAN], 0, was_news);
}

/* Something happened on the remote, or the wait broke: a run finds out which. */
static void
waited (EntSyncRunner *self,
        EntSyncTurn   *turn,
        GError        *error)
{
  gboolean was_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_error (&error);
  if (was_cancelled)
    return;
  if (turn->took >= ECHO_TIME)
    self->n_echoes = 0;
  if (self->n_echoes == 0)
    self->wants_run = TRUE;
  else if (self->retry_id == 0)
    self->retry_id = g_timeout_add (FIRST_ECHO_PAUSE << MIN (self->n_echoes, MAX_ECHOES), retry_cb, self);
  self->n_echoes++;
}

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  EntSyncRunner *self = ENT_SYNC_RUNNER (source);
  EntSyncTurn *turn = g_task_get_task_data (G_TASK (result));
  GTask *change = user_data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  g_clear_object (&self->turn);
  self->sync = g_steal_pointer (&turn->sync);
  switch (turn->kind)
    {
    case ENT_SYNC_TURN_RUN:
      ran (self, turn, error);
      break;
    case ENT_SYNC_TURN_WAIT:
      waited (self, turn, error);
      break;
    case ENT_SYNC_TURN_CHANGE:
    case ENT_SYNC_TURN_LOOK:
    default:
      adopt (self, turn);
      if (error != NULL)
        g_task_return_error (change, error);
      else
        g_task_return_boolean (change, TRUE);
      g_object_unref (change);
      g_signal_emit (self, signals[SIGNAL_RAN], 0, TRUE);
      break;
    }
  tell (self);
  _ent_sync_runner_go_on (self);
}

static void
begin (EntSyncRunner *self,
       EntSyncTurn   *turn,
       GCancellable  *cancellable,
       GTask         *change)
{
  g_autoptr (GTask) task = NULL;

  turn->sync = g_steal_pointer (&self->sync);
  self->kind = turn->kind;
  self->turn = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  task = g_task_new (self, self->turn, turn_cb, change);
  g_task_set_source_tag (task, begin);
  /* What a cancelled turn found out counts all the same. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, turn, _ent_sync_turn_free);
  g_task_run_in_thread (task, _ent_sync_turn_run);
}

static void
begin_change (EntSyncRunner *self)
{
  GTask *change = g_queue_pop_head (&self->changes);
  EntSyncTurn *turn = g_task_get_task_data (change);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_error (&self->error);
  self->n_failures = 0;
  self->has_run = FALSE;
  self->is_paused = FALSE;
  self->wants_run = TRUE;
  begin (self, turn, g_task_get_cancellable (change), change);
}

static void
begin_run (EntSyncRunner *self)
{
  self->wants_run = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->show_id == 0 && !self->is_shown)
    self->show_id = g_timeout_add (SHOW_MILLISECONDS, show_cb, self);
  begin (self, _ent_sync_runner_new_turn (self, ENT_SYNC_TURN_RUN), NULL, NULL);
}

/* What comes next, when nothing is under way. */
void
_ent_sync_runner_go_on (EntSyncRunner *self)
{
  if (self->turn != NULL || self->is_pretended)
    return;
  if (self->is_stopped)
    {
      g_clear_pointer (&self->sync, ent_sync_free);
      return;
    }
  /* A look that began before a change would bring back what was there before. */
  if (self->is_looking)
    return;
  if (!g_queue_is_empty (&self->changes))
    begin_change (self);
  else if (!self->is_started)
    return;
  else if (self->look_again || !self->is_known)
    ent_sync_runner_look (self);
  else if (self->remote == NULL || self->is_paused)
    self->wants_run = FALSE;
  else if (self->wants_run)
    begin_run (self);
  else if (self->has_run && self->error == NULL && self->retry_id == 0 && self->sync != NULL &&
           self->saving == ENT_SYNC_SAVING_NOTHING)
    begin (self, _ent_sync_runner_new_turn (self, ENT_SYNC_TURN_WAIT), NULL, NULL);
}

/* --- Looking ------------------------------------------------------------------------------------------------------------------ */

gboolean
_ent_sync_runner_may_run (EntSyncRunner *self)
{
  return self->remote != NULL && !self->is_paused && self->error == NULL && self->saving == ENT_SYNC_SAVING_NOTHING;
}

void
_ent_sync_runner_interrupt_wait (EntSyncRunner *self)
{
  if (self->turn != NULL && self->kind == ENT_SYNC_TURN_WAIT)
    g_cancellable_cancel (self->turn);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EntSyncRunner *self = ENT_SYNC_RUNNER (source);
  EntSyncTurn *turn = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  self->is_looking = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    adopt (self, turn);
  else
    g_info ("What waits to be sent could not be counted: %s", error->message);
  self->is_known = TRUE;
  if (_ent_sync_runner_may_run (self) && (self->counts.n_untold > 0 || !self->has_run))
    {
      self->wants_run = TRUE;
      _ent_sync_runner_interrupt_wait (self);
    }
  tell (self);
  _ent_sync_runner_go_on (self);
}

void
ent_sync_runner_look (EntSyncRunner *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  /* A run counts by itself, and must be alone; what it did not see is looked at afterwards. */
  self->look_again = self->is_looking || (self->turn != NULL && self->kind != ENT_SYNC_TURN_WAIT);
  if (self->look_again || self->is_stopped || self->is_pretended || ent_store_is_read_only (self->store))
    return;
  self->is_looking = TRUE;
  task = g_task_new (self, NULL, looked_cb, NULL);
  g_task_set_source_tag (task, ent_sync_runner_look);
  g_task_set_task_data (task, _ent_sync_runner_new_turn (self, ENT_SYNC_TURN_LOOK), _ent_sync_turn_free);
  g_task_run_in_thread (task, _ent_sync_turn_run);
}

static gboolean
edit_cb (gpointer user_data)
{
  EntSyncRunner *self = user_data;

  self->edit_id = 0;
  ent_sync_runner_look (self);
  return G_SOURCE_REMOVE;
}

/* Each edit begins the pause anew. A workspace that shares with nobody has nothing to count. */
static void
store_changed_cb (EntSyncRunner *self)
{
  if (!self->is_started || self->is_stopped || self->remote == NULL)
    return;
  g_clear_handle_id (&self->edit_id, g_source_remove);
  self->edit_id = g_timeout_add (self->edit_pause, edit_cb, self);
}

/* --- Class ---------------------------------------------------------------------------------------------------------------------- */

static void
ent_sync_runner_dispose (GObject *object)
{
  EntSyncRunner *self = ENT_SYNC_RUNNER (object);

  g_clear_handle_id (&self->edit_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_pointer (&self->link, _ent_sync_link_free);
  g_clear_pointer (&self->sync, ent_sync_free);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, store_changed_cb, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (ent_sync_runner_parent_class)->dispose (object);
}

static void
ent_sync_runner_finalize (GObject *object)
{
  EntSyncRunner *self = ENT_SYNC_RUNNER (object);

  g_clear_pointer (&self->remote, ent_sync_remote_free);
  g_clear_error (&self->error);
  g_free (self->told);
  G_OBJECT_CLASS (ent_sync_runner_parent_class)->finalize (object);
}

static void
ent_sync_runner_class_init (EntSyncRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ent_sync_runner_dispose;
  G_OBJECT_CLASS (klass)->finalize = ent_sync_runner_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ENT_TYPE_SYNC_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_RAN] = g_signal_new ("ran", ENT_TYPE_SYNC_RUNNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      G_TYPE_BOOLEAN);
}

static void
ent_sync_runner_init (EntSyncRunner *self)
{
  g_queue_init (&self->changes);
  ent_sync_runner_set_pauses (self, 2500, 5000, 30000);
}

EntSyncRunner *
ent_sync_runner_new (EntStore *store)
{
  EntSyncRunner *self = g_object_new (ENT_TYPE_SYNC_RUNNER, NULL);

  g_return_val_if_fail (ENT_IS_STORE (store), self);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "changed", G_CALLBACK (store_changed_cb), self);
  return self;
}

void
ent_sync_runner_start (EntSyncRunner *self)
{
  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  if (self->is_started || self->is_stopped || self->is_pretended || ent_store_is_read_only (self->store))
    return;
  self->is_started = TRUE;
  self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  self->link = _ent_sync_link_new (_ent_sync_runner_link_changed, self);
  _ent_sync_runner_go_on (self);
}

void
ent_sync_runner_stop (EntSyncRunner *self)
{
  GTask *change;

  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  self->is_stopped = TRUE;
  g_clear_handle_id (&self->edit_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_pointer (&self->link, _ent_sync_link_free);
  if (self->turn != NULL)
    g_cancellable_cancel (self->turn);
  while ((change = g_queue_pop_head (&self->changes)) != NULL)
    {
      _ent_sync_turn_free (g_task_get_task_data (change));
      g_task_return_new_error_literal (change, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
      g_object_unref (change);
    }
  _ent_sync_runner_go_on (self);
}
