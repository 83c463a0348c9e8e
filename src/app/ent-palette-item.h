/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/ent-actions.h"
#include "app/ent-page-registry.h"

G_BEGIN_DECLS

/** EntPaletteItem: one line of the palette, a record, a page or an action. */
#define ENT_TYPE_PALETTE_ITEM (ent_palette_item_get_type ())
G_DECLARE_FINAL_TYPE (EntPaletteItem, ent_palette_item, ENT, PALETTE_ITEM, GObject)

EntPaletteItem *ent_palette_item_new_record (EntKey      key,
                                             const char *title,
                                             const char *subtitle,
                                             const char *icon_name);
EntPaletteItem *ent_palette_item_new_page   (const EntPageInfo *page);
EntPaletteItem *ent_palette_item_new_action (const EntActionInfo *action);

/** Of a record; 0: another item. */
EntKey          ent_palette_item_get_key       (EntPaletteItem *self);
/** Detailed name of the action that activating does. (nullable) */
const char     *ent_palette_item_get_action    (EntPaletteItem *self);
const char     *ent_palette_item_get_title     (EntPaletteItem *self);
const char     *ent_palette_item_get_subtitle  (EntPaletteItem *self);
const char     *ent_palette_item_get_icon_name (EntPaletteItem *self);
/** "Ctrl+N" (nullable) */
const char     *ent_palette_item_get_shortcut  (EntPaletteItem *self);

G_END_DECLS
