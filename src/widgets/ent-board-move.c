/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

#include <glib/gi18n.h>

#include "widgets/ent-announce.h"

/* Cards on their way from column to column. */

gboolean
ent_board_may_drop (EntBoard     *self,
                    EntKey        key,
                    EntBoardLane *to)
{
  EntBoardLane *from = ent_board_lane_of (self, key, NULL);

  if (!self->movable || from == NULL)
    return FALSE;
  if (from == to)
    return self->reorderable;
  return self->drop_func == NULL || self->drop_func (self, key, from->id, to->id, self->drop_data);
}

static gboolean
has_focus (EntBoard *self,
           EntKey    key)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  EntBoardTile *tile = root != NULL ? ent_board_tile_from_widget (gtk_root_get_focus (root)) : NULL;

  return tile != NULL && ent_board_tile_get_key (tile) == key;
}

void
ent_board_put (EntBoard   *self,
               EntKey      key,
               const char *column,
               guint       position)
{
  g_autoptr (EntBoardItem) item = NULL; /* stays the same object on its way */
  EntBoardLane *from, *to;
  gboolean focus, before = self->selecting;
  guint at;

  g_return_if_fail (ENT_IS_BOARD (self));

  from = ent_board_lane_of (self, key, &at);
  to = ent_board_lookup (self, column);
  if (from == NULL || to == NULL)
    return;
  focus = has_focus (self, key);
  item = g_list_model_get_item (G_LIST_MODEL (from->keys), at);
  self->selecting = TRUE;
  ent_board_keys_remove (from->keys, at);
  position = MIN (position, ent_board_keys_get_n (to->keys));
  ent_board_keys_insert (to->keys, position, key);
  self->selecting = before;
  if (self->selected == key)
    ent_board_select_only (self, to, position);
  if (self->narrow && focus)
    ent_board_show_lane (self, ent_board_index_of (self, to));
  if (focus)
    ent_board_lane_show (to, position, TRUE);
  ent_board_update_switcher (self);
}

static void
announce_move (EntBoard     *self,
               EntKey        key,
               EntBoardLane *to,
               guint         position)
{
  EntBoardCard card;
  g_autofree char *text = NULL;

  ent_board_card_init (&card);
  ent_board_fill (self, key, &card);
  /* Translators: "Contoso moved to Qualified, 3 of 12" */
  text = g_strdup_printf (_("%s moved to %s, %u of %u"), card.title != NULL ? card.title : "", to->title, position + 1,
                          ent_board_keys_get_n (to->keys));
  ent_announce (GTK_WIDGET (self), text, FALSE);
  ent_board_card_clear (&card);
}

gboolean
ent_board_move (EntBoard     *self,
                EntKey        key,
                EntBoardLane *to,
                guint         position)
{
  g_autoptr (EntBoard) hold = g_object_ref (self);
  guint at = 0;
  EntBoardLane *from = ent_board_lane_of (self, key, &at);
  g_autofree char *from_id = NULL, *to_id = NULL;

  if (from == NULL || !ent_board_may_drop (self, key, to))
    return FALSE;
  if (from == to && position > at)
    position--;
  if (from == to && position == at)
    return FALSE;
  position = MIN (position, ent_board_keys_get_n (to->keys));
  from_id = g_strdup (from->id);
  to_id = g_strdup (to->id);
  self->moved = key;
  g_set_str (&self->moved_from, from_id);
  self->moved_position = at;
  ent_board_put (self, key, to_id, position);
  announce_move (self, key, to, position);
  g_signal_emit_by_name (self, "card-moved", key, from_id, to_id, position);
  return TRUE;
}

void
ent_board_revert (EntBoard *self,
                  EntKey    key)
{
  g_return_if_fail (ENT_IS_BOARD (self));

  if (self->moved != key || key == 0)
    return;
  ent_board_put (self, key, self->moved_from, self->moved_position);
  self->moved = 0;
}
