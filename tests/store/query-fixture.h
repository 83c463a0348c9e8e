/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "store/store-fixture.h"

/* Queries written as texts, for tests. */

/* "FIELD=VALUE" pairs up to NULL. */
static inline EntKey G_GNUC_NULL_TERMINATED
add_with (EntStore   *store,
          const char *type,
          const char *title,
          ...)
{
  EntRecord *record = make_record (store, type, title);
  va_list pairs;
  const char *pair;

  va_start (pairs, title);
  while ((pair = va_arg (pairs, const char *)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      const char *equals = strchr (pair, '=');
      g_autofree char *name = g_strndup (pair, equals - pair);

      ent_record_set_text (record, name, equals + 1, &error);
      g_assert_no_error (error);
    }
  va_end (pairs);
  return insert_record (store, record);
}

typedef struct
{
  EntQuery   query;
  EntFilter *filter;
  GArray    *sort;
} Asked;

static inline void
asked_init (Asked      *self,
            EntStore   *store,
            const char *type,
            const char *filter,
            const char *sort)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->query.type = ent_store_get_record_type (store, type);
  self->filter = ent_filter_parse (self->query.type, filter != NULL ? filter : "", NULL, &error);
  g_assert_no_error (error);
  self->sort = ent_sort_parse (self->query.type, sort != NULL ? sort : "", &error);
  g_assert_no_error (error);
  self->query.filter = self->filter;
  self->query.sort = (const EntSort *) (gpointer) self->sort->data;
  self->query.n_sort = self->sort->len;
}

static inline void
asked_clear (Asked *self)
{
  ent_filter_unref (self->filter);
  g_array_unref (self->sort);
}

/* The titles that a query finds, joined by ", ". (transfer full) */
static inline char *
list_titles (EntStore       *store,
             const EntQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EntResult) result = ent_store_query (store, query, NULL, &error);
  g_autoptr (GString) titles = g_string_new (NULL);

  g_assert_no_error (error);
  for (gsize i = 0; i < ent_result_get_n (result); i++)
    {
      g_autofree char *title = ent_store_dup_title (store, ent_key_make (query->type->info->number,
                                                                         ent_result_get_rows (result)[i]));

      g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "", title);
    }
  g_assert_cmpint (ent_store_count (store, query, NULL, NULL), ==, (gint64) ent_result_get_n (result));
  return g_string_free_and_steal (g_steal_pointer (&titles));
}

static inline void
assert_found (EntStore   *store,
              const char *type,
              const char *filter,
              const char *sort,
              const char *expected)
{
  g_autofree char *titles = NULL;
  Asked asked;

  asked_init (&asked, store, type, filter, sort);
  titles = list_titles (store, &asked.query);
  if (strcmp (titles, expected) != 0)
    g_test_message ("%s", filter);
  g_assert_cmpstr (titles, ==, expected);
  asked_clear (&asked);
}
