/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secrets of remotes, with each service that may keep them. A process knows one service only, so each test is one. */
#include "config.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "support/workspace.h"
#include "sync/ent-secrets.h"

#define TOKEN "t0ken-nobody-may-see"

static JsonObject *
make (const char *token)
{
  JsonObject *secrets = json_object_new ();

  json_object_set_string_member (secrets, "refresh_token", token);
  json_object_set_int_member (secrets, "expires", G_GINT64_CONSTANT (1792567680000000));
  return secrets;
}

static void
store (const char *workspace,
       const char *remote,
       const char *token)
{
  g_autoptr (JsonObject) secrets = make (token);
  g_autoptr (GError) error = NULL;

  ent_secrets_store (workspace, remote, "Crossbeam", secrets, NULL, &error);
  g_assert_no_error (error);
}

static void
forget (const char *workspace,
        const char *remote)
{
  g_autoptr (GError) error = NULL;

  ent_secrets_forget (workspace, remote, "Crossbeam", NULL, &error);
  g_assert_no_error (error);
}

/* @token: NULL when nothing may be kept. */
static void
assert_kept (const char *workspace,
             const char *remote,
             const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) secrets = ent_secrets_lookup (workspace, remote, "Crossbeam", NULL, &error);

  if (token == NULL)
    {
      g_assert_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_NONE);
      g_assert_cmpstr (error->message, ==, "No sign-in to Crossbeam is kept on this computer; sign in to it.");
      g_assert_null (secrets);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (secrets, "refresh_token"), ==, token);
  g_assert_cmpint (json_object_get_int_member (secrets, "expires"), ==, G_GINT64_CONSTANT (1792567680000000));
}

/* Another program's, or what is left of ours. */
static void
test_broken_text (void)
{
  static const SecretSchema schema = {
    "org.entente.Entente.Remote", SECRET_SCHEMA_NONE,
    { { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "remote", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autofree char *large = g_strnfill (ENT_SECRETS_MAX_SIZE + 1, ' ');
  const char *texts[] = { "", " ", "null", "[]", "\"" TOKEN "\"", "{\"refresh_token\":\"" TOKEN, "<html>" TOKEN, deep, large };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      secret_password_store_sync (&schema, NULL, "x", texts[i], NULL, &error, "workspace", "w", "remote", "r", NULL);
      g_assert_no_error (error);
      assert_kept ("w", "r", NULL);
    }
  forget ("w", "r");
}

static void
test_too_large (void)
{
  g_autofree char *token = g_strnfill (ENT_SECRETS_MAX_SIZE, 'x');
  g_autoptr (JsonObject) secrets = make (token);
  g_autoptr (GError) error = NULL;

  g_assert_false (ent_secrets_store ("w", "r", "Crossbeam", secrets, NULL, &error));
  g_assert_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_TOO_LARGE);
  g_assert_null (strstr (error->message, "xxxxxxxx"));
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  store ("w", "r", TOKEN);
  g_cancellable_cancel (cancellable);
  g_assert_null (ent_secrets_lookup ("w", "r", "Crossbeam", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_kept ("w", "r", TOKEN);
  forget ("w", "r");
}

static void
use_service (void)
{
  assert_kept ("w1", "r1", NULL);
  forget ("w1", "r1");
  store ("w1", "r1", "first");
  store ("w1", "r1", TOKEN);
  store ("w1", "r2", "other");
  store ("w2", "r1", "elsewhere");
  assert_kept ("w1", "r1", TOKEN);
  assert_kept ("w1", "r2", "other");
  assert_kept ("w2", "r1", "elsewhere");
  forget ("w1", "r1");
  assert_kept ("w1", "r1", NULL);
  assert_kept ("w1", "r2", "other");
  store ("w1", "r1", TOKEN);
  forget ("w1", NULL);
  assert_kept ("w1", "r1", NULL);
  assert_kept ("w1", "r2", NULL);
  assert_kept ("w2", "r1", "elsewhere");
  forget ("w2", NULL);
  test_broken_text ();
  test_too_large ();
  test_cancelled ();
}

/* The library's own encrypted file, which a sandboxed application uses. */
static void
test_file (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *content = NULL;
  gsize length;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  folder = g_dir_make_tmp ("entente-secrets-XXXXXX", NULL);
  path = g_build_filename (folder, "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "password", TRUE);
  use_service ();
  store ("w", "r", TOKEN);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_null (g_strstr_len (content, (gssize) length, TOKEN));
  backup = g_strconcat (path, "~", NULL);
  g_unlink (backup);
  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
set_true (GDBusConnection *connection,
          const char      *name,
          const char      *owner,
          gpointer         there)
{
  *(gboolean *) there = TRUE;
}

static void
wait_for_name (const char *name)
{
  gboolean there = FALSE;
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, name, G_BUS_NAME_WATCHER_FLAGS_NONE, set_true, NULL, &there, NULL);

  test_wait_for (there);
  g_bus_unwatch_name (watch);
}

/* What is locked is not removed, and who signs out is told so. */
static void
lock (void)
{
  g_autoptr (SecretService) service = NULL;
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GError) error = NULL;
  GList list = { NULL };
  GList *locked = NULL;

  store ("w", "r", TOKEN);
  service = secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  list.data = collection;
  g_assert_cmpint (secret_service_lock_sync (service, &list, NULL, &locked, &error), ==, 1);
  g_list_free_full (locked, g_object_unref);
  g_assert_false (ent_secrets_forget ("w", "r", "Crossbeam", NULL, &error));
  g_assert_error (error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "(the keyring is locked)"));
}

/* The desktop's own, on a bus of its own. */
static void
use_keyring (const char *program,
             void      (*use) (void))
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) daemon = NULL;
  g_autoptr (GError) error = NULL;
  /* Kept, as the library keeps its connection to it. */
  static GTestDBus *bus;

  g_setenv ("SECRET_BACKEND", "service", TRUE);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  /* Its warnings are none of ours. */
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  daemon = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (daemon), "password", strlen ("password"), NULL, NULL, &error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (daemon), NULL, NULL);
  g_assert_no_error (error);
  wait_for_name ("org.freedesktop.secrets");
  use ();
  secret_service_disconnect ();
  g_subprocess_force_exit (daemon);
  g_subprocess_wait (daemon, NULL, NULL);
  g_test_dbus_stop (bus);
}

static void
test_keyring (gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *bus_program = g_find_program_in_path ("dbus-daemon");
  gboolean locks = GPOINTER_TO_INT (data);
  g_auto (GStrv) environment = g_get_environ ();

  if (program == NULL || bus_program == NULL)
    {
      g_test_skip ("there is no keyring to test with (gnome-keyring-daemon, dbus-daemon)");
      return;
    }
  if (g_test_subprocess ())
    {
      use_keyring (program, locks ? lock : use_service);
      return;
    }
  /* The library loses a few bytes of each item that it finds. */
  if (locks)
    environment = g_environ_setenv (environment, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  g_test_trap_subprocess_with_envp (NULL, (const char * const *) environment, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout_unmatched ("*" TOKEN "*");
  g_test_trap_assert_stderr_unmatched ("*" TOKEN "*");
}

static void
test_no_service (void)
{
  g_autoptr (JsonObject) secrets = NULL;
  g_autoptr (GError) store_error = NULL;
  g_autoptr (GError) lookup_error = NULL;
  g_autoptr (GError) forget_error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  secrets = make (TOKEN);
  g_assert_false (ent_secrets_store ("w", "r", "Crossbeam", secrets, NULL, &store_error));
  g_assert_error (store_error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (store_error->message, "The sign-in to Crossbeam could not be kept"));
  g_assert_null (strstr (store_error->message, TOKEN));
  g_assert_null (ent_secrets_lookup ("w", "r", "Crossbeam", NULL, &lookup_error));
  g_assert_error (lookup_error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED);
  g_assert_false (ent_secrets_forget ("w", "r", "Crossbeam", NULL, &forget_error));
  g_assert_error (forget_error, ENT_SECRETS_ERROR, ENT_SECRETS_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/file", test_file);
  g_test_add_data_func ("/secrets/keyring", GINT_TO_POINTER (FALSE), test_keyring);
  g_test_add_data_func ("/secrets/locked-keyring-is-said", GINT_TO_POINTER (TRUE), test_keyring);
  g_test_add_func ("/secrets/no-service-is-said", test_no_service);
  return g_test_run ();
}
