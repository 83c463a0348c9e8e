/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/**
 * EntHistoryList:
 *
 * The changes of a record, newest first, by day: who did what, and from which value to which, each with Undo. It
 * follows the workspace and loads more as one asks. Signal `loaded`
 * when a page of it is shown; `show-past` (gint64 at) when somebody wants to see the record as it was then.
 */
#define ENT_TYPE_HISTORY_LIST (ent_history_list_get_type ())
G_DECLARE_FINAL_TYPE (EntHistoryList, ent_history_list, ENT, HISTORY_LIST, GtkWidget)

GtkWidget *ent_history_list_new     (EntContext *context,
                                     EntKey      key);
/** How many transactions are shown. */
guint      ent_history_list_get_n   (EntHistoryList *self);
/** Takes back the transaction at a place of the list; tells when it cannot be. */
void       ent_history_list_undo    (EntHistoryList *self,
                                     guint           position);

G_END_DECLS
