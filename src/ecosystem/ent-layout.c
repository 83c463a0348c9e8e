/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-layout-private.h"

#include "ecosystem/ent-igraph.h"

#include <math.h>
#include <string.h>

struct _EntLayout
{
  gatomicrefcount ref_count;
  EntGraph       *graph;
  float          *x, *y;
  guint           n_moved;
};

EntLayoutPart *
ent_layout_part_new (guint n,
                     guint n_ends)
{
  EntLayoutPart *self = g_new0 (EntLayoutPart, 1);

  self->n = n;
  self->starts = g_new0 (gint32, n + 1);
  self->neighbors = g_new (gint32, n_ends + 1);
  self->nodes = g_new (gint32, n + 1);
  self->community = g_new0 (gint32, n + 1);
  self->x = g_new0 (float, n + 1);
  self->y = g_new0 (float, n + 1);
  self->radius = g_new (float, n + 1);
  for (guint i = 0; i < n; i++)
    self->radius[i] = ENT_LAYOUT_RADIUS;
  return self;
}

void
ent_layout_part_free (EntLayoutPart *self)
{
  g_free (self->starts);
  g_free (self->neighbors);
  g_free (self->nodes);
  g_free (self->community);
  g_free (self->x);
  g_free (self->y);
  g_free (self->radius);
  g_free (self);
}

/* --- Parts -------------------------------------------------------------------------------------------- */

/* The component around @source, breadth first; @place gets the number of each node in it. */
static EntLayoutPart *
collect_part (EntGraph     *graph,
              gint32        source,
              gint32       *place,
              gint32       *queue,
              const gint32 *community)
{
  guint head = 0, tail = 0, n_ends = 0, degree;
  EntLayoutPart *part;

  place[source] = tail;
  queue[tail++] = source;
  while (head < tail)
    {
      const gint32 *neighbors = ent_graph_get_neighbors (graph, queue[head++], &degree, NULL);

      n_ends += degree;
      for (guint i = 0; i < degree; i++)
        if (place[neighbors[i]] < 0)
          {
            place[neighbors[i]] = tail;
            queue[tail++] = neighbors[i];
          }
    }
  part = ent_layout_part_new (tail, n_ends);
  memcpy (part->nodes, queue, tail * sizeof (gint32));
  for (guint i = 0; i < part->n; i++)
    {
      const gint32 *neighbors = ent_graph_get_neighbors (graph, queue[i], &degree, NULL);

      part->starts[i + 1] = part->starts[i] + degree;
      part->community[i] = community[queue[i]];
      for (guint j = 0; j < degree; j++)
        part->neighbors[part->starts[i] + j] = place[neighbors[j]];
    }
  return part;
}

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const EntLayoutPart *one = a, *two = b;

  if (one->n != two->n)
    return one->n > two->n ? -1 : 1;
  return one->nodes[0] < two->nodes[0] ? -1 : one->nodes[0] > two->nodes[0];
}

/* Communities only guide the layout; when they cannot be had, everything is one. */
static gint32 *
find_communities (EntGraph     *graph,
                  GCancellable *cancellable)
{
  guint n = ent_graph_get_n_nodes (graph), count;
  gint32 *community = g_new0 (gint32, n + 1);
  g_autoptr(EntIgraph) igraph = NULL;
  double modularity;

  if (ent_graph_get_n_pairs (graph) == 0)
    return community;
  igraph = ent_igraph_new (graph, cancellable, NULL);
  if (igraph == NULL || !ent_igraph_communities (igraph, 1, community, &count, &modularity, NULL))
    memset (community, 0, n * sizeof (gint32));
  return community;
}

static GPtrArray *
collect_parts (EntGraph     *graph,
               GCancellable *cancellable)
{
  guint n = ent_graph_get_n_nodes (graph);
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_layout_part_free);
  g_autofree gint32 *place = g_new (gint32, n + 1);
  g_autofree gint32 *queue = g_new (gint32, n + 1);
  g_autofree gint32 *community = find_communities (graph, cancellable);

  memset (place, 0xff, n * sizeof (gint32));
  for (guint i = 0; i < n; i++)
    if (place[i] < 0)
      g_ptr_array_add (parts, collect_part (graph, i, place, queue, community));
  g_ptr_array_sort_values (parts, compare_parts);
  return parts;
}

static void
lay_out_part (EntLayoutPart *part,
              GCancellable  *cancellable)
{
  EntLayoutFold *fold = ent_layout_fold (part);
  EntLayoutPart *core = ent_layout_fold_get_core (fold);

  ent_layout_stress (core, cancellable);
  ent_layout_spread (core, cancellable);
  ent_layout_unfold (fold);
  ent_layout_separate (part, NULL, 12);
  ent_layout_level (part);
}

static EntLayout *
layout_alloc (EntGraph *graph)
{
  EntLayout *self = g_new0 (EntLayout, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->graph = ent_graph_ref (graph);
  self->x = g_new0 (float, ent_graph_get_n_nodes (graph) + 1);
  self->y = g_new0 (float, ent_graph_get_n_nodes (graph) + 1);
  return self;
}

static void
take_positions (EntLayout           *self,
                const EntLayoutPart *part)
{
  for (guint i = 0; i < part->n; i++)
    {
      self->x[part->nodes[i]] = part->x[i];
      self->y[part->nodes[i]] = part->y[i];
    }
}

EntLayout *
ent_layout_new_from_part (EntGraph            *graph,
                          const EntLayoutPart *part,
                          guint                n_moved)
{
  EntLayout *self = layout_alloc (graph);

  take_positions (self, part);
  self->n_moved = n_moved;
  return self;
}

EntLayout *
ent_layout_new (EntGraph      *graph,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GPtrArray) parts = collect_parts (graph, cancellable);
  g_autoptr(EntLayout) self = layout_alloc (graph);

  for (guint i = 0; i < parts->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      lay_out_part (parts->pdata[i], cancellable);
    }
  ent_layout_pack ((EntLayoutPart **) parts->pdata, parts->len);
  for (guint i = 0; i < parts->len; i++)
    take_positions (self, parts->pdata[i]);
  self->n_moved = ent_graph_get_n_nodes (graph);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* --- Public ------------------------------------------------------------------------------------------- */

EntLayout *
ent_layout_ref (EntLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_layout_unref (EntLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_graph_unref (self->graph);
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

EntGraph *
ent_layout_get_graph (EntLayout *self)
{
  return self->graph;
}

const float *
ent_layout_get_x (const EntLayout *self)
{
  return self->x;
}

const float *
ent_layout_get_y (const EntLayout *self)
{
  return self->y;
}

guint
ent_layout_get_n_moved (const EntLayout *self)
{
  return self->n_moved;
}

void
ent_layout_get_bounds (const EntLayout *self,
                       double          *x,
                       double          *y,
                       double          *width,
                       double          *height)
{
  guint n = ent_graph_get_n_nodes (self->graph);
  float x0 = n > 0 ? self->x[0] : 0, y0 = n > 0 ? self->y[0] : 0, x1 = x0, y1 = y0;

  for (guint i = 1; i < n; i++)
    {
      x0 = MIN (x0, self->x[i]);
      x1 = MAX (x1, self->x[i]);
      y0 = MIN (y0, self->y[i]);
      y1 = MAX (y1, self->y[i]);
    }
  *x = x0;
  *y = y0;
  *width = x1 - x0;
  *height = y1 - y0;
}
