/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

/* Notices commits of other processes: each one writes to the log beside the file. Nothing is watched
 * until the main loop runs, and nothing runs while nothing is written. */

struct _EntWatch
{
  GSource      *start;
  GFileMonitor *monitor;
  EntStore     *store; /* (unowned) */
};

static void
log_changed_cb (EntWatch *self)
{
  ent_writer_poll (self->store->writer);
}

static gboolean
start_cb (gpointer data)
{
  EntWatch *self = data;
  g_autofree char *path = g_strconcat (self->store->path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (log_changed_cb), self);
  return G_SOURCE_REMOVE;
}

EntWatch *
ent_watch_new (EntStore *store)
{
  EntWatch *self = g_new0 (EntWatch, 1);

  self->store = store;
  if (store->writer == NULL)
    return self;
  self->start = g_idle_source_new ();
  g_source_set_callback (self->start, start_cb, self, NULL);
  g_source_attach (self->start, store->context);
  return self;
}

void
ent_watch_free (EntWatch *self)
{
  if (self->start != NULL)
    {
      g_source_destroy (self->start);
      g_source_unref (self->start);
    }
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_object_unref (self->monitor);
    }
  g_free (self);
}
