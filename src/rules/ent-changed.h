/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/** What others, imports, rules and sync changed: one transaction. */
typedef struct
{
  gint64     seq;
  gint64     at;        /* microseconds UTC */
  char      *label;
  char      *author;
  EntOrigin  origin;
  gint64     n_changes;
  gboolean   undone;
} EntChanged;

void        ent_changed_free   (EntChanged *self);
/** Transactions since the start of the day before @today that were not made by @author by hand; newest first, at most
 * @limit. Set-up and undos are left out. Blocks. Element-type EntChanged. (transfer full) */
GPtrArray  *ent_changed_list   (EntStore    *store,
                                gint64       today,
                                const char  *author,
                                guint        limit,
                                GError     **error);
/** "Imported", "By the program's rules", … */
const char *ent_changed_origin_label (EntOrigin origin);

G_END_DECLS
