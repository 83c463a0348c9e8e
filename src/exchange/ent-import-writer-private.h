/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-import-keys.h"
#include "exchange/ent-import-late.h"
#include "exchange/ent-import-references.h"
#include "exchange/ent-import-writer.h"

G_BEGIN_DECLS

/* For ent-import-writer.c and ent-import-records.c only. */

/** More rows than this that change records made by this import are not kept waiting. */
#define ENT_MAX_LATE 20000

/* A reference to a row that comes further down. */
typedef struct
{
  EntKey   key;
  guint    slot;
  char    *text;
  guint64  line;
} Pending;

typedef struct
{
  const EntField *field;
  int             slot; /* -1: no column holds it */
} Required;

struct _EntImportWriter
{
  EntTransaction      *transaction;
  EntImportPlan       *plan;
  EntImportReport     *report;
  const EntImportSlot *slots;
  guint                n_slots;
  guint64              expected;

  const EntRecordType *type;     /* as the transaction knows it */
  guint               *fields;   /* of the slots, in that type */
  EntValue            *defaults; /* of the slots */
  GArray              *required; /* of Required: what a new record must have */
  gboolean             has_ids;
  EntInserter         *inserter; /* NULL: none open */
  EntImportKeys       *keys;
  EntReferences       *references;
  EntIndex            *names;
  GArray              *pending;  /* of Pending */
  EntLateRows         *late;
  GArray              *waiting;  /* of Pending: of the row that is being written, texts borrowed */
  EntBatch            *batch;
  guint                next_problem;
};

/** A row's own fault is reported and the import goes on; else FALSE with @error set. Takes
 * @cause. */
gboolean ent_import_writer_refuse  (EntImportWriter   *self,
                                    guint64            line,
                                    GError            *cause,
                                    GError           **error);
/** @key 0: the row was refused. */
gboolean ent_import_writer_create  (EntImportWriter   *self,
                                    const EntBatchRow *row,
                                    EntValue          *values,
                                    EntKey            *key,
                                    GError           **error);
gboolean ent_import_writer_update  (EntImportWriter   *self,
                                    EntKey             key,
                                    guint64            line,
                                    const EntValue    *values,
                                    GError           **error);
/** Ends the run of insertions and does what waited for it. */
gboolean ent_import_writer_do_late (EntImportWriter   *self,
                                    GError           **error);

G_END_DECLS
