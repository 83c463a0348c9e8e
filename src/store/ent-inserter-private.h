/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-held-rows.h"
#include "store/ent-run-digest.h"
#include "store/ent-transaction-private.h"

G_BEGIN_DECLS

/* For the files of the inserter only. */

#define ENT_ID_BATCH 256

typedef struct
{
  const EntField *field;
  EntValue        fallback;    /* default of a field that was not given, or of an empty required one */
  GString        *json;        /* of the current row's list, for which it is bound */
  int             given;       /* index in the caller's values, -1: not given */
  int             index;       /* of its first parameter */
  guint32         tag;
  gboolean        is_required;
  gboolean        is_unique;
  gboolean        is_reference;
  gboolean        is_checked;  /* any of these */
} EntInsertColumn;

struct _EntInserter
{
  EntTransaction      *transaction;
  const EntRecordType *type;
  sqlite3_stmt        *statement;
  EntHeldRows         *held;     /* of a large run (nullable) */
  gboolean             is_large;
  gboolean             is_short; /* the row has values that do not outlast it */
  GArray              *columns;  /* of EntInsertColumn */
  const EntValue     **row;      /* the current row, per column */
  const EntStoredText *texts;    /* of the current row's given values, and the title's key (nullable) */
  gsize                n_given;
  const EntField      *kind_field;
  GString             *title_key;

  EntId                ids[ENT_ID_BATCH];
  guint                n_ids;
  EntRunDigest        *digest;
  gint64               first;    /* of the current run; 0: none */
  gint64               last;
};

/* --- ent-inserter-row.c --- */

/** Makes @values (of the caller, borrowed) and @texts (nullable) the current row. */
void     ent_inserter_take_row  (EntInserter         *self,
                                 const EntValue      *values,
                                 const EntStoredText *texts);
/** Whether what is required is there, what is unique is new and what is referred to exists. */
gboolean ent_inserter_check_row (EntInserter *self,
                                 GError     **error);
/** Into the table, or with those that wait for it, and into the digest. */
gboolean ent_inserter_write_row (EntInserter *self,
                                 gint64       row,
                                 const EntId *id,
                                 GError     **error);

G_END_DECLS
