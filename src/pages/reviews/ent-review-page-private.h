/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-review-doc.h"
#include "pages/reviews/ent-review-page.h"
#include "widgets/ent-doc-view.h"

G_BEGIN_DECLS

/** What the page shows, read by a job. */
typedef struct
{
  EntReview *review;
  EntRecord *plan;
  GPtrArray *deltas; /* of EntReviewDelta */
  GPtrArray *people; /* of EntRecord: the team and the partner's people, for who does an action */
  EntDoc    *doc;
} EntReviewData;

struct _EntReviewPage
{
  EntPage parent_instance;

  AdwWindowTitle      *window_title;
  GtkStack            *stack;
  AdwOverlaySplitView *split_view;
  GtkWidget           *show_button;
  GtkWidget           *step_button;
  GtkWidget           *menu_button;
  AdwBanner           *banner;
  GtkBox              *panel;
  GtkScrolledWindow   *panel_window;
  GtkScrolledWindow   *sheet_window;
  EntDocView          *sheet;
  AdwStatusPage       *missing_page;
  GtkWidget           *restore_button;

  EntKey               key;
  EntReviewData       *data;
  GCancellable        *cancellable;
  guint                generation;

  /* The meeting. */
  guint                timer_id;
  gint64               timer_start; /* monotonic; of the present item of the agenda */
  guint                agenda_item;
  GtkWidget           *timer_label;
  GtkWidget           *agenda_label;
};

/* --- ent-review-page.c --- */

/** Does a step and shows what came of it; takes @change over. */
void review_page_do       (EntReviewPage   *self,
                           EntReviewChange *change);
EntReviewChange *review_page_change_new (EntReviewPage *self,
                                         EntReviewStep  step);

/* --- ent-review-panel.c --- */

/** Builds all of the left side anew; keeps what is being typed. */
void review_page_fill_panel (EntReviewPage *self);
/** Gives the keyboard to the entry of that title, if there is one. */
void review_page_focus_entry (EntReviewPage *self,
                              const char    *title);
GtkWidget *review_group_new (EntReviewPage *self,
                             const char    *title,
                             const char    *description);

/* --- ent-review-inputs.c --- */

/** What is typed and chosen in the rows of @panel, and which has the keyboard. (transfer full) */
GHashTable *review_inputs_keep      (GtkWidget  *panel);
void        review_inputs_give_back (GtkWidget  *panel,
                                     GHashTable *typed);
/** The entry of that title in @widget. (nullable) */
GtkWidget *review_inputs_find_entry (GtkWidget  *widget,
                                     const char *title);

/* --- ent-review-meeting.c --- */

void review_page_add_meeting (EntReviewPage *self);
void review_page_add_minutes (EntReviewPage *self);
void review_page_add_sign_off (EntReviewPage *self);
void review_page_stop_timer  (EntReviewPage *self);

/* --- ent-review-output.c --- */

void review_page_install_output (GtkWidgetClass *klass);

G_END_DECLS
