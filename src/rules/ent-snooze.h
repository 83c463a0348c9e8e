/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/* Snoozing is a decision about a record, kept in its timeline: an activity of kind `decision` with the reason and the
 * day until which Today leaves the record out. Undoing it, or binning the activity, ends it. */

typedef struct
{
  EntKey  key;     /* the record; a child line is snoozed with what it belongs to */
  gint64  until;   /* first day it is shown again */
  gint64  today;
  char   *reason;
} EntSnooze;

EntSnooze  *ent_snooze_new     (EntKey      key,
                                gint64      until,
                                gint64      today,
                                const char *reason);
void        ent_snooze_free    (EntSnooze *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntSnooze, ent_snooze_free)
/** "Snooze Contoso until Jan 4" (transfer full) */
char       *ent_snooze_label   (EntStore  *store,
                                EntSnooze *self);
/** An EntTransactionFunc over an EntSnooze. Fails when the day is not in the future or there is no reason. */
gboolean    ent_snooze_write   (EntTransaction  *transaction,
                                gpointer         snooze,
                                GError         **error);
/** What is snoozed on @today: EntKey* → day until which (GINT_TO_POINTER). Blocks. (transfer full) */
GHashTable *ent_snooze_load    (EntStore      *store,
                                gint64         today,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
