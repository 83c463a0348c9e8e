/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ecosystem/ent-graph-measures.h"
#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntMapCard:
 *
 * Beside the map: who the selected node is, why it is as large as it is, and whom it is linked with, by kind; or
 * the ways from one node to another. Signals `select (int node)` when a neighbor is chosen, `path-chosen (uint n)`
 * when one of several ways is.
 */
#define ENT_TYPE_MAP_CARD (ent_map_card_get_type ())
G_DECLARE_FINAL_TYPE (EntMapCard, ent_map_card, ENT, MAP_CARD, AdwBin)

void ent_map_card_set_context (EntMapCard *self,
                               EntContext *context);
/** @measures (nullable): what is known so far. */
void ent_map_card_show_node   (EntMapCard       *self,
                               EntGraph         *graph,
                               EntGraphMeasures *measures,
                               gint32            node);
/** @paths: of EntPath, the best first; @chosen is shown in full. */
void ent_map_card_show_paths  (EntMapCard *self,
                               EntGraph   *graph,
                               GPtrArray  *paths,
                               guint       chosen);

G_END_DECLS
