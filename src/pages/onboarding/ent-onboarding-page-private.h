/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/onboarding/ent-onboarding-page.h"

#include "pages/onboarding/ent-plan-page.h"
#include "rules/ent-onboard.h"
#include "widgets/ent-board.h"

G_BEGIN_DECLS

/** A card of the board: a run in short. */
typedef struct
{
  EntKey   plan;
  char    *partner;
  char    *owner;    /* (nullable) */
  char    *search;   /* text key of partner and owner */
  char    *day;      /* "Day 23 of 90" */
  char    *slip;     /* "+4 d" (nullable) */
  char    *gate;     /* blocked (nullable) */
  int      progress;
  guint    column;
} EntPlanCard;

/** All cards of a kind; what the board shows of them is up to the filter. */
typedef struct
{
  GArray    *cards;   /* of EntPlanCard */
  GPtrArray *phases;  /* of utf8: titles of the columns, without the last, Done */
  GHashTable *index;  /* EntKey → index + 1 */
} EntPlanCards;

struct _EntOnboardingPage
{
  EntPage parent_instance;

  AdwNavigationView *navigation;
  AdwNavigationPage *board_page;
  AdwToggleGroup    *kinds;
  GtkSearchBar      *search_bar;
  GtkSearchEntry    *search;
  GtkToggleButton   *late_button, *blocked_button;
  GtkStack          *stack;
  AdwStatusPage     *empty_page, *failed_page;
  AdwBin            *board_bin;
  EntBoard          *board;

  EntPlanCards *cards;
  EntKey        wanted_item;
  guint         generation;
  guint         reload_source;
  gboolean      is_stale;
  gboolean      is_restoring;
};

EntPlanCards *ent_plan_cards_load  (EntStore     *store,
                                    const char   *kind,
                                    gint64        today,
                                    GCancellable *cancellable,
                                    GError      **error);
void          ent_plan_cards_free  (EntPlanCards *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPlanCards, ent_plan_cards_free)
/** (nullable) */
const EntPlanCard *ent_plan_cards_find (const EntPlanCards *self,
                                        EntKey              plan);
void          ent_plan_cards_fill  (EntBoard     *board,
                                    EntKey        key,
                                    EntBoardCard *card,
                                    gpointer      page);
/** Sets columns and keys of @board by the filter; the number of cards shown. */
guint         ent_plan_cards_show  (const EntPlanCards *self,
                                    EntBoard           *board,
                                    const char         *search,
                                    gboolean            late,
                                    gboolean            blocked);

G_END_DECLS
