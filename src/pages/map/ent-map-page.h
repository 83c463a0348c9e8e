/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/ent-page.h"

G_BEGIN_DECLS

/**
 * EntMapPage:
 *
 * The Ecosystem page: the map with its controls, and a card for what is selected. Property `show-communities`.
 */
#define ENT_TYPE_MAP_PAGE (ent_map_page_get_type ())
G_DECLARE_FINAL_TYPE (EntMapPage, ent_map_page, ENT, MAP_PAGE, EntPage)

G_END_DECLS
