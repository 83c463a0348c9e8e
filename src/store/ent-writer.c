/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

#include <glib/gi18n-lib.h>

/* The one thread that writes, with its connection and its queue. A job is whatever must happen on that
 * connection; transactions are jobs like any other. */

typedef struct
{
  EntWriterFunc func;
  EntWriterDone done;
  gpointer      data;
} Job;

struct _EntWriter
{
  gatomicrefcount ref_count; /* one of the store, one of the thread */
  EntStore      *store; /* (unowned) it stops the writer before it goes */
  EntConnection *connection;
  GThread       *thread;
  GMutex         lock;
  GCond          finished;
  GQueue         jobs;
  GCond          queued;
  gboolean       is_stopped;
  gboolean       is_polling;
  gint64         data_version; /* of the file as this connection last saw it */
};

/* SQLite counts in data_version the commits of others, not the connection's own. */
static gboolean
look_for_foreign_commits (EntStore      *store,
                          EntConnection *connection,
                          gpointer       data,
                          GError       **error)
{
  EntWriter *self = data;
  g_autoptr (EntChanges) changes = NULL;
  gint64 version;

  if (!ent_read_int (connection, "PRAGMA data_version", 0, &version, error))
    return FALSE;
  if (version == self->data_version)
    return TRUE;
  self->data_version = version;
  ent_store_reload_schema (store, connection, NULL);
  changes = ent_changes_new (0, G_MAXUINT64, NULL, NULL);
  ent_store_notify (store, changes);
  return TRUE;
}

static gpointer
writer_thread (gpointer data)
{
  EntWriter *self = data;

  for (;;)
    {
      g_autofree Job *job = NULL;
      GError *error = NULL;
      gboolean ok;

      g_mutex_lock (&self->lock);
      while (g_queue_is_empty (&self->jobs) && !self->is_stopped)
        g_cond_wait (&self->queued, &self->lock);
      job = g_queue_pop_head (&self->jobs);
      g_mutex_unlock (&self->lock);
      if (job == NULL)
        break;
      if (self->connection == NULL)
        {
          ent_store_fail_closed (&error);
          job->done (FALSE, error, job->data);
          continue;
        }
      look_for_foreign_commits (self->store, self->connection, self, NULL);
      ok = job->func (self->store, self->connection, job->data, &error);
      job->done (ok, error, job->data);
      /* After a large run: whoever waited for it need not wait for this. */
      if (g_atomic_int_get (&self->store->is_settling))
        ent_transaction_settle (self->store, self->connection, NULL);
    }
  ent_writer_free (self);
  return NULL;
}

EntWriter *
ent_writer_new (EntStore      *store,
                EntConnection *connection)
{
  EntWriter *self = g_new0 (EntWriter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  self->store = store;
  self->connection = connection;
  g_mutex_init (&self->lock);
  g_cond_init (&self->finished);
  g_cond_init (&self->queued);
  g_queue_init (&self->jobs);
  ent_read_int (connection, "PRAGMA data_version", 0, &self->data_version, NULL);
  self->thread = g_thread_new ("ent-writer", writer_thread, self);
  return self;
}

void
ent_writer_stop (EntWriter *self)
{
  g_mutex_lock (&self->lock);
  self->is_stopped = TRUE;
  g_cond_broadcast (&self->queued);
  g_mutex_unlock (&self->lock);
  /* The last reference to a store may be dropped by what a job calls when it is done. */
  if (self->thread == g_thread_self ())
    g_thread_unref (self->thread);
  else
    g_thread_join (self->thread);
  self->thread = NULL;
}

void
ent_writer_close (EntWriter *self)
{
  ent_connection_exec (self->connection, "PRAGMA wal_checkpoint(TRUNCATE)", NULL);
  g_clear_pointer (&self->connection, ent_connection_free);
}

void
ent_writer_free (EntWriter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->connection, ent_connection_free);
  g_cond_clear (&self->queued);
  g_cond_clear (&self->finished);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
push (EntWriter     *self,
      EntWriterFunc  func,
      EntWriterDone  done,
      gpointer       data)
{
  gboolean is_stopped;

  g_mutex_lock (&self->lock);
  is_stopped = self->is_stopped;
  if (!is_stopped)
    {
      Job *job = g_new (Job, 1);

      *job = (Job) { func, done, data };
      g_queue_push_tail (&self->jobs, job);
      g_cond_signal (&self->queued);
    }
  g_mutex_unlock (&self->lock);
  return !is_stopped;
}

void
ent_writer_push (EntWriter     *self,
                 EntWriterFunc  func,
                 EntWriterDone  done,
                 gpointer       data)
{
  GError *error = NULL;

  if (push (self, func, done, data))
    return;
  ent_store_fail_closed (&error);
  done (FALSE, error, data);
}

/* --- Waiting for a job ---------------------------------------------------------------------------- */

typedef struct
{
  EntWriter    *writer;
  EntWriterFunc func;
  gpointer      data;
  gboolean      is_done;
  gboolean      ok;
  GError       *error;
} Wait;

static gboolean
run_waited (EntStore      *store,
            EntConnection *connection,
            gpointer       data,
            GError       **error)
{
  Wait *wait = data;

  return wait->func (store, connection, wait->data, error);
}

static void
wait_done (gboolean ok,
           GError  *error,
           gpointer data)
{
  Wait *wait = data;
  EntWriter *self = wait->writer;

  g_mutex_lock (&self->lock);
  wait->ok = ok;
  wait->error = error;
  wait->is_done = TRUE;
  g_cond_broadcast (&self->finished);
  g_mutex_unlock (&self->lock);
}

gboolean
ent_writer_run (EntWriter     *self,
                EntWriterFunc  func,
                gpointer       data,
                GError       **error)
{
  Wait wait = { self, func, data };

  /* A transaction inside a transaction would wait for itself. */
  g_return_val_if_fail (self->thread != g_thread_self (), FALSE);

  if (!push (self, run_waited, wait_done, &wait))
    return ent_store_fail_closed (error);
  g_mutex_lock (&self->lock);
  while (!wait.is_done)
    g_cond_wait (&self->finished, &self->lock);
  g_mutex_unlock (&self->lock);
  if (wait.error != NULL)
    g_propagate_error (error, wait.error);
  return wait.ok;
}

/* --- Polling -------------------------------------------------------------------------------------- */

static gboolean
do_nothing (EntStore      *store,
            EntConnection *connection,
            gpointer       data,
            GError       **error)
{
  return TRUE;
}

static void
poll_done (gboolean ok,
           GError  *error,
           gpointer data)
{
  EntWriter *self = data;

  g_clear_error (&error);
  g_mutex_lock (&self->lock);
  self->is_polling = FALSE;
  g_mutex_unlock (&self->lock);
}

void
ent_store_wait_settled (EntStore *self)
{
  if (g_atomic_int_get (&self->is_settling))
    ent_writer_run (self->writer, do_nothing, NULL, NULL);
}

void
ent_writer_poll (EntWriter *self)
{
  gboolean is_polling;

  g_mutex_lock (&self->lock);
  is_polling = self->is_polling;
  self->is_polling = TRUE;
  g_mutex_unlock (&self->lock);
  /* Any job looks for foreign commits first. */
  if (!is_polling)
    ent_writer_push (self, do_nothing, poll_done, self);
}

/* --- Writing aside -------------------------------------------------------------------------------- */

typedef struct
{
  EntWriterFunc func;
  gpointer      data;
} Aside;

static gboolean
write_aside (EntStore      *store,
             EntConnection *connection,
             gpointer       data,
             GError       **error)
{
  Aside *aside = data;

  if (!ent_connection_exec (connection, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (aside->func (store, connection, aside->data, error) &&
      ent_connection_exec (connection, "COMMIT", error))
    return TRUE;
  ent_connection_exec (connection, "ROLLBACK", NULL);
  return FALSE;
}

gboolean
ent_store_require_writer (EntStore *self,
                          GError  **error)
{
  if (self->writer != NULL)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_READ_ONLY,
               _("“%s” was opened for reading only; open it for writing to change it."), self->path);
  return FALSE;
}

gboolean
ent_store_write_aside (EntStore      *self,
                       EntWriterFunc  func,
                       gpointer       data,
                       GError       **error)
{
  Aside aside = { func, data };

  return ent_store_require_writer (self, error) &&
         ent_writer_run (self->writer, write_aside, &aside, error);
}
