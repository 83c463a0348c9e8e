/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntProfileHistory:
 *
 * The history of a record beside a look at how it was: a day to choose, and its facts on that day. Signal `past`
 * (EntRecord, nullable; gint64 day) when another day is looked at; without a record it is today again.
 */
#define ENT_TYPE_PROFILE_HISTORY (ent_profile_history_get_type ())
G_DECLARE_FINAL_TYPE (EntProfileHistory, ent_profile_history, ENT, PROFILE_HISTORY, GtkWidget)

GtkWidget *ent_profile_history_new       (EntContext *context,
                                          EntKey      key);
/** The day the record was made: where looking back ends. */
void       ent_profile_history_set_first (EntProfileHistory *self,
                                          gint64             day);
/** Looks at the end of a day; today's: as it is now. */
void       ent_profile_history_set_day   (EntProfileHistory *self,
                                          gint64             day);
void       ent_profile_history_set_narrow (EntProfileHistory *self,
                                           gboolean           narrow);

G_END_DECLS
