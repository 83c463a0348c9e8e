/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <string.h>

/* Which node is where: nodes sorted into squares of the layout, about two to a square. */

#define EASY 5.0 /* pixels beside a node that still hit it */

void
ent_map_painter_clear_hits (EntMapPainter *self)
{
  g_clear_pointer (&self->hit_starts, g_free);
  g_clear_pointer (&self->hit_nodes, g_free);
}

static gint32
find_square (EntMapPainter *self,
             float          x,
             float          y)
{
  gint32 column = (gint32) ((x - self->hit_x) / self->hit_cell), row = (gint32) ((y - self->hit_y) / self->hit_cell);

  return CLAMP (row, 0, self->hit_rows - 1) * self->hit_columns + CLAMP (column, 0, self->hit_columns - 1);
}

static void
make_hits (EntMapPainter *self)
{
  const float *xs = ent_layout_get_x (self->layout), *ys = ent_layout_get_y (self->layout);
  double x, y, width, height;
  gint32 n_squares;

  if (self->hit_starts != NULL)
    return;
  ent_layout_get_bounds (self->layout, &x, &y, &width, &height);
  self->hit_x = (float) x;
  self->hit_y = (float) y;
  self->hit_cell = (float) MAX (sqrt (MAX (width, 1) * MAX (height, 1) / MAX (self->n, 1) * 2), 1e-3);
  self->hit_columns = (gint32) (width / self->hit_cell) + 1;
  self->hit_rows = (gint32) (height / self->hit_cell) + 1;
  n_squares = self->hit_columns * self->hit_rows;
  self->hit_starts = g_new0 (gint32, n_squares + 1);
  self->hit_nodes = g_new (gint32, self->n + 1);
  self->hit_reach = 0;
  for (guint i = 0; i < self->n; i++)
    {
      self->hit_starts[find_square (self, xs[i], ys[i]) + 1]++;
      self->hit_reach = MAX (self->hit_reach, self->radius[i]);
    }
  for (gint32 i = 0; i < n_squares; i++)
    self->hit_starts[i + 1] += self->hit_starts[i];
  for (gint32 i = (gint32) self->n - 1; i >= 0; i--)
    self->hit_nodes[--self->hit_starts[find_square (self, xs[i], ys[i]) + 1]] = i;
  memmove (self->hit_starts, self->hit_starts + 1, n_squares * sizeof (gint32));
  self->hit_starts[n_squares] = self->n;
}

/* The node whose edge is nearest to the point, if within reach. */
gint32
ent_map_painter_hit (EntMapPainter    *self,
                     const EntMapView *view,
                     double            px,
                     double            py)
{
  const float *xs = ent_layout_get_x (self->layout), *ys = ent_layout_get_y (self->layout);
  double x, y, reach, best = EASY;
  gint32 found = -1, left, right, top, bottom;

  if (self->n == 0)
    return -1;
  ent_map_painter_prepare (self);
  make_hits (self);
  ent_map_view_to_layout (view, px, py, &x, &y);
  reach = (self->hit_reach * ent_map_view_get_node_zoom (view) + EASY) / view->zoom;
  left = (gint32) CLAMP ((x - reach - self->hit_x) / self->hit_cell, 0, self->hit_columns - 1);
  right = (gint32) CLAMP ((x + reach - self->hit_x) / self->hit_cell, 0, self->hit_columns - 1);
  top = (gint32) CLAMP ((y - reach - self->hit_y) / self->hit_cell, 0, self->hit_rows - 1);
  bottom = (gint32) CLAMP ((y + reach - self->hit_y) / self->hit_cell, 0, self->hit_rows - 1);
  for (gint32 row = top; row <= bottom; row++)
    for (gint32 i = self->hit_starts[row * self->hit_columns + left];
         i < self->hit_starts[row * self->hit_columns + right + 1]; i++)
      {
        gint32 node = self->hit_nodes[i];
        double distance = hypot (xs[node] - x, ys[node] - y) * view->zoom
                          - ent_map_painter_get_radius (self, view, node);

        if (self->states[node] == ENT_NODE_HIDDEN || distance >= best)
          continue;
        best = distance;
        found = node;
      }
  return found;
}

gint32
ent_map_painter_step (EntMapPainter    *self,
                      const EntMapView *view,
                      gint32            node,
                      double            dx,
                      double            dy)
{
  const float *xs = ent_layout_get_x (self->layout), *ys = ent_layout_get_y (self->layout);
  double x = node >= 0 ? xs[node] : view->x, y = node >= 0 ? ys[node] : view->y, best = G_MAXDOUBLE;
  gint32 found = -1;

  ent_map_painter_prepare (self);
  for (guint i = 0; i < self->n; i++)
    {
      double ahead = (xs[i] - x) * dx + (ys[i] - y) * dy, aside = fabs ((ys[i] - y) * dx - (xs[i] - x) * dy);
      double cost = ahead + 2 * aside;

      if ((gint32) i == node || self->states[i] == ENT_NODE_HIDDEN)
        continue;
      /* Nothing is selected yet: the most important node near the middle. */
      if (node < 0)
        cost = hypot (xs[i] - x, ys[i] - y) - 8 * self->radius[i];
      else if (ahead <= 0 || aside > ahead)
        continue;
      if (cost < best)
        {
          best = cost;
          found = i;
        }
    }
  return found >= 0 ? found : node;
}
