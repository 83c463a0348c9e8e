/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sync/ent-clock-skew.h"
#include "sync/ent-remote-error.h"

G_BEGIN_DECLS

/* Signing in to a portal with OAuth 2.0: in the person's own browser, so that Entente never sees a password.
 *
 * Sources: RFC 6749 "The OAuth 2.0 Authorization Framework", sections 4.1 (code), 4.4 (client credentials), 5 (token answers),
 * 6 (refreshing); RFC 6750 "Bearer Token Usage", section 2.1; RFC 7636 "Proof Key for Code Exchange", section 4 (S256 only);
 * RFC 8252 "OAuth 2.0 for Native Apps", section 7.3 (loopback redirect); RFC 7009 "Token Revocation", section 2; RFC 9700 "Best
 * Current Practice for OAuth 2.0 Security", section 4.14 (refresh tokens that are used once); RFC 9207 (issuer). */

#define ENT_OAUTH_ERROR (ent_oauth_error_quark ())
GQuark ent_oauth_error_quark (void);

/** What is not an ENT_REMOTE_ERROR. Each message is one sentence that names the portal and holds no secret. */
typedef enum
{
  ENT_OAUTH_ERROR_SIGN_IN,   /* nobody is signed in, or the sign-in has ended: the person has to sign in (again) */
  ENT_OAUTH_ERROR_DENIED,    /* the person or the portal said no */
  ENT_OAUTH_ERROR_CLIENT,    /* the portal does not know Entente so: client id, secret, scopes or parameters are wrong */
  ENT_OAUTH_ERROR_BROWSER,   /* no browser could be opened, or no answer can be listened for */
  ENT_OAUTH_ERROR_NO_ANSWER, /* the browser did not come back in time */
  ENT_OAUTH_ERROR_STORAGE,   /* tokens could not be read or kept; none was used that is not kept */
} EntOauthError;

/**
 * EntOauthConfig:
 * @name: the portal in words, for sentences
 * @authorize_url: (nullable): where the browser goes; NULL: Entente signs in as itself (client credentials)
 * @revoke_url: (nullable): where a sign-in is ended; NULL: the portal offers no such thing
 * @issuer: (nullable): who must have sent the browser back, when it says so
 * @client_secret: (nullable): most portals give native applications none
 * @secret_in_header: send id and secret as Authorization: Basic instead of in the form
 * @scope: (nullable): separated by spaces
 * @redirect_host: (nullable): "127.0.0.1" or "localhost", as registered at the portal; NULL is the first. What listens is
 *   always 127.0.0.1
 * @redirect_port: 0: the system chooses, which portals allow that follow RFC 8252; else the registered one
 * @redirect_path: (nullable): NULL is "/"
 * @authorize_parameters: (nullable) (array zero-terminated=1): name, value, name, value…, such as prompt, audience
 * @token_parameters: (nullable) (array zero-terminated=1): the same for each request for a token, such as resource
 * @kept: (nullable) (array zero-terminated=1): texts of the token answer to keep, such as instance_url
 * @timeout: seconds without a byte after which a request fails; 0 is 30
 *
 * URLs are https; http for this computer only.
 */
typedef struct
{
  const char         *name;
  const char         *authorize_url;
  const char         *token_url;
  const char         *revoke_url;
  const char         *issuer;
  const char         *client_id;
  const char         *client_secret;
  gboolean            secret_in_header;
  const char         *scope;
  const char         *redirect_host;
  guint16             redirect_port;
  const char         *redirect_path;
  const char * const *authorize_parameters;
  const char * const *token_parameters;
  const char * const *kept;
  guint               timeout;
} EntOauthConfig;

/**
 * EntOauthStorage:
 * @load: gives the tokens as they are kept now, (transfer full), NULL when none are; FALSE when that cannot be told.
 *   Called before each refresh, as another program on this computer may have refreshed them
 * @save: keeps tokens in place of earlier ones; NULL: forgets them. It has to be durable when it returns, since the portal has
 *   made the earlier ones useless by then
 * @data: for both; @destroy: (nullable): frees it
 *
 * Called on worker threads, one call at a time, as @destroy is; what the callbacks are given belongs to the caller. What is
 * in the JSON is Entente's own affair. Client credentials need no storage.
 */
typedef struct
{
  gboolean (*load) (JsonObject **tokens,
                    gpointer     data,
                    GError     **error);
  gboolean (*save) (JsonObject  *tokens,
                    gpointer     data,
                    GError     **error);
  gpointer        data;
  GDestroyNotify  destroy;
} EntOauthStorage;

/** Opens @url in the person's browser and returns at once: the answer is listened for afterwards, on the same thread.
 * Called on the thread that signs in. */
typedef gboolean (*EntOauthOpen) (const char    *url,
                                  gpointer       data,
                                  GError       **error);

/**
 * EntOauth:
 *
 * The sign-in to one portal. One object serves all threads that talk to it: when several need a token at once, it is asked
 * for once. Everything that waits blocks its thread; call it in a job.
 */
typedef struct _EntOauth EntOauth;

/** Copies @config and @storage. @skew: (nullable): the clock of the server that gives tokens, learned from its answers.
 * @storage: (nullable) for client credentials. Returns NULL with ENT_REMOTE_ERROR_ADDRESS or %ENT_OAUTH_ERROR_CLIENT when
 * @config cannot be right; @storage's data is freed then, too. (transfer full) */
EntOauth   *ent_oauth_new               (const EntOauthConfig  *config,
                                         const EntOauthStorage *storage,
                                         EntClockSkew          *skew,
                                         GError               **error);
EntOauth   *ent_oauth_ref               (EntOauth              *self);
void        ent_oauth_unref             (EntOauth              *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntOauth, ent_oauth_unref)

/** Has the person sign in: opens the browser, waits until it comes back, fetches tokens and keeps them.
 * @open: see there; @timeout: seconds for the person, 0 is five minutes.
 * Errors: ENT_OAUTH_ERROR, ENT_REMOTE_ERROR, G_IO_ERROR_CANCELLED. An earlier sign-in is replaced only by a complete one. */
gboolean    ent_oauth_sign_in           (EntOauth              *self,
                                         EntOauthOpen           open,
                                         gpointer               data,
                                         guint                  timeout,
                                         GCancellable          *cancellable,
                                         GError               **error);
/** The value of the header Authorization: "Bearer …", refreshed when its time is up by the server's clock.
 * %ENT_OAUTH_ERROR_SIGN_IN when only the person can help. Cancelling ends the wait; a refresh that is under way goes on and is
 * kept, as the portal may have replaced the tokens already. (transfer full) */
char       *ent_oauth_dup_authorization (EntOauth              *self,
                                         GCancellable          *cancellable,
                                         GError               **error);
/** Says that the portal answered 401 to @authorization: the next one will be another, even if this one should still be good.
 * Nothing happens when it is another by now. Does not wait. */
void        ent_oauth_refuse            (EntOauth              *self,
                                         const char            *authorization);
/** A text of the last token answer that EntOauthConfig.kept names, once there was an authorization. Does not wait.
 * (transfer full) (nullable) */
char       *ent_oauth_dup_kept          (EntOauth              *self,
                                         const char            *name);
/**
 * EntOauthUse:
 *
 * What one client of a server, such as an EntCouch, needs to send the right header: it remembers which one it sent, so that two
 * clients that are refused at once do not have two tokens fetched. Belongs to the thread of the client.
 */
typedef struct _EntOauthUse EntOauthUse;

/** Refs @oauth. (transfer full) */
EntOauthUse *ent_oauth_use_new          (EntOauth              *oauth);
void         ent_oauth_use_free         (EntOauthUse           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntOauthUse, ent_oauth_use_free)
/** For ent_couch_set_authorize() and its like: @use is the data, ent_oauth_use_free() its destroy function. @refused: whether
 * the header before was answered with 401. (transfer full) */
char        *ent_oauth_use_authorize    (gboolean               refused,
                                         gpointer               use,
                                         GCancellable          *cancellable,
                                         GError               **error);

/** Signs out: forgets the tokens on this computer, then has the portal end the sign-in if it offers that. FALSE with an error
 * when one of both failed; the other was done all the same. */
gboolean    ent_oauth_sign_out          (EntOauth              *self,
                                         GCancellable          *cancellable,
                                         GError               **error);

G_END_DECLS
