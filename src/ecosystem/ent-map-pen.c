/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ecosystem/ent-map-pen.h"

#include <math.h>
#include <pango/pangocairo.h>

/* --- Cairo -------------------------------------------------------------------------------------------- */

typedef struct
{
  EntMapPen    pen;
  cairo_t     *cr;
  PangoLayout *layout;
  char        *family;
} CairoPen;

static void
set_source (cairo_t        *cr,
            const EntColor *color,
            double          alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

static void
cairo_pen_line (EntMapPen      *pen,
                double          x0,
                double          y0,
                double          x1,
                double          y1,
                const EntColor *color,
                double          alpha,
                double          width)
{
  cairo_t *cr = ((CairoPen *) pen)->cr;

  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  set_source (cr, color, alpha);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
cairo_pen_shape (EntMapPen      *pen,
                 EntShape        shape,
                 double          x,
                 double          y,
                 double          radius,
                 const EntColor *color,
                 const EntColor *rim)
{
  cairo_t *cr = ((CairoPen *) pen)->cr;

  if (shape == ENT_SHAPE_RING)
    {
      cairo_new_path (cr);
      cairo_arc (cr, x, y, radius * 0.72, 0, 2 * G_PI);
      set_source (cr, color, 1);
      cairo_set_line_width (cr, radius * 0.55);
      cairo_stroke (cr);
      return;
    }
  ent_shape_path (cr, shape, x, y, radius);
  if (rim != NULL)
    {
      set_source (cr, rim, 1);
      cairo_set_line_width (cr, 2);
      cairo_stroke_preserve (cr);
    }
  set_source (cr, color, 1);
  cairo_fill (cr);
}

static void
cairo_pen_ring (EntMapPen      *pen,
                double          x,
                double          y,
                double          radius,
                double          width,
                const EntColor *color)
{
  cairo_t *cr = ((CairoPen *) pen)->cr;

  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  set_source (cr, color, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
cairo_pen_text (EntMapPen      *pen,
                double          x,
                double          y,
                double          size,
                gboolean        bold,
                const char     *text,
                const EntColor *color,
                const EntColor *halo)
{
  CairoPen *self = (CairoPen *) pen;
  g_autoptr(PangoFontDescription) font = pango_font_description_new ();
  PangoLayoutLine *line;

  pango_font_description_set_family (font, self->family);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_text (self->layout, text, -1);
  line = pango_layout_get_line_readonly (self->layout, 0);
  if (halo != NULL)
    {
      cairo_move_to (self->cr, x, y);
      pango_cairo_layout_line_path (self->cr, line);
      set_source (self->cr, halo, 0.82);
      cairo_set_line_width (self->cr, 4);
      cairo_set_line_join (self->cr, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (self->cr);
    }
  cairo_move_to (self->cr, x, y);
  set_source (self->cr, color, 1);
  pango_cairo_show_layout_line (self->cr, line);
}

EntMapPen *
ent_map_pen_new_cairo (cairo_t    *cr,
                       const char *family)
{
  CairoPen *self = g_new0 (CairoPen, 1);

  self->pen = (EntMapPen) { cairo_pen_line, cairo_pen_shape, cairo_pen_ring, cairo_pen_text };
  self->cr = cairo_reference (cr);
  self->layout = pango_cairo_create_layout (cr);
  self->family = g_strdup (family);
  return &self->pen;
}

void
ent_map_pen_free_cairo (EntMapPen *pen)
{
  CairoPen *self = (CairoPen *) pen;

  g_object_unref (self->layout);
  cairo_destroy (self->cr);
  g_free (self->family);
  g_free (self);
}

/* --- SVG ---------------------------------------------------------------------------------------------- */

typedef struct
{
  EntMapPen pen;
  GString  *text;
} SvgPen;

/* Numbers with a point whatever the locale, and no more digits than one can see. */
static void
add_number (GString    *text,
            const char *name,
            double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, " %s=\"%s\"", name, g_ascii_formatd (buffer, sizeof buffer, "%.4g", value));
}

static void
add_place (GString    *text,
           const char *name,
           double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, " %s=\"%s\"", name, g_ascii_formatd (buffer, sizeof buffer, "%.1f", value));
}

static void
add_color (GString        *text,
           const char     *name,
           const EntColor *color)
{
  g_string_append_printf (text, " %s=\"#%02x%02x%02x\"", name, (int) lround (color->red * 255),
                          (int) lround (color->green * 255), (int) lround (color->blue * 255));
}

static void
svg_pen_line (EntMapPen      *pen,
              double          x0,
              double          y0,
              double          x1,
              double          y1,
              const EntColor *color,
              double          alpha,
              double          width)
{
  GString *text = ((SvgPen *) pen)->text;

  g_string_append (text, "<line");
  add_place (text, "x1", x0);
  add_place (text, "y1", y0);
  add_place (text, "x2", x1);
  add_place (text, "y2", y1);
  add_color (text, "stroke", color);
  add_number (text, "stroke-opacity", alpha);
  add_number (text, "stroke-width", width);
  g_string_append (text, "/>\n");
}

static void
add_polygon (GString  *text,
             EntShape  shape,
             double    x,
             double    y,
             double    r)
{
  static const double diamond[] = { 0, -1.12, 1.12, 0, 0, 1.12, -1.12, 0 };
  static const double square[] = { -0.86, -0.86, 0.86, -0.86, 0.86, 0.86, -0.86, 0.86 };
  static const double triangle[] = { 0, -1.15, 1.05, 0.75, -1.05, 0.75 };
  const double *corners = shape == ENT_SHAPE_DIAMOND ? diamond : shape == ENT_SHAPE_SQUARE ? square : triangle;
  int n = shape == ENT_SHAPE_TRIANGLE ? 3 : 4;

  g_string_append (text, "<polygon points=\"");
  for (int i = 0; i < 2 * n; i++)
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              g_ascii_formatd (buffer, sizeof buffer, "%.1f", (i % 2 ? y : x) + r * corners[i]));
    }
  g_string_append_c (text, '"');
}

static void
svg_pen_shape (EntMapPen      *pen,
               EntShape        shape,
               double          x,
               double          y,
               double          radius,
               const EntColor *color,
               const EntColor *rim)
{
  GString *text = ((SvgPen *) pen)->text;
  gboolean is_round = shape == ENT_SHAPE_CIRCLE || shape == ENT_SHAPE_RING;

  if (is_round)
    {
      g_string_append (text, "<circle");
      add_place (text, "cx", x);
      add_place (text, "cy", y);
      add_number (text, "r", shape == ENT_SHAPE_RING ? radius * 0.72 : radius);
    }
  else
    add_polygon (text, shape, x, y, radius);
  if (shape == ENT_SHAPE_RING)
    {
      add_color (text, "stroke", color);
      add_number (text, "stroke-width", radius * 0.55);
      g_string_append (text, " fill=\"none\"/>\n");
      return;
    }
  add_color (text, "fill", color);
  if (rim != NULL)
    add_color (text, "stroke", rim);
  g_string_append (text, "/>\n");
}

static void
svg_pen_ring (EntMapPen      *pen,
              double          x,
              double          y,
              double          radius,
              double          width,
              const EntColor *color)
{
  GString *text = ((SvgPen *) pen)->text;

  g_string_append (text, "<circle fill=\"none\"");
  add_place (text, "cx", x);
  add_place (text, "cy", y);
  add_number (text, "r", radius);
  add_color (text, "stroke", color);
  add_number (text, "stroke-width", width);
  g_string_append (text, "/>\n");
}

static void
svg_pen_text (EntMapPen      *pen,
              double          x,
              double          y,
              double          size,
              gboolean        bold,
              const char     *words,
              const EntColor *color,
              const EntColor *halo)
{
  GString *text = ((SvgPen *) pen)->text;
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  g_string_append (text, "<text");
  add_place (text, "x", x);
  add_place (text, "y", y);
  add_number (text, "font-size", size);
  add_color (text, "fill", color);
  if (bold)
    g_string_append (text, " font-weight=\"bold\"");
  if (halo != NULL)
    {
      add_color (text, "stroke", halo);
      g_string_append (text, " class=\"halo\"");
    }
  g_string_append_printf (text, ">%s</text>\n", escaped);
}

EntMapPen *
ent_map_pen_new_svg (int             width,
                     int             height,
                     const EntColor *background,
                     const char     *family,
                     const char     *title)
{
  SvgPen *self = g_new0 (SvgPen, 1);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_family = g_markup_escape_text (family, -1);

  self->pen = (EntMapPen) { svg_pen_line, svg_pen_shape, svg_pen_ring, svg_pen_text };
  self->text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  g_string_append_printf (self->text, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dpt\" height=\"%dpt\" "
                          "viewBox=\"0 0 %d %d\" font-family=\"%s, sans-serif\">\n<title>%s</title>\n"
                          "<style>.halo { paint-order: stroke; stroke-width: 3px; stroke-linejoin: round }</style>\n",
                          width, height, width, height, escaped_family, escaped);
  g_string_append (self->text, "<rect width=\"100%\" height=\"100%\"");
  add_color (self->text, "fill", background);
  g_string_append (self->text, "/>\n");
  return &self->pen;
}

static cairo_status_t
collect_bytes (gpointer             bytes,
               const unsigned char *data,
               unsigned int         length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

void
ent_map_pen_add_image (EntMapPen       *pen,
                       cairo_surface_t *image,
                       double           x,
                       double           y,
                       double           width,
                       double           height)
{
  GString *text = ((SvgPen *) pen)->text;
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *encoded = NULL;

  if (cairo_surface_write_to_png_stream (image, collect_bytes, bytes) != CAIRO_STATUS_SUCCESS)
    return;
  encoded = g_base64_encode (bytes->data, bytes->len);
  g_string_append (text, "<image preserveAspectRatio=\"none\"");
  add_place (text, "x", x);
  add_place (text, "y", y);
  add_place (text, "width", width);
  add_place (text, "height", height);
  g_string_append_printf (text, " href=\"data:image/png;base64,%s\"/>\n", encoded);
}

char *
ent_map_pen_finish_svg (EntMapPen *pen)
{
  SvgPen *self = (SvgPen *) pen;
  char *text;

  g_string_append (self->text, "</svg>\n");
  text = g_string_free (self->text, FALSE);
  g_free (self);
  return text;
}
