/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-csv-writer.h"
#include "exchange/ent-export.h"

G_BEGIN_DECLS

/* Shared by the files of the export; nobody else includes it. */

typedef enum
{
  ENT_COLUMN_ID,
  ENT_COLUMN_CODE,
  ENT_COLUMN_FIELD,
} EntExportColumnKind;

typedef struct
{
  EntExportColumnKind kind;
  const EntField     *field;
} EntExportColumn;

typedef struct
{
  EntStore            *store;
  EntSchema           *schema;
  const EntRecordType *type;
  EntExportFlags       flags;
  GArray              *columns; /* of EntExportColumn */
  GHashTable          *names;   /* EntKey → what a reference is written as */
  GCancellable        *cancellable;
} EntExport;

/** One format. */
typedef struct
{
  gpointer (*begin) (EntExport  *export,
                     const char *path,
                     gsize       n_records,
                     GError    **error);
  gboolean (*record) (EntExport *export,
                      gpointer   sink,
                      EntRecord *record,
                      GError   **error);
  /* Frees @sink; what was written counts only with @error NULL before. */
  gboolean (*end)   (EntExport  *export,
                     gpointer    sink,
                     gboolean    ok,
                     GError    **error);
} EntExportSink;

extern const EntExportSink ent_export_csv;
extern const EntExportSink ent_export_json;
extern const EntExportSink ent_export_xlsx;

/** A value in interchange form, references by name. (transfer full) (nullable) */
char       *ent_export_write_value (EntExport      *export,
                                    const EntField *field,
                                    const EntValue *value);
/** How a reference is written: `ref:KEY` or the id. (transfer none) */
const char *ent_export_get_name    (EntExport *export,
                                    EntKey     key);
/** Learns the names of all that @records refer to, in few reads. */
gboolean    ent_export_learn_names (EntExport *export,
                                    GPtrArray *records,
                                    GError   **error);

G_END_DECLS
