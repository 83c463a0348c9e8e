/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/partners/ent-profile-data.h"

G_BEGIN_DECLS

/**
 * EntProfileOverview:
 *
 * What is going on: key figures, lines, what is due, activities with a place to write a note, neighbors.
 */
#define ENT_TYPE_PROFILE_OVERVIEW (ent_profile_overview_get_type ())
G_DECLARE_FINAL_TYPE (EntProfileOverview, ent_profile_overview, ENT, PROFILE_OVERVIEW, GtkWidget)

GtkWidget *ent_profile_overview_new        (EntContext *context);
void       ent_profile_overview_show       (EntProfileOverview   *self,
                                            const EntProfileData *data);
/** Puts the keyboard into the note entry. */
void       ent_profile_overview_focus_note (EntProfileOverview *self);

G_END_DECLS
