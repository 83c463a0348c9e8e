/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/funding/ent-funding-page.h"

#include "rules/ent-campaign.h"
#include "rules/ent-fund.h"
#include "widgets/ent-board.h"

G_BEGIN_DECLS

/** What the overview shows, read in the background. */
typedef struct
{
  EntFundBook *book;
  GPtrArray   *deadlines; /* of EntFundDeadline */
  GPtrArray   *reports;   /* of EntCampaignReport, newest first */
  GPtrArray   *dates;     /* of EntCampaignDate, of the quarters around */
  GHashTable  *titles;    /* EntKey * → name of a partner */
  GHashTable  *requests;  /* EntKey * → EntRecord (unowned) */
} EntFundingData;

/** What the page of one request or campaign shows. */
typedef struct
{
  EntKey             key;
  EntRecord         *request;  /* of a request; NULL: deleted or a campaign */
  EntRecord         *program;
  GPtrArray         *checks;
  GPtrArray         *balances;
  GPtrArray         *proofs;   /* of EntRecord */
  GStrv              missing;
  char              *partner, *approver, *requester, *campaign; /* names */
  EntCampaignReport *report;   /* of a campaign */
  GPtrArray         *dates;    /* milestones of a campaign */
} EntFundingDetail;

struct _EntFundingPage
{
  EntPage parent_instance;

  AdwNavigationView *navigation;
  GtkStack          *stack, *requests_stack;
  AdwStatusPage     *failed_page;
  AdwViewStack      *views;
  AdwHeaderBar      *header;
  AdwViewSwitcherBar *switcher_bar;
  AdwBanner         *overdue_banner;
  AdwBin            *board_bin;
  GtkBox            *programs_box, *campaigns_box;
  GtkWidget         *board;

  EntFundingData    *data;
  EntFundingDetail  *detail;
  AdwNavigationPage *detail_page;    /* of the request or campaign that is open; NULL: none is */
  AdwBin            *detail_bin;     /* in the page of a request or campaign; NULL: none is open */
  EntKey             open_key;
  gint64             calendar_start; /* first day of the quarter or month that is shown */
  gboolean           calendar_month;
  gboolean           is_loaded, is_stale;
  guint              reload_source;
  guint              generation, detail_generation;
  GCancellable      *cancellable;
};

void       ent_funding_data_free        (EntFundingData *self);
void       ent_funding_detail_free      (EntFundingDetail *self);

/* --- ent-funding-load.c --- */
void       ent_funding_page_load        (EntFundingPage *self);
void       ent_funding_page_load_detail (EntFundingPage *self);
/** The overview or the detail is there. */
void       ent_funding_page_take_data   (EntFundingPage *self);
void       ent_funding_page_take_detail (EntFundingPage *self);

/* --- Parts of the overview: fill from self->data --- */
void       ent_funding_page_fill_board     (EntFundingPage *self);
void       ent_funding_page_fill_programs  (EntFundingPage *self);
void       ent_funding_page_fill_campaigns (EntFundingPage *self);
/** (transfer floating), from self->detail */
GtkWidget *ent_funding_page_build_request  (EntFundingPage *self);
GtkWidget *ent_funding_page_build_campaign (EntFundingPage *self);

/* --- Opening, stepping --- */
void       ent_funding_page_open        (EntFundingPage *self,
                                         EntKey          key);
/** Moves a request; asks for what is missing first. */
void       ent_funding_page_step        (EntFundingPage *self,
                                         EntRecord      *request,
                                         const char     *state);
void       ent_funding_page_ask         (EntFundingPage *self);

/* --- ent-funding-files.c: actions --- */
void       ent_funding_page_export      (GtkWidget  *widget,
                                         const char *name,
                                         GVariant   *parameter);
void       ent_funding_page_import      (GtkWidget  *widget,
                                         const char *name,
                                         GVariant   *parameter);

/* --- ent-funding-rows.c: the rows behind a chart's point or a bar --- */

/** A dialog that lists rows; shown by ent_funding_rows_present(). (transfer floating) */
AdwDialog *ent_funding_rows_new         (EntFundingPage *self,
                                         const char     *title);
/** A line of a campaign opens to be edited; anything else as a record. @record or @key. */
void       ent_funding_rows_add         (AdwDialog      *dialog,
                                         const char     *title,
                                         const char     *detail,
                                         const char     *value,
                                         EntRecord      *record,
                                         EntKey          key);
void       ent_funding_rows_present     (EntFundingPage *self,
                                         AdwDialog      *dialog);

/* --- ent-funding-charts.c --- */

/** Spend and leads by week, the funnel: each point opens the lines behind it. (transfer floating) */
GtkWidget *ent_funding_weeks_chart      (EntFundingPage *self);
GtkWidget *ent_funding_leads_chart      (EntFundingPage *self);
GtkWidget *ent_funding_funnel_chart     (EntFundingPage *self);
/** Shows the lines of the campaign whose choice @field is that of @part. */
void       ent_funding_show_part        (EntFundingPage        *self,
                                         const char            *field,
                                         const EntCampaignPart *part);

/* --- Small things that the parts share, ent-funding-widgets.c --- */

/** A boxed list's row with plain text. @suffix (nullable). */
GtkWidget *ent_funding_row              (const char *title,
                                         const char *subtitle,
                                         GtkWidget  *suffix);
/** A row gives its title all it can; what stands at its end is short and stays whole by this. */
void       ent_funding_keep_whole       (GtkWidget  *widget);
GtkWidget *ent_funding_group            (const char *title,
                                         const char *description);
GtkWidget *ent_funding_why              (EntFundingPage *self,
                                         const char     *label,
                                         EntWhy         *why);
char      *ent_funding_money            (const EntValue *value);
const char *ent_funding_title           (EntFundingPage *self,
                                         EntKey          key);
void       ent_funding_clear_box        (GtkBox *box);
/** A row that opens a request or campaign here when it is activated. */
void       ent_funding_row_opens        (EntFundingPage *self,
                                         GtkWidget      *row,
                                         EntKey          key);

G_END_DECLS
