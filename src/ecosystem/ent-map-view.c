/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>

/* Up to here nodes grow as the map does; beyond, only by this power: near, one wants room between them. */
#define FULL_ZOOM 18
#define SLOWER 0.55

void
ent_map_view_to_layout (const EntMapView *self,
                        double            px,
                        double            py,
                        double           *x,
                        double           *y)
{
  *x = self->x + (px - self->width / 2.0) / self->zoom;
  *y = self->y + (py - self->height / 2.0) / self->zoom;
}

void
ent_map_view_from_layout (const EntMapView *self,
                          double            x,
                          double            y,
                          double           *px,
                          double           *py)
{
  *px = (x - self->x) * self->zoom + self->width / 2.0;
  *py = (y - self->y) * self->zoom + self->height / 2.0;
}

void
ent_map_view_zoom (EntMapView *self,
                   double      factor,
                   double      px,
                   double      py)
{
  double x, y;

  ent_map_view_to_layout (self, px, py, &x, &y);
  self->zoom *= factor;
  self->x = x - (px - self->width / 2.0) / self->zoom;
  self->y = y - (py - self->height / 2.0) / self->zoom;
}

void
ent_map_view_pan (EntMapView *self,
                  double      dx,
                  double      dy)
{
  self->x -= dx / self->zoom;
  self->y -= dy / self->zoom;
}

double
ent_map_view_get_node_zoom (const EntMapView *self)
{
  return self->zoom <= FULL_ZOOM ? self->zoom : FULL_ZOOM * pow (self->zoom / FULL_ZOOM, SLOWER);
}
