/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-radix.h"

typedef struct
{
  guint64 key;
  guint32 row;
} Item;

static int
compare_items (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  guint64 x = ((const Item *) a)->key, y = ((const Item *) b)->key;

  return (x > y) - (x < y);
}

static void
check (gsize n,
       guint n_bits)
{
  g_autofree Item *items = g_new0 (Item, MAX (n, 1));
  g_autofree guint32 *rows = g_new (guint32, MAX (n, 1));
  guint64 *keys = ent_radix_new_keys (n);
  guint64 mask = n_bits == 0 ? 0 : G_MAXUINT64 >> (64 - n_bits);
  guint64 few = g_test_rand_bit () ? 7 : G_MAXUINT64; /* many equal keys, or hardly any */

  for (gsize i = 0; i < n; i++)
    {
      guint64 high = (guint64) g_test_rand_int () << 32;

      keys[i] = (high | (guint32) g_test_rand_int ()) & mask & few;
      if (n_bits > 40 && few == 7)
        keys[i] |= high & mask & (G_GUINT64_CONSTANT (3) << (n_bits - 2));
      rows[i] = (guint32) g_test_rand_int ();
      items[i] = (Item) { keys[i], rows[i] };
    }
  ent_radix_sort (rows, keys, n, n_bits);
  g_sort_array (items, n, sizeof *items, compare_items, NULL);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (rows[i], ==, items[i].row);
  g_aligned_free (keys);
}

static void
test_widths (void)
{
  for (guint n_bits = 0; n_bits <= 64; n_bits++)
    check (2000, n_bits);
}

/* The number of rows decides how much of a key fits beside a place. */
static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, 2, 3, 64, 65, 4096, 4097 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint n_bits = 1; n_bits <= 64; n_bits += 7)
      check (sizes[i], n_bits);
}

/* Room of more than a large page. */
static void
test_many (void)
{
  check (300000, 17);
  check (300000, 46);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/radix/keys-of-every-width", test_widths);
  g_test_add_func ("/radix/numbers-of-rows", test_sizes);
  g_test_add_func ("/radix/many-rows", test_many);
  return g_test_run ();
}
