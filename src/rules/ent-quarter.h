/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A quarter of a calendar year: 4 * year + 0..3, so that the next one is one more. */
typedef gint64 EntQuarter;

EntQuarter ent_quarter_of_day    (gint64 day);
gint64     ent_quarter_get_first (EntQuarter self);
gint64     ent_quarter_get_last  (EntQuarter self);
/** "2026-Q4", "Q4 2026", "2026Q4"; "this", "next", "last". */
gboolean   ent_quarter_read      (const char  *text,
                                  gint64       today,
                                  EntQuarter  *quarter);
/** "2026-Q4" (transfer full) */
char      *ent_quarter_write     (EntQuarter self);
/** "Q4 2026" (transfer full) */
char      *ent_quarter_display   (EntQuarter self);

G_END_DECLS
