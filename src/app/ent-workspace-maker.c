/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-workspace-maker.h"

#include "model/ent-value.h"
#include "rules/ent-program-defaults.h"
#if __has_include("rules/ent-sample.h")
#include "rules/ent-sample.h"
#endif

#include <glib/gstdio.h>
#include <openssl/crypto.h>

void
ent_workspace_maker_free (EntWorkspaceMaker *self)
{
  OPENSSL_cleanse (&self->key, sizeof self->key);
  g_free (self->path);
  g_free (self->title);
  g_free (self);
}

static gboolean
fill (EntWorkspaceMaker *self,
      EntStore          *store,
      GCancellable      *cancellable,
      GError           **error)
{
  if (self->title != NULL &&
      !ent_store_set_setting (store, ENT_SETTING_TITLE, self->title, error))
    return FALSE;
  if (self->with_program && !ent_program_defaults_install (store, cancellable, error))
    return FALSE;
#if __has_include("rules/ent-sample.h")
  if (self->with_sample && !ent_sample_fill (store, ent_date_today (), cancellable, error))
    return FALSE;
#endif
  return TRUE;
}

static void
remove_files (const char *path)
{
  static const char * const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

static gboolean
make (EntWorkspaceMaker *self,
      GCancellable      *cancellable,
      GError           **error)
{
  g_autoptr (EntStore) store = NULL;
  gboolean good;

  store = ent_store_create (self->path, self->encrypt ? &self->key : NULL, cancellable, error);
  if (store == NULL)
    return FALSE;
  good = fill (self, store, cancellable, error);
  ent_store_close (store);
  if (!good)
    remove_files (self->path);
  return good;
}

gboolean
ent_workspace_maker_run (EntWorkspaceMaker *self,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  gboolean good;

  if (self->encrypt)
    ent_store_key_init_new (&self->key);
  /* What this store has to tell concerns nobody, least of all the main loop, which goes on after it is closed. */
  g_main_context_push_thread_default (context);
  good = make (self, cancellable, error);
  g_main_context_pop_thread_default (context);
  return good;
}
