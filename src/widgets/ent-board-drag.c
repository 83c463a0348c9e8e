/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

/* Drag and drop: within one board only, so what is dragged is known without asking. */

#define EDGE       48  /* px from the edge within which the columns scroll */
#define SPEED      12  /* px a frame at the very edge */
#define HOVER_TIME 600 /* ms over a switcher button until it switches */

/* --- The card that is dragged ---------------------------------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            EntBoard      *board)
{
  EntBoardTile *tile = ENT_BOARD_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));
  EntKey key = ent_board_tile_get_key (tile);
  EntBoardItem *item = g_hash_table_lookup (board->live, &key);
  g_autoptr (GdkPaintable) icon = NULL;

  if (!board->movable || item == NULL)
    return NULL;
  icon = gtk_widget_paintable_new (GTK_WIDGET (tile));
  gtk_drag_source_set_icon (source, icon, (int) x, (int) y);
  return gdk_content_provider_new_typed (ENT_TYPE_BOARD_ITEM, item);
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag       *drag,
               EntBoard      *board)
{
  EntBoardTile *tile = ENT_BOARD_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));

  board->dragged = ent_board_tile_get_key (tile);
  ent_board_tile_set_ghost (tile, TRUE);
  for (guint i = 0; i < board->lanes->len; i++)
    {
      EntBoardLane *lane = g_ptr_array_index (board->lanes, i);

      if (lane != ent_board_lane_of (board, board->dragged, NULL) && !ent_board_may_drop (board, board->dragged, lane))
        gtk_widget_add_css_class (GTK_WIDGET (lane), "refuses");
    }
}

static void
drag_end_cb (GtkDragSource *source,
             GdkDrag       *drag,
             gboolean       delete_data,
             EntBoard      *board)
{
  EntBoardTile *tile = ENT_BOARD_TILE (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));

  board->dragged = 0;
  board->scroll_speed = 0;
  g_clear_handle_id (&board->hover_timeout, g_source_remove);
  ent_board_tile_set_ghost (tile, FALSE);
  for (guint i = 0; i < board->lanes->len; i++)
    {
      EntBoardLane *lane = g_ptr_array_index (board->lanes, i);

      gtk_widget_remove_css_class (GTK_WIDGET (lane), "refuses");
      ent_board_lane_unpoint (lane);
    }
}

void
ent_board_tile_init_drag (EntBoardTile *tile,
                          EntBoard     *board)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), board, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), board, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), board, 0);
  gtk_widget_add_controller (GTK_WIDGET (tile), GTK_EVENT_CONTROLLER (source));
}

/* --- The column it is dropped on --------------------------------------------------------------------------------- */

static GdkDragAction
motion_cb (GtkDropTarget *target,
           double         x,
           double         y,
           EntBoardLane  *lane)
{
  if (lane->board->dragged == 0 || !ent_board_may_drop (lane->board, lane->board->dragged, lane))
    return 0;
  ent_board_lane_point (lane, x, y);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target,
          EntBoardLane  *lane)
{
  ent_board_lane_unpoint (lane);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         EntBoardLane  *lane)
{
  EntKey key = lane->board->dragged;
  guint position = ent_board_lane_point (lane, x, y);

  ent_board_lane_unpoint (lane);
  return key != 0 && ent_board_move (lane->board, key, lane, position);
}

void
ent_board_lane_init_drop (EntBoardLane *lane)
{
  GtkDropTarget *target = gtk_drop_target_new (ENT_TYPE_BOARD_ITEM, GDK_ACTION_MOVE);

  g_signal_connect (target, "enter", G_CALLBACK (motion_cb), lane);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), lane);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), lane);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), lane);
  gtk_widget_add_controller (GTK_WIDGET (lane), GTK_EVENT_CONTROLLER (target));
}

/* --- Scrolling at the edges, switching columns --------------------------------------------------------------------- */

static gboolean
scroll_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       data)
{
  EntBoard *self = ENT_BOARD (data);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  if (self->scroll_speed >= -0.01 && self->scroll_speed <= 0.01)
    {
      self->scroll_tick = 0;
      return G_SOURCE_REMOVE;
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + self->scroll_speed);
  return G_SOURCE_CONTINUE;
}

static void
edge_motion_cb (GtkDropControllerMotion *controller,
                double                   x,
                double                   y,
                EntBoard                *self)
{
  double width = gtk_widget_get_width (self->scrolled);

  self->scroll_speed = 0;
  if (self->dragged == 0)
    return;
  if (x < EDGE)
    self->scroll_speed = -SPEED * (1 - x / EDGE);
  else if (x > width - EDGE)
    self->scroll_speed = SPEED * (1 - (width - x) / EDGE);
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (self->scrolled, scroll_tick_cb, self, NULL);
}

static void
edge_leave_cb (GtkDropControllerMotion *controller,
               EntBoard                *self)
{
  self->scroll_speed = 0;
}

static gboolean
hover_cb (gpointer data)
{
  gtk_widget_activate (GTK_WIDGET (data));
  return G_SOURCE_CONTINUE;
}

static void
hover_enter_cb (GtkDropControllerMotion *controller,
                double                   x,
                double                   y,
                EntBoard                *self)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));

  g_clear_handle_id (&self->hover_timeout, g_source_remove);
  self->hover_timeout = g_timeout_add (HOVER_TIME, hover_cb, button);
}

static void
hover_leave_cb (GtkDropControllerMotion *controller,
                EntBoard                *self)
{
  g_clear_handle_id (&self->hover_timeout, g_source_remove);
}

static void
add_hover (EntBoard  *self,
           GtkWidget *button)
{
  GtkEventController *controller = gtk_drop_controller_motion_new ();

  g_signal_connect (controller, "enter", G_CALLBACK (hover_enter_cb), self);
  g_signal_connect (controller, "leave", G_CALLBACK (hover_leave_cb), self);
  gtk_widget_add_controller (button, controller);
}

void
ent_board_init_drag (EntBoard *self)
{
  GtkEventController *edges = gtk_drop_controller_motion_new ();

  g_signal_connect (edges, "motion", G_CALLBACK (edge_motion_cb), self);
  g_signal_connect (edges, "leave", G_CALLBACK (edge_leave_cb), self);
  gtk_widget_add_controller (self->scrolled, edges);
  add_hover (self, self->previous);
  add_hover (self, self->next);
}
