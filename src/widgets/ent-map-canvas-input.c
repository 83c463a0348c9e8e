/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-map-canvas-private.h"

#include <math.h>

/* Pointer, touch and keys. */

#define WHEEL_STEP 1.2 /* zoom per notch of a wheel */
#define KEY_STEP 1.4

static void
zoom_at (EntMapCanvas *self,
         double        factor,
         double        x,
         double        y)
{
  ent_map_view_zoom (&self->view, factor, x, y);
  ent_map_canvas_moved (self);
}

/* --- Pointer ------------------------------------------------------------------------------------------ */

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               EntMapCanvas   *self)
{
  self->drag_x = self->drag_y = 0;
  self->has_dragged = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                EntMapCanvas   *self)
{
  if (!self->has_dragged && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) dx, (int) dy))
    return;
  if (!self->has_dragged)
    {
      self->has_dragged = TRUE;
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
    }
  ent_map_view_pan (&self->view, round (dx - self->drag_x), round (dy - self->drag_y));
  self->drag_x += round (dx - self->drag_x);
  self->drag_y += round (dy - self->drag_y);
  ent_map_canvas_moved (self);
}

static void
drag_end_cb (GtkGestureDrag *gesture,
             double          dx,
             double          dy,
             EntMapCanvas   *self)
{
  if (self->has_dragged)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

static gint32
hit (EntMapCanvas *self,
     double        x,
     double        y)
{
  gint32 node;

  if (self->painter == NULL)
    return -1;
  node = ent_map_painter_hit (ent_map_canvas_begin (self), &self->view, x, y);
  g_mutex_unlock (&self->lock);
  return node;
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             EntMapCanvas    *self)
{
  gint32 node;

  if (self->has_dragged)
    return;
  node = hit (self, x, y);
  if (n_press == 1)
    ent_map_canvas_select (self, node, FALSE);
  else if (n_press == 2 && node >= 0)
    g_signal_emit_by_name (self, "activated", node);
}

static void
menu_pressed_cb (GtkGestureClick *gesture,
                 int              n_press,
                 double           x,
                 double           y,
                 EntMapCanvas    *self)
{
  gint32 node = hit (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (node >= 0)
    {
      ent_map_canvas_select (self, node, FALSE);
      g_signal_emit_by_name (self, "menu", node, x, y);
    }
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           EntMapCanvas             *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  if (!gtk_gesture_is_active (self->drag))
    ent_map_canvas_update_hover (self);
}

static void
leave_cb (GtkEventControllerMotion *controller,
          EntMapCanvas             *self)
{
  self->pointer_x = self->pointer_y = -1;
  ent_map_canvas_update_hover (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           EntMapCanvas             *self)
{
  gboolean is_smooth = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_SURFACE;
  double x = self->pointer_x >= 0 ? self->pointer_x : self->view.width / 2.0;
  double y = self->pointer_y >= 0 ? self->pointer_y : self->view.height / 2.0;

  if (self->painter == NULL)
    return GDK_EVENT_PROPAGATE;
  zoom_at (self, pow (WHEEL_STEP, is_smooth ? -dy / 30 : -dy), x, y);
  return GDK_EVENT_STOP;
}

static void
pinch_begin_cb (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                EntMapCanvas     *self)
{
  self->pinch_scale = 1;
}

static void
pinch_cb (GtkGestureZoom *gesture,
          double          scale,
          EntMapCanvas   *self)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  zoom_at (self, scale / self->pinch_scale, x, y);
  self->pinch_scale = scale;
}

/* --- Keys --------------------------------------------------------------------------------------------- */

static gboolean
step (GtkWidget *widget,
      GVariant  *args,
      gpointer   data)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);
  double dx, dy;
  gint32 node;

  if (self->painter == NULL)
    return FALSE;
  g_variant_get (args, "(dd)", &dx, &dy);
  node = ent_map_painter_step (ent_map_canvas_begin (self), &self->view, ent_map_canvas_get_selected (self), dx, dy);
  g_mutex_unlock (&self->lock);
  if (node >= 0)
    ent_map_canvas_select (self, node, TRUE);
  return TRUE;
}

static gboolean
zoom_by_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  double factor;

  g_variant_get (args, "(d)", &factor);
  ent_map_canvas_zoom (ENT_MAP_CANVAS (widget), factor);
  return TRUE;
}

static gboolean
fit_by_key (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  ent_map_canvas_fit (ENT_MAP_CANVAS (widget));
  return TRUE;
}

static gboolean
activate_by_key (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   data)
{
  gint32 node = ent_map_canvas_get_selected (ENT_MAP_CANVAS (widget));

  if (node < 0)
    return FALSE;
  g_signal_emit_by_name (widget, "activated", node);
  return TRUE;
}

static gboolean
clear_by_key (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);

  if (ent_map_canvas_get_selected (self) < 0)
    return FALSE;
  ent_map_canvas_select (self, -1, FALSE);
  return TRUE;
}

static gboolean
menu_by_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  EntMapCanvas *self = ENT_MAP_CANVAS (widget);
  gint32 node = ent_map_canvas_get_selected (self);
  EntLayout *layout;
  double x, y;

  if (node < 0)
    return FALSE;
  layout = ent_map_painter_get_layout (self->painter);
  ent_map_view_from_layout (&self->view, ent_layout_get_x (layout)[node], ent_layout_get_y (layout)[node], &x, &y);
  g_signal_emit_by_name (self, "menu", node, x, y);
  return TRUE;
}

static void
add_key (GtkEventController *controller,
         const char         *trigger,
         GtkShortcutFunc     func,
         GVariant           *args)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                            gtk_callback_action_new (func, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, args);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_keys (EntMapCanvas *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  static const struct { const char *trigger; double dx, dy; } arrows[] = {
    { "Left|KP_Left", -1, 0 }, { "Right|KP_Right", 1, 0 }, { "Up|KP_Up", 0, -1 }, { "Down|KP_Down", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    add_key (controller, arrows[i].trigger, step, g_variant_new ("(dd)", arrows[i].dx, arrows[i].dy));
  add_key (controller, "plus|KP_Add|equal|<Control>plus|<Control>equal", zoom_by_key, g_variant_new ("(d)", KEY_STEP));
  add_key (controller, "minus|KP_Subtract|<Control>minus", zoom_by_key, g_variant_new ("(d)", 1 / KEY_STEP));
  add_key (controller, "0|KP_0|<Control>0", fit_by_key, NULL);
  add_key (controller, "Return|KP_Enter|ISO_Enter", activate_by_key, NULL);
  add_key (controller, "Escape", clear_by_key, NULL);
  add_key (controller, "Menu|<Shift>F10", menu_by_key, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
ent_map_canvas_init_input (EntMapCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *menu = gtk_gesture_click_new (), *pinch = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect (self->drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (self->drag));
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (menu));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  add_keys (self);
}
