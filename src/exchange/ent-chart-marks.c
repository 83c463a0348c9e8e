/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "exchange/ent-chart-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* What stands for values: lines with markers, bars with hatching, funnel steps. Color is never the only difference. */

#define MARKER 3.5

static const EntChartPlace *
picked (const EntChartPainting *p,
        guint                   series,
        guint                   category)
{
  return p->style->has_pick && p->style->series == series && p->style->category == category && p->places != NULL
           ? &p->places[series * p->n_categories + category] : NULL;
}

/* --- Marks ---------------------------------------------------------------------------------------------------- */

void
ent_chart_paint_marker (const EntChartPainting *p,
                        guint                   series,
                        double                  x,
                        double                  y,
                        double                  size)
{
  cairo_t *cr = p->cr;
  EntChartColor color = ent_chart_series_color (p, series);

  cairo_new_path (cr);
  switch (series % 4)
    {
    case 1:
      cairo_rectangle (cr, x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
      break;
    case 2:
      cairo_move_to (cr, x, y - size * 1.2);
      cairo_line_to (cr, x + size * 1.15, y + size * 0.9);
      cairo_line_to (cr, x - size * 1.15, y + size * 0.9);
      cairo_close_path (cr);
      break;
    case 3:
      cairo_move_to (cr, x, y - size * 1.3);
      cairo_line_to (cr, x + size * 1.3, y);
      cairo_line_to (cr, x, y + size * 1.3);
      cairo_line_to (cr, x - size * 1.3, y);
      cairo_close_path (cr);
      break;
    default:
      cairo_arc (cr, x, y, size, 0, 2 * G_PI);
      break;
    }
  ent_chart_set_color (p, &p->background, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke_preserve (cr);
  ent_chart_set_color (p, &color, 1);
  cairo_fill (cr);
}

/* The first series is plain, the others are hatched in directions of their own. */
static void
hatch (const EntChartPainting *p,
       guint                   series,
       double                  x,
       double                  y,
       double                  width,
       double                  height)
{
  cairo_t *cr = p->cr;
  double step = 5, reach = width + height;

  if (series % 4 == 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_new_path (cr);
  for (double at = 0; at < reach; at += step)
    if (series % 4 == 1)
      {
        cairo_move_to (cr, x + at, y);
        cairo_line_to (cr, x + at - height, y + height);
      }
    else if (series % 4 == 2)
      {
        cairo_move_to (cr, x + width - at, y);
        cairo_line_to (cr, x + width - at + height, y + height);
      }
    else if (at < height)
      {
        cairo_move_to (cr, x, y + at + step / 2);
        cairo_line_to (cr, x + width, y + at + step / 2);
      }
  ent_chart_set_color (p, &p->background, 0.65);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
ent_chart_paint_bar (const EntChartPainting *p,
                     guint                   series,
                     double                  x,
                     double                  y,
                     double                  width,
                     double                  height)
{
  EntChartColor color = ent_chart_series_color (p, series);

  cairo_rectangle (p->cr, x, y, width, height);
  ent_chart_set_color (p, &color, 1);
  cairo_fill (p->cr);
  hatch (p, series, x, y, width, height);
  if (series % 4 == 0)
    return;
  cairo_rectangle (p->cr, x + 0.5, y + 0.5, MAX (width - 1, 0), MAX (height - 1, 0));
  ent_chart_set_color (p, &color, 1);
  cairo_set_line_width (p->cr, 1);
  cairo_stroke (p->cr);
}

static void
outline (const EntChartPainting *p,
         const EntChartPlace    *place)
{
  if (place == NULL || place->width <= 0)
    return;
  cairo_rectangle (p->cr, place->x - 2.5, place->y - 2.5, place->width + 5, place->height + 5);
  ent_chart_set_color (p, &p->text, 1);
  cairo_set_line_width (p->cr, 2);
  cairo_stroke (p->cr);
}

/* An unknown value in a chart of bars: a dash where its bar would begin. */
static void
paint_unknown (const EntChartPainting *p,
               double                  x,
               double                  width)
{
  double y = ent_chart_value_y (p, CLAMP (0, p->low, p->high));
  double half = MIN (width, 10) / 2;

  cairo_move_to (p->cr, x + width / 2 - half, y - 4);
  cairo_line_to (p->cr, x + width / 2 + half, y - 4);
  ent_chart_set_color (p, &p->muted, 1);
  cairo_set_line_width (p->cr, 1.5);
  cairo_stroke (p->cr);
}

/* --- Lines ------------------------------------------------------------------------------------------------------ */

static void
set_dash (const EntChartPainting *p,
          guint                   series)
{
  static const double dashes[][4] = { { 0 }, { 7, 3, 7, 3 }, { 2, 3, 2, 3 }, { 9, 3, 2, 3 } };

  if (series % 4 == 0)
    cairo_set_dash (p->cr, NULL, 0, 0);
  else
    cairo_set_dash (p->cr, dashes[series % 4], 4, 0);
}

static void
paint_line (const EntChartPainting *p,
            guint                   series)
{
  EntChartColor color = ent_chart_series_color (p, series);
  gboolean is_drawing = FALSE;

  cairo_new_path (p->cr);
  for (guint c = 0; c < p->n_categories; c++)
    {
      gint64 value;

      if (!ent_chart_data_get (p->data, series, c, &value))
        {
          is_drawing = FALSE;
          continue;
        }
      if (is_drawing)
        cairo_line_to (p->cr, ent_chart_category_x (p, c), ent_chart_value_y (p, value));
      else
        cairo_move_to (p->cr, ent_chart_category_x (p, c), ent_chart_value_y (p, value));
      is_drawing = TRUE;
    }
  ent_chart_set_color (p, &color, 1);
  cairo_set_line_width (p->cr, 2);
  cairo_set_line_join (p->cr, CAIRO_LINE_JOIN_ROUND);
  set_dash (p, series);
  cairo_stroke (p->cr);
  cairo_set_dash (p->cr, NULL, 0, 0);
}

static void
paint_points (const EntChartPainting *p,
              guint                   series)
{
  gboolean is_spark = ent_chart_data_get_kind (p->data) == ENT_CHART_SPARKLINE;
  gboolean dense = p->w / MAX (p->n_categories, 1) < 8;
  guint last = 0;
  gint64 value;

  for (guint c = 0; c < p->n_categories; c++)
    if (ent_chart_data_get (p->data, series, c, &value))
      last = c;
  for (guint c = 0; c < p->n_categories; c++)
    {
      double x = ent_chart_category_x (p, c), y;
      gint64 before, after;
      gboolean alone;

      if (!ent_chart_data_get (p->data, series, c, &value))
        continue;
      y = ent_chart_value_y (p, value);
      /* A point between two gaps would not show as a line. */
      alone = !(c > 0 && ent_chart_data_get (p->data, series, c - 1, &before)) &&
              !(c + 1 < p->n_categories && ent_chart_data_get (p->data, series, c + 1, &after));
      ent_chart_note_place (p, series, c, x - 6, y - 6, 12, 12);
      if (alone || (is_spark ? c == last : !dense))
        ent_chart_paint_marker (p, series, x, y, is_spark ? 2.5 : MARKER);
      outline (p, picked (p, series, c));
    }
}

void
ent_chart_paint_lines (const EntChartPainting *p)
{
  for (guint s = 0; s < p->n_series; s++)
    paint_line (p, s);
  for (guint s = 0; s < p->n_series; s++)
    paint_points (p, s);
}

/* --- Bars -------------------------------------------------------------------------------------------------------- */

/* The value over its bar, where one series has the room. */
static void
label_bar (const EntChartPainting *p,
           gint64                  value,
           double                  middle,
           double                  top,
           double                  bottom,
           double                  room)
{
  g_autofree char *text = ent_chart_data_format (p->data, value, TRUE);
  PangoLayout *layout = ent_chart_make_text (p, text, -1);
  double width = ent_chart_text_width (layout), y = value >= 0 ? top - p->line - 1 : bottom + 1;

  if (width > room || y < 0 || y > p->y + p->h)
    {
      g_object_unref (layout);
      return;
    }
  /* The goal's line may pass here. */
  cairo_rectangle (p->cr, middle - width / 2 - 1, y, width + 2, p->line);
  ent_chart_set_color (p, &p->background, 0.85);
  cairo_fill (p->cr);
  ent_chart_take_text (p, layout, middle - width / 2, y, &p->text);
}

void
ent_chart_paint_bar_labels (const EntChartPainting *p)
{
  for (guint c = 0; c < p->n_categories; c++)
    {
      const EntChartPlace *place = &p->places[c];
      gint64 value;

      if (ent_chart_data_get (p->data, 0, c, &value))
        label_bar (p, value, place->x + place->width / 2, place->y, place->y + place->height, p->w / p->n_categories - 4);
    }
}

void
ent_chart_paint_bars (const EntChartPainting *p)
{
  double band = p->w / p->n_categories, group = band * 0.72, width = group / p->n_series;
  double zero = ent_chart_value_y (p, CLAMP (0, p->low, p->high));

  for (guint c = 0; c < p->n_categories; c++)
    for (guint s = 0; s < p->n_series; s++)
      {
        guint at = p->style->rtl ? p->n_series - 1 - s : s;
        double x = ent_chart_category_x (p, c) - group / 2 + at * width, inner = MAX (width - 1.5, 1);
        double y, top;
        gint64 value;

        if (!ent_chart_data_get (p->data, s, c, &value))
          {
            paint_unknown (p, x, inner);
            continue;
          }
        y = ent_chart_value_y (p, value);
        top = MIN (y, zero);
        ent_chart_note_place (p, s, c, x, top, inner, MAX (fabs (y - zero), 1));
        ent_chart_paint_bar (p, s, x, top, inner, MAX (fabs (y - zero), 1));
        outline (p, picked (p, s, c));
      }
}

void
ent_chart_paint_stacks (const EntChartPainting *p)
{
  double width = MAX (p->w / p->n_categories * 0.62, 1);

  for (guint c = 0; c < p->n_categories; c++)
    {
      gint64 up = 0, down = 0, value, from;
      double x = ent_chart_category_x (p, c) - width / 2;
      guint known = 0;

      for (guint s = 0; s < p->n_series; s++)
        {
          double one, two;

          if (!ent_chart_data_get (p->data, s, c, &value))
            continue;
          known++;
          from = value >= 0 ? up : down;
          if (value >= 0)
            up += value;
          else
            down += value;
          one = ent_chart_value_y (p, from);
          two = ent_chart_value_y (p, from + value);
          ent_chart_note_place (p, s, c, x, MIN (one, two), width, MAX (fabs (one - two), 1));
          ent_chart_paint_bar (p, s, x, MIN (one, two), width, fabs (one - two));
        }
      if (known == 0)
        paint_unknown (p, x, width);
      for (guint s = 0; s < p->n_series; s++)
        outline (p, picked (p, s, c));
    }
}

/* --- Funnel ------------------------------------------------------------------------------------------------------- */

static char *
share_text (gint64   value,
            gboolean has_before,
            gint64   before)
{
  if (!has_before || before <= 0 || value < 0)
    return g_strdup ("");
  /* Translators: of those of the step before, how many came to this one */
  return g_strdup_printf (_("%d %%"), (int) MIN (((double) value * 100.0 + (double) before / 2) / (double) before, 9999));
}

static double
widest_label (const EntChartPainting *p)
{
  double widest = 0;

  for (guint c = 0; c < p->n_categories; c++)
    {
      g_autoptr (PangoLayout) layout = ent_chart_make_text (p, ent_chart_data_get_category (p->data, c), -1);

      widest = MAX (widest, ent_chart_text_width (layout));
    }
  return MIN (widest, p->width * 0.35);
}

static void
paint_step (const EntChartPainting *p,
            guint                   c,
            double                  lead,
            double                  room,
            double                  row)
{
  double y = c * row, bar = MAX (row - 6, 2), middle = y + (row - p->line) / 2;
  gint64 value = 0, before = 0;
  gboolean known = ent_chart_data_get (p->data, 0, c, &value);
  gboolean has_before = c > 0 && ent_chart_data_get (p->data, 0, c - 1, &before);
  double width = p->high > 0 ? room * (double) MAX (value, 0) / (double) p->high : 0;
  g_autofree char *share = known ? share_text (value, has_before, before) : g_strdup ("");
  g_autofree char *text = known ? ent_chart_data_format (p->data, value, TRUE) : g_strdup (_("no data"));
  PangoLayout *label = ent_chart_make_text (p, ent_chart_data_get_category (p->data, c), lead);
  PangoLayout *number = ent_chart_make_text (p, text, -1), *part = ent_chart_make_text (p, share, -1);
  double number_width = ent_chart_text_width (number), x;

  ent_chart_take_text (p, label, ent_chart_place_x (p, 0, ent_chart_text_width (label)), middle, &p->text);
  x = lead + 10 + (room - width) / 2;
  if (known)
    {
      ent_chart_note_place (p, 0, c, ent_chart_place_x (p, x, MAX (width, 2)), y + 3, MAX (width, 2), bar);
      ent_chart_paint_bar (p, 0, ent_chart_place_x (p, x, MAX (width, 2)), y + 3, MAX (width, 2), bar);
    }
  if (known && number_width + 12 < width)
    ent_chart_take_text (p, number, ent_chart_place_x (p, lead + 10 + (room - number_width) / 2, number_width), middle,
                         &p->background);
  else
    ent_chart_take_text (p, number, ent_chart_place_x (p, lead + 10 + (room + width) / 2 + 6, number_width), middle,
                         known ? &p->text : &p->muted);
  ent_chart_take_text (p, part, ent_chart_place_x (p, p->width - ent_chart_text_width (part), ent_chart_text_width (part)),
                       middle, &p->muted);
  outline (p, picked (p, 0, c));
}

void
ent_chart_paint_funnel (const EntChartPainting *p)
{
  double lead = widest_label (p), row = p->height / p->n_categories;
  double room = MAX (p->width - lead - 10 - p->line * 3.4, 20);

  for (guint c = 0; c < p->n_categories; c++)
    paint_step (p, c, lead, room, row);
}
