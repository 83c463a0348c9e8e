/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-data.h"

#include <glib/gi18n.h>
#include <string.h>

struct _EntGraphBuilder
{
  GArray     *nodes;  /* of EntGraphNode; their titles are in the pool */
  GArray     *titles; /* of guint32: offsets into the pool */
  GString    *pool;
  GArray     *links;
  GArray     *categories[ENT_N_FACETS];
  GHashTable *category_indexes[ENT_N_FACETS];
  GArray     *kinds;
  GHashTable *kind_indexes;
};

static void
clear_category (gpointer data)
{
  EntCategory *category = data;

  g_free (category->value);
  g_free (category->label);
}

static void
clear_kind (gpointer data)
{
  EntGraphKind *kind = data;

  g_free (kind->value);
  g_free (kind->label);
}

EntGraphBuilder *
ent_graph_builder_new (void)
{
  EntGraphBuilder *self = g_new0 (EntGraphBuilder, 1);

  self->nodes = g_array_new (FALSE, FALSE, sizeof (EntGraphNode));
  self->titles = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->pool = g_string_new (NULL);
  self->links = g_array_new (FALSE, FALSE, sizeof (EntGraphLink));
  for (int i = 0; i < ENT_N_FACETS; i++)
    {
      EntCategory none = { g_strdup (""), g_strdup (_("None")), 0, ENT_TONE_NEUTRAL, 0 };

      self->categories[i] = g_array_new (FALSE, FALSE, sizeof (EntCategory));
      g_array_set_clear_func (self->categories[i], clear_category);
      g_array_append_val (self->categories[i], none);
      self->category_indexes[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    }
  self->kinds = g_array_new (FALSE, FALSE, sizeof (EntGraphKind));
  g_array_set_clear_func (self->kinds, clear_kind);
  self->kind_indexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ent_graph_builder_free (EntGraphBuilder *self)
{
  g_array_unref (self->nodes);
  g_array_unref (self->titles);
  g_string_free (self->pool, TRUE);
  g_array_unref (self->links);
  for (int i = 0; i < ENT_N_FACETS; i++)
    {
      g_clear_pointer (&self->categories[i], g_array_unref);
      g_hash_table_unref (self->category_indexes[i]);
    }
  g_clear_pointer (&self->kinds, g_array_unref);
  g_hash_table_unref (self->kind_indexes);
  g_free (self);
}

gint32
ent_graph_builder_add_node (EntGraphBuilder    *self,
                            const EntGraphNode *node)
{
  guint32 title = (guint32) self->pool->len;

  g_string_append_len (self->pool, node->title, strlen (node->title) + 1);
  for (int i = 0; i < ENT_N_FACETS; i++)
    g_array_index (self->categories[i], EntCategory, node->categories[i]).n_nodes++;
  g_array_append_val (self->titles, title);
  g_array_append_vals (self->nodes, node, 1);
  return self->nodes->len - 1;
}

void
ent_graph_builder_add_link (EntGraphBuilder    *self,
                            const EntGraphLink *link)
{
  g_assert (link->from >= 0 && link->from < (gint32) self->nodes->len);
  g_assert (link->to >= 0 && link->to < (gint32) self->nodes->len);
  g_array_append_vals (self->links, link, 1);
}

guint16
ent_graph_builder_category (EntGraphBuilder *self,
                            EntFacet         facet,
                            const char      *value,
                            const char      *label,
                            int              rank,
                            EntTone          tone)
{
  GArray *infos = self->categories[facet];
  gpointer index;
  EntCategory category;

  if (value == NULL || *value == '\0')
    return 0;
  index = g_hash_table_lookup (self->category_indexes[facet], value);
  if (index != NULL || infos->len > G_MAXUINT16)
    return GPOINTER_TO_UINT (index);
  category = (EntCategory) { g_strdup (value), g_strdup (label), rank, tone, 0 };
  g_array_append_val (infos, category);
  g_hash_table_insert (self->category_indexes[facet], g_strdup (value),
                       GUINT_TO_POINTER (infos->len - 1));
  return (guint16) (infos->len - 1);
}

guint16
ent_graph_builder_kind (EntGraphBuilder *self,
                        const char      *value,
                        const char      *label)
{
  gpointer index = g_hash_table_lookup (self->kind_indexes, value);
  EntGraphKind kind;

  if (index != NULL)
    return (guint16) (GPOINTER_TO_UINT (index) - 1);
  kind = (EntGraphKind) { g_strdup (value), g_strdup (label) };
  g_array_append_val (self->kinds, kind);
  g_hash_table_insert (self->kind_indexes, g_strdup (value), GUINT_TO_POINTER (self->kinds->len));
  return (guint16) (self->kinds->len - 1);
}

static int
compare_by_ends (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const EntGraphLink *links = data;
  const EntGraphLink *one = &links[*(const gint32 *) a], *two = &links[*(const gint32 *) b];
  gint32 one_low = MIN (one->from, one->to), two_low = MIN (two->from, two->to);
  gint32 one_high = MAX (one->from, one->to), two_high = MAX (two->from, two->to);

  if (one_low != two_low)
    return one_low < two_low ? -1 : 1;
  if (one_high != two_high)
    return one_high < two_high ? -1 : 1;
  return *(const gint32 *) a < *(const gint32 *) b ? -1 : 1;
}

/* Joins parallel links to pairs; a link of a node with itself stays without one. */
static void
make_pairs (EntGraph *self)
{
  guint n = 0;

  self->by_pair = g_new (gint32, self->n_links + 1);
  for (guint i = 0; i < self->n_links; i++)
    {
      self->links[i].pair = -1;
      if (self->links[i].from != self->links[i].to)
        self->by_pair[n++] = i;
    }
  g_sort_array (self->by_pair, n, sizeof (gint32), compare_by_ends, self->links);
  self->pairs = g_new (EntGraphPair, n + 1);
  self->pair_starts = g_new (gint32, n + 1);
  for (guint i = 0; i < n; i++)
    {
      EntGraphLink *link = &self->links[self->by_pair[i]];
      gint32 a = MIN (link->from, link->to), b = MAX (link->from, link->to);
      EntGraphPair *last = self->n_pairs > 0 ? &self->pairs[self->n_pairs - 1] : NULL;

      if (last == NULL || last->a != a || last->b != b)
        {
          self->pair_starts[self->n_pairs] = i;
          last = &self->pairs[self->n_pairs++];
          *last = (EntGraphPair) { a, b, -1, 0 };
        }
      last->strength = MAX (last->strength, link->strength);
      last->n_links += last->n_links < G_MAXUINT16;
      link->pair = self->n_pairs - 1;
    }
  self->pair_starts[self->n_pairs] = n;
}

/* Counting sort by node. Pairs come in ascending order, so neighbors do, too: those below a node arrive
 * while its own pairs are still to come. */
static void
make_adjacency (EntGraph *self)
{
  g_autofree gint32 *next = g_new (gint32, self->n_nodes + 1);

  self->starts = g_new0 (gint32, self->n_nodes + 1);
  self->neighbors = g_new (gint32, 2 * (gsize) self->n_pairs + 1);
  self->neighbor_pairs = g_new (gint32, 2 * (gsize) self->n_pairs + 1);
  for (guint i = 0; i < self->n_pairs; i++)
    {
      self->starts[self->pairs[i].a + 1]++;
      self->starts[self->pairs[i].b + 1]++;
    }
  for (guint i = 0; i < self->n_nodes; i++)
    self->starts[i + 1] += self->starts[i];
  memcpy (next, self->starts, self->n_nodes * sizeof (gint32));
  for (guint i = 0; i < self->n_pairs; i++)
    {
      gint32 a = self->pairs[i].a, b = self->pairs[i].b;

      self->neighbors[next[b]] = a;
      self->neighbor_pairs[next[b]++] = i;
      self->neighbors[next[a]] = b;
      self->neighbor_pairs[next[a]++] = i;
    }
}

static void
take_nodes (EntGraph        *self,
            EntGraphBuilder *builder)
{
  self->n_nodes = builder->nodes->len;
  self->keys = g_new (EntKey, self->n_nodes + 1);
  self->titles = g_new (guint32, self->n_nodes + 1);
  self->flags = g_new (guint8, self->n_nodes + 1);
  for (int i = 0; i < ENT_N_FACETS; i++)
    {
      self->categories[i] = g_new (guint16, self->n_nodes + 1);
      self->category_infos[i] = g_steal_pointer (&builder->categories[i]);
    }
  self->by_key = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < self->n_nodes; i++)
    {
      const EntGraphNode *node = &g_array_index (builder->nodes, EntGraphNode, i);

      self->keys[i] = node->key;
      self->titles[i] = g_array_index (builder->titles, guint32, i);
      self->flags[i] = node->flags;
      for (int j = 0; j < ENT_N_FACETS; j++)
        self->categories[j][i] = node->categories[j];
      g_hash_table_insert (self->by_key, &self->keys[i], GINT_TO_POINTER (i + 1));
    }
}

EntGraph *
ent_graph_builder_finish (EntGraphBuilder *self)
{
  EntGraph *graph = g_new0 (EntGraph, 1);

  g_atomic_ref_count_init (&graph->ref_count);
  take_nodes (graph, self);
  graph->pool = g_string_free (g_steal_pointer (&self->pool), FALSE);
  self->pool = g_string_new (NULL);
  graph->kinds = g_steal_pointer (&self->kinds);
  graph->n_links = self->links->len;
  graph->links = g_memdup2 (self->links->data, graph->n_links * sizeof (EntGraphLink));
  make_pairs (graph);
  make_adjacency (graph);
  ent_graph_builder_free (self);
  return graph;
}
