/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntProfileLevel:
 *
 * Where a partner stands in the program: its level with what is proposed, the requirements of that level and of the
 * one above, what its benefits have left. Follows the workspace by itself; hidden for who is no partner.
 */
#define ENT_TYPE_PROFILE_LEVEL (ent_profile_level_get_type ())
G_DECLARE_FINAL_TYPE (EntProfileLevel, ent_profile_level, ENT, PROFILE_LEVEL, GtkBox)

GtkWidget *ent_profile_level_new (EntContext *context,
                                  EntKey      partner);

G_END_DECLS
