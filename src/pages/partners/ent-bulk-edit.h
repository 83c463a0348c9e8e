/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/* The work behind the bulk edit dialog: what an edit of many records would do, and doing it. No widgets. */

typedef enum
{
  ENT_BULK_SET,
  ENT_BULK_ADD,    /* of a list */
  ENT_BULK_REMOVE, /* of a list */
  ENT_BULK_CLEAR,
} EntBulkOp;

typedef struct
{
  const EntField *field;
  EntBulkOp       op;
  EntValue        value;
} EntBulkEdit;

/** Reference counted (g_atomic_rc_box), immutable once made. */
typedef struct
{
  const EntRecordType *type;
  GArray              *keys;  /* of EntKey */
  GArray              *edits; /* of EntBulkEdit */
} EntBulkPlan;

EntBulkPlan *ent_bulk_plan_new     (const EntRecordType *type,
                                    GArray              *keys);
/** Copies @value. */
void         ent_bulk_plan_add     (EntBulkPlan    *self,
                                    const EntField *field,
                                    EntBulkOp       op,
                                    const EntValue *value);
void         ent_bulk_plan_unref   (gpointer plan);
/** "6 partners" for the history: "Edit Level of 6 organizations". (transfer full) */
char        *ent_bulk_plan_label   (const EntBulkPlan *self);
/** The value that the edit makes of @old. */
void         ent_bulk_edit_apply   (const EntBulkEdit *self,
                                    const EntValue    *old,
                                    EntValue          *value);

/** One line of what will change: "Level: Select → Premier", 4 records. */
typedef struct
{
  const EntField *field;
  char           *text;
  guint           count;
} EntBulkChange;

/** An EntStoreJob over a plan: element-type EntBulkChange, the most frequent first. (transfer full) */
gpointer     ent_bulk_preview_job  (EntStore      *store,
                                    gpointer       plan,
                                    GCancellable  *cancellable,
                                    GError       **error);
/** An EntTransactionFunc over a plan. */
gboolean     ent_bulk_write        (EntTransaction  *transaction,
                                    gpointer         plan,
                                    GError         **error);
/** An EntJobFunc over a plan, with progress. Returns the transaction's number (gint64*). */
gpointer     ent_bulk_write_job    (EntStore      *store,
                                    EntJob        *job,
                                    gpointer       plan,
                                    GCancellable  *cancellable,
                                    GError       **error);

G_END_DECLS
