/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "pages/partners/ent-profile-data.h"

G_BEGIN_DECLS

/**
 * EntProfileRow:
 *
 * A record in a boxed list. Unlike in AdwActionRow, what stands at the end moves below the title where there is no
 * room beside it. Signal `activated`.
 */
#define ENT_TYPE_PROFILE_ROW (ent_profile_row_get_type ())
G_DECLARE_FINAL_TYPE (EntProfileRow, ent_profile_row, ENT, PROFILE_ROW, AdwPreferencesRow)

/** A row that opens the item's record. */
GtkWidget *ent_profile_row_new          (EntContext           *context,
                                         const EntProfileItem *item);
void       ent_profile_row_set_subtitle (EntProfileRow *self,
                                         const char    *subtitle);
/** Puts @widget (nullable) in the place of the picture. */
void       ent_profile_row_set_prefix   (EntProfileRow *self,
                                         GtkWidget     *widget);
/** A button at the very end. */
void       ent_profile_row_add_button   (EntProfileRow *self,
                                         GtkWidget     *button);
/** The record that is opened is not what the row is about: another handler of `activated` does it all. */
void       ent_profile_row_set_opens    (EntProfileRow *self,
                                         gboolean       opens);

G_END_DECLS
