/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/ent-due.h"

G_BEGIN_DECLS

/* What is told on the desktop of what is due, and when: each thing once when its day comes and once when it is overdue,
 * never twice on a day, nothing in quiet hours. What was told is kept in the workspace, so that a restart repeats nothing and
 * Today shows it.
 *
 * Times are local minutes: minutes since 1970-01-01 00:00 of the local time zone. */

/** When the user wants to be told. */
typedef struct
{
  gboolean enabled;
  gboolean quiet_hours;
  int      from;          /* quiet from this minute of the day … */
  int      to;            /* … until before this one, over midnight too; the same: never */
  gboolean quiet_weekend; /* Saturday and Sunday, all day; only with quiet_hours */
} EntReminderTimes;

/** The local minute of a moment in a time zone. */
gint64   ent_reminder_minute    (GDateTime *local);
gboolean ent_reminder_is_quiet  (const EntReminderTimes *self,
                                 gint64                  now);
/** The next minute after @now to look: when quiet hours end, else the next full hour, which midnight is one of. */
gint64   ent_reminder_next_look (const EntReminderTimes *self,
                                 gint64                  now);

/* --- What was told ---------------------------------------------------------------------------------------------- */

/** The setting of the workspace that keeps it. */
#define ENT_SETTING_REMINDERS "reminders"

typedef struct
{
  EntKey     key;
  EntDueKind kind;
  gint64     due;        /* day */
  gboolean   overdue;    /* told as such */
  gboolean   in_summary;
  gboolean   gone;       /* not due any more; kept until the day ends, so that it is not told twice */
  gint64     at;         /* local minute */
} EntReminder;

/** What was told of what is due; element of a GHashTable that is a set of EntReminder. @text (nullable): as written.
 * (transfer full) */
GHashTable        *ent_reminders_read   (const char *text);
/** (transfer full) */
char              *ent_reminders_write  (GHashTable *self);
/** (nullable) (transfer none) */
const EntReminder *ent_reminders_lookup (GHashTable   *self,
                                         const EntDue *due);

/* --- What is to tell ---------------------------------------------------------------------------------------------- */

typedef struct
{
  GPtrArray *tell;      /* of EntDue (unowned): one by one, or all in one summary */
  gboolean   summary;
  GPtrArray *withdraw;  /* of char *: names of what was told and is due no more */
  gboolean   withdraw_summary;
  gboolean   changed;   /* what was told has to be kept anew */
} EntReminderPlan;

/** Decides, and notes it in @told. @due: from ent_due_list (). (transfer full) */
EntReminderPlan *ent_reminder_plan_new     (GHashTable             *told,
                                            GPtrArray              *due,
                                            const EntReminderTimes *times,
                                            gint64                  now);
void             ent_reminder_plan_free    (EntReminderPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EntReminderPlan, ent_reminder_plan_free)
/** The name of a thing's notification: "8-12-task". (transfer full) */
char            *ent_reminder_dup_name     (EntKey     key,
                                            EntDueKind kind);
/** "5 things are due" (transfer full) */
char            *ent_reminder_plan_dup_title (const EntReminderPlan *self);
/** The first of them, a line each, and how many more. (transfer full) */
char            *ent_reminder_plan_dup_body  (const EntReminderPlan *self);
/** "Reminded at 9:00", with the day when it was another. (transfer full) */
char            *ent_reminder_describe     (const EntReminder *self,
                                            gint64             today);

G_END_DECLS
