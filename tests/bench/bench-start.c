/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Start: the first frame with the first page of an encrypted workspace of a million organizations, against a minimal
 * libadwaita window, started by turns. Then the memory with the list open, when everything that is loaded after the
 * first page is there too.
 *
 *   build-aux/bench start [RUNS]      goals: start <= 1.5x, memory <= 250 MB
 */
#include "config.h"

#include "bench/big-window.h"

#define RUNS 9

static void
painted (AppWindow *self)
{
  if (self->data == NULL)
    exit (0);
  big_window_settle (self);
  g_print ("MEMORY %.1f %.1f\n", measure_memory ("VmRSS:"), measure_memory ("VmHWM:"));
  exit (0);
}

static void
compare_starts (const char *program,
                const char *path,
                int         runs)
{
  AppStarts minimal = app_starts_new (), ours = app_starts_new ();

  for (int i = 0; i < runs; i++)
    {
      g_free (app_starts_add (&minimal, program, "minimal", path));
      g_free (app_starts_add (&ours, program, "ours", path));
    }
  app_starts_print (&minimal, &ours, "first page of 1,000,000 records", " (goal 1.5x)");
  app_starts_clear (&minimal);
  app_starts_clear (&ours);
}

static void
measure_open (const char *program,
              const char *path)
{
  AppStarts starts = app_starts_new ();
  g_autofree char *out = app_starts_add (&starts, program, "open", path);
  const char *line = strstr (out, "MEMORY ");
  double now = 0, most = 0;

  if (line == NULL || sscanf (line, "MEMORY %lf %lf", &now, &most) != 2)
    g_error ("No memory: %s", out);
  g_print ("list open and all columns loaded, memory: %.0f MB (goal 250 MB), on the way at most %.0f MB\n", now, most);
  app_starts_clear (&starts);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;

  if (argc > 1 && g_str_equal (argv[1], "minimal"))
    return app_window_run_minimal ();
  if (argc > 2)
    return big_window_run (argv[2], painted, g_str_equal (argv[1], "open") ? argv : NULL);
  path = big_window_prepare ();
  compare_starts (argv[0], path, argc > 1 ? MAX (atoi (argv[1]), 1) : RUNS);
  measure_open (argv[0], path);
  return 0;
}
