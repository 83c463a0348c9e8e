/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ecosystem/ent-map-painter.h"

G_BEGIN_DECLS

/**
 * EntMapLegend:
 *
 * What colors and shapes on the map mean, with counts. Choosing a line makes the others step back: signal
 * `emphasis (int category)`, -1 for none. Property `expanded`.
 */
#define ENT_TYPE_MAP_LEGEND (ent_map_legend_get_type ())
G_DECLARE_FINAL_TYPE (EntMapLegend, ent_map_legend, ENT, MAP_LEGEND, GtkWidget)

/** @items: of EntMapLegendItem; @title: what is colored by. */
void ent_map_legend_set_items (EntMapLegend *self,
                               const char   *title,
                               GPtrArray    *items);

G_END_DECLS
