/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-csv-dialect.h"

G_BEGIN_DECLS

#define ENT_EXCHANGE_ERROR (ent_exchange_error_quark ())
GQuark ent_exchange_error_quark (void);

/** Each message is one sentence that says what, where and what to do. */
typedef enum
{
  ENT_EXCHANGE_ERROR_READ,    /* the file cannot be read or decoded */
  ENT_EXCHANGE_ERROR_EMPTY,   /* nothing in it */
  ENT_EXCHANGE_ERROR_FORMAT,  /* not a table */
  ENT_EXCHANGE_ERROR_MAPPING, /* no such column or field */
  ENT_EXCHANGE_ERROR_WRITE,   /* the file cannot be written */
} EntExchangeErrorCode;

typedef enum
{
  ENT_TABLE_CSV,
  ENT_TABLE_JSON, /* an array of objects, as ent_export() writes it */
} EntTableFormat;

/** One cell; @text is NUL-terminated valid UTF-8 that lives until the next row is read. */
typedef struct
{
  char   *text;
  guint32 length;
  guint32 quoted; /* "" and an empty cell differ */
} EntCell;

typedef enum
{
  ENT_TABLE_ROW_REPAIRED  = 1 << 0, /* a quote that closes nothing was read as a character */
  ENT_TABLE_ROW_OPEN      = 1 << 1, /* the file ended inside quotes */
  ENT_TABLE_ROW_BAD_BYTES = 1 << 2, /* bytes that are no characters became U+FFFD */
} EntTableRowFlags;

/** One row, ragged as it is in the file: fewer or more cells than there are columns. */
typedef struct
{
  guint64          line;     /* on which it begins, from 1; of JSON: which object, from 1 */
  guint            n_cells;
  EntTableRowFlags flags;
  EntCell         *cells;
} EntTableRow;

/**
 * EntTableSource:
 *
 * Reads a table file row by row in constant memory: bytes → characters → cells, damaged quoting
 * repaired where the number of columns tells how. Reference counted; used by one thread at a time.
 */
typedef struct _EntTableSource EntTableSource;

/** Opens a file by content (JSON array or delimited text). @dialect NULL: sniffed. Errors: EMPTY,
 * READ, FORMAT (a spreadsheet workbook, a PDF …: says how to save it as CSV). (transfer full) */
EntTableSource      *ent_table_source_open         (const char           *path,
                                                    const EntCsvDialect  *dialect,
                                                    const EntCsvHints    *hints,
                                                    GError              **error);
/** The same over bytes in memory, say a pasted table. (transfer full) */
EntTableSource      *ent_table_source_new_for_bytes (GBytes               *bytes,
                                                     const EntCsvDialect  *dialect,
                                                     const EntCsvHints    *hints,
                                                     GError              **error);
EntTableSource      *ent_table_source_ref          (EntTableSource *self);
void                 ent_table_source_unref        (EntTableSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTableSource, ent_table_source_unref)

EntTableFormat       ent_table_source_get_format   (EntTableSource *self);
/** (transfer none) */
const EntCsvDialect *ent_table_source_get_dialect  (EntTableSource *self);
/** Shown name of the file: "partners.csv"; "Pasted table" for bytes. (transfer none) */
const char          *ent_table_source_get_name     (EntTableSource *self);
/** Column names, unique and never empty ("Column 3" where the header has none). (transfer none) */
const char * const  *ent_table_source_get_columns  (EntTableSource *self,
                                                    guint          *n_columns);
/** Size of the file and how much of it was read, in bytes: for progress. */
guint64              ent_table_source_get_size     (EntTableSource *self);
guint64              ent_table_source_get_position (EntTableSource *self);
/** Reads the next row. FALSE at the end, or with @error set. Blank lines are passed over. */
gboolean             ent_table_source_next         (EntTableSource  *self,
                                                    EntTableRow     *row,
                                                    GError         **error);
/** Back to the first row after the header. */
gboolean             ent_table_source_rewind       (EntTableSource *self,
                                                    GError        **error);

G_END_DECLS
