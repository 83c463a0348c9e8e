/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth.h"

struct _EntOauthUse
{
  EntOauth *oauth;
  char     *sent; /* the header before */
};

EntOauthUse *
ent_oauth_use_new (EntOauth *oauth)
{
  EntOauthUse *self = g_new0 (EntOauthUse, 1);

  self->oauth = ent_oauth_ref (oauth);
  return self;
}

void
ent_oauth_use_free (EntOauthUse *self)
{
  ent_oauth_unref (self->oauth);
  g_free (self->sent);
  g_free (self);
}

char *
ent_oauth_use_authorize (gboolean       refused,
                         gpointer       use,
                         GCancellable  *cancellable,
                         GError       **error)
{
  EntOauthUse *self = use;
  g_autofree char *header = NULL;

  if (refused && self->sent != NULL)
    ent_oauth_refuse (self->oauth, self->sent);
  header = ent_oauth_dup_authorization (self->oauth, cancellable, error);
  g_set_str (&self->sent, header);
  return g_steal_pointer (&header);
}
