/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-metric.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Levels: which rules a partner meets, which level it has reached, what is missing to the next one, and what to do
 * about it. A level is reached when all of its mandatory rules are met; nothing is downgraded because something is
 * unknown. Thresholds are rows of `program`; the values come from EntMetrics. */

typedef enum
{
  ENT_MET_UNKNOWN,
  ENT_MET_NOT,
  ENT_MET_YES,
} EntMet;

/** What a rule says about a partner. */
typedef struct
{
  const EntProgramRule *rule;      /* of the program of the metrics */
  const EntProgramRule *raised_by; /* the partner type's minimum, where it is the greater one (nullable) */
  gint64                threshold; /* that counts */
  EntMet                met;
  EntMetricValue        value;
} EntRuleResult;

typedef enum
{
  ENT_PROPOSAL_NONE,      /* not a partner that levels are for: identified, or gone */
  ENT_PROPOSAL_KEEP,
  ENT_PROPOSAL_UPGRADE,
  ENT_PROPOSAL_DOWNGRADE,
  ENT_PROPOSAL_ASSIGN,    /* has no level yet */
} EntProposalKind;

/** Where a partner stands. */
typedef struct
{
  guint            partner;   /* number in the metrics */
  const EntLadder *ladder;    /* (nullable) */
  EntKey           current;   /* level on record; 0 none */
  EntKey           reached;   /* the highest whose mandatory rules are all met; 0 none */
  EntKey           possible;  /* the highest of which no mandatory rule is known to fail; 0 none */
  EntKey           next;      /* the one above the present one; 0 it is at the top */
  EntKey           proposed;  /* what the proposal sets */
  EntProposalKind  kind;
  guint            n_unknown; /* mandatory rules of the current level that cannot be told */
  guint            n_failed;  /* and that fail */
} EntStanding;

/**
 * EntLevels:
 *
 * The standings of all partners: computed once, kept current with ent_levels_update(). One thread at a time.
 */
typedef struct _EntLevels EntLevels;

/** Loads definitions and metrics and computes all standings. Blocks. */
EntLevels  *ent_levels_load   (EntStore      *store,
                               gint64         today,
                               GCancellable  *cancellable,
                               GError       **error);
EntLevels  *ent_levels_new    (EntMetrics *metrics);
EntLevels  *ent_levels_ref    (EntLevels *self);
void        ent_levels_unref  (EntLevels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntLevels, ent_levels_unref)

/** As ent_metrics_update(): FALSE without @error when it takes a new ent_levels_load(). */
gboolean    ent_levels_update (EntLevels        *self,
                               EntStore         *store,
                               const EntChanges *changes,
                               GError          **error);

EntMetrics *ent_levels_get_metrics  (EntLevels *self);
EntProgram *ent_levels_get_program  (EntLevels *self);
/** Of the partner's number. (transfer none) */
const EntStanding *ent_levels_get_standing (EntLevels *self,
                                            guint      partner);
/** What the rules of @level say about the partner. Element-type EntRuleResult. (transfer full) */
GArray     *ent_levels_get_results  (EntLevels *self,
                                     guint      partner,
                                     EntKey     level);
/** Tests one value. */
EntMet      ent_rule_test           (const EntProgramRule *rule,
                                     const EntMetricValue *value,
                                     gint64                threshold);

/* --- ent-level-words.c --- */

/** Met, Not met, Unknown. */
const char *ent_met_label           (EntMet met);
/** "Qualified leads a month". (transfer full) */
char       *ent_rule_result_label   (EntLevels           *self,
                                     const EntRuleResult *result);
/** "3.33 of at least 5", "Yes, required", "No data since 3 Mar 2025; at least 5". (transfer full) */
char       *ent_rule_result_describe (const EntRuleResult *result);
/** The rule's outcome with the records behind it. (transfer full) */
EntWhy     *ent_rule_result_explain (EntLevels           *self,
                                     EntStore            *store,
                                     guint                partner,
                                     const EntRuleResult *result);
/** What is missing to @level, a sentence a rule: "2 more qualified leads a month to reach Premier". Empty when nothing
 * is. NULL-terminated. (transfer full) */
char      **ent_levels_dup_gaps     (EntLevels *self,
                                     guint      partner,
                                     EntKey     level);
/** "Upgrade to Premier". (transfer full) */
char       *ent_levels_dup_proposal (EntLevels *self,
                                     guint      partner);
/** Why it is proposed, in one sentence. (transfer full) */
char       *ent_levels_dup_reason   (EntLevels *self,
                                     guint      partner);
/** The level that is on record, with the rules that speak for and against it. (transfer full) */
EntWhy     *ent_levels_explain      (EntLevels *self,
                                     EntStore  *store,
                                     guint      partner);
/** Title of a level; "No level" of 0. (transfer none) */
const char *ent_levels_get_level_title (EntLevels *self,
                                        EntKey     level);

/* --- ent-level-approve.c --- */

/** A person's decision, ready to be written in one transaction that one undo takes back: sets the level, keeps the
 * decision as an activity of the partner with who approved it and why, and drafts the notice to the partner. */
typedef struct _EntLevelApproval EntLevelApproval;

/** @to 0: as proposed. @reason (nullable): what the person says; the rules' words are kept along with it. Fails
 * (ENT_RULE_ERROR) when there is nothing to approve, or @to is on another ladder. (transfer full) */
EntLevelApproval *ent_levels_approve         (EntLevels   *self,
                                              guint        partner,
                                              EntKey       to,
                                              const char  *reason,
                                              GError     **error);
void              ent_level_approval_free    (EntLevelApproval *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntLevelApproval, ent_level_approval_free)
/** "Upgrade Brightwater to Premier": the label of its transaction. */
const char       *ent_level_approval_get_label (EntLevelApproval *self);
/** EntTransactionFunc with an EntLevelApproval. */
gboolean          ent_level_approval_write   (EntTransaction  *transaction,
                                              gpointer         approval,
                                              GError         **error);

G_END_DECLS
