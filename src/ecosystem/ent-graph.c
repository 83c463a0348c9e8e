/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-graph-data.h"

#include <glib/gi18n.h>

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
  return g_array_index (self->kinds, EntGraphKind, kind).label;
}

const char *
ent_graph_get_kind_value (const EntGraph *self,
                          guint           kind)
{
  return g_array_index (self->kinds, EntGraphKind, kind).value;
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
