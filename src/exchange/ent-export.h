/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-table-source.h"
#include "store/ent-query.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_EXPORT_CSV,  /* RFC 4180, UTF-8 */
  ENT_EXPORT_JSON, /* an array of objects */
  ENT_EXPORT_XLSX,
} EntExportFormat;

typedef enum
{
  ENT_EXPORT_BOM    = 1 << 0, /* CSV: begin with a byte order mark, which Excel wants */
  ENT_EXPORT_NESTED = 1 << 1, /* JSON: with each record its child lines and its links */
  ENT_EXPORT_BARE   = 1 << 2, /* without the columns `id` and `code` when all fields are exported */
  ENT_EXPORT_DISCREET = 1 << 3, /* without sensitive fields when all fields are exported */
} EntExportFlags;

/**
 * EntExportOptions:
 *
 * Which records and columns. Plain data; zero-initialised but for the query's type it means: every
 * live record, every field that any of them fills.
 */
typedef struct
{
  EntQuery            query;
  /* names, also `id` and `code`; NULL: id, code and all fields in use */
  const char * const *fields;
  EntExportFlags      flags;
} EntExportOptions;

/** By the name's ending: .json, .xlsx, else CSV. */
EntExportFormat ent_export_format_for_path (const char *path);

/**
 * ent_export:
 *
 * Writes the records that @options describe to @path, replacing it only when all is written, mode
 * 0600. What is written as CSV or JSON imports again to the same values: interchange form of
 * ent_value_write(), references as `ref:KEY` when their target has one, else as its id (a short
 * code means another record in another workspace). In CSV a text that a spreadsheet would run as a
 * formula gets a leading apostrophe, which our import takes off again. A workbook is for reading:
 * labels, titles of references, typed cells; an amount has its currency beside it. Returns how many
 * records, -1 on error. Blocks.
 */
gint64          ent_export                 (EntStore               *store,
                                            const char             *path,
                                            EntExportFormat         format,
                                            const EntExportOptions *options,
                                            EntProgressFunc         progress,
                                            gpointer                user_data,
                                            GCancellable           *cancellable,
                                            GError                **error);

G_END_DECLS
