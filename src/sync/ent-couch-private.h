/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-couch.h"
#include "sync/ent-http.h"

#include <yyjson.h>

G_BEGIN_DECLS

/* For ent-couch*.c only. */

struct _EntCouch
{
  EntHttp  *http;
  char     *url;         /* without credentials, without a slash at the end */
  char     *root;        /* the server's, with a slash at the end */
  gboolean  no_bulk_get;
  gboolean  no_latest;   /* PouchDB's server dies of latest=true with a revision that it does not know */
  gsize     too_large;   /* bytes of documents in one request that the server refused; 0: none yet */
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)

/** URL of something in the database: @path is escaped already and has no slash in front. (transfer full) */
char       *ent_couch_make_url      (EntCouch              *self,
                                     const char            *path);
/** Sends a request and parses its answer; the answer's root is an object or a list. %NULL with @error. (transfer full) */
yyjson_doc *ent_couch_ask           (EntCouch              *self,
                                     const char            *method,
                                     const char            *url,
                                     GBytes                *body,
                                     gboolean               repeatable,
                                     guint                 *status,
                                     GCancellable          *cancellable,
                                     GError               **error);
/** Parses an answer, or a line of one. %NULL with PROTOCOL or CAPTIVE. (transfer full) */
yyjson_doc *ent_couch_parse         (EntCouch              *self,
                                     GBytes                *body,
                                     GError               **error);
/** Says that the answer has not the form it should have. Returns FALSE. */
gboolean    ent_couch_fail          (EntCouch              *self,
                                     GError               **error);

/** A member that is a text, or %NULL. Belongs to the document. */
const char *ent_couch_get_text      (yyjson_val            *object,
                                     const char            *name);
/** A sequence as text, whatever the server makes them of. %NULL for null and nothing. (transfer full) */
char       *ent_couch_dup_sequence  (yyjson_val            *value);
/** A whole object for json-glib; %NULL when it is none, is nested deeper than 200, or has a text or number that cannot
 * be kept. (transfer full) */
JsonObject *ent_couch_dup_object    (yyjson_val            *value);
/** @object as JSON text. (transfer full) */
char       *ent_couch_write_object  (JsonObject            *object);
/** Takes the texts of a failure out of @object; @id and @rev stand in for those it does not say. (transfer full) */
EntCouchFailure *ent_couch_read_failure (yyjson_val        *object,
                                         const char        *id,
                                         const char        *rev);
EntCouchFailure *ent_couch_failure_new  (const char        *id,
                                         const char        *rev,
                                         const char        *name,
                                         const char        *reason);
void        ent_couch_failure_free  (EntCouchFailure       *failure);

/** Reads a row of the feed. %NULL with @error. (transfer full) */
EntCouchRow     *ent_couch_read_row     (EntCouch          *self,
                                         yyjson_val        *value,
                                         GError           **error);
void             ent_couch_row_free     (EntCouchRow       *row);
/** Reads a page of the feed. %NULL with @error. (transfer full) */
EntCouchChanges *ent_couch_read_changes (EntCouch          *self,
                                         yyjson_val        *root,
                                         GError           **error);

G_END_DECLS
