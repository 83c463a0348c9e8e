/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "exchange/ent-import.h"

G_BEGIN_DECLS

typedef void (*EntImportColumnFunc) (gpointer user_data);

/** One row per column of @plan, in @group: its name, a sample, how it was recognized, and the choice of its field.
 * @changed is called after each change. Rows of an earlier plan are removed. The plan must outlive the rows. */
void ent_import_columns_fill (AdwPreferencesGroup *group,
                              EntImportPlan       *plan,
                              EntImportColumnFunc  changed,
                              gpointer             user_data);

G_END_DECLS
