/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rules/ent-level-shared.h"

/* One snapshot a workspace: it hangs on the store, which tells it what changed. */

typedef struct
{
  GMutex     lock;    /* of `levels`, held while somebody works with them */
  EntLevels *levels;  /* NULL: to be loaded */
  GMutex     queue_lock;
  GPtrArray *pending; /* of EntChanges, told but not yet taken in */
} Shared;

static void
shared_free (gpointer data)
{
  Shared *self = data;

  g_clear_pointer (&self->levels, ent_levels_unref);
  g_ptr_array_unref (self->pending);
  g_mutex_clear (&self->lock);
  g_mutex_clear (&self->queue_lock);
  g_free (self);
}

static void
changed_cb (EntStore   *store,
            EntChanges *changes,
            gpointer    user_data)
{
  Shared *self = user_data;

  g_mutex_lock (&self->queue_lock);
  g_ptr_array_add (self->pending, ent_changes_ref (changes));
  g_mutex_unlock (&self->queue_lock);
}

static Shared *
get_shared (EntStore *store)
{
  static GMutex lock;
  Shared *self;

  g_mutex_lock (&lock);
  self = g_object_get_data (G_OBJECT (store), "ent-levels");
  if (self == NULL)
    {
      self = g_new0 (Shared, 1);
      g_mutex_init (&self->lock);
      g_mutex_init (&self->queue_lock);
      self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_changes_unref);
      g_object_set_data_full (G_OBJECT (store), "ent-levels", self, shared_free);
      g_signal_connect (store, "changed", G_CALLBACK (changed_cb), self);
    }
  g_mutex_unlock (&lock);
  return self;
}

static GPtrArray *
take_pending (Shared *self)
{
  GPtrArray *taken;

  g_mutex_lock (&self->queue_lock);
  taken = self->pending;
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_changes_unref);
  g_mutex_unlock (&self->queue_lock);
  return taken;
}

/* What was told before a snapshot is loaded is in it. */
static gboolean
bring_up_to_date (Shared        *self,
                  EntStore      *store,
                  gint64         today,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GPtrArray) pending = take_pending (self);
  GError *local = NULL;

  if (self->levels != NULL && ent_metrics_get_today (ent_levels_get_metrics (self->levels)) != today)
    g_clear_pointer (&self->levels, ent_levels_unref);
  for (guint i = 0; self->levels != NULL && i < pending->len; i++)
    if (!ent_levels_update (self->levels, store, g_ptr_array_index (pending, i), &local))
      g_clear_pointer (&self->levels, ent_levels_unref);
  g_clear_error (&local); /* a new snapshot will tell */
  if (self->levels == NULL)
    self->levels = ent_levels_load (store, today, cancellable, error);
  return self->levels != NULL;
}

gpointer
ent_levels_run (EntStore       *store,
                gint64          today,
                EntLevelsFunc   func,
                gpointer        data,
                GCancellable   *cancellable,
                GError        **error)
{
  Shared *self = get_shared (store);
  gpointer result = NULL;

  g_mutex_lock (&self->lock);
  if (bring_up_to_date (self, store, today, cancellable, error))
    result = func (self->levels, store, data, error);
  g_mutex_unlock (&self->lock);
  return result;
}
