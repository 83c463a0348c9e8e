/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pages/onboarding/ent-timeline.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "pages/onboarding/ent-timeline-painter.h"
#include "widgets/ent-announce.h"
#include "widgets/ent-table-paint.h"

#define ROW 26
#define LEAST_WIDTH 260
#define DRAG_PIXELS 6

struct _EntTimeline
{
  GtkWidget parent_instance;

  EntPlanData *data;
  EntKey       selected;
  guint        dragged; /* index; G_MAXUINT: none */
  int          drag_days;
};

enum
{
  SIGNAL_SELECTED,
  SIGNAL_SHIFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntTimeline, ent_timeline, GTK_TYPE_WIDGET)

/* --- In words ------------------------------------------------------------------------------------------------ */

static const char *
get_choice_label (EntRecord  *record,
                  const char *name)
{
  const EntField *field = ent_record_type_lookup (ent_record_get_record_type (record), name);
  const char *value = ent_record_get_text (record, name);
  const EntChoice *choice = value != NULL ? ent_field_lookup_choice (field, value) : NULL;

  return choice != NULL ? ent_choice_get_label (choice) : "";
}

char *
ent_plan_item_describe (const EntOnboardItem *item)
{
  GString *text = g_string_new (item->title);

  g_string_append_printf (text, ", %s, %s", get_choice_label (item->record, "type"),
                          get_choice_label (item->record, "status"));
  if (item->due != ENT_ONBOARD_NO_DATE && item->is_open)
    {
      g_autofree char *due = ent_date_display (item->due, ENT_DISPLAY_SHORT);

      /* Translators: %s is a date. */
      g_string_append_printf (text, _(", due %s"), due);
    }
  if (item->slip > 0 && item->is_open)
    g_string_append_printf (text, ngettext (", %d day past its target", ", %d days past its target", (gulong) item->slip),
                            item->slip);
  if (item->n_waiting > 0 && item->is_open)
    g_string_append (text, _(", waits for others"));
  return g_string_free (text, FALSE);
}

static void
tell_selected (EntTimeline *self)
{
  guint index = self->data != NULL ? ent_onboard_run_find (self->data->run, self->selected) : G_MAXUINT;
  g_autofree char *text = NULL;

  if (index == G_MAXUINT)
    return;
  text = ent_plan_item_describe (ent_onboard_run_get (self->data->run, index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    ent_announce (GTK_WIDGET (self), text, FALSE);
}

/* --- Painting ------------------------------------------------------------------------------------------------- */

static double
get_row (EntTimeline *self)
{
  return ent_paint_scale (GTK_WIDGET (self), ROW);
}

static void
get_style (EntTimeline      *self,
           EntTimelineStyle *style)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  gtk_widget_get_color (GTK_WIDGET (self), &style->text);
  style->muted = style->line = style->band = style->open = style->text;
  style->muted.alpha = 0.7f;
  style->line.alpha = 0.2f;
  style->band.alpha = 0.05f;
  style->open.alpha = 0.35f;
  ent_tone_get_color (ENT_TONE_ACCENT, dark, &style->doing);
  ent_tone_get_color (ENT_TONE_GOOD, dark, &style->done);
  ent_tone_get_color (ENT_TONE_BAD, dark, &style->late);
  style->rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  style->row = get_row (self);
  style->selected = self->data != NULL ? ent_onboard_run_find (self->data->run, self->selected) : G_MAXUINT;
  style->dragged = self->dragged;
  style->drag_days = self->drag_days;
}

static void
ent_timeline_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  EntTimeline *self = ENT_TIMELINE (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  EntTimelineStyle style;
  cairo_t *cr;

  if (self->data == NULL)
    return;
  get_style (self, &style);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  ent_timeline_paint (self->data->run, &style, cr, gtk_widget_get_pango_context (widget), width, 0,
                      self->data->run->items->len);
  cairo_destroy (cr);
}

static void
ent_timeline_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  EntTimeline *self = ENT_TIMELINE (widget);
  guint n = self->data != NULL ? self->data->run->items->len + 1 : 1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = LEAST_WIDTH;
  else
    *minimum = *natural = (int) ceil (get_row (self) * n);
}

/* --- Input ------------------------------------------------------------------------------------------------------ */

static guint
hit (EntTimeline *self,
     double       y)
{
  int row = (int) floor (y / get_row (self)) - 1;

  return self->data != NULL && row >= 0 && row < (int) self->data->run->items->len ? (guint) row : G_MAXUINT;
}

/* Keeps the selected row in sight of the scrolled window around. */
static void
scroll_to (EntTimeline *self,
           guint        index)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double row = get_row (self);

  if (scrolled != NULL)
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), row * index,
                               row * (index + 2));
}

static void
select_index (EntTimeline *self,
              guint        index)
{
  EntKey key = ent_onboard_run_get (self->data->run, index)->key;

  if (key == self->selected)
    return;
  self->selected = key;
  scroll_to (self, index);
  tell_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, key);
}

static void
step_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  EntTimeline *self = ENT_TIMELINE (widget);
  guint n = self->data != NULL ? self->data->run->items->len : 0;
  guint index = n > 0 ? ent_onboard_run_find (self->data->run, self->selected) : G_MAXUINT;
  int step = g_variant_get_int32 (parameter);

  if (n > 0)
    select_index (self, index == G_MAXUINT ? 0 : (guint) CLAMP ((int) index + step, 0, (int) n - 1));
}

static void
shift_cb (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  EntTimeline *self = ENT_TIMELINE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int days;
  gboolean alone;

  g_variant_get (parameter, "(ib)", &days, &alone);
  if (self->data != NULL && ent_onboard_run_find (self->data->run, self->selected) != G_MAXUINT)
    g_signal_emit (self, signals[SIGNAL_SHIFT], 0, self->selected, rtl ? -days : days, alone);
}

static void
drag_begin_cb (EntTimeline *self,
               double       x,
               double       y)
{
  guint index = hit (self, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragged = G_MAXUINT;
  self->drag_days = 0;
  if (index == G_MAXUINT)
    return;
  select_index (self, index);
  if (ent_onboard_run_get (self->data->run, index)->is_open && !self->data->run->is_over &&
      ent_onboard_run_get (self->data->run, index)->due != ENT_ONBOARD_NO_DATE)
    self->dragged = index;
}

static void
drag_update_cb (EntTimeline    *self,
                double          dx,
                double          dy,
                GtkGestureDrag *gesture)
{
  EntTimelineStyle style;
  double day;

  if (self->dragged == G_MAXUINT || fabs (dx) < DRAG_PIXELS)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  get_style (self, &style);
  day = ent_timeline_get_x (self->data->run, &style, gtk_widget_get_width (GTK_WIDGET (self)), 1) -
        ent_timeline_get_x (self->data->run, &style, gtk_widget_get_width (GTK_WIDGET (self)), 0);
  self->drag_days = (int) round (dx / day);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_end_cb (EntTimeline    *self,
             double          dx,
             double          dy,
             GtkGestureDrag *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  int days = self->drag_days;

  if (self->dragged != G_MAXUINT && days != 0)
    g_signal_emit (self, signals[SIGNAL_SHIFT], 0, self->selected, days, (state & GDK_SHIFT_MASK) != 0);
  self->dragged = G_MAXUINT;
  self->drag_days = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
ent_timeline_query_tooltip (GtkWidget  *widget,
                            int         x,
                            int         y,
                            gboolean    keyboard,
                            GtkTooltip *tooltip)
{
  EntTimeline *self = ENT_TIMELINE (widget);
  guint index = keyboard && self->data != NULL ? ent_onboard_run_find (self->data->run, self->selected) : hit (self, y);
  g_autofree char *text = NULL;

  if (index == G_MAXUINT)
    return FALSE;
  text = ent_plan_item_describe (ent_onboard_run_get (self->data->run, index));
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* --- Object ------------------------------------------------------------------------------------------------------ */

static void
ent_timeline_dispose (GObject *object)
{
  g_clear_pointer (&ENT_TIMELINE (object)->data, ent_plan_data_unref);
  G_OBJECT_CLASS (ent_timeline_parent_class)->dispose (object);
}

static void
bind_keys (GtkWidgetClass *klass)
{
  static const struct { guint key; int step; } steps[] = {
    { GDK_KEY_Up, -1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_Home, -G_MAXINT / 2 }, { GDK_KEY_End, G_MAXINT / 2 },
    { GDK_KEY_Page_Up, -10 }, { GDK_KEY_Page_Down, 10 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding_action (klass, steps[i].key, 0, "timeline.step", "i", steps[i].step);
  for (int days = -1; days <= 1; days += 2)
    {
      guint key = days < 0 ? GDK_KEY_Left : GDK_KEY_Right;

      gtk_widget_class_add_binding_action (klass, key, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "timeline.shift", "(ib)", days,
                                           FALSE);
      gtk_widget_class_add_binding_action (klass, key, GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK, "timeline.shift",
                                           "(ib)", days, TRUE);
    }
}

static void
ent_timeline_class_init (EntTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_timeline_dispose;
  widget_class->snapshot = ent_timeline_snapshot;
  widget_class->measure = ent_timeline_measure;
  widget_class->query_tooltip = ent_timeline_query_tooltip;
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_SHIFT] = g_signal_new ("shift", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT, G_TYPE_BOOLEAN);
  gtk_widget_class_install_action (widget_class, "timeline.step", "i", step_cb);
  gtk_widget_class_install_action (widget_class, "timeline.shift", "(ib)", shift_cb);
  bind_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ent_timeline_init (EntTimeline *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->dragged = G_MAXUINT;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
ent_timeline_set_data (EntTimeline *self,
                       EntPlanData *data)
{
  g_return_if_fail (ENT_IS_TIMELINE (self));

  g_clear_pointer (&self->data, ent_plan_data_unref);
  self->data = ent_plan_data_ref (data);
  self->dragged = G_MAXUINT;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tell_selected (self);
}

void
ent_timeline_set_selected (EntTimeline *self,
                           EntKey       item)
{
  guint index = self->data != NULL ? ent_onboard_run_find (self->data->run, item) : G_MAXUINT;

  if (self->selected == item)
    return;
  self->selected = item;
  if (index != G_MAXUINT)
    scroll_to (self, index);
  tell_selected (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
