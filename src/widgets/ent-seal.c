/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/ent-seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

/* A sealed file: magic, 12 bytes nonce, ciphertext, 16 bytes tag. */
#define MAGIC "ENTS1"
#define MAGIC_LENGTH 5
#define NONCE_LENGTH 12
#define TAG_LENGTH 16
#define OVERHEAD (MAGIC_LENGTH + NONCE_LENGTH + TAG_LENGTH)

static GBytes *
seal (const EntSeal *self,
      GBytes        *plain)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (plain, &length);
  guint8 *sealed = g_malloc (length + OVERHEAD);
  guint8 *nonce = sealed + MAGIC_LENGTH;
  guint8 *body = nonce + NONCE_LENGTH;
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int written = 0, rest = 0;
  gboolean good;

  memcpy (sealed, MAGIC, MAGIC_LENGTH);
  good = RAND_bytes (nonce, NONCE_LENGTH) == 1 &&
         EVP_EncryptInit_ex (context, EVP_aes_256_gcm (), NULL, self->key, nonce) == 1 &&
         EVP_EncryptUpdate (context, body, &written, data, (int) length) == 1 &&
         EVP_EncryptFinal_ex (context, body + written, &rest) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, TAG_LENGTH, body + length) == 1;
  EVP_CIPHER_CTX_free (context);
  if (!good)
    {
      g_free (sealed);
      return NULL;
    }
  return g_bytes_new_take (sealed, length + OVERHEAD);
}

static GBytes *
unseal (const EntSeal *self,
        GBytes        *sealed)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (sealed, &length);
  const guint8 *nonce, *body;
  g_autofree guint8 *plain = NULL;
  EVP_CIPHER_CTX *context;
  int written = 0, rest = 0;
  gboolean good;

  if (length < OVERHEAD || memcmp (data, MAGIC, MAGIC_LENGTH) != 0)
    return NULL;
  nonce = data + MAGIC_LENGTH;
  body = nonce + NONCE_LENGTH;
  length -= OVERHEAD;
  plain = g_malloc (length + 1);
  context = EVP_CIPHER_CTX_new ();
  good = EVP_DecryptInit_ex (context, EVP_aes_256_gcm (), NULL, self->key, nonce) == 1 &&
         EVP_DecryptUpdate (context, plain, &written, body, (int) length) == 1 &&
         EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, TAG_LENGTH,
                              (gpointer) (body + length)) == 1 &&
         EVP_DecryptFinal_ex (context, plain + written, &rest) == 1;
  EVP_CIPHER_CTX_free (context);
  return good ? g_bytes_new_take (g_steal_pointer (&plain), length) : NULL;
}

void
ent_seal_init (EntSeal      *self,
               const guint8 *key,
               const char   *purpose)
{
  unsigned int length = sizeof self->key;

  HMAC (EVP_sha256 (), key, 32, (const guint8 *) purpose, strlen (purpose), self->key, &length);
  self->is_set = TRUE;
}

void
ent_seal_clear (EntSeal *self)
{
  OPENSSL_cleanse (self, sizeof *self);
}

GBytes *
ent_seal_read_file (const EntSeal *self,
                    const char    *path,
                    GError       **error)
{
  g_autoptr (GBytes) bytes = NULL;
  GBytes *plain;
  char *contents;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, error))
    return NULL;
  bytes = g_bytes_new_take (contents, length);
  if (!self->is_set)
    return g_steal_pointer (&bytes);
  plain = unseal (self, bytes);
  if (plain == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” does not fit this workspace", path);
  return plain;
}

gboolean
ent_seal_write_file (const EntSeal *self,
                     const char    *path,
                     GBytes        *bytes,
                     GError       **error)
{
  g_autoptr (GBytes) sealed = self->is_set ? seal (self, bytes) : g_bytes_ref (bytes);
  gsize length;
  const char *data;

  if (sealed == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” could not be encrypted", path);
      return FALSE;
    }
  data = g_bytes_get_data (sealed, &length);
  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}
