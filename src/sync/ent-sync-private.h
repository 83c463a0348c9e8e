/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-rev-tree.h"
#include "sync/ent-sync-body.h"
#include "sync/ent-sync-json.h"
#include "sync/ent-sync-merge.h"
#include "sync/ent-sync.h"

G_BEGIN_DECLS

/* Inside src/sync/: the engine, between the documents of the store and the remote. */

#define SYNC_BATCH 1000 /* documents that are read, stored or sent at once */

/** A transaction of the engine: what its functions share. */
typedef struct
{
  EntTransaction *transaction;
  EntSchema      *schema;
  EntSyncReport  *report;
  EntSyncRefs     refs;
  GHashTable     *ids;  /* EntKey → document id: asked for again and again */
  GQueue          todo; /* ids (owned) of documents whose wait is over */
} SyncContext;

void      sync_context_init  (SyncContext    *self,
                              EntTransaction *transaction,
                              EntSyncReport  *report);
void      sync_context_clear (SyncContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncContext, sync_context_clear)

/**
 * SyncDoc:
 *
 * A document while it is worked on. `extra` of the stored document is the JSON object
 * {"shown": revision, "unknown": members, "pending": [[member, position, id]], "by": author, "at": instant}.
 */
typedef struct
{
  SyncContext         *context;
  EntSyncDoc          *doc;
  const EntRecordType *type;
  EntId                id;
  EntRevTree          *tree;
  gboolean             has_shown;
  EntRev               shown;   /* the revision that the record was made like at transaction `doc->seq` */
  JsonObject          *unknown; /* (nullable) */
  GPtrArray           *pending; /* of EntSyncPending (nullable) */
  char                *by;      /* who made the shown revision (nullable) */
  gint64               at;
  GPtrArray           *bodies;  /* of SyncRevBody: those that came just now */
} SyncDoc;

/** NULL without @error for documents that are no records of a known type. (transfer full) */
SyncDoc    *sync_doc_load    (SyncContext  *context,
                              const char   *id,
                              GError      **error);
/** The document of a record, a new one if it has none. (transfer full) */
SyncDoc    *sync_doc_load_of (SyncContext  *context,
                              EntKey        key,
                              GError      **error);
gboolean    sync_doc_save    (SyncDoc      *self,
                              GError      **error);
void        sync_doc_free    (SyncDoc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncDoc, sync_doc_free)

/** A body with its author: of a revision, or as the record is now. */
typedef struct
{
  JsonObject *body; /* NULL: deleted */
  char       *by;
  gint64      at;
} SyncBody;

#define SYNC_BODY_INIT { NULL, NULL, 0 }

typedef struct
{
  EntRev   rev;
  SyncBody body;
} SyncRevBody;

void        sync_body_clear  (SyncBody *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SyncBody, sync_body_clear)

/** A revision that came, or was merged, with its body, which is taken over. */
void        sync_doc_add_body (SyncDoc      *self,
                               const EntRev *rev,
                               SyncBody     *body);
/** @found: FALSE when nobody here has it any more. */
gboolean    sync_doc_get_body (SyncDoc        *self,
                               const EntRev   *rev,
                               SyncBody       *body,
                               gboolean       *found,
                               GError        **error);
/** The record as it is, or was after transaction @seq. @existed: out. */
gboolean    sync_doc_read_record (SyncDoc     *self,
                                  gint64       seq,
                                  JsonObject **body,
                                  gboolean    *existed,
                                  GError     **error);
/** What the record holds, also when it is in the bin. */
gboolean    sync_doc_read_binned (SyncDoc     *self,
                                  JsonObject **body,
                                  GError     **error);
/** Makes a revision of what people changed since the shown one, if they did. */
gboolean    sync_doc_mint    (SyncDoc      *self,
                              GError      **error);
/** Names the revision after @parent (nullable) with @body and adds it to the tree. */
void        sync_doc_add_rev (SyncDoc      *self,
                              const EntRev *parent,
                              JsonObject   *body, /* NULL: a tombstone */
                              EntRev       *rev);

/** After new revisions came: merges leaves, writes down clashes, and makes the record show the winner. */
gboolean    sync_doc_settle  (SyncDoc      *self,
                              GError      **error);
/** Writes the shown revision once more, since a record that it names is here now, or what was set aside. */
gboolean    sync_doc_rewrite (SyncDoc      *self,
                              GError      **error);
/** Writes a revision into the record. */
gboolean    sync_doc_show    (SyncDoc        *self,
                              const EntRev   *rev,
                              const SyncBody *body,
                              GError        **error);

/** A document as it goes over the wire: `$by` and `$at` are beside the body, not part of the revision's name. */
JsonObject *sync_wire_write  (SyncDoc         *self,
                              const EntRev    *rev,
                              gboolean         deleted,
                              const SyncBody  *body);
/** Takes a received document apart. @path: out; FALSE with @error when it is malformed. */
gboolean    sync_wire_read   (JsonObject   *document,
                              EntRevPath   *path,
                              SyncBody     *body,
                              gboolean     *deleted,
                              GError      **error);

/** Received documents (element-type JsonObject), and where the feed was then, in one transaction. */
gboolean    sync_pull        (EntSync       *self,
                              EntSyncReport *report,
                              GCancellable  *cancellable,
                              GError       **error);
gboolean    sync_push        (EntSync       *self,
                              EntSyncReport *report,
                              GCancellable  *cancellable,
                              GError       **error);

struct _EntSync
{
  EntStore      *store;
  EntSyncRemote *remote;
  EntCouch      *couch;
  JsonObject    *state;      /* "since", "instance", "session" */
  char          *mark_rev;   /* of our mark on the remote (nullable) */
  gboolean       is_checked; /* the remote is the one we know */
  guint          n_stuck;    /* runs that ended since a revision of the feed could not be had */
};

/** Text of the state, NULL: not there. */
const char *sync_get_state   (EntSync    *self,
                              const char *name);
/** Changes the state and stores it within a transaction. */
gboolean    sync_put_state   (EntSync         *self,
                              EntTransaction  *transaction,
                              const char      *name,
                              const char      *value,
                              GError         **error);

G_END_DECLS
