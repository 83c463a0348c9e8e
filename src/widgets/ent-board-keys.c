/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <string.h>

#define FEW  60  /* cards that come and go at once */
#define SOME 40  /* cards that an empty column makes widgets for in a frame, */
#define MANY 240 /* until the list has all that it keeps ready */

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
  gboolean    growing; /* shown is the first of the keys, and no array of theirs */
};

static guint replaced_signal;

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
  replaced_signal = g_signal_new ("replaced", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
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
  self->growing = FALSE;
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

/* Whether most of the keys are where they were, or next to it: a few came, went or moved. */
static gboolean
is_like (const EntKey *old,
         guint         n_old,
         const EntKey *new,
         guint         n_new)
{
  guint n_like = 0;

  for (guint i = 0; i < n_new; i++)
    if ((i < n_old && old[i] == new[i]) || (i + 1 < n_old && old[i + 1] == new[i]) || (i > 0 && i <= n_old && old[i - 1] == new[i]))
      n_like++;
  return n_like > MAX (n_old, n_new) / 4 * 3;
}

/* As in ent-record-list-query.c: a list takes the widgets of cards that are scrolled out of sight for those that come into
 * it, and makes new ones for cards that take the place of others. */
static void
replace (EntBoardKeys *self,
         GArray       *before,
         guint         head,
         guint         n_old,
         guint         n_new)
{
  GArray *both = g_array_copy (before);

  g_array_insert_vals (both, head, &g_array_index (self->keys, EntKey, head), n_new);
  self->shown = both;
  g_list_model_items_changed (G_LIST_MODEL (self), head, 0, n_new);
  g_signal_emit (self, replaced_signal, 0);
  self->shown = g_array_ref (self->keys);
  g_array_unref (both);
  g_list_model_items_changed (G_LIST_MODEL (self), head + n_new, n_old, 0);
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
  self->growing = FALSE;
  before = g_steal_pointer (&self->shown);
  old = (const EntKey *) (gpointer) before->data;
  new = (const EntKey *) (gpointer) self->keys->data;
  n_old = before->len;
  n_new = self->keys->len;
  least = MIN (n_old, n_new);
  while (head < least && old[head] == new[head])
    head++;
  while (tail < least - head && old[n_old - 1 - tail] == new[n_new - 1 - tail])
    tail++;
  n_old -= head + tail;
  n_new -= head + tail;
  if (n_old > 0 && n_new > 0 && n_old + n_new > FEW && !is_like (old + head, n_old, new + head, n_new))
    {
      replace (self, before, head, n_old, n_new);
      return;
    }
  self->shown = g_array_ref (self->keys);
  if (n_old > 0 || n_new > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old, n_new);
}

void
ent_board_keys_flush_some (EntBoardKeys *self)
{
  guint n = self->shown->len;

  if (self->shown == self->keys)
    return;
  if ((n > 0 && !self->growing) || n >= MANY || self->keys->len <= n + SOME)
    {
      ent_board_keys_flush (self);
      return;
    }
  if (n == 0)
    {
      g_array_unref (self->shown);
      self->shown = g_array_new (FALSE, FALSE, sizeof (EntKey));
    }
  self->growing = TRUE;
  g_array_append_vals (self->shown, &g_array_index (self->keys, EntKey, n), SOME);
  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, SOME);
}

guint
ent_board_keys_get_n_shown (EntBoardKeys *self)
{
  return self->shown->len;
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
