/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/partners/ent-profile-data.h"

G_BEGIN_DECLS

/**
 * EntProfileHeader:
 *
 * Who it is, at a glance: picture, name, level, state, and one line of the most telling facts. Property `narrow`:
 * smaller, for narrow windows.
 */
#define ENT_TYPE_PROFILE_HEADER (ent_profile_header_get_type ())
G_DECLARE_FINAL_TYPE (EntProfileHeader, ent_profile_header, ENT, PROFILE_HEADER, GtkWidget)

void ent_profile_header_show (EntProfileHeader     *self,
                              const EntProfileData *data);

G_END_DECLS
