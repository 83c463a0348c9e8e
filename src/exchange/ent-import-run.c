/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-writer.h"

#include <glib/gi18n-lib.h>

/* One thread reads the file and understands its cells, the store's writer thread makes records
 * of them; full batches go one way and empty ones back, so no more than these few are ever in
 * memory. */
#define N_BATCHES 4

typedef struct
{
  EntStore        *store;
  EntImportPlan   *plan;
  EntImportReport *report;
  EntRowReader    *reader;
  EntImportFlags   flags;
  EntProgressFunc  progress;
  gpointer         progress_data;

  GAsyncQueue     *full;
  GAsyncQueue     *empty;
  gboolean         is_stopped; /* atomic */
} Import;

/* A transaction is rolled back by failing: this error is how a dry run ends well. */
static GQuark
dry_run_quark (void)
{
  return g_quark_from_static_string ("ent-import-dry-run");
}

static gpointer
read_thread (gpointer data)
{
  Import *self = data;
  gboolean is_last = FALSE;

  while (!is_last && !g_atomic_int_get (&self->is_stopped))
    {
      EntBatch *batch = g_async_queue_pop (self->empty);

      ent_batch_reset (batch);
      if (!g_atomic_int_get (&self->is_stopped))
        ent_row_reader_fill (self->reader, batch);
      /* The batch belongs to the other thread as soon as it is in the queue. */
      is_last = batch->is_last;
      g_async_queue_push (self->full, batch);
    }
  return NULL;
}

static void
tell_progress (Import         *self,
               const EntBatch *batch)
{
  g_autofree char *what = NULL;

  if (self->progress == NULL)
    return;
  what = g_strdup_printf (_("%'" G_GUINT64_FORMAT " rows"), self->report->n_read);
  self->progress (MIN (batch->fraction, 1.0), what, self->progress_data);
}

/* Takes batches until the last. */
static gboolean
write_batches (Import          *self,
               EntImportWriter *writer,
               GCancellable    *cancellable,
               GError         **error)
{
  gboolean is_last = FALSE;
  gboolean ok = TRUE;

  while (ok && !is_last)
    {
      EntBatch *batch = g_async_queue_pop (self->full);

      is_last = batch->is_last;
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           ent_import_writer_write (writer, batch, error);
      if (ok)
        tell_progress (self, batch);
      if (ok && batch->error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&batch->error));
          ok = FALSE;
        }
      g_async_queue_push (self->empty, batch);
    }
  return ok;
}

static void
set_label (Import         *self,
           EntTransaction *transaction)
{
  guint64 n = self->report->n_created + self->report->n_updated;
  g_autofree char *kind = g_utf8_strdown (ent_record_type_get_label (self->plan->type, n != 1), -1);
  g_autofree char *label = NULL;

  /* Translators: "Import 1,165 organizations from partners.csv" */
  label = g_strdup_printf (_("Import %'" G_GUINT64_FORMAT " %s from %s"), n, kind,
                           ent_table_source_get_name (self->plan->source));
  ent_transaction_set_label (transaction, label);
}

static guint64
estimate_rows (const EntImportPlan *plan)
{
  guint64 size = ent_table_source_get_size (plan->source);

  return plan->row_bytes > 0 ? (guint64) ((double) size / plan->row_bytes) + 1 : 0;
}

static EntImportWriter *
make_writer (Import         *self,
             EntTransaction *transaction,
             GError        **error)
{
  EntIndex *names = NULL;

  if (ent_import_refers_to_itself (self->plan))
    {
      names = ent_row_reader_collect_names (self->reader,
                                            ent_transaction_get_cancellable (transaction),
                                            error);
      if (names == NULL)
        return NULL;
    }
  return ent_import_writer_new (transaction, self->plan, self->reader, self->report, names,
                                estimate_rows (self->plan), error);
}

/* After a failure the reader may be waiting for an empty batch. */
static void
stop_reading (Import  *self,
              GThread *thread)
{
  EntBatch *batch;

  g_atomic_int_set (&self->is_stopped, TRUE);
  batch = g_async_queue_try_pop (self->full);
  if (batch != NULL)
    g_async_queue_push (self->empty, batch);
  g_thread_join (thread);
}

static gboolean
import_cb (EntTransaction *transaction,
           gpointer        data,
           GError        **error)
{
  Import *self = data;
  EntImportWriter *writer = make_writer (self, transaction, error);
  GThread *thread;
  gboolean ok;

  if (writer == NULL)
    return FALSE;
  thread = g_thread_new ("ent-import", read_thread, self);
  ok = write_batches (self, writer, ent_transaction_get_cancellable (transaction), error) &&
       ent_import_writer_finish (writer, error);
  ent_import_writer_free (writer);
  stop_reading (self, thread);
  if (!ok)
    return FALSE;
  if (self->flags & ENT_IMPORT_DRY_RUN)
    {
      g_set_error_literal (error, dry_run_quark (), 0, "");
      return FALSE;
    }
  set_label (self, transaction);
  return TRUE;
}

static gboolean
check_plan (EntImportPlan *plan,
            GError       **error)
{
  g_autoptr (GPtrArray) missing = ent_import_plan_get_missing (plan);
  g_auto (GStrv) keys = ent_import_plan_dup_keys (plan);
  guint n_mapped = 0;

  for (guint i = 0; i < plan->n_columns; i++)
    n_mapped += plan->columns[i].role == ENT_IMPORT_FIELD;
  if (n_mapped == 0)
    {
      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("No column of “%s” belongs to a field of %s; map at least one, with "
                     "COLUMN=FIELD"),
                   ent_table_source_get_name (plan->source),
                   ent_record_type_get_label (plan->type, TRUE));
      return FALSE;
    }
  /* With a key, rows may all be of records that are there. */
  if (missing->len > 0 && keys[0] == NULL)
    {
      const EntField *field = missing->pdata[0];

      g_set_error (error, ENT_EXCHANGE_ERROR, ENT_EXCHANGE_ERROR_MAPPING,
                   _("No column of “%s” holds “%s”, which each record needs; map one, with "
                     "COLUMN=%s"),
                   ent_table_source_get_name (plan->source), ent_field_get_label (field),
                   field->info.name);
      return FALSE;
    }
  return TRUE;
}

static void
free_batches (GAsyncQueue *queue)
{
  EntBatch *batch;

  while ((batch = g_async_queue_try_pop (queue)) != NULL)
    ent_batch_free (batch);
  g_async_queue_unref (queue);
}

static gboolean
run (Import       *self,
     GCancellable *cancellable,
     GError      **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *label = g_strdup_printf (_("Import %s"),
                                            ent_table_source_get_name (self->plan->source));
  guint n_slots;

  ent_row_reader_get_slots (self->reader, &n_slots);
  self->full = g_async_queue_new ();
  self->empty = g_async_queue_new ();
  for (guint i = 0; i < N_BATCHES; i++)
    g_async_queue_push (self->empty, ent_batch_new (n_slots));
  ent_store_write (self->store, label, ENT_ORIGIN_IMPORT, import_cb, self, cancellable,
                   &self->report->seq, &cause);
  free_batches (self->full);
  free_batches (self->empty);
  if (cause == NULL || cause->domain == dry_run_quark ())
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

EntImportReport *
ent_import_run (EntStore        *store,
                EntImportPlan   *plan,
                EntImportFlags   flags,
                EntProgressFunc  progress,
                gpointer         user_data,
                GCancellable    *cancellable,
                GError         **error)
{
  Import self = { store, plan, NULL, NULL, flags, progress, user_data, NULL, NULL, FALSE };
  g_autofree char *workspace_currency = ent_store_dup_setting (store, ENT_SETTING_CURRENCY);
  const char *currency = plan->options.default_currency != NULL ? plan->options.default_currency
                                                                : workspace_currency;
  gboolean ok;

  if (!check_plan (plan, error))
    return NULL;
  self.reader = ent_row_reader_new (plan, currency, error);
  if (self.reader == NULL)
    return NULL;
  self.report = ent_import_report_new (plan, currency);
  self.report->is_dry_run = (flags & ENT_IMPORT_DRY_RUN) != 0;
  ok = run (&self, cancellable, error);
  ent_row_reader_free (self.reader);
  ent_table_source_rewind (plan->source, NULL);
  if (!ok)
    {
      ent_import_report_unref (self.report);
      return NULL;
    }
  ent_import_report_seal (self.report);
  return self.report;
}
