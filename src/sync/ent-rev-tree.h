/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Revisions as a database of CouchDB's kind names them: "3-" and 32 hexadecimal digits. Source of the rules here:
 * CouchDB documentation, "Replication and conflict model" and "CouchDB Replication Protocol", section "Replicate
 * Changes"; the order of winners is that of couch_doc:to_doc_info_path(). */

#define ENT_REV_ERROR (ent_rev_error_quark ())
GQuark ent_rev_error_quark (void);

typedef enum
{
  ENT_REV_ERROR_MALFORMED, /* a text, a `_revisions` member or stored bytes that are none */
} EntRevErrorCode;

typedef struct
{
  guint8 bytes[16];
} EntRevHash;

typedef struct
{
  guint32    generation; /* from 1 */
  EntRevHash hash;
} EntRev;

/** Longest text of a revision with its NUL. */
#define ENT_REV_TEXT_SIZE 44
/** A `_revisions` member with a higher generation is refused, so that there is always a next one. */
#define ENT_REV_MAX_GENERATION G_MAXINT32
/** How many revisions of a branch a database keeps unless it is told otherwise (`_revs_limit`). */
#define ENT_REV_DEFAULT_LIMIT 1000

/** Reads "3-" and 32 lower case hexadecimal digits, nothing else: what it reads, ent_rev_to_text() writes again.
 * FALSE leaves @rev alone. Any thread. */
gboolean ent_rev_parse    (const char *text,
                           EntRev     *rev);
void     ent_rev_to_text  (const EntRev *rev,
                           char          text[ENT_REV_TEXT_SIZE]);
/** By generation, then by hash, bytewise: less than, equal to or greater than 0. */
int      ent_rev_compare  (const EntRev *a,
                           const EntRev *b);
/**
 * ent_rev_make:
 * @parent: (nullable): the revision that was edited; NULL of a new document
 * @deleted: whether the new revision is a tombstone
 * @body: (nullable): canonical text of the body (ent_sync_json_write_body()); NULL is the same as ""
 * @rev: (out):
 *
 * Names the next revision: one generation further, with the first 16 bytes of the SHA-256 of "1" or "0", the parent's
 * text, a line end, and @body. Two devices that make the same edit of the same parent make the same revision, so they
 * have no conflict and a repeated push changes nothing. Any thread.
 */
void     ent_rev_make     (const EntRev *parent,
                           gboolean      deleted,
                           const char   *body,
                           EntRev       *rev);

/**
 * EntRevPath:
 *
 * A revision with its ancestors, as the member `_revisions` of a document writes them.
 */
typedef struct
{
  guint32     start;    /* generation of the first */
  guint       n_hashes; /* 1 to start */
  EntRevHash *hashes;   /* newest first; owned */
} EntRevPath;

#define ENT_REV_PATH_INIT { 0, 0, NULL }

void        ent_rev_path_clear     (EntRevPath *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EntRevPath, ent_rev_path_clear)

/** Reads `{"start":3,"ids":["…","…","…"]}`. @path must be initialised; it is left alone on error
 * (ENT_REV_ERROR_MALFORMED). Ancestors beyond the @limit newest are skipped (0: all are kept). Any thread. */
gboolean    ent_rev_path_read_json (EntRevPath  *path,
                                    JsonNode    *revisions, /* (nullable) */
                                    guint        limit,
                                    GError     **error);
/** The object for `_revisions`. (transfer full) */
JsonObject *ent_rev_path_to_json   (const EntRevPath *path);
/** The newest revision of the path. */
void        ent_rev_path_get_rev   (const EntRevPath *path,
                                    EntRev           *rev);

typedef enum
{
  ENT_REV_DELETED   = 1 << 0, /* a tombstone */
  ENT_REV_CONFIRMED = 1 << 1, /* the server is known to have its body */
} EntRevFlags;

typedef struct
{
  EntRev      rev;
  EntRevFlags flags;
  guint64     seq; /* transaction of the journal at which the record was as this revision says; 0: none */
} EntRevInfo;

typedef enum
{
  ENT_REV_GRAFT_NOTHING, /* all of it was known: a replay */
  ENT_REV_GRAFT_DETAILS, /* the revision was known; older ancestors or flags were not */
  ENT_REV_GRAFT_NEW,     /* the revision was not known */
} EntRevGraft;

/**
 * EntRevTree:
 *
 * The known revisions of one document and how they descend from each other; bodies are kept elsewhere. There may be
 * several roots: branches whose common ancestors nobody remembers. Trees that know the same revisions are equal in
 * every respect, in their stored form too, whatever order the revisions came in. Not thread-safe: hand it over, do not
 * share.
 */
typedef struct _EntRevTree EntRevTree;

EntRevTree *ent_rev_tree_new            (void);
/** (transfer full) */
EntRevTree *ent_rev_tree_copy           (const EntRevTree *self);
void        ent_rev_tree_free           (EntRevTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntRevTree, ent_rev_tree_free)

/** Stored form: about 22 bytes a revision. (transfer full) */
GBytes     *ent_rev_tree_to_bytes       (const EntRevTree *self);
/** Reads what ent_rev_tree_to_bytes() made. Errors: ENT_REV_ERROR_MALFORMED. (transfer full) */
EntRevTree *ent_rev_tree_new_from_bytes (GBytes  *bytes,
                                         GError **error);

/**
 * ent_rev_tree_graft:
 * @path: a revision and its ancestors
 * @flags: of the revision itself, added to those it has
 *
 * Adds the revision and those of its ancestors that are not known. A path without a known ancestor becomes a new root; one
 * that goes further back than a known root joins it, and may so join two branches. Where the path gives a known
 * revision another parent than it has, which no honest server does, the known parent stays and the path ends there.
 */
EntRevGraft ent_rev_tree_graft          (EntRevTree       *self,
                                         const EntRevPath *path,
                                         EntRevFlags       flags);
/** Adds @rev as a child of @parent, which is added too unless it is known: an edit made here. A @parent that is not one
 * generation older is no parent. */
EntRevGraft ent_rev_tree_add            (EntRevTree   *self,
                                         const EntRev *rev,
                                         const EntRev *parent, /* (nullable) */
                                         EntRevFlags   flags);

guint       ent_rev_tree_get_n_revs     (const EntRevTree *self);
gboolean    ent_rev_tree_contains       (const EntRevTree *self,
                                         const EntRev     *rev);
/** FALSE when it is not known. @info may be NULL. */
gboolean    ent_rev_tree_lookup         (const EntRevTree *self,
                                         const EntRev     *rev,
                                         EntRevInfo       *info);
gboolean    ent_rev_tree_is_leaf        (const EntRevTree *self,
                                         const EntRev     *rev);
/** FALSE when @rev is not known; then nothing changes. */
gboolean    ent_rev_tree_set_seq        (EntRevTree   *self,
                                         const EntRev *rev,
                                         guint64       seq);
/** Adds to the flags that a revision has. FALSE when @rev is not known; then nothing changes. */
gboolean    ent_rev_tree_add_flags      (EntRevTree   *self,
                                         const EntRev *rev,
                                         EntRevFlags   flags);

/** The leaves as EntRevInfo, the winner first and the others in the order they would win. (transfer full) */
GArray     *ent_rev_tree_get_leaves     (const EntRevTree *self,
                                         gboolean          live_only); /* without tombstones */
/** How many leaves are no tombstones: more than one is a conflict. */
guint       ent_rev_tree_count_live     (const EntRevTree *self);
/** The leaf that every database shows: a live one before a tombstone, then the higher generation, then the higher
 * hash, bytewise. FALSE in an empty tree. */
gboolean    ent_rev_tree_get_winner     (const EntRevTree *self,
                                         EntRevInfo       *winner);

/** @rev with its known ancestors, at most @limit revisions (0: ENT_REV_DEFAULT_LIMIT). @path must be initialised. FALSE
 * when @rev is not known. */
gboolean    ent_rev_tree_get_history    (const EntRevTree *self,
                                         const EntRev     *rev,
                                         guint             limit,
                                         EntRevPath       *path);
/** The newest revision that both descend from, or are. FALSE when there is none. */
gboolean    ent_rev_tree_get_common_ancestor (const EntRevTree *self,
                                              const EntRev     *a,
                                              const EntRev     *b,
                                              EntRevInfo       *ancestor);
/** The newest ancestor of @rev, itself included, that has a seq. FALSE when there is none. */
gboolean    ent_rev_tree_get_nearest_seq (const EntRevTree *self,
                                          const EntRev     *rev,
                                          EntRevInfo       *ancestor);
/** Whether @rev is @ancestor or descends from it. */
gboolean    ent_rev_tree_is_ancestor    (const EntRevTree *self,
                                         const EntRev     *ancestor,
                                         const EntRev     *rev);
/** Those of @revs that are not known, as EntRev, in the order given: the local `_revs_diff`. (transfer full) */
GArray     *ent_rev_tree_get_missing    (const EntRevTree *self,
                                         const EntRev     *revs,
                                         gsize             n_revs);

/** Forgets revisions that are @depth or more steps away from every leaf above them (@depth at least 1). Leaves stay. TRUE
 * when something was forgotten. */
gboolean    ent_rev_tree_stem           (EntRevTree *self,
                                         guint       depth);

G_END_DECLS
