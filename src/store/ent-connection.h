/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlcipher/sqlite3.h>

#include "store/ent-store.h"

G_BEGIN_DECLS

/* For src/store/ only: nothing outside this folder sees SQL. */

/**
 * EntConnection:
 *
 * One sqlite3 connection with its cache of prepared statements; used by one thread at a time.
 */
typedef struct _EntConnection EntConnection;

EntConnection *ent_connection_open    (const char        *path,
                                       const EntStoreKey *key,
                                       gboolean           read_only,
                                       GError           **error);
void           ent_connection_free    (EntConnection *self);
sqlite3       *ent_connection_get_db  (EntConnection *self);
/** A cached statement, reset and without bindings; owned by the connection, valid until it is asked for
 * again. @sql: a literal or a text built from schema names only. */
sqlite3_stmt  *ent_connection_prepare (EntConnection *self,
                                       const char    *sql,
                                       GError       **error);
/* The writer's page cache. Rows that are only added need few pages at hand, and memory that is touched for the first
 * time costs more than writing a page out. */
#define ENT_SQL_LARGE_CACHE "PRAGMA cache_size=-65536"
#define ENT_SQL_SMALL_CACHE "PRAGMA cache_size=-4096"

gboolean       ent_connection_exec    (EntConnection *self,
                                       const char    *sql,
                                       GError       **error);
/** The same for one statement that is used often (BEGIN): it is kept prepared. */
gboolean       ent_connection_run     (EntConnection *self,
                                       const char    *sql,
                                       GError       **error);
/** Steps once: SQLITE_ROW or SQLITE_DONE; another code with @error set in the words of EntStoreErrorCode. */
int            ent_connection_step    (EntConnection *self,
                                       sqlite3_stmt  *statement,
                                       GError       **error);
/** Sets @error from the connection's last failure; returns FALSE. */
gboolean       ent_connection_fail    (EntConnection *self,
                                       int            code,
                                       GError       **error);
/** Cancels statements of the connection while @cancellable is cancelled (progress handler); NULL ends it. */
void           ent_connection_set_cancellable (EntConnection *self,
                                               GCancellable  *cancellable);

typedef enum
{
  ENT_CONNECTION_READ,
  ENT_CONNECTION_WRITE,
  ENT_CONNECTION_COPY,    /* the target of a backup: a new file, not yet a workspace */
  ENT_CONNECTION_SALVAGE, /* reads what it can of a damaged file */
} EntConnectionMode;
EntConnection *ent_connection_open_as (const char        *path,
                                       const EntStoreKey *key,
                                       EntConnectionMode  mode,
                                       GError           **error);
/** Binds @text or NULL, borrowed until the step. */
void           ent_connection_bind_text (sqlite3_stmt *statement,
                                         int           index,
                                         const char   *text);

/** Borrows a read-only connection from the pool; waits when all are lent. */
EntConnection *ent_store_acquire_reader (EntStore *store,
                                         GError  **error);
void           ent_store_release_reader (EntStore      *store,
                                         EntConnection *connection);

/* --- Writing what is not a record ------------------------------------------------------------------- */

/** Runs @func on the writer thread between BEGIN IMMEDIATE and COMMIT, outside the journal: for settings,
 * saved views, positions, the search index. Blocks. */
gboolean ent_store_write_aside (EntStore     *store,
                                gboolean    (*func) (EntStore      *store,
                                                     EntConnection *connection,
                                                     gpointer       data,
                                                     GError       **error),
                                gpointer      data,
                                GError      **error);
/** Called on the writer thread after each commit (and with seq 0 after another process's), before the
 * call that wrote returns: for what mirrors the file in memory. Counts until the store is closed. */
typedef void (*EntCommitHook) (EntStore   *store,
                               EntChanges *changes,
                               gpointer    user_data);
void     ent_store_add_commit_hook (EntStore      *store,
                                    EntCommitHook  hook,
                                    gpointer       user_data,
                                    GDestroyNotify user_data_free);

/* --- Full text -------------------------------------------------------------------------------------- */

/** (Re)writes the search index entries of rows @first to @last of a type, on a writing connection. */
gboolean ent_search_write (EntConnection       *connection,
                           const EntRecordType *type,
                           gint64               first,
                           gint64               last,
                           GError             **error);

/* --- Values in SQL ----------------------------------------------------------------------------------- */

/** Column list of fields for SELECT, quoted: `"title","arr","arr_currency"`. Money takes two columns. */
void     ent_sql_append_columns (GString             *sql,
                                 const EntRecordType *type,
                                 const guint         *fields,  /* NULL: all */
                                 gsize                n_fields);
/** Binds a value at *index and moves past it (money: two). The text is borrowed until the step. */
void     ent_sql_bind_value     (sqlite3_stmt   *statement,
                                 int            *index,
                                 const EntField *field,
                                 const EntValue *value);
/** Reads a value at *column and moves past it. Damaged content reads as NULL. */
void     ent_sql_read_value     (sqlite3_stmt   *statement,
                                 int            *column,
                                 const EntField *field,
                                 EntValue       *value);
/** Quoted table name: "\"case\"". */
const char *ent_sql_table       (const EntRecordType *type);

G_END_DECLS
