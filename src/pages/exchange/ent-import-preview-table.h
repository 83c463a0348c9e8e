/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "exchange/ent-import.h"

G_BEGIN_DECLS

/** A table of the first rows as they were understood; cells that were not are marked and say why. Columns that are
 * left out are not shown. */
GtkWidget *ent_import_preview_table_new (EntImportPlan    *plan,
                                         EntImportPreview *preview);

G_END_DECLS
