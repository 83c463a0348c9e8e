/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-metric.h"

G_BEGIN_DECLS

/* Inside src/rules/: how a snapshot keeps what it knows. Every record that says something about a partner is a fact
 * of that partner; metrics are sums, counts and averages of facts. */

typedef enum
{
  SOURCE_NONE,
  SOURCE_COMMITMENT,    /* agreements: what the partner commits to a year, while in force */
  SOURCE_LEAD,          /* deals and campaigns that the partner brought; 1/100 leads */
  SOURCE_WIN,           /* deals won with the partner; 1/100 deals */
  SOURCE_STORY,         /* case studies about the partner */
  SOURCE_REVIEW,        /* quarterly and annual business reviews */
  SOURCE_SCORE,         /* level rubrics; 1/100 points */
  SOURCE_REVENUE,       /* ledger rows */
  SOURCE_CERTIFICATE,   /* of the partner's people, while valid */
  SOURCE_SATISFACTION,  /* psat answers, 1/100 */
  SOURCE_RECOMMENDATION, /* nps answers, 1/100 */
  SOURCE_FIGURE,        /* written down in plans */
  N_SOURCES,
} Source;

typedef enum
{
  KIND_SUM_IN_FORCE, /* of facts that hold today */
  KIND_COUNT,        /* of values in the window */
  KIND_MONTHLY,      /* that, a month */
  KIND_SUM,          /* of money in the window */
  KIND_PEOPLE,       /* different people with a fact that holds today */
  KIND_NEWEST,
  KIND_AVERAGE,
  KIND_NPS,
  KIND_RANK,
  KIND_MONTHS_SINCE, /* of the partner's start */
  KIND_FIELD,
} Kind;

typedef struct
{
  EntMetricInfo info;
  Source        source;
  Kind          kind;
  gboolean      ours;  /* we keep these records ourselves: none in the window means none, once there is any */
  const char   *field; /* of KIND_FIELD */
} MetricDef;

typedef struct
{
  EntKey   key;    /* the record that says it */
  EntKey   other;  /* the person of a certificate; 0 */
  gint64   value;
  gint32   day;
  gint32   until;  /* last day it holds */
  char     currency[4];
  guint16  name;   /* of a figure: index of `figures` + 1 */
  guint8   source;
  gboolean counts; /* else it only says that there is data */
  gboolean is_open; /* the value is still to be read */
  gboolean is_told; /* other facts tell of the same leads */
} Fact;

typedef struct
{
  EntKey      key;
  char       *title;
  EntKey      level;
  int         type;
  const char *lifecycle; /* interned */
  gint64      since;
  GArray     *facts;     /* of Fact */
  EntValue   *fields;    /* by index of EntMetrics.fields, `fields_n` of them */
  guint       fields_n;
  guint       rank;      /* 0: not ranked */
  guint       n_ranked;
} Partner;

/* What a deal says to the facts of its parties. */
typedef struct
{
  gint32   lead_day;
  gint32   won_day;  /* 0: not won */
  EntKey   registered_by;
  gboolean is_live, is_qualified, by_partner;
} DealInfo;

/* Whose figures the lines of a plan are. */
typedef struct
{
  EntKey key, partner;
  gint64 day;
} PlanInfo;

struct _EntMetrics
{
  EntProgram *program;
  gint64      today;
  GArray     *partners;     /* of Partner */
  GHashTable *by_key;       /* EntKey → number + 1 */
  gboolean    needs[N_SOURCES];
  GPtrArray  *names;        /* metrics that are named, interned */
  GPtrArray  *fields;       /* of EntField: those of the organization that metrics name */
  GPtrArray  *figures;      /* names of metrics that are written down, interned */
  GArray     *deals;        /* of DealInfo, by row */
  GHashTable *campaigns;    /* campaign → GArray of EntKey: its partners */
  GHashTable *came_from;    /* deal → the campaign that a touch says it came from, as EntKey * */
  GHashTable *plans;        /* plan → PlanInfo; when figures are needed */
  EntExchangeRates *rates;
  GHashTable *touched;      /* (nullable): partners that get facts, while an update runs */
  GHashTable *employers;    /* person → organization, as EntKey * */
  gboolean    ranks_are_good, scores_are_open;
};

const MetricDef *metric_find_def      (const char *name);
/* What to compute for a name: a built-in definition, or one made up in @scratch. */
const MetricDef *metrics_resolve      (EntMetrics *self,
                                       const char *name,
                                       MetricDef  *scratch,
                                       guint      *index);
Partner         *metrics_get_nth      (EntMetrics *self,
                                       guint       partner);
/* The partner of a key, NULL when it is none. */
Partner         *metrics_lookup       (EntMetrics *self,
                                       EntKey      key);
void             metrics_add_fact     (EntMetrics *self,
                                       EntKey      partner,
                                       const Fact *fact);
gboolean         metrics_fact_counts  (EntMetrics      *self,
                                       const MetricDef *def,
                                       guint            name,
                                       const Fact      *fact,
                                       gint64           from);
/* Leads of a joint campaign and deals that came from it count once. @partners: keys (nullable): all. */
void             metrics_settle_leads (EntMetrics *self,
                                       GHashTable *partners);
/* The newest fact of a source (of a figure by its name) from a day on. */
const Fact      *metrics_find_newest  (EntMetrics    *self,
                                       const Partner *partner,
                                       Source         source,
                                       guint          name,
                                       gint64         from);
void             metrics_rank         (EntMetrics *self);
void             partner_clear        (Partner *self);

/* --- ent-metric-read.c: records → facts. Each table has a list of fields and a reader of one record. --- */

typedef struct
{
  const char         *type;
  const char         *filter;  /* (nullable) */
  const char * const *fields;
  guint               sources; /* bits of Source it fills */
  void              (*read) (EntMetrics  *self,
                             EntRecord   *record,
                             const guint *fields);
} MetricTable;

const MetricTable *metrics_get_tables (guint *n);
gboolean           metrics_needs_table (EntMetrics        *self,
                                        const MetricTable *table);

/* --- ent-metric-load.c --- */

/* Reads the score of the newest rubric of each partner, where it is still to be read. */
gboolean           metrics_close_scores (EntMetrics    *self,
                                         EntStore      *store,
                                         GCancellable  *cancellable,
                                         GError       **error);
/* The fields of an organization that a snapshot reads; the first ones are below. */
enum { O_TITLE, O_LEVEL, O_TYPE, O_LIFECYCLE, O_SINCE, O_ROLES, N_OWN_FIELDS };
GArray            *metrics_find_partner_fields (EntMetrics          *self,
                                                const EntRecordType *type);
void               metrics_read_partner (EntMetrics  *self,
                                         EntRecord   *record,
                                         const guint *fields,
                                         Partner     *partner);

G_END_DECLS
