/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph.h"

G_BEGIN_DECLS

#define ENT_NODE_OWN        (1 << 0)
#define ENT_NODE_COMPETITOR (1 << 1)

/** One node while a graph is being built. */
typedef struct
{
  EntKey      key;
  const char *title;                  /* copied */
  guint16     categories[ENT_N_FACETS];
  guint8      flags;
} EntGraphNode;

/** Nodes and links are added first, then ent_graph_builder_finish() makes the graph, which owns the rest. */
typedef struct _EntGraphBuilder EntGraphBuilder;

EntGraphBuilder *ent_graph_builder_new          (void);
void             ent_graph_builder_free         (EntGraphBuilder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntGraphBuilder, ent_graph_builder_free)
gint32           ent_graph_builder_add_node     (EntGraphBuilder    *self,
                                                 const EntGraphNode *node);
/** `pair` is filled in by finish. */
void             ent_graph_builder_add_link     (EntGraphBuilder    *self,
                                                 const EntGraphLink *link);
/** Finds or adds a category; 0 for an empty value. */
guint16          ent_graph_builder_category     (EntGraphBuilder *self,
                                                 EntFacet         facet,
                                                 const char      *value,
                                                 const char      *label,
                                                 int              rank,
                                                 EntTone          tone);
/** Finds or adds a kind of link. */
guint16          ent_graph_builder_kind         (EntGraphBuilder *self,
                                                 const char      *value,
                                                 const char      *label);
EntGraph        *ent_graph_builder_finish       (EntGraphBuilder *self); /* frees @self */

G_END_DECLS
