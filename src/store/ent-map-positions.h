/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/** Where a record stands on the ecosystem map, in 1/ENT_MAP_POSITION_UNIT of a layout unit. */
typedef struct
{
  EntKey key;
  gint32 x, y;
} EntMapPosition;

#define ENT_MAP_POSITION_UNIT 256

/** All kept positions, by key. Element-type EntMapPosition. (transfer full) */
GArray  *ent_store_load_map_positions (EntStore              *store,
                                       GCancellable          *cancellable,
                                       GError               **error);
/** Keeps @positions, and no others with @replace. Like settings, positions are neither journaled nor synced. */
gboolean ent_store_save_map_positions (EntStore              *store,
                                       const EntMapPosition  *positions,
                                       gsize                  n_positions,
                                       gboolean               replace,
                                       GError               **error);

G_END_DECLS
