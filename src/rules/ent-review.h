/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/*
 * Business reviews. A review is a `plan` of kind qbr or abr, planned from a template: a `program` definition of kind
 * review_template whose lines are blocks. Planning copies the lines to `plan_item`s, so that a review has blocks of
 * its own and a template that is edited later moves no review that runs. Filling computes what each block says from
 * the records, with the records behind each number; freezing keeps that in plan.snapshot, and from then on the review
 * is read from there alone.
 */

typedef enum
{
  ENT_REVIEW_TEXT,
  ENT_REVIEW_METRIC,
  ENT_REVIEW_TABLE,
  ENT_REVIEW_CHART,
  ENT_REVIEW_LIST,
} EntReviewForm;

typedef enum
{
  ENT_REVIEW_UNIT_COUNT,
  ENT_REVIEW_UNIT_MONEY,   /* minor units + currency */
  ENT_REVIEW_UNIT_PERCENT, /* 1/10,000 of a percent point */
  ENT_REVIEW_UNIT_POINTS,  /* whole points, such as a net promoter score */
} EntReviewUnit;

#define ENT_REVIEW_UNKNOWN G_MININT64

/** A column of a table. */
typedef struct
{
  char    *title;
  gboolean is_number; /* aligned to the end */
  int      width;     /* share of the width */
} EntReviewColumn;

/** A row of a table, or an entry of a list: text, a second line (or ""), state: "done", "late", "open", "dropped", "". */
typedef struct
{
  EntKey key;   /* the record behind it, 0 none */
  char **cells; /* NULL-terminated */
} EntReviewRow;

/** A line or a set of bars of a chart; one value a label, ENT_REVIEW_UNKNOWN where nothing is known. */
typedef struct
{
  char   *name;
  gint64 *values;
} EntReviewSeries;

typedef struct
{
  EntKey         item; /* the plan_item */
  EntReviewForm  form;
  char          *section;
  char          *title;
  char          *metric;  /* what fills it; "" for a text */
  int            minutes; /* of the agenda */
  char          *text;    /* what people wrote under it, Markdown; "" */
  char          *source;  /* where it came from, one sentence; "" */

  /* A number. */
  EntReviewUnit  unit;
  gint64         amount;   /* ENT_REVIEW_UNKNOWN, also when several currencies cannot be one number */
  char           currency[4];
  char          *value;    /* as shown; "No data since May 2026" when unknown */
  char          *detail;   /* "8 deals" or "" */
  gboolean       is_known;
  gboolean       less_is_better;
  EntWhy        *why;
  /* Against the last review; NULL without one or when not comparable. */
  char          *change;
  int            tone;     /* 1 better, -1 worse, 0 neither */

  /* A table or a list. */
  GPtrArray     *columns;  /* of EntReviewColumn */
  GPtrArray     *rows;     /* of EntReviewRow */
  char          *nothing;  /* what to say without rows */

  /* A chart. */
  gboolean       is_line;
  char         **labels;
  GPtrArray     *series;   /* of EntReviewSeries */
} EntReviewBlock;

/** A change since the last review, from the journal. */
typedef struct
{
  EntKey  key;
  gint64  at;
  char   *author;
  char   *title;
  char   *text; /* "Stage: Qualified → Won" */
} EntReviewDelta;

/** A decision or an action of the meeting; these stay live. */
typedef struct
{
  EntKey    item;
  EntKey    task;
  gboolean  is_decision;
  char     *text;
  char     *owner;
  gint64    due;   /* ENT_REVIEW_UNKNOWN: none */
  char     *state; /* of the task where there is one: open, doing, waiting, done, dropped */
} EntReviewMinute;

/** A review as it reads: computed, or from its snapshot. Immutable once made. */
typedef struct
{
  int        ref_count;
  EntKey     plan;
  char      *code;
  char      *title;
  char      *kind;
  char      *status;
  EntKey     partner;
  char      *partner_name;
  char      *owner_name;
  char      *template_name;
  char      *author;       /* whose workspace it is: the title of the workspace */
  gint64     period_start;
  gint64     period_end;
  gint64     as_of;        /* the day the numbers are of */
  gint64     meeting_at;   /* microseconds UTC; ENT_REVIEW_UNKNOWN */
  char      *zone;         /* IANA name; "" local */
  gint64     preread_due;  /* microseconds UTC; ENT_REVIEW_UNKNOWN */
  gint64     frozen_at;    /* ENT_REVIEW_UNKNOWN: live */
  EntKey     previous;     /* the last review, 0 none */
  char      *previous_title;
  gint64     previous_at;  /* when its numbers were frozen, or its meeting; ENT_REVIEW_UNKNOWN */
  char     **signers;      /* names of those who have to sign */
  char     **signed_by;
  GPtrArray *blocks;       /* of EntReviewBlock */
  GPtrArray *minutes;      /* of EntReviewMinute */
} EntReview;

EntReview  *ent_review_ref   (EntReview *self);
void        ent_review_unref (EntReview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReview, ent_review_unref)
#define ENT_TYPE_REVIEW (ent_review_get_type ())
GType       ent_review_get_type (void);

/** Reads a review: from its snapshot when it is frozen, else by filling it as of @today. Blocks. NULL with @error: not
 * a review. (transfer full) */
EntReview  *ent_review_load  (EntStore      *store,
                              EntKey         plan,
                              gint64         today,
                              GCancellable  *cancellable,
                              GError       **error);
/** What changed since the last review: in the partner, its deals, cases, agreements, plans, people; the newest first, at
 * most @limit. Set-up of the workspace does not count. Element-type EntReviewDelta. Blocks. (transfer full) */
GPtrArray  *ent_review_load_changes (EntStore         *store,
                                     const EntReview  *review,
                                     guint             limit,
                                     GCancellable     *cancellable,
                                     GError          **error);

/** What freezing keeps: all but the meeting's minutes. Records are named by id, so that it can travel. (transfer full) */
char       *ent_review_to_snapshot (const EntReview *self,
                                    EntStore        *store);

/** Sections in order, each once; NULL-terminated. (transfer full) */
char      **ent_review_dup_sections (const EntReview *self);
/** Minutes of a section's blocks, 0 none. */
int         ent_review_get_section_minutes (const EntReview *self,
                                            const char      *section);
/** "Q3 2026", "2026", or the two dates. (transfer full) */
char       *ent_review_dup_period   (gint64 start,
                                     gint64 end);
/** "Thu 12 Mar 2026, 10:00 (Europe/Berlin)" (transfer full) */
char       *ent_review_dup_instant  (gint64      micros,
                                     const char *zone);

/* --- Where it stands ----------------------------------------------------------------------------------- */

typedef enum
{
  ENT_READINESS_DRAFT,
  ENT_READINESS_DUE,      /* the pre-read is due within a week */
  ENT_READINESS_LATE,     /* the pre-read was due */
  ENT_READINESS_SENT,
  ENT_READINESS_HELD,
  ENT_READINESS_SIGNED,
  ENT_READINESS_CANCELED,
} EntReadiness;

/** When the pre-read is due: @plan's meeting less its hours; ENT_REVIEW_UNKNOWN without either. */
gint64       ent_review_get_preread_due (EntRecord *plan);
/** @now: microseconds UTC. */
EntReadiness ent_review_get_readiness   (EntRecord *plan,
                                         gint64     now);
/** "Pre-read due in 2 days" (transfer full) */
char        *ent_review_dup_readiness   (EntRecord *plan,
                                         gint64     now);
gboolean     ent_record_is_review       (EntRecord *plan);
/** The templates in force, by rank. Element-type EntRecord. Blocks. (transfer full) */
GPtrArray   *ent_review_load_templates  (EntStore *store,
                                         GError  **error);
/** All reviews, those met last first; those without a meeting at the end. Element-type EntRecord. Blocks. (transfer full) */
GPtrArray   *ent_review_load_all        (EntStore *store,
                                         GError  **error);

/* --- Changing ------------------------------------------------------------------------------------------ */

typedef enum
{
  ENT_REVIEW_PLAN,
  ENT_REVIEW_RESCHEDULE,
  ENT_REVIEW_FREEZE,
  ENT_REVIEW_SEND,
  ENT_REVIEW_HOLD,
  ENT_REVIEW_DECIDE,
  ENT_REVIEW_ACT,
  ENT_REVIEW_ASK,
  ENT_REVIEW_RISK,
  ENT_REVIEW_SIGN,
  ENT_REVIEW_CANCEL,
  ENT_REVIEW_WRITE,   /* the text under a block */
  ENT_REVIEW_REMOVE,  /* a block or an entry */
  ENT_REVIEW_SHIFT,   /* a block up or down */
} EntReviewStep;

/** One step with a review, as one transaction: fill in what it needs, hand it to ent_store_write() with
 * ent_review_change_apply() and ent_review_change_dup_label(). */
typedef struct
{
  EntReviewStep step;
  EntKey        review;   /* all but PLAN, which sets it */
  EntKey        item;     /* WRITE, REMOVE, SHIFT */
  EntKey        partner;  /* PLAN */
  EntKey        template; /* PLAN */
  EntKey        person;   /* ACT: who does it (0: the review's owner); SIGN: who signs */
  GArray       *signers;  /* PLAN: of EntKey (nullable): who has to sign; else the partner manager */
  gint64        meeting;  /* PLAN, RESCHEDULE: microseconds UTC */
  char         *zone;     /* PLAN, RESCHEDULE (nullable) */
  gint64        due;      /* ACT; ENT_REVIEW_UNKNOWN none */
  int           shift;    /* SHIFT: -1, 1 */
  char         *text;     /* DECIDE, ACT, ASK, RISK, WRITE */
  char         *snapshot; /* FREEZE: of ent_review_to_snapshot() */
  gint64        now;      /* microseconds UTC */
  EntKey        made;     /* out: the decision, action, or task */
} EntReviewChange;

EntReviewChange *ent_review_change_new       (EntReviewStep step,
                                              EntKey        review,
                                              gint64        now);
void             ent_review_change_free      (gpointer self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReviewChange, ent_review_change_free)
/** An EntTransactionFunc; @change: EntReviewChange. */
gboolean         ent_review_change_apply     (EntTransaction *transaction,
                                              gpointer        change,
                                              GError        **error);
/** For history and undo; @title: of the review (or the partner, to plan one). (transfer full) */
char            *ent_review_change_dup_label (const EntReviewChange *self,
                                              const char            *title);

G_END_DECLS
