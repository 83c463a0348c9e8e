/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-record-wish.h"

#include "store/ent-query.h"

#define MAX_ROWS 12

static void
wish_clear (gpointer data)
{
  EntRecordWish *wish = data;

  g_free (wish->text);
  g_free (wish->filter);
  g_free (wish->sort);
}

EntRecordWish *
ent_record_wish_new (void)
{
  return g_atomic_rc_box_new0 (EntRecordWish);
}

void
ent_record_wish_release (gpointer wish)
{
  g_atomic_rc_box_release_full (wish, wish_clear);
}

static EntHit *
hit_new (EntRecord *record)
{
  EntHit *hit = g_new0 (EntHit, 1);

  hit->key = ent_record_get_key (record);
  hit->title = g_strdup (ent_record_get_title (record));
  return hit;
}

/* The first records of a type, of a kind, or with the words in them. */
static GPtrArray *
query_hits (EntStore      *store,
            EntRecordWish *wish,
            GCancellable  *cancellable,
            GError       **error)
{
  const guint fields[] = { ENT_COMMON_TITLE };
  g_autoptr (EntFilter) filter = ent_filter_parse (wish->type, wish->filter != NULL ? wish->filter : "", NULL, error);
  g_autoptr (GArray) sort = wish->sort != NULL ? ent_sort_parse (wish->type, wish->sort, NULL) : NULL;
  EntQuery query = { .type = wish->type, .filter = filter, .search = *wish->text != '\0' ? wish->text : NULL };
  g_autoptr (EntResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;
  GPtrArray *hits;

  if (sort != NULL)
    {
      query.sort = (const EntSort *) (gpointer) sort->data;
      query.n_sort = sort->len;
    }
  result = filter != NULL ? ent_store_query_first (store, &query, MAX_ROWS, cancellable, error) : NULL;
  if (result != NULL)
    records = ent_store_load (store, wish->type, ent_result_get_rows (result), MIN (ent_result_get_n (result), MAX_ROWS),
                              fields, G_N_ELEMENTS (fields), cancellable, error);
  if (records == NULL)
    return NULL;
  hits = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_hit_free);
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      g_ptr_array_add (hits, hit_new (g_ptr_array_index (records, i)));
  return hits;
}

gpointer
ent_record_wish_job (EntStore      *store,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  EntRecordWish *wish = data;

  if (wish->type != NULL && (wish->filter != NULL || *wish->text == '\0'))
    return query_hits (store, wish, cancellable, error);
  if (*wish->text == '\0')
    return g_ptr_array_new_with_free_func ((GDestroyNotify) ent_hit_free);
  return ent_store_search (store, wish->text, wish->type, MAX_ROWS, cancellable, error);
}
