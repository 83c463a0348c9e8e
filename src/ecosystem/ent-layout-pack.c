/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include <math.h>
#include <string.h>

/* Parts are laid on squared paper: each takes the squares its nodes are in and those next to them, and goes to
 * the first place on a widening ellipse around the middle where all of them are free (after Freivalds, Dogrusoz
 * and Kikusts, 2002). */

#define SQUARE 1.5f
#define ASPECT 1.6 /* wider than high, as windows are */

typedef struct
{
  GHashTable *taken; /* of squares */
  double      turns; /* where the search for a part as small as the last one goes on */
  guint       last;  /* nodes of the last part */
} Paper;

static inline gint64
square_key (gint32 column,
            gint32 row)
{
  return (gint64) ((guint64) (guint32) column << 32 | (guint32) row);
}

/* The squares of a part, each once. */
static GArray *
find_squares (const EntLayoutPart *part)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GArray *squares = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < part->n; i++)
    for (gint32 dx = -1; dx <= 1; dx++)
      for (gint32 dy = -1; dy <= 1; dy++)
        {
          gint64 key = square_key ((gint32) floorf (part->x[i] / SQUARE) + dx,
                                   (gint32) floorf (part->y[i] / SQUARE) + dy);

          if (g_hash_table_contains (seen, &key))
            continue;
          g_hash_table_add (seen, g_memdup2 (&key, sizeof key));
          g_array_append_val (squares, key);
        }
  return squares;
}

static gboolean
fits (const Paper  *paper,
      const GArray *squares,
      gint32        dx,
      gint32        dy)
{
  for (guint i = 0; i < squares->len; i++)
    {
      gint64 square = g_array_index (squares, gint64, i);
      gint64 key = square_key ((gint32) (square >> 32) + dx, (gint32) square + dy);

      if (g_hash_table_contains (paper->taken, &key))
        return FALSE;
    }
  return TRUE;
}

static void
take (Paper         *paper,
      EntLayoutPart *part,
      const GArray  *squares,
      gint32         dx,
      gint32         dy)
{
  for (guint i = 0; i < squares->len; i++)
    {
      gint64 square = g_array_index (squares, gint64, i);
      gint64 key = square_key ((gint32) (square >> 32) + dx, (gint32) square + dy);

      g_hash_table_add (paper->taken, g_memdup2 (&key, sizeof key));
    }
  for (guint i = 0; i < part->n; i++)
    {
      part->x[i] += SQUARE * (float) dx;
      part->y[i] += SQUARE * (float) dy;
    }
}

/* Along a spiral whose arms are one square apart; steps along it are one square long. */
static void
place (Paper         *paper,
       EntLayoutPart *part)
{
  g_autoptr(GArray) squares = find_squares (part);
  double turns = part->n == paper->last ? paper->turns : 0;

  for (;;)
    {
      double radius = turns, angle = 2 * G_PI * turns;
      gint32 dx = (gint32) lround (ASPECT * radius * cos (angle)), dy = (gint32) lround (radius * sin (angle));

      if (fits (paper, squares, dx, dy))
        {
          take (paper, part, squares, dx, dy);
          break;
        }
      turns += 1 / (2 * G_PI * MAX (radius, 0.5));
    }
  paper->turns = turns;
  paper->last = part->n;
}

void
ent_layout_pack (EntLayoutPart **parts,
                 guint           n_parts)
{
  Paper paper = { g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL), 0, 0 };

  if (n_parts > 1)
    for (guint i = 0; i < n_parts; i++)
      place (&paper, parts[i]);
  g_hash_table_unref (paper.taken);
}
