/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Opens the import assistant over @parent: file, columns, preview, result. @file NULL: asks for one first.
 * @type NULL: asks what the rows are. @assignments (nullable): what new records of @type get, such as "roles=partner". */
void ent_import_dialog_present (GtkWidget           *parent,
                                EntContext          *context,
                                const EntRecordType *type,
                                const char * const  *assignments,
                                GFile               *file);

G_END_DECLS
