/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-board.h"

G_BEGIN_DECLS

/* The parts of the board: keys (a lazy list of items), card (one painted widget), column (header and list). */

/* --- A card's place in a list: an item knows its key, and is the same object as long as somebody holds it ---- */

#define ENT_TYPE_BOARD_ITEM (ent_board_item_get_type ())
G_DECLARE_FINAL_TYPE (EntBoardItem, ent_board_item, ENT, BOARD_ITEM, GObject)

EntKey        ent_board_item_get_key  (EntBoardItem *self);

#define ENT_TYPE_BOARD_KEYS (ent_board_keys_get_type ())
G_DECLARE_FINAL_TYPE (EntBoardKeys, ent_board_keys, ENT, BOARD_KEYS, GObject)

/** @live: key → item in use (unowned), one table for all columns of a board. */
EntBoardKeys *ent_board_keys_new      (GHashTable *live);
/** Takes the keys, which all functions here know at once, and the list after a flush. FALSE: they were the same. */
gboolean      ent_board_keys_set      (EntBoardKeys *self,
                                       const EntKey *keys,
                                       gsize         n_keys);
gboolean      ent_board_keys_is_flushed (EntBoardKeys *self);
void          ent_board_keys_flush    (EntBoardKeys *self);
void          ent_board_keys_insert   (EntBoardKeys *self,
                                       guint         position,
                                       EntKey        key);
void          ent_board_keys_remove   (EntBoardKeys *self,
                                       guint         position);
/** -1: not there. */
int           ent_board_keys_find     (EntBoardKeys *self,
                                       EntKey        key);
EntKey        ent_board_keys_get      (EntBoardKeys *self,
                                       guint         position);
guint         ent_board_keys_get_n    (EntBoardKeys *self);

/* --- One painted card ------------------------------------------------------------------------------------------ */

#define ENT_TYPE_BOARD_TILE (ent_board_tile_get_type ())
G_DECLARE_FINAL_TYPE (EntBoardTile, ent_board_tile, ENT, BOARD_TILE, GtkWidget)

typedef struct
{
  char    *text;
  EntTone  tone;
} EntBoardChip;

void          ent_board_card_init      (EntBoardCard *card);
void          ent_board_card_clear     (EntBoardCard *card);
/** "Contoso, $120K, closes in 3 days, stalled 18 days" (transfer full) */
char         *ent_board_card_describe  (const EntBoardCard *card);

/** @item: the place in the list that the tile is made for, unowned. */
GtkWidget    *ent_board_tile_new       (EntBoard    *board,
                                        GtkListItem *item);
GtkListItem  *ent_board_tile_get_item  (EntBoardTile *self);
/** Shows the card of @key; 0 nothing. */
void          ent_board_tile_set_key   (EntBoardTile *self,
                                        EntKey        key);
EntKey        ent_board_tile_get_key   (EntBoardTile *self);
/** Asks for the card's content again. */
void          ent_board_tile_refresh   (EntBoardTile *self);
const EntBoardCard *ent_board_tile_get_card (EntBoardTile *self);
/** While it is being dragged. */
void          ent_board_tile_set_ghost (EntBoardTile *self,
                                        gboolean      ghost);
/** The tile that @widget is, is in, or has as its child; NULL none. */
EntBoardTile *ent_board_tile_from_widget (GtkWidget *widget);

/* --- A column ---------------------------------------------------------------------------------------------------- */

#define ENT_TYPE_BOARD_LANE (ent_board_lane_get_type ())
G_DECLARE_FINAL_TYPE (EntBoardLane, ent_board_lane, ENT, BOARD_LANE, GtkWidget)

struct _EntBoardLane
{
  GtkWidget           parent;
  EntBoard           *board; /* unowned: the board owns its lanes */
  char               *id;
  char               *title;
  EntTone             tone;
  EntBoardKeys       *keys;
  GtkSingleSelection *selection;
  GtkWidget          *header;
  GtkWidget          *symbol;
  GtkLabel           *name;
  GtkLabel           *count;
  EntWhyLabel        *total;
  EntWhyLabel        *weighted;
  GtkWidget          *totals;
  GtkLabel           *empty;
  GtkWidget          *scrolled;
  GtkListView        *view;
  guint               describing; /* idle source */
  float               line;    /* y of the insertion line, less than 0: none */
};

EntBoardLane *ent_board_lane_new       (EntBoard   *board,
                                        const char *id);
void          ent_board_lane_set_info  (EntBoardLane         *self,
                                        const EntBoardColumn *info);
void          ent_board_lane_why_changed (EntBoardLane *self);
/** Shows the keys that were set. */
void          ent_board_lane_flush     (EntBoardLane *self);
void          ent_board_lane_count     (EntBoardLane *self);
void          ent_board_lane_refresh   (EntBoardLane *self,
                                        EntKey        key);
/** The tile of a card that is in sight, NULL. */
EntBoardTile *ent_board_lane_get_tile  (EntBoardLane *self,
                                        EntKey        key);
void          ent_board_lane_show      (EntBoardLane *self,
                                        guint         position,
                                        gboolean      focus);
/** Where a card dropped at @x, @y (of the lane) would go; draws the insertion line there. */
guint         ent_board_lane_point     (EntBoardLane *self,
                                        double        x,
                                        double        y);
void          ent_board_lane_unpoint   (EntBoardLane *self);
char         *ent_board_lane_describe  (EntBoardLane       *self,
                                        const EntBoardCard *card,
                                        guint               position);

/* --- The board ----------------------------------------------------------------------------------------------------- */

struct _EntBoard
{
  GtkWidget         parent;
  EntContext       *context;
  GPtrArray        *lanes;    /* of EntBoardLane, unowned */
  GHashTable       *live;     /* key → EntBoardItem */
  GtkWidget        *bin;      /* breakpoints */
  GtkWidget        *box;      /* of the lanes */
  GtkWidget        *scrolled;
  GtkWidget        *switcher;
  GtkWidget        *previous, *next;
  GtkDropDown      *place;
  GtkWidget        *popover;
  GMenuModel       *menu;
  EntBoardCardFunc  card_func;
  gpointer          card_data;
  GDestroyNotify    card_destroy;
  EntBoardWhyFunc   why_func;
  gpointer          why_data;
  GDestroyNotify    why_destroy;
  EntBoardDropFunc  drop_func;
  gpointer          drop_data;
  GDestroyNotify    drop_destroy;
  int               line;     /* height of a line of text, 0 not known */
  EntKey            selected;
  EntKey            lost;     /* was selected until its card went */
  EntKey            dragged;
  EntKey            moved;    /* by the user, last; */
  char             *moved_from;
  guint             moved_position;
  guint             current;  /* lane shown when narrow */
  guint             hover_timeout;
  double            scroll_speed; /* while dragging near an edge */
  guint             scroll_tick;
  guint             flush_tick; /* columns are waiting to show what was set */
  gboolean          narrow;
  gboolean          switching; /* the switcher is being filled */
  gboolean          reorderable;
  gboolean          movable;
  gboolean          selecting; /* one lane's selection is following another's */
};

void          ent_board_fill         (EntBoard     *self,
                                      EntKey        key,
                                      EntBoardCard *card);
/** Height of a line of text. */
int           ent_board_get_line     (EntBoard *self);
EntBoardLane *ent_board_lookup       (EntBoard   *self,
                                      const char *id);
EntBoardLane *ent_board_lane_of      (EntBoard *self,
                                      EntKey    key,
                                      guint    *position);
guint         ent_board_index_of     (EntBoard     *self,
                                      EntBoardLane *lane);
void          ent_board_show_lane    (EntBoard *self,
                                      guint     nth);
void          ent_board_selection_cb (EntBoard     *self,
                                      EntBoardLane *lane);
gboolean      ent_board_may_drop     (EntBoard     *self,
                                      EntKey        key,
                                      EntBoardLane *to);
/** The user moves a card. FALSE: it may not go there, or is there. */
gboolean      ent_board_move         (EntBoard     *self,
                                      EntKey        key,
                                      EntBoardLane *to,
                                      guint         position);

/* Pointer and keys: ent-board-input.c, ent-board-drag.c */
void          ent_board_class_init_keys (GtkWidgetClass *klass);
void          ent_board_init_input      (EntBoard *self);
void          ent_board_init_drag       (EntBoard *self);
void          ent_board_lane_init_drop  (EntBoardLane *lane);
void          ent_board_tile_init_drag  (EntBoardTile *tile,
                                         EntBoard     *board);

G_END_DECLS
