/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was committed survives the death of the program, at any moment. */
#include "store/store-fixture.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 200
#define MAX_DELAY_US 40000

/* The child: commits numbered edits, and says each number after its commit. Started as a program of its
 * own, as a fork of a program with threads may do next to nothing. */
static int
run_child (const char *path,
           const char *hex_key,
           const char *start)
{
  EntStoreKey key;
  g_autoptr (EntStore) store = NULL;
  gint64 number = g_ascii_strtoll (start, NULL, 10);
  EntKey record;

  if (!ent_store_key_parse (&key, hex_key, NULL))
    return 2;
  store = ent_store_open (path, &key, ENT_STORE_OPEN_DEFAULT, NULL, NULL);
  if (store == NULL)
    return 3;
  record = ent_store_resolve (store, NULL, "#65", NULL);
  for (;;)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, ++number);

      if (number % 7 == 0)
        add_record (store, "organization", text);
      set_field (store, record, "note", text);
      if (write (STDOUT_FILENO, &number, sizeof number) != sizeof number)
        return 4;
    }
}

static gint64
run_and_kill (const char *path,
              const char *hex_key,
              gint64      start)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, start);
  const char * const argv[] = { "/proc/self/exe", "--child", path, hex_key, number, NULL };
  gint64 said = start;
  gint64 next;
  GPid pid;
  int out;
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  /* From the first commit on, at any moment. */
  g_assert_cmpint (read (out, &next, sizeof next), ==, sizeof next);
  said = next;
  g_usleep ((gulong) g_test_rand_int_range (0, MAX_DELAY_US));
  kill (pid, SIGKILL);
  while (read (out, &next, sizeof next) == sizeof next)
    said = next;
  waitpid (pid, NULL, 0);
  close (out);
  g_spawn_close_pid (pid);
  return said;
}

static gint64
read_number (EntStore *store,
             EntKey    key)
{
  g_autofree char *text = dup_field (store, key, "note");

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static void
test_killed (Fixture       *f,
             gconstpointer  data)
{
  EntKey key = add_record (f->store, "organization", "Counter");
  g_autofree char *printed = ent_store_key_print (&f->key);
  gint64 number = 0;

  g_assert_cmpint (key, ==, 65);
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 said;
      gint64 found;

      fixture_close (f);
      said = run_and_kill (f->path, printed, number);
      fixture_open (f);
      found = read_number (f->store, key);
      /* All that was said is there, and at most the one that was under way besides. */
      g_assert_cmpint (found, >=, said);
      g_assert_cmpint (found, <=, said + 1);
      number = found;
      if (i % 20 == 19)
        assert_no_findings (f->store);
    }
  g_test_message ("%" G_GINT64_FORMAT " commits in %d lives", number, ROUNDS);
  assert_no_findings (f->store);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2], argv[3], argv[4]);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/system/durability/killed", Fixture, "key", fixture_set_up, test_killed, fixture_tear_down);

  return g_test_run ();
}
