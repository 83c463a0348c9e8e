/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Opens the import assistant over @parent: file, columns, preview, result. @file NULL: asks for one first.
 * @type NULL: asks what the rows are. */
void ent_import_dialog_present     (GtkWidget           *parent,
                                    EntContext          *context,
                                    const EntRecordType *type,
                                    GFile               *file);
/** The same for a place where new records get something of their own: @assignments, such as "roles=partner". */
void ent_import_dialog_present_for (GtkWidget           *parent,
                                    EntContext          *context,
                                    const EntRecordType *type,
                                    const char * const  *assignments,
                                    GFile               *file);

G_END_DECLS
