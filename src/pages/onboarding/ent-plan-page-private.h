/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/onboarding/ent-plan-page.h"

#include "pages/onboarding/ent-plan-details.h"
#include "pages/onboarding/ent-plan-list.h"
#include "pages/onboarding/ent-timeline.h"

G_BEGIN_DECLS

struct _EntPlanPage
{
  AdwNavigationPage parent_instance;

  EntContext  *context;
  EntKey       plan;
  EntKey       selected;
  EntPlanData *data;
  guint        generation; /* of the question under way */

  GtkStack       *stack;
  AdwStatusPage  *gone_page;
  AdwBanner      *banner;
  GtkWidget      *activate_button;
  AdwWrapBox     *summary;
  AdwToggleGroup *views;
  GtkBox         *body;
  GtkWidget      *list_scroll, *timeline_scroll, *details_scroll;
  EntPlanList    *list;
  EntTimeline    *timeline;
  EntPlanDetails *details;
};

/* --- ent-plan-page-actions.c: what changes a plan or takes it elsewhere ---------------------------------- */

void ent_plan_page_set_done (EntPlanPage *self,
                             EntKey       item,
                             gboolean     done);
void ent_plan_page_reorder  (EntPlanPage *self,
                             EntKey       item,
                             EntKey       before);
/** @alone: what depends on the item stays. */
void ent_plan_page_shift    (EntPlanPage *self,
                             EntKey       item,
                             int          days,
                             gboolean     alone);
void ent_plan_page_review   (EntPlanPage *self);

G_END_DECLS
