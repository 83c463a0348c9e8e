/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntAttention:
 *
 * Which partnerships get this week's hours. For each partner: stake (expected value of the open deals it takes part in, and
 * what an agreement that ends is worth) × urgency (agreement ends, no contact, overdue items, deals about to close) / hours.
 * Partners with overdue items come first, the rest by density, as long as the week's hours last; what is left out is told with
 * what it costs (its stake × urgency). Weights, spans and hours are lines of the formula `formula:attention`.
 */
typedef enum
{
  ENT_ATTENTION_RENEWAL,
  ENT_ATTENTION_SILENCE,
  ENT_ATTENTION_OVERDUE,
  ENT_ATTENTION_CLOSING,
  ENT_ATTENTION_N_SIGNS,
} EntAttentionSign;

typedef struct
{
  EntKey   partner;
  char    *title;
  char    *reason;   /* "Agreement ends in 21 days, $180K at stake, no contact for 34 days" */
  char    *step;     /* what to do: "Prepare the renewal" */
  EntKey   act_on;   /* the record to open for it */
  gint64   stake;    /* minor units of the plan's currency */
  gint64   urgency;  /* 1/10,000 point, at most 100 points */
  gint64   cost;     /* stake × urgency */
  guint    hours;
  gint64   parts[ENT_ATTENTION_N_SIGNS]; /* of the urgency */
  gboolean must;     /* something is overdue */
  gboolean planned;  /* within the week's hours */
  EntWhy  *why;
} EntAttention;

typedef struct
{
  GPtrArray *items;        /* of EntAttention: the planned ones, then the rest, each in order */
  guint      hours;        /* of the week */
  guint      hours_planned;
  guint      n_left;
  gint64     cost_left;
  guint      n_unrated;    /* amounts in currencies without a rate: not counted */
  gboolean   has_formula;
  char       currency[4];
} EntAttentionPlan;

void              ent_attention_free      (EntAttention *self);
void              ent_attention_plan_free (EntAttentionPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntAttentionPlan, ent_attention_plan_free)
/** @hours 0: as the formula says. @due: from ent_due_list (). Blocks. (transfer full) */
EntAttentionPlan *ent_attention_plan_new  (EntStore      *store,
                                           gint64         today,
                                           guint          hours,
                                           GPtrArray     *due,
                                           GCancellable  *cancellable,
                                           GError       **error);

G_END_DECLS
