/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/pipeline/ent-forecast-bar.h"

#include <glib/gi18n.h>

#include "widgets/ent-why-label.h"

struct _EntForecastBar
{
  GtkWidget    parent_instance;
  EntContext  *context;
  EntQuarter   quarter;
  GtkWidget   *box;      /* the quarter, and the sum */
  GtkLabel    *quarter_label;
  EntWhyLabel *sum;
  GtkLabel    *target;
  GtkWidget   *track, *won, *weighted, *mark;
  double       won_share, weighted_share, target_share; /* of the track; target less than 0: none */
};

G_DEFINE_FINAL_TYPE (EntForecastBar, ent_forecast_bar, GTK_TYPE_WIDGET)

enum { QUARTER_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

#define BAR_HEIGHT 10
#define BAR_GAP    6

/* --- Layout: a row of words, the bar below ------------------------------------------------------------------- */

static void
ent_forecast_bar_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  EntForecastBar *self = ENT_FORECAST_BAR (widget);
  int bar;

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  for (GtkWidget *part = self->track; part != NULL; part = gtk_widget_get_next_sibling (part))
    gtk_widget_measure (part, orientation, -1, &bar, NULL, NULL, NULL);
  if (orientation != GTK_ORIENTATION_VERTICAL)
    return;
  *minimum += BAR_HEIGHT + BAR_GAP;
  *natural += BAR_HEIGHT + BAR_GAP;
}

static void
place_part (EntForecastBar *self,
            GtkWidget      *part,
            double          from,
            double          to,
            int             width,
            int             y)
{
  int start = (int) (from * width + 0.5);
  int end = (int) (to * width + 0.5);
  gboolean visible = end > start;

  gtk_widget_set_child_visible (part, visible);
  if (!visible)
    return;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    {
      int mirrored = width - end;

      end = width - start;
      start = mirrored;
    }
  gtk_widget_size_allocate (part, &(GtkAllocation) { start, y, end - start, BAR_HEIGHT }, -1);
}

static void
ent_forecast_bar_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  EntForecastBar *self = ENT_FORECAST_BAR (widget);
  int y = height - BAR_HEIGHT;
  int x = (int) (self->target_share * (width - 2));

  gtk_widget_size_allocate (self->box, &(GtkAllocation) { 0, 0, width, height - BAR_HEIGHT - BAR_GAP }, -1);
  place_part (self, self->track, 0, 1, width, y);
  place_part (self, self->won, 0, self->won_share, width, y);
  place_part (self, self->weighted, self->won_share, self->won_share + self->weighted_share, width, y);
  gtk_widget_set_child_visible (self->mark, self->target_share >= 0);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = width - 2 - x;
  if (self->target_share >= 0)
    gtk_widget_size_allocate (self->mark, &(GtkAllocation) { x, y - 3, 2, BAR_HEIGHT + 6 }, -1);
}

/* --- What it shows ---------------------------------------------------------------------------------------------- */

static EntWhy *
why_cb (EntWhyLabel *label,
        gpointer     user_data)
{
  return ent_why_ref (user_data);
}

static void
show_sum (EntForecastBar    *self,
          const EntForecast *forecast)
{
  g_autofree char *won = ent_amounts_display (forecast->won, ENT_DISPLAY_SHORT, NULL);
  g_autofree char *weighted = ent_amounts_display (forecast->weighted, ENT_DISPLAY_SHORT, NULL);
  g_autofree char *text = NULL;

  if (won != NULL && weighted != NULL)
    /* Translators: two amounts: what is won, and what is expected. */
    text = g_strdup_printf (_("%s won, %s weighted"), won, weighted);
  else if (won != NULL)
    text = g_strdup_printf (_("%s won"), won);
  else if (weighted != NULL)
    text = g_strdup_printf (_("%s weighted"), weighted);
  else
    text = g_strdup (_("Nothing expected"));
  ent_why_label_set_label (self->sum, text);
  ent_why_label_set_func (self->sum, why_cb, ent_why_ref (forecast->why), (GDestroyNotify) ent_why_unref);
}

static char *
make_target_text (const EntForecast *forecast)
{
  g_autofree char *target = NULL;

  if (forecast->goal == 0)
    return g_strdup (_("No target"));
  target = ent_money_display (forecast->target, forecast->currency, ENT_DISPLAY_SHORT);
  if (forecast->attainment_pct < 0)
    return g_strdup_printf (_("Target %s"), target);
  return g_strdup_printf (_("%d %% of %s"), (int) MIN (forecast->attainment_pct / 10000, 99999), target);
}

/* The bar is as long as the greater of the target and what is expected. */
static void
measure_shares (EntForecastBar    *self,
                const EntForecast *forecast)
{
  double won = (double) MAX (forecast->won_counted, 0);
  double weighted = (double) MAX (forecast->weighted_counted, 0);
  double target = forecast->goal != 0 ? (double) MAX (forecast->target, 0) : 0;
  double whole = MAX (won + weighted, target);

  self->won_share = whole > 0 ? won / whole : 0;
  self->weighted_share = whole > 0 ? weighted / whole : 0;
  self->target_share = forecast->goal != 0 && whole > 0 ? target / whole : -1;
}

void
ent_forecast_bar_show (EntForecastBar    *self,
                       const EntForecast *forecast)
{
  g_autofree char *quarter = NULL;
  g_autofree char *target = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (ENT_IS_FORECAST_BAR (self));

  if (forecast == NULL)
    return;
  self->quarter = forecast->quarter;
  quarter = ent_quarter_display (forecast->quarter);
  target = make_target_text (forecast);
  gtk_label_set_label (self->quarter_label, quarter);
  gtk_label_set_label (self->target, target);
  show_sum (self, forecast);
  measure_shares (self, forecast);
  spoken = g_strdup_printf ("%s: %s, %s", quarter, ent_why_label_get_label (self->sum), target);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->track), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

const char *
ent_forecast_bar_get_text (EntForecastBar *self)
{
  return ent_why_label_get_label (self->sum);
}

/* --- Building ------------------------------------------------------------------------------------------------------ */

static void
page_cb (EntForecastBar *self,
         GtkWidget      *button)
{
  int step = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step"));

  g_signal_emit (self, signals[QUARTER_CHANGED], 0, self->quarter + step);
}

static GtkWidget *
new_button (EntForecastBar *self,
            const char     *icon,
            const char     *tooltip,
            int             step)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (step));
  g_signal_connect_object (button, "clicked", G_CALLBACK (page_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
new_part (EntForecastBar *self,
          const char     *css_class)
{
  GtkWidget *part = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (part, css_class);
  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return part;
}

static void
build_words (EntForecastBar *self)
{
  GtkWidget *quarter = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), 12);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (self->box), ADW_JUSTIFY_NONE);
  self->quarter_label = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->quarter_label), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->quarter_label), "numeric");
  self->sum = ENT_WHY_LABEL (ent_why_label_new (self->context));
  self->target = GTK_LABEL (gtk_label_new (""));
  gtk_widget_add_css_class (GTK_WIDGET (self->target), "dimmed");
  gtk_widget_add_css_class (GTK_WIDGET (self->target), "numeric");
  gtk_box_append (GTK_BOX (quarter), new_button (self, "go-previous-symbolic", _("Previous Quarter"), -1));
  gtk_box_append (GTK_BOX (quarter), GTK_WIDGET (self->quarter_label));
  gtk_box_append (GTK_BOX (quarter), new_button (self, "go-next-symbolic", _("Next Quarter"), 1));
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), quarter);
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), GTK_WIDGET (self->sum));
  adw_wrap_box_append (ADW_WRAP_BOX (self->box), GTK_WIDGET (self->target));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
ent_forecast_bar_dispose (GObject *object)
{
  EntForecastBar *self = ENT_FORECAST_BAR (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (ent_forecast_bar_parent_class)->dispose (object);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ent_forecast_bar_class_init (EntForecastBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_forecast_bar_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = ent_forecast_bar_measure;
  widget_class->size_allocate = ent_forecast_bar_size_allocate;
  signals[QUARTER_CHANGED] = g_signal_new ("quarter-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "forecastbar");
}

static void
ent_forecast_bar_init (EntForecastBar *self)
{
  self->target_share = -1;
}

GtkWidget *
ent_forecast_bar_new (EntContext *context)
{
  EntForecastBar *self = g_object_new (ENT_TYPE_FORECAST_BAR, NULL);

  self->context = context;
  build_words (self);
  self->track = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  gtk_widget_add_css_class (self->track, "forecast-track");
  gtk_widget_set_parent (self->track, GTK_WIDGET (self));
  self->won = new_part (self, "forecast-won");
  self->weighted = new_part (self, "forecast-weighted");
  self->mark = new_part (self, "forecast-mark");
  return GTK_WIDGET (self);
}
