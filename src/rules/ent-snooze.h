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

/** One record that is snoozed. */
typedef struct
{
  EntKey  activity; /* the decision that says so */
  EntKey  about;
  gint64  until;
  char   *title;    /* of the record */
  char   *reason;
} EntSnoozed;

void        ent_snoozed_free   (EntSnoozed *self);
/** What is snoozed on @today with its reason, the soonest first; each record once, with its latest day. Blocks.
 * Element-type EntSnoozed. (transfer full) */
GPtrArray  *ent_snooze_list    (EntStore      *store,
                                gint64         today,
                                GCancellable  *cancellable,
                                GError       **error);
/** Shows a record again: all that snooze it go to the bin. An EntTransactionFunc over an EntSnooze. */
gboolean    ent_snooze_end     (EntTransaction  *transaction,
                                gpointer         snooze,
                                GError         **error);

G_END_DECLS
