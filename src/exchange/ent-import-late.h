/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/ent-value.h"

G_BEGIN_DECLS

/* For src/exchange/ only. */

/**
 * EntLateRows:
 *
 * Rows whose record was made by an earlier row of the file. The journal tells of made records run
 * by run, so such a record is changed after its run has ended.
 */
typedef struct _EntLateRows EntLateRows;

typedef gboolean (*EntLateRowFunc) (EntKey          key,
                                    guint64         line,
                                    const EntValue *values,
                                    gpointer        user_data,
                                    GError        **error);

EntLateRows *ent_late_rows_new   (guint           n_values);
void         ent_late_rows_free  (EntLateRows    *self);
guint        ent_late_rows_get_n (EntLateRows    *self);
/** Copies @values. */
void         ent_late_rows_add   (EntLateRows    *self,
                                  EntKey          key,
                                  guint64         line,
                                  const EntValue *values);
/** Calls @func for each in order, and forgets them. */
gboolean     ent_late_rows_do    (EntLateRows    *self,
                                  EntLateRowFunc  func,
                                  gpointer        user_data,
                                  GError        **error);

G_END_DECLS
