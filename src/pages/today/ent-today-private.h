/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/today/ent-today-page.h"
#include "rules/ent-attention.h"
#include "rules/ent-changed.h"
#include "rules/ent-due.h"
#include "rules/ent-pulse.h"

G_BEGIN_DECLS

/** All that the page shows, computed at once on a worker thread. */
typedef struct
{
  GPtrArray        *due;     /* of EntDue */
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
GtkWidget    *ent_today_due_row       (EntContext   *context,
                                       const EntDue *due);
GtkWidget    *ent_today_changed_row   (EntContext       *context,
                                       const EntChanged *changed);
GtkWidget    *ent_today_pulse_tile    (EntContext     *context,
                                       const EntPulse *pulse);

/** Asks until when and why, and snoozes. @title: what is snoozed. */
void          ent_snooze_dialog_present (GtkWidget  *parent,
                                         EntContext *context,
                                         EntKey      key,
                                         const char *title);
/** Snoozes until @until at once. */
void          ent_today_snooze          (EntContext *context,
                                         EntKey      key,
                                         gint64      until,
                                         const char *reason);

G_END_DECLS
