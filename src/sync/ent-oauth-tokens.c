/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Tokens: what portals give and what is kept. */

#define MAX_LENGTH   (16 * 1024)
#define MAX_LIFE     ((gint64) 10 * 366 * 24 * 60 * 60)
/* Seconds before its end that an access token is replaced: a request takes time, too. Less of a short life. */
#define MARGIN       60
#define MARGIN_SHARE 5

void
oauth_tokens_free (OauthTokens *self)
{
  g_free (self->access);
  g_free (self->refresh);
  g_clear_pointer (&self->kept, g_hash_table_unref);
  g_free (self);
}

static OauthTokens *
tokens_new (void)
{
  OauthTokens *self = g_new0 (OauthTokens, 1);

  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

const char *
oauth_get_text (JsonObject *object,
                const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node) : NULL;
}

/* RFC 6750, section 2.1: a token of other characters could not be sent, or would begin another header. */
static gboolean
is_token (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > MAX_LENGTH)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

/* Seconds, as a number or, at some portals, as text: -1 when that is neither, 0 when nothing is said. */
static gint64
read_life (JsonObject *answer)
{
  JsonNode *node = json_object_get_member (answer, "expires_in");
  const char *text = oauth_get_text (answer, "expires_in");
  gint64 life = -1;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return 0;
  if (text != NULL)
    return g_ascii_string_to_signed (text, 10, 1, MAX_LIFE, &life, NULL) ? life : -1;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    life = json_node_get_int (node);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    life = (gint64) CLAMP (json_node_get_double (node), -1.0, (double) MAX_LIFE);
  return life < 1 ? -1 : MIN (life, MAX_LIFE);
}

static void
keep_texts (OauthTokens        *self,
            const OauthConfig  *config,
            JsonObject         *answer,
            const OauthTokens  *earlier)
{
  for (guint i = 0; config->kept != NULL && config->kept[i] != NULL; i++)
    {
      const char *name = config->kept[i];
      const char *text = oauth_get_text (answer, name);

      if (text == NULL && earlier != NULL)
        text = g_hash_table_lookup (earlier->kept, name);
      if (text != NULL && strlen (text) <= MAX_LENGTH)
        g_hash_table_insert (self->kept, g_strdup (name), g_strdup (text));
    }
}

OauthTokens *
oauth_tokens_read (const OauthConfig  *config,
                   JsonObject         *answer,
                   const OauthTokens  *earlier,
                   gint64              now,
                   GError            **error)
{
  const char *access = oauth_get_text (answer, "access_token");
  const char *refresh = oauth_get_text (answer, "refresh_token");
  const char *type = oauth_get_text (answer, "token_type");
  gint64 life = read_life (answer);
  OauthTokens *self;

  if (refresh == NULL && earlier != NULL)
    refresh = earlier->refresh;
  if (!is_token (access) || (refresh != NULL && !is_token (refresh)) || life < 0 ||
      (type != NULL && g_ascii_strcasecmp (type, "bearer") != 0))
    {
      g_autofree char *text = g_strdup_printf (_("%s answered to the sign-in with a token that Entente cannot use; ask those "
                                                 "who run it."), config->name);

      g_propagate_error (error, ent_remote_error_new (ENT_REMOTE_ERROR_PROTOCOL, text, 0, 0));
      return NULL;
    }
  self = tokens_new ();
  self->access = g_strdup (access);
  self->refresh = g_strdup (refresh);
  if (life > 0)
    self->renew_after = now + life * G_USEC_PER_SEC - MIN (MARGIN * G_USEC_PER_SEC, life * G_USEC_PER_SEC / MARGIN_SHARE);
  keep_texts (self, config, answer, earlier);
  return self;
}

JsonObject *
oauth_tokens_to_json (const OauthTokens *self)
{
  JsonObject *json = json_object_new ();
  JsonObject *kept = json_object_new ();
  GHashTableIter iter;
  gpointer name, text;

  json_object_set_string_member (json, "access_token", self->access);
  if (self->refresh != NULL)
    json_object_set_string_member (json, "refresh_token", self->refresh);
  json_object_set_int_member (json, "renew_after", self->renew_after);
  g_hash_table_iter_init (&iter, self->kept);
  while (g_hash_table_iter_next (&iter, &name, &text))
    json_object_set_string_member (kept, name, text);
  json_object_set_object_member (json, "kept", kept);
  return json;
}

static void
keep_text (JsonObject *object,
           const char *name,
           JsonNode   *node,
           gpointer    kept)
{
  const char *text = oauth_get_text (object, name);

  if (text != NULL)
    g_hash_table_insert (kept, g_strdup (name), g_strdup (text));
}

OauthTokens *
oauth_tokens_from_json (JsonObject *json)
{
  JsonNode *renew = json_object_get_member (json, "renew_after");
  JsonNode *kept = json_object_get_member (json, "kept");
  const char *refresh = oauth_get_text (json, "refresh_token");
  OauthTokens *self;

  if (!is_token (oauth_get_text (json, "access_token")) || (refresh != NULL && !is_token (refresh)))
    return NULL;
  self = tokens_new ();
  self->access = g_strdup (oauth_get_text (json, "access_token"));
  self->refresh = g_strdup (refresh);
  if (renew != NULL && JSON_NODE_HOLDS_VALUE (renew) && json_node_get_value_type (renew) == G_TYPE_INT64)
    self->renew_after = json_node_get_int (renew);
  if (kept != NULL && JSON_NODE_HOLDS_OBJECT (kept))
    json_object_foreach_member (json_node_get_object (kept), keep_text, self->kept);
  return self;
}
