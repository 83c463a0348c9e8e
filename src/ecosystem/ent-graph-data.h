/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-graph-private.h"

G_BEGIN_DECLS

/* For ent-graph.c, which answers, and ent-graph-builder.c, which makes what it answers from. */

typedef struct
{
  char *value, *label;
} EntGraphKind;

struct _EntGraph
{
  gatomicrefcount ref_count;

  guint         n_nodes, n_links, n_pairs;
  EntKey       *keys;        /* per node */
  guint32      *titles;      /* per node: offset into `pool` */
  char         *pool;
  guint8       *flags;
  guint16      *categories[ENT_N_FACETS];
  GArray       *category_infos[ENT_N_FACETS]; /* of EntCategory */
  GArray       *kinds;       /* of EntGraphKind */

  EntGraphLink *links;
  EntGraphPair *pairs;
  gint32       *pair_starts; /* per pair and one: into `by_pair` */
  gint32       *by_pair;     /* links in order of their pair */

  gint32       *starts;      /* CSR: per node and one */
  gint32       *neighbors, *neighbor_pairs;
  GHashTable   *by_key;      /* EntKey * → node + 1; keys point into `keys` */
};

G_END_DECLS
