/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/ent-alarm.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

/* GLib's timeouts count the time that the machine is awake. A timer of the kernel on the wall clock that is canceled when that
 * clock jumps, as it does on resume, needs neither polling nor the system bus. */

typedef struct
{
  GSource     base;
  int         fd;
  gpointer    tag;
} Alarm;

static gboolean
alarm_check (GSource *source)
{
  return g_source_query_unix_fd (source, ((Alarm *) source)->tag) != 0;
}

static gboolean
alarm_prepare (GSource *source,
               int     *timeout)
{
  *timeout = -1;
  return FALSE;
}

static gboolean
alarm_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     data)
{
  guint64 n;

  /* ECANCELED: the clock was set. Whatever it is, the caller looks again. */
  if (read (((Alarm *) source)->fd, &n, sizeof n) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;
  return callback (data);
}

static void
alarm_finalize (GSource *source)
{
  close (((Alarm *) source)->fd);
}

guint
ent_alarm_add (gint64      when,
               GSourceFunc func,
               gpointer    data)
{
  static GSourceFuncs funcs = { alarm_prepare, alarm_check, alarm_dispatch, alarm_finalize, NULL, NULL };
  const struct itimerspec at = { .it_value = { .tv_sec = MAX (when, 1) } };
  int fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  g_autoptr (GSource) source = NULL;

  if (fd < 0 || timerfd_settime (fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL) < 0)
    {
      gint64 rest = when - g_get_real_time () / G_USEC_PER_SEC;

      g_info ("There is no timer on the wall clock: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return g_timeout_add_seconds ((guint) CLAMP (rest, 1, 3600), func, data);
    }
  source = g_source_new (&funcs, sizeof (Alarm));
  ((Alarm *) source)->fd = fd;
  ((Alarm *) source)->tag = g_source_add_unix_fd (source, fd, G_IO_IN | G_IO_ERR | G_IO_HUP);
  g_source_set_static_name (source, "[entente] alarm");
  g_source_set_callback (source, func, data, NULL);
  return g_source_attach (source, NULL);
}
