/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-list.h"

#include "widgets/ent-record-jobs.h"
#include "widgets/ent-row-private.h"
#include "widgets/ent-rows-diff.h"

#define PAGE_ROWS      128
#define FIRST_ROWS     48   /* of the first answer: a large screen full; the list makes widgets for all of them */
#define MAX_CACHED     4096 /* records kept beyond those on screen */
#define MAX_IN_FLIGHT  2
#define MAX_WAITING    8    /* older wishes are of places that were scrolled past */
#define LARGE_HUNK     1024 /* see emit_hunk() */

struct _EntRecordList
{
  GObject              parent;
  EntContext          *context;
  const EntRecordType *type;
  GCancellable        *cancellable;

  EntFilter *filter;
  char      *sort;
  char      *search;
  GArray    *fields; /* of guint */

  EntResult *result;       /* what n-items and get_item() answer from */
  EntResult *old;          /* while items-changed are emitted: the answer before, */
  gsize      n_new, n_old; /* of which all but the first n_old rows follow the first n_new of the result */
  GArray    *hunks;        /* of EntRowsHunk: what will have become of them */
  gboolean   result_is_full;
  gboolean   wants_full;   /* only the first rows were asked for so far */
  guint      full_id;
  guint      generation;   /* of the query */
  guint      fields_generation;
  gboolean   loading;

  GHashTable *live;      /* row → EntRow (unowned): items somebody holds */
  GHashTable *cache;     /* row → CachedRow */
  GQueue      cached;    /* rows in the order they came */
  GArray     *waiting;   /* pages wished for, newest last */
  GHashTable *in_flight; /* pages being loaded */
};

typedef struct
{
  EntRecord  *record;
  GHashTable *names; /* EntKey* → title of what it refers to */
} CachedRow;

enum { PROP_0, PROP_LOADING, PROP_TOTAL, PROP_ITEM_TYPE, PROP_N_ITEMS, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SIGNAL_ERROR, N_SIGNALS };
static guint signals[N_SIGNALS];

static void ent_record_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (EntRecordList, ent_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ent_record_list_model_init))

static guint32
row_of (EntKey key)
{
  return (guint32) ent_key_row (key);
}

static gpointer
row_to_pointer (guint32 row)
{
  return GUINT_TO_POINTER (row);
}

/* --- Taking what was loaded (main thread) ------------------------------------------------------------------ */

static void
cached_row_free (gpointer data)
{
  CachedRow *self = data;

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
  CachedRow *entry = g_new (CachedRow, 1);

  entry->record = g_object_ref (record);
  entry->names = g_hash_table_ref (names);
  if (!g_hash_table_contains (self->cache, row_to_pointer (row)))
    g_queue_push_tail (&self->cached, row_to_pointer (row));
  g_hash_table_replace (self->cache, row_to_pointer (row), entry);
  while (g_queue_get_length (&self->cached) > MAX_CACHED)
    g_hash_table_remove (self->cache, g_queue_pop_head (&self->cached));
}

static void
take_page (EntRecordList *self,
           EntPageWish      *wish,
           EntPageLoad      *load)
{
  for (guint i = 0; i < load->records->len; i++)
    {
      EntRecord *record = g_ptr_array_index (load->records, i);
      EntRow *item;

      if (record == NULL)
        continue;
      cache_record (self, wish->rows[i], record, load->names);
      item = g_hash_table_lookup (self->live, row_to_pointer (wish->rows[i]));
      if (item != NULL)
        ent_row_take_record (item, record, load->names);
    }
}

static void pump (EntRecordList *self);
static void queue_full (EntRecordList *self);

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
    take_page (self, wish, load);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
  g_clear_pointer (&load, ent_page_load_free);
  ent_page_wish_release (wish);
  pump (self);
  queue_full (self);
}

static void
load_page (EntRecordList *self,
           guint          page)
{
  gsize n = ent_result_get_n (self->result);
  gsize first = (gsize) page * PAGE_ROWS;
  EntPageWish *wish;

  if (first >= n || ent_context_get_store (self->context) == NULL)
    return;
  wish = g_atomic_rc_box_new0 (EntPageWish);
  wish->list = g_object_ref (self);
  wish->type = self->type;
  wish->n_rows = MIN (PAGE_ROWS, n - first);
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

static void
wish_page (EntRecordList *self,
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

/* --- The query --------------------------------------------------------------------------------------------- */

static void
set_loading (EntRecordList *self,
             gboolean       loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
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

/* GtkListView looks for what it shows among the rows that came in the same step as it went, and has each of them made:
 * half a second for a million. Hence many rows go first and come then. */
static void
emit_hunk (EntRecordList     *self,
           const EntRowsHunk *hunk)
{
  self->n_old = hunk->old;
  self->n_new = hunk->new;
  if (hunk->n_old > 0 && hunk->n_new > LARGE_HUNK)
    {
      emit (self, hunk->new, hunk->n_old, 0);
      emit (self, hunk->new, 0, hunk->n_new);
    }
  else
    emit (self, hunk->new, hunk->n_old, hunk->n_new);
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
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
  if (n_old != n_new)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
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

static void
queue_full (EntRecordList *self)
{
  if (self->wants_full && self->full_id == 0 && !g_cancellable_is_cancelled (self->cancellable))
    self->full_id = g_idle_add_full (G_PRIORITY_LOW, full_cb, self, NULL);
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  EntQueryWish *wish = user_data;
  g_autoptr (EntRecordList) self = wish->list;
  g_autoptr (GError) error = NULL;
  g_autoptr (EntResult) answer = ent_store_run_finish (ENT_STORE (source), result, &error);
  gboolean current = wish->generation == self->generation && !g_cancellable_is_cancelled (self->cancellable);
  gboolean full = wish->limit == 0 || (answer != NULL && ent_result_get_n (answer) < wish->limit);

  if (current && answer != NULL && (full || !self->result_is_full))
    {
      self->result_is_full = full;
      swap_result (self, answer);
    }
  if (current && answer != NULL && !full)
    {
      self->wants_full = TRUE;
      queue_full (self);
    }
  else if (current)
    set_loading (self, FALSE);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_ERROR], 0, error);
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
  wish->generation = self->generation;
  set_loading (self, TRUE);
  ent_store_run_async (ent_context_get_store (self->context), ent_query_job, g_atomic_rc_box_acquire (wish),
                       ent_query_wish_release, (GDestroyNotify) ent_result_unref, self->cancellable,
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
          g_hash_table_remove (self->cache, row_to_pointer (row_of (key))))
        g_queue_remove (&self->cached, row_to_pointer (row_of (key)));
    }
}

/* Rows on screen are loaded anew; they keep showing the old values until then. */
static void
reload_live (EntRecordList    *self,
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
          wish_page (self, (guint) rank / PAGE_ROWS);
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

static void
changed_cb (EntRecordList *self,
            EntChanges    *changes)
{
  gboolean own = changes->seq == 0 || ent_changes_has_type (changes, self->type);

  if (!own && !is_referred (self, changes))
    return;
  drop_cached (self, changes);
  g_hash_table_remove_all (self->in_flight);
  if (own)
    ent_record_list_refresh (self);
  reload_live (self, own ? changes : NULL);
}

/* --- GListModel -------------------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return ENT_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  EntRecordList *self = ENT_RECORD_LIST (model);

  if (self->old != NULL)
    return (guint) (self->n_new + ent_result_get_n (self->old) - self->n_old);
  return self->result != NULL ? (guint) ent_result_get_n (self->result) : 0;
}

/* @position: less than the number of items. */
static guint32
get_row_at (EntRecordList *self,
            guint          position)
{
  if (self->old != NULL && position >= self->n_new)
    return ent_result_get_rows (self->old)[position - self->n_new + self->n_old];
  return ent_result_get_rows (self->result)[position];
}

/* The position that a row of the list will have in the result, when all changes are told; -1: it goes. */
static gssize
get_place (EntRecordList *self,
           guint          position)
{
  gssize place = position;
  gsize at;

  if (self->old == NULL || position < self->n_new)
    return place;
  at = position - self->n_new + self->n_old;
  for (guint i = 0; i < self->hunks->len; i++)
    {
      const EntRowsHunk *hunk = &g_array_index (self->hunks, EntRowsHunk, i);

      if (at < hunk->old)
        break;
      if (at < hunk->old + hunk->n_old)
        return -1;
      place = (gssize) (hunk->new + hunk->n_new + (at - hunk->old - hunk->n_old));
    }
  return place;
}

static EntRow *
make_row (EntRecordList *self,
          guint32        row,
          guint          position)
{
  EntRow *item = g_object_new (ENT_TYPE_ROW, NULL);
  CachedRow *cached = g_hash_table_lookup (self->cache, row_to_pointer (row));
  gssize place;

  item->live = g_hash_table_ref (self->live);
  item->key = ent_key_make (self->type->info->number, row);
  g_hash_table_insert (self->live, row_to_pointer (row), item);
  if (cached != NULL)
    {
      item->record = g_object_ref (cached->record);
      item->names = g_hash_table_ref (cached->names);
    }
  else if ((place = get_place (self, position)) >= 0)
    wish_page (self, (guint) place / PAGE_ROWS);
  return item;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  EntRecordList *self = ENT_RECORD_LIST (model);
  guint32 row;
  EntRow *item;

  if (position >= get_n_items (model))
    return NULL;
  row = get_row_at (self, position);
  item = g_hash_table_lookup (self->live, row_to_pointer (row));
  return item != NULL ? g_object_ref (item) : make_row (self, row, position);
}

static void
ent_record_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- The object -------------------------------------------------------------------------------------------- */

static void
ent_record_list_dispose (GObject *object)
{
  EntRecordList *self = ENT_RECORD_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->full_id, g_source_remove);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ent_record_list_parent_class)->dispose (object);
}

static void
ent_record_list_finalize (GObject *object)
{
  EntRecordList *self = ENT_RECORD_LIST (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->filter, ent_filter_unref);
  g_clear_pointer (&self->result, ent_result_unref);
  g_free (self->sort);
  g_free (self->search);
  g_array_unref (self->fields);
  g_array_unref (self->waiting);
  g_hash_table_unref (self->live);
  g_hash_table_unref (self->cache);
  g_hash_table_unref (self->in_flight);
  g_queue_clear (&self->cached);
  G_OBJECT_CLASS (ent_record_list_parent_class)->finalize (object);
}

static void
ent_record_list_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  EntRecordList *self = ENT_RECORD_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_TOTAL:
    case PROP_N_ITEMS:
      g_value_set_uint (value, get_n_items (G_LIST_MODEL (self)));
      break;
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, ENT_TYPE_ROW);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ent_record_list_class_init (EntRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ent_record_list_dispose;
  object_class->finalize = ent_record_list_finalize;
  object_class->get_property = ent_record_list_get_property;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ITEM_TYPE] = g_param_spec_gtype ("item-type", NULL, NULL, G_TYPE_OBJECT,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_ERROR] = g_signal_new ("error", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ent_record_list_init (EntRecordList *self)
{
  self->cancellable = g_cancellable_new ();
  self->fields = g_array_new (FALSE, FALSE, sizeof (guint));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  self->live = g_hash_table_new (NULL, NULL);
  self->cache = g_hash_table_new_full (NULL, NULL, NULL, cached_row_free);
  self->in_flight = g_hash_table_new (NULL, NULL);
}

EntRecordList *
ent_record_list_new (EntContext          *context,
                     const EntRecordType *type)
{
  EntRecordList *self = g_object_new (ENT_TYPE_RECORD_LIST, NULL);
  guint title = ENT_COMMON_TITLE;

  self->context = g_object_ref (context);
  self->type = type;
  g_array_append_val (self->fields, title);
  g_signal_connect_object (context, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const EntRecordType *
ent_record_list_get_record_type (EntRecordList *self)
{
  g_return_val_if_fail (ENT_IS_RECORD_LIST (self), NULL);
  return self->type;
}

void
ent_record_list_set_query (EntRecordList *self,
                           EntFilter     *filter,
                           const char    *sort,
                           const char    *search)
{
  g_return_if_fail (ENT_IS_RECORD_LIST (self));
  g_clear_pointer (&self->filter, ent_filter_unref);
  self->filter = filter != NULL ? ent_filter_ref (filter) : NULL;
  g_set_str (&self->sort, sort);
  g_set_str (&self->search, search != NULL && *search != '\0' ? search : NULL);
  ent_record_list_refresh (self);
}

void
ent_record_list_set_fields (EntRecordList *self,
                            const guint   *fields,
                            gsize          n_fields)
{
  g_return_if_fail (ENT_IS_RECORD_LIST (self));
  g_array_unref (self->fields);
  self->fields = g_array_sized_new (FALSE, FALSE, sizeof (guint), (guint) n_fields);
  g_array_append_vals (self->fields, fields, (guint) n_fields);
  self->fields_generation++;
  g_hash_table_remove_all (self->cache);
  g_queue_clear (&self->cached);
  g_hash_table_remove_all (self->in_flight);
  reload_live (self, NULL);
}

gboolean
ent_record_list_is_loading (EntRecordList *self)
{
  g_return_val_if_fail (ENT_IS_RECORD_LIST (self), FALSE);
  return self->loading;
}

EntResult *
ent_record_list_get_result (EntRecordList *self)
{
  g_return_val_if_fail (ENT_IS_RECORD_LIST (self), NULL);
  return self->result;
}

gint64
ent_record_list_find (EntRecordList *self,
                      EntKey         key)
{
  g_return_val_if_fail (ENT_IS_RECORD_LIST (self), -1);
  if (self->result == NULL || ent_key_type_number (key) != self->type->info->number)
    return -1;
  return ent_result_find (self->result, row_of (key));
}

EntKey
ent_record_list_get_key (EntRecordList *self,
                         guint          position)
{
  g_return_val_if_fail (ENT_IS_RECORD_LIST (self), 0);
  if (position >= get_n_items (G_LIST_MODEL (self)))
    return 0;
  return ent_key_make (self->type->info->number, get_row_at (self, position));
}
