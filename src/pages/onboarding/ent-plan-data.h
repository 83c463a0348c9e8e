/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-onboard.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntPlanData:
 *
 * All that the page of a plan shows, read at once on a worker thread. Immutable, reference counted; main thread only
 * once it is handed over.
 */
typedef struct
{
  EntOnboardRun   *run;
  GPtrArray       *gates;       /* of EntGate */
  GPtrArray       *checks;      /* of EntOnboardCheck */
  GPtrArray       *differences; /* of EntOnboardDifference */
  GPtrArray       *conflicts;   /* of utf8 */
  EntFirstSuccess *success;     /* (nullable) */
  EntKey           partner;     /* 0: none */
  char            *partner_title; /* (nullable) */
  char            *lifecycle;   /* of the partner (nullable) */
  GHashTable      *names;       /* EntKey → title: owners, the buddy */
} EntPlanData;

EntPlanData   *ent_plan_data_ref        (EntPlanData *self);
void           ent_plan_data_unref      (EntPlanData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntPlanData, ent_plan_data_unref)
/** NULL when the plan is gone, with @error set. Blocks. (transfer full) */
EntPlanData   *ent_plan_data_load       (EntStore *store,
                                         EntKey    plan,
                                         gint64    today,
                                         GError  **error);
/** (nullable) */
const char    *ent_plan_data_get_name   (EntPlanData *self,
                                         EntKey       person);
/** Of the item; NULL: it is none. */
const EntGate *ent_plan_data_get_gate   (EntPlanData *self,
                                         guint        item);

G_END_DECLS
