/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-batch.h"
#include "exchange/ent-import-report.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntImportWriter:
 *
 * The half of an import that runs inside the transaction: takes batches of rows and makes and
 * changes records of them.
 */
typedef struct _EntImportWriter EntImportWriter;

/** @names: what rows of the file may be called by other rows (nullable), taken. @expected: rows. */
EntImportWriter *ent_import_writer_new    (EntTransaction  *transaction,
                                           EntImportPlan   *plan,
                                           EntRowReader    *reader,
                                           EntImportReport *report,
                                           EntIndex        *names,
                                           guint64          expected,
                                           GError         **error);
void             ent_import_writer_free   (EntImportWriter *self);
gboolean         ent_import_writer_write  (EntImportWriter *self,
                                           EntBatch        *batch,
                                           GError         **error);
/** Does what had to wait for the last row. */
gboolean         ent_import_writer_finish (EntImportWriter *self,
                                           GError         **error);

/** Whether a reference of this plan may name a row of the same file. */
gboolean         ent_import_refers_to_itself (const EntImportPlan *plan);

G_END_DECLS
