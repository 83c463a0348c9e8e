/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

/* Notices commits of other processes: each one writes to the log beside the file. Nothing is watched
 * until the main loop runs, and nothing runs while nothing is written. */

struct _EntWatch
{
  gatomicrefcount references; /* the owner's, the idle source's and the signal's */
  GMutex          lock;       /* a workspace may be closed on another thread than the main loop's */
  GSource        *start;
  GFileMonitor   *monitor;
  EntStore       *store;      /* (unowned); NULL once the watch has ended */
};

static EntWatch *
watch_ref (EntWatch *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

static void
watch_unref (gpointer data)
{
  EntWatch *self = data;

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
release_closure (gpointer  data,
                 GClosure *closure)
{
  watch_unref (data);
}

static void
log_changed_cb (EntWatch *self)
{
  g_mutex_lock (&self->lock);
  if (self->store != NULL)
    ent_writer_poll (self->store->writer);
  g_mutex_unlock (&self->lock);
}

static gboolean
start_cb (gpointer data)
{
  EntWatch *self = data;

  g_mutex_lock (&self->lock);
  if (self->store != NULL)
    {
      g_autofree char *path = g_strconcat (self->store->path, "-wal", NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
      if (self->monitor != NULL)
        g_signal_connect_data (self->monitor, "changed", G_CALLBACK (log_changed_cb), watch_ref (self),
                               release_closure, G_CONNECT_SWAPPED);
    }
  g_mutex_unlock (&self->lock);
  return G_SOURCE_REMOVE;
}

EntWatch *
ent_watch_new (EntStore *store)
{
  EntWatch *self = g_new0 (EntWatch, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->store = store;
  if (store->writer == NULL)
    return self;
  self->start = g_idle_source_new ();
  g_source_set_callback (self->start, start_cb, watch_ref (self), watch_unref);
  g_source_attach (self->start, store->context);
  return self;
}

/* After this nothing touches the store any more, whatever the main loop is doing just now. */
void
ent_watch_free (EntWatch *self)
{
  g_autoptr (GFileMonitor) monitor = NULL;

  g_mutex_lock (&self->lock);
  self->store = NULL;
  monitor = g_steal_pointer (&self->monitor);
  g_mutex_unlock (&self->lock);
  if (self->start != NULL)
    {
      g_source_destroy (self->start);
      g_source_unref (self->start);
    }
  if (monitor != NULL)
    g_signal_handlers_disconnect_by_data (monitor, self);
  watch_unref (self);
}
