/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

typedef enum
{
  ENT_DUE_TASK,
  ENT_DUE_PRE_READ,
  ENT_DUE_GATE,
  ENT_DUE_CLAIM,
  ENT_DUE_REGISTRATION,
  ENT_DUE_AGREEMENT_END,
  ENT_DUE_AGREEMENT_NOTICE,
} EntDueKind;

typedef enum
{
  ENT_DUE_OVERDUE,
  ENT_DUE_TODAY,
  ENT_DUE_WEEK,  /* within 7 days */
  ENT_DUE_SOON,  /* later, shown early because it needs time */
} EntDueGroup;

/** One thing that is due, with its record and reason. */
typedef struct
{
  EntKey       key;      /* the record */
  EntKey       open;     /* what to open for it: the record, or what a line belongs to */
  EntKey       partner;  /* 0: none */
  EntDueKind   kind;
  EntDueGroup  group;
  gint64       due;      /* day */
  char        *title;    /* "Prepare the QBR" */
  char        *reason;   /* "Overdue since Nov 20 · Contoso" */
} EntDue;

void        ent_due_free       (EntDue *self);
/** What is due and not snoozed, overdue first, then by day. How early things show is data: the alert rule `rule:due`.
 * Blocks. Element-type EntDue. (transfer full) */
GPtrArray  *ent_due_list       (EntStore      *store,
                                gint64         today,
                                GCancellable  *cancellable,
                                GError       **error);
/** How many of them are overdue or due today: the count of the sidebar. */
guint       ent_due_count_now  (GPtrArray *list);
const char *ent_due_kind_label (EntDueKind kind);
const char *ent_due_kind_name  (EntDueKind kind);  /* "task", "pre_read": for scripts */
const char *ent_due_group_label (EntDueGroup group);

/** A task that is done, and on which day. */
typedef struct
{
  EntKey task;
  gint64 today;
} EntTaskDone;

/** Finishes a task, and names the change "Finish Prepare the QBR". An EntTransactionFunc over an EntTaskDone. */
gboolean    ent_task_finish    (EntTransaction  *transaction,
                                gpointer         done,
                                GError         **error);

G_END_DECLS
