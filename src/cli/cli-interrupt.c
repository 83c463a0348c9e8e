/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/cli.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* A thread waits for the signals, since next to nothing may be done in a handler. */

static sigset_t waited;
static int caught;

static gpointer
wait_thread (gpointer cancellable)
{
  int number;

  while (sigwait (&waited, &number) == 0)
    {
      /* The first one asks for a clean end; whoever repeats it does not want to wait for that. */
      if (g_atomic_int_get (&caught) != 0)
        _exit (128 + number);
      g_atomic_int_set (&caught, number);
      g_cancellable_cancel (cancellable);
    }
  return NULL;
}

void
cli_interrupt_catch (GCancellable *cancellable)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction action;

  sigemptyset (&waited);
  /* What was to be ignored, by nohup or a shell's background, still is. */
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (sigaction (numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
      sigaddset (&waited, numbers[i]);
  pthread_sigmask (SIG_BLOCK, &waited, NULL);
  g_thread_unref (g_thread_new ("signals", wait_thread, cancellable));
}

int
cli_interrupt_get (void)
{
  return g_atomic_int_get (&caught);
}
