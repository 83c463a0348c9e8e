/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/**
 * EntPlanPage:
 *
 * One plan, inside the onboarding page: checklist, timeline, facts of the selected item. Its actions are those of the
 * onboarding page, which calls ent_plan_page_act(). Signal `loaded` when what it shows is there or gone.
 */
#define ENT_TYPE_PLAN_PAGE (ent_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (EntPlanPage, ent_plan_page, ENT, PLAN_PAGE, AdwNavigationPage)

AdwNavigationPage *ent_plan_page_new          (EntContext *context,
                                               EntKey      plan);
EntKey             ent_plan_page_get_plan     (EntPlanPage *self);
/** NULL while it is loading. (transfer none) */
EntPlanData       *ent_plan_page_get_data     (EntPlanPage *self);
EntKey             ent_plan_page_get_selected (EntPlanPage *self);
void               ent_plan_page_select       (EntPlanPage *self,
                                               EntKey       item);
/** Gives the keyboard to the checklist, or to the timeline where there is room for one of them; FALSE: neither shows. */
gboolean           ent_plan_page_focus        (EntPlanPage *self);
void               ent_plan_page_reload       (EntPlanPage *self);
/** Whether "page.print" and the like make sense now. */
gboolean           ent_plan_page_can          (EntPlanPage *self,
                                               const char  *action);
void               ent_plan_page_act          (EntPlanPage *self,
                                               const char  *action);

G_END_DECLS
