/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * EntAvatarTile:
 *
 * The rounded square that stands for an organization: its logo, or its initials on a color that follows
 * from the name. Decoration next to the name, so screen readers skip it. People have AdwAvatar.
 * Properties `text` (the name), `logo` (GdkPaintable), `size` in pixels (32).
 */
#define ENT_TYPE_AVATAR_TILE (ent_avatar_tile_get_type ())
G_DECLARE_FINAL_TYPE (EntAvatarTile, ent_avatar_tile, ENT, AVATAR_TILE, GtkWidget)

GtkWidget  *ent_avatar_tile_new      (int         size,
                                      const char *text);
void        ent_avatar_tile_set_text (EntAvatarTile *self,
                                      const char    *text);
const char *ent_avatar_tile_get_text (EntAvatarTile *self);
void        ent_avatar_tile_set_logo (EntAvatarTile *self,
                                      GdkPaintable  *logo);
void        ent_avatar_tile_set_size (EntAvatarTile *self,
                                      int            size);
/** What a tile shows of @text, for code that paints tiles itself: one or two letters (transfer full), and the color. */
char       *ent_avatar_tile_make_initials (const char *text);
void        ent_avatar_tile_get_color     (const char *text,
                                           GdkRGBA    *color);

G_END_DECLS
