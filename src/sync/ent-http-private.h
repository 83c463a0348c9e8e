/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-http.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* For ent-http*.c only. */

struct _EntHttp
{
  GMainContext     *context; /* of all that libsoup does for us; iterated inside calls only */
  SoupSession      *session;
  char             *host;
  char             *authorization;
  EntHttpAuthorize  authorize;
  gpointer          authorize_data;
  GDestroyNotify    authorize_destroy;
  GTlsDatabase     *trust;
  gsize             limit;
  guint             connect_ms;
  guint             idle_ms;
  guint             total_ms;
  guint             retries;
  guint             first_delay;
  gboolean          no_packing; /* the server does not unpack */
  GHashTable       *connections; /* ids of those that a request went well on */
  guint64           counters[4]; /* requests, retries, bytes sent, bytes received */
};

/**
 * EntHttpAnswer: what came of one try
 * @status: 0 when there was no answer
 * @stale: it broke on a connection that served a request before, which may have been closed meanwhile
 */
typedef struct
{
  guint      status;
  GBytes    *body;
  guint      retry_after;
  gboolean   stale;
  gboolean   packed;
} EntHttpAnswer;

/** Sends it once. FALSE with @error unless a 2xx came. */
gboolean ent_http_try (EntHttp               *self,
                       const EntHttpRequest  *request,
                       const char            *authorization,
                       EntHttpAnswer         *answer,
                       GCancellable          *cancellable,
                       GError               **error);

G_END_DECLS
