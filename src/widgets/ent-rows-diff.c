/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-rows-diff.h"

#define LOOK_AHEAD 256 /* rows that may have come or gone at one place */
#define MAX_COST   256 /* of what is told one by one: what a list does about it fits into a frame */
#define HUNK_COST  8   /* of a hunk, beside a row's 1 */

/* The shortest hunk at the start of the two lists after which they agree again; all that is left when none is found
 * near by. Both lists begin and end with rows that differ. */
static EntRowsHunk
find_hunk (const guint32 *a,
           gsize          n_a,
           const guint32 *b,
           gsize          n_b)
{
  for (gsize k = 1; k <= LOOK_AHEAD; k++)
    {
      if (k < n_a && a[k] == b[0])
        return (EntRowsHunk) { 0, k, 0, 0 };
      if (k < n_b && a[0] == b[k])
        return (EntRowsHunk) { 0, 0, 0, k };
      if (k < n_a && k < n_b && a[k] == b[k])
        return (EntRowsHunk) { 0, k, 0, k };
    }
  return (EntRowsHunk) { 0, n_a, 0, n_b };
}

/* FALSE: the lists differ too much to be told apart row by row. Both end with rows that differ. */
static gboolean
add_hunks (GArray        *hunks,
           const guint32 *a,
           gsize          n_a,
           const guint32 *b,
           gsize          n_b)
{
  gsize i = 0, j = 0, cost = 0;

  for (;;)
    {
      EntRowsHunk hunk;

      for (; i < n_a && j < n_b && a[i] == b[j]; i++)
        j++;
      if (i == n_a && j == n_b)
        return TRUE;
      hunk = (EntRowsHunk) { 0, n_a - i, 0, n_b - j };
      if (i < n_a && j < n_b)
        {
          hunk = find_hunk (a + i, n_a - i, b + j, n_b - j);
          cost += HUNK_COST + hunk.n_old + hunk.n_new;
        }
      if (cost > MAX_COST)
        return FALSE;
      hunk.old = i;
      hunk.new = j;
      g_array_append_val (hunks, hunk);
      i += hunk.n_old;
      j += hunk.n_new;
    }
}

GArray *
ent_rows_diff (const guint32 *a,
               gsize          n_a,
               const guint32 *b,
               gsize          n_b)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (EntRowsHunk));
  EntRowsHunk whole;
  gsize same = 0;

  while (n_a > 0 && n_b > 0 && a[n_a - 1] == b[n_b - 1])
    {
      n_a--;
      n_b--;
    }
  if (add_hunks (hunks, a, n_a, b, n_b))
    return hunks;
  while (a[same] == b[same])
    same++;
  g_array_set_size (hunks, 0);
  whole = (EntRowsHunk) { same, n_a - same, same, n_b - same };
  g_array_append_val (hunks, whole);
  return hunks;
}
