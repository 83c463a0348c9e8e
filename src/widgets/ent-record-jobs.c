/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-jobs.h"

static void
page_wish_clear (gpointer data)
{
  EntPageWish *self = data;

  g_free (self->rows);
  g_array_unref (self->fields);
}

void
ent_page_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, page_wish_clear);
}

void
ent_page_load_free (gpointer data)
{
  EntPageLoad *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_hash_table_unref);
  g_free (self);
}

static void
add_name (EntStore   *store,
          GHashTable *names,
          EntKey      key)
{
  char *title;

  if (key == 0 || g_hash_table_contains (names, &key))
    return;
  title = ent_store_dup_title (store, key);
  g_hash_table_insert (names, g_memdup2 (&key, sizeof key), title != NULL ? title : g_strdup (""));
}

static void
add_names (EntStore   *store,
           GHashTable *names,
           EntRecord  *record,
           GArray     *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      guint index = g_array_index (fields, guint, i);
      const EntField *field = ent_record_type_get_nth (ent_record_get_record_type (record), index);
      const EntValue *value = ent_record_get (record, index);

      if (field->info.type != ENT_FIELD_REF)
        continue;
      if (value->kind == ENT_VALUE_INT)
        add_name (store, names, value->integer);
      for (gint64 j = 0; value->kind == ENT_VALUE_KEYS && j < value->integer; j++)
        add_name (store, names, value->keys[j]);
    }
}

static EntPageLoad *
load_rows (EntStore             *store,
           const EntRecordType  *type,
           const guint32        *rows,
           gsize                 n_rows,
           GArray               *fields,
           GCancellable         *cancellable,
           GError              **error)
{
  EntPageLoad *load = g_new0 (EntPageLoad, 1);

  load->names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  load->records = ent_store_load (store, type, rows, n_rows, (const guint *) (gpointer) fields->data, fields->len,
                                  cancellable, error);
  if (load->records == NULL)
    {
      ent_page_load_free (load);
      return NULL;
    }
  for (guint i = 0; i < load->records->len; i++)
    if (g_ptr_array_index (load->records, i) != NULL)
      add_names (store, load->names, g_ptr_array_index (load->records, i), fields);
  return load;
}

gpointer
ent_load_page_job (EntStore      *store,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  EntPageWish *wish = data;

  return load_rows (store, wish->type, wish->rows, wish->n_rows, wish->fields, cancellable, error);
}

static void
query_wish_clear (gpointer data)
{
  EntQueryWish *self = data;

  g_clear_pointer (&self->filter, ent_filter_unref);
  g_clear_pointer (&self->fields, g_array_unref);
  g_free (self->sort);
  g_free (self->search);
}

void
ent_query_wish_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, query_wish_clear);
}

void
ent_query_answer_free (gpointer data)
{
  EntQueryAnswer *self = data;

  ent_result_unref (self->result);
  g_clear_pointer (&self->load, ent_page_load_free);
  g_free (self);
}

static EntResult *
answer (EntStore      *store,
        EntQueryWish  *wish,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GArray) sort = NULL;
  EntQuery query = { .type = wish->type, .filter = wish->filter, .search = wish->search };

  if (wish->sort != NULL)
    {
      sort = ent_sort_parse (wish->type, wish->sort, error);
      if (sort == NULL)
        return NULL;
      query.sort = (const EntSort *) (gpointer) sort->data;
      query.n_sort = sort->len;
    }
  return wish->limit > 0 ? ent_store_query_first (store, &query, wish->limit, cancellable, error)
                         : ent_store_query (store, &query, cancellable, error);
}

/* The first rows bring their records: asked for afterwards, those would come a frame later. */
gpointer
ent_query_job (EntStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  EntQueryWish *wish = data;
  EntResult *result = answer (store, wish, cancellable, error);
  EntQueryAnswer *self;

  if (result == NULL)
    return NULL;
  self = g_new0 (EntQueryAnswer, 1);
  self->result = result;
  if (wish->fields != NULL && ent_result_get_n (result) > 0)
    self->load = load_rows (store, wish->type, ent_result_get_rows (result), ent_result_get_n (result), wish->fields,
                            cancellable, NULL);
  return self;
}
