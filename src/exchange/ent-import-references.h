/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-batch.h"
#include "exchange/ent-import-report.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

typedef enum
{
  ENT_REFERENCE_FOUND,
  ENT_REFERENCE_EMPTY,   /* names nothing and may be left out; a warning was given */
  ENT_REFERENCE_LATER,   /* names a row of the file that is not there yet */
  ENT_REFERENCE_REFUSED, /* reported */
  ENT_REFERENCE_FAILED,  /* @error is set: the import cannot go on */
} EntReferenceResult;

/**
 * EntReferences:
 *
 * Turns the texts of reference cells into keys, and makes what is missing where the plan says so.
 */
typedef struct _EntReferences EntReferences;

EntReferences     *ent_references_new     (EntTransaction      *transaction,
                                           const EntImportPlan *plan,
                                           EntImportReport     *report,
                                           EntIndex            *names,
                                           guint64              expected,
                                           GError             **error);
void               ent_references_free    (EntReferences *self);
/** @value: from text to key or keys; of several the caller clears it. @is_last: rows that are not
 * there now will not come. */
EntReferenceResult ent_references_resolve (EntReferences  *self,
                                           const EntImportSlot *slot,
                                           guint64         line,
                                           gboolean        is_last,
                                           EntValue       *value,
                                           GError        **error);
/** A row that was written. */
void               ent_references_add     (EntReferences *self,
                                           EntKey         key,
                                           const char    *ref,
                                           const char    *title);

G_END_DECLS
