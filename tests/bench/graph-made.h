/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>

#include "ecosystem/ent-graph.h"

/* Graphs made from a fixed seed, as in the performance notes: `grown` by preferential attachment (Barabási and
 * Albert, three links per newcomer), `clustered` in communities of about 30 that are linked along a grown graph
 * of communities, 2.7 links per node, like a partner ecosystem. */

typedef struct
{
  guint64  state;
  GArray  *ends; /* of gint32 */
} Maker;

static inline guint64
maker_next (Maker *self)
{
  self->state ^= self->state << 13;
  self->state ^= self->state >> 7;
  self->state ^= self->state << 17;
  return self->state;
}

static inline guint32
maker_below (Maker  *self,
             guint32 n)
{
  return (guint32) ((maker_next (self) >> 32) * (guint64) n >> 32);
}

static inline double
maker_unit (Maker *self)
{
  return (double) (maker_next (self) >> 11) / 9007199254740992.0;
}

static inline void
maker_add (Maker *self,
           gint32 a,
           gint32 b)
{
  if (a == b)
    return;
  g_array_append_val (self->ends, a);
  g_array_append_val (self->ends, b);
}

static inline gint32
maker_pick (Maker  *self,
            GArray *pool)
{
  return g_array_index (pool, gint32, maker_below (self, pool->len));
}

static inline EntGraph *
maker_finish (Maker *self,
              guint  n)
{
  EntGraph *graph = ent_graph_new_from_edges (n, NULL, (const gint32 *) self->ends->data, self->ends->len / 2, NULL);

  g_array_unref (self->ends);
  return graph;
}

static inline EntGraph *
make_grown_graph (guint n)
{
  Maker maker = { 88172645463325252u, g_array_new (FALSE, FALSE, sizeof (gint32)) };
  g_autoptr(GArray) pool = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (gint32 i = 0; i < 3; i++)
    {
      maker_add (&maker, i, (i + 1) % 3);
      g_array_append_val (pool, i);
      g_array_append_val (pool, i);
    }
  for (gint32 i = 3; i < (gint32) n; i++)
    for (int j = 0; j < 3; j++)
      {
        gint32 other = maker_pick (&maker, pool);

        maker_add (&maker, i, other);
        g_array_append_val (pool, i);
        g_array_append_val (pool, other);
      }
  return maker_finish (&maker, n);
}

static inline GArray *
maker_cut (Maker *self,
           guint  n)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint32));
  gint32 at = 0;

  while (at < (gint32) n)
    {
      double normal = sqrt (-2 * log (maker_unit (self) + 1e-12)) * cos (2 * G_PI * maker_unit (self));

      g_array_append_val (starts, at);
      at += MAX (5, (gint32) exp (3.3 + 0.7 * normal));
    }
  at = n;
  g_array_append_val (starts, at);
  return starts;
}

static inline void
maker_fill (Maker *self,
            gint32 from,
            gint32 to)
{
  g_autoptr(GArray) pool = g_array_new (FALSE, FALSE, sizeof (gint32));

  g_array_append_val (pool, from);
  for (gint32 i = from + 1; i < to; i++)
    {
      gint32 other = maker_pick (self, pool);

      maker_add (self, i, other);
      g_array_append_val (pool, i);
      g_array_append_val (pool, other);
      if (i > from + 1)
        maker_add (self, i, maker_pick (self, pool));
    }
  for (gint32 i = 0; i < (to - from) * 8 / 10; i++)
    maker_add (self, from + maker_below (self, to - from), from + maker_below (self, to - from));
}

static inline EntGraph *
make_clustered_graph (guint n)
{
  Maker maker = { 88172645463325252u, g_array_new (FALSE, FALSE, sizeof (gint32)) };
  g_autoptr(GArray) starts = maker_cut (&maker, n);
  g_autoptr(GArray) pool = g_array_new (FALSE, FALSE, sizeof (gint32));
  gint32 first = 0;

  g_array_append_val (pool, first);
  for (gint32 c = 0; c + 1 < (gint32) starts->len; c++)
    {
      gint32 from = g_array_index (starts, gint32, c), size = g_array_index (starts, gint32, c + 1) - from;

      maker_fill (&maker, from, from + size);
      for (int j = 0; c > 0 && j < 2; j++)
        {
          gint32 other = maker_pick (&maker, pool), other_from = g_array_index (starts, gint32, other);
          gint32 other_size = g_array_index (starts, gint32, other + 1) - other_from;

          maker_add (&maker, from + maker_below (&maker, size > 3 ? 3 : size), other_from + maker_below (&maker, other_size));
          g_array_append_val (pool, other);
          g_array_append_val (pool, c);
          for (gint32 k = 0; k < size / 12; k++)
            maker_add (&maker, from + maker_below (&maker, size), other_from + maker_below (&maker, other_size));
        }
    }
  return maker_finish (&maker, n);
}
