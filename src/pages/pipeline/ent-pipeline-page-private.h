/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/pipeline/ent-forecast-bar.h"
#include "pages/pipeline/ent-pipeline-page.h"
#include "rules/ent-forecast.h"
#include "widgets/ent-board.h"
#include "widgets/ent-filter-bar.h"
#include "widgets/ent-record-table.h"

G_BEGIN_DECLS

struct _EntPipelinePage
{
  EntPage              parent;
  const EntRecordType *type;
  EntBoard            *board;
  EntRecordTable      *table;
  EntFilterBar        *filters;
  EntForecastBar      *forecast_bar;

  EntDealGrouping  grouping;
  EntQuarter       quarter;    /* 0: the present one */
  gboolean         as_list;

  EntDeals        *deals;      /* what is shown; NULL before the first answer */
  GPtrArray       *columns;    /* of EntDealColumn */
  EntForecast     *forecast;
  guint            n_shown, n_stalled;
  guint            generation; /* answers to older questions are dropped */
  GCancellable    *cancellable;
  gboolean         stale;      /* the deals have to be read again */
  guint            n_asked;    /* questions that have no answer yet */

  GtkStack        *stack;
  GtkSearchBar    *search_bar;
  GtkSearchEntry  *search_entry;
  AdwToggleGroup  *layouts;
  AdwBin          *forecast_bin;
  AdwBin          *filter_bin;
  AdwBin          *board_bin;
  AdwBin          *table_bin;
  GtkLabel        *footer_label;
  GMenuModel      *card_menu;
};

/* ent-pipeline-page-load.c */

/** Asks for what the page shows; @stale: the deals may have changed. */
void ent_pipeline_page_ask            (EntPipelinePage *self,
                                       gboolean         stale);

/* ent-pipeline-page-board.c */

void ent_pipeline_page_build_board    (EntPipelinePage *self);
/** Gives the board the columns and cards of the newest answer. */
void ent_pipeline_page_show_board     (EntPipelinePage *self);

/* ent-pipeline-page-actions.c */

void ent_pipeline_page_install_actions (GtkWidgetClass *widget_class);
void ent_pipeline_page_update_actions  (EntPipelinePage *self);
/** Moves the card's deal to a stage; one that is lost asks for the reason first. */
void ent_pipeline_page_move           (EntPipelinePage *self,
                                       EntKey           key,
                                       const char      *stage);
/** Sets a field of the deal to a number; @label as in the history, with the deal's name. */
void ent_pipeline_page_set_int        (EntPipelinePage *self,
                                       EntKey           key,
                                       const char      *field,
                                       gint64           value,
                                       const char      *label);

G_END_DECLS
