/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-index.h"

#include <string.h>

struct _EntIndex
{
  EntIndexSlot *slots;
  gsize         n_slots;
  gsize         n_used;
  GHashTable   *several; /* hash → GArray of rows */
};

EntIndex *
ent_index_new (guint64 expected)
{
  EntIndex *self = g_new0 (EntIndex, 1);

  self->n_slots = MAX (1024, (gsize) expected + (gsize) expected / 4);
  self->slots = g_new0 (EntIndexSlot, self->n_slots);
  self->several = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) g_array_unref);
  return self;
}

void
ent_index_free (EntIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->several);
  g_free (self->slots);
  g_free (self);
}

/* The high bits spread over any number of slots, a power of two or not. */
static inline gsize
first_slot (const EntIndex *self,
            guint64         hash)
{
  return (gsize) (((unsigned __int128) hash * self->n_slots) >> 64);
}

/* Where @hash is or belongs. */
static EntIndexSlot *
find_slot (const EntIndex *self,
           guint64         hash)
{
  gsize i = first_slot (self, hash);

  while (self->slots[i].hash != 0 && self->slots[i].hash != hash)
    i = i + 1 < self->n_slots ? i + 1 : 0;
  return &self->slots[i];
}

EntIndexSlot *
ent_index_lookup (const EntIndex *self,
                  guint64         hash)
{
  EntIndexSlot *slot = find_slot (self, hash);

  return slot->hash != 0 ? slot : NULL;
}

void
ent_index_prefetch (const EntIndex *self,
                    guint64         hash)
{
  __builtin_prefetch (&self->slots[first_slot (self, hash)]);
}

static void
grow (EntIndex *self)
{
  g_autofree EntIndexSlot *old = self->slots;
  gsize n_old = self->n_slots;

  self->n_slots += self->n_slots / 2;
  self->slots = g_new0 (EntIndexSlot, self->n_slots);
  for (gsize i = 0; i < n_old; i++)
    if (old[i].hash != 0)
      *find_slot (self, old[i].hash) = old[i];
}

static void
add_several (EntIndex     *self,
             EntIndexSlot *slot,
             guint32       row)
{
  GArray *rows = ent_index_get_rows (self, slot->hash);

  if (rows == NULL)
    {
      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (rows, slot->row);
      g_hash_table_insert (self->several, g_memdup2 (&slot->hash, sizeof slot->hash), rows);
      slot->row = ENT_INDEX_SEVERAL;
    }
  g_array_append_val (rows, row);
}

void
ent_index_add (EntIndex *self,
               guint64   hash,
               guint32   row,
               guint32   line)
{
  EntIndexSlot *slot;

  if (self->n_used * 8 >= self->n_slots * 7)
    grow (self);
  slot = find_slot (self, hash);
  if (slot->hash == hash)
    {
      if (slot->row != row)
        add_several (self, slot, row);
      return;
    }
  *slot = (EntIndexSlot) { hash, row, line };
  self->n_used++;
}

GArray *
ent_index_get_rows (const EntIndex *self,
                    guint64         hash)
{
  return g_hash_table_lookup (self->several, &hash);
}

static inline guint64
mix (guint64 a,
     guint64 b)
{
  unsigned __int128 product = (unsigned __int128) a * b;

  return (guint64) product ^ (guint64) (product >> 64);
}

/* Multiply and fold, eight bytes at a time (the construction of wyhash). */
guint64
ent_index_hash (const void *bytes,
                gsize       length,
                guint64     seed)
{
  const guint8 *p = bytes;
  guint64 hash = mix (seed ^ G_GUINT64_CONSTANT (0xa0761d6478bd642f),
                      length ^ G_GUINT64_CONSTANT (0xe7037ed1a0b428db));
  guint64 word;

  for (; length >= 8; p += 8, length -= 8)
    {
      memcpy (&word, p, 8);
      hash = mix (hash ^ word, G_GUINT64_CONSTANT (0x8ebc6af09c88c6e3));
    }
  word = 0;
  memcpy (&word, p, length);
  hash = mix (hash ^ word, G_GUINT64_CONSTANT (0x589965cc75374cc3));
  return hash != 0 ? hash : 1;
}
