/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Opens a dialog that sets fields of several records at once, after showing what will change. @keys: of EntKey,
 * a reference is taken. */
void ent_bulk_edit_dialog_present (GtkWidget           *parent,
                                   EntContext          *context,
                                   const EntRecordType *type,
                                   GArray              *keys);

G_END_DECLS
