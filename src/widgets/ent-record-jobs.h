/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-record-list.h"

G_BEGIN_DECLS

/* For ent-record-list.c only: the work it gives to pool threads. Wishes are held by the job and by its callback
 * (g_atomic_rc_box); their `list` belongs to the main thread. */

/** A page of records to load. */
typedef struct
{
  EntRecordList       *list;
  const EntRecordType *type;
  guint32             *rows;
  gsize                n_rows;
  GArray              *fields;
  guint                page;
  guint                generation;
  guint                fields_generation;
} EntPageWish;

/** What came of it. */
typedef struct
{
  GPtrArray  *records;
  GHashTable *names; /* EntKey* → title of what the records refer to */
} EntPageLoad;

/** A query to answer. */
typedef struct
{
  EntRecordList       *list;
  const EntRecordType *type;
  EntFilter           *filter;
  char                *sort;
  char                *search;
  gsize                limit;  /* 0: all */
  GArray              *fields; /* of the records that come with the first rows; with a limit only */
  guint                generation;
  guint                fields_generation;
} EntQueryWish;

/** What came of it. */
typedef struct
{
  EntResult   *result;
  EntPageLoad *load; /* NULL: no records came along */
} EntQueryAnswer;

void     ent_page_wish_release  (gpointer wish);
void     ent_page_load_free     (gpointer load);
gpointer ent_load_page_job      (EntStore      *store,
                                 gpointer       wish,
                                 GCancellable  *cancellable,
                                 GError       **error);
void     ent_query_wish_release (gpointer wish);
void     ent_query_answer_free  (gpointer answer);
gpointer ent_query_job          (EntStore      *store,
                                 gpointer       wish,
                                 GCancellable  *cancellable,
                                 GError       **error);

G_END_DECLS
