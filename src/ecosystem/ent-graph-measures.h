/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph.h"

G_BEGIN_DECLS

/* Everything here works on the simple undirected graph (the pairs) and gives the figures that networkx
 * gives. Functions block: call them in a job. Results are the same for the same graph, always. */

#define ENT_GRAPH_ERROR (ent_graph_error_quark ())
GQuark ent_graph_error_quark (void);

typedef enum
{
  ENT_GRAPH_ERROR_FAILED,
  ENT_GRAPH_ERROR_NO_PATH,
  ENT_GRAPH_ERROR_NOT_LINKED, /* the record has no links, so it is not part of the graph */
  ENT_GRAPH_ERROR_NO_FIELD,
} EntGraphErrorCode;

/* --- The whole graph --------------------------------------------------------------------------------- */

typedef struct
{
  guint  nodes;
  guint  links;             /* link records, parallel ones and self-links included */
  guint  edges;             /* pairs */
  guint  components;
  guint  largest_component; /* nodes in it */
  guint  cut_vertices;      /* nodes whose loss would break their component apart */
  guint  bridges;           /* pairs whose loss would */
  guint  isolated;          /* nodes without a pair */
  double density;           /* pairs of all possible pairs */
  double mean_degree;
  double transitivity;      /* closed of all connected triples */
} EntGraphStats;

gboolean ent_graph_get_stats (EntGraph       *graph,
                              EntGraphStats  *stats,
                              GCancellable   *cancellable,
                              GError        **error);
/** Three or four sentences that say what the figures mean for a partner program. (transfer full) */
char    *ent_graph_stats_explain (const EntGraphStats *stats);

/* --- Per node ---------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_MEASURE_DEGREE      = 1 << 0, /* pairs it is in */
  ENT_MEASURE_STRENGTH    = 1 << 1, /* sum of strengths / 100, not known counting 0.5 */
  ENT_MEASURE_BETWEENNESS = 1 << 2, /* shortest paths between others that pass through; raw, each pair of others once */
  ENT_MEASURE_PAGERANK    = 1 << 3, /* damping 0.85 */
  ENT_MEASURE_CLOSENESS   = 1 << 4, /* Wasserman and Faust: comparable between components */
  ENT_MEASURE_CORE        = 1 << 5, /* largest k such that it is in the k-core */
  ENT_MEASURE_CUT         = 1 << 6, /* 1: its loss would break its component apart */
  ENT_MEASURE_COMPONENT   = 1 << 7, /* 0 the largest, then by size */
  ENT_MEASURE_INFLUENCE   = 1 << 8, /* 0..100, see ent_measure_get_formula() */
  ENT_MEASURE_COMMUNITY   = 1 << 9, /* 0 the largest */
  ENT_MEASURE_ALL         = (1 << 10) - 1,
} EntMeasure;

#define ENT_N_MEASURES 10

/** Values of some measures for every node. Immutable, reference counted. */
typedef struct _EntGraphMeasures EntGraphMeasures;

/** Betweenness is exact up to ENT_BETWEENNESS_EXACT nodes, beyond it is estimated from a sample of sources
 * (Brandes and Pich, 2007), and ent_graph_measures_is_estimate() says so. (transfer full) */
#define ENT_BETWEENNESS_EXACT 6000
EntGraphMeasures *ent_graph_measure          (EntGraph      *graph,
                                              EntMeasure     measures,
                                              GCancellable  *cancellable,
                                              GError       **error);
EntGraphMeasures *ent_graph_measures_ref     (EntGraphMeasures *self);
void              ent_graph_measures_unref   (EntGraphMeasures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntGraphMeasures, ent_graph_measures_unref)
EntGraph         *ent_graph_measures_get_graph (EntGraphMeasures *self);
/** One value per node; NULL when it was not asked for. (transfer none) */
const double     *ent_graph_measures_get     (const EntGraphMeasures *self,
                                              EntMeasure              measure);
gboolean          ent_graph_measures_is_estimate (const EntGraphMeasures *self,
                                                  EntMeasure              measure);
/** Nodes by falling value, then by title: the first @limit. (transfer full) */
gint32           *ent_graph_measures_rank    (const EntGraphMeasures *self,
                                              EntMeasure              measure,
                                              guint                   limit,
                                              guint                  *n);
/** 1 for the highest; equal values share a rank. */
guint             ent_graph_measures_get_rank (const EntGraphMeasures *self,
                                               EntMeasure              measure,
                                               gint32                  node);
guint             ent_graph_measures_get_n_communities (const EntGraphMeasures *self);
double            ent_graph_measures_get_modularity    (const EntGraphMeasures *self);

/** Translated name of a measure. (transfer none) */
const char       *ent_measure_get_label      (EntMeasure measure);
/** What it says, in one sentence without formulas. (transfer none) */
const char       *ent_measure_get_meaning    (EntMeasure measure);
/** The formula in words, with its source. (transfer none) */
const char       *ent_measure_get_formula    (EntMeasure measure);
/** "14 links, the 3rd most of 2,691; …": why a node is as large as it is, from whatever was measured. (transfer full) */
char             *ent_graph_measures_explain (const EntGraphMeasures *self,
                                              gint32                  node);

/* --- Cut vertices and bridges ------------------------------------------------------------------------ */

typedef struct
{
  gint32 node;
  guint  parts;    /* into how many its component would fall */
  guint  cut_off;  /* nodes that would be outside of the largest part */
} EntCutVertex;

typedef struct
{
  gint32 pair;
  guint  cut_off;  /* nodes on the smaller side */
} EntBridge;

/** By falling `cut_off`. Element-type EntCutVertex. (transfer full) */
GArray *ent_graph_get_cut_vertices (EntGraph      *graph,
                                    GCancellable  *cancellable,
                                    GError       **error);
/** By falling `cut_off`. Element-type EntBridge. (transfer full) */
GArray *ent_graph_get_bridges      (EntGraph      *graph,
                                    GCancellable  *cancellable,
                                    GError       **error);

/* --- Paths ------------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_PATH_SHORTEST,  /* fewest steps; among those the strongest */
  ENT_PATH_STRONGEST, /* largest product of strengths: Dijkstra on -ln (strength) */
} EntPathGoal;

/** Strength of links that have none entered. */
#define ENT_STRENGTH_UNKNOWN 50

typedef struct
{
  GArray *nodes;    /* of gint32, from the first to the last */
  GArray *pairs;    /* of gint32, one fewer */
  double  strength; /* product of the strengths, 0..1 */
  guint   n_assumed; /* steps whose strength is not known */
} EntPath;

void       ent_path_free          (EntPath *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPath, ent_path_free)
/** The best @k paths without loops (Yen, 1971), best first; NO_PATH when there is none. Links of strength 0 are
 * not used for ENT_PATH_STRONGEST. Element-type EntPath. (transfer full) */
GPtrArray *ent_graph_find_paths   (EntGraph      *graph,
                                   gint32         from,
                                   gint32         to,
                                   EntPathGoal    goal,
                                   guint          k,
                                   GCancellable  *cancellable,
                                   GError       **error);
/** Fewest steps between two nodes, and how many such paths there are; -1 when there is none. */
int        ent_graph_count_shortest (EntGraph *graph,
                                     gint32    from,
                                     gint32    to,
                                     guint64  *n_paths);
/** "Contoso resells Kong (80) → Kong integrates with …: 80 % × 50 % = 40 %". (transfer full) */
char      *ent_path_explain       (const EntPath  *self,
                                   const EntGraph *graph);

/* --- Communities ------------------------------------------------------------------------------------- */

typedef struct
{
  guint  number;
  guint  n_nodes;
  guint  n_inside;   /* pairs inside */
  guint  n_outside;  /* pairs that leave */
  GArray *nodes;     /* of gint32, by falling degree: the first name it */
} EntCommunity;

typedef struct
{
  GPtrArray *communities; /* of EntCommunity, by falling size */
  GArray    *membership;  /* of gint32 per node */
  double     modularity;
} EntCommunities;

void            ent_communities_free     (EntCommunities *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCommunities, ent_communities_free)
/** Groups that are linked more among themselves than with others: Leiden (Traag, Waltman and van Eck, 2019) for
 * modularity, always from the same seed. (transfer full) */
EntCommunities *ent_graph_find_communities (EntGraph      *graph,
                                            GCancellable  *cancellable,
                                            GError       **error);
/** "Kong, Envoy and 41 more". (transfer full) */
char           *ent_community_dup_name     (const EntCommunity *self,
                                            const EntGraph     *graph);

/* --- Coverage ---------------------------------------------------------------------------------------- */

typedef struct
{
  guint    partners;   /* organizations with this value of both fields */
  guint    links;      /* links that end at one of them */
  guint    strong;     /* partners with a link of strength 70 or more */
  gboolean is_gap;     /* none there, while the row and the column both have some */
  gboolean is_thin;    /* one only */
} EntCoverageCell;

/** Partners by two fields of organizations: where the program covers, and where it does not. */
typedef struct
{
  const EntField  *row_field, *column_field;
  GPtrArray       *row_labels, *column_labels;   /* of char *, by falling count; "" last: no value */
  GPtrArray       *row_values, *column_values;   /* interchange form */
  EntCoverageCell *cells;                        /* row-major */
  guint            n_partners;                   /* organizations counted; one may be in several cells */
} EntCoverage;

void         ent_coverage_free (EntCoverage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCoverage, ent_coverage_free)
static inline const EntCoverageCell *
ent_coverage_get (const EntCoverage *self,
                  guint              row,
                  guint              column)
{
  return &self->cells[row * self->column_labels->len + column];
}
/** @rows, @columns: names of organization fields (region, industry, level, capabilities …). @filter: on
 * organizations, NULL all. Competitors and own organizations are not counted. (transfer full) */
EntCoverage *ent_coverage_new  (EntStore      *store,
                                const char    *rows,
                                const char    *columns,
                                const char    *filter,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
