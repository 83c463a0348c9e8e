/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/ent-record.h"

G_BEGIN_DECLS

#define ENT_STORE_ERROR (ent_store_error_quark ())
GQuark ent_store_error_quark (void);

/** Each message is one sentence that says what, where and what to do. */
typedef enum
{
  ENT_STORE_ERROR_FAILED,
  ENT_STORE_ERROR_NOT_FOUND,   /* no such file, record, transaction */
  ENT_STORE_ERROR_EXISTS,      /* a file or a unique value is there already */
  ENT_STORE_ERROR_WRONG_KEY,   /* or damaged at the very start: the two look alike */
  ENT_STORE_ERROR_NEEDS_KEY,
  ENT_STORE_ERROR_FOREIGN,     /* not a workspace file */
  ENT_STORE_ERROR_NEWER,       /* made by a newer version of Entente */
  ENT_STORE_ERROR_DAMAGED,
  ENT_STORE_ERROR_BUSY,        /* another process holds the write lock */
  ENT_STORE_ERROR_FULL,        /* disk */
  ENT_STORE_ERROR_READ_ONLY,   /* file or folder */
  ENT_STORE_ERROR_INVALID,     /* a value or an operation that the schema refuses */
  ENT_STORE_ERROR_AMBIGUOUS,   /* several records fit */
  ENT_STORE_ERROR_CONFLICT,    /* undo of something that was changed later */
} EntStoreErrorCode;

/** The raw 256-bit key of an encrypted workspace. */
typedef struct
{
  guint8 bytes[32];
} EntStoreKey;

/** A new random key. */
void     ent_store_key_init_new  (EntStoreKey *key);
/** Reads a key as 64 hexadecimal digits or as the printed recovery form (groups of letters and digits
 * with a check; case, spaces and hyphens do not matter). */
gboolean ent_store_key_parse     (EntStoreKey *key,
                                  const char  *text,
                                  GError     **error);
/** The recovery form to print and keep. (transfer full) */
char    *ent_store_key_print     (const EntStoreKey *key);
/** Derives a key from a passphrase and the 16-byte salt of a workspace file (PBKDF2-HMAC-SHA512,
 * 256,000 rounds as SQLCipher 4); about 150 ms: not on the main thread. */
void     ent_store_key_derive    (EntStoreKey  *key,
                                  const char   *passphrase,
                                  const guint8  salt[16]);

/**
 * EntStore:
 *
 * A workspace: one SQLite file, one writer thread with one connection, a pool of read-only
 * connections. All functions may be called from any thread unless they say otherwise; those that
 * touch the disk block and are named in pairs with ent_store_run_async() for the main thread.
 *
 * Signal `changed` (EntChanges *): after each committed transaction, undo and redo included, and when
 * another process changed the file; emitted in the main context that was thread-default when the
 * store was opened.
 */
#define ENT_TYPE_STORE (ent_store_get_type ())
G_DECLARE_FINAL_TYPE (EntStore, ent_store, ENT, STORE, GObject)

typedef enum
{
  ENT_STORE_OPEN_DEFAULT   = 0,
  ENT_STORE_OPEN_READ_ONLY = 1 << 0, /* no writer, no migration */
} EntStoreOpenFlags;

/** Makes a new, empty workspace; refuses to overwrite. @key NULL: a plain file. The folder is made 0700
 * when it does not exist, the file is 0600. (transfer full) */
EntStore    *ent_store_create      (const char        *path,
                                    const EntStoreKey *key,
                                    GCancellable      *cancellable,
                                    GError           **error);
/** Opens and, if needed, migrates. @key NULL for a plain file. (transfer full) */
EntStore    *ent_store_open        (const char        *path,
                                    const EntStoreKey *key,
                                    EntStoreOpenFlags  flags,
                                    GCancellable      *cancellable,
                                    GError           **error);
/** Whether the file looks encrypted; FALSE with @error set when it cannot be read or is no workspace. */
gboolean     ent_store_probe       (const char *path,
                                    gboolean   *is_encrypted,
                                    GError    **error);
/** Waits for the writer and the readers, checkpoints, closes. Also done by the last unref. */
void         ent_store_close       (EntStore *self);

const char  *ent_store_get_path    (EntStore *self);
gboolean     ent_store_is_encrypted (EntStore *self);
gboolean     ent_store_is_read_only (EntStore *self);
/** A snapshot; compare types by number, they are rebuilt when a custom field is added. (transfer full) */
EntSchema   *ent_store_dup_schema  (EntStore *self);
/** Shorthand that borrows from the current schema, valid while the store lives (old schemas are kept). (nullable) */
const EntRecordType *ent_store_get_record_type (EntStore   *self,
                                                const char *name);
/** Id of the workspace, kept in its file. */
const EntId *ent_store_get_id      (EntStore *self);

/** Named small values of the workspace (its title, reporting currency, map positions version, …); not in
 * the journal. (transfer full) (nullable) */
char        *ent_store_dup_setting (EntStore   *self,
                                    const char *name);
/** Who "I" is: the author setting, else the name of the user of the computer. (transfer full) */
char        *ent_store_dup_author  (EntStore   *self);
gboolean     ent_store_set_setting (EntStore   *self,
                                    const char *name,
                                    const char *value,
                                    GError    **error);
#define ENT_SETTING_TITLE    "title"
#define ENT_SETTING_AUTHOR   "author"    /* who writes on this laptop; default: the account's real name */
#define ENT_SETTING_CURRENCY "currency"  /* reporting currency */

/* --- Jobs ------------------------------------------------------------------------------------------ */

/** Work for a pool thread. Returns a result (or NULL with @error set). */
typedef gpointer (*EntStoreJob) (EntStore      *store,
                                 gpointer       data,
                                 GCancellable  *cancellable,
                                 GError       **error);

/** Runs @job on a worker thread and calls back in the caller's thread-default main context. The one
 * way for the interface to call the blocking functions of this library. */
void         ent_store_run_async   (EntStore            *self,
                                    EntStoreJob          job,
                                    gpointer             data,
                                    GDestroyNotify       data_free,
                                    GDestroyNotify       result_free,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gpointer     ent_store_run_finish  (EntStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error);

/* --- What changed -------------------------------------------------------------------------------- */

typedef struct
{
  gint64   seq;    /* of the transaction; 0 when another process changed the file */
  guint64  types;  /* bit per record type number */
  gboolean many;   /* the keys were too many to list: treat every record of `types` as changed */
  GArray  *keys;   /* of EntKey, sorted */
  char    *label;
} EntChanges;

#define ENT_TYPE_CHANGES (ent_changes_get_type ())
GType       ent_changes_get_type (void);
EntChanges *ent_changes_ref      (EntChanges *self);
void        ent_changes_unref    (EntChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntChanges, ent_changes_unref)
gboolean    ent_changes_has_key  (const EntChanges *self,
                                  EntKey            key);
gboolean    ent_changes_has_type (const EntChanges    *self,
                                  const EntRecordType *type);

/* --- Reading records ------------------------------------------------------------------------------- */

/** All fields of one record, binned ones included. NULL and NOT_FOUND when there is none. (transfer full) */
EntRecord   *ent_store_get         (EntStore *self,
                                    EntKey    key,
                                    GError  **error);
/** Records of @rows in that order, loading only @fields (indexes; NULL: all). A row that does not exist
 * gives a NULL element. Element-type EntRecord. (transfer full) */
GPtrArray   *ent_store_load        (EntStore            *self,
                                    const EntRecordType *type,
                                    const guint32       *rows,
                                    gsize                n_rows,
                                    const guint         *fields,
                                    gsize                n_fields,
                                    GCancellable        *cancellable,
                                    GError             **error);
/** The child lines of a record in their order. Element-type EntRecord. (transfer full) */
GPtrArray   *ent_store_get_children (EntStore            *self,
                                     EntKey               parent,
                                     const EntRecordType *child_type,
                                     GError             **error);
/** Live records of @type whose reference @field (many or one) names @key. Element-type EntRecord. (transfer full) */
GPtrArray   *ent_store_get_referrers (EntStore       *self,
                                      EntKey          key,
                                      const EntField *field,
                                      guint           limit,
                                      GError        **error);
/** Title of a record, from a cache where possible. (transfer full) (nullable) */
char        *ent_store_dup_title   (EntStore *self,
                                    EntKey    key);
/** "P-0042" of a key, "" of 0. (transfer full) */
char        *ent_store_dup_code    (EntStore *self,
                                    EntKey    key);
/**
 * ent_store_resolve:
 *
 * The live record that @text names: a short code (P-0042), an id, `ref:KEY`, #KEY; and, when @type is given (or
 * "*" with NULL), a `ref` without its prefix or a title, matched by ent_text_key(). NOT_FOUND or AMBIGUOUS.
 */
EntKey       ent_store_resolve     (EntStore            *self,
                                    const EntRecordType *type,
                                    const char          *text,
                                    GError             **error);
/** EntNameFunc over a store, for ent_value_display(). */
char        *ent_store_name        (EntKey   key,
                                    gpointer store);

G_END_DECLS
