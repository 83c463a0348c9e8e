/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction-private.h"

G_BEGIN_DECLS

/** A check under way. */
typedef struct
{
  EntStore       *store;
  EntConnection  *connection;
  EntSchema      *schema;
  GPtrArray      *findings; /* of EntFinding */
  EntProgressFunc progress;
  gpointer        user_data;
  GCancellable   *cancellable;
} EntCheck;

/** @what: (transfer full) */
void     ent_check_add       (EntCheck *self,
                              gboolean  is_error,
                              char     *what);
gboolean ent_check_step      (EntCheck   *self,
                              double      fraction,
                              const char *what,
                              GError    **error);
/** The number that a statement gives. */
gboolean ent_check_count     (EntCheck   *self,
                              const char *sql,
                              gint64     *count,
                              GError    **error);

/* --- ent-audit.c --- */

/** The chain of transactions and the digests of their changes. */
gboolean ent_check_journal   (EntCheck *self,
                              GError  **error);
/** Whether the records of a type are what the journal made them: created values, and edits since. */
gboolean ent_check_creations (EntCheck            *self,
                              const EntRecordType *type,
                              GError             **error);

G_END_DECLS
