/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ecosystem/ent-map-painter-private.h"

G_BEGIN_DECLS

/* What a picture in a file is drawn with: Cairo for PNG and PDF, a writer of our own for SVG, because Cairo would
 * write its text as outlines that nobody can search or edit. Colors are opaque; lines may be translucent. */

typedef struct _EntMapPen EntMapPen;

struct _EntMapPen
{
  void (*line)  (EntMapPen      *self,
                 double          x0,
                 double          y0,
                 double          x1,
                 double          y1,
                 const EntColor *color,
                 double          alpha,
                 double          width);
  /* @rim: of the background color around it; 0 none. */
  void (*shape) (EntMapPen      *self,
                 EntShape        shape,
                 double          x,
                 double          y,
                 double          radius,
                 const EntColor *color,
                 const EntColor *rim);
  void (*ring)  (EntMapPen      *self,
                 double          x,
                 double          y,
                 double          radius,
                 double          width,
                 const EntColor *color);
  /* @halo (nullable): color of a soft edge. @x is the left end of the baseline. */
  void (*text)  (EntMapPen      *self,
                 double          x,
                 double          y,
                 double          size,
                 gboolean        bold,
                 const char     *text,
                 const EntColor *color,
                 const EntColor *halo);
};

EntMapPen *ent_map_pen_new_cairo  (cairo_t       *cr,
                                   const char    *family);
void       ent_map_pen_free_cairo (EntMapPen     *self);
/** Collects an SVG document. */
EntMapPen *ent_map_pen_new_svg    (int             width,
                                   int             height,
                                   const EntColor *background,
                                   const char     *family,
                                   const char     *title);
/** SVG only: lays an image over the rectangle. */
void       ent_map_pen_add_image  (EntMapPen       *self,
                                   cairo_surface_t *image,
                                   double           x,
                                   double           y,
                                   double           width,
                                   double           height);
/** Ends the document. (transfer full) */
char      *ent_map_pen_finish_svg (EntMapPen      *self);

void       ent_map_painter_draw_with (EntMapPainter    *self,
                                      EntMapPen        *pen,
                                      const EntMapView *view);

G_END_DECLS
