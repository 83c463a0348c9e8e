/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph.h"

G_BEGIN_DECLS

/* The only door to igraph, for src/ecosystem/ only: plain arrays in and out, the same on igraph 0.10 and 1.0. */

/** A copy of a graph's pairs inside igraph; edge numbers are pair numbers. Used by the thread that made it,
 * while others wait for it to be freed: igraph serves one at a time. */
typedef struct _EntIgraph EntIgraph;

EntIgraph *ent_igraph_new  (const EntGraph *graph,
                            GCancellable   *cancellable,
                            GError        **error);
void       ent_igraph_free (EntIgraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntIgraph, ent_igraph_free)

/* Each fills @out, one value per node, and returns FALSE with @error set when it fails or is cancelled. */

/** @sources NULL: exact; else an estimate from these @n_sources nodes. */
gboolean ent_igraph_betweenness (EntIgraph     *self,
                                 const gint32  *sources,
                                 guint          n_sources,
                                 double        *out,
                                 GError       **error);
/** Distances to all reachable nodes: their number (without the node itself) and mean. */
gboolean ent_igraph_closeness   (EntIgraph *self,
                                 guint     *n_reached,
                                 double    *closeness,
                                 GError   **error);
/** @weights per pair, @reset per node: NULL for plain PageRank. */
gboolean ent_igraph_pagerank    (EntIgraph     *self,
                                 const double  *weights,
                                 const double  *reset,
                                 double        *out,
                                 GError       **error);
gboolean ent_igraph_core        (EntIgraph *self,
                                 double    *out,
                                 GError   **error);
gboolean ent_igraph_components  (EntIgraph *self,
                                 gint32    *membership,
                                 guint     *n_components,
                                 GError   **error);
/** Element-type gint32: nodes. (transfer full) */
GArray  *ent_igraph_cut_vertices (EntIgraph *self,
                                  GError   **error);
/** Element-type gint32: pairs. (transfer full) */
GArray  *ent_igraph_bridges     (EntIgraph *self,
                                 GError   **error);
gboolean ent_igraph_transitivity (EntIgraph *self,
                                  double    *out,
                                  GError   **error);
/** Leiden for modularity, from @n_starts fixed seeds, the best of which counts. The graph must have pairs. */
gboolean ent_igraph_communities (EntIgraph *self,
                                 guint      n_starts,
                                 gint32    *membership,
                                 guint     *n_communities,
                                 double    *modularity,
                                 GError   **error);
/** Up to @k loopless paths by rising sum of @weights; infinite weights are not used. Element-type GArray of
 * gint32: the pairs in order. (transfer full) */
GPtrArray *ent_igraph_paths     (EntIgraph     *self,
                                 const double  *weights,
                                 gint32         from,
                                 gint32         to,
                                 guint          k,
                                 GError       **error);

G_END_DECLS
