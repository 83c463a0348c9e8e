/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Campaigns: what they cost, all of it, and what came of it. A campaign has weekly lines (`campaign_line`), a channel
 * and a payer each; funds are rows of the ledger; the price of an hour of ours is a line of the policy "Cost of a
 * campaign". Money is in one currency a campaign; what has no exchange rate is left out and told. */

/** Sums of lines: of a channel, a week, a payer, or all. */
typedef struct
{
  char  *value;       /* channel, payer: as stored; week: 2026-11-16; NULL: all */
  char  *label;       /* translated */
  gint64 week;        /* of a week, else 0 */
  guint  n_lines;
  gint64 planned, spent, pipeline, revenue; /* minor units of the report's currency */
  gint64 impressions, clicks, leads, qualified, won;
  gint64 cost;        /* of a channel and of all: complete */
  gboolean has_spent, has_leads, has_qualified, has_revenue; /* a line tells it, be it 0 */
} EntCampaignPart;

typedef enum
{
  ENT_CAMPAIGN_REVENUE_NONE,
  ENT_CAMPAIGN_REVENUE_LINES, /* weekly lines tell it */
  ENT_CAMPAIGN_REVENUE_DEALS, /* won deals that a touch of the campaign is about */
} EntCampaignRevenue;

typedef struct
{
  EntRecord         *campaign;
  char               currency[4];
  EntCampaignPart   *total;
  GPtrArray         *channels; /* of EntCampaignPart, largest spend first */
  GPtrArray         *weeks;    /* in order */
  GPtrArray         *payers;
  GPtrArray         *lines;    /* of EntRecord */

  gint64             media;    /* lines that we pay */
  gint64             hours;
  gint64             hour_rate;
  gint64             hours_cost;
  gboolean           has_hours;   /* hours are recorded and have a price */
  gint64             partner;  /* lines that partners pay, and their own cost */
  gint64             funds;    /* paid claims or lines that funds pay, whichever is more */
  gint64             cost;     /* sum of these */

  EntCampaignRevenue revenue_from;
  gint64             revenue;
  gint64             deal_pipeline; /* open deals that touches are about; not part of ROI */
  gboolean           has_results;   /* leads, customers, pipeline or revenue */
  gboolean           has_roi;
  gint64             roi_pct;       /* (revenue − cost) / cost, in 1/10,000 points */
  gboolean           has_pipeline_ratio;
  gint64             pipeline_pct;  /* pipeline / cost, in 1/10,000 points */
  EntWhy            *roi_why;
  EntWhy            *cost_why;
  EntWhy            *pipeline_why;
  GPtrArray         *problems;      /* of char *: what is doubtful or left out, one sentence each */
} EntCampaignReport;

/** Blocks. (transfer full) */
EntCampaignReport *ent_campaign_report_load (EntStore  *store,
                                             EntKey     campaign,
                                             gint64     today,
                                             GError   **error);
void               ent_campaign_report_free (EntCampaignReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCampaignReport, ent_campaign_report_free)
/** "212 %", "No results yet", … (transfer full) */
char              *ent_campaign_report_dup_roi (const EntCampaignReport *self);
/** ROI of one channel by its complete cost; FALSE when it has none. */
gboolean           ent_campaign_part_get_roi (const EntCampaignPart *part,
                                              gint64                *roi_pct);
/** @amount for each of @count, in millionths of the currency's main unit, rounded half to even; FALSE when there are
 * none to divide by. */
gboolean           ent_campaign_per         (gint64      amount,
                                             const char *currency,
                                             gint64      count,
                                             gint64     *millionths);

/** One step of the funnel. */
typedef struct
{
  const char *name;     /* "impressions" */
  const char *label;    /* translated */
  gint64      count;
  gboolean    has_rate; /* of the step before */
  gint64      rate_pct; /* 1/10,000 points */
} EntFunnelStep;
#define ENT_CAMPAIGN_N_FUNNEL 5
void               ent_campaign_get_funnel  (const EntCampaignReport *self,
                                             EntFunnelStep            steps[ENT_CAMPAIGN_N_FUNNEL]);

/* --- Weekly lines from a file --------------------------------------------------------------------------- */

typedef struct
{
  guint64    n_read, n_created, n_updated, n_refused;
  guint64    n_rounded;  /* amounts with more decimals than the currency has */
  GPtrArray *problems;   /* of char *: "line 7: …", warnings included */
  gint64     seq;        /* for undo; 0: nothing was changed */
} EntCampaignImport;

void               ent_campaign_import_free (EntCampaignImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCampaignImport, ent_campaign_import_free)
/**
 * ent_campaign_import:
 * @maps: (nullable): "COLUMN=FIELD"; a column without one goes to the field that has its name or alias
 *
 * Reads a table into the weekly lines of @campaign, in one transaction. Dates become the Monday of their week, amounts
 * are rounded to the currency's unit, new channels become choices. A row with the `ref` of a line that is there
 * updates it. Blocks. (transfer full)
 */
EntCampaignImport *ent_campaign_import      (EntStore            *store,
                                             EntKey               campaign,
                                             const char          *path,
                                             const char * const  *maps,
                                             const char          *currency, /* (nullable) */
                                             GError             **error);

/* --- Calendar -------------------------------------------------------------------------------------------- */

/** Something on a day or over days. */
typedef struct
{
  EntKey   key;
  EntKey   plan;    /* of a milestone; 0 else */
  char    *title;
  char    *detail;  /* (nullable) */
  gint64   start, end; /* inclusive days */
  gboolean is_milestone;
  gboolean is_done;
} EntCampaignDate;

/** Something that has to be there by a day. */
typedef struct
{
  EntKey      campaign;
  const char *title;
  gint64      due;
} EntMilestone;

/** Adds a milestone to the campaign's plan, which is made when it has none yet. @made (nullable): the new line. FALSE
 * with @error set without a title or day. */
gboolean           ent_campaign_add_milestone (EntTransaction      *transaction,
                                               const EntMilestone  *milestone,
                                               EntKey              *made,
                                               GError             **error);
/** Campaigns with dates that touch @from..@to, their milestones (items of campaign plans), and deadlines of funds.
 * Element-type EntCampaignDate, by start. Blocks. (transfer full) */
GPtrArray         *ent_campaign_dates       (EntStore  *store,
                                             gint64     from,
                                             gint64     to,
                                             GError   **error);
/** The same as iCalendar (RFC 5545). @now: microseconds UTC. (transfer full) */
char              *ent_campaign_dates_to_ics (GPtrArray *dates,
                                              EntStore  *store,
                                              gint64     now);

G_END_DECLS
