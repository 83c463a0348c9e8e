/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates are always checked; a company's own authority can be trusted as well. */
#include "config.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "couch-fixture.h"

#define DAY (24 * 60 * 60)

typedef struct
{
  EVP_PKEY *key;
  X509     *certificate;
} Identity;

static void
identity_clear (Identity *identity)
{
  X509_free (identity->certificate);
  EVP_PKEY_free (identity->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Identity, identity_clear)

static void
add_extension (X509       *certificate,
               int         nid,
               const char *value)
{
  X509_EXTENSION *extension = X509V3_EXT_conf_nid (NULL, NULL, nid, value);

  g_assert_nonnull (extension);
  X509_add_ext (certificate, extension, -1);
  X509_EXTENSION_free (extension);
}

/* A certificate for @name signed by @issuer (%NULL: by itself, as an authority), good for @days from yesterday. */
static Identity
make_identity (const char     *name,
               const char     *alternative,
               const Identity *issuer,
               int             days)
{
  static long serial = 1;
  Identity made = { EVP_EC_gen ("P-256"), X509_new () };
  const Identity *by = issuer != NULL ? issuer : &made;
  X509_NAME *subject = X509_get_subject_name (made.certificate);

  X509_set_version (made.certificate, 2);
  ASN1_INTEGER_set (X509_get_serialNumber (made.certificate), serial++);
  X509_gmtime_adj (X509_getm_notBefore (made.certificate), -2 * DAY);
  X509_gmtime_adj (X509_getm_notAfter (made.certificate), days * (long) DAY);
  X509_set_pubkey (made.certificate, made.key);
  X509_NAME_add_entry_by_txt (subject, "CN", MBSTRING_UTF8, (const guchar *) name, -1, -1, 0);
  X509_set_issuer_name (made.certificate, X509_get_subject_name (by->certificate));
  add_extension (made.certificate, NID_basic_constraints, issuer == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (issuer == NULL)
    add_extension (made.certificate, NID_key_usage, "critical,keyCertSign");
  if (alternative != NULL)
    add_extension (made.certificate, NID_subject_alt_name, alternative);
  g_assert_cmpint (X509_sign (made.certificate, by->key, EVP_sha256 ()), >, 0);
  return made;
}

static char *
write_pem (const Identity *identity,
           gboolean        with_key)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *text;
  long length;
  char *copy;

  PEM_write_bio_X509 (bio, identity->certificate);
  if (with_key)
    PEM_write_bio_PrivateKey (bio, identity->key, NULL, NULL, 0, NULL, NULL);
  length = BIO_get_mem_data (bio, &text);
  copy = g_strndup (text, (gsize) length);
  BIO_free (bio);
  return copy;
}

static GTlsCertificate *
make_certificate (const Identity *identity)
{
  g_autofree char *pem = write_pem (identity, TRUE);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  return certificate;
}

static GTlsDatabase *
make_authorities (const Identity *authority)
{
  g_autofree char *pem = write_pem (authority, FALSE);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  GTlsDatabase *authorities;
  int fd = g_file_open_tmp ("authority-XXXXXX.pem", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, pem, -1, &error);
  g_assert_no_error (error);
  authorities = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return authorities;
}

/* Asks a server with the certificate; @code: how it must fail, -1: it must not. */
static void
check (const Identity *server,
       const Identity *trusted,
       int             code)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate (server);
  g_autoptr (GTlsDatabase) authorities = trusted != NULL ? make_authorities (trusted) : NULL;
  g_autoptr (FakeCouch) fake = fake_couch_new (certificate);
  g_autoptr (EntCouch) couch = make_client (fake_couch_get_url (fake));
  g_autoptr (EntCouchDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  ent_couch_set_password (couch, "ana", "secret");
  if (authorities != NULL)
    ent_couch_add_trust (couch, authorities);
  database = ent_couch_get_database (couch, NULL, &error);
  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (database);
      return;
    }
  g_assert_error (error, ENT_REMOTE_ERROR, code);
  g_assert_false (ent_remote_error_is_passing (error));
  /* nothing was sent, the password least of all */
  g_assert_cmpuint (fake_couch_get_n_requests (fake, NULL), ==, 0);
}

static void
test_certificates (void)
{
  g_auto (Identity) authority = make_identity ("Acme authority", NULL, NULL, 100);
  g_auto (Identity) stranger = make_identity ("Another authority", NULL, NULL, 100);
  g_auto (Identity) good = make_identity ("couch", "IP:127.0.0.1", &authority, 100);
  g_auto (Identity) expired = make_identity ("couch", "IP:127.0.0.1", &authority, -1);
  g_auto (Identity) other = make_identity ("couch", "DNS:couch.example.com", &authority, 100);

  check (&good, NULL, ENT_REMOTE_ERROR_TLS);
  check (&good, &stranger, ENT_REMOTE_ERROR_TLS);
  check (&good, &authority, -1);
  check (&expired, &authority, ENT_REMOTE_ERROR_TLS);
  check (&other, &authority, ENT_REMOTE_ERROR_TLS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/couch-tls/certificates", test_certificates);
  return g_test_run ();
}
