/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-sidebar-counts.h"

typedef struct
{
  char              *type;
  char              *filter;
  char              *search;
  gint64             count;
  const EntPageInfo *page; /* that counts by itself; NULL: records are counted */
} Count;

static void
count_clear (gpointer data)
{
  Count *count = data;

  g_free (count->type);
  g_free (count->filter);
  g_free (count->search);
}

EntSidebarCounts *
ent_sidebar_counts_new (gboolean with_views)
{
  EntSidebarCounts *self = g_new0 (EntSidebarCounts, 1);

  self->counts = g_array_new (FALSE, TRUE, sizeof (Count));
  g_array_set_clear_func (self->counts, count_clear);
  if (with_views)
    self->views = g_ptr_array_new ();
  return self;
}

void
ent_sidebar_counts_free (gpointer data)
{
  EntSidebarCounts *self = data;

  g_array_unref (self->counts);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_free (self);
}

void
ent_sidebar_counts_add (EntSidebarCounts *self,
                        EntSidebarRow    *row)
{
  const char *filter, *search;
  const char *type = ent_sidebar_row_get_count_of (row, &filter, &search);
  Count count = { g_strdup (type), g_strdup (filter), g_strdup (search), -1, ent_sidebar_row_get_counting_page (row) };

  g_array_append_val (self->counts, count);
}

gint64
ent_sidebar_counts_get (EntSidebarCounts *self,
                        guint             nth)
{
  return g_array_index (self->counts, Count, nth).count;
}

static void
count_one (EntStore     *store,
           Count        *count,
           GCancellable *cancellable)
{
  EntQuery query = { 0 };
  g_autoptr (EntFilter) filter = NULL;

  count->count = -1;
  if (count->page != NULL)
    {
      count->count = count->page->count (store, cancellable);
      return;
    }
  query.type = count->type != NULL ? ent_store_get_record_type (store, count->type) : NULL;
  if (query.type == NULL)
    return;
  if (count->filter != NULL && *count->filter != '\0')
    {
      filter = ent_filter_parse (query.type, count->filter, NULL, NULL);
      if (filter == NULL)
        return;
    }
  query.filter = filter;
  query.search = count->search != NULL && *count->search != '\0' ? count->search : NULL;
  count->count = ent_store_count (store, &query, cancellable, NULL);
}

gpointer
ent_sidebar_counts_job (EntStore      *store,
                        gpointer       counts,
                        GCancellable  *cancellable,
                        GError       **error)
{
  EntSidebarCounts *self = counts;

  if (self->views != NULL)
    {
      GPtrArray *views = ent_store_get_views (store, NULL, NULL);

      if (views != NULL)
        {
          g_ptr_array_unref (self->views);
          self->views = views;
        }
    }
  for (guint i = 0; i < self->counts->len; i++)
    count_one (store, &g_array_index (self->counts, Count, i), cancellable);
  return self;
}
