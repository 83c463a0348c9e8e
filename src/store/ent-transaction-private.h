/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/evp.h>

#include "store/ent-packed.h"
#include "store/ent-store-private.h"

G_BEGIN_DECLS

#define ENT_DIGEST_SIZE 32

/** A run of rows of one type. */
typedef struct
{
  guint  type; /* number */
  gint64 first;
  gint64 last;
} EntRun;

struct _EntTransaction
{
  EntStore      *store;
  EntConnection *connection;
  EntSchema     *schema;
  GCancellable  *cancellable;

  gint64             seq;
  gint64             at;
  char              *label;
  char              *author;
  EntOrigin          origin;
  EntTransactionKind kind;
  gint64             target;

  /* The journal. */
  gint64      first_change;
  gint64      next_change;
  gint64      n_changes;  /* of records, each row of a run counted */
  EVP_MD_CTX *digest;
  GByteArray *scratch;

  /* What to tell afterwards; keys NULL: too many. */
  guint64     types;
  GHashTable *keys;       /* of EntKey */

  GHashTable *search_keys; /* of EntKey: entries to write again */
  GArray     *search_runs; /* of EntRun */

  gint64      next_row[ENT_KEY_MAX_TYPES]; /* 0: not read yet */
  guint64     counters_to_write;           /* bit per type */
  GArray     *touched;                     /* guarded fields that changed, see ent-guard.c; (nullable) */
  EntKey      checked[1024];               /* records known to be live, by hash */

  guint       n_inserters; /* open ones */
  gboolean    schema_changed;
  gboolean    lacks_indexes; /* some were dropped; the writer builds them after the commit */
  gboolean    is_kept;     /* something beside the records and the journal was written */
  gboolean    is_broken;   /* SQLite gave up the transaction */
};

/* --- ent-transaction.c --- */

gboolean ent_transaction_run       (EntStore           *store,
                                    EntConnection      *connection,
                                    const char         *label,
                                    EntOrigin           origin,
                                    EntTransactionKind  kind,
                                    gint64              target,
                                    EntTransactionFunc  func,
                                    gpointer            user_data,
                                    GCancellable       *cancellable,
                                    gint64             *seq,
                                    GError            **error);
/** Runs a statement that gives no rows; notes when the transaction cannot go on. */
gboolean ent_transaction_step      (EntTransaction *self,
                                    sqlite3_stmt   *statement,
                                    GError        **error);
/** The next row number of a type; taken with ent_transaction_take_rows(). 0 on error. */
gint64   ent_transaction_next_row  (EntTransaction      *self,
                                    const EntRecordType *type,
                                    GError             **error);
void     ent_transaction_take_rows (EntTransaction      *self,
                                    const EntRecordType *type,
                                    gint64               n);
/** Drops an index (of @column, or "title") that would slow a large run down. It is built again after the
 * commit, before the writer does anything else; until then look-ups by it are slow. */
gboolean ent_transaction_drop_index (EntTransaction     *self,
                                    const EntRecordType *type,
                                    const char          *column,
                                    GError             **error);
/** Notes that a record changed, for listeners and, with @search, for the full-text index. */
void     ent_transaction_touch     (EntTransaction *self,
                                    EntKey          key,
                                    gboolean        search);
void     ent_transaction_touch_run (EntTransaction      *self,
                                    const EntRecordType *type,
                                    gint64               first,
                                    gint64               last,
                                    gboolean             search);

/* --- ent-guard.c --- */

/** Notes that a field changed, if it is guarded. */
void     ent_guard_note            (EntTransaction *self,
                                    EntKey          key,
                                    const EntField *field,
                                    const EntValue *old_value);
void     ent_guard_note_new        (EntTransaction *self,
                                    EntRecord      *record);
/** Asks the guards of what changed. */
gboolean ent_guard_check           (EntTransaction *self,
                                    GError        **error);

/* --- ent-validate.c --- */

/** The type as this transaction's schema has it; INVALID when it is not known. */
const EntRecordType *ent_validate_type (EntTransaction      *self,
                                        const EntRecordType *type,
                                        GError             **error);
/** Kind, range, choice; that it is unique; that what it refers to is there and live. @key: the record, 0 for
 * a new one. */
gboolean ent_validate_value        (EntTransaction *self,
                                    const EntField *field,
                                    const EntValue *value,
                                    EntKey          key,
                                    GError        **error);
gboolean ent_validate_references   (EntTransaction *self,
                                    const EntField *field,
                                    const EntValue *value,
                                    GError        **error);
gboolean ent_validate_unique       (EntTransaction *self,
                                    const EntField *field,
                                    const EntValue *value,
                                    EntKey          key,
                                    GError        **error);
/** INVALID when a required field that applies to the record is empty. */
gboolean ent_validate_required     (EntTransaction *self,
                                    EntRecord      *record,
                                    GError        **error);
gboolean ent_fail_required         (const EntField *field,
                                    GError        **error);
/** INVALID when the record must not be deleted. */
gboolean ent_validate_deletable    (EntTransaction *self,
                                    EntKey          key,
                                    GError        **error);

/* --- ent-journal.c --- */

/** Records one change; @upto 0 unless it ends a run. */
gboolean ent_journal_add           (EntTransaction  *self,
                                    EntChangeOp      op,
                                    EntKey           key,
                                    EntKey           upto,
                                    const char      *field,
                                    const EntPacked *old_value,
                                    const EntPacked *new_value,
                                    GError         **error);
/** The canonical bytes of one line of `change`, over which a transaction's digest is taken. */
void     ent_journal_append_change (GByteArray      *bytes,
                                    EntChangeOp      op,
                                    EntKey           key,
                                    EntKey           upto,
                                    const char      *field,
                                    const EntPacked *old_value,
                                    const EntPacked *new_value);
/** Writes the line of `txn`. */
gboolean ent_journal_finish        (EntTransaction *self,
                                    GError        **error);

/** What the hash of a transaction covers. */
typedef struct
{
  gint64        seq, at;
  const char   *label, *author;
  gint64        origin, kind, target, n_changes, first;
  const guint8 *digest;
} EntJournalLine;

/** The hash that joins a line to the one before it; @previous NULL for the first. */
void     ent_journal_hash          (const EntId          *workspace,
                                    const guint8         *previous,
                                    const EntJournalLine *line,
                                    guint8                hash[ENT_DIGEST_SIZE]);

/** Takes digests of created records: key, id, and each value that is not NULL, by column name, so that it
 * does not matter which fields the schema had. */
typedef struct
{
  const EntRecordType *type;
  guint                n_fields;
  const EntField     **fields; /* by column name, without the system fields */
  guint32             *tags;
} EntRowDigester;

EntRowDigester *ent_row_digester_new    (const EntRecordType *type,
                                         const guint         *fields, /* NULL: all */
                                         gsize                n_fields);
void            ent_row_digester_free   (EntRowDigester *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntRowDigester, ent_row_digester_free)
guint32         ent_row_digester_tag    (const EntField *field);
void            ent_row_digester_begin  (GByteArray  *bytes,
                                         EntKey       key,
                                         const EntId *id);
void            ent_row_digester_value  (GByteArray     *bytes,
                                         guint32         tag,
                                         const EntField *field,
                                         const EntValue *value);
void            ent_row_digester_packed (GByteArray      *bytes,
                                         guint32          tag,
                                         const EntPacked *packed);

/* --- ent-record-write.c: without checks --- */

/** Sets a field and records it. */
gboolean ent_record_write_field    (EntTransaction  *self,
                                    EntKey           key,
                                    const EntField  *field,
                                    const EntPacked *old_value,
                                    const EntPacked *new_value,
                                    GError         **error);
/** Sets deleted_at of one record, or of a run, and records it; a NULL value makes it live. */
gboolean ent_record_write_deleted  (EntTransaction  *self,
                                    EntKey           key,
                                    EntKey           upto,
                                    const EntPacked *old_value,
                                    const EntPacked *new_value,
                                    GError         **error);

/* --- ent-customize.c --- */

/** Takes back or brings back a choice or field that the journal names @name. */
gboolean ent_customize_set_removed (EntTransaction *self,
                                    const char     *name,
                                    const char     *what,
                                    gboolean        removed,
                                    GError        **error);

/* --- ent-inserter.c --- */

/** "INSERT INTO … VALUES (…)" of row, id, title_key, created_at, updated_at, rev and @fields. @source: a table whose
 * columns c1, c2, … are given instead of parameters, but for the two times (nullable). (transfer full) */
char    *ent_insert_sql            (const EntRecordType *type,
                                    const guint         *fields,
                                    gsize                n_fields,
                                    const char          *source);

/* --- ent-search-index.c --- */

/** Brings the search index up to date with the transaction, or leaves a note for later. */
gboolean ent_search_flush          (EntTransaction *self,
                                    GError        **error);

G_END_DECLS
