/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-igraph.h"

#include "ecosystem/ent-graph-measures.h"

/* Its headers look at macros without asking whether they are there. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wundef"
#include <igraph.h>
#pragma GCC diagnostic pop
#include <math.h>

#if IGRAPH_VERSION_MAJOR >= 1
typedef igraph_int_t Int;
#else
typedef igraph_integer_t Int;
#endif

#define DAMPING 0.85
#define TURN_WAIT_US 2000

struct _EntIgraph
{
  igraph_t      graph;
  gboolean      is_made;
  GCancellable *cancellable;
  guint         n_nodes;
};

/* igraph asks a handler whether to go on. */
static GPrivate current_cancellable = G_PRIVATE_INIT (NULL);

/* igraph as distributions build it (IGRAPH_THREAD_SAFE 0) keeps its handlers, its list of what to free and its random
 * numbers once for all threads: one thread at a time has a graph in it. */
static GRecMutex turn;

static gboolean
take_turn (GCancellable *cancellable,
           GError      **error)
{
  while (!g_rec_mutex_trylock (&turn))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep (TURN_WAIT_US);
    }
  return TRUE;
}

#if IGRAPH_VERSION_MAJOR >= 1
static igraph_bool_t
is_interrupted (void)
{
  return g_cancellable_is_cancelled (g_private_get (&current_cancellable));
}
#else
static igraph_error_t
is_interrupted (void *data)
{
  if (!g_cancellable_is_cancelled (g_private_get (&current_cancellable)))
    return IGRAPH_SUCCESS;
  IGRAPH_FINALLY_FREE ();
  return IGRAPH_INTERRUPTED;
}
#endif

static void
enter (EntIgraph *self)
{
  igraph_set_error_handler (igraph_error_handler_ignore);
  igraph_set_warning_handler (igraph_warning_handler_ignore);
  igraph_set_interruption_handler (is_interrupted);
  g_private_set (&current_cancellable, self->cancellable);
}

static gboolean
leave (EntIgraph       *self,
       igraph_error_t   code,
       GError         **error)
{
  g_private_set (&current_cancellable, NULL);
  if (code == IGRAPH_SUCCESS)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
    g_set_error (error, ENT_GRAPH_ERROR, ENT_GRAPH_ERROR_FAILED,
                 "The graph could not be analyzed: %s", igraph_strerror (code));
  return FALSE;
}

EntIgraph *
ent_igraph_new (const EntGraph *graph,
                GCancellable   *cancellable,
                GError        **error)
{
  guint n_pairs = ent_graph_get_n_pairs (graph);
  const EntGraphPair *pairs = ent_graph_get_pairs (graph);
  g_autoptr(EntIgraph) self = NULL;
  igraph_vector_int_t edges;
  igraph_error_t code;

  if (!take_turn (cancellable, error))
    return NULL;
  self = g_new0 (EntIgraph, 1);
#if IGRAPH_VERSION_MAJOR >= 1
  igraph_setup ();
#endif
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  enter (self);
  code = igraph_vector_int_init (&edges, 2 * (Int) n_pairs);
  if (code == IGRAPH_SUCCESS)
    {
      for (guint i = 0; i < n_pairs; i++)
        {
          VECTOR (edges)[2 * i] = pairs[i].a;
          VECTOR (edges)[2 * i + 1] = pairs[i].b;
        }
      code = igraph_create (&self->graph, &edges, ent_graph_get_n_nodes (graph), IGRAPH_UNDIRECTED);
      igraph_vector_int_destroy (&edges);
    }
  if (!leave (self, code, error))
    return NULL;
  self->is_made = TRUE;
  self->n_nodes = ent_graph_get_n_nodes (graph);
  return g_steal_pointer (&self);
}

void
ent_igraph_free (EntIgraph *self)
{
  if (self->is_made)
    igraph_destroy (&self->graph);
  g_rec_mutex_unlock (&turn);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static void
copy_out (const igraph_vector_t *vector,
          double                *out)
{
  for (Int i = 0; i < igraph_vector_size (vector); i++)
    out[i] = VECTOR (*vector)[i];
}

static GArray *
copy_ints (const igraph_vector_int_t *vector)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (Int i = 0; i < igraph_vector_int_size (vector); i++)
    {
      gint32 value = (gint32) VECTOR (*vector)[i];

      g_array_append_val (array, value);
    }
  return array;
}

static void
fill (igraph_vector_t *vector,
      const double    *values)
{
  for (Int i = 0; i < igraph_vector_size (vector); i++)
    VECTOR (*vector)[i] = values[i];
}

/* --- Centrality --------------------------------------------------------------------------------------- */

static igraph_error_t
betweenness_exact (EntIgraph       *self,
                   igraph_vector_t *result)
{
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_betweenness (&self->graph, NULL, result, igraph_vss_all (), FALSE, FALSE);
#else
  return igraph_betweenness (&self->graph, result, igraph_vss_all (), FALSE, NULL);
#endif
}

static igraph_error_t
betweenness_from (EntIgraph                 *self,
                  const igraph_vector_int_t *sources,
                  igraph_vector_t           *result)
{
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_betweenness_subset (&self->graph, NULL, result, igraph_vss_vector (sources),
                                    igraph_vss_all (), igraph_vss_all (), FALSE, FALSE);
#else
  return igraph_betweenness_subset (&self->graph, result, igraph_vss_all (), FALSE,
                                    igraph_vss_vector (sources), igraph_vss_all (), NULL);
#endif
}

static gboolean
estimate_betweenness (EntIgraph        *self,
                      const gint32     *sources,
                      guint             n_sources,
                      igraph_vector_t  *result,
                      GError          **error)
{
  igraph_vector_int_t chosen;
  igraph_error_t code;

  enter (self);
  code = igraph_vector_int_init (&chosen, n_sources);
  if (code == IGRAPH_SUCCESS)
    {
      for (guint i = 0; i < n_sources; i++)
        VECTOR (chosen)[i] = sources[i];
      code = betweenness_from (self, &chosen, result);
      igraph_vector_int_destroy (&chosen);
    }
  if (!leave (self, code, error))
    return FALSE;
  igraph_vector_scale (result, (double) self->n_nodes / n_sources);
  return TRUE;
}

gboolean
ent_igraph_betweenness (EntIgraph     *self,
                        const gint32  *sources,
                        guint          n_sources,
                        double        *out,
                        GError       **error)
{
  igraph_vector_t result;
  gboolean done;

  igraph_vector_init (&result, 0);
  if (sources != NULL)
    done = estimate_betweenness (self, sources, n_sources, &result, error);
  else
    {
      enter (self);
      done = leave (self, betweenness_exact (self, &result), error);
    }
  if (done)
    copy_out (&result, out);
  igraph_vector_destroy (&result);
  return done;
}

gboolean
ent_igraph_closeness (EntIgraph *self,
                      guint     *n_reached,
                      double    *closeness,
                      GError   **error)
{
  igraph_vector_t result;
  igraph_vector_int_t reached;
  gboolean done;

  igraph_vector_init (&result, 0);
  igraph_vector_int_init (&reached, 0);
  enter (self);
  done = leave (self, igraph_closeness (&self->graph, &result, &reached, NULL, igraph_vss_all (),
                                        IGRAPH_ALL, NULL, TRUE), error);
  for (guint i = 0; done && i < self->n_nodes; i++)
    {
      n_reached[i] = (guint) VECTOR (reached)[i];
      closeness[i] = isnan (VECTOR (result)[i]) ? 0 : VECTOR (result)[i];
    }
  igraph_vector_destroy (&result);
  igraph_vector_int_destroy (&reached);
  return done;
}

static igraph_error_t
pagerank (EntIgraph             *self,
          const igraph_vector_t *weights,
          const igraph_vector_t *reset,
          igraph_vector_t       *result)
{
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_personalized_pagerank (&self->graph, weights, result, NULL, reset, DAMPING, FALSE,
                                       igraph_vss_all (), IGRAPH_PAGERANK_ALGO_PRPACK, NULL);
#else
  return igraph_personalized_pagerank (&self->graph, IGRAPH_PAGERANK_ALGO_PRPACK, result, NULL,
                                       igraph_vss_all (), FALSE, DAMPING, reset, weights, NULL);
#endif
}

gboolean
ent_igraph_pagerank (EntIgraph     *self,
                     const double  *weights,
                     const double  *reset,
                     double        *out,
                     GError       **error)
{
  igraph_vector_t result, weight_vector, reset_vector;
  gboolean done;

  igraph_vector_init (&result, 0);
  igraph_vector_init (&weight_vector, weights != NULL ? igraph_ecount (&self->graph) : 0);
  igraph_vector_init (&reset_vector, reset != NULL ? self->n_nodes : 0);
  fill (&weight_vector, weights);
  fill (&reset_vector, reset);
  enter (self);
  done = leave (self, pagerank (self, weights != NULL ? &weight_vector : NULL,
                                reset != NULL ? &reset_vector : NULL, &result), error);
  if (done)
    copy_out (&result, out);
  igraph_vector_destroy (&result);
  igraph_vector_destroy (&weight_vector);
  igraph_vector_destroy (&reset_vector);
  return done;
}

gboolean
ent_igraph_core (EntIgraph *self,
                 double    *out,
                 GError   **error)
{
  igraph_vector_int_t result;
  gboolean done;

  igraph_vector_int_init (&result, 0);
  enter (self);
  done = leave (self, igraph_coreness (&self->graph, &result, IGRAPH_ALL), error);
  for (guint i = 0; done && i < self->n_nodes; i++)
    out[i] = (double) VECTOR (result)[i];
  igraph_vector_int_destroy (&result);
  return done;
}

/* --- Structure ---------------------------------------------------------------------------------------- */

gboolean
ent_igraph_components (EntIgraph *self,
                       gint32    *membership,
                       guint     *n_components,
                       GError   **error)
{
  igraph_vector_int_t result;
  Int count = 0;
  gboolean done;

  igraph_vector_int_init (&result, 0);
  enter (self);
  done = leave (self, igraph_connected_components (&self->graph, &result, NULL, &count,
                                                   IGRAPH_WEAK), error);
  for (guint i = 0; done && membership != NULL && i < self->n_nodes; i++)
    membership[i] = (gint32) VECTOR (result)[i];
  *n_components = (guint) count;
  igraph_vector_int_destroy (&result);
  return done;
}

GArray *
ent_igraph_cut_vertices (EntIgraph *self,
                         GError   **error)
{
  igraph_vector_int_t result;
  GArray *array = NULL;

  igraph_vector_int_init (&result, 0);
  enter (self);
  if (leave (self, igraph_articulation_points (&self->graph, &result), error))
    array = copy_ints (&result);
  igraph_vector_int_destroy (&result);
  return array;
}

GArray *
ent_igraph_bridges (EntIgraph *self,
                    GError   **error)
{
  igraph_vector_int_t result;
  GArray *array = NULL;

  igraph_vector_int_init (&result, 0);
  enter (self);
  if (leave (self, igraph_bridges (&self->graph, &result), error))
    array = copy_ints (&result);
  igraph_vector_int_destroy (&result);
  return array;
}

gboolean
ent_igraph_transitivity (EntIgraph *self,
                         double    *out,
                         GError   **error)
{
  enter (self);
  return leave (self, igraph_transitivity_undirected (&self->graph, out, IGRAPH_TRANSITIVITY_ZERO),
                error);
}

/* Leiden works on any quality of the form sum of w - r * n_i * n_j; with node weights of the degree and
 * r = 1 / 2m that is modularity. */
static igraph_error_t
leiden (EntIgraph           *self,
        igraph_vector_int_t *membership,
        Int                 *n)
{
#if IGRAPH_VERSION_MAJOR >= 1
  return igraph_community_leiden_simple (&self->graph, NULL, IGRAPH_LEIDEN_OBJECTIVE_MODULARITY, 1,
                                         0.01, FALSE, -1, membership, n, NULL);
#else
  igraph_vector_t degrees;
  double resolution = 0.5 / MAX (1, igraph_ecount (&self->graph));
  igraph_error_t code = igraph_vector_init (&degrees, 0);

  if (code == IGRAPH_SUCCESS)
    code = igraph_strength (&self->graph, &degrees, igraph_vss_all (), IGRAPH_ALL, TRUE, NULL);
  if (code == IGRAPH_SUCCESS)
    code = igraph_community_leiden (&self->graph, NULL, &degrees, resolution, 0.01, FALSE, -1,
                                    membership, n, NULL);
  igraph_vector_destroy (&degrees);
  return code;
#endif
}

gboolean
ent_igraph_communities (EntIgraph *self,
                        guint      n_starts,
                        gint32    *membership,
                        guint     *n_communities,
                        double    *modularity,
                        GError   **error)
{
  igraph_vector_int_t result;
  gboolean done = TRUE;
  double best = -2;

  igraph_vector_int_init (&result, 0);
  for (guint start = 0; done && start < n_starts; start++)
    {
      Int count = 0;
      double quality = 0;

      enter (self);
      igraph_rng_seed (igraph_rng_default (), 42 + start);
      done = leave (self, leiden (self, &result, &count), error)
             && leave (self, igraph_modularity (&self->graph, &result, NULL, 1, FALSE, &quality), error);
      if (!done || quality <= best)
        continue;
      best = quality;
      *n_communities = (guint) count;
      for (guint i = 0; i < self->n_nodes; i++)
        membership[i] = (gint32) VECTOR (result)[i];
    }
  *modularity = best;
  igraph_vector_int_destroy (&result);
  return done;
}

/* --- Paths -------------------------------------------------------------------------------------------- */

GPtrArray *
ent_igraph_paths (EntIgraph     *self,
                  const double  *weights,
                  gint32         from,
                  gint32         to,
                  guint          k,
                  GError       **error)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  igraph_vector_int_list_t result;
  igraph_vector_t weight_vector;
  gboolean done;

  igraph_vector_int_list_init (&result, 0);
  igraph_vector_init (&weight_vector, igraph_ecount (&self->graph));
  fill (&weight_vector, weights);
  enter (self);
  done = leave (self, igraph_get_k_shortest_paths (&self->graph, &weight_vector, NULL, &result, k,
                                                   from, to, IGRAPH_ALL), error);
  for (Int i = 0; done && i < igraph_vector_int_list_size (&result); i++)
    g_ptr_array_add (paths, copy_ints (igraph_vector_int_list_get_ptr (&result, i)));
  igraph_vector_int_list_destroy (&result);
  igraph_vector_destroy (&weight_vector);
  if (!done)
    g_clear_pointer (&paths, g_ptr_array_unref);
  return paths;
}
