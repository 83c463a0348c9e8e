/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma GCC optimize ("O3")
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <string.h>

#define N_IMAGES 3

struct _EntMapRaster
{
  int              width, height;
  cairo_surface_t *images[N_IMAGES];   /* used in turn, since the screen may still show the last ones */
  cairo_surface_t *image;              /* one of them */
  guint32         *pixels;
  int              pitch;              /* of the image, in pixels */
  cairo_surface_t *coverage[ENT_N_LINES];
  gboolean         used[ENT_N_LINES];
};

EntMapRaster *
ent_map_raster_new (void)
{
  return g_new0 (EntMapRaster, 1);
}

static void
drop_surfaces (EntMapRaster *self)
{
  self->image = NULL;
  for (int i = 0; i < N_IMAGES; i++)
    g_clear_pointer (&self->images[i], cairo_surface_destroy);
  for (int i = 0; i < ENT_N_LINES; i++)
    g_clear_pointer (&self->coverage[i], cairo_surface_destroy);
}

void
ent_map_raster_free (EntMapRaster *self)
{
  drop_surfaces (self);
  g_free (self);
}

/* One that nobody else holds; when all are held, the first is left to its holder. */
static cairo_surface_t *
take_image (EntMapRaster *self)
{
  int free = 0;

  for (int i = 0; i < N_IMAGES; i++)
    if (self->images[i] == NULL || cairo_surface_get_reference_count (self->images[i]) == 1)
      {
        free = i;
        break;
      }
  if (self->images[free] != NULL && cairo_surface_get_reference_count (self->images[free]) > 1)
    g_clear_pointer (&self->images[free], cairo_surface_destroy);
  if (self->images[free] == NULL)
    self->images[free] = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->width, self->height);
  return self->images[free];
}

void
ent_map_raster_begin (EntMapRaster   *self,
                      int             width,
                      int             height,
                      const EntColor *background)
{
  guint32 color = 0xff000000u | (guint32) lround (background->red * 255) << 16
                  | (guint32) lround (background->green * 255) << 8 | (guint32) lround (background->blue * 255);

  if (self->width != width || self->height != height)
    {
      drop_surfaces (self);
      self->width = width;
      self->height = height;
    }
  self->image = take_image (self);
  cairo_surface_flush (self->image);
  self->pixels = (guint32 *) cairo_image_surface_get_data (self->image);
  self->pitch = cairo_image_surface_get_stride (self->image) / 4;
  for (gsize i = 0; i < (gsize) self->pitch * height; i++)
    self->pixels[i] = color;
  cairo_surface_mark_dirty (self->image);
}

cairo_surface_t *
ent_map_raster_get_surface (EntMapRaster *self)
{
  return self->image;
}

/* --- Lines -------------------------------------------------------------------------------------------- */

/* Liang and Barsky (1984). FALSE when nothing of the line is inside. */
static gboolean
clip (float  width,
      float  height,
      float *x0,
      float *y0,
      float *x1,
      float *y1)
{
  float dx = *x1 - *x0, dy = *y1 - *y0, from = 0, to = 1;
  const float p[] = { -dx, dx, -dy, dy };
  const float q[] = { *x0 - 2, width - 3 - *x0, *y0 - 2, height - 3 - *y0 };

  for (int i = 0; i < 4; i++)
    {
      float t;

      if (p[i] == 0)
        {
          if (q[i] < 0)
            return FALSE;
          continue;
        }
      t = q[i] / p[i];
      if (p[i] < 0)
        from = MAX (from, t);
      else
        to = MIN (to, t);
    }
  if (from >= to)
    return FALSE;
  *x1 = *x0 + to * dx;
  *y1 = *y0 + to * dy;
  *x0 += from * dx;
  *y0 += from * dy;
  return TRUE;
}

static inline void
add (guint8 *pixel,
     guint   amount)
{
  guint sum = *pixel + amount;

  *pixel = (guint8) (sum > 255 ? 255 : sum);
}

/* One pixel wide: at each step two pixels across share the weight (Wu, 1991). */
static void
draw_thin (guint8 *data,
           gssize  along,
           gssize  across,
           float   start,
           float   end,
           float   at,
           float   slope,
           guint   weight)
{
  int first = (int) start, last = (int) end;
  gint32 position = (gint32) ((at + slope * ((float) first - start)) * 65536);
  gint32 step = (gint32) (slope * 65536);

  data += first * along;
  for (int i = first; i <= last; i++, position += step, data += along)
    {
      guint share = (guint) (position & 0xffff) >> 8;
      guint8 *pixel = data + (position >> 16) * across;

      add (pixel, weight * (255 - share) >> 8);
      add (pixel + across, weight * share >> 8);
    }
}

static void
draw_thick (guint8 *data,
            gssize  along,
            gssize  across,
            float   start,
            float   end,
            float   at,
            float   slope,
            guint   weight,
            float   thickness)
{
  int first = (int) start, last = (int) end;

  at += slope * ((float) first - start) - (thickness - 1) / 2;
  data += first * along;
  for (int i = first; i <= last; i++, at += slope, data += along)
    {
      int low = (int) at;
      float left = thickness - (1 - (at - (float) low));
      guint8 *pixel = data + low * across;

      add (pixel, (guint) ((float) weight * (1 - (at - (float) low))));
      for (; left > 0; left--)
        add (pixel += across, (guint) ((float) weight * MIN (left, 1)));
    }
}

static guint8 *
get_coverage (EntMapRaster *self,
              EntLines      lines,
              gssize       *pitch)
{
  if (self->coverage[lines] == NULL)
    {
      self->coverage[lines] = cairo_image_surface_create (CAIRO_FORMAT_A8, self->width, self->height);
      self->used[lines] = FALSE;
    }
  if (!self->used[lines])
    cairo_surface_flush (self->coverage[lines]);
  self->used[lines] = TRUE;
  *pitch = cairo_image_surface_get_stride (self->coverage[lines]);
  return cairo_image_surface_get_data (self->coverage[lines]);
}

void
ent_map_raster_line (EntMapRaster *self,
                     EntLines      lines,
                     float         x0,
                     float         y0,
                     float         x1,
                     float         y1,
                     float         weight,
                     float         thickness)
{
  gssize pitch, along = 1, across;
  guint8 *data;
  float dx, dy, slant;

  /* Middles of pixels are whole numbers here. */
  x0 -= 0.5f, y0 -= 0.5f, x1 -= 0.5f, y1 -= 0.5f;
  if (!clip ((float) self->width - thickness, (float) self->height - thickness, &x0, &y0, &x1, &y1))
    return;
  data = get_coverage (self, lines, &pitch);
  across = pitch;
  dx = fabsf (x1 - x0);
  dy = fabsf (y1 - y0);
  if (dy > dx)
    {
      float t;

      t = x0, x0 = y0, y0 = t;
      t = x1, x1 = y1, y1 = t;
      t = dx, dx = dy, dy = t;
      along = pitch;
      across = 1;
    }
  if (x1 < x0)
    {
      float t;

      t = x0, x0 = x1, x1 = t;
      t = y0, y0 = y1, y1 = t;
    }
  if (dx < 0.5f)
    return;
  /* A slanted line covers more across than along. */
  slant = sqrtf (1 + dy * dy / (dx * dx));
  if (thickness <= 1)
    draw_thin (data, along, across, x0, x1, y0, (y1 - y0) / dx,
               (guint) MIN (255, weight * slant * thickness));
  else
    draw_thick (data, along, across, x0, x1, MAX (y0, thickness), (y1 - y0) / dx, (guint) weight,
                thickness * slant);
}

void
ent_map_raster_ink (EntMapRaster   *self,
                    EntLines        lines,
                    const EntColor *color,
                    double          alpha)
{
  cairo_surface_t *coverage = self->coverage[lines];
  cairo_t *cr;

  if (coverage == NULL || !self->used[lines])
    return;
  cairo_surface_mark_dirty (coverage);
  cr = cairo_create (self->image);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
  cairo_mask_surface (cr, coverage, 0, 0);
  cairo_destroy (cr);
  cairo_surface_flush (self->image);
  cairo_surface_flush (coverage);
  memset (cairo_image_surface_get_data (coverage), 0,
          (gsize) cairo_image_surface_get_stride (coverage) * self->height);
  self->used[lines] = FALSE;
}

/* --- Sprites ------------------------------------------------------------------------------------------ */

EntSprite *
ent_sprite_new (cairo_surface_t *surface,
                int              x,
                int              y)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int pitch = cairo_image_surface_get_stride (surface);
  EntSprite *self = g_malloc (sizeof (EntSprite) + sizeof (guint32) * width * height);

  *self = (EntSprite) { width, height, x, y };
  cairo_surface_flush (surface);
  for (int row = 0; row < height; row++)
    memcpy (self->pixels + row * width, cairo_image_surface_get_data (surface) + row * pitch, 4 * width);
  cairo_surface_destroy (surface);
  return self;
}

/* Two channels at a time; the division by 255 is exact to half a step. */
static inline guint32
blend (guint32 under,
       guint32 over)
{
  guint32 rest = 255 - (over >> 24);
  guint32 even = (under & 0x00ff00ff) * rest + 0x00800080;
  guint32 odd = (under >> 8 & 0x00ff00ff) * rest + 0x00800080;

  even = (even + (even >> 8 & 0x00ff00ff)) >> 8 & 0x00ff00ff;
  odd = (odd + (odd >> 8 & 0x00ff00ff)) & 0xff00ff00;
  return over + (even | odd);
}

void
ent_map_raster_stamp (EntMapRaster    *self,
                      const EntSprite *sprite,
                      int              x,
                      int              y)
{
  int left = MAX (0, x - sprite->x), right = MIN (self->width, x - sprite->x + sprite->width);
  int top = MAX (0, y - sprite->y), bottom = MIN (self->height, y - sprite->y + sprite->height);

  for (int row = top; row < bottom; row++)
    {
      const guint32 *from = sprite->pixels + (row - y + sprite->y) * sprite->width + (left - x + sprite->x);
      guint32 *to = self->pixels + (gsize) row * self->pitch + left;

      for (int column = left; column < right; column++, from++, to++)
        if (*from >= 0xff000000u)
          *to = *from;
        else if (*from != 0)
          *to = blend (*to, *from);
    }
}
