/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-sync-runner-private.h"

/* What EntSyncRunner is told: by the network, the power, and people. */

/* --- Network and power ----------------------------------------------------------------------------------------------------------- */

void
_ent_sync_runner_set_saving (EntSyncRunner *self,
                             EntSyncSaving  saving)
{
  if (self->saving == saving)
    return;
  self->saving = saving;
  if (saving != ENT_SYNC_SAVING_NOTHING)
    _ent_sync_runner_interrupt_wait (self);
  else
    self->wants_run = self->wants_run || _ent_sync_runner_may_run (self);
  g_signal_emit_by_name (self, "changed");
  _ent_sync_runner_go_on (self);
}

void
_ent_sync_runner_link_changed (gboolean came,
                               gpointer user_data)
{
  EntSyncRunner *self = user_data;

  if (!self->is_saving_told)
    _ent_sync_runner_set_saving (self, _ent_sync_link_get_saving (self->link));
  if (!came || self->is_paused || self->saving != ENT_SYNC_SAVING_NOTHING || (self->error != NULL && !_ent_sync_runner_is_passing (self->error)))
    return;
  self->n_failures = 0;
  self->wants_run = TRUE;
  _ent_sync_runner_interrupt_wait (self);
  _ent_sync_runner_go_on (self);
}

/* --- People ----------------------------------------------------------------------------------------------------------------- */

void
ent_sync_runner_run (EntSyncRunner *self)
{
  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  if (self->is_pretended || self->is_stopped || self->remote == NULL)
    return;
  self->is_paused = FALSE;
  self->is_shown = TRUE;
  g_clear_error (&self->error);
  if (self->turn == NULL || self->kind != ENT_SYNC_TURN_RUN)
    self->wants_run = TRUE;
  _ent_sync_runner_interrupt_wait (self);
  g_signal_emit_by_name (self, "changed");
  _ent_sync_runner_go_on (self);
}

void
ent_sync_runner_pause (EntSyncRunner *self)
{
  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  self->is_paused = TRUE;
  self->wants_run = FALSE;
  self->is_shown = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_error (&self->error);
  if (self->turn != NULL && self->kind != ENT_SYNC_TURN_CHANGE)
    g_cancellable_cancel (self->turn);
  g_signal_emit_by_name (self, "changed");
}

void
ent_sync_runner_change_async (EntSyncRunner       *self,
                              EntStoreJob          func,
                              gpointer             data,
                              GDestroyNotify       data_free,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *change;
  EntSyncTurn *turn;

  g_return_if_fail (ENT_IS_SYNC_RUNNER (self));

  change = g_task_new (self, cancellable, callback, user_data);
  turn = _ent_sync_runner_new_turn (self, ENT_SYNC_TURN_CHANGE);
  turn->func = func;
  turn->data = data;
  turn->data_free = data_free;
  g_task_set_source_tag (change, ent_sync_runner_change_async);
  g_task_set_check_cancellable (change, FALSE);
  g_task_set_task_data (change, turn, NULL);
  g_queue_push_tail (&self->changes, change);
  if (self->turn != NULL && self->kind != ENT_SYNC_TURN_CHANGE)
    g_cancellable_cancel (self->turn);
  _ent_sync_runner_go_on (self);
}

gboolean
ent_sync_runner_change_finish (EntSyncRunner  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
