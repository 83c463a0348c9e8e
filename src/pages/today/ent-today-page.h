/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntTodayPage:
 *
 * The first page: which partnerships get this week's hours, what is due, what changed since yesterday, and four figures.
 */
#define ENT_TYPE_TODAY_PAGE (ent_today_page_get_type ())
G_DECLARE_FINAL_TYPE (EntTodayPage, ent_today_page, ENT, TODAY_PAGE, EntPage)

/** What is overdue or due today: the count in the sidebar; -1 on error. Blocks. */
gint64 ent_today_count (EntStore     *store,
                        GCancellable *cancellable);

G_END_DECLS
