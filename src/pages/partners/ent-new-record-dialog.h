/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Opens a dialog that makes a record of @type and then shows it. @assignments: "FIELD=VALUE" texts that it starts
 * with, NULL-terminated (nullable). */
void ent_new_record_dialog_present (GtkWidget           *parent,
                                    EntContext          *context,
                                    const EntRecordType *type,
                                    const char * const  *assignments);

G_END_DECLS
