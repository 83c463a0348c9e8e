/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** The six groups that have a color of their own everywhere: lists, map, charts. */
typedef enum
{
  ENT_LEVEL_NONE,
  ENT_LEVEL_STRATEGIC,
  ENT_LEVEL_PREMIER,
  ENT_LEVEL_SELECT,
  ENT_LEVEL_REGISTERED,
  ENT_LEVEL_PROSPECT,
  ENT_LEVEL_COMPETITOR,
} EntLevel;

/** From a level's stored value or name ("strategic", "Premier partner") or, unknown there, its rank from the top
 * (1 the highest, 0 unknown). */
EntLevel    ent_level_from_name       (const char *name,
                                       int         rank);
/** The color for painters: charts, map. @dark: for dark backgrounds. Contrast at least 3:1 on either. */
void        ent_level_get_color       (EntLevel level,
                                       gboolean dark,
                                       GdkRGBA *color);
/** One letter for small places: "S", "P", "E", "R", "◦", "×"; never ambiguous among levels. */
const char *ent_level_get_letter      (EntLevel level);

/**
 * EntLevelBadge:
 *
 * A partner's level: its letter on its color, then its name; compact, the letter only, with the name as
 * tooltip and for screen readers.
 */
#define ENT_TYPE_LEVEL_BADGE (ent_level_badge_get_type ())
G_DECLARE_FINAL_TYPE (EntLevelBadge, ent_level_badge, ENT, LEVEL_BADGE, GtkWidget)

GtkWidget  *ent_level_badge_new         (void);
/** @name NULL or "" hides the badge. */
void        ent_level_badge_set         (EntLevelBadge *self,
                                         EntLevel       level,
                                         const char    *name);
void        ent_level_badge_set_compact (EntLevelBadge *self,
                                         gboolean       compact);

G_END_DECLS
