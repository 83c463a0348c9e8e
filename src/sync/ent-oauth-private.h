/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/ent-oauth.h"

G_BEGIN_DECLS

/* For ent-oauth*.c only. */

/** EntOauthConfig with texts of its own. */
typedef struct
{
  char     *name;
  char     *authorize_url;
  char     *token_url;
  char     *revoke_url;
  char     *issuer;
  char     *client_id;
  char     *client_secret;
  gboolean  secret_in_header;
  char     *scope;
  char     *redirect_host;
  guint16   redirect_port;
  char     *redirect_path;
  char    **authorize_parameters;
  char    **token_parameters;
  char    **kept;
  guint     timeout;
} OauthConfig;

/** @renew_after: when another access token is due, microseconds by the server's clock; 0: when it is refused.
 * @kept: text → text. */
typedef struct
{
  char       *access;
  char       *refresh;
  gint64      renew_after;
  GHashTable *kept;
} OauthTokens;

/** What the browser came back with. */
typedef struct
{
  char *code;
  char *error;
  char *description;
  char *issuer;
} OauthAnswer;

struct _EntOauth
{
  OauthConfig      config;
  EntOauthStorage  storage;
  EntClockSkew    *skew;
  GMutex           mutex;   /* of all below */
  GCond            cond;
  gboolean         busy;    /* somebody talks to the portal: a renewal, a sign-in or a sign-out */
  guint64          n_done;  /* renewals that ended */
  GError          *outcome; /* of the last of them */
  OauthTokens     *tokens;  /* in use */
  OauthTokens     *unsaved; /* come and not kept yet; only for who is busy */
  char            *refused; /* an access token */
};

/* --- ent-oauth-config.c --- */

gboolean     oauth_config_init     (OauthConfig           *self,
                                    const EntOauthConfig  *from,
                                    GError               **error);
void         oauth_config_clear    (OauthConfig           *self);

/* --- ent-oauth-tokens.c --- */

void         oauth_tokens_free     (OauthTokens           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OauthTokens, oauth_tokens_free)
/** From a portal's answer. @earlier: (nullable): what it may leave out. @now: by the server's clock. */
OauthTokens *oauth_tokens_read     (const OauthConfig     *config,
                                    JsonObject            *answer,
                                    const OauthTokens     *earlier,
                                    gint64                 now,
                                    GError               **error);
JsonObject  *oauth_tokens_to_json  (const OauthTokens     *self);
/** NULL when @json holds none. */
OauthTokens *oauth_tokens_from_json (JsonObject           *json);
/** (nullable) unless @name is a text. */
const char  *oauth_get_text        (JsonObject            *object,
                                    const char            *name);

/* --- ent-oauth-request.c --- */

/** Asks for tokens with @form, an array of name, value, name, value…, to which the client is added. @code: (out): the
 * portal's own code of an error, such as "invalid_grant"; else NULL. Returns the answer, NULL with @error. */
JsonObject  *oauth_post            (const OauthConfig     *config,
                                    GPtrArray             *form,
                                    EntClockSkew          *skew,
                                    char                 **code,
                                    GCancellable          *cancellable,
                                    GError               **error);
/** Has the portal end a sign-in. */
gboolean     oauth_revoke          (const OauthConfig     *config,
                                    GPtrArray             *form,
                                    EntClockSkew          *skew,
                                    GCancellable          *cancellable,
                                    GError               **error);
/** The sentence for @code of RFC 6749, sections 4.1.2.1 and 5.2. @words: (nullable): the portal's own. */
void         oauth_set_error       (GError               **error,
                                    const OauthConfig     *config,
                                    const char            *code,
                                    const char            *words);
/** Name, value and so on; NULL ends. (transfer full) */
GPtrArray   *oauth_form_new        (const char            *name,
                                    ...) G_GNUC_NULL_TERMINATED;
void         oauth_form_add        (GPtrArray             *form,
                                    const char * const    *parameters);
/** "a=1&b=2", encoded. */
char        *oauth_form_encode     (GPtrArray             *form);

/* --- ent-oauth-loopback.c: used on one thread --- */

typedef struct _OauthLoopback OauthLoopback;

OauthLoopback *oauth_loopback_new     (const OauthConfig  *config,
                                       const char         *state,
                                       GError            **error);
void           oauth_loopback_free    (OauthLoopback      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OauthLoopback, oauth_loopback_free)
const char    *oauth_loopback_get_uri (OauthLoopback      *self);
/** @answer: to be cleared with oauth_answer_clear(). @timeout: seconds. */
gboolean       oauth_loopback_wait    (OauthLoopback      *self,
                                       guint               timeout,
                                       OauthAnswer        *answer,
                                       GCancellable       *cancellable,
                                       GError            **error);
void           oauth_answer_clear     (OauthAnswer        *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OauthAnswer, oauth_answer_clear)

/* --- ent-oauth.c --- */

/** Waits until nobody is busy and is. FALSE when cancelled. */
gboolean     oauth_begin           (EntOauth              *self,
                                    GCancellable          *cancellable,
                                    GError               **error);
void         oauth_end             (EntOauth              *self);
/** Keeps @tokens (transfer full), then uses them. Only for who is busy. */
gboolean     oauth_keep            (EntOauth              *self,
                                    OauthTokens           *tokens,
                                    GError               **error);

G_END_DECLS
