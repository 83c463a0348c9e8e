/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/**
 * ent_sample_fill:
 *
 * Fills a workspace with the sample: Halden Systems, an invented software company, its partners, and
 * two years of their business up to @today (days since 1970). The same @today gives the same records.
 * One transaction. Installs the standard partner program first when it is missing. Blocks; any thread
 * but the writer's.
 */
gboolean ent_sample_fill (EntStore      *store,
                          gint64         today,
                          GCancellable  *cancellable,
                          GError       **error);

G_END_DECLS
