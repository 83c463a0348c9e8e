/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-transaction-private.h"

/* The two ways to have a transaction run on the writer thread: waiting for it, and not. */

typedef struct
{
  char              *label;
  EntOrigin          origin;
  EntTransactionFunc func;
  gpointer           user_data;
  GDestroyNotify     user_data_free;
  GCancellable      *cancellable;
  gint64             seq;
  GError            *error;
} Request;

static gboolean
run_request (EntStore      *store,
             EntConnection *connection,
             gpointer       data,
             GError       **error)
{
  Request *request = data;

  if (g_cancellable_set_error_if_cancelled (request->cancellable, error))
    return FALSE;
  return ent_transaction_run (store, connection, request->label, request->origin, ENT_TRANSACTION_DO, 0,
                              request->func, request->user_data, request->cancellable, &request->seq,
                              error);
}

gboolean
ent_store_write (EntStore           *store,
                 const char         *label,
                 EntOrigin           origin,
                 EntTransactionFunc  func,
                 gpointer            user_data,
                 GCancellable       *cancellable,
                 gint64             *seq,
                 GError            **error)
{
  Request request = { (char *) label, origin, func, user_data, NULL, cancellable, 0, NULL };
  gboolean ok;

  g_return_val_if_fail (ENT_IS_STORE (store), FALSE);
  g_return_val_if_fail (label != NULL, FALSE);

  ok = ent_store_require_writer (store, error) &&
       ent_writer_run (store->writer, run_request, &request, error);
  if (seq != NULL)
    *seq = request.seq;
  return ok;
}

static void
request_free (gpointer data)
{
  Request *request = data;

  if (request->user_data_free != NULL)
    request->user_data_free (request->user_data);
  g_clear_object (&request->cancellable);
  g_free (request->label);
  g_free (request);
}

static gboolean
run_task (EntStore      *store,
          EntConnection *connection,
          gpointer       data,
          GError       **error)
{
  return run_request (store, connection, g_task_get_task_data (data), error);
}

static gboolean
complete_cb (gpointer data)
{
  GTask *task = data;
  Request *request = g_task_get_task_data (task);

  if (request->error != NULL)
    g_task_return_error (task, g_steal_pointer (&request->error));
  else
    g_task_return_int (task, request->seq);
  return G_SOURCE_REMOVE;
}

static void
task_done (gboolean ok,
           GError  *error,
           gpointer data)
{
  Request *request = g_task_get_task_data (data);

  request->error = error;
  ent_task_complete (data, complete_cb);
}

void
ent_store_write_async (EntStore            *store,
                       const char          *label,
                       EntOrigin            origin,
                       EntTransactionFunc   func,
                       gpointer             user_data,
                       GDestroyNotify       data_free,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             callback_data)
{
  GTask *task = g_task_new (store, cancellable, callback, callback_data);
  Request *request = g_new (Request, 1);
  GError *error = NULL;

  *request = (Request) { g_strdup (label), origin, func, user_data, data_free, NULL, 0, NULL };
  g_set_object (&request->cancellable, cancellable);
  g_task_set_source_tag (task, ent_store_write_async);
  /* A commit that happened is told, even if it was cancelled too late. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, request_free);
  if (ent_store_require_writer (store, &error))
    ent_writer_push (store->writer, run_task, task_done, task);
  else
    task_done (FALSE, error, task);
}

gint64
ent_store_write_finish (EntStore     *store,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
