/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/**
 * EntPlanList:
 *
 * A plan as a checklist, grouped by block. Space ticks an item; Ctrl+Shift+Up and Down, or dragging, change the order.
 * Signals `selected` (gint64 key), `done-changed` (gint64 key, gboolean done), `reorder` (gint64 key, gint64 before; 0: to
 * the end), `shift` (gint64 key, int days, gboolean alone; as EntTimeline).
 */
#define ENT_TYPE_PLAN_LIST (ent_plan_list_get_type ())
G_DECLARE_FINAL_TYPE (EntPlanList, ent_plan_list, ENT, PLAN_LIST, GtkWidget)

/** Shows the state of @data; also takes back a tick that was refused. */
void ent_plan_list_set_data     (EntPlanList *self,
                                 EntPlanData *data);
void ent_plan_list_set_selected (EntPlanList *self,
                                 EntKey       item);
/** Gives the keyboard to the selected item; FALSE: there is none. */
gboolean ent_plan_list_focus    (EntPlanList *self);

G_END_DECLS
