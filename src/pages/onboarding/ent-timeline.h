/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/**
 * EntTimeline:
 *
 * The items of a plan along its days, one row each. Up and Down select, Ctrl+Shift+Left and Right move the selected one by
 * a day, dragging moves it by many; with Alt, or Shift while dragging, what depends on it stays. A screen reader is told
 * the selected item in words. Signals `selected` (gint64 key) and `shift` (gint64 key, int days, gboolean alone).
 */
#define ENT_TYPE_TIMELINE (ent_timeline_get_type ())
G_DECLARE_FINAL_TYPE (EntTimeline, ent_timeline, ENT, TIMELINE, GtkWidget)

void   ent_timeline_set_data     (EntTimeline *self,
                                  EntPlanData *data);
void   ent_timeline_set_selected (EntTimeline *self,
                                  EntKey       item);
/** "Security questionnaire passed, gate, in progress, due 14 Nov 2026, 16 days late" (transfer full) */
char  *ent_plan_item_describe    (const EntOnboardItem *item);

G_END_DECLS
