/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-data-set.h"

G_BEGIN_DECLS

/*
 * The sample workspace has two parts. What matters one by one (organizations, people of note,
 * agreements, campaigns, cases) is written by hand in data/sample. What matters as a mass (deals,
 * activities, tasks, ledger rows, links) is made here from those records and from word lists, with a
 * fixed seed.
 */

typedef enum
{
  SAMPLE_TREND_NONE, /* not a partner yet */
  SAMPLE_TREND_NEW,
  SAMPLE_TREND_UP,
  SAMPLE_TREND_FLAT,
  SAMPLE_TREND_DOWN,
} SampleTrend;

/* A partner, customer, or prospect; texts are borrowed from the data files. */
typedef struct
{
  EntKey      key;
  const char *ref;       /* "org:brightwater" */
  const char *title;
  const char *country;
  const char *region;
  const char *industry;
  const char *lifecycle; /* of a partner */
  const char *type;      /* of a partner: technology, channel, solution */
  gboolean    is_customer;
  int         level;     /* 1 strategic … 4 registered; 0 none */
  int         n_deals;   /* planned */
  SampleTrend trend;
  gint64      since;     /* day; 0 unknown */
  EntKey      manager;   /* our partner manager */
  EntKey      joint;     /* joint solution */
  EntKey      term;      /* payment term */
  gint64      rate;      /* of that term, 1/10,000 of a percent point */
  gboolean    has_agreement;
  GArray     *people;    /* of EntKey */
} SampleOrg;

typedef struct
{
  EntKey      key;
  const char *title;     /* interned */
  guint       partner;   /* index */
  guint       second;    /* index of a second partner, or G_MAXUINT */
  guint       account;   /* index */
  gint64      opened;
  gint64      closed;    /* 0: open */
  gint64      expected;
  gboolean    won;
} SampleDeal;

#define SAMPLE_N_TEAM 8

typedef struct
{
  EntTransaction *transaction;
  EntDataSet     *set;
  GRand          *random;
  gint64          today;
  JsonNode       *pools_node;
  JsonObject     *pools;
  GArray         *partners;    /* of SampleOrg */
  GArray         *customers;   /* of SampleOrg */
  GArray         *deals;       /* of SampleDeal */
  GArray         *competitors; /* of EntKey */
  EntKey          own;
  EntKey          team[SAMPLE_N_TEAM]; /* in the order of 10-us.json */
  GHashTable     *emails;      /* set of addresses given away */
  GHashTable     *phases;      /* title of a deal → how many there are */
  GError         *error;       /* the first one; everything after it does nothing */
} Sample;

/* Parts, in the order they run. */
void        sample_make_people      (Sample *self);
void        sample_make_agreements  (Sample *self);
void        sample_make_deals       (Sample *self);
void        sample_make_ledger      (Sample *self);
void        sample_make_activities  (Sample *self);
void        sample_make_tasks       (Sample *self);
void        sample_make_plans       (Sample *self);
void        sample_make_onboarding  (Sample    *self,
                                     SampleOrg *partner); /* part of the plans */
void        sample_make_assessments (Sample *self);
void        sample_make_campaigns   (Sample *self);
void        sample_make_links       (Sample *self);
void        sample_make_levels      (Sample *self);
void        sample_make_usage       (Sample *self);
/** Gives the reviews that were held their frozen numbers, when all else is stored. */
gboolean    sample_freeze_reviews   (EntStore      *store,
                                     GCancellable  *cancellable,
                                     GError       **error);

/* Chance. All numbers come from one generator, so the order of calls is part of the data: never two
 * calls in one argument list. */
int         sample_int              (Sample *self,
                                     int     low,
                                     int     high); /* inclusive */
int         sample_near             (Sample *self,
                                     int     middle,
                                     int     spread,
                                     int     low,
                                     int     high); /* kept between these */
gboolean    sample_chance           (Sample *self,
                                     int     percent);
const char *sample_word             (Sample     *self,
                                     const char *pool);
JsonArray  *sample_row              (Sample     *self,
                                     const char *pool); /* of a pool of arrays */
/* The same or the nearest day from Monday to Friday, never after it. */
gint64      sample_work_day         (gint64 day);
/* "2026-03" */
char       *sample_month            (gint64 day);

/* The first partner's part of the credit, in percent; a second one has the rest. */
int         sample_first_share      (const SampleDeal *deal);

/* Records. begin … put … end; end inserts, frees, and returns the key (0 after an error). */
EntRecord  *sample_begin            (Sample     *self,
                                     const char *type);
void        sample_put              (Sample     *self,
                                     EntRecord  *record,
                                     const char *field,
                                     const char *text); /* interchange form; NULL: nothing */
void        sample_put_int          (Sample     *self,
                                     EntRecord  *record,
                                     const char *field,
                                     gint64      value); /* in stored units: days, 1/100 … */
void        sample_put_time         (Sample     *self,
                                     EntRecord  *record,
                                     const char *field,
                                     gint64      day,
                                     int         minute);
void        sample_put_money        (Sample     *self,
                                     EntRecord  *record,
                                     const char *field,
                                     gint64      minor,
                                     const char *currency);
void        sample_put_key          (Sample     *self,
                                     EntRecord  *record,
                                     const char *field,
                                     EntKey      key); /* also into a list field; 0: nothing */
void        sample_put_keys         (Sample       *self,
                                     EntRecord    *record,
                                     const char   *field,
                                     const EntKey *keys,
                                     gsize         n_keys);
EntKey      sample_end              (Sample    *self,
                                     EntRecord *record);
/* A child line: begin with its parent and position. */
EntRecord  *sample_begin_line       (Sample     *self,
                                     const char *type,
                                     EntKey      parent,
                                     int         position);
/* Of a record written by hand. */
EntKey      sample_key              (Sample     *self,
                                     const char *ref);

#define sample_partner(self, i)  (&g_array_index ((self)->partners, SampleOrg, i))
#define sample_customer(self, i) (&g_array_index ((self)->customers, SampleOrg, i))
#define sample_person(org, i)    (g_array_index ((org)->people, EntKey, i))

G_END_DECLS
