/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-index.h"
#include "exchange/ent-import-private.h"

G_BEGIN_DECLS

/* For src/exchange/ only: what passes from the thread that reads the file to the one that
 * writes. */

#define ENT_BATCH_ROWS 512
#define ENT_KEY_SLOTS_MAX 8

/** A mapped field. The values of a row are in the order of the slots. */
typedef struct
{
  const EntField *field;
  guint           column;
  int             currency_column; /* -1: none */
  EntCellReader  *reader;
  gboolean        is_made;         /* no column's: the title, made of given and family name */
  gboolean        is_given;        /* no column's: the plan's value of new records */
} EntImportSlot;

typedef struct
{
  guint64  line;
  gboolean is_refused;
  gboolean has_id;
  EntId    id;
  EntKey   code;      /* that the row names; 0: none */
  guint    n_keys;    /* hashes of the batch's keys from first_key on */
  guint    first_key;
} EntBatchRow;

typedef struct
{
  guint           row;
  EntProblemLevel level;
  int             column; /* -1: the row */
  const char     *value;  /* in the arena (nullable) */
  char           *reason; /* NULL: what the column's reader says */
} EntBatchProblem;

typedef struct
{
  const EntField *field;
  char           *value;
  char           *label;
} EntBatchChoice;

typedef struct
{
  guint       n_slots;
  EntArena   *arena;
  GString    *scratch;
  EntValue   *values;  /* n_slots a row; references as text */
  EntStoredText *texts; /* n_slots + 1 a row, as ent_inserter_add_prepared() wants them */
  EntBatchRow rows[ENT_BATCH_ROWS];
  guint       n_rows;
  GArray     *owned;    /* indexes of values to clear */
  GArray     *keys;     /* of guint64 */
  GArray     *problems; /* of EntBatchProblem */
  GArray     *choices;  /* of EntBatchChoice: to add before the rows */
  double      fraction; /* of the file that was read */
  gboolean    is_last;
  GError     *error;    /* why there are no more rows */
} EntBatch;

EntBatch *ent_batch_new   (guint     n_slots);
void      ent_batch_free  (EntBatch *self);
void      ent_batch_reset (EntBatch *self);
/** Works out what the file will hold of the values of row n_rows, as the thread that writes has more to do. */
void      ent_batch_prepare (EntBatch            *self,
                             const EntImportSlot *slots);

/** Reads rows into batches. */
typedef struct _EntRowReader EntRowReader;

/** Rewinds the source of @plan. @currency: of amounts without one. */
EntRowReader        *ent_row_reader_new         (EntImportPlan *plan,
                                                 const char    *currency,
                                                 GError       **error);
void                 ent_row_reader_free        (EntRowReader  *self);
const EntImportSlot *ent_row_reader_get_slots   (EntRowReader  *self,
                                                 guint         *n_slots);
void                 ent_row_reader_fill        (EntRowReader  *self,
                                                 EntBatch      *batch);
/** The slots of the fields that tell one record from another, in order; how many. */
guint                ent_row_reader_get_keys    (EntRowReader  *self,
                                                 const guint  **key_slots);
/** What a stored record is found by: hashes as those in batches. */
void                 ent_row_reader_hash_record (EntRowReader  *self,
                                                 EntRecord     *record,
                                                 GArray        *hashes);
/** What is wrong with a row as a whole; @is_refused gets whether it cannot be imported. (transfer
 * full) (nullable) */
char                *ent_row_explain            (const EntTableRow *row,
                                                 guint              n_columns,
                                                 gboolean          *is_refused);
gboolean             ent_row_is_empty           (const EntTableRow *row);
/** All that rows of the file can be named by, as references to the type itself: hashes for lookup
 * with ent_row_reader_hash_name(). Reads through the file and rewinds. (transfer full) */
EntIndex            *ent_row_reader_collect_names (EntRowReader  *self,
                                                   GCancellable  *cancellable,
                                                   GError       **error);
guint64              ent_row_reader_hash_name   (const char *text,
                                                 GString    *buffer);

G_END_DECLS
