/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntFundingPage:
 *
 * Fund programs with their balances and deadlines, requests on their way from idea to payment, and campaigns with what
 * they cost and bring. A request or a campaign opens on a page of its own within this one. State: `view` ("requests",
 * "programs", "campaigns") and `open` (int64 key of a request or campaign).
 */
#define ENT_TYPE_FUNDING_PAGE (ent_funding_page_get_type ())
G_DECLARE_FINAL_TYPE (EntFundingPage, ent_funding_page, ENT, FUNDING_PAGE, EntPage)

G_END_DECLS
