/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which color and which shape each node has, and what they mean. */

/* Known names of levels, and how other programs call theirs; beyond them the rank from the top decides. */
static const struct
{
  const char *word;
  EntMapLevel level;
} level_words[] = {
  { "strategic", ENT_MAP_LEVEL_STRATEGIC }, { "premier", ENT_MAP_LEVEL_PREMIER },
  { "select", ENT_MAP_LEVEL_SELECT }, { "registered", ENT_MAP_LEVEL_REGISTERED },
  { "prospect", ENT_MAP_LEVEL_PROSPECT }, { "competitor", ENT_MAP_LEVEL_COMPETITOR },
};

/* Those of the level badge. */
static const char * const level_letters[] = { "", "S", "P", "E", "R", "", "×" };

/* @letter: of the badge for the known ones, else the first of the name. (transfer full) */
static EntMapLevel
find_level (const EntCategory  *category,
            char              **letter)
{
  g_autofree char *key = ent_text_key (category->value);

  for (gsize i = 0; i < G_N_ELEMENTS (level_words); i++)
    if (g_str_has_prefix (key, level_words[i].word))
      {
        *letter = g_strdup (level_letters[level_words[i].level]);
        return level_words[i].level;
      }
  *letter = g_utf8_substring (category->label, 0, g_utf8_strlen (category->label, 1) > 0);
  return category->rank > 0 ? (EntMapLevel) MIN (category->rank, (int) ENT_MAP_LEVEL_REGISTERED)
                            : ENT_MAP_LEVEL_NONE;
}

static EntShape
find_shape (const char *record_type)
{
  static const struct { const char *type; EntShape shape; } shapes[] = {
    { "organization", ENT_SHAPE_CIRCLE }, { "", ENT_SHAPE_CIRCLE }, { "person", ENT_SHAPE_RING },
    { "offering", ENT_SHAPE_DIAMOND }, { "deal", ENT_SHAPE_TRIANGLE }, { "campaign", ENT_SHAPE_TRIANGLE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (g_str_equal (shapes[i].type, record_type))
      return shapes[i].shape;
  return ENT_SHAPE_SQUARE;
}

static guint8
add_class (EntMapPainter  *self,
           const char     *label,
           const char     *letter,
           const EntColor *color,
           guint           category)
{
  EntMapClass info = { g_strdup (label), g_strdup (letter), *color, category, 0 };

  g_array_append_val (self->class_infos, info);
  return (guint8) (self->class_infos->len - 1);
}

/* Classes of nodes without a category; they stay distinguishable by what they are. */
enum
{
  CLASS_PLAIN,
  CLASS_PRODUCT,
  CLASS_PROGRAM,
  CLASS_PERSON,
  N_PLAIN_CLASSES,
};

static guint8
get_plain_class (EntMapPainter *self,
                 guint          node)
{
  if (self->shapes[node] == ENT_SHAPE_DIAMOND)
    return CLASS_PRODUCT;
  if (self->shapes[node] == ENT_SHAPE_RING)
    return CLASS_PERSON;
  return self->shapes[node] == ENT_SHAPE_SQUARE ? CLASS_PROGRAM : CLASS_PLAIN;
}

static void
count_nodes (EntMapPainter *self)
{
  for (guint i = 0; i < self->n; i++)
    g_array_index (self->class_infos, EntMapClass, self->classes[i]).n_nodes++;
}

/* Programs with more levels than ours go on with hues that the first four do not have. */
static const EntColor *
get_level_color (EntMapPainter *self,
                 EntMapLevel    level,
                 int            rank)
{
  if (level == ENT_MAP_LEVEL_REGISTERED && rank > ENT_MAP_LEVEL_REGISTERED)
    return &self->palette->series[4 + (rank - ENT_MAP_LEVEL_REGISTERED - 1) % (ENT_PALETTE_SERIES - 4)];
  return &self->palette->levels[level];
}

static void
class_by_level (EntMapPainter *self)
{
  guint n;
  const EntCategory *categories = ent_graph_get_categories (self->graph, ENT_FACET_LEVEL, &n);
  g_autofree guint8 *class_of = g_new0 (guint8, n);

  for (guint i = 1; i < n; i++)
    {
      g_autofree char *letter = NULL;
      EntMapLevel level = find_level (&categories[i], &letter);

      /* Most programs are no levels, and a level may have no member on this map. */
      if (categories[i].n_nodes > 0 && self->class_infos->len < ENT_MAP_MAX_CLASSES)
        class_of[i] = add_class (self, categories[i].label, letter, get_level_color (self, level, categories[i].rank),
                                 i);
    }
  for (guint i = 0; i < self->n; i++)
    {
      guint category = ent_graph_get_category (self->graph, ENT_FACET_LEVEL, i);

      self->classes[i] = category > 0 ? class_of[category] : get_plain_class (self, i);
    }
}

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      counts)
{
  guint one = *(const guint *) a, two = *(const guint *) b;
  const guint *count = counts;

  if (count[one] != count[two])
    return count[one] > count[two] ? -1 : 1;
  return one < two ? -1 : one > two;
}

/* The most frequent categories get a color each; the rest stays plain. */
static void
class_by_count (EntMapPainter *self,
                EntFacet       facet)
{
  guint n;
  const EntCategory *categories = ent_graph_get_categories (self->graph, facet, &n);
  g_autofree guint *counts = g_new (guint, n), *order = g_new (guint, n);
  g_autofree guint8 *class_of = g_new0 (guint8, n);

  for (guint i = 0; i < n; i++)
    {
      counts[i] = i > 0 ? categories[i].n_nodes : 0;
      order[i] = i;
    }
  g_sort_array (order, n, sizeof (guint), compare_counts, counts);
  for (guint i = 0; i < MIN (n, ENT_PALETTE_SERIES) && counts[order[i]] > 0; i++)
    class_of[order[i]] = add_class (self, categories[order[i]].label, "", &self->palette->series[i], order[i]);
  for (guint i = 0; i < self->n; i++)
    {
      guint8 class = class_of[ent_graph_get_category (self->graph, facet, i)];

      self->classes[i] = class > 0 ? class : get_plain_class (self, i);
    }
}

static void
class_by_community (EntMapPainter *self)
{
  const double *community = self->measures != NULL
    ? ent_graph_measures_get (self->measures, ENT_MEASURE_COMMUNITY) : NULL;
  guint8 class_of[ENT_PALETTE_SERIES];
  gint32 leader[ENT_PALETTE_SERIES];

  memset (leader, 0xff, sizeof leader);
  for (guint i = 0; community != NULL && i < self->n; i++)
    {
      guint c = (guint) community[i];

      if (c < ENT_PALETTE_SERIES
          && (leader[c] < 0 || ent_graph_get_degree (self->graph, i) > ent_graph_get_degree (self->graph, leader[c])))
        leader[c] = i;
    }
  for (guint i = 0; i < ENT_PALETTE_SERIES; i++)
    if (leader[i] >= 0)
      {
        g_autofree char *label = g_strdup_printf (_("Around %s"), ent_graph_get_title (self->graph, leader[i]));

        class_of[i] = add_class (self, label, "", &self->palette->series[i], i + 1);
      }
  for (guint i = 0; i < self->n; i++)
    self->classes[i] = community != NULL && community[i] < ENT_PALETTE_SERIES
      ? class_of[(guint) community[i]] : get_plain_class (self, i);
}

static void
find_shapes (EntMapPainter *self)
{
  const EntCategory *types = ent_graph_get_categories (self->graph, ENT_FACET_RECORD_TYPE, NULL);

  for (guint i = 0; i < self->n; i++)
    self->shapes[i] = (guint8) find_shape (types[ent_graph_get_category (self->graph, ENT_FACET_RECORD_TYPE, i)].value);
}

void
ent_map_painter_update_classes (EntMapPainter *self)
{
  if (self->classes_valid)
    return;
  g_array_set_size (self->class_infos, 0);
  g_hash_table_remove_all (self->sprites);
  add_class (self, _("Other"), "", &self->palette->plain, 0);
  add_class (self, _("Offerings"), "", &self->palette->product, 0);
  add_class (self, _("Programs and others"), "", &self->palette->program, 0);
  add_class (self, _("People"), "", &self->palette->plain, 0);
  find_shapes (self);
  switch (self->color_by)
    {
    case ENT_MAP_COLOR_LEVEL: class_by_level (self); break;
    case ENT_MAP_COLOR_PARTNER_TYPE: class_by_count (self, ENT_FACET_PARTNER_TYPE); break;
    case ENT_MAP_COLOR_LIFECYCLE: class_by_count (self, ENT_FACET_LIFECYCLE); break;
    case ENT_MAP_COLOR_REGION: class_by_count (self, ENT_FACET_REGION); break;
    case ENT_MAP_COLOR_RECORD_TYPE: class_by_count (self, ENT_FACET_RECORD_TYPE); break;
    case ENT_MAP_COLOR_COMMUNITY: class_by_community (self); break;
    default: g_assert_not_reached ();
    }
  count_nodes (self);
  self->classes_valid = TRUE;
  self->states_valid = FALSE;
}

const EntMapClass *
ent_map_painter_get_class (EntMapPainter *self,
                           gint32         node)
{
  return &g_array_index (self->class_infos, EntMapClass, self->classes[node]);
}

EntColor
ent_map_painter_get_node_color (EntMapPainter *self,
                                gint32         node)
{
  const EntMapClass *info = ent_map_painter_get_class (self, node);

  return self->states[node] == ENT_NODE_DIM ? ent_color_mix (&info->color, &self->palette->background, 0.66)
                                            : info->color;
}

static void
legend_item_free (gpointer data)
{
  EntMapLegendItem *self = data;

  g_free (self->label);
  g_free (self->letter);
  g_free (self);
}

static EntShape
find_class_shape (EntMapPainter *self,
                  guint          class)
{
  for (guint i = 0; i < self->n; i++)
    if (self->classes[i] == class)
      return self->shapes[i];
  return ENT_SHAPE_CIRCLE;
}

static int
compare_legend (gconstpointer a,
                gconstpointer b)
{
  const EntMapLegendItem *one = a, *two = b;

  return one->category < two->category ? -1 : one->category > two->category;
}

GPtrArray *
ent_map_painter_get_legend (EntMapPainter *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (legend_item_free);
  g_autoptr(GPtrArray) plain = g_ptr_array_new ();

  ent_map_painter_prepare (self);
  for (guint i = 0; i < self->class_infos->len; i++)
    {
      const EntMapClass *info = &g_array_index (self->class_infos, EntMapClass, i);
      EntMapLegendItem *item;

      if (info->n_nodes == 0)
        continue;
      item = g_new0 (EntMapLegendItem, 1);
      *item = (EntMapLegendItem) { info->category, g_strdup (info->label), g_strdup (info->letter), info->color,
                                   find_class_shape (self, i), info->n_nodes };
      g_ptr_array_add (i < N_PLAIN_CLASSES ? plain : items, item);
    }
  if (self->color_by == ENT_MAP_COLOR_LEVEL)
    g_ptr_array_sort_values (items, compare_legend);
  for (guint i = 0; i < plain->len; i++)
    g_ptr_array_add (items, plain->pdata[i]);
  return items;
}
