/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Calls @func once the clock on the wall shows @when (seconds since 1970 UTC), or earlier when that clock is set or the machine
 * wakes up: then it is time to look again. Sleeps in between; a laptop that sleeps through @when is told on waking up. Returns
 * the source's id; the source is called once, so that @func returns G_SOURCE_REMOVE. */
guint ent_alarm_add (gint64      when,
                     GSourceFunc func,
                     gpointer    data);

G_END_DECLS
