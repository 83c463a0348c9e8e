/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "fake-oauth.h"

G_BEGIN_DECLS

/* For fake-oauth*.c only. */

typedef struct
{
  gboolean live;
} Grant;

typedef struct
{
  Grant    *grant;
  gboolean  used;
  char     *challenge;
  char     *redirect_uri;
} Token;

typedef enum
{
  FAULT_NONE,
  FAULT_ANSWER,
  FAULT_CUT,
  FAULT_FREEZE,
} Fault;

struct _FakeOauth
{
  GMutex           lock;
  GThread         *thread;
  GMainContext    *context;
  GMainLoop       *loop;
  SoupServer      *server;
  char            *url;
  FakeOauthTraits  traits;
  GPtrArray       *grants;
  GHashTable      *codes;     /* text → Token, as the next two */
  GHashTable      *refreshes;
  GHashTable      *accesses;
  GPtrArray       *faults;    /* broken rules */
  guint            n_made;
  guint            n_authorize, n_token, n_revoke;
  Fault            fault;
  guint            status;
  char            *type, *body, *header;
};

/* What is granted: with the lock held. */
void      fake_oauth_note_fault  (FakeOauth  *self,
                                  const char *fault);
void      fake_oauth_token_free  (gpointer    token);
Grant    *fake_oauth_add_grant   (FakeOauth  *self);
Token    *fake_oauth_add_token   (FakeOauth  *self,
                                  GHashTable *tokens,
                                  Grant      *grant,
                                  const char *kind,
                                  char      **text);
gboolean  fake_oauth_knows       (FakeOauth  *self,
                                  const char *authorization);
/* Answers as JSON, with their status. */
char     *fake_oauth_fail        (const char *code,
                                  guint      *status);
char     *fake_oauth_grant       (FakeOauth  *self,
                                  Grant      *grant,
                                  gboolean    with_refresh);
char     *fake_oauth_use_code    (FakeOauth  *self,
                                  GHashTable *form,
                                  guint      *status);
char     *fake_oauth_use_refresh (FakeOauth  *self,
                                  const char *refresh,
                                  guint      *status);

G_END_DECLS
