/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * What may go wrong between this computer and a server, the team's database or a partner portal. Each
 * error's message is one sentence for a person, which names the host and never holds a password or token.
 * A cancelled call fails with G_IO_ERROR_CANCELLED instead.
 */
#define ENT_REMOTE_ERROR (ent_remote_error_quark ())

/**
 * EntRemoteError:
 * @ENT_REMOTE_ERROR_OFFLINE: the server was not reached (no network, no such name, refused, no connection
 *   in time); nothing was carried out
 * @ENT_REMOTE_ERROR_TIMEOUT: the request left and no whole answer came (too slow, or the connection broke):
 *   **it may have been carried out**
 * @ENT_REMOTE_ERROR_CAPTIVE: somebody else answered: a web page instead of data, or a redirect to another host
 * @ENT_REMOTE_ERROR_TLS: no secure connection, or a certificate that is not trusted
 * @ENT_REMOTE_ERROR_UNAUTHORIZED: 401, the name, password or token is not accepted
 * @ENT_REMOTE_ERROR_FORBIDDEN: 403, this user may not do this
 * @ENT_REMOTE_ERROR_NOT_FOUND: 404
 * @ENT_REMOTE_ERROR_EXISTS: 412 of a creation, it is there already
 * @ENT_REMOTE_ERROR_CONFLICT: 409, somebody else changed it since it was read
 * @ENT_REMOTE_ERROR_TOO_LARGE: 413, or an answer over the limit of this program
 * @ENT_REMOTE_ERROR_BUSY: 429 or 503; see ent_remote_error_get_retry_after()
 * @ENT_REMOTE_ERROR_SERVER: another 5xx: a fault of the server; what was sent may have been carried out
 * @ENT_REMOTE_ERROR_REJECTED: another 4xx, the server does not take the request; its words are in the message
 * @ENT_REMOTE_ERROR_PROTOCOL: an answer that makes no sense
 * @ENT_REMOTE_ERROR_ADDRESS: the address itself cannot be used: not a URL, or not encrypted
 */
typedef enum
{
  ENT_REMOTE_ERROR_OFFLINE,
  ENT_REMOTE_ERROR_TIMEOUT,
  ENT_REMOTE_ERROR_CAPTIVE,
  ENT_REMOTE_ERROR_TLS,
  ENT_REMOTE_ERROR_UNAUTHORIZED,
  ENT_REMOTE_ERROR_FORBIDDEN,
  ENT_REMOTE_ERROR_NOT_FOUND,
  ENT_REMOTE_ERROR_EXISTS,
  ENT_REMOTE_ERROR_CONFLICT,
  ENT_REMOTE_ERROR_TOO_LARGE,
  ENT_REMOTE_ERROR_BUSY,
  ENT_REMOTE_ERROR_SERVER,
  ENT_REMOTE_ERROR_REJECTED,
  ENT_REMOTE_ERROR_PROTOCOL,
  ENT_REMOTE_ERROR_ADDRESS,
} EntRemoteError;

GQuark   ent_remote_error_quark           (void);

/**
 * ent_remote_error_new:
 * @message: (transfer none): the whole sentence, translated
 * @status: HTTP status that it comes from, 0 without one
 * @retry_after: seconds that the server asked to wait, 0 without a wish
 *
 * Returns: (transfer full): an error of the domain ENT_REMOTE_ERROR. Any thread.
 */
GError  *ent_remote_error_new             (EntRemoteError  code,
                                           const char     *message,
                                           guint           status,
                                           guint           retry_after);
/**
 * ent_remote_error_new_for_status:
 * @host: whom to name
 * @status: an HTTP status that is no success (RFC 9110, 15. Status Codes)
 * @said: (nullable): the server's own words, which are shortened and put into the sentence
 * @retry_after: seconds, 0 without a wish
 *
 * Returns: (transfer full): the code and sentence for the status. Any thread.
 */
GError  *ent_remote_error_new_for_status  (const char     *host,
                                           guint           status,
                                           const char     *said,
                                           guint           retry_after);
/**
 * ent_remote_error_new_for_transport:
 * @host: whom to name
 * @cause: what GIO or libsoup said; a cancellation is handed on as it is
 * @sent: whether the request may have reached the server, which makes a broken connection a
 *   ENT_REMOTE_ERROR_TIMEOUT instead of ENT_REMOTE_ERROR_OFFLINE
 *
 * Returns: (transfer full): OFFLINE, TIMEOUT, TLS or PROTOCOL. Any thread.
 */
GError  *ent_remote_error_new_for_transport (const char   *host,
                                             const GError *cause,
                                             gboolean      sent);

/** Seconds that the server asked to wait before the next request (RFC 9110, 10.2.3 Retry-After); 0 when it
 * did not ask, or @error is of another domain. */
guint    ent_remote_error_get_retry_after (const GError   *error);
/** The HTTP status behind @error; 0 when no answer came, or @error is of another domain. */
guint    ent_remote_error_get_status      (const GError   *error);
/** Whether the same request may succeed later without anybody doing anything: OFFLINE, TIMEOUT, CAPTIVE, BUSY
 * and SERVER. Everything else waits for a person. */
gboolean ent_remote_error_is_passing      (const GError   *error);

G_END_DECLS
