/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Partners of one workspace with the standard program. */

#include "rules/ent-campaign.h"
#include "rules/ent-exchange-rates.h"
#include "rules/ent-fund.h"
#include "rules/ent-program-defaults.h"
#include "rules/ent-rules.h"
#include "support/workspace.h"

#include <string.h>

#define TODAY ent_date_from_ymd (2026, 11, 20)
#define NOW (TODAY * G_TIME_SPAN_DAY + 12 * G_TIME_SPAN_HOUR)

/* One for all tests, as the standard program takes longer to install than all of them to run; each adds partners of its
 * own. */
static EntStore *shared;

static inline EntStore *
get_workspace (void)
{
  g_autoptr (GError) error = NULL;

  if (shared != NULL)
    return shared;
  shared = test_workspace_new ();
  ent_program_defaults_install (shared, NULL, &error);
  g_assert_no_error (error);
  ent_rules_attach (shared);
  return shared;
}

typedef struct
{
  EntMilestone milestone;
  EntKey       made;
} Milestone;
