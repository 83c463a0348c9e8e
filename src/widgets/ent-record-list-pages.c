/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-list-private.h"

/* Pages of records, loaded around what is looked at. */

#define MAX_CACHED    4096 /* records kept beyond those on screen */
#define MAX_IN_FLIGHT 2
#define MAX_WAITING   8    /* older wishes are of places that were scrolled past */

void
ent_cached_row_free (gpointer data)
{
  EntCachedRow *self = data;

  g_object_unref (self->record);
  g_hash_table_unref (self->names);
  g_free (self);
}

static void
cache_record (EntRecordList *self,
              guint32        row,
              EntRecord     *record,
              GHashTable    *names)
{
  EntCachedRow *entry = g_new (EntCachedRow, 1);

  entry->record = g_object_ref (record);
  entry->names = g_hash_table_ref (names);
  if (!g_hash_table_contains (self->cache, ent_row_to_pointer (row)))
    g_queue_push_tail (&self->cached, ent_row_to_pointer (row));
  g_hash_table_replace (self->cache, ent_row_to_pointer (row), entry);
  while (g_queue_get_length (&self->cached) > MAX_CACHED)
    g_hash_table_remove (self->cache, g_queue_pop_head (&self->cached));
}

void
ent_record_list_take_records (EntRecordList *self,
                              const guint32 *rows,
                              EntPageLoad   *load)
{
  for (guint i = 0; i < load->records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (load->records, i);
      EntRow *item;

      if (record == NULL)
        continue;
      cache_record (self, rows[i], record, load->names);
      item = g_hash_table_lookup (self->live, ent_row_to_pointer (rows[i]));
      if (item != NULL)
        ent_row_take_record (item, record, load->names);
    }
}

static void pump (EntRecordList *self);

static void
page_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  EntPageWish *wish = user_data;
  g_autoptr (EntRecordList) self = wish->list;
  g_autoptr (GError) error = NULL;
  EntPageLoad *load = ent_store_run_finish (ENT_STORE (source), result, &error);

  if (wish->generation == self->generation)
    g_hash_table_remove (self->in_flight, GUINT_TO_POINTER (wish->page));
  if (load != NULL && wish->fields_generation == self->fields_generation)
    ent_record_list_take_records (self, wish->rows, load);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "error", error);
  g_clear_pointer (&load, ent_page_load_free);
  ent_page_wish_release (wish);
  pump (self);
  ent_record_list_queue_full (self);
}

static void
load_page (EntRecordList *self,
           guint          page)
{
  gsize n = ent_result_get_n (self->result);
  gsize first = (gsize) page * ENT_RECORD_LIST_PAGE;
  EntPageWish *wish;

  if (first >= n || ent_context_get_store (self->context) == NULL)
    return;
  wish = g_atomic_rc_box_new0 (EntPageWish);
  wish->list = g_object_ref (self);
  wish->type = self->type;
  wish->n_rows = MIN (ENT_RECORD_LIST_PAGE, n - first);
  wish->rows = g_memdup2 (ent_result_get_rows (self->result) + first, wish->n_rows * sizeof (guint32));
  wish->fields = g_array_ref (self->fields);
  wish->page = page;
  wish->generation = self->generation;
  wish->fields_generation = self->fields_generation;
  g_hash_table_add (self->in_flight, GUINT_TO_POINTER (page));
  ent_store_run_async (ent_context_get_store (self->context), ent_load_page_job,
                       g_atomic_rc_box_acquire (wish), ent_page_wish_release, ent_page_load_free,
                       self->cancellable, page_loaded_cb, wish);
}

static void
pump (EntRecordList *self)
{
  while (self->waiting->len > 0 && g_hash_table_size (self->in_flight) < MAX_IN_FLIGHT &&
         !g_cancellable_is_cancelled (self->cancellable))
    {
      guint page = g_array_index (self->waiting, guint, self->waiting->len - 1);

      g_array_set_size (self->waiting, self->waiting->len - 1);
      load_page (self, page);
    }
}

void
ent_record_list_wish_page (EntRecordList *self,
                           guint          page)
{
  if (g_hash_table_contains (self->in_flight, GUINT_TO_POINTER (page)))
    return;
  for (guint i = 0; i < self->waiting->len; i++)
    if (g_array_index (self->waiting, guint, i) == page)
      return;
  if (self->waiting->len >= MAX_WAITING)
    g_array_remove_index (self->waiting, 0);
  g_array_append_val (self->waiting, page);
  pump (self);
}
