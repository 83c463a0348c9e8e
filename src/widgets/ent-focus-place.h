/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EntFocusPlace:
 *
 * Where the keyboard is inside a widget whose content is about to be made anew: the same control, told by its row and its
 * name, has it afterwards; where that is gone, the one in its place.
 */
typedef struct _EntFocusPlace EntFocusPlace;

/** (nullable): the keyboard is not inside @container. */
EntFocusPlace *ent_focus_place_new     (GtkWidget *container);
/** Takes @self. */
void           ent_focus_place_restore (EntFocusPlace *self,
                                        GtkWidget     *container);

G_END_DECLS
