/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What every benchmark needs: clocks, medians, memory, and a watchdog of the main loop. The machine that runs them is
 * shared: processor time and ratios within one run are what counts, wall time tells the rest. */

/* Milliseconds of @clock: CLOCK_PROCESS_CPUTIME_ID, CLOCK_THREAD_CPUTIME_ID or CLOCK_MONOTONIC. */
static inline double
measure_ms (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static inline int
measure_compare (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Sorts @values, of double. @part: 0.5 is the median. */
static inline double
measure_quantile (GArray *values,
                  double  part)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, measure_compare);
  return g_array_index (values, double, MIN ((guint) (part * values->len), values->len - 1));
}

/* A line of /proc/self/status ("VmRSS:", "VmHWM:"), in MB of a million bytes. */
static inline double
measure_memory (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL) || (line = strstr (text, name)) == NULL)
    return 0;
  return (double) g_ascii_strtoll (line + strlen (name), NULL, 10) * 1024 / 1e6;
}

#define MEASURE_SAME 1000

/* Prints how long one and the same work of some 4 ms takes at times: what a longest turn has of the machine's own. */
static inline void
measure_machine (void)
{
  /* Not of the heap: what is measured next must not find it prepared. */
  static guint32 words[4 << 20];
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint32 x = 1;

  memset (words, 1, sizeof words);
  for (guint i = 0; i < MEASURE_SAME; i++)
    {
      double time = measure_ms (CLOCK_THREAD_CPUTIME_ID);

      for (guint k = 0; k < 700000; k++)
        {
          x = x * 1664525 + 1013904223;
          words[(x >> 8) & (G_N_ELEMENTS (words) - 1)] += x;
        }
      time = measure_ms (CLOCK_THREAD_CPUTIME_ID) - time;
      g_array_append_val (times, time);
    }
  g_print ("this machine: the same work, %d times: median %.1f ms processor, 99 %% %.1f, longest %.1f\n", MEASURE_SAME,
           measure_quantile (times, 0.5), measure_quantile (times, 0.99), measure_quantile (times, 1));
}

/* --- Watchdog ------------------------------------------------------------------------------------------------- */

/* How long each turn of the main loop kept everything else waiting: from the end of its poll to the next one's
 * beginning. `cpu` is processor time of the thread; `own` is wall time without the part in which the thread was ready to
 * run but other processes had the processor: waiting for a lock, a disk or the X server is in it. */
typedef struct
{
  GSource parent;
  double  woke, woke_ready, woke_cpu; /* 0: no turn yet */
  int     schedstat;
  GArray *cpu, *own, *wall;           /* of double, ms, one a turn */
} MeasureWatch;

/* Time that this thread was ready to run and did not. */
static inline double
measure_ready_ms (int schedstat)
{
  char text[96] = "";
  guint64 ready = 0;

  if (pread (schedstat, text, sizeof text - 1, 0) > 0)
    sscanf (text, "%*u %" G_GUINT64_FORMAT, &ready);
  return (double) ready / 1e6;
}

static inline gboolean
measure_watch_check (GSource *source)
{
  MeasureWatch *self = (MeasureWatch *) source;

  self->woke = measure_ms (CLOCK_MONOTONIC);
  self->woke_ready = measure_ready_ms (self->schedstat);
  self->woke_cpu = measure_ms (CLOCK_THREAD_CPUTIME_ID);
  return FALSE;
}

static inline gboolean
measure_watch_prepare (GSource *source,
                       int     *timeout)
{
  MeasureWatch *self = (MeasureWatch *) source;
  double wall, own, cpu;

  *timeout = -1;
  if (self->woke == 0)
    return FALSE;
  wall = measure_ms (CLOCK_MONOTONIC) - self->woke;
  cpu = measure_ms (CLOCK_THREAD_CPUTIME_ID) - self->woke_cpu;
  own = MAX (wall - (measure_ready_ms (self->schedstat) - self->woke_ready), 0);
  g_array_append_val (self->wall, wall);
  g_array_append_val (self->own, own);
  g_array_append_val (self->cpu, cpu);
  self->woke = 0;
  return FALSE;
}

static inline gboolean
measure_watch_dispatch (GSource     *source,
                        GSourceFunc  callback,
                        gpointer     data)
{
  return G_SOURCE_CONTINUE;
}

static inline void
measure_watch_finalize (GSource *source)
{
  MeasureWatch *self = (MeasureWatch *) source;

  close (self->schedstat);
  g_array_unref (self->cpu);
  g_array_unref (self->own);
  g_array_unref (self->wall);
}

/* Watches the main context of this thread from now on; g_source_destroy() and unref to end. (transfer full) */
static inline MeasureWatch *
measure_watch_new (void)
{
  static GSourceFuncs funcs = { measure_watch_prepare, measure_watch_check, measure_watch_dispatch,
                                measure_watch_finalize, NULL, NULL };
  GSource *source = g_source_new (&funcs, sizeof (MeasureWatch));
  MeasureWatch *self = (MeasureWatch *) source;

  self->schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  self->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  self->own = g_array_new (FALSE, FALSE, sizeof (double));
  self->wall = g_array_new (FALSE, FALSE, sizeof (double));
  g_source_set_priority (source, G_MININT);
  g_source_attach (source, NULL);
  return self;
}

static inline void
measure_watch_free (MeasureWatch *self)
{
  g_source_destroy ((GSource *) self);
  g_source_unref ((GSource *) self);
}

static inline guint
measure_count_above (GArray *values,
                     double  limit)
{
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    n += g_array_index (values, double, i) > limit;
  return n;
}

/* One line: the longest turn, the 99th percentile, and how many were over @limit ms of processor time. */
static inline void
measure_watch_print (MeasureWatch *self,
                     const char   *what,
                     double        limit)
{
  g_print ("%-34s longest turn %5.1f ms processor (own %5.1f, wall %5.1f); 99 %% %5.1f (%5.1f, %5.1f); "
           "%u of %u over %.0f ms\n", what, measure_quantile (self->cpu, 1), measure_quantile (self->own, 1),
           measure_quantile (self->wall, 1), measure_quantile (self->cpu, 0.99), measure_quantile (self->own, 0.99),
           measure_quantile (self->wall, 0.99), measure_count_above (self->cpu, limit), self->cpu->len, limit);
}

/* Runs the main loop for @seconds. */
static inline void
measure_settle (double seconds)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_once ((guint) (seconds * 1000), (GSourceOnceFunc) g_main_loop_quit, loop);
  g_main_loop_run (loop);
}
