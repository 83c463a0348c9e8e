/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-connection.h"
#include "store/ent-store.h"
#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Inside src/store/: what the files of the store core share. */

typedef struct _EntWriter EntWriter;
typedef struct _EntWatch EntWatch;
typedef struct _EntTitles EntTitles;

struct _EntStore
{
  GObject parent_instance;

  char         *path;
  EntStoreKey   key;
  gboolean      has_key;
  gboolean      read_only;
  EntId         id;
  GMainContext *context; /* where `changed` is emitted */

  GMutex        lock; /* of all that follows */
  EntSchema    *schema;
  GPtrArray    *old_schemas; /* record types that callers borrowed must stay */
  GCond         reader_freed;
  GQueue        readers;     /* idle ones */
  guint         n_lent;
  gboolean      is_closing;  /* takes no more writes */
  gboolean      is_closed;   /* nor reads */
  GArray       *hooks;       /* of CommitHook */
  GArray       *guards;      /* see ent-guard.c */
  EntTitles    *titles;

  EntWriter    *writer; /* NULL when read-only */
  int           is_settling; /* atomic: indexes are missing for a moment, see ent_transaction_drop_index() */
  EntWatch     *watch;
};

/* --- ent-store.c --- */

/** Takes over the schema of the file as @connection sees it. */
gboolean    ent_store_reload_schema (EntStore      *self,
                                     EntConnection *connection,
                                     GError       **error);
/** Tells hooks, caches and listeners. @changes: transfer none. On the writer thread. */
void        ent_store_notify        (EntStore   *self,
                                     EntChanges *changes);
/** Sets the error that every function of a closed store gives; returns FALSE. */
gboolean    ent_store_fail_closed   (GError **error);
const char *ent_store_get_name      (EntStore *self); /* file name for messages; borrowed from the path */

/* --- ent-store-jobs.c --- */

/** Calls @complete, which returns the task's result, in the context of the task. Takes the task over. */
void        ent_task_complete       (GTask       *task,
                                     GSourceFunc  complete);

/* --- ent-changes.c --- */

EntChanges *ent_changes_new         (gint64      seq,
                                     guint64     types,
                                     GArray     *keys, /* (transfer full) (nullable): too many */
                                     const char *label);

/* --- ent-guard.c --- */

void        ent_guard_clear         (gpointer guard);
gsize       ent_guard_get_size      (void);

/* --- ent-titles.c --- */

EntTitles  *ent_titles_new          (void);
void        ent_titles_free         (EntTitles *self);
void        ent_titles_forget       (EntTitles        *self,
                                     const EntChanges *changes);

/* --- ent-draft.c --- */

/** Makes an empty file of mode 0600 beside @path, which must not exist; @draft is its name. */
gboolean    ent_draft_begin         (const char *path,
                                     char      **draft,
                                     GError    **error);
/** Gives the finished file its name, never replacing another; or, unless @is_good, removes it. */
gboolean    ent_draft_end           (const char *draft,
                                     const char *path,
                                     gboolean    is_good,
                                     GError    **error);

/* --- ent-migrate.c --- */

#define ENT_STORE_APPLICATION_ID 0x456e746e /* "Entn" */
#define ENT_STORE_VERSION 2

/** Brings the file to ENT_STORE_VERSION and adds tables and columns of declared types that it lacks. */
gboolean    ent_migrate             (EntConnection *connection,
                                     GError       **error);
/** Has the next ent_migrate() look for missing tables, columns and indexes. */
gboolean    ent_migrate_mark        (EntConnection *connection,
                                     GError       **error);
/** Whether the file can be read as it is: ent_migrate() would make indexes at most. */
gboolean    ent_migrate_is_current  (EntConnection *connection,
                                     gboolean      *is_current,
                                     GError       **error);

/* --- ent-tables.c --- */

gboolean    ent_tables_create_core  (EntConnection *connection,
                                     GError       **error);
/** Creates what is missing of the tables, columns and indexes of @schema. */
gboolean    ent_tables_add_types    (EntConnection *connection,
                                     EntSchema     *schema,
                                     GError       **error);
/** A text that is equal for schemas with equal tables. (transfer full) */
char       *ent_tables_fingerprint  (EntSchema *schema);
/** Whether the field has an SQL index of its own. */
gboolean    ent_field_has_index     (const EntField *field);
/** "organization__level"; of the titles with @field NULL. (transfer full) */
char       *ent_tables_index_name   (const EntRecordType *type,
                                     const EntField      *field);
/** The CREATE INDEX statement. (transfer full) */
char       *ent_tables_index_sql    (const EntRecordType *type,
                                     const EntField      *field);
/** Declared types plus the file's own fields and choices. (transfer full) */
EntSchema  *ent_tables_load_schema  (EntConnection *connection,
                                     GError       **error);

/* --- ent-read.c: the same reads on a given connection --- */

EntRecord  *ent_read_record         (EntConnection *connection,
                                     EntSchema     *schema,
                                     EntKey         key,
                                     GError       **error);
/** The type of a key; NULL and NOT_FOUND when there is none. */
const EntRecordType *ent_read_type  (EntSchema *schema,
                                     EntKey     key,
                                     GError   **error);
/** As ent_store_get_children() and ent_store_get_referrers(). (transfer full) */
GPtrArray  *ent_read_children       (EntConnection       *connection,
                                     EntKey               parent,
                                     const EntRecordType *child_type,
                                     GError             **error);
GPtrArray  *ent_read_referrers      (EntConnection  *connection,
                                     EntKey          key,
                                     const EntField *field,
                                     guint           limit,
                                     GError        **error);
/** Row numbers that @sql yields with up to two bound integers: element-type gint64. (transfer full) */
GArray     *ent_read_rows           (EntConnection *connection,
                                     const char    *sql,
                                     gint64         first,
                                     gint64         second,
                                     GError       **error);
/** First column of the first row, or @fallback. FALSE on error. */
gboolean    ent_read_int            (EntConnection *connection,
                                     const char    *sql,
                                     gint64         argument,
                                     gint64        *value,
                                     GError       **error);
/** (transfer full) (nullable) */
/** As ent_store_dup_author(). */
char       *ent_read_author         (EntConnection *connection);
char       *ent_read_setting        (EntConnection *connection,
                                     const char    *name);
/** Title of any record, binned or not, of the type's table. (transfer full) (nullable) */
char       *ent_read_title          (EntConnection *connection,
                                     EntSchema     *schema,
                                     EntKey         key);
/** "“Acme” (P-0042)" for messages. (transfer full) */
char       *ent_read_label          (EntConnection *connection,
                                     EntSchema     *schema,
                                     EntKey         key);

/* --- ent-resolve.c --- */

EntKey      ent_resolve             (EntConnection       *connection,
                                     EntSchema           *schema,
                                     const EntRecordType *type,
                                     const char          *text,
                                     GError             **error);

/* --- ent-transaction.c --- */

/** Builds the indexes that the last transaction dropped, on the writer thread. */
gboolean    ent_transaction_settle  (EntStore      *store,
                                     EntConnection *connection,
                                     GError       **error);

/* --- ent-writer.c --- */

typedef gboolean (*EntWriterFunc)   (EntStore      *store,
                                     EntConnection *connection,
                                     gpointer       data,
                                     GError       **error);
typedef void (*EntWriterDone)       (gboolean ok,
                                     GError  *error, /* (transfer full) */
                                     gpointer data);

EntWriter  *ent_writer_new          (EntStore      *store,
                                     EntConnection *connection); /* (transfer full) */
/** Finishes what is queued, then ends the thread; what comes later is refused. */
void        ent_writer_stop         (EntWriter *self);
/** Closes the connection of a stopped writer. */
void        ent_writer_close        (EntWriter *self);
void        ent_writer_free         (EntWriter *self);
/** Runs @func on the writer thread and waits. */
gboolean    ent_writer_run          (EntWriter    *self,
                                     EntWriterFunc func,
                                     gpointer      data,
                                     GError      **error);
void        ent_writer_push         (EntWriter    *self,
                                     EntWriterFunc func,
                                     EntWriterDone done,
                                     gpointer      data);
/** READ_ONLY when the store has no writer. */
gboolean    ent_store_require_writer (EntStore *self,
                                     GError  **error);
/** Waits until indexes that the last transaction dropped are there again. */
void        ent_store_wait_settled  (EntStore *self);
/** Asks the writer whether another process has committed; coalesced, does not block. */
void        ent_writer_poll         (EntWriter *self);

/* --- ent-watch.c --- */

EntWatch   *ent_watch_new           (EntStore *store);
void        ent_watch_free          (EntWatch *self);

G_END_DECLS
