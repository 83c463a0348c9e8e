/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-private.h"

G_BEGIN_DECLS

/* For src/exchange/ only: how a report comes about. */

struct _EntImportReport
{
  gatomicrefcount ref_count;
  guint64         n_read, n_created, n_updated, n_unchanged, n_refused, n_created_ends;
  guint           n_choices;
  gboolean        is_dry_run;
  gint64          seq;

  EntSchema      *schema;
  GStrv           columns;
  GPtrArray      *readers;  /* per column, EntCellReader or NULL */
  GArray         *problems; /* of Problem */
  GByteArray     *texts;    /* values and reasons, NUL-terminated */
  gboolean        is_sorted;
  GMutex          lock;     /* of the readers */
};

EntImportReport *ent_import_report_new     (const EntImportPlan *plan,
                                            const char          *currency);
/** @column -1: the whole row. @reason NULL: what the reader of the column says of @value. */
void             ent_import_report_add     (EntImportReport *self,
                                            guint64          line,
                                            EntProblemLevel  level,
                                            int              column,
                                            const char      *value,
                                            const char      *reason);
/** Nothing more will come. */
void             ent_import_report_seal    (EntImportReport *self);

G_END_DECLS
