/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rules/ent-onboard.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

typedef void (*EntStartedFunc) (gpointer user_data,
                                EntKey   plan);
typedef void (*EntMovedFunc)   (gpointer user_data,
                                gint64   due,
                                gboolean alone);

/** Asks for partner, template, first day, owner and buddy, and starts a run. @kind: "onboarding" or "enablement"; @partner:
 * 0, or chosen already. @func is called when the plan is there; @user_data is freed by @destroy in any case. */
void ent_start_dialog_present (GtkWidget      *parent,
                               EntContext     *context,
                               const char     *kind,
                               EntKey          partner,
                               EntStartedFunc  func,
                               gpointer        user_data,
                               GDestroyNotify  destroy);
/** Asks for the day an item moves to, and whether what depends on it moves along. */
void ent_move_dialog_present  (GtkWidget           *parent,
                               const EntOnboardRun *run,
                               guint                item,
                               EntMovedFunc         func,
                               gpointer             user_data,
                               GDestroyNotify       destroy);

G_END_DECLS
