/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-remote-error.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * EntCouch:
 *
 * One database on a server that speaks the CouchDB replication protocol (CouchDB documentation, “Replication
 * Protocol”): CouchDB, PouchDB's server, Cloudant.
 *
 * Every call blocks its thread, and takes a cancellable; use an object from one thread at a time, a worker and
 * never the main thread. Errors are of ENT_REMOTE_ERROR, or G_IO_ERROR_CANCELLED. Certificates are always checked.
 *
 * **Retries.** Reads, ent_couch_diff_revs() and ent_couch_put_docs() are repeated on OFFLINE, TIMEOUT, BUSY and
 * SERVER, as often as ent_couch_set_retries() says, since repeating them changes nothing. All else is tried once.
 */
typedef struct _EntCouch EntCouch;

/**
 * ent_couch_new:
 * @url: of the database, "https://couch.example.com/team". "http:" only with a loopback address. A user and
 *   password in it are taken out and used, as with ent_couch_set_password()
 *
 * Makes the object; nothing is sent yet.
 *
 * Returns: (transfer full) (nullable): %NULL with ENT_REMOTE_ERROR_ADDRESS
 */
EntCouch   *ent_couch_new            (const char *url,
                                      GError    **error);
void        ent_couch_free           (EntCouch   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouch, ent_couch_free)

/** The address without user and password and without a slash at its end: what may be shown, logged, and hashed
 * into a replication id. */
const char *ent_couch_get_url        (EntCouch   *self);
/** Name or address of the server, with its port if it is not the usual one. */
const char *ent_couch_get_host       (EntCouch   *self);

/** Signs in with a name and password (RFC 7617, Basic). %NULL: without. */
void        ent_couch_set_password   (EntCouch   *self,
                                      const char *user,
                                      const char *password);

/**
 * EntCouchAuthorize:
 * @refused: the header given before was answered with 401, so that a new token is needed; asked at most once
 *   a request
 *
 * Called on the thread of the request, before it leaves; may block.
 *
 * Returns: (transfer full) (nullable): the value of the header Authorization, "Bearer …"; %NULL with @error set,
 * which the call then fails with
 */
typedef char * (*EntCouchAuthorize) (gboolean       refused,
                                     gpointer       user_data,
                                     GCancellable  *cancellable,
                                     GError       **error);
/** Signs in with a header that @authorize gives, instead of a password. */
void        ent_couch_set_authorize  (EntCouch          *self,
                                      EntCouchAuthorize  authorize,
                                      gpointer           user_data,
                                      GDestroyNotify     destroy);

/** Limits, in milliseconds, for one try of a request: until connected (15,000), without a byte coming or going
 * (60,000), and in all (300,000). The feeds that wait have no limit in all. 0 leaves a limit as it is. */
void        ent_couch_set_timeouts   (EntCouch *self,
                                      guint     connect,
                                      guint     idle,
                                      guint     total);
/** How often a request is repeated (5), and milliseconds before the first time (500), which double each time,
 * with a random part, to a minute at most. Retry-After of the server is obeyed up to five minutes; one that
 * asks for more ends the call with BUSY. */
void        ent_couch_set_retries    (EntCouch *self,
                                      guint     retries,
                                      guint     first_delay);
/** Bytes that one answer may have (64 MB), unpacked; a longer one is TOO_LARGE, found while it is read. */
void        ent_couch_set_limit      (EntCouch *self,
                                      gsize     limit);
/** Trusts certificates of @authorities as well as those the system trusts (a company's own authority). Names and
 * dates are checked all the same. */
void        ent_couch_add_trust      (EntCouch     *self,
                                      GTlsDatabase *authorities);

/**
 * EntCouchCounters:
 * @requests: requests sent, repeated ones included
 * @retries: how many of them were repetitions
 * @bytes_sent: heads and bodies of requests, as they went over the wire
 * @bytes_received: the same of answers
 */
typedef struct
{
  guint64 requests;
  guint64 retries;
  guint64 bytes_sent;
  guint64 bytes_received;
} EntCouchCounters;

/** What this object did since it was made. Its own thread only. */
EntCouchCounters ent_couch_get_counters (EntCouch *self);

/* ---- the server and the database */

/** EntCouchServer: of GET /. Texts are %NULL when the server does not tell; PouchDB has another @uuid after each
 * start if it keeps its data in memory. */
typedef struct
{
  char *uuid;
  char *vendor;
  char *version;
} EntCouchServer;

/** EntCouchDatabase: of GET /DB. @instance_start_time tells one life of a database from the next, together with the
 * server's uuid: "0" says nothing. @doc_count: without deleted documents; -1 unknown. Texts may be %NULL. */
typedef struct
{
  char  *name;
  char  *update_seq;
  char  *instance_start_time;
  gint64 doc_count;
} EntCouchDatabase;

/** Who answers at the root of the server (API, “Server: /”); ask first, since the object takes care of what it learns of
 * PouchDB. A database behind a path of a proxy may have no such root:
 * then NOT_FOUND, FORBIDDEN or REJECTED come, which say nothing of the database. */
EntCouchServer   *ent_couch_get_server      (EntCouch          *self,
                                             GCancellable      *cancellable,
                                             GError           **error);
void              ent_couch_server_free     (EntCouchServer    *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouchServer, ent_couch_server_free)

/** The database's own facts (API, “/{db}”). NOT_FOUND: there is none of this name. */
EntCouchDatabase *ent_couch_get_database    (EntCouch          *self,
                                             GCancellable      *cancellable,
                                             GError           **error);
void              ent_couch_database_free   (EntCouchDatabase  *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouchDatabase, ent_couch_database_free)

/** Makes the database. EXISTS: it is there. */
gboolean          ent_couch_create_database (EntCouch          *self,
                                             GCancellable      *cancellable,
                                             GError           **error);

/**
 * ent_couch_get_local:
 * @id: without "_local/", any text
 *
 * Reads a document that is not replicated, such as a checkpoint (API, “Local (non-replicating) Documents”).
 *
 * Returns: (transfer full) (nullable): with its `_id` and `_rev`; %NULL with NOT_FOUND when there is none
 */
JsonObject       *ent_couch_get_local       (EntCouch          *self,
                                             const char        *id,
                                             GCancellable      *cancellable,
                                             GError           **error);
/**
 * ent_couch_put_local:
 * @document: with the `_rev` it was read with, without one if it is new; is not changed
 *
 * CONFLICT: it is not as it was read (PouchDB; CouchDB overwrites and does not tell). Not repeated.
 *
 * Returns: (transfer full) (nullable): its new `_rev`
 */
char             *ent_couch_put_local       (EntCouch          *self,
                                             const char        *id,
                                             JsonObject        *document,
                                             GCancellable      *cancellable,
                                             GError           **error);

/* ---- the feed of changes (API, “/{db}/_changes”) */

/**
 * EntCouchRow:
 * @id: of the document
 * @revs: all its leaves, deleted ones too, NULL-terminated; never empty. CouchDB has the winner first; PouchDB any of them,
 *   and some twice
 * @seq: (nullable): place in the feed; %NULL where the server saves the work
 * @deleted: whether the winner is deleted
 */
typedef struct
{
  char     *id;
  char    **revs;
  char     *seq;
  gboolean  deleted;
} EntCouchRow;

/**
 * EntCouchChanges:
 * @rows: (element-type EntCouchRow): in the order of the feed
 * @last_seq: where to go on from, once all @rows are safely stored; an opaque text to be sent back as it is (numbers of
 *   PouchDB come as text, and go back the same). Texts of the same state differ: never compare two of them
 * @pending: how many rows come after these; -1 if the server does not tell. No rows: the end was reached
 */
typedef struct
{
  GPtrArray *rows;
  char      *last_seq;
  gint64     pending;
} EntCouchChanges;

void             ent_couch_changes_free (EntCouchChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouchChanges, ent_couch_changes_free)

/**
 * ent_couch_get_changes:
 * @since: (nullable): a `last_seq` or `seq` got before; %NULL from the beginning
 * @limit: rows at most, above 0
 *
 * One page of the feed, at once. The feed is at least once: rows seen before may come again, all of them even, and
 * two reads may differ in order. REJECTED: the server does not know @since any more; begin again from %NULL.
 */
EntCouchChanges *ent_couch_get_changes  (EntCouch         *self,
                                         const char       *since,
                                         guint             limit,
                                         GCancellable     *cancellable,
                                         GError          **error);

/**
 * EntCouchRowFunc:
 * @row: (nullable) (transfer none): a change; %NULL: nothing changed, but the server is there
 *
 * Returns: %FALSE to end the feed
 */
typedef gboolean (*EntCouchRowFunc) (const EntCouchRow *row,
                                     gpointer           user_data);

/**
 * ent_couch_wait_changes:
 * @heartbeat: milliseconds between signs of life that the server is asked for
 * @func: (nullable): called with %NULL at each sign of life, never with a row
 *
 * Waits until something changed after @since (`feed=longpoll`), however long it takes, and gives that page. Ends with
 * TIMEOUT when nothing came for two and a half heartbeats. Not repeated.
 *
 * Returns: (transfer full) (nullable): rows are empty when the server, or @func, ended the wait
 */
EntCouchChanges *ent_couch_wait_changes   (EntCouch         *self,
                                           const char       *since,
                                           guint             limit,
                                           guint             heartbeat,
                                           EntCouchRowFunc   func,
                                           gpointer          user_data,
                                           GCancellable     *cancellable,
                                           GError          **error);
/**
 * ent_couch_follow_changes:
 * @heartbeat: milliseconds between signs of life that the server is asked for
 *
 * Tells of changes after @since as they happen (`feed=continuous`), until cancelled, or @func returns %FALSE, or the
 * server ends the feed. Ends with TIMEOUT when nothing came for two and a half heartbeats, or the connection broke. Not
 * repeated: what to go on from is for the caller to know, who stores the rows.
 *
 * Returns: whether it ended in order
 */
gboolean         ent_couch_follow_changes (EntCouch         *self,
                                           const char       *since,
                                           guint             heartbeat,
                                           EntCouchRowFunc   func,
                                           gpointer          user_data,
                                           GCancellable     *cancellable,
                                           GError          **error);

/* ---- documents */

/** EntCouchRef: one revision of one document. Texts belong to whom the array belongs. */
typedef struct
{
  const char *id;
  const char *rev;
} EntCouchRef;

/**
 * EntCouchFailure:
 * @rev: (nullable): of which revision
 * @error: the server's word: "not_found", "forbidden", "unauthorized", "conflict"; ours: "too_large", "unreadable"
 * @reason: (nullable): the server's sentence, which a validation function may have written for people
 */
typedef struct
{
  char *id;
  char *rev;
  char *error;
  char *reason;
} EntCouchFailure;

/**
 * EntCouchDocs:
 * @docs: (element-type JsonObject): documents with `_id`, `_rev`, `_revisions` {start, ids}, `_deleted` if so; may hold a
 *   newer revision than was asked for, and the same document several times, in any order
 * @missing: (element-type EntCouchFailure): what was asked for and did not come. "not_found" needs no care, its
 *   successor is in the feed; "too_large" and "unreadable" (nested too deep, a number or text that cannot be kept) do
 */
typedef struct
{
  GPtrArray *docs;
  GPtrArray *missing;
} EntCouchDocs;

void          ent_couch_docs_free (EntCouchDocs *docs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouchDocs, ent_couch_docs_free)

/**
 * ent_couch_get_docs:
 * @refs: (array length=n_refs): revisions to read
 *
 * Reads many revisions with their histories at once (API, “/{db}/_bulk_get”), one document after another where the server
 * cannot (`open_revs`). Halves the batch by itself when the answer is over the limit.
 */
EntCouchDocs *ent_couch_get_docs  (EntCouch           *self,
                                   const EntCouchRef  *refs,
                                   guint               n_refs,
                                   GCancellable       *cancellable,
                                   GError            **error);

/**
 * ent_couch_diff_revs:
 * @revs: (element-type utf8 GStrv): id of a document → its revisions here
 *
 * Asks which of them the server does not have (API, “/{db}/_revs_diff”). It is also how to learn what became of a push
 * whose outcome is unknown.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 GStrv): id → what is missing there; only documents that miss some
 */
GHashTable   *ent_couch_diff_revs (EntCouch           *self,
                                   GHashTable         *revs,
                                   GCancellable       *cancellable,
                                   GError            **error);

/**
 * EntCouchPushed:
 * @failures: (element-type EntCouchFailure): documents that the server did not take; all others it has
 * @unconfirmed: the server answered 202 to some: they are kept, but by less than a majority of its machines
 */
typedef struct
{
  GPtrArray *failures;
  gboolean   unconfirmed;
} EntCouchPushed;

void            ent_couch_pushed_free (EntCouchPushed *pushed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntCouchPushed, ent_couch_pushed_free)

/**
 * ent_couch_put_docs:
 * @docs: (element-type JsonObject): with `_id`, `_rev`, `_revisions`, and `_deleted` if so; not changed
 *
 * Adds revisions made here to the server's trees (API, “/{db}/_bulk_docs”, `new_edits=false`): never refused for a conflict,
 * and repeating it changes nothing. Halves a batch that is too large for the server by itself; a document that is too large
 * alone becomes a failure "too_large". Whatever error comes, some documents may be there already: send all again.
 *
 * Returns: (transfer full) (nullable): success of the request is not yet success of each document
 */
EntCouchPushed *ent_couch_put_docs    (EntCouch       *self,
                                       GPtrArray      *docs,
                                       GCancellable   *cancellable,
                                       GError        **error);

G_END_DECLS
