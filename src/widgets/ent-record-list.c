/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-list-private.h"

enum { PROP_0, PROP_LOADING, PROP_TOTAL, PROP_ITEM_TYPE, PROP_N_ITEMS, N_PROPS };
static GParamSpec *props[N_PROPS];

static void ent_record_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (EntRecordList, ent_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ent_record_list_model_init))

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
  EntCachedRow *cached = g_hash_table_lookup (self->cache, ent_row_to_pointer (row));
  gssize place;

  item->live = g_hash_table_ref (self->live);
  item->key = ent_key_make (self->type->info->number, row);
  g_hash_table_insert (self->live, ent_row_to_pointer (row), item);
  if (cached != NULL)
    {
      item->record = g_object_ref (cached->record);
      item->names = g_hash_table_ref (cached->names);
    }
  else if ((place = get_place (self, position)) >= 0)
    ent_record_list_wish_page (self, (guint) place / ENT_RECORD_LIST_PAGE);
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
  item = g_hash_table_lookup (self->live, ent_row_to_pointer (row));
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
  g_signal_new ("replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("error", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ent_record_list_init (EntRecordList *self)
{
  self->cancellable = g_cancellable_new ();
  self->fields = g_array_new (FALSE, FALSE, sizeof (guint));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  self->live = g_hash_table_new (NULL, NULL);
  self->cache = g_hash_table_new_full (NULL, NULL, NULL, ent_cached_row_free);
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
  g_signal_connect_object (context, "changed", G_CALLBACK (ent_record_list_changed_cb), self, G_CONNECT_SWAPPED);
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
  ent_record_list_reload_live (self, NULL);
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
  return ent_result_find (self->result, ent_row_of (key));
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
