/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-why.h"
#include "rules/ent-exchange-rates.h"
#include "rules/ent-program.h"

G_BEGIN_DECLS

/**
 * EntMetrics:
 *
 * What is known of every partner, as numbers that rules compare: a snapshot that is loaded in one pass over the
 * tables and kept current by ent_metrics_update(). A value is either known or unknown, and then it says since when:
 * nothing on record is not zero.
 *
 * A metric is named by a word. Built in are those of ent_metric_get_nth_info(). Any other name is a field of the
 * organization (`size_employees`, `arr`, a field of the user's own) if there is one, else a figure that somebody
 * wrote down in a plan or review of the partner (the newest `actual` of a plan line with that metric).
 *
 * One thread at a time; ent_metrics_load() blocks.
 */
typedef struct _EntMetrics EntMetrics;

/** A metric that is built in. */
typedef struct
{
  const char *name;
  const char *label;   /* N_() */
  EntUnit     unit;
  int         window;  /* months counted when the rule names none; 0: all time */
  const char *formula; /* N_() how it is computed, in a sentence */
} EntMetricInfo;

#define ENT_METRIC_MAX_SUMS 4

typedef struct
{
  char   currency[4];
  gint64 amount;
} EntMetricSum;

/** One value of one partner. */
typedef struct
{
  gboolean     is_known;
  EntUnit      unit;
  gint64       number;        /* in the unit; of money the first sum; 0 or 1 of a yes or no */
  gboolean     is_flag;       /* a yes or no */
  EntMetricSum sums[ENT_METRIC_MAX_SUMS]; /* of money, a sum a currency: never added up */
  guint        n_sums;
  gboolean     has_more_sums; /* in still more currencies */
  EntExchangeRates *rates;    /* of the snapshot (nullable) */
  const char  *words;         /* of texts: borrowed from the snapshot until it changes */
  const char * const *list;   /* of lists of texts, whose number is how many; borrowed as well */
  gint64       last;          /* day of the newest record that says anything; G_MININT64: there is none */
  guint        n_rows;        /* records that were counted */
  guint        rank, n_ranked; /* of rank_percentile: place, among how many */
} EntMetricValue;

/** Loads what the rules of @program need, and the metrics @also (nullable). @today: days; later records do not
 * count. */
EntMetrics *ent_metrics_load   (EntStore           *store,
                                EntProgram         *program,
                                const char * const *also,
                                gint64              today,
                                GCancellable       *cancellable,
                                GError            **error);
EntMetrics *ent_metrics_ref    (EntMetrics *self);
void        ent_metrics_unref  (EntMetrics *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntMetrics, ent_metrics_unref)

/** Brings the snapshot up to date with @changes: reads the changed records only. FALSE without @error when it takes
 * a new snapshot instead: definitions or very many records changed. Adds the partners that may have other values now
 * to @touched (set of EntKey, nullable). */
gboolean    ent_metrics_update (EntMetrics       *self,
                                EntStore         *store,
                                const EntChanges *changes,
                                GHashTable       *touched,
                                GError          **error);

gint64      ent_metrics_get_today      (EntMetrics *self);
EntProgram *ent_metrics_get_program    (EntMetrics *self);
guint       ent_metrics_get_n_partners (EntMetrics *self);
/** Partners are numbered in the order of their rows; -1 when it is none. */
int         ent_metrics_find_partner   (EntMetrics *self,
                                        EntKey      key);
EntKey      ent_metrics_get_partner    (EntMetrics *self,
                                        guint       partner);
const char *ent_metrics_get_title      (EntMetrics *self,
                                        guint       partner);
/** The level that is on record; 0 none. */
EntKey      ent_metrics_get_level      (EntMetrics *self,
                                        guint       partner);
/** Index of the partner type; -1 none. */
int         ent_metrics_get_type       (EntMetrics *self,
                                        guint       partner);
/** Interned (nullable) */
const char *ent_metrics_get_lifecycle  (EntMetrics *self,
                                        guint       partner);
/** The ladder of the partner: that of its level, else the usual one. (nullable) */
const EntLadder *ent_metrics_get_ladder (EntMetrics *self,
                                         guint       partner);

/** Computes one value. @window_months 0: as the metric has it. */
void        ent_metrics_get    (EntMetrics     *self,
                                guint           partner,
                                const char     *metric,
                                int             window_months,
                                EntMetricValue *value);
/** The records behind it, newest first, each once. Element-type EntKey. (transfer full) */
GArray     *ent_metrics_get_rows (EntMetrics *self,
                                  guint       partner,
                                  const char *metric,
                                  int         window_months);
/** The same value with its explanation, which names the records. (transfer full) */
EntWhy     *ent_metrics_explain (EntMetrics *self,
                                 EntStore   *store,
                                 guint       partner,
                                 const char *metric,
                                 int         window_months);

/** The built-in metrics one by one; NULL after the last. */
const EntMetricInfo *ent_metric_get_nth_info (guint nth);
/** NULL: not built in. */
const EntMetricInfo *ent_metric_find_info (const char *name);
/** "Qualified leads a month"; of other names the field's label or the name itself. (transfer full) */
char       *ent_metrics_dup_label  (EntMetrics *self,
                                    const char *metric);
/** "4.67", "$15,000 + €3,000", "2nd of 41 (top 4.9 %)", "Yes", "No data since 3 Mar 2025". (transfer full) */
char       *ent_metric_value_display (const EntMetricValue *self);
/** Its sums in @currency, by the workspace's exchange rates. FALSE when some currency has no rate: then @number is the
 * sum of those that have one. */
gboolean    ent_metric_value_convert (const EntMetricValue *self,
                                      const char           *currency,
                                      gint64               *number);
/** The first day that a window of @months that ends with @today counts. */
gint64      ent_metric_window_start (gint64 today,
                                     int    months);

G_END_DECLS
