/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-deal.h"
#include "rules/ent-review.h"

G_BEGIN_DECLS

/* Inside src/rules/: how a review is filled. */

/** What the numbers of one review are made from; read when first asked for. An error stays in `error` and everything
 * read after it is empty. */
typedef struct
{
  EntStore     *store;
  EntKey        partner;
  gint64        start;   /* of the period, days */
  gint64        end;
  gint64        as_of;   /* nothing after it counts */
  GCancellable *cancellable;
  GError       *error;
  GPtrArray    *deals;
  GPtrArray    *ledger;
  GPtrArray    *cases;
  GPtrArray    *offerings;
  GPtrArray    *figures; /* offering_metric */
  GPtrArray    *surveys;
  GPtrArray    *plans;
  GHashTable   *names;   /* EntKey → title */
  EntDealPolicy *policy; /* probabilities and rates */
} ReviewFacts;

void         review_facts_init          (ReviewFacts  *self,
                                         EntStore     *store,
                                         EntRecord    *plan,
                                         gint64        as_of,
                                         GCancellable *cancellable);
void         review_facts_clear         (ReviewFacts  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReviewFacts, review_facts_clear)
/* Each: element-type EntRecord, never NULL. (transfer none) */
GPtrArray   *review_facts_get_deals     (ReviewFacts *self);
GPtrArray   *review_facts_get_ledger    (ReviewFacts *self);
GPtrArray   *review_facts_get_cases     (ReviewFacts *self); /* about the partner and its offerings */
GPtrArray   *review_facts_get_offerings (ReviewFacts *self);
GPtrArray   *review_facts_get_figures   (ReviewFacts *self);
GPtrArray   *review_facts_get_surveys   (ReviewFacts *self);
GPtrArray   *review_facts_get_plans     (ReviewFacts *self);
/** Records of @type whose @field names @key. (transfer full) never NULL */
GPtrArray   *review_facts_find          (ReviewFacts *self,
                                         const char  *type,
                                         const char  *field,
                                         EntKey       key);
/** (transfer none) */
const char  *review_facts_get_name      (ReviewFacts *self,
                                         EntKey       key);
/** A translated choice. (transfer none) */
const char  *review_choice              (EntRecord  *record,
                                         const char *field);
/** A field as shown, "" when empty. (transfer full) */
char        *review_field               (ReviewFacts *facts,
                                         EntRecord   *record,
                                         const char  *field);

/* --- Blocks --- */

EntReview      *review_new            (void);
EntReviewBlock *review_block_new      (EntReviewForm form);
void            review_block_free     (gpointer self);
void            review_minute_free    (gpointer self);
/** @width: share. Takes @cells of rows by review_block_add_row(). */
void            review_block_add_column (EntReviewBlock *self,
                                         const char     *title,
                                         gboolean        is_number,
                                         int             width);
/** The cells, NULL-terminated, are copied. */
void            review_block_add_row  (EntReviewBlock *self,
                                       EntKey          key,
                                       ...) G_GNUC_NULL_TERMINATED;
/** An unknown value in each place. (transfer none) */
EntReviewSeries *review_block_add_series (EntReviewBlock *self,
                                          const char     *name);
/** Sets amount, value, explanation of a number. @detail (nullable). */
void            review_block_set_number (EntReviewBlock *self,
                                         EntReviewUnit   unit,
                                         gint64          amount,
                                         const char     *currency,
                                         const char     *detail);
/** The number is not known: "No data since May 2026", or "No data yet" when @last is ENT_REVIEW_UNKNOWN. */
void            review_block_set_unknown (EntReviewBlock *self,
                                          gint64          last);
/** A number as shown. (transfer full) */
char           *review_amount_display (EntReviewUnit unit,
                                       gint64        amount,
                                       const char   *currency);
/** Adds to the explanation; after some forty lines the rest is only counted. */
void            review_block_explain  (EntReviewBlock *self,
                                       const char     *label,
                                       const char     *value,
                                       EntKey          key);
/** Closes the explanation: formula, note with what was left out. */
void            review_block_explain_end (EntReviewBlock *self,
                                          const char     *formula,
                                          gint64          as_of);

/** The amounts are known, but are no one number. @detail (nullable). */
void            review_block_set_text (EntReviewBlock *self,
                                       const char     *text,
                                       const char     *detail);

/* --- Money --- */

/** (nullable): then `error` of @self is set. */
const EntDealPolicy *review_facts_get_policy (ReviewFacts *self);
/** Percent of a deal: its own, else that of its stage; ENT_REVIEW_UNKNOWN. */
gint64          review_facts_get_chance   (ReviewFacts   *self,
                                           const EntDeal *deal);
/** The reporting currency. */
const char     *review_facts_get_currency (ReviewFacts *self);
/** (transfer full) */
EntAmounts     *review_facts_new_amounts  (ReviewFacts *self);
void            review_amounts_add        (EntAmounts     *amounts,
                                           const EntValue *money);
/** Sets the number: of one currency, the sum in the reporting one where all have rates, else several side by side. */
void            review_block_set_amounts  (ReviewFacts    *facts,
                                           EntReviewBlock *block,
                                           EntAmounts     *amounts,
                                           const char     *detail);
/** Chooses the currency of a chart's axis. @moneys: element-type EntValue, of money. */
void            review_block_choose_currency (ReviewFacts    *facts,
                                              EntReviewBlock *block,
                                              GPtrArray      *moneys);
/** In minor units of that currency; FALSE when it does not count there. */
gboolean        review_block_get_minor    (ReviewFacts    *facts,
                                           EntReviewBlock *block,
                                           const EntValue *money,
                                           gint64         *minor);

/* --- Time --- */

/** First day of the quarter that is @n before the one of @day. */
gint64          review_quarter        (gint64 day,
                                       int    n_back);
gint64          review_month          (gint64 day,
                                       int    n_back);
/** The last @n quarters up to the end of the period, as labels of a chart. */
void            review_block_set_quarters (EntReviewBlock *self,
                                           ReviewFacts    *facts,
                                           guint           n);
/** Which of them @day is in, or -1. */
int             review_quarter_index  (ReviewFacts *facts,
                                       guint        n,
                                       gint64       day);

/* --- Sources --- */

typedef void (*ReviewFill) (ReviewFacts    *facts,
                            EntReview      *review,
                            EntReviewBlock *block);

/** What can fill a block. */
typedef struct
{
  const char    *metric;
  EntReviewForm  form;
  ReviewFill     fill;
  const char    *source; /* N_() where it comes from */
  gboolean       less_is_better;
} ReviewSource;

extern const ReviewSource review_sales_sources[];
extern const ReviewSource review_service_sources[];
extern const ReviewSource review_quality_sources[];
extern const ReviewSource review_program_sources[];

/** The reviews of the same partner before this one, the latest first. Element-type EntRecord. (transfer full) */
GPtrArray      *review_load_earlier   (ReviewFacts *facts,
                                       EntRecord   *plan);
/** Decisions and actions of a review, with the state of their tasks. */
void            review_load_minutes   (EntStore   *store,
                                       EntKey      plan,
                                       GPtrArray  *minutes,
                                       GError    **error);
/** The Highlights block, when all others are filled. */
void            review_fill_highlights (EntReview      *review,
                                        EntReviewBlock *block);
void            review_compare        (EntReview *review,
                                       EntReview *previous);

/** Reads what ent_review_to_snapshot() wrote into a review that has no blocks yet; FALSE with @error set when @json is
 * no snapshot. */
gboolean        review_read_snapshot  (EntReview   *review,
                                       EntStore    *store,
                                       const char  *json,
                                       GError     **error);

/* --- Steps --- */

/** Fails with ENT_RULE_ERROR_REFUSED; returns FALSE. */
gboolean        review_refuse         (GError    **error,
                                       const char *format,
                                       ...) G_GNUC_PRINTF (2, 3);
/** Sets a field by name and writes it with the record's other changes later. */
void            review_set_text       (EntRecord  *record,
                                       const char *field,
                                       const char *text);
void            review_set_int        (EntRecord  *record,
                                       const char *field,
                                       gint64      integer);
/** Whether a line of a review is a block of the pre-read, not a decision, action, or milestone. */
gboolean        review_item_is_block  (EntRecord *item);
gboolean        review_plan_apply     (EntTransaction  *transaction,
                                       EntReviewChange *change,
                                       GError         **error);
gboolean        review_reschedule_apply (EntTransaction  *transaction,
                                         EntReviewChange *change,
                                         EntRecord       *plan,
                                         GError         **error);
/** The milestone “Pre-read sent” and its task are done. */
gboolean        review_finish_preread (EntTransaction *transaction,
                                       EntKey          plan,
                                       gint64          today,
                                       GError        **error);

G_END_DECLS
