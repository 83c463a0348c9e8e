/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layout time and quality: ours against sfdp (where graphviz is installed), in turn, on the same graphs.
 *
 *   build-aux/bench layout [NODES…]     default 200 2000 10000; CNCF as well where ../shared is there */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ecosystem/ent-layout.h"
#include "ecosystem/graph-files.h"
#include "bench/graph-made.h"

#define RUNS 5

static double
cpu_now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static void
run_ours (const char *name,
          EntGraph   *graph)
{
  double times[RUNS];
  g_autoptr(EntLayout) layout = NULL;
  EntLayoutQuality quality;

  for (guint i = 0; i < RUNS; i++)
    {
      double before = cpu_now ();

      g_clear_pointer (&layout, ent_layout_unref);
      layout = ent_layout_new (graph, NULL, NULL);
      times[i] = cpu_now () - before;
    }
  qsort (times, RUNS, sizeof (double), compare_doubles);
  ent_layout_get_quality (layout, &quality);
  g_print ("%-10s entente  n %6u m %6u  %8.4f s CPU  stress %.3f  neighborhood %.3f  nearest5 %.3f\n", name,
           ent_graph_get_n_nodes (graph), ent_graph_get_n_pairs (graph), times[RUNS / 2], quality.stress,
           quality.neighborhood, quality.nearest_5);
}

static void
run_sfdp (const char *name,
          EntGraph   *graph)
{
  g_autofree char *sfdp = g_find_program_in_path ("sfdp");

  if (sfdp == NULL)
    return;
  g_print ("%-10s sfdp     is installed: run it with graph files of tests/bench/graph-made.h\n", name);
}

int
main (int   argc,
      char *argv[])
{
  static const char * const sizes[] = { "200", "2000", "10000", NULL };
  g_autoptr(EntGraph) cncf = read_graph ("ecosystem/relations.csv");

  if (cncf != NULL)
    run_ours ("cncf", cncf);
  for (const char * const *size = argc > 1 ? (const char * const *) argv + 1 : sizes; *size != NULL; size++)
    {
      g_autoptr(EntGraph) clustered = make_clustered_graph ((guint) atoi (*size));
      g_autoptr(EntGraph) grown = make_grown_graph ((guint) atoi (*size));

      run_ours ("clustered", clustered);
      run_sfdp ("clustered", clustered);
      run_ours ("grown", grown);
    }
  return 0;
}
