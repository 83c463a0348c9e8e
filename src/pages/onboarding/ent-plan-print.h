/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/onboarding/ent-plan-data.h"

G_BEGIN_DECLS

/** A print operation of a plan: its checklist by block, then its timeline; page numbers below. To be run by the
 * caller. (transfer full) */
GtkPrintOperation *ent_plan_print_new (EntPlanData *data);

G_END_DECLS
