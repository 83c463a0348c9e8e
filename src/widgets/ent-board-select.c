/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

static void
set_selected (EntBoard *self,
              EntKey    key)
{
  if (self->selected == key)
    return;
  self->selected = key;
  g_object_notify (G_OBJECT (self), "selected");
}

/* One card on the whole board is selected: what another column had is let go. */
void
ent_board_select_only (EntBoard     *self,
                       EntBoardLane *lane,
                       guint         position)
{
  gboolean before = self->selecting;

  self->selecting = TRUE;
  if (lane != NULL)
    ent_board_lane_flush (lane);
  for (guint i = 0; i < self->lanes->len; i++)
    gtk_single_selection_set_selected (ent_board_lane_at (self, i)->selection,
                                       ent_board_lane_at (self, i) == lane ? position : GTK_INVALID_LIST_POSITION);
  self->selecting = before;
}

void
ent_board_selection_cb (EntBoard     *self,
                        EntBoardLane *lane)
{
  EntBoardItem *item = gtk_single_selection_get_selected_item (lane->selection);

  if (self->selecting)
    return;
  if (item != NULL)
    {
      ent_board_select_only (self, lane, gtk_single_selection_get_selected (lane->selection));
      self->lost = 0;
      set_selected (self, ent_board_item_get_key (item));
    }
  else if (ent_board_lane_of (self, self->selected, NULL) == lane || ent_board_lane_of (self, self->selected, NULL) == NULL)
    set_selected (self, 0);
}

/* Whoever comes into a column with Tab is on a card, which is the selected one then, as it is with arrows. What the list
 * does with the keyboard when its cards come and go selects nothing. */
static void
focus_cb (EntBoard *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean is_here = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  GtkWidget *list = is_here ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) : NULL;
  EntBoardTile *tile = list != NULL ? ent_board_tile_from_widget (focus) : NULL;
  EntKey key = tile != NULL ? ent_board_tile_get_key (tile) : 0;
  guint position;
  EntBoardLane *lane;

  if (list == self->focused_list)
    return;
  self->focused_list = list;
  lane = ent_board_lane_of (self, key, &position);
  if (lane == NULL || key == self->selected || self->selecting)
    return;
  ent_board_select_only (self, lane, position);
  self->lost = 0;
  set_selected (self, key);
}

void
ent_board_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_cb), widget,
                           G_CONNECT_SWAPPED);
}

void
ent_board_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_cb, widget);
  GTK_WIDGET_CLASS (g_type_class_peek (GTK_TYPE_WIDGET))->unroot (widget);
}

/* After the keys of a column changed: the selected card may have come, gone, or moved. */
void
ent_board_follow_selected (EntBoard *self)
{
  EntKey key = self->selected != 0 ? self->selected : self->lost;
  guint position = GTK_INVALID_LIST_POSITION;
  EntBoardLane *lane = ent_board_lane_of (self, key, &position);

  if (key == 0)
    return;
  if (lane != NULL)
    ent_board_select_only (self, lane, position);
  self->lost = lane == NULL ? key : 0;
  set_selected (self, lane != NULL ? key : 0);
}

EntKey
ent_board_get_selected (EntBoard *self)
{
  g_return_val_if_fail (ENT_IS_BOARD (self), 0);
  return self->selected;
}

void
ent_board_select (EntBoard *self,
                  EntKey    key,
                  gboolean  focus)
{
  guint position = GTK_INVALID_LIST_POSITION;
  EntBoardLane *lane;

  g_return_if_fail (ENT_IS_BOARD (self));

  lane = ent_board_lane_of (self, key, &position);
  self->lost = 0;
  ent_board_select_only (self, lane, position);
  if (lane != NULL)
    {
      ent_board_show_lane (self, ent_board_index_of (self, lane));
      ent_board_lane_show (lane, position, focus);
    }
  set_selected (self, lane != NULL ? key : 0);
}
