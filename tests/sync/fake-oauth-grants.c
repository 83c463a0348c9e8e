/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-oauth-private.h"

#include <string.h>

void
fake_oauth_token_free (gpointer data)
{
  Token *token = data;

  g_free (token->challenge);
  g_free (token->redirect_uri);
  g_free (token);
}

void
fake_oauth_note_fault (FakeOauth  *self,
                       const char *fault)
{
  g_ptr_array_add (self->faults, g_strdup (fault));
}

Token *
fake_oauth_add_token (FakeOauth   *self,
                      GHashTable  *tokens,
                      Grant       *grant,
                      const char  *kind,
                      char       **text)
{
  Token *token = g_new0 (Token, 1);

  token->grant = grant;
  *text = g_strdup_printf ("%s-%u-%08x", kind, ++self->n_made, g_random_int ());
  g_hash_table_insert (tokens, g_strdup (*text), token);
  return token;
}

Grant *
fake_oauth_add_grant (FakeOauth *self)
{
  Grant *grant = g_new0 (Grant, 1);

  grant->live = TRUE;
  g_ptr_array_add (self->grants, grant);
  return grant;
}

char *
fake_oauth_fail (const char *code,
                 guint      *status)
{
  *status = g_str_equal (code, "invalid_client") ? 401 : 400;
  return g_strdup_printf ("{\"error\":\"%s\",\"error_description\":\"The server says: %s\"}", code, code);
}

/* An access token, with a refresh token unless it stays as it is. */
char *
fake_oauth_grant (FakeOauth *self,
                  Grant     *grant,
                  gboolean   with_refresh)
{
  g_autofree char *access = NULL;
  g_autofree char *refresh = NULL;
  GString *answer = g_string_new ("{");

  fake_oauth_add_token (self, self->accesses, grant, "access", &access);
  g_string_append_printf (answer, "\"access_token\":\"%s\",\"token_type\":\"Bearer\"", access);
  if (with_refresh)
    {
      fake_oauth_add_token (self, self->refreshes, grant, "refresh", &refresh);
      g_string_append_printf (answer, ",\"refresh_token\":\"%s\"", refresh);
    }
  if (self->traits.life > 0)
    g_string_append_printf (answer, ",\"expires_in\":%u", self->traits.life);
  return g_string_free_and_steal (g_string_append (answer, ",\"instance_url\":\"https://eu7.example.com\"}"));
}

static gboolean
verify (const Token *token,
        const char  *verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *challenge = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  if (verifier == NULL || strlen (verifier) < 43 || strlen (verifier) > 128)
    return FALSE;
  g_checksum_update (checksum, (const guchar *) verifier, -1);
  g_checksum_get_digest (checksum, digest, &size);
  challenge = g_base64_encode (digest, size);
  g_strdelimit (g_strdelimit (challenge, "+", '-'), "/", '_');
  challenge[strcspn (challenge, "=")] = '\0';
  return g_str_equal (challenge, token->challenge);
}

char *
fake_oauth_use_code (FakeOauth  *self,
                     GHashTable *form,
                     guint      *status)
{
  const char *code = g_hash_table_lookup (form, "code");
  Token *token = code != NULL ? g_hash_table_lookup (self->codes, code) : NULL;

  if (token == NULL || token->used)
    {
      if (token != NULL)
        token->grant->live = FALSE;
      return fake_oauth_fail ("invalid_grant", status);
    }
  token->used = TRUE;
  if (!verify (token, g_hash_table_lookup (form, "code_verifier")) ||
      g_strcmp0 (g_hash_table_lookup (form, "redirect_uri"), token->redirect_uri) != 0)
    {
      fake_oauth_note_fault (self, "the verifier or the address to come back to is another one");
      return fake_oauth_fail ("invalid_grant", status);
    }
  return fake_oauth_grant (self, token->grant, TRUE);
}

char *
fake_oauth_use_refresh (FakeOauth  *self,
                        const char *refresh,
                        guint      *status)
{
  Token *token = refresh != NULL ? g_hash_table_lookup (self->refreshes, refresh) : NULL;

  if (token == NULL || token->used || !token->grant->live)
    {
      if (token != NULL)
        token->grant->live = FALSE;
      return fake_oauth_fail ("invalid_grant", status);
    }
  token->used = !self->traits.keeps_refresh;
  return fake_oauth_grant (self, token->grant, !self->traits.keeps_refresh);
}

gboolean
fake_oauth_knows (FakeOauth  *self,
                  const char *authorization)
{
  const Token *token = NULL;

  if (g_str_has_prefix (authorization, "Bearer "))
    token = g_hash_table_lookup (self->accesses, authorization + strlen ("Bearer "));
  return token != NULL && !token->used && token->grant->live;
}
