/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange/ent-table-source.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

/** Readable bytes that must follow the data given to the scanner: it looks at 64 bytes at once. */
#define ENT_CSV_PADDING 64

/** Where a cell lies in the data: the bytes [start, end), escapes still in. */
typedef struct
{
  guint32 start;
  guint32 end;
  guint8  quoted;
  guint8  escaped; /* holds doubled, escaped or stray quotes */
  guint8  first_line; /* begins on the record's first line */
} EntCsvSpan;

typedef enum
{
  ENT_CSV_SCAN_ROW,
  ENT_CSV_SCAN_BLANK,     /* a line with nothing on it */
  ENT_CSV_SCAN_NEED_MORE, /* the record goes on after the data */
  ENT_CSV_SCAN_END,       /* no data left */
} EntCsvScan;

/**
 * EntCsvScanner:
 *
 * Finds the cells of one record without changing the data, so that a record with damaged quoting
 * can be read again in another way. Quotes that close nothing are ordinary characters (`abc"def`,
 * `"abc"def"`), any line end is accepted, blanks around quotes are passed over.
 */
typedef struct
{
  char        delimiter;
  char        quote;  /* 0: none */
  char        escape; /* '\\' or 0 */

  EntCsvSpan *spans;
  guint       n_spans;
  guint       n_allocated;
  gsize       next;    /* where the next record begins */
  guint       n_lines; /* how many line ends were passed */
  gboolean    stray;   /* a quote closed nothing */
  gboolean    open;    /* the data ended inside quotes */
} EntCsvScanner;

void       ent_csv_scanner_init   (EntCsvScanner       *self,
                                   const EntCsvDialect *dialect);
void       ent_csv_scanner_clear  (EntCsvScanner *self);
/** Finds the record at the start of @data. @literal: number of the cell whose opening quote is an
 * ordinary character, or -1. */
EntCsvScan ent_csv_scanner_scan   (EntCsvScanner *self,
                                   const char    *data,
                                   gsize          length,
                                   gboolean       at_end,
                                   int            literal);
/** As scan(), and when the record has not @expected cells (0: any) and a quote is to blame, the
 * reading that has. */
EntCsvScan ent_csv_scanner_read   (EntCsvScanner    *self,
                                   const char       *data,
                                   gsize             length,
                                   gboolean          at_end,
                                   guint             expected,
                                   EntTableRowFlags *flags);
/** Takes the escapes out of the cells found, in place, and ends each with a NUL. @cells: n_spans
 * of them. */
void       ent_csv_scanner_finish (EntCsvScanner *self,
                                   char          *data,
                                   EntCell       *cells);

G_END_DECLS
