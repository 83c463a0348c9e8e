/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/ent-transaction.h"

G_BEGIN_DECLS

/** The key of every encrypted workspace made here. */
void      big_workspace_key  (EntStoreKey *key);
/** Path of a workspace of @n invented organizations (the same each time), made at the first call and kept in
 * $ENTENTE_BENCH_DIR, else in the folder for temporary files. (transfer full) */
char     *big_workspace_make (guint    n,
                              gboolean encrypted);
/** The @i-th name: "Northern Bridge Systems 000042". */
void      big_workspace_name (guint    i,
                              GString *name);

G_END_DECLS
