/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * EntTransaction:
 *
 * The one way to change a workspace. A function runs on the writer thread between BEGIN IMMEDIATE and
 * COMMIT; each change it makes is checked against the schema, written, and recorded with its old and
 * new value in the journal, all in one SQLite transaction. If the function (or the commit) fails,
 * nothing happened. Never do I/O other than this store's inside one.
 */
typedef struct _EntTransaction EntTransaction;

typedef enum
{
  ENT_ORIGIN_USER,
  ENT_ORIGIN_IMPORT,
  ENT_ORIGIN_RULE,
  ENT_ORIGIN_SYNC,
  ENT_ORIGIN_SETUP, /* default and sample data: not offered by undo */
} EntOrigin;

typedef gboolean (*EntTransactionFunc) (EntTransaction *transaction,
                                        gpointer        user_data,
                                        GError        **error);

/** Runs @func in a transaction and blocks until it is on disk. A transaction that changes nothing is
 * not recorded (@seq 0). @label is what history and undo show: "Import 1,165 organizations". */
gboolean  ent_store_write         (EntStore            *store,
                                   const char          *label,
                                   EntOrigin            origin,
                                   EntTransactionFunc   func,
                                   gpointer             user_data,
                                   GCancellable        *cancellable,
                                   gint64              *seq,
                                   GError             **error);
/** The same without blocking; @user_data is freed by @data_free after the transaction, on any thread. */
void      ent_store_write_async   (EntStore            *store,
                                   const char          *label,
                                   EntOrigin            origin,
                                   EntTransactionFunc   func,
                                   gpointer             user_data,
                                   GDestroyNotify       data_free,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             callback_data);
gint64    ent_store_write_finish  (EntStore            *store, /* seq; -1 on error */
                                   GAsyncResult        *result,
                                   GError             **error);

/* --- Inside a transaction (on the writer thread) -------------------------------------------------- */

EntStore *ent_transaction_get_store    (EntTransaction *self);
EntSchema *ent_transaction_get_schema  (EntTransaction *self);
GCancellable *ent_transaction_get_cancellable (EntTransaction *self);
/** Who the journal will name. */
const char *ent_transaction_get_author (EntTransaction *self);
/** Replaces the label, for one that counts what was done. */
void      ent_transaction_set_label    (EntTransaction *self,
                                        const char     *label);

/** Stores a new record: fills defaults and required fields' check, makes its id and key and sets them
 * on @record. A record that already has a (non-zero) id keeps it. */
gboolean  ent_transaction_insert       (EntTransaction *self,
                                        EntRecord      *record,
                                        GError        **error);
/** Writes the dirty fields of a stored record. */
gboolean  ent_transaction_update       (EntTransaction *self,
                                        EntRecord      *record,
                                        GError        **error);
/** Sets one field; equal values change nothing. */
gboolean  ent_transaction_set          (EntTransaction *self,
                                        EntKey          key,
                                        const EntField *field,
                                        const EntValue *value,
                                        GError        **error);
/** To the bin, with its child lines and the links that end at it; APPEND_ONLY types and records with ledger
 * rows refuse. */
gboolean  ent_transaction_delete       (EntTransaction *self,
                                        EntKey          key,
                                        GError        **error);
/** From the bin, with what the same transaction put there. */
gboolean  ent_transaction_restore      (EntTransaction *self,
                                        EntKey          key,
                                        GError        **error);
/** Reads as the transaction sees it. (transfer full) */
EntRecord *ent_transaction_get         (EntTransaction *self,
                                        EntKey          key,
                                        GError        **error);
gboolean  ent_transaction_exists       (EntTransaction *self,
                                        EntKey          key); /* live */
/** As ent_store_resolve(). */
EntKey    ent_transaction_resolve      (EntTransaction      *self,
                                        const EntRecordType *type,
                                        const char          *text,
                                        GError             **error);
/** First live record of the field's type whose indexed @field equals @value; 0 when none. */
EntKey    ent_transaction_find         (EntTransaction *self,
                                        const EntField *field,
                                        const EntValue *value,
                                        GError        **error);

/** As ent_store_get_children() and ent_store_get_referrers(), as the transaction sees it. (transfer full) */
GPtrArray *ent_transaction_get_children  (EntTransaction      *self,
                                          EntKey               parent,
                                          const EntRecordType *child_type,
                                          GError             **error);
GPtrArray *ent_transaction_get_referrers (EntTransaction *self,
                                          EntKey          key,
                                          const EntField *field,
                                          guint           limit,
                                          GError        **error);

/** Adds a choice to an enum field for this workspace (journaled; undo takes it back). */
gboolean  ent_transaction_add_choice   (EntTransaction  *self,
                                        const EntField  *field,
                                        const EntChoice *choice,
                                        GError         **error);
/** Adds a field of the user's own (a real column x_NAME). The new schema counts after the commit. */
gboolean  ent_transaction_add_field    (EntTransaction       *self,
                                        const EntCustomField *field,
                                        GError              **error);

/**
 * EntGuardFunc:
 *
 * A rule of the program that may refuse a change people make. Called on the writer thread when a transaction of
 * origin USER has changed @field of @record, after everything is written and before it is committed, once a field.
 * @record is as it will be, @old_value as it was (NULL value in a new record). Returns FALSE with one sentence that
 * says what is missing and the next step; nothing is written then. Imports, sync, rules, set-up and undo are not
 * asked: what happened elsewhere is not refused here.
 */
typedef gboolean (*EntGuardFunc) (EntTransaction  *transaction,
                                  EntRecord       *record,
                                  const EntField  *field,
                                  const EntValue  *old_value,
                                  gpointer         user_data,
                                  GError         **error);
/** Counts until the store is closed. @type, @field: names. */
void      ent_store_add_guard    (EntStore            *store,
                                  const char          *type,
                                  const char          *field,
                                  EntGuardFunc         func,
                                  gpointer             user_data,
                                  GDestroyNotify       user_data_free);

/**
 * EntInserter:
 *
 * Many new records of one type with the same fields, as fast as SQLite inserts rows: values are bound
 * without copies, the journal gets one line per run of rows, and the secondary and full-text indexes of
 * a large run are brought up to date afterwards. Values must have been checked with ent_value_check()
 * or come from ent_value_read(); uniqueness, required fields and references are checked here.
 */
typedef struct _EntInserter EntInserter;

/** @fields: indexes in @type, without the system fields. @expected: how many rows will come, 0 unknown. */
EntInserter *ent_transaction_begin_insert (EntTransaction      *self,
                                           const EntRecordType *type,
                                           const guint         *fields,
                                           gsize                n_fields,
                                           gsize                expected,
                                           GError             **error);
/** @values: one per field given to begin; borrowed. @key: out, may be NULL. */
gboolean     ent_inserter_add             (EntInserter    *self,
                                           const EntValue *values,
                                           EntKey         *key,
                                           GError        **error);

/** What a value is in the file, where that is a text. */
typedef struct
{
  const char *text;   /* NULL: the value tells */
  gsize       length;
} EntStoredText;

/** What @value (a text or a list of texts) will be, written to @buffer when it is not so already; text NULL for other
 * values. With it another thread can do a part of the work. Any thread. */
EntStoredText ent_stored_text_make         (const EntValue *value,
                                            GString        *buffer);
/** The same as ent_inserter_add(). @texts: one per value, then the key of the title as ent_text_key() makes it. They, and
 * the texts of @values, must stay until ent_inserter_flush(): a row may wait for the next ones. */
gboolean      ent_inserter_add_prepared    (EntInserter         *self,
                                            const EntValue      *values,
                                            const EntStoredText *texts,
                                            EntKey              *key,
                                            GError             **error);
/** Writes the rows that wait; after a failure that took the transaction back they are only forgotten, and FALSE. */
gboolean      ent_inserter_flush           (EntInserter *self,
                                            GError     **error);
/** Ends the run (also after an error of add). Frees @self. */
gboolean     ent_inserter_end             (EntInserter *self,
                                           GError     **error);

/* --- Journal: history, undo, time travel, audit ---------------------------------------------------- */

typedef enum
{
  ENT_TRANSACTION_DO,
  ENT_TRANSACTION_UNDO,
  ENT_TRANSACTION_REDO,
} EntTransactionKind;

/** One line of the journal's table of transactions. */
typedef struct
{
  gint64             seq;
  gint64             at;     /* microseconds UTC */
  char              *label;
  char              *author;
  EntOrigin          origin;
  EntTransactionKind kind;
  gint64             target; /* of UNDO and REDO: which transaction; else 0 */
  gboolean           undone; /* its effect is taken back now */
  gint64             n_changes;
} EntTransactionInfo;

typedef enum
{
  ENT_CHANGE_CREATE,
  ENT_CHANGE_SET,
  ENT_CHANGE_DELETE,
  ENT_CHANGE_RESTORE,
  ENT_CHANGE_SCHEMA,  /* a choice or a custom field */
} EntChangeOp;

typedef struct
{
  gint64           transaction;
  EntChangeOp      op;
  EntKey           key;
  const EntField  *field;   /* of SET, else NULL */
  EntValue         old_value;
  EntValue         new_value;
} EntChange;

void       ent_transaction_info_free (EntTransactionInfo *self);
void       ent_change_free           (EntChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntTransactionInfo, ent_transaction_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntChange, ent_change_free)

/** Newest first, those before @before (0: from the newest). @key 0: of the whole workspace, else those that
 * touched that record or its child lines. Element-type EntTransactionInfo. (transfer full) */
GPtrArray *ent_store_get_history     (EntStore     *store,
                                      EntKey        key,
                                      gint64        before,
                                      guint         limit,
                                      GError      **error);
/** Changes of a transaction (only those of @key and its children when it is not 0), at most @limit. Element-type
 * EntChange. (transfer full) */
GPtrArray *ent_store_get_changes     (EntStore     *store,
                                      gint64        seq,
                                      EntKey        key,
                                      guint         limit,
                                      GError      **error);
/** One change of a field that still counts. */
typedef struct
{
  EntKey          key;
  const EntField *field;
  gint64          at; /* microseconds UTC */
  EntValue        old_value;
  EntValue        new_value;
} EntFieldChange;

/** Changes since @since (microseconds UTC) of these fields of one type, in all of its records, field by field, oldest first; not
 * those undone, nor the values that records were made with. Element-type EntFieldChange. (transfer full) */
GArray    *ent_store_get_field_changes (EntStore               *store,
                                        const EntField * const *fields,
                                        gsize                   n_fields,
                                        gint64                  since,
                                        GCancellable           *cancellable,
                                        GError                **error);
/** What undo (or redo) would do next; NULL without @error when there is nothing. (transfer full) */
EntTransactionInfo *ent_store_peek_undo (EntStore *store,
                                         GError  **error);
EntTransactionInfo *ent_store_peek_redo (EntStore *store,
                                         GError  **error);
/** Takes back transaction @seq, or the latest (0). CONFLICT when fields of it were changed later by
 * transactions that still count; the message names one. Returns what was undone. (transfer full) */
EntTransactionInfo *ent_store_undo      (EntStore     *store,
                                         gint64        seq,
                                         GCancellable *cancellable,
                                         GError      **error);
EntTransactionInfo *ent_store_redo      (EntStore     *store,
                                         GCancellable *cancellable,
                                         GError      **error);
/** The record as it was at the end of @at (microseconds UTC); NOT_FOUND when it did not exist yet or was in the
 * bin. (transfer full) */
EntRecord *ent_store_get_at             (EntStore *store,
                                         EntKey    key,
                                         gint64    at,
                                         GError  **error);

/* --- Care ------------------------------------------------------------------------------------------ */

typedef struct
{
  char    *what; /* one sentence */
  gboolean is_error;
} EntFinding;
void       ent_finding_free             (EntFinding *self);

/** Progress of a long job, called on its thread; @fraction 0..1 or -1. */
typedef void (*EntProgressFunc) (double      fraction,
                                 const char *what,
                                 gpointer    user_data);

/** SQLite integrity, foreign references, indexes against rows, search index, the journal's hash chain, and
 * created values against it. Element-type EntFinding; empty when all is well. (transfer full) */
GPtrArray *ent_store_check              (EntStore        *store,
                                         EntProgressFunc  progress,
                                         gpointer         user_data,
                                         GCancellable    *cancellable,
                                         GError         **error);
/** A consistent copy with the same key, verified by opening it. Refuses to overwrite. */
gboolean   ent_store_backup             (EntStore        *store,
                                         const char      *path,
                                         EntProgressFunc  progress,
                                         gpointer         user_data,
                                         GCancellable    *cancellable,
                                         GError         **error);
/** Makes a copy in @folder when the last one there is older than 15 minutes and something was written since,
 * and removes those that are no longer wanted: all are kept for a day, then one a day for 30 days. @now: seconds
 * since 1970 UTC. TRUE when nothing needed to be done as well. */
gboolean   ent_store_rolling_backup     (EntStore    *store,
                                         const char  *folder,
                                         gint64       now,
                                         GError     **error);
/** Which copies made at @times (ascending) are no longer wanted at @now; sets @drop for each. */
void       ent_rolling_choose           (const gint64 *times,
                                         gsize         n_times,
                                         gint64        now,
                                         gboolean     *drop);
/** Salvages what can be read of a damaged workspace file into a new one; @report says what was lost. */
gboolean   ent_store_recover            (const char        *damaged_path,
                                         const EntStoreKey *key,
                                         const char        *new_path,
                                         char             **report,
                                         GCancellable      *cancellable,
                                         GError           **error);

G_END_DECLS
