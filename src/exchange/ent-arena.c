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

/* Blocks are kept, as the next batch needs as many. */
void
ent_arena_reset (EntArena *self)
{
  for (Block *block = self->first; block != NULL; block = block->next)
    block->used = 0;
  self->current = self->first;
}

static void *
allocate (EntArena *self,
          gsize     length)
{
  Block *block = self->current;

  while (G_UNLIKELY (block->size - block->used < length))
    {
      if (block->next == NULL)
        block->next = make_block (MAX (BLOCK_SIZE, length));
      self->current = block = block->next;
    }
  block->used += length;
  return block->data + block->used - length;
}

char *
ent_arena_copy (EntArena   *self,
                const char *text,
                gsize       length)
{
  char *copy = allocate (self, length + 1);

  memcpy (copy, text, length);
  copy[length] = '\0';
  return copy;
}

/* Of @n texts and the NULL at the end. */
static char **
allocate_list (EntArena *self,
               gsize     n)
{
  char *room = allocate (self, (n + 1) * sizeof (char *) + sizeof (char *) - 1);
  char **list = (char **) (((guintptr) room + sizeof (char *) - 1) & ~(guintptr) (sizeof (char *) - 1));

  list[n] = NULL;
  return list;
}

char **
ent_arena_make_list (EntArena   *self,
                     const char *text,
                     gsize       length)
{
  char **list = allocate_list (self, 1);

  list[0] = ent_arena_copy (self, text, length);
  return list;
}

char **
ent_arena_take_list (EntArena *self,
                     char    **list)
{
  gsize n = g_strv_length (list);
  char **copy = allocate_list (self, n);

  for (gsize i = 0; i < n; i++)
    copy[i] = ent_arena_copy (self, list[i], strlen (list[i]));
  g_strfreev (list);
  return copy;
}
