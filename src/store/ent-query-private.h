/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-search-private.h"

G_BEGIN_DECLS

/* Inside src/store/: one query while it is answered. */

struct _EntResult
{
  gatomicrefcount      ref_count;
  const EntRecordType *type;
  EntSchema           *schema;
  guint32             *rows;
  gsize                n_rows;
};

/** Takes over @rows. */
EntResult *ent_result_new      (const EntRecordType *type,
                                guint32             *rows,
                                gsize                n_rows);

typedef struct
{
  EntStore       *store;
  const EntQuery *query;
  EntConnection  *connection; /* lent */
  EntFilterRun    run;
  EntWords        words;
  gboolean        has_words;
} EntAsk;

gboolean   ent_ask_begin       (EntAsk         *self,
                                EntStore       *store,
                                const EntQuery *query,
                                GCancellable   *cancellable,
                                GError        **error);
void       ent_ask_end         (EntAsk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntAsk, ent_ask_end)

/** Begins "SELECT @columns FROM type AS t0 WHERE" and appends the conditions of the query. @by_title: the rows come from
 * the index of titles, which pays when that alone can answer, or when only the first rows are wanted. */
gboolean   ent_ask_append_select (EntAsk     *self,
                                  EntSql     *sql,
                                  const char *columns,
                                  gboolean    by_title,
                                  GError    **error);
/** Appends " ORDER BY …". */
void       ent_ask_append_order  (EntAsk *self,
                                  EntSql *sql);
/** Whether rows come in the order of titles, and in which direction. */
gboolean   ent_query_is_by_title (const EntQuery *query,
                                  gboolean       *descending);

/* --- ent-aggregate.c: sums and groups while rows go by --- */

typedef struct
{
  const EntField *field;
  GHashTable     *sums; /* currency → Sum */
} EntSummer;

void       ent_summer_init     (EntSummer      *self,
                                const EntField *field);
void       ent_summer_clear    (EntSummer *self);
void       ent_summer_add      (EntSummer  *self,
                                __int128    amount,
                                const char *currency);
/** (transfer full) */
GArray    *ent_summer_end      (EntSummer *self,
                                GError   **error);

typedef struct
{
  const EntField *field;
  GHashTable     *texts;    /* text, or currency → count */
  GHashTable     *integers; /* value → count */
  gint64          n_empty;
} EntGrouper;

void       ent_grouper_init    (EntGrouper     *self,
                                const EntField *field);
void       ent_grouper_clear   (EntGrouper *self);
void       ent_grouper_add_empty (EntGrouper *self,
                                  gint64      count);
void       ent_grouper_add_int (EntGrouper *self,
                                gint64      value,
                                gint64      count);
/** @text: as stored; the items of a list count each. */
void       ent_grouper_add_text (EntGrouper *self,
                                 const char *text,
                                 gsize       length,
                                 gint64      count);
/** (transfer full) */
GArray    *ent_grouper_end     (EntGrouper *self);

G_END_DECLS
