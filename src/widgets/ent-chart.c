/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "exchange/ent-chart-paint.h"
#include "widgets/ent-announce.h"
#include "widgets/ent-table-columns.h"

#define TEXT_SIZE 12 /* px at 96 dpi */
#define REACH     24 /* px from a point within which it is meant */

struct _EntChart
{
  GtkWidget      parent;
  EntChartData  *data;
  char          *label;
  EntChartPlace *places;
  GtkWidget     *menu;
  guint          series, category;
  gboolean       has_pick;
};

enum { PROP_LABEL = 1, PROP_DATA, N_PROPS };
static GParamSpec *props[N_PROPS];
enum { SIGNAL_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntChart, ent_chart, GTK_TYPE_WIDGET)

static gboolean
is_spark (EntChart *self)
{
  return self->data != NULL && ent_chart_data_get_kind (self->data) == ENT_CHART_SPARKLINE;
}

/* --- Painting ------------------------------------------------------------------------------------------------- */

static EntChartPalette
get_palette (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  if (adw_style_manager_get_high_contrast (style))
    return adw_style_manager_get_dark (style) ? ENT_CHART_DARK_CONTRAST : ENT_CHART_LIGHT_CONTRAST;
  return adw_style_manager_get_dark (style) ? ENT_CHART_DARK : ENT_CHART_LIGHT;
}

static int
text_size (EntChart *self)
{
  return (int) (TEXT_SIZE * ent_table_columns_scale_of (GTK_WIDGET (self)) + 0.5);
}

static void
ent_chart_snapshot (GtkWidget   *widget,
                    GtkSnapshot *snapshot)
{
  EntChart *self = ENT_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (PangoFontDescription) font = NULL;
  EntChartStyle style = { get_palette () };
  cairo_t *cr;

  if (self->data == NULL || width <= 0 || height <= 0)
    return;
  font = pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  pango_font_description_set_absolute_size (font, text_size (self) * PANGO_SCALE);
  style.font = font;
  style.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  style.has_pick = self->has_pick && gtk_widget_has_focus (widget);
  style.series = self->series;
  style.category = self->category;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  ent_chart_paint (self->data, cr, width, height, &style, self->places);
  cairo_destroy (cr);
}

static void
ent_chart_measure (GtkWidget      *widget,
                   GtkOrientation  orientation,
                   int             for_size,
                   int            *minimum,
                   int            *natural,
                   int            *minimum_baseline,
                   int            *natural_baseline)
{
  EntChart *self = ENT_CHART (widget);
  int text = text_size (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = is_spark (self) ? 4 * text : 14 * text;
      *natural = is_spark (self) ? 8 * text : 32 * text;
    }
  else
    {
      double width = for_size > 0 ? for_size : 32 * text;

      *minimum = *natural = self->data != NULL ? (int) ceil (ent_chart_get_height (self->data, width, text * 1.4)) : 8 * text;
    }
}

static GtkSizeRequestMode
ent_chart_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* --- Points ----------------------------------------------------------------------------------------------------- */

static void
tell (EntChart *self,
      gboolean  announce)
{
  g_autofree char *text = self->has_pick ? ent_chart_data_describe (self->data, self->series, self->category) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text != NULL ? text : "", -1);
  if (announce && text != NULL)
    ent_announce (GTK_WIDGET (self), text, FALSE);
}

static void
pick (EntChart *self,
      guint     series,
      guint     category,
      gboolean  announce)
{
  self->has_pick = TRUE;
  self->series = series;
  self->category = category;
  tell (self, announce);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The point that is meant by a place of the pointer. */
static gboolean
hit (EntChart *self,
     double    x,
     double    y,
     guint    *series,
     guint    *category)
{
  guint n_series = self->data != NULL ? ent_chart_data_get_n_series (self->data) : 0;
  guint n_categories = self->data != NULL ? ent_chart_data_get_n_categories (self->data) : 0;
  double nearest = REACH;
  gboolean found = FALSE;

  for (guint s = 0; s < n_series; s++)
    for (guint c = 0; c < n_categories; c++)
      {
        const EntChartPlace *place = &self->places[s * n_categories + c];
        double dx = MAX (MAX (place->x - x, x - place->x - place->width), 0);
        double dy = MAX (MAX (place->y - y, y - place->y - place->height), 0);

        if (place->width <= 0 || hypot (dx, dy) >= nearest)
          continue;
        nearest = hypot (dx, dy);
        *series = s;
        *category = c;
        found = TRUE;
      }
  return found;
}

static gboolean
query_tooltip_cb (EntChart   *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  guint series = self->series, category = self->category;
  g_autofree char *text = NULL;

  if (self->data == NULL || (keyboard ? !self->has_pick : !hit (self, x, y, &series, &category)))
    return FALSE;
  text = ent_chart_data_describe (self->data, series, category);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
released_cb (EntChart *self,
             int       n_press,
             double    x,
             double    y)
{
  guint series, category;

  if (is_spark (self) || !hit (self, x, y, &series, &category))
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  pick (self, series, category, FALSE);
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, series, category);
}

/* --- Keys -------------------------------------------------------------------------------------------------------- */

static guint
step_in (guint now,
         int   step,
         guint n)
{
  if (step <= -1000)
    return 0;
  if (step >= 1000)
    return n - 1;
  return (guint) CLAMP ((int) now + step, 0, (int) n - 1);
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  EntChart *self = ENT_CHART (widget);
  guint n_series = self->data != NULL ? ent_chart_data_get_n_series (self->data) : 0;
  guint n_categories = self->data != NULL ? ent_chart_data_get_n_categories (self->data) : 0;
  int dx, dy;

  if (n_series == 0 || n_categories == 0)
    return FALSE;
  g_variant_get (args, "(ii)", &dx, &dy);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL && ABS (dx) == 1)
    dx = -dx;
  if (!self->has_pick)
    pick (self, 0, dx == -1 || dx >= 1000 ? n_categories - 1 : 0, TRUE);
  else
    pick (self, step_in (self->series, dy, n_series), step_in (self->category, dx, n_categories), TRUE);
  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  EntChart *self = ENT_CHART (widget);

  if (!self->has_pick)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, self->series, self->category);
  return TRUE;
}

/* --- Menu -------------------------------------------------------------------------------------------------------- */

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntChart *self = ENT_CHART (widget);
  g_autofree char *text = self->data != NULL ? ent_chart_data_to_text (self->data) : NULL;

  if (text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  ent_announce (widget, _("Values copied"), FALSE);
}

static void
popup_menu (EntChart *self,
            double    x,
            double    y)
{
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  if (self->data == NULL)
    return;
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();

      g_menu_append (menu, _("_Copy Values"), "chart.copy");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (EntChart *self,
                 int       n_press,
                 double    x,
                 double    y)
{
  popup_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  popup_menu (ENT_CHART (widget), gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
  return TRUE;
}

/* --- The widget ---------------------------------------------------------------------------------------------------- */

static void
ent_chart_size_allocate (GtkWidget *widget,
                         int        width,
                         int        height,
                         int        baseline)
{
  EntChart *self = ENT_CHART (widget);

  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
ent_chart_dispose (GObject *object)
{
  EntChart *self = ENT_CHART (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->data, ent_chart_data_unref);
  g_clear_pointer (&self->places, g_free);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (ent_chart_parent_class)->dispose (object);
}

static void
ent_chart_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  EntChart *self = ENT_CHART (object);

  if (prop_id == PROP_LABEL)
    g_value_set_string (value, self->label);
  else if (prop_id == PROP_DATA)
    g_value_set_boxed (value, self->data);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
ent_chart_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  if (prop_id == PROP_LABEL)
    ent_chart_set_label (ENT_CHART (object), g_value_get_string (value));
  else if (prop_id == PROP_DATA)
    ent_chart_set_data (ENT_CHART (object), g_value_get_boxed (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
add_keys (GtkWidgetClass *klass)
{
  static const struct { guint key, keypad; int dx, dy; } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1 },
    { GDK_KEY_Home, GDK_KEY_KP_Home, -1000, 0 }, { GDK_KEY_End, GDK_KEY_KP_End, 1000, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (klass, keys[i].key, 0, step_cb, "(ii)", keys[i].dx, keys[i].dy);
      gtk_widget_class_add_binding (klass, keys[i].keypad, 0, step_cb, "(ii)", keys[i].dx, keys[i].dy);
    }
  gtk_widget_class_add_binding (klass, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy", NULL);
}

static void
ent_chart_class_init (EntChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ent_chart_dispose;
  object_class->get_property = ent_chart_get_property;
  object_class->set_property = ent_chart_set_property;
  widget_class->snapshot = ent_chart_snapshot;
  widget_class->measure = ent_chart_measure;
  widget_class->size_allocate = ent_chart_size_allocate;
  widget_class->get_request_mode = ent_chart_get_request_mode;
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_DATA] = g_param_spec_boxed ("data", NULL, NULL, ENT_TYPE_CHART_DATA, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "chart.copy", NULL, copy_action);
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ent_chart_init (EntChart *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *menu = gtk_gesture_click_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (gtk_widget_queue_draw), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
ent_chart_new (const char *label)
{
  return g_object_new (ENT_TYPE_CHART, "label", label, NULL);
}

void
ent_chart_set_data (EntChart     *self,
                    EntChartData *data)
{
  g_autofree char *summary = NULL;

  g_return_if_fail (ENT_IS_CHART (self));

  if (self->data == data)
    return;
  g_clear_pointer (&self->data, ent_chart_data_unref);
  g_clear_pointer (&self->places, g_free);
  self->has_pick = FALSE;
  if (data != NULL)
    {
      self->data = ent_chart_data_ref (data);
      self->places = g_new0 (EntChartPlace, ent_chart_data_get_n_series (data) * ent_chart_data_get_n_categories (data) + 1);
      summary = ent_chart_data_summarize (data);
    }
  gtk_widget_set_focusable (GTK_WIDGET (self), !is_spark (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  summary != NULL ? summary : _("No data yet"), -1);
  tell (self, FALSE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DATA]);
}

EntChartData *
ent_chart_get_data (EntChart *self)
{
  g_return_val_if_fail (ENT_IS_CHART (self), NULL);
  return self->data;
}

void
ent_chart_set_label (EntChart   *self,
                     const char *label)
{
  g_return_if_fail (ENT_IS_CHART (self));

  if (!g_set_str (&self->label, label))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label != NULL ? label : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LABEL]);
}

gboolean
ent_chart_get_pick (EntChart *self,
                    guint    *series,
                    guint    *category)
{
  g_return_val_if_fail (ENT_IS_CHART (self), FALSE);

  if (!self->has_pick)
    return FALSE;
  *series = self->series;
  *category = self->category;
  return TRUE;
}
