/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-list.h"

#include "widgets/ent-record-jobs.h"
#include "widgets/ent-row-private.h"
#include "widgets/ent-rows-diff.h"

G_BEGIN_DECLS

/* The parts of the record list: the model, its pages of records, its query. */

#define ENT_RECORD_LIST_PAGE 128 /* rows that are loaded at once */

struct _EntRecordList
{
  GObject              parent;
  EntContext          *context;
  const EntRecordType *type;
  GCancellable        *cancellable;

  EntFilter *filter;
  char      *sort;
  char      *search;
  GArray    *fields; /* of guint */

  EntResult *result;       /* what n-items and get_item() answer from */
  EntResult *old;          /* while items-changed are emitted: the answer before, */
  gsize      n_new, n_old; /* of which all but the first n_old rows follow the first n_new of the result */
  GArray    *hunks;        /* of EntRowsHunk: what will have become of them */
  gboolean   result_is_full;
  gboolean   wants_full;   /* only the first rows were asked for so far */
  guint      full_id;
  guint      generation;   /* of the query */
  guint      fields_generation;
  gboolean   loading;

  GHashTable *live;      /* row → EntRow (unowned): items somebody holds */
  GHashTable *cache;     /* row → EntCachedRow */
  GQueue      cached;    /* rows in the order they came */
  GArray     *waiting;   /* pages wished for, newest last */
  GHashTable *in_flight; /* pages being loaded */
};

typedef struct
{
  EntRecord  *record;
  GHashTable *names; /* EntKey* → title of what it refers to */
} EntCachedRow;

static inline guint32
ent_row_of (EntKey key)
{
  return (guint32) ent_key_row (key);
}

static inline gpointer
ent_row_to_pointer (guint32 row)
{
  return GUINT_TO_POINTER (row);
}

/* --- ent-record-list-pages.c --- */

void ent_cached_row_free           (gpointer row);
void ent_record_list_wish_page     (EntRecordList *self,
                                    guint          page);
/** Keeps the records of @rows, and gives them to the items of those rows. */
void ent_record_list_take_records  (EntRecordList *self,
                                    const guint32 *rows,
                                    EntPageLoad   *load);

/* --- ent-record-list-query.c --- */

/** Has the whole answer asked for, once the first rows are there. */
void ent_record_list_queue_full    (EntRecordList *self);
/** Loads rows that somebody holds anew, those that changed or all (NULL); they keep showing the old values until then. */
void ent_record_list_reload_live   (EntRecordList    *self,
                                    const EntChanges *changes);
void ent_record_list_changed_cb    (EntRecordList *self,
                                    EntChanges    *changes);

G_END_DECLS
