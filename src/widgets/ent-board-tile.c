/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/ent-board-private.h"

/* A card as one painted widget: lists keep some two hundred of them for each column, nearly all out of sight. */

G_DEFINE_FINAL_TYPE (EntBoardTile, ent_board_tile, GTK_TYPE_WIDGET)

static void
ent_board_tile_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  ent_board_tile_paint (ENT_BOARD_TILE (widget), snapshot);
}

static void
ent_board_tile_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = ent_board_tile_get_content_height (ENT_BOARD_TILE (widget));
  else
    {
      *minimum = 7 * ent_board_get_line (ENT_BOARD_TILE (widget)->board);
      *natural = 2 * *minimum;
    }
}

static void
ent_board_tile_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ent_board_tile_parent_class)->css_changed (widget, change);
  ent_board_tile_forget_texts (ENT_BOARD_TILE (widget));
}

static gboolean
query_tooltip_cb (EntBoardTile *self,
                  int           x,
                  int           y,
                  gboolean      keyboard,
                  GtkTooltip   *tooltip)
{
  g_autofree char *text = NULL;

  if (self->key == 0)
    return FALSE;
  text = self->card.tooltip != NULL ? g_strdup (self->card.tooltip) : ent_board_card_describe (&self->card);
  gtk_tooltip_set_text (tooltip, text);
  return *text != '\0';
}

static void
ent_board_tile_dispose (GObject *object)
{
  ent_board_tile_forget_texts (ENT_BOARD_TILE (object));
  ent_board_card_clear (&ENT_BOARD_TILE (object)->card);
  G_OBJECT_CLASS (ent_board_tile_parent_class)->dispose (object);
}

static void
ent_board_tile_class_init (EntBoardTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ent_board_tile_dispose;
  widget_class->snapshot = ent_board_tile_snapshot;
  widget_class->measure = ent_board_tile_measure;
  widget_class->css_changed = ent_board_tile_css_changed;
  gtk_widget_class_set_css_name (widget_class, "boardcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ent_board_tile_init (EntBoardTile *self)
{
  ent_board_card_init (&self->card);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

GtkWidget *
ent_board_tile_new (EntBoard    *board,
                    GtkListItem *item)
{
  EntBoardTile *self = g_object_new (ENT_TYPE_BOARD_TILE, NULL);

  self->board = board;
  self->item = item;
  ent_board_tile_init_drag (self, board);
  return GTK_WIDGET (self);
}

void
ent_board_tile_refresh (EntBoardTile *self)
{
  int before = ent_board_tile_get_content_height (self);

  ent_board_tile_forget_texts (self);
  ent_board_card_clear (&self->card);
  if (self->key != 0)
    ent_board_fill (self->board, self->key, &self->card);
  if (ent_board_tile_get_content_height (self) != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ent_board_tile_set_key (EntBoardTile *self,
                        EntKey        key)
{
  if (self->key == key)
    return;
  self->key = key;
  ent_board_tile_set_ghost (self, FALSE);
  ent_board_tile_refresh (self);
}

GtkListItem *
ent_board_tile_get_item (EntBoardTile *self)
{
  return self->item;
}

EntKey
ent_board_tile_get_key (EntBoardTile *self)
{
  return self->key;
}

const EntBoardCard *
ent_board_tile_get_card (EntBoardTile *self)
{
  return &self->card;
}

gboolean
ent_board_tile_take_untold (EntBoardTile *self,
                            guint         round)
{
  if (self->key == 0 || self->told == round)
    return FALSE;
  self->told = round;
  return TRUE;
}

void
ent_board_tile_set_ghost (EntBoardTile *self,
                          gboolean      ghost)
{
  if (self->ghost == ghost)
    return;
  self->ghost = ghost;
  if (ghost)
    gtk_widget_add_css_class (GTK_WIDGET (self), "ghost");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "ghost");
}

EntBoardTile *
ent_board_tile_from_widget (GtkWidget *widget)
{
  GtkWidget *child;

  if (widget == NULL)
    return NULL;
  if (ENT_IS_BOARD_TILE (widget))
    return ENT_BOARD_TILE (widget);
  child = gtk_widget_get_first_child (widget);
  if (child != NULL && ENT_IS_BOARD_TILE (child))
    return ENT_BOARD_TILE (child);
  child = gtk_widget_get_ancestor (widget, ENT_TYPE_BOARD_TILE);
  return child != NULL ? ENT_BOARD_TILE (child) : NULL;
}
