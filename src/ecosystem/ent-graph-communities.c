/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

#include "ecosystem/ent-igraph.h"

#include <glib/gi18n.h>

static void
community_free (gpointer data)
{
  EntCommunity *self = data;

  g_array_unref (self->nodes);
  g_free (self);
}

void
ent_communities_free (EntCommunities *self)
{
  g_clear_pointer (&self->communities, g_ptr_array_unref);
  g_clear_pointer (&self->membership, g_array_unref);
  g_free (self);
}

static int
compare_by_degree (gconstpointer a,
                   gconstpointer b,
                   gpointer      graph)
{
  gint32 one = *(const gint32 *) a, two = *(const gint32 *) b;
  guint one_degree = ent_graph_get_degree (graph, one), two_degree = ent_graph_get_degree (graph, two);

  if (one_degree != two_degree)
    return one_degree > two_degree ? -1 : 1;
  return one < two ? -1 : one > two;
}

static int
compare_by_size (gconstpointer a,
                 gconstpointer b)
{
  const EntCommunity *one = a, *two = b;

  if (one->n_nodes != two->n_nodes)
    return one->n_nodes > two->n_nodes ? -1 : 1;
  return one->number < two->number ? -1 : one->number > two->number;
}

static void
collect (EntCommunities *self,
         EntGraph       *graph,
         guint           n_communities)
{
  gint32 *membership = (gint32 *) self->membership->data;

  for (guint i = 0; i < n_communities; i++)
    {
      EntCommunity *community = g_new0 (EntCommunity, 1);

      community->number = i;
      community->nodes = g_array_new (FALSE, FALSE, sizeof (gint32));
      g_ptr_array_add (self->communities, community);
    }
  for (gint32 i = 0; i < (gint32) self->membership->len; i++)
    {
      EntCommunity *community = g_ptr_array_index (self->communities, membership[i]);

      g_array_append_val (community->nodes, i);
      community->n_nodes++;
    }
  for (guint i = 0; i < ent_graph_get_n_pairs (graph); i++)
    {
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[i];
      EntCommunity *one = g_ptr_array_index (self->communities, membership[pair->a]);
      EntCommunity *two = g_ptr_array_index (self->communities, membership[pair->b]);

      one->n_inside += one == two;
      one->n_outside += one != two;
      two->n_outside += one != two;
    }
}

/* Numbers communities by falling size, so that the same one has the same color on each map. */
static void
renumber (EntCommunities *self,
          EntGraph       *graph)
{
  gint32 *membership = (gint32 *) self->membership->data;

  g_ptr_array_sort_values (self->communities, compare_by_size);
  for (guint i = 0; i < self->communities->len; i++)
    {
      EntCommunity *community = g_ptr_array_index (self->communities, i);

      community->number = i;
      g_array_sort_with_data (community->nodes, compare_by_degree, graph);
      for (guint j = 0; j < community->n_nodes; j++)
        membership[g_array_index (community->nodes, gint32, j)] = i;
    }
}

EntCommunities *
ent_graph_find_communities (EntGraph      *graph,
                            GCancellable  *cancellable,
                            GError       **error)
{
  g_autoptr(EntIgraph) igraph = ent_igraph_new (graph, cancellable, error);
  g_autoptr(EntCommunities) self = g_new0 (EntCommunities, 1);
  guint n = ent_graph_get_n_nodes (graph), n_pairs = ent_graph_get_n_pairs (graph);

  if (igraph == NULL)
    return NULL;
  self->membership = g_array_new (FALSE, TRUE, sizeof (gint32));
  g_array_set_size (self->membership, n);
  for (gint32 i = 0; i < (gint32) n; i++)
    g_array_index (self->membership, gint32, i) = i;
  self->communities = g_ptr_array_new_with_free_func (community_free);
  /* Without pairs there is no modularity: each node stays a community of its own. Small graphs have few good
   * answers and cost nothing: try more starts. */
  if (n_pairs > 0
      && !ent_igraph_communities (igraph, CLAMP (20000 / (n_pairs + 1), 3, 40), (gint32 *) self->membership->data, &n, &self->modularity,
                                  error))
    return NULL;
  collect (self, graph, n);
  renumber (self, graph);
  return g_steal_pointer (&self);
}

char *
ent_community_dup_name (const EntCommunity *self,
                        const EntGraph     *graph)
{
  const char *first, *second;

  if (self->n_nodes == 0)
    return g_strdup ("");
  first = ent_graph_get_title (graph, g_array_index (self->nodes, gint32, 0));
  if (self->n_nodes == 1)
    return g_strdup (first);
  second = ent_graph_get_title (graph, g_array_index (self->nodes, gint32, 1));
  if (self->n_nodes == 2)
    return g_strdup_printf (_("%s and %s"), first, second);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %s and %u more", "%s, %s and %u more",
                                       self->n_nodes - 2), first, second, self->n_nodes - 2);
}
