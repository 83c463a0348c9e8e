/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-reminder.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntNotifier:
 *
 * Tells on the desktop what is due in the open workspaces. It looks when one is opened, each full hour, when quiet hours end,
 * when the machine wakes up and when its settings change; what to tell is decided by ent-reminder.h. Signals, for whoever shows
 * it:
 *
 *   told (char *id, GNotification *)   the actions are those of ent-due-actions.h
 *   withdrawn (char *id)               it is done, snoozed, or moved
 */
#define ENT_TYPE_NOTIFIER (ent_notifier_get_type ())
G_DECLARE_FINAL_TYPE (EntNotifier, ent_notifier, ENT, NOTIFIER, GObject)

EntNotifier *ent_notifier_new     (GSettings *settings);
/** Follows the workspace of a context as long as the context lives. */
void         ent_notifier_watch   (EntNotifier *self,
                                   EntContext  *context);
/** Looks now. */
void         ent_notifier_look    (EntNotifier *self);
/** For tests: the local minute it is; 0 gives the clock back. */
void         ent_notifier_set_now (EntNotifier *self,
                                   gint64       now);
/** What the settings say. */
void         ent_notifier_read_times (GSettings        *settings,
                                      EntReminderTimes *times);

G_END_DECLS
