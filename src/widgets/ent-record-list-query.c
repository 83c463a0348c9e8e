/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-list-private.h"

/* Asking, taking the answer, and following what is written. */

#define FIRST_ROWS 48 /* of the first answer: a large screen full; the list makes widgets for all of them */
#define SMALL_HUNK 64 /* see emit_hunk() */

static void
set_loading (EntRecordList *self,
             gboolean       loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify (G_OBJECT (self), "loading");
}

static void
emit (EntRecordList *self,
      gsize          position,
      gsize          removed,
      gsize          added)
{
  self->n_old += removed;
  self->n_new += added;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), (guint) position, (guint) removed, (guint) added);
}

/* GtkListView makes new widgets for rows that take the place of others, and has each of a million rows made to see which
 * of them it shows; but it takes the widgets of rows that are scrolled out of sight for those that come into it. Many
 * rows, hence, are put in, scrolled to by who shows the list, and only then those before them go. */
static void
emit_hunk (EntRecordList     *self,
           const EntRowsHunk *hunk)
{
  self->n_old = hunk->old;
  self->n_new = hunk->new;
  if (hunk->n_old == 0 || hunk->n_new == 0 || hunk->n_old + hunk->n_new <= SMALL_HUNK)
    {
      emit (self, hunk->new, hunk->n_old, hunk->n_new);
      return;
    }
  emit (self, hunk->new, 0, hunk->n_new);
  g_signal_emit_by_name (self, "replaced");
  emit (self, hunk->new + hunk->n_new, hunk->n_old, 0);
}

/* Tells only what really differs: rows around it keep their widgets and selection. In between, the list is the new one
 * as far as it was told, and the old one after that. */
static void
swap_result (EntRecordList *self,
             EntResult     *result)
{
  gsize n_old = self->result != NULL ? ent_result_get_n (self->result) : 0;
  gsize n_new = ent_result_get_n (result);
  g_autoptr (GArray) hunks = ent_rows_diff (n_old > 0 ? ent_result_get_rows (self->result) : NULL, n_old,
                                            ent_result_get_rows (result), n_new);

  g_array_set_size (self->waiting, 0);
  self->old = g_steal_pointer (&self->result);
  self->result = ent_result_ref (result);
  self->hunks = hunks;
  for (guint i = 0; i < hunks->len; i++)
    emit_hunk (self, &g_array_index (hunks, EntRowsHunk, i));
  self->hunks = NULL;
  g_clear_pointer (&self->old, ent_result_unref);
  g_object_notify (G_OBJECT (self), "total");
  if (n_old != n_new)
    g_object_notify (G_OBJECT (self), "n-items");
}

static void start_query (EntRecordList *self, gsize limit);

/* The whole answer waits until the first rows are painted: it takes the disk and a processor for a while. */
static gboolean
full_cb (gpointer data)
{
  EntRecordList *self = data;

  self->full_id = 0;
  if (g_hash_table_size (self->in_flight) > 0)
    return G_SOURCE_REMOVE; /* and again when the page is there */
  self->wants_full = FALSE;
  start_query (self, 0);
  return G_SOURCE_REMOVE;
}

void
ent_record_list_queue_full (EntRecordList *self)
{
  if (self->wants_full && self->full_id == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->full_id = g_idle_add_full (G_PRIORITY_LOW, full_cb, self, NULL);
}

static void
take_answer (EntRecordList  *self,
             EntQueryWish   *wish,
             EntQueryAnswer *answer)
{
  gboolean full = wish->limit == 0 || ent_result_get_n (answer->result) < wish->limit;

  if (answer->load != NULL && wish->fields_generation == self->fields_generation)
    ent_record_list_take_records (self, ent_result_get_rows (answer->result), answer->load);
  if (full || !self->result_is_full)
    {
      self->result_is_full = full;
      swap_result (self, answer->result);
    }
  if (full)
    {
      set_loading (self, FALSE);
      return;
    }
  self->wants_full = TRUE;
  ent_record_list_queue_full (self);
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EntQueryWish *wish = user_data;
  g_autoptr (EntRecordList) self = wish->list;
  g_autoptr (GError) error = NULL;
  EntQueryAnswer *answer = ent_store_run_finish (ENT_STORE (source), result, &error);
  gboolean current = wish->generation == self->generation && !g_cancellable_is_cancelled (self->cancellable);

  if (current && answer != NULL)
    take_answer (self, wish, answer);
  else if (current)
    set_loading (self, FALSE);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "error", error);
  g_clear_pointer (&answer, ent_query_answer_free);
  ent_query_wish_release (wish);
}

static void
start_query (EntRecordList *self,
             gsize          limit)
{
  EntQueryWish *wish;

  /* An answer may come, and ask for more, when the workspace is closed. */
  if (ent_context_get_store (self->context) == NULL)
    return;
  wish = g_atomic_rc_box_new0 (EntQueryWish);
  wish->list = g_object_ref (self);
  wish->type = self->type;
  wish->filter = self->filter != NULL ? ent_filter_ref (self->filter) : NULL;
  wish->sort = g_strdup (self->sort);
  wish->search = g_strdup (self->search);
  wish->limit = limit;
  wish->fields = limit > 0 ? g_array_ref (self->fields) : NULL;
  wish->generation = self->generation;
  wish->fields_generation = self->fields_generation;
  set_loading (self, TRUE);
  ent_store_run_async (ent_context_get_store (self->context), ent_query_job, g_atomic_rc_box_acquire (wish),
                       ent_query_wish_release, ent_query_answer_free, self->cancellable,
                       queried_cb, wish);
}

void
ent_record_list_refresh (EntRecordList *self)
{
  g_return_if_fail (ENT_IS_RECORD_LIST (self));
  self->generation++;
  self->wants_full = FALSE;
  g_clear_handle_id (&self->full_id, g_source_remove);
  g_hash_table_remove_all (self->in_flight);
  /* The very first rows come from the index alone, so that they are there before the whole answer. */
  start_query (self, self->result == NULL ? FIRST_ROWS : 0);
}

/* --- What is written ------------------------------------------------------------------------------------- */

static void
drop_cached (EntRecordList    *self,
             const EntChanges *changes)
{
  if (changes->many || changes->seq == 0)
    {
      g_hash_table_remove_all (self->cache);
      g_queue_clear (&self->cached);
      return;
    }
  for (guint i = 0; i < changes->keys->len; i++)
    {
      EntKey key = g_array_index (changes->keys, EntKey, i);

      if (ent_key_type_number (key) == self->type->info->number &&
          g_hash_table_remove (self->cache, ent_row_to_pointer (ent_row_of (key))))
        g_queue_remove (&self->cached, ent_row_to_pointer (ent_row_of (key)));
    }
}

/* Rows on screen are loaded anew; they keep showing the old values until then. */
void
ent_record_list_reload_live (EntRecordList    *self,
                             const EntChanges *changes)
{
  GHashTableIter iter;
  gpointer row, item;

  if (self->result == NULL)
    return;
  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &row, &item))
    if (changes == NULL || changes->many || changes->seq == 0 ||
        ent_changes_has_key (changes, ent_row_get_key (item)))
      {
        gssize rank = ent_result_find (self->result, GPOINTER_TO_UINT (row));

        if (rank >= 0)
          ent_record_list_wish_page (self, (guint) rank / ENT_RECORD_LIST_PAGE);
      }
}

/* A change of a record that rows refer to (a renamed owner) must show as well: then all names may differ. */
static gboolean
is_referred (EntRecordList    *self,
             const EntChanges *changes)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const EntField *field = ent_record_type_get_nth (self->type, g_array_index (self->fields, guint, i));
      const EntRecordType *target;

      if (field->info.type != ENT_FIELD_REF)
        continue;
      target = ent_schema_lookup (self->type->schema, field->info.target);
      if (target == NULL || ent_changes_has_type (changes, target))
        return TRUE;
    }
  return FALSE;
}

void
ent_record_list_changed_cb (EntRecordList *self,
                            EntChanges    *changes)
{
  gboolean own = changes->seq == 0 || ent_changes_has_type (changes, self->type);

  if (!own && !is_referred (self, changes))
    return;
  drop_cached (self, changes);
  g_hash_table_remove_all (self->in_flight);
  if (own)
    ent_record_list_refresh (self);
  ent_record_list_reload_live (self, own ? changes : NULL);
}
