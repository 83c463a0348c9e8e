/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-import-private.h"

#include <string.h>

#define BLOCK_SIZE (128 * 1024)

typedef struct _Block Block;
struct _Block
{
  Block *next;
  gsize  size;
  gsize  used;
  char   data[];
};

struct _EntArena
{
  Block *first;
  Block *current;
};

static Block *
make_block (gsize size)
{
  Block *block = g_malloc (sizeof (Block) + size);

  block->next = NULL;
  block->size = size;
  block->used = 0;
  return block;
}

EntArena *
ent_arena_new (void)
{
  EntArena *self = g_new0 (EntArena, 1);

  self->first = self->current = make_block (BLOCK_SIZE);
  return self;
}

static void
free_from (Block *block)
{
  while (block != NULL)
    {
      Block *next = block->next;

      g_free (block);
      block = next;
    }
}

void
ent_arena_free (EntArena *self)
{
  free_from (self->first);
  g_free (self);
}

/* Keeps one block: the usual batch fits in few. */
void
ent_arena_reset (EntArena *self)
{
  free_from (self->first->next);
  self->first->next = NULL;
  self->first->used = 0;
  self->current = self->first;
}

char *
ent_arena_copy (EntArena   *self,
                const char *text,
                gsize       length)
{
  Block *block = self->current;
  char *copy;

  if (G_UNLIKELY (block->size - block->used < length + 1))
    {
      block->next = make_block (MAX (BLOCK_SIZE, length + 1));
      self->current = block = block->next;
    }
  copy = block->data + block->used;
  memcpy (copy, text, length);
  copy[length] = '\0';
  block->used += length + 1;
  return copy;
}
