/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Certificates are always checked; a company's own authority can be trusted as well. */
#include "config.h"

#include <glib/gstdio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "couch-fixture.h"
#include "support/peer.h"

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

static char *
write_file (const Identity *identity,
            gboolean        with_key)
{
  g_autofree char *pem = write_pem (identity, with_key);
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("identity-XXXXXX.pem", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, pem, -1, &error);
  g_assert_no_error (error);
  return path;
}

static GTlsDatabase *
make_authorities (const Identity *authority)
{
  g_autofree char *path = write_file (authority, FALSE);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *authorities = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  g_unlink (path);
  return authorities;
}

/* A server that shakes hands once and says how many bytes came after that. */
typedef struct
{
  GSocketListener *listener;
  GTlsCertificate *certificate;
} Doorkeeper;

static gpointer
keep_door (gpointer data)
{
  Doorkeeper *door = data;
  g_autoptr (GSocketConnection) connection = g_socket_listener_accept (door->listener, NULL, NULL, NULL);
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), door->certificate, NULL);
  char request[100];
  gssize size = 0;

  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    size = g_input_stream_read (g_io_stream_get_input_stream (tls), request, sizeof request, NULL, NULL);
  return GSIZE_TO_POINTER ((gsize) MAX (size, 0));
}

/* Asks a server with the certificate, which must not be trusted. Nothing is sent to it, the password least of all. */
static void
expect_refused (const Identity *server,
                const Identity *trusted)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GTlsCertificate) certificate = make_certificate (server);
  g_autoptr (GTlsDatabase) authorities = trusted != NULL ? make_authorities (trusted) : NULL;
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/team",
                                          g_socket_listener_add_any_inet_port (listener, NULL, NULL));
  g_autoptr (EntCouch) couch = make_client (url);
  g_autoptr (GError) error = NULL;
  Doorkeeper door = { listener, certificate };
  GThread *thread = g_thread_new ("door", keep_door, &door);

  ent_couch_set_password (couch, "ana", "secret");
  if (authorities != NULL)
    ent_couch_add_trust (couch, authorities);
  g_assert_null (ent_couch_get_database (couch, NULL, &error));
  g_assert_error (error, ENT_REMOTE_ERROR, ENT_REMOTE_ERROR_TLS);
  g_assert_false (ent_remote_error_is_passing (error));
  g_assert_cmpuint (GPOINTER_TO_SIZE (g_thread_join (thread)), ==, 0);
}

static void
test_refused (void)
{
  g_auto (Identity) authority = make_identity ("Acme authority", NULL, NULL, 100);
  g_auto (Identity) stranger = make_identity ("Another authority", NULL, NULL, 100);
  g_auto (Identity) good = make_identity ("couch", "IP:127.0.0.1", &authority, 100);
  g_auto (Identity) expired = make_identity ("couch", "IP:127.0.0.1", &authority, -1);
  g_auto (Identity) other = make_identity ("couch", "DNS:couch.example.com", &authority, 100);

  expect_refused (&good, NULL);
  expect_refused (&good, &stranger);
  expect_refused (&expired, &authority);
  expect_refused (&other, &authority);
}

/* ---- everything over TLS, straight and through a proxy */

static gboolean
count_alive (const EntCouchRow *row,
             gpointer           user_data)
{
  return row != NULL || ++*(guint *) user_data < 2;
}

static gboolean
cancel_at_once (const EntCouchRow *row,
                gpointer           user_data)
{
  g_cancellable_cancel (user_data);
  return TRUE;
}

static void
push_many (Fixture *f)
{
  g_autoptr (GPtrArray) docs = new_documents ();
  g_autoptr (EntCouchPushed) pushed = NULL;

  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *id = g_strdup_printf ("deal:%04u", i);

      g_ptr_array_add (docs, make_document (id, "a title", 3));
    }
  pushed = ent_couch_put_docs (f->couch, docs, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (pushed->failures->len, ==, 0);
  g_assert_cmpuint (fake_couch_get_sequence (f->server), ==, 1500);
}

/* Feeds ended by us, cancelled, frozen, refused: the next request goes well each time. */
static void
call_all (Fixture *f)
{
  g_autoptr (EntCouchChanges) page = NULL, waited = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint n_alive = 0;

  push_many (f);
  page = ent_couch_get_changes (f->couch, NULL, 2000, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (page->rows->len, ==, 1500);
  g_assert_true (ent_couch_follow_changes (f->couch, page->last_seq, 200, count_alive, &n_alive, NULL, &f->error));
  g_assert_false (ent_couch_follow_changes (f->couch, NULL, 200, cancel_at_once, cancellable, cancellable, &f->error));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&f->error);
  fake_couch_fail (f->server, "_changes", FAKE_COUCH_FREEZE, 0, 0, 1);
  g_assert_null (ent_couch_wait_changes (f->couch, page->last_seq, 10, 40, NULL, NULL, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  fake_couch_fail (f->server, "_changes", FAKE_COUCH_CUT_BODY, 0, 0, 1);
  g_assert_null (ent_couch_get_changes (f->couch, NULL, 1000, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_TIMEOUT);
  fake_couch_fail (f->server, "_changes", FAKE_COUCH_STATUS, 503, 0, 1);
  g_assert_null (ent_couch_get_changes (f->couch, NULL, 10, NULL, &f->error));
  expect_error (f, ENT_REMOTE_ERROR_BUSY);
  waited = ent_couch_wait_changes (f->couch, NULL, 10, 1000, NULL, NULL, NULL, &f->error);
  g_assert_no_error (f->error);
  g_assert_cmpuint (waited->rows->len, ==, 10);
}

static void
test_straight (void)
{
  g_auto (Identity) authority = make_identity ("Acme authority", NULL, NULL, 100);
  g_auto (Identity) good = make_identity ("couch", "IP:127.0.0.1", &authority, 100);
  g_autoptr (GTlsCertificate) certificate = make_certificate (&good);
  g_autoptr (GTlsDatabase) authorities = make_authorities (&authority);
  g_autoptr (FakeCouch) fake = fake_couch_new (certificate);
  g_autoptr (EntCouch) couch = make_client (fake_couch_get_url (fake));
  Fixture f = { fake, couch, NULL };

  ent_couch_add_trust (couch, authorities);
  call_all (&f);
}

/* Behind a proxy that would rather speak HTTP/2. ENTENTE_PEERS is where peers are. */
static void
test_proxy (Fixture       *f,
            gconstpointer  data)
{
  g_auto (Identity) authority = make_identity ("Acme authority", NULL, NULL, 100);
  g_auto (Identity) good = make_identity ("couch", "IP:127.0.0.1", &authority, 100);
  g_autoptr (GTlsDatabase) authorities = make_authorities (&authority);
  g_autoptr (GUri) behind = g_uri_parse (fake_couch_get_url (f->server), G_URI_FLAGS_NONE, NULL);
  g_autofree char *port = g_strdup_printf ("%d", g_uri_get_port (behind));
  g_autofree char *path = write_file (&good, TRUE);
  g_autofree char *url = NULL;
  g_autoptr (TestPeer) proxy = NULL;

  g_setenv ("PEER_TARGET", port, TRUE);
  g_setenv ("PEER_IDENTITY", path, TRUE);
  proxy = test_peer_start ("proxy.js");
  g_unlink (path);
  if (proxy == NULL)
    return;
  url = g_strdup_printf ("https://127.0.0.1:%u/team", test_peer_get_port (proxy));
  ent_couch_free (f->couch);
  f->couch = make_client (url);
  ent_couch_add_trust (f->couch, authorities);
  call_all (f);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/couch-tls/refused", test_refused);
  g_test_add_func ("/couch-tls/straight", test_straight);
  g_test_add ("/couch-tls/proxy", Fixture, NULL, set_up, test_proxy, tear_down);
  return g_test_run ();
}
