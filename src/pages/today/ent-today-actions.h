/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/* What can be done with a thing that is due: on the page, and from a notification. */

/** Finishes a task. */
void ent_today_finish (EntContext *context,
                       EntKey      task,
                       const char *title);
/** Snoozes until @until at once. */
void ent_today_snooze (EntContext *context,
                       EntKey      key,
                       gint64      until,
                       const char *reason);

G_END_DECLS
