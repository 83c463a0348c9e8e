/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <string.h>

/* --- Items --------------------------------------------------------------------------------------------------- */

struct _EntBoardItem
{
  GObject     parent;
  GHashTable *live;
  EntKey      key;
};

G_DEFINE_FINAL_TYPE (EntBoardItem, ent_board_item, G_TYPE_OBJECT)

static void
ent_board_item_finalize (GObject *object)
{
  EntBoardItem *self = ENT_BOARD_ITEM (object);

  g_hash_table_remove (self->live, &self->key);
  g_hash_table_unref (self->live);
  G_OBJECT_CLASS (ent_board_item_parent_class)->finalize (object);
}

static void
ent_board_item_class_init (EntBoardItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_board_item_finalize;
}

static void
ent_board_item_init (EntBoardItem *self)
{
}

EntKey
ent_board_item_get_key (EntBoardItem *self)
{
  return self->key;
}

/* --- Keys ---------------------------------------------------------------------------------------------------- */

struct _EntBoardKeys
{
  GObject     parent;
  GArray     *keys;  /* of EntKey: what was set */
  GArray     *shown; /* of EntKey: what the list knows of; the same array unless a flush is due */
  GHashTable *live;
};

static GType
get_item_type (GListModel *model)
{
  return ENT_TYPE_BOARD_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return ENT_BOARD_KEYS (model)->shown->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  EntBoardKeys *self = ENT_BOARD_KEYS (model);
  EntBoardItem *item;
  EntKey key;

  if (position >= self->shown->len)
    return NULL;
  key = g_array_index (self->shown, EntKey, position);
  item = g_hash_table_lookup (self->live, &key);
  if (item != NULL)
    return g_object_ref (item);
  item = g_object_new (ENT_TYPE_BOARD_ITEM, NULL);
  item->live = g_hash_table_ref (self->live);
  item->key = key;
  g_hash_table_insert (self->live, &item->key, item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (EntBoardKeys, ent_board_keys, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
ent_board_keys_finalize (GObject *object)
{
  EntBoardKeys *self = ENT_BOARD_KEYS (object);

  g_array_unref (self->keys);
  g_array_unref (self->shown);
  g_hash_table_unref (self->live);
  G_OBJECT_CLASS (ent_board_keys_parent_class)->finalize (object);
}

static void
ent_board_keys_class_init (EntBoardKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_board_keys_finalize;
}

static void
ent_board_keys_init (EntBoardKeys *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (EntKey));
  self->shown = g_array_ref (self->keys);
}

EntBoardKeys *
ent_board_keys_new (GHashTable *live)
{
  EntBoardKeys *self = g_object_new (ENT_TYPE_BOARD_KEYS, NULL);

  self->live = g_hash_table_ref (live);
  return self;
}

gboolean
ent_board_keys_set (EntBoardKeys *self,
                    const EntKey *keys,
                    gsize         n_keys)
{
  if (n_keys == self->keys->len && (n_keys == 0 || memcmp (keys, self->keys->data, n_keys * sizeof (EntKey)) == 0))
    return FALSE;
  g_array_unref (self->keys);
  self->keys = g_array_sized_new (FALSE, FALSE, sizeof (EntKey), (guint) n_keys);
  if (n_keys > 0)
    g_array_append_vals (self->keys, keys, (guint) n_keys);
  return TRUE;
}

gboolean
ent_board_keys_is_flushed (EntBoardKeys *self)
{
  return self->shown == self->keys;
}

/* Tells only of the part that differs, so that the list keeps its place. */
void
ent_board_keys_flush (EntBoardKeys *self)
{
  g_autoptr (GArray) before = NULL;
  const EntKey *old, *new;
  guint n_old, n_new, least, head = 0, tail = 0;

  if (self->shown == self->keys)
    return;
  before = g_steal_pointer (&self->shown);
  self->shown = g_array_ref (self->keys);
  old = (const EntKey *) (gpointer) before->data;
  new = (const EntKey *) (gpointer) self->keys->data;
  n_old = before->len;
  n_new = self->keys->len;
  least = MIN (n_old, n_new);
  while (head < least && old[head] == new[head])
    head++;
  while (tail < least - head && old[n_old - 1 - tail] == new[n_new - 1 - tail])
    tail++;
  if (n_old != n_new || head < n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
}

void
ent_board_keys_insert (EntBoardKeys *self,
                       guint         position,
                       EntKey        key)
{
  ent_board_keys_flush (self);
  g_array_insert_val (self->keys, position, key);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
ent_board_keys_remove (EntBoardKeys *self,
                       guint         position)
{
  ent_board_keys_flush (self);
  g_array_remove_index (self->keys, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

int
ent_board_keys_find (EntBoardKeys *self,
                     EntKey        key)
{
  for (guint i = 0; i < self->keys->len; i++)
    if (g_array_index (self->keys, EntKey, i) == key)
      return (int) i;
  return -1;
}

EntKey
ent_board_keys_get (EntBoardKeys *self,
                    guint         position)
{
  return position < self->keys->len ? g_array_index (self->keys, EntKey, position) : 0;
}

guint
ent_board_keys_get_n (EntBoardKeys *self)
{
  return self->keys->len;
}
