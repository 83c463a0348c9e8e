/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/ent-store.h"
#include "support/big-workspace.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* Who quits does not wait for all that reads: the process ends while threads decrypt, and must end well. */

#define N_THREADS 3
#define N_TIMES   25
#define MOST_MICROSECONDS 20000

static gpointer
read_thread (gpointer path)
{
  EntStoreKey key;

  big_workspace_key (&key);
  for (;;)
    {
      g_autoptr (EntStore) store = ent_store_open (path, &key, ENT_STORE_OPEN_READ_ONLY, NULL, NULL);

      if (store != NULL)
        ent_store_close (store);
    }
  return NULL;
}

/* In a process of its own. */
static void
test_while_reading_subprocess (void)
{
  for (int i = 0; i < N_THREADS; i++)
    g_thread_unref (g_thread_new ("read", read_thread, (gpointer) g_getenv ("TEST_EXIT_PATH")));
  g_usleep ((gulong) g_random_int_range (0, MOST_MICROSECONDS));
  exit (0);
}

static void
test_while_reading (void)
{
  g_autofree char *folder = g_dir_make_tmp ("entente-exit-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.entente", NULL);
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "TEST_EXIT_PATH", path, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (EntStore) store = NULL;
  EntStoreKey key;

  big_workspace_key (&key);
  store = ent_store_create (path, &key, NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < N_TIMES; i++)
    {
      g_test_trap_subprocess_with_envp ("/exit/while-reading/subprocess", (const char * const *) environment, 0,
                                        G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
    }
  ent_store_close (store);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exit/while-reading", test_while_reading);
  g_test_add_func ("/exit/while-reading/subprocess", test_while_reading_subprocess);
  return g_test_run ();
}
