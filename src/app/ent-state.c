/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/ent-state.h"

#include "widgets/ent-seal.h"

#include <glib/gstdio.h>

static char *
state_path (const char *name,
            gboolean    make_folder)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "entente", NULL);

  if (make_folder)
    g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

static char *
workspace_path (const EntId *workspace,
                gboolean     make_folder)
{
  char id[ENT_ID_TEXT_LENGTH + 1];
  g_autofree char *name = NULL;

  ent_id_to_text (workspace, id);
  name = g_strconcat (id, ".state", NULL);
  return state_path (name, make_folder);
}

static void
init_seal (EntSeal           *seal,
           const EntStoreKey *key)
{
  if (key != NULL)
    ent_seal_init (seal, key->bytes, "entente state");
}

GVariant *
ent_state_load (const EntId       *workspace,
                const EntStoreKey *key)
{
  g_autofree char *path = workspace_path (workspace, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GVariant) state = NULL;
  EntSeal seal = { 0 };

  init_seal (&seal, key);
  bytes = ent_seal_read_file (&seal, path, NULL);
  ent_seal_clear (&seal);
  if (bytes == NULL)
    return NULL;
  /* Not trusted: anything may lie in that file, and reading stays safe. */
  state = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  return g_variant_get_normal_form (state);
}

gboolean
ent_state_save (const EntId       *workspace,
                const EntStoreKey *key,
                GVariant          *state,
                GError           **error)
{
  g_autofree char *path = workspace_path (workspace, TRUE);
  g_autoptr (GVariant) sunk = g_variant_ref_sink (state);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (sunk);
  EntSeal seal = { 0 };
  gboolean good;

  init_seal (&seal, key);
  good = ent_seal_write_file (&seal, path, bytes, error);
  ent_seal_clear (&seal);
  return good;
}

char *
ent_state_load_last (void)
{
  g_autofree char *path = state_path ("last", FALSE);
  char *last = NULL;

  if (!g_file_get_contents (path, &last, NULL, NULL))
    return NULL;
  if (*last == '\0')
    g_clear_pointer (&last, g_free);
  return last;
}

void
ent_state_save_last (const char *last)
{
  g_autofree char *path = state_path ("last", TRUE);
  g_autoptr (GError) error = NULL;

  if (last == NULL)
    g_unlink (path);
  else if (!g_file_set_contents_full (path, last, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_info ("The last workspace could not be remembered: %s", error->message);
}
