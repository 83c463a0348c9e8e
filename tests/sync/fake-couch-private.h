/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-couch.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* For fake-couch*.c only. Everything here is called with the lock held, on any thread, unless it says otherwise. */

/* ---- fake-couch-tree.c: databases, documents, revisions */

/** FakeRev: one node. @members: the body's members as JSON without braces; %NULL: not here (an ancestor got with a
 * replicated revision, or compacted away). */
typedef struct FakeRev
{
  char           *rev;
  guint           generation;
  struct FakeRev *parent;
  guint           n_children;
  gboolean        deleted;
  char           *members;
} FakeRev;

/** FakeDoc: @leaves is sorted, the winner first. @stale_rev: the newest revision while a read still misses it; @stale_winner
 * is what it finds instead, if there was any. */
typedef struct
{
  char       *id;
  GHashTable *revs;
  GPtrArray  *leaves;
  guint64     seq;
  FakeRev    *stale_rev;
  FakeRev    *stale_winner;
} FakeDoc;

/** FakeDb: @life differs between databases of the same name; @by_seq: seq → FakeDoc. */
typedef struct
{
  GHashTable *docs;
  GHashTable *locals; /* id → JSON text */
  GTree      *by_seq;
  guint64     seq;
  guint       life;
  guint64     started;
  guint64     n_live;
} FakeDb;

FakeDb     *fake_db_new         (guint life);
FakeDb     *fake_db_copy        (FakeDb *db);
void        fake_db_free        (FakeDb *db);
void        fake_db_compact     (FakeDb *db);
FakeDoc    *fake_db_find        (FakeDb     *db,
                                 const char *id);
/** Grafts a path: @ids newest first, @start the generation of the first. FALSE: nothing new. */
gboolean    fake_db_graft       (FakeDb             *db,
                                 const char         *id,
                                 guint               start,
                                 const char * const *ids,
                                 gboolean            deleted,
                                 const char         *members);
/** The same from a document with `_id`, `_rev`, `_revisions`. -1: malformed; else as fake_db_graft(). */
int         fake_db_graft_document (FakeDb      *db,
                                    JsonObject  *document);
/** A new revision on @parent (%NULL: none), with a hash of its own. Belongs to the database. */
const char *fake_db_add         (FakeDb     *db,
                                 const char *id,
                                 FakeRev    *parent,
                                 gboolean    deleted,
                                 const char *members);
/** Members without underscores, as JSON without braces. (transfer full) */
char       *fake_write_members  (JsonObject *document);
/** A text member, or %NULL. */
const char *fake_get_text       (JsonObject *object,
                                 const char *name);
gboolean    fake_get_boolean    (JsonObject *object,
                                 const char *name);
void        fake_append_string  (GString    *json,
                                 const char *text);
/** Appends the revision as a JSON object; it must have its members. */
void        fake_append_rev     (GString       *json,
                                 const FakeDoc *doc,
                                 const FakeRev *rev,
                                 gboolean       with_history,
                                 gboolean       with_conflicts);
/** The leaves that descend from @rev, itself included. (transfer container) */
GPtrArray  *fake_doc_find_leaves (const FakeDoc *doc,
                                  const FakeRev *rev);

/* ---- fake-couch.c */

typedef struct
{
  char           *where;
  FakeCouchFault  fault;
  guint           number;
  guint           after;
  guint           times;
} FakeFault;

/** A feed that waits. */
typedef struct
{
  FakeCouch         *couch;
  SoupServerMessage *message;
  char              *name; /* of the database */
  guint64            since;
  guint              limit;
  gboolean           continuous;
  guint              n_swaps; /* as it was when the feed began */
  GSource           *heartbeat;
} FakeFeed;

struct _FakeCouch
{
  GMutex             lock;
  GThread           *thread;
  GMainContext      *context;
  GMainLoop         *loop;
  SoupServer        *server;
  char              *url;
  GHashTable        *dbs; /* name → FakeDb */
  FakeDb            *snapshot;
  guint              n_lives;
  guint              n_swaps; /* how often the team's database was replaced, which ends its feeds */
  guint              epoch;   /* of sequences */
  guint              n_given; /* sequences written */
  FakeCouchTraits    traits;
  char              *authorization;
  gsize              max_request;
  gsize              max_document;
  FakeCouchValidate  validate;
  gpointer           validate_data;
  GPtrArray         *faults;
  guint              retry_after;
  char              *text;
  GHashTable        *counts; /* where → requests */
  GPtrArray         *feeds;  /* touched on the server's thread only; its length under the lock */
};

#define FAKE_TEAM "team"

FakeDb     *fake_couch_get_team   (FakeCouch *self);
/** Lets feeds that wait see what changed; any thread. */
void        fake_couch_wake       (FakeCouch *self);

/* ---- fake-couch-serve.c, fake-couch-answers.c, fake-couch-feed.c: on the server's thread */

/** One request: @rest is what follows the database's name in the path. */
typedef struct
{
  FakeCouch         *couch;
  SoupServerMessage *message;
  const char        *method;
  char              *name;
  char              *rest;
  const char        *where;
  GHashTable        *query;
  GBytes            *body;  /* unpacked */
  JsonNode          *json;  /* of it; %NULL: not JSON */
  guint              status;
  GString           *answer;
  gboolean           waits; /* a feed: nothing to answer now */
} FakeRequest;

void        fake_serve            (SoupServer        *server,
                                   SoupServerMessage *message,
                                   const char        *path,
                                   GHashTable        *query,
                                   gpointer           couch);
/** Sets status and the usual JSON of an error. */
void        fake_refuse           (FakeRequest *request,
                                   guint        status,
                                   const char  *name,
                                   const char  *reason);
gboolean    fake_query_is         (FakeRequest *request,
                                   const char  *name,
                                   const char  *value);
/** Sends what was set; @request may go afterwards. */
void        fake_send             (FakeRequest *request);

void        fake_answer_document  (FakeRequest *request,
                                   FakeDb      *db);
void        fake_answer_local     (FakeRequest *request,
                                   FakeDb      *db);
void        fake_answer_bulk_docs (FakeRequest *request,
                                   FakeDb      *db);
void        fake_answer_bulk_get  (FakeRequest *request,
                                   FakeDb      *db);
void        fake_answer_revs_diff (FakeRequest *request,
                                   FakeDb      *db);
void        fake_answer_changes   (FakeRequest *request,
                                   FakeDb      *db);
/** Tells all feeds of what is new; takes the lock itself. */
gboolean    fake_feeds_serve      (gpointer couch);
void        fake_feed_free        (FakeFeed *feed);
/** Appends a sequence as JSON. */
void        fake_append_sequence  (FakeCouch *self,
                                   FakeDb    *db,
                                   GString   *json,
                                   guint64    seq);

G_END_DECLS
