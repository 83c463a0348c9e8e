/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

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
/** Signal `replaced`: most cards take the place of others, which are still there, behind them; whoever shows them goes to
 * the first one now. */
void          ent_board_keys_flush    (EntBoardKeys *self);
/** As much of it as fits into a frame. */
void          ent_board_keys_flush_some (EntBoardKeys *self);
guint         ent_board_keys_get_n_shown (EntBoardKeys *self);
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

struct _EntBoardTile
{
  GtkWidget     parent;
  EntBoard     *board; /* unowned: the board owns its tiles */
  GtkListItem  *item;  /* unowned */
  EntKey        key;
  EntBoardCard  card;
  PangoLayout  *title, *subtitle, *detail, *figure, *warning;
  GPtrArray    *chips; /* of PangoLayout, NULL until painted */
  guint         told;  /* round of the lane */
  gboolean      ghost;
};

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
/** Whether the tile shows a card and the screen reader was not told of it in this @round. */
gboolean      ent_board_tile_take_untold (EntBoardTile *self,
                                          guint         round);
/** While it is being dragged. */
void          ent_board_tile_set_ghost (EntBoardTile *self,
                                        gboolean      ghost);
/** The tile that @widget is, is in, or has as its child; NULL none. */
EntBoardTile *ent_board_tile_from_widget (GtkWidget *widget);

/* ent-board-tile-paint.c */
void          ent_board_tile_paint     (EntBoardTile *self,
                                        GtkSnapshot  *snapshot);
/** Has the texts shaped anew. */
void          ent_board_tile_forget_texts (EntBoardTile *self);
int           ent_board_tile_get_content_height (EntBoardTile *self);

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
  guint               describing_round; /* grows when what is said of cards may be another */
  float               line;    /* y of the insertion line, less than 0: none */
};

EntBoardLane *ent_board_lane_new       (EntBoard   *board,
                                        const char *id);
void          ent_board_lane_set_info  (EntBoardLane         *self,
                                        const EntBoardColumn *info);
void          ent_board_lane_why_changed (EntBoardLane *self);
/** Shows the keys that were set. */
void          ent_board_lane_flush     (EntBoardLane *self);
/** As much of it as fits into a frame. */
void          ent_board_lane_flush_some (EntBoardLane *self);
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
  GtkWidget        *focused_list; /* unowned, only compared: the column that has the keyboard, NULL */
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
EntBoardLane *ent_board_lane_at      (EntBoard *self,
                                      guint     nth);
EntBoardLane *ent_board_lookup       (EntBoard   *self,
                                      const char *id);
EntBoardLane *ent_board_lane_of      (EntBoard *self,
                                      EntKey    key,
                                      guint    *position);
guint         ent_board_index_of     (EntBoard     *self,
                                      EntBoardLane *lane);

/* One column at a time: ent-board-switch.c */
void          ent_board_init_switcher   (EntBoard *self);
/** Narrows and widens the board. (transfer full) */
AdwBreakpoint *ent_board_new_breakpoint (EntBoard *self);
void          ent_board_update_switcher (EntBoard *self);
void          ent_board_update_lanes    (EntBoard *self);
void          ent_board_show_lane       (EntBoard *self,
                                         guint     nth);

/* Selection: ent-board-select.c */
void          ent_board_selection_cb    (EntBoard     *self,
                                         EntBoardLane *lane);
/** Follow the keyboard. */
void          ent_board_root            (GtkWidget *widget);
void          ent_board_unroot          (GtkWidget *widget);
/** Selects a card, none with @lane NULL; what another column had is let go. */
void          ent_board_select_only     (EntBoard     *self,
                                         EntBoardLane *lane,
                                         guint         position);
/** After the keys of a column changed: the selected card may have come, gone, or moved. */
void          ent_board_follow_selected (EntBoard *self);

/* Moving: ent-board-move.c */
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
