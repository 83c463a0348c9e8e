/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-opening.h"

#include "app/ent-state.h"
#include "store/ent-keyring.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <unistd.h>

/* The salt of an encrypted workspace is the start of its file. */
#define SALT_LENGTH 16

struct _EntOpening
{
  GObject parent_instance;

  /* Belong to the thread until it is done, then to the main thread. */
  char             *path;
  char             *secret;
  gboolean          remember;
  EntStoreOpenFlags flags;
  GCancellable     *cancellable;
  EntStore         *store;
  EntStoreKey       key;
  gboolean          has_key;
  GVariant         *state;
  char             *title;
  GError           *error;

  gint     thread_done; /* atomic */
  gboolean done;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EntOpening, ent_opening, G_TYPE_OBJECT)

static gboolean
read_salt (const char *path,
           guint8      salt[SALT_LENGTH])
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize n;

  if (fd < 0)
    return FALSE;
  n = read (fd, salt, SALT_LENGTH);
  close (fd);
  return n == SALT_LENGTH;
}

/* What was typed is the recovery key when it reads as one, else a passphrase. */
static gboolean
read_secret (EntOpening *self,
             GError    **error)
{
  g_autoptr (GError) key_error = NULL;
  guint8 salt[SALT_LENGTH];

  if (ent_store_key_parse (&self->key, self->secret, &key_error))
    return TRUE;
  if (!read_salt (self->path, salt))
    {
      g_propagate_error (error, g_steal_pointer (&key_error));
      return FALSE;
    }
  ent_store_key_derive (&self->key, self->secret, salt);
  return TRUE;
}

static gboolean
find_key (EntOpening *self,
          GError    **error)
{
  gboolean is_encrypted;

  if (!ent_store_probe (self->path, &is_encrypted, error))
    return FALSE;
  if (!is_encrypted)
    return TRUE;
  if (self->secret != NULL)
    self->has_key = read_secret (self, error);
  else
    self->has_key = ent_keyring_lookup (self->path, &self->key, self->cancellable, error);
  return self->has_key;
}

static gboolean
open_workspace (EntOpening *self,
                GError    **error)
{
  const EntStoreKey *key;

  if (!find_key (self, error))
    return FALSE;
  key = self->has_key ? &self->key : NULL;
  self->store = ent_store_open (self->path, key, self->flags, self->cancellable, error);
  if (self->store == NULL)
    return FALSE;
  if (self->has_key && self->secret != NULL && self->remember)
    ent_keyring_store (self->path, &self->key, self->cancellable, NULL);
  self->state = ent_state_load (ent_store_get_id (self->store), key);
  self->title = ent_store_dup_setting (self->store, ENT_SETTING_TITLE);
  return TRUE;
}

static void
open_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  EntOpening *self = source;

  if (self->path == NULL)
    self->path = ent_state_load_last ();
  if (self->path != NULL)
    open_workspace (self, &self->error);
  g_atomic_int_set (&self->thread_done, TRUE);
  g_task_return_boolean (task, TRUE);
}

/* In the main thread, once the other one is done. */
static void
finish (EntOpening *self)
{
  if (self->done)
    return;
  self->done = TRUE;
  if (self->title == NULL && self->path != NULL)
    {
      char *dot;

      self->title = g_path_get_basename (self->path);
      dot = strrchr (self->title, '.');
      if (dot != NULL && dot != self->title)
        *dot = '\0';
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  EntOpening *self = ENT_OPENING (source);

  finish (self);
  g_signal_emit (self, signals[SIGNAL_DONE], 0);
}

static void
clear_text (char **text)
{
  if (*text != NULL)
    OPENSSL_cleanse (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static void
ent_opening_finalize (GObject *object)
{
  EntOpening *self = ENT_OPENING (object);

  clear_text (&self->secret);
  OPENSSL_cleanse (&self->key, sizeof self->key);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->state, g_variant_unref);
  g_clear_error (&self->error);
  g_free (self->path);
  g_free (self->title);

  G_OBJECT_CLASS (ent_opening_parent_class)->finalize (object);
}

static void
ent_opening_class_init (EntOpeningClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ent_opening_finalize;

  signals[SIGNAL_DONE] = g_signal_new ("done", ENT_TYPE_OPENING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
ent_opening_init (EntOpening *self)
{
  self->cancellable = g_cancellable_new ();
}

EntOpening *
ent_opening_start (const char       *path,
                   const char       *secret,
                   gboolean          remember,
                   EntStoreOpenFlags flags)
{
  EntOpening *self = g_object_new (ENT_TYPE_OPENING, NULL);
  g_autoptr (GTask) task = NULL;

  self->path = g_strdup (path);
  self->secret = g_strdup (secret);
  self->remember = remember;
  self->flags = flags;
  task = g_task_new (self, NULL, opened_cb, NULL);
  g_task_set_source_tag (task, ent_opening_start);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_run_in_thread (task, open_thread);
  return self;
}

void
ent_opening_cancel (EntOpening *self)
{
  g_return_if_fail (ENT_IS_OPENING (self));
  g_cancellable_cancel (self->cancellable);
}

gboolean
ent_opening_is_done (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self), FALSE);

  /* Whoever asks before the main loop hears of it need not wait for that. */
  if (g_atomic_int_get (&self->thread_done))
    finish (self);
  return self->done;
}

const char *
ent_opening_get_path (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->path;
}

EntStore *
ent_opening_get_store (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->store;
}

const EntStoreKey *
ent_opening_get_key (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->has_key ? &self->key : NULL;
}

GVariant *
ent_opening_get_state (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->state;
}

const char *
ent_opening_get_title (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->title;
}

const GError *
ent_opening_get_error (EntOpening *self)
{
  g_return_val_if_fail (ENT_IS_OPENING (self) && self->done, NULL);
  return self->error;
}
