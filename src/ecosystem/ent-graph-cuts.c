/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

/* What falls apart when a node or a pair goes: one depth-first search (Hopcroft and Tarjan, 1973) that also
 * adds up the sizes of the subtrees. Without recursion, since chains may be long. */

typedef struct
{
  const EntGraph *graph;
  gint32         *found;    /* when the node was reached, from 1; 0 not yet */
  gint32         *low;      /* the earliest node its subtree reaches by one back edge */
  gint32         *size;     /* of its subtree */
  gint32         *parent, *parent_pair;
  guint          *next;     /* neighbor to look at next */
  gint32         *order;    /* nodes in the order they were reached */
  guint           n_found;
  guint          *n_parts;  /* subtrees that only this node holds */
  guint          *sum_parts, *max_part;
  GArray         *cuts, *bridges;
} Search;

static void
search_init (Search         *self,
             const EntGraph *graph)
{
  guint n = ent_graph_get_n_nodes (graph) + 1;

  *self = (Search) {
    graph, g_new0 (gint32, n), g_new0 (gint32, n), g_new0 (gint32, n), g_new0 (gint32, n),
    g_new0 (gint32, n), g_new0 (guint, n), g_new0 (gint32, n), 0, g_new0 (guint, n),
    g_new0 (guint, n), g_new0 (guint, n), g_array_new (FALSE, FALSE, sizeof (EntCutVertex)),
    g_array_new (FALSE, FALSE, sizeof (EntBridge)),
  };
}

static void
search_clear (Search *self)
{
  g_free (self->found);
  g_free (self->low);
  g_free (self->size);
  g_free (self->parent);
  g_free (self->parent_pair);
  g_free (self->next);
  g_free (self->order);
  g_free (self->n_parts);
  g_free (self->sum_parts);
  g_free (self->max_part);
  g_clear_pointer (&self->cuts, g_array_unref);
  g_clear_pointer (&self->bridges, g_array_unref);
}

static void
reach (Search *self,
       gint32  node,
       gint32  parent,
       gint32  pair)
{
  self->order[self->n_found] = node;
  self->found[node] = self->low[node] = ++self->n_found;
  self->size[node] = 1;
  self->parent[node] = parent;
  self->parent_pair[node] = pair;
}

/* All neighbors of @node were seen: tell its parent. */
static void
finish_node (Search *self,
             gint32  node)
{
  gint32 parent = self->parent[node];

  if (parent < 0)
    return;
  self->size[parent] += self->size[node];
  self->low[parent] = MIN (self->low[parent], self->low[node]);
  if (self->low[node] < self->found[parent])
    return;
  self->n_parts[parent]++;
  self->sum_parts[parent] += self->size[node];
  self->max_part[parent] = MAX (self->max_part[parent], (guint) self->size[node]);
}

static void
search_from (Search *self,
             gint32  root)
{
  gint32 node = root;

  reach (self, root, -1, -1);
  while (node >= 0)
    {
      guint n;
      const gint32 *pairs, *neighbors = ent_graph_get_neighbors (self->graph, node, &n, &pairs);

      if (self->next[node] < n)
        {
          guint i = self->next[node]++;

          if (self->found[neighbors[i]] == 0)
            {
              reach (self, neighbors[i], node, pairs[i]);
              node = neighbors[i];
            }
          else if (pairs[i] != self->parent_pair[node])
            self->low[node] = MIN (self->low[node], self->found[neighbors[i]]);
          continue;
        }
      finish_node (self, node);
      node = self->parent[node];
    }
}

/* The nodes from @first on are one component: now its size is known. */
static void
collect (Search *self,
         guint   first)
{
  guint total = self->n_found - first;

  for (guint i = first; i < self->n_found; i++)
    {
      gint32 node = self->order[i], parent = self->parent[node];
      guint rest = total - 1 - self->sum_parts[node];
      guint parts = self->n_parts[node] + (rest > 0);
      guint largest = MAX (self->max_part[node], rest);
      EntCutVertex cut = { node, parts, total - 1 - largest };
      EntBridge bridge = { self->parent_pair[node],
                           MIN ((guint) self->size[node], total - self->size[node]) };

      if (parts > 1)
        g_array_append_val (self->cuts, cut);
      if (parent >= 0 && self->low[node] > self->found[parent])
        g_array_append_val (self->bridges, bridge);
    }
}

static gboolean
search_all (Search        *self,
            GCancellable  *cancellable,
            GError       **error)
{
  guint n = ent_graph_get_n_nodes (self->graph);

  for (guint i = 0; i < n; i++)
    {
      guint first = self->n_found;

      if (self->found[i] != 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      search_from (self, i);
      collect (self, first);
    }
  return TRUE;
}

static int
compare_cuts (gconstpointer a,
              gconstpointer b)
{
  const EntCutVertex *one = a, *two = b;

  if (one->cut_off != two->cut_off)
    return one->cut_off > two->cut_off ? -1 : 1;
  return one->node < two->node ? -1 : one->node > two->node;
}

static int
compare_bridges (gconstpointer a,
                 gconstpointer b)
{
  const EntBridge *one = a, *two = b;

  if (one->cut_off != two->cut_off)
    return one->cut_off > two->cut_off ? -1 : 1;
  return one->pair < two->pair ? -1 : one->pair > two->pair;
}

GArray *
ent_graph_get_cut_vertices (EntGraph      *graph,
                            GCancellable  *cancellable,
                            GError       **error)
{
  GArray *cuts = NULL;
  Search search;

  search_init (&search, graph);
  if (search_all (&search, cancellable, error))
    {
      cuts = g_steal_pointer (&search.cuts);
      g_array_sort (cuts, compare_cuts);
    }
  search_clear (&search);
  return cuts;
}

GArray *
ent_graph_get_bridges (EntGraph      *graph,
                       GCancellable  *cancellable,
                       GError       **error)
{
  GArray *bridges = NULL;
  Search search;

  search_init (&search, graph);
  if (search_all (&search, cancellable, error))
    {
      bridges = g_steal_pointer (&search.bridges);
      g_array_sort (bridges, compare_bridges);
    }
  search_clear (&search);
  return bridges;
}
