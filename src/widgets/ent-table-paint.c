/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-table-paint.h"

#include "widgets/ent-avatar-tile.h"
#include "widgets/ent-table-columns.h"

#define TILE_RADIUS 6
#define LETTER_SIZE 10

int
ent_paint_scale (GtkWidget *widget,
                 int        pixels)
{
  return (int) (pixels * ent_table_columns_scale_of (widget) + 0.5);
}

gboolean
ent_tone_get_color (EntTone   tone,
                    gboolean  dark,
                    GdkRGBA  *color)
{
  static const char * const light_colors[] = { NULL, "#0461be", "#1b8553", "#905400", "#c30000", NULL };
  static const char * const dark_colors[] = { NULL, "#81d0ff", "#78e9ab", "#ffc252", "#ff938c", NULL };
  const char *text = dark ? dark_colors[tone] : light_colors[tone];

  return text != NULL && gdk_rgba_parse (color, text);
}

/* A shape that tells a tone without color: disc, triangle, square, diamond. */
static GskPath *
make_symbol (EntTone tone,
             float   size)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float half = size / 2;

  switch (tone)
    {
    case ENT_TONE_GOOD:
      gsk_path_builder_add_circle (builder, &GRAPHENE_POINT_INIT (half, half), half * 0.9f);
      break;
    case ENT_TONE_WARNING:
      gsk_path_builder_move_to (builder, half, 0);
      gsk_path_builder_line_to (builder, size, size);
      gsk_path_builder_line_to (builder, 0, size);
      gsk_path_builder_close (builder);
      break;
    case ENT_TONE_BAD:
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (0.5f, 0.5f, size - 1, size - 1));
      break;
    case ENT_TONE_ACCENT:
      gsk_path_builder_move_to (builder, half, 0);
      gsk_path_builder_line_to (builder, size, half);
      gsk_path_builder_line_to (builder, half, size);
      gsk_path_builder_line_to (builder, 0, half);
      gsk_path_builder_close (builder);
      break;
    case ENT_TONE_NEUTRAL:
    case ENT_TONE_MUTED:
    default:
      break;
    }
  return gsk_path_builder_free_to_path (builder);
}

void
ent_paint_layout (GtkSnapshot   *snapshot,
              PangoLayout   *layout,
              double         x,
              double         height,
              const GdkRGBA *color)
{
  int text_height;

  pango_layout_get_pixel_size (layout, NULL, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) ((height - text_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

void
ent_paint_rounded (GtkSnapshot   *snapshot,
               double         x,
               double         y,
               double         size,
               double         radius,
               const GdkRGBA *color)
{
  GskRoundedRect rect;

  gsk_rounded_rect_init_from_rect (&rect, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) size, (float) size),
                                   (float) radius);
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
  gtk_snapshot_append_color (snapshot, color, &rect.bounds);
  gtk_snapshot_pop (snapshot);
}

void
ent_paint_letter (GtkWidget     *widget,
              GtkSnapshot   *snapshot,
              const char    *letter,
              double         x,
              double         size,
              double         height,
              const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, letter);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_size_new_absolute (ent_paint_scale (widget, LETTER_SIZE) * PANGO_SCALE));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  ent_paint_layout (snapshot, layout, x + (size - width) / 2, height, color);
}

void
ent_paint_tile (GtkWidget   *widget,
                GtkSnapshot *snapshot,
                const char  *text,
                gboolean     round,
                double       x,
                double       height)
{
  int size = ent_paint_scale (widget, ENT_PAINT_TILE);
  double radius = round ? size / 2.0 : ent_paint_scale (widget, TILE_RADIUS);
  g_autofree char *initials = ent_avatar_tile_make_initials (text);
  const GdkRGBA white = { 1, 1, 1, 1 };
  GdkRGBA color;

  ent_avatar_tile_get_color (text, &color);
  ent_paint_rounded (snapshot, x, (height - size) / 2, size, radius, &color);
  ent_paint_letter (widget, snapshot, initials, x, size, height, &white);
}

void
ent_paint_symbol (GtkWidget     *widget,
              GtkSnapshot   *snapshot,
              EntTone        tone,
              double         x,
              double         height,
              const GdkRGBA *color)
{
  GskPath *symbol = make_symbol (tone, ent_paint_scale (widget, ENT_PAINT_SYMBOL));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) (height - ent_paint_scale (widget, ENT_PAINT_SYMBOL)) / 2));
  gtk_snapshot_append_fill (snapshot, symbol, GSK_FILL_RULE_WINDING, color);
  gtk_snapshot_restore (snapshot);
  gsk_path_unref (symbol);
}
