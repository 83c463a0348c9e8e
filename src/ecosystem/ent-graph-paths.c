/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

#include "ecosystem/ent-igraph.h"

#include <glib/gi18n.h>
#include <math.h>

void
ent_path_free (EntPath *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->pairs);
  g_free (self);
}

static double
get_strength (const EntGraphPair *pair)
{
  return (pair->strength < 0 ? ENT_STRENGTH_UNKNOWN : pair->strength) / 100.0;
}

/* The product of strengths is largest where the sum of their -ln is smallest. The shortest way counts steps;
 * a share of a step that no path can add up to breaks ties in favor of strength. */
static double *
make_weights (const EntGraph *graph,
              EntPathGoal     goal)
{
  guint n = ent_graph_get_n_pairs (graph);
  double *weights = g_new (double, n + 1);

  for (guint i = 0; i < n; i++)
    {
      double strength = get_strength (&ent_graph_get_pairs (graph)[i]);

      if (goal == ENT_PATH_SHORTEST)
        weights[i] = 1 + (1 - strength) / (ent_graph_get_n_nodes (graph) + 1.0);
      else
        weights[i] = strength > 0 ? -log (strength) : INFINITY;
    }
  return weights;
}

static EntPath *
path_from_pairs (const EntGraph *graph,
                 gint32          from,
                 GArray         *pairs)
{
  EntPath *path = g_new0 (EntPath, 1);
  gint32 node = from;

  path->nodes = g_array_new (FALSE, FALSE, sizeof (gint32));
  path->pairs = g_array_ref (pairs);
  path->strength = 1;
  g_array_append_val (path->nodes, node);
  for (guint i = 0; i < pairs->len; i++)
    {
      const EntGraphPair *pair = &ent_graph_get_pairs (graph)[g_array_index (pairs, gint32, i)];

      node = pair->a == node ? pair->b : pair->a;
      g_array_append_val (path->nodes, node);
      path->strength *= get_strength (pair);
      path->n_assumed += pair->strength < 0;
    }
  return path;
}

GPtrArray *
ent_graph_find_paths (EntGraph      *graph,
                      gint32         from,
                      gint32         to,
                      EntPathGoal    goal,
                      guint          k,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(EntIgraph) igraph = ent_igraph_new (graph, cancellable, error);
  g_autofree double *weights = make_weights (graph, goal);
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func ((GDestroyNotify) ent_path_free);

  if (igraph == NULL)
    return NULL;
  found = ent_igraph_paths (igraph, weights, from, to, MAX (k, 1), error);
  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    {
      EntPath *path = path_from_pairs (graph, from, g_ptr_array_index (found, i));

      if (goal == ENT_PATH_STRONGEST && path->strength <= 0)
        ent_path_free (path);
      else
        g_ptr_array_add (paths, path);
    }
  if (paths->len == 0)
    {
      g_set_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_NO_PATH,
                   _("No chain of links leads from “%s” to “%s”."),
                   ent_graph_get_title (graph, from), ent_graph_get_title (graph, to));
      return NULL;
    }
  return g_steal_pointer (&paths);
}

int
ent_graph_count_shortest (EntGraph *graph,
                          gint32    from,
                          gint32    to,
                          guint64  *n_paths)
{
  guint n = ent_graph_get_n_nodes (graph), head = 0, tail = 0;
  g_autofree gint32 *steps = g_new (gint32, n);
  g_autofree gint32 *queue = g_new (gint32, n);
  g_autofree guint64 *count = g_new0 (guint64, n);

  for (guint i = 0; i < n; i++)
    steps[i] = -1;
  steps[from] = 0;
  count[from] = 1;
  queue[tail++] = from;
  while (head < tail && (steps[to] < 0 || steps[queue[head]] < steps[to]))
    {
      gint32 node = queue[head++];
      guint degree;
      const gint32 *neighbors = ent_graph_get_neighbors (graph, node, &degree, NULL);

      for (guint i = 0; i < degree; i++)
        {
          if (steps[neighbors[i]] < 0)
            {
              steps[neighbors[i]] = steps[node] + 1;
              queue[tail++] = neighbors[i];
            }
          if (steps[neighbors[i]] == steps[node] + 1)
            count[neighbors[i]] += count[node];
        }
    }
  if (n_paths != NULL)
    *n_paths = count[to];
  return steps[to];
}

static const char *
get_pair_kind (const EntGraph *graph,
               gint32          pair)
{
  guint n;
  const gint32 *links = ent_graph_get_pair_links (graph, pair, &n);
  const EntGraphLink *all = ent_graph_get_links (graph);
  gint32 best = links[0];

  for (guint i = 1; i < n; i++)
    if (all[links[i]].strength > all[best].strength)
      best = links[i];
  return ent_graph_get_kind_label (graph, all[best].kind);
}

char *
ent_path_explain (const EntPath  *self,
                  const EntGraph *graph)
{
  g_autoptr(GString) text = g_string_new (ent_graph_get_title (graph, g_array_index (self->nodes, gint32, 0)));
  g_autoptr(GString) product = g_string_new (NULL);

  for (guint i = 0; i < self->pairs->len; i++)
    {
      gint32 pair = g_array_index (self->pairs, gint32, i);
      const EntGraphPair *info = &ent_graph_get_pairs (graph)[pair];

      g_string_append_printf (text, " — %s → %s", get_pair_kind (graph, pair),
                              ent_graph_get_title (graph, g_array_index (self->nodes, gint32, i + 1)));
      g_string_append_printf (product, "%s%d %%", i > 0 ? " × " : "",
                              (int) lround (get_strength (info) * 100));
    }
  if (self->pairs->len > 0)
    g_string_append_printf (text, ". %s = %.3g %%", product->str, self->strength * 100);
  if (self->n_assumed > 0)
    g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE,
                                               " (%u step without a strength counts as %d %%)",
                                               " (%u steps without a strength count as %d %% each)",
                                               self->n_assumed),
                            self->n_assumed, ENT_STRENGTH_UNKNOWN);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
