/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-private.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  char *value, *label;
} Kind;

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
  GArray       *kinds;       /* of Kind */

  EntGraphLink *links;
  EntGraphPair *pairs;
  gint32       *pair_starts; /* per pair and one: into `by_pair` */
  gint32       *by_pair;     /* links in order of their pair */

  gint32       *starts;      /* CSR: per node and one */
  gint32       *neighbors, *neighbor_pairs;
  GHashTable   *by_key;      /* EntKey * → node + 1; keys point into `keys` */
};

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
  Kind *kind = data;

  g_free (kind->value);
  g_free (kind->label);
}

/* --- Building ----------------------------------------------------------------------------------------- */

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
  self->kinds = g_array_new (FALSE, FALSE, sizeof (Kind));
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
  Kind kind;

  if (index != NULL)
    return (guint16) (GPOINTER_TO_UINT (index) - 1);
  kind = (Kind) { g_strdup (value), g_strdup (label) };
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

/* --- Public ------------------------------------------------------------------------------------------- */

EntGraph *
ent_graph_new_from_edges (guint               n_nodes,
                          const char * const *titles,
                          const gint32       *ends,
                          gsize               n_links,
                          const gint16       *strengths)
{
  EntGraphBuilder *builder = ent_graph_builder_new ();
  guint16 kind = ent_graph_builder_kind (builder, "works_with", _("works with"));

  for (guint i = 0; i < n_nodes; i++)
    {
      g_autofree char *number = titles == NULL ? g_strdup_printf ("%u", i) : NULL;
      EntGraphNode node = { i + 1, titles == NULL ? number : titles[i], { 0 }, 0 };

      ent_graph_builder_add_node (builder, &node);
    }
  for (gsize i = 0; i < n_links; i++)
    ent_graph_builder_add_link (builder, &(EntGraphLink) {
      (EntKey) i + 1, ends[2 * i], ends[2 * i + 1], -1, kind, strengths != NULL ? strengths[i] : -1,
    });
  return ent_graph_builder_finish (builder);
}

EntGraph *
ent_graph_ref (EntGraph *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_graph_unref (EntGraph *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (int i = 0; i < ENT_N_FACETS; i++)
    {
      g_free (self->categories[i]);
      g_array_unref (self->category_infos[i]);
    }
  g_hash_table_unref (self->by_key);
  g_array_unref (self->kinds);
  g_free (self->keys);
  g_free (self->titles);
  g_free (self->pool);
  g_free (self->flags);
  g_free (self->links);
  g_free (self->pairs);
  g_free (self->pair_starts);
  g_free (self->by_pair);
  g_free (self->starts);
  g_free (self->neighbors);
  g_free (self->neighbor_pairs);
  g_free (self);
}

guint
ent_graph_get_n_nodes (const EntGraph *self)
{
  return self->n_nodes;
}

guint
ent_graph_get_n_links (const EntGraph *self)
{
  return self->n_links;
}

guint
ent_graph_get_n_pairs (const EntGraph *self)
{
  return self->n_pairs;
}

const EntGraphLink *
ent_graph_get_links (const EntGraph *self)
{
  return self->links;
}

const EntGraphPair *
ent_graph_get_pairs (const EntGraph *self)
{
  return self->pairs;
}

EntKey
ent_graph_get_key (const EntGraph *self,
                   gint32          node)
{
  return self->keys[node];
}

gint32
ent_graph_find (const EntGraph *self,
                EntKey          key)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->by_key, &key)) - 1;
}

const char *
ent_graph_get_title (const EntGraph *self,
                     gint32          node)
{
  return self->pool + self->titles[node];
}

const gint32 *
ent_graph_get_neighbors (const EntGraph  *self,
                         gint32           node,
                         guint           *n,
                         const gint32   **pairs)
{
  *n = self->starts[node + 1] - self->starts[node];
  if (pairs != NULL)
    *pairs = self->neighbor_pairs + self->starts[node];
  return self->neighbors + self->starts[node];
}

guint
ent_graph_get_degree (const EntGraph *self,
                      gint32          node)
{
  return self->starts[node + 1] - self->starts[node];
}

gint32
ent_graph_find_pair (const EntGraph *self,
                     gint32          a,
                     gint32          b)
{
  gint32 low, high;

  if (ent_graph_get_degree (self, a) > ent_graph_get_degree (self, b))
    return ent_graph_find_pair (self, b, a);
  low = self->starts[a];
  high = self->starts[a + 1];
  while (low < high)
    {
      gint32 middle = low + (high - low) / 2;

      if (self->neighbors[middle] < b)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->starts[a + 1] && self->neighbors[low] == b ? self->neighbor_pairs[low] : -1;
}

const gint32 *
ent_graph_get_pair_links (const EntGraph *self,
                          gint32          pair,
                          guint          *n)
{
  *n = self->pair_starts[pair + 1] - self->pair_starts[pair];
  return self->by_pair + self->pair_starts[pair];
}

guint
ent_graph_get_category (const EntGraph *self,
                        EntFacet        facet,
                        gint32          node)
{
  return self->categories[facet][node];
}

const EntCategory *
ent_graph_get_categories (const EntGraph *self,
                          EntFacet        facet,
                          guint          *n)
{
  if (n != NULL)
    *n = self->category_infos[facet]->len;
  return (const EntCategory *) self->category_infos[facet]->data;
}

const char *
ent_facet_get_label (EntFacet facet)
{
  static const char * const labels[] = {
    [ENT_FACET_RECORD_TYPE] = N_("Record type"),
    [ENT_FACET_LEVEL] = N_("Level"),
    [ENT_FACET_PARTNER_TYPE] = N_("Partner type"),
    [ENT_FACET_LIFECYCLE] = N_("Lifecycle"),
    [ENT_FACET_REGION] = N_("Region"),
  };

  return _(labels[facet]);
}

gboolean
ent_facet_from_name (const char *name,
                     EntFacet   *facet)
{
  static const struct { const char *name; EntFacet facet; } names[] = {
    { "record_type", ENT_FACET_RECORD_TYPE }, { "level", ENT_FACET_LEVEL },
    { "partner_type", ENT_FACET_PARTNER_TYPE }, { "type", ENT_FACET_PARTNER_TYPE },
    { "lifecycle", ENT_FACET_LIFECYCLE }, { "region", ENT_FACET_REGION },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, name))
      {
        *facet = names[i].facet;
        return TRUE;
      }
  return FALSE;
}

guint
ent_graph_get_n_kinds (const EntGraph *self)
{
  return self->kinds->len;
}

const char *
ent_graph_get_kind_label (const EntGraph *self,
                          guint           kind)
{
  return g_array_index (self->kinds, Kind, kind).label;
}

const char *
ent_graph_get_kind_value (const EntGraph *self,
                          guint           kind)
{
  return g_array_index (self->kinds, Kind, kind).value;
}

gboolean
ent_graph_is_own (const EntGraph *self,
                  gint32          node)
{
  return (self->flags[node] & ENT_NODE_OWN) != 0;
}

gboolean
ent_graph_is_competitor (const EntGraph *self,
                         gint32          node)
{
  return (self->flags[node] & ENT_NODE_COMPETITOR) != 0;
}
