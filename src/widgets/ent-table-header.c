/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-table-header.h"

#include <glib/gi18n.h>

#define WIDTH_STEP 16

struct _EntTableHeader
{
  GtkWidget        parent;
  EntTableColumns *columns;
  GtkAdjustment   *hadjustment;
  GPtrArray       *buttons;    /* of GtkWidget (owned by the widget tree) */
  GtkWidget       *menu; /* NULL until it is opened */
  guint            menu_column;
  int              drag_column; /* -1: none */
  int              drag_width;
};

G_DEFINE_FINAL_TYPE (EntTableHeader, ent_table_header, GTK_TYPE_WIDGET)

/* --- One heading ----------------------------------------------------------------------------------------- */

static guint
column_of (EntTableHeader *self,
           GtkWidget      *button)
{
  guint i = 0;

  g_ptr_array_find (self->buttons, button, &i);
  return i;
}

static void
clicked_cb (EntTableHeader *self,
            GtkWidget      *button)
{
  ent_table_columns_toggle_sort (self->columns, ent_table_columns_get_field (self->columns, column_of (self, button)));
}

/* Most columns never have one. */
static void
show_arrow (GtkWidget *button,
            int        direction)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));
  GtkWidget *arrow = gtk_widget_get_last_child (box);

  if (!GTK_IS_IMAGE (arrow))
    arrow = NULL;
  if (arrow == NULL && direction != 0)
    {
      arrow = gtk_image_new ();
      gtk_box_append (GTK_BOX (box), arrow);
    }
  if (arrow == NULL)
    return;
  gtk_widget_set_visible (arrow, direction != 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (arrow), direction > 0 ? "pan-up-symbolic" : "pan-down-symbolic");
}

static void
update_sort (EntTableHeader *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      const EntField *field = ent_table_columns_get_field (self->columns, i);
      int direction = ent_table_columns_get_direction (self->columns, field);

      show_arrow (button, direction);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      direction > 0 ? _("Sorted ascending")
                                                    : direction < 0 ? _("Sorted descending") : _("Press to sort"), -1);
    }
}

static GtkWidget *
make_button (EntTableHeader *self,
             const EntField *field)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (ent_field_get_label (field));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), ent_field_is_numeric (field) ? 1 : 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, ent_field_get_help (field) != NULL ? ent_field_get_help (field)
                                                                         : ent_field_get_label (field));
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
unparent_buttons (EntTableHeader *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
}

static void
rebuild (EntTableHeader *self)
{
  unparent_buttons (self);
  for (guint i = 0; i < ent_table_columns_get_n (self->columns); i++)
    g_ptr_array_add (self->buttons, make_button (self, ent_table_columns_get_field (self->columns, i)));
  update_sort (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- Menu of a heading ------------------------------------------------------------------------------------- */

static void
sort_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);
  const EntField *field = ent_table_columns_get_field (self->columns, self->menu_column);
  g_autofree char *sort = g_strconcat (g_str_has_suffix (name, "descending") ? "-" : "", field->info.name, NULL);

  ent_table_columns_set_sort (self->columns, sort);
}

static void
hide_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);

  ent_table_columns_show (self->columns, ent_table_columns_get_field (self->columns, self->menu_column), FALSE);
}

static void
width_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);
  int step = g_str_has_suffix (name, "wider") ? WIDTH_STEP : -WIDTH_STEP;

  ent_table_columns_set_width (self->columns, self->menu_column,
                               ent_table_columns_get_width (self->columns, self->menu_column) + step);
}

static void
move_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);
  guint to = g_str_has_suffix (name, "forward") ? self->menu_column + 1 : self->menu_column - 1;

  ent_table_columns_move (self->columns, self->menu_column, to);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();

  g_menu_append (sort, _("Sort _Ascending"), "header.sort-ascending");
  g_menu_append (sort, _("Sort _Descending"), "header.sort-descending");
  g_menu_append (place, _("Move to the _Front"), "header.move-back");
  g_menu_append (place, _("Move to the _End"), "header.move-forward");
  g_menu_append (place, _("_Wider"), "header.wider");
  g_menu_append (place, _("_Narrower"), "header.narrower");
  g_menu_append (place, _("_Hide Column"), "header.hide");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (sort));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  return G_MENU_MODEL (menu);
}

static void
ensure_menu (EntTableHeader *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  if (self->menu != NULL)
    return;
  menu = make_menu ();
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

static void
open_menu (EntTableHeader *self,
           guint           column)
{
  GtkWidget *button = g_ptr_array_index (self->buttons, column);
  graphene_rect_t bounds;
  GdkRectangle at;

  self->menu_column = column;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "header.hide",
                                 ent_table_columns_get_field (self->columns, column)->index != ENT_COMMON_TITLE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "header.move-back", column > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "header.move-forward", column + 1 < self->buttons->len);
  if (!gtk_widget_compute_bounds (button, GTK_WIDGET (self), &bounds))
    return;
  at = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width, (int) bounds.size.height };
  ensure_menu (self);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static int
column_at (EntTableHeader *self,
           double          x,
           double          y)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  for (guint i = 0; hit != NULL && i < self->buttons->len; i++)
    if (hit == g_ptr_array_index (self->buttons, i) ||
        gtk_widget_is_ancestor (hit, g_ptr_array_index (self->buttons, i)))
      return (int) i;
  return -1;
}

static void
secondary_cb (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              EntTableHeader  *self)
{
  int column = column_at (self, x, y);

  if (column >= 0)
    open_menu (self, (guint) column);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_widget_has_focus (g_ptr_array_index (self->buttons, i)))
      {
        open_menu (self, i);
        return TRUE;
      }
  return FALSE;
}

/* --- Resizing ------------------------------------------------------------------------------------------------ */

/* How far the rows are scrolled from where lines begin. From right to left, a list counts from the other end. */
static double
get_offset (EntTableHeader *self)
{
  double value = gtk_adjustment_get_value (self->hadjustment);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL)
    return value;
  return MAX (gtk_adjustment_get_upper (self->hadjustment) - gtk_adjustment_get_page_size (self->hadjustment) - value, 0);
}

static int
edge_at (EntTableHeader *self,
         double          x)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double offset = get_offset (self);
  double from_start = rtl ? width - x + offset : x + offset;

  return ent_table_columns_find_edge (self->columns, (int) from_start, width,
                                      ent_table_columns_scale_of (GTK_WIDGET (self)));
}

static void
drag_begin_cb (GtkGestureDrag *gesture,
               double          x,
               double          y,
               EntTableHeader *self)
{
  self->drag_column = edge_at (self, x);
  if (self->drag_column < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  self->drag_width = ent_table_columns_get_width (self->columns, (guint) self->drag_column);
}

static void
drag_update_cb (GtkGestureDrag *gesture,
                double          dx,
                double          dy,
                EntTableHeader *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double scale = ent_table_columns_scale_of (GTK_WIDGET (self));

  if (self->drag_column >= 0)
    ent_table_columns_set_width (self->columns, (guint) self->drag_column,
                                 self->drag_width + (int) ((rtl ? -dx : dx) / scale));
}

static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           EntTableHeader           *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), edge_at (self, x) >= 0 ? "col-resize" : NULL);
}

/* --- The widget ------------------------------------------------------------------------------------------------ */

static void
ent_table_header_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      int least;

      gtk_widget_measure (g_ptr_array_index (self->buttons, i), orientation, -1, &least, NULL, NULL, NULL);
      *minimum = *natural = MAX (*minimum, least);
    }
}

static void
ent_table_header_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  EntTableHeader *self = ENT_TABLE_HEADER (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double scale = ent_table_columns_scale_of (widget);
  int offset = (int) get_offset (self);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      GskTransform *place;
      int x, cell, least;

      ent_table_columns_get_place (self->columns, i, width, scale, &x, &cell);
      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      cell = MAX (cell, least);
      x = rtl ? width - x - cell + offset : x - offset;
      place = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT ((float) x, 0));
      gtk_widget_allocate (button, cell, height, -1, place);
    }
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

static void
ent_table_header_dispose (GObject *object)
{
  EntTableHeader *self = ENT_TABLE_HEADER (object);

  if (self->buttons != NULL)
    unparent_buttons (self);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->columns);
  g_clear_object (&self->hadjustment);
  G_OBJECT_CLASS (ent_table_header_parent_class)->dispose (object);
}

static void
ent_table_header_class_init (EntTableHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_table_header_dispose;
  widget_class->measure = ent_table_header_measure;
  widget_class->size_allocate = ent_table_header_size_allocate;
  gtk_widget_class_install_action (widget_class, "header.sort-ascending", NULL, sort_action);
  gtk_widget_class_install_action (widget_class, "header.sort-descending", NULL, sort_action);
  gtk_widget_class_install_action (widget_class, "header.hide", NULL, hide_action);
  gtk_widget_class_install_action (widget_class, "header.wider", NULL, width_action);
  gtk_widget_class_install_action (widget_class, "header.narrower", NULL, width_action);
  gtk_widget_class_install_action (widget_class, "header.move-back", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "header.move-forward", NULL, move_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "tableheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
add_controllers (EntTableHeader *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
ent_table_header_init (EntTableHeader *self)
{
  self->buttons = g_ptr_array_new ();
  self->drag_column = -1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
}

GtkWidget *
ent_table_header_new (EntTableColumns *columns,
                      GtkAdjustment   *hadjustment)
{
  EntTableHeader *self = g_object_new (ENT_TYPE_TABLE_HEADER, NULL);

  self->columns = g_object_ref (columns);
  self->hadjustment = g_object_ref (hadjustment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Columns"), -1);
  g_signal_connect_object (columns, "layout", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "fields", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (columns, "sorted", G_CALLBACK (update_sort), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hadjustment, "changed", G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hadjustment, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WIDGET (self);
}
