/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntPipelinePage:
 *
 * Deals as a board by stage, partner, owner or quarter, or as a list, below the forecast of a quarter against its
 * target. Cards are moved by drag or keys; what a rule refuses goes back and says why.
 */
#define ENT_TYPE_PIPELINE_PAGE (ent_pipeline_page_get_type ())
G_DECLARE_FINAL_TYPE (EntPipelinePage, ent_pipeline_page, ENT, PIPELINE_PAGE, EntPage)

G_END_DECLS
