/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-timeline-painter.h"

#include <glib/gi18n.h>
#include <math.h>

#define MARGIN 8.0
#define LABEL_GAP 6.0

void
ent_timeline_get_range (const EntOnboardRun *run,
                        int                 *first,
                        int                 *last)
{
  *first = 0;
  *last = MAX (run->length, 1);
  for (guint i = 0; i < run->items->len; i++)
    {
      const EntOnboardItem *item = ent_onboard_run_get (run, i);

      if (item->due != ENT_ONBOARD_NO_DATE && run->start != ENT_ONBOARD_NO_DATE)
        *last = MAX (*last, (int) (item->due - run->start));
      if (item->done_on != ENT_ONBOARD_NO_DATE && run->start != ENT_ONBOARD_NO_DATE)
        *last = MAX (*last, (int) (item->done_on - run->start));
    }
  if (!run->is_over)
    *last = MAX (*last, MIN (run->day, 2 * run->length));
}

double
ent_timeline_get_x (const EntOnboardRun    *run,
                    const EntTimelineStyle *style,
                    double                  width,
                    double                  day)
{
  int first, last;
  double x;

  ent_timeline_get_range (run, &first, &last);
  x = MARGIN + (day - first) / (last - first) * (width - 2 * MARGIN);
  return style->rtl ? width - x : x;
}

static void
set_color (cairo_t       *cr,
           const GdkRGBA *color,
           double         alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
fill_between (cairo_t *cr,
              double   a,
              double   b,
              double   y,
              double   height)
{
  cairo_rectangle (cr, MIN (a, b), y, MAX (fabs (b - a), 3), height);
  cairo_fill (cr);
}

static void
paint_text (cairo_t      *cr,
            PangoLayout  *layout,
            double        x,
            double        y,
            double        height)
{
  PangoRectangle logical;

  /* Where text is aligned to the right, it begins inside the width that it may take. */
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  cairo_move_to (cr, x - logical.x, y + (height - logical.height) / 2);
  pango_cairo_show_layout (cr, layout);
}

/* --- Behind the bars ------------------------------------------------------------------------------------- */

static void
paint_phases (const EntOnboardRun    *run,
              const EntTimelineStyle *style,
              cairo_t                *cr,
              PangoLayout            *layout,
              double                  width,
              double                  height)
{
  for (guint i = 0; i < run->phases->len; i++)
    {
      const EntOnboardPhase *phase = &g_array_index (run->phases, EntOnboardPhase, i);
      double a = ent_timeline_get_x (run, style, width, phase->day_from);
      double b = ent_timeline_get_x (run, style, width, phase->day_to);
      int text_width;

      set_color (cr, &style->band, i % 2 == 0 ? 1 : 0.4);
      fill_between (cr, a, b, 0, height);
      pango_layout_set_text (layout, phase->name, -1);
      pango_layout_set_width (layout, (int) (fabs (b - a) - 8) * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, &text_width, NULL);
      set_color (cr, &style->muted, 1);
      if (fabs (b - a) > 24)
        paint_text (cr, layout, style->rtl ? MAX (a, b) - 4 - text_width : MIN (a, b) + 4, 0, style->row);
      pango_layout_set_width (layout, -1);
    }
}

static void
paint_today (const EntOnboardRun    *run,
             const EntTimelineStyle *style,
             cairo_t                *cr,
             double                  width,
             double                  height)
{
  int first, last;
  double x;

  ent_timeline_get_range (run, &first, &last);
  if (run->is_over || run->day < first || run->day > last)
    return;
  x = floor (ent_timeline_get_x (run, style, width, run->day)) + 0.5;
  set_color (cr, &style->text, 0.4);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, style->row);
  cairo_line_to (cr, x, height);
  cairo_stroke (cr);
}

/* --- Items -------------------------------------------------------------------------------------------------- */

/* Days that the template gives an item before its target. */
static int
get_span (const EntOnboardRun  *run,
          const EntOnboardItem *item)
{
  EntKey key = ent_record_get_ref (item->record, "line");

  for (guint i = 0; run->lines != NULL && key != 0 && i < run->lines->len; i++)
    {
      EntRecord *line = g_ptr_array_index (run->lines, i);

      if (ent_record_get_key (line) == key)
        return (int) (ent_record_get_int (line, "day_to", 0) -
                      ent_record_get_int (line, "day_from", ent_record_get_int (line, "day_to", 0)));
    }
  return 0;
}

static const GdkRGBA *
get_color (const EntTimelineStyle *style,
           const EntOnboardItem   *item)
{
  if (item->is_done)
    return &style->done;
  if (item->is_late)
    return &style->late;
  return g_strcmp0 (item->status, "doing") == 0 ? &style->doing : &style->open;
}

/* Milestones are diamonds, gates are squares with a bow like a padlock: told apart without color. */
static void
paint_mark (cairo_t              *cr,
            const EntOnboardItem *item,
            double                x,
            double                y,
            double                size)
{
  if (item->is_gate)
    {
      cairo_rectangle (cr, x - size / 2, y - size / 4, size, size * 0.7);
      cairo_fill (cr);
      cairo_set_line_width (cr, size / 6);
      cairo_arc (cr, x, y - size / 4, size / 3.4, G_PI, 2 * G_PI);
      cairo_stroke (cr);
      return;
    }
  cairo_move_to (cr, x, y - size / 2);
  cairo_line_to (cr, x + size / 2, y);
  cairo_line_to (cr, x, y + size / 2);
  cairo_line_to (cr, x - size / 2, y);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* The title, after the bar or, where there is no room, before it. */
static void
paint_title (const EntTimelineStyle *style,
             const EntOnboardItem   *item,
             cairo_t                *cr,
             PangoLayout            *layout,
             double                  from,
             double                  to,
             double                  y,
             double                  width)
{
  double left = MIN (from, to) - LABEL_GAP, right = width - MAX (from, to) - LABEL_GAP;
  gboolean after = style->rtl ? left > right * 0.6 : right < left ? right > 220 : TRUE;
  gboolean on_right = style->rtl ? !after : after;
  double room = on_right ? right : left;
  int text_width;

  if (room < 24)
    return;
  pango_layout_set_text (layout, item->title, -1);
  pango_layout_set_width (layout, (int) room * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, &text_width, NULL);
  set_color (cr, item->is_open ? &style->text : &style->muted, 1);
  paint_text (cr, layout, on_right ? MAX (from, to) + LABEL_GAP : MIN (from, to) - LABEL_GAP - text_width, y, style->row);
  pango_layout_set_width (layout, -1);
}

static void
paint_item (const EntOnboardRun    *run,
            const EntTimelineStyle *style,
            guint                   index,
            cairo_t                *cr,
            PangoLayout            *layout,
            double                  y,
            double                  width)
{
  const EntOnboardItem *item = ent_onboard_run_get (run, index);
  int shift = index == style->dragged ? style->drag_days : 0;
  double height = floor (style->row * 0.36), from, to, target;

  if (item->due == ENT_ONBOARD_NO_DATE || run->start == ENT_ONBOARD_NO_DATE)
    return;
  to = ent_timeline_get_x (run, style, width, (double) (item->due - run->start) + shift);
  from = ent_timeline_get_x (run, style, width, (double) MAX (item->due - run->start - get_span (run, item), 0) + shift);
  target = ent_timeline_get_x (run, style, width, (double) (item->target - run->start));
  if (item->is_open && item->slip > 0)
    {
      set_color (cr, &style->late, 0.5);
      fill_between (cr, target, ent_timeline_get_x (run, style, width, (double) (item->target - run->start) + item->slip),
                    y + style->row - 3, 2);
    }
  set_color (cr, get_color (style, item), item->is_open || item->is_done ? 1 : 0.3);
  if (g_strcmp0 (item->type, "action") == 0)
    fill_between (cr, from, to, y + (style->row - height) / 2, height);
  else
    {
      paint_mark (cr, item, to, y + style->row / 2, style->row * 0.5);
      from = to - style->row * 0.25;
      to += style->row * 0.25;
    }
  paint_title (style, item, cr, layout, from, to, y, width);
}

void
ent_timeline_paint (const EntOnboardRun    *run,
                    const EntTimelineStyle *style,
                    cairo_t                *cr,
                    PangoContext           *pango,
                    double                  width,
                    guint                   from,
                    guint                   n)
{
  double height = style->row * (n + 1);
  g_autoptr (PangoLayout) layout = pango_layout_new (pango);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  paint_phases (run, style, cr, layout, width, height);
  paint_today (run, style, cr, width, height);
  for (guint i = 0; i < n && from + i < run->items->len; i++)
    {
      double y = style->row * (i + 1);

      if (from + i == style->selected)
        {
          set_color (cr, &style->doing, 0.15);
          cairo_rectangle (cr, 0, y, width, style->row);
          cairo_fill (cr);
        }
      paint_item (run, style, from + i, cr, layout, y, width);
    }
}
