/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store.h"

#include <glib/gi18n-lib.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <string.h>

/* The printed form: Crockford's base 32 (no I, L, O, U; those letters read as the digits they look
 * like) of the 32 bytes and the first 19 bits of their SHA-256: 55 signs in 11 groups of 5. A slip of
 * the pen is noticed before anything is opened. */
#define ROUNDS 256000
#define CHECK_BYTES 3
#define PRINTED_SIGNS 55
#define GROUP 5

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void
ent_store_key_init_new (EntStoreKey *key)
{
  /* Without random numbers there is no safe way on. */
  if (RAND_priv_bytes (key->bytes, sizeof key->bytes) != 1)
    g_error ("The system gives no random numbers");
}

static void
append_check (const guint8 *key,
              guint8       *check)
{
  guint8 digest[SHA256_DIGEST_LENGTH];

  SHA256 (key, sizeof (EntStoreKey), digest);
  memcpy (check, digest, CHECK_BYTES);
  check[CHECK_BYTES - 1] &= 0xe0;
  OPENSSL_cleanse (digest, sizeof digest);
}

char *
ent_store_key_print (const EntStoreKey *key)
{
  guint8 bytes[sizeof key->bytes + CHECK_BYTES];
  GString *text = g_string_sized_new (PRINTED_SIGNS * 2);

  memcpy (bytes, key->bytes, sizeof key->bytes);
  append_check (key->bytes, bytes + sizeof key->bytes);
  for (guint sign = 0; sign < PRINTED_SIGNS; sign++)
    {
      guint value = 0;

      if (sign > 0 && sign % GROUP == 0)
        g_string_append_c (text, '-');
      for (guint bit = sign * 5; bit < sign * 5 + 5; bit++)
        value = value << 1 | (bytes[bit / 8] >> (7 - bit % 8) & 1);
      g_string_append_c (text, alphabet[value]);
    }
  OPENSSL_cleanse (bytes, sizeof bytes);
  return g_string_free (text, FALSE);
}

/* Value of a sign of the printed form; -1 for none, -2 for what is skipped. */
static int
read_sign (char c)
{
  const char *at;

  c = g_ascii_toupper (c);
  if (c == '-' || g_ascii_isspace (c))
    return -2;
  if (c == 'O')
    return 0;
  if (c == 'I' || c == 'L')
    return 1;
  at = c != '\0' ? strchr (alphabet, c) : NULL;
  return at != NULL ? (int) (at - alphabet) : -1;
}

static gboolean
read_printed (EntStoreKey *key,
              const char  *text)
{
  guint8 bytes[sizeof key->bytes + CHECK_BYTES] = { 0 };
  guint8 check[CHECK_BYTES];
  guint n_signs = 0;
  gboolean fits;

  for (const char *p = text; *p != '\0'; p++)
    {
      int value = read_sign (*p);

      if (value == -2)
        continue;
      if (value < 0 || n_signs == PRINTED_SIGNS)
        return FALSE;
      for (guint bit = 0; bit < 5; bit++)
        if ((value >> (4 - bit) & 1) != 0)
          bytes[(n_signs * 5 + bit) / 8] |= (guint8) (0x80 >> (n_signs * 5 + bit) % 8);
      n_signs++;
    }
  append_check (bytes, check);
  fits = n_signs == PRINTED_SIGNS &&
         CRYPTO_memcmp (check, bytes + sizeof key->bytes, sizeof check) == 0;
  if (fits)
    memcpy (key->bytes, bytes, sizeof key->bytes);
  OPENSSL_cleanse (bytes, sizeof bytes);
  return fits;
}

static gboolean
read_hex (EntStoreKey *key,
          const char  *text)
{
  g_autofree char *bare = g_strstrip (g_strdup (text));
  gboolean fits = strlen (bare) == 2 * sizeof key->bytes &&
                  strspn (bare, "0123456789abcdefABCDEF") == 2 * sizeof key->bytes;

  for (gsize i = 0; fits && i < sizeof key->bytes; i++)
    key->bytes[i] = (guint8) (g_ascii_xdigit_value (bare[2 * i]) << 4 |
                              g_ascii_xdigit_value (bare[2 * i + 1]));
  OPENSSL_cleanse (bare, strlen (bare));
  return fits;
}

gboolean
ent_store_key_parse (EntStoreKey *key,
                     const char  *text,
                     GError     **error)
{
  if (read_hex (key, text) || read_printed (key, text))
    return TRUE;
  /* The text is not repeated: it may be all but right. */
  g_set_error_literal (error, ENT_STORE_ERROR, ENT_STORE_ERROR_WRONG_KEY,
                       _("This is not a key of a workspace; check each group of the recovery key for"
                         " slips, or give 64 hexadecimal digits."));
  return FALSE;
}

void
ent_store_key_derive (EntStoreKey  *key,
                      const char   *passphrase,
                      const guint8  salt[16])
{
  if (PKCS5_PBKDF2_HMAC (passphrase, (int) strlen (passphrase), salt, 16, ROUNDS, EVP_sha512 (),
                         sizeof key->bytes, key->bytes) != 1)
    g_error ("PBKDF2 is missing from libcrypto");
}
