/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-store.h"

G_BEGIN_DECLS

/** Puts the standard partner program (data/program) into a new workspace, as one transaction. Installing
 * it twice changes nothing. Blocks; any thread but the writer's. */
gboolean ent_program_defaults_install (EntStore      *store,
                                       GCancellable  *cancellable,
                                       GError       **error);

G_END_DECLS
