/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-painter-private.h"

#include <math.h>
#include <pango/pangocairo.h>

/* A label is shaped and drawn once, with a soft rim of the background color, and then stamped. The Pango objects
 * belong to the painter alone, so that a painter may work on another thread. */

#define MAX_SPRITES 3000
#define MAX_WIDTH 170 /* pixels of the view, at the default font size */

static const double size_factors[ENT_N_LABEL_SIZES] = { 0.80, 0.93, 1.12 };

typedef struct
{
  float width, ascent, descent;
} Extents;

struct _EntMapLabels
{
  EntGraph             *graph;
  PangoFontMap         *map;
  PangoContext         *context;
  PangoLayout          *layout;
  PangoFontDescription *fonts[ENT_N_LABEL_SIZES];
  char                 *family;
  double                points;
  const EntMapPalette  *palette;
  double                scale;   /* of the sprites */
  GHashTable           *sprites; /* node * sizes + size → EntSprite */
  GHashTable           *extents; /* the same → Extents */
};

EntMapLabels *
ent_map_labels_new (EntGraph *graph)
{
  EntMapLabels *self = g_new0 (EntMapLabels, 1);

  self->graph = graph;
  self->map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->map), 96);
  self->context = pango_font_map_create_context (self->map);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  self->layout = pango_layout_new (self->context);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  self->sprites = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->extents = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->scale = 1;
  ent_map_labels_set_font (self, "Sans", 11);
  return self;
}

void
ent_map_labels_free (EntMapLabels *self)
{
  g_hash_table_unref (self->sprites);
  g_hash_table_unref (self->extents);
  for (int i = 0; i < ENT_N_LABEL_SIZES; i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->layout);
  g_object_unref (self->context);
  g_object_unref (self->map);
  g_free (self->family);
  g_free (self);
}

void
ent_map_labels_set_font (EntMapLabels *self,
                         const char   *family,
                         double        points)
{
  static const PangoWeight weights[] = { PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_MEDIUM, PANGO_WEIGHT_BOLD };

  if (g_strcmp0 (family, self->family) == 0 && points == self->points)
    return;
  g_set_str (&self->family, family);
  self->points = points;
  for (int i = 0; i < ENT_N_LABEL_SIZES; i++)
    {
      g_clear_pointer (&self->fonts[i], pango_font_description_free);
      self->fonts[i] = pango_font_description_new ();
      pango_font_description_set_family (self->fonts[i], family);
      pango_font_description_set_weight (self->fonts[i], weights[i]);
      pango_font_description_set_size (self->fonts[i], (int) (points * size_factors[i] * PANGO_SCALE));
    }
  g_hash_table_remove_all (self->sprites);
  g_hash_table_remove_all (self->extents);
}

const char *
ent_map_labels_get_family (EntMapLabels *self)
{
  return self->family;
}

double
ent_map_labels_get_size (EntMapLabels *self,
                         EntLabelSize  size)
{
  return self->points * size_factors[size] * 96 / 72;
}

void
ent_map_labels_set_palette (EntMapLabels        *self,
                            const EntMapPalette *palette)
{
  if (self->palette != palette)
    g_hash_table_remove_all (self->sprites);
  self->palette = palette;
}

static gpointer
make_key (gint32       node,
          EntLabelSize size)
{
  return GINT_TO_POINTER (node * ENT_N_LABEL_SIZES + (gint32) size + 1);
}

static void
set_text (EntMapLabels *self,
          gint32        node,
          EntLabelSize  size)
{
  pango_layout_set_font_description (self->layout, self->fonts[size]);
  pango_layout_set_width (self->layout, (int) (MAX_WIDTH * size_factors[size] * self->points / 11 * PANGO_SCALE));
  pango_layout_set_text (self->layout, ent_graph_get_title (self->graph, node), -1);
}

char *
ent_map_labels_dup_text (EntMapLabels *self,
                         gint32        node)
{
  const char *title = ent_graph_get_title (self->graph, node);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (title, -1) <= 28)
    return g_strdup (title);
  start = g_utf8_substring (title, 0, 27);
  return g_strconcat (g_strchomp (start), "…", NULL);
}

static const Extents *
get_extents (EntMapLabels *self,
             gint32        node,
             EntLabelSize  size)
{
  Extents *extents = g_hash_table_lookup (self->extents, make_key (node, size));
  PangoRectangle logical;

  if (extents != NULL)
    return extents;
  set_text (self, node, size);
  pango_layout_get_extents (self->layout, NULL, &logical);
  extents = g_new (Extents, 1);
  extents->width = (float) logical.width / PANGO_SCALE;
  extents->ascent = (float) pango_layout_get_baseline (self->layout) / PANGO_SCALE;
  extents->descent = (float) logical.height / PANGO_SCALE - extents->ascent;
  g_hash_table_insert (self->extents, make_key (node, size), extents);
  return extents;
}

void
ent_map_labels_measure (EntMapLabels *self,
                        gint32        node,
                        EntLabelSize  size,
                        double       *width,
                        double       *ascent,
                        double       *descent)
{
  const Extents *extents = get_extents (self, node, size);

  *width = extents->width;
  *ascent = extents->ascent;
  *descent = extents->descent;
}

static void
set_source (cairo_t        *cr,
            const EntColor *color,
            double          alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

static EntSprite *
draw_sprite (EntMapLabels *self,
             gint32        node,
             EntLabelSize  size,
             double        scale)
{
  const Extents *extents = get_extents (self, node, size);
  double rim = 2.5, width = extents->width + 2 * rim, height = extents->ascent + extents->descent + 2 * rim;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) ceil (width * scale) + 1,
                                                         (int) ceil (height * scale) + 1);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  set_text (self, node, size);
  cairo_move_to (cr, rim, rim);
  pango_cairo_layout_path (cr, self->layout);
  set_source (cr, &self->palette->background, 0.82);
  cairo_set_line_width (cr, 2 * rim);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_move_to (cr, rim, rim);
  set_source (cr, size == ENT_LABEL_SMALL ? &self->palette->muted_text : &self->palette->text, 1);
  pango_cairo_show_layout (cr, self->layout);
  cairo_destroy (cr);
  return ent_sprite_new (surface, (int) lround (rim * scale), (int) lround ((rim + extents->ascent) * scale));
}

const EntSprite *
ent_map_labels_get_sprite (EntMapLabels *self,
                           gint32        node,
                           EntLabelSize  size,
                           double        scale)
{
  EntSprite *sprite;

  if (scale != self->scale || g_hash_table_size (self->sprites) > MAX_SPRITES)
    g_hash_table_remove_all (self->sprites);
  self->scale = scale;
  sprite = g_hash_table_lookup (self->sprites, make_key (node, size));
  if (sprite == NULL)
    {
      sprite = draw_sprite (self, node, size, scale);
      g_hash_table_insert (self->sprites, make_key (node, size), sprite);
    }
  return sprite;
}

void
ent_map_labels_show (EntMapLabels *self,
                     cairo_t      *cr,
                     gint32        node,
                     EntLabelSize  size)
{
  set_text (self, node, size);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (self->layout, 0));
}
