/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntProfilePage:
 *
 * One record of any type: who it is, what is going on, its facts to edit in place, what belongs to it, its links and
 * its history. Construct property `record-key` (also as `key`). Closes by the action `navigation.pop` when the record
 * is deleted here.
 */
#define ENT_TYPE_PROFILE_PAGE (ent_profile_page_get_type ())
G_DECLARE_FINAL_TYPE (EntProfilePage, ent_profile_page, ENT, PROFILE_PAGE, EntPage)

EntPage *ent_profile_page_new     (EntContext *context,
                                   EntKey      key);
EntKey   ent_profile_page_get_key (EntProfilePage *self);

G_END_DECLS
