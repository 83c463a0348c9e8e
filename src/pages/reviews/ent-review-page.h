/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/** One business review: its blocks with their sources on one side, the page as it will be printed on the other; the
 * meeting with agenda and timer; sign-off. Construct property `key` (int64). */
#define ENT_TYPE_REVIEW_PAGE (ent_review_page_get_type ())
G_DECLARE_FINAL_TYPE (EntReviewPage, ent_review_page, ENT, REVIEW_PAGE, EntPage)

G_END_DECLS
