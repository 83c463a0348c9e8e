/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-sync-runner-private.h"

struct _EntSyncLink
{
  void               (*changed) (gboolean came, gpointer user_data);
  gpointer             user_data;
  GCancellable        *cancellable;
  GNetworkMonitor     *network; /* NULL until it was found */
  GPowerProfileMonitor *power;
  gulong               network_id;
  gulong               power_id;
  gboolean             was_there;
  EntSyncSaving        saving;
};

static void
update_saving (EntSyncLink *self)
{
  EntSyncSaving saving = ENT_SYNC_SAVING_NOTHING;

  if (g_network_monitor_get_network_metered (self->network))
    saving = ENT_SYNC_SAVING_DATA;
  else if (g_power_profile_monitor_get_power_saver_enabled (self->power))
    saving = ENT_SYNC_SAVING_POWER;
  if (saving == self->saving)
    return;
  self->saving = saving;
  self->changed (FALSE, self->user_data);
}

static void
network_changed_cb (GNetworkMonitor *network,
                    gboolean         is_there,
                    EntSyncLink     *self)
{
  gboolean came = is_there && !self->was_there;

  self->was_there = is_there;
  update_saving (self);
  if (came)
    self->changed (TRUE, self->user_data);
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (found, g_object_ref (g_network_monitor_get_default ()));
  g_ptr_array_add (found, g_power_profile_monitor_dup_default ());
  g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GPtrArray) found = g_task_propagate_pointer (G_TASK (result), NULL);
  EntSyncLink *self = user_data;

  /* Cancelled: the link is gone. */
  if (found == NULL)
    return;
  self->network = g_object_ref (g_ptr_array_index (found, 0));
  self->power = g_object_ref (g_ptr_array_index (found, 1));
  self->was_there = g_network_monitor_get_network_available (self->network);
  self->network_id = g_signal_connect (self->network, "network-changed", G_CALLBACK (network_changed_cb), self);
  self->power_id = g_signal_connect_swapped (self->power, "notify::power-saver-enabled", G_CALLBACK (update_saving), self);
  update_saving (self);
}

EntSyncLink *
_ent_sync_link_new (void   (*changed) (gboolean came,
                                       gpointer user_data),
                    gpointer user_data)
{
  EntSyncLink *self = g_new0 (EntSyncLink, 1);
  g_autoptr (GTask) task = NULL;

  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, found_cb, self);
  g_task_set_source_tag (task, _ent_sync_link_new);
  g_task_run_in_thread (task, find_thread);
  return self;
}

void
_ent_sync_link_free (EntSyncLink *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->network != NULL)
    {
      g_signal_handler_disconnect (self->network, self->network_id);
      g_signal_handler_disconnect (self->power, self->power_id);
    }
  g_clear_object (&self->network);
  g_clear_object (&self->power);
  g_object_unref (self->cancellable);
  g_free (self);
}

EntSyncSaving
_ent_sync_link_get_saving (EntSyncLink *self)
{
  return self->saving;
}
