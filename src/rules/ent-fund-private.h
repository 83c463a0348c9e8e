/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-fund.h"

G_BEGIN_DECLS

/* Inside src/rules/: the same rules read a workspace or a transaction under way. */

typedef struct
{
  EntStore       *store;       /* one of the two */
  EntTransaction *transaction;
} EntFundReader;

/** The live record; NULL without @error when @key is 0 or it is in the bin. (transfer full) */
EntRecord *ent_fund_read           (const EntFundReader  *reader,
                                    EntKey                key,
                                    GError              **error);
GPtrArray *ent_fund_read_lines     (const EntFundReader  *reader,
                                    EntKey                parent,
                                    const char           *type,
                                    GError              **error);
GPtrArray *ent_fund_read_referrers (const EntFundReader  *reader,
                                    EntKey                key,
                                    const char           *type,
                                    const char           *field,
                                    GError              **error);
/** The program with this metric; 0: none. */
EntKey     ent_fund_find_metric    (const EntFundReader  *reader,
                                    const char           *metric);

/** The line of a section with this metric. (transfer none) (nullable) */
EntRecord *ent_fund_find_rule      (GPtrArray  *rules,
                                    const char *section,
                                    const char *metric);
/** A threshold in days (whole); @fallback without a line. */
gint64     ent_fund_rule_days      (GPtrArray  *rules,
                                    const char *metric,
                                    gint64      fallback);
/** What a level is granted by lines of a benefit. FALSE: nothing is said. */
gboolean   ent_fund_level_grant    (GPtrArray      *benefit_rules,
                                    EntKey          level,
                                    const EntValue **amount);

struct _EntFundFacts
{
  EntRecord *program;
  EntRecord *partner;
  EntRecord *level;    /* (nullable) */
  EntRecord *request;  /* (nullable) */
  EntRecord *deal;     /* (nullable) */
  GPtrArray *rules;
  GPtrArray *agreements;
  GPtrArray *requests; /* of the partner */
  GPtrArray *certificates;
  GPtrArray *offerings;
  GPtrArray *deals;    /* that the partner has a part in */
};

EntFundFacts *ent_fund_facts_read  (const EntFundReader  *reader,
                                    EntKey                program,
                                    EntKey                partner,
                                    EntKey                request,
                                    GError              **error);

/** One partner in one program: the pure part of every balance. @benefit_rules and @why may be NULL; @allocating: whether
 * rows without program or request are this program's. Element-type EntFundBalance. (transfer full) */
GPtrArray *ent_fund_compute_balance (EntRecord *program,
                                     EntKey     partner,
                                     EntKey     level,
                                     GPtrArray *benefit_rules,
                                     gboolean   allocating,
                                     GPtrArray *requests,
                                     GPtrArray *rows,
                                     int        year,
                                     gboolean   explain);
/** The balances of a partner as the reader sees them. (transfer full) */
GPtrArray *ent_fund_read_balance   (const EntFundReader  *reader,
                                    EntKey                program,
                                    EntKey                partner,
                                    int                   year,
                                    gboolean              explain,
                                    GError              **error);
/** The year a request counts in: that of its decision, else of @today. */
int        ent_fund_request_year   (EntRecord *request,
                                    gint64     today);

int        ent_fund_year           (gint64 day);
gint64     ent_fund_day            (gint64 micros);
gboolean   ent_fund_is_state       (EntRecord  *request,
                                    const char *states); /* "a|b" */
/** "$1,200.00" of a money field; "not stated". (transfer full) */
char      *ent_fund_money          (EntRecord  *record,
                                    const char *field);
/** Posts a row. @kind: mdf_allocation or mdf_spend. */
gboolean   ent_fund_post           (EntTransaction  *transaction,
                                    const char      *kind,
                                    EntKey           program,
                                    EntKey           partner,
                                    EntRecord       *request, /* (nullable) */
                                    gint64           day,
                                    gint64           amount,
                                    const char      *currency,
                                    const char      *title,
                                    const char      *explain,
                                    GError         **error);

G_END_DECLS
