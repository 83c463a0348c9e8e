/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store-private.h"

G_BEGIN_DECLS

/* Inside recovery: ent-recover.c reads tables through their trees, ent-recover-pages.c what the trees lost. */

typedef struct
{
  gint64 first;
  gint64 last;
} EntRange;

/** What of a record type could not be read. */
typedef struct
{
  const EntRecordType *type;
  GArray              *gaps;     /* of EntRange, ascending */
  GArray              *found;    /* of gint64: rows of the gaps that were found after all */
  gint64               n_copied;
  gboolean             is_unlisted; /* its table is not known, nor how many rows it had */
  gint64               n_refused; /* read, but not what the columns should hold */
} EntLostRows;

typedef struct
{
  const char        *path;
  const EntStoreKey *key;
  EntConnection     *damaged;
  EntConnection     *fresh;
  GCancellable      *cancellable;
  GString           *report;
  gint64             n_lost_rows;
  GPtrArray         *lost;       /* of EntLostRows */

  /* The table at hand. */
  const char        *table;
  GString           *columns;    /* those that both files have, quoted */
  guint              n_columns;
  gboolean           is_missing; /* the damaged file does not list it; the columns are the new file's then */
  sqlite3_stmt      *insert;
  gint64             n_copied;
  gint64             n_refused;
  guint              n_failures;
  gboolean           leaves_gaps; /* ranges are read from both ends only */
} EntSalvage;

/** Makes @table the one at hand. */
gboolean ent_salvage_begin_table    (EntSalvage *self,
                                     const char *table,
                                     GError    **error);
/** Writes what @row holds from @first_column on into the table at hand. FALSE only when the new file cannot be
 * written. */
gboolean ent_salvage_copy_row       (EntSalvage   *self,
                                     sqlite3_stmt *row,
                                     int           first_column,
                                     GError      **error);
/** After a failure SQLite may refuse all further work on a connection: then a new one is opened. */
gboolean ent_salvage_ensure_damaged (EntSalvage *self,
                                     GError    **error);

/** Looks through all pages of the file for rows of `lost`. */
gboolean ent_salvage_pages          (EntSalvage *self,
                                     GError    **error);

/* --- ent-recover-report.c --- */

/** Of a type of records, when all was looked for. */
void ent_salvage_report_type  (EntSalvage  *self,
                               EntLostRows *lost);
/** Of another table, with the ranges of rows that could not be read. */
void ent_salvage_report_other (EntSalvage *self,
                               const char *label,
                               GArray     *gaps);

G_END_DECLS
