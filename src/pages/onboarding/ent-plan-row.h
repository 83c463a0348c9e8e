/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/** One item of the checklist. Signal `toggled` (gboolean done) when its box is ticked or unticked by people. */
#define ENT_TYPE_PLAN_ROW (ent_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (EntPlanRow, ent_plan_row, ENT, PLAN_ROW, GtkListBoxRow)

GtkWidget  *ent_plan_row_new         (void);
void        ent_plan_row_set_item    (EntPlanRow  *self,
                                      EntPlanData *data,
                                      guint        index);
EntKey      ent_plan_row_get_key     (EntPlanRow *self);
const char *ent_plan_row_get_section (EntPlanRow *self);
void        ent_plan_row_toggle      (EntPlanRow *self);

G_END_DECLS
