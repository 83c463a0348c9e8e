/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-onboard.h"

G_BEGIN_DECLS

/**
 * ent_plan_export:
 *
 * Writes a run to @path, by its ending: `.md` a checklist to read and share, `.csv` a line an item, `.ics` an all-day entry
 * for each open item with a date (RFC 5545), whose UIDs stay the same, so that importing again updates. The file takes
 * its name when it is complete. Blocks. An unknown ending is ENT_STORE_ERROR_INVALID.
 */
gboolean ent_plan_export (EntStore            *store,
                          const EntOnboardRun *run,
                          const char          *path,
                          GError             **error);

G_END_DECLS
