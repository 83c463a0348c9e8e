/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-application.h"

G_BEGIN_DECLS

/** Adds what notifications of EntNotifier do, actions with the path of a workspace and the key of a record:
 *
 *   app.open-due     shows the record
 *   app.finish-due   finishes the task
 *   app.snooze-due   snoozes it until tomorrow
 *   app.show-due     shows Today (no key)
 *
 * A workspace that is not open any more is opened first. */
void ent_due_actions_add (EntApplication *application);

G_END_DECLS
