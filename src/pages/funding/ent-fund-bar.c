/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/funding/ent-fund-bar.h"

#include <adwaita.h>

#define HEIGHT 10
#define STRIPE 6

struct _EntFundBar
{
  GtkWidget parent_instance;

  gint64 allocated, approved, spent;
};

G_DEFINE_FINAL_TYPE (EntFundBar, ent_fund_bar, GTK_TYPE_WIDGET)

static void
fill (GtkSnapshot   *snapshot,
      const GdkRGBA *color,
      float          from,
      float          to)
{
  if (to > from)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (from, 0, to - from, HEIGHT));
}

/* Upright stripes, so that the two parts differ without their colors. */
static void
fill_striped (GtkSnapshot   *snapshot,
              const GdkRGBA *color,
              float          from,
              float          to)
{
  GdkRGBA pale = *color;

  pale.alpha = 0.45f;
  fill (snapshot, &pale, from, to);
  for (float x = from; x < to; x += STRIPE)
    fill (snapshot, color, x, MIN (x + STRIPE / 2.0f, to));
}

static void
ent_fund_bar_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  EntFundBar *self = ENT_FUND_BAR (widget);
  float width = (float) gtk_widget_get_width (widget);
  gint64 used = self->approved + self->spent;
  double whole = (double) MAX (MAX (self->allocated, used), 1);
  float spent = (float) ((double) self->spent / whole) * width, both = (float) ((double) used / whole) * width;
  float end = (float) ((double) self->allocated / whole) * width;
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GdkRGBA) accent = adw_style_manager_get_accent_color_rgba (style);
  const GdkRGBA over = { 0.88f, 0.11f, 0.14f, 1 };
  GdkRGBA groove;
  GskRoundedRect clip;

  gtk_widget_get_color (widget, &groove);
  groove.alpha = 0.15f;
  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, 0, width, HEIGHT), HEIGHT / 2.0f);
  gtk_snapshot_save (snapshot);
  if (is_rtl)
    {
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width, 0));
      gtk_snapshot_scale (snapshot, -1, 1);
    }
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  fill (snapshot, &groove, 0, width);
  fill (snapshot, accent, 0, spent);
  fill_striped (snapshot, accent, spent, both);
  if (self->allocated > 0 && used > self->allocated)
    fill (snapshot, &over, end, both);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static void
ent_fund_bar_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 60;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 240;
}

static void
ent_fund_bar_class_init (EntFundBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = ent_fund_bar_snapshot;
  widget_class->measure = ent_fund_bar_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ent_fund_bar_init (EntFundBar *self)
{
}

GtkWidget *
ent_fund_bar_new (gint64      allocated,
                  gint64      approved,
                  gint64      spent,
                  const char *description)
{
  EntFundBar *self = g_object_new (ENT_TYPE_FUND_BAR, "tooltip-text", description, NULL);

  self->allocated = allocated;
  self->approved = approved;
  self->spent = spent;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description, -1);
  return GTK_WIDGET (self);
}
