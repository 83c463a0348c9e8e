/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <string.h>

#define RADIUS_LEAST 0.20f   /* layout units; see own_radius() of the layout for the room there is */
#define RADIUS_DEGREE 0.095f /* times the root of the degree */

static void
clear_class (gpointer data)
{
  EntMapClass *info = data;

  g_free (info->label);
  g_free (info->letter);
}

EntMapPainter *
ent_map_painter_new (EntLayout        *layout,
                     EntGraphMeasures *measures)
{
  EntMapPainter *self = g_new0 (EntMapPainter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->layout = ent_layout_ref (layout);
  self->graph = ent_graph_ref (ent_layout_get_graph (layout));
  self->measures = measures != NULL ? ent_graph_measures_ref (measures) : NULL;
  self->palette = ent_map_palette_get (FALSE, FALSE);
  self->selected = self->hovered = self->focus = -1;
  self->emphasis = -1;
  self->found = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->path_nodes = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->path_pairs = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->n = ent_graph_get_n_nodes (self->graph);
  self->radius = g_new (float, self->n + 1);
  self->classes = g_new0 (guint8, self->n + 1);
  self->shapes = g_new0 (guint8, self->n + 1);
  self->states = g_new0 (guint8, self->n + 1);
  self->order = g_new (gint32, self->n + 1);
  self->class_infos = g_array_new (FALSE, FALSE, sizeof (EntMapClass));
  g_array_set_clear_func (self->class_infos, clear_class);
  self->raster = ent_map_raster_new ();
  self->labels = ent_map_labels_new (self->graph);
  ent_map_labels_set_palette (self->labels, self->palette);
  self->sprites = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

EntMapPainter *
ent_map_painter_ref (EntMapPainter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ent_map_painter_unref (EntMapPainter *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  ent_map_painter_clear_hits (self);
  ent_map_painter_clear_areas (self);
  ent_map_raster_free (self->raster);
  ent_map_labels_free (self->labels);
  g_hash_table_unref (self->sprites);
  g_array_unref (self->class_infos);
  g_array_unref (self->found);
  g_array_unref (self->path_nodes);
  g_array_unref (self->path_pairs);
  g_free (self->radius);
  g_free (self->classes);
  g_free (self->shapes);
  g_free (self->states);
  g_free (self->order);
  g_clear_pointer (&self->measures, ent_graph_measures_unref);
  ent_layout_unref (self->layout);
  ent_graph_unref (self->graph);
  g_free (self);
}

/* --- What is shown ------------------------------------------------------------------------------------ */

EntGraph *
ent_map_painter_get_graph (EntMapPainter *self)
{
  return self->graph;
}

EntLayout *
ent_map_painter_get_layout (EntMapPainter *self)
{
  return self->layout;
}

void
ent_map_painter_set_layout (EntMapPainter *self,
                            EntLayout     *layout)
{
  g_return_if_fail (ent_layout_get_graph (layout) == self->graph);

  ent_layout_ref (layout);
  ent_layout_unref (self->layout);
  self->layout = layout;
  ent_map_painter_clear_hits (self);
  ent_map_painter_clear_areas (self);
}

void
ent_map_painter_set_measures (EntMapPainter    *self,
                              EntGraphMeasures *measures)
{
  g_return_if_fail (measures == NULL || ent_graph_measures_get_graph (measures) == self->graph);

  if (measures != NULL)
    ent_graph_measures_ref (measures);
  g_clear_pointer (&self->measures, ent_graph_measures_unref);
  self->measures = measures;
  self->classes_valid = self->radius_valid = FALSE;
  ent_map_painter_clear_hits (self);
  ent_map_painter_clear_areas (self);
}

void
ent_map_painter_set_palette (EntMapPainter       *self,
                             const EntMapPalette *palette)
{
  if (self->palette == palette)
    return;
  self->palette = palette;
  self->classes_valid = FALSE;
  ent_map_labels_set_palette (self->labels, palette);
  ent_map_painter_clear_areas (self);
}

void
ent_map_painter_set_font (EntMapPainter *self,
                          const char    *family,
                          double         points)
{
  ent_map_labels_set_font (self->labels, family, points);
}

void
ent_map_painter_set_color_by (EntMapPainter *self,
                              EntMapColor    color)
{
  self->color_by = color;
  self->emphasis = -1;
  self->classes_valid = self->states_valid = FALSE;
}

EntMapColor
ent_map_painter_get_color_by (EntMapPainter *self)
{
  return self->color_by;
}

void
ent_map_painter_set_size_by (EntMapPainter *self,
                             EntMapSize     size)
{
  self->size_by = size;
  self->radius_valid = FALSE;
  ent_map_painter_clear_hits (self);
}

EntMapSize
ent_map_painter_get_size_by (EntMapPainter *self)
{
  return self->size_by;
}

void
ent_map_painter_set_show_communities (EntMapPainter *self,
                                      gboolean       show)
{
  self->show_communities = show;
}

void
ent_map_painter_set_selected (EntMapPainter *self,
                              gint32         node)
{
  self->selected = node;
  self->states_valid = FALSE;
}

gint32
ent_map_painter_get_selected (EntMapPainter *self)
{
  return self->selected;
}

void
ent_map_painter_set_hovered (EntMapPainter *self,
                             gint32         node)
{
  self->hovered = node;
  self->states_valid = FALSE;
}

gint32
ent_map_painter_get_hovered (EntMapPainter *self)
{
  return self->hovered;
}

void
ent_map_painter_set_found (EntMapPainter *self,
                           const gint32  *nodes,
                           guint          n)
{
  g_array_set_size (self->found, 0);
  g_array_append_vals (self->found, nodes, n);
  self->states_valid = FALSE;
}

void
ent_map_painter_set_path (EntMapPainter *self,
                          const EntPath *path)
{
  g_array_set_size (self->path_nodes, 0);
  g_array_set_size (self->path_pairs, 0);
  if (path != NULL)
    {
      g_array_append_vals (self->path_nodes, path->nodes->data, path->nodes->len);
      g_array_append_vals (self->path_pairs, path->pairs->data, path->pairs->len);
    }
  self->states_valid = FALSE;
}

void
ent_map_painter_set_focus (EntMapPainter *self,
                           gint32         node,
                           guint          steps)
{
  self->focus = node;
  self->focus_steps = steps;
  self->states_valid = FALSE;
}

void
ent_map_painter_set_emphasis (EntMapPainter *self,
                              int            category)
{
  self->emphasis = category;
  self->states_valid = FALSE;
}

/* --- What follows ------------------------------------------------------------------------------------- */

static void
hide_outside_focus (EntMapPainter *self)
{
  g_autofree gint32 *queue = g_new (gint32, self->n);
  g_autofree gint32 *steps = g_new (gint32, self->n);
  guint head = 0, tail = 0;

  memset (steps, 0xff, self->n * sizeof (gint32));
  steps[self->focus] = 0;
  queue[tail++] = self->focus;
  while (head < tail)
    {
      gint32 node = queue[head++];
      guint n;
      const gint32 *neighbors = ent_graph_get_neighbors (self->graph, node, &n, NULL);

      for (guint i = 0; steps[node] < (gint32) self->focus_steps && i < n; i++)
        if (steps[neighbors[i]] < 0)
          {
            steps[neighbors[i]] = steps[node] + 1;
            queue[tail++] = neighbors[i];
          }
    }
  for (guint i = 0; i < self->n; i++)
    if (steps[i] < 0)
      self->states[i] = ENT_NODE_HIDDEN;
}

static void
lift (EntMapPainter *self,
      gint32         node)
{
  if (self->states[node] != ENT_NODE_HIDDEN)
    self->states[node] = ENT_NODE_NEAR;
}

static void
lift_neighborhood (EntMapPainter *self,
                   gint32         node)
{
  guint n;
  const gint32 *neighbors = ent_graph_get_neighbors (self->graph, node, &n, NULL);

  lift (self, node);
  for (guint i = 0; i < n; i++)
    lift (self, neighbors[i]);
}

static guint
get_category (EntMapPainter *self,
              guint          node)
{
  return g_array_index (self->class_infos, EntMapClass, self->classes[node]).category;
}

/* Something stands out when anything is picked; then the rest steps back. */
void
ent_map_painter_update_states (EntMapPainter *self)
{
  gint32 center = self->hovered >= 0 ? self->hovered : self->selected;
  gboolean is_picked = center >= 0 || self->path_nodes->len > 0;

  if (self->states_valid)
    return;
  for (guint i = 0; i < self->n; i++)
    self->states[i] = is_picked || (self->emphasis >= 0 && get_category (self, i) != (guint) self->emphasis)
                      ? ENT_NODE_DIM : ENT_NODE_NORMAL;
  if (self->focus >= 0)
    hide_outside_focus (self);
  for (guint i = 0; i < self->path_nodes->len; i++)
    lift (self, g_array_index (self->path_nodes, gint32, i));
  if (self->path_nodes->len == 0 && self->selected >= 0)
    lift_neighborhood (self, self->selected);
  if (self->hovered >= 0)
    lift_neighborhood (self, self->hovered);
  for (guint i = 0; i < self->found->len; i++)
    lift (self, g_array_index (self->found, gint32, i));
  self->states_valid = TRUE;
}

static int
compare_importance (gconstpointer a,
                    gconstpointer b,
                    gpointer      data)
{
  const EntMapPainter *self = data;
  gint32 one = *(const gint32 *) a, two = *(const gint32 *) b;

  if (self->radius[one] != self->radius[two])
    return self->radius[one] > self->radius[two] ? -1 : 1;
  return one < two ? -1 : one > two;
}

static void
update_radius (EntMapPainter *self)
{
  const double *influence = self->measures != NULL
    ? ent_graph_measures_get (self->measures, ENT_MEASURE_INFLUENCE) : NULL;
  guint most = 1;

  if (self->radius_valid)
    return;
  for (guint i = 0; i < self->n; i++)
    most = MAX (most, ent_graph_get_degree (self->graph, i));
  for (guint i = 0; i < self->n; i++)
    {
      float amount = (float) ent_graph_get_degree (self->graph, i);

      /* On the scale of degrees, so that the layout has room for either. */
      if (self->size_by == ENT_MAP_SIZE_INFLUENCE && influence != NULL)
        amount = (float) (influence[i] / 100 * most);
      self->radius[i] = self->size_by == ENT_MAP_SIZE_NONE ? RADIUS_LEAST + RADIUS_DEGREE
                                                           : RADIUS_LEAST + RADIUS_DEGREE * sqrtf (amount);
      self->order[i] = i;
    }
  g_sort_array (self->order, self->n, sizeof (gint32), compare_importance, self);
  self->radius_valid = TRUE;
}

void
ent_map_painter_prepare (EntMapPainter *self)
{
  ent_map_painter_update_classes (self);
  update_radius (self);
  ent_map_painter_update_states (self);
}

double
ent_map_painter_get_radius (EntMapPainter    *self,
                            const EntMapView *view,
                            gint32            node)
{
  return CLAMP (self->radius[node] * ent_map_view_get_node_zoom (view), 1.3, 64);
}

void
ent_map_painter_fit (EntMapPainter *self,
                     EntMapView    *view,
                     double         margin)
{
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE, x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  double width = MAX (view->width - 2 * margin, 1), height = MAX (view->height - 2 * margin, 1);

  ent_map_painter_prepare (self);
  for (guint i = 0; i < self->n; i++)
    if (self->states[i] != ENT_NODE_HIDDEN)
      {
        x0 = MIN (x0, x[i] - self->radius[i]);
        x1 = MAX (x1, x[i] + self->radius[i]);
        y0 = MIN (y0, y[i] - self->radius[i]);
        y1 = MAX (y1, y[i] + self->radius[i]);
      }
  if (x0 > x1)
    x0 = y0 = x1 = y1 = 0;
  view->x = (x0 + x1) / 2;
  view->y = (y0 + y1) / 2;
  view->zoom = MIN (width / MAX (x1 - x0, 1), height / MAX (y1 - y0, 1));
  view->zoom = CLAMP (view->zoom, 0.05, 90);
}
