/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "store/ent-query.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/*
 * Onboarding and enablement. A template is a checklist of the program (`program` of kind checklist with a
 * `plan_kind`) and its lines: phases, health checks, and items with their own target days, dependencies, and the
 * condition of a gate. A run is a `plan` of that kind with dated `plan_item`s. Dates are days since 1970; "no date" is
 * ENT_ONBOARD_NO_DATE. A run keeps each item's target day, so that moving it hides no slip. What a gate asks for is read
 * from its template line as it is now; all else is copied when the run starts. A run ends by itself with its last open
 * item. A partner without a level is treated as one of the lowest. Weights are those of `plan_item` (1/10,000 of a percent); an item without one counts 10,000.
 */
#define ENT_ONBOARD_NO_DATE G_MININT64

/** Where to read: a workspace, or inside a transaction what that sees. Exactly one is set. */
typedef struct
{
  EntStore       *store;
  EntTransaction *transaction;
} EntOnboardSource;

/* --- A run --------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  int         day_from;
  int         day_to;
} EntOnboardPhase;

/** An item; texts are borrowed from the record. */
typedef struct
{
  EntRecord  *record;
  EntKey      key;
  const char *title;
  const char *phase;        /* never NULL */
  const char *section;      /* never NULL */
  const char *type;         /* "action", "milestone", "gate" */
  const char *status;
  gint64      due;
  gint64      target;       /* of the template, kept when the item is moved */
  gint64      done_on;
  gint64      weight;
  int         slip;         /* days past the target, so far or as planned; 0: none */
  GArray     *depends;      /* of guint: indexes of items of the run */
  guint       n_waiting;    /* of these, the open ones */
  gboolean    is_open;      /* neither done nor dropped */
  gboolean    is_done;
  gboolean    is_gate;
  gboolean    is_late;      /* open and due before today */
} EntOnboardItem;

typedef struct
{
  EntRecord *plan;
  GPtrArray *lines;         /* of EntRecord: the template, which the phases' names are of; (nullable) */
  GArray    *items;         /* of EntOnboardItem, in their order */
  GArray    *phases;        /* of EntOnboardPhase */
  gint64     today;
  gint64     start;
  gint64     end;
  gint64     done_weight;
  gint64     total_weight;  /* of all but the dropped ones */
  guint      n_done;
  guint      n_total;
  int        day;           /* today's, from the start on: 23 of 90; at most `length` once the run is over */
  int        length;
  int        progress;      /* 0 … 100, rounded down: 100 only when all is done */
  int        slip;          /* the largest of the open items; of a finished run the days past its end */
  guint      slip_item;     /* index; G_MAXUINT: none */
  guint      blocked_gate;  /* index of the open gate that holds something up by now; G_MAXUINT: none */
  guint      phase;         /* index of the first phase with open items; phases->len: all is done */
  gboolean   is_over;       /* done or canceled */
} EntOnboardRun;

/** Computes; takes no reference to a store. @items: of EntRecord, in order; @lines: of the template (nullable).
 * (transfer full) */
EntOnboardRun *ent_onboard_run_new   (EntRecord *plan,
                                      GPtrArray *items,
                                      GPtrArray *lines,
                                      gint64     today);
/** Reads and computes. NULL with @error set: not a plan. Blocks. (transfer full) */
EntOnboardRun *ent_onboard_run_load  (const EntOnboardSource *source,
                                      EntKey                  plan,
                                      gint64                  today,
                                      GError                **error);
void           ent_onboard_run_free  (EntOnboardRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntOnboardRun, ent_onboard_run_free)
#define ent_onboard_run_get(self, i) (&g_array_index ((self)->items, EntOnboardItem, (i)))
/** Index of the item, or G_MAXUINT. */
guint          ent_onboard_run_find  (const EntOnboardRun *self,
                                      EntKey               item);
/** "Day 23 of 90" (transfer full) */
char          *ent_onboard_run_dup_day (const EntOnboardRun *self);
/** "+4 d"; NULL: none. (transfer full) */
char          *ent_onboard_run_dup_slip (const EntOnboardRun *self);
EntWhy        *ent_onboard_run_explain_progress (const EntOnboardRun *self);
EntWhy        *ent_onboard_run_explain_slip     (const EntOnboardRun *self);
/** Items due before something they depend on, one sentence each. Element-type utf8. (transfer full) */
GPtrArray     *ent_onboard_run_find_conflicts   (const EntOnboardRun *self);
/** All plans of @kind, runs that ended more than @keep_days ago left out; by start, the latest first.
 * Element-type EntOnboardRun. Blocks. (transfer full) */
GPtrArray     *ent_onboard_load_all  (EntStore      *store,
                                      const char    *kind,
                                      gint64         today,
                                      int            keep_days,
                                      GCancellable  *cancellable,
                                      GError       **error);

/* --- Gates --------------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_GATE_DONE,     /* ticked */
  ENT_GATE_MET,      /* may be ticked */
  ENT_GATE_DECIDE,   /* nothing to check: a person decides */
  ENT_GATE_WAITING,  /* for what it depends on */
  ENT_GATE_NOT_MET,
} EntGateState;

/** One gate of a run. */
typedef struct
{
  guint        item;    /* index in the run */
  EntGateState state;
  char        *reason;  /* one sentence: what is missing and the next step; NULL when nothing is */
  int          code;    /* EntRuleErrorCode for which the window offers the next step */
  EntWhy      *why;
} EntGate;

/** Looks at every gate of @run. Element-type EntGate. Blocks. (transfer full) */
GPtrArray  *ent_onboard_check_gates    (const EntOnboardSource *source,
                                        const EntOnboardRun    *run,
                                        GError                **error);
/** Of one item, gate or not. (transfer full) */
EntGate    *ent_onboard_check_gate     (const EntOnboardSource *source,
                                        const EntOnboardRun    *run,
                                        guint                   item,
                                        GError                **error);
void        ent_gate_free              (EntGate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntGate, ent_gate_free)
/** Translated: "Met", "Not met" … (transfer none) */
const char *ent_gate_state_get_label   (EntGateState state);
/** "met", "not_met" … for scripts. (transfer none) */
const char *ent_gate_state_get_name    (EntGateState state);

/* --- 30, 60, 90 days ------------------------------------------------------------------------------------ */

typedef enum
{
  ENT_CHECK_AHEAD,    /* the day has not come */
  ENT_CHECK_ON_TRACK,
  ENT_CHECK_BEHIND,
} EntCheckState;

typedef struct
{
  char         *title;
  gint64        day;       /* the date */
  int           nth_day;   /* 30 */
  gint64        share;     /* of the weight due by then that was done by then, 1/10,000 of a percent; -1: nothing due */
  gint64        wanted;    /* of the template, in the same unit */
  guint         n_due;
  guint         n_done;    /* by that day, or today if that is earlier */
  guint         n_open;    /* of those due by then, open today */
  guint         n_gates;   /* of these, gates */
  EntCheckState state;
  EntWhy       *why;
} EntOnboardCheck;

/** The health checks of the run's template, in their order. Element-type EntOnboardCheck. (transfer full) */
GPtrArray  *ent_onboard_run_check      (const EntOnboardRun *self);
/** Translated. (transfer none) */
const char *ent_check_state_get_label  (EntCheckState state);
/** "on_track", "behind", "ahead" (transfer none) */
const char *ent_check_state_get_name   (EntCheckState state);

typedef struct
{
  gint64  agreement_on; /* ENT_ONBOARD_NO_DATE: none yet */
  gint64  first_on;     /* of the first accepted deal; ENT_ONBOARD_NO_DATE: none yet */
  EntKey  deal;
  int     days;         /* from one to the other, or to today while there is none; -1: unknown */
  int     target;       /* of the partner's level; 0: none */
  EntWhy *why;
} EntFirstSuccess;

/** Time to first success of a partner: from its first agreement (not an NDA) to its first accepted deal, which is an
 * approved registration or a won deal. Blocks. (transfer full) */
EntFirstSuccess *ent_onboard_first_success (const EntOnboardSource *source,
                                            EntKey                  partner,
                                            gint64                  today,
                                            GError                **error);
void             ent_first_success_free    (EntFirstSuccess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFirstSuccess, ent_first_success_free)

/* --- Changing: functions for transactions ------------------------------------------------------------------ */

/** Starts a run. Fields that are 0 are filled in: the template that fits, the partner's manager as owner. */
typedef struct
{
  EntKey partner;
  EntKey template;
  EntKey owner;
  EntKey buddy;
  gint64 start;
  char   kind[16];  /* "onboarding" or "enablement", when no template is given */
  EntKey plan;      /* out */
  guint  n_items;   /* out */
} EntOnboardStart;

/** An EntTransactionFunc: makes the plan and its items; a partner before that becomes `onboarding`. Refuses a second run,
 * a template without items for the partner, and one whose lines depend on each other in a circle. */
gboolean ent_onboard_start      (EntTransaction *transaction,
                                 gpointer        start,
                                 GError        **error);

/** What to do with one item. */
typedef struct
{
  EntKey      item;
  const char *status;          /* ent_onboard_set_status() */
  gint64      today;
  EntKey      evidence;        /* 0: as it is */
  gint64      due;             /* ent_onboard_move() */
  gboolean    with_dependents;
  EntKey      before;          /* ent_onboard_reorder(); 0: to the end */
  guint       n_moved;         /* out */
} EntOnboardEdit;

/** EntTransactionFuncs. Moving shifts all open items that depend on the item, directly or not, by the same days. An item
 * put before another one joins its phase and section. */
gboolean ent_onboard_set_status (EntTransaction *transaction,
                                 gpointer        edit,
                                 GError        **error);
gboolean ent_onboard_move       (EntTransaction *transaction,
                                 gpointer        edit,
                                 GError        **error);
gboolean ent_onboard_reorder    (EntTransaction *transaction,
                                 gpointer        edit,
                                 GError        **error);
/** An EntTransactionFunc; @partner: an EntKey *. */
gboolean ent_onboard_activate   (EntTransaction *transaction,
                                 gpointer        partner,
                                 GError        **error);

/* --- Templates --------------------------------------------------------------------------------------------- */

/** A circle of items in words: "A, then B, then A"; NULL: there is none. @fields of @records: of EntRecord, whose field
 * `depends_on` names others of them. (transfer full) */
char      *ent_onboard_find_circle (GPtrArray *records,
                                    const char *title_field);
/** Lines of @template that make items for such a partner. @level 0 counts as the lowest. (transfer full) */
GPtrArray *ent_onboard_select_lines (GPtrArray  *lines,
                                     const char *partner_type,
                                     EntKey      level);
/** The active templates, of @kind unless it is NULL, in order of rank. Element-type EntRecord. (transfer full) */
GPtrArray *ent_onboard_find_templates (const EntOnboardSource *source,
                                       const char             *kind,
                                       GError                **error);

typedef enum
{
  ENT_DIFFERENCE_ADDED,
  ENT_DIFFERENCE_CHANGED,
  ENT_DIFFERENCE_REMOVED,
} EntDifferenceKind;

/** How a template, edited since, differs from a run. */
typedef struct
{
  EntDifferenceKind kind;
  EntKey            line; /* 0: it is gone */
  EntKey            item; /* 0: the run has none */
  char             *text; /* one sentence */
} EntOnboardDifference;

/** Element-type EntOnboardDifference; empty when the run is over. Blocks. (transfer full) */
GPtrArray *ent_onboard_compare    (const EntOnboardSource *source,
                                   const EntOnboardRun    *run,
                                   GError                **error);
/** An EntTransactionFunc; @plan: an EntKey *. Takes all differences over: adds what is new, changes open items (moved
 * ones keep their day), drops open items whose line is gone. */
gboolean   ent_onboard_take_over  (EntTransaction *transaction,
                                   gpointer        plan,
                                   GError        **error);

G_END_DECLS
