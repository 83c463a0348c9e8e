/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntOnboardingPage:
 *
 * Plans of onboarding or enablement on a board by phase; a plan opens on top of it. State: `kind`, `plan`, `item`, `search`,
 * `late`, `blocked`; to open one plan, navigate with `plan` (int64).
 */
#define ENT_TYPE_ONBOARDING_PAGE (ent_onboarding_page_get_type ())
G_DECLARE_FINAL_TYPE (EntOnboardingPage, ent_onboarding_page, ENT, ONBOARDING_PAGE, EntPage)

G_END_DECLS
