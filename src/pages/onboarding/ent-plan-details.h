/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/** Facts and evidence of one item, editable in place; of a gate, what is missing. Property `context`. */
#define ENT_TYPE_PLAN_DETAILS (ent_plan_details_get_type ())
G_DECLARE_FINAL_TYPE (EntPlanDetails, ent_plan_details, ENT, PLAN_DETAILS, GtkWidget)

void ent_plan_details_set_context (EntPlanDetails *self,
                                   EntContext     *context);
/** @index: of the item; G_MAXUINT: none is selected. */
void ent_plan_details_set_item    (EntPlanDetails *self,
                                   EntPlanData    *data,
                                   guint           index);

G_END_DECLS
