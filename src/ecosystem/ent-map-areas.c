/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <string.h>

/* Soft areas behind the larger communities: each node warms the squares around it for its community, and each
 * square takes the color of the community that is warmest there. Few squares, smoothly enlarged. */

#define SQUARES 220       /* along the longer side */
#define WARMTH 3.2        /* reach of a node in layout units */
#define FULL 1.6          /* warmth from which on a square has its full color */
#define LEAST 12          /* nodes of a community that gets an area */

void
ent_map_painter_clear_areas (EntMapPainter *self)
{
  g_clear_pointer (&self->areas, cairo_surface_destroy);
}

typedef struct
{
  double x, y, cell;
  int    columns, rows;
  float *warmth; /* one sheet per community */
} Sheets;

static void
warm (Sheets *self,
      guint   sheet,
      double  x,
      double  y)
{
  int reach = (int) ceil (WARMTH / self->cell);
  int column = (int) ((x - self->x) / self->cell), row = (int) ((y - self->y) / self->cell);
  float *warmth = self->warmth + (gsize) sheet * self->columns * self->rows;

  for (int r = MAX (0, row - reach); r <= MIN (self->rows - 1, row + reach); r++)
    for (int c = MAX (0, column - reach); c <= MIN (self->columns - 1, column + reach); c++)
      {
        double distance = hypot (self->x + (c + 0.5) * self->cell - x, self->y + (r + 0.5) * self->cell - y) / WARMTH;

        if (distance < 1)
          warmth[r * self->columns + c] += (float) ((1 - distance * distance) * (1 - distance * distance));
      }
}

static guint32
color_square (EntMapPainter *self,
              const Sheets  *sheets,
              gsize          square)
{
  gsize size = (gsize) sheets->columns * sheets->rows;
  const EntColor *color;
  float best = 0, all = 0;
  guint winner = 0;
  double alpha;

  for (guint i = 0; i < ENT_PALETTE_SERIES; i++)
    {
      float warmth = sheets->warmth[i * size + square];

      all += warmth;
      if (warmth > best)
        {
          best = warmth;
          winner = i;
        }
    }
  if (best <= 0)
    return 0;
  color = &self->palette->series[winner];
  alpha = MIN (1, best / FULL) * (best / all) * (self->palette->dark ? 0.24 : 0.20);
  return (guint32) lround (alpha * 255) << 24 | (guint32) lround (alpha * color->red * 255) << 16
         | (guint32) lround (alpha * color->green * 255) << 8 | (guint32) lround (alpha * color->blue * 255);
}

static void
warm_all (EntMapPainter *self,
          Sheets        *sheets)
{
  const double *community = ent_graph_measures_get (self->measures, ENT_MEASURE_COMMUNITY);
  const float *x = ent_layout_get_x (self->layout), *y = ent_layout_get_y (self->layout);
  guint sizes[ENT_PALETTE_SERIES] = { 0 };

  for (guint i = 0; i < self->n; i++)
    if (community[i] < ENT_PALETTE_SERIES)
      sizes[(guint) community[i]]++;
  for (guint i = 0; i < self->n; i++)
    if (community[i] < ENT_PALETTE_SERIES && sizes[(guint) community[i]] >= LEAST)
      warm (sheets, (guint) community[i], x[i], y[i]);
}

static void
make_areas (EntMapPainter *self)
{
  Sheets sheets;
  double width, height;
  guint32 *pixels;
  int pitch;

  ent_layout_get_bounds (self->layout, &sheets.x, &sheets.y, &width, &height);
  sheets.x -= 2 * WARMTH;
  sheets.y -= 2 * WARMTH;
  width += 4 * WARMTH;
  height += 4 * WARMTH;
  sheets.cell = MAX (width, height) / SQUARES;
  sheets.columns = (int) ceil (width / sheets.cell);
  sheets.rows = (int) ceil (height / sheets.cell);
  sheets.warmth = g_new0 (float, (gsize) ENT_PALETTE_SERIES * sheets.columns * sheets.rows);
  warm_all (self, &sheets);
  self->areas = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sheets.columns, sheets.rows);
  self->areas_x = sheets.x;
  self->areas_y = sheets.y;
  self->areas_cell = sheets.cell;
  pixels = (guint32 *) cairo_image_surface_get_data (self->areas);
  pitch = cairo_image_surface_get_stride (self->areas) / 4;
  for (int r = 0; r < sheets.rows; r++)
    for (int c = 0; c < sheets.columns; c++)
      pixels[r * pitch + c] = color_square (self, &sheets, (gsize) r * sheets.columns + c);
  cairo_surface_mark_dirty (self->areas);
  g_free (sheets.warmth);
}

cairo_surface_t *
ent_map_painter_get_areas (EntMapPainter    *self,
                           const EntMapView *view,
                           double           *x,
                           double           *y,
                           double           *width,
                           double           *height)
{
  double cell;

  if (self->measures == NULL || ent_graph_measures_get (self->measures, ENT_MEASURE_COMMUNITY) == NULL
      || self->focus >= 0 || self->n == 0)
    return NULL;
  if (self->areas == NULL)
    make_areas (self);
  cell = self->areas_cell * view->zoom;
  ent_map_view_from_layout (view, self->areas_x, self->areas_y, x, y);
  *width = cell * cairo_image_surface_get_width (self->areas);
  *height = cell * cairo_image_surface_get_height (self->areas);
  return self->areas;
}

void
ent_map_painter_paint_areas (EntMapPainter    *self,
                             cairo_t          *cr,
                             const EntMapView *view)
{
  double x, y, width, height;
  cairo_surface_t *areas = ent_map_painter_get_areas (self, view, &x, &y, &width, &height);
  gboolean is_picked = self->hovered >= 0 || self->selected >= 0 || self->path_nodes->len > 0;

  if (areas == NULL)
    return;
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, self->areas_cell * view->zoom, self->areas_cell * view->zoom);
  cairo_set_source_surface (cr, areas, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint_with_alpha (cr, is_picked ? 0.45 : 1);
  cairo_restore (cr);
}
