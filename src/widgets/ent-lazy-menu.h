/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Gives @button the menu of @model, of which the widgets (forty of them) are made when it opens for the first time: for
 * buttons of what is in the first frame. In its template the button has no `menu-model`. */
void ent_lazy_menu_set (GtkMenuButton *button,
                        GMenuModel    *model);

G_END_DECLS
