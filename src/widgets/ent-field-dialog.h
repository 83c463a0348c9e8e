/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/ent-context.h"

G_BEGIN_DECLS

/** Asks for one field of a record, and writes it: the next step when a rule misses a value. @field: a name that the record's
 * type has. */
void ent_field_dialog_present (GtkWidget  *parent,
                               EntContext *context,
                               EntKey      key,
                               const char *field);

G_END_DECLS
