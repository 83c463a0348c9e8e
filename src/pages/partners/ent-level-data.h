/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-benefit.h"
#include "rules/ent-level-shared.h"

G_BEGIN_DECLS

/* What the window shows of levels, gathered in a job and then only read. No widgets. */

typedef struct
{
  char    *label;
  char    *value;    /* against what is asked */
  char    *gap;      /* (nullable): what is missing */
  EntMet   met;
  gboolean mandatory;
  EntWhy  *why;
} EntLevelRule;

typedef struct
{
  EntKey           partner;
  char            *title;
  EntKey           level, next;  /* 0: none */
  char            *level_title, *next_title;
  int              level_rank;   /* place from the top, from 1; 0: none */
  EntProposalKind  kind;
  EntKey           proposed;
  char            *proposal;     /* "Upgrade to Premier" */
  char            *reason;
  char            *program;
  EntWhy          *why;
  GPtrArray       *rules;        /* of EntLevelRule: of its level */
  GPtrArray       *next_rules;   /* of EntLevelRule: of the one above */
  GPtrArray       *benefits;     /* of EntBenefitLine */
  char            *type;         /* (nullable): “Technology”, when the program says what it expects of the type */
  GPtrArray       *expected;     /* of EntLevelExpected: that */
  GPtrArray       *levels;       /* of EntLevelChoice: of its ladder, the highest first */
  int              year;
} EntLevelData;

typedef struct
{
  char    *title;
  char    *text;
  double   share;     /* left, 0 to 1; below 0: no bar */
  gboolean is_low;
  EntWhy  *why;
} EntBenefitLine;

typedef struct
{
  EntKey  key;
  char   *title;
} EntLevelChoice;

typedef struct
{
  char *text;     /* "Joint customers above 25 %" */
  char *detail;   /* (nullable): over which time, whether it is only wished for */
} EntLevelExpected;

/** What is proposed for one partner. */
typedef struct
{
  EntKey          partner;
  EntKey          proposed;
  EntProposalKind kind;
  char           *title;
  char           *from;      /* its level */
  char           *proposal;
  char           *reason;
} EntLevelProposal;

typedef struct
{
  GPtrArray *proposals;      /* of EntLevelProposal: upgrades, downgrades, starts */
  GPtrArray *contradictions; /* of EntContradiction */
  guint      n_partners;
} EntLevelReviewData;

typedef struct
{
  EntKey  partner;
  EntKey  to;          /* 0: as proposed */
  char   *reason;      /* (nullable): in the words of whoever approves */
  GArray *partners;    /* (nullable) of EntKey: several */
  gint64  today;
} EntLevelWish;

void     ent_level_wish_free        (EntLevelWish *self);
void     ent_level_data_free        (EntLevelData *self);
void     ent_level_review_data_free (EntLevelReviewData *self);

/** EntStoreJobs over an EntLevelWish: EntLevelData (whose partner is 0 when it is none), EntLevelReviewData, and
 * a GPtrArray of EntLevelApproval. (transfer full) */
gpointer ent_level_data_job         (EntStore      *store,
                                     gpointer       wish,
                                     GCancellable  *cancellable,
                                     GError       **error);
gpointer ent_level_review_job       (EntStore      *store,
                                     gpointer       wish,
                                     GCancellable  *cancellable,
                                     GError       **error);
gpointer ent_level_approvals_job    (EntStore      *store,
                                     gpointer       wish,
                                     GCancellable  *cancellable,
                                     GError       **error);
/** EntTransactionFunc over a GPtrArray of EntLevelApproval. */
gboolean ent_level_approvals_write  (EntTransaction  *transaction,
                                     gpointer         approvals,
                                     GError         **error);

G_END_DECLS
