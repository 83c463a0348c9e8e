/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/** The business reviews by quarter, with where each stands. */
#define ENT_TYPE_REVIEWS_PAGE (ent_reviews_page_get_type ())
G_DECLARE_FINAL_TYPE (EntReviewsPage, ent_reviews_page, ENT, REVIEWS_PAGE, EntPage)

G_END_DECLS
