/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlcipher/sqlite3.h>

#include "store/ent-store.h"

G_BEGIN_DECLS

/* For src/store/ only. */

/** SQLite's own way to files, except that a large transaction can have its write-ahead log written in large pieces. The
 * name is for sqlite3_open_v2(); sqlite3_config() must come before. Any thread. */
const char *ent_wal_file_get_vfs (void);

/** From here on what @db adds to its log is kept together until it is a hundred kilobytes, and the disk begins to write
 * what there is: SQLite writes each page of a log by two calls and waits for the disk at the end, for a million rows a
 * quarter of the time. Inside a transaction; needs synchronous=FULL, by which a commit writes what is left. The thread
 * of @db, as the next. */
void        ent_wal_file_begin   (sqlite3 *db);

/** After the transaction was committed or rolled back. What is left then belongs to nothing and is forgotten: others may
 * have written there since. Without a begin nothing happens. */
void        ent_wal_file_end     (sqlite3 *db);

G_END_DECLS
