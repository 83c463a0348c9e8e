/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-announce.h"

/* Keys and the menu. */

static EntBoardTile *
focused_tile (EntBoard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ||
      gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) == NULL)
    return NULL;
  return ent_board_tile_from_widget (focus);
}

/* --- Walking ------------------------------------------------------------------------------------------------- */

/* The card of @to that is beside @tile on the screen. */
static guint
position_beside (EntBoard     *self,
                 EntBoardTile *tile,
                 EntBoardLane *to,
                 guint         fallback)
{
  graphene_point_t at;

  if (gtk_widget_get_mapped (GTK_WIDGET (to->view)) &&
      gtk_widget_compute_point (GTK_WIDGET (tile), GTK_WIDGET (to->view), &GRAPHENE_POINT_INIT (0, 6), &at))
    {
      GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (to->view), gtk_widget_get_width (GTK_WIDGET (to->view)) / 2.0, at.y,
                                        GTK_PICK_DEFAULT);
      EntBoardTile *other = ent_board_tile_from_widget (hit);

      if (other != NULL && ent_board_tile_get_key (other) != 0)
        return (guint) MAX (ent_board_keys_find (to->keys, ent_board_tile_get_key (other)), 0);
    }
  return MIN (fallback, ent_board_keys_get_n (to->keys) - 1);
}

static gboolean
walk (EntBoard *self,
      int       step)
{
  EntBoardTile *tile = focused_tile (self);
  EntBoardLane *from;
  guint position = 0;

  if (tile == NULL)
    return FALSE;
  from = ent_board_lane_of (self, ent_board_tile_get_key (tile), &position);
  if (from == NULL)
    return FALSE;
  for (int i = (int) ent_board_index_of (self, from) + step; i >= 0 && i < (int) self->lanes->len; i += step)
    {
      EntBoardLane *to = g_ptr_array_index (self->lanes, i);

      if (ent_board_keys_get_n (to->keys) == 0)
        continue;
      position = position_beside (self, tile, to, position);
      ent_board_show_lane (self, (guint) i);
      ent_board_lane_show (to, position, TRUE);
      return TRUE;
    }
  gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

/* --- Moving --------------------------------------------------------------------------------------------------- */

static void
refuse (EntBoard   *self,
        const char *title)
{
  g_autofree char *text = title != NULL ? g_strdup_printf (_("Cannot be moved to %s"), title)
                                        : g_strdup (_("Cannot be moved further"));

  gtk_widget_error_bell (GTK_WIDGET (self));
  ent_announce (GTK_WIDGET (self), text, FALSE);
}

static gboolean
carry_across (EntBoard *self,
              int       step)
{
  EntBoardTile *tile = focused_tile (self);
  EntBoardLane *from, *to;
  guint position = 0;
  int nth;

  if (tile == NULL || (from = ent_board_lane_of (self, ent_board_tile_get_key (tile), &position)) == NULL)
    return FALSE;
  nth = (int) ent_board_index_of (self, from) + step;
  if (nth < 0 || nth >= (int) self->lanes->len)
    {
      refuse (self, NULL);
      return TRUE;
    }
  to = g_ptr_array_index (self->lanes, nth);
  if (!ent_board_move (self, ent_board_tile_get_key (tile), to, MIN (position, ent_board_keys_get_n (to->keys))))
    refuse (self, to->title);
  return TRUE;
}

static gboolean
carry_along (EntBoard *self,
             int       step)
{
  EntBoardTile *tile = focused_tile (self);
  EntBoardLane *lane;
  guint position = 0;

  if (tile == NULL || !self->reorderable ||
      (lane = ent_board_lane_of (self, ent_board_tile_get_key (tile), &position)) == NULL)
    return FALSE;
  if ((step < 0 && position == 0) || (step > 0 && position + 1 >= ent_board_keys_get_n (lane->keys)))
    refuse (self, NULL);
  else
    ent_board_move (self, ent_board_tile_get_key (tile), lane, step < 0 ? position - 1 : position + 2);
  return TRUE;
}

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  EntBoard *self = ENT_BOARD (widget);
  int dx, dy;
  gboolean carry;

  g_variant_get (args, "(iib)", &dx, &dy, &carry);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    dx = -dx;
  if (dy != 0)
    return carry_along (self, dy);
  return carry ? carry_across (self, dx) : walk (self, dx);
}

/* --- Menu ---------------------------------------------------------------------------------------------------- */

static void
popup_menu (EntBoard *self,
            double    x,
            double    y)
{
  GdkRectangle at = { (int) x, (int) y, 1, 1 };

  if (self->popover == NULL)
    {
      self->popover = gtk_popover_menu_new_from_model (self->menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
      gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static gboolean
popup_at (EntBoard *self,
          double    x,
          double    y)
{
  EntBoardTile *tile = ent_board_tile_from_widget (gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT));

  if (self->menu == NULL || tile == NULL || ent_board_tile_get_key (tile) == 0)
    return FALSE;
  ent_board_select (self, ent_board_tile_get_key (tile), TRUE);
  popup_menu (self, x, y);
  return TRUE;
}

static void
secondary_cb (GtkGestureClick *gesture,
              int              n_press,
              double           x,
              double           y,
              EntBoard        *self)
{
  if (popup_at (self, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
long_press_cb (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               EntBoard            *self)
{
  if (popup_at (self, x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  EntBoard *self = ENT_BOARD (widget);
  EntBoardTile *tile = focused_tile (self);
  graphene_point_t at;

  if (self->menu == NULL || tile == NULL)
    return FALSE;
  if (!gtk_widget_compute_point (GTK_WIDGET (tile), widget,
                                 &GRAPHENE_POINT_INIT ((float) gtk_widget_get_width (GTK_WIDGET (tile)) / 2,
                                                       (float) gtk_widget_get_height (GTK_WIDGET (tile)) / 2), &at))
    return FALSE;
  ent_board_select (self, ent_board_tile_get_key (tile), TRUE);
  popup_menu (self, at.x, at.y);
  return TRUE;
}

/* --- Setting up ------------------------------------------------------------------------------------------------ */

void
ent_board_class_init_keys (GtkWidgetClass *klass)
{
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

/* Lists know Left and Right too, so these come first. */
static void
add_arrows (EntBoard *self)
{
  static const struct { const char *trigger; int dx, dy; gboolean carry; } keys[] = {
    { "Left|KP_Left", -1, 0, FALSE },
    { "Right|KP_Right", 1, 0, FALSE },
    { "<Control><Shift>Left|<Control><Shift>KP_Left", -1, 0, TRUE },
    { "<Control><Shift>Right|<Control><Shift>KP_Right", 1, 0, TRUE },
    { "<Control><Shift>Up|<Control><Shift>KP_Up", 0, -1, TRUE },
    { "<Control><Shift>Down|<Control><Shift>KP_Down", 0, 1, TRUE },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new ("(iib)", keys[i].dx, keys[i].dy, keys[i].carry));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
ent_board_init_input (EntBoard *self)
{
  GtkGesture *click = gtk_gesture_click_new (), *press = gtk_gesture_long_press_new ();

  add_arrows (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (long_press_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
}
