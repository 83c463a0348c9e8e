/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-query.h"

G_BEGIN_DECLS

/**
 * EntGraph:
 *
 * The ecosystem at one moment, in flat arrays: the records that links join, and the links. Immutable and
 * reference counted, so any thread may read it. No object per node: a node is its index, `gint32`.
 *
 * Two views of the same links: `links`, one per link record, and `pairs`, the simple undirected graph that
 * every measure works on: parallel links are one pair, a link of a record with itself is none.
 */
typedef struct _EntGraph EntGraph;

/** What nodes can be told apart by. Each node has one category of each facet; 0 is "none". */
typedef enum
{
  ENT_FACET_RECORD_TYPE,
  ENT_FACET_LEVEL,
  ENT_FACET_PARTNER_TYPE,
  ENT_FACET_LIFECYCLE,
  ENT_FACET_REGION,
  ENT_N_FACETS,
} EntFacet;

/** One value of a facet. Category 0 has value "" and stands for records without one. */
typedef struct
{
  char   *value;   /* as stored; of levels the title */
  char   *label;   /* for people */
  int     rank;    /* of levels, from the top: 1 the highest; else 0 */
  EntTone tone;
  guint   n_nodes;
} EntCategory;

/** One link record. */
typedef struct
{
  EntKey  key;      /* of the link; 0: a reference field */
  gint32  from, to; /* nodes */
  gint32  pair;     /* -1: a link of a record with itself */
  guint16 kind;     /* see ent_graph_get_kind_label() */
  gint16  strength; /* 0..100; -1 not known */
} EntGraphLink;

/** Two nodes that at least one link joins, a < b. Pairs are in ascending order. */
typedef struct
{
  gint32 a, b;
  gint16 strength; /* the strongest of the links; -1 not known */
  guint16 n_links;
} EntGraphPair;

typedef struct
{
  const char *filter;            /* filter text on organizations; records of other types stay when they are
                                    linked to an organization that passes. NULL: all */
  gint64      at;                /* microseconds UTC: the map of that moment; 0: now */
  gboolean    include_isolated;  /* organizations and persons without links as well */
  gboolean    include_references; /* reference fields (parent, employer, provider, …) as links too */
} EntGraphOptions;

/** Reads live links and what they join. @options NULL: all defaults. Blocks: call it in a job. (transfer full) */
EntGraph     *ent_graph_new_from_store   (EntStore               *store,
                                          const EntGraphOptions  *options,
                                          GCancellable           *cancellable,
                                          GError                **error);
/** For tests and benchmarks: @ends holds two node indexes per link. @titles, @strengths: NULL or one per node,
 * per link. Keys are 1, 2, 3 …. (transfer full) */
EntGraph     *ent_graph_new_from_edges   (guint                   n_nodes,
                                          const char * const     *titles,
                                          const gint32           *ends,
                                          gsize                   n_links,
                                          const gint16           *strengths);
EntGraph     *ent_graph_ref              (EntGraph *self);
void          ent_graph_unref            (EntGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntGraph, ent_graph_unref)

guint         ent_graph_get_n_nodes      (const EntGraph *self);
guint         ent_graph_get_n_links      (const EntGraph *self);
guint         ent_graph_get_n_pairs      (const EntGraph *self);
const EntGraphLink *ent_graph_get_links  (const EntGraph *self);
const EntGraphPair *ent_graph_get_pairs  (const EntGraph *self);

EntKey        ent_graph_get_key          (const EntGraph *self,
                                          gint32          node);
/** -1: not part of the graph. */
gint32        ent_graph_find             (const EntGraph *self,
                                          EntKey          key);
/** (transfer none) */
const char   *ent_graph_get_title        (const EntGraph *self,
                                          gint32          node);
/** Neighbors in ascending order; @pairs (may be NULL) gets the pair that leads to each. (transfer none) */
const gint32 *ent_graph_get_neighbors    (const EntGraph  *self,
                                          gint32           node,
                                          guint           *n,
                                          const gint32   **pairs);
/** In how many pairs the node is. */
guint         ent_graph_get_degree       (const EntGraph *self,
                                          gint32          node);
/** The pair of two nodes, or -1. */
gint32        ent_graph_find_pair        (const EntGraph *self,
                                          gint32          a,
                                          gint32          b);
/** The links of a pair: @n of them, as indexes into ent_graph_get_links(). (transfer none) */
const gint32 *ent_graph_get_pair_links   (const EntGraph *self,
                                          gint32          pair,
                                          guint          *n);

guint         ent_graph_get_category     (const EntGraph *self,
                                          EntFacet        facet,
                                          gint32          node);
/** Categories of a facet by index, 0 first. (transfer none) */
const EntCategory *ent_graph_get_categories (const EntGraph *self,
                                             EntFacet        facet,
                                             guint          *n);
/** Translated: "Level", "Record type". (transfer none) */
const char   *ent_facet_get_label        (EntFacet facet);
/** From a field's name, "level", "type", "partner_type", "lifecycle", "region"; FALSE if it is none. */
gboolean      ent_facet_from_name        (const char *name,
                                          EntFacet   *facet);

/** The words for a link kind, seen from its beginning: "resells". (transfer none) */
const char   *ent_graph_get_kind_label   (const EntGraph *self,
                                          guint           kind);
const char   *ent_graph_get_kind_value   (const EntGraph *self,
                                          guint           kind);
guint         ent_graph_get_n_kinds      (const EntGraph *self);

/** Whether the node is one of the company's own organizations (role `own`). */
gboolean      ent_graph_is_own           (const EntGraph *self,
                                          gint32          node);
gboolean      ent_graph_is_competitor    (const EntGraph *self,
                                          gint32          node);

G_END_DECLS
