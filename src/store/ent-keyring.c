/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

/* The file's salt identifies it wherever it is moved; the path serves copies made by a backup, which
 * have a salt of their own. */
static const SecretSchema schema = {
  "org.entente.Entente.Workspace",
  SECRET_SCHEMA_NONE,
  {
    { "salt", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "path", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

#define SALT_SIZE 16

static char *
read_salt (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  guint8 salt[SALT_SIZE];
  gsize size = 0;
  GString *hex;

  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), salt, sizeof salt, &size, NULL, error))
    return NULL;
  if (size < sizeof salt)
    {
      g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FOREIGN,
                   _("“%s” is too short to be a workspace; choose another file."), path);
      return NULL;
    }
  hex = g_string_sized_new (2 * sizeof salt);
  for (gsize i = 0; i < sizeof salt; i++)
    g_string_append_printf (hex, "%02x", salt[i]);
  return g_string_free (hex, FALSE);
}

static char *
key_to_hex (const EntStoreKey *key)
{
  char *hex = g_malloc (2 * sizeof key->bytes + 1);

  for (gsize i = 0; i < sizeof key->bytes; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", key->bytes[i]);
  return hex;
}

gboolean
ent_keyring_store (const char         *path,
                   const EntStoreKey  *key,
                   GCancellable       *cancellable,
                   GError            **error)
{
  g_autofree char *salt = read_salt (path, error);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *label = NULL;
  g_autoptr (GError) local = NULL;
  char *hex;
  gboolean done;

  if (salt == NULL)
    return FALSE;
  hex = key_to_hex (key);
  label = g_strdup_printf (_("Key of the Entente workspace %s"), name);
  done = secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, hex, cancellable, &local,
                                     "salt", salt, "path", full, NULL);
  secret_password_wipe (hex);
  g_free (hex);
  if (!done)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
                 _("The key could not be kept by the password service (%s); use a key file or a recovery key."),
                 local->message);
  return done;
}

gboolean
ent_keyring_lookup (const char         *path,
                    EntStoreKey        *key,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_autofree char *salt = read_salt (path, error);
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  char *hex;
  gboolean found;

  if (salt == NULL)
    return FALSE;
  hex = secret_password_lookup_sync (&schema, cancellable, NULL, "salt", salt, NULL);
  if (hex == NULL)
    hex = secret_password_lookup_sync (&schema, cancellable, NULL, "path", full, NULL);
  found = hex != NULL && ent_store_key_parse (key, hex, NULL);
  if (hex != NULL)
    secret_password_free (hex);
  if (!found)
    g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_NEEDS_KEY,
                 _("“%s” is encrypted and its key is not kept on this computer; enter its recovery key or name its key file."),
                 path);
  return found;
}

gboolean
ent_keyring_forget (const char    *path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *salt = read_salt (path, error);
  g_autoptr (GError) local = NULL;

  if (salt == NULL)
    return FALSE;
  secret_password_clear_sync (&schema, cancellable, &local, "salt", salt, NULL);
  if (local == NULL)
    return TRUE;
  g_set_error (error, ENT_STORE_ERROR, ENT_STORE_ERROR_FAILED,
               _("The key could not be removed from the password service (%s); try again later."),
               local->message);
  return FALSE;
}
