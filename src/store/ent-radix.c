/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A stable radix sort, from the last digit to the first, of keys that carry what they are the key of in their low bits.
 * Each pass reads in order and writes to as many places as a digit has values: more than MAX_DIGIT bits would leave the
 * first-level cache. The last pass writes the rows themselves. */
#include "config.h"

#include "store/ent-radix.h"

#include <string.h>
#include <sys/mman.h>

#define MAX_DIGIT 11
#define HUGE_PAGE (2 * 1024 * 1024)

guint64 *
ent_radix_new_keys (gsize n)
{
  gsize size = MAX (n, 1) * sizeof (guint64);
  guint64 *keys = g_aligned_alloc (MAX (n, 1), sizeof *keys, size > HUGE_PAGE ? HUGE_PAGE : sizeof *keys);

  /* The first touches of small pages would cost as much as a pass; where this is not known, they do. */
  if (size > HUGE_PAGE)
    madvise (keys, size, MADV_HUGEPAGE);
  return keys;
}

/* What an item carries stands in its bits below `from`: a row, or a place in `map`, which has the row. */
typedef struct
{
  guint64       *items;
  guint64       *spare;
  gsize          n;
  guint          from;
  const guint32 *map;
  guint32       *rows;
} Sort;

/* FALSE: all items have the same digit. */
static gboolean
count_digits (const Sort *self,
              guint       shift,
              guint64     mask,
              guint32    *starts)
{
  guint32 sum = 0;

  memset (starts, 0, (mask + 1) * sizeof *starts);
  for (gsize i = 0; i < self->n; i++)
    starts[self->items[i] >> shift & mask]++;
  for (guint64 digit = 0; digit <= mask; digit++)
    {
      guint32 count = starts[digit];

      if (count == self->n)
        return FALSE;
      starts[digit] = sum;
      sum += count;
    }
  return TRUE;
}

static void
move_items (Sort    *self,
            guint    shift,
            guint64  mask,
            guint32 *starts)
{
  guint64 *items = self->items;

  for (gsize i = 0; i < self->n; i++)
    self->spare[starts[items[i] >> shift & mask]++] = items[i];
  self->items = self->spare;
  self->spare = items;
}

static void
move_rows (Sort    *self,
           guint    shift,
           guint64  mask,
           guint32 *starts)
{
  const guint64 *items = self->items;
  guint64 carried = (G_GUINT64_CONSTANT (1) << self->from) - 1;

  if (self->map == NULL)
    for (gsize i = 0; i < self->n; i++)
      self->rows[starts[items[i] >> shift & mask]++] = (guint32) (items[i] & carried);
  else
    for (gsize i = 0; i < self->n; i++)
      self->rows[starts[items[i] >> shift & mask]++] = self->map[items[i] & carried];
}

static void
sort_items (Sort  *self,
            guint  n_bits)
{
  guint n_passes = MAX ((n_bits + MAX_DIGIT - 1) / MAX_DIGIT, 1);
  guint digit = (n_bits + n_passes - 1) / n_passes;
  guint32 starts[1 << MAX_DIGIT];

  if (n_passes > 1)
    self->spare = ent_radix_new_keys (self->n);
  for (guint pass = 0; pass < n_passes; pass++)
    {
      guint shift = self->from + pass * digit;
      guint64 mask = (G_GUINT64_CONSTANT (1) << MIN (digit, n_bits - pass * digit)) - 1;
      gboolean differ = count_digits (self, shift, mask, starts);

      if (pass + 1 == n_passes)
        {
          if (!differ)
            memset (starts, 0, sizeof starts);
          move_rows (self, shift, differ ? mask : 0, starts);
        }
      else if (differ)
        move_items (self, shift, mask, starts);
    }
}

static void
end_sort (Sort    *self,
          guint64 *keys)
{
  if (self->items != keys)
    g_aligned_free (self->items);
  if (self->spare != keys)
    g_aligned_free (self->spare);
}

/* The row itself is what a key of up to 32 bits carries. */
static void
sort_narrow (guint32 *rows,
             guint64 *keys,
             gsize    n,
             guint    n_bits)
{
  Sort sort = { .items = keys, .n = n, .from = 32, .rows = rows };

  for (gsize i = 0; i < n; i++)
    keys[i] = keys[i] << 32 | rows[i];
  sort_items (&sort, n_bits);
  end_sort (&sort, keys);
}

static void
sort_by_place (guint32 *rows,
               guint64 *keys,
               gsize    n,
               guint    n_bits,
               guint    place_bits)
{
  g_autofree guint32 *old = g_memdup2 (rows, n * sizeof *rows);
  Sort sort = { .items = keys, .n = n, .from = place_bits, .map = old, .rows = rows };

  for (gsize i = 0; i < n; i++)
    keys[i] = keys[i] << place_bits | i;
  sort_items (&sort, n_bits);
  end_sort (&sort, keys);
}

/* By the low half of the keys, then by the high one. */
static void
sort_wide (guint32 *rows,
           guint64 *keys,
           gsize    n,
           guint    n_bits)
{
  g_autofree guint32 *places = g_new (guint32, n);
  g_autofree guint32 *old = g_memdup2 (rows, n * sizeof *rows);
  guint64 *half = ent_radix_new_keys (n);

  for (gsize i = 0; i < n; i++)
    {
      places[i] = (guint32) i;
      half[i] = keys[i] & G_MAXUINT32;
    }
  sort_narrow (places, half, n, 32);
  for (gsize i = 0; i < n; i++)
    {
      half[i] = keys[places[i]] >> 32;
      rows[i] = old[places[i]];
    }
  sort_narrow (rows, half, n, n_bits - 32);
  g_aligned_free (half);
}

void
ent_radix_sort (guint32 *rows,
                guint64 *keys,
                gsize    n,
                guint    n_bits)
{
  guint place_bits = n > 1 ? 64 - (guint) __builtin_clzll ((guint64) n - 1) : 1;

  if (n < 2 || n_bits == 0)
    return;
  if (n_bits <= 32)
    sort_narrow (rows, keys, n, n_bits);
  else if (n_bits + place_bits <= 64)
    sort_by_place (rows, keys, n, n_bits, place_bits);
  else
    sort_wide (rows, keys, n, n_bits);
}
