/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store-private.h"

/* Titles of records that were asked for: lists and forms name the same few hundred records again and
 * again. When it is full, it starts anew. */
#define MAX_TITLES 8192

struct _EntTitles
{
  GMutex      lock;
  GHashTable *by_key;     /* EntKey → title */
  guint       generation; /* of the last change: a title read before it is not kept */
};

EntTitles *
ent_titles_new (void)
{
  EntTitles *self = g_new0 (EntTitles, 1);

  g_mutex_init (&self->lock);
  self->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
ent_titles_free (EntTitles *self)
{
  g_hash_table_unref (self->by_key);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
ent_titles_forget (EntTitles        *self,
                   const EntChanges *changes)
{
  g_mutex_lock (&self->lock);
  self->generation++;
  if (changes->many)
    g_hash_table_remove_all (self->by_key);
  for (guint i = 0; i < changes->keys->len; i++)
    g_hash_table_remove (self->by_key, &g_array_index (changes->keys, EntKey, i));
  g_mutex_unlock (&self->lock);
}

static char *
find (EntTitles *self,
      EntKey     key,
      guint     *generation)
{
  char *title;

  g_mutex_lock (&self->lock);
  title = g_strdup (g_hash_table_lookup (self->by_key, &key));
  *generation = self->generation;
  g_mutex_unlock (&self->lock);
  return title;
}

static void
keep (EntTitles  *self,
      EntKey      key,
      guint       generation,
      const char *title)
{
  g_mutex_lock (&self->lock);
  if (g_hash_table_size (self->by_key) >= MAX_TITLES)
    g_hash_table_remove_all (self->by_key);
  if (generation == self->generation)
    g_hash_table_insert (self->by_key, g_memdup2 (&key, sizeof key), g_strdup (title));
  g_mutex_unlock (&self->lock);
}

char *
ent_store_dup_title (EntStore *self,
                     EntKey    key)
{
  g_autoptr (EntSchema) schema = NULL;
  EntConnection *connection;
  guint generation;
  char *title = find (self->titles, key, &generation);

  if (title != NULL || key == 0)
    return title;
  connection = ent_store_acquire_reader (self, NULL);
  if (connection == NULL)
    return NULL;
  schema = ent_store_dup_schema (self);
  title = ent_read_title (connection, schema, key);
  ent_store_release_reader (self, connection);
  if (title != NULL)
    keep (self->titles, key, generation, title);
  return title;
}

char *
ent_store_name (EntKey   key,
                gpointer store)
{
  return ent_store_dup_title (store, key);
}
