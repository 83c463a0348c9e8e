/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/today/ent-today-actions.h"
#include "pages/today/ent-today-page.h"
#include "rules/ent-attention.h"
#include "rules/ent-changed.h"
#include "rules/ent-due.h"
#include "rules/ent-pulse.h"
#include "rules/ent-reminder.h"
#include "rules/ent-snooze.h"

G_BEGIN_DECLS

/** All that the page shows, computed at once on a worker thread. */
typedef struct
{
  GPtrArray        *due;     /* of EntDue */
  GHashTable       *told;    /* set of EntReminder */
  GPtrArray        *snoozed; /* of EntSnoozed */
  EntAttentionPlan *plan;
  GPtrArray        *changed; /* of EntChanged */
  GPtrArray        *pulse;   /* of EntPulse */
} EntTodayData;

EntTodayData *ent_today_data_new  (EntStore      *store,
                                   gint64         today,
                                   GCancellable  *cancellable,
                                   GError       **error);
void          ent_today_data_free (EntTodayData *self);

/* Rows: what they do goes by the context. */
GtkWidget    *ent_today_attention_row (EntContext         *context,
                                       const EntAttention *item,
                                       const char         *currency);
/** @reminder (nullable): that the desktop told of it. */
GtkWidget    *ent_today_due_row       (EntContext        *context,
                                       const EntDue      *due,
                                       const EntReminder *reminder);
GtkWidget    *ent_today_snoozed_row   (EntContext       *context,
                                       const EntSnoozed *snoozed);
GtkWidget    *ent_today_changed_row   (EntContext       *context,
                                       const EntChanged *changed);
GtkWidget    *ent_today_pulse_tile    (EntContext     *context,
                                       const EntPulse *pulse);

/** Asks until when and why, and snoozes. @title: what is snoozed. */
void          ent_snooze_dialog_present (GtkWidget  *parent,
                                         EntContext *context,
                                         EntKey      key,
                                         const char *title);

G_END_DECLS
