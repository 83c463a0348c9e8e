/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ENT_CSV_ESCAPE_DOUBLING,  /* "a ""quoted"" word" */
  ENT_CSV_ESCAPE_BACKSLASH, /* "a \"quoted\" word" */
} EntCsvEscape;

/** Readers take any line end anywhere; this is what was found. */
typedef enum
{
  ENT_CSV_LINE_END_LF,
  ENT_CSV_LINE_END_CRLF,
  ENT_CSV_LINE_END_CR,
} EntCsvLineEnd;

/**
 * EntCsvDialect:
 *
 * How a text table is written. Plain data: a dialog shows it, changes it and opens the file again.
 */
typedef struct
{
  /* interned: "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", any iconv name */
  const char   *encoding;
  char          delimiter;  /* ',' ';' TAB '|' ' ' …; ',' when there is one column */
  char          quote;      /* '"', '\'', or 0 for none */
  EntCsvEscape  escape;
  EntCsvLineEnd line_end;
  gboolean      has_bom;
  gboolean      has_header; /* the first line after skip_lines names the columns */
  guint         skip_lines; /* blank lines and preamble before the header */
} EntCsvDialect;

/** What the user fixed beforehand; zero-initialised: nothing. */
typedef struct
{
  const char *encoding;
  char        delimiter;
} EntCsvHints;

#define ENT_CSV_SNIFF_BYTES (128 * 1024)

/**
 * ent_csv_sniff:
 *
 * Guesses how the table that begins with @bytes is written (the first ENT_CSV_SNIFF_BYTES suffice).
 * Never fails: what cannot be told is UTF-8, comma, double quotes, with header. @hints may be NULL.
 * Any thread.
 */
void         ent_csv_sniff                (const guint8      *bytes,
                                           gsize              length,
                                           const EntCsvHints *hints,
                                           EntCsvDialect     *dialect);
/** "Semicolon", for a dialog. (transfer none) */
const char  *ent_csv_delimiter_get_label  (char delimiter);
/** Reads "tab", "\t", "semicolon", ";" …; 0 with @error set for what cannot separate columns. */
char         ent_csv_delimiter_parse      (const char *text,
                                           GError    **error);
/** Interned canonical name of an encoding that can be read; NULL with @error set. */
const char  *ent_csv_encoding_parse       (const char *text,
                                           GError    **error);
/** What to offer in a menu, likeliest first; NULL-terminated. (transfer none) */
const char * const *ent_csv_get_encodings (void);

G_END_DECLS
