/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlcipher/sqlite3.h>

G_BEGIN_DECLS

/*
 * EntHeldRows:
 *
 * Rows that wait to be inserted, as a table that SQLite reads: one statement then takes many of them, and neither binds
 * values nor opens the table per row. A virtual table of the connection ("The Virtual Table Mechanism Of SQLite", section
 * 2.2 on eponymous-only tables); one a connection at a time. Texts and blobs are borrowed until ent_held_rows_clear().
 * Thread: the connection's.
 */
typedef struct _EntHeldRows EntHeldRows;

#define ENT_HELD_ROWS_TABLE "ent_held_rows" /* its columns are c1, c2, … */
#define ENT_HELD_ROWS_MAX   64

/** Rows of @width values in connection @db, which must outlive it. @code: what SQLite said. (nullable) */
EntHeldRows *ent_held_rows_new      (sqlite3 *db,
                                     guint    width,
                                     int     *code);
/** Statements that read them must have been finalized. */
void         ent_held_rows_free     (EntHeldRows *self);
/** How many there are; the one that is being made counts from ent_held_rows_add(). */
guint        ent_held_rows_get_n    (const EntHeldRows *self);
/** Begins a row, of NULLs; there must be fewer than ENT_HELD_ROWS_MAX. */
void         ent_held_rows_add      (EntHeldRows *self);
void         ent_held_rows_clear    (EntHeldRows *self);

/** These set a value of the row that was added last. @column: from 1. */
void         ent_held_rows_set_int  (EntHeldRows *self,
                                     guint        column,
                                     gint64       integer);
void         ent_held_rows_set_text (EntHeldRows *self,
                                     guint        column,
                                     const char  *text,
                                     gsize        length);
void         ent_held_rows_set_blob (EntHeldRows *self,
                                     guint        column,
                                     const void  *bytes,
                                     gsize        length);
/** A text of four bytes at most, of which a copy is kept. */
void         ent_held_rows_set_code (EntHeldRows *self,
                                     guint        column,
                                     const char  *text,
                                     gsize        length);

G_END_DECLS
