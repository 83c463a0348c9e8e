/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * FakeCouch:
 *
 * A small CouchDB in memory, served on a loopback port by a thread of its own: GET /, a database's GET and PUT,
 * `_local`, `_changes` (normal, longpoll, continuous), `_bulk_get`, `_bulk_docs`, `_revs_diff`, and a document's GET (`rev`,
 * `open_revs`, `revs`, `conflicts`) and PUT. Revision trees, winners and sequences are as CouchDB's, and it plays the faults
 * that real servers and networks have (fake_couch_fail(), fake_couch_set_traits()).
 *
 * All functions may be called from any thread while requests come in; each is one step that no request is in the middle of.
 * A database called "team" is there from the start; the functions that look at or change documents without HTTP are
 * of it, as if a colleague had done it on the server.
 */
typedef struct _FakeCouch FakeCouch;

/** Starts a server. With @certificate it speaks TLS. */
FakeCouch  *fake_couch_new            (GTlsCertificate *certificate);
/** Stops it: connections are closed, waiting feeds end. */
void        fake_couch_free           (FakeCouch       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCouch, fake_couch_free)
/** "http://127.0.0.1:PORT/team" */
const char *fake_couch_get_url        (FakeCouch       *self);

/* ---- documents, without HTTP */

/** Grafts a revision with `_id`, `_rev`, `_revisions` (without: a new root), maybe `_deleted`; as `new_edits=false` does.
 * FALSE when the tree had it. Takes nothing. */
gboolean    fake_couch_graft          (FakeCouch  *self,
                                       JsonObject *document);
/**
 * fake_couch_edit:
 * @parent: (nullable): revision to put it on; %NULL: on the winner, if there is one
 * @body: members, without underscores; `_deleted` is taken. %NULL: a deletion
 *
 * Writes as a colleague would: a new revision with a hash of parent and body.
 *
 * Returns: (transfer full): the new revision
 */
char       *fake_couch_edit           (FakeCouch  *self,
                                       const char *id,
                                       const char *parent,
                                       JsonObject *body);
/** A document's winning revision with `_id`, `_rev`, `_deleted`; %NULL: never heard of. (transfer full) */
JsonObject *fake_couch_dup_winner     (FakeCouch  *self,
                                       const char *id);
/** One revision, or %NULL when it is unknown or compacted away. (transfer full) */
JsonObject *fake_couch_dup_revision   (FakeCouch  *self,
                                       const char *id,
                                       const char *rev);
/** All leaves, winner first, deleted ones last. (transfer full) */
char      **fake_couch_dup_leaves     (FakeCouch  *self,
                                       const char *id);
/** The same without deleted ones. (transfer full) */
char      **fake_couch_dup_live       (FakeCouch  *self,
                                       const char *id);
/** Ids of all documents, sorted, deleted ones too. (transfer full) */
char      **fake_couch_dup_ids        (FakeCouch  *self);
/** Number of the last change: one more with each revision that came. */
guint64     fake_couch_get_sequence   (FakeCouch  *self);
/** Waiting feeds (longpoll, continuous) at this moment. */
guint       fake_couch_get_n_waiting  (FakeCouch  *self);

/* ---- what a team's server goes through */

/** Forgets the bodies of all revisions that are no leaves. */
void        fake_couch_compact        (FakeCouch  *self);
/** A new, empty database of the same name: another instance_start_time, sequences from 0, no `_local`. Feeds end. */
void        fake_couch_wipe           (FakeCouch  *self);
/** Keeps the present state for fake_couch_restore(). */
void        fake_couch_snapshot       (FakeCouch  *self);
/** Goes back to the state of the last snapshot, as a restored backup does: documents, sequences, `_local` and
 * instance_start_time are as they were. Feeds end. */
void        fake_couch_restore        (FakeCouch  *self);
/** Only this user gets in. %NULL: everybody. */
void        fake_couch_set_password   (FakeCouch  *self,
                                       const char *user,
                                       const char *password);
/** Only this Authorization header gets in. %NULL: everybody. */
void        fake_couch_set_authorization (FakeCouch  *self,
                                          const char *header);
/** Requests over this many bytes get 413 (unpacked); a document over @document bytes gets 413 too. 0: no limit. */
void        fake_couch_set_limits     (FakeCouch  *self,
                                       gsize       request,
                                       gsize       document);
/** Decides of each document that comes by HTTP, as validate_doc_update does. Returns %NULL to take it, or the reason
 * (transfer full) it is forbidden for. Called on the server's thread, under its lock: must not call this object. */
typedef char * (*FakeCouchValidate) (JsonObject *document,
                                     gpointer    user_data);
void        fake_couch_set_validate   (FakeCouch         *self,
                                       FakeCouchValidate  validate,
                                       gpointer           user_data);

/* ---- faults */

/**
 * FakeCouchFault: what happens to a request
 * @FAKE_COUCH_FREEZE: is read, not carried out, and never answered
 * @FAKE_COUCH_FREEZE_AFTER: is carried out and never answered
 * @FAKE_COUCH_DELAY: is carried out, and answered @number milliseconds later
 * @FAKE_COUCH_CUT: the connection is closed, nothing carried out
 * @FAKE_COUCH_CUT_AFTER: is carried out, and the connection closed instead of an answer
 * @FAKE_COUCH_CUT_BODY: is carried out, and the connection closed in the middle of the answer's body
 * @FAKE_COUCH_STATUS: @number is the status (with the usual JSON), nothing carried out; 429 and 503 ask to wait
 *   `fake_couch_set_retry_after()` seconds
 * @FAKE_COUCH_STATUS_AFTER: the same, but it is carried out
 * @FAKE_COUCH_HTML: 200 with a page that wants a room number
 * @FAKE_COUCH_REDIRECT: 302 to another host
 * @FAKE_COUCH_TEXT: 200 with the text of fake_couch_set_text(), as JSON
 */
typedef enum
{
  FAKE_COUCH_FREEZE = 1,
  FAKE_COUCH_FREEZE_AFTER,
  FAKE_COUCH_DELAY,
  FAKE_COUCH_CUT,
  FAKE_COUCH_CUT_AFTER,
  FAKE_COUCH_CUT_BODY,
  FAKE_COUCH_STATUS,
  FAKE_COUCH_STATUS_AFTER,
  FAKE_COUCH_HTML,
  FAKE_COUCH_REDIRECT,
  FAKE_COUCH_TEXT,
} FakeCouchFault;

/**
 * fake_couch_fail:
 * @where: (nullable): "_bulk_docs", "_bulk_get", "_changes", "_revs_diff", "_local", "document", "database" or "server";
 *   %NULL: any request
 * @number: what the fault says; else 0
 * @after: requests of this kind that still go well
 * @times: how many then get the fault; G_MAXUINT: all
 *
 * Faults of several calls wait for their requests side by side; the oldest that applies is taken.
 */
void        fake_couch_fail           (FakeCouch      *self,
                                       const char     *where,
                                       FakeCouchFault  fault,
                                       guint           number,
                                       guint           after,
                                       guint           times);
/** Removes all faults; frozen requests stay frozen. */
void        fake_couch_heal           (FakeCouch  *self);
/** Seconds in Retry-After; 0 (at the start): none. */
void        fake_couch_set_retry_after (FakeCouch *self,
                                        guint      seconds);
void        fake_couch_set_text       (FakeCouch  *self,
                                       const char *text);

/**
 * FakeCouchTraits: how the server is
 * @FAKE_COUCH_STALE: a document's GET or `_bulk_get` right after it changed gives it as it was; the next is right
 * @FAKE_COUCH_REPLAY: `_changes` begins from the start for each `since` that was given out before this was set (each
 *   setting counts), as when the machine that gave it out is gone. Not together with INTEGER_SEQ
 * @FAKE_COUCH_NULL_SEQ: `seq` is null in all rows but each third
 * @FAKE_COUCH_ACCEPTED: writes are answered with 202
 * @FAKE_COUCH_INTEGER_SEQ: sequences are numbers, without `pending` (PouchDB)
 * @FAKE_COUCH_STRICT_LOCAL: `_local` writes without the right `_rev` get 409 (PouchDB)
 * @FAKE_COUCH_NO_BULK_GET: `_bulk_get` gets 404
 * @FAKE_COUCH_NO_GZIP: packed requests get 415
 * @FAKE_COUCH_SHUFFLE: rows of one page of `_changes` come in another order each time
 */
typedef enum
{
  FAKE_COUCH_STALE        = 1 << 0,
  FAKE_COUCH_REPLAY       = 1 << 1,
  FAKE_COUCH_NULL_SEQ     = 1 << 2,
  FAKE_COUCH_ACCEPTED     = 1 << 3,
  FAKE_COUCH_INTEGER_SEQ  = 1 << 4,
  FAKE_COUCH_STRICT_LOCAL = 1 << 5,
  FAKE_COUCH_NO_BULK_GET  = 1 << 6,
  FAKE_COUCH_NO_GZIP      = 1 << 7,
  FAKE_COUCH_SHUFFLE      = 1 << 8,
} FakeCouchTraits;

void        fake_couch_set_traits     (FakeCouch       *self,
                                       FakeCouchTraits  traits);

/** Requests that came so far, @where as in fake_couch_fail(). */
guint       fake_couch_get_n_requests (FakeCouch  *self,
                                       const char *where);

G_END_DECLS
