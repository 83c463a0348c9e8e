/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph.h"

G_BEGIN_DECLS

/**
 * EntLayout:
 *
 * Where each node of a graph is drawn: flat arrays of x and y, y down. One unit is about the length of a link
 * between two quiet nodes, and no two nodes are closer than about half a unit. Immutable and reference counted;
 * the same graph gives the same layout on every machine of a kind, since it depends on titles and keys of
 * nothing, only on the order of nodes and pairs.
 */
typedef struct _EntLayout EntLayout;

/** What is known from the last time: positions of some nodes. */
typedef struct
{
  const float    *x, *y;  /* one per node of the new graph */
  const gboolean *known;  /* which of them count */
} EntLayoutHints;

/** Lays out the whole graph; blocks. NULL only when cancelled. (transfer full) */
EntLayout   *ent_layout_new        (EntGraph              *graph,
                                    GCancellable          *cancellable,
                                    GError               **error);
/** Keeps known positions: new nodes settle beside their neighbors, and only what is near them gives way. A graph
 * of which less than half is known is laid out anew. (transfer full) */
EntLayout   *ent_layout_new_from   (EntGraph              *graph,
                                    const EntLayoutHints  *hints,
                                    GCancellable          *cancellable,
                                    GError               **error);
/** The same with one node put somewhere by hand; its surroundings make room. (transfer full) */
EntLayout   *ent_layout_move       (EntLayout *self,
                                    gint32     node,
                                    float      x,
                                    float      y);
EntLayout   *ent_layout_ref        (EntLayout *self);
void         ent_layout_unref      (EntLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntLayout, ent_layout_unref)

EntGraph    *ent_layout_get_graph  (EntLayout *self);
const float *ent_layout_get_x      (const EntLayout *self);
const float *ent_layout_get_y      (const EntLayout *self);
/** The smallest rectangle that holds every node; zero for an empty graph. */
void         ent_layout_get_bounds (const EntLayout *self,
                                    double          *x,
                                    double          *y,
                                    double          *width,
                                    double          *height);
/** How many nodes were moved against the hints (all, without hints). */
guint        ent_layout_get_n_moved (const EntLayout *self);

/** How well a layout shows its graph. */
typedef struct
{
  double stress;        /* mean of ((s e - d) / d)^2 with the best s, over sampled pairs; lower is better */
  double neighborhood;  /* Jaccard of linked and of nearest nodes; higher is better */
  double nearest_5;     /* 5th percentile of the distance to the nearest node / sqrt (area / n) */
} EntLayoutQuality;

/** Samples from a fixed seed; O(n) per sample, for tests and benchmarks. */
void         ent_layout_get_quality (EntLayout        *self,
                                     EntLayoutQuality *quality);

/* --- Kept in the workspace ---------------------------------------------------------------------------- */

/** The layout of @graph from the positions kept in @store; lays out what is missing. (transfer full) */
EntLayout   *ent_layout_restore    (EntGraph      *graph,
                                    EntStore      *store,
                                    GCancellable  *cancellable,
                                    GError       **error);
/** Keeps the positions. Not a change of the workspace: neither journaled nor synced. */
gboolean     ent_layout_save       (EntLayout     *self,
                                    EntStore      *store,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
