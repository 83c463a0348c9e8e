/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-layout.h"

G_BEGIN_DECLS

/* Room that a lone node takes up: half the distance to the next. */
#define ENT_LAYOUT_RADIUS 0.5f

/**
 * EntLayoutPart:
 *
 * One connected component while it is being laid out; nodes numbered from 0 in the order of a breadth-first
 * search, so that what is near in the graph is near in memory.
 */
typedef struct
{
  guint   n;
  gint32 *starts;     /* CSR, per node and one */
  gint32 *neighbors;
  gint32 *nodes;      /* of the whole graph */
  gint32 *community;  /* of each node */
  float  *x, *y;
  float  *radius;     /* room the node (and what is folded into it) takes up */
} EntLayoutPart;

EntLayoutPart *ent_layout_part_new  (guint          n,
                                     guint          n_ends);
void           ent_layout_part_free (EntLayoutPart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntLayoutPart, ent_layout_part_free)

/** Room for a node with so many neighbors. */
float          ent_layout_own_radius (guint degree);
/** A layout with the positions of @part, which holds every node of @graph. (transfer full) */
EntLayout     *ent_layout_new_from_part (EntGraph            *graph,
                                         const EntLayoutPart *part,
                                         guint                n_moved);

/** Sparse stress majorization from a PivotMDS start. Linked nodes come out about one unit apart. */
void           ent_layout_stress    (EntLayoutPart *part,
                                     GCancellable  *cancellable);
/** Scales to the room that the nodes need and pushes them apart until none overlap (much). */
void           ent_layout_spread    (EntLayoutPart *part,
                                     GCancellable  *cancellable);
/** Pushes overlapping nodes apart, @rounds times. @movable NULL: all; else one flag per node. */
void           ent_layout_separate  (EntLayoutPart  *part,
                                     const gboolean *movable,
                                     guint           rounds);
/** Turns the longest axis level and centers. */
void           ent_layout_level     (EntLayoutPart *part);

/** Takes nodes with one neighbor (and then once more) out of a part: the rest, with larger radii, and what
 * ent_layout_unfold() needs to put them around their neighbors. */
typedef struct _EntLayoutFold EntLayoutFold;

EntLayoutFold *ent_layout_fold      (EntLayoutPart  *part);
EntLayoutPart *ent_layout_fold_get_core (EntLayoutFold *self);
/** Writes the positions of the core and of what was folded into the part. Frees @self. */
void           ent_layout_unfold    (EntLayoutFold *self);

/** Places parts beside each other without overlap; the first stays in the middle. */
void           ent_layout_pack      (EntLayoutPart **parts,
                                     guint           n_parts);

G_END_DECLS
