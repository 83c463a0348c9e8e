/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/ent-field.h"
#include "model/ent-why.h"
#include "widgets/ent-context.h"
#include "widgets/ent-why-label.h"

G_BEGIN_DECLS

/**
 * EntBoard:
 *
 * Columns of cards that are moved from one to the next: deals by stage, plans by phase. The board knows no record
 * type: it gets columns, the keys of their cards in order, and a function that fills a card when it comes into
 * sight, so 20,000 cards cost eight bytes each. Main thread only.
 *
 *   static void
 *   fill_cb (EntBoard *board, EntKey key, EntBoardCard *card, gpointer page)
 *   {
 *     card->title = g_strdup ("Contoso");               // the card takes what it is given
 *     card->figure = g_strdup ("$120K");
 *     card->subtitle = g_strdup ("Closes in 3 days");
 *     ent_board_card_add_chip (card, "Reseller", ENT_TONE_NEUTRAL);
 *     card->warning = g_strdup ("Stalled 18 days");
 *     card->warning_tone = ENT_TONE_WARNING;
 *   }
 *
 *   const EntBoardColumn columns[] = {
 *     { .id = "qualified", .title = _("Qualified"), .total = "$1.2M", .weighted = "$480K weighted" },
 *     { .id = "proposal", .title = _("Proposal"), .empty = _("Drag a deal here") },
 *   };
 *   GtkWidget *board = ent_board_new (context);
 *   ent_board_set_card_func (ENT_BOARD (board), fill_cb, page, NULL);
 *   ent_board_set_columns (ENT_BOARD (board), columns, G_N_ELEMENTS (columns));
 *   ent_board_set_keys (ENT_BOARD (board), "qualified", keys, n_keys);
 *   g_signal_connect (board, "card-moved", G_CALLBACK (moved_cb), page);
 *
 * Whoever filters or sorts sets other keys; cards that stay keep selection and focus.
 *
 * Signals
 *   card-activated (gint64 key)             Enter or double click
 *   card-moved (gint64 key, char *from, char *to, guint position)
 *       By drag or Ctrl+Shift+arrow. The card is there already: write the change, then set totals and keys anew; when
 *       the change is refused, call ent_board_revert (). @position counts in @to without the card.
 *
 * Properties
 *   context       construct only
 *   selected      gint64, key of the selected card, 0 none; notify::selected is the selection signal
 *   menu-model    GMenuModel of a card (secondary click, long press, Menu key); the card is selected first
 *   reorderable   FALSE: the order is the program's, cards only change columns; TRUE (default): people sort them
 *   movable       FALSE: read-only; TRUE by default
 *   narrow        read-only: one column at a time, with a switcher on top
 *
 * Keys: Tab from column to column; Up, Down in one; Left, Right to the neighboring one; Ctrl+Shift+Left, Right moves the card there, Ctrl+Shift+
 * Up, Down within its column; Enter opens; Menu or Shift+F10. All of it is mirrored from right to left.
 */
#define ENT_TYPE_BOARD (ent_board_get_type ())
G_DECLARE_FINAL_TYPE (EntBoard, ent_board, ENT, BOARD, GtkWidget)

/** Texts are copied. All but @id and @title may be NULL. */
typedef struct
{
  const char *id;
  const char *title;
  const char *total;    /* "$1.2M" */
  const char *weighted; /* "$480K weighted" */
  const char *empty;    /* what to do when there are no cards */
  EntTone     tone;     /* with a symbol before the title */
} EntBoardColumn;

/** What a card shows; all texts may stay NULL and belong to the card (g_strdup). */
typedef struct
{
  char    *title;
  char    *subtitle;
  char    *detail;   /* a line below it: the next step */
  char    *figure;   /* short: "$120K", "23 of 90" */
  char    *warning;  /* "Stalled 18 days" */
  char    *tooltip;
  double   progress; /* 0..1; less than 0 (as it comes): none */
  EntTone  warning_tone;
  GArray  *chips;    /* see ent_board_card_add_chip () */
} EntBoardCard;

typedef enum
{
  ENT_BOARD_TOTAL,
  ENT_BOARD_WEIGHTED,
} EntBoardTotal;

/** Fills a @card that is about to be shown. Called often: look up what is in memory, don't query. */
typedef void     (*EntBoardCardFunc) (EntBoard     *self,
                                      EntKey        key,
                                      EntBoardCard *card,
                                      gpointer      user_data);
/** Explains a total: (transfer full) (nullable); an answer that comes later goes to ent_why_label_open (@label). */
typedef EntWhy  *(*EntBoardWhyFunc)  (EntBoard      *self,
                                      const char    *column,
                                      EntBoardTotal  which,
                                      EntWhyLabel   *label,
                                      gpointer       user_data);
/** Whether the card may go to column @to. The column that may not take it says so while dragging. */
typedef gboolean (*EntBoardDropFunc) (EntBoard   *self,
                                      EntKey      key,
                                      const char *from,
                                      const char *to,
                                      gpointer    user_data);

GtkWidget *ent_board_new           (EntContext *context);
/** The columns in order. Cards of columns that stay (by id) stay too, so this also updates totals. */
void       ent_board_set_columns   (EntBoard             *self,
                                    const EntBoardColumn *columns,
                                    guint                 n_columns);
/** The cards of a column in order; a key is in one column only. */
void       ent_board_set_keys      (EntBoard     *self,
                                    const char   *column,
                                    const EntKey *keys,
                                    gsize         n_keys);
void       ent_board_set_card_func (EntBoard         *self,
                                    EntBoardCardFunc  func,
                                    gpointer          user_data,
                                    GDestroyNotify    destroy);
/** NULL: totals are plain text. */
void       ent_board_set_why_func  (EntBoard        *self,
                                    EntBoardWhyFunc  func,
                                    gpointer         user_data,
                                    GDestroyNotify   destroy);
/** NULL: cards may go anywhere. */
void       ent_board_set_drop_func (EntBoard         *self,
                                    EntBoardDropFunc  func,
                                    gpointer          user_data,
                                    GDestroyNotify    destroy);
/** What a card shows has changed; @key 0: of all cards. */
void       ent_board_refresh       (EntBoard *self,
                                    EntKey    key);
/** Where a card is. FALSE: nowhere. @column (out) (transfer none) and @position (out) may be NULL. */
gboolean   ent_board_find          (EntBoard    *self,
                                    EntKey       key,
                                    const char **column,
                                    guint       *position);
/** Moves a card without asking, telling or announcing. */
void       ent_board_put           (EntBoard   *self,
                                    EntKey      key,
                                    const char *column,
                                    guint       position);
/** Puts a card back to where it was before the user moved it last: the change was refused. */
void       ent_board_revert        (EntBoard *self,
                                    EntKey    key);
guint      ent_board_get_n_cards   (EntBoard   *self,
                                    const char *column);
EntKey     ent_board_get_selected  (EntBoard *self);
/** Selects the card and brings it into sight; with @focus the keyboard goes there. 0 selects nothing. */
void       ent_board_select        (EntBoard *self,
                                    EntKey    key,
                                    gboolean  focus);
void       ent_board_set_menu_model (EntBoard   *self,
                                     GMenuModel *menu);
/** What a screen reader says of a card that is shown; NULL when it is not. (transfer full) */
char      *ent_board_describe      (EntBoard *self,
                                    EntKey    key);

void       ent_board_card_add_chip (EntBoardCard *card,
                                    const char   *text,
                                    EntTone       tone);

G_END_DECLS
