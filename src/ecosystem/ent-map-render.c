/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <pango/pangocairo.h>

/* One frame into the raster: background, communities, lines, nodes, labels. */

#define LETTER_RADIUS 8.5 /* from here on a node shows the letter of its class */
#define RIM 1.4           /* background-colored edge of a node, so that lines end at it */

/* The fewer lines, the more each may show. */
double
ent_map_painter_get_line_alpha (EntMapPainter *self)
{
  double n = MAX (ent_graph_get_n_pairs (self->graph), 1);

  return MIN (1, self->palette->edge_alpha * CLAMP (2.4 - 0.4 * log10 (n), 0.8, 1.9));
}

double
ent_map_painter_get_line_fade (double length)
{
  return 1 / (1 + length / 16);
}

static gboolean
is_on_path (EntMapPainter *self,
            gint32         pair)
{
  for (guint i = 0; i < self->path_pairs->len; i++)
    if (g_array_index (self->path_pairs, gint32, i) == pair)
      return TRUE;
  return FALSE;
}

gboolean
ent_map_painter_get_line (EntMapPainter *self,
                          gint32         index,
                          EntLines      *lines,
                          float         *weight)
{
  const EntGraphPair *pair = &ent_graph_get_pairs (self->graph)[index];
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  gboolean has_path = self->path_pairs->len > 0;
  float dx = x[pair->a] - x[pair->b], dy = y[pair->a] - y[pair->b];

  if (self->states[pair->a] == ENT_NODE_HIDDEN || self->states[pair->b] == ENT_NODE_HIDDEN)
    return FALSE;
  *weight = pair->strength < 0 ? 0.62f : 0.35f + 0.65f * (float) pair->strength / 100;
  *lines = ENT_LINES_PLAIN;
  if (has_path && is_on_path (self, index))
    *lines = ENT_LINES_PATH;
  else if (self->hovered >= 0 && (pair->a == self->hovered || pair->b == self->hovered))
    *lines = ENT_LINES_NEAR;
  else if (!has_path && self->selected >= 0 && (pair->a == self->selected || pair->b == self->selected))
    *lines = ENT_LINES_NEAR;
  if (*lines != ENT_LINES_PLAIN)
    return TRUE;
  *weight *= (float) ent_map_painter_get_line_fade (sqrtf (dx * dx + dy * dy));
  if (self->states[pair->a] == ENT_NODE_DIM || self->states[pair->b] == ENT_NODE_DIM)
    *weight *= 0.4f;
  return TRUE;
}

static void
draw_lines (EntMapPainter    *self,
            const EntMapView *view)
{
  const EntGraphPair *pairs = ent_graph_get_pairs (self->graph);
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  float zoom = (float) (view->zoom * view->scale), scale = (float) view->scale;
  float left = (float) (view->width * view->scale / 2 - view->x * zoom);
  float top = (float) (view->height * view->scale / 2 - view->y * zoom);
  float strength[ENT_N_LINES] = { 200, 235, 255 };
  float thickness[ENT_N_LINES] = { scale * (view->zoom > 40 ? 1.4f : 1.0f), 1.5f * scale, 3 * scale };

  for (guint i = 0; i < ent_graph_get_n_pairs (self->graph); i++)
    {
      EntLines lines;
      float weight;

      if (ent_map_painter_get_line (self, i, &lines, &weight))
        ent_map_raster_line (self->raster, lines, x[pairs[i].a] * zoom + left, y[pairs[i].a] * zoom + top,
                             x[pairs[i].b] * zoom + left, y[pairs[i].b] * zoom + top, strength[lines] * weight,
                             thickness[lines]);
    }
  ent_map_raster_ink (self->raster, ENT_LINES_PLAIN, &self->palette->edge,
                      ent_map_painter_get_line_alpha (self));
}

/* Over the nodes that step back, or they would be lost among them. */
static void
ink_picked_lines (EntMapPainter *self)
{
  ent_map_raster_ink (self->raster, ENT_LINES_NEAR, &self->palette->accent, 0.9);
  ent_map_raster_ink (self->raster, ENT_LINES_PATH, &self->palette->accent, 1);
}

/* --- Nodes -------------------------------------------------------------------------------------------- */

void
ent_shape_path (cairo_t  *cr,
                EntShape  shape,
                double    x,
                double    y,
                double    radius)
{
  cairo_new_path (cr);
  switch (shape)
    {
    case ENT_SHAPE_DIAMOND:
      radius *= 1.12;
      cairo_move_to (cr, x, y - radius);
      cairo_line_to (cr, x + radius, y);
      cairo_line_to (cr, x, y + radius);
      cairo_line_to (cr, x - radius, y);
      break;
    case ENT_SHAPE_SQUARE:
      cairo_rectangle (cr, x - 0.86 * radius, y - 0.86 * radius, 1.72 * radius, 1.72 * radius);
      return;
    case ENT_SHAPE_TRIANGLE:
      cairo_move_to (cr, x, y - 1.15 * radius);
      cairo_line_to (cr, x + 1.05 * radius, y + 0.75 * radius);
      cairo_line_to (cr, x - 1.05 * radius, y + 0.75 * radius);
      break;
    case ENT_SHAPE_CIRCLE:
    case ENT_SHAPE_RING:
    default:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    }
  cairo_close_path (cr);
}

static void
set_source (cairo_t        *cr,
            const EntColor *color)
{
  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
}

/* White or black, whichever reads better on @color. */
static void
draw_letter (EntMapPainter  *self,
             cairo_t        *cr,
             const char     *letter,
             const EntColor *color,
             double          middle,
             double          radius)
{
  static const EntColor white = { 1, 1, 1 }, black = { 0, 0, 0 };
  cairo_text_extents_t extents;

  cairo_select_font_face (cr, ent_map_labels_get_family (self->labels), CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (cr, radius * 1.15);
  cairo_text_extents (cr, letter, &extents);
  set_source (cr, ent_color_get_luminance (color) < 0.5 ? &white : &black);
  cairo_move_to (cr, middle - extents.width / 2 - extents.x_bearing, middle - extents.height / 2 - extents.y_bearing);
  cairo_show_text (cr, letter);
}

static EntSprite *
draw_node (EntMapPainter *self,
           gint32         node,
           double         radius,
           double         scale)
{
  EntColor color = ent_map_painter_get_node_color (self, node);
  const char *letter = ent_map_painter_get_class (self, node)->letter;
  int half = (int) ceil (radius * 1.2 + 2 * scale) + 1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 2 * half, 2 * half);
  cairo_t *cr = cairo_create (surface);

  if (radius >= 2.2 * scale)
    {
      ent_shape_path (cr, self->shapes[node], half, half, radius + RIM * scale);
      set_source (cr, &self->palette->background);
      cairo_fill (cr);
    }
  ent_shape_path (cr, self->shapes[node], half, half, radius);
  set_source (cr, &color);
  if (self->shapes[node] == ENT_SHAPE_RING && radius >= 2.5 * scale)
    {
      cairo_set_line_width (cr, radius * 0.55);
      ent_shape_path (cr, ENT_SHAPE_CIRCLE, half, half, radius * 0.72);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  if (*letter != '\0' && radius >= LETTER_RADIUS * scale && self->shapes[node] != ENT_SHAPE_RING)
    draw_letter (self, cr, letter, &color, half, radius);
  cairo_destroy (cr);
  return ent_sprite_new (surface, half, half);
}

/* Sprites in steps of a fifth of a pixel for small nodes, of a pixel for large ones. */
static const EntSprite *
get_sprite (EntMapPainter *self,
            gint32         node,
            double         radius,
            double         scale)
{
  guint step = radius < 10 * scale ? (guint) lround (radius * 5) : 400 + (guint) lround (radius);
  guint dim = self->states[node] == ENT_NODE_DIM;
  guint scale_step = (guint) lround (scale * 4);
  guint key = ((step * 16 + scale_step) * 2 + dim) * ENT_N_SHAPES * ENT_MAP_MAX_CLASSES
              + self->shapes[node] * ENT_MAP_MAX_CLASSES + self->classes[node] + 1;
  EntSprite *sprite = g_hash_table_lookup (self->sprites, GUINT_TO_POINTER (key));

  if (sprite == NULL)
    {
      sprite = draw_node (self, node, step < 400 ? step / 5.0 : step - 400.0, scale);
      g_hash_table_insert (self->sprites, GUINT_TO_POINTER (key), sprite);
    }
  return sprite;
}

static void
draw_nodes (EntMapPainter    *self,
            const EntMapView *view,
            EntNodeState      state)
{
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  double zoom = view->zoom * view->scale;
  double width = view->width * view->scale, height = view->height * view->scale;

  /* Large ones first: a small node in front of a large one can be seen, not the other way round. */
  for (guint i = 0; i < self->n; i++)
    {
      gint32 node = self->order[i];
      double px = (x[node] - view->x) * zoom + width / 2, py = (y[node] - view->y) * zoom + height / 2;
      double radius = ent_map_painter_get_radius (self, view, node) * view->scale, reach = radius + 4;

      if (self->states[node] != state
          || px < -reach || py < -reach || px > width + reach || py > height + reach)
        continue;
      ent_map_raster_stamp (self->raster, get_sprite (self, node, radius, view->scale), (int) lround (px),
                            (int) lround (py));
    }
}

/* --- Marks and labels --------------------------------------------------------------------------------- */

static void
draw_ring (EntMapPainter    *self,
           cairo_t          *cr,
           const EntMapView *view,
           gint32            node,
           const EntColor   *color,
           double            width)
{
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  double px, py;

  if (node < 0 || self->states[node] == ENT_NODE_HIDDEN)
    return;
  ent_map_view_from_layout (view, x[node], y[node], &px, &py);
  cairo_arc (cr, px, py, ent_map_painter_get_radius (self, view, node) * 1.1 + 2 + width / 2, 0, 2 * G_PI);
  cairo_set_line_width (cr, width);
  set_source (cr, color);
  cairo_stroke (cr);
}

void
ent_map_painter_draw_marks (EntMapPainter    *self,
                            cairo_t          *cr,
                            const EntMapView *view)
{
  for (guint i = 0; i < self->found->len; i++)
    draw_ring (self, cr, view, g_array_index (self->found, gint32, i), &self->palette->found, 2);
  draw_ring (self, cr, view, self->selected, &self->palette->accent, 3);
  if (self->hovered != self->selected)
    draw_ring (self, cr, view, self->hovered, &self->palette->accent, 2);
  if (self->path_nodes->len > 0)
    {
      draw_ring (self, cr, view, g_array_index (self->path_nodes, gint32, 0), &self->palette->accent, 3);
      draw_ring (self, cr, view, g_array_index (self->path_nodes, gint32, self->path_nodes->len - 1),
                 &self->palette->accent, 3);
    }
}

static void
draw_labels (EntMapPainter    *self,
             const EntMapView *view)
{
  g_autoptr(GArray) labels = ent_map_painter_place_labels (self, view);

  /* The most important last, on top. */
  for (guint i = labels->len; i > 0; i--)
    {
      const EntMapLabel *label = &g_array_index (labels, EntMapLabel, i - 1);

      ent_map_raster_stamp (self->raster,
                            ent_map_labels_get_sprite (self->labels, label->node, label->size, view->scale),
                            (int) lround (label->x * view->scale), (int) lround (label->y * view->scale));
    }
}

static cairo_t *
begin_cairo (EntMapPainter    *self,
             const EntMapView *view)
{
  cairo_t *cr = cairo_create (ent_map_raster_get_surface (self->raster));

  cairo_scale (cr, view->scale, view->scale);
  return cr;
}

cairo_surface_t *
ent_map_painter_render (EntMapPainter    *self,
                        const EntMapView *view)
{
  cairo_surface_t *surface;
  cairo_t *cr;

  ent_map_painter_prepare (self);
  ent_map_raster_begin (self->raster, MAX (1, (int) ceil (view->width * view->scale)),
                        MAX (1, (int) ceil (view->height * view->scale)), &self->palette->background);
  surface = ent_map_raster_get_surface (self->raster);
  if (self->show_communities)
    {
      cr = begin_cairo (self, view);
      ent_map_painter_paint_areas (self, cr, view);
      cairo_destroy (cr);
    }
  draw_lines (self, view);
  cairo_surface_flush (surface);
  draw_nodes (self, view, ENT_NODE_DIM);
  cairo_surface_mark_dirty (surface);
  ink_picked_lines (self);
  draw_nodes (self, view, ENT_NODE_NORMAL);
  draw_nodes (self, view, ENT_NODE_NEAR);
  cairo_surface_mark_dirty (surface);
  cr = begin_cairo (self, view);
  ent_map_painter_draw_marks (self, cr, view);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  draw_labels (self, view);
  cairo_surface_mark_dirty (surface);
  return surface;
}
