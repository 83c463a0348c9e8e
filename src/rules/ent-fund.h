/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Fund programs and the requests to them. A fund is a `program` of kind fund_program; its lines say who may ask
 * (section "Eligibility"), how much a partner has ("Allocation"), and by when ("Deadlines"): changing a line changes
 * the answers. Days are since 1970; `today` is the caller's. */

/* --- Eligibility ---------------------------------------------------------------------------------------- */

typedef enum
{
  ENT_FUND_MET,
  ENT_FUND_NOT_MET,
  ENT_FUND_UNKNOWN, /* what is needed to tell is not recorded */
} EntFundVerdict;

/** One rule of a program, checked for a partner. */
typedef struct
{
  EntFundVerdict verdict;
  gboolean       mandatory;
  char          *text;   /* the rule, in words */
  char          *reason; /* why, in words: "Lifecycle is Onboarding" */
  EntWhy        *why;
} EntFundCheck;

/** What the rules of one program see of one partner and, if there is one, of a request. */
typedef struct _EntFundFacts EntFundFacts;

/** @request 0: the partner in general. Blocks. (transfer full) */
EntFundFacts  *ent_fund_facts_load    (EntStore  *store,
                                       EntKey     program,
                                       EntKey     partner,
                                       EntKey     request,
                                       GError   **error);
void           ent_fund_facts_free    (EntFundFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFundFacts, ent_fund_facts_free)

/** Element-type EntFundCheck, in the order of the program's lines. (transfer full) */
GPtrArray     *ent_fund_check         (const EntFundFacts *facts,
                                       gint64              today);
/** NOT_MET when a mandatory rule is, else UNKNOWN when one is, else MET. */
EntFundVerdict ent_fund_get_verdict   (GPtrArray *checks);
/** "Eligible", "Not eligible", "Cannot be told yet". Translated. */
const char    *ent_fund_verdict_label (EntFundVerdict verdict);

/* --- Money ---------------------------------------------------------------------------------------------- */

/** Splits @amount by @shares so that the parts add up to it exactly: each gets its share rounded down, and what is
 * left goes, a unit each, to the largest remainders (the first of equals). FALSE when the shares are negative or add
 * up to 0. */
gboolean       ent_fund_split         (gint64        amount,
                                       const gint64 *shares,
                                       guint         n_shares,
                                       gint64       *parts);
/** What the fund pays of @cost at @match_pct (1/10,000 of a point), and what the others pay: they add up to @cost. */
void           ent_fund_match         (gint64  cost,
                                       gint64  match_pct,
                                       gint64 *fund,
                                       gint64 *others);

typedef enum
{
  ENT_FUND_ALLOCATED_NOT,    /* nothing was allocated and no rule says how much */
  ENT_FUND_ALLOCATED_LEDGER, /* rows of the ledger */
  ENT_FUND_ALLOCATED_LEVEL,  /* what the level grants; posted with the first approval */
} EntFundAllocation;

/** allocated - approved - spent, of one partner in one program, year and currency. */
typedef struct
{
  EntKey            program;
  EntKey            partner;
  int               year;
  char              currency[4];
  EntFundAllocation source;
  gint64            allocated;
  gint64            approved;  /* granted and not yet paid */
  gint64            spent;
  gint64            available;
  EntWhy           *why;       /* NULL unless asked for one partner */
} EntFundBalance;

void           ent_fund_balance_free  (EntFundBalance *self);
/** The balances of one partner in all fund programs that are not retired, as of a day: rows of the ledger dated later do
 * not count. Blocks. Element-type EntFundBalance, without explanations. (transfer full) */
GPtrArray     *ent_fund_load_balances (EntStore  *store,
                                       EntKey     partner,
                                       int        year,
                                       gint64     as_of,
                                       GError   **error);

/**
 * EntFundBook:
 *
 * All programs, requests and fund rows of a workspace as of one moment: what lists, balances, deadlines and the page
 * are computed from. Immutable, any thread.
 */
typedef struct _EntFundBook EntFundBook;

/** Blocks. (transfer full) */
EntFundBook   *ent_fund_book_load     (EntStore      *store,
                                       GCancellable  *cancellable,
                                       GError       **error);
void           ent_fund_book_free     (EntFundBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntFundBook, ent_fund_book_free)
/** Fund programs that are not retired, by rank. Element-type EntRecord. (transfer none) */
GPtrArray     *ent_fund_book_get_programs (EntFundBook *self);
/** Element-type EntRecord. (transfer none) */
GPtrArray     *ent_fund_book_get_requests (EntFundBook *self);
/** Program lines. Element-type EntRecord. (transfer none) (nullable) */
GPtrArray     *ent_fund_book_get_rules (EntFundBook *self,
                                        EntKey       program);
/** @partner 0: all who have any; @program 0: all. Element-type EntFundBalance. (transfer full) */
GPtrArray     *ent_fund_book_balances (EntFundBook *self,
                                       EntKey       program,
                                       EntKey       partner,
                                       int          year);
/** Sums of a program's balances in @year, an element a currency; allocated is the program's budget when it has one.
 * Element-type EntFundBalance. (transfer full) */
GPtrArray     *ent_fund_book_totals   (EntFundBook *self,
                                       EntKey       program,
                                       int          year);

/* --- Deadlines ------------------------------------------------------------------------------------------ */

typedef enum
{
  ENT_FUND_DUE_SUBMIT,
  ENT_FUND_DUE_CLAIM,
  ENT_FUND_DUE_PROGRAM, /* the program takes requests until then */
} EntFundDueKind;

typedef struct
{
  EntFundDueKind kind;
  EntKey         key;      /* of the request or program */
  EntKey         partner;  /* 0: of a program */
  char          *title;
  gint64         due;
  gint64         days;     /* until then; negative: overdue */
  gboolean       is_alert; /* overdue, or within the days the program's line tells */
} EntFundDeadline;

void           ent_fund_deadline_free (EntFundDeadline *self);
/** The next deadline of each open request, and of programs; soonest first. Element-type EntFundDeadline.
 * (transfer full) */
GPtrArray     *ent_fund_book_deadlines (EntFundBook *self,
                                        gint64       today);
/** The day a request in its state has to be moved on by; FALSE when there is none. */
gboolean       ent_fund_get_deadline  (EntRecord      *request,
                                       gint64         *due,
                                       EntFundDueKind *kind);

/* --- States --------------------------------------------------------------------------------------------- */

/** A step from one state to another. */
typedef struct
{
  const char *from;
  const char *to;
  const char *label;   /* N_(): of the button */
  gboolean    is_next; /* the way to payment; others lead back or out */
} EntFundStep;

/** All steps; ends with a NULL `from`. */
extern const EntFundStep ent_fund_steps[];
/** The step towards payment; NULL at the end. */
const EntFundStep *ent_fund_next_step (const char *state);
const EntFundStep *ent_fund_find_step (const char *from,
                                       const char *to);
/** States on the way from idea to payment, in order; NULL-terminated. */
extern const char * const ent_fund_way[];

/** Why an approval is flagged: the approver asked for it or answers for it. (transfer full) (nullable) */
char          *ent_fund_dup_self_approval (EntRecord *request);
/** Documents the program needs that no proof of @proofs (documents) shows, by title, kind or tag; NULL-terminated.
 * (transfer full) */
char         **ent_fund_dup_missing_documents (EntRecord *program,
                                               GPtrArray *proofs);

/* --- Changes: inside a transaction ------------------------------------------------------------------------ */

/** Zero-initialized fields are not set. */
typedef struct
{
  EntKey      program;
  EntKey      partner;
  gint64      amount;     /* minor units */
  char        currency[4];
  gint64      cost;       /* total cost of the activity; 0: from the match share */
  const char *title;      /* NULL: made from program and partner */
  const char *outcome;
  EntKey      campaign;
  EntKey      deal;
  EntKey      by;         /* who asks */
  gint64      submit_by;
  gint64      start, end; /* of the activity */
} EntFundAsk;

/** Adds a draft; its key, or 0 with @error. */
EntKey         ent_fund_ask           (EntTransaction    *transaction,
                                       const EntFundAsk  *ask,
                                       GError           **error);

typedef struct
{
  EntKey        request;
  const char   *state;
  EntKey        by;          /* who approves */
  gboolean      has_amount;
  gint64        amount;      /* approved, claimed, or paid; else what was asked, approved, claimed */
  const EntKey *proofs;      /* documents to add */
  gsize         n_proofs;
  gint64        extended_to; /* 0: no extension */
  const char   *exception;   /* (nullable) */
  const char   *note;        /* (nullable) added to the note */
  gint64        now;         /* microseconds UTC */
} EntFundMove;

/** Moves a request to another state with what belongs to it: stamps, amounts, and rows of the ledger. What the program
 * forbids is refused with the rule's text and the next step. */
gboolean       ent_fund_move          (EntTransaction     *transaction,
                                       const EntFundMove  *move,
                                       GError            **error);
/** Posts an allocation of @amount to a partner for @year; 0: what the level grants. */
gboolean       ent_fund_allocate      (EntTransaction  *transaction,
                                       EntKey           program,
                                       EntKey           partner,
                                       int              year,
                                       gint64           amount,
                                       const char      *currency,
                                       gint64           today,
                                       GError         **error);
/** Expires requests whose deadline has passed before @today; sets @n_expired. */
gboolean       ent_fund_expire        (EntTransaction  *transaction,
                                       gint64           today,
                                       guint           *n_expired,
                                       GError         **error);
/** The same in one transaction of origin RULE that can be undone, none when nothing expires: what opening a workspace
 * does. Blocks. */
gboolean       ent_fund_expire_due    (EntStore      *store,
                                       gint64         today,
                                       GCancellable  *cancellable,
                                       guint         *n_expired,
                                       GError       **error);

G_END_DECLS
