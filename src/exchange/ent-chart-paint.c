/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define HEX(value) { ((value) >> 16 & 255) / 255.0, ((value) >> 8 & 255) / 255.0, ((value) & 255) / 255.0 }
#define TEXT_SIZE    10
#define LEGEND_GAP   14
#define N_COLORS     8

/* The hues of the map's series: apart for every kind of color vision, 3:1 on their background. */
static const EntChartColor on_light[N_COLORS] = {
  HEX (0x2f6fb3), HEX (0xb26d00), HEX (0x1f8f6b), HEX (0xb0558f), HEX (0xc2562d), HEX (0x6a5db0), HEX (0x3f86a8), HEX (0x777c1f),
};
static const EntChartColor on_dark[N_COLORS] = {
  HEX (0x6fa8e6), HEX (0xe9b458), HEX (0x4fc49b), HEX (0xd88fc0), HEX (0xee8a63), HEX (0xa79cec), HEX (0x86cbe8), HEX (0xc2c75c),
};

static const struct { EntChartColor text, muted, grid, background; gboolean is_dark; } palettes[] = {
  [ENT_CHART_LIGHT] = { HEX (0x2e2e33), HEX (0x5e5c64), HEX (0xdcdce0), HEX (0xffffff), FALSE },
  [ENT_CHART_DARK] = { HEX (0xf6f5f4), HEX (0xb5b3b8), HEX (0x4a4a50), HEX (0x2e2e32), TRUE },
  [ENT_CHART_LIGHT_CONTRAST] = { HEX (0x000000), HEX (0x000000), HEX (0x77767b), HEX (0xffffff), FALSE },
  [ENT_CHART_DARK_CONTRAST] = { HEX (0xffffff), HEX (0xffffff), HEX (0x9a9996), HEX (0x000000), TRUE },
  [ENT_CHART_PRINT] = { HEX (0x000000), HEX (0x4a4a4a), HEX (0xcfcfcf), HEX (0xffffff), FALSE },
};

/* --- For all parts ----------------------------------------------------------------------------------------------- */

void
ent_chart_set_color (const EntChartPainting *p,
                     const EntChartColor    *color,
                     double                  alpha)
{
  cairo_set_source_rgba (p->cr, color->red, color->green, color->blue, alpha);
}

EntChartColor
ent_chart_series_color (const EntChartPainting *p,
                        guint                   series)
{
  return (palettes[p->style->palette].is_dark ? on_dark : on_light)[series % N_COLORS];
}

PangoLayout *
ent_chart_make_text (const EntChartPainting *p,
                     const char             *text,
                     double                  room)
{
  PangoLayout *layout = pango_cairo_create_layout (p->cr);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (PangoFontDescription) font = NULL;

  font = p->style->font != NULL ? pango_font_description_copy (p->style->font) : pango_font_description_from_string ("Sans");
  if (pango_font_description_get_size (font) == 0)
    pango_font_description_set_absolute_size (font, TEXT_SIZE * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  if (room >= 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      if (ent_chart_text_width (layout) > room)
        pango_layout_set_width (layout, (int) (MAX (room, 1) * PANGO_SCALE));
    }
  return layout;
}

double
ent_chart_text_width (PangoLayout *layout)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.width / PANGO_SCALE;
}

void
ent_chart_take_text (const EntChartPainting *p,
                     PangoLayout            *layout,
                     double                  x,
                     double                  y,
                     const EntChartColor    *color)
{
  ent_chart_set_color (p, color, 1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
  cairo_move_to (p->cr, x, y);
  pango_cairo_show_layout (p->cr, layout);
  cairo_new_path (p->cr);
  g_object_unref (layout);
}

double
ent_chart_place_x (const EntChartPainting *p,
                   double                  x,
                   double                  width)
{
  return p->style->rtl ? p->width - x - width : x;
}

double
ent_chart_value_y (const EntChartPainting *p,
                   gint64                  value)
{
  return p->y + p->h * ((double) (p->high - value) / (double) (p->high - p->low));
}

double
ent_chart_category_x (const EntChartPainting *p,
                      guint                   category)
{
  guint at = p->style->rtl ? p->n_categories - 1 - category : category;

  if (ent_chart_data_get_kind (p->data) == ENT_CHART_SPARKLINE)
    return p->n_categories > 1 ? p->x + p->w * at / (p->n_categories - 1) : p->x + p->w / 2;
  return p->x + p->w * (at + 0.5) / p->n_categories;
}

void
ent_chart_note_place (const EntChartPainting *p,
                      guint                   series,
                      guint                   category,
                      double                  x,
                      double                  y,
                      double                  width,
                      double                  height)
{
  if (p->places != NULL)
    p->places[series * p->n_categories + category] = (EntChartPlace) { x, y, width, height };
}

/* --- Legend ---------------------------------------------------------------------------------------------------------- */

/* Lays the names of the series into lines; returns how many. */
static guint
lay_legend (const EntChartPainting *p,
            double                  top,
            gboolean                paint)
{
  double x = 0, sign = p->line * 1.4;
  guint row = 0;

  for (guint s = 0; s < p->n_series; s++)
    {
      PangoLayout *layout = ent_chart_make_text (p, ent_chart_data_get_series (p->data, s), p->width - sign);
      double width = sign + ent_chart_text_width (layout), y;

      if (x > 0 && x + width > p->width)
        {
          x = 0;
          row++;
        }
      y = top + row * (p->line + 3);
      if (!paint)
        g_object_unref (layout);
      else
        {
          double middle = ent_chart_place_x (p, x, p->line) + p->line / 2;

          if (ent_chart_data_get_kind (p->data) == ENT_CHART_LINE)
            ent_chart_paint_marker (p, s, middle, y + p->line / 2, p->line / 4);
          else
            ent_chart_paint_bar (p, s, middle - p->line * 0.4, y + p->line * 0.1, p->line * 0.8, p->line * 0.8);
          ent_chart_take_text (p, layout, ent_chart_place_x (p, x + sign, width - sign), y, &p->text);
        }
      x += width + LEGEND_GAP;
    }
  return row + 1;
}

static double
legend_height (const EntChartPainting *p)
{
  return p->n_series > 1 ? lay_legend (p, 0, FALSE) * (p->line + 3) + 4 : 0;
}

/* --- Axes ------------------------------------------------------------------------------------------------------------ */

static gint64
floor_to (gint64 value,
          gint64 step)
{
  gint64 rest = value % step;

  return value - (rest < 0 ? rest + step : rest);
}

static void
choose_scale (EntChartPainting *p)
{
  guint wanted = (guint) CLAMP (p->h / (p->line * 2.6), 2, 8);

  p->step = ent_chart_nice_step (p->high - p->low, wanted);
  p->low = floor_to (p->low, p->step);
  if (p->high != floor_to (p->high, p->step))
    p->high = floor_to (p->high, p->step) + p->step;
  if (p->high == p->low)
    p->high += p->step;
}

static double
axis_width (const EntChartPainting *p)
{
  double widest = 0;

  for (gint64 tick = p->low; tick <= p->high; tick += p->step)
    {
      g_autofree char *text = ent_chart_data_format (p->data, tick, TRUE);
      g_autoptr (PangoLayout) layout = ent_chart_make_text (p, text, p->width / 3);

      widest = MAX (widest, ent_chart_text_width (layout));
    }
  return widest + 8;
}

static void
paint_grid (const EntChartPainting *p,
            double                  axis)
{
  for (gint64 tick = p->low; tick <= p->high; tick += p->step)
    {
      g_autofree char *text = ent_chart_data_format (p->data, tick, TRUE);
      PangoLayout *layout = ent_chart_make_text (p, text, p->width / 3);
      double y = ent_chart_value_y (p, tick), width = ent_chart_text_width (layout);

      ent_chart_set_color (p, tick == 0 ? &p->muted : &p->grid, 1);
      cairo_set_line_width (p->cr, 1);
      cairo_move_to (p->cr, p->x, floor (y) + 0.5);
      cairo_line_to (p->cr, p->x + p->w, floor (y) + 0.5);
      cairo_stroke (p->cr);
      ent_chart_take_text (p, layout, ent_chart_place_x (p, axis - 8 - width, width), y - p->line / 2, &p->muted);
    }
}

/* Every name, or every second, third … so that none touches the next. */
static void
paint_categories (const EntChartPainting *p)
{
  double widest = 1, band = p->w / p->n_categories;
  guint each;

  for (guint c = 0; c < p->n_categories; c++)
    {
      g_autoptr (PangoLayout) layout = ent_chart_make_text (p, ent_chart_data_get_category (p->data, c), -1);

      widest = MAX (widest, ent_chart_text_width (layout));
    }
  widest = MIN (widest, MAX (p->w / 3, band - 4));
  each = (guint) MAX (ceil ((widest + 8) / band), 1);
  for (guint c = 0; c < p->n_categories; c += each)
    {
      PangoLayout *layout = ent_chart_make_text (p, ent_chart_data_get_category (p->data, c), widest);
      double width = ent_chart_text_width (layout), x = ent_chart_category_x (p, c) - width / 2;

      ent_chart_take_text (p, layout, CLAMP (x, 0, MAX (p->width - width, 0)), p->y + p->h + 4, &p->muted);
    }
}

static void
paint_goal (const EntChartPainting *p)
{
  static const double dash[] = { 4, 3 };
  const char *label = NULL;
  gint64 goal;
  double y;

  if (!ent_chart_data_get_goal (p->data, &goal, &label))
    return;
  y = ent_chart_value_y (p, goal);
  ent_chart_set_color (p, &p->text, 0.9);
  cairo_set_line_width (p->cr, 1.2);
  cairo_set_dash (p->cr, dash, 2, 0);
  cairo_move_to (p->cr, p->x, y);
  cairo_line_to (p->cr, p->x + p->w, y);
  cairo_stroke (p->cr);
  cairo_set_dash (p->cr, NULL, 0, 0);
  if (label != NULL && ent_chart_data_get_kind (p->data) != ENT_CHART_SPARKLINE)
    {
      PangoLayout *layout = ent_chart_make_text (p, label, p->w / 2);
      double width = ent_chart_text_width (layout);

      ent_chart_take_text (p, layout, p->style->rtl ? p->x + 2 : p->x + p->w - width - 2,
                           y - p->line - 1 < 0 ? y + 1 : y - p->line - 1, &p->text);
    }
}

/* --- The whole -------------------------------------------------------------------------------------------------------- */

static void
paint_empty (const EntChartPainting *p)
{
  PangoLayout *layout;

  if (ent_chart_data_get_kind (p->data) == ENT_CHART_SPARKLINE)
    return;
  layout = ent_chart_make_text (p, _("No data yet"), p->width);
  ent_chart_take_text (p, layout, (p->width - ent_chart_text_width (layout)) / 2, (p->height - p->line) / 2, &p->muted);
}

static void
paint_spark (EntChartPainting *p)
{
  p->x = 3;
  p->y = 4;
  p->w = MAX (p->width - 6, 1);
  p->h = MAX (p->height - 8, 1);
  if (p->low == p->high)
    {
      p->low--;
      p->high++;
    }
  paint_goal (p);
  ent_chart_paint_lines (p);
}

static void
paint_plot (EntChartPainting *p)
{
  EntChartKind kind = ent_chart_data_get_kind (p->data);
  double legend = legend_height (p), axis;

  p->y = p->line + 2;
  p->h = MAX (p->height - p->y - p->line - 8 - legend, 8);
  choose_scale (p);
  axis = axis_width (p);
  p->x = p->style->rtl ? 0 : axis;
  p->w = MAX (p->width - axis, 8);
  paint_grid (p, axis);
  paint_categories (p);
  if (kind == ENT_CHART_LINE)
    ent_chart_paint_lines (p);
  else if (kind == ENT_CHART_STACKED)
    ent_chart_paint_stacks (p);
  else
    ent_chart_paint_bars (p);
  paint_goal (p);
  if (kind == ENT_CHART_BAR && p->n_series == 1)
    ent_chart_paint_bar_labels (p);
  if (legend > 0)
    lay_legend (p, p->height - legend + 4, TRUE);
}

static double
line_height (const EntChartPainting *p)
{
  g_autoptr (PangoLayout) layout = ent_chart_make_text (p, "Ag0", -1);
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

void
ent_chart_paint (EntChartData        *data,
                 cairo_t             *cr,
                 double               width,
                 double               height,
                 const EntChartStyle *style,
                 EntChartPlace       *places)
{
  EntChartPainting p = { data, cr, style, places, .width = width, .height = height };
  g_autofree EntChartPlace *own = NULL;
  gboolean any;

  p.text = palettes[style->palette].text;
  p.muted = palettes[style->palette].muted;
  p.grid = palettes[style->palette].grid;
  p.background = palettes[style->palette].background;
  p.n_series = ent_chart_data_get_n_series (data);
  p.n_categories = ent_chart_data_get_n_categories (data);
  if (places == NULL)
    p.places = own = g_new0 (EntChartPlace, p.n_series * p.n_categories + 1);
  else
    memset (places, 0, sizeof (EntChartPlace) * p.n_series * p.n_categories);
  any = ent_chart_data_get_range (data, &p.low, &p.high) && p.n_series > 0 && p.n_categories > 0;
  cairo_save (cr);
  p.line = line_height (&p);
  if (!any)
    paint_empty (&p);
  else if (ent_chart_data_get_kind (data) == ENT_CHART_SPARKLINE)
    paint_spark (&p);
  else if (ent_chart_data_get_kind (data) == ENT_CHART_FUNNEL)
    ent_chart_paint_funnel (&p);
  else
    paint_plot (&p);
  cairo_restore (cr);
}

double
ent_chart_get_height (EntChartData *data,
                      double        width,
                      double        text_height)
{
  guint n_series = ent_chart_data_get_n_series (data);
  double least = text_height * 11;

  if (ent_chart_data_get_kind (data) == ENT_CHART_SPARKLINE)
    return text_height * 2;
  if (ent_chart_data_get_kind (data) == ENT_CHART_FUNNEL)
    return MAX (ent_chart_data_get_n_categories (data), 2) * text_height * 2;
  return CLAMP (width * 0.45, least, text_height * 22) + (n_series > 1 ? (n_series + 2) / 3 * (text_height + 3) : 0);
}
