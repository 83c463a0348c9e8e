/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Does what the calendar decides since the workspace was open last, on a worker thread, as transactions of rules that
 * can be undone: registrations that ended expire. Says in a toast what it did; nothing when there was nothing. */
void ent_opening_rules_run (EntContext *context);

G_END_DECLS
