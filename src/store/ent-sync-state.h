/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* What src/sync/ keeps in the workspace about documents, remotes and clashes: written in the same transactions as the records
 * it is about, neither journaled nor synced. What the texts and bytes mean is told there. Functions that take an
 * EntTransaction run on the writer thread, those that take an EntStore on any. */

typedef enum
{
  ENT_SYNC_DOC_CLEAN,
  ENT_SYNC_DOC_WAITING,  /* a record that it needs is not here yet */
  ENT_SYNC_DOC_PARKED,   /* this workspace cannot take it; `message` says why */
  ENT_SYNC_DOC_REJECTED, /* the remote does not take it; `message` says why */
} EntSyncDocState;

/** A document: a record as the team knows it. */
typedef struct
{
  char           *id;      /* "organization:UUID" */
  EntKey          key;     /* 0: no record of this workspace */
  gboolean        is_told; /* the remote has every revision of it */
  gint64          seq;     /* last transaction of the journal that its tree knows of */
  EntSyncDocState state;
  GBytes         *tree;    /* of revisions */
  char           *extra;   /* members that the record cannot hold, JSON (nullable) */
  char           *message; /* (nullable) */
} EntSyncDoc;

EntSyncDoc *ent_sync_doc_new  (const char *id);
void        ent_sync_doc_free (EntSyncDoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncDoc, ent_sync_doc_free)

/** NULL without @error when there is none. (transfer full) */
EntSyncDoc *ent_transaction_get_sync_doc    (EntTransaction *self,
                                             const char     *id,
                                             GError        **error);
EntSyncDoc *ent_transaction_get_sync_doc_of (EntTransaction *self,
                                             EntKey          key,
                                             GError        **error);
gboolean    ent_transaction_put_sync_doc    (EntTransaction *self,
                                             EntSyncDoc     *doc,
                                             GError        **error);
/** Documents that the remote has not all of, in the order they were written, at most @limit. Element-type EntSyncDoc.
 * (transfer full) */
GPtrArray  *ent_transaction_get_untold_sync_docs (EntTransaction *self,
                                                  guint           limit,
                                                  GError        **error);
GPtrArray  *ent_store_get_untold_sync_docs  (EntStore *store,
                                             GError  **error);
/** Has every document count as untold: the remote is another one, or lost something. */
gboolean    ent_transaction_untell_sync_docs (EntTransaction *self,
                                              GError        **error);
/** Documents in @state. Element-type EntSyncDoc. (transfer full) */
GPtrArray  *ent_store_get_sync_docs         (EntStore        *store,
                                             EntSyncDocState  state,
                                             GError         **error);

/** The body of a leaf that is not what the record shows: JSON text, NULL deletes it. */
gboolean    ent_transaction_put_sync_leaf   (EntTransaction *self,
                                             const char     *id,
                                             const char     *rev,
                                             const char     *body,
                                             GError        **error);
/** NULL without @error when there is none. (transfer full) */
char       *ent_transaction_get_sync_leaf   (EntTransaction *self,
                                             const char     *id,
                                             const char     *rev,
                                             GError        **error);

/** Notes that document @id needs document @target, which is not here yet. */
gboolean    ent_transaction_add_sync_need   (EntTransaction *self,
                                             const char     *id,
                                             const char     *target,
                                             GError        **error);
/** Documents that wait for @target; the notes are removed. (transfer full) */
char      **ent_transaction_take_sync_needs (EntTransaction *self,
                                             const char     *target,
                                             GError        **error);

/* --- Clashes -------------------------------------------------------------------------------------------------------- */

/** Two edits of one field, or group of fields, neither of which can be taken without a person's word; kept for ever. */
typedef struct
{
  gint64  number;
  char   *id;       /* of the document */
  EntKey  key;
  char   *rev;      /* of the leaf whose value is not shown */
  char   *group;    /* name of the field or group */
  char   *base;     /* JSON (nullable): not known */
  char   *shown;    /* what the record shows, JSON */
  char   *other;    /* JSON */
  char   *shown_by; /* (nullable) */
  char   *other_by; /* (nullable) */
  gint64  at;       /* found, microseconds UTC */
  gint64  settled_at; /* 0: open */
  char   *settled;  /* "shown", "other", "edited" (nullable) */
} EntSyncClash;

void        ent_sync_clash_free             (EntSyncClash *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncClash, ent_sync_clash_free)

/** Adds a clash, or brings an open one of the same leaf and group up to date. */
gboolean    ent_transaction_put_sync_clash  (EntTransaction     *self,
                                             const EntSyncClash *clash,
                                             GError            **error);
/** Open clashes of a document, or with @all the settled ones too, oldest first. Element-type EntSyncClash. (transfer
 * full) */
GPtrArray  *ent_transaction_get_sync_clashes (EntTransaction *self,
                                              const char     *id,
                                              gboolean        all,
                                              GError        **error);
GPtrArray  *ent_store_get_sync_clashes      (EntStore *store,
                                             gboolean  all,
                                             GError  **error);
/** @rev NULL: of every leaf; @group NULL: of every group. */
gboolean    ent_transaction_settle_sync_clash (EntTransaction *self,
                                               const char     *id,
                                               const char     *rev,
                                               const char     *group,
                                               const char     *how,
                                               GError        **error);

/* --- Remotes -------------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 number; /* 0: a new one */
  char  *kind;   /* "couch" */
  char  *name;
  char  *url;    /* without credentials */
  char  *user;   /* (nullable) */
  char  *state;  /* where it stands, JSON object */
} EntSyncRemote;

void        ent_sync_remote_free            (EntSyncRemote *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncRemote, ent_sync_remote_free)

/** Element-type EntSyncRemote, by number. (transfer full) */
GPtrArray  *ent_store_get_sync_remotes      (EntStore *store,
                                             GError  **error);
/** Writes @remote; sets the number of a new one. EXISTS when another has the name. */
gboolean    ent_transaction_put_sync_remote (EntTransaction *self,
                                             EntSyncRemote  *remote,
                                             GError        **error);
gboolean    ent_transaction_remove_sync_remote (EntTransaction *self,
                                                gint64          number,
                                                GError        **error);

/* --- Log ------------------------------------------------------------------------------------------------------------ */

/** One thing that sync did and that a person may want to know. */
typedef struct
{
  gint64 at;     /* microseconds UTC */
  char  *id;     /* of the document (nullable) */
  EntKey key;
  char  *what;   /* "merged", "kept", "deleted", "revived", "parked", "rejected", "run", "replaced" */
  char  *detail; /* a name, a sentence, or JSON of "merged" (nullable) */
} EntSyncEvent;

void        ent_sync_event_free             (EntSyncEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSyncEvent, ent_sync_event_free)

gboolean    ent_transaction_add_sync_event  (EntTransaction *self,
                                             const char     *id,
                                             EntKey          key,
                                             const char     *what,
                                             const char     *detail,
                                             GError        **error);
/** Newest first. Element-type EntSyncEvent. (transfer full) */
GPtrArray  *ent_store_get_sync_events       (EntStore *store,
                                             guint     limit,
                                             GError  **error);

/* --- The journal, for the outbox ------------------------------------------------------------------------------------- */

typedef struct
{
  EntKey key;
  gint64 seq; /* last transaction that changed it */
} EntOutboxLine;

/** Records changed after transaction @after, each once, by key. Element-type EntOutboxLine. (transfer full) */
GArray     *ent_transaction_get_outbox      (EntTransaction *self,
                                             gint64          after,
                                             GError        **error);
/** The transaction up to which the journal was made into revisions; kept in the file. -1 on error. */
gint64      ent_transaction_get_sync_mark   (EntTransaction *self,
                                             GError        **error);
gboolean    ent_transaction_set_sync_mark   (EntTransaction *self,
                                             gint64          seq,
                                             GError        **error);
/** The number that this transaction has in the journal if it changes any record; one more than the last. */
gint64      ent_transaction_get_seq         (EntTransaction *self);
/** The record as it was after transaction @seq, binned or not; NULL without @error when it did not exist. (transfer full) */
EntRecord  *ent_transaction_get_as_of       (EntTransaction *self,
                                             EntKey          key,
                                             gint64          seq,
                                             GError        **error);
/** Who last changed the record after transaction @after, and when; both zero when nobody but sync did. @author: out (transfer
 * full). */
gboolean    ent_transaction_get_last_change (EntTransaction *self,
                                             EntKey          key,
                                             gint64          after,
                                             char          **author,
                                             gint64         *at,
                                             GError        **error);
/** FALSE when there is no such record. */
gboolean    ent_transaction_get_id          (EntTransaction *self,
                                             EntKey          key,
                                             EntId          *id);
/** Has the transaction commit although no record changes. */
void        ent_transaction_keep            (EntTransaction *self);

G_END_DECLS
