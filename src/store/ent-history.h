/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-packed.h"
#include "store/ent-store-private.h"

G_BEGIN_DECLS

/* Reading the journal, on a given connection. */

/** One line of `change` as it is stored. */
typedef struct
{
  gint64      seq;
  gint64      txn;
  EntKey      key;
  EntKey      upto; /* 0: not a run */
  EntChangeOp op;
  char       *field;
  EntPacked   old_value;
  EntPacked   new_value;
} EntJournalChange;

void                ent_journal_change_clear (EntJournalChange *self);
/** An array of lines that clears what it holds. */
GArray             *ent_journal_lines_new    (void);
/** Appends the lines that @statement yields: seq, txn, key, upto, op, field, old, new. */
gboolean            ent_journal_read_lines   (EntConnection *connection,
                                              sqlite3_stmt  *statement,
                                              GArray        *lines,
                                              GError       **error);
#define ENT_JOURNAL_COLUMNS "seq, txn, key, upto, op, field, old, new"

/** First and last `change.seq` of a transaction; @last is before @first when it has none. */
gboolean            ent_journal_get_range    (EntConnection *connection,
                                              gint64         txn,
                                              gint64        *first,
                                              gint64        *last,
                                              GError       **error);
/** The lines about one record after the transaction @after, newest first; those of its run included. */
GArray             *ent_journal_read_record  (EntConnection *connection,
                                              EntKey         key,
                                              gint64         after,
                                              GError       **error);
/** @where: the rest of a SELECT over txn with up to two integers. (transfer full) */
GPtrArray          *ent_journal_read_infos   (EntConnection *connection,
                                              const char    *where,
                                              gint64         first,
                                              gint64         second,
                                              GError       **error);
/** Takes back all that happened to @record after transaction @last; @existed: out. */
gboolean            ent_history_rewind       (EntConnection *connection,
                                              EntRecord     *record,
                                              gint64         last,
                                              gboolean      *existed,
                                              GError       **error);
/** The field of a type by the name of its column. (nullable) */
const EntField     *ent_journal_lookup_field (const EntRecordType *type,
                                              const char          *column);

G_END_DECLS
