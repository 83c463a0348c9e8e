/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-window.h"

G_BEGIN_DECLS

/**
 * EntPalette:
 *
 * One entry that finds any record and any action. Records come first, from a search off the main thread of
 * which only the latest answer counts; with nothing typed, the records opened last. Then pages and actions with
 * their shortcuts, of which only those are offered that can be done now. The keyboard never leaves the entry.
 */
#define ENT_TYPE_PALETTE (ent_palette_get_type ())
G_DECLARE_FINAL_TYPE (EntPalette, ent_palette, ENT, PALETTE, AdwDialog)

AdwDialog  *ent_palette_new          (EntWindow *window);
void        ent_palette_set_text     (EntPalette *self,
                                      const char *text);
/** Whether the answer to what is typed is there. */
gboolean    ent_palette_is_settled   (EntPalette *self);
/** What is found, in order: EntPaletteItem. (transfer none) */
GListModel *ent_palette_get_results  (EntPalette *self);

G_END_DECLS
