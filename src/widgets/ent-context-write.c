/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The part of EntContext that changes the workspace: transactions, undo and redo, jobs. */

#include "config.h"

#include "widgets/ent-context-private.h"

#include <glib/gi18n.h>

/* --- Toasts ---------------------------------------------------------------------------------------- */

typedef struct
{
  EntContext *context; /* (unowned): the handler goes with it */
  gint64      seq;
} UndoTarget;

static void
undo_target_free (gpointer  data,
                  GClosure *closure)
{
  g_free (data);
}

static void
undo_clicked_cb (AdwToast *toast,
                 gpointer  user_data)
{
  UndoTarget *target = user_data;

  ent_context_undo (target->context, target->seq);
}

static void
redo_clicked_cb (AdwToast   *toast,
                 EntContext *self)
{
  ent_context_redo (self);
}

static AdwToast *
new_toast (const char *title,
           const char *button)
{
  AdwToast *toast = adw_toast_new ("");

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, title);
  adw_toast_set_button_label (toast, button);
  return toast;
}

static void
offer_undo (EntContext *self,
            const char *label,
            gint64      seq)
{
  AdwToast *toast = new_toast (label, _("_Undo"));
  UndoTarget *target = g_new0 (UndoTarget, 1);
  GClosure *closure;

  target->context = self;
  target->seq = seq;
  closure = g_cclosure_new (G_CALLBACK (undo_clicked_cb), target, undo_target_free);
  g_object_watch_closure (G_OBJECT (self), closure);
  g_signal_connect_closure (toast, "button-clicked", closure, FALSE);
  ent_context_add_toast (self, toast);
}

/* --- Writing --------------------------------------------------------------------------------------- */

typedef struct
{
  char    *label;
  gboolean quiet;
} Write;

static void
write_free (gpointer data)
{
  Write *write = data;

  g_free (write->label);
  g_free (write);
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  EntContext *self = g_task_get_source_object (task);
  Write *write = g_task_get_task_data (task);
  gint64 seq = ent_store_write_finish (ENT_STORE (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (seq > 0 && !write->quiet && self->store == ENT_STORE (source))
    offer_undo (self, write->label, seq);
  g_task_return_int (task, seq);
}

static void
tell_write_error_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  EntContext *self = ENT_CONTEXT (source);
  g_autofree char *label = user_data;
  g_autofree char *what = NULL;
  g_autoptr (GError) error = NULL;

  if (ent_context_write_finish (self, result, &error) >= 0)
    return;
  /* Translators: %s is what was tried, as in "Edit Contoso". */
  what = g_strdup_printf (_("“%s” was not done"), label);
  ent_context_error (self, what, error);
}

void
ent_context_write (EntContext         *self,
                   const char         *label,
                   EntTransactionFunc  func,
                   gpointer            data,
                   GDestroyNotify      data_free)
{
  ent_context_write_async (self, label, FALSE, func, data, data_free, NULL, tell_write_error_cb,
                           g_strdup (label));
}

void
ent_context_write_async (EntContext          *self,
                         const char          *label,
                         gboolean             quiet,
                         EntTransactionFunc   func,
                         gpointer             data,
                         GDestroyNotify       data_free,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;
  Write *write;

  g_return_if_fail (ENT_IS_CONTEXT (self));
  g_return_if_fail (self->store != NULL);
  g_return_if_fail (label != NULL);

  write = g_new0 (Write, 1);
  write->label = g_strdup (label);
  write->quiet = quiet;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ent_context_write_async);
  g_task_set_task_data (task, write, write_free);
  /* Once committed it is done, whatever was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  ent_store_write_async (self->store, label, ENT_ORIGIN_USER, func, data, data_free, cancellable,
                         write_cb, task);
}

gint64
ent_context_write_finish (EntContext    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  return g_task_propagate_int (G_TASK (result), error);
}

/* --- Undo ------------------------------------------------------------------------------------------ */

static gpointer
undo_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_store_undo (store, *(gint64 *) data, cancellable, error);
}

static gpointer
redo_job (EntStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return ent_store_redo (store, cancellable, error);
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntContext) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast;

  info = ent_store_run_finish (ENT_STORE (source), result, &error);
  if (self->store != ENT_STORE (source))
    return;
  if (info == NULL)
    {
      if (error == NULL || g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
        ent_context_toast (self, _("Nothing to undo"));
      else
        ent_context_error (self, _("Undo did not work"), error);
      return;
    }
  /* Translators: %s is the label of a change, as in "Edit Contoso". */
  title = g_strdup_printf (_("Undid “%s”"), info->label);
  toast = new_toast (title, _("_Redo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (redo_clicked_cb), self, 0);
  ent_context_add_toast (self, toast);
}

static void
redone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (EntContext) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntTransactionInfo) info = NULL;
  g_autofree char *title = NULL;

  info = ent_store_run_finish (ENT_STORE (source), result, &error);
  if (self->store != ENT_STORE (source))
    return;
  if (info == NULL)
    {
      if (error == NULL || g_error_matches (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NOT_FOUND))
        ent_context_toast (self, _("Nothing to redo"));
      else
        ent_context_error (self, _("Redo did not work"), error);
      return;
    }
  /* Translators: %s is the label of a change, as in "Edit Contoso". */
  title = g_strdup_printf (_("Redid “%s”"), info->label);
  offer_undo (self, title, 0);
}

void
ent_context_undo (EntContext *self,
                  gint64      seq)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));

  if (self->store != NULL)
    ent_store_run_async (self->store, undo_job, g_memdup2 (&seq, sizeof seq), g_free,
                         (GDestroyNotify) ent_transaction_info_free, NULL, undone_cb,
                         g_object_ref (self));
}

void
ent_context_redo (EntContext *self)
{
  g_return_if_fail (ENT_IS_CONTEXT (self));

  if (self->store != NULL)
    ent_store_run_async (self->store, redo_job, NULL, NULL,
                         (GDestroyNotify) ent_transaction_info_free, NULL, redone_cb,
                         g_object_ref (self));
}

/* --- Jobs ------------------------------------------------------------------------------------------ */

typedef struct
{
  EntJob        *job;
  EntJobFunc     func;
  gpointer       data;
  GDestroyNotify data_free;
} Job;

static void
job_free (gpointer data)
{
  Job *work = data;

  if (work->data_free != NULL)
    work->data_free (work->data);
  g_object_unref (work->job);
  g_free (work);
}

static gpointer
run_job (EntStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Job *work = data;

  return work->func (store, work->job, work->data, cancellable, error);
}

static void
job_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  EntContext *self = g_task_get_source_object (task);
  EntJob *job = g_task_get_task_data (task);
  GDestroyNotify result_free = (GDestroyNotify) g_object_get_data (G_OBJECT (task), "result-free");
  gpointer value;
  guint position;

  ent_job_set_done (job);
  if (self->jobs != NULL && g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);

  value = ent_store_run_finish (ENT_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, result_free);
}

static void
tell_job_error_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  EntContext *self = ENT_CONTEXT (source);
  EntJob *job = g_task_get_task_data (G_TASK (result));
  GDestroyNotify result_free =
    (GDestroyNotify) g_object_get_data (G_OBJECT (result), "result-free");
  g_autofree char *what = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value = ent_context_finish_job (self, result, &error);

  if (error == NULL)
    {
      if (result_free != NULL && value != NULL)
        result_free (value);
      return;
    }
  what = g_strdup_printf (_("“%s” was not done"), ent_job_get_title (job));
  ent_context_error (self, what, error);
}

EntJob *
ent_context_start_job (EntContext          *self,
                       const char          *title,
                       EntJobFunc           func,
                       gpointer             data,
                       GDestroyNotify       data_free,
                       GDestroyNotify       result_free,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (EntJob) job = NULL;
  GCancellable *cancellable;
  Job *work;
  GTask *task;

  g_return_val_if_fail (ENT_IS_CONTEXT (self), NULL);
  g_return_val_if_fail (self->store != NULL, NULL);

  job = ent_job_new (title, NULL);
  cancellable = ent_job_get_cancellable (job);
  task = g_task_new (self, cancellable, callback != NULL ? callback : tell_job_error_cb, user_data);
  g_task_set_source_tag (task, ent_context_start_job);
  g_task_set_task_data (task, g_object_ref (job), g_object_unref);
  g_task_set_check_cancellable (task, FALSE);
  g_object_set_data (G_OBJECT (task), "result-free", (gpointer) result_free);

  work = g_new0 (Job, 1);
  work->job = g_object_ref (job);
  work->func = func;
  work->data = data;
  work->data_free = data_free;
  g_list_store_append (self->jobs, job);
  ent_store_run_async (self->store, run_job, work, job_free, result_free, cancellable, job_cb, task);
  g_signal_emit_by_name (self, "job-started", job);
  return job;
}

gpointer
ent_context_finish_job (EntContext    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
