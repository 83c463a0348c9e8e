/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sync/ent-oauth-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (ent-oauth-error-quark, ent_oauth_error)

EntOauth *
ent_oauth_new (const EntOauthConfig   *config,
               const EntOauthStorage  *storage,
               EntClockSkew           *skew,
               GError                **error)
{
  g_autoptr (EntOauth) self = g_atomic_rc_box_new0 (EntOauth);

  g_return_val_if_fail (storage != NULL || config->authorize_url == NULL, NULL);
  if (storage != NULL)
    self->storage = *storage;
  self->skew = skew != NULL ? ent_clock_skew_ref (skew) : ent_clock_skew_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return oauth_config_init (&self->config, config, error) ? g_steal_pointer (&self) : NULL;
}

EntOauth *
ent_oauth_ref (EntOauth *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
finalize (gpointer data)
{
  EntOauth *self = data;

  if (self->storage.destroy != NULL)
    self->storage.destroy (self->storage.data);
  oauth_config_clear (&self->config);
  ent_clock_skew_unref (self->skew);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_clear_error (&self->outcome);
  g_clear_pointer (&self->tokens, oauth_tokens_free);
  g_clear_pointer (&self->unsaved, oauth_tokens_free);
  g_free (self->refused);
}

void
ent_oauth_unref (EntOauth *self)
{
  g_atomic_rc_box_release_full (self, finalize);
}

/* --- One at a time ------------------------------------------------------------------------------------------------ */

static void
wake (GCancellable *cancellable,
      gpointer      data)
{
  EntOauth *self = data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static gulong
watch (EntOauth     *self,
       GCancellable *cancellable)
{
  return cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (wake), self, NULL) : 0;
}

gboolean
oauth_begin (EntOauth      *self,
             GCancellable  *cancellable,
             GError       **error)
{
  gulong id = watch (self, cancellable);
  gboolean begun;

  g_mutex_lock (&self->mutex);
  while (self->busy && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->cond, &self->mutex);
  begun = !g_cancellable_set_error_if_cancelled (cancellable, error);
  if (begun)
    self->busy = TRUE;
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, id);
  return begun;
}

void
oauth_end (EntOauth *self)
{
  g_mutex_lock (&self->mutex);
  self->busy = FALSE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* --- Storage ------------------------------------------------------------------------------------------------------ */

/* Takes @tokens (nullable). */
static void
use (EntOauth    *self,
     OauthTokens *tokens)
{
  OauthTokens *earlier;

  g_mutex_lock (&self->mutex);
  earlier = self->tokens;
  self->tokens = tokens;
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&earlier, oauth_tokens_free);
}

static gboolean
fail_storage (EntOauth    *self,
              const char  *format,
              GError      *cause,
              GError     **error)
{
  g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_STORAGE, format, self->config.name,
               cause != NULL ? cause->message : "?");
  g_clear_error (&cause);
  return FALSE;
}

static gboolean
save (EntOauth           *self,
      const OauthTokens  *tokens,
      GError            **error)
{
  g_autoptr (JsonObject) json = tokens != NULL ? oauth_tokens_to_json (tokens) : NULL;
  GError *cause = NULL;

  if (self->storage.save == NULL || self->storage.save (json, self->storage.data, &cause))
    return TRUE;
  return fail_storage (self, tokens != NULL
                               ? _("The sign-in to %s could not be kept (%s), so it is not used yet; unlock the keyring and "
                                   "try again.")
                               : _("The sign-in to %s could not be forgotten (%s); unlock the keyring and sign out again."),
                       cause, error);
}

/* @tokens: NULL when none are kept. FALSE when that cannot be told. */
static gboolean
load (EntOauth     *self,
      OauthTokens **tokens,
      GError      **error)
{
  g_autoptr (JsonObject) json = NULL;
  GError *cause = NULL;

  *tokens = NULL;
  if (self->storage.load == NULL)
    return TRUE;
  if (!self->storage.load (&json, self->storage.data, &cause))
    return fail_storage (self, _("The sign-in to %s could not be read (%s); unlock the keyring and try again."), cause, error);
  *tokens = json != NULL ? oauth_tokens_from_json (json) : NULL;
  return TRUE;
}

/* The portal took back what came before @tokens, so until they are kept they stay here, and are kept before anything else. */
gboolean
oauth_keep (EntOauth     *self,
            OauthTokens  *tokens,
            GError      **error)
{
  if (tokens != self->unsaved)
    g_clear_pointer (&self->unsaved, oauth_tokens_free);
  self->unsaved = tokens;
  if (!save (self, tokens, error))
    return FALSE;
  use (self, g_steal_pointer (&self->unsaved));
  return TRUE;
}

/* --- Renewal ------------------------------------------------------------------------------------------------------ */

static gboolean
fail_signed_out (EntOauth  *self,
                 GError   **error)
{
  g_set_error (error, ENT_OAUTH_ERROR, ENT_OAUTH_ERROR_SIGN_IN, _("Nobody is signed in to %s; sign in to it."),
               self->config.name);
  return FALSE;
}

/* With the mutex held. */
static gboolean
is_good (EntOauth          *self,
         const OauthTokens *tokens)
{
  return tokens != NULL && g_strcmp0 (tokens->access, self->refused) != 0 &&
         (tokens->renew_after == 0 || ent_clock_skew_now (self->skew) < tokens->renew_after);
}

static gboolean
is_good_now (EntOauth          *self,
             const OauthTokens *tokens)
{
  gboolean good;

  g_mutex_lock (&self->mutex);
  good = is_good (self, tokens);
  g_mutex_unlock (&self->mutex);
  return good;
}

static OauthTokens *
ask (EntOauth           *self,
     GPtrArray          *form,
     const OauthTokens  *earlier,
     char              **code,
     GError            **error)
{
  const OauthConfig *config = &self->config;
  g_autoptr (JsonObject) json = NULL;

  json = oauth_post (config, form, self->skew, code, NULL, error);
  return json != NULL ? oauth_tokens_read (config, json, earlier, ent_clock_skew_now (self->skew), error) : NULL;
}

static gboolean
renew_as_client (EntOauth  *self,
                 GError   **error)
{
  g_autoptr (GPtrArray) form = oauth_form_new ("grant_type", "client_credentials", NULL);
  g_autofree char *code = NULL;
  OauthTokens *tokens;

  if (self->config.scope != NULL)
    oauth_form_add (form, (const char * const[]) { "scope", self->config.scope, NULL });
  tokens = ask (self, form, NULL, &code, error);
  if (tokens == NULL)
    return FALSE;
  use (self, tokens);
  return TRUE;
}

/* Asks for tokens in place of @kept. @used_up: (out): whether the portal says that @kept are. */
static gboolean
renew_by (EntOauth           *self,
          const OauthTokens  *kept,
          gboolean           *used_up,
          GError            **error)
{
  g_autoptr (GPtrArray) form = oauth_form_new ("grant_type", "refresh_token", "refresh_token", kept->refresh, NULL);
  g_autofree char *code = NULL;
  OauthTokens *tokens = ask (self, form, kept, &code, error);

  *used_up = g_strcmp0 (code, "invalid_grant") == 0;
  return tokens != NULL && oauth_keep (self, tokens, error);
}

/* What is kept counts, not what is in memory: another program on this computer may have renewed it, even between our reading
 * and our asking. Otherwise, what is used up ends the sign-in. */
static gboolean
renew_kept (EntOauth  *self,
            GError   **error)
{
  g_autoptr (OauthTokens) tried = NULL;
  g_autoptr (GError) cause = NULL;

  for (;;)
    {
      g_autoptr (OauthTokens) kept = NULL;
      gboolean used_up;

      if (!load (self, &kept, error))
        return FALSE;
      if (is_good_now (self, kept))
        {
          use (self, g_steal_pointer (&kept));
          return TRUE;
        }
      if (kept == NULL || kept->refresh == NULL)
        {
          use (self, NULL);
          return fail_signed_out (self, error);
        }
      if (tried != NULL && g_str_equal (tried->refresh, kept->refresh))
        break;
      g_clear_error (&cause);
      if (renew_by (self, kept, &used_up, &cause))
        return TRUE;
      if (!used_up)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      g_clear_pointer (&tried, oauth_tokens_free);
      tried = g_steal_pointer (&kept);
    }
  save (self, NULL, NULL);
  use (self, NULL);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
renew (EntOauth  *self,
       GError   **error)
{
  if (self->unsaved != NULL)
    {
      if (!oauth_keep (self, self->unsaved, error))
        return FALSE;
      if (is_good_now (self, self->tokens))
        return TRUE;
    }
  return self->config.authorize_url == NULL ? renew_as_client (self, error) : renew_kept (self, error);
}

/* On a thread of its own, which nobody can cancel: an answer that came and was not kept would end the sign-in. */
static gpointer
renew_in_thread (gpointer data)
{
  g_autoptr (EntOauth) self = data;
  GError *outcome = NULL;

  renew (self, &outcome);
  g_mutex_lock (&self->mutex);
  g_clear_error (&self->outcome);
  self->outcome = outcome;
  self->n_done++;
  self->busy = FALSE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/* --- Authorization ------------------------------------------------------------------------------------------------ */

/* Waits for tokens that are good, or for the end of one renewal. The mutex is held. */
static void
wait_for_renewal (EntOauth     *self,
                  GCancellable *cancellable)
{
  gboolean started = FALSE;
  guint64 wanted = 0;

  while (!is_good (self, self->tokens) && !g_cancellable_is_cancelled (cancellable))
    {
      if (!self->busy && started && self->n_done >= wanted)
        return;
      if (!self->busy)
        {
          self->busy = TRUE;
          g_thread_unref (g_thread_new ("sign-in", renew_in_thread, ent_oauth_ref (self)));
        }
      if (!started)
        wanted = self->n_done + 1;
      started = TRUE;
      g_cond_wait (&self->cond, &self->mutex);
    }
}

char *
ent_oauth_dup_authorization (EntOauth      *self,
                             GCancellable  *cancellable,
                             GError       **error)
{
  gulong id = watch (self, cancellable);
  char *header = NULL;

  g_mutex_lock (&self->mutex);
  wait_for_renewal (self, cancellable);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      if (is_good (self, self->tokens) || (self->outcome == NULL && self->tokens != NULL))
        header = g_strconcat ("Bearer ", self->tokens->access, NULL);
      else if (self->outcome != NULL)
        g_propagate_error (error, g_error_copy (self->outcome));
      else
        fail_signed_out (self, error);
    }
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, id);
  return header;
}

void
ent_oauth_refuse (EntOauth   *self,
                  const char *authorization)
{
  g_mutex_lock (&self->mutex);
  if (self->tokens != NULL && g_str_has_prefix (authorization, "Bearer ") &&
      g_str_equal (authorization + strlen ("Bearer "), self->tokens->access))
    {
      g_free (self->refused);
      self->refused = g_strdup (self->tokens->access);
    }
  g_mutex_unlock (&self->mutex);
}

char *
ent_oauth_dup_kept (EntOauth   *self,
                    const char *name)
{
  char *text = NULL;

  g_mutex_lock (&self->mutex);
  if (self->tokens != NULL)
    text = g_strdup (g_hash_table_lookup (self->tokens->kept, name));
  g_mutex_unlock (&self->mutex);
  return text;
}

/* --- Signing out -------------------------------------------------------------------------------------------------- */

/* RFC 7009, section 2.1. The refresh token takes its access tokens with it. A portal that has forgotten it already is
 * content, too. */
static gboolean
tell_portal (EntOauth           *self,
             const OauthTokens  *tokens,
             GCancellable       *cancellable,
             GError            **error)
{
  gboolean has_refresh = tokens->refresh != NULL;
  g_autoptr (GPtrArray) form = oauth_form_new ("token", has_refresh ? tokens->refresh : tokens->access, "token_type_hint",
                                               has_refresh ? "refresh_token" : "access_token", NULL);
  g_autoptr (GError) cause = NULL;

  if (oauth_revoke (&self->config, form, self->skew, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_propagate_prefixed_error (error, g_steal_pointer (&cause),
                                /* Translators: a sentence about the reason follows */
                                _("You are signed out here, but %s may not know it; end the sign-in on its website. "),
                                self->config.name);
  return FALSE;
}

gboolean
ent_oauth_sign_out (EntOauth      *self,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (OauthTokens) kept = NULL;
  gboolean done;

  if (!oauth_begin (self, cancellable, error))
    return FALSE;
  done = load (self, &kept, error) && save (self, NULL, error);
  use (self, NULL);
  if (self->unsaved != NULL)
    {
      g_clear_pointer (&kept, oauth_tokens_free);
      kept = g_steal_pointer (&self->unsaved);
    }
  if (kept != NULL && self->config.revoke_url != NULL)
    done = tell_portal (self, kept, cancellable, done ? error : NULL) && done;
  oauth_end (self);
  return done;
}
