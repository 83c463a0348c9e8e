/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntCsvWriter:
 *
 * Writes RFC 4180: commas, double quotes, CRLF, UTF-8. The file takes its name only when all is
 * written, and only its owner may read it.
 */
typedef struct _EntCsvWriter EntCsvWriter;

EntCsvWriter *ent_csv_writer_new      (const char    *path,
                                       gboolean       with_bom,
                                       GError       **error);
/** Throws away what was not closed. */
void          ent_csv_writer_free     (EntCsvWriter  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCsvWriter, ent_csv_writer_free)
/** A cell as it is: a number, a date. NULL is empty. */
void          ent_csv_writer_add      (EntCsvWriter  *self,
                                       const char    *text,
                                       gssize         length);
/** A cell of text that came from somebody: what a spreadsheet would run as a formula gets an
 * apostrophe in front. */
void          ent_csv_writer_add_text (EntCsvWriter  *self,
                                       const char    *text);
void          ent_csv_writer_end_row  (EntCsvWriter  *self);
gboolean      ent_csv_writer_close    (EntCsvWriter  *self,
                                       GError       **error);

/** A file that takes its name when it is complete: as above, for any bytes. */
typedef struct _EntSafeFile EntSafeFile;

EntSafeFile *ent_safe_file_new   (const char   *path,
                                  GError      **error);
void         ent_safe_file_free  (EntSafeFile  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSafeFile, ent_safe_file_free)
/** A failure is kept and told by close. */
void         ent_safe_file_write (EntSafeFile  *self,
                                  const void   *bytes,
                                  gsize         length);
/** For libraries that write a file by name themselves. */
const char  *ent_safe_file_get_path (EntSafeFile *self);
gboolean     ent_safe_file_close (EntSafeFile  *self,
                                  GError      **error);

G_END_DECLS
