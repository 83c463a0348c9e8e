/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-level.h"

G_BEGIN_DECLS

/** Work with the levels of a workspace. Returns a result that holds nothing of @levels, or NULL with @error set. */
typedef gpointer (*EntLevelsFunc) (EntLevels  *levels,
                                   EntStore   *store,
                                   gpointer    data,
                                   GError    **error);

/**
 * ent_levels_run:
 *
 * Runs @func with the one snapshot that is kept for an open workspace, brought up to date with what was committed
 * since: for windows, whose pages ask again after every change. The first call loads it. Blocks, and one caller
 * waits for the other: in a job only. What was committed counts once the store has told it (`changed`).
 */
gpointer ent_levels_run (EntStore       *store,
                         gint64          today,
                         EntLevelsFunc   func,
                         gpointer        data,
                         GCancellable   *cancellable,
                         GError        **error);

G_END_DECLS
