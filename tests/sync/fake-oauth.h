/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FakeOauth:
 *
 * A strict sign-in service of a portal, served on a loopback port by a thread of its own: `/authorize`, `/token`, `/revoke`.
 * PKCE is verified, a code is good once (twice revokes the grant), a refresh token is good once (twice revokes the grant), the
 * client has to be known. `/data` is what the portal gives to whom it knows. A request that breaks a rule of the protocol is counted as a fault, which fake_oauth_free() asserts
 * to be none. All functions may be called from any thread.
 */
typedef struct _FakeOauth FakeOauth;

/**
 * FakeOauthTraits:
 * @life: seconds of an access token, as said in expires_in; 0: it is not said
 * @keeps_refresh: refresh tokens stay and are not in later answers
 * @silent: /authorize shows a page and sends nobody back
 * @deny: (nullable): the error that /authorize sends back
 * @issuer: (nullable): the iss that it sends back
 * @basic: the client's secret has to be in the header
 * @is_public: the client has no secret
 * @clock: seconds that the server's clock is ahead
 * @delay: milliseconds before each answer of /token
 */
typedef struct
{
  guint       life;
  gboolean    keeps_refresh;
  gboolean    silent;
  const char *deny;
  const char *issuer;
  gboolean    basic;
  gboolean    is_public;
  gint64      clock;
  guint       delay;
} FakeOauthTraits;

#define FAKE_OAUTH_CLIENT "entente/desktop app"
#define FAKE_OAUTH_SECRET "client:s3cret&more"

FakeOauth  *fake_oauth_new            (void);
void        fake_oauth_free           (FakeOauth             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeOauth, fake_oauth_free)
/** "http://127.0.0.1:PORT" and @path. (transfer full) */
char       *fake_oauth_dup_url        (FakeOauth             *self,
                                       const char            *path);
/** Borrows the texts. */
void        fake_oauth_set_traits     (FakeOauth             *self,
                                       const FakeOauthTraits *traits);
/** The next request to /token or /revoke is answered so and not carried out. @header: (nullable): "Name: value" */
void        fake_oauth_answer         (FakeOauth             *self,
                                       guint                  status,
                                       const char            *type,
                                       const char            *body,
                                       const char            *header);
/** The next request is carried out, and the connection cut before the answer. */
void        fake_oauth_cut            (FakeOauth             *self);
/** The next request is taken and never answered. */
void        fake_oauth_freeze         (FakeOauth             *self);
/** Requests so far: "/authorize", "/token", "/revoke". */
guint       fake_oauth_count          (FakeOauth             *self,
                                       const char            *path);
/** Whether a portal would let in who sends this header. */
gboolean    fake_oauth_accepts        (FakeOauth             *self,
                                       const char            *authorization);
/** Access tokens of now are good no more. */
void        fake_oauth_expire         (FakeOauth             *self);
/** Uses the refresh token as another program on this computer would: the whole answer. (transfer full) */
char       *fake_oauth_refresh        (FakeOauth             *self,
                                       const char            *refresh_token);
/** Sign-ins that neither misuse nor signing out has ended. */
guint       fake_oauth_count_grants   (FakeOauth             *self);

G_END_DECLS
