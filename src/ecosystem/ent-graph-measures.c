/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-measures.h"

#include "ecosystem/ent-igraph.h"

#include <math.h>
#include <string.h>

/* Sources of the betweenness estimate; rank correlation with the exact values is above 0.95 in the bench. */
#define N_SOURCES 384

struct _EntGraphMeasures
{
  gatomicrefcount ref_count;
  EntGraph       *graph;
  double         *values[ENT_N_MEASURES];
  guint           estimates;
  guint           n_communities;
  double          modularity;
};

G_DEFINE_QUARK (ent-graph-error-quark, ent_graph_error)

static guint
measure_index (EntMeasure measure)
{
  return (guint) g_bit_nth_lsf (measure, -1);
}

static double *
take_place (EntGraphMeasures *self,
            EntMeasure        measure)
{
  return self->values[measure_index (measure)] = g_new0 (double, ent_graph_get_n_nodes (self->graph) + 1);
}

static double
pair_weight (const EntGraphPair *pair)
{
  return (pair->strength < 0 ? ENT_STRENGTH_UNKNOWN : pair->strength) / 100.0;
}

/* --- The whole graph ---------------------------------------------------------------------------------- */

static guint
find_largest (const gint32 *membership,
              guint         n_nodes,
              guint         n_components)
{
  g_autofree guint *sizes = g_new0 (guint, n_components + 1);
  guint largest = 0;

  for (guint i = 0; i < n_nodes; i++)
    {
      guint size = ++sizes[membership[i]];

      largest = MAX (largest, size);
    }
  return largest;
}

gboolean
ent_graph_get_stats (EntGraph       *graph,
                     EntGraphStats  *stats,
                     GCancellable   *cancellable,
                     GError        **error)
{
  guint n = ent_graph_get_n_nodes (graph);
  g_autoptr(EntIgraph) igraph = ent_igraph_new (graph, cancellable, error);
  g_autofree gint32 *membership = g_new0 (gint32, n + 1);
  g_autoptr(GArray) cuts = NULL;
  g_autoptr(GArray) bridges = NULL;

  memset (stats, 0, sizeof *stats);
  if (igraph == NULL
      || !ent_igraph_components (igraph, membership, &stats->components, error)
      || (cuts = ent_igraph_cut_vertices (igraph, error)) == NULL
      || (bridges = ent_igraph_bridges (igraph, error)) == NULL
      || !ent_igraph_transitivity (igraph, &stats->transitivity, error))
    return FALSE;
  stats->nodes = n;
  stats->links = ent_graph_get_n_links (graph);
  stats->edges = ent_graph_get_n_pairs (graph);
  stats->largest_component = find_largest (membership, n, stats->components);
  stats->cut_vertices = cuts->len;
  stats->bridges = bridges->len;
  for (guint i = 0; i < n; i++)
    stats->isolated += ent_graph_get_degree (graph, i) == 0;
  stats->density = n > 1 ? 2.0 * stats->edges / ((double) n * (n - 1)) : 0;
  stats->mean_degree = n > 0 ? 2.0 * stats->edges / n : 0;
  return TRUE;
}

/* --- Per node ----------------------------------------------------------------------------------------- */

static void
measure_degree (EntGraphMeasures *self)
{
  double *out = take_place (self, ENT_MEASURE_DEGREE);

  for (guint i = 0; i < ent_graph_get_n_nodes (self->graph); i++)
    out[i] = ent_graph_get_degree (self->graph, i);
}

static void
measure_strength (EntGraphMeasures *self)
{
  double *out = take_place (self, ENT_MEASURE_STRENGTH);
  const EntGraphPair *pairs = ent_graph_get_pairs (self->graph);

  for (guint i = 0; i < ent_graph_get_n_pairs (self->graph); i++)
    {
      out[pairs[i].a] += pair_weight (&pairs[i]);
      out[pairs[i].b] += pair_weight (&pairs[i]);
    }
}

/* Every so many-th node is a source: spread over types and age, and the same each time. */
static gboolean
measure_betweenness (EntGraphMeasures *self,
                     EntIgraph        *igraph,
                     GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_BETWEENNESS);
  guint n = ent_graph_get_n_nodes (self->graph);
  gint32 sources[N_SOURCES];

  if (n <= ENT_BETWEENNESS_EXACT)
    return ent_igraph_betweenness (igraph, NULL, 0, out, error);
  self->estimates |= ENT_MEASURE_BETWEENNESS;
  for (guint i = 0; i < N_SOURCES; i++)
    sources[i] = (gint32) ((guint64) i * n / N_SOURCES);
  return ent_igraph_betweenness (igraph, sources, N_SOURCES, out, error);
}

/* Wasserman and Faust, Social Network Analysis (1994), formula 5.22: closeness within what is reached, times
 * the share of all others that is reached. */
static gboolean
measure_closeness (EntGraphMeasures *self,
                   EntIgraph        *igraph,
                   GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_CLOSENESS);
  guint n = ent_graph_get_n_nodes (self->graph);
  g_autofree guint *reached = g_new0 (guint, n + 1);

  if (!ent_igraph_closeness (igraph, reached, out, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    out[i] *= n > 1 ? reached[i] / (n - 1.0) : 0;
  return TRUE;
}

static gboolean
measure_cut (EntGraphMeasures *self,
             EntIgraph        *igraph,
             GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_CUT);
  g_autoptr(GArray) cuts = ent_igraph_cut_vertices (igraph, error);

  for (guint i = 0; cuts != NULL && i < cuts->len; i++)
    out[g_array_index (cuts, gint32, i)] = 1;
  return cuts != NULL;
}

static int
compare_falling (gconstpointer a,
                 gconstpointer b,
                 gpointer      sizes)
{
  guint one = *(const guint *) a, two = *(const guint *) b;
  const guint *size = sizes;

  if (size[one] != size[two])
    return size[one] > size[two] ? -1 : 1;
  return one < two ? -1 : one > two;
}

static gboolean
measure_component (EntGraphMeasures *self,
                   EntIgraph        *igraph,
                   GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_COMPONENT);
  guint n = ent_graph_get_n_nodes (self->graph), count;
  g_autofree gint32 *membership = g_new0 (gint32, n + 1);
  g_autofree guint *sizes = NULL, *order = NULL, *rank = NULL;

  if (!ent_igraph_components (igraph, membership, &count, error))
    return FALSE;
  sizes = g_new0 (guint, count + 1);
  order = g_new0 (guint, count + 1);
  rank = g_new0 (guint, count + 1);
  for (guint i = 0; i < n; i++)
    sizes[membership[i]]++;
  for (guint i = 0; i < count; i++)
    order[i] = i;
  g_sort_array (order, count, sizeof (guint), compare_falling, sizes);
  for (guint i = 0; i < count; i++)
    rank[order[i]] = i;
  for (guint i = 0; i < n; i++)
    out[i] = rank[membership[i]];
  return TRUE;
}

static double
find_maximum (const double *values,
              guint         n)
{
  double maximum = 0;

  for (guint i = 0; i < n; i++)
    maximum = MAX (maximum, values[i]);
  return maximum > 0 ? maximum : 1;
}

/* Half weighted degree, half PageRank over strengths that starts again at the company itself when it is on the
 * map; each as a share of the highest. */
static gboolean
measure_influence (EntGraphMeasures *self,
                   EntIgraph        *igraph,
                   GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_INFLUENCE);
  const double *strength = self->values[measure_index (ENT_MEASURE_STRENGTH)];
  guint n = ent_graph_get_n_nodes (self->graph), n_pairs = ent_graph_get_n_pairs (self->graph);
  g_autofree double *weights = g_new (double, n_pairs + 1);
  g_autofree double *reset = g_new0 (double, n + 1);
  g_autofree double *rank = g_new0 (double, n + 1);
  double strength_max = find_maximum (strength, n), rank_max;
  gboolean has_own = FALSE;

  for (guint i = 0; i < n_pairs; i++)
    weights[i] = MAX (0.01, pair_weight (&ent_graph_get_pairs (self->graph)[i]));
  for (guint i = 0; i < n; i++)
    {
      reset[i] = ent_graph_is_own (self->graph, i);
      has_own |= reset[i] > 0;
    }
  if (n > 0 && !ent_igraph_pagerank (igraph, weights, has_own ? reset : NULL, rank, error))
    return FALSE;
  rank_max = find_maximum (rank, n);
  for (guint i = 0; i < n; i++)
    out[i] = 50 * strength[i] / strength_max + 50 * rank[i] / rank_max;
  return TRUE;
}

static gboolean
measure_communities (EntGraphMeasures *self,
                     GCancellable     *cancellable,
                     GError          **error)
{
  double *out = take_place (self, ENT_MEASURE_COMMUNITY);
  g_autoptr(EntCommunities) found = ent_graph_find_communities (self->graph, cancellable, error);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->membership->len; i++)
    out[i] = g_array_index (found->membership, gint32, i);
  self->n_communities = found->communities->len;
  self->modularity = found->modularity;
  return TRUE;
}

static gboolean
measure_all (EntGraphMeasures *self,
             EntMeasure        measures,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr(EntIgraph) igraph = ent_igraph_new (self->graph, cancellable, error);

  if (igraph == NULL)
    return FALSE;
  if (measures & ENT_MEASURE_DEGREE)
    measure_degree (self);
  if (measures & (ENT_MEASURE_STRENGTH | ENT_MEASURE_INFLUENCE))
    measure_strength (self);
  return (!(measures & ENT_MEASURE_BETWEENNESS) || measure_betweenness (self, igraph, error))
         && (!(measures & ENT_MEASURE_PAGERANK)
             || ent_igraph_pagerank (igraph, NULL, NULL, take_place (self, ENT_MEASURE_PAGERANK), error))
         && (!(measures & ENT_MEASURE_CLOSENESS) || measure_closeness (self, igraph, error))
         && (!(measures & ENT_MEASURE_CORE)
             || ent_igraph_core (igraph, take_place (self, ENT_MEASURE_CORE), error))
         && (!(measures & ENT_MEASURE_CUT) || measure_cut (self, igraph, error))
         && (!(measures & ENT_MEASURE_COMPONENT) || measure_component (self, igraph, error))
         && (!(measures & ENT_MEASURE_INFLUENCE) || measure_influence (self, igraph, error))
         && (!(measures & ENT_MEASURE_COMMUNITY) || measure_communities (self, cancellable, error));
}

EntGraphMeasures *
ent_graph_measure (EntGraph      *graph,
                   EntMeasure     measures,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(EntGraphMeasures) self = g_new0 (EntGraphMeasures, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->graph = ent_graph_ref (graph);
  if (!measure_all (self, measures, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

EntGraphMeasures *
ent_graph_measures_ref (EntGraphMeasures *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_graph_measures_unref (EntGraphMeasures *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < ENT_N_MEASURES; i++)
    g_free (self->values[i]);
  ent_graph_unref (self->graph);
  g_free (self);
}

EntGraph *
ent_graph_measures_get_graph (EntGraphMeasures *self)
{
  return self->graph;
}

const double *
ent_graph_measures_get (const EntGraphMeasures *self,
                        EntMeasure              measure)
{
  return self->values[measure_index (measure)];
}

gboolean
ent_graph_measures_is_estimate (const EntGraphMeasures *self,
                                EntMeasure              measure)
{
  return (self->estimates & measure) != 0;
}

typedef struct
{
  const EntGraph *graph;
  const double   *values;
} Ranking;

static int
compare_by_value (gconstpointer a,
                  gconstpointer b,
                  gpointer      data)
{
  const Ranking *ranking = data;
  gint32 one = *(const gint32 *) a, two = *(const gint32 *) b;
  int order;

  if (ranking->values[one] != ranking->values[two])
    return ranking->values[one] > ranking->values[two] ? -1 : 1;
  order = strcmp (ent_graph_get_title (ranking->graph, one), ent_graph_get_title (ranking->graph, two));
  return order != 0 ? order : one < two ? -1 : one > two;
}

gint32 *
ent_graph_measures_rank (const EntGraphMeasures *self,
                         EntMeasure              measure,
                         guint                   limit,
                         guint                  *n)
{
  Ranking ranking = { self->graph, ent_graph_measures_get (self, measure) };
  guint n_nodes = ent_graph_get_n_nodes (self->graph);
  gint32 *nodes = g_new (gint32, n_nodes + 1);

  g_return_val_if_fail (ranking.values != NULL, nodes);
  for (guint i = 0; i < n_nodes; i++)
    nodes[i] = i;
  g_sort_array (nodes, n_nodes, sizeof (gint32), compare_by_value, &ranking);
  *n = MIN (limit, n_nodes);
  return nodes;
}

guint
ent_graph_measures_get_rank (const EntGraphMeasures *self,
                             EntMeasure              measure,
                             gint32                  node)
{
  const double *values = ent_graph_measures_get (self, measure);
  guint rank = 1;

  g_return_val_if_fail (values != NULL, 0);
  for (guint i = 0; i < ent_graph_get_n_nodes (self->graph); i++)
    rank += values[i] > values[node];
  return rank;
}

guint
ent_graph_measures_get_n_communities (const EntGraphMeasures *self)
{
  return self->n_communities;
}

double
ent_graph_measures_get_modularity (const EntGraphMeasures *self)
{
  return self->modularity;
}
