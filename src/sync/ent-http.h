/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-remote-error.h"

G_BEGIN_DECLS

/**
 * EntHttp:
 *
 * Requests over HTTP for src/sync/, one after another, from a worker thread that needs no main loop. All that is the
 * same for every server is here and nowhere else: limits of time and size, retries, signing in, packing, proxies,
 * certificates, redirects, and sentences for errors. Errors are of ENT_REMOTE_ERROR, or G_IO_ERROR_CANCELLED.
 */
typedef struct _EntHttp EntHttp;

/** The value of the header Authorization, (transfer full); @refused: the one before was answered with 401. */
typedef char * (*EntHttpAuthorize) (gboolean       refused,
                                    gpointer       user_data,
                                    GCancellable  *cancellable,
                                    GError       **error);
/** What came of the body of a successful answer, in pieces as they came. FALSE ends the request: well if @error was
 * not set. */
typedef gboolean (*EntHttpSink)    (const char    *data,
                                    gsize          length,
                                    gpointer       user_data,
                                    GError       **error);

/**
 * EntHttpRequest:
 * @method: "GET", "PUT", "POST", "DELETE"
 * @url: whole and escaped, without credentials
 * @body: (nullable): JSON
 * @repeatable: whether repeating it changes nothing
 * @sink: (nullable): takes the body of the answer instead of it being collected
 * @silence: milliseconds without a byte that end it, 0: as set for all; no limit in all when it is given
 */
typedef struct
{
  const char  *method;
  const char  *url;
  GBytes      *body;
  gboolean     repeatable;
  EntHttpSink  sink;
  gpointer     sink_data;
  guint        silence;
} EntHttpRequest;

/** Whether @host is this computer, by address or as "localhost". */
gboolean    ent_http_is_loopback   (const char        *host);

/** @url only to name the host and to find out whether a proxy may be used. */
EntHttp    *ent_http_new           (GUri              *url);
void        ent_http_free          (EntHttp           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntHttp, ent_http_free)
const char *ent_http_get_host      (EntHttp           *self);

/** Takes the value of the header, or the function that gives it; the other is forgotten. */
void        ent_http_set_header    (EntHttp           *self,
                                    char              *authorization);
void        ent_http_set_authorize (EntHttp           *self,
                                    EntHttpAuthorize   authorize,
                                    gpointer           user_data,
                                    GDestroyNotify     destroy);
/** Milliseconds; 0 leaves one as it is. */
void        ent_http_set_timeouts  (EntHttp           *self,
                                    guint              connect,
                                    guint              idle,
                                    guint              total);
void        ent_http_set_retries   (EntHttp           *self,
                                    guint              retries,
                                    guint              first_delay);
void        ent_http_set_limit     (EntHttp           *self,
                                    gsize              limit);
void        ent_http_add_trust     (EntHttp           *self,
                                    GTlsDatabase      *authorities);

/** What was done so far: requests, retries, bytes sent and received with their heads. */
void        ent_http_get_counters  (EntHttp           *self,
                                    guint64            counters[4]);

/**
 * ent_http_send:
 * @status: (out) (optional): of the answer
 *
 * Sends @request, again as often as is allowed and helps, and waits for the answer.
 *
 * Returns: (transfer full) (nullable): the body of a 2xx answer, empty if there is a sink; %NULL with @error
 */
GBytes     *ent_http_send          (EntHttp               *self,
                                    const EntHttpRequest  *request,
                                    guint                 *status,
                                    GCancellable          *cancellable,
                                    GError               **error);
/** Says that the host answered with nonsense, or that it was not the host: a page of HTML. Returns FALSE. */
gboolean    ent_http_nonsense      (EntHttp               *self,
                                    GBytes                *body,
                                    GError               **error);

G_END_DECLS
