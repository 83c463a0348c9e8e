/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

/* Like g_task_run_in_thread(), but the worker is done with the task, and so with the store, before the
 * caller hears of the result: whoever then drops the last reference knows that it is the last. */

#define MAX_JOBS 8

typedef struct
{
  EntStoreJob    job;
  gpointer       data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gpointer       result;
  GError        *error;
} Job;

static void
job_free (gpointer user_data)
{
  Job *job = user_data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

void
ent_task_complete (GTask       *task,
                   GSourceFunc  complete)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, complete, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
  g_source_unref (source);
}

static gboolean
complete_cb (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->result_free);
  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data,
         gpointer unused)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  job->result = job->job (g_task_get_source_object (task), job->data, g_task_get_cancellable (task),
                          &job->error);
  if (job->error != NULL && job->result != NULL && job->result_free != NULL)
    job->result_free (g_steal_pointer (&job->result));
  ent_task_complete (task, complete_cb);
}

static GThreadPool *
get_pool (void)
{
  static GThreadPool *pool;

  if (g_once_init_enter_pointer (&pool))
    g_once_init_leave_pointer (&pool, g_thread_pool_new (run_job, NULL, MAX_JOBS, FALSE, NULL));
  return pool;
}

void
ent_store_run_async (EntStore            *self,
                     EntStoreJob          job,
                     gpointer             data,
                     GDestroyNotify       data_free,
                     GDestroyNotify       result_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *closure = g_new (Job, 1);

  *closure = (Job) { job, data, data_free, result_free, NULL, NULL };
  g_task_set_source_tag (task, ent_store_run_async);
  g_task_set_task_data (task, closure, job_free);
  g_thread_pool_push (get_pool (), task, NULL);
}

gpointer
ent_store_run_finish (EntStore     *self,
                      GAsyncResult *result,
                      GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
